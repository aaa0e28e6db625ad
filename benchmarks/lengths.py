"""What long postings and many skills cost: time for each megabyte, by length of the postings.

    python benchmarks/lengths.py [--save]

The same texts (those of the corpus, or of data/, where there is none) as postings of their own, and
joined to postings of 50 KB and of 1 MB; and a text that is nothing but names of skills. Labelled in
one process, with all columns and with the label alone; medians of five, the lengths taking turns.
"""

import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date

import pyarrow as pa
from files import read_source
from results import machine, save

from classifier import load_model
from classifier.labeller import Labeller
from classifier.rows import GROUPS
from classifier.table import Table

ROUNDS, SIZE = 5, 4_000_000


def joined(texts: Sequence[str], length: int) -> Iterator[str]:
    """Texts one behind the other, cut when they are at least so long."""
    parts: list[str] = []
    n = 0
    for text in texts:
        parts.append(text)
        n += len(text)
        if n >= length:
            yield "\n\n".join(parts)
            parts, n = [], 0
    if parts:
        yield "\n\n".join(parts)


def sample() -> list[str]:
    """Texts of about `SIZE` characters."""
    texts, n = [], 0
    for _, text in read_source()[::7]:
        texts.append(text)
        n += len(text)
        if n >= SIZE:
            break
    return texts


def column(texts: Sequence[str]) -> pa.Table:
    """Postings without titles."""
    return pa.table({"description": pa.array(texts, pa.large_string())})


def seconds(table: Table, texts: pa.Table, without: Sequence[str]) -> float:
    """Time to label, by code that is loaded and has learnt nothing yet."""
    labeller = Labeller(table, without)
    labeller._tools_for(10**6)
    start = time.perf_counter()
    labeller.label_texts(texts)
    return time.perf_counter() - start


def main() -> None:
    """Print the figures."""
    table, texts = load_model().table, sample()
    skills = [skill.name for skill in table.vocabulary.skills]
    many = ", ".join(skills * (SIZE // len(", ".join(skills))))
    inputs = {
        "as they are": column(texts),
        "50 KB each": column(list(joined(texts, 50_000))),
        "1 MB each": column(list(joined(texts, 1_000_000))),
        "nothing but skills, 5 KB each": column(
            [many[i : i + 5_000] for i in range(0, len(many), 5_000)]
        ),
        "nothing but skills, 1 MB each": column(
            [many[i : i + 1_000_000] for i in range(0, len(many), 1_000_000)]
        ),
    }
    print(f"{date.today()}, {machine()}, medians of {ROUNDS}")
    for without in ([], list(GROUPS)):
        times: dict[str, list[float]] = {name: [] for name in inputs}
        for _ in range(ROUNDS):
            for name, given in inputs.items():
                times[name].append(seconds(table, given, without))
        for name, given in inputs.items():
            size = given.nbytes / 1e6
            rate = statistics.median(times[name]) / size * 1000
            what = "the label alone" if without else "all columns"
            print(f"{what}, {name}: {len(given)} postings, {size:.1f} MB, {rate:.1f} ms/MB")
            if "--save" in sys.argv:
                save("lengths", {"columns": what, "texts": name, "ms_per_mb": round(rate, 1)})


if __name__ == "__main__":
    main()
