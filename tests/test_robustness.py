"""The label stays when the same posting comes in another dress."""

import html
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from classifier.card import LISTED_TERMS, top_terms
from classifier.features import NO_TITLE, description_terms
from classifier.posting import JobPosting
from classifier.predict import classify
from classifier.table import Table
from classifier.terms import tokenize

LEAST_KEPT = 0.95
CUT = "cut after 1,000 characters"
ABOUT = """About us

Tindermark is a family business in its third generation. Our four hundred colleagues make garden
furniture and sell it in eleven countries.

"""
BENEFITS = """

Benefits

- Thirty days of holiday
- A bicycle, a gym around the corner and fruit on Mondays

Equal opportunity

Tindermark treats applicants equally, whatever their age, sex, faith, origin or disability.
"""


def as_html(text: str) -> str:
    paragraphs = (html.escape(part).replace("\n", "<br>") for part in text.split("\n\n"))
    return "".join(f"<p>{part}</p>" for part in paragraphs)


DRESSES: dict[str, Callable[[str, str], tuple[str, str]]] = {
    "HTML": lambda title, text: (title, as_html(text)),
    "entity-escaped HTML": lambda title, text: (title, html.escape(as_html(text))),
    "without line breaks": lambda title, text: (title, " ".join(text.split())),
    CUT: lambda title, text: (title, text[:1000]),
    "title in capitals": lambda title, text: (title.upper(), text),
    "boilerplate of another employer": lambda title, text: (title, ABOUT + text + BENEFITS),
}


N_REAL = 400  # postings of the corpus


def as_plain(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Title and text of the postings that are plain text: the others have their dress already."""
    pairs = zip(frame["title"].fillna(""), frame["description"], strict=True)
    return [(title, text) for title, text in pairs if "<" not in text]


def label(table: Table, title: str, text: str) -> str | None:
    return classify(table, JobPosting(text, title), explain=False).label


def kept(table: Table, dress: str, postings: list[tuple[str, str]]) -> float:
    """Fraction of the postings that keep their label."""
    same = [label(table, *DRESSES[dress](*one)) == label(table, *one) for one in postings]
    return sum(same) / len(same)


@pytest.mark.parametrize("dress", DRESSES)
def test_the_label_stays_on_the_sample(dress: str, root: Path, table: Table) -> None:
    postings = as_plain(pd.read_csv(root / "data" / "postings.csv", keep_default_na=False))
    assert len(postings) >= 100
    assert kept(table, dress, postings) >= LEAST_KEPT


@pytest.mark.slow
@pytest.mark.parametrize("dress", DRESSES)
def test_the_label_stays_on_real_postings(dress: str, corpus: Path, table: Table) -> None:
    frame = pd.read_parquet(corpus, columns=["title", "description", "sampling", "confidence"])
    chosen = frame[(frame["sampling"] == "stratified") & (frame["confidence"] >= 2)]
    assert kept(table, dress, as_plain(chosen)[:N_REAL]) >= LEAST_KEPT


@pytest.mark.slow
def test_no_name_is_among_the_strongest_terms(corpus: Path, table: Table) -> None:
    # A name of an employer, product or person is used by few. A word that some firm took for its
    # name ("real", "code") is used by hundreds of others.
    frame = pd.read_parquet(corpus, columns=["title", "description", "employer", "company"])
    firms = frame["employer"].fillna("").to_numpy()
    known = pd.concat([frame["employer"], frame["company"]]).dropna().unique()
    names = {" ".join(tokenize(name)) for name in known}
    for block, column in (("description", "description"), ("title", "title")):
        strongest = {
            term
            for label in table.classes_
            for found, term, _ in top_terms(table, label, LISTED_TERMS)
            if found == block and term != NO_TITLE
        }
        terms = sorted(strongest)
        counted = CountVectorizer(analyzer=description_terms, vocabulary=terms).transform(
            frame[column].fillna("")
        )
        users = {term: len(set(firms[counted[:, i].nonzero()[0]])) for i, term in enumerate(terms)}
        assert len(users) > 20
        assert {term: n for term, n in users.items() if n < 10} == {}
        assert {term: n for term, n in users.items() if term in names and n < 100} == {}
