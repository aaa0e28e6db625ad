"""Quick looks of compiled code: the places of texts at which an expression can match at all.

Each rule may hold at more places than the expressions of the module that asks (amounts.py,
levels.py, experience.py, remote_work.py, places.py) match at, never at fewer. The texts are those
of `compiled_small`.
"""

from typing import NamedTuple

import numpy as np

from classifier.compiled_ascii import is_name, is_space
from classifier.compiled_numbers import is_figure, may_be_money, starts_number
from classifier.compiled_signs import Ends, begins_word, may_lead, may_tell
from classifier.compiled_small import OTHER
from classifier.machine import (
    PACKED,
    Bytes,
    Ints,
    Keys,
    Longs,
    Number,
    compiled,
    compiled_maker,
    load_bytes,
)

# What is looked for, each with its places: amounts of money, words at the end of a field of a
# level, starts of a statement of the role, numbers before a unit of years, signs of remote work.
KINDS = 5
AMOUNT, FIELD, ROLE, YEARS, REMOTE = range(KINDS)
WAITING = KINDS  # numbers that no unit of years follows yet
# Kinds of phrases: the first give the places of one of these, the others help to.
FIELD_END, ROLE_START, UNIT, NUMBER, AWAY, PLACE, WORD = range(7)
NUMERAL = -1
WINDOW_BITS = 14
REACH = 39  # of a unit of years: characters to the number before it


class Phrases(NamedTuple):
    """Phrases of up to 16 bytes in small letters, by the three that they begin with.

    Attributes
    ----------
    numbers : Bytes
        Whether a number or a sign of money begins with a byte.
    windows : Bytes
        Number of a list of phrases, under the hash of the three bytes; 0 is that of no phrase.
    starts : Ints
        Of each list, in the following.
    keys, masks : Keys
        (n, 2): the first and the second eight bytes of a phrase, and which of them count.
    lengths, kinds, bits : Ints
        What the phrase is, and the bit that tells which `WORD` it is.
    """

    numbers: Bytes
    windows: Bytes
    starts: Ints
    keys: Keys
    masks: Keys
    lengths: Ints
    kinds: Ints
    bits: Ints


class LookTables(NamedTuple):
    """What is looked for: phrases, ends of words, and the starts of those behind a sign."""

    phrases: Phrases
    ends: Ends
    jobs: Ends


@compiled_maker
def find_marks(
    tables: LookTables,
    text: Bytes,
    cased: Bytes,
    starts: Longs,
    out: Ints,
    bounds: Longs,
    words: Longs,
) -> None:
    """Places of each kind in texts, one text behind the other in a row of `out`.

    `bounds` has for each text how many places there are up to its end; `words` the bits of the
    words of each.
    """
    phrases, n = tables.phrases, np.zeros(KINDS + 1, np.int64)
    hits = np.empty((2, 4 * np.diff(starts).max()), np.int32)  # no more stand at one place
    for row in range(starts.size - 1):
        start, end, found = starts[row], starts[row + 1] - 1, np.int64(0)
        n[WAITING] = 0
        n_hits = find_hits(
            phrases.numbers,
            phrases.windows,
            phrases.starts,
            phrases.keys,
            phrases.masks,
            text,
            start,
            end,
            hits,
        )
        for hit in range(n_hits):
            i, k = np.int64(hits[0, hit]), hits[1, hit]
            kind = NUMERAL if k < 0 else phrases.kinds[k]
            if kind == NUMERAL:
                add_number(text, cased, i, start, out, n)
            elif kind == WORD:
                found |= np.int64(1) << np.int64(phrases.bits[k])
            elif kind < AWAY:
                add_phrase(text, start, i, i + phrases.lengths[k], kind, out, n)
            elif (may_lead(text, i) if kind == PLACE else begins_word(text, start, i)) and may_tell(
                tables.ends, tables.jobs, text, start, end, i, kind == PLACE
            ):
                add(out, n, REMOTE, i - start)
        words[row] = found
        bounds[row] = n[:KINDS]


@compiled
def find_hits(
    numbers: Bytes,
    windows: Bytes,
    lists: Ints,
    keys: Keys,
    masks: Keys,
    text: Bytes,
    start: Number,
    end: Number,
    hits: Ints,
) -> Number:
    """Write the places of the phrases in a text, each with its number, and of numbers, with -1.

    It takes the arrays one by one, and calls nothing in the loop: a call with all the tables costs
    more than the loop.
    """
    n = 0
    for i in range(start, end):
        eight = load_bytes(text, i)
        bucket, first = windows[window_hash(eight)], eight & np.uint64(0xFF)
        if bucket == 0 and numbers[first] == 0:
            continue
        if numbers[first] != 0:
            hits[0, n], hits[1, n] = i, -1
            n += 1
        k, last = lists[bucket], lists[bucket + 1]
        while k < last:
            if (eight ^ keys[k, 0]) & masks[k, 0] == 0 and (
                masks[k, 1] == 0 or (load_bytes(text, i + PACKED) ^ keys[k, 1]) & masks[k, 1] == 0
            ):
                hits[0, n], hits[1, n] = i, k
                n += 1
            k += 1
    return n


@compiled
def window_hash(eight: np.uint64) -> np.uint64:
    """Hash of the first three of eight bytes."""
    three = eight & np.uint64(0xFFFFFF)
    return (three * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - WINDOW_BITS)


@compiled
def add_number(text: Bytes, cased: Bytes, i: Number, start: Number, out: Ints, n: Longs) -> None:
    """Add what a number or a sign of money at a byte may be."""
    if may_be_money(text, cased, i):
        add(out, n, AMOUNT, i - start)
    if is_figure(text[i]) and starts_number(text, i):
        wait(out, n, i - start)


@compiled
def add_phrase(
    text: Bytes, start: Number, i: Number, behind: Number, kind: Number, out: Ints, n: Longs
) -> None:
    """Add what a phrase of the level or of years makes a place of."""
    if kind == UNIT:
        if n[WAITING] != 0 and not is_name(text[behind]):
            keep_near(out, n, i - start - REACH)
    elif kind == NUMBER:
        if starts_number(text, i):
            wait(out, n, i - start)
    elif kind == ROLE_START:
        add(out, n, ROLE, i - start)
    elif ends_field(text, behind):
        add(out, n, FIELD, i - start)


@compiled
def add(out: Ints, n: Longs, kind: Number, place: Number) -> None:
    """Add a place of a kind, of which there are n."""
    out[kind, n[kind]] = place
    n[kind] += 1


@compiled
def wait(out: Ints, n: Longs, place: Number) -> None:
    """Write the place of a number behind those before a unit of years: one may follow it."""
    out[YEARS, n[YEARS] + n[WAITING]] = place
    n[WAITING] += 1


@compiled
def keep_near(out: Ints, n: Longs, first: Number) -> None:
    """Add the numbers that wait and stand at `first` or behind it; the others are forgotten."""
    kept = n[YEARS]
    for k in range(kept, kept + n[WAITING]):
        if out[YEARS, k] >= first:
            out[YEARS, kept] = out[YEARS, k]
            kept += 1
    n[YEARS], n[WAITING] = kept, 0


@compiled
def ends_field(text: Bytes, i: Number) -> bool:
    """Whether a mark follows the word before a byte: ":", or a dash."""
    marked = False
    while is_space(text[i]) or text[i] == 0x3F or text[i] >= OTHER:
        marked = marked or not is_space(text[i])
        i += 1
    return bool(marked or text[i] == 0x3A or text[i] == 0x2D)
