"""The label stays when the same posting comes in another dress."""

import html
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from classifier.posting import JobPosting
from classifier.predict import classify
from classifier.table import Table

LEAST_KEPT = 0.95
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
    "cut after 1,000 characters": lambda title, text: (title, text[:1000]),
    "title in capitals": lambda title, text: (title.upper(), text),
    "boilerplate of another employer": lambda title, text: (title, ABOUT + text + BENEFITS),
}


@pytest.fixture(scope="module")
def plain(root: Path) -> list[tuple[str, str]]:
    """Postings of the sample that are plain text: the others have their dress already."""
    frame = pd.read_csv(root / "data" / "postings.csv", keep_default_na=False)
    pairs = zip(frame["title"], frame["description"], strict=True)
    return [(title, text) for title, text in pairs if "<" not in text]


@pytest.fixture(scope="module")
def labels(plain: list[tuple[str, str]], table: Table) -> list[str | None]:
    return [label(table, *pair) for pair in plain]


def label(table: Table, title: str, text: str) -> str | None:
    return classify(table, JobPosting(text, title), explain=False).label


@pytest.mark.parametrize("dress", DRESSES)
def test_the_label_stays(
    dress: str, plain: list[tuple[str, str]], labels: list[str | None], table: Table
) -> None:
    assert len(plain) >= 100
    now = [label(table, *DRESSES[dress](*pair)) for pair in plain]
    kept = sum(a == b for a, b in zip(labels, now, strict=True)) / len(plain)
    assert kept >= LEAST_KEPT, f"{dress}: {kept:.3f} keep their label"
