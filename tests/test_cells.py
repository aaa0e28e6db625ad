"""Cells of a file to Arrow columns."""

import json

import numpy as np
import pyarrow as pa
import pytest
from buffers import bytes_of

from classifier.cells import Cells, wrong_byte
from classifier.compiled_cells import INTEGER, NULL, REAL, TEXT, TRUTH
from classifier.compiled_json import copy_cells


def cells_of(rows: list[list[str]]) -> Cells:
    """Cells of values in JSON, "" where a row has none."""
    data = bytes_of("".join(value for row in rows for value in row))
    found = Cells.make(data, len(rows[0]), len(rows) + 3)
    at = 0
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            quoted = value.startswith('"')
            found.kinds[column, number] = kind_of(value)
            found.spans[column, number] = at + quoted, at + len(value.encode()) - quoted
            at += len(value.encode())
    return found.first(len(rows))


def kind_of(value: str) -> int:
    kinds = {str: TEXT, bool: TRUTH, int: INTEGER, float: REAL, type(None): NULL}
    return kinds[type(json.loads(value))] if value else 0


def test_cells_get_the_type_of_their_column() -> None:
    schema = pa.schema(
        [("s", pa.string()), ("i", pa.int64()), ("f", pa.float64()), ("b", pa.bool_())]
    )
    rows = [['"é"', "7", "0.1", "true"], ["null", "", "3", "false"], ["", "-12", "-0.0", "null"]]
    numbers, table, rejects = cells_of(rows).batch(schema, 5, copy_cells)
    assert (numbers, rejects) == ([5, 6, 7], [])
    table.validate(full=True)
    assert table.equals(
        pa.table(
            [["é", None, None], [7, None, -12], [0.1, 3.0, -0.0], [True, False, None]],
            schema=schema,
        )
    )


def test_a_column_without_values_is_null() -> None:
    schema = pa.schema([("a", pa.string())])
    assert cells_of([[""], ["null"]]).batch(schema, 1, copy_cells).table["a"].null_count == 2


def test_no_rows_are_an_empty_batch() -> None:
    batch = cells_of([['"a"']]).first(0).batch(pa.schema([("a", pa.string())]), 1, copy_cells)
    assert (batch.numbers, len(batch.table)) == ([], 0)


@pytest.mark.parametrize("size", [0, 3, 2**20])
def test_the_first_wrong_byte_is_found(size: int) -> None:
    right = "é".encode() + b"x" * size
    assert wrong_byte(np.frombuffer(right, np.uint8)) is None
    assert wrong_byte(np.frombuffer(right + b"\xffa\xff", np.uint8)) == len(right)
