"""Where a stated pay stands in the market, and what pay to expect: the reference bands.

The bands come with the package (reference_bands.csv, written by scripts/build_reference_bands.py,
which names the sources): figures only, of pay that others stated. An estimate from them is never
mixed with the pay that a posting states.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from classifier.bands import ALL, WORLD
from classifier.errors import InputError
from classifier.exchange import exchange_rate
from classifier.levels import LEVELS
from classifier.posting import BaseSalary

COMMON_CURRENCY = "USD"  # of the bands of regions and of the world
FIGURES = ("percentile10", "percentile25", "median", "percentile75", "percentile90")
PERCENTS = (10, 25, 50, 75, 90)


class ReferenceBand(NamedTuple):
    """Yearly pay of a label or a title, at a level, in a place, of one year and source.

    `level` can be "all", `place` is a country (ISO 3166), a region or "world". `n_employers` is
    None for a survey of people. Percentiles that the data do not carry are None.
    """

    source: str
    name: str
    level: str
    place: str
    year: int
    currency: str
    n_postings: int
    n_employers: int | None
    percentile10: float | None
    percentile25: float
    median: float
    percentile75: float
    percentile90: float | None
    median_low: float
    median_high: float

    def describe(self) -> str:
        """Scope, year, size and source in a line.

        >>> find_band("research-engineer", "senior", "US", "North America", 2024).describe()
        ... # doctest: +ELLIPSIS
        'senior research-engineer, US, 2024, n=... (...)'
        """
        who = self.name if self.level == ALL else f"{self.level} {self.name}"
        return f"{who}, {self.place}, {self.year}, n={self.n_postings:,} ({self.source})"


class Standing(NamedTuple):
    """Place of a yearly pay in a reference band; `percentile` is None outside its percentiles."""

    percentile: int | None
    text: str
    band: ReferenceBand


@cache
def load_reference() -> dict[tuple[str, str, str], list[ReferenceBand]]:
    """Bands by name, level and place: read when first asked for."""
    text = files("classifier").joinpath("reference_bands.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str, str], list[ReferenceBand]] = {}
    for row in csv.DictReader(text.splitlines()):
        band = _band(row)
        found.setdefault((band.name, band.level, band.place), []).append(band)
    return found


def _band(row: dict[str, str]) -> ReferenceBand:
    values: dict[str, object] = dict(row)
    for name in ("year", "n_postings", "n_employers"):
        values[name] = int(row[name]) if row[name] else None
    for name in (*FIGURES, "median_low", "median_high"):
        values[name] = float(row[name]) if row[name] else None
    return ReferenceBand(**values)  # type: ignore[arg-type]  # a test reads every row


@lru_cache(maxsize=4096)  # scopes repeat: a few labels, levels, countries and years
def find_band(
    name: str, level: str, country: str, region: str, year: int | None, currency: str = ""
) -> ReferenceBand | None:
    """Narrowest reference band; None if the name has none.

    The country's before its region's before the world's, then the same of all levels. Of several,
    one in `currency` if there is one, then of the nearest year (None: the latest), then the
    largest. "" is not known.
    """
    for scope in _ladder(name, level, country, region):
        if bands := load_reference().get(scope):
            return min(bands, key=lambda band: (band.currency != currency, *_rank(band, year)))
    return None


def find_name(name: str) -> list[ReferenceBand]:
    """All reference bands of a label or a job title, world first, the newest first.

    Raises
    ------
    InputError
        If there is none.
    """
    bands = [band for found in load_reference().values() for band in found]
    chosen = [band for band in bands if band.name.casefold() == name.strip().casefold()]
    if not chosen:
        names = sorted({band.name for band in bands})
        raise InputError(f"no reference bands of {name!r}; there are those of {', '.join(names)}")
    levels = (ALL, *LEVELS)
    return sorted(
        chosen,
        key=lambda b: (b.place != WORLD, b.place, -b.year, b.source, levels.index(b.level)),
    )


def _ladder(name: str, level: str, country: str, region: str) -> Iterator[tuple[str, str, str]]:
    for one in dict.fromkeys([level or ALL, ALL]):
        for place in (country, region, WORLD):
            yield name, one, place


def _rank(band: ReferenceBand, year: int | None) -> tuple[int, int]:
    distance = -band.year if year is None else abs(band.year - year)
    return distance, -band.n_postings


def find_standing(
    midpoint: Decimal, currency: str, band: ReferenceBand, year: int | None
) -> Standing | None:
    """Place of a yearly pay in a band; None if the currencies have no rate for the year.

    The percentile is linear between those of the band, which are of the same year's money: the
    posting's year, or the band's if that is not known, decides the rate.
    """
    rate = exchange_rate(currency, band.currency, year or band.year)
    if rate is None:
        return None
    amount = float(midpoint * rate)
    known = [(p, v) for p, f in zip(PERCENTS, FIGURES, strict=True) if (v := getattr(band, f))]
    (lowest, least), (highest, most) = known[0], known[-1]
    if amount < least or amount > most:
        side = f"under percentile {lowest}" if amount < least else f"over percentile {highest}"
        return Standing(None, f"{side} of {band.describe()}", band)
    percentile = round(_interpolate(amount, known))
    return Standing(percentile, f"{ordinal(percentile)} percentile of {band.describe()}", band)


def _interpolate(amount: float, known: list[tuple[int, float]]) -> float:
    """Percentile of an amount within the known ones; the middle of those that it equals."""
    same = [percent for percent, value in known if value == amount]
    if same:
        return sum(same) / len(same)
    below = max((value, percent) for percent, value in known if value < amount)
    above = min((value, percent) for percent, value in known if value > amount)
    share = (amount - below[0]) / (above[0] - below[0])
    return below[1] + share * (above[1] - below[1])


def ordinal(n: int) -> str:
    """A number as a rank.

    >>> [ordinal(n) for n in (1, 12, 22, 53, 111)]
    ['1st', '12th', '22nd', '53rd', '111th']
    """
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


@lru_cache(maxsize=4096)  # more than there are bands
def estimate_salary(band: ReferenceBand) -> BaseSalary:
    """The middle half of a band as an expected pay; `rule` says what it comes from."""
    return BaseSalary(
        Decimal(round(band.percentile25)),
        Decimal(round(band.percentile75)),
        band.currency,
        "YEAR",
        rule=f"estimate: middle half of {band.describe()}",
    )
