"""`clean.clean_text` in machine code: UTF-8 in, UTF-8 out.

Each function names the step of clean.py that it does, and does it in the same order. What is rare
(mojibake, hidden elements, letters to be composed, more than a few layers of escaping) is left to
clean.py: then the length is `UNSURE`. `clean_tables` makes the tables, `reading` calls
`clean_column`. No step makes a text longer, so all but the first work in place.
"""

from typing import NamedTuple

import numpy as np

from classifier.characters import Words
from classifier.compiled_ascii import AMPERSAND, BLANK, LESS, NEWLINE, RETURN, UNSURE
from classifier.compiled_entities import has_entity, unescape_entities
from classifier.compiled_lines import tags_to_lines
from classifier.compiled_tags import tag_sign
from classifier.machine import (
    HIGH,
    ONES,
    PACKED,
    Bytes,
    Ints,
    Keys,
    Longs,
    Number,
    compiled,
    decode,
    find_byte,
    load_bytes,
    store_bytes,
    trailing_zeros,
)

LAYERS = 4  # of escaping that are undone here
# What becomes of a character, in the low bits; then two bits of `clean.MOJIBAKE_SIGN`.
KEEP, BREAK, TO_BLANK, DROP, ODD_ONE = 0, 1, 2, 3, 4
ACTION, LEAD, TAIL = 7, 8, 16


class CleanTables(NamedTuple):
    """What the characters, tags and entities are.

    Its parts are handed on one by one: a call with all of them takes longer than most functions.
    """

    action: Bytes  # of each code point
    kind: Bytes  # as in `Letters`
    tags: Keys  # (TAG_SLOTS, 2): a hash table of the names that clean.py knows
    marks: Bytes  # (TAG_SLOTS, 3): what the tag puts between texts, what its end does, `IS_` bits
    entities: Words
    values: Bytes  # what they stand for, one behind the other
    value_starts: Ints


@compiled
def is_mojibake(action: Bytes, data: Bytes, i: Number, end: Number) -> bool:
    """Whether `clean.MOJIBAKE_SIGN` matches at a character that is not ASCII."""
    code, after = decode(data, i)
    if action[code] & LEAD == 0 or after >= end:
        return False
    code, _ = decode(data, after)
    return bool(action[code] & TAIL != 0)


@compiled
def look(
    action: Bytes, tags: Keys, marks: Bytes, data: Bytes, start: Number, end: Number
) -> tuple[Number, bool, bool]:
    """1 if a text has HTML, 2 if its line breaks are no author's, `UNSURE` for mojibake, else 0.

    Besides, whether it has a "&", and whether it has a "<".
    """
    is_html = is_block = unsure = has_ampersand = False
    n_tags = n_lines = 0
    i = start
    while i < end:
        eight = load_bytes(data, i)
        signs = find_byte(eight, LESS) | find_byte(eight, AMPERSAND) | find_byte(eight, NEWLINE)
        signs |= eight & HIGH
        if signs == 0:
            i += PACKED
            continue
        i += np.int64(trailing_zeros(signs) >> np.uint64(3))
        if i >= end:
            break
        c = data[i]
        if c == LESS:
            n_tags += 1
            if not is_html or not is_block:
                found, block, doubt = tag_sign(tags, marks, data, i, end)
                is_html |= found
                is_block |= block
                unsure |= doubt
        elif c == NEWLINE:
            n_lines += 1
        elif c == AMPERSAND:
            has_ampersand = True
        elif c >= 0xC2:
            unsure |= is_mojibake(action, data, i, end)
        i += 1
    if unsure:
        return UNSURE, has_ampersand, n_tags > 0
    if not is_html:
        return 0, has_ampersand, n_tags > 0
    return (2 if is_block and n_lines < 5 * n_tags else 1), has_ampersand, n_tags > 0


@compiled
def plain_text(action: Bytes, data: Bytes, start: Number, end: Number, out: Bytes) -> Number:
    """Plain characters on plain lines, to `out`, which may be `data` itself."""
    i, n, lines, blanks = start, 0, 0, 0
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
        if c < 0x80:
            code, after = c, i + 1
        else:
            code, after = decode(data, i)
        what = action[code]
        does = what & ACTION
        if does == KEEP:
            if was_lead and what & TAIL != 0:
                return UNSURE
            if lines > 0 or blanks > 0:
                n = put_gap(lines, blanks, begun, out, n)
                lines = blanks = 0
            begun, was_lead = True, what & LEAD != 0
            while i < after:
                out[n] = data[i]
                n += 1
                i += 1
            continue
        if does == ODD_ONE:
            return UNSURE
        if does == BREAK:
            lines += 1
            blanks, begun, was_lead = 0, False, False
            after += c == RETURN and after < end and data[after] == NEWLINE
        elif does == TO_BLANK:
            blanks += 1
            was_lead = False
        i = after
    return n


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
def clean_text(tables: CleanTables, data: Bytes, start: Number, end: Number, out: Bytes) -> Number:
    """Length of the clean text that is written to `out`, or `UNSURE`."""
    action, tags, marks = tables.action, tables.tags, tables.marks
    words, values, starts = tables.entities, tables.values, tables.value_starts
    html, has_ampersand, has_less = look(action, tags, marks, data, start, end)
    n = end - start
    for layer in range(LAYERS):
        if html < 0:
            return UNSURE
        source, first = (data, start) if layer == 0 else (out, np.int64(0))
        if html > 0:
            n = tags_to_lines(tags, marks, tables.kind, source, first, first + n, out, html == 2)
            source, first = out, np.int64(0)
        if n >= 0 and has_ampersand:
            n = unescape_entities(words, values, starts, source, first, first + n, out)
            source, first = out, np.int64(0)
        if n >= 0:
            n = plain_text(action, source, first, first + n, out)
        if n < 0:
            return UNSURE
        if not has_ampersand and not has_less:
            return n
        html, has_ampersand, has_less = look(action, tags, marks, out, 0, n)
        if html == 0 and not (has_ampersand and has_entity(out, 0, n)):
            return n  # nothing is left to undo
    return UNSURE


@compiled
def join_lines(text: Bytes, length: Number) -> Number:
    """Text on one line with single spaces, in place: the last step of `clean.clean_title`."""
    n = 0
    for i in range(length):
        c = text[i]
        if c != NEWLINE and c != BLANK:
            text[n] = c
            n += 1
        elif n > 0 and text[n - 1] != BLANK:
            text[n] = BLANK
            n += 1
    return n


@compiled
def clean_column(
    tables: CleanTables,
    data: Bytes,
    offsets: Longs,
    line: bool,
    out: Bytes,
    ends: Longs,
    odd: Bytes,
) -> None:
    """Clean texts, or titles, one behind the other to `out`; an odd one is left out."""
    at = 0
    for k in range(odd.size):
        n = clean_text(tables, data, offsets[k], offsets[k + 1], out[at:])
        if line and n > 0:
            n = join_lines(out[at:], n)
        odd[k] = n < 0
        at += max(n, 0)
        ends[k] = at
