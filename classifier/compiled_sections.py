"""`features.find_work` in machine code: the part of a clean text that describes the work.

The lines are gone through as in sections.py, by the same rules. What a rule says of a line (which
kind of heading it is, whether it speaks of the work, where its notices start) is told by
sections.py, once for each different line, and kept as a fact under a hash of the line; a line
whose fact is missing is asked for, and the text is gone through again. `line_facts` has the tables.
"""

from typing import NamedTuple

import numpy as np

from classifier.compiled_ascii import BLANK, COLON, NEWLINE, find_newline, move_bytes, n_characters
from classifier.compiled_facts import (
    HEADING,
    KEPT,
    LEFT_OUT,
    MARKED_HEADING,
    NO,
    NOTICES,
    RUN_IN,
    RUN_IN_LINE,
    UNKNOWN_HEADING,
    WORK,
    YES,
    Asked,
    Facts,
    ask,
)
from classifier.compiled_phrases import Phrases, find_phrase, may_tell_work
from classifier.machine import DIGIT, Bytes, Ints, Longs, Number, compiled, decode

SHORT, SEEN, LONGEST_NAME, SHORTEST_NAME = 120, 48, 40, 3  # characters, as in sections.py
FEWEST_WORDS = 40  # as in features.py
STAR, UNDERSCORE = 0x2A, 0x5F


class LineTables(NamedTuple):
    """What does not change: characters, and the words without which a rule need not be asked."""

    kind: Bytes
    notice: Phrases
    work: Phrases


# --- Lines: sections.py ---


@compiled
def is_list_item(kind: Bytes, data: Bytes, start: Number, end: Number) -> bool:
    """`sections.LIST_ITEM`, of a line with its line breaks."""
    i = start
    while i < end and data[i] == BLANK:
        i += 1
    if i >= end or data[i] == NEWLINE:
        return False
    code, after = decode(data, i)
    if not is_bullet(code):
        n_digits = 0
        while n_digits < 2 and kind[code] & DIGIT != 0:
            n_digits += 1
            if after >= end:
                return False
            code, after = decode(data, after)
        if n_digits == 0 or not (code == 0x2E or code == 0x29):  # . )
            return False
    return bool(after < end and (data[after] == BLANK or data[after] == NEWLINE))


@compiled
def is_bullet(code: Number) -> bool:
    """Whether a character is one that list items start with."""
    if code < 0x80:
        return bool(code == 0x2D or code == 0x2A or code == 0x2B or code == 0x6F)  # - * + o
    if code == 0xB7 or code == 0x2022 or code == 0x2023 or code == 0x2013:  # · • ‣ –
        return True
    return bool(code == 0x25CF or code == 0x25AA or code == 0x25E6)  # ● ▪ ◦


@compiled
def may_be_heading(data: Bytes, start: Number, stop: Number, end: Number) -> bool:
    """Whether a line, which is no list item, is short and does not end like a sentence."""
    last = data[stop - 1]
    if last == 0x2E or last == 0x2C or last == 0x3B:  # . , ;
        return False
    n_bytes = end - start
    return bool(n_bytes < SHORT or (n_bytes < 4 * SHORT and n_characters(data, start, end) < SHORT))


@compiled
def run_in_name(data: Bytes, start: Number, stop: Number) -> tuple[Number, Number]:
    """`sections.RUN_IN`: what to ask, and the end of the name; 0 if there is none.

    A line with "*" or "_" in that part is asked for as a whole.
    """
    i, n = start, 0
    while i < stop and n <= SEEN:
        c = data[i]
        if c == STAR or c == UNDERSCORE:
            return RUN_IN_LINE, stop
        if c == COLON:
            break
        if c == 0x2E:  # .
            return 0, stop
        n += c & 0xC0 != 0x80
        i += 1
    if i >= stop or data[i] != COLON or n < SHORTEST_NAME or n > LONGEST_NAME:
        return 0, stop
    after = i + 1
    if after < stop and (data[after] == STAR or data[after] == UNDERSCORE):
        return RUN_IN_LINE, stop
    return (RUN_IN, i) if after < stop and data[after] == BLANK else (0, stop)


@compiled
def find_work(
    tables: LineTables,
    facts: Facts,
    data: Bytes,
    start: Number,
    end: Number,
    pieces: Longs,
    asked: Asked,
    n_asked: Number,
) -> tuple[Number, Number]:
    """Parts of a text that are no boilerplate, to `pieces`: their number, and that of the asked.

    If there are more asked than before, the parts are not right yet.
    """
    n, left_out, after_blank = 0, False, True
    kind, windows = tables.kind, tables.notice.windows
    phrases, places = tables.notice.text, tables.notice.starts
    i = np.int64(start)
    notice = find_phrase(windows, phrases, places, data, i, end)
    while i < end:
        first = i
        stop = i = find_newline(data, i, end)
        while i < end and data[i] == NEWLINE:
            i += 1
        is_item = is_list_item(kind, data, first, i)
        heading = np.int64(NO)
        if not is_item:
            name = first
            while data[name] == BLANK:
                name += 1
            if may_be_heading(data, first, stop, i):
                heading, n_asked = ask(facts, asked, n_asked, HEADING, data, name, stop)
        known = heading == KEPT or heading == LEFT_OUT
        other = heading == UNKNOWN_HEADING or heading == MARKED_HEADING
        if other and left_out and (after_blank or heading == MARKED_HEADING):
            left_out = False
        elif known:
            left_out = heading == LEFT_OUT
        elif left_out and heading != 0 and may_tell_work(tables.work, data, first, i):
            work, n_asked = ask(facts, asked, n_asked, WORK, data, first, i)
            left_out = work != YES
        here = left_out
        if heading == NO and not is_item:
            what, name_end = run_in_name(data, first, stop)
            if what != 0:
                here, n_asked = run_in(
                    tables, facts, data, what, first, name_end, i, left_out, asked, n_asked
                )
        left_out = left_out and here
        cuts = np.int64(0)
        if notice < first:
            notice = find_phrase(windows, phrases, places, data, first, end)
        if heading == NO and notice < i:
            cuts, n_asked = ask(facts, asked, n_asked, NOTICES, data, first, i)
            if cuts > facts.cuts.shape[0]:  # added to a later array
                cuts, n_asked = np.int64(0), n_asked + 1
        if cuts > 0:
            n = add_cut_pieces(facts.cuts, cuts - 1, here, first, i, pieces, n)
        elif not here:
            n = add_piece(first, i, pieces, n)
        after_blank = i - stop >= 2
    return n, n_asked


@compiled
def run_in(
    tables: LineTables,
    facts: Facts,
    data: Bytes,
    what: Number,
    start: Number,
    name_end: Number,
    end: Number,
    left_out: bool,
    asked: Asked,
    n_asked: Number,
) -> tuple[bool, Number]:
    """`sections.find_run_in`: whether a line is left out; and the number of the asked."""
    if what == RUN_IN_LINE:
        heading, n_asked = ask(facts, asked, n_asked, RUN_IN_LINE, data, start, end)
    else:
        while data[start] == BLANK:
            start += 1
        while name_end > start and data[name_end - 1] == BLANK:
            name_end -= 1
        heading, n_asked = ask(facts, asked, n_asked, RUN_IN, data, start, name_end)
        if heading == LEFT_OUT and may_tell_work(tables.work, data, start, end):
            work, n_asked = ask(facts, asked, n_asked, WORK, data, start, end)
            return (left_out if work == YES else True), n_asked
    return (heading == LEFT_OUT if heading >= KEPT else left_out), n_asked


@compiled
def add_cut_pieces(
    cuts: Ints, row: Number, left_out: bool, start: Number, end: Number, pieces: Longs, n: Number
) -> Number:
    """Add what is kept of a line with notices behind n pieces; its cuts start at a row."""
    while cuts[row, 0] >= 0:
        first = start + cuts[row, 0]
        last = start + cuts[row + 1, 0] if cuts[row + 1, 0] >= 0 else end
        if cuts[row, 1] == 0 and not left_out:
            n = add_piece(first, last, pieces, n)
        row += 1
    return n


@compiled
def add_piece(start: Number, end: Number, pieces: Longs, n: Number) -> Number:
    """Add a part behind n pieces, joined to the last one if that ends where it starts."""
    if n > 0 and pieces[n - 1, 1] == start:
        pieces[n - 1, 1] = end
        return n
    pieces[n, 0], pieces[n, 1] = start, end
    return n + 1


@compiled
def count_words(data: Bytes, start: Number, end: Number, enough: Number) -> Number:
    """Words of a clean text, or `enough` if there are no fewer."""
    n, inside = 0, False
    for i in range(start, end):
        space = data[i] == BLANK or data[i] == NEWLINE
        n += not space and not inside
        inside = not space
        if n >= enough:
            break
    return n


@compiled
def find_works(
    tables: LineTables,
    facts: Facts,
    data: Bytes,
    offsets: Longs,
    rows: Longs,
    pieces: Longs,
    out: Bytes,
    lengths: Longs,
    asked: Asked,
) -> Number:
    """The work of some of the texts, each to `out` where the text is in `data`; its length.

    The length of a text for which something is asked is -1. Gives the number of what is asked.
    """
    n_asked = 0
    for k in range(rows.size):
        row = rows[k]
        start, end = offsets[row], offsets[row + 1]
        n, now = find_work(tables, facts, data, start, end, pieces, asked, n_asked)
        if now > n_asked:
            lengths[row], n_asked = -1, now
            continue
        n_words = 0
        for j in range(n):
            n_words += count_words(data, pieces[j, 0], pieces[j, 1], FEWEST_WORDS - n_words)
        if n_words < FEWEST_WORDS:
            n = add_piece(start, end, pieces, 0)
        lengths[row] = copy_pieces(data, pieces, n, out, start) - start
    return n_asked


@compiled
def copy_pieces(data: Bytes, pieces: Longs, n: Number, out: Bytes, at: Number) -> Number:
    """Write n pieces to `out`, one behind the other from `at` on; give their end."""
    for j in range(n):
        start, end = pieces[j, 0], pieces[j, 1]
        at = move_bytes(data, start, end, out, at)
    return at


@compiled
def compact(out: Bytes, offsets: Longs, lengths: Longs, ends: Longs) -> None:
    """Bring texts of some lengths, each in its old place, one behind the other; their ends."""
    at = np.int64(0)
    for row in range(lengths.size):
        start = offsets[row]
        at = move_bytes(out, start, start + lengths[row], out, at)
        ends[row] = at
