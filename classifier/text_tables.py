"""CSV and JSON Lines to tables in batches: by compiled code where there is enough for it."""

from collections.abc import Collection, Iterator

import pyarrow as pa

from classifier.batches import Batch, batch_rows
from classifier.compiler import has_compiler
from classifier.lines import Source, read_lines
from classifier.read_csv import read_csv
from classifier.read_jsonl import infer_schema, read_jsonl, read_texts

FEW_BYTES = 2 * 2**20  # of a file: to read it row by row takes less time than to load compiled code
UTF8 = {"utf-8", "utf8"}


def open_csv(
    source: Source, encoding: str, delimiters: str, rows: int
) -> tuple[pa.Schema, Iterator[Batch]]:
    """Columns of strings, and batches of `read_csv.read_csv`'s rows."""
    if _is_for_compiled(source, encoding):
        from classifier.csv_batches import read_csv_batches

        return read_csv_batches(source.data, delimiters, rows)
    headings, items = read_csv(read_lines(source.data, encoding), delimiters)
    schema = pa.schema([(heading, pa.string()) for heading in headings])
    return schema, batch_rows(items, schema, rows)


def json_schema(source: Source, encoding: str, *, array: bool) -> pa.Schema:
    """Columns as `read_jsonl.infer_schema` finds them; the file may be an `array`."""
    if not array and _is_for_compiled(source, encoding):
        from classifier.jsonl_batches import find_schema

        return find_schema(source.data)
    return infer_schema(read_texts(source.data, encoding, array=array))


def read_json(
    source: Source,
    encoding: str,
    schema: pa.Schema,
    strings: Collection[str],
    rows: int,
    *,
    array: bool,
) -> Iterator[Batch]:
    """Batches of `read_jsonl.read_jsonl`'s rows."""
    if not array and _is_for_compiled(source, encoding):
        from classifier.jsonl_batches import read_jsonl_batches

        return read_jsonl_batches(source.data, schema, strings, rows)
    texts = read_texts(source.data, encoding, array=array)
    return batch_rows(read_jsonl(texts, schema, strings), schema, rows)


def _is_for_compiled(source: Source, encoding: str) -> bool:
    return encoding.lower() in UTF8 and source.size() > FEW_BYTES and has_compiler()
