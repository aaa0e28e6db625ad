"""Numbers in small texts: none that an expression needs is missed."""

import pytest
from buffers import cased_bytes, small_bytes
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.amounts import _HINT
from classifier.compiled_numbers import may_be_money, starts_number
from classifier.compiled_small import FRONT

PIECES = st.sampled_from(
    [
        *("5", "40", "1234", "12345", "1,234", "1 234", "1'234", ".", ",", " ", "  ", "+", "$"),
        *("/", "EUR", "USD", "k", "K", "LPA", "lac", "lakh", "cr", "a ", "an ", "p.h.", "pa"),
        *("p a", "TEUR", "kEUR", "hourly", "daily", "Weekly", "kr", "Ft", "lei", "Euro", "x"),
        *("pounds", "dollars"),
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join))
@settings(deadline=None, max_examples=500)
def test_no_hint_of_money_is_missed(text: str) -> None:
    small, cased = small_bytes(text), cased_bytes(text)
    for match in _HINT.finditer(text):
        assert may_be_money(small, cased, FRONT + match.start())


@pytest.mark.parametrize(
    ("before", "text", "may"),
    [
        *(
            ("", text, False)
            for text in (
                "5 years",
                "10 people",
                "2024",
                "3 of",
                "5)",
                "5 sek",
                "30 days",
                "5 weeks",
            )
        ),
        *(("", text, True) for text in ("4/", "5 EUR", "5k", "5 euro", "5 daily", "5 Weekly")),
        *(("top ", "5", False), ("eur ", "5", False), ("EUR ", "5", True), ("Eur ", "5", False)),
    ],
)
def test_most_numbers_are_no_hint(before: str, text: str, may: bool) -> None:
    place = FRONT + len(before)
    assert may_be_money(small_bytes(before + text), cased_bytes(before + text), place) == may


@pytest.mark.parametrize(
    ("before", "may"), [(" ", True), ("(", True), ("$", False), ("x", False), ("-", False)]
)
def test_a_number_of_years_is_no_part_of_another(before: str, may: bool) -> None:
    assert starts_number(small_bytes(before + "5"), FRONT + 1) == may
