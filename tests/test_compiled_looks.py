"""Rules of quick looks against the expressions that they stand for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.amounts import _HINT
from classifier.compiled_looks import ends_field, may_be_money, may_lead, starts_number
from classifier.compiled_small import FRONT
from classifier.levels import _MARK
from classifier.machine import Bytes


def bytes_between(text: str) -> Bytes:
    """ASCII with bytes before and behind."""
    return np.frombuffer(b"\n" * FRONT + text.lower().encode() + b"\n" * 32, np.uint8)


def one_of(pieces: str) -> st.SearchStrategy[str]:
    return st.sampled_from(pieces.split("|"))


PIECES = one_of(
    "5|40|1234|12345|1,234|1 234|1'234|.|,| |  |+|$|/|EUR|USD|k|K|LPA|lac|lakh|cr|a |an |p.h.|pa"
    "|p a|TEUR|kEUR|hourly|daily|Weekly|kr|Ft|lei|Euro|pounds|dollars|x"
)


@given(st.lists(PIECES, max_size=8).map("".join))
@settings(deadline=None, max_examples=500)
def test_no_hint_of_money_is_missed(text: str) -> None:
    small = bytes_between(text)
    for match in _HINT.finditer(text):
        assert may_be_money(small, FRONT + match.start())


@pytest.mark.parametrize("text", ["5 years", "10 people", "2024", "3 of", "4/", "5)"])
def test_most_numbers_are_no_hint(text: str) -> None:
    assert may_be_money(bytes_between(text), FRONT) == (text == "4/")


@pytest.mark.parametrize("behind", [":", " :", "-", "  -", "?", "", " ", ".", " x:", "s:"])
def test_a_field_ends_in_a_mark(behind: str) -> None:
    found = ends_field(bytes_between(f"level{behind}"), FRONT + 5)
    assert found == bool(_MARK.match(f"level{behind}"))


@pytest.mark.parametrize(
    ("before", "sign", "may"),
    [
        *(("on-", "site", True), ("on", "site", True), ("the ", "office", True)),
        *(("our ", "office", True), ("in our", "office", True), ("head ", "office", False)),
        *(("web", "site", False), ("", "office-based", True), ("", "hybrid", True)),
    ],
)
def test_a_place_is_led_to(before: str, sign: str, may: bool) -> None:
    assert may_lead(bytes_between(before + sign), FRONT + len(before)) == may


@pytest.mark.parametrize(
    ("before", "may"), [(" ", True), ("(", True), ("$", False), ("x", False), ("-", False)]
)
def test_a_number_of_years_is_no_part_of_another(before: str, may: bool) -> None:
    assert starts_number(bytes_between(before + "5"), FRONT + 1) == may
