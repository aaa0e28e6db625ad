"""Plots as SVG that is the same for the same figures; matplotlib is an extra."""

from io import StringIO
from typing import TYPE_CHECKING

from classifier.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.gridspec import SubplotSpec


def new_figure(what: str, size: tuple[float, float] = (5, 3.6)) -> "Figure":
    """Empty figure of a size in inches; `what` is that which needs it, for the message.

    Raises
    ------
    InputError
        If matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        raise InputError(
            f"{what} needs matplotlib: pip install 'job-posting-classifier[plot]'"
        ) from error
    return Figure(figsize=size, layout="constrained")


def add_axes(
    figure: "Figure", x_label: str, y_label: str = "", place: "SubplotSpec | None" = None
) -> "Axes":
    """Axes in a figure: all of it, or a cell of its grid."""
    where = () if place is None else (place,)
    axes = figure.add_subplot(*where, xlabel=x_label, ylabel=y_label)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(alpha=0.3)
    return axes


def svg(figure: "Figure") -> str:
    """SVG element of a figure; letters are outlines, so that it looks the same everywhere."""
    import matplotlib as mpl

    out = StringIO()
    # A fixed salt and no date: the same figures give the same text.
    with mpl.rc_context({"svg.hashsalt": "classifier", "svg.fonttype": "path"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()[out.getvalue().index("<svg") :]
