"""The commands collect and postings, and label on a store."""

import json
from pathlib import Path

import pandas as pd
import pytest
from careers_server import greenhouse_site, posting_page
from click.testing import CliRunner, Result

from classifier.cli import app
from classifier.collected import Collected
from classifier.posting import JobPosting
from classifier.store import Store

TEXT = "You build and run the software of our ovens, review code and are on call at night."


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def pages(folder: Path) -> Path:
    """Folder of saved pages: a site, a page, and one without a posting."""
    saved = folder / "pages"
    saved.mkdir()
    (saved / "site.json").write_bytes(greenhouse_site(range(3)))
    (saved / "page.html").write_bytes(posting_page("Oven Engineer"))
    return saved


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_saved_pages_to_a_file(tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"postings.{suffix}"
    done = call("collect", "--replay", pages(tmp_path), "-o", output)
    assert done.exit_code == 0, done.output
    assert "4 postings of 2 files" in done.output
    assert output.exists()


def test_saved_pages_to_a_store_and_out_of_it(tmp_path: Path) -> None:
    store, output = tmp_path / "my.db", tmp_path / "out.parquet"
    for _ in range(2):
        done = call(
            "collect",
            "--replay",
            pages(tmp_path) if not store.exists() else tmp_path / "pages",
            "--store",
            store,
        )
        assert done.exit_code == 0, done.output
    listed = call("postings", "--store", store, "--title", "oven")
    assert "Oven Engineer" in listed.output
    assert "1 postings" in listed.output
    labelled = call("label", store)
    assert labelled.exit_code == 0, labelled.output
    assert "4 postings labelled" in labelled.output
    assert call("postings", "--store", store, "-o", output).exit_code == 0
    frame = pd.read_parquet(output)
    assert len(frame) == 4
    assert frame["label"].notna().all()


def test_files_that_a_shell_named(tmp_path: Path) -> None:
    files = sorted(pages(tmp_path).iterdir())
    done = call("collect", "--replay", *files, "-o", tmp_path / "o.jsonl")
    assert done.exit_code == 0, done.output
    assert "4 postings of 2 files" in done.output


def test_a_page_without_a_posting_is_told(tmp_path: Path) -> None:
    saved = pages(tmp_path)
    (saved / "prose.html").write_text("<p>We are not hiring.</p>")
    report = tmp_path / "report.json"
    done = call("collect", "--replay", saved, "-o", tmp_path / "o.jsonl", "--report", report)
    assert done.exit_code == 1
    assert "no posting in it" in done.output
    files = {one["file"]: one["problem"] for one in json.loads(report.read_text())["files"]}
    assert files == {"site.json": "", "page.html": "", "prose.html": "no posting in it"}


def test_rejects_are_written(tmp_path: Path) -> None:
    saved = tmp_path / "pages"
    saved.mkdir()
    site = json.loads(greenhouse_site([1, 2]))
    site["jobs"][1]["title"] = " "
    (saved / "site.json").write_text(json.dumps(site))
    output = tmp_path / "o.jsonl"
    done = call("collect", "--replay", saved, "-o", output)
    assert done.exit_code == 1
    [reject] = Path(f"{output}.rejects.jsonl").read_text().splitlines()
    assert json.loads(reject)["reason"] == "no title"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["collect"], "give what to collect"),
        (["collect", "acme"], "is nothing to collect"),
        (["collect", "taleo:acme"], "there is no source 'taleo'"),
        (["collect", "--replay", "."], "say where the postings go"),
        (["collect", "--replay", ".", "lever:acme", "-o", "x.jsonl"], "--replay fetches nothing"),
        (["collect", "--replay", "no/such", "-o", "x.jsonl"], "no file or folder no/such"),
        (["collect", "himalayas:many"], "expected how many"),
        (["collect", "workday:acme"], "expected TENANT.wdN/SITE"),
        (["collect", "lever:acme", "--allow-private", "home"], "no address or network"),
        (["postings", "--store", "no.db"], "there is no store no.db"),
        (["postings", "--state", "shut"], "open, closed or all"),
        (["postings", "--since", "May"], "needs a date"),
        (["label", "my.jsonl"], "name the file to write"),
    ],
)
def test_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call(*arguments)
    assert done.exit_code == 2, done.output
    assert message in " ".join(done.output.split())
    assert not (tmp_path / "x.jsonl").exists()


def test_a_store_is_labelled_alone(tmp_path: Path) -> None:
    location = str(tmp_path / "my.db")
    with Store(location) as store:
        store.save([Collected("lever", "crumb", JobPosting(TEXT, "Engineer", identifier="1"))])
    done = call("label", location, "other.csv")
    assert done.exit_code == 2
    assert "labelled by itself" in done.output
