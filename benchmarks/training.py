"""`classifier train` against one plain scikit-learn fit on the same postings, and the memory.

    python benchmarks/training.py                     (20,000 postings, five rounds)
    python benchmarks/training.py 2000 --rounds 3

Both are processes of their own, in turn. Ours is the whole command, from a Parquet file to a saved
model: reading, counting, five folds grouped by employer and near-copies, calibration, the last fit.
The peer is `make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression()).fit`, with all
its defaults, on title and description as found; only its `fit` is counted, its imports and the
reading of the file are shown apart. Postings of the corpus without a label get that of the shipped
model beforehand; where there is no corpus, those of data/ are repeated. CPU is that of all threads
and processes, memory the most that all processes had at once.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from files import CORPUS, ROOT, family, resident
from results import save

from classifier import load_model

COLUMNS = ["title", "description", "label", "employer", "dup_group"]
PLAIN = """
import sys, time
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
frame = pd.read_parquet(sys.argv[1])
texts, labels = (frame["title"] + "\\n" + frame["description"]).tolist(), frame["label"].tolist()
start = time.perf_counter(), time.process_time()
make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression()).fit(texts, labels)
print(time.perf_counter() - start[0], time.process_time() - start[1])
"""


class Run(NamedTuple):
    """Seconds of a process by the clock and by the processors, its memory, what it printed."""

    wall: float
    cpu: float
    megabytes: int
    printed: str


def read_postings(n: int) -> pd.DataFrame:
    """Labelled postings, the same ones each time: `COLUMNS`, as far as there are."""
    if not CORPUS.is_file():
        frame = pd.read_csv(ROOT / "data" / "postings.csv", keep_default_na=False)
        names = [name for name in COLUMNS if name in frame]
        repeats = -(-n // len(frame))
        return pd.concat([frame[names]] * repeats, ignore_index=True).head(n)
    frame = pd.read_parquet(CORPUS, columns=COLUMNS)
    texts = frame[["title", "description"]].fillna("")
    frame = frame.assign(**texts)[texts["description"] != ""].sample(frac=1, random_state=1)
    frame = frame.head(n).reset_index(drop=True)
    unread = frame["label"].isna()
    labelled = load_model().label(frame.loc[unread, ["title", "description"]])
    frame.loc[unread, "label"] = labelled["label"].to_numpy()
    return frame[frame["label"].notna()]


def run(command: Sequence[str]) -> Run:
    """Run a command to its end."""
    before, start, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), 0
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(resident, family(process.pid))))
            time.sleep(0.5)  # to ask for the memory takes time itself
        wall = time.perf_counter() - start
        printed = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed: {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, peak // 1024, printed)


def compare(folder: Path, n: int, rounds: int) -> dict[str, object]:
    """Print the figures of the postings in a folder, and give them."""
    path = str(folder / "postings.parquet")
    ours, plain = [], []
    for _ in range(rounds):
        ours.append(run(["-m", "classifier", "train", path, "-o", str(folder / "model")]))
        plain.append(run(["-c", PLAIN, path]))
    fits = [[float(word) for word in one.printed.split()] for one in plain]
    wall, cpu = (statistics.median(column) for column in zip(*fits, strict=True))
    mine, whole = (statistics.median(one.wall for one in runs) for runs in (ours, plain))
    my_cpu = statistics.median(one.cpu for one in ours)
    print(
        f"classifier train: {mine:.1f} s, CPU {my_cpu:.1f} s, "
        f"peak {max(one.megabytes for one in ours)} MB\n"
        f"plain fit: {wall:.1f} s, CPU {cpu:.1f} s, peak {max(one.megabytes for one in plain)} MB; "
        f"its process {whole:.1f} s\n"
        f"ratio {mine / wall:.2f}, of CPU {my_cpu / cpu:.2f}; process to process {mine / whole:.2f}"
    )
    return {
        "postings": n,
        "rounds": rounds,
        "seconds": round(mine, 1),
        "plain_seconds": round(wall, 1),
        "ratio": round(mine / wall, 2),
        "cpu_ratio": round(my_cpu / cpu, 2),
        "peak_mb": max(one.megabytes for one in ours),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("postings", type=int, nargs="?", default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--save", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        frame = read_postings(arguments.postings)
        frame.to_parquet(Path(name) / "postings.parquet", index=False)
        size = frame["description"].str.len().sum() / 1e6
        print(
            f"{date.today()}, {len(frame)} postings, {size:.0f} million characters, "
            f"{frame['label'].nunique()} labels; medians of {arguments.rounds}"
        )
        found = compare(Path(name), len(frame), arguments.rounds)
        if arguments.save:
            save("training", found)


if __name__ == "__main__":
    main()
