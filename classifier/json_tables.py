"""Tables to lines of JSON, many rows at once: `json_lines` with compiled code for the texts.

Needs numba, by what it imports; `write_files` asks first.
"""

from itertools import accumulate
from typing import NamedTuple, Self

import numpy as np
import pyarrow as pa

from classifier.compiled_quotes import add_sizes, put_column
from classifier.json_lines import json_text, json_values
from classifier.lines import JSON_TEXT
from classifier.machine import Bytes, Longs

WIDTHS = {pa.string(): np.int32, pa.large_string(): np.int64}


def json_bytes(table: pa.Table) -> Bytes:
    r"""Lines of `json_lines`, one behind the other.

    >>> json_bytes(pa.table({"a": ["é", None], "b": [0.5, float("nan")]})).tobytes()
    b'{"a":"\xc3\xa9","b":0.5}\n{"a":null,"b":null}\n'
    """
    names = table.column_names
    columns = [Values.of(table, name) for name in names]
    keys = [b","[: bool(i)] + json_text(name) + b":" for i, name in enumerate(names)]
    sizes = np.full(len(table), len(b"{}\n") + sum(map(len, keys)), np.int64)
    for values in columns:
        add_sizes(*values, sizes)
    ends = np.cumsum(sizes)
    out, places = np.empty(sizes.sum(), np.uint8), ends - sizes
    out[places], out[ends - 2], out[ends - 1] = b"{}\n"
    places += 1
    for key, values in zip(keys, columns, strict=True):
        put_column(np.frombuffer(key, np.uint8), *values, out, places)
    return out


class Values(NamedTuple):
    """Values of a column, as compiled code takes them."""

    data: Bytes  # one behind the other
    starts: Longs  # of each, and the end of the last
    valid: Bytes
    quoted: bool  # whether they are texts, else JSON

    @classmethod
    def of(cls, table: pa.Table, name: str) -> Self:
        """Values of a column of a table."""
        field = table.schema.field(name)
        if field.type in WIDTHS and field.metadata != JSON_TEXT and len(table):
            return cls._of_texts(table.column(name))
        parts = [json_text(value) for value in json_values(table, name)]
        starts = np.fromiter(accumulate(map(len, parts), initial=0), np.int64)
        return cls(_kept(b"".join(parts)), starts, np.ones(len(parts), np.uint8), quoted=False)

    @classmethod
    def _of_texts(cls, column: pa.ChunkedArray) -> Self:
        texts = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        _, places, content = texts.buffers()
        offsets = np.frombuffer(places, WIDTHS[texts.type])[texts.offset :][: len(texts) + 1]
        valid = texts.is_valid().to_numpy(zero_copy_only=False).astype(np.uint8)
        return cls(_kept(content), offsets.astype(np.int64), valid, quoted=True)


def _kept(content: bytes | pa.Buffer | None) -> Bytes:
    """Bytes that are not written to: compiled code is made for each kind of array anew."""
    data = np.frombuffer(content or b" ", np.uint8)
    data.flags.writeable = False
    return data
