"""Exchange rates: what the table has, and what it does not."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from classifier.errors import InputError
from classifier.exchange import check_currency, exchange_rate

TABLE = Path(__file__).parents[1] / "classifier" / "exchange_rates.csv"


@pytest.mark.parametrize(
    ("currency", "to", "year", "rate"),
    [
        ("EUR", "EUR", 2024, "1"),
        ("EUR", "USD", 2024, "1.08238"),
        ("USD", "EUR", 2024, "0.9239"),
        ("GBP", "USD", 2020, "1.2838"),
        ("GBP", "INR", 2023, "102.67"),
        ("XYZ", "XYZ", 1900, "1"),
    ],
)
def test_rate(currency: str, to: str, year: int, rate: str) -> None:
    found = exchange_rate(currency, to, year)
    assert found is not None
    assert abs(found - Decimal(rate)) < Decimal("0.005")


@pytest.mark.parametrize(
    ("currency", "to", "year"),
    [("EUR", "USD", 1998), ("USD", "GBP", 2099), ("XYZ", "USD", 2024), ("USD", "XYZ", 2024)],
)
def test_no_rate(currency: str, to: str, year: int) -> None:
    assert exchange_rate(currency, to, year) is None


def test_there_and_back_is_the_same() -> None:
    there, back = exchange_rate("CHF", "PLN", 2022), exchange_rate("PLN", "CHF", 2022)
    assert there
    assert back
    assert abs(there * back - 1) < Decimal("1e-20")


def test_every_row_is_a_mean_of_most_of_a_year() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {int(row["year"]) for row in rows} == set(range(2015, 2027))
    for row in rows:
        assert Decimal(row["per_euro"]) > 0
        assert 120 <= int(row["n_days"]) <= 262
        assert len(row["currency"]) == 3
        assert row["currency"].isupper()
    assert len({(row["year"], row["currency"]) for row in rows}) == len(rows)


def test_an_unknown_currency_is_named() -> None:
    assert check_currency("gbp") == "GBP"
    with pytest.raises(InputError, match=r"no exchange rates for 'euro'; there are those of AUD,"):
        check_currency("euro")
