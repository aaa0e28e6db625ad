"""Batches of a file as one."""

from collections.abc import Iterable

import pyarrow as pa

from classifier.batches import Batch
from classifier.lines import Reject

Joined = tuple[list[int], list[Reject], pa.Table | None]


def join(batches: Iterable[Batch]) -> Joined:
    """Row numbers, rejects, and the table, which holds valid text; None without batches."""
    found = list(batches)
    numbers = [number for batch in found for number in batch.numbers]
    rejects = [reject for batch in found for reject in batch.rejects]
    table = pa.concat_tables(batch.table for batch in found) if found else None
    if table is not None:
        table.validate(full=True)
    return numbers, rejects, table
