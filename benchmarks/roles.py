"""The shipped model: train it on the labelled corpus, measure it, hold it to its floors.

    python benchmarks/roles.py                        measure, print the tables
    python benchmarks/roles.py --save                 and write models/roles
    python benchmarks/roles.py --check                and fail where a figure is under its floor
    python benchmarks/roles.py --check --update       raise the floors to what was measured
    python benchmarks/roles.py --update --allow-regression    lower them, too

The corpus (real postings, labelled by docs/codebook.md) is not part of the repository. What is
computed from it is: coefficients, document frequencies, scores. Without it the floors are those
of data/postings.csv.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from classifier.card import save_training
from classifier.metrics import (
    Floats,
    accuracy_at_coverage,
    expected_calibration_error,
    macro_f1,
    score_labels,
)
from classifier.training import Training, train
from classifier.validation import count_views, out_of_fold

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "postings.parquet"
SAMPLE = ROOT / "data" / "postings.csv"
FLOORS = Path(__file__).with_name("floors.json")
# Room for another machine's last digits: one posting more or less right moves a macro-F1 of the
# stratified rows by about 0.002.
MARGIN = 0.004
COLUMNS = ["title", "description", "label", "confidence", "employer", "dup_group", "sampling"]

ABOUT = [
    "Trained on {n} real job postings, most of them in English, collected between {first} and "
    "{last} from employers' own feeds and public collections. Their text is the employers' and "
    "is not part of this project. Each was read with the codebook (docs/codebook.md) and labelled **by "
    "a language model**; two independent readings of 399 other postings agreed on 99 %. Labels "
    "that could be argued weigh less.",
    "Corpus {digest}, {today}. The skill vocabulary was grown while looking at this corpus, so the "
    "figures are a little better than they would be on new postings.",
    "It cannot: judge a posting in another language than English, tell the roles apart in a text "
    "of a few lines, label a posting that describes several jobs, or know what the employer does "
    "not write. It says nothing about people and must not be used to rank applicants.",
]


def digest(path: Path) -> str:
    """First 16 hex digits of a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def measures(y: np.ndarray, p: Floats, labels: tuple[str, ...]) -> dict[str, float]:
    """Figures of one view on some rows."""
    scores = score_labels(y, p.argmax(axis=1), labels)
    return {
        "macro-F1": macro_f1(scores),
        **{f"F1 {score.label}": score.f1 for score in scores},
        "accuracy at 80 % coverage": accuracy_at_coverage(y, p, 0.8),
        "calibration error": expected_calibration_error(y, p),
    }


def account(training: Training, seeds: Iterable[int]) -> pd.DataFrame:
    """Figures by view and rows (index) and seed of the folds (columns: mean and spread)."""
    data = training.data
    views = count_views(data, training.table.vocabulary)
    found: dict[tuple[str, str, str], list[float]] = {}
    for seed in seeds:
        oof = out_of_fold(views, data, seed)
        for rows, chosen in row_sets(data.frame).items():
            for view in ("both", "body_only", "title_only"):
                p = getattr(oof, view)[chosen]
                for name, value in measures(data.y[chosen], p, data.classes).items():
                    found.setdefault((rows, view, name), []).append(value)
    table = pd.DataFrame(found).T
    table.index.names = ["rows", "view", "figure"]
    return pd.DataFrame({"mean": table.mean(axis=1), "spread": table.std(axis=1, ddof=0)})


def wide(figures: "pd.Series[float]") -> pd.DataFrame:
    """One row for each set of rows and view, one column for each figure."""
    return figures.reset_index(name="x").pivot_table("x", ["rows", "view"], "figure", sort=False)


def row_sets(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """Rows to report on: by sampling, those whose label is clear; the arguable ones apart."""
    if "sampling" not in frame:
        return {"all": np.ones(len(frame), bool)}
    clear = frame["confidence"] >= 2
    return {
        "stratified": (clear & (frame["sampling"] == "stratified")).to_numpy(),
        "uncertain": (clear & (frame["sampling"] == "uncertain")).to_numpy(),
        "arguable": (~clear & (frame["sampling"] != "added")).to_numpy(),
    }


def gate(figures: pd.DataFrame, source: str, arguments: argparse.Namespace) -> bool:
    """Say whether every figure reaches its floor; with --update, move the floors."""
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    old = floors.get(arguments.corpus.name, {"digest": source, "floors": {}})
    kept = {
        f"{rows} / {view} / {name}": round(value, 4)
        for (rows, view, name), value in figures["mean"].to_dict().items()
        if name in ("macro-F1", "calibration error") and rows != "arguable" and view != "title_only"
    }
    if old["digest"] != source and not arguments.update:
        print(f"floors are for corpus {old['digest']}, this is {source}; run with --update")
        return False
    worse = [name for name, value in old["floors"].items() if is_worse(name, kept.get(name), value)]
    for name in worse:
        print(f"WORSE {name}: {kept.get(name)} against the floor {old['floors'][name]}")
    if arguments.update and (not worse or arguments.allow_regression):
        floors[arguments.corpus.name] = {"digest": source, "floors": kept}
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n")
        return True
    return not worse


def is_worse(name: str, value: float | None, floor: float) -> bool:
    """Say whether a figure is on the wrong side of its floor; an error has a ceiling."""
    if value is None:
        return True
    return value > floor + MARGIN if name.endswith("error") else value < floor - MARGIN


def main() -> int:
    """Run the command line; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS if CORPUS.exists() else SAMPLE)
    parser.add_argument("--seeds", type=int, default=1, help="groupings of the folds to average")
    for flag in ("--save", "--check", "--update", "--allow-regression"):
        parser.add_argument(flag, action="store_true")
    arguments = parser.parse_args()
    if arguments.corpus == SAMPLE:
        print(f"{CORPUS.name} is not beside the repository: measuring {SAMPLE.name}")
        postings = pd.read_csv(SAMPLE, keep_default_na=False)
    else:
        frame = pd.read_parquet(arguments.corpus)
        postings = frame[frame["label"].fillna("") != ""].reset_index(drop=True)
    columns = [name for name in [*COLUMNS, "hiring_organization"] if name in postings]
    training = train(postings[columns], name="roles")
    source = digest(arguments.corpus)
    figures = account(training, range(arguments.seeds))
    print(f"{arguments.corpus.name} {source}, {len(training.data.y)} rows, {date.today()}")
    print(wide(figures["mean"]).round(3).to_string())
    if arguments.seeds > 1:
        print(wide(figures["spread"]).round(3).to_string())
    if arguments.save:
        save(training, postings, source)
    return 0 if gate(figures, source, arguments) or not arguments.check else 1


def save(training: Training, postings: pd.DataFrame, source: str) -> None:
    """Write models/roles."""
    years = postings["year_collected"].dropna()
    facts = {"n": len(training.data.y), "first": years.min(), "last": years.max()}
    about = [text.format(**facts, digest=source, today=date.today()) for text in ABOUT]
    save_training(training, ROOT / "models" / "roles", about)


if __name__ == "__main__":
    sys.exit(main())
