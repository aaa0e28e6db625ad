"""Pay by the year: the factors, and how a period that is not stated can be known."""

from decimal import Decimal
from typing import NamedTuple

from classifier.posting import BaseSalary

# Periods in a full-time year; 2080 hours and 260 days are 52 weeks of 5 days of 8 hours.
FACTORS = {"HOUR": 2080, "DAY": 260, "WEEK": 52, "MONTH": 12, "YEAR": 1}

# With no period stated an amount is yearly from here up: by the month it would be more than
# 240,000 US dollars a year, and such pay is not stated without its period. Those that are not
# 20,000 themselves are 20,000 dollars at the rates of 2026, rounded up.
ONE_READING = {
    **dict.fromkeys(("USD", "EUR", "GBP", "CAD", "AUD", "CHF"), 20_000),
    "NZD": 35_000,
    "SGD": 26_000,
    "HKD": 160_000,
    "PLN": 75_000,
    "CZK": 420_000,
    "HUF": 6_400_000,
    "RON": 90_000,
    "SEK": 190_000,
    "NOK": 200_000,
    "DKK": 130_000,
    "ILS": 61_000,
    "ZAR": 330_000,
    "INR": 1_900_000,
    "JPY": 3_200_000,
    "BRL": 110_000,
    "MXN": 350_000,
}
# In currencies of a dollar's size an amount from 7 up to 50 is hourly: no other period can pay it.
COMPARABLE = frozenset({"USD", "EUR", "GBP", "CAD", "AUD", "CHF", "NZD", "SGD"})
HOURLY_FROM, HOURLY_BELOW = 7, 50


class Yearly(NamedTuple):
    """Pay by the year, and how it came about.

    Attributes
    ----------
    min_value, max_value : Decimal or None
        The bounds of the salary times `factor`; None is a bound that is not stated.
    midpoint : Decimal
        Of the bounds, or the one bound.
    currency : str or None
        As in the salary.
    factor : int
        Periods in a year.
    rule : str
        What the factor counts ("2080 hours"), and how the period was read if it is not stated.
    """

    min_value: Decimal | None
    max_value: Decimal | None
    midpoint: Decimal
    currency: str | None
    factor: int
    rule: str

    def to_json(self) -> dict[str, object]:
        """Plain values for `json.dumps`."""
        bounds = {name: getattr(self, name) for name in ("min_value", "max_value", "midpoint")}
        plain = {name: value and float(value) for name, value in bounds.items()}
        return {**plain, "currency": self.currency, "factor": self.factor, "rule": self.rule}


def annualize(salary: BaseSalary) -> Yearly | None:
    """Pay by the year in the salary's own currency; None if its period is not known.

    The factors are `FACTORS`; "x 13" months count 13. With no period stated the currency and
    the size of both bounds must leave one reading: `ONE_READING`, `HOURLY_BELOW`.

    Examples
    --------
    >>> pay = annualize(BaseSalary(Decimal(40), Decimal(50), "GBP", "HOUR"))
    >>> pay.min_value, pay.max_value, pay.midpoint, pay.factor, pay.rule
    (Decimal('83200'), Decimal('104000'), Decimal('93600'), 2080, '2080 hours')
    >>> annualize(BaseSalary(Decimal(58_000), None, "EUR", None)).rule
    'no period: yearly from 20,000 EUR up'
    >>> annualize(BaseSalary(Decimal(60_000), None, "CZK", None)) is None
    True
    """
    bounds = [v for v in (salary.min_value, salary.max_value) if v is not None]
    unit, rule = _period(salary, bounds)
    if unit is None:
        return None
    factor = salary.months or FACTORS[unit] if unit == "MONTH" else FACTORS[unit]
    if unit != "YEAR":
        rule += f"{factor} {unit.lower()}s"
    low, high = (None if v is None else v * factor for v in (salary.min_value, salary.max_value))
    midpoint = sum(bounds, Decimal(0)) * factor / len(bounds)
    return Yearly(low, high, midpoint, salary.currency, factor, rule)


def _period(salary: BaseSalary, bounds: list[Decimal]) -> tuple[str | None, str]:
    """Period, stated or the only one that the amount can have, and how it was read."""
    if salary.unit_text or not bounds:
        unit = salary.unit_text if bounds else None
        return unit, "stated per year" if unit == "YEAR" else ""
    code = salary.currency or ""
    least = ONE_READING.get(code)
    if least and min(bounds) >= least:
        return "YEAR", f"no period: yearly from {least:,} {code} up"
    if code in COMPARABLE and min(bounds) >= HOURLY_FROM and max(bounds) < HOURLY_BELOW:
        return "HOUR", f"no period: hourly below {HOURLY_BELOW} {code}, "
    return None, ""


def yearly_amount(salary: BaseSalary) -> Decimal | None:
    """Midpoint per year in the salary's own currency: that of `annualize`, or None.

    >>> yearly_amount(BaseSalary(Decimal(40), Decimal(50), "GBP", "HOUR"))
    Decimal('93600')
    """
    yearly = annualize(salary)
    return yearly.midpoint if yearly else None
