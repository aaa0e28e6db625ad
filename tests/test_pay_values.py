"""Single values of pay: what is a number, a currency, a period, and what nobody is paid."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.pay_values import (
    agreed,
    bounded_pay,
    is_bare,
    read_currency,
    read_figure,
    read_unit,
)
from classifier.posting import UNITS, BaseSalary


@pytest.mark.parametrize(
    ("value", "number", "sign"),
    [
        (64_000, "64000", ""),
        (13.4, "13.4", ""),
        (Decimal("13.40"), "13.4", ""),
        (" 64000.0 ", "64000", ""),
        ("66666.667", "66666.667", ""),
        ("60.000", "60000", ""),
        ("2450,00", "2450", ""),
        ("64k", "64000", ""),
        ("€ 14,50", "14.5", "EUR"),
        ("£64k", "64000", "GBP"),
    ],
)
def test_a_figure_and_its_sign(value: object, number: str, sign: str) -> None:
    assert read_figure(value) == (Decimal(number), sign)


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 0, -1, [64_000], 10**5000, float("nan"), float("inf"), Decimal("nan")),
        *("", "n/a", "0", "-64000", "-£64,000", "32-36k", "9" * 41),
    ],
    ids=lambda value: str(type(value)),
)
def test_what_is_no_figure(value: object) -> None:
    assert read_figure(value)[0] is None


@pytest.mark.parametrize(
    ("text", "dollar", "code"),
    [
        ("pln ", None, "PLN"),
        ("RUR", None, "RUB"),
        ("us  dollars", None, "USD"),
        ("€", None, "EUR"),
        ("$", None, None),
        ("$", "CAD", "CAD"),
        ("CA$", "USD", "CAD"),
        ("kr", "USD", None),
        ("XQZ", "USD", None),
        ("", "USD", None),
    ],
)
def test_currencies(text: str, dollar: str | None, code: str | None) -> None:
    assert read_currency(text, dollar) == code


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("HUR", "HOUR"),
        ("DAY", "DAY"),
        ("WEE", "WEEK"),
        ("MON", "MONTH"),
        ("ANN", "YEAR"),
        ("per-month-salary", "MONTH"),
        ("per_year", "YEAR"),
        ("perHour", "HOUR"),
        ("p.h.", "HOUR"),
        ("1 WEEK", "WEEK"),
        ("Stunde", "HOUR"),
        ("2 MONTH", None),
        ("semi-monthly", None),
        ("fortnight", None),
        ("hours per week", None),
        ("Full-time", None),
        ("", None),
    ],
)
def test_units(text: str, unit: str | None) -> None:
    assert read_unit(text) == unit


@given(st.text())
@settings(deadline=None)
def test_any_text(text: str) -> None:
    assert read_unit(text) in (None, *UNITS)
    code = read_currency(text, None)
    assert code is None or len(code) == 3
    number, _ = read_figure(text)
    assert number is None or number > 0


@pytest.mark.parametrize(
    ("bounds", "unit", "expected"),
    [
        ((64_000, 72_000), "YEAR", (64_000, 72_000)),
        ((72_000, 64_000), "YEAR", (64_000, 72_000)),
        ((1, 72_000), "YEAR", (None, 72_000)),
        ((64_000, 10**9), "YEAR", (64_000, None)),
        ((72_000, 9), "YEAR", None),
        ((10, 201), "HOUR", None),
        ((10, 200), "HOUR", (10, 200)),
        ((38, 44), "YEAR", None),
        ((38, 44), None, (38, 44)),
        ((None, None), "YEAR", None),
    ],
)
def test_bounds_that_somebody_is_paid(
    bounds: tuple[int | None, int | None],
    unit: str | None,
    expected: tuple[int | None, int | None] | None,
) -> None:
    low, high = (None if bound is None else Decimal(bound) for bound in bounds)
    pay = bounded_pay(low, high, "GBP", unit, "a rule")
    assert (pay and (pay.min_value, pay.max_value)) == expected
    assert pay is None or (pay.currency, pay.unit_text, pay.rule) == ("GBP", unit, "a rule")


def test_more_is_fair_in_a_small_currency() -> None:
    bound = Decimal(48_000_000)
    assert bounded_pay(bound, bound, "HUF", "YEAR", "") is not None
    assert bounded_pay(bound, bound, "EUR", "YEAR", "") is None


def test_a_bare_number_may_be_anything() -> None:
    assert is_bare(BaseSalary(Decimal(3), Decimal(9_999), None, None))
    assert not is_bare(BaseSalary(Decimal(3), Decimal(10_000), None, None))
    assert not is_bare(BaseSalary(Decimal(3), None, "EUR", None))
    assert not is_bare(BaseSalary(Decimal(3), None, None, "HOUR"))


def test_agreed() -> None:
    assert agreed(None, None) is None
    assert agreed(None, "EUR") == agreed("EUR", None) == agreed("EUR", "EUR") == "EUR"
    assert agreed("EUR", "USD") is None
