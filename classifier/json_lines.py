"""Tables to lines of JSON: what each value is written as."""

from collections.abc import Iterator
from decimal import Decimal

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from classifier.batches import text_column
from classifier.lines import JSON_TEXT

PLAIN = orjson.OPT_PASSTHROUGH_DATETIME
OPTIONS = orjson.OPT_APPEND_NEWLINE | PLAIN


def json_lines(table: pa.Table) -> Iterator[bytes]:
    r"""Lines of JSON, one object a row, in UTF-8.

    >>> list(json_lines(pa.table({"a": ["é", None], "b": [0.5, float("nan")]})))
    [b'{"a":"\xc3\xa9","b":0.5}\n', b'{"a":null,"b":null}\n']
    """
    names = table.column_names
    columns = [json_values(table, name) for name in names]
    for values in zip(*columns, strict=True):
        yield json_line(dict(zip(names, values, strict=True)))


def json_values(table: pa.Table, name: str) -> list[object]:
    """Values of a column, as `json_line` takes them."""
    field, column = table.schema.field(name), table.column(name)
    if field.metadata == JSON_TEXT:
        return [orjson.Fragment(text or "null") for text in column.to_pylist()]
    if pa.types.is_temporal(field.type):  # not through Python, whose years end with 9999
        column = pc.if_else(column.is_null(), None, text_column(table, name))
    values: list[object] = column.to_pylist()
    return values


def json_line(value: object) -> bytes:
    """Line of JSON in UTF-8; NaN and infinite numbers are null, what JSON does not have is text."""
    return orjson.dumps(value, plain_value, OPTIONS)


def json_text(value: object) -> bytes:
    """The same without the end of the line."""
    return orjson.dumps(value, plain_value, PLAIN)


def plain_value(value: object) -> object:
    """Value that JSON has for one that it has not."""
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return orjson.Fragment(str(int(value))) if whole else float(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return str(value)
