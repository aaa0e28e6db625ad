"""How good predictions are: scores per label, calibration, risk against coverage.

Everything here takes integer labels ``y`` of shape (n,) and probabilities ``p`` of shape
(n, n_classes), whose columns are in the order of those integers.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

Floats = NDArray[np.float64]
Ints = NDArray[np.signedinteger[Any]]


class LabelScore(NamedTuple):
    """Scores of one label, 0..1, and the number of postings that carry it."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int


class Bin(NamedTuple):
    """One bin of a reliability table; `fraction_right` is observed, `probability` stated."""

    n: int
    probability: float
    fraction_right: float


def score_labels(y: Ints, predicted: Ints, labels: tuple[str, ...]) -> list[LabelScore]:
    """One LabelScore per label; a label that never occurs or is never predicted scores 0."""
    columns = precision_recall_fscore_support(
        y, predicted, labels=range(len(labels)), zero_division=0
    )
    return [
        LabelScore(label, float(p), float(r), float(f), int(n))
        for label, p, r, f, n in zip(labels, *columns, strict=True)
    ]


def macro_f1(scores: list[LabelScore]) -> float:
    """Mean F1 over the labels that occur; 0 if none does."""
    present = [score.f1 for score in scores if score.support]
    return sum(present) / len(present) if present else 0.0


def confusions(y: Ints, predicted: Ints, n_labels: int) -> Ints:
    """Counts of shape (n_labels, n_labels): rows are true, columns predicted."""
    return np.asarray(confusion_matrix(y, predicted, labels=range(n_labels)))


def reliability(y: Ints, p: Floats, bins: int = 15) -> list[Bin]:
    """Bins of equally many predictions each, in the order of their top probability."""
    top, right = p.max(axis=1), p.argmax(axis=1) == y
    parts = np.array_split(np.argsort(top, kind="stable"), bins)
    return [Bin(len(i), float(top[i].mean()), float(right[i].mean())) for i in parts if len(i)]


def expected_calibration_error(y: Ints, p: Floats, bins: int = 15) -> float:
    """Mean distance between stated and observed accuracy over bins of equal mass.

    Naeini, Cooper, Hauskrecht: Obtaining well calibrated probabilities using Bayesian
    binning (AAAI 2015), with bins of equal mass instead of equal width.

    >>> expected_calibration_error(np.array([0, 1]), np.array([[1.0, 0.0], [0.0, 1.0]]))
    0.0
    """
    table = reliability(y, p, bins)
    return sum(b.n * abs(b.probability - b.fraction_right) for b in table) / max(len(y), 1)


def accuracy_at_coverage(y: Ints, p: Floats, coverage: float) -> float:
    """Accuracy on the `coverage` fraction of postings with the highest top probability."""
    kept = np.argsort(-p.max(axis=1), kind="stable")[: max(1, round(coverage * len(y)))]
    return float((p[kept].argmax(axis=1) == y[kept]).mean())


def risk_coverage(y: Ints, p: Floats, steps: int = 20) -> list[tuple[float, float]]:
    """(coverage, accuracy) at `steps` equal steps of coverage, ending at (1, accuracy)."""
    return [(k / steps, accuracy_at_coverage(y, p, k / steps)) for k in range(1, steps + 1)]
