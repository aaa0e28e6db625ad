"""What compiled reading knows of bytes: ASCII, line breaks, and moving them."""

import numpy as np

from classifier.machine import (
    HIGH,
    ONES,
    PACKED,
    Bytes,
    Number,
    compiled,
    find_byte,
    load_bytes,
    store_bytes,
    trailing_zeros,
)

UNSURE = -1  # in place of a length or a place: the reference has to look

NEWLINE, RETURN, BLANK, LESS, MORE, SLASH = 0x0A, 0x0D, 0x20, 0x3C, 0x3E, 0x2F
AMPERSAND, SEMICOLON, HASH, BANG, QUESTION, DASH, EQUALS = 0x26, 0x3B, 0x23, 0x21, 0x3F, 0x2D, 0x3D
QUOTE, APOSTROPHE, COLON, BACKSLASH, TAB = 0x22, 0x27, 0x3A, 0x5C, 0x09


@compiled
def is_space(c: Number) -> bool:
    r"""Whether ``\s`` matches an ASCII character."""
    return bool(c == BLANK or 9 <= c <= 13 or 28 <= c <= 31)


@compiled
def small(c: Number) -> Number:
    """ASCII character in lower case."""
    return c | 0x20 if 0x41 <= c <= 0x5A else c


@compiled
def is_letter(c: Number) -> bool:
    """Whether an ASCII character is a letter."""
    return bool(0x61 <= c | 0x20 <= 0x7A)


@compiled
def is_digit(c: Number) -> bool:
    """Whether an ASCII character is a digit."""
    return bool(0x30 <= c <= 0x39)


@compiled
def is_name(c: Number) -> bool:
    """Whether an ASCII character is a letter, a digit or an underscore."""
    return is_letter(c) or is_digit(c) or bool(c == 0x5F)


@compiled
def skip_spaces(data: Bytes, i: Number, end: Number) -> Number:
    """Place behind the ASCII white space at i; `UNSURE` if a character that is not ASCII follows.

    It might be white space, too.
    """
    while i < end and is_space(data[i]):
        i += 1
    return UNSURE if i < end and data[i] >= 0x80 else i


@compiled
def name_end(data: Bytes, i: Number, end: Number) -> Number:
    """Place behind the ASCII letters and digits at i."""
    while i < end and (is_letter(data[i]) or is_digit(data[i])):
        i += 1
    return i


@compiled
def find_next(data: Bytes, i: Number, end: Number, sought: Number) -> Number:
    """Place of the first such byte from i on, or the end."""
    while i < end:
        found = find_byte(load_bytes(data, i), sought)
        if found != 0:
            return min(i + np.int64(trailing_zeros(found) >> np.uint64(3)), end)
        i += PACKED
    return end


@compiled
def find_newline(data: Bytes, i: Number, end: Number) -> Number:
    """Place of the first line break from i on, or the end."""
    return find_next(data, i, end, NEWLINE)


@compiled
def n_characters(data: Bytes, start: Number, end: Number) -> Number:
    """Characters of a piece of UTF-8."""
    n = 0
    for i in range(start, end):
        n += data[i] & 0xC0 != 0x80
    return n


@compiled
def move_bytes(data: Bytes, start: Number, end: Number, out: Bytes, at: Number) -> Number:
    """Write some bytes to `out` and nothing behind them; give their end there.

    Within one array they may go to the left.
    """
    while start + PACKED <= end:
        store_bytes(out, at, load_bytes(data, start))
        start += PACKED
        at += PACKED
    while start < end:
        out[at] = data[start]
        start += 1
        at += 1
    return at


@compiled
def json_signs(eight: np.uint64) -> np.uint64:
    """As `find_byte`, what a string of JSON escapes: quote, backslash, control characters."""
    control = (eight - ONES * np.uint64(BLANK)) & ~eight & HIGH
    return find_byte(eight, QUOTE) | find_byte(eight, BACKSLASH) | control
