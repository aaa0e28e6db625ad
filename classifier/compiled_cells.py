"""Cells of a file of text in machine code: their kinds, and their texts as a column."""

from collections.abc import Callable

import numpy as np

from classifier.machine import (
    PACKED,
    Bytes,
    Ints,
    Longs,
    Number,
    compiled,
    find_byte,
    load_bytes,
    store_bytes,
    trailing_zeros,
)

# Kinds of a cell, one bit each; 0 if the row has none.
NULL, TEXT, ESCAPED, INTEGER, REAL, TRUTH = 1, 2, 4, 8, 16, 32
NONE = -1  # no place

Copier = Callable[[Bytes, Bytes, Longs, Bytes, Ints], None]


@compiled
def copy_run(
    data: Bytes, i: Number, end: Number, sign: Number, out: Bytes, n: Number
) -> tuple[Number, Number]:
    """Copy bytes up to a sign or the end behind n bytes; where it stopped, and the new length.

    Writes up to eight bytes more than that.
    """
    while i < end:
        eight = load_bytes(data, i)
        store_bytes(out, n, eight)
        size, signs = min(PACKED, end - i), find_byte(eight, sign)
        if signs:
            before = np.int64(trailing_zeros(signs) >> np.uint64(3))
            if before < size:
                return i + before, n + before
        i, n = i + size, n + size
    return i, n
