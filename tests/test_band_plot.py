"""The picture of bands: what it shows of each, and what it refuses."""

import pytest

from classifier.band_plot import MOST_ROWS, describe_counts, plot_bands
from classifier.bands import Pay, salary_bands
from classifier.errors import InputError


def pays(n: int, label: str = "cook", country: str = "", currency: str = "EUR") -> list[Pay]:
    place = (country, "Europe" if country else "")
    return [
        Pay(label, f"inn {i}", "", *place, currency=currency, midpoint=50e3 + 500 * i)
        for i in range(n)
    ]


def test_a_panel_for_each_currency_with_figures() -> None:
    both = salary_bands([*pays(12), *pays(6, currency="USD"), *pays(2, currency="GBP")])
    assert plot_bands(both).startswith("<svg")
    assert plot_bands(both).count('id="axes_') == 2
    assert plot_bands(both) == plot_bands(both)


def test_without_figures_there_is_nothing_to_plot() -> None:
    for few in ([], salary_bands(pays(4))):
        with pytest.raises(InputError, match="no band has figures to plot"):
            plot_bands(few)


def test_of_very_many_bands_the_largest_are_shown() -> None:
    many = salary_bands([p for i in range(MOST_ROWS + 5) for p in pays(5, f"job {i:02}")])
    fewer = salary_bands([p for i in range(MOST_ROWS) for p in pays(5, f"job {i:02}")])
    assert plot_bands(many) == plot_bands(fewer)


def test_counts_name_the_wider_scope() -> None:
    rows = [*pays(4, country="DE"), *pays(9, country="FR")]
    wide, own = salary_bands(rows, ["label", "country"])
    assert describe_counts(wide) == "n=13, 9 employers (Europe)"
    assert describe_counts(own) == "n=9, 9 employers"
    nameless = salary_bands([p._replace(employer="") for p in pays(30)])[0]
    assert describe_counts(nameless) == "n=30, ? employers"


def test_a_label_with_dollars_is_no_formula() -> None:
    assert plot_bands(salary_bands(pays(5, r"a $x^2_{ $ \\frac{"))).startswith("<svg")
