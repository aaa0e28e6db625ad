"""Plots: the same figures give the same SVG, and a missing matplotlib is named."""

import sys

import pytest

from classifier.errors import InputError
from classifier.figures import add_axes, new_figure, svg


def draw() -> str:
    figure = new_figure("the test")
    add_axes(figure, "thousand", "share").plot([1, 2], [3, 4])
    return svg(figure)


def test_svg_is_an_element_and_always_the_same() -> None:
    assert draw().startswith("<svg")
    assert draw() == draw()
    assert "<dc:date>" not in draw()


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(InputError, match=r"the plot needs matplotlib: pip install .*\[plot\]"):
        new_figure("the plot")
