"""A model against labelled postings: figures, notes, the page."""

import dataclasses
import json
import re
import sys
from collections.abc import Sequence
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from classifier.errors import InputError
from classifier.evaluate import Evaluation, evaluate, notes, report_html
from classifier.features import read_document
from classifier.metrics import macro_f1
from classifier.predict import classify
from classifier.table import Table, fingerprint

HOSTILE = "<script>alert('1')</script>"
BUILD = "We build pipelines. You build pipelines with Spark all day."
REPORT = "Write reports, read reports, present reports."


def postings(**columns: Sequence[object]) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    return pd.DataFrame({"title": [""] * n, "description": [BUILD] * n, **columns})


@pytest.fixture(scope="module")
def evaluation(small_table: Table) -> Evaluation:
    """Four postings judged, one of them wrongly; three left out; one that the model has seen."""
    seen = np.array([fingerprint(read_document("", REPORT).work)], np.uint64)
    frame = postings(
        description=[BUILD, BUILD, REPORT, REPORT, BUILD, REPORT, BUILD],
        label=[
            "data-engineer",
            " data-engineer ",
            "data-analyst",
            "data-engineer",
            "",
            None,
            "cook",
        ],
    )
    frame.index = pd.Index([0, 0, 1, 1, 2, 2, 3])  # as left by a concat
    return evaluate(dataclasses.replace(small_table, seen=seen), frame)


# --- Figures ---


def test_counts(evaluation: Evaluation) -> None:
    assert evaluation.model == "small 7"
    assert evaluation.n_rows == 4
    assert evaluation.n_unlabelled == 2
    assert evaluation.n_unknown == 1
    assert evaluation.n_seen == 2


def test_scores_by_hand(evaluation: Evaluation) -> None:
    assert evaluation.confusion.tolist() == [[1, 0], [1, 2]]
    assert evaluation.accuracy == 0.75
    analyst, engineer = evaluation.labels
    assert analyst[1:] == pytest.approx((1 / 2, 1.0, 2 / 3, 1))
    assert engineer[1:] == pytest.approx((1.0, 2 / 3, 4 / 5, 3))
    assert evaluation.macro_f1 == pytest.approx(macro_f1(list(evaluation.labels)))
    assert evaluation.risk_coverage[-1] == (1.0, 0.75)
    assert sum(one.n for one in evaluation.reliability) == 4


def test_reviews_are_those_of_classify(small_table: Table) -> None:
    texts = [BUILD, REPORT, "pipelines", "reports build", "", "nothing that it knows"]
    frame = postings(description=texts, label=["data-engineer"] * len(texts))
    found = evaluate(small_table, frame)
    expected = [classify(small_table, text).review for text in texts]
    assert 0 < sum(expected) < len(texts)
    assert found.n_review == sum(expected)


def test_titles_count(small_table: Table) -> None:
    frame = postings(
        title=["Engineer", "Analyst"],
        description=["", None],
        label=["data-engineer", "data-analyst"],
    )
    assert evaluate(small_table, frame).accuracy == 1.0
    assert evaluate(small_table, frame.drop(columns="title")).accuracy < 1.0


def test_another_column_of_labels(small_table: Table) -> None:
    frame = postings(kind=["data-engineer", "data-analyst"])
    assert evaluate(small_table, frame, "kind").accuracy == 0.5


def test_probabilities_are_those_of_classify(table: Table, sample: pd.DataFrame) -> None:
    rows = sample.head(12).assign(title="")
    tops = [max(classify(table, text).probabilities.values()) for text in rows["description"]]
    found = evaluate(table, rows)
    assert sum(one.n * one.probability for one in found.reliability) == pytest.approx(sum(tops))


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (
            postings(team=["a"]),
            "no column 'label' with the true labels; the columns are title, description, team. "
            "Name one with --labels-from.",
        ),
        (
            postings(label=["cook", "baker", " cook"]),
            "no row has a label of the model in 'label': it has 'baker', 'cook'; "
            "the model knows data-analyst, data-engineer.",
        ),
        (
            postings(label=[None, " ", ""]),
            "no row has a label of the model in 'label': it has none at all; "
            "the model knows data-analyst, data-engineer.",
        ),
        (
            postings(label=list("hgfedcba")),
            "no row has a label of the model in 'label': it has 'a', 'b', 'c', 'd', 'e'; "
            "the model knows data-analyst, data-engineer.",
        ),
    ],
    ids=["no column", "other labels", "no labels", "many other labels"],
)
def test_unusable_labels(small_table: Table, frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(InputError) as error:
        evaluate(small_table, frame)
    assert str(error.value) == message


# --- JSON ---


def test_json_holds_every_field(evaluation: Evaluation) -> None:
    found = json.loads(json.dumps(evaluation.to_json(), allow_nan=False))
    assert set(found) == {field.name for field in dataclasses.fields(Evaluation)}
    assert found["classes_"] == ["data-analyst", "data-engineer"]
    assert found["confusion"] == [[1, 0], [1, 2]]
    assert found["labels"][0]["label"] == "data-analyst"
    assert set(found["labels"][0]) == {"label", "precision", "recall", "f1", "support"}
    assert set(found["reliability"][0]) == {"n", "probability", "fraction_right"}
    assert found["risk_coverage"][-1] == [1.0, 0.75]


# --- Notes ---


def test_notes_say_what_a_reader_has_to_know(evaluation: Evaluation) -> None:
    assert notes(evaluation) == [
        "2 of 4 postings were in the training data: "
        "the figures are better than they would be on new ones.",
        "2 rows without a label were left out.",
        "1 rows with a label that the model does not know were left out.",
    ]
    clean = dataclasses.replace(evaluation, n_seen=0, n_unlabelled=0, n_unknown=0)
    assert notes(clean) == []


# --- The page ---


class Page(HTMLParser):
    """Tags, attributes and texts of a page, taken in by the names that HTMLParser calls."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its attributes."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)


def test_the_page_shows_the_figures(evaluation: Evaluation) -> None:
    page = Page(report_html(evaluation))
    text = " ".join(" ".join(page.texts).split())
    assert "Evaluation of small 7" in text
    assert "4 postings, macro-F1 0.733, accuracy 0.750" in text
    for cell in ("data-analyst", "0.667", "data-engineer", "0.800"):
        assert cell in page.texts
    for note in notes(evaluation):
        assert note in text
    assert page.tags.count("svg") == 2
    assert page.tags.count("table") == 3


def test_the_page_needs_nothing_else(evaluation: Evaluation) -> None:
    page = report_html(evaluation)
    found = Page(page)
    loading = {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "image",
        "base",
        "audio",
        "video",
    }
    assert not loading & set(found.tags)
    for name, value in found.attributes:
        if name.split(":")[-1] in ("src", "href", "srcset", "data", "action", "poster"):
            assert value.startswith("#")
    places = re.findall(r"url\(([^)]*)\)", page)
    assert places
    assert all(place.startswith("#") for place in places)
    assert "@import" not in page


def test_names_are_escaped(evaluation: Evaluation) -> None:
    hostile = dataclasses.replace(
        evaluation,
        model=HOSTILE,
        classes_=(HOSTILE, "{model}"),
        labels=(evaluation.labels[0]._replace(label=HOSTILE), evaluation.labels[1]),
    )
    page = report_html(hostile)
    found = Page(page)
    assert "script" not in found.tags
    assert "alert('1')" not in page
    assert found.texts.count(HOSTILE) == 3  # label, row and column of the confusions
    assert f"Evaluation of {HOSTILE}" in found.texts
    assert found.texts.count("{model}") == 2


def test_the_page_is_the_same_every_time(evaluation: Evaluation) -> None:
    assert report_html(evaluation) == report_html(evaluation)


def test_one_posting_has_a_page(small_table: Table) -> None:
    assert "1 postings" in report_html(evaluate(small_table, postings(label=["data-engineer"])))


def test_without_matplotlib(evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(InputError) as error:
        report_html(evaluation)
    assert str(error.value) == (
        "the report needs matplotlib: pip install 'job-posting-classifier[plot]'"
    )
