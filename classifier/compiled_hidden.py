"""Elements of HTML that are not shown, in machine code: those of `clean.TAG`, and hidden ones."""

import numpy as np

from classifier.compiled_ascii import (
    APOSTROPHE,
    COLON,
    EQUALS,
    LESS,
    MORE,
    QUOTE,
    SLASH,
    UNSURE,
    find_next,
    is_name,
    is_space,
    skip_spaces,
    small,
)
from classifier.machine import (
    HIGH,
    PACKED,
    Bytes,
    Number,
    compiled,
    find_byte,
    load_bytes,
)

# Elements that are not shown, as the bytes of their names in one number.
UNSEEN_NAMES = ("script", "style", "svg", "title", "template", "noscript", "iframe")
UNSEEN = tuple(int.from_bytes(name.encode(), "little") for name in UNSEEN_NAMES)


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
def unseen_end(data: Bytes, start: Number, stop: Number, end: Number) -> Number:
    """Place behind an element that is not shown, by its name; 0 if it is a tag, or `UNSURE`."""
    if stop < end and data[stop] >= 0x80:
        return UNSURE
    i = stop
    while i < end and data[i] != LESS and data[i] != MORE:
        i += 1
    closes_itself = i > stop and i < end and data[i] == MORE and data[i - 1] == SLASH
    if closes_itself or (stop < end and is_name(data[stop])):
        return 0
    i = find_next(data, stop, end, LESS)
    while i < end:
        close = i + 2 + stop - start
        if i + 1 < end and data[i + 1] == SLASH and close < end:
            same = is_same(data, start, stop, i + 2)
            if same == UNSURE or (same and data[close] >= 0x80):
                return UNSURE
            if same and not is_name(data[close]):
                return min(find_next(data, close, end, MORE) + 1, end)
        i = find_next(data, i + 1, end, LESS)
    return end


@compiled
def is_same(data: Bytes, start: Number, stop: Number, at: Number) -> Number:
    """Whether a name stands elsewhere, in any case; `UNSURE` at what is not ASCII there."""
    for i in range(stop - start):
        c = data[at + i]
        if c >= 0x80:
            return UNSURE
        if small(c) != small(data[start + i]):
            return 0
    return 1


@compiled
def may_hide(data: Bytes, start: Number, end: Number) -> bool:
    """Whether a tag hides its element, or has letters that are not ASCII and may spell that."""
    i = start + 1
    while i < end:
        eight = load_bytes(data, i)
        letters = eight | np.uint64(0x2020202020202020)
        pairs = find_byte(letters, 0x64) & (find_byte(letters, 0x64) >> np.uint64(8))  # dd
        pairs |= find_byte(letters, 0x70) & (find_byte(letters, 0x6C) >> np.uint64(8))  # pl
        if (pairs | eight & HIGH) != 0 and hides_between(data, start, i, min(i + PACKED, end), end):
            return True
        i += PACKED - 1
    return False


@compiled
def hides_between(data: Bytes, start: Number, low: Number, high: Number, end: Number) -> bool:
    """Whether what hides, or \u017f, \u0130 or \u0131, stands around some bytes of a tag."""
    for i in range(low, high):
        if data[i] == 0xC4 or data[i] == 0xC5:
            return True
        if i + 1 < high:
            one, two = small(data[i]), small(data[i + 1])
            if one == 0x64 and two == 0x64 and is_hidden(data, start, i - 2, end):
                return True
            if one == 0x70 and two == 0x6C and shows_nothing(data, i + 4, end):
                return True
    return False


@compiled
def shows_nothing(data: Bytes, i: Number, end: Number) -> bool:
    """Whether ": none" may follow at i."""
    i = skip_spaces(data, i, end)
    if i >= 0 and i < end and data[i] == COLON:
        i = skip_spaces(data, i + 1, end)
        spells_none = i + 3 < end and small(data[i]) == 0x6E and small(data[i + 3]) == 0x65
        return bool(i < 0 or spells_none)
    return bool(i < 0)


@compiled
def is_hidden(data: Bytes, start: Number, i: Number, end: Number) -> bool:
    """Whether a "hidden" at i, in a tag, may hide: as a value of visibility, or an attribute."""
    if i <= start or small(data[i]) != 0x68:
        return False
    j = i - 1
    while is_space(data[j]):
        j -= 1
    if data[j] >= 0x80:
        return True
    if data[j] == COLON:  # overflow may be hidden, too
        j -= 1
        while is_space(data[j]):
            j -= 1
        return bool(data[j] >= 0x80 or small(data[j]) == 0x79)
    behind = data[i + 6] if i + 6 < end else np.uint8(0)
    parted = j < i - 1 or is_quote(data[j])
    ends = is_space(behind) or is_quote(behind) or behind == EQUALS or behind == SLASH
    ends |= behind == MORE or behind >= 0x80
    return bool(parted and ends) and not is_quoted(data, start, i, end)


@compiled
def is_quote(c: Number) -> bool:
    """Whether an ASCII character is a quote."""
    return bool(c == QUOTE or c == APOSTROPHE)


@compiled
def is_quoted(data: Bytes, start: Number, place: Number, end: Number) -> bool:
    """Whether `clean.QUOTED` takes a place of a tag away."""
    i = start
    while i < place:
        if is_quote(data[i]):
            close = find_next(data, i + 1, end, np.int64(data[i]))
            if close >= end:
                i += 1
                continue
            if close > place:
                return True
            i = close
        i += 1
    return False
