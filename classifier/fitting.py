"""What the regression is fitted on: copies of the postings, and postings without a label.

Every labelled posting is learnt from three times: as it is; masked, that is without its title
and without the names of the roles; and its title with the start of its text, as a listing shows it.
Postings without a label help in two ways, both of which fold back into one table of terms:

* Topics: directions along which terms stand together. The regression sees the terms and their
  projections on the topics; the coefficients of the projections are carried over to the terms.
* Pseudo-labels: a first model labels them from title and description; of those that it is sure
  of, the masked copies are learnt from, too. What the titles tell reaches the descriptions.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits

from classifier.column_products import ByColumn
from classifier.count_matrix import choose_columns, count_copies
from classifier.errors import InputError
from classifier.labelled import Labelled
from classifier.metrics import Floats, Ints
from classifier.pipeline import SCALES, class_columns, counter, weigher
from classifier.table import softmax
from classifier.vocabulary import Vocabulary
from classifier.word_numbers import read_postings

# Chosen in docs/experiments.md.
C = 3.0  # inverse strength of the l2 penalty
TOPICS = 200
# Of the random projections that find the topics. Other random numbers change 72 of 4,974 labels
# with 5, 82 with 2 (docs/experiments.md).
POWER_ITERATIONS = 5
CONFIDENT = 0.8  # a first label at least so probable is learnt from
PSEUDO_WEIGHT = 0.3  # of such a posting, against one that was read
MOST = 3.0  # a rare pseudo-label weighs at most so many times its share
FEW_ROWS = 1000  # under so many, a term needs 2 employers, else 5


class Views(NamedTuple):
    """Counts of the postings and of their copies.

    Attributes
    ----------
    terms : dict of str to list of str
        Terms of each block.
    count : ColumnTransformer
        The step that counted.
    full, masked, start : csr_matrix of shape (n, n_terms)
        The blocks side by side: as it is, without title and role names, title and start.
    works : list of str
        Text that was counted: descriptions without boilerplate.
    unlabelled : tuple of csr_matrix, or None
        `full` and `masked` of the postings without a label, if there are any.
    """

    terms: dict[str, list[str]]
    count: ColumnTransformer
    full: csr_matrix
    masked: csr_matrix
    start: csr_matrix
    works: list[str]
    unlabelled: tuple[csr_matrix, csr_matrix] | None


def count_views(data: Labelled, vocabulary: Vocabulary, n_jobs: int = 1) -> Views:
    """Views of postings, read once and counted once for all folds, in `n_jobs` processes."""
    n, others = len(data.frame), data.unlabelled
    frames = [data.frame] if others is None else [data.frame, others.frame]
    texts = pd.concat([frame[["title", "description"]] for frame in frames], ignore_index=True)
    reading = read_postings(texts, vocabulary, n_jobs)
    columns = choose_columns(reading, data.groups, vocabulary, least=2 if n < FEW_ROWS else 5)
    terms = columns.names
    if not terms["description"]:
        raise InputError(
            f"no word stands in the descriptions of two employers, in {n} postings; "
            "give more postings, or name the column of the text with --column description=HEADING."
        )
    full, masked, start = count_copies(reading, columns, vocabulary)
    return Views(
        terms=terms,
        # What this step is fitted on makes no difference to it.
        count=counter(terms, vocabulary).fit(pd.DataFrame({"title": [""], "work": [""]})),
        full=full[:n],
        masked=masked[:n],
        start=start[:n],
        works=reading.works[:n],
        unlabelled=None if others is None else (full[n:], masked[n:]),
    )


def fit_rows(
    views: Views, data: Labelled, rows: Ints
) -> tuple[ColumnTransformer, LogisticRegression]:
    """Last two steps of the pipeline, fitted on copies of the rows and on unlabelled postings.

    Unlabelled postings of an employer, or copies of a posting, that is not among the rows are
    left out: a fold is judged by a model that knows nothing of its employers.
    """
    weigh = weigher(views.terms)
    copies = [weigh.fit_transform(views.full[rows])]
    copies += [weigh.transform(view[rows]) for view in (views.masked, views.start)]
    x, y = vstack(copies).tocsr(), np.tile(data.y[rows], len(copies))
    weights = np.tile(balance(data.y[rows], data.weights[rows]), len(copies))
    n, n_columns = len(rows), len(views.terms["description"])
    del copies  # of a large training they are a third of the memory
    others = _others_apart(views, data, rows, n_columns)
    if others is None:
        return weigh, fit_regression(x, y, weights)
    full, masked = map(weigh.transform, others)
    topics = find_topics(vstack([x[n : 2 * n], masked]).tocsr(), n_columns)
    p = softmax(logits(fit_regression(x, y, weights, topics), full))
    sure, found = p.max(axis=1) >= CONFIDENT, p.argmax(axis=1)
    pseudo = np.minimum(balance(found[sure], np.ones(sure.sum())), MOST) * PSEUDO_WEIGHT
    return weigh, fit_regression(
        vstack([x, masked[sure]]).tocsr(),
        np.append(y, found[sure]),
        np.append(weights, pseudo),
        topics,
    )


def _others_apart(
    views: Views, data: Labelled, rows: Ints, n_columns: int
) -> tuple[csr_matrix, csr_matrix] | None:
    """Views of the unlabelled postings that may be learnt from, with a known word; None: none."""
    if data.unlabelled is None or views.unlabelled is None:
        return None
    full, masked = views.unlabelled
    apart = ~np.isin(data.unlabelled.groups, np.delete(data.groups, rows))
    apart &= masked[:, :n_columns].getnnz(axis=1) > 0
    return (full[apart], masked[apart]) if apart.any() else None


def balance(y: Ints, weights: Floats) -> Floats:
    """Weights with the same sum for every label that occurs, and the same sum in all.

    >>> balance(np.array([0, 0, 0, 1]), np.ones(4)).round(2).tolist()
    [0.67, 0.67, 0.67, 2.0]
    """
    totals = np.bincount(y, weights)
    return np.asarray(weights * weights.sum() / (np.count_nonzero(totals) * totals[y]))


def find_topics(x: csr_matrix, n_columns: int) -> Floats:
    """Directions of shape (n_terms, n_topics) along which the first `n_columns` terms go together.

    They are the right singular vectors of TF-IDF rows `x` (latent semantic analysis: Deerwester,
    Dumais, Furnas, Landauer, Harshman, JASIS 41, 1990), of a length that makes the projections of
    rows with such terms 1 long, on average. For the other terms they are 0.
    """
    n_topics = max(1, min(TOPICS, min(x.shape[0], n_columns) // 2))
    part = x[:, :n_columns]
    with threadpool_limits(1, user_api="blas"):
        _, _, vt = randomized_svd(part, n_topics, n_iter=POWER_ITERATIONS, random_state=0)
        lengths = np.sqrt(np.square(part @ vt.T).sum(axis=1))
    topics = np.zeros((x.shape[1], n_topics))
    if lengths.any():
        topics[:n_columns] = vt.T / lengths[lengths > 0].mean()
    return topics


def fit_regression(
    x: csr_matrix, y: Ints, weights: Floats, topics: Floats | None = None
) -> LogisticRegression:
    """Fitted regression on the columns of `x`; what it learnt of topics is in these, too.

    For a term t with projections on topics, x_t * coef_t + (x_t * topics_t) @ coef_topics
    = x_t * (coef_t + topics_t @ coef_topics): one coefficient.
    """
    # One thread: on sums this short more of them wait for each other, which takes ten times as
    # long, and the last digits would depend on the number of processors.
    with threadpool_limits(1, user_api="blas"):
        wide = x if topics is None else hstack([x, csr_matrix(x @ topics)]).tocsr()
        clf = LogisticRegression(C=C, max_iter=1000).fit(ByColumn(wide), y, weights)
    if topics is not None:
        n = x.shape[1]
        clf.coef_ = clf.coef_[:, :n] + clf.coef_[:, n:] @ topics.T
        clf.n_features_in_ = n
    return clf


def title_columns(x: csr_matrix, terms: Mapping[str, Sequence[str]]) -> csr_matrix:
    """Columns of the title's block."""
    start = len(terms["description"])
    return csr_matrix(x)[:, start : start + len(terms["title"])]


def weigh_titles(weigh: ColumnTransformer, views: Views, rows: Ints) -> csr_matrix:
    """Columns of the title's block in what `weigh` makes of some rows of `views.full`."""
    counts = title_columns(views.full, views.terms)[rows]
    return csr_matrix(weigh.named_transformers_["title"].transform(counts) * SCALES["title"])


def logits(clf: LogisticRegression, x: csr_matrix) -> Floats:
    """Logits of shape (n, n_classes), also for two classes."""
    intercept = class_columns(clf.intercept_[:, None])[0]
    return np.asarray(x @ class_columns(clf.coef_) + intercept, np.float64)
