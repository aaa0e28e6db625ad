"""Bytes of ASCII in machine code: what the methods of str say."""

import numpy as np
import pytest
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.compiled_ascii import (
    UNSURE,
    find_newline,
    is_digit,
    is_letter,
    is_name,
    is_space,
    move_bytes,
    n_characters,
    name_end,
    skip_spaces,
    small,
)


@pytest.mark.parametrize("code", range(128))
def test_a_byte_is_what_str_says(code: int) -> None:
    character = chr(code)
    assert is_space(code) == character.isspace()
    assert is_letter(code) == character.isalpha()
    assert is_digit(code) == character.isdigit()
    assert is_name(code) == (character.isalnum() or character == "_")
    assert small(code) == ord(character.lower())


@pytest.mark.parametrize(
    ("text", "name", "behind"),
    [("ab1 \t>", 3, 5), ("é", 0, UNSURE), ("", 0, 0), ("a é", 1, UNSURE)],
)
def test_names_and_spaces(text: str, name: int, behind: int) -> None:
    data, end = np.frombuffer(text.encode() + b"\0", np.uint8), len(text.encode())
    assert name_end(data, 0, end) == name
    assert skip_spaces(data, name, end) == behind


@given(st.text("ab é\n", max_size=40))
@settings(deadline=None)
def test_lines_and_characters(text: str) -> None:
    data, end = bytes_of(text), len(text.encode())
    line = (text + "\n").split("\n")[0]
    assert find_newline(data, 0, end) == len(line.encode())
    assert n_characters(data, 0, end) == len(text)


@given(st.binary(min_size=1, max_size=40), st.integers(0, 9))
@settings(deadline=None)
def test_bytes_move_to_the_left(text: bytes, shift: int) -> None:
    data = np.frombuffer(b"#" * shift + text + b"tail", np.uint8).copy()
    end = move_bytes(data, shift, shift + len(text), data, 0)
    assert (end, data[:end].tobytes()) == (len(text), text)
    assert data.tobytes().endswith(b"tail")
