"""Rows, or Parquet, to tables of bounded size, and the rows that cannot be used out of them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from classifier.encoding import BLOCK
from classifier.errors import InputError
from classifier.lines import JSON_TEXT, Reject, Row

BATCH_BYTES = 16 * 2**20
# Rows of Parquet that are decoded at once. Few, since their size is known only then: a text that
# repeats is stored once and costs its length in each row.
PARQUET_STEP = 64


class Batch(NamedTuple):
    """Some rows of a file: those that can be used with their row numbers, and the others."""

    numbers: list[int]
    table: pa.Table
    rejects: list[Reject]


def batch_rows(items: Iterable[Row | Reject], schema: pa.Schema, rows: int) -> Iterator[Batch]:
    """Batches of at most `rows` rows and about `BATCH_BYTES`.

    >>> schema = pa.schema([("a", pa.string())])
    >>> items = [Row(1, ["x"], 1), Reject(2, "bad JSON", "{"), Row(3, ["y"], 1)]
    >>> [(numbers, len(rejects)) for numbers, _, rejects in batch_rows(items, schema, 2)]
    [([1], 1), ([3], 0)]
    """
    kept: list[Row] = []
    rejects: list[Reject] = []
    size = 0
    for item in items:
        if isinstance(item, Reject):
            rejects.append(item)
            size += len(item.content)
        else:
            kept.append(item)
            size += item.size
        if len(kept) + len(rejects) >= rows or size >= BATCH_BYTES:
            yield _batch(kept, schema, rejects)
            kept, rejects, size = [], [], 0
    if kept or rejects:
        yield _batch(kept, schema, rejects)


def _batch(rows: list[Row], schema: pa.Schema, rejects: list[Reject]) -> Batch:
    columns = zip(*(row.values for row in rows), strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, schema, strict=True)]
    return Batch([row.number for row in rows], pa.table(arrays, schema=schema), rejects)


def gather_batches(batches: Iterable[Batch], rows: int) -> Iterator[Batch]:
    """The same rows in fewer batches: small ones are joined while `rows` and `BATCH_BYTES` allow.

    >>> table = pa.table({"a": ["x"]})
    >>> batches = [Batch([number], table, []) for number in range(1, 6)]
    >>> [batch.numbers for batch in gather_batches(batches, 2)]
    [[1, 2], [3, 4], [5]]
    """
    waiting: list[Batch] = []
    count = size = 0
    for batch in batches:
        n, n_bytes = len(batch.numbers) + len(batch.rejects), batch.table.nbytes
        if not n:
            continue
        if waiting and (count + n > rows or size + n_bytes > BATCH_BYTES):
            yield _joined(waiting)
            waiting, count, size = [], 0, 0
        waiting.append(batch)
        count, size = count + n, size + n_bytes
    if waiting:
        yield _joined(waiting)


def _joined(batches: Sequence[Batch]) -> Batch:
    if len(batches) == 1:
        return batches[0]
    numbers = [number for batch in batches for number in batch.numbers]
    rejects = [reject for batch in batches for reject in batch.rejects]
    return Batch(numbers, pa.concat_tables(b.table for b in batches).combine_chunks(), rejects)


def open_parquet(data: BinaryIO) -> pq.ParquetFile:
    """Open file whose row groups are read block by block, whatever their size."""
    return pq.ParquetFile(data, buffer_size=BLOCK)


def batch_parquet(file: pq.ParquetFile, schema: pa.Schema, rows: int) -> Iterator[Batch]:
    """Batches of at most `rows` rows and about `BATCH_BYTES`, under the schema's names.

    A row with text that is not UTF-8 is a reject: Parquet libraries do not check it.

    Raises
    ------
    InputError
        If fewer or more rows come than the file says that it has: it is damaged.
    """
    number = 1
    for table in _parquet_tables(file, rows):
        numbers = list(range(number, number + len(table)))
        batch = Batch(numbers, pa.table(table.columns, schema=schema), [])
        yield reject_undecodable(batch)
        number += len(numbers)
    if number - 1 != (n_rows := file.metadata.num_rows):
        raise InputError(
            f"the file is damaged: it says that it has {n_rows} rows, and {number - 1} came; "
            "write it again from its source"
        )


def _parquet_tables(file: pq.ParquetFile, rows: int) -> Iterator[pa.Table]:
    gathered: list[pa.RecordBatch] = []
    size = count = 0
    for piece in _parquet_pieces(file, min(rows, PARQUET_STEP)):
        if gathered and (count + len(piece) > rows or size + piece.nbytes > BATCH_BYTES):
            yield pa.Table.from_batches(gathered).combine_chunks()
            gathered, size, count = [], 0, 0
        gathered.append(piece)
        size += piece.nbytes
        count += len(piece)
    if gathered:
        yield pa.Table.from_batches(gathered).combine_chunks()


def _parquet_pieces(file: pq.ParquetFile, rows: int) -> Iterator[pa.RecordBatch]:
    # Group by group: what is read of a group stays in memory until the reading ends.
    for group in range(file.num_row_groups):
        # The one thread is busy enough: handing columns to others takes longer than they save.
        for piece in file.iter_batches(rows, row_groups=[group], use_threads=False):
            step = max(1, len(piece) * BATCH_BYTES // max(1, piece.nbytes))
            yield from (piece.slice(start, step) for start in range(0, len(piece), step))


def _undecodable(table: pa.Table) -> list[int]:
    """Positions of the rows that hold text which is not UTF-8."""
    if _is_valid(table):
        return []
    # `take`, as a slice of lists keeps the texts of all rows.
    return [i for i in range(len(table)) if not _is_valid(table.take(pa.array([i])))]


def _is_valid(table: pa.Table) -> bool:
    try:
        table.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


# --- Rows that cannot be used ---


def reject_rows(batch: Batch, wrong: Sequence[int], reason: str) -> Batch:
    """Batch without some of its rows, given by position; they are rejects then, in row order.

    >>> batch = Batch([7, 9], pa.table({"a": ["x", " "]}), [Reject(8, "bad JSON", "{")])
    >>> batch = reject_rows(batch, [1], "no text")
    >>> batch.numbers, batch.rejects[1]
    ([7], Reject(row=9, reason='no text', content={'a': ' '}))
    """
    if not wrong:
        return batch
    numbers, table, rejects = batch
    rejects = rejects + [Reject(numbers[i], reason, _shown(table.slice(i, 1))) for i in wrong]
    out = set(wrong)
    kept = [i for i in range(len(numbers)) if i not in out]
    table = table.take(pa.array(kept, pa.int64()))
    return Batch([numbers[i] for i in kept], table, sorted(rejects, key=lambda r: r.row))


def _shown(row: pa.Table) -> dict[str, object]:
    return {name: _shown_value(row.column(name)) for name in row.column_names}


def _shown_value(column: pa.ChunkedArray) -> object:
    r"""Value of a column of one row; bytes that are not UTF-8 as ``\\xNN``."""
    kind = column.type
    if pa.types.is_string(kind):
        column = column.cast(pa.binary())
    elif pa.types.is_large_string(kind):
        column = column.cast(pa.large_binary())
    try:
        value = column[0].as_py()
    except UnicodeDecodeError:  # inside a list or a struct
        return "undecodable"
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def reject_undecodable(batch: Batch) -> Batch:
    """Batch without the rows that hold text which is not UTF-8."""
    return reject_rows(batch, _undecodable(batch.table), "undecodable bytes")


def reject_textless(batch: Batch, headings: Sequence[str]) -> Batch:
    """Batch without the rows that have no text, or white space alone, under all the headings."""
    blank = pa.array(range(len(batch.numbers)), pa.int64())
    for heading in headings:  # the first one is short, and mostly there
        texts = text_column(batch.table, heading)
        texts = texts if len(blank) == len(texts) else texts.take(blank)
        blank = blank.filter(pc.equal(pc.utf8_trim_whitespace(texts), "").combine_chunks())
    return reject_rows(batch, blank.to_pylist(), "no text")


def is_text(kind: pa.DataType) -> bool:
    """Whether a column of this type holds text, or nothing but nulls."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return pa.types.is_null(kind) or any(test(kind) for test in tests)


def text_column(table: pa.Table, heading: str) -> pa.ChunkedArray:
    """Column as strings (pyarrow.string), whatever its type; "" where it is null.

    Dates and times are in ISO 8601. Lists, and JSON text that is no string, are JSON.

    >>> text_column(pa.table({"pay": [65, None]}), "pay").to_pylist()
    ['65', '']
    """
    field, column = table.schema.field(heading), table.column(heading)
    if field.metadata == JSON_TEXT:
        column = pa.chunked_array([[_unquoted(value) for value in column.to_pylist()]], pa.string())
    elif pa.types.is_nested(field.type) or pa.types.is_binary(field.type):
        values = [_json_text(value) for value in column.to_pylist()]
        column = pa.chunked_array([values], pa.string())
    elif pa.types.is_timestamp(field.type):
        column = pc.replace_substring(column.cast(pa.string()), " ", "T", max_replacements=1)
    elif not pa.types.is_string(field.type):
        column = column.cast(pa.string())
    return pc.fill_null(column, "") if column.null_count else column


def _unquoted(text: str | None) -> str | None:
    value = json.loads(text) if text and text.startswith('"') else text
    return value if isinstance(value, str) else text


def _json_text(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
