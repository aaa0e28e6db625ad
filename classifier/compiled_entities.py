"""Entities of HTML in machine code: `clean.unescape_entities`."""

import numpy as np

from classifier.characters import Words
from classifier.compiled_ascii import (
    AMPERSAND,
    HASH,
    LESS,
    SEMICOLON,
    UNSURE,
    find_next,
    is_digit,
    is_letter,
    small,
)
from classifier.machine import (
    PACKED,
    Bytes,
    Ints,
    Number,
    compiled,
    decode,
    encode,
    find_byte,
    find_word,
    keep_bytes,
    load_bytes,
    pack,
    store_bytes,
    store_some,
    trailing_zeros,
)

LONGEST_ENTITY = 16  # bytes of the longest name that is known
# What `html.escape` and templates write: the name with its ";" in a number, its length, and the
# character. Not "&amp;", which may be the start of another one.
USUAL = tuple(
    (np.uint64(int.from_bytes(name, "little")), len(name), ord(character))
    for name, character in (
        *((b"quot;", '"'), (b"#34;", '"'), (b"#x27;", "'"), (b"#39;", "'"), (b"apos;", "'")),
        *((b"lt;", "<"), (b"gt;", ">")),
    )
)


@compiled
def unescape_entities(
    words: Words, values: Bytes, starts: Ints, data: Bytes, start: Number, end: Number, out: Bytes
) -> tuple[Number, bool]:
    """Text with its entities as what they stand for, to `out`, which may be `data` itself.

    Besides, whether one stands for "<".
    """
    i, n, has_less = start, 0, False
    while i < end:
        eight = load_bytes(data, i)
        signs = find_byte(eight, AMPERSAND)
        if signs == 0 and i + PACKED <= end:
            store_bytes(out, n, eight)
            n += PACKED
            i += PACKED
            continue
        size = min(np.int64(trailing_zeros(signs) >> np.uint64(3)), end - i)
        store_some(out, n, eight, size, i - n)
        n += size
        i += size
        if i >= end:
            break
        character: Number = AMPERSAND
        character, stop = usual_entity(data, i, end)
        if stop == 0:
            first, stop = entity_span(data, i, end)
            if stop < 0:
                return UNSURE, False
            if stop > 0:
                before = n
                n = put_entity(words, values, starts, data, first, stop, out, n)
                if n < 0:
                    return UNSURE, False
                has_less |= out[before] == LESS
                i = stop + 1
                continue
            stop = i
        has_less |= character == LESS
        out[n] = character
        n += 1
        i = stop + 1
    return n, has_less


@compiled
def usual_entity(data: Bytes, i: Number, end: Number) -> tuple[Number, Number]:
    """Character of one of the `USUAL` at a "&", and the place of its ";"; "&" and 0 for others."""
    eight = load_bytes(data, i + 1)
    for spelled, size, character in USUAL:
        if keep_bytes(eight, size) == spelled and i + size < end:
            return character, i + size
    return AMPERSAND, 0


@compiled
def entity_span(data: Bytes, i: Number, end: Number) -> tuple[Number, Number]:
    """Where the name in the entity of a "&" starts, and its ";"; 0 if `clean.ENTITY` has none."""
    first, last_amp = i + 1, 0
    while (
        first + 3 < end
        and small(data[first]) == 0x61
        and small(data[first + 1]) == 0x6D
        and small(data[first + 2]) == 0x70
        and data[first + 3] == SEMICOLON
    ):
        last_amp = first
        first += 4
    stop = name_stop(data, first, end)
    if stop < 0:
        return first, UNSURE
    if stop > 0:
        return first, stop
    return (last_amp, last_amp + 3) if last_amp else (first, 0)


@compiled
def has_entity(data: Bytes, start: Number, end: Number) -> bool:
    """Whether `clean.ENTITY` may match."""
    i = find_next(data, start, end, AMPERSAND)
    while i < end:
        if entity_span(data, i, end)[1] != 0:
            return True
        i = find_next(data, i + 1, end, AMPERSAND)
    return False


@compiled
def name_stop(data: Bytes, first: Number, end: Number) -> Number:
    """Place of the ";" behind the number or name of an entity; 0 if it is none."""
    is_number = first < end and data[first] == HASH
    is_hex = is_number and first + 1 < end and small(data[first + 1]) == 0x78
    start = first + is_number + is_hex
    stop = start
    while stop < end and (
        is_digit(data[stop])
        or (not is_number and is_letter(data[stop]))
        or (is_hex and 0x61 <= small(data[stop]) <= 0x66)
    ):
        stop += 1
    if stop < end and data[stop] >= 0x80:  # some letters and digits match ASCII ones
        code, _ = decode(data, stop)
        odd = code == 0x17F or code == 0x212A or code == 0x130 or code == 0x131
        return UNSURE if odd or is_number else 0
    n = stop - start
    if stop >= end or data[stop] != SEMICOLON or n < 1:
        return 0
    if is_hex:
        return stop if n <= 8 else 0
    if is_number:
        return stop if n <= 9 else 0
    return stop if 2 <= n <= 32 and is_letter(data[start]) else 0


@compiled
def put_entity(
    words: Words,
    values: Bytes,
    starts: Ints,
    data: Bytes,
    first: Number,
    stop: Number,
    out: Bytes,
    n: Number,
) -> Number:
    """Write what an entity stands for behind n bytes; give the new length, or `UNSURE`."""
    if data[first] == HASH:
        code = number_value(data, first + 1, stop)
        if not is_usual(code):
            return UNSURE
        return encode(code, out, n)
    if stop - first > LONGEST_ENTITY:
        return UNSURE
    key, rest = pack(data, first, stop)
    length = stop - first
    number = find_word(words.slots, words.keys, words.starts, words.text, key, rest, data, length)
    if number < 0:
        return UNSURE
    for j in range(starts[number], starts[number + 1]):
        out[n] = values[j]
        n += 1
    return n


@compiled
def number_value(data: Bytes, start: Number, stop: Number) -> Number:
    """Number in decimal, or in hexadecimal behind an "x"."""
    value, base = np.int64(0), 10
    for i in range(start, stop):
        c = np.int64(small(data[i]))
        if c == 0x78:
            base = 16
        else:
            value = value * base + (c - 0x30 if c <= 0x39 else c - 0x57)
    return value


@compiled
def is_usual(code: Number) -> bool:
    """Whether a code point is the character of that number in HTML, too."""
    if code < 0xA0:
        return bool(code == 9 or code == 10 or 32 <= code <= 126)
    if 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code > 0x10FFFF:
        return False
    return bool(code & 0xFFFE != 0xFFFE)
