"""CSV in UTF-8 to tables, many records at once: `read_csv` with compiled code for plain records.

Needs numba, by what it imports; `files` asks first.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyarrow as pa

from classifier.batches import Batch, batch_rows, gather_batches, reject_undecodable
from classifier.cells import Cells, number_batches
from classifier.compiled_csv import CUT, PLAIN, copy_cells, find_records
from classifier.lines import RECORD_LIMIT
from classifier.read_csv import (
    Record,
    Splitter,
    detect_delimiter,
    read_header,
    read_rows,
    read_sample,
)
from classifier.window import Window


def read_csv_batches(
    file: BinaryIO, delimiters: str, rows: int
) -> tuple[pa.Schema, Iterator[Batch]]:
    """Columns of strings, and batches of what `read_csv.read_csv` gives for the lines of a file."""
    sample = read_sample(iter(Window(file).line, ""))
    delimiter, window = detect_delimiter(sample, delimiters), Window(file)
    headings = read_header(Splitter(iter(window.line, ""), delimiter))
    schema = pa.schema([(heading, pa.string()) for heading in headings])
    return schema, gather_batches(_batches(window, schema, delimiter, rows), rows)


def _batches(window: Window, schema: pa.Schema, delimiter: str, rows: int) -> Iterator[Batch]:
    def plain(cells: Cells, first: int) -> Batch:
        return reject_undecodable(cells.batch(schema, first, copy_cells))

    def others(records: Iterable[Record], first: int) -> Iterator[Batch]:
        return batch_rows(read_rows(records, schema.names, first), schema, rows)

    return number_batches(_parts(window, delimiter, len(schema), rows), plain, others)


def _parts(window: Window, delimiter: str, n_columns: int, rows: int) -> Iterator[Cells | Record]:
    """All records of a window in order: plain ones together, the others as they are found."""
    while window.more():
        cells = Cells.make(window.data, n_columns, rows)
        span = (window.data, window.at, window.end, RECORD_LIMIT)
        n, window.at, state = find_records(*span, ord(delimiter), cells.kinds, cells.spans)
        if n:
            yield cells.first(n)
        if state == CUT and window.end - window.at <= RECORD_LIMIT and window.fill():
            continue
        if state != PLAIN:
            yield from _records(window, delimiter)


def _records(window: Window, delimiter: str) -> Iterator[Record]:
    """The next record, and those that begin in lines which had to be looked at for it."""
    splitter = Splitter(iter(window.line, ""), delimiter)
    for record in splitter:
        yield record
        if not splitter.pending:
            return
