"""Amounts: numbers with the currency and the multiplier beside them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import amounts as module
from classifier.amounts import MOST_AMOUNTS, find_amounts, may_hold_dollars, may_hold_money
from classifier.currency_signs import SIGNS
from classifier.respelling import respell


def amounts(text: str) -> list[tuple[str, int, str | None]]:
    return [(str(a.number), a.times, a.sign) for a in find_amounts(respell(text))]


@pytest.mark.parametrize(
    ("text", "number", "times", "sign"),
    [
        ("$71,250", "71250", 1, "$"),
        ("71.250,80 €", "71250.80", 1, "EUR"),
        ("CHF 71'250", "71250", 1, "CHF"),
        ("71 250 zł", "71250", 1, "PLN"),
        ("₹7,12,500", "712500", 1, "INR"),
        ("€1.500", "1500", 1, "EUR"),
        ("€1.50", "1.50", 1, "EUR"),
        ("C$71K", "71", 1_000, "CAD"),
        ("US$ 71k", "71", 1_000, "USD"),
        ("$71k AUD", "71", 1_000, "AUD"),
        ("NZD $71k", "71", 1_000, "NZD"),
        ("Rs 7 lakh", "7", 100_000, "INR"),
        ("1.2 crore", "1.2", 10_000_000, "INR"),
        ("７１０万円", "710", 10_000, "JPY"),
        ("710万", "710", 10_000, "万"),
        ("$3500k", "3500", 1, "$"),
        ("71000 kr", "71000", 1, "KR"),
    ],
)
def test_amount(text: str, number: str, times: int, sign: str | None) -> None:
    assert amounts(text) == [(number, times, sign)]


@pytest.mark.parametrize(
    "text",
    ["", "utf8 €", "a pension of 12%", "version 4", "$", "k", "twelve thousand euros", "1.2.3.4"],
)
def test_no_amount(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("$4 million", "millions"),
        ("$4bn", "millions"),
        ("$40,0000", "a group of four digits"),
        ("£0207", "no number or a phone number"),
        ("$40,000", None),
    ],
)
def test_slip(text: str, slip: str | None) -> None:
    assert [a.slip for a in find_amounts(text)] == [slip]


def test_the_span_covers_sign_and_multiplier() -> None:
    text = "earn US$ 71k a year"
    (amount,) = find_amounts(text)
    assert text[amount.start : amount.end] == "US$ 71k"
    assert amount.value == 71_000


def test_a_text_has_at_most_so_many_amounts() -> None:
    assert len(amounts("$5,000 " * (MOST_AMOUNTS + 9))) == MOST_AMOUNTS


@pytest.mark.parametrize(
    "text", ["$5", "120k", "EUR 40", "12 LPA", "40 an hour", "７０００円", "£9"]
)
def test_money_is_seen_at_a_glance(text: str) -> None:
    assert may_hold_money(text)


@pytest.mark.parametrize("text", ["", "a team of 12", "5 years", "at 9 or 10", "room 301"])
def test_most_texts_have_no_money(text: str) -> None:
    assert not may_hold_money(text)


@settings(deadline=None, max_examples=200)
@given(st.integers(1, 10**7), st.sampled_from(["$", "€", "CHF ", "£"]), st.sampled_from(",.' "))
def test_every_separator_gives_the_same_number(value: int, sign: str, mark: str) -> None:
    (amount,) = find_amounts(f"{sign}{value:,}".replace(",", mark))
    assert amount.value == Decimal(value)
    assert amount.sign == SIGNS[sign.strip().upper()]


def near_money_of_all(text: str) -> list[tuple[int, int]]:
    """Numbers near a sign of money, of all the numbers of the text."""
    hints = [hint.start() for hint in module._HINT.finditer(text)]
    return [
        number.span()
        for number in module._NUMBER.finditer(text)
        if any(number.start() - 16 <= hint <= number.end() + 40 for hint in hints)
    ]


PIECES = (
    *(
        "1",
        "12",
        "345",
        "1,234",
        "12 345 678",
        "9.5",
        "0",
        "$",
        "€",
        "40 EUR",
        "50k",
        "%",
        "x",
        " ",
    ),
    *(" " * 13, "." * 16, "a" * 39, "a" * 41, "1 " * 30, "1,2," * 9, "123 456 789 " * 4, "'", ","),
)


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_numbers_looked_for_around_the_signs_are_all_that_are_near(text: str) -> None:
    assert [match.span() for match in module._near_money(text)] == near_money_of_all(text)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            ("US$", "$", "＄", "Dollars", "DOLLARſ", "dollar", "40", "k", " ", "€", "CAD")
        ),
        max_size=6,
    ).map("".join)
)
def test_no_dollar_where_none_is_seen(text: str) -> None:
    signs = {amount.sign for amount in find_amounts(respell(text))}
    assert "$" not in signs or may_hold_dollars(text)


@pytest.mark.parametrize("text", ["50 dollarſ", "＄50", "50 DOLLARS", "$50"])
def test_dollars_are_seen(text: str) -> None:
    assert [amount.sign for amount in find_amounts(respell(f"€1, {text}"))] == ["EUR", "$"]
    assert may_hold_dollars(text)


@pytest.mark.parametrize(
    ("text", "sign"),
    [("50 \N{KELVIN SIGN}č", "CZK"), ("50,000 leİ", "RON"), ("IN\N{KELVIN SIGN}R 50", None)],
)
def test_odd_letters_are_those_they_are_taken_for(text: str, sign: str | None) -> None:
    assert [amount.sign for amount in find_amounts(f"$1 {text}")] == ["$", sign]


WRITTEN = st.lists(
    st.sampled_from([
        *("k", "K", "T", "tsd.", "lakh", "LPA", "cr", "m", "mio", "million", "bn", "EUR", "eur"),
        *("€", "$", "US$", "kr", "Kr.", "zł", "R", "R$", "rs", "万", "円", "ſ", "č", "("),
        *("USD", "_", "-", "/"),
        *(" ", "  ", "\n", "to", "an hour", "5", "40", "1 234", "65,000", "2%", "people", "x" * 50),
    ]),
    max_size=12,
).map("".join)  # fmt: skip


@given(WRITTEN)
def test_numbers_near_are_all_near_a_sign(text: str) -> None:
    hints = [hint.start() for hint in module._HINT.finditer(text)]
    near = [
        one.span()
        for one in module._NUMBER.finditer(text)
        if any(one.start() - 16 <= hint <= one.end() + 40 for hint in hints)
    ]
    assert [one.span() for one in module._numbers_near(text, None)] == near
