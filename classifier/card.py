"""A trained model to its folder: arrays, card for people, top terms, and the pipeline."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import joblib
import numpy as np

from classifier.errors import InputError
from classifier.table import Table, save_table
from classifier.training import Training
from classifier.validation import Score

TOP_TERMS = 40  # per label in the card
LISTED_TERMS = 200  # per label in terms.tsv


def save_training(training: Training, folder: Path, about: Sequence[str] = ()) -> None:
    """Write ``model.npz``, ``model.json``, ``card.md``, ``terms.tsv`` and ``pipeline.joblib``.

    The last is a pickle of the scikit-learn pipeline, for notebooks; nothing here opens it.

    Parameters
    ----------
    about : sequence of str
        Paragraphs for the card: what the data is, what the model is not for.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    try:
        save_table(training.table, folder)
        (folder / "card.md").write_text(card(training, about), encoding="utf-8")
        (folder / "terms.tsv").write_text("".join(term_lines(training.table)), encoding="utf-8")
        joblib.dump(training.pipeline, folder / "pipeline.joblib", compress=3)
    except OSError as error:
        raise InputError(
            f"cannot write the model to {folder}: {error.strerror or error}"
        ) from error


def top_terms(table: Table, label: str, n: int) -> list[tuple[str, str, float]]:
    """(block, term, weight) of the `n` terms that speak most for a label.

    The weight is how much the term moves labels over many postings: the distance of its
    coefficient to the mean of the other labels', times idf, times the standard deviation of its
    presence. A term in a fraction p of the postings has the idf 1 - ln p.
    """
    k = table.classes_.index(label)
    found = []
    for name, block in table.blocks.items():
        others = np.delete(block.coef, k, axis=1).mean(axis=1)
        p = np.exp(1 - block.idf)
        weights = (block.coef[:, k] - others) * block.idf * np.sqrt(p * (1 - p).clip(0))
        found += [(name, table.terms[name][i], float(weights[i])) for i in np.argsort(-weights)[:n]]
    return sorted(found, key=lambda one: (-one[2], one[:2]))[:n]


def term_lines(table: Table) -> Iterator[str]:
    """Lines of ``terms.tsv``: label, block, term, weight; the strongest first."""
    yield "label\tblock\tterm\tweight\n"
    for label in table.classes_:
        for block, term, weight in top_terms(table, label, LISTED_TERMS):
            yield f"{label}\t{block}\t{term}\t{weight:.4f}\n"


def card(training: Training, about: Sequence[str] = ()) -> str:
    """Text of ``card.md``."""
    table, facts = training.table, training.table.about
    rows = facts["trained_on"]["rows"]
    lines = [
        f"# {facts['name']}",
        "",
        f"Labels a job posting {', '.join(table.classes_[:-1])} or {table.classes_[-1]}, "
        "from its description and title.",
        "",
        *(line for paragraph in about for line in (paragraph, "")),
        "## Trained on",
        "",
        *(f"* {label}: {n} postings" for label, n in rows.items()),
        *(f"* {note}" for note in facts["trained_on"]["notes"]),
        "",
        "## How good it is",
        "",
        "On postings of employers that the judged model did not see (cross-validation):",
        "",
        *score_table(training.scores),
        "",
        f"Labels whose probability is under {table.threshold:.2f}, or whose text has fewer than "
        f"{table.min_terms} known terms, are marked for review.",
        "",
        "## What it goes by",
        "",
        f"{sum(len(block.columns) for block in table.blocks.values())} terms. The strongest:",
        "",
    ]
    for label in table.classes_:
        terms = ", ".join(_shown(*one[:2]) for one in top_terms(table, label, TOP_TERMS))
        lines += [f"**{label}**: {terms}", ""]
    return "\n".join(lines)


def _shown(block: str, term: str) -> str:
    return term if block == "description" else f"{term} ({block.removesuffix('s')})"


def score_table(scores: Sequence[Score]) -> list[str]:
    """Lines of a Markdown table, one row for each way of labelling."""
    labels = [score.label for score in scores[0].labels]
    lines = [
        f"| out of fold | macro-F1 | {' | '.join('F1 ' + label for label in labels)} | ECE |",
        "|---|" + "---|" * (len(labels) + 2),
    ]
    for score in scores:
        error = "" if score.calibration_error is None else f"{score.calibration_error:.3f}"
        values = " | ".join(f"{one.f1:.3f}" for one in score.labels)
        lines.append(f"| {score.name} | {score.macro_f1:.3f} | {values} | {error} |")
    return lines
