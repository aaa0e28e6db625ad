"""Labelled files to pay: columns, copies, currencies, and what is left out."""

import csv
from pathlib import Path

import pytest

from classifier.bands import Pay
from classifier.errors import InputError
from classifier.pay_table import PayTable, exchange, find_copies, read_pays

COLUMNS = [
    "title",
    "description",
    "company",
    "label",
    "probability_research_engineer",
    "probability_other",
    "base_salary_min_value",
    "base_salary_max_value",
    "base_salary_currency",
    "base_salary_yearly",
    "level",
    "country",
    "year",
]
TEXT = (
    "Design training methods for large models, run the experiments and publish what comes out. "
    "You work with a small team of people who have done it before, on our own machines."
)


def row(**known: str) -> dict[str, str]:
    usual = {
        "title": "Research Engineer",
        "description": TEXT,
        "company": "Acorn",
        "label": "research-engineer",
        "probability_research_engineer": "0.75",
        "probability_other": "0.25",
        "base_salary_min_value": "40",
        "base_salary_max_value": "60",
        "base_salary_currency": "EUR",
        "base_salary_yearly": "104000.0",
        "level": "senior",
        "country": "DE",
        "year": "2024",
    }
    return {**usual, **known}


def write(path: Path, *rows: dict[str, str], columns: list[str] = COLUMNS) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def test_a_row_becomes_pay(tmp_path: Path) -> None:
    found = read_pays([write(tmp_path / "a.csv", row(company=" ACORN  Labs"))])
    assert found.pays == [
        Pay(
            label="research-engineer",
            employer="acorn labs",
            level="senior",
            country="DE",
            region="Europe",
            year=2024,
            currency="EUR",
            low=83200.0,  # 40 an hour, as its midpoint is 50 an hour and 104,000 a year
            midpoint=104000.0,
            high=124800.0,
            probabilities={"research-engineer": 0.75},
        )
    ]
    assert (found.n_rows, found.n_rejects, found.n_copies, found.n_unlabelled) == (1, 0, 0, 0)


def test_what_is_not_stated_is_empty(tmp_path: Path) -> None:
    bare = dict.fromkeys(COLUMNS[6:], "")
    pay = read_pays([write(tmp_path / "a.csv", row(**bare))]).pays[0]
    assert pay == Pay("research-engineer", "acorn", probabilities={"research-engineer": 0.75})
    up_to = row(base_salary_min_value="", base_salary_max_value="90000", base_salary_yearly="90000")
    pay = read_pays([write(tmp_path / "a.csv", up_to)]).pays[0]
    assert (pay.low, pay.midpoint, pay.high) == (None, 90000, 90000)
    no_currency = row(base_salary_currency="")
    assert read_pays([write(tmp_path / "a.csv", no_currency)]).pays[0].midpoint is None


def test_rows_are_accounted_for(tmp_path: Path) -> None:
    rows = [row(), row(), row(label="", company="B"), row(title="", description="", company="C")]
    found = read_pays(
        [write(tmp_path / "a.csv", *rows), write(tmp_path / "b.csv", row(company="D"))]
    )
    assert (found.n_rows, found.n_rejects) == (4, 1)
    assert (found.n_copies, found.n_unlabelled, len(found.pays)) == (1, 1, 2)
    assert found.notes() == [
        "openings with a label: 2, of these with a yearly pay: 2",
        "further copies of the same opening, not counted: 1",
        "rows without a label, left out: 1",
    ]


@pytest.mark.parametrize("missing", ["label", "base_salary_yearly", "country"])
def test_a_file_that_was_not_labelled_is_named(tmp_path: Path, missing: str) -> None:
    path = write(tmp_path / "a.csv", row(), columns=[c for c in COLUMNS if c != missing])
    with pytest.raises(InputError, match=rf"a\.csv has no column '{missing}': .*classifier label"):
        read_pays([path])


@pytest.mark.parametrize(
    ("column", "written", "reason"),
    [
        ("year", "2024.5", "2024.5 is no year"),
        ("year", "1e9", "1e\\+09 is no year"),
        ("year", "2024-05", "'2024-05' is no number"),
        ("probability_other", "7", "'7' is no number from 0 to 1"),
    ],
)
def test_years_and_probabilities_have_limits(
    tmp_path: Path, column: str, written: str, reason: str
) -> None:
    path = write(tmp_path / "a.csv", row(**{column: written}))
    with pytest.raises(InputError, match=rf"a\.csv, column '{column}': {reason}"):
        read_pays([path])


def test_spelling_of_codes_does_not_count(tmp_path: Path) -> None:
    usual, odd = row(), row(country=" de", base_salary_currency="eur ", label="research-engineer ")
    paths = [write(tmp_path / f"{i}.csv", one) for i, one in enumerate((usual, odd))]
    assert read_pays(paths[:1]).pays == read_pays(paths[1:]).pays


def test_bounds_of_nothing_are_no_pay(tmp_path: Path) -> None:
    odd = row(base_salary_min_value="0", base_salary_max_value="0")
    assert read_pays([write(tmp_path / "a.csv", odd)]).pays[0].midpoint is None


@pytest.mark.parametrize("written", ["90k", "NaN", "inf", "1e400", "-5"])
def test_a_number_that_is_none_is_named(tmp_path: Path, written: str) -> None:
    with pytest.raises(InputError, match=rf"'base_salary_yearly': '{written}' is no number"):
        read_pays([write(tmp_path / "a.csv", row(base_salary_yearly=written))])


def copy_row(**known: object) -> dict[str, object]:
    return {
        "employer": "acorn",
        "title": "Research Engineer",
        "description": TEXT,
        "level": "senior",
        "base_salary_min_value": 1.0,
        "base_salary_max_value": 2.0,
        "base_salary_yearly": 1.5,
        "base_salary_currency": "EUR",
        **known,
    }


NEARLY = TEXT + " The office is in Lyon."
NO_PAY: dict[str, object] = {
    "base_salary_min_value": None,
    "base_salary_max_value": None,
    "base_salary_yearly": None,
    "base_salary_currency": "",
}


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        ({}, True),
        ({"title": "Other title"}, True),
        ({"level": "junior"}, False),
        ({"description": NEARLY}, True),
        ({"description": NEARLY, "title": "Research Engineer - Lyon"}, True),
        ({"description": NEARLY, "title": "research engineer (m/f/d), Lyon"}, True),
        ({"description": NEARLY, "title": "Other title"}, False),
        ({"description": NEARLY, "level": "junior"}, False),
        ({"description": NEARLY, "employer": "birch"}, False),
        ({"description": NEARLY, "base_salary_currency": "USD"}, False),
        ({"description": "Sell pumps to farmers in the north, drive a lot, eat well."}, False),
        ({"employer": "birch"}, False),
        ({"employer": ""}, False),
        (NO_PAY, True),
    ],
    ids=repr,
)
def test_copies(other: dict[str, object], is_copy: bool) -> None:
    assert find_copies([copy_row(), copy_row(**other)]) == [False, is_copy]


def test_a_copy_without_pay_does_not_hide_the_pay() -> None:
    silent, paid = copy_row(**NO_PAY), copy_row(description=NEARLY)
    assert find_copies([silent, paid, silent, paid]) == [True, False, True, True]
    assert find_copies([silent, silent]) == [False, True]


def test_copies_without_an_employer_are_found_by_their_text() -> None:
    rows = [copy_row(employer="", description=text) for text in (TEXT, NEARLY)]
    assert find_copies(rows) == [False, True]


def test_copies_without_texts_have_the_same_pay() -> None:
    rows = [copy_row(description=""), copy_row(description="", base_salary_max_value=3.0)]
    assert find_copies([*rows, rows[0]]) == [False, False, True]


def test_exchange_keeps_what_it_cannot_exchange(tmp_path: Path) -> None:
    rows = [row(), row(company="B", year=""), row(company="C", base_salary_currency="KWD")]
    found = read_pays([write(tmp_path / "a.csv", *rows)], currency="USD")
    assert [pay.currency for pay in found.pays] == ["USD", "EUR", "KWD"]
    assert found.n_kept == 2
    assert found.notes("USD")[-1] == "kept in their own currency, no rate to USD: 2"
    dollars = found.pays[0]
    assert dollars.midpoint == pytest.approx(104000 * 1.08238, rel=1e-4)
    assert dollars.low == pytest.approx(83200 * 1.08238, rel=1e-4)
    assert (
        exchange(Pay("cook", year=2024, currency="EUR", midpoint=1.0, high=1.0), "EUR").low is None
    )


def test_no_rows_no_pay() -> None:
    assert PayTable().notes() == ["openings with a label: 0, of these with a yearly pay: 0"]
