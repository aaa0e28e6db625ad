"""Yearly pay of postings to salary bands: percentiles with counts, employers and uncertainty.

A band tells only what its postings can carry. Percentiles need enough employers, no employer has
more than a quarter of the weight, and a cell with too few widens, from a country to its region to
the world, then from a level to all levels, and says so; else it is suppressed, with the reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from classifier.errors import InputError
from classifier.levels import LEVELS
from classifier.spread import FEWEST_EMPLOYERS, Spread, count_sources, measure_spread

DIMENSIONS = ("label", "level", "country", "year")
ALL, WORLD = "all", "world"


class Pay(NamedTuple):
    """One posting and the yearly pay that it states; "" and None stand for what is not known.

    Attributes
    ----------
    label, employer, level, country, region : str
        `region` is that of the country.
    year : int or None
        In which it was posted.
    currency : str or None
        None if no yearly pay is stated, as are the amounts.
    low, midpoint, high : float or None
        Per year; a bound that is not stated is None.
    probabilities : mapping of str to float
        Of each label.
    """

    label: str
    employer: str = ""
    level: str = ""
    country: str = ""
    region: str = ""
    year: int | None = None
    currency: str | None = None
    low: float | None = None
    midpoint: float | None = None
    high: float | None = None
    probabilities: Mapping[str, float] = {}


class Scope(NamedTuple):
    """Postings that a figure is of; `level` can be `ALL`, `place` a country, region or `WORLD`."""

    label: str
    level: str
    place: str
    year: int | None
    currency: str


@dataclass(frozen=True)
class Band:
    """Yearly pay of one cell, or of the narrowest wider scope that has enough employers.

    Attributes
    ----------
    cell, scope : Scope
        What was asked for, and what the figures are of.
    n_cell, n_postings : int
        Postings with a yearly pay in the cell and in the scope.
    n_employers : int or None
        Different employers in the scope; None if none is known.
    disclosed : float
        Fraction of all postings of the scope, in whatever currency, that state a yearly pay.
    midpoint, min_value, max_value : Spread or None
        Of the midpoints and of the bounds; None if suppressed.
    by_probability : Spread or None
        Of the midpoints of the postings of every label, each weighing as much as it is likely
        to be of this one: how far wrong labels bend the band. Without intervals of its own
        (`low` and `high` are the value). None too if no probabilities are known.
    reason : str or None
        Why the band is suppressed.
    """

    cell: Scope
    scope: Scope
    n_cell: int
    n_postings: int
    n_employers: int | None
    disclosed: float
    midpoint: Spread | None = None
    min_value: Spread | None = None
    max_value: Spread | None = None
    by_probability: Spread | None = None
    reason: str | None = None

    @property
    def wider(self) -> str:
        """Wider level or place that the figures are of; "" if they are of the cell itself."""
        pairs = zip(self.cell[1:3], self.scope[1:3], strict=True)
        return ", ".join(here for asked, here in pairs if asked != here)

    def to_json(self) -> dict[str, object]:
        """Plain values for `json.dumps`; a Spread is an object of [value, low, high]."""
        spreads = ("midpoint", "min_value", "max_value", "by_probability")
        return {
            "cell": self.cell._asdict(),
            "scope": self.scope._asdict(),
            **{name: getattr(self, name) for name in ("n_cell", "n_postings", "n_employers")},
            "disclosed": round(self.disclosed, 4),
            **{name: _spread_json(getattr(self, name)) for name in spreads},
            "reason": self.reason,
        }

    def to_row(self) -> dict[str, object]:
        """The same in one level, for a table: `median`, `median_low`, `min_value_median`, ..."""
        row: dict[str, object] = dict(self.cell._asdict())
        row |= {"scope_level": self.scope.level, "scope_place": self.scope.place}
        row |= {name: getattr(self, name) for name in ("n_cell", "n_postings", "n_employers")}
        row["disclosed"] = round(self.disclosed, 4)
        for prefix in ("", "min_value_", "max_value_", "by_probability_"):
            spread = getattr(self, prefix.rstrip("_") or "midpoint")
            for name in Spread._fields:
                estimate = spread and getattr(spread, name)
                row[prefix + name] = estimate and estimate.value
                if not prefix:
                    row[f"{name}_low"] = estimate and estimate.low
                    row[f"{name}_high"] = estimate and estimate.high
        return row | {"reason": self.reason}


def _spread_json(spread: Spread | None) -> dict[str, object] | None:
    if spread is None:
        return None
    return {name: value and list(value) for name, value in spread._asdict().items()}


# --- Cells and their wider scopes ---


def salary_bands(
    pays: Iterable[Pay], by: Sequence[str] = ("label",), *, bounds: bool = True
) -> list[Band]:
    """Band of each cell, in the order of its names; the currency with most postings first.

    A cell in which no posting states a yearly pay has a band without currency and figures.

    Parameters
    ----------
    pays : iterable of Pay
        Each opening once: copies would count twice. Those without pay count in `disclosed`.
    by : sequence of str
        Which of `DIMENSIONS` split the postings; currencies are never mixed.
    bounds : bool
        Whether the least and the most that postings state is measured, too: two thirds of the time.

    Raises
    ------
    InputError
        If `by` has another name.

    Examples
    --------
    >>> pays = [Pay("cook", f"inn {i}", currency="EUR", midpoint=30e3 + i) for i in range(9)]
    >>> band = salary_bands([*pays, Pay("cook", "inn 3")])[0]
    >>> band.midpoint.median.value, band.midpoint.percentile90, band.n_employers, band.disclosed
    (30004.0, None, 9, 0.9)
    """
    check_dimensions(by)
    index = _index(list(pays), by, bounds)
    n_sources = {scope: count_sources(_employers(index, scope)) for scope in index.members}
    measured: dict[Scope, dict[str, Any]] = {}  # many cells widen to the same scope
    bands = [_band(ladder, index, n_sources, measured) for ladder in index.cells.values()]
    bands += _silent(index)
    return sorted(bands, key=lambda band: (*in_order(band.cell), -band.n_cell, band.cell.currency))


def check_dimensions(by: Iterable[str]) -> None:
    """See that bands can be split by these names.

    Raises
    ------
    InputError
        If one is not among `DIMENSIONS`.
    """
    if unknown := set(by) - set(DIMENSIONS):
        raise InputError(f"cannot split bands by {min(unknown)!r}; by {', '.join(DIMENSIONS)}")


class _Index(NamedTuple):
    """Postings by scope: those with pay, those of every label, and whether each states pay."""

    pays: list[Pay]
    bounds: bool  # whether they are measured
    cells: dict[Scope, list[Scope]]  # each with the ladder of its wider scopes
    all_cells: dict[Scope, None]  # also those in which nobody states pay, without currency
    members: dict[Scope, list[int]]
    alike: dict[Scope, list[int]]
    stated: dict[Scope, list[bool]]


def _index(pays: list[Pay], by: Sequence[str], bounds: bool) -> _Index:
    index = _Index(pays, bounds, {}, {}, {}, {}, {})
    for paid, found in _alike(pays):
        ladder = list(_ladder(pays[found[0]], by))
        for scope in ladder:
            index.stated.setdefault(scope._replace(currency=""), []).extend([paid] * len(found))
            if paid:
                index.members.setdefault(scope, []).extend(found)
                index.alike.setdefault(scope._replace(label=ALL), []).extend(found)
        index.all_cells[ladder[0]._replace(currency="")] = None
        if paid:
            index.cells.setdefault(ladder[0], ladder)
    return index


def _alike(pays: Iterable[Pay]) -> Iterator[tuple[bool, list[int]]]:
    """Places of the postings that differ by employer and amount alone, and if they state pay."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for i, pay in enumerate(pays):
        key = pay.label, pay[2:7], pay.midpoint is not None
        groups.setdefault(key, []).append(i)
    return ((bool(key[-1]), found) for key, found in groups.items())


def _silent(index: _Index) -> list[Band]:
    """Bands of the cells in which no posting states a yearly pay."""
    cells = [cell for cell in index.all_cells if not any(index.stated[cell])]
    reason = "no posting states a yearly pay"
    return [Band(cell, cell, 0, 0, None, disclosed=0.0, reason=reason) for cell in cells]


def in_order(cell: Scope) -> tuple[object, ...]:
    """Key to sort cells by: label, then level from the lowest up, then place and year."""
    level = LEVELS.index(cell.level) if cell.level in LEVELS else -1
    return cell.label, level, cell.level, cell.place, cell.year or 0


def _ladder(pay: Pay, by: Sequence[str]) -> Iterator[Scope]:
    """Scopes of a posting, the narrowest first; each is one step of the widening."""
    places = [pay.country, pay.region, WORLD] if "country" in by else [WORLD]
    levels = [pay.level, ALL] if "level" in by else [ALL]
    label = pay.label if "label" in by else ALL
    year = pay.year if "year" in by else None
    # Of an unknown country (or region) there is no more to know than of the world.
    known = list(dict.fromkeys([places[0], *(place for place in places if place)]))
    for level in dict.fromkeys(levels):
        for place in known:
            yield Scope(label, level, place, year, pay.currency or "")


def _band(
    ladder: Sequence[Scope],
    index: _Index,
    n_sources: Mapping[Scope, int],
    measured: dict[Scope, dict[str, Any]],
) -> Band:
    enough = [scope for scope in ladder if n_sources[scope] >= FEWEST_EMPLOYERS]
    scope = enough[0] if enough else ladder[0]
    if scope not in measured:
        measured[scope] = _counts(scope, index) | (_figures(scope, index) if enough else {})
    short = f"{_count(n_sources[ladder[-1]])}, fewer than {FEWEST_EMPLOYERS}"
    return Band(
        cell=ladder[0],
        scope=scope,
        n_cell=len(index.members[ladder[0]]),
        reason=None if enough else short,
        **measured[scope],
    )


def _counts(scope: Scope, index: _Index) -> dict[str, Any]:
    told = index.stated[scope._replace(currency="")]
    return {
        "n_postings": len(index.members[scope]),
        "n_employers": len(set(_employers(index, scope)) - {""}) or None,
        "disclosed": sum(told) / len(told),
    }


def _figures(scope: Scope, index: _Index) -> dict[str, Any]:
    pays = [index.pays[i] for i in index.members[scope]]
    alike = [index.pays[i] for i in index.alike[scope._replace(label=ALL)]]
    figures = {"midpoint": measure_spread((p.employer, p.midpoint, 1.0) for p in pays)}
    if index.bounds:
        figures["min_value"] = measure_spread((p.employer, p.low, 1.0) for p in pays)
        figures["max_value"] = measure_spread((p.employer, p.high, 1.0) for p in pays)
    if scope.label != ALL and any(pay.probabilities for pay in alike):
        weighed = ((p.employer, p.midpoint, p.probabilities.get(scope.label, 0.0)) for p in alike)
        figures["by_probability"] = measure_spread(weighed, draws=0)
    return figures


def _employers(index: _Index, scope: Scope) -> list[str]:
    return [index.pays[i].employer for i in index.members[scope]]


def _count(n: int) -> str:
    return f"{n} employer" if n == 1 else f"{n} employers"
