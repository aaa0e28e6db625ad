"""Bytes of ASCII in machine code: what the methods of str say."""

import numpy as np
import pytest

from classifier.compiled_ascii import (
    UNSURE,
    is_digit,
    is_letter,
    is_space,
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
    assert small(code) == ord(character.lower())


@pytest.mark.parametrize(
    ("text", "name", "behind"),
    [("ab1 \t>", 3, 5), ("é", 0, UNSURE), ("", 0, 0), ("a é", 1, UNSURE)],
)
def test_names_and_spaces(text: str, name: int, behind: int) -> None:
    data, end = np.frombuffer(text.encode() + b"\0", np.uint8), len(text.encode())
    assert name_end(data, 0, end) == name
    assert skip_spaces(data, name, end) == behind
