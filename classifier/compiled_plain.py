"""Characters and spaces in machine code: `clean.plain_characters` and `clean.plain_lines`."""

import numpy as np

from classifier.compiled_ascii import BLANK, NEWLINE, RETURN
from classifier.machine import (
    HIGH,
    ONES,
    PACKED,
    Bytes,
    Longs,
    Number,
    compiled,
    decode,
    find_byte,
    load_bytes,
    store_bytes,
    trailing_zeros,
)

# What becomes of a character, in the low bits; then two bits of `clean.MOJIBAKE_SIGN`.
KEEP, BREAK, TO_BLANK, DROP, ODD_ONE = 0, 1, 2, 3, 4
ACTION, LEAD, TAIL = 7, 8, 16


@compiled
def is_mojibake(action: Bytes, data: Bytes, i: Number, end: Number) -> bool:
    """Whether `clean.MOJIBAKE_SIGN` matches at a character that is not ASCII."""
    code, after = decode(data, i)
    if action[code] & LEAD == 0 or after >= end:
        return False
    code, _ = decode(data, after)
    return bool(action[code] & TAIL != 0)


@compiled
def plain_text(
    action: Bytes, data: Bytes, start: Number, end: Number, out: Bytes
) -> tuple[Number, bool, bool]:
    """Plain characters on plain lines, to `out`, which may be `data` itself: the length.

    Besides, whether words are left to `find_odd`, and whether characters stand side by side that
    did not before, or may be mojibake.
    """
    i, n, lines, blanks = start, 0, 0, 0
    is_odd = is_joined = False
    begun = False  # the line: then runs of spaces are one
    was_lead = False
    while i < end:
        if begun and lines == 0 and blanks == 0 and i + PACKED <= end:
            eight = load_bytes(data, i)
            n_plain = plain_bytes(eight)
            if n_plain > 0:
                store_bytes(out, n, eight)
                n += n_plain
                i += n_plain
                was_lead = False
                continue
        c = np.int64(data[i])
        if c > BLANK and c < 0x7F:
            if lines > 0 or blanks > 0:
                n = put_gap(lines, blanks, begun, out, n)
                lines = blanks = 0
            begun, was_lead = True, False
            out[n] = c
            n += 1
            i += 1
            continue
        code, after = decode(data, i)
        what = action[code]
        does = what & ACTION
        if does == KEEP or does == ODD_ONE:
            is_odd |= does == ODD_ONE
            is_joined |= was_lead and what & TAIL != 0
            if lines > 0 or blanks > 0:
                n = put_gap(lines, blanks, begun, out, n)
                lines = blanks = 0
            begun, was_lead = True, what & LEAD != 0
            while i < after:
                out[n] = data[i]
                n += 1
                i += 1
            continue
        if does == BREAK:
            lines += 1
            blanks, begun, was_lead = 0, False, False
            after += c == RETURN and after < end and data[after] == NEWLINE
        elif does == TO_BLANK:
            blanks += 1
            was_lead = False
        else:
            is_joined = True
        i = after
    return n, is_odd, is_joined


@compiled
def plain_bytes(eight: np.uint64) -> Number:
    """Eight if all are ASCII that stays as it is, seven if the last one is a space, else 0."""
    blanks = find_byte(eight, BLANK)
    odd = eight & HIGH | (eight - ONES * np.uint64(BLANK)) & ~eight & HIGH
    odd |= find_byte(eight, 0x7F) | blanks & (blanks >> np.uint64(8))
    if odd != 0:
        return 0
    return 7 if eight >> np.uint64(56) == BLANK else 8


@compiled
def put_gap(lines: Number, blanks: Number, begun: bool, out: Bytes, n: Number) -> Number:
    """Write the line breaks and spaces between two characters, behind n bytes."""
    if n == 0:
        return 0
    for _ in range(min(lines, 2)):
        out[n] = NEWLINE
        n += 1
    for _ in range(1 if begun else blanks):
        out[n] = BLANK
        n += 1
    return n


@compiled
def find_odd(action: Bytes, data: Bytes, end: Number, in_lines: bool, pieces: Longs) -> Number:
    """Number of pieces that are left to clean.py, and to `pieces` where each starts and ends.

    Lines with a `clean.MOJIBAKE_SIGN`, or words with letters to be composed, or with controls.
    """
    i, n = np.int64(0), 0
    while i < end:
        high = load_bytes(data, i) & HIGH
        if high == 0:
            i += PACKED
            continue
        i += np.int64(trailing_zeros(high) >> np.uint64(3))
        if i >= end:
            break
        code, after = decode(data, i)
        is_odd = is_mojibake(action, data, i, end) if in_lines else action[code] & ACTION == ODD_ONE
        if is_odd:
            while i > 0 and not parts(data[i - 1], in_lines):
                i -= 1
            while after < end and not parts(data[after], in_lines):
                after += 1
            pieces[n, 0], pieces[n, 1] = i, after
            n += 1
        i = after
    return n


@compiled
def parts(c: Number, in_lines: bool) -> bool:
    """Whether a character parts lines, or words."""
    return bool(c == NEWLINE or (c == BLANK and not in_lines))
