"""Amounts in another currency, by the mean rate of a year.

The rates are the European Central Bank's euro reference rates, averaged over each year
(exchange_rates.csv, written by scripts/build_exchange_rates.py). Nothing is fetched.
"""

import csv
from decimal import Decimal
from functools import cache
from importlib.resources import files

from classifier.errors import InputError


def exchange_rate(currency: str, to: str, year: int) -> Decimal | None:
    """Units of `to` for one unit of `currency`, mean of a year; None if there is no such rate.

    Parameters
    ----------
    currency, to : str
        ISO 4217.
    year : int
        A year before the first or after the last of the table has no rate; the present year's is
        the mean of the months that the table has.

    Examples
    --------
    >>> exchange_rate("GBP", "USD", 2024).quantize(Decimal("0.001"))
    Decimal('1.278')
    >>> exchange_rate("USD", "USD", 1990)
    Decimal('1')
    >>> exchange_rate("XXX", "USD", 2024) is None
    True
    """
    if currency == to:
        return Decimal(1)
    rates = _rates()
    per_euro, to_per_euro = rates.get((year, currency)), rates.get((year, to))
    return to_per_euro / per_euro if per_euro and to_per_euro else None


def check_currency(code: str) -> str:
    """ISO 4217 code in capitals.

    Raises
    ------
    InputError
        If the table has no rate of it.

    >>> check_currency("eur")
    'EUR'
    """
    known = sorted({currency for _, currency in _rates()})
    if code.upper() not in known:
        raise InputError(f"no exchange rates for {code!r}; there are those of {', '.join(known)}")
    return code.upper()


@cache
def _rates() -> dict[tuple[int, str], Decimal]:
    """Units of a currency for a euro, by year and currency: read when first asked for."""
    text = files("classifier").joinpath("exchange_rates.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    rates = {(int(row["year"]), row["currency"]): Decimal(row["per_euro"]) for row in rows}
    return rates | {(int(row["year"]), "EUR"): Decimal(1) for row in rows}
