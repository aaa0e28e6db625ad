"""HTML to lines in machine code: `clean.tags_to_lines`."""

import numpy as np

from classifier.compiled_ascii import BLANK, DASH, LESS, NEWLINE, RETURN, UNSURE, is_space
from classifier.compiled_tags import (
    BR,
    BULLET,
    LINE,
    PARAGRAPH,
    TEXT,
    read_tag,
)
from classifier.machine import (
    HIGH,
    PACKED,
    SPACE,
    Bytes,
    Keys,
    Number,
    compiled,
    decode,
    find_byte,
    load_bytes,
    store_bytes,
    store_some,
    trailing_zeros,
)


@compiled
def put_mark(mark: Number, out: Bytes, n: Number) -> Number:
    """Write what a tag puts between texts, behind n bytes; give the new length."""
    if mark == BR:
        out[n] = BLANK
        n += 1
    out[n] = NEWLINE
    n += 1
    if mark == PARAGRAPH:
        out[n] = NEWLINE
        return n + 1
    if mark == BULLET:
        out[n] = DASH
        out[n + 1] = BLANK
        return n + 2
    return n


@compiled
def is_blank(kind: Bytes, data: Bytes, start: Number, end: Number) -> bool:
    """Whether there is white space alone."""
    i = start
    while i < end:
        if data[i] < 0x80:
            if not is_space(data[i]):
                return False
            i += 1
        else:
            code, i = decode(data, i)
            if kind[code] & SPACE == 0:
                return False
    return True


@compiled
def tags_to_lines(
    tags: Keys,
    marks: Bytes,
    kind: Bytes,
    data: Bytes,
    start: Number,
    end: Number,
    out: Bytes,
    flat: bool,
) -> Number:
    """Text of HTML to `out`; with `flat` the line breaks of the source are spaces."""
    i, n, last, first = start, 0, TEXT, True
    mark: Number = TEXT
    closes_item = False
    while True:
        begin, stop = n, end
        while i < end:
            eight = load_bytes(data, i)
            signs = find_byte(eight, LESS)
            if flat:
                signs |= find_byte(eight, NEWLINE) | find_byte(eight, RETURN)
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
            c = data[i]
            if c == LESS:
                mark, closes_item, stop = read_tag(tags, marks, data, i, end)
                if stop < 0:
                    return UNSURE
                if stop > i:
                    break
            out[n] = BLANK if flat and (c == NEWLINE or c == RETURN) else c
            n += 1
            i += 1
        if n > begin or first:
            ends = begin == 0 or out[begin - 1] == NEWLINE or out[begin - 1] == BLANK
            if not first and ends and is_blank(kind, out, begin, n):
                n = begin
            else:
                last = LINE if n - begin == 1 and out[begin] == NEWLINE else TEXT
        first = False
        if i >= end:
            return strip_lines(kind, out, n)
        if mark != TEXT:
            if last == BULLET:  # a block in an item, or an empty item
                n -= 3
                mark = LINE if closes_item else BULLET
            elif last == LINE:  # one block ends where another starts
                n -= 1
            n = put_mark(mark, out, n)
            last = mark
        i = stop


@compiled
def strip_lines(kind: Bytes, text: Bytes, length: Number) -> Number:
    """Each line without white space around it, in place."""
    n, i = 0, 0
    while i <= length:
        while i < length and text[i] != NEWLINE:  # white space in front
            if text[i] < 0x80:
                if not is_space(text[i]):
                    break
                i += 1
            else:
                code, after = decode(text, i)
                if kind[code] & SPACE == 0:
                    break
                i = after
        kept = n
        while i < length and text[i] != NEWLINE:
            eight = load_bytes(text, i)
            plain = (find_byte(eight, NEWLINE) | eight & HIGH) == 0
            if plain and eight >> np.uint64(56) > BLANK and i + PACKED <= length:
                store_bytes(text, n, eight)
                n += PACKED
                i += PACKED
                kept = n
                continue
            c = text[i]
            if c < 0x80:
                text[n] = c
                n += 1
                i += 1
                if not is_space(c):
                    kept = n
                continue
            code, after = decode(text, i)
            while i < after:
                text[n] = text[i]
                n += 1
                i += 1
            if kind[code] & SPACE == 0:
                kept = n
        n = kept
        if i < length:
            text[n] = NEWLINE
            n += 1
        i += 1
    return n
