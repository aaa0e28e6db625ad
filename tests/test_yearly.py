"""Pay by the year: factors, and periods that are not stated."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.posting import UNITS, BaseSalary
from classifier.salary import parse_salary
from classifier.yearly import (
    COMPARABLE,
    FACTORS,
    HOURLY_BELOW,
    ONE_READING,
    Yearly,
    annualize,
    yearly_amount,
)


@pytest.mark.parametrize(
    ("text", "yearly"),
    [
        ("£40 per hour", 83_200),
        ("£300 - £500 per day", 104_000),
        ("£900 per week", 46_800),
        ("4.000 - 5.000 € pro Monat", 54_000),
        ("€50,000 - €60,000 per year", 55_000),
        ("up to €60,000 per year", 60_000),
        ("€20,000", 20_000),
        ("€19,999", None),
        ("€19,999 - €40,000", None),
        ("up to €19,999", None),
        ("US$90k", 90_000),
        ("$90k", None),
        ("SEK 90,000", None),
        ("CHF 90'000", 90_000),
        ("PLN 75 000", 75_000),
        ("PLN 74 999", None),
        ("CZK 420 000", 420_000),
        ("CZK 419 999", None),
        ("BGN 90,000", None),
        ("£7 - £49", 58_240),
        ("£7 - £50", None),
        ("£6 - £49", None),
        ("$30", None),
        ("CHF 6'900 x 13", 89_700),
        ("13 x CHF 6'900", 89_700),
        ("Monatsgehalt 4.100 € (14 Gehälter)", 57_400),
        ("1.900 € brutos al mes en 14 pagas", 26_600),
        ("26.600 € brutos al año en 14 pagas", 26_600),
        ("38 k€ sur 13 mois", 38_000),
        ("CHF 6'900 per month x 19", 82_800),
        ("CHF 90'000 pro Jahr x 13", 90_000),
        ("CHF 6'900 per month x 13%", 82_800),
    ],
)
def test_yearly_amount(text: str, yearly: int | None) -> None:
    salary = parse_salary(text)
    assert salary is not None
    assert yearly_amount(salary) == yearly


@pytest.mark.parametrize(
    ("text", "factor", "rule"),
    [
        ("£40 - £50 per hour", 2080, "2080 hours"),
        ("£400 per day", 260, "260 days"),
        ("£900 per week", 52, "52 weeks"),
        ("£4,000 per month", 12, "12 months"),
        ("CHF 6'900 x 13", 13, "13 months"),
        ("£50,000 per year", 1, "stated per year"),
        ("£50,000", 1, "no period: yearly from 20,000 GBP up"),
        ("HUF 9,000,000", 1, "no period: yearly from 6,400,000 HUF up"),
        ("£15", 2080, "no period: hourly below 50 GBP, 2080 hours"),
    ],
)
def test_annualize_names_factor_and_rule(text: str, factor: int, rule: str) -> None:
    salary = parse_salary(text)
    assert salary is not None
    yearly = annualize(salary)
    assert yearly is not None
    assert (yearly.factor, yearly.rule) == (factor, rule)
    assert yearly.currency == salary.currency


def test_a_bound_that_is_not_stated_is_none_by_the_year_too() -> None:
    yearly = annualize(BaseSalary(None, Decimal(50), "EUR", "HOUR"))
    assert yearly == Yearly(None, Decimal(104_000), Decimal(104_000), "EUR", 2080, "2080 hours")


MONEY = st.decimals(1, 10**7, places=2)


@given(
    st.none() | MONEY,
    st.none() | MONEY,
    st.none() | st.sampled_from([*ONE_READING, "BGN"]),
    st.none() | st.sampled_from(UNITS),
    st.none() | st.integers(12, 18),
)
def test_the_midpoint_lies_between_the_bounds_which_are_factor_times_the_salary(
    one: Decimal | None, other: Decimal | None, currency: str | None, unit: str | None, months: int
) -> None:
    if one and other:
        one, other = sorted([one, other])
    yearly = annualize(BaseSalary(one, other, currency, unit, months=months))
    if yearly is None:
        assert unit is None or one is other is None
        return
    bounds = [bound for bound in (yearly.min_value, yearly.max_value) if bound is not None]
    assert min(bounds) <= yearly.midpoint <= max(bounds)
    assert yearly.midpoint * 2 == min(bounds) + max(bounds)
    assert yearly.min_value == (None if one is None else one * yearly.factor)
    assert yearly.max_value == (None if other is None else other * yearly.factor)
    expected = months if months and unit == "MONTH" else FACTORS.get(unit or "")
    assert yearly.factor in ([expected] if unit else [1, 2080])


def test_hourly_and_yearly_readings_are_apart() -> None:
    assert set(ONE_READING) >= COMPARABLE
    assert min(ONE_READING.values()) > 100 * HOURLY_BELOW


def test_yearly_amount_of_no_bounds() -> None:
    assert yearly_amount(BaseSalary(None, None, "EUR", "YEAR")) is None
    assert yearly_amount(BaseSalary(None, None, "EUR", None)) is None


def test_every_period_has_a_factor() -> None:
    assert set(FACTORS) == set(UNITS)


@settings(deadline=None, max_examples=50)
@given(st.integers(1_000, 4_000), st.sampled_from(UNITS), st.sampled_from(["per ", "/", "a "]))
def test_yearly_amount_scales_with_the_factor(amount: int, unit: str, link: str) -> None:
    salary = parse_salary(f"{amount}.50 PLN {link}{unit.lower()}".replace("a hour", "an hour"))
    assert salary is not None
    assert salary.unit_text == unit
    assert yearly_amount(salary) == Decimal(f"{amount}.50") * FACTORS[unit]


def test_json() -> None:
    yearly = annualize(BaseSalary(None, Decimal(50), "EUR", "HOUR"))
    assert yearly
    assert yearly.to_json() == {
        "min_value": None, "max_value": 104_000.0, "midpoint": 104_000.0, "currency": "EUR",
        "factor": 2080, "rule": "2080 hours",
    }  # fmt: skip
