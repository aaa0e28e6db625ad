"""Tables of characters and words: what the methods of str say."""

import sys

import numpy as np
import pytest

from classifier.characters import PLANES, letters, room_for, word_table
from classifier.machine import find_word, pack


def test_letters_are_those_of_python() -> None:
    found = letters()
    for character in "aZ0_ ²½é機Σ\u2003\u200b٣":
        kind = found.kind[ord(character)]
        assert bool(kind & 1) == character.isalnum()
        assert bool(kind & 2) == character.isspace()
        assert bool(kind & 8) == character.isdecimal()
    assert found.shift[ord("Ä")] == ord("ä") - ord("Ä")
    assert [chr(i) for i in np.flatnonzero(found.kind & 4)] == ["İ", "Σ"]


@pytest.mark.parametrize("first", range(0, sys.maxunicode, 2**16))
def test_planes_without_letters_are_left_out(first: int) -> None:
    characters = list(map(chr, range(first, first + 2**16)))
    has_any = any(c.isalnum() or c.isspace() or c.lower() != c for c in characters)
    assert has_any <= (first in PLANES)


def test_every_word_has_its_place() -> None:
    words = ["go", "c++", "a" * 8, "a" * 9, "b" * 30, "é"]
    table = word_table(words)
    for i, word in enumerate([*words, "no", "b" * 31]):
        text = np.frombuffer(word.encode() + b"\0", np.uint8)
        n = len(word.encode())
        key, rest = map(np.uint64, pack(text, 0, n))
        found = find_word(table.slots, table.keys, table.starts, table.text, key, rest, text, n)
        assert found == (i if i < len(words) else -1)


def test_a_hash_table_has_room() -> None:
    assert [room_for(n) for n in (0, 1, 2, 5, 1000)] == [1, 2, 4, 8, 2048]
