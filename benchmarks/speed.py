"""How fast: labelling and first answer, against scikit-learn in the same run.

    python benchmarks/speed.py

Texts are those of data/, repeated. Medians of five runs each, the contestants taking turns.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import joblib
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from classifier import load_model

DATA = Path(__file__).parent.parent / "data"
RUNS = 5


def medians(contestants: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each, after one run that does not count."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for run in range(RUNS + 1):
        for name, contestant in contestants.items():
            start = time.perf_counter()
            contestant()
            if run:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def labelling(postings: pd.DataFrame) -> None:
    """Postings a second, one process: ours from raw text to labels, skills and pay."""
    model, texts = load_model(), postings["description"].tolist()
    labelled = pd.read_csv(DATA / "postings.csv", keep_default_na=False)
    plain = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression())
    plain.fit(labelled["description"], labelled["label"])
    found = medians(
        {
            "model.label (clean, label, skills, pay)": lambda: model.label(postings),
            "scikit-learn Pipeline.predict_proba (label)": lambda: plain.predict_proba(texts),
        }
    )
    for name, seconds in found.items():
        print(f"{name:46s} {len(texts) / seconds:8.0f} postings/s")


def first_answer(folder: Path) -> None:
    """Seconds from a cold process to one answer."""
    labelled = pd.read_csv(DATA / "postings.csv", keep_default_na=False)
    plain = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression())
    plain.fit(labelled["description"], labelled["label"])
    joblib.dump(plain, folder / "pipeline.joblib")
    (folder / "posting.txt").write_text(labelled["description"][0], encoding="utf-8")
    load = (
        "import joblib; joblib.load('pipeline.joblib').predict_proba([open('posting.txt').read()])"
    )

    def start(*arguments: str) -> Callable[[], object]:
        command = [sys.executable, *arguments]
        return lambda: subprocess.run(command, cwd=folder, check=True, capture_output=True)

    found = medians(
        {
            "classifier classify posting.txt": start("-m", "classifier", "classify", "posting.txt"),
            "classifier --help": start("-m", "classifier", "--help"),
            "joblib.load(pipeline).predict_proba": start("-c", load),
            "python -c pass": start("-c", "pass"),
        }
    )
    for name, seconds in found.items():
        print(f"{name:46s} {seconds:8.3f} s")


def main() -> None:
    """Print the figures."""
    frames = [
        pd.read_csv(DATA / "postings.csv", keep_default_na=False)[["title", "description"]],
        pd.read_json(DATA / "listings.jsonl", lines=True).rename(
            columns={"Job Title": "title", "job_description": "description"}
        )[["title", "description"]],
    ]
    print(f"{date.today()}, medians of {RUNS}")
    labelling(pd.concat(frames * 4, ignore_index=True))
    with tempfile.TemporaryDirectory() as folder:
        first_answer(Path(folder))


if __name__ == "__main__":
    main()
