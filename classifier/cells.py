"""Cells that compiled code found in the bytes of a file, to Arrow columns."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple, Self, TypeVar, cast

import numpy as np
import pyarrow as pa

from classifier.batches import Batch
from classifier.compiled_cells import NULL, Copier
from classifier.compiler import SLACK
from classifier.encoding import is_utf8
from classifier.machine import Bytes, Longs

Odd = TypeVar("Odd")  # what stands for a row that is not plain


class Cells(NamedTuple):
    """Cells of n rows: of each its kind, as in `compiled_cells`, and where its text is."""

    data: Bytes  # of a window that was not filled since
    kinds: Bytes  # (n_columns, n)
    spans: Longs  # (n_columns, n, 2)

    @classmethod
    def make(cls, data: Bytes, n_columns: int, n: int) -> Self:
        """Room for cells, to be filled."""
        kinds, spans = np.zeros((n_columns, n), np.uint8), np.empty((n_columns, n, 2), np.int64)
        return cls(data, kinds, spans)

    def first(self, n: int) -> Self:
        """Cells of the first n rows."""
        return self._replace(kinds=self.kinds[:, :n], spans=self.spans[:, :n])

    def batch(self, schema: pa.Schema, number: int, copy: Copier) -> Batch:
        """The rows as a batch whose first row has that number.

        `copy` writes the texts of a column with their escapes resolved.
        """
        columns = (self._column(place, copy) for place in range(len(schema)))
        arrays = [column.cast(field.type) for column, field in zip(columns, schema, strict=True)]
        numbers = list(range(number, number + self.kinds.shape[1]))
        return Batch(numbers, pa.table(arrays, schema=schema), [])

    def _column(self, place: int, copy: Copier) -> pa.StringArray:
        """Column of texts; those of what is no string as they stand."""
        kinds, spans = self.kinds[place], self.spans[place]
        found = kinds > NULL
        size = int((spans[:, 1] - spans[:, 0])[found].sum())
        out = np.frombuffer(pa.allocate_buffer(size + SLACK), np.uint8)
        offsets = np.zeros(len(kinds) + 1, np.int32)
        copy(self.data, kinds, spans, out, offsets)
        valid = None if found.all() else pa.py_buffer(np.packbits(found, bitorder="little"))
        buffers = [valid, pa.py_buffer(offsets), pa.py_buffer(out)]
        return pa.Array.from_buffers(pa.string(), len(kinds), buffers)


def number_batches(
    parts: Iterable[Cells | Odd],
    plain: Callable[[Cells, int], Batch],
    others: Callable[[Iterable[Odd], int], Iterator[Batch]],
) -> Iterator[Batch]:
    """Batches of the parts of a file, in order; the first row has the number 1.

    Cells become a batch by `plain`, rows that are no cells one after the other by `others`; both
    take the number of their first row. A part is asked for when the one before is done with.
    """
    first = 1
    for is_plain, group in groupby(parts, lambda part: isinstance(part, Cells)):
        batches: Iterator[Batch]
        if is_plain:
            batches = (plain(cells, first) for cells in cast("Iterable[Cells]", group))
        else:
            batches = others(cast("Iterable[Odd]", group), first)
        for batch in batches:
            first += len(batch.numbers) + len(batch.rejects)
            yield batch


def wrong_byte(data: Bytes) -> int | None:
    r"""Place of the first byte that is not UTF-8; None if all are.

    >>> wrong_byte(np.frombuffer(b"caf\xe9", np.uint8))
    3
    """
    if is_utf8(data.data):
        return None
    try:
        data.tobytes().decode()
    except UnicodeDecodeError as error:
        return error.start
    return None
