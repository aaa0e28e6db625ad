"""What the parts of labelling cost, in microseconds for a posting: the table of docs/speed.md.

    python benchmarks/parts.py [--save]

Some 10,000 postings of the corpus (of data/, where there is none) as a Parquet file, in batches as
`classifier label` has them, one thread. All texts were seen before, but for the line that says
otherwise; best of three, as the parts are short. `wc -w` counts the same texts.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
from files import time_words, write_files
from results import machine, save

from classifier import load_model
from classifier.counting import Counter
from classifier.dimensions import find_dimensions
from classifier.files import TableWriter, open_table
from classifier.predict import stated_salary
from classifier.reading import Reader, _find_works, clean_strings
from classifier.rows import look_at, postings_of

POSTINGS, ROUNDS = 10_000, 3


def read_file(path: Path) -> list[pa.Table]:
    """Batches of a file."""
    with open_table(str(path)) as reader:
        return list(reader)


def write_file(path: Path, batches: list[pa.Table]) -> None:
    """Batches to a file."""
    with TableWriter(str(path), batches[0].schema) as writer:
        for batch in batches:
            writer.write(batch)


def parts(folder: Path) -> dict[str, Callable[[], object]]:
    """What is timed."""
    path = folder / "postings.parquet"
    batches, reader, counter = read_file(path), Reader(), Counter(load_model().table, threads=1)
    columns = [(batch["title"], batch["description"]) for batch in batches]
    documents = [reader.read(*pair) for pair in columns]
    texts, facts = [clean_strings(text) for _, text in columns], reader.facts
    if facts is None:
        raise SystemExit("numba is not installed")
    postings = [posting for batch in batches for posting in postings_of(batch)]
    descriptions = [one.descriptions for one in documents]
    clean = [text for column in descriptions for text in column.to_pylist()]
    looks = [look for column in descriptions for look in look_at(column)]
    rows = list(zip(postings, clean, looks, strict=True))
    return {
        "reading Parquet": lambda: read_file(path),
        "cleaning": lambda: [clean_strings(text) for _, text in columns],
        "sections": lambda: [_find_works(facts, text) for text in texts],
        "cleaning and sections of texts never seen": lambda: [
            (fresh := Reader()) and [fresh.read(*pair) for pair in columns]
        ],
        "counting and scoring": lambda: [counter.count(d.works, d.titles) for d in documents],
        "writing Parquet": lambda: write_file(folder / "out.parquet", batches),
        "quick looks": lambda: [look_at(column) for column in descriptions],
        "level, country, remote": lambda: [
            find_dimensions(posting, text, employment=False, look=look)
            for posting, text, look in rows
        ],
        "pay": lambda: [stated_salary(*row) for row in rows],
        "wc -w": lambda: time_words(folder),
    }


def main() -> None:
    """Print the figures."""
    print(f"{date.today()}, {machine()}, best of {ROUNDS}")
    with tempfile.TemporaryDirectory() as name:
        write_files(POSTINGS, Path(name))
        found = {}
        for part, run in parts(Path(name)).items():
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                run()
                times.append(time.perf_counter() - start)
            found[part] = round(min(times) / POSTINGS * 1e6, 1)
            print(f"{part:44} {found[part]:6.1f} us")
    if "--save" in sys.argv:
        save("parts", {"us": found})


if __name__ == "__main__":
    main()
