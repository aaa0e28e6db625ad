"""JSON Lines in UTF-8 to tables, many rows at once: `read_jsonl` with compiled code for plain rows.

Needs numba, by what it imports; `files` asks first.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate
from typing import BinaryIO, NamedTuple, Self, TypeAlias

import numpy as np
import pyarrow as pa

from classifier.batches import Batch, batch_rows, gather_batches
from classifier.cells import Cells, number_batches, wrong_byte
from classifier.compiled_cells import ESCAPED, INTEGER, NULL, REAL, TEXT, TRUTH
from classifier.compiled_json import copy_cells, find_rows
from classifier.lines import JSON_TEXT, RECORD_LIMIT
from classifier.machine import Bytes, Longs
from classifier.read_jsonl import Kinds, read_jsonl
from classifier.window import SIZE, Window

BITS = {"string": TEXT | ESCAPED, "int": INTEGER, "float": REAL, "bool": TRUTH, "null": NULL}
ANY = sum(BITS.values())
ALLOWED = {
    pa.string(): NULL | TEXT | ESCAPED,
    pa.int64(): NULL | INTEGER,
    pa.float64(): NULL | INTEGER | REAL,
    pa.bool_(): NULL | TRUTH,
}
AT_ONCE = 512  # rows
Part: TypeAlias = Cells | str  # plain rows, or the text of one that is not


class Names(NamedTuple):
    """Names of columns, as `find_rows` takes them, and the kinds of cells that each may have."""

    spelled: Bytes
    places: Longs
    allowed: Bytes

    @classmethod
    def of(cls, names: Iterable[str], allowed: Iterable[int]) -> Self:
        """Names, and kinds of each, in the order of the columns."""
        words = [name.encode() for name in names]
        places = np.fromiter(accumulate(map(len, words), initial=0), np.int64)
        spelled = np.frombuffer(bytearray(b"".join([*words, b"\0"])), np.uint8)
        return cls(spelled, places, np.fromiter(allowed, np.uint8))


def find_schema(file: BinaryIO) -> pa.Schema:
    """`read_jsonl.infer_schema` of the lines of a file."""
    kinds = Kinds()
    window, names = Window(file), Names.of([], [])
    while window.more():
        if len(kinds.found) > len(names.allowed):
            names = Names.of(kinds.found, [ANY] * len(kinds.found))
        part = _take(window, names, AT_ONCE)
        if isinstance(part, Cells):
            seen = np.bitwise_or.reduce(part.kinds, axis=1, initial=0).tolist()
            for found, bits in zip(kinds.found.values(), seen, strict=True):
                found.update(name for name, bit in BITS.items() if bits & bit)
        else:
            kinds.add(part)
    return kinds.schema()


def read_jsonl_batches(
    file: BinaryIO, schema: pa.Schema, strings: Collection[str], rows: int
) -> Iterator[Batch]:
    """Batches of what `read_jsonl.read_jsonl` gives for the lines of a file."""
    return gather_batches(_batches(Window(file), schema, strings, rows), rows)


def _batches(
    window: Window, schema: pa.Schema, strings: Collection[str], rows: int
) -> Iterator[Batch]:
    def plain(cells: Cells, first: int) -> Batch:
        return cells.batch(schema, first, copy_cells)

    def others(texts: Iterable[str], first: int) -> Iterator[Batch]:
        lines = (text for text in texts if text.strip())
        return batch_rows(read_jsonl(lines, schema, strings, first), schema, rows)

    names = Names.of(schema.names, map(_allowed, schema))
    parts = (_take(window, names, rows) for _ in iter(window.more, False))
    return number_batches(parts, plain, others)


def _allowed(field: pa.Field) -> int:
    """Kinds of cells that the column holds as they stand."""
    return NULL if field.metadata == JSON_TEXT else ALLOWED[field.type]


def _take(window: Window, names: Names, rows: int) -> Part:
    """Next plain rows of a window that has more, or none but blank lines, or the text of a line."""
    if window.whole_lines() == window.at and window.end - window.at < SIZE:
        window.fill()
    return _take_cells(window, names, rows, window.whole_lines()) or window.line()


def _take_cells(window: Window, names: Names, rows: int, end: int) -> Cells | None:
    """Plain rows up to a place; None if it does not start with one, or a blank line."""
    cells = Cells.make(window.data, len(names.allowed), rows)
    n, after = find_rows(
        window.data, window.at, end, RECORD_LIMIT, *names, cells.kinds, cells.spans
    )
    if after == window.at:
        return None
    wrong = wrong_byte(window.data[window.at : after])
    if wrong is not None:
        return _take_cells(window, names, rows, window.line_start(window.at + wrong))
    window.at = after
    return cells.first(n)
