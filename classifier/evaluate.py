"""A model against labelled postings: scores, confusions, calibration, risk and coverage."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from classifier.errors import InputError
from classifier.features import count_terms, read_document
from classifier.figures import add_axes, new_figure, svg
from classifier.metrics import (
    Bin,
    Floats,
    Ints,
    LabelScore,
    confusions,
    expected_calibration_error,
    macro_f1,
    reliability,
    risk_coverage,
    score_labels,
)
from classifier.predict import review_reasons
from classifier.table import Table, fingerprint

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Evaluation:
    """How a model does on labelled postings.

    Attributes
    ----------
    n_rows : int
        Postings with a label that the model knows.
    n_unlabelled, n_unknown : int
        Rows left out: no label, or a label that the model does not have.
    n_seen : int
        Postings whose text and label the model was trained on: on these it looks better than it
        is.
    n_review : int
        Postings that `classifier.predict.classify` marks for review.
    labels : tuple of LabelScore
        Precision, recall, F1 and support per label.
    confusion : ndarray of shape (n_classes, n_classes)
        Rows are the true labels, columns the predicted.
    calibration_error : float
        Expected calibration error, 0..1.
    reliability : list of Bin
        Stated against observed accuracy.
    risk_coverage : list of (coverage, accuracy)
        Accuracy on the surest fraction of the postings.
    """

    model: str
    classes_: tuple[str, ...]
    n_rows: int
    n_unlabelled: int
    n_unknown: int
    n_seen: int
    n_review: int
    labels: tuple[LabelScore, ...]
    confusion: Ints
    accuracy: float
    macro_f1: float
    calibration_error: float
    reliability: list[Bin]
    risk_coverage: list[tuple[float, float]]

    def to_json(self) -> dict[str, object]:
        """Plain values for `json.dumps`."""
        return {
            **self.__dict__,
            "labels": [score._asdict() for score in self.labels],
            "confusion": self.confusion.tolist(),
            "reliability": [one._asdict() for one in self.reliability],
        }


def evaluate(table: Table, postings: pd.DataFrame, label_column: str = "label") -> Evaluation:
    """Evaluation of a model on postings with `title`, `description` and their true label.

    Raises
    ------
    InputError
        If the column is missing or no row has a label of the model.
    """
    if label_column not in postings:
        raise InputError(
            f"no column {label_column!r} with the true labels; the columns are "
            f"{', '.join(map(str, postings.columns))}. Name one with --labels-from."
        )
    labels = postings[label_column].astype("string").str.strip().replace("", None)
    index = {label: i for i, label in enumerate(table.classes_)}
    known = labels.isin(list(index)).to_numpy(bool)
    if not known.any():
        raise InputError(
            f"no row has a label of the model in {label_column!r}: it has {_some(labels)}; "
            f"the model knows {', '.join(table.classes_)}."
        )
    y = np.asarray(labels[known].map(index), np.int64)
    p, n_review, n_seen = _predict(table, postings[known])
    n_unlabelled = int(labels.isna().sum())
    scores = score_labels(y, p.argmax(axis=1), table.classes_)
    return Evaluation(
        model=table.name,
        classes_=table.classes_,
        n_rows=len(y),
        n_unlabelled=n_unlabelled,
        n_unknown=int((~known).sum()) - n_unlabelled,
        n_seen=n_seen,
        n_review=n_review,
        labels=tuple(scores),
        confusion=confusions(y, p.argmax(axis=1), len(table.classes_)),
        accuracy=float((p.argmax(axis=1) == y).mean()),
        macro_f1=macro_f1(scores),
        calibration_error=expected_calibration_error(y, p),
        reliability=reliability(y, p),
        risk_coverage=risk_coverage(y, p),
    )


def _some(labels: "pd.Series[str]") -> str:
    values = sorted(labels.dropna().unique())[:5]
    return ", ".join(map(repr, values)) or "none at all"


def _predict(table: Table, rows: pd.DataFrame) -> tuple[Floats, int, int]:
    """Probabilities (n, n_classes), how many are for review, how many the model has seen."""
    texts = [rows[c] if c in rows else pd.Series("", rows.index) for c in ("title", "description")]
    pairs = zip(*(column.fillna("").astype(str) for column in texts), strict=True)
    documents = [read_document(title, description) for title, description in pairs]
    counted = [
        count_terms(document, table.vocabulary.find_skills(document.work), table.vocabulary)
        for document in documents
    ]
    p = table.predict_proba(counted)
    n_review = sum(_is_for_review(table, *one) for one in zip(p, counted, strict=True))
    prints = np.array([fingerprint(document.work) for document in documents], np.uint64)
    return p, n_review, int(np.isin(prints, table.seen).sum())


def _is_for_review(table: Table, p: Floats, counted: Mapping[str, Sequence[str]]) -> bool:
    known = [
        (name, term)
        for name, block in table.blocks.items()
        for term in dict.fromkeys(counted[name])
        if term in block.columns
    ]
    return bool(review_reasons(table, p, known))


# --- The page ---

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evaluation of {model}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: auto; padding: 1rem }}
table {{ border-collapse: collapse; margin: 1rem 0 }}
th, td {{ padding: .3rem .8rem; border-bottom: 1px solid #ddd; text-align: right }}
th:first-child, td:first-child {{ text-align: left }}
svg {{ max-width: 100%; height: auto }}
.note {{ color: #555 }}
</style>
<h1>Evaluation of {model}</h1>
<p>{lead}</p>
{notes}
<h2>Labels</h2>
{labels}
<h2>Confusions</h2>
<p class="note">Rows: the true label. Columns: the predicted one.</p>
{confusion}
<h2>Calibration</h2>
<p class="note">When the model says 80 %, is it right in 80 of 100 cases? Each dot is a bin of
equally many postings. Expected calibration error: {error:.3f}.</p>
{reliability_plot}
{reliability}
<h2>Risk and coverage</h2>
<p class="note">Accuracy on the surest part of the postings: what is gained by leaving the rest
to a person.</p>
{coverage_plot}
</html>
"""


def report_html(evaluation: Evaluation) -> str:
    """One page with tables and plots that needs no other file and no network.

    Raises
    ------
    InputError
        If matplotlib is not installed.
    """
    e = evaluation
    return PAGE.format(
        model=html.escape(e.model),
        lead=f"{e.n_rows} postings, macro-F1 {e.macro_f1:.3f}, accuracy {e.accuracy:.3f}, "
        f"{e.n_review} ({e.n_review / e.n_rows:.0%}) for review.",
        notes="".join(f'<p class="note">{html.escape(note)}</p>' for note in notes(e)),
        labels=_html_table(
            ["label", "precision", "recall", "F1", "postings"],
            [[s.label, *(f"{v:.3f}" for v in s[1:4]), str(s.support)] for s in e.labels],
        ),
        confusion=_html_table(
            ["", *e.classes_],
            [[c, *map(str, row)] for c, row in zip(e.classes_, e.confusion.tolist(), strict=True)],
        ),
        error=e.calibration_error,
        reliability_plot=svg(_reliability_figure(e)),
        reliability=_html_table(
            ["postings", "stated", "observed"],
            [[str(b.n), f"{b.probability:.3f}", f"{b.fraction_right:.3f}"] for b in e.reliability],
        ),
        coverage_plot=svg(_coverage_figure(e)),
    )


def notes(evaluation: Evaluation) -> list[str]:
    """Sentences on what a reader of the figures has to know."""
    found = []
    if evaluation.n_seen:
        found.append(
            f"{evaluation.n_seen} of {evaluation.n_rows} postings were in the training data: "
            "the figures are better than they would be on new ones."
        )
    if evaluation.n_unlabelled:
        found.append(f"{evaluation.n_unlabelled} rows without a label were left out.")
    if evaluation.n_unknown:
        found.append(
            f"{evaluation.n_unknown} rows with a label that the model does not know were left out."
        )
    return found


def _html_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cells = "".join(f"<th>{html.escape(name)}" for name in head)
    lines = ("".join(f"<td>{html.escape(value)}" for value in row) for row in rows)
    return f"<table><tr>{cells}" + "".join(f"<tr>{line}" for line in lines) + "</table>"


def _reliability_figure(evaluation: Evaluation) -> "Figure":
    figure = new_figure("the report")
    axes = add_axes(figure, "stated probability", "fraction right")
    stated = [one.probability for one in evaluation.reliability]
    axes.plot([min(stated), 1], [min(stated), 1], color="0.6", linewidth=1)
    axes.plot(stated, [one.fraction_right for one in evaluation.reliability], "o-")
    return figure


def _coverage_figure(evaluation: Evaluation) -> "Figure":
    figure = new_figure("the report")
    axes = add_axes(figure, "fraction of postings labelled without review", "accuracy on them")
    coverage, accuracy = zip(*evaluation.risk_coverage, strict=True)
    axes.plot(coverage, accuracy, "o-")
    return figure
