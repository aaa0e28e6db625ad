"""What the regression is fitted on: copies, topics, pseudo-labels; all of it one table."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

from classifier.errors import InputError
from classifier.features import NO_TITLE
from classifier.fitting import (
    CONFIDENT,
    MOST,
    PSEUDO_WEIGHT,
    C,
    Views,
    balance,
    count_views,
    find_topics,
    fit_regression,
    fit_rows,
    logits,
    title_columns,
)
from classifier.labelled import Labelled, Unlabelled, add_unlabelled
from classifier.metrics import Floats, Ints
from classifier.pipeline import class_columns
from classifier.table import softmax
from classifier.vocabulary import load_vocabulary
from classifier.word_numbers import START

if TYPE_CHECKING:
    from classifier.training import Training

SPARSE = csr_matrix(np.random.default_rng(3).random((60, 12)) ** 6)
LABELS = np.arange(60) % 3


@pytest.fixture(scope="module")
def halves(training: "Training") -> tuple[Labelled, Views]:
    """A third of the sample with its labels, the rest without them."""
    frame = training.data.frame.drop(columns="label")
    known = np.arange(len(frame)) % 3 == 0
    data = training.data._replace(
        frame=frame[known].reset_index(drop=True),
        y=training.data.y[known],
        weights=training.data.weights[known],
        groups=training.data.groups[known],
    )
    data = add_unlabelled(data, frame[~known])
    return data, count_views(data, training.table.vocabulary)


# --- Copies ---


def test_masked_views_hold_no_title(training: "Training") -> None:
    views = count_views(training.data, training.table.vocabulary)
    titles = title_columns(views.masked, views.terms).toarray()
    column = views.terms["title"].index(NO_TITLE)
    assert (titles[:, column] == 1).all()
    assert titles.sum() == len(titles)
    assert title_columns(views.full, views.terms)[:, column].sum() == 0
    assert not np.array_equal(views.full.toarray(), views.masked.toarray())


def test_title_columns_are_those_of_the_title() -> None:
    terms = {"description": ["a", "b"], "title": ["c"], "skills": ["d", "e"]}
    x = csr_matrix(np.arange(10).reshape(2, 5))
    assert title_columns(x, terms).toarray().tolist() == [[2], [7]]


@pytest.mark.parametrize("model", ["training", "data_roles"])
def test_logits_are_those_of_the_regression(model: str, request: pytest.FixtureRequest) -> None:
    found: Training = request.getfixturevalue(model)
    x = found.pipeline[:-1].transform(found.data.frame)
    z = logits(found.pipeline["clf"], x)
    assert z.shape == (len(found.data.y), len(found.table.classes_))
    assert np.allclose(softmax(z), found.pipeline["clf"].predict_proba(x))
    assert np.array_equal(
        class_columns(found.pipeline["clf"].coef_).shape, (x.shape[1], z.shape[1])
    )


def test_texts_without_a_common_word() -> None:
    frame = pd.DataFrame({"title": "", "description": ["soup", "bread"]})
    data = Labelled(frame, ("a", "b"), np.array([0, 1]), np.ones(2), np.arange(2), ())
    with pytest.raises(
        InputError, match=r"^no word stands in the descriptions of two employers, in 2"
    ):
        count_views(data, load_vocabulary())


def test_the_start_is_all_of_a_short_posting_and_little_of_a_long_one() -> None:
    long = "Write compilers. " * 40 + "Cook soup. " * 80
    frame = pd.DataFrame({"title": "Cook", "description": [long, "<p>Write soup.</p>", long]})
    data = Labelled(frame, ("a", "b"), np.array([0, 1, 1]), np.ones(3), np.arange(3), ())
    views = count_views(data, load_vocabulary())
    assert np.array_equal(views.start[1].toarray(), views.full[1].toarray())
    soup = views.terms["description"].index("soup")
    assert views.full[0, soup] == 80
    assert 0 < views.start[0, soup] <= (START - 40 * 17) / 11 + 1
    titles = title_columns(views.start, views.terms)
    assert np.array_equal(titles.toarray(), title_columns(views.full, views.terms).toarray())


# --- Weights ---


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0.1, 2.0)), min_size=1, max_size=30))
def test_labels_weigh_the_same(rows: list[tuple[int, float]]) -> None:
    y, weights = (np.array(column) for column in zip(*rows, strict=True))
    found = balance(y, weights)
    totals = np.bincount(y, found)
    assert np.allclose(totals[totals > 0], weights.sum() / len(set(y.tolist())))
    assert found.sum() == pytest.approx(weights.sum())


def test_no_posting_no_weight() -> None:
    assert balance(np.zeros(0, np.int64), np.zeros(0)).tolist() == []


# --- Topics ---


def test_topics_are_directions_of_the_first_columns() -> None:
    topics = find_topics(SPARSE, 8)
    assert topics.shape == (12, 4)
    assert not topics[8:].any()
    angles = topics.T @ topics
    assert np.allclose(angles, angles[0, 0] * np.eye(4))
    lengths = np.linalg.norm(np.asarray(SPARSE @ topics), axis=1)
    assert lengths.mean() == pytest.approx(1)
    assert np.array_equal(topics, find_topics(SPARSE, 8))


def test_words_that_go_together_share_a_topic() -> None:
    x = csr_matrix(np.repeat([[1.0, 1, 0, 0], [0, 0, 1, 2]], 5, axis=0))
    topics = find_topics(x, 4)
    assert topics.shape[1] == 2
    assert np.allclose(topics[0], topics[1])
    assert np.allclose(topics[3], 2 * topics[2])
    assert abs(topics[0] @ topics[2]) < 1e-9


@pytest.mark.parametrize("y", [LABELS, LABELS % 2], ids=["three labels", "two labels"])
def test_topics_fold_into_the_columns(y: np.ndarray) -> None:
    topics = find_topics(SPARSE, 8)
    wide = hstack([SPARSE, csr_matrix(SPARSE @ topics)]).tocsr()
    expected = LogisticRegression(C=C, max_iter=1000).fit(wide, y)
    found = fit_regression(SPARSE, y, np.ones(60), topics)
    assert found.coef_.shape[1] == SPARSE.shape[1]
    assert np.allclose(found.predict_proba(SPARSE), expected.predict_proba(wide), atol=1e-10)
    plain = fit_regression(SPARSE, y, np.ones(60))
    assert not np.allclose(found.coef_, plain.coef_, atol=1e-3)


# --- Postings without a label ---


def fitted(data: Labelled, views: Views) -> Floats:
    """Coefficients of a fit on all labelled rows."""
    return np.asarray(fit_rows(views, data, np.arange(len(data.y)))[1].coef_)


def test_topics_and_pseudo_labels_both_move_the_model(
    halves: tuple[Labelled, Views], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, views = halves
    all_of_it, alone = fitted(data, views), fitted(data._replace(unlabelled=None), views)
    monkeypatch.setattr("classifier.fitting.CONFIDENT", 2.0)
    topics_only = fitted(data, views)
    assert not np.allclose(topics_only, alone, atol=0.01)
    assert not np.allclose(topics_only, all_of_it, atol=0.01)


def test_pseudo_labels_are_of_sure_postings_masked_and_weigh_less(
    halves: tuple[Labelled, Views], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, views = halves
    calls = []

    def spy(x: csr_matrix, y: Ints, weights: Floats, topics: Floats) -> LogisticRegression:
        calls.append((x, y, weights, topics))
        return fit_regression(x, y, weights, topics)

    monkeypatch.setattr("classifier.fitting.fit_regression", spy)
    weigh, _ = fit_rows(views, data, np.arange(len(data.y)))
    (first, y_first, w_first, topics), (x, y, weights, _) = calls
    n = 3 * len(data.y)
    assert first.shape[0] == len(y_first) == n
    assert views.unlabelled is not None
    full, masked = (weigh.transform(view) for view in views.unlabelled)
    p = softmax(logits(fit_regression(first, y_first, w_first, topics), full))
    sure = p.max(axis=1) >= CONFIDENT
    assert 5 < sure.sum() < len(sure)
    assert np.array_equal(y[n:], p.argmax(axis=1)[sure])
    assert np.array_equal(x[n:].toarray(), masked[sure].toarray())
    assert np.array_equal(weights[:n], w_first)
    assert 0 < weights[n:].sum() <= PSEUDO_WEIGHT * sure.sum() * (1 + 1e-9)
    assert weights[n:].max() <= PSEUDO_WEIGHT * MOST


def test_every_copy_is_learnt_from(halves: tuple[Labelled, Views]) -> None:
    data, views = halves
    nothing = csr_matrix(np.zeros(views.full.shape))
    found = fitted(data, views)
    assert not np.allclose(fitted(data, views._replace(masked=nothing)), found, atol=0.01)
    assert not np.allclose(fitted(data, views._replace(start=nothing)), found, atol=0.01)


def test_empty_postings_change_nothing(halves: tuple[Labelled, Views]) -> None:
    data, views = halves
    assert data.unlabelled is not None
    assert views.unlabelled is not None
    nothing = csr_matrix(np.zeros(views.unlabelled[0].shape))
    full, masked = (vstack([view, nothing]).tocsr() for view in views.unlabelled)
    groups = np.append(data.unlabelled.groups, 10_000 + np.arange(len(data.unlabelled.groups)))
    with_empty = data._replace(unlabelled=Unlabelled(data.unlabelled.frame, groups))
    found = fitted(with_empty, views._replace(unlabelled=(full, masked)))
    assert np.array_equal(found, fitted(data, views))


def test_unlabelled_postings_of_the_judged_employers_are_not_learnt_from(
    halves: tuple[Labelled, Views],
) -> None:
    data, views = halves
    assert data.unlabelled is not None
    assert views.unlabelled is not None
    left_out = data.groups == data.groups[0]
    rows = np.flatnonzero(~left_out)
    # Other texts in their place: nothing changes, since they are not looked at.
    mine = np.isin(data.unlabelled.groups, data.groups[left_out])
    mine[:3] = True  # and three more, to have some whatever the sample is
    groups = np.where(mine, data.groups[0], data.unlabelled.groups)
    first = data._replace(unlabelled=Unlabelled(data.unlabelled.frame, groups))
    turned = [view.copy() for view in views.unlabelled]
    for view in turned:
        view.data[np.repeat(mine, np.diff(view.indptr))] += 7
    second = views._replace(unlabelled=(turned[0], turned[1]))
    coef = [fit_rows(one, first, rows)[1].coef_ for one in (views, second)]
    assert np.array_equal(*coef)
    kept = data._replace(unlabelled=Unlabelled(data.unlabelled.frame, np.full(len(groups), -1)))
    assert not np.array_equal(coef[0], fit_rows(views, kept, rows)[1].coef_)


def test_only_copies_are_no_help(training: "Training") -> None:
    data = add_unlabelled(training.data, training.data.frame)
    assert data.unlabelled is None
    n = len(data.y)
    assert data.notes[-1] == f"0 of {n} postings beside them are no copies, help without label"
    assert (data.groups == training.data.groups).all()


def test_a_fold_without_unlabelled_postings_is_fitted_alone(halves: tuple[Labelled, Views]) -> None:
    data, views = halves
    assert data.unlabelled is not None
    rows = np.flatnonzero(data.groups != data.groups[0])
    none_left = np.full(len(data.unlabelled.groups), data.groups[0])
    judged = data._replace(unlabelled=Unlabelled(data.unlabelled.frame, none_left))
    alone = data._replace(unlabelled=None)
    coef = [fit_rows(views, one, rows)[1].coef_ for one in (judged, alone)]
    assert np.array_equal(*coef)
