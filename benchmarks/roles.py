"""The shipped model: train it on the labelled corpus, measure it, hold it to its floors.

    python benchmarks/roles.py                        measure, print the tables
    python benchmarks/roles.py --save                 and write models/roles
    python benchmarks/roles.py --check                and fail where a figure is under its floor
    python benchmarks/roles.py --check --update       raise the floors to what was measured
    python benchmarks/roles.py --update --allow-regression    lower them, too

The corpus (real postings, labelled by docs/codebook.md) is not part of the repository. What is
computed from it is: coefficients, document frequencies, scores. Without it the floors are those
of data/postings.csv. readings.csv has the labels of more of its postings, read for this project:
they are learnt from and not reported on. Its other postings are learnt from without a label.

The floors are those of the first grouping of the folds, however many are averaged in the tables.
"""

import argparse
import hashlib
import json
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from classifier.card import save_training
from classifier.metrics import (
    Floats,
    Ints,
    accuracy_at_coverage,
    confusions,
    expected_calibration_error,
    macro_f1,
    score_labels,
)
from classifier.training import Training, train
from classifier.validation import out_of_fold, predict_baselines

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "postings.parquet"
SAMPLE = ROOT / "data" / "postings.csv"
READINGS = Path(__file__).with_name("readings.csv")
FLOORS = Path(__file__).with_name("floors.json")
# Room for another machine's last digits: one posting more or less right moves a macro-F1 of the
# stratified rows by about 0.002.
MARGIN = 0.004
HELD = ("macro-F1", "calibration error")
WAYS = {
    "title and description": "both",
    "description only, role names masked": "body_only",
    "title only": "title_only",
}
Key = tuple[str, str, str]  # rows, way of labelling, figure
Figures = dict[Key, tuple[float, float]]
READ_WEIGHT = 0.5  # of a reading: they were drawn where a model was unsure, docs/experiments.md
COLUMNS = ["title", "description", "label", "confidence", "sample_weight", "employer", "dup_group"]

ABOUT = [
    "Trained on {n} real job postings, most of them in English, collected between {first} and "
    "{last} from employers' own feeds and public collections. Their text is the employers' and "
    "is not part of this project. Each was read with the codebook (docs/codebook.md) and labelled "
    "**by a language model**; two independent readings of 399 other postings agreed on 99 %. "
    "Labels that could be argued weigh less. {read} of them were read for this project to train "
    "on, weigh half and are in none of the figures by rows; second readings of 240 agreed on 97 %.",
    "Corpus {digest}, {today}. The skill vocabulary was grown while looking at this corpus, so the "
    "figures are a little better than they would be on new postings. The calibration error is not "
    "0 even if every probability is true: the last column says what chance alone would give.",
    "It cannot: judge a posting in another language than English, tell the roles apart in a text "
    "of a few lines, label a posting that describes several jobs, or know what the employer does "
    "not write. It says nothing about people and must not be used to rank applicants.",
]


def digest(path: Path) -> str:
    """First 16 hex digits of a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def measures(y: Ints, p: Floats, labels: tuple[str, ...]) -> dict[str, float]:
    """Figures of one view on some rows."""
    return {
        **f1_scores(y, p.argmax(axis=1), labels),
        "accuracy at 80 % coverage": accuracy_at_coverage(y, p, 0.8),
        "calibration error": expected_calibration_error(y, p),
        "of it by chance": error_by_chance(p),
    }


def error_by_chance(p: Floats, draws: int = 100) -> float:
    """Mean calibration error of so many postings if every probability were true.

    Each bin has few postings, whose fraction of right labels scatters: the error of a perfectly
    calibrated model is not 0.
    """
    rng = np.random.default_rng(0)
    top = np.sort(p.max(axis=1))
    sure = np.column_stack([top, np.zeros_like(top)])
    errors = []
    for _ in range(draws):
        right = rng.random(len(top)) < top
        errors.append(expected_calibration_error(np.where(right, 0, 1), sure))
    return float(np.mean(errors))


def f1_scores(y: Ints, predicted: Ints, labels: tuple[str, ...]) -> dict[str, float]:
    """Macro-F1 and the F1 of each label."""
    scores = score_labels(y, predicted, labels)
    return {"macro-F1": macro_f1(scores), **{f"F1 {score.label}": score.f1 for score in scores}}


def read_corpus(path: Path) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Postings with a label, and those without one, if the file is the corpus."""
    if path.suffix == ".csv":
        return pd.read_csv(path, keep_default_na=False), None
    frame = pd.read_parquet(path).set_index("row_id")
    readings = pd.read_csv(READINGS).set_index("row_id")
    readings = readings.loc[readings.index.intersection(frame.index)]
    frame.loc[readings.index, ["label", "confidence"]] = readings[["label", "confidence"]]
    frame.loc[readings.index, "sampling"] = "read"
    frame["sample_weight"] = np.where(frame["sampling"] == "read", READ_WEIGHT, 1.0)
    known = frame["label"].fillna("") != ""
    return frame[known].reset_index(drop=True), frame[~known].reset_index(drop=True)


def account(training: Training, n_seeds: int) -> tuple[Figures, Figures]:
    """Means and spreads by rows, way of labelling, figure: of the first grouping, and of all."""
    data, views = training.data, training.views
    others = Parallel(-1)(delayed(out_of_fold)(views, data, seed) for seed in range(1, n_seeds))
    found: dict[Key, list[float]] = {}
    for oof in (training.out_of_fold, *others):
        for rows, chosen in row_sets(data.frame).items():
            for way, p in ((name, getattr(oof, field)) for name, field in WAYS.items()):
                for name, value in measures(data.y[chosen], p[chosen], data.classes).items():
                    found.setdefault((rows, way, name), []).append(value)
    for rows, chosen in row_sets(data.frame).items():
        for way, predicted in predict_baselines(views, data, training.table.vocabulary).items():
            for name, value in f1_scores(data.y[chosen], predicted[chosen], data.classes).items():
                found[rows, way, name] = [value]
    first = {key: (values[0], 0.0) for key, values in found.items()}
    return first, {key: (float(np.mean(v)), float(np.std(v))) for key, v in found.items()}


def print_confusions(training: Training) -> None:
    """Print true labels (rows) against predicted ones (columns), in the first grouping."""
    data, oof = training.data, training.out_of_fold
    for rows, chosen in row_sets(data.frame).items():
        for way, p in (("title and description", oof.both), ("description only", oof.body_only)):
            found = confusions(data.y[chosen], p[chosen].argmax(axis=1), len(data.classes))
            print(f"confusions, {rows}, {way} ({', '.join(data.classes)}): {found.tolist()}")


def markdown(figures: Figures) -> str:
    """Markdown table of the means ± the standard deviation over the groupings, if it shows."""
    columns = list(dict.fromkeys(name for _, _, name in figures))
    lines = [f"| rows | labelled by | {' | '.join(columns)} |", "|---" * (len(columns) + 2) + "|"]
    for rows, way in sorted({key[:2] for key in figures}, key=[key[:2] for key in figures].index):
        cells = [figures.get((rows, way, name)) for name in columns]
        values = " | ".join("" if cell is None else _cell(*cell) for cell in cells)
        lines.append(f"| {rows} | {way} | {values} |")
    return "\n".join(lines)


def _cell(mean: float, spread: float) -> str:
    return f"{mean:.3f} ± {spread:.3f}" if spread >= 0.0005 else f"{mean:.3f}"


def row_sets(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """Rows to report on: by sampling, those whose label is clear; the arguable ones apart."""
    if "sampling" not in frame:
        return {"all": np.ones(len(frame), bool)}
    clear = frame["confidence"] >= 2
    return {
        "stratified": (clear & (frame["sampling"] == "stratified")).to_numpy(),
        "uncertain": (clear & (frame["sampling"] == "uncertain")).to_numpy(),
        "arguable": (~clear & frame["sampling"].isin(["stratified", "uncertain"])).to_numpy(),
    }


def gate(figures: Figures, source: str, arguments: argparse.Namespace) -> bool:
    """Say whether every figure reaches its floor; with --update, move the floors."""
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    old = floors.get(arguments.corpus.name, {"digest": source, "floors": {}})
    kept = {
        f"{rows} / {way} / {name}": round(mean, 4)
        for (rows, way, name), (mean, _) in figures.items()
        if name in HELD and way in WAYS and rows != "arguable" and way != "title only"
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
    if not CORPUS.exists():
        print(f"{CORPUS.name} is not beside the repository: measuring {SAMPLE.name}")
    postings, unlabelled = read_corpus(arguments.corpus)
    columns = [name for name in [*COLUMNS, "sampling", "hiring_organization"] if name in postings]
    training = train(postings[columns], unlabelled=unlabelled, name="roles", n_jobs=-1)
    source = digest(arguments.corpus)
    if unlabelled is not None:
        source += f" with readings {digest(READINGS)}"
    first, figures = account(training, arguments.seeds)
    print(f"{arguments.corpus.name} {source}, {len(training.data.y)} rows, {date.today()}")
    print(markdown(figures))
    print_confusions(training)
    if arguments.save:
        save(training, postings, source, figures)
    return 0 if gate(first, source, arguments) or not arguments.check else 1


def save(training: Training, postings: pd.DataFrame, source: str, figures: Figures) -> None:
    """Write models/roles."""
    years = postings["year_collected"].dropna()
    read = int((postings["sampling"] == "read").sum())
    facts = {"n": len(training.data.y), "read": read, "first": years.min(), "last": years.max()}
    about = [text.format(**facts, digest=source, today=date.today()) for text in ABOUT]
    about.append(markdown(figures))
    save_training(training, ROOT / "models" / "roles", about)


if __name__ == "__main__":
    sys.exit(main())
