"""Tables of cleaning: characters, tags and entities as clean.py has them."""

import html
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.clean import BREAKS, KNOWN_NAMES, plain_characters
from classifier.clean_tables import LOOKED_AT, MARKS, clean_tables
from classifier.compiled_plain import ACTION, BREAK, DROP, KEEP, TO_BLANK
from classifier.compiled_tags import find_tag


@given(st.characters(exclude_categories=["Cs"]))
@settings(deadline=None)
def test_a_character_becomes_what_it_becomes_alone(character: str) -> None:
    action = clean_tables().action[ord(character)] & ACTION
    becomes = {KEEP: character, BREAK: "\n", TO_BLANK: " ", DROP: ""}
    if action in becomes:  # others are left to clean.py
        assert plain_characters(character) == becomes[action]


def test_characters_that_are_not_looked_at_stay() -> None:
    ends = [0, *(end for part in LOOKED_AT for end in part), sys.maxunicode + 1]
    for first, last in zip(ends[::2], ends[1::2], strict=True):
        text = "".join(map(chr, range(first, last)))
        assert plain_characters(text) == text
        assert unicodedata.is_normalized("NFC", text)
        assert not {unicodedata.category(character)[0] for character in text} & {"M", "Z"}


@pytest.mark.parametrize("name", [*KNOWN_NAMES, "wbr", "blockquotes", "LI"])
def test_a_tag_puts_what_it_puts(name: str) -> None:
    tables, text = clean_tables(), np.frombuffer(name.encode(), np.uint8)
    row = find_tag(tables.tags, text, 0, len(text))
    if name.lower() not in KNOWN_NAMES:
        assert row == -1
    else:
        expected = [MARKS[BREAKS.get(slash + name.lower())] for slash in ("", "/")]
        assert tables.marks[row, :2].tolist() == expected


def test_an_entity_is_no_longer_than_its_name() -> None:
    tables = clean_tables()
    words, ends = tables.entities, tables.value_starts
    assert len(words.starts) > 2000
    for i in range(len(words.starts) - 1):
        name = words.text[words.starts[i] : words.starts[i + 1]].tobytes().decode()
        value = tables.values[ends[i] : ends[i + 1]].tobytes().decode()
        assert html.unescape(f"&{name};") == value
        assert len(value.encode()) <= len(name) + 2
