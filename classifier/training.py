"""Labelled postings to a calibrated model, with an honest account of how good it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from classifier.fitting import Views, count_views
from classifier.labelled import Labelled, add_unlabelled, read_labels
from classifier.pipeline import assemble, class_columns, table_blocks
from classifier.table import Table, fingerprint
from classifier.validation import (
    OutOfFold,
    Progress,
    Score,
    find_threshold,
    fit_and_judge,
    score_baselines,
    score_views,
)
from classifier.vocabulary import Vocabulary, load_vocabulary

MIN_TERMS = 25  # known terms, or review: about two sentences


@dataclass(frozen=True)
class Training:
    """What `train` gives: the model, the pipeline it came from, and how good it is.

    `views` are the counts of `data`, for more looks at it without counting again.
    """

    table: Table
    pipeline: Pipeline
    data: Labelled
    views: Views
    out_of_fold: OutOfFold
    scores: tuple[Score, ...]


def train(
    postings: pd.DataFrame,
    *,
    unlabelled: pd.DataFrame | None = None,
    labels_from: str = "label",
    vocabulary: Vocabulary | None = None,
    name: str = "model",
    random_state: int = 0,
    n_jobs: int = 1,
    progress: Progress = lambda step, fraction: None,
) -> Training:
    """Fitted, calibrated model; the same input gives the same model, to the byte.

    Parameters
    ----------
    postings : DataFrame
        Columns `title`, `description` and that of the labels; if there are any:
        `confidence` (1 to 3), `sample_weight`, `employer` or `hiring_organization`, `dup_group`.
    unlabelled : DataFrame, optional
        More postings, of the same columns, whose labels are not known or not looked at: the
        model learns from them which words go together, and what confident titles say of texts.
    labels_from : str
        Column of the labels, or ``"title"`` for the title rules of the vocabulary.
    vocabulary : Vocabulary, optional
        Skills and roles; None for those that come with the package.
    name : str
        Name under which predictions quote the model.
    random_state : int
        Decides which employers are in which fold.
    n_jobs : int
        Processes that read and fit, -1 for one per processor; the model is the same.
    progress : callable
        Called with the name of a step and the fraction of the work that is done, 0..1.

    Raises
    ------
    InputError
        If there are not two labels, or a label has postings of one employer only.
    """
    vocabulary = vocabulary or load_vocabulary()
    data = read_labels(postings, vocabulary, labels_from)
    if unlabelled is not None:
        data = add_unlabelled(data, unlabelled)
    progress("counting terms", 0.0)
    views = count_views(data, vocabulary, n_jobs)
    weigh, clf, oof = fit_and_judge(
        views,
        data,
        random_state,
        lambda step, fraction: progress(step, 0.3 + 0.6 * fraction),
        n_jobs,
    )
    _divide(clf, oof.temperature)
    pipeline = assemble(views.count, weigh, clf)
    scores = (*score_views(oof, data), *score_baselines(views, data, vocabulary))
    table = Table(
        classes_=data.classes,
        blocks=table_blocks(pipeline),
        intercept=class_columns(clf.intercept_[:, None])[0],
        vocabulary=vocabulary,
        threshold=find_threshold(oof.both, data.y, data.weights),
        min_terms=MIN_TERMS,
        seen=np.unique(np.array([fingerprint(text) for text in views.works], np.uint64)),
        about=_about(name, data, oof, scores),
    )
    progress("done", 1.0)
    return Training(table, pipeline, data, views, oof, scores)


def _about(name: str, data: Labelled, oof: OutOfFold, scores: Sequence[Score]) -> dict[str, Any]:
    return {
        "name": name,
        "version": "1",
        "trained_on": {
            "rows": {label: int((data.y == i).sum()) for i, label in enumerate(data.classes)},
            "notes": list(data.notes),
        },
        "temperature": oof.temperature,
        "scores": [score.to_json() for score in scores],
    }


def _divide(clf: LogisticRegression, temperature: float) -> None:
    """Calibrate the regression itself, so that pipeline and table give the same numbers.

    Coefficients are rounded to single precision: the saved model is half as large.
    """
    clf.coef_ = (clf.coef_ / temperature).astype(np.float32).astype(np.float64)
    clf.intercept_ = clf.intercept_ / temperature
