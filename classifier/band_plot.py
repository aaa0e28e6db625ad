"""Salary bands as a picture: an interval for each band, with its median and its counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from classifier.bands import ALL, WORLD, Band, Scope, in_order
from classifier.errors import InputError
from classifier.figures import add_axes, new_figure, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW, HEAD = 0.34, 1.1  # inches
MOST_ROWS = 60  # of one currency: more cannot be read
BAND, MEDIAN = "#3b7dd8", "#10243f"


def plot_bands(bands: Sequence[Band]) -> str:
    """SVG of the bands that have figures, one panel for each currency, the largest first.

    A thick line goes from the quartile 25 to 75, a thin one from the percentile 10 to 90, the
    dot is the median and the strokes around it are its 95 % interval; figures of a wider scope
    are faint. Of each currency the bands
    of the most postings are shown, 60 at most.

    Raises
    ------
    InputError
        If no band has figures, or matplotlib is not installed.
    """
    panels: dict[str, list[Band]] = {}
    for band in sorted(bands, key=lambda band: -band.n_postings):
        if band.midpoint and len(panels.setdefault(band.cell.currency, [])) < MOST_ROWS:
            panels[band.cell.currency].append(band)
    if not panels:
        raise InputError("no band has figures to plot: each has too few employers")
    heights = [HEAD + ROW * len(panel) for panel in panels.values()]
    figure = new_figure("the plot", (9, sum(heights)))
    grid = figure.add_gridspec(len(panels), 1, height_ratios=heights)
    for i, (currency, panel) in enumerate(panels.items()):
        axes = add_axes(figure, f"thousand {currency} a year", place=grid[i, 0])
        _draw(axes, sorted(panel, key=lambda band: in_order(band.cell), reverse=True))
    return svg(figure)


def _draw(axes: "Axes", bands: Sequence[Band]) -> None:
    for y, band in enumerate(bands):
        spread = band.midpoint
        if spread is None or spread.median is None:
            continue
        for ends, width in (
            ((spread.percentile10, spread.percentile90), 1.5),
            ((spread.percentile25, spread.percentile75), 7.0),
        ):
            values = [end.value / 1000 for end in ends if end]
            faint = 0.25 if band.scope != band.cell else 0.6
            axes.plot(
                values,
                [y] * len(values),
                color=BAND,
                linewidth=width,
                alpha=faint,
                solid_capstyle="butt",
            )
        median = [v / 1000 for v in spread.median]
        axes.plot(median[:1], [y], "o", color=MEDIAN)
        axes.plot(median[1:], [y, y], "|", color=MEDIAN, markersize=11)
        axes.annotate(
            describe_counts(band),
            (1.01, y),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=8,
            parse_math=False,  # a label can have a $
        )
    axes.set_yticks(range(len(bands)), [_name(band.cell) for band in bands], parse_math=False)
    axes.set_ylim(-0.6, len(bands) - 0.4)


def _name(cell: Scope) -> str:
    parts = (cell.label, cell.level, cell.place, str(cell.year or ""))
    return ", ".join(part or "?" for part in parts[:3] if part not in {ALL, WORLD}) + (
        f", {parts[3]}" if parts[3] else ""
    )


def describe_counts(band: Band) -> str:
    """Postings, employers, and the wider scope that they are of, if it is one."""
    employers = "?" if band.n_employers is None else str(band.n_employers)
    of = f" ({band.wider})" if band.wider else ""
    return f"n={band.n_postings}, {employers} employers{of}"
