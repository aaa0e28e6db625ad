"""Records of CSV in machine code against Python's own parser."""

import csv
from itertools import pairwise
from typing import Literal

import numpy as np
import pytest
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.compiled_cells import ESCAPED, TEXT
from classifier.compiled_csv import CUT, ODD, PLAIN, copy_cells, find_records

ROWS = 5


def find(
    text: str, n_columns: int = 2, longest: int = 1000, delimiter: str = ","
) -> tuple[list[list[str]], str, int]:
    """Fields of the plain records, the text behind them, and the state."""
    data, size = bytes_of(text), len(text.encode())
    kinds = np.zeros((n_columns, ROWS), np.uint8)
    spans = np.zeros((n_columns, ROWS, 2), np.int64)
    n, at, state = find_records(data, 0, size, longest, ord(delimiter), kinds, spans)
    columns = [texts(data, kinds[c, :n], spans[c, :n], size) for c in range(n_columns)]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return rows, data[at:size].tobytes().decode(), state


def texts(data: np.ndarray, kinds: np.ndarray, spans: np.ndarray, size: int) -> list[str]:
    out, offsets = np.zeros(size + 16, np.uint8), np.zeros(len(kinds) + 1, np.int32)
    copy_cells(data, kinds, spans, out, offsets)
    assert {int(kind) for kind in kinds} <= {TEXT, ESCAPED}
    return [out[a:b].tobytes().decode() for a, b in pairwise(offsets)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n", [["a", "b"]]),
        ('"a","b"\r\n', [["a", "b"]]),
        ('"a\n""b"",c",\n', [['a\n"b",c', ""]]),
        (',""\n', [["", ""]]),
        ('5" x,"é"\n', [['5" x', "é"]]),
        ('"""","a""""b"\n', [['"', 'a""b']]),
        ('a,"b\r"\n\n  \r\nc,d\n', [["a", "b\r"], ["c", "d"]]),
    ],
)
def test_fields_of_plain_records(text: str, rows: list[list[str]]) -> None:
    assert find(text) == (rows, "", PLAIN)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        *((text, CUT) for text in ("a", "a,", "a,b", 'a,"b', 'a,"b"', 'a,"b""', "a,b\r", '"')),
        *((text, ODD) for text in ("a\n", "a,b,c\n", '"a"x,b\n', 'a,"b"x\n', "a,b\rc,d\n")),
    ],
)
def test_other_records_are_left(text: str, state: int) -> None:
    assert find(text) == ([], text, state)
    assert find(f"1,2\n{text}") == ([["1", "2"]], text, state)


def test_it_stops_when_the_rows_are_full_or_a_record_is_too_long() -> None:
    assert find("a,b\n" * (ROWS + 2)) == ([["a", "b"]] * ROWS, "a,b\na,b\n", PLAIN)
    assert find("a,b\naa,b\n", longest=4) == ([["a", "b"]], "aa,b\n", ODD)


@given(
    st.lists(st.lists(st.text(max_size=6), min_size=2, max_size=2), max_size=ROWS),
    st.booleans(),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(deadline=None)
def test_what_is_written_is_read(
    rows: list[list[str]], all_quoted: bool, delimiter: str, end: str
) -> None:
    lines: list[str] = []
    quoting: Literal[0, 1] = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(Lines(lines), delimiter=delimiter, quoting=quoting, lineterminator=end)
    # No record is a blank line; a return alone is not quoted by Python.
    rows = [[f"x{x if all_quoted else x.replace(chr(13), '')}" for x in row] for row in rows]
    writer.writerows(rows)
    found, rest, _ = find("".join(lines), delimiter=delimiter)
    assert (found, rest) == (rows, "")


class Lines:
    """Takes what is written."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append
