"""Lines with signs of money in small texts: which of them `pay_lines` may read by themselves.

The texts are those of `compiled_small`. A rule holds wherever it does in `pay_lines`, and at some
lines more: there nothing is lost but time.
"""

import numpy as np

from classifier.compiled_ascii import is_letter, is_space
from classifier.compiled_numbers import is_figure
from classifier.compiled_small import OTHER, SPACE
from classifier.machine import Bytes, Ints, Keys, Longs, Number, compiled
from classifier.quick import BARE, WIDE

TOLD = 4  # numbers of a line, as `quick.Look` has them
LINE_END, DASH, LOW_LINE = 0x0A, 0x2D, 0x5F
LONGEST = 7  # letters of a word that is a part of an amount


@compiled
def find_lines(
    words: Keys,
    before: Number,
    behind: Number,
    text: Bytes,
    starts: Longs,
    places: Ints,
    ends: Longs,
    out: Ints,
    bounds: Longs,
) -> None:
    """Lines of the signs of money of texts, each told in a row of `out`.

    `places` has the signs of text after text, `ends` how many there are up to the end of each;
    `bounds` is filled with the same of the lines. `before` and `behind` are those of `amounts`,
    `words` those that are a part of an amount.
    """
    n = 0
    for row in range(ends.size - 1):
        start, k = starts[row], ends[row]
        while k < ends[row + 1]:
            first, low = start + places[k], start + places[k]
            while low > start and text[low - 1] != LINE_END:
                low -= 1
            high = first
            while text[high] != LINE_END:
                high += 1
            while k < ends[row + 1] and start + places[k] < high:
                k += 1
            last = start + places[k - 1]
            wide = has_figure(text, max(start, first - behind - 1), low) or has_figure(
                text, high, min(starts[row + 1], last + before + 1)
            )
            wide = wide or (low > start and (follows_dash(text, start, low) or is_bound(text, low)))
            out[n, 0], out[n, 1], out[n, 2] = low - start, high - start, k - ends[row]
            out[n, 3] = WIDE * wide + BARE * (not has_word(words, text, low, high))
            n += 1
        bounds[row + 1] = n


@compiled
def has_figure(text: Bytes, i: Number, end: Number) -> bool:
    """Whether a digit stands between two bytes."""
    while i < end:
        if is_figure(text[i]):
            return True
        i += 1
    return False


@compiled
def follows_dash(text: Bytes, start: Number, i: Number) -> bool:
    """Whether the last character before a line may be a dash."""
    i -= 1
    while i >= start and (is_space(text[i]) or (text[i] >= OTHER and text[i] & SPACE != 0)):
        i -= 1
    return bool(i >= start and (text[i] == DASH or text[i] >= OTHER))


@compiled
def is_bound(text: Bytes, i: Number) -> bool:
    """Whether a line may begin with "mid" or "max"."""
    c = text[i]
    while c != LINE_END and may_lead(c):
        i += 1
        c = text[i]
    d, e = text[i + 1], text[i + 2]
    return bool(c == 0x6D and ((d == 0x69 and e == 0x64) or (d == 0x61 and e == 0x78)))


@compiled
def may_lead(c: Number) -> bool:
    """Whether a byte may stand before the name of a bound: space, a mark, or no ASCII."""
    mark = c == 0x2C or c == DASH or c == 0x23 or c == 0x2A or c == 0x5C
    return bool(is_space(c) or mark or c >= OTHER)


@compiled
def has_word(words: Keys, text: Bytes, i: Number, end: Number) -> bool:
    """Whether a word stands before the first figure of a line that is no part of an amount."""
    while i < end and not is_figure(text[i]):
        if not is_word(text[i]):
            i += 1
            continue
        first, key = i, np.uint64(0)
        while is_word(text[i]):
            key = key << np.uint64(8) | np.uint64(text[i])
            i += 1
        # Beside what is not ASCII it may be a part of a word.
        whole = text[first - 1] < OTHER and text[i] < OTHER
        if whole and (i - first > LONGEST or not has(words, key)):
            return True
    return False


@compiled
def is_word(c: Number) -> bool:
    """Whether a byte is a letter of ASCII, or what counts as one."""
    return bool(is_letter(c) or c == LOW_LINE)


@compiled
def has(words: Keys, key: np.uint64) -> bool:
    """Whether a word is one of some."""
    for word in words:
        if word == key:
            return True
    return False
