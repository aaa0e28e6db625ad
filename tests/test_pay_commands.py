"""The commands `salary` and `bands` as a person meets them."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from test_cli import here, refused, run

__all__ = ["here"]


def test_salary_shows_every_amount_and_why() -> None:
    result = run("salary", "£60k to £75k plus a £2,000 learning budget")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[0].split() == ["amount", "pay", "why"]
    assert "budget" in lines[2] or "benefit" in lines[2]
    assert lines[-2] == 'Pay: GBP 60,000 to 75,000 (period not stated), from "£60k to £75k"'
    assert lines[-1] == "A year: GBP 60,000 to 75,000 (no period: yearly from 20,000 GBP up)"


def test_salary_of_a_text_without_money() -> None:
    assert run("salary", "competitive").stdout == "No amount of money found\n\nPay: none found\n"


def test_salary_as_json_and_with_a_place() -> None:
    plain = json.loads(run("salary", "$90,000", "--location", "Toronto", "--json").stdout)
    assert plain["base_salary"]["currency"] == "CAD"
    assert plain["yearly"]["midpoint"] == 90_000


def test_salary_of_a_page_is_that_of_its_structured_data(here: Path) -> None:
    pay = '{"currency": "GBP", "value": {"minValue": 40, "unitText": "HOUR"}}'
    posting = f'{{"@type": "JobPosting", "description": "Pay: £9", "baseSalary": {pay}}}'
    page = f'<script type="application/ld+json">{posting}</script>'
    (here / "page.html").write_text(page)
    for command in (("salary", "page.html"), ("classify", "page.html", "--title", "Engineer")):
        found = json.loads(run(*command, "--json").stdout)["base_salary"]
        assert (found["minValue"], found["currency"], found["unitText"]) == (40, "GBP", "HOUR")


@pytest.fixture
def paid(here: Path) -> Path:
    """Labelled file in which seven employers pay senior research engineers in Lyon."""
    rows = [
        {
            "title": "Senior Research Engineer",
            "description": "Design experiments on new training methods, train models in PyTorch, "
            f"publish papers, guide PhD students and review code. Team {i}.",
            "company": f"Employer {i}",
            "location": "Lyon, France",
            "salary": f"€{60 + i}k per year",
            "date": "2024-05-01",
        }
        for i in range(7)
    ]
    (here / "paid.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert run("label", "paid.jsonl", "-o", "labelled.parquet").exit_code == 0
    return here


def test_bands_are_a_table(paid: Path) -> None:
    result = run("bands", "labelled.parquet")
    assert result.exit_code == 0
    head, row, *_ = result.stdout.splitlines()
    assert head.split()[:6] == ["label", "level", "country", "currency", "postings", "employers"]
    assert row.split()[:6] == ["research-engineer", "senior", "FR", "EUR", "7", "7"]
    assert "61,000" in row
    assert result.stderr.splitlines()[-1] == "7 postings read; 0 rows rejected"


def test_bands_as_json_and_csv_have_the_same_figures(paid: Path) -> None:
    arguments = ("bands", "labelled.parquet", "--currency", "usd", "--by", "label")
    [band] = json.loads(run(*arguments, "--json").stdout)
    [row] = csv.DictReader(StringIO(run(*arguments, "--csv").stdout))
    assert band["cell"]["currency"] == row["currency"] == "USD"
    assert band["midpoint"]["median"][0] == float(row["median"])
    assert 63_000 * 1.05 < float(row["median"]) < 63_000 * 1.12


def test_bands_of_standard_input(paid: Path) -> None:
    assert run("label", "paid.jsonl", "-o", "labelled.jsonl").exit_code == 0
    piped = run("bands", "-", "--from", "jsonl", stdin=(paid / "labelled.jsonl").read_bytes())
    assert piped.exit_code == 0
    assert piped.stdout == run("bands", "labelled.parquet").stdout


def test_bands_are_a_picture(paid: Path) -> None:
    assert run("bands", "labelled.parquet", "--plot", "bands.svg").exit_code == 0
    assert (paid / "bands.svg").read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "give a file that `classifier label` wrote, or --reference NAME"),
        (("data/postings.csv",), "data/postings.csv has no column 'base_salary_currency': give"),
        (("none.parquet", "--by", "city"), "cannot split bands by 'city'; by label, level,"),
        (("labelled.parquet", "--currency", "euro"), "no exchange rates for 'euro'; there are"),
        (("labelled.parquet", "--plot", "labelled.parquet"), "labelled.parquet"),
        (("labelled.parquet", "--plot", "bands.png"), "--plot writes SVG: give a name that ends"),
        (("--reference", "Engineer", "--plot", "a.svg"), "--reference shows shipped bands: it"),
        (("labelled.parquet", "--csv", "--json"), "--json and --csv are two forms of one output"),
        (("--reference", "Baker"), "no reference bands of 'Baker'; there are those of"),
        (("none.parquet",), "cannot read none.parquet"),
    ],
    ids=repr,
)
def test_bands_that_are_refused(paid: Path, arguments: tuple[str, ...], reason: str) -> None:
    assert reason in refused("bands", *arguments)


def test_reference_bands(here: Path) -> None:
    head, first, *_ = run("bands", "--reference", "research engineer").stdout.splitlines()
    assert head.split()[:2] == ["level", "place"]
    assert first.split()[:2] == ["all", "world"]
    rows = json.loads(run("bands", "--reference", "Research Engineer", "--json").stdout)
    assert {row["name"] for row in rows} == {"Research Engineer"}
    assert run("bands", "--reference", "Engineer", "--csv").stdout.startswith("source,name,")
