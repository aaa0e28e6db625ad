"""Texts of one byte for each character: where what stands is seen as in the text."""

import sys
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.amounts import MONEY_SIGNS
from classifier.compiled_small import DIGIT, FRONT, LETTER, MONEY, OTHER, SPACE, make_small
from classifier.looks import character_codes, counted_characters
from classifier.quick import ODD_LETTERS, plain
from classifier.reading import as_strings
from classifier.respelling import COUNTED


def small(texts: list[str]) -> tuple[list[bytes], list[int]]:
    """Small texts, and the bits of the characters that are counted in each."""
    data, offsets = as_strings(texts)
    out, cased = np.full((2, FRONT + len(data) + len(texts)), ord("X"), np.uint8)
    starts, counted = np.zeros(len(texts) + 1, np.int64), np.zeros(len(texts), np.int64)
    make_small(character_codes(), data, offsets, out, cased, starts, counted)
    assert starts[0] == FRONT
    known = "\n".join(texts).encode("utf-8", "ignore").decode() + "\n"
    expected = [ord(c) if c.isascii() else OTHER for c in known]
    assert cased[starts[0] : starts[-1]].tolist() == (expected if texts else [])
    cut = [out[i:j].tobytes() for i, j in pairwise(starts)]
    assert all(one.endswith(b"\n") for one in cut)
    return [one[:-1] for one in cut], counted.tolist()


CHARACTERS = st.sampled_from([*COUNTED, *MONEY_SIGNS, *ODD_LETTERS, *"aZ@[`{5 \n?é機🙂٣"])


@given(st.lists(st.lists(CHARACTERS, max_size=20).map("".join) | st.text(), max_size=4))
@settings(deadline=None)
def test_small_texts_are_plain_ones(texts: list[str]) -> None:
    found, counted = small(texts)
    for text, one, bits in zip(texts, found, counted, strict=True):
        text = text.encode("utf-8", "ignore").decode()
        assert (
            "".join("?" if c >= OTHER else chr(c) for c in one)
            == "".join(character if character.isascii() else "?" for character in plain(text))
            or set(text) & ODD_LETTERS.keys()
        )
        assert (bits == -1) == bool(set(text) & ODD_LETTERS.keys())
        if bits >= 0:
            named = {c for i, c in enumerate(counted_characters()) if bits >> i & 1}
            assert named == {c for c in text if c in COUNTED and not c.isascii()}


def test_a_byte_tells_what_a_character_is() -> None:
    every = "".join(map(chr, [*range(0x80, 0xD800), *range(0xE000, sys.maxunicode + 1)]))
    (found,), _ = small([every])
    for character, code in zip(every, found, strict=True):
        if character in ODD_LETTERS:
            assert code == LETTER
            continue
        assert bool(code & SPACE) == character.isspace()
        assert bool(code & MONEY) == (character in MONEY_SIGNS)
        assert bool(code & DIGIT) == character.isdecimal()
        assert code >= OTHER
