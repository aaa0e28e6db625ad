"""What compiled functions stand on: characters and words as Python knows them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import __version__ as version

from classifier.code_folder import PACKAGE, code_folder
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


def test_code_is_kept_in_the_folder_of_its_sources() -> None:
    stats: Any = decode  # mypy sees the function, not what it is compiled to
    kept = Path(stats.stats.cache_path).parent
    assert kept == code_folder(PACKAGE / "machine.py", f"numba {version}")
