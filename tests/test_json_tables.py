"""Tables to lines of JSON at once: the bytes that `json_lines` gives row by row."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_columns import ODD

from classifier.json_lines import json_lines
from classifier.json_tables import Values, json_bytes
from classifier.lines import JSON_TEXT

TEXTS = [
    "",
    "plain",
    'a "quoted" word',
    "back\\slash",
    "line\r\n\tend",
    "\x00\x1f\x7f",
    "é€😀",
    None,
]
MIXED = {"title": TEXTS, "n": list(range(len(TEXTS))), "big": pa.array(TEXTS, pa.large_string())}


def same(table: pa.Table) -> bool:
    return json_bytes(table).tobytes() == b"".join(json_lines(table))


@pytest.mark.parametrize(
    "table",
    [
        pa.table(MIXED),
        pa.table(ODD),
        pa.table({'a "name"\n': ["x"], "": ["y"]}),
        pa.table({"a": TEXTS})[3:6],
        pa.table({"a": pa.chunked_array([TEXTS[:2], TEXTS[2:]])}),
        pa.table({"a": pa.array([None, None], pa.string())}),
        pa.table({"a": ["x"]}).slice(1),
        pa.table({"a": pa.chunked_array([], pa.string())}),
    ],
    ids=["mixed", "odd", "names", "slice", "chunks", "nulls", "no rows", "no chunks"],
)
def test_the_lines_are_those_of_the_reference(table: pa.Table) -> None:
    assert same(table)


def test_json_text_stays_as_it_is() -> None:
    schema = pa.schema([pa.field("a", pa.string(), metadata=JSON_TEXT), ("b", pa.string())])
    assert same(pa.table([['["x", 1.0]', None], ['["x", 1.0]', None]], schema=schema))


@pytest.mark.parametrize("n", range(25))
@pytest.mark.parametrize("sign", ['"', "\\", "\n", "\x01", "é"])
def test_a_sign_at_any_place(n: int, sign: str) -> None:
    assert same(pa.table({"a": [f"{'x' * n}{sign}", "y", f"{sign}{'x' * n}", f"{sign * n}z"]}))


ROWS = st.lists(st.tuples(st.none() | st.text(), st.none() | st.floats(), st.text()), max_size=8)


@given(ROWS, st.lists(st.text(), min_size=3, max_size=3, unique=True))
@settings(deadline=None)
def test_any_rows(rows: list[tuple[str | None, float | None, str]], names: list[str]) -> None:
    columns = [[row[i] for row in rows] for i in range(3)]
    kinds = [pa.string(), pa.float64(), pa.large_string()]
    arrays = [pa.array(*column) for column in zip(columns, kinds, strict=True)]
    assert same(pa.table(arrays, names=names))


def test_texts_are_not_copied_and_cannot_be_written_to() -> None:
    texts = pa.array(["one", "two"])
    values = Values.of(pa.table({"a": texts}), "a")
    assert values.data.ctypes.data == texts.buffers()[2].address
    assert not values.data.flags.writeable
