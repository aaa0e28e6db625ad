"""Records of CSV to cells in machine code: what `read_csv.split_records` makes of plain ones.

A record is plain if its quotes are right and it has a field for each column. All others, and one
that the data do not hold to its end, are left to `read_csv`.
"""

import numpy as np

from classifier.compiled_ascii import BLANK, NEWLINE, QUOTE, RETURN
from classifier.compiled_cells import ESCAPED, NONE, TEXT, copy_run
from classifier.machine import (
    PACKED,
    Bytes,
    Ints,
    Longs,
    Number,
    compiled,
    find_byte,
    load_bytes,
    trailing_zeros,
)

PLAIN, CUT, ODD = 0, 1, 2  # how a record ends: well, with the data, in another way


@compiled
def quoted_end(data: Bytes, i: Number, end: Number) -> tuple[Number, Number]:
    """Place of the quote that closes a field, -1 if the data end before, and the field's kind."""
    kind = TEXT
    while i < end:
        signs = find_byte(load_bytes(data, i), QUOTE)
        if signs == 0:
            i += PACKED
            continue
        i += np.int64(trailing_zeros(signs) >> np.uint64(3))
        if i + 1 >= end:  # what follows decides
            return NONE, kind
        if data[i + 1] != QUOTE:
            return i, kind
        kind = ESCAPED
        i += 2
    return NONE, kind


@compiled
def bare_end(data: Bytes, i: Number, end: Number, delimiter: Number) -> Number:
    """Place of what ends a field without quotes, -1 if the data end before."""
    while i < end:
        if data[i] == delimiter or data[i] == NEWLINE or data[i] == RETURN:
            return i
        i += 1
    return NONE


@compiled
def find_fields(
    data: Bytes, i: Number, end: Number, delimiter: Number, kinds: Bytes, spans: Longs, row: Number
) -> tuple[Number, Number]:
    """Fill kinds and spans of a record; place behind its line, and `PLAIN`, `CUT` or `ODD`."""
    last = kinds.shape[0] - 1
    for column in range(last + 1):
        quoted, kind = np.int64(i < end and data[i] == QUOTE), TEXT
        start = i + quoted
        if quoted:
            i, kind = quoted_end(data, start, end)
        else:
            i = bare_end(data, start, end, delimiter)
        if i < 0:
            return i, CUT
        kinds[column, row] = kind
        spans[column, row, 0], spans[column, row, 1] = start, i
        i += quoted
        if column < last:
            if data[i] != delimiter:
                return i, ODD
            i += 1
    if data[i] == RETURN:
        i += 1
        if i >= end:
            return i, CUT
    return i + 1, PLAIN if data[i] == NEWLINE else ODD


@compiled
def blank_end(data: Bytes, i: Number, end: Number) -> Number:
    """Place behind a line of blanks alone, -1 if there is none."""
    while i < end and data[i] == BLANK:
        i += 1
    if i + 1 < end and data[i] == RETURN:
        i += 1
    return i + 1 if i < end and data[i] == NEWLINE else NONE


@compiled
def find_records(
    data: Bytes,
    at: Number,
    end: Number,
    longest: Number,
    delimiter: Number,
    kinds: Bytes,
    spans: Longs,
) -> tuple[Number, Number, Number]:
    """Read records until all rows are filled, the data end, or a record is not plain.

    Parameters
    ----------
    data : ndarray of uint8
        Eight bytes or more behind the end may be looked at.
    at, end : int
        Where a record starts, and where the data end.
    longest : int
        Bytes of a plain record, at most.
    delimiter : int
        A byte of ASCII.
    kinds, spans : ndarray
        As for `compiled_json.find_rows`.

    Returns
    -------
    n, at, state
        How many records were read, where the next one starts, and whether that one is `CUT` or
        `ODD`; `PLAIN` if it was not looked at.
    """
    n = 0
    while at < end and n < kinds.shape[1]:
        after = blank_end(data, at, end)
        if after < 0:
            after, state = find_fields(data, at, end, delimiter, kinds, spans, n)
            if state == PLAIN and after - at > longest:
                state = ODD
            if state != PLAIN:
                return n, at, state
            n += 1
        at = after
    return n, at, PLAIN


@compiled
def copy_cells(data: Bytes, kinds: Bytes, spans: Longs, out: Bytes, offsets: Ints) -> None:
    """Texts of a column to `out`, each quote once; where each ends to `offsets` from 1 on."""
    n = 0
    for row in range(kinds.size):
        i, end = spans[row, 0], spans[row, 1]
        while True:
            i, n = copy_run(data, i, end, QUOTE, out, n)
            if i >= end:
                break
            out[n] = QUOTE
            n += 1
            i += 2 if kinds[row] == ESCAPED else 1
        offsets[row + 1] = n
