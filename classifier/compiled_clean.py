"""`clean.clean_text` in machine code: UTF-8 in, UTF-8 out.

Each function names the step of clean.py that it does, and does it in the same order. What is rare
(mojibake, hidden elements, letters to be composed, more than a few layers of escaping) is left to
clean.py: then the length is `UNSURE`. `clean_tables` makes the tables, `reading` calls
`clean_column`. No step makes a text longer, so all but the first work in place.
"""

from typing import NamedTuple

import numpy as np

from classifier.characters import Words
from classifier.machine import (
    HIGH,
    ONES,
    PACKED,
    SPACE,
    Bytes,
    Ints,
    Keys,
    Longs,
    Number,
    compiled,
    decode,
    encode,
    find_byte,
    find_word,
    load_bytes,
    mix,
    pack,
    store_bytes,
    trailing_zeros,
)

UNSURE = -1  # in place of a length or a place: the reference has to look
LAYERS = 4  # of escaping that are undone here

# What becomes of a character, in the low bits; then two bits of `clean.MOJIBAKE_SIGN`.
KEEP, BREAK, BLANK, DROP, ODD_ONE = 0, 1, 2, 3, 4
ACTION, LEAD, TAIL = 7, 8, 16
# What a tag puts between the texts around it: `clean._BREAKS`.
TEXT, LINE, BULLET, PARAGRAPH, BR = 0, 1, 2, 3, 4
TAG_SLOTS, IS_BLOCK, IS_ITEM = 256, 1, 2
LONGEST_TAG, LONGEST_ENTITY = 10, 16  # bytes of the longest name that is known
# Elements that are not shown, as the bytes of their names in one number.
UNSEEN = tuple(
    int.from_bytes(name, "little")
    for name in (b"script", b"style", b"svg", b"title", b"template", b"noscript", b"iframe")
)

NEWLINE, RETURN, BLANK_BYTE, LESS, MORE, SLASH = 0x0A, 0x0D, 0x20, 0x3C, 0x3E, 0x2F
AMPERSAND, SEMICOLON, HASH, BANG, QUESTION, DASH, EQUALS = 0x26, 0x3B, 0x23, 0x21, 0x3F, 0x2D, 0x3D
QUOTE, APOSTROPHE, COLON = 0x22, 0x27, 0x3A


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


# --- Bytes ---


@compiled
def is_space(c: Number) -> bool:
    r"""Whether ``\s`` matches an ASCII character."""
    return bool(c == BLANK_BYTE or 9 <= c <= 13 or 28 <= c <= 31)


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
def tag_key(data: Bytes, start: Number, stop: Number) -> tuple[np.uint64, np.uint64]:
    """First eight bytes of a name of ASCII and those behind, in lower case."""
    key, rest = np.uint64(0), np.uint64(0)
    for i in range(start, stop):
        c = np.uint64(small(data[i])) << np.uint64((i - start) % PACKED * 8)
        if i - start < PACKED:
            key |= c
        else:
            rest |= c
    return key, rest


@compiled
def find_tag(tags: Keys, data: Bytes, start: Number, stop: Number) -> Number:
    """Row of a tag's name, whatever its case; -1 if it is unknown."""
    if stop == start or stop - start > LONGEST_TAG:
        return -1
    key, rest = tag_key(data, start, stop)
    at = np.int64(mix(key ^ rest) & np.uint64(TAG_SLOTS - 1))
    while tags[at, 0] != 0:
        if tags[at, 0] == key and tags[at, 1] == rest:
            return at
        at = (at + 1) % TAG_SLOTS
    return -1


@compiled
def add_tag(tags: Keys, data: Bytes) -> Number:
    """Add a name to a table with room, and give its row."""
    key, rest = tag_key(data, 0, data.size)
    at = np.int64(mix(key ^ rest) & np.uint64(TAG_SLOTS - 1))
    while tags[at, 0] != 0:
        at = (at + 1) % TAG_SLOTS
    tags[at, 0], tags[at, 1] = key, rest
    return at


# --- Signs ---


@compiled
def is_mojibake(action: Bytes, data: Bytes, i: Number, end: Number) -> bool:
    """Whether `clean.MOJIBAKE_SIGN` matches at a character that is not ASCII."""
    code, after = decode(data, i)
    if action[code] & LEAD == 0 or after >= end:
        return False
    code, _ = decode(data, after)
    return bool(action[code] & TAIL != 0)


@compiled
def tag_sign(
    tags: Keys, marks: Bytes, data: Bytes, i: Number, end: Number
) -> tuple[bool, bool, bool]:
    """Whether `clean.HTML_SIGN` matches at a "<", whether `clean.BLOCK_TAG`, and whether unsure."""
    start = i + 1
    closes = start < end and data[start] == SLASH
    start += closes
    stop = name_end(data, start, end)
    if stop < end and data[stop] >= 0x80:
        return False, False, True
    row = find_tag(tags, data, start, stop)
    if row < 0:
        return False, False, False
    is_block = marks[row, 2] & IS_BLOCK != 0
    starts_block = is_block and not (stop < end and data[stop] == 0x5F)
    j = skip_spaces(data, stop, end)
    if j < 0:
        return False, starts_block, True
    if closes:
        return j < end and data[j] == MORE, starts_block, False
    if is_block and j < end:
        close = j + (data[j] == SLASH)
        if close < end and data[close] == MORE:
            return True, starts_block, False
    if j == stop:
        return False, starts_block, False
    found, unsure = has_attribute(data, j, end)
    return found, starts_block, unsure


@compiled
def has_attribute(data: Bytes, i: Number, end: Number) -> tuple[bool, bool]:
    """Whether a name, "=" and a quote follow; and whether that is unsure."""
    j = i
    while j < end and (is_letter(data[j]) or data[j] == COLON or data[j] == DASH):
        j += 1
    if j < end and data[j] >= 0x80:
        return False, True
    if j == i:
        return False, False
    j = skip_spaces(data, j, end)
    if j < 0:
        return False, True
    if j >= end or data[j] != EQUALS:
        return False, False
    j = skip_spaces(data, j + 1, end)
    if j < 0:
        return False, True
    return j < end and (data[j] == QUOTE or data[j] == APOSTROPHE), False


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


# --- `clean.tags_to_lines` ---


@compiled
def tag_end(data: Bytes, i: Number, end: Number) -> Number:
    """Place behind the tag that `clean.TAG` finds at a "<"; i if there is none, or `UNSURE`."""
    j = i + 1
    if j >= end:
        return i
    if data[j] == BANG or data[j] == QUESTION:
        return comment_end(data, j, end)
    j += data[j] == SLASH
    if j >= end or not is_letter(data[j]):
        return i
    stop = name_end(data, j, end)
    if j == i + 1 and is_unseen(data, j, stop):
        return UNSURE
    while stop < end and not is_space(data[stop]) and data[stop] != SLASH and data[stop] != MORE:
        if data[stop] >= 0x80:
            return UNSURE
        stop += 1
    stop = attributes_end(data, stop, end)
    return UNSURE if stop < 0 or may_hide(data, i, stop) else stop


@compiled
def is_unseen(data: Bytes, start: Number, stop: Number) -> bool:
    """Whether a name is that of an element that `clean.TAG` leaves out with its content."""
    if stop - start > PACKED:
        return False
    key, _ = tag_key(data, start, stop)
    for name in UNSEEN:
        if key == np.uint64(name):
            return True
    return False


@compiled
def comment_end(data: Bytes, j: Number, end: Number) -> Number:
    """Place behind a comment or a declaration, whose "!" or "?" stands at j."""
    is_comment = data[j] == BANG and j + 2 < end and data[j + 1] == DASH and data[j + 2] == DASH
    k = j + 3 if is_comment else j + 1
    if is_comment:
        if k < end and data[k] == MORE:
            return k + 1
        if k + 1 < end and data[k] == DASH and data[k + 1] == MORE:
            return k + 2
    while k < end:
        if not is_comment and data[k] == MORE:
            return k + 1
        if is_comment and data[k] == DASH and k + 1 < end and data[k + 1] == DASH:
            close = k + 2
            close += close < end and data[close] == BANG
            if close < end and data[close] == MORE:
                return close + 1
        k += 1
    return end


@compiled
def attributes_end(data: Bytes, i: Number, end: Number) -> Number:
    """Place behind the ">" that closes a tag: one in quotes does not."""
    while i < end:
        c = data[i]
        i += 1
        if c == MORE:
            return i
        if c != EQUALS:
            continue
        i = skip_spaces(data, i, end)
        if i < 0:
            return UNSURE
        if i < end and (data[i] == QUOTE or data[i] == APOSTROPHE):
            quote = data[i]
            i += 1
            while i < end and data[i] != quote:
                i += 1
            i += 1
        else:
            while i < end and not is_space(data[i]) and data[i] != MORE:
                if data[i] >= 0x80:
                    return UNSURE
                i += 1
    return end


@compiled
def may_hide(data: Bytes, start: Number, end: Number) -> bool:
    """Whether a tag has letters of "display" or "hidden", or some that are not ASCII for them."""
    i = start + 1
    while i < end:
        eight = load_bytes(data, i)
        letters = eight | np.uint64(0x2020202020202020)
        pairs = find_byte(letters, 0x64) & (find_byte(letters, 0x64) >> np.uint64(8))  # dd
        pairs |= find_byte(letters, 0x70) & (find_byte(letters, 0x6C) >> np.uint64(8))  # pl
        if (pairs | eight & HIGH) != 0 and hides_at(data, i, min(i + PACKED, end)):
            return True
        i += PACKED - 1
    return False


@compiled
def hides_at(data: Bytes, start: Number, end: Number) -> bool:
    """Whether "idd" or "spl", or ſ, İ or ı, ends among some bytes."""
    for i in range(start, end):
        if data[i] == 0xC4 or data[i] == 0xC5:
            return True
        if i + 1 < end:
            one, two = small(data[i]), small(data[i + 1])
            before = small(data[i - 1])
            if one == 0x64 and two == 0x64 and before == 0x69:
                return True
            if one == 0x70 and two == 0x6C and before == 0x73:
                return True
    return False


@compiled
def put_mark(mark: Number, out: Bytes, n: Number) -> Number:
    """Write what a tag puts between texts, behind n bytes; give the new length."""
    if mark == BR:
        out[n] = BLANK_BYTE
        n += 1
    out[n] = NEWLINE
    n += 1
    if mark == PARAGRAPH:
        out[n] = NEWLINE
        return n + 1
    if mark == BULLET:
        out[n] = DASH
        out[n + 1] = BLANK_BYTE
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
            c = data[i]
            if c == LESS:
                stop = tag_end(data, i, end)
                if stop < 0:
                    return UNSURE
                if stop > i:
                    break
            out[n] = BLANK_BYTE if flat and (c == NEWLINE or c == RETURN) else c
            n += 1
            i += 1
        if n > begin or first:
            ends = begin == 0 or out[begin - 1] == NEWLINE or out[begin - 1] == BLANK_BYTE
            if not first and ends and is_blank(kind, out, begin, n):
                n = begin
            else:
                last = LINE if n - begin == 1 and out[begin] == NEWLINE else TEXT
        first = False
        if i >= end:
            return strip_lines(kind, out, n)
        mark, closes_item = tag_mark(tags, marks, data, i + 1, end)
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
def tag_mark(tags: Keys, marks: Bytes, data: Bytes, i: Number, end: Number) -> tuple[Number, bool]:
    """What the tag whose name, or "/", stands at i puts between texts; whether it is "/li"."""
    closes = i < end and data[i] == SLASH
    i += closes
    stop = i
    while stop < end and not is_space(data[stop]) and data[stop] != SLASH and data[stop] != MORE:
        stop += 1
    row = find_tag(tags, data, i, stop)
    if row < 0:
        return TEXT, False
    if closes:
        return np.int64(marks[row, 1]), marks[row, 2] & IS_ITEM != 0
    return np.int64(marks[row, 0]), False


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
            if plain and eight >> np.uint64(56) > BLANK_BYTE and i + PACKED <= length:
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


# --- `clean.unescape_entities` ---


@compiled
def unescape_entities(
    words: Words, values: Bytes, starts: Ints, data: Bytes, start: Number, end: Number, out: Bytes
) -> Number:
    """Text with its entities as what they stand for, to `out`, which may be `data` itself."""
    i, n = start, 0
    while i < end:
        eight = load_bytes(data, i)
        if find_byte(eight, AMPERSAND) == 0 and i + PACKED <= end:
            store_bytes(out, n, eight)
            n += PACKED
            i += PACKED
            continue
        if data[i] == AMPERSAND:
            first, stop = entity_span(data, i, end)
            if stop < 0:
                return UNSURE
            if stop > 0:
                n = put_entity(words, values, starts, data, first, stop, out, n)
                if n < 0:
                    return UNSURE
                i = stop + 1
                continue
        out[n] = data[i]
        n += 1
        i += 1
    return n


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


# --- `clean.plain_characters` and `clean.plain_lines` ---


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
        if c > BLANK_BYTE and c < 0x7F:
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
        elif does == BLANK:
            blanks += 1
            was_lead = False
        i = after
    return n


@compiled
def plain_bytes(eight: np.uint64) -> Number:
    """Eight if all are ASCII that stays as it is, seven if the last one is a space, else 0."""
    blanks = find_byte(eight, BLANK_BYTE)
    odd = eight & HIGH | (eight - ONES * np.uint64(BLANK_BYTE)) & ~eight & HIGH
    odd |= find_byte(eight, 0x7F) | blanks & (blanks >> np.uint64(8))
    if odd != 0:
        return 0
    return 7 if eight >> np.uint64(56) == BLANK_BYTE else 8


@compiled
def put_gap(lines: Number, blanks: Number, begun: bool, out: Bytes, n: Number) -> Number:
    """Write the line breaks and spaces between two characters, behind n bytes."""
    if n == 0:
        return 0
    for _ in range(min(lines, 2)):
        out[n] = NEWLINE
        n += 1
    for _ in range(1 if begun else blanks):
        out[n] = BLANK_BYTE
        n += 1
    return n


# --- All ---


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
def has_entity(data: Bytes, start: Number, end: Number) -> bool:
    """Whether `clean.ENTITY` may match."""
    for i in range(start, end):
        if data[i] == AMPERSAND and entity_span(data, i, end)[1] != 0:
            return True
    return False


@compiled
def join_lines(text: Bytes, length: Number) -> Number:
    """Text on one line with single spaces, in place: the last step of `clean.clean_title`."""
    n = 0
    for i in range(length):
        c = text[i]
        if c != NEWLINE and c != BLANK_BYTE:
            text[n] = c
            n += 1
        elif n > 0 and text[n - 1] != BLANK_BYTE:
            text[n] = BLANK_BYTE
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
