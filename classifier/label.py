"""Files of postings to labelled files, batch by batch; a DataFrame to a labelled DataFrame."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from numbers import Number
from typing import TYPE_CHECKING

import pyarrow as pa

from classifier.columns import free_names, map_headings
from classifier.errors import InputError
from classifier.files import TableWriter, open_table, text_column, write_rejects
from classifier.labeller import Labeller
from classifier.rows import TEXT_FIELDS, added_schema, label_posting, probability_columns
from classifier.summary import Summary
from classifier.table import Table
from classifier.write_files import check_apart, fit_schema, unite_schemas

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "added_schema",
    "label_files",
    "label_frame",
    "label_posting",
    "probability_columns",
]

# --- Tables of postings ---


def _read_texts(batch: pa.Table, mapping: Mapping[str, str]) -> pa.Table:
    found = {name: text_column(batch, mapping[name]) for name in TEXT_FIELDS if name in mapping}
    return pa.table(found)


def label_frame(table: Table, frame: "pd.DataFrame") -> "pd.DataFrame":
    """Copy of a frame with the added columns; headings are recognised as in files.

    A column that has the name of an added one becomes ``input_<name>``. The index is kept.
    A row without text gets no label and `review`.

    Raises
    ------
    InputError
        If no column is recognised as title or description, or two have the same name.
    """
    import pandas as pd  # slow to import, and label_files does without it

    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise InputError(f"the frame has two columns {twice!r}; rename one")
    mapping = map_headings([str(name) for name in frame.columns])
    cells = {
        name: [_cell_text(name, value) for value in frame[mapping[name]]]
        for name in TEXT_FIELDS
        if name in mapping
    }
    texts = pa.table({name: _strings(column) for name, column in cells.items()})
    rows = Labeller(table).label_texts(texts)
    added: pd.DataFrame = rows.to_pandas().set_index(frame.index)
    added["skills"] = rows.column("skills").to_pylist()  # else arrays
    added = added.astype({"review": bool, "remote": "boolean", "year": "Int64"})
    kept = frame.rename(columns=free_names(frame.columns, added.columns))
    return pd.concat([kept, added], axis=1)


def _cell_text(name: str, value: object) -> str:
    """Text of a frame's cell. Pay may be a number or structured; NaN and NA are none."""
    if isinstance(value, dict | list):
        return "" if name in {"title", "description"} else json.dumps(value, default=str)
    if isinstance(value, date):
        return value.isoformat()
    is_number = isinstance(value, Number) and value == value
    return value if isinstance(value, str) else str(value) if is_number else ""


def _strings(texts: Sequence[str]) -> pa.Array:
    """Column of texts; halves of characters, which no file can hold, are lost."""
    try:
        return pa.array(texts, pa.large_string())
    except UnicodeEncodeError:
        whole = [text.encode("utf-8", "ignore").decode() for text in texts]
        return pa.array(whole, pa.large_string())


def label_files(
    table: Table,
    paths: Sequence[str],
    output: str,
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    input_suffix: str | None = None,
    output_suffix: str | None = None,
    without: Collection[str] = (),
    n_jobs: int = 1,
    progress: Callable[[str, float], None] = lambda path, fraction: None,
) -> Summary:
    """Label files of postings into one file, in bounded memory; gives the Summary of the run.

    Every column of the input is kept, those of `added_schema` come behind them. Rows that
    cannot be used go to ``<output>.rejects.jsonl``. The output is there when all is done, and
    not before.

    Parameters
    ----------
    paths : sequence of str
        Files to read, as for `classifier.files.open_table`; ``-`` is standard input.
    output : str
        File to write, as for `classifier.files.TableWriter`; ``-`` is standard output.
    columns : mapping of str to str, optional
        Record name to heading, where the headings do not tell.
    without : collection of str
        Groups of columns to leave out, of `classifier.rows.GROUPS`; without those of the pay, the
        bands of the summary are empty.
    n_jobs : int
        Processes that label a large input (-1: one per processor), with the same result. Others
        than this one are started anew: a script has to guard its own work with
        ``if __name__ == "__main__":``.
    progress : callable
        Called after each batch with the file's name and the fraction of all files that is done.

    Raises
    ------
    InputError
        If a file cannot be read or written, or the output is one of the inputs.
    """
    check_apart(paths, output)
    summary = Summary()
    with ExitStack() as stack:
        labeller = stack.enter_context(Labeller(table, without, n_jobs))
        reject = stack.enter_context(write_rejects(output))
        readers = [
            stack.enter_context(
                open_table(
                    path,
                    columns=columns,
                    encoding=encoding,
                    suffix=input_suffix,
                    rows=labeller.rows,
                    on_reject=partial(reject, file=path if len(paths) > 1 else None),
                )
            )
            for path in paths
        ]
        kept = unite_schemas([reader.schema for reader in readers])
        summary.renamed = free_names(kept.names, labeller.schema.names)
        renamed = [one.with_name(summary.renamed.get(one.name, one.name)) for one in kept]
        schema = pa.schema([*renamed, *labeller.schema])
        writer = stack.enter_context(TableWriter(output, schema, suffix=output_suffix))
        for i, (path, reader) in enumerate(zip(paths, readers, strict=True)):
            summary.mappings[path] = reader.mapping
            texts = ((b, _read_texts(b, reader.mapping)) for b in reader)
            for batch, known, rows in labeller.label_batches(texts):
                summary.add(rows, known)
                added = rows.select(labeller.schema.names)
                columns_out = [*fit_schema(batch, kept).columns, *added.columns]
                writer.write(pa.table(columns_out, schema=schema))
                progress(path, (i + reader.fraction) / len(paths))
        summary.n_rejects = sum(reader.n_rejects for reader in readers)
    return summary
