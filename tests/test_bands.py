"""Salary bands: cells, wider scopes, suppression, disclosure, wrong labels."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.bands import ALL, DIMENSIONS, WORLD, Band, Pay, Scope, salary_bands
from classifier.errors import InputError

EUROPE = {"DE": "Europe", "FR": "Europe", "US": "North America"}


def pays(n: int, label: str = "cook", start: int = 0, **known: object) -> list[Pay]:
    """Postings of n employers with pay of 1000, 1001, ... times the number of the employer."""
    country = str(known.get("country", ""))
    values = {"currency": "EUR", "region": EUROPE.get(country, ""), **known}
    return [
        Pay(label, f"inn {i}", low=900.0 + i, midpoint=1000.0 + i, high=1100.0 + i, **values)  # type: ignore[arg-type]  # each test gives its own
        for i in range(start, start + n)
    ]


def one(given_pays: Sequence[Pay], *by: str) -> Band:
    found = salary_bands(given_pays, by)
    assert len(found) == 1
    return found[0]


def test_no_pay_is_no_band() -> None:
    assert salary_bands([]) == []
    [silent] = salary_bands([Pay("cook", "inn")])
    assert (silent.n_cell, silent.n_employers, silent.disclosed) == (0, None, 0.0)
    assert silent.reason == "no posting states a yearly pay"


def test_cells_in_which_nobody_states_pay_are_there_too() -> None:
    rows = [*pays(5, country="DE"), Pay("cook", "inn", country="DE"), Pay("cook", country="FR")]
    found = salary_bands(rows, ["label", "country"])
    assert [(b.cell.place, b.cell.currency, b.n_cell) for b in found] == [
        ("DE", "EUR", 5),
        ("FR", "", 0),
    ]


def test_a_band() -> None:
    band = one(pays(9), "label")
    assert band.cell == band.scope == Scope("cook", ALL, WORLD, None, "EUR")
    assert (band.n_cell, band.n_postings, band.n_employers, band.disclosed) == (9, 9, 9, 1.0)
    assert band.reason is None
    assert band.midpoint
    assert band.midpoint.median
    assert band.midpoint.median.value == 1004
    assert band.midpoint.percentile90 is None
    assert band.min_value
    assert band.min_value.median
    assert band.min_value.median.value == 904
    assert band.max_value
    assert band.max_value.percentile75
    assert band.max_value.percentile75.value == 1106
    assert band.by_probability is None


def test_four_employers_are_suppressed_with_the_reason() -> None:
    band = one([*pays(4), *pays(4)], "label")
    assert (band.midpoint, band.min_value, band.max_value, band.by_probability) == (None,) * 4
    assert band.reason == "4 employers, fewer than 5"
    assert (band.n_postings, band.n_employers) == (8, 4)
    assert one(pays(1), "label").reason == "1 employer, fewer than 5"


@pytest.mark.parametrize(
    ("others", "scope"),
    [
        (pays(4, start=50, level="senior", country="FR"), ("senior", "Europe")),
        (pays(4, start=50, level="senior", country="US"), ("senior", WORLD)),
        (pays(4, start=50, level="senior"), ("senior", WORLD)),
        (pays(4, start=50, level="junior", country="DE"), (ALL, "DE")),
        (pays(4, start=50, level="junior", country="FR"), (ALL, "Europe")),
        (pays(4, start=50, country="US"), (ALL, WORLD)),
        (pays(4, start=50, level="senior", country="DE", label="waiter"), None),
        (pays(4, start=50, level="senior", country="DE", currency="USD"), None),
        (pays(4, start=0, level="senior", country="FR"), None),  # the same employers
    ],
)
def test_a_cell_with_too_few_widens_step_by_step(
    others: list[Pay], scope: tuple[str, str] | None
) -> None:
    found = salary_bands([*pays(4, level="senior", country="DE"), *others], DIMENSIONS)
    band = next(b for b in found if b.cell == Scope("cook", "senior", "DE", None, "EUR"))
    assert band.n_cell == 4
    if scope is None:
        assert band.reason
    else:
        assert band.scope[1:3] == scope
        assert (band.n_postings, band.n_employers) == (8, 8)


def test_enough_employers_do_not_widen() -> None:
    found = salary_bands(
        [*pays(5, level="senior", country="DE"), *pays(90, start=9, level="senior", country="FR")],
        ["label", "level", "country"],
    )
    assert [band.n_postings for band in found] == [5, 90]
    assert all(band.scope == band.cell for band in found)


def test_years_and_currencies_are_never_mixed() -> None:
    rows = [
        *pays(5, year=2023),
        *pays(5, year=2024),
        *pays(5, year=2024, currency="USD"),
        *pays(4, year=2025),
    ]
    found = salary_bands(rows, ["label", "year"])
    cells = [(band.cell.year, band.cell.currency, band.n_postings) for band in found]
    assert cells == [(2023, "EUR", 5), (2024, "EUR", 5), (2024, "USD", 5), (2025, "EUR", 4)]
    assert [band.midpoint is None for band in found] == [False, False, False, True]


def test_disclosed_is_of_all_postings_in_whatever_currency() -> None:
    silent = [Pay("cook", f"silent {i}", country="DE") for i in range(3)]
    dollars = pays(2, currency="USD", country="DE")
    found = salary_bands([*pays(5, country="DE"), *dollars, *silent], ["label", "country"])
    assert [(band.cell.currency, band.disclosed) for band in found] == [("EUR", 0.7), ("USD", 0.7)]


def test_what_wrong_labels_could_change() -> None:
    sure, unsure = {"cook": 1.0, "waiter": 0.0}, {"cook": 0.4, "waiter": 0.6}
    cooks = pays(20, probabilities=sure)
    waiters = [
        p._replace(midpoint=9999.0) for p in pays(20, "waiter", start=20, probabilities=unsure)
    ]
    bands = {band.cell.label: band for band in salary_bands([*cooks, *waiters])}
    hard, soft = bands["cook"].midpoint, bands["cook"].by_probability
    assert hard
    assert hard.percentile90
    assert hard.percentile90.value == 1017
    assert soft
    assert soft.percentile75
    assert soft.median
    # 20 cooks of weight 1 and 20 at 9999 of weight 0.4: the third quarter ends among these.
    assert (soft.median.value, soft.percentile75.value) == (1013, 9999)
    assert soft.median.low == soft.median.high == soft.median.value
    likely = bands["waiter"].by_probability
    assert likely
    assert likely.median
    assert likely.median.value == 9999


def test_one_bound_counts_where_it_is() -> None:
    rows = [p._replace(low=None) if i % 2 else p for i, p in enumerate(pays(10))]
    band = one(rows, "label")
    assert band.min_value
    assert band.max_value
    assert (band.min_value.median and band.min_value.median.value) == 904  # of 900, 902, ... 908
    assert band.min_value.percentile10 is None  # five employers state one
    assert band.max_value.percentile10


def test_an_unknown_dimension_is_named() -> None:
    with pytest.raises(InputError, match=r"'city'; by label, level, country, year"):
        salary_bands([], ["label", "city"])


def test_bands_are_in_order() -> None:
    rows = [*pays(1, "b"), *pays(1, "a"), *pays(2, "a", currency="USD"), *pays(1, "a", level="x")]
    found = [(b.cell.label, b.cell.level, b.cell.currency) for b in salary_bands(rows, DIMENSIONS)]
    assert found == [("a", "", "USD"), ("a", "", "EUR"), ("a", "x", "EUR"), ("b", "", "EUR")]


def test_levels_go_from_the_lowest_up() -> None:
    rows = [p for level in ("staff", "junior", "", "intern") for p in pays(1, level=level)]
    found = [band.cell.level for band in salary_bands(rows, ["label", "level"])]
    assert found == ["", "intern", "junior", "staff"]


def test_json_and_rows_have_the_same_figures() -> None:
    band = one(pays(10, country="DE", year=2024), *DIMENSIONS)
    plain, row = band.to_json(), band.to_row()
    assert plain["cell"] == {
        "label": "cook", "level": "", "place": "DE", "year": 2024, "currency": "EUR",
    }  # fmt: skip
    midpoint = plain["midpoint"]
    assert isinstance(midpoint, dict)
    assert midpoint["median"] == [row["median"], row["median_low"], row["median_high"]]
    assert row["percentile90"] == 1008
    assert row["min_value_median"] == 904
    assert row["by_probability_median"] is None
    assert (row["scope_place"], row["n_employers"], row["reason"]) == ("DE", 10, None)
    suppressed = one(pays(2), "label")
    assert suppressed.to_json()["midpoint"] is None
    assert suppressed.to_row().keys() == row.keys()


PAYS = st.builds(
    Pay,
    st.sampled_from(["a", "b"]),
    st.sampled_from([*"uvwxyz", ""]),
    st.sampled_from(["", "junior", "senior"]),
    st.sampled_from(["", "DE", "FR"]),
    st.just("Europe"),
    st.sampled_from([None, 2024, 2025]),
    st.sampled_from(["EUR", "USD"]),
    midpoint=st.floats(1, 1e7),
    low=st.none() | st.floats(1, 1e7),  # files with other numbers are refused
    high=st.none() | st.floats(1, 1e7),
)


@given(st.lists(PAYS, max_size=40), st.sets(st.sampled_from(DIMENSIONS)))
@settings(deadline=None, max_examples=50)
def test_every_posting_is_in_one_cell(given_pays: list[Pay], by: set[str]) -> None:
    found = salary_bands(given_pays, sorted(by))
    assert sum(band.n_cell for band in found) == len(given_pays)
    assert len({band.cell for band in found}) == len(found)
    for band in found:
        assert band.n_postings >= band.n_cell
        assert (band.midpoint is None) == (band.reason is not None)
        assert band.disclosed == 1.0
    assert salary_bands(given_pays[::-1], sorted(by)) == found
