"""A column to its places in lines of JSON, in machine code: texts in quotes, other values as are.

All is written where `sizes` said that there is room for it, and no byte besides.
"""

import numpy as np

from classifier.compiled_ascii import BACKSLASH, BLANK, QUOTE, json_signs
from classifier.machine import (
    PACKED,
    Bytes,
    Longs,
    Number,
    compiled,
    load_bytes,
    store_bytes,
    trailing_zeros,
)

# Letter behind the backslash for a character that has one.
LETTERS = np.zeros(256, np.uint8)
LETTERS[list(b'"\\\b\f\n\r\t')] = list(b'"\\bfnrt')
NULL, CODE, HEX = (
    np.frombuffer(word, np.uint8) for word in (b"null", b"\\u00", b"0123456789abcdef")
)


@compiled
def escape_size(byte: Number) -> Number:
    """Bytes of a character in a string: 1, 2 with a backslash, or 6 for its code."""
    if LETTERS[byte]:
        return 2
    return 6 if byte < BLANK else 1


@compiled
def text_size(data: Bytes, i: Number, end: Number) -> Number:
    """Bytes of a text as a string, without its quotes."""
    n = 0
    while i + PACKED <= end:
        signs = json_signs(load_bytes(data, i))
        if signs == 0:
            i, n = i + PACKED, n + PACKED
            continue
        before = np.int64(trailing_zeros(signs) >> np.uint64(3))
        i, n = i + before + 1, n + before + escape_size(data[i + before])
    for k in range(i, end):
        n += escape_size(data[k])
    return n


@compiled
def put_byte(byte: Number, out: Bytes, n: Number) -> Number:
    """Write a character of a string behind n bytes; give the new length."""
    if LETTERS[byte]:
        out[n], out[n + 1] = BACKSLASH, LETTERS[byte]
        return n + 2
    if byte >= BLANK:
        out[n] = byte
        return n + 1
    n = put_all(CODE, 0, CODE.size, out, n)
    out[n], out[n + 1] = HEX[byte >> 4], HEX[byte & 0x0F]
    return n + 2


@compiled
def put_text(data: Bytes, i: Number, end: Number, out: Bytes, n: Number) -> Number:
    """Write a text as a string, without its quotes, behind n bytes; give the new length."""
    while i + PACKED <= end:  # so many bytes will come, and more may be written as long
        eight = load_bytes(data, i)
        store_bytes(out, n, eight)
        signs = json_signs(eight)
        if signs == 0:
            i, n = i + PACKED, n + PACKED
            continue
        before = np.int64(trailing_zeros(signs) >> np.uint64(3))
        i, n = i + before + 1, put_byte(data[i + before], out, n + before)
    for k in range(i, end):
        n = put_byte(data[k], out, n)
    return n


@compiled
def put_all(data: Bytes, i: Number, end: Number, out: Bytes, n: Number) -> Number:
    """Copy bytes behind n bytes; give the new length."""
    for k in range(i, end):
        out[n + k - i] = data[k]
    return n + end - i


@compiled
def add_sizes(data: Bytes, starts: Longs, valid: Bytes, quoted: bool, sizes: Longs) -> None:
    """Add the bytes of each value of a column to the sizes of the rows."""
    for row in range(valid.size):
        if not valid[row]:
            sizes[row] += NULL.size
        elif quoted:
            sizes[row] += 2 + text_size(data, starts[row], starts[row + 1])
        else:
            sizes[row] += starts[row + 1] - starts[row]


@compiled
def put_column(
    key: Bytes, data: Bytes, starts: Longs, valid: Bytes, quoted: bool, out: Bytes, places: Longs
) -> None:
    """Write the key and a value of each row at its place, which moves on behind them.

    Parameters
    ----------
    key : ndarray of uint8
        What comes before each value.
    data, starts : ndarray
        Texts one behind the other, and where each starts and the last one ends.
    valid : ndarray of uint8
        Which rows have a value; the others are null.
    quoted : bool
        Whether they are texts; else they are JSON as they stand.
    out, places : ndarray
        Lines of all rows, and how far each is written.
    """
    for row in range(valid.size):
        n = put_all(key, 0, key.size, out, places[row])
        i, end = starts[row], starts[row + 1]
        if not valid[row]:
            n = put_all(NULL, 0, NULL.size, out, n)
        elif quoted:
            out[n] = QUOTE
            n = put_text(data, i, end, out, n + 1)
            out[n] = QUOTE
            n += 1
        else:
            n = put_all(data, i, end, out, n)
        places[row] = n
