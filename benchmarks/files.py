"""File to file against `wc -w` on the same texts, and the memory that it takes.

    python benchmarks/files.py            (20,000 postings)
    python benchmarks/files.py 1000000 --without skills,salary,review,dimensions

A Parquet file of postings, those of the corpus (of data/, where there is none) repeated and
shuffled line by line, is labelled to Parquet by `classifier label` in a process of its own, with
all columns and with the label alone; `LC_ALL=C.UTF-8 wc -w` counts the words of the same texts as
plain text. Medians of five, in turn. Memory is the most that all processes had at once.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from classifier.rows import GROUPS

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "postings.parquet"
STEP = 10_000
ROUNDS = 5


def read_source() -> list[tuple[str, str]]:
    """Titles and descriptions to make postings of."""
    if CORPUS.is_file():
        table = pq.read_table(CORPUS, columns=["title", "description"])
        columns = [table.column(name).to_pylist() for name in ("title", "description")]
        return [(title or "", text or "") for title, text in zip(*columns, strict=True)]
    frame = pd.read_csv(ROOT / "data" / "postings.csv", keep_default_na=False)
    return list(zip(frame["title"], frame["description"], strict=True))


def write_files(n: int, folder: Path) -> int:
    """Write n postings as postings.parquet and texts.txt; give the bytes of the texts."""
    source, chance = read_source(), random.Random(1)  # noqa: S311  # the same texts each time
    with (folder / "texts.txt").open("w", encoding="utf-8") as texts:
        writer = None
        for start in range(0, n, STEP):
            rows = [chance.choice(source) for _ in range(min(STEP, n - start))]
            rows = [(title, shuffle_lines(text, chance)) for title, text in rows]
            table = pa.table(
                dict(zip(("title", "description"), zip(*rows, strict=True), strict=True))
            )
            writer = writer or pq.ParquetWriter(folder / "postings.parquet", table.schema)
            writer.write_table(table)
            texts.writelines(f"{title}\n{text}\n" for title, text in rows)
        if writer:
            writer.close()
    return (folder / "texts.txt").stat().st_size


def shuffle_lines(text: str, chance: random.Random) -> str:
    """Text with its lines in another order."""
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def time_label(folder: Path, *options: str) -> tuple[float, int]:
    """Seconds of `classifier label`, and its peak of memory in MB, children included."""
    start, peak = time.perf_counter(), 0
    command = [sys.executable, "-m", "classifier", "label", str(folder / "postings.parquet")]
    with subprocess.Popen(
        [*command, "-o", str(folder / "out.parquet"), *options], stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(resident, family(process.pid))))
            time.sleep(0.05)
    if process.returncode:
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


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("postings", type=int, nargs="?", default=20_000)
    parser.add_argument("--without", action="append", help="default: nothing, then all groups")
    parser.add_argument("--jobs", type=int, default=-1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_files(arguments.postings, folder)
        print(f"{date.today()}, {arguments.postings} postings, {size / 1e6:.0f} MB of text")
        for without in arguments.without or ["", ",".join(GROUPS)]:
            options = ["--without", without, "--jobs", str(arguments.jobs)]
            words_each, labels = [], []
            for _ in range(ROUNDS):
                words_each.append(time_words(folder))
                labels.append(time_label(folder, *options))
            words = statistics.median(words_each)
            seconds = statistics.median(one for one, _ in labels)
            peak = max(one for _, one in labels)
            print(
                f"without {without or 'nothing'}: {seconds:.1f} s, "
                f"{arguments.postings / seconds:.0f} postings/s; wc -w {words:.2f} s, "
                f"ratio {seconds / words:.1f}; peak {peak} MB"
            )


if __name__ == "__main__":
    main()
