"""Tags of HTML in machine code: `clean.HTML_SIGN`, `clean.BLOCK_TAG` and `clean.TAG`."""

import numpy as np

from classifier.compiled_ascii import (
    APOSTROPHE,
    BANG,
    BLANK,
    COLON,
    DASH,
    EQUALS,
    MORE,
    QUESTION,
    QUOTE,
    SLASH,
    UNSURE,
    find_next,
    is_letter,
    is_space,
    name_end,
    skip_spaces,
)
from classifier.compiled_hidden import is_unseen, may_hide, tag_key, unseen_end
from classifier.machine import (
    PACKED,
    Bytes,
    Keys,
    Number,
    compiled,
    find_byte,
    keep_bytes,
    load_bytes,
    lower_run,
    mix,
    trailing_zeros,
)

# What a tag puts between the texts around it: `clean.BREAKS`.
TEXT, LINE, BULLET, PARAGRAPH, BR = 0, 1, 2, 3, 4
TAG_SLOTS, IS_BLOCK, IS_ITEM, IS_UNSEEN, IS_KNOWN = 256, 1, 2, 4, 8
LONGEST_TAG = 10  # bytes of the longest name that is known


@compiled
def find_key(tags: Keys, key: np.uint64, rest: np.uint64) -> Number:
    """Row of a tag's name, or -1."""
    at = np.int64(mix(key ^ rest) & np.uint64(TAG_SLOTS - 1))
    while tags[at, 0] != 0:
        if tags[at, 0] == key and tags[at, 1] == rest:
            return at
        at = (at + 1) % TAG_SLOTS
    return -1


@compiled
def find_tag(tags: Keys, data: Bytes, start: Number, stop: Number) -> Number:
    """Row of a tag's name, whatever its case; -1 if it is unknown."""
    if stop == start or stop - start > LONGEST_TAG:
        return -1
    key, rest = tag_key(data, start, stop)
    return find_key(tags, key, rest)


@compiled
def add_tag(tags: Keys, data: Bytes) -> Number:
    """Add a name to a table with room, and give its row."""
    key, rest = tag_key(data, 0, data.size)
    at = np.int64(mix(key ^ rest) & np.uint64(TAG_SLOTS - 1))
    while tags[at, 0] != 0:
        at = (at + 1) % TAG_SLOTS
    tags[at, 0], tags[at, 1] = key, rest
    return at


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
    if row < 0 or marks[row, 2] & IS_KNOWN == 0:
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
    opens = j == i + 1
    if opens and is_unseen(data, j, stop):
        close = unseen_end(data, j, stop, end)
        if close != 0:
            return close
    while stop < end and not is_space(data[stop]) and data[stop] != SLASH and data[stop] != MORE:
        if data[stop] >= 0x80:
            return UNSURE
        stop += 1
    stop = attributes_end(data, stop, end)
    return UNSURE if stop < 0 or (opens and may_hide(data, i, stop)) else stop


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
        eight = load_bytes(data, i)
        signs = find_byte(eight, MORE) | find_byte(eight, EQUALS)
        if signs == 0:
            i += PACKED
            continue
        i += np.int64(trailing_zeros(signs) >> np.uint64(3))
        if i >= end:
            break
        if data[i] == MORE:
            return i + 1
        i = skip_spaces(data, i + 1, end)
        if i < 0:
            return UNSURE
        if i < end and (data[i] == QUOTE or data[i] == APOSTROPHE):
            i = find_next(data, i + 1, end, np.int64(data[i])) + 1
            continue
        while i < end and not is_space(data[i]) and data[i] != MORE:
            if data[i] >= 0x80:
                return UNSURE
            i += 1
    return end


@compiled
def starts_tag(data: Bytes, i: Number, end: Number) -> bool:
    """Whether `clean.TAG` matches at a "<"."""
    i += 1 + (data[i + 1] == SLASH)
    if i < end and is_letter(data[i]):
        return True
    return bool(i < end and data[i - 1] != SLASH and (data[i] == BANG or data[i] == QUESTION))


@compiled
def read_tag(
    tags: Keys, marks: Bytes, data: Bytes, i: Number, end: Number
) -> tuple[Number, bool, Number]:
    """`tag_mark` and `tag_end` of what stands at a "<"."""
    closes = np.int64(data[i + 1] == SLASH)
    start = i + 1 + closes
    key, n = lower_run(load_bytes(data, start))
    stop = start + n
    if stop < end and n < PACKED and is_letter(data[start]):
        row = find_key(tags, keep_bytes(key, n), np.uint64(0))
        bits = np.uint8(0) if row < 0 else marks[row, 2]
        if bits & IS_UNSEEN == 0 or closes:
            mark = np.int64(TEXT if row < 0 else marks[row, closes])
            closes_item = closes == 1 and bits & IS_ITEM != 0
            if data[stop] == MORE:
                return mark, closes_item, stop + 1
            if data[stop] == BLANK:
                stop = attributes_end(data, stop, end)
                if stop < 0 or (closes == 0 and may_hide(data, i, stop)):
                    stop = np.int64(UNSURE)
                return mark, closes_item, stop
    stop = tag_end(data, i, end)
    if stop <= i:
        return TEXT, False, stop
    mark, closes_item = tag_mark(tags, marks, data, i + 1, end)
    return mark, closes_item, stop


@compiled
def tag_mark(tags: Keys, marks: Bytes, data: Bytes, i: Number, end: Number) -> tuple[Number, bool]:
    """What the tag whose name, or "/", stands at i puts between texts; whether it is "/li"."""
    closes = i < end and data[i] == SLASH
    i += closes
    stop = name_end(data, i, end)
    if stop < end and not is_space(data[stop]) and data[stop] != SLASH and data[stop] != MORE:
        return TEXT, False  # a longer name, which is not known
    row = find_tag(tags, data, i, stop)
    if row < 0:
        return TEXT, False
    if closes:
        return np.int64(marks[row, 1]), marks[row, 2] & IS_ITEM != 0
    return np.int64(marks[row, 0]), False
