"""How good a model would be on new employers: cross-validation, calibration, baselines.

Every figure, the temperature and the threshold come from predictions on postings whose
employer (and near-copies) the fitted model did not see.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from joblib import Parallel, delayed, effective_n_jobs
from scipy.optimize import minimize_scalar
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from classifier.errors import InputError
from classifier.fitting import (
    Views,
    balance,
    fit_regression,
    fit_rows,
    logits,
    title_columns,
    weigh_titles,
)
from classifier.labelled import Labelled
from classifier.metrics import (
    Floats,
    Ints,
    LabelScore,
    expected_calibration_error,
    macro_f1,
    score_labels,
)
from classifier.table import softmax
from classifier.vocabulary import Vocabulary
from classifier.word_numbers import FEW

FOLDS = 5
SPLITS_TRIED = 20
TARGET_ACCURACY = 0.95  # of the labels that are given without review

Progress = Callable[[str, float], None]


class Score(NamedTuple):
    """How good one way of labelling is, on predictions out of fold."""

    name: str
    macro_f1: float
    labels: tuple[LabelScore, ...]
    calibration_error: float | None  # None: it gives no probabilities

    def to_json(self) -> dict[str, object]:
        """Plain values for `json.dumps`."""
        return {
            "name": self.name,
            "macro_f1": round(self.macro_f1, 4),
            "f1": {score.label: round(score.f1, 4) for score in self.labels},
            "calibration_error": self.calibration_error and round(self.calibration_error, 4),
        }


@dataclass(frozen=True)
class OutOfFold:
    """Calibrated probabilities (n, n_classes) of postings, by models that did not see them.

    Attributes
    ----------
    both : ndarray
        From title and description.
    body_only : ndarray
        From the description, with the names of the roles taken out of it.
    title_only : ndarray
        By a model of the titles alone.
    temperature : float
        Logits were divided by this.
    """

    both: Floats
    body_only: Floats
    title_only: Floats
    temperature: float


def folds(data: Labelled, random_state: int) -> list[tuple[Ints, Ints]]:
    """(train, test) rows of each fold: groups whole, labels spread evenly."""
    groups = [len(np.unique(data.groups[data.y == i])) for i in range(len(data.classes))]
    if min(groups) < 2:
        label = data.classes[int(np.argmin(groups))]
        raise InputError(
            f"all postings labelled {label!r} are of one employer or copies of one text; "
            "a model that can be checked needs two employers or more for each label."
        )
    for seed in range(random_state, random_state + SPLITS_TRIED):
        splitter = StratifiedGroupKFold(min(FOLDS, *groups), shuffle=True, random_state=seed)
        parts = list(splitter.split(np.zeros(len(data.y)), data.y, data.groups))
        # Of few groups all those of a label can come to one side.
        if all(len(test) and len(set(data.y[known])) == len(data.classes) for known, test in parts):
            return parts
    raise InputError(
        f"the {len(data.y)} postings cannot be split so that each part has every label; "
        "add postings of other employers."
    )


class Fitted(NamedTuple):
    """Last two steps of the pipeline, fitted on all postings, and what such models are worth."""

    weigh: ColumnTransformer
    clf: LogisticRegression
    out_of_fold: OutOfFold


def fit_and_judge(
    views: Views,
    data: Labelled,
    random_state: int = 0,
    progress: Progress = lambda step, fraction: None,
    n_jobs: int = 1,
) -> Fitted:
    """Model of all postings, and `out_of_fold`: the models are fitted side by side."""
    parts = folds(data, random_state)
    least = _numbers_alone(views, data)
    whole = delayed(fit_rows)(*least, np.arange(len(data.y)))  # the longest is the first
    results = _run([whole, *_fold_jobs(least, parts)], len(data.y), n_jobs)
    progress("fitting the model", 0.0)
    weigh, clf = next(results)
    return Fitted(weigh, clf, _gather(results, parts, data, progress))


def out_of_fold(
    views: Views,
    data: Labelled,
    random_state: int = 0,
    progress: Progress = lambda step, fraction: None,
    n_jobs: int = 1,
) -> OutOfFold:
    """Predictions for every posting by models fitted without its group.

    Those of more than `FEW` postings are fitted in `n_jobs` processes (-1: one per processor),
    with the same result.
    """
    parts = folds(data, random_state)
    jobs = _fold_jobs(_numbers_alone(views, data), parts)
    return _gather(_run(jobs, len(data.y), n_jobs), parts, data, progress)


def _numbers_alone(views: Views, data: Labelled) -> tuple[Views, Labelled]:
    """What a fit looks at: the texts would have to be sent to every process."""
    others = data.unlabelled
    none = pd.DataFrame()
    return views._replace(count=ColumnTransformer([]), works=[]), data._replace(
        frame=none, unlabelled=others and others._replace(frame=none)
    )


def _fold_jobs(least: tuple[Views, Labelled], parts: Iterable[tuple[Ints, Ints]]) -> list[Any]:
    return [delayed(_judge_fold)(*least, known, test) for known, test in parts]


def _run(jobs: Sequence[Any], n_postings: int, n_jobs: int) -> Iterator[Any]:
    """What the jobs give, in their order, each when it is there."""
    n_jobs = min(effective_n_jobs(n_jobs), len(jobs)) if n_postings > FEW else 1
    results: Iterator[Any] = Parallel(n_jobs, return_as="generator")(jobs)
    return results


def _gather(
    results: Iterator[tuple[Floats, Floats, Floats]],
    parts: Sequence[tuple[Ints, Ints]],
    data: Labelled,
    progress: Progress,
) -> OutOfFold:
    """Calibrated probabilities from the logits of the folds."""
    both, body_only, title_only = (np.zeros((len(data.y), len(data.classes))) for _ in range(3))
    for k, (_, test) in enumerate(parts):
        progress(f"checking on unseen employers, {k + 1} of {len(parts)}", k / len(parts))
        both[test], body_only[test], title_only[test] = next(results)
    return _calibrate(both, body_only, title_only, data)


def _calibrate(both: Floats, body_only: Floats, title_only: Floats, data: Labelled) -> OutOfFold:
    temperature = find_temperature(
        np.vstack([both, body_only]), np.tile(data.y, 2), np.tile(data.weights, 2)
    )
    return OutOfFold(
        softmax(both / temperature),
        softmax(body_only / temperature),
        softmax(title_only),
        temperature,
    )


def _judge_fold(
    views: Views, data: Labelled, known: Ints, test: Ints
) -> tuple[Floats, Floats, Floats]:
    """Logits of the test rows, by a model of the known ones: both, body only, title only."""
    weigh, clf = fit_rows(views, data, known)
    full = weigh.transform(views.full[test])
    titles = weigh_titles(weigh, views, known)
    title_clf = fit_regression(titles, data.y[known], balance(data.y[known], data.weights[known]))
    return (
        logits(clf, full),
        logits(clf, weigh.transform(views.masked[test])),
        logits(title_clf, title_columns(full, views.terms)),
    )


# --- Calibration ---


def find_temperature(z: Floats, y: Ints, weights: Floats) -> float:
    """Divisor of the logits `z` (n, n_classes) that makes the labels most likely.

    Guo, Pleiss, Sun, Weinberger: On calibration of modern neural networks (ICML 2017).
    """

    def loss(log_temperature: float) -> float:
        p = softmax(z / np.exp(log_temperature))[np.arange(len(y)), y]
        return float(-(weights * np.log(np.maximum(p, 1e-300))).sum())

    found = minimize_scalar(loss, bounds=(-4.0, 4.0), method="bounded")
    return float(np.exp(found.x))


def find_threshold(p: Floats, y: Ints, weights: Floats) -> float:
    """Lowest top probability above which labels are right in `TARGET_ACCURACY` of cases.

    1.0 (review everything) if no cut reaches it; weights count in the accuracy.
    """
    top, right = p.max(axis=1), p.argmax(axis=1) == y
    order = np.argsort(-top, kind="stable")
    accuracy = np.cumsum((weights * right)[order]) / np.cumsum(weights[order])
    last = np.append(np.diff(top[order]) < 0, True)  # of equally sure ones: a cut takes them all
    reached = np.flatnonzero((accuracy >= TARGET_ACCURACY) & last)
    return float(top[order[reached[-1]]]) if len(reached) else 1.0


# --- The account ---


def score_views(oof: OutOfFold, data: Labelled) -> Iterator[Score]:
    """Scores from title and description, from the description only, from the title only."""
    for name, p in (
        ("title and description", oof.both),
        ("description only, role names masked", oof.body_only),
        ("title only", oof.title_only),
    ):
        yield _score(name, p.argmax(axis=1), data, expected_calibration_error(data.y, p))


def _score(name: str, predicted: Ints, data: Labelled, error: float | None = None) -> Score:
    labels = score_labels(data.y, predicted, data.classes)
    return Score(name, macro_f1(labels), tuple(labels), error)


def score_baselines(views: Views, data: Labelled, vocabulary: Vocabulary) -> Iterator[Score]:
    """Scores of the peers that `predict_baselines` has."""
    for name, predicted in predict_baselines(views, data, vocabulary).items():
        yield _score(name, predicted, data)


def predict_baselines(views: Views, data: Labelled, vocabulary: Vocabulary) -> dict[str, Ints]:
    """Labels by peers that need no training: the commonest, the title rules, counting skills."""
    majority = np.bincount(data.y).argmax()
    index = {label: i for i, label in enumerate(data.classes)}
    ruled = data.frame["title"].fillna("").map(vocabulary.label_title).map(index)
    return {
        "majority label": np.full_like(data.y, majority),
        "title rule": np.asarray(ruled.fillna(majority), np.int64),
        "vocabulary count": _count_skills(views, data, vocabulary),
    }


def _count_skills(views: Views, data: Labelled, vocabulary: Vocabulary) -> Ints:
    """Label whose skills (of the article, if any are marked so) the posting names most."""
    article = [skill for skill in vocabulary.skills if skill.origin == "article"]
    column = {name: i for i, name in enumerate(views.terms["skills"])}
    votes = np.zeros((len(column), len(data.classes)))
    for skill in article or vocabulary.skills:
        for role in skill.roles:
            if skill.name in column and role in data.classes:
                votes[column[skill.name], data.classes.index(role)] = 1
    named = views.full[:, views.full.shape[1] - len(column) :] > 0
    totals = np.asarray(named @ votes) + 1e-6 * np.bincount(data.y, minlength=len(data.classes))
    return np.asarray(totals.argmax(axis=1))
