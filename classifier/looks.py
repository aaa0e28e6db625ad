"""Quick looks at many texts at once: tables for `compiled_looks`, and what it finds.

Needs numba, by what it imports; `rows` asks first.
"""

import sys
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise, product

import numpy as np

from classifier.amounts import BEFORE, BEHIND, MONEY_SIGNS
from classifier.characters import letters
from classifier.compiled_ascii import is_name
from classifier.compiled_looks import (
    AMOUNT,
    AWAY,
    FIELD_END,
    KINDS,
    NUMBER,
    PLACE,
    ROLE_START,
    UNIT,
    WINDOW_BITS,
    WORD,
    LookTables,
    Phrases,
    find_marks,
    window_hash,
)
from classifier.compiled_money_lines import TOLD, find_lines
from classifier.compiled_numbers import is_number
from classifier.compiled_signs import BE, DAYS, DEGREE, IS, JOB, NO, THIS, WILL, Ends
from classifier.compiled_small import (
    DIGIT,
    FRONT,
    LETTER,
    MONEY,
    NUMBERED,
    OTHER,
    SPACE,
    Codes,
    make_small,
)
from classifier.compiler import SLACK
from classifier.experience import NUMBERS, UNIT_WORDS
from classifier.levels import FIELD_ENDS, ROLE_STARTS
from classifier.machine import DIGIT as IS_DIGIT
from classifier.machine import SPACE as IS_SPACE
from classifier.machine import Bytes, Ints, Keys, Longs
from classifier.pay_lines import SIGN_WORDS
from classifier.places import looked_for
from classifier.quick import ODD_LETTERS, Look, plain
from classifier.remote_work import AWAY_SIGNS, DEGREES, JOBS, PLACE_SIGNS
from classifier.respelling import COUNTED, ENTITY_PARTS

_NOT_ASCII = range(OTHER, OTHER + 8)
_LONGEST = 16  # bytes of a phrase that are looked at
_WILD = "?"  # in a phrase: what `quick.OTHER` stands for in a plain text
_END = "\0"  # behind a phrase of two letters: what is no part of a word
_ENDS = (
    (IS, ("is",)),
    (BE, ("be",)),
    (DAYS, ("days",)),
    (THIS, ("this",)),
    (WILL, ("will", "can")),
    (NO, ("no", "not", "isn't", "isn?t")),
    (JOB, JOBS),
    (DEGREE, (":", *(word + dash for word in DEGREES for dash in ("", "-")))),
)
_BEHIND = ((JOB, (*JOBS, "work?is")),)
_Spelled = tuple[Bytes, Bytes]  # bytes of a phrase, and the bits of them that count


def look(data: Bytes, offsets: Longs) -> list[Look | None]:
    """Looks at texts of UTF-8 with some bytes behind them; None where `re` has to look itself.

    That is where a letter stands that `re` takes for an ASCII one.
    """
    n = len(offsets) - 1
    if not n:
        return []
    small, cased, starts = _room(len(data) + n), _room(len(data) + n), np.zeros(n + 1, np.int64)
    counted, words = np.zeros(n, np.int64), np.zeros(n, np.int64)
    make_small(character_codes(), data, offsets, small, cased, starts, counted)
    bounds = np.zeros((n + 1, KINDS), np.int64)
    out = np.empty((KINDS, int(starts[-1])), np.int32)  # of which the least part is touched
    find_marks(look_tables(), small, cased, starts, out, bounds[1:], words)
    places_of = [_cut(places, ends) for places, ends in zip(out, bounds.T, strict=True)]
    signs = map(_odd_of, counted.tolist()), map(_words_of, words.tolist())
    lines = _lines_of(small, starts, out[AMOUNT], np.ascontiguousarray(bounds[:, AMOUNT]))
    found = zip(*places_of, *signs, lines, strict=True)
    return [one if one.odd else None for one in map(Look._make, found)]


def _lines_of(small: Bytes, starts: Longs, amounts: Ints, ends: Longs) -> list[list[int]]:
    """What is told of the lines with amounts of each text."""
    told, bounds = np.empty((int(ends[-1]), TOLD), np.int32), np.zeros(len(ends), np.int64)
    find_lines(_sign_words(), BEFORE, BEHIND, small, starts, amounts, ends, told, bounds)
    return _cut(told.ravel(), TOLD * bounds)


def _cut(places: Ints, bounds: Longs) -> list[list[int]]:
    """Places of each text."""
    ends = bounds.tolist()
    every = places[: ends[-1]].tolist()
    return [every[i:j] for i, j in pairwise(ends)]


def _room(n: int) -> Bytes:
    small = np.empty(FRONT + n + SLACK, np.uint8)
    small[:FRONT] = small[-SLACK:] = ord("\n")
    return small


@lru_cache(maxsize=4096)
def _odd_of(bits: int) -> frozenset[str]:
    """Characters of some bits, none for -1; the tab is ASCII, which is not counted."""
    if bits < 0:
        return frozenset()
    return frozenset("\t") | {c for i, c in enumerate(counted_characters()) if bits >> i & 1}


@lru_cache(maxsize=4096)
def _words_of(bits: int) -> frozenset[str]:
    return frozenset(word for i, word in enumerate(_listed()) if bits >> i & 1)


# --- Tables ---


@cache
def _sign_words() -> Keys:
    """Words that are a part of an amount, packed as `compiled_money_lines` does it."""
    words = (word.lower() for word in SIGN_WORDS if word.isascii())
    return np.array([int.from_bytes(word.encode(), "big") for word in words], np.uint64)


@cache
def _listed() -> tuple[str, ...]:
    """Words that are listed, by the number of their bit."""
    return (*looked_for(), *ENTITY_PARTS)


def counted_characters() -> str:
    """Characters that are counted, by the number of their bit, from 1 on."""
    return "\0" + "".join(one for one in COUNTED if not one.isascii())


@cache
def character_codes() -> Codes:
    """Code of each character for `compiled_small`."""
    kind = letters().kind
    codes = np.full(sys.maxunicode + 1, OTHER, np.uint16)
    codes[kind & IS_SPACE != 0] |= SPACE
    codes[kind & IS_DIGIT != 0] |= DIGIT
    for one in MONEY_SIGNS:
        codes[ord(one)] |= MONEY
    for i, one in enumerate(counted_characters()):
        codes[ord(one)] |= i << NUMBERED
    for one in ODD_LETTERS:
        codes[ord(one)] = LETTER
    return codes


@cache
def look_tables() -> LookTables:
    """What the modules look for, each in its own text of `quick.plain`."""
    phrases = [
        *((FIELD_END, phrase) for phrase in FIELD_ENDS),
        *((ROLE_START, phrase) for phrase in ROLE_STARTS),
        *((UNIT, phrase) for phrase in UNIT_WORDS),
        *((NUMBER, phrase) for phrase in NUMBERS[1:]),
        *((AWAY, phrase) for phrase in AWAY_SIGNS),
        *((PLACE, phrase) for phrase in PLACE_SIGNS),
        *((WORD, phrase) for phrase in _listed()),
    ]
    return LookTables(_phrases(phrases), _ends(_ENDS, last=True), _ends(_BEHIND, last=False))


def _spell(phrase: str) -> _Spelled:
    """Bytes of a phrase that are compared: of a wild one only that it is not ASCII, or nothing."""
    text = np.frombuffer(plain(phrase).encode(), np.uint8)
    mask = np.where(text == ord(_WILD), 0, 0xFF).astype(np.uint8)
    return text & mask, mask


def _packed(spelled: Iterable[_Spelled], size: int, *, last: bool = False) -> tuple[Keys, Keys]:
    """Phrases and their masks as rows of eight bytes each, from the first on or to the last."""
    pairs = list(spelled)
    rows = np.zeros((2, len(pairs), size), np.uint8)
    for i, pair in enumerate(pairs):
        for j, part in enumerate(pair):
            part = part[-size:] if last else part[:size]
            where = slice(size - len(part), size) if last else slice(len(part))
            rows[j, i, where] = part
    keys, masks = rows.view(np.uint64)
    return keys, masks


def _ends(groups: Iterable[tuple[int, Iterable[str]]], *, last: bool) -> Ends:
    pairs = [(bit, word) for bit, words in groups for word in words]
    keys, masks = _packed((_spell(word) for _, word in pairs), 8, last=last)
    return Ends(keys.ravel(), masks.ravel(), np.array([bit for bit, _ in pairs], np.int32))


def _phrases(phrases: Sequence[tuple[int, str]]) -> Phrases:
    """Table of phrases, a list for each hash of the bytes that some of them begin with."""
    listed: dict[int, list[int]] = {}
    for number, (_, phrase) in enumerate(phrases):
        for place in _windows(phrase):
            listed.setdefault(place, []).append(number)
    lists = {numbers: i for i, numbers in enumerate({tuple(one): 0 for one in listed.values()}, 1)}
    windows = np.zeros(2**WINDOW_BITS, np.uint8)
    for place, numbers in listed.items():
        windows[place] = lists[tuple(numbers)]
    order = [number for numbers in lists for number in numbers]
    keys, masks = _packed((_spell(phrases[i][1]) for i in order), _LONGEST)
    return Phrases(
        np.array([is_number(c) for c in range(256)], np.uint8),
        windows,
        np.fromiter(accumulate([0, *map(len, lists)], initial=0), np.int32),
        keys,
        masks,
        np.array([len(phrases[i][1]) for i in order], np.int32),
        np.array([phrases[i][0] for i in order], np.int32),
        np.array([_bit(*phrases[i]) for i in order], np.int32),
    )


def _windows(phrase: str) -> set[int]:
    """Hashes of all three bytes that a phrase can begin with."""
    every = product(*map(_bytes_for, phrase[:3].ljust(3, _END)))
    return {
        int(window_hash(np.frombuffer(bytes(three) + bytes(5), np.uint64)[0])) for three in every
    }


def _bytes_for(character: str) -> list[int]:
    """What may stand for a character of a phrase."""
    if character == _WILD:
        return [ord(_WILD), *_NOT_ASCII]
    if character == _END:
        return [c for c in (*range(0x80), *_NOT_ASCII) if not is_name(c)]
    return [ord(character)]


def _bit(kind: int, phrase: str) -> int:
    return _listed().index(phrase) if kind == WORD else 0
