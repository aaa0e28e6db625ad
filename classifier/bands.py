"""Yearly pay to salary bands: median and quartiles per label and currency."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

FEWEST_EMPLOYERS = 5  # under so many, quartiles would show single employers' pay


class Pay(NamedTuple):
    """Yearly pay of one posting; `employer` is "" if it is not known."""

    label: str
    currency: str
    yearly: float
    employer: str


class Band(NamedTuple):
    """Yearly pay of the postings of one label in one currency.

    Attributes
    ----------
    n_postings : int
        Postings with a stated yearly pay.
    n_employers : int or None
        Different employers among them; None if they are not known.
    percentile25, median, percentile75 : float or None
        Of the midpoints, linear between ranks (Hyndman and Fan 1996, type 7). The quartiles
        are None with fewer than `FEWEST_EMPLOYERS` employers (postings, if none is known).
    """

    label: str
    currency: str
    n_postings: int
    n_employers: int | None
    percentile25: float | None
    median: float
    percentile75: float | None


def salary_bands(pays: Iterable[Pay]) -> list[Band]:
    """Band of each label and currency: by label, the currency with most postings first.

    >>> salary_bands([Pay("cook", "EUR", 30e3, "a"), Pay("cook", "EUR", 34e3, "b")])[0].median
    32000.0
    """
    cells: dict[tuple[str, str], list[Pay]] = {}
    for pay in pays:
        cells.setdefault((pay.label, pay.currency), []).append(pay)
    bands = [_band(label, currency, cell) for (label, currency), cell in cells.items()]
    return sorted(bands, key=lambda band: (band.label, -band.n_postings, band.currency))


def _band(label: str, currency: str, cell: list[Pay]) -> Band:
    employers = {pay.employer for pay in cell} - {""}
    low, median, high = np.percentile([pay.yearly for pay in cell], [25, 50, 75]).tolist()
    enough = (len(employers) or len(cell)) >= FEWEST_EMPLOYERS
    return Band(
        label=label,
        currency=currency,
        n_postings=len(cell),
        n_employers=len(employers) or None,
        percentile25=low if enough else None,
        median=median,
        percentile75=high if enough else None,
    )
