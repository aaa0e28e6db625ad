"""Lines of JSON to cells in machine code: what `read_jsonl.parse_row` makes of plain rows.

A row is plain if it is an object of texts, numbers of a few digits, true, false and null, no key
of which is escaped or stands twice. All others, and what is no JSON, are left to `read_jsonl`.
"""

import numpy as np

from classifier.compiled_ascii import (
    BACKSLASH,
    BLANK,
    COLON,
    NEWLINE,
    QUOTE,
    RETURN,
    TAB,
    is_digit,
    json_signs,
)
from classifier.compiled_cells import (
    ESCAPED,
    INTEGER,
    NONE,
    NULL,
    REAL,
    TEXT,
    TRUTH,
    copy_run,
)
from classifier.machine import (
    PACKED,
    Bytes,
    Ints,
    Longs,
    Number,
    compiled,
    encode,
    load_bytes,
    trailing_zeros,
)

COMMA, BRACE, END_BRACE, MINUS, POINT, ZERO, LETTER_U = 0x2C, 0x7B, 0x7D, 0x2D, 0x2E, 0x30, 0x75
LONGEST_INTEGER = 15  # digits: exact as a float, too
LONGEST_REAL = 30
TRUE, FALSE, NOTHING = (np.frombuffer(word, np.uint8) for word in (b"true", b"false", b"null"))
# What stands behind a backslash, but for u, and the character that it means.
SHORT = np.zeros(256, np.uint8)
SHORT[list(b'"\\/bfnrt')] = list(b'"\\/\b\f\n\r\t')


@compiled
def skip_blanks(data: Bytes, i: Number) -> Number:
    """Place of the next byte that is neither blank nor tab."""
    while data[i] == BLANK or data[i] == TAB:
        i += 1
    return i


@compiled
def hex_code(data: Bytes, i: Number) -> Number:
    """Value of four hexadecimal digits; -1 if there are none."""
    code: Number = 0
    for k in range(i, i + 4):
        byte = np.int64(data[k])
        low = byte | 0x20
        if is_digit(byte):
            code = code << 4 | byte - ZERO
        elif 0x61 <= low <= 0x66:
            code = code << 4 | low - 0x57
        else:
            return NONE
    return code


@compiled
def escape_code(data: Bytes, i: Number) -> tuple[Number, Number]:
    """Code point that an escape at a backslash means, and its bytes; -1 if it means none."""
    if data[i + 1] != LETTER_U:
        return np.int64(SHORT[data[i + 1]]) if SHORT[data[i + 1]] else NONE, 2
    code = hex_code(data, i + 2)
    if code & 0xF800 != 0xD800 or code < 0:
        return code, 6
    if code >= 0xDC00 or data[i + 6] != BACKSLASH or data[i + 7] != LETTER_U:
        return NONE, 6
    low = hex_code(data, i + 8)
    if low & 0xFC00 != 0xDC00 or low < 0:
        return NONE, 6
    return 0x10000 + ((code & 0x3FF) << 10 | low & 0x3FF), 12


@compiled
def string_end(data: Bytes, i: Number) -> tuple[Number, Number]:
    """Place of the quote that ends a string, -1 if it is none, and `TEXT` or `ESCAPED`."""
    kind = TEXT
    while True:
        signs = json_signs(load_bytes(data, i))
        if signs == 0:
            i += PACKED
            continue
        i += np.int64(trailing_zeros(signs) >> np.uint64(3))
        if data[i] == QUOTE:
            return i, kind
        if data[i] != BACKSLASH:
            return NONE, kind
        code, size = escape_code(data, i)
        if code < 0:
            return NONE, kind
        kind = ESCAPED
        i += size


@compiled
def number_end(data: Bytes, i: Number) -> tuple[Number, Number]:
    """Place behind a number, -1 if it is none or of many digits, and its kind."""
    first = i
    i += data[i] == MINUS
    digits = i
    while is_digit(data[i]):
        i += 1
    n = i - digits
    if n == 0 or (n > 1 and data[digits] == ZERO):
        return NONE, INTEGER
    if data[i] != POINT:
        negative_zero = data[first] == MINUS and data[digits] == ZERO
        return NONE if n > LONGEST_INTEGER or negative_zero else i, INTEGER
    digits = i = i + 1
    while is_digit(data[i]):
        i += 1
    return NONE if i == digits or i - first > LONGEST_REAL else i, REAL


@compiled
def word_end(data: Bytes, i: Number, word: Bytes) -> Number:
    """Place behind a word, -1 if it does not stand here."""
    for k in range(word.size):
        if data[i + k] != word[k]:
            return NONE
    return i + word.size


@compiled
def value_end(data: Bytes, i: Number) -> tuple[Number, Number]:
    """Place behind a value, -1 if it is not plain, and its kind. A string ends at its quote."""
    byte = data[i]
    if byte == QUOTE:
        return string_end(data, i + 1)
    if byte == MINUS or is_digit(byte):
        return number_end(data, i)
    if byte == NOTHING[0]:
        return word_end(data, i, NOTHING), NULL
    return word_end(data, i, TRUE if byte == TRUE[0] else FALSE), TRUTH


@compiled
def find_name(
    data: Bytes, start: Number, end: Number, names: Bytes, places: Longs, guess: Number
) -> Number:
    """Column of a key, or -1; looked for from the guess on, as keys mostly come in one order."""
    n = places.size - 1
    for step in range(n):
        column = (guess + step) % n
        first = places[column]
        if places[column + 1] - first != end - start:
            continue
        k = start
        while k < end and data[k] == names[first + k - start]:
            k += 1
        if k == end:
            return column
    return NONE


@compiled
def line_end(data: Bytes, i: Number) -> Number:
    """Place behind the end of the line, -1 if anything but blanks comes before."""
    i = skip_blanks(data, i)
    i += data[i] == RETURN
    return i + 1 if data[i] == NEWLINE else NONE


@compiled
def find_cells(
    data: Bytes,
    i: Number,
    names: Bytes,
    places: Longs,
    allowed: Bytes,
    kinds: Bytes,
    spans: Longs,
    row: Number,
) -> Number:
    """Fill kinds and spans of a row; place behind its line, -1 if the row is not plain."""
    if data[i] != BRACE:
        return NONE
    i, column = skip_blanks(data, i + 1), NONE
    if data[i] == END_BRACE:
        return line_end(data, i + 1)
    while True:
        start = i + 1
        i, kind = string_end(data, start) if data[i] == QUOTE else (NONE, TEXT)
        if i < 0 or kind == ESCAPED:
            return NONE
        column = find_name(data, start, i, names, places, column + 1)
        i = skip_blanks(data, i + 1)
        if column < 0 or kinds[column, row] != 0 or data[i] != COLON:
            return NONE
        start = skip_blanks(data, i + 1)
        i, kind = value_end(data, start)
        if i < 0 or kind & allowed[column] == 0:
            return NONE
        quoted = np.int64(kind & (TEXT | ESCAPED) != 0)
        kinds[column, row] = kind
        spans[column, row, 0], spans[column, row, 1] = start + quoted, i
        i = skip_blanks(data, i + quoted)
        if data[i] == END_BRACE:
            return line_end(data, i + 1)
        if data[i] != COMMA:
            return NONE
        i = skip_blanks(data, i + 1)


@compiled
def find_rows(
    data: Bytes,
    at: Number,
    end: Number,
    longest: Number,
    names: Bytes,
    places: Longs,
    allowed: Bytes,
    kinds: Bytes,
    spans: Longs,
) -> tuple[Number, Number]:
    """Read lines until all rows are filled, the data end, or a row is not plain.

    Parameters
    ----------
    data : ndarray of uint8
        Lines, each with its end; eight bytes or more behind the last.
    at, end : int
        Where the lines start and end.
    longest : int
        Bytes of a plain row, at most.
    names, places : ndarray
        Keys one behind the other in UTF-8, and where each of them starts and the last one ends.
    allowed : ndarray of uint8
        Kinds that each column may have.
    kinds : ndarray of uint8, shape (n_columns, n_rows)
        All 0. Takes the kind of each cell.
    spans : ndarray of int64, shape (n_columns, n_rows, 2)
        Takes where the text of each cell starts and ends, without quotes.

    Returns
    -------
    n, at
        How many rows were read, and where the next line starts.
    """
    n = 0
    while at < end and n < kinds.shape[1]:
        first = skip_blanks(data, at)
        after = line_end(data, first)
        if after < 0:
            after = find_cells(data, first, names, places, allowed, kinds, spans, n)
            if after < 0 or after - at > longest:
                kinds[:, n] = 0
                return n, at
            n += 1
        at = after
    return n, at


@compiled
def copy_cells(data: Bytes, kinds: Bytes, spans: Longs, out: Bytes, offsets: Ints) -> None:
    """Texts of a column to `out`, with escapes resolved; where each ends to `offsets` from 1 on."""
    n = 0
    for row in range(kinds.size):
        if kinds[row] > NULL:
            i, end = spans[row, 0], spans[row, 1]
            while True:
                i, n = copy_run(data, i, end, BACKSLASH, out, n)
                if i >= end:
                    break
                code, size = escape_code(data, i)
                i, n = i + size, encode(code, out, n)
        offsets[row + 1] = n
