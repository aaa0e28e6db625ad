"""HTML to text: `clean_text` against BeautifulSoup's get_text, and whether the words are the same.

    python benchmarks/html_text.py

Descriptions of the corpus that are HTML (of data/listings.jsonl, where there is none). Medians of
five, one thread, the ways taking turns. Words are compared after BeautifulSoup's text went through
the steps of `clean_text` that have nothing to do with tags.
"""

import statistics
import time
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup

from classifier.clean import HTML_SIGN, clean_text
from classifier.terms import tokenize

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "postings.parquet"
N_TEXTS, ROUNDS = 600, 5


def read_texts() -> list[str]:
    """Descriptions that are HTML."""
    if CORPUS.is_file():
        texts = pd.read_parquet(CORPUS, columns=["description"])["description"].dropna().tolist()
    else:
        path = ROOT / "data" / "listings.jsonl"
        texts = pd.read_json(path, lines=True)["job_description"].dropna().tolist()
    return [text for text in texts if HTML_SIGN.search(text)][:N_TEXTS]


def by_soup(text: str, parser: str) -> str:
    """Text by BeautifulSoup."""
    return BeautifulSoup(text, parser).get_text(" ")


def main() -> None:
    """Print times and the number of equal texts."""
    warnings.simplefilter("ignore")  # a text that looks like an address or a path
    texts = read_texts()
    ways: dict[str, Callable[[str], str]] = {
        "clean_text": clean_text,
        "BeautifulSoup, lxml": lambda text: by_soup(text, "lxml"),
        "BeautifulSoup, html.parser": lambda text: by_soup(text, "html.parser"),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter()
            for text in texts:
                way(text)
            seconds[name].append(time.perf_counter() - start)
    size = sum(map(len, texts)) / len(texts)
    print(f"{date.today()}, {len(texts)} texts of {size:.0f} characters, medians of {ROUNDS}")
    ours = statistics.median(seconds["clean_text"])
    for name in ways:
        one = statistics.median(seconds[name])
        print(f"{name:28} {one / len(texts) * 1e6:6.0f} us a text, {one / ours:5.1f} times")
    equal = sum(
        tokenize(clean_text(by_soup(text, "html.parser"))) == tokenize(clean_text(text))
        for text in texts
    )
    print(f"same words: {equal} of {len(texts)}")


if __name__ == "__main__":
    main()
