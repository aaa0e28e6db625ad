"""HTML to text: ours against BeautifulSoup's get_text, and whether the words are the same.

    python benchmarks/html_text.py [--save]

Descriptions of the corpus that are HTML (of data/listings.jsonl, where there is none): one by one
with `clean_text`, and as a column, as labelling many postings reads them. Medians of five, one
thread, the ways taking turns. Words are compared after BeautifulSoup's text went through the steps
of `clean_text` that have nothing to do with tags; the first words that differ are printed.
"""

import statistics
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup
from results import machine, save

from classifier.clean import HTML_SIGN, clean_text
from classifier.reading import clean_strings
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
    found = [text for text in texts if HTML_SIGN.search(text)]
    return found[:: max(1, len(found) // N_TEXTS)][:N_TEXTS]  # of all sources alike


def by_soup(text: str, parser: str) -> str:
    """Text by BeautifulSoup."""
    return BeautifulSoup(text, parser).get_text(" ")


def differences(found: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Words of ours and theirs around the first difference, for each text that has one."""
    shown = []
    for ours, text in zip(found, texts, strict=True):
        one, other = tokenize(ours), tokenize(clean_text(by_soup(text, "html.parser")))
        if one != other:
            i = next(
                (i for i, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1), 0
            )
            shown.append(f"{one[i : i + 4]} for {other[i : i + 4]}, of {len(one)} words")
    return shown


def main() -> None:
    """Print times and the texts whose words differ."""
    warnings.simplefilter("ignore")  # a text that looks like an address or a path
    texts = read_texts()
    ways: dict[str, Callable[[], object]] = {
        "a column, in machine code": lambda: clean_strings(texts),
        "clean_text, one by one": lambda: [clean_text(text) for text in texts],
        "BeautifulSoup, lxml": lambda: [by_soup(text, "lxml") for text in texts],
        "BeautifulSoup, html.parser": lambda: [by_soup(text, "html.parser") for text in texts],
    }
    clean_strings(texts)  # compiled, or loaded
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    size = sum(map(len, texts)) / len(texts)
    print(f"{date.today()}, {machine()}, {len(texts)} texts of {size:.0f} characters")
    medians = {name: statistics.median(times) / len(texts) * 1e6 for name, times in seconds.items()}
    ours = next(iter(medians.values()))
    for name, one in medians.items():
        print(f"{name:28} {one:6.0f} us a text, {one / ours:6.1f} times")
    found = clean_strings(texts).to_arrow().to_pylist()
    other = differences(found, texts)
    print(f"same words: {len(texts) - len(other)} of {len(texts)}", *other, sep="\n  ")
    if "--save" in sys.argv:
        microseconds = {name: round(one, 1) for name, one in medians.items()}
        save("html_text", {"texts": len(texts), "different": len(other), "us": microseconds})


if __name__ == "__main__":
    main()
