"""Quick looks: they lose nothing."""

import re
import string
import sys

from hypothesis import given
from hypothesis import strategies as st

from classifier.quick import OTHER, matches_at, places, plain, starts_before


def test_whatever_is_taken_for_an_ascii_letter_is_that_letter() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    small = plain(every)
    assert len(small) == len(every)
    for letter in string.ascii_lowercase:
        found = re.finditer(letter, every, re.IGNORECASE)
        assert {small[match.start()] for match in found} == {letter}


def test_what_is_no_ascii_letter_stays_or_is_another_character() -> None:
    assert plain("A1 _\n$\N{KELVIN SIGN}ſıİ") == "a1 _\n$ksii"
    assert plain("é\u00a0–\ud800🙂") == OTHER * 5


@given(st.text(alphabet="aAbB ſé"))
def test_places_are_those_of_an_expression(text: str) -> None:
    expected = [match.start() for match in re.finditer("(?=ab|ba|aa)", text)]
    assert places(text, "ab", "ba", "aa") == expected
    assert places(text, "a") == [i for i, letter in enumerate(text) if letter == "a"]


@given(st.text(alphabet="ab "), st.sets(st.integers(0, 9)))
def test_matches_at_the_starts_are_those_anywhere(text: str, more: set[int]) -> None:
    pattern = re.compile(r"ab|ba+|a\b")
    starts = {match.start() for match in re.finditer(r"(?=ab|ba|a\b)", text)} | more
    found = matches_at(pattern, text, sorted(starts))
    assert [match.span() for match in found] == [m.span() for m in pattern.finditer(text)]


def test_starts_are_those_within_reach_of_a_hit() -> None:
    text = "1 22 x 3 x"
    starts = starts_before(text, re.finditer("x", text), re.compile(r"\d+"), reach=4)
    assert starts == [2, 7]
    assert starts_before(text, [], re.compile("."), reach=4) == []
