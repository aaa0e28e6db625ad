"""The commands `train` and `evaluate` as a person meets them."""

import csv
import json
import re
import sys
from io import StringIO
from pathlib import Path

import pytest
from test_cli import here, process, refused, run, saved

from classifier.card import save_training
from classifier.model import load_model
from classifier.training import Training

__all__ = ["here", "saved"]


# --- train ---


def test_two_other_roles_need_no_code(root: Path, here: Path) -> None:
    cases = root / "tests" / "cases"
    arguments = ("train", cases / "data_roles.csv", "-o", "mine")
    result = run(*arguments, "--vocabulary", cases / "data_roles.toml")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == "mine holds the model of 24 postings; 0 rows rejected"
    for words in (
        "24 of 24 rows have a label (label)",
        "majority label",
        "title only",
        "data-analyst",
    ):
        assert words in result.stderr
    assert {path.name for path in here.iterdir()} == {"data", "mine"}

    work = "Tune Spark jobs and keep the Kafka ingestion of sensor events healthy at night."
    found = json.loads(run("classify", work, "--model", "mine", "--json").stdout)
    assert found["label"] == "data-engineer"
    assert found["research_share"] is None
    assert found["model"] == "mine 1"
    assert {match["skill"] for match in found["skills"]} >= {"Spark", "Kafka"}
    shown = run("classify", "Explain trends on dashboards, with Excel and SQL.", "--model", "mine")
    assert shown.stdout.startswith("data-analyst")
    assert "research" not in shown.stdout

    labelled = run("label", cases / "data_roles.csv", "-o", "out.csv", "--model", "mine")
    assert labelled.exit_code == 0
    rows = list(csv.DictReader(StringIO((here / "out.csv").read_text())))
    assert sum(row["label"] == row["input_label"] for row in rows) == 24
    assert "probability_data_analyst" in rows[0]


def test_training_is_the_same_in_every_process(
    training: Training, root: Path, tmp_path: Path
) -> None:
    save_training(training, tmp_path / "here")
    sample = str(root / "data" / "postings.csv")
    done = process("train", sample, "-o", str(tmp_path / "sample"), PYTHONHASHSEED="4711")
    assert (done.returncode, done.stdout) == (0, "")
    for name in ("model.npz", "model.json", "card.md", "terms.tsv"):
        assert (tmp_path / "sample" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_labels_from_titles_count_what_they_leave_out(here: Path) -> None:
    result = run("train", "data/postings.csv", "-o", "m", "--labels-from", "title")
    found = re.search(r"^(\d+) of 162 rows have a label \(title\)$", result.stderr, re.MULTILINE)
    assert found is not None
    assert 30 < int(found[1]) < 162
    assert f"m holds the model of {found[1]} postings" in result.stderr
    assert f"* {found[1]} of 162 rows have a label (title)" in (here / "m" / "card.md").read_text()


def test_rows_that_cannot_be_used_are_status_1(root: Path, here: Path) -> None:
    text = (root / "tests" / "cases" / "data_roles.csv").read_text()
    (here / "a.csv").write_text(f'{text},Nobody,,data-analyst\nCook,Ida,"Fry')
    result = run("train", "a.csv", "-o", "mine")
    assert result.exit_code == 1
    last = result.stderr.splitlines()[-1]
    assert last == "mine holds the model of 24 postings; 2 rows rejected: see mine.rejects.jsonl"
    rejects = (here / "mine.rejects.jsonl").read_text().splitlines()
    assert [json.loads(line)["row"] for line in rejects] == [25, 26]


def test_postings_without_labels_help(root: Path, here: Path) -> None:
    cases = root / "tests" / "cases"
    scrape = (root / "data" / "listings.jsonl").read_text(encoding="utf-8")
    (here / "more.jsonl").write_text(f"{scrape}nonsense\n", encoding="utf-8")
    arguments = ("train", cases / "data_roles.csv", "--vocabulary", cases / "data_roles.toml")
    result = run(*arguments, "-o", "mine", "--unlabelled", "more.jsonl")
    assert result.exit_code == 1
    *_, note, last = result.stderr.splitlines()
    assert note == "1 of the rows without labels rejected: see mine.unlabelled.rejects.jsonl"
    assert last == "mine holds the model of 24 postings; 0 rows rejected"
    assert json.loads((here / "mine.unlabelled.rejects.jsonl").read_text())["row"] == 67
    card = (here / "mine" / "card.md").read_text()
    assert re.search(r"^\* 6\d of 66 postings beside them are no copies", card, re.MULTILINE)
    assert "cannot read none.csv" in refused(*arguments, "-o", "m", "--unlabelled", "none.csv")
    for name in ("m.rejects.jsonl", "m.unlabelled.rejects.jsonl"):
        (here / name).write_text(scrape)
        said = refused(*arguments, "-o", "m", "--unlabelled", name)
        assert said == f"{name} is read and written at once; name another output with -o"
        assert (here / name).read_text() == scrape


def test_a_heading_of_the_labels_is_not_looked_for_without_them(root: Path, here: Path) -> None:
    cases = root / "tests" / "cases"
    text = (cases / "data_roles.csv").read_text().replace("label", "Kategorie", 1)
    (here / "a.csv").write_text(text)
    arguments = ("train", "a.csv", "-o", "mine", "--vocabulary", cases / "data_roles.toml")
    more = ("--column", "label=Kategorie", "--unlabelled", "data/listings.jsonl")
    result = run(*arguments, *more)
    assert result.exit_code == 0
    assert "mine holds the model of 24 postings" in result.stderr


def test_a_model_in_this_folder_has_its_name(root: Path, here: Path) -> None:
    run("train", root / "tests" / "cases" / "data_roles.csv", "-o", ".")
    assert load_model(here).table.name == f"{here.name} 1"


# --- evaluate ---


def test_evaluate_prints_the_figures(here: Path) -> None:
    result = run("evaluate", "data/postings.csv")
    assert result.exit_code == 0
    for words in ("precision", "macro-F1 ", "true \\ predicted", "stated probability", "100%"):
        assert words in result.stdout
    assert "162 postings judged; 0 rows rejected" in result.stderr
    assert {path.name for path in here.iterdir()} == {"data"}


def test_evaluate_says_what_it_left_out(saved: Path, root: Path, here: Path) -> None:
    text = (root / "tests" / "cases" / "data_roles.csv").read_text()
    (here / "a.csv").write_text(f"{text}Cook,Ida,Fry eggs,cook\nBaker,Ida,Bake bread,\n")
    (here / "a.jsonl").write_text('{"description": "Fry eggs", "label": "cook"}\n{]\n')
    result = run("evaluate", "a.csv", "a.jsonl", "--model", saved)
    assert result.exit_code == 1
    assert "Note: 24 of 24 postings were in the training data: the figures are" in result.stdout
    assert "Note: 1 rows without a label were left out." in result.stdout
    assert "Note: 2 rows with a label that the model does not know were left out." in result.stdout
    assert result.stderr.splitlines()[-1] == "24 postings judged; 1 row rejected"
    assert {path.name for path in here.iterdir()} == {"data", "a.csv", "a.jsonl"}


def test_evaluate_json_and_report(saved: Path, root: Path, here: Path) -> None:
    sample = root / "tests" / "cases" / "data_roles.csv"
    arguments = ("evaluate", sample, "--model", saved, "--json", "--report", "report.html")
    result = run(*arguments)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert (found["n_rows"], found["n_seen"], found["accuracy"]) == (24, 24, 1.0)
    first = (here / "report.html").read_bytes()
    assert first.startswith(b"<!doctype html>")
    run(*arguments)
    assert (here / "report.html").read_bytes() == first
    assert {path.name for path in here.iterdir()} == {"data", "report.html"}


def test_without_matplotlib_there_is_no_report(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    line = refused("evaluate", "data/postings.csv", "--report", "report.html")
    assert line == "the report needs matplotlib: pip install 'job-posting-classifier[plot]'"
    assert not (here / "report.html").exists()
    assert run("evaluate", "data/postings.csv").exit_code == 0
