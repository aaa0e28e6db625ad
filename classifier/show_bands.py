"""Salary bands as tables for the terminal: those of labelled files, and those that are shipped."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from classifier.bands import Band
from classifier.reference import ReferenceBand
from classifier.show import COLOURS, show_table
from classifier.spread import ANONYMOUS, FEWEST_EMPLOYERS, Estimate

WIDE = 150
_BAND_COLUMNS = {  # name: whether only wide tables have it
    "postings": False,
    "employers": False,
    "disclosed": True,
    "10 %": True,
    "25 %": False,
    "median": False,
    "95 % interval": True,
    "75 %": False,
    "90 %": True,
    "by probability": True,
    "of": False,
}


def show_bands(
    bands: Sequence[Band], by: Sequence[str] = ("label",), width: int = 80
) -> RenderableType:
    """Table of the bands that have figures, then how many have none, and why.

    Under `WIDE` characters some columns are left out.
    """
    shown = [band for band in bands if band.midpoint]
    short = [band for band in bands if band.n_cell and not band.midpoint]
    left = Text(
        f"{sum(band.n_cell for band in short)} postings with yearly pay are in "
        f"{len(short)} cells without a band: fewer than {FEWEST_EMPLOYERS} employers, or "
        f"{ANONYMOUS * FEWEST_EMPLOYERS} postings where employers are not known"
    )
    if not shown:
        return left if short else Text("No posting states a yearly pay with its currency")
    columns = [name for name, wide in _BAND_COLUMNS.items() if width >= WIDE or not wide]
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate([*by, "currency", *columns]):
        grid.add_column(name, justify="left" if i < len(by) else "right", no_wrap=True)
    for band in shown:
        grid.add_row(*_names(band, by), Text(band.cell.currency), *_figures(band, columns))
    return Group(grid, left) if short else grid


def _names(band: Band, by: Sequence[str]) -> Iterator[Text]:
    cell = {"country": band.cell.place, **band.cell._asdict()}
    for name in by:
        value = str(cell[name] or "?")
        yield Text(value, style=COLOURS.get(value, "") if name == "label" else "")


def _figures(band: Band, columns: Iterable[str]) -> Iterator[Text]:
    spread, likely = band.midpoint, band.by_probability
    if spread is None or spread.median is None:
        return
    figures = {
        "postings": f"{band.n_postings:,}",
        "employers": "?" if band.n_employers is None else f"{band.n_employers:,}",
        "disclosed": f"{band.disclosed:.0%}",
        "10 %": _value(spread.percentile10),
        "25 %": _value(spread.percentile25),
        "median": _value(spread.median),
        "95 % interval": f"{spread.median.low:,.0f}-{spread.median.high:,.0f}",
        "75 %": _value(spread.percentile75),
        "90 %": _value(spread.percentile90),
        "by probability": _value(likely and likely.median),
        "of": band.wider,
    }
    yield from (Text(figures[name]) for name in columns)


def _value(estimate: Estimate | None) -> str:
    return "-" if estimate is None else f"{estimate.value:,.0f}"


def show_reference(bands: Iterable[ReferenceBand], width: int = 80) -> Grid:
    """Table of reference bands; under `WIDE` characters without the outer percentiles."""
    rows = [_reference(band) for band in bands]
    left_out = () if width >= WIDE else ("employers", "10 %", "95 % interval", "90 %")
    head = [name for name in rows[0] if name not in left_out] if rows else []
    return show_table(head, ([row[name] for name in head] for row in rows))


def _reference(band: ReferenceBand) -> dict[str, str]:
    return {
        "level": band.level,
        "place": band.place,
        "year": str(band.year),
        "currency": band.currency,
        "n": f"{band.n_postings:,}",
        "employers": "?" if band.n_employers is None else str(band.n_employers),
        "10 %": _amount(band.percentile10),
        "25 %": _amount(band.percentile25),
        "median": _amount(band.median),
        "95 % interval": f"{band.median_low:,.0f}-{band.median_high:,.0f}",
        "75 %": _amount(band.percentile75),
        "90 %": _amount(band.percentile90),
        "source": band.source,
    }


def _amount(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"
