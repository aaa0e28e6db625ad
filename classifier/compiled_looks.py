"""Quick looks of compiled code: the places of texts at which an expression can match at all.

Each rule may hold at more places than the expressions of the module that asks (amounts.py,
levels.py, arrangements.py, places.py) match at, never at fewer. The texts are those of
`compiled_small`.
"""

from typing import NamedTuple

import numpy as np

from classifier.compiled_ascii import is_digit, is_letter, is_space
from classifier.compiled_small import DIGIT, MONEY, OTHER, SPACE
from classifier.machine import PACKED, Bytes, Ints, Keys, Longs, Number, compiled, load_bytes

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
WORDS = 8  # that a sign of remote work is judged by: those before it
BEHIND = 3  # and behind it
FAR = 400  # characters; words that reach further are not judged

# What a word ends in, or the one behind a sign begins with.
IS, BE, DAYS, THIS, JOB, WILL, NO, DEGREE = (1 << bit for bit in range(8))


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


class Ends(NamedTuple):
    """Ends of words, of up to eight bytes: the bytes, which of them count, what they tell."""

    keys: Keys
    masks: Keys
    bits: Ints


class LookTables(NamedTuple):
    """What is looked for: phrases, ends of words, and the starts of those behind a sign."""

    phrases: Phrases
    ends: Ends
    jobs: Ends


@compiled
def find_marks(
    tables: LookTables, text: Bytes, starts: Longs, out: Ints, bounds: Longs, words: Longs
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
        for hit in range(find_hits(*phrases[:5], text, start, end, hits)):
            i, k = np.int64(hits[0, hit]), hits[1, hit]
            kind = NUMERAL if k < 0 else phrases.kinds[k]
            if kind == NUMERAL:
                add_number(text, i, start, out, n)
            elif kind == WORD:
                found |= np.int64(1) << np.int64(phrases.bits[k])
            elif kind < AWAY:
                add_phrase(text, start, i, i + phrases.lengths[k], kind, out, n)
            elif is_sign(text, start, i, kind) and may_tell(tables, text, start, end, i, kind):
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
    """Places of the phrases in a text, each with its number, and of numbers, each with -1."""
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
def add_number(text: Bytes, i: Number, start: Number, out: Ints, n: Longs) -> None:
    """Add what a number or a sign of money at a byte may be."""
    if may_be_money(text, i):
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
def is_sign(text: Bytes, start: Number, i: Number, kind: Number) -> bool:
    """Whether a sign of remote work begins a word, or one of a place is led to."""
    if kind != AWAY:
        return may_lead(text, i)
    if text[i] == 0x72 and not ends_remote(text[i + 6]):
        return False
    return i == start or not is_letter(text[i - 1])


@compiled
def ends_remote(c: Number) -> bool:
    """Whether "remote" ends before a character, or "role" and the like may follow."""
    if c == 0x65 or c == 0x6A or c == 0x6F or c == 0x70 or c == 0x72 or c == 0x76:  # e j o p r v
        return True
    return not is_letter(c)


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
def is_name(c: Number) -> bool:
    """Whether a character is an ASCII letter, a digit or an underscore."""
    return bool(0x61 <= c <= 0x7A or is_digit(c) or c == 0x5F)


# --- Numbers ---


@compiled
def is_number(c: Number) -> bool:
    """Whether a digit or a sign of money stands at a byte."""
    return bool(is_digit(c) or c == 0x24 or (c >= OTHER and c & (MONEY | DIGIT) != 0))


@compiled
def is_figure(c: Number) -> bool:
    """Whether a character is a digit, in any script."""
    return bool(is_digit(c) or (c >= OTHER and c & DIGIT != 0))


@compiled
def starts_number(text: Bytes, i: Number) -> bool:
    """Whether a number of years can begin at a byte."""
    c = text[i - 1]
    return not (is_name(c) or c == 0x24 or (0x2B <= c <= 0x2E))  # "$+,-."


@compiled
def is_blank(c: Number) -> bool:
    """Whether `amounts.respell` may make a space of a character."""
    return bool(c == 0x20 or c == 0x09 or c == 0x5C or c >= OTHER)


@compiled
def are_digits(text: Bytes, i: Number, n: Number) -> bool:
    """Whether n digits stand at a byte."""
    for k in range(i, i + n):
        if not is_digit(text[k]) and text[k] < OTHER:
            return False
    return True


@compiled
def may_be_money(text: Bytes, i: Number) -> bool:
    """Whether a hint of money may begin at the number or sign at a byte."""
    c = text[i]
    if not is_digit(c):
        return bool(c == 0x24 or c & MONEY != 0)
    if is_blank(text[i - 1]) and are_letters(text, i - 4):
        return True
    c = text[i + 1]
    if is_digit(c):
        return are_digits(text, i + 2, 3)
    if c >= OTHER or (
        (c == 0x2E or c == 0x2C or c == 0x27 or is_blank(c)) and are_digits(text, i + 2, 3)
    ):
        return True
    i += 1
    last = i + 2
    while i < last and (text[i] == 0x2B or is_blank(text[i])):
        i += 1
    return may_be_unit(text, i)


@compiled
def are_letters(text: Bytes, i: Number) -> bool:
    """Whether three letters stand at a byte."""
    return bool(is_letter(text[i]) and is_letter(text[i + 1]) and is_letter(text[i + 2]))


@compiled
def may_be_unit(text: Bytes, i: Number) -> bool:
    """Whether what follows a number may make it one of money: "k", "lakh", "an hour", "USD"."""
    c, d = text[i], text[i + 1]
    if c == 0x6B or c == 0x24 or c == 0x2F or c >= OTHER or d >= OTHER:  # k $ /
        return True
    if c == 0x70:  # p
        return bool(is_letter(d) or is_blank(d) or d == 0x2E or d == 0x2F)
    if are_letters(text, i) and not is_name(text[i + 3]):
        return True
    if c == 0x61:  # "a ", "an "
        return is_blank(d) or (d == 0x6E and is_blank(text[i + 2]))
    return is_pair(c, d)


@compiled
def is_pair(c: Number, d: Number) -> bool:
    """Whether two letters begin one of the other words behind a number."""
    return bool(
        (c == 0x6C and (d == 0x70 or d == 0x61 or d == 0x65))  # lpa, lakh, lei
        or (c == 0x63 and d == 0x72)  # cr
        or (c == 0x68 and d == 0x6F)  # hourly
        or (c == 0x64 and (d == 0x61 or d == 0x6F))  # daily, dollars
        or (c == 0x77 and d == 0x65)  # weekly
        or (c == 0x66 and d == 0x74)  # Ft
        or (c == 0x65 and d == 0x75)  # euro
        or (c == 0x74 and d == 0x65)  # TEUR
    )


# --- Words ---


@compiled
def ends_field(text: Bytes, i: Number) -> bool:
    """Whether a mark follows the word before a byte: ":", or a dash."""
    marked = False
    while is_space(text[i]) or text[i] == 0x3F or text[i] >= OTHER:
        marked = marked or not is_space(text[i])
        i += 1
    return bool(marked or text[i] == 0x3A or text[i] == 0x2D)


@compiled
def may_lead(text: Bytes, i: Number) -> bool:
    """Whether a sign of a place is "hybrid" or "office-based", or stands behind "on", "the"."""
    if text[i] == 0x68 or (text[i] == 0x6F and text[i + 6] == 0x2D and text[i + 7] == 0x62):
        return True
    for k in range(i - 4, i - 1):
        c, d, e = text[k], text[k + 1], text[k + 2]
        if (c == 0x6F or c == 0x69) and d == 0x6E:  # on, in
            return True
        if k < i - 2 and ((c == 0x74 and d == 0x68 and e == 0x65) or (c == 0x6F and d == 0x75)):
            return True
    return False


@compiled
def word_bits(ends: Ends, eight: np.uint64) -> Number:
    """What the first or last eight bytes of a word tell."""
    found = np.int64(0)
    for k in range(ends.bits.size):
        if (eight ^ ends.keys[k]) & ends.masks[k] == 0:
            found |= np.int64(ends.bits[k])
    return found


@compiled
def may_tell(
    tables: LookTables, text: Bytes, start: Number, end: Number, i: Number, kind: Number
) -> bool:
    """Whether the words around a sign of remote work, or of a place, are such as a rule has."""
    if tells_behind(tables.jobs, text, i, end):
        return True
    least, at, nearer, place = max(start, i - FAR), i, np.int64(0), kind == PLACE
    for k in range(WORDS):
        while at > least and is_gap(text[at - 1]):
            at -= 1
        if at == least:
            return bool(least > start)
        bits = word_bits(tables.ends, load_bytes(text, at - PACKED))
        if bits & NO != 0 and not place:
            return True
        if k < 2 and bits & DEGREE != 0 and not place:
            return True
        if bits & DAYS != 0 and place:
            return True
        # "this is", "the job will be": the word nearer to the sign is the second.
        if (nearer & IS != 0 and bits & (THIS | JOB) != 0) or (nearer & BE != 0 and bits & WILL):
            return True
        nearer = bits
        while at > least and not is_gap(text[at - 1]):
            at -= 1
    return False


@compiled
def is_gap(c: Number) -> bool:
    """Whether a character parts words: white space. Of others it is not known."""
    return bool(is_space(c) or (c >= OTHER and c & SPACE != 0))


@compiled
def tells_behind(jobs: Ends, text: Bytes, i: Number, end: Number) -> bool:
    """Whether one of the words behind a sign is a word for a job, or it is "work is"."""
    last = min(end, i + FAR)
    for _ in range(BEHIND):
        while i < last and not is_gap(text[i]):
            i += 1
        while i < last and is_gap(text[i]):
            i += 1
        if i == last:
            return bool(last < end)
        if word_bits(jobs, load_bytes(text, i)) != 0:
            return True
    return False
