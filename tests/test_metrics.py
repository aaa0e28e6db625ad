"""Scores and calibration, against figures worked out by hand and against scikit-learn."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score

from classifier.metrics import (
    Floats,
    Ints,
    accuracy_at_coverage,
    confusions,
    expected_calibration_error,
    macro_f1,
    reliability,
    risk_coverage,
    score_labels,
)

LABELS = ("cook", "baker", "waiter")
# Four cooks, two bakers; nobody is a waiter, one is taken for one.
TRUE = np.array([0, 0, 0, 0, 1, 1])
PREDICTED = np.array([0, 0, 0, 2, 1, 0])


def two_columns(sure: list[float], right: list[bool]) -> tuple[Ints, Floats]:
    """Labels and probabilities where label 0 is predicted with these probabilities."""
    p = np.array([[value, 1 - value] for value in sure])
    return np.where(right, 0, 1), p


def test_scores_by_hand() -> None:
    cook, baker, waiter = score_labels(TRUE, PREDICTED, LABELS)
    assert (cook.label, baker.label, waiter.label) == LABELS
    assert cook[1:] == pytest.approx((3 / 4, 3 / 4, 3 / 4, 4))
    assert baker[1:] == pytest.approx((1.0, 0.5, 2 / 3, 2))
    assert waiter[1:] == (0.0, 0.0, 0.0, 0)


def test_macro_f1_is_over_the_labels_that_occur() -> None:
    assert macro_f1(score_labels(TRUE, PREDICTED, LABELS)) == pytest.approx((3 / 4 + 2 / 3) / 2)
    assert macro_f1([]) == 0.0


def test_confusions_have_a_row_for_each_true_label() -> None:
    assert confusions(TRUE, PREDICTED, 3).tolist() == [[3, 0, 1], [1, 1, 0], [0, 0, 0]]


def test_calibration_by_hand() -> None:
    y, p = two_columns([0.6, 0.6, 0.9, 0.9], [True, False, True, True])
    assert np.allclose(reliability(y, p, bins=2), [[2, 0.6, 0.5], [2, 0.9, 1.0]])
    assert expected_calibration_error(y, p, bins=2) == pytest.approx((2 * 0.1 + 2 * 0.1) / 4)


def test_bins_are_of_equal_mass() -> None:
    y, p = two_columns(list(np.linspace(0.5, 1.0, 31)), [True] * 31)
    table = reliability(y, p)
    assert [one.n for one in table] == [3] + [2] * 14
    assert [one.probability for one in table] == sorted(one.probability for one in table)


def test_no_postings() -> None:
    y, p = np.zeros(0, np.int64), np.zeros((0, 2))
    assert reliability(y, p) == []
    assert expected_calibration_error(y, p) == 0.0


@pytest.mark.parametrize(
    ("coverage", "accuracy"),
    [(0.25, 1.0), (0.5, 1.0), (0.75, 2 / 3), (1.0, 0.75), (0.01, 1.0)],
    ids=["surest", "half", "three quarters", "all", "at least one"],
)
def test_accuracy_at_coverage(coverage: float, accuracy: float) -> None:
    y, p = two_columns([0.6, 0.95, 0.7, 0.9], [True, True, False, True])
    assert accuracy_at_coverage(y, p, coverage) == pytest.approx(accuracy)


def test_risk_coverage_ends_at_the_accuracy_on_all() -> None:
    y, p = two_columns([0.6, 0.95, 0.7, 0.9], [True, True, False, True])
    assert risk_coverage(y, p, steps=2) == [(0.5, 1.0), (1.0, 0.75)]
    assert [coverage for coverage, _ in risk_coverage(y, p)] == [k / 20 for k in range(1, 21)]


# --- On any predictions ---


@st.composite
def predictions(draw: st.DrawFn) -> tuple[Ints, Floats]:
    """Labels and probabilities of 1 to 40 postings and three labels."""
    row = st.tuples(st.integers(0, 2), *[st.floats(0.01, 1.0)] * 3)
    values = np.array(draw(st.lists(row, min_size=1, max_size=40)))
    return values[:, 0].astype(np.int64), values[:, 1:] / values[:, 1:].sum(axis=1, keepdims=True)


@settings(max_examples=50, deadline=None)
@given(predictions())
def test_agrees_with_scikit_learn(case: tuple[Ints, Floats]) -> None:
    y, p = case
    predicted = p.argmax(axis=1)
    scores = score_labels(y, predicted, LABELS)
    expected = f1_score(y, predicted, labels=np.unique(y), average="macro", zero_division=0)
    assert math.isclose(macro_f1(scores), expected)
    assert sum(score.support for score in scores) == len(y) == confusions(y, predicted, 3).sum()
    assert math.isclose(accuracy_at_coverage(y, p, 1.0), accuracy_score(y, predicted))


@settings(max_examples=50, deadline=None)
@given(predictions())
def test_calibration_error_is_a_fraction(case: tuple[Ints, Floats]) -> None:
    y, p = case
    table = reliability(y, p)
    assert sum(one.n for one in table) == len(y)
    assert 0 <= expected_calibration_error(y, p) <= 1
    # In one bin it is the distance between the mean probability and the accuracy.
    apart = abs(p.max(axis=1).mean() - (p.argmax(axis=1) == y).mean())
    assert math.isclose(expected_calibration_error(y, p, bins=1), apart, abs_tol=1e-12)
