"""`clean.clean_text` in machine code: UTF-8 in, UTF-8 out.

Each function names the step of clean.py that it does, and does it in the same order. What clean.py
does with single lines and words (mojibake, letters to be composed) is left to it: the text so far
is given with what it needs, and `odd_texts` comes back with the answers. Few texts are left to it
as a whole (hidden elements, unknown entities). `clean_tables` makes the tables, `reading` calls
`clean_column`. No step makes a text longer, so all but the first work in place.
"""

from typing import NamedTuple

import numpy as np

from classifier.characters import Words
from classifier.compiled_ascii import AMPERSAND, BLANK, LESS, NEWLINE, UNSURE, move_bytes
from classifier.compiled_entities import has_entity, unescape_entities
from classifier.compiled_lines import tags_to_lines
from classifier.compiled_plain import is_mojibake, plain_text
from classifier.compiled_tags import tag_sign
from classifier.machine import (
    HIGH,
    PACKED,
    Bytes,
    Ints,
    Keys,
    Longs,
    Number,
    compiled,
    find_byte,
    load_bytes,
    trailing_zeros,
)

LAYERS = 4  # of escaping that are undone here
# What a text needs: nothing, its lines repaired, its words composed, or clean.py from the start.
NOTHING, LINES, WORDS, ALL = 0, 1, 2, 3


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
def look(
    action: Bytes, tags: Keys, marks: Bytes, data: Bytes, start: Number, end: Number
) -> tuple[Number, bool, bool, bool]:
    """1 if a text has HTML, 2 if its line breaks are no author's, `UNSURE`, or 0.

    Besides, whether it has a "&", a "<", and signs of mojibake.
    """
    is_html = is_block = unsure = has_ampersand = has_sign = False
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
            has_sign |= is_mojibake(action, data, i, end)
        i += 1
    html = (2 if is_block and n_lines < 5 * n_tags else 1) if is_html else 0
    return UNSURE if unsure else html, has_ampersand, n_tags > 0, has_sign


@compiled
def clean_text(
    tables: CleanTables,
    data: Bytes,
    start: Number,
    end: Number,
    out: Bytes,
    layer: Number,
    repaired: bool,
    changed: bool,
) -> tuple[Number, Number, Number]:
    """Length of the text that is written to `out`, what it needs, and the layers undone.

    `layer` says how many were undone before; `repaired`, that the signs of mojibake mean nothing,
    as the lines were repaired, and `changed`, that it was more than a look.
    """
    action, kind, tags, marks = tables.action, tables.kind, tables.tags, tables.marks
    words, values, starts = tables.entities, tables.values, tables.value_starts
    source, first, stop = data, start, end
    while True:
        html, has_ampersand, has_less, has_sign = look(action, tags, marks, source, first, stop)
        if has_sign and not repaired and html != UNSURE:
            return move_bytes(source, first, stop, out, 0), LINES, layer
        has_entities = has_ampersand and has_entity(source, first, stop)
        if html == 0 and not has_entities and layer > 0 and not changed:
            return move_bytes(source, first, stop, out, 0), NOTHING, layer
        if html == UNSURE or layer == LAYERS:
            return 0, ALL, layer
        has_less &= has_entities  # or it is the same that was no sign of HTML
        if html > 0:
            flat = html == 2
            stop, has_less = tags_to_lines(tags, marks, kind, source, first, stop, out, flat)
            source, first = out, np.int64(0)
        if stop >= 0 and (has_entities or (html > 0 and has_ampersand)):
            stop, is_new = unescape_entities(words, values, starts, source, first, stop, out)
            source, first = out, np.int64(0)
            has_less |= is_new
        if stop < 0:
            return 0, ALL, layer
        stop, is_odd, is_joined = plain_text(action, source, first, stop, out)
        source, first = out, np.int64(0)
        layer += 1
        if is_odd:
            return stop, WORDS, layer
        if not (has_less or is_joined or (has_ampersand and has_entity(out, 0, stop))):
            return stop, NOTHING, layer  # without a look: most texts have nothing more to undo
        repaired = changed = False


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
    places: Longs,
    row: Number,
) -> tuple[Number, Number, Number]:
    """Clean texts, or titles, from a row on, one behind the other to `out`; their `places`.

    Gives the first row that needs more, what it needs and its layers; the number of rows if none.
    """
    while row < offsets.size - 1:
        at = places[row]
        start, end = offsets[row], offsets[row + 1]
        n, needs, layer = clean_text(tables, data, start, end, out[at:], 0, False, False)
        if line and needs == NOTHING:
            n = join_lines(out[at:], n)
        places[row + 1] = at + n
        if needs != NOTHING:
            return row, needs, layer
        row += 1
    return row, NOTHING, 0
