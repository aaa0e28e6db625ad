"""HTML to lines in machine code: `clean.tags_to_lines`."""

import numpy as np

from classifier.compiled_ascii import BLANK, DASH, LESS, NEWLINE, RETURN, UNSURE
from classifier.compiled_tags import BULLET, LINE, PARAGRAPH, TEXT, read_tag, starts_tag
from classifier.machine import (
    PACKED,
    SPACE,
    Bytes,
    Keys,
    Number,
    compiled,
    decode,
    find_byte,
    load_bytes,
    step_back,
    store_bytes,
    store_some,
    trailing_zeros,
)


@compiled
def put_mark(mark: Number, out: Bytes, n: Number) -> Number:
    """Write what a tag puts between texts, behind n bytes; give the new length."""
    out[n] = NEWLINE
    if mark == PARAGRAPH:
        out[n + 1] = NEWLINE
        return n + 2
    if mark == BULLET:
        out[n + 1] = DASH
        out[n + 2] = BLANK
        return n + 3
    return n + 1


@compiled
def front(kind: Bytes, data: Bytes, i: Number, end: Number, stop_at: Number) -> Number:
    """Place behind the white space at i, or of the first `stop_at`."""
    while i < end and (data[i] <= BLANK or data[i] >= 0x80) and data[i] != stop_at:
        code, after = decode(data, i)
        if kind[code] & SPACE == 0:
            break
        i = after
    return i


@compiled
def strip_back(kind: Bytes, text: Bytes, n: Number) -> Number:
    """Length of a text without the white space behind its last line."""
    while n > 0 and (text[n - 1] <= BLANK or text[n - 1] >= 0x80) and text[n - 1] != NEWLINE:
        before = step_back(text, n)
        code, _ = decode(text, before)
        if kind[code] & SPACE == 0:
            break
        n = before
    return n


@compiled
def text_start(
    kind: Bytes, data: Bytes, i: Number, end: Number, before: Number, is_first: bool, flat: bool
) -> Number:
    """Where the text behind a tag starts, without white space that is not kept.

    `before` is what was written last, a line break if nothing was.
    """
    if not is_first and (before == NEWLINE or before == BLANK):
        behind = front(kind, data, i, end, TEXT)
        if behind >= end or (data[behind] == LESS and starts_tag(data, behind, end)):
            return behind  # nothing else between two tags
    if before != NEWLINE:
        return i
    return front(kind, data, i, end, TEXT if flat else NEWLINE)


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
) -> tuple[Number, bool]:
    """Text of HTML to `out`, each line without white space around it; and whether it has a "<".

    With `flat` the line breaks of the source are spaces.
    """
    i, n, last = start, 0, TEXT
    mark: Number = TEXT
    closes_item = has_less = False
    while True:
        before = np.int64(NEWLINE) if n == 0 else np.int64(out[n - 1])
        i = text_start(kind, data, i, end, before, i == start, flat)
        begin, stop = i, end
        is_break = not flat and i < end and data[i] == NEWLINE
        while i < end:
            eight = load_bytes(data, i)
            signs = find_byte(eight, LESS) | find_byte(eight, NEWLINE)
            if flat:
                signs |= find_byte(eight, RETURN)
            if signs == 0 and i + PACKED <= end:
                store_bytes(out, n, eight)
                i, n = i + PACKED, n + PACKED
                continue
            size = min(np.int64(trailing_zeros(signs) >> np.uint64(3)), end - i)
            store_some(out, n, eight, size, i - n)
            i, n = i + size, n + size
            if i >= end:
                break
            if data[i] == LESS:
                mark, closes_item, stop = read_tag(tags, marks, data, i, end)
                if stop < 0:
                    return UNSURE, False
                if stop > i:
                    break
                out[n] = LESS
                has_less = True
            elif flat:
                out[n] = BLANK
            else:
                n = strip_back(kind, out, n)
                i = front(kind, data, i + 1, end, NEWLINE) - 1
                out[n] = NEWLINE
            n += 1
            i += 1
        if i > begin:
            last = LINE if is_break and i == begin + 1 else TEXT
        if i >= end:
            return strip_back(kind, out, n), has_less
        if mark != TEXT:
            if last == BULLET:  # a block in an item, or an empty item
                mark = LINE if closes_item else BULLET
                n -= 3
            elif last == LINE:  # one block ends where another starts
                n -= 1
            n = put_mark(mark, out, strip_back(kind, out, n))
            last = mark
        i = stop
