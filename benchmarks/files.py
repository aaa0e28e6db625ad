"""File to file against `wc -w` on the same texts: time, memory, and how they grow with the size.

    python benchmarks/files.py                          (20,000 postings, Parquet)
    python benchmarks/files.py 1000 10000 100000 --without skills,salary,review,dimensions
    python benchmarks/files.py 100000 --format jsonl
    python benchmarks/files.py 100000 --html

A file of postings, those of the corpus (of data/, where there is none) repeated and shuffled line
by line, is labelled to a file of the same format by `classifier label` in a process of its own,
with all columns and with the label alone; `LC_ALL=C.UTF-8 wc -w` counts the words of the same
texts as plain text. Medians of five, in turn. Memory is the most that all processes had at once;
pages that they share are counted once. With --html the descriptions are made HTML: a paragraph or a
list item for each line. With several sizes the slope of time against size is that of a line through
the points, both in logarithms. With --save the figures go to results/files.jsonl.
"""

import argparse
import html
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from results import machine, save

from classifier.rows import GROUPS

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "postings.parquet"
STEP = 10_000
Pair = tuple[str, str]


def read_source() -> list[Pair]:
    """Titles and descriptions to make postings of."""
    if CORPUS.is_file():
        table = pq.read_table(CORPUS, columns=["title", "description"])
        columns = [table.column(name).to_pylist() for name in ("title", "description")]
        return [(title or "", text or "") for title, text in zip(*columns, strict=True)]
    frame = pd.read_csv(ROOT / "data" / "postings.csv", keep_default_na=False)
    return list(zip(frame["title"], frame["description"], strict=True))


def make_rows(n: int, distinct: int | None = None) -> Iterator[list[Pair]]:
    """Postings of n rows, the same each time, some at once; after `distinct` the first again."""
    source, chance = read_source(), random.Random(1)  # noqa: S311  # the same texts each time
    kept: list[list[Pair]] = []
    for start in range(0, n, STEP):
        if distinct is not None and start >= distinct:
            yield kept[start // STEP % len(kept)][: n - start]
            continue
        rows = [chance.choice(source) for _ in range(min(STEP, n - start))]
        rows = [(title, shuffle_lines(text, chance)) for title, text in rows]
        if distinct is not None:
            kept.append(rows)
        yield rows


def shuffle_lines(text: str, chance: random.Random) -> str:
    """Text with its lines in another order."""
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def to_html(text: str) -> str:
    """Text with a paragraph or a list item for each line."""
    lines = [html.escape(line) for line in text.split("\n") if line.strip()]
    return "".join(
        f"<li>{line[2:]}</li>" if line.startswith("- ") else f"<p><span>{line}</span></p>"
        for line in lines
    )


def write_files(
    n: int,
    folder: Path,
    kind: str = "parquet",
    *,
    as_html: bool = False,
    distinct: int | None = None,
) -> int:
    """Write n postings as a file and as texts.txt; give the bytes of the texts."""
    path = folder / f"postings.{kind}"
    path.unlink(missing_ok=True)
    schema = pa.schema([("title", pa.string()), ("description", pa.string())])
    writer = pq.ParquetWriter(path, schema) if kind == "parquet" else None
    with (folder / "texts.txt").open("w", encoding="utf-8") as texts:
        for rows in make_rows(n, distinct):
            shown = [(title, to_html(text) if as_html else text) for title, text in rows]
            table = pa.table(dict(zip(schema.names, zip(*shown, strict=True), strict=True)), schema)
            if writer:
                writer.write_table(table)
            else:
                append(path, kind, table)
            texts.writelines(f"{title}\n{text}\n" for title, text in rows)
    if writer:
        writer.close()
    return (folder / "texts.txt").stat().st_size


def append(path: Path, kind: str, table: pa.Table) -> None:
    """Add rows to a file of text."""
    first = not path.exists()
    with path.open("ab") as file:
        if kind == "csv":
            pa_csv.write_csv(table, file, pa_csv.WriteOptions(include_header=first))
        else:
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in table.to_pylist())
            file.writelines(line.encode() for line in lines)


def time_label(folder: Path, kind: str, *options: str) -> tuple[float, int]:
    """Seconds of `classifier label`, and its peak of memory in MB, children included."""
    start, peak = time.perf_counter(), 0
    command = [sys.executable, "-m", "classifier", "label", str(folder / f"postings.{kind}")]
    (folder / "said.txt").unlink(missing_ok=True)
    with (
        (folder / "said.txt").open("wb") as said,
        subprocess.Popen(
            [*command, "-o", str(folder / f"out.{kind}"), *options], stderr=said
        ) as process,
    ):
        while process.poll() is None:
            peak = max(peak, sum(map(resident, family(process.pid))))
            time.sleep(0.05)
    ended = "postings labelled to" in (folder / "said.txt").read_text("utf-8")
    if process.returncode not in {0, 1} or not ended:  # 1: some rows were rejected
        raise SystemExit(f"classifier label failed: {process.returncode}")
    return time.perf_counter() - start, peak // 1024


def family(pid: int) -> list[int]:
    """A process and those that it started, as Linux tells."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:  # it has ended
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def resident(pid: int) -> int:
    """Kilobytes of a process that are in memory; those that n processes share count 1/n each."""
    try:
        status = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    sizes = [line.split()[1] for line in status.splitlines() if line.startswith("Pss:")]
    return int(sizes[0]) if sizes else 0


def time_words(folder: Path) -> float:
    """Seconds of wc; the file is in memory after `write_files`."""
    start = time.perf_counter()
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run(
        ["wc", "-w", str(folder / "texts.txt")], env=env, check=True, capture_output=True
    )
    return time.perf_counter() - start


def measure(
    n: int, folder: Path, arguments: argparse.Namespace, withouts: Sequence[str]
) -> list[dict[str, object]]:
    """Figures of one size, with each choice of columns."""
    made = {"as_html": arguments.html, "distinct": arguments.distinct}
    size = write_files(n, folder, arguments.format, **made)
    found = []
    for without in withouts:
        options = ["--without", without, "--jobs", str(arguments.jobs)]
        words_each, labels = [], []
        for _ in range(arguments.rounds):
            words_each.append(time_words(folder))
            labels.append(time_label(folder, arguments.format, *options))
        words = statistics.median(words_each)
        seconds = statistics.median(one for one, _ in labels)
        record = {
            "postings": n,
            "text_mb": round(size / 1e6, 1),
            "format": arguments.format,
            "html": arguments.html,
            "distinct": arguments.distinct,
            "without": without,
            "jobs": arguments.jobs,
            "rounds": arguments.rounds,
            "seconds": round(seconds, 3),
            "wc_seconds": round(words, 3),
            "ratio": round(seconds / words, 2),
            "peak_mb": max(one for _, one in labels),
        }
        print(
            f"{n} postings, {size / 1e6:.0f} MB, {arguments.format}{', HTML' * arguments.html}, "
            f"without {without or 'nothing'}: {seconds:.2f} s, {n / seconds:.0f} postings/s; "
            f"wc -w {words:.3f} s, ratio {seconds / words:.2f}; peak {record['peak_mb']} MB",
            flush=True,
        )
        if arguments.save:
            save("files", record)
        found.append(record)
    return found


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Slope of the line through points, both in logarithms."""
    x, y = np.log(np.array(points)).T
    return float(np.polyfit(x, y, 1)[0])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("postings", type=int, nargs="*", default=[20_000])
    parser.add_argument("--without", action="append", help="default: nothing, then all groups")
    parser.add_argument("--jobs", type=int, default=-1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--format", choices=["parquet", "jsonl", "csv"], default="parquet")
    parser.add_argument("--html", action="store_true")
    parser.add_argument("--distinct", type=int, help="repeat so many postings: made in less time")
    parser.add_argument("--save", action="store_true")
    arguments = parser.parse_args()
    withouts = arguments.without or ["", ",".join(GROUPS)]
    print(f"{date.today()}, {machine()}, medians of {arguments.rounds}")
    with tempfile.TemporaryDirectory() as name:
        each = [measure(n, Path(name), arguments, withouts) for n in arguments.postings]
    if len(each) > 1:
        for i, without in enumerate(withouts):
            points = [(float(str(r[i]["postings"])), float(str(r[i]["seconds"]))) for r in each]
            print(f"without {without or 'nothing'}: slope {slope(points):.3f}")


if __name__ == "__main__":
    main()
