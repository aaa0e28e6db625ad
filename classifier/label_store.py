"""Labels for the postings of a store, in the store or in a file."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice

import pyarrow as pa

from classifier.files import TableWriter
from classifier.labeller import Labeller
from classifier.rows import added_schema
from classifier.store import Store, save_labels
from classifier.stored import SCHEMA, Stored, Wanted, count_postings, find_postings, stored_table
from classifier.summary import Summary
from classifier.table import Table

AT_ONCE = 256  # postings in memory
KEPT = [name for name in SCHEMA.names if name not in {"label", "probability", "review"}]


def label_store(
    table: Table,
    location: str,
    output: str | None = None,
    *,
    suffix: str | None = None,
    progress: Callable[[str, float], None] = lambda name, fraction: None,
) -> Summary:
    """Label the open postings of a store; gives the Summary of the run.

    Each opening is labelled in all of its copies. Labels stay with what the posting said: one
    that changes has none until it is labelled again.

    Parameters
    ----------
    location : str
        A store, as for `classifier.database.open_database`.
    output : str, optional
        File that gets the postings with all added columns; without it, the labels go into the
        store.

    Raises
    ------
    InputError
        If the store cannot be opened, or the file not be written.
    """
    summary = Summary()
    added = added_schema(table)
    schema = pa.schema([*(SCHEMA.field(name) for name in KEPT), *added])
    with Store(location) as store, ExitStack() as stack:
        total = max(1, count_postings(store))
        if output is not None:
            writer = stack.enter_context(TableWriter(output, schema, suffix=suffix))
        for chunk, rows in _labelled(table, store, summary):
            if output is None:
                pairs = zip(chunk, rows.to_pylist(), strict=True)
                labels = ((s.id, s.digest, table.name, row) for s, row in pairs)
                save_labels(store, labels)
            else:
                kept = stored_table(chunk).select(KEPT)
                writer.write(pa.table([*kept.columns, *rows.columns], schema=schema))
            progress(location, summary.n_rows / total)
    return summary


def _labelled(
    table: Table, store: Store, summary: Summary
) -> Iterator[tuple[list[Stored], pa.Table]]:
    found = find_postings(store, Wanted())
    with Labeller(table) as labeller:
        while chunk := list(islice(found, AT_ONCE)):
            postings = [one.collected.posting for one in chunk]
            rows = labeller.label(postings)
            names = ("title", "description", "hiring_organization")
            summary.add(rows, pa.table({n: [getattr(p, n) for p in postings] for n in names}))
            yield chunk, rows
