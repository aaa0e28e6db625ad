"""Texts of one byte for each character, which are searched in place of UTF-8.

ASCII is in small letters, as in `quick.plain`, and beside it as it is; a byte for any other
character tells a little of what it is. So a place in the bytes is a place in the text.
"""

import numpy as np
from numpy.typing import NDArray

from classifier.machine import (
    HIGH,
    Bytes,
    Longs,
    Number,
    compiled,
    decode,
    load_bytes,
    store_bytes,
    trailing_zeros,
)

Codes = NDArray[np.uint16]

OTHER = 0x80  # what stands for a character that is not ASCII, with the bits that hold for it
SPACE, MONEY, DIGIT = 1, 2, 4
NUMBERED = 8  # bits of a code below those with the number of a character that is counted
LETTER = 0xFF  # code of a letter that `re` takes for an ASCII one if the case is ignored
FRONT = 16  # bytes before the first text, which may be looked at


@compiled
def small_run(eight: np.uint64) -> np.uint64:
    """Eight characters in lower case, up to the first that is not ASCII."""
    # The high bit of each byte: from "A" on and not above "Z".
    above = eight + np.uint64(0x3F3F3F3F3F3F3F3F)
    beyond = eight + np.uint64(0x2525252525252525)
    return eight | ((above & ~beyond & HIGH) >> np.uint64(2))


@compiled
def make_small(
    codes: Codes,
    data: Bytes,
    offsets: Longs,
    out: Bytes,
    cased: Bytes,
    starts: Longs,
    counted: Longs,
) -> None:
    """Write texts to `out`, each behind a line break, from `FRONT` on.

    `cased` takes the same with capitals, and `OTHER` for what is not ASCII.
    `starts` has the place of each, and where the next would be. `counted` has a bit for each of
    the numbered characters of a text; it is -1 if the text has a `LETTER`.
    """
    n = np.int64(FRONT)
    for row in range(offsets.size - 1):
        i, end, bits = offsets[row], offsets[row + 1], np.int64(0)
        starts[row] = n
        while i < end:
            eight = load_bytes(data, i)
            # Up to the first that is not ASCII; what is written behind is written over.
            some = min(np.int64(trailing_zeros(eight & HIGH) >> np.uint64(3)), end - i)
            if some == 0:
                cased[n] = OTHER
                n, i, bits = make_one(codes, data, i, out, n, bits)
                continue
            store_bytes(out, n, small_run(eight))
            store_bytes(cased, n, eight)
            i += some
            n += some
        out[n] = cased[n] = 0x0A
        n += 1
        counted[row] = bits
    starts[offsets.size - 1] = n


@compiled
def make_one(
    codes: Codes, data: Bytes, i: Number, out: Bytes, n: Number, bits: Number
) -> tuple[Number, Number, Number]:
    """Write one character; give the places behind it, and the bits with that of the character."""
    point, behind = decode(data, i)
    code = np.int64(codes[point])
    out[n] = code & 0xFF
    if code & 0xFF == LETTER:
        return n + 1, behind, np.int64(-1)
    return n + 1, behind, bits | np.int64(1) << (code >> NUMBERED) if code >> NUMBERED else bits
