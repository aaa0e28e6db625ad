"""Cross-validation that keeps employers apart, calibration, thresholds, baselines."""

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.fitting import count_views, fit_rows, logits, title_columns, weigh_titles
from classifier.labelled import Labelled
from classifier.metrics import Floats, Ints
from classifier.table import softmax
from classifier.validation import (
    FOLDS,
    TARGET_ACCURACY,
    find_temperature,
    find_threshold,
    fit_and_judge,
    folds,
    out_of_fold,
    score_baselines,
)
from classifier.vocabulary import Vocabulary

if TYPE_CHECKING:
    from classifier.training import Training

VIEWS = ("title and description", "description only, role names masked", "title only")
BASELINES = ("majority label", "title rule", "vocabulary count")


def labelled(y: list[int], groups: list[int], titles: list[str] | None = None) -> Labelled:
    """Postings with these labels and groups; the text is of no importance."""
    frame = pd.DataFrame({"title": titles or [""] * len(y), "description": "same words"})
    classes = tuple("abc"[: max(y) + 1])
    return Labelled(frame, classes, np.array(y), np.ones(len(y)), np.array(groups), ())


def log_loss(z: Floats, y: Ints, weights: Floats) -> float:
    return float(-(weights * np.log(softmax(z)[np.arange(len(y)), y])).sum())


# --- Folds ---


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 12)), min_size=2, max_size=40),
    st.integers(0, 5),
)
def test_folds_keep_groups_whole(rows: list[tuple[int, int]], random_state: int) -> None:
    labels, groups = (list(column) for column in zip(*rows, strict=True))
    y = np.unique(labels, return_inverse=True)[1].tolist()
    data = labelled(y, groups)
    try:
        parts = folds(data, random_state)
    except InputError:
        return  # too few groups for some label; the cases below say when
    tested = np.concatenate([test for _, test in parts])
    assert sorted(tested.tolist()) == list(range(len(y)))  # each posting once
    for known, test in parts:
        assert not set(data.groups[known]) & set(data.groups[test])
        assert set(data.y[known]) == set(range(len(data.classes)))
        assert len(known) + len(test) == len(y)


@pytest.mark.parametrize(
    ("y", "groups", "n_folds"),
    [
        ([0, 1] * 20, list(range(40)), FOLDS),
        ([0, 0, 0, 1, 1, 1], [1, 2, 3, 4, 5, 6], 3),
        ([0, 0, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6], 2),
        ([0, 0, 0, 1, 1], [1, 1, 2, 3, 4], 2),
    ],
    ids=["many groups", "three of each", "two of one label", "a group of two"],
)
def test_number_of_folds(y: list[int], groups: list[int], n_folds: int) -> None:
    assert len(folds(labelled(y, groups), 0)) == n_folds


@pytest.mark.parametrize(
    ("y", "groups", "message"),
    [
        (
            [0, 0, 1, 1],
            [7, 7, 8, 9],
            "all postings labelled 'a' are of one employer or copies of one text; "
            "a model that can be checked needs two employers or more for each label.",
        ),
        (
            # Each pair of the three employers shares a label: no two halves have all labels.
            [0, 0, 1, 1, 2, 2],
            [1, 2, 2, 3, 3, 1],
            "the 6 postings cannot be split so that each part has every label; "
            "add postings of other employers.",
        ),
    ],
    ids=["one employer for a label", "no split"],
)
def test_too_few_employers(y: list[int], groups: list[int], message: str) -> None:
    with pytest.raises(InputError) as error:
        folds(labelled(y, groups), 0)
    assert str(error.value) == message


def test_employers_and_copies_of_the_sample_do_not_mix(training: "Training") -> None:
    employers = training.data.frame["hiring_organization"].str.casefold().to_numpy()
    texts = training.data.frame["description"].to_numpy()
    for known, test in folds(training.data, 0):
        assert not set(employers[known]) & set(employers[test])
        assert not set(texts[known]) & set(texts[test])


# --- Predictions out of fold ---


def test_no_posting_is_judged_by_a_model_that_saw_it(data_roles: "Training") -> None:
    data = data_roles.data
    views = count_views(data, data_roles.table.vocabulary)
    known, test = folds(data, 0)[0]
    weigh, clf = fit_rows(views, data, known)
    temperature = data_roles.out_of_fold.temperature
    for view, expected in (
        (views.full, data_roles.out_of_fold.both),
        (views.masked, data_roles.out_of_fold.body_only),
    ):
        found = softmax(logits(clf, weigh.transform(view[test])) / temperature)
        assert np.allclose(found, expected[test])


def test_labels_of_the_judged_postings_do_not_reach_the_model(data_roles: "Training") -> None:
    # Turn the labels of one employer round: what is said of its own postings must not move.
    data, vocabulary = data_roles.data, data_roles.table.vocabulary
    views = count_views(data, vocabulary)
    turned = (data.frame["hiring_organization"] == "Hollin Rail").to_numpy()
    assert turned.sum() == 2  # one of each label: the folds stay as they are
    other = data._replace(y=np.where(turned, 1 - data.y, data.y))
    first, second = (out_of_fold(views, one) for one in (data, other))
    ratio = first.temperature / second.temperature
    before, after = (np.log(one.both[turned]) for one in (first, second))
    assert np.allclose((before[:, 1] - before[:, 0]) * ratio, after[:, 1] - after[:, 0])
    assert not np.allclose(first.both[~turned], second.both[~turned])


def test_the_number_of_processes_makes_no_difference(
    data_roles: "Training", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classifier.validation.FEW", 0)
    one, two = (fit_and_judge(data_roles.views, data_roles.data, n_jobs=n) for n in (1, 2))
    for name in ("both", "body_only", "title_only", "temperature"):
        np.testing.assert_array_equal(getattr(one[2], name), getattr(two[2], name))
    np.testing.assert_array_equal(one.clf.coef_, two.clf.coef_)
    for name, weigh in one.weigh.named_transformers_.items():
        np.testing.assert_array_equal(weigh.idf_, two.weigh.named_transformers_[name].idf_)


def test_the_model_is_that_of_all_postings(data_roles: "Training") -> None:
    data, views = data_roles.data, data_roles.views
    found = fit_and_judge(views, data)
    _, expected = fit_rows(views, data, np.arange(len(data.y)))
    np.testing.assert_array_equal(found.clf.coef_, expected.coef_)
    np.testing.assert_array_equal(found.out_of_fold.both, out_of_fold(views, data).both)


def test_titles_are_weighed_as_in_the_whole(training: "Training") -> None:
    views, rows = training.views, np.arange(0, len(training.data.y), 2)
    weigh = training.pipeline["weigh"]
    expected = title_columns(weigh.transform(views.full[rows]), views.terms)
    assert np.array_equal(weigh_titles(weigh, views, rows).toarray(), expected.toarray())


def test_out_of_fold_gives_probabilities(training: "Training") -> None:
    found = training.out_of_fold
    for p in (found.both, found.body_only, found.title_only):
        assert p.shape == (len(training.data.y), 3)
        assert np.allclose(p.sum(axis=1), 1)
        assert (p > 0).all()
    assert not np.allclose(found.both, found.body_only)


def test_the_temperature_fits_the_weighted_labels(training: "Training") -> None:
    data = training.data._replace(weights=np.where(training.data.y == 0, 1.0, 0.05))
    found = out_of_fold(count_views(data, training.table.vocabulary), data)
    z = np.log(np.vstack([found.both, found.body_only]))  # divided by it already
    y, weights = np.tile(data.y, 2), np.tile(data.weights, 2)
    assert math.isclose(find_temperature(z, y, weights), 1.0, rel_tol=0.01)
    assert not math.isclose(find_temperature(z, y, np.ones(len(y))), 1.0, rel_tol=0.05)


# --- Calibration ---


@pytest.mark.parametrize("temperature", [0.25, 1.0, 3.0])
def test_a_known_temperature_is_found_again(temperature: float) -> None:
    rng = np.random.default_rng(7)
    z = rng.normal(0, 2, (20_000, 3))
    drawn = rng.random((len(z), 1)) > softmax(z).cumsum(axis=1)
    y = drawn.sum(axis=1)
    found = find_temperature(z * temperature, y, np.ones(len(y)))
    assert math.isclose(found, temperature, rel_tol=0.05)


def test_weights_count_in_the_temperature() -> None:
    z = np.array([[2.0, 0.0]] * 4)
    y = np.array([0, 0, 0, 1])
    even, doubted = (find_temperature(z, y, np.array([1, 1, 1, w])) for w in (1.0, 0.1))
    # 3 of 4 are right: the logits should be ln 3; 3 of 3.1: ln 30.
    assert math.isclose(even, 2 / math.log(3), rel_tol=1e-3)
    assert math.isclose(doubted, 2 / math.log(30), rel_tol=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.floats(0.3, 1.0), *[st.floats(-8, 8)] * 3),
        min_size=1,
        max_size=30,
    )
)
def test_the_temperature_never_makes_the_loss_worse(
    rows: list[tuple[int, float, float, float, float]],
) -> None:
    values = np.array(rows)
    y, weights, z = values[:, 0].astype(np.int64), values[:, 1], values[:, 2:]
    temperature = find_temperature(z, y, weights)
    assert 0 < temperature < 60
    before = log_loss(z, y, weights)
    assert log_loss(z / temperature, y, weights) <= before + 1e-4 * (1 + before)


# --- Threshold ---


@pytest.mark.parametrize(
    ("tops", "right", "weights", "threshold"),
    [
        ([0.9, 0.8, 0.7], [1, 1, 1], None, 0.7),
        ([0.9, 0.8, 0.7], [1, 1, 0], None, 0.8),
        ([0.9, 0.8, 0.7], [0, 1, 1], None, 1.0),
        ([0.9, 0.8, 0.7], [0, 0, 0], None, 1.0),
        ([0.7, 0.9, 0.8], [0, 1, 1], None, 0.8),
        ([0.99] + [0.9] * 19 + [0.6], [1] * 19 + [0, 0], None, 0.9),
        ([0.9, 0.8, 0.7], [1, 0, 1], [1.0, 0.05, 1.0], 0.7),
        ([0.9, 0.8, 0.7], [1, 0, 1], [1.0, 0.3, 1.0], 0.9),
        ([0.9, 0.8, 0.8, 0.8], [1, 1, 1, 0], None, 0.9),
    ],
    ids=[
        "all right",
        "the last is wrong",
        "the surest is wrong",
        "all wrong",
        "any order",
        "19 of 20 are enough",
        "a doubtful label counts little",
        "and somewhat more",
        "equally sure ones stay together",
    ],
)
def test_threshold(
    tops: list[float], right: list[int], weights: list[float] | None, threshold: float
) -> None:
    p = np.array([[top, 1 - top] for top in tops])
    y = np.where(right, 0, 1)
    found = find_threshold(p, y, np.array(weights or [1.0] * len(y)))
    assert math.isclose(found, threshold)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([0.5, 0.6, 0.7, 0.9, 1.0]), st.booleans()), min_size=1))
def test_labels_above_the_threshold_are_right(rows: list[tuple[float, bool]]) -> None:
    tops, right = (np.array(column) for column in zip(*rows, strict=True))
    p = np.column_stack([tops, 1 - tops])
    threshold = find_threshold(p, np.where(right, 0, 1), np.ones(len(rows)))
    above = right[tops >= threshold]
    assert above.mean() >= TARGET_ACCURACY if threshold < 1 and len(above) else threshold == 1


# --- The account ---


@pytest.mark.parametrize("model", ["training", "data_roles"])
def test_scores_stand_beside_their_baselines(model: str, request: pytest.FixtureRequest) -> None:
    found: Training = request.getfixturevalue(model)
    assert tuple(score.name for score in found.scores) == VIEWS + BASELINES
    for score in found.scores:
        assert tuple(one.label for one in score.labels) == found.data.classes
        assert (score.calibration_error is None) == (score.name in BASELINES)
        assert score.to_json()["f1"] == {one.label: round(one.f1, 4) for one in score.labels}


def test_the_model_is_better_than_its_baselines(training: "Training") -> None:
    f1 = [score.macro_f1 for score in training.scores]
    assert min(f1[:2]) > max(f1[3:]) + 0.1


def test_baselines_by_hand() -> None:
    vocabulary = Vocabulary.from_dict(
        {
            "role": [{"name": "a", "titles": ["cook"]}, {"name": "b", "titles": ["baker"]}],
            "skill": [
                {"name": "soup", "facet": "skill", "roles": ["a"]},
                {"name": "bread", "facet": "skill", "roles": ["b"]},
                {"name": "rolls", "facet": "skill", "roles": ["b"]},
            ],
        }
    )
    texts = ["soup", "soup, bread and rolls", "bread", "rolls and bread", "sweep the floor"]
    frame = pd.DataFrame(
        {"title": ["Cook", "Baker", "Night shift", "Baker", ""], "description": texts}
    )
    y = np.array([0, 0, 1, 1, 0])
    data = Labelled(frame, ("a", "b"), y, np.ones(5), np.arange(5), ())
    views = count_views(data, vocabulary)
    majority, rule, count = score_baselines(views, data, vocabulary)
    # All are a: 3 of 5.  F1 of a is 2 * 0.6 / 1.6.
    assert [one.f1 for one in majority.labels] == pytest.approx([0.75, 0.0])
    # Cook, Baker (wrong), the commonest label (wrong), Baker, the commonest label.
    assert [one.f1 for one in rule.labels] == pytest.approx([2 / 3, 1 / 2])
    # soup; bread and rolls outvote it (wrong); bread; both; the commonest label.
    assert [one.f1 for one in count.labels] == pytest.approx([4 / 5, 4 / 5])


def test_skills_of_the_article_count_alone_if_there_are_any() -> None:
    vocabulary = Vocabulary.from_dict(
        {
            "role": [{"name": "a"}, {"name": "b"}],
            "skill": [
                {"name": "soup", "facet": "skill", "roles": ["a"], "origin": "article"},
                {"name": "bread", "facet": "skill", "roles": ["b"], "origin": "extension"},
                {"name": "rolls", "facet": "skill", "roles": ["b"], "origin": "extension"},
            ],
        }
    )
    frame = pd.DataFrame({"title": "", "description": ["soup, bread, rolls"] * 3})
    data = Labelled(frame, ("a", "b"), np.array([0, 1, 1]), np.ones(3), np.arange(3), ())
    count = list(score_baselines(count_views(data, vocabulary), data, vocabulary))[-1]
    assert [one.f1 for one in count.labels] == pytest.approx([0.5, 0.0])
