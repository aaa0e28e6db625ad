"""Tables of `compiled_clean`, made from what clean.py says.

Needs numba, by what it imports; `reading` asks first.
"""

import html.entities
import re
import sys
import unicodedata
from functools import cache
from itertools import accumulate

import numpy as np

from classifier.characters import letters, word_table
from classifier.clean import (
    BLOCK_NAMES,
    BREAKS,
    KNOWN_NAMES,
    MOJIBAKE_LEAD,
    MOJIBAKE_TAIL,
    ODD_CHARACTER,
    plain_characters,
)
from classifier.compiled_clean import CleanTables
from classifier.compiled_entities import LONGEST_ENTITY
from classifier.compiled_hidden import UNSEEN_NAMES
from classifier.compiled_plain import BREAK, DROP, KEEP, LEAD, ODD_ONE, TAIL, TO_BLANK
from classifier.compiled_tags import (
    BR,
    BULLET,
    IS_BLOCK,
    IS_ITEM,
    IS_KNOWN,
    IS_UNSEEN,
    LINE,
    PARAGRAPH,
    TAG_SLOTS,
    TEXT,
    add_tag,
)
from classifier.machine import Bytes, Keys

MARKS = {None: TEXT, "\n": LINE, "\n- ": BULLET, "\n\n": PARAGRAPH, " \n": BR}
MARKS_AND_SPACES = frozenset(("Mn", "Mc", "Me", "Zs"))
JAMO = range(0x1100, 0x1200)  # parts of Korean syllables, which join with what stands before
# Between these, characters stay as they are: Chinese, Tangut and whole Korean syllables, those for
# private use, and what is not assigned.
LOOKED_AT = (
    *((0, 0x3400), (0x4DC0, 0x4E00), (0xA000, 0xAC00), (0xD7A4, 0xE000), (0xF900, 0x17000)),
    *((0x18D00, 0x20000), (0x2F800, 0x30000), (0xE0000, 0xE1000)),
)


@cache
def clean_tables() -> CleanTables:
    """What clean.py makes of characters, tags and entities."""
    entities = _entities()
    values = [value.encode() for value in entities.values()]
    tags, marks = _tags()
    return CleanTables(
        action=_actions(),
        kind=letters().kind,
        tags=tags,
        marks=marks,
        entities=word_table(entities),
        values=np.frombuffer(b"".join(values), np.uint8),
        value_starts=np.fromiter(accumulate(map(len, values), initial=0), np.int32),
    )


def _tags() -> tuple[Keys, Bytes]:
    """Hash table of the names of tags, and what each of them does."""
    tags = np.zeros((TAG_SLOTS, 2), np.uint64)
    marks = np.zeros((TAG_SLOTS, 3), np.uint8)
    for name in {*KNOWN_NAMES, *UNSEEN_NAMES}:
        row = add_tag(tags, np.frombuffer(name.encode(), np.uint8))
        bits = IS_BLOCK * (name in BLOCK_NAMES) | IS_ITEM * (name == "li")
        bits |= IS_UNSEEN * (name in UNSEEN_NAMES) | IS_KNOWN * (name in KNOWN_NAMES)
        marks[row] = MARKS[BREAKS.get(name)], MARKS[BREAKS.get(f"/{name}")], bits
    return tags, marks


def _entities() -> dict[str, str]:
    """Names of `html.unescape` that are no shorter than what they stand for."""
    return {
        name[:-1]: value
        for name, value in html.entities.html5.items()
        if name.endswith(";")
        and len(name) <= LONGEST_ENTITY + 1
        and len(value.encode()) <= len(name) + 1
    }


@cache
def _actions() -> Bytes:
    """What `plain_characters` makes of a character by itself, and its part in mojibake."""
    actions = np.full(sys.maxunicode + 1, KEEP, np.uint8)
    for first, last in LOOKED_AT:
        for character in _not_kept("".join(map(chr, range(first, last)))):
            actions[ord(character)] = _action(character)
    near = "".join(map(chr, range(0x3000)))  # no sign is beyond
    for sign, bit in ((MOJIBAKE_LEAD, LEAD), (MOJIBAKE_TAIL, TAIL)):
        actions[[ord(found) for found in re.findall(sign, near)]] |= bit
    return actions


def _not_kept(text: str) -> set[str]:
    """Characters of a text for which `_action` can be another than `KEEP`."""
    joined = {
        one
        for one in text
        if unicodedata.category(one) in MARKS_AND_SPACES
        or not unicodedata.is_normalized("NFC", one)
    }
    return joined.union(ODD_CHARACTER.findall(text), set(text) & {"\n", *map(chr, JAMO)})


def _action(character: str) -> int:
    if character in "\n\r\v\f\u2028\u2029":
        return BREAK
    if unicodedata.category(character) == "Zs" or character == "\t":
        return TO_BLANK
    if ODD_CHARACTER.match(character):
        return ODD_ONE if plain_characters(character) else DROP
    joins = unicodedata.category(character)[0] == "M" or ord(character) in JAMO
    return ODD_ONE if joins or not unicodedata.is_normalized("NFC", character) else KEEP
