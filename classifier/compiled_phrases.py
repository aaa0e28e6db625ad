"""Phrases in a text, in either case: where a rule of sections.py may hold at all."""

from typing import NamedTuple

import numpy as np

from classifier.machine import Bytes, Ints, Number, compiled, load_bytes

WINDOW_BITS, SEVERAL = 10, 255  # of the hash of four bytes


class Phrases(NamedTuple):
    """Texts in lower case, of four bytes or more.

    `windows` has, under the hash of their first four bytes, the number of the one, from 1 on; or
    `SEVERAL`.
    """

    windows: Bytes
    text: Bytes
    starts: Ints


@compiled
def window_hash(eight: np.uint64) -> np.uint64:
    """Hash of the first four of eight bytes, the same for both cases."""
    four = eight & np.uint64(0xFFFFFFFF) | np.uint64(0x20202020)
    return (four * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - WINDOW_BITS)


@compiled
def stands_at(
    text: Bytes, starts: Ints, number: Number, data: Bytes, i: Number, end: Number
) -> bool:
    """Whether the phrase of a number, or any if it is `SEVERAL`, stands at a byte."""
    low, high = (0, starts.size - 1) if number == SEVERAL else (number - 1, number)
    for k in range(low, high):
        first, n = starts[k], starts[k + 1] - starts[k]
        j = 0
        while j < n and i + j < end:
            c, wanted = data[i + j], text[first + j]
            if c != wanted and (c | 0x20) != wanted:
                break
            if c != wanted and not (0x41 <= c <= 0x5A or (c == 0x84 and wanted == 0xA4)):
                break  # other signs are no letters; Ä and ä differ in their second byte
            j += 1
        if j == n:
            return True
    return False


@compiled
def find_phrase(
    windows: Bytes, text: Bytes, starts: Ints, data: Bytes, start: Number, end: Number
) -> Number:
    """Place of the first phrase between two places, or the end."""
    for i in range(start, end):
        number = np.int64(windows[window_hash(load_bytes(data, i))])
        if number != 0 and stands_at(text, starts, number, data, i, end):
            return i
    return end


@compiled
def may_tell_work(phrases: Phrases, data: Bytes, start: Number, end: Number) -> bool:
    """Whether a line has one of the phrases, or a letter that `re` takes for one of theirs."""
    if find_phrase(phrases.windows, phrases.text, phrases.starts, data, start, end) < end:
        return True
    for i in range(start, end):
        if data[i] >= 0xC4 and is_other_letter(data, i):
            return True
    return False


@compiled
def is_other_letter(data: Bytes, i: Number) -> bool:
    """Whether a letter stands at a byte that `re` takes for s, k or i if the case is ignored."""
    one, two = data[i], data[i + 1]
    if one == 0xC4:
        return bool(two == 0xB0 or two == 0xB1)
    if one == 0xC5:
        return bool(two == 0xBF)
    return bool(one == 0xE2 and two == 0x84 and data[i + 2] == 0xAA)
