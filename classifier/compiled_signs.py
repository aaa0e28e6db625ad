"""Signs of remote work, and of a place, in small texts, and the words around them.

The texts are those of `compiled_small`. The rules hold wherever the expressions of arrangements.py
match, and at some places more.
"""

from typing import NamedTuple

import numpy as np

from classifier.compiled_ascii import is_letter, is_space
from classifier.compiled_small import OTHER, SPACE
from classifier.machine import PACKED, Bytes, Ints, Keys, Number, compiled, load_bytes

WORDS = 8  # that a sign is judged by: those before it
BEHIND = 3  # and behind it
FAR = 400  # characters; words that reach further are not judged

# What a word ends in, or the one behind a sign begins with.
IS, BE, DAYS, THIS, JOB, WILL, NO, DEGREE = (1 << bit for bit in range(8))


class Ends(NamedTuple):
    """Ends of words, of up to eight bytes: the bytes, which of them count, what they tell."""

    keys: Keys
    masks: Keys
    bits: Ints


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
def begins_word(text: Bytes, start: Number, i: Number) -> bool:
    """Whether a sign of remote work begins a word, and is none of another: "remotely"."""
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
def word_bits(ends: Ends, eight: np.uint64) -> Number:
    """What the first or last eight bytes of a word tell."""
    found = np.int64(0)
    for k in range(ends.bits.size):
        if (eight ^ ends.keys[k]) & ends.masks[k] == 0:
            found |= np.int64(ends.bits[k])
    return found


@compiled
def may_tell(
    ends: Ends, jobs: Ends, text: Bytes, start: Number, end: Number, i: Number, place: bool
) -> bool:
    """Whether the words around a sign of remote work, or of a place, are such as a rule has."""
    if tells_behind(jobs, text, i, end):
        return True
    least, at, nearer = max(start, i - FAR), i, np.int64(0)
    for k in range(WORDS):
        while at > least and is_gap(text[at - 1]):
            at -= 1
        if at == least:
            return bool(least > start)
        bits = word_bits(ends, load_bytes(text, at - PACKED))
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
