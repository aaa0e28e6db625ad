"""Strings of JSON in machine code: their sizes, and what is written."""

import json

import numpy as np
import pytest
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.compiled_quotes import put_column, put_text, text_size


def quoted(text: str) -> str:
    """Text as a string without quotes; it fills its room, and nothing behind is touched."""
    data, end = bytes_of(text), len(text.encode())
    size = text_size(data, 0, end)
    out = np.full(size + 9, 7, np.uint8)
    assert put_text(data, 0, end, out, 0) == size
    assert set(out[size:].tolist()) == {7}
    return bytes(out[:size]).decode()


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\t\x00 a')))
@settings(deadline=None)
def test_a_text_is_read_again_as_it_was(text: str) -> None:
    assert json.loads(f'"{quoted(text)}"') == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("eight888", "eight888"),
        ('"', '\\"'),
        ("a\\b/c", "a\\\\b/c"),
        ("\b\f\n\r\t", "\\b\\f\\n\\r\\t"),
        ("\x00\x0b\x1f\x7f", "\\u0000\\u000b\\u001f\x7f"),
        ("é\u2028", "é\u2028"),
    ],
)
def test_what_is_escaped(text: str, expected: str) -> None:
    assert quoted(text) == expected


def test_a_column_is_put_behind_what_its_rows_have() -> None:
    out, places = np.zeros(20, np.uint8), np.array([0, 10], np.int64)
    starts, valid = np.array([0, 1, 1], np.int64), np.array([1, 0], np.uint8)
    key, data = bytes_of(",k:")[:3], bytes_of("1")
    put_column(key, data, starts, valid, False, out, places)
    assert (bytes(out[:4]), bytes(out[10:17])) == (b",k:1", b",k:null")
    assert places.tolist() == [4, 17]
