"""Percentiles of yearly amounts of several employers, each with its uncertainty."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Floors and cap of the safe harbour for exchanges of pay data (United States Department of
# Justice and Federal Trade Commission, 1996): five sources, none above a quarter of the weight.
FEWEST_EMPLOYERS = 5  # for the quartiles and the median
FEWEST_FOR_TAILS = 10  # for the percentiles 10 and 90
LARGEST_SHARE = 0.25
ANONYMOUS = 6  # postings without an employer's name that stand for one employer
PERCENTILES = (10, 25, 50, 75, 90)
DRAWS = 500  # of the bootstrap
AT_ONCE = 2**16  # weights
INTERVAL = (2.5, 97.5)  # percentiles of the draws: 95 %

Floats = NDArray[np.float64]


class Estimate(NamedTuple):
    """A percentile and its 95 % interval: that of 500 bootstrap draws of employers."""

    value: float
    low: float
    high: float


class Spread(NamedTuple):
    """Percentiles of yearly amounts; None where there are too few employers for one.

    Each value is an amount that is really stated: the smallest that so many percent of the
    weight do not exceed (type 1 of Hyndman and Fan, The American Statistician 50, 1996).
    """

    percentile10: Estimate | None
    percentile25: Estimate | None
    median: Estimate | None
    percentile75: Estimate | None
    percentile90: Estimate | None


def count_sources(employers: Sequence[str]) -> int:
    """Employers, where postings without a name count as one for each `ANONYMOUS` of them."""
    return len(set(employers) - {""}) + employers.count("") // ANONYMOUS


def measure_spread(
    amounts: Iterable[tuple[str, float | None, float]], draws: int = DRAWS
) -> Spread:
    """Percentiles of (employer, amount, weight); each employer has a quarter of the weight at most.

    Those that the number of employers does not carry are None. An employer "" is not known: for
    floors and weights `ANONYMOUS` of its postings are one, and each is drawn for itself. Without
    `draws` an interval is the value alone.

    >>> spread = measure_spread([(name, 10.0, 1.0) for name in "abcde"])
    >>> spread.median, spread.percentile90
    (Estimate(value=10.0, low=10.0, high=10.0), None)
    """
    rows = sorted((v, employer, w) for employer, v, w in amounts if v is not None and w > 0)
    n_sources = count_sources([employer for _, employer, _ in rows])
    if n_sources < FEWEST_EMPLOYERS:
        return Spread(*[None] * len(PERCENTILES))
    values, weight = (np.array([row[i] for row in rows], np.float64) for i in (0, 2))
    names = [employer for _, employer, _ in rows]
    weight = _cap(weight, _number(names, max(1, names.count("") // ANONYMOUS)))
    employer = _number(names, names.count(""))
    found = _quantiles(values, weight[None, :])[0]
    low, high = _interval(values, weight, employer, draws) if draws else (found, found)
    fewest = [FEWEST_EMPLOYERS if 25 <= p <= 75 else FEWEST_FOR_TAILS for p in PERCENTILES]
    estimates = zip(fewest, *(a.tolist() for a in (found, low, high)), strict=True)
    return Spread(*(Estimate(*e) if n_sources >= least else None for least, *e in estimates))


def _number(names: Sequence[str], n_nameless: int) -> NDArray[np.intp]:
    """Number of the employer of each posting; those without a name are dealt to so many.

    >>> _number(["b", "", "a", "", ""], 2).tolist()
    [3, 0, 2, 1, 0]
    """
    nameless = iter(range(names.count("")))
    filled = [name or f"\0{next(nameless) % n_nameless}" for name in names]
    return np.unique(filled, return_inverse=True)[1]


def _cap(weight: Floats, employer: NDArray[np.intp]) -> Floats:
    """Weights of postings, so that no employer has more than `LARGEST_SHARE` of their sum.

    With the k largest employers cut to c each, c = share * (k * c + the others' sum).

    >>> _cap(np.ones(8), np.array([0, 0, 0, 0, 1, 2, 3, 4])).round(2).tolist()
    [0.33, 0.33, 0.33, 0.33, 1.0, 1.0, 1.0, 1.0]
    """
    totals = np.bincount(employer, weight)
    order = np.sort(totals)[::-1]
    for k in range(min(len(order), round(1 / LARGEST_SHARE))):
        most = LARGEST_SHARE * order[k:].sum() / (1 - LARGEST_SHARE * k)
        if order[k] <= most * (1 + 1e-12):
            factor = np.ones_like(totals)
            np.divide(most, totals, out=factor, where=totals > most)
            return np.asarray(weight * factor[employer])
    return weight  # of three employers one must have more: such a scope has no figures


def _interval(
    values: Floats, weight: Floats, employer: NDArray[np.intp], draws: int
) -> tuple[Floats, Floats]:
    """Bounds of the percentiles when as many employers are drawn again, with replacement.

    Efron: Bootstrap methods (Annals of Statistics 7, 1979); the percentile method.
    """
    n = int(employer.max()) + 1
    times = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), draws)
    # In parts that stay in the cache: all draws of a large cell at once would fill the memory.
    parts = np.array_split(times, min(draws, draws * len(values) // AT_ONCE + 1))
    found = [_quantiles(values, weight * part[:, employer]) for part in parts]
    low, high = np.percentile(np.vstack(found), INTERVAL, axis=0, method="inverted_cdf")
    return low, high


def _quantiles(values: Floats, weights: Floats) -> Floats:
    """For each row of weights, the smallest of the sorted values with so many percent up to it."""
    sums = weights.cumsum(axis=1)
    # A share that is missed by the rounding only is reached.
    asked = sums[:, -1:] * (np.array(PERCENTILES) / 100 - 1e-9)
    places = [np.searchsorted(*one) for one in zip(sums, asked, strict=True)]
    return np.asarray(values[np.array(places)])
