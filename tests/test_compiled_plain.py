"""Characters and lines in machine code: those of clean.py."""

import re

import numpy as np
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.clean import MOJIBAKE_SIGN, plain_characters, plain_lines
from classifier.clean_tables import clean_tables
from classifier.compiled_plain import find_odd, plain_text

PIECES = (
    *("a", "Build robots", "é", "日", "😀", "\x7f", "\x00", "\xad", "\u200b", "\ufeff", "x" * 9),
    *(" ", "  ", "\xa0", "\t", "\n", "\r\n", "\r", "\x0b", "\u2028", "\n\n\n", " \n ", "\u3000"),
)
DROPPED = ("\x7f", "\x00", "\xad", "\u200b", "\ufeff")
ODD = ("e\u0301", "\x80", "Ã©", "Ã", "©")


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@settings(deadline=None, max_examples=500)
def test_characters_and_lines_are_those_of_the_reference(text: str) -> None:
    data = bytes_of(text)
    n, *odd = plain_text(clean_tables().action, data, 0, len(text.encode()), data)
    assert data[:n].tobytes().decode() == plain_lines(plain_characters(text))
    assert odd == [False, any(mark in text for mark in DROPPED)]


def test_what_is_odd_is_said() -> None:
    for text, odd in {"a e\u0301": [True, False], "Ã\xad©": [False, True]}.items():
        data = bytes_of(text)
        assert [*plain_text(clean_tables().action, data, 0, len(text.encode()), data)[1:]] == odd


@given(st.lists(st.sampled_from((*PIECES, *ODD)), max_size=20).map("".join))
@settings(deadline=None, max_examples=500)
def test_odd_lines_and_words_are_found(text: str) -> None:
    data, pieces = bytes_of(text), np.zeros((len(text) + 1, 2), np.int64)
    for in_lines, odd in ((True, MOJIBAKE_SIGN), (False, re.compile("[\u0301\x80]"))):
        n = find_odd(clean_tables().action, data, len(text.encode()), in_lines, pieces)
        found = [data[start:stop].tobytes().decode() for start, stop in pieces[:n]]
        parts = re.split("\n" if in_lines else "[\n ]", text)
        assert found == [part for part in parts if odd.search(part)]
