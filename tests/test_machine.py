"""What compiled functions stand on: characters and words as Python knows them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.machine import (
    Bytes,
    compiled,
    decode,
    encode,
    keep_bytes,
    load_bytes,
    lower_run,
    pack,
    step_back,
)


@compiled
def read_run(data: Bytes) -> tuple[np.uint64, int]:
    """First eight bytes, which only compiled code can load."""
    eight, n = lower_run(load_bytes(data, 0))
    return keep_bytes(eight, n), n


def bytes_of(text: str) -> Bytes:
    return np.frombuffer(text.encode() + b"\0" * 16, np.uint8)


@given(st.characters(exclude_categories=["Cs"]))
@settings(deadline=None)
def test_characters_are_read_and_written_as_utf8(character: str) -> None:
    data, n = bytes_of("é" + character), len(character.encode())
    assert decode(data, 2) == (ord(character), 2 + n)
    assert step_back(data, 2 + n) == 2
    written = np.zeros(5, np.uint8)
    assert encode(ord(character), written, 1) == 1 + n
    assert bytes(written[1 : 1 + n]).decode() == character


@given(st.lists(st.integers(0, 255), min_size=8, max_size=8))
@settings(deadline=None)
def test_a_run_of_letters_and_digits(values: list[int]) -> None:
    data = np.array([*values, 0], np.uint8)
    text = bytes(values).decode("latin-1")
    n = next((i for i, c in enumerate(text) if not (c.isascii() and c.isalnum())), 8)
    kept, found = read_run(data)
    assert found == n
    assert int(kept).to_bytes(8, "little") == text[:n].lower().encode().ljust(8, b"\0")


@pytest.mark.parametrize("word", ["a", "analysts", "pipelines", "responsibilities", "c++"])
def test_a_short_word_is_its_keys(word: str) -> None:
    keys = b"".join(int(key).to_bytes(8, "little") for key in pack(bytes_of(word), 0, len(word)))
    assert keys == word.encode().ljust(16, b"\0")
