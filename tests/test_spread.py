"""Percentiles: the definition, the floors, the cap on employers, the intervals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.spread import (
    ANONYMOUS,
    FEWEST_EMPLOYERS,
    FEWEST_FOR_TAILS,
    LARGEST_SHARE,
    Spread,
    _cap,
    count_sources,
    measure_spread,
)


def amounts(names: str, *values: float) -> list[tuple[str, float | None, float]]:
    """One amount for each letter; without values they are 1, 2, 3, ..."""
    given = values or tuple(map(float, range(1, len(names) + 1)))
    return [(name.strip(), value, 1.0) for name, value in zip(names, given, strict=True)]


def values(spread: Spread) -> list[float | None]:
    return [estimate and estimate.value for estimate in spread]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", [None] * 5),
        ("abcd", [None] * 5),
        ("abcde", [None, 2, 3, 4, None]),
        ("abcdefghi", [None, 3, 5, 7, None]),
        ("abcdefghij", [1, 3, 5, 8, 9]),
        # 20 letters, 10 employers: every second amount of each.
        ("abcdefghijabcdefghij", [2, 5, 10, 15, 18]),
        (" " * 29, [None] * 5),
        (" " * 30, [None, 8, 15, 23, None]),
        (" " * 60, [6, 15, 30, 45, 54]),
    ],
)
def test_percentiles_are_stated_amounts_and_have_floors(
    names: str, expected: list[float | None]
) -> None:
    assert (FEWEST_EMPLOYERS, FEWEST_FOR_TAILS, ANONYMOUS) == (5, 10, 6)
    assert values(measure_spread(amounts(names))) == expected


def test_amounts_that_are_not_stated_and_weights_of_zero_do_not_count() -> None:
    rows = [*amounts("abcde"), ("f", None, 1.0), ("g", 1000.0, 0.0)]
    assert measure_spread(rows) == measure_spread(amounts("abcde"))


def test_one_employer_does_not_make_the_band() -> None:
    many = amounts("a" * 96 + "bcdef", *[100.0] * 96, 1.0, 2.0, 3.0, 4.0, 5.0)
    spread = measure_spread(many)
    # A quarter of the weight is at 100, so three quarters are not above 5.
    assert values(spread)[1:4] == [2, 4, 5]
    assert np.percentile([value for _, value, _ in many if value], 10) == 100


def test_nameless_postings_have_the_weight_that_they_count_for() -> None:
    # Four employers and six postings without a name, one source: a quarter of the weight.
    rows = [*amounts("abcd", 10.0, 20.0, 30.0, 40.0), *[("", 1.0, 1.0)] * 6]
    assert values(measure_spread(rows, draws=0))[1:4] == [1, 20, 30]


def test_weights_count() -> None:
    rows = [(name, value, 3.0 if name == "e" else 1.0) for name, value, _ in amounts("abcdefghi")]
    # Capped: e has a quarter of the weight, 8/3 against 1 of each of the eight others.
    assert measure_spread(rows, draws=0).median == (5, 5, 5)
    light = [(name, value, 0.5 if name > "e" else 1.0) for name, value, _ in amounts("abcdefghi")]
    assert values(measure_spread(light, draws=0))[2] == 4


@pytest.mark.parametrize(
    ("names", "n"),
    [([], 0), (["a", "a", "b"], 2), ([""] * 5, 0), ([""] * 6, 1), (["a", *[""] * 13], 3)],
    ids=repr,
)
def test_count_sources(names: list[str], n: int) -> None:
    assert count_sources(names) == n


def test_the_interval_grows_as_employers_get_fewer() -> None:
    rng = np.random.default_rng(1)
    few = measure_spread(amounts("abcdef" * 20, *rng.normal(100, 10, 120)))
    own = [(f"{i}", value, 1.0) for i, value in enumerate(rng.normal(100, 10, 120))]
    many = measure_spread(own)
    assert few.median
    assert many.median
    assert many.median.low < many.median.value < many.median.high
    one_level = [(name, 50.0, 1.0) for name in "abcde"]
    assert measure_spread(one_level).median == (50, 50, 50)


def test_pay_that_differs_between_employers_has_the_wider_interval() -> None:
    same_amounts = [float(10 * (i % 10)) for i in range(100)]
    by_employer = measure_spread([(str(i % 10), v, 1.0) for i, v in enumerate(same_amounts)])
    spread_out = measure_spread([(str(i // 10), v, 1.0) for i, v in enumerate(same_amounts)])
    assert by_employer.median
    assert spread_out.median
    widths = [m.high - m.low for m in (spread_out.median, by_employer.median)]
    assert widths[0] < widths[1]


ROWS = st.lists(
    st.tuples(
        st.sampled_from([*"abcdefghijkl", ""]),
        st.none() | st.floats(1, 1e7),
        st.floats(0, 1),
    ),
    max_size=80,
)


@given(ROWS)
@settings(deadline=None)
def test_percentiles_rise_and_lie_in_their_intervals(
    rows: list[tuple[str, float | None, float]],
) -> None:
    spread = measure_spread(rows)
    found = [estimate for estimate in spread if estimate]
    assert [e.value for e in found] == sorted(e.value for e in found)
    stated = {value for _, value, _ in rows}
    for estimate in found:
        assert {*estimate} <= stated
        assert estimate.low <= estimate.high
    assert measure_spread(rows[::-1]) == spread  # the order of postings does not matter


@given(st.lists(st.integers(0, 8), min_size=1, max_size=60))
def test_no_employer_has_more_than_its_share(employers: list[int]) -> None:
    employer = np.unique(employers, return_inverse=True)[1]
    weight = np.linspace(0.1, 1, len(employer))
    capped = _cap(weight, employer)
    totals = np.bincount(employer, capped)
    if len(totals) >= 4:
        assert totals.max() <= LARGEST_SHARE * totals.sum() * (1 + 1e-9)
    assert (capped <= weight * (1 + 1e-12)).all()
    smallest = np.bincount(employer, weight).argmin()
    assert np.allclose(capped[employer == smallest], weight[employer == smallest])
