"""Files of postings to labelled files, batch by batch; a DataFrame to a labelled DataFrame."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from numbers import Number
from typing import TYPE_CHECKING

import pyarrow as pa

from classifier.columns import PAY_COLUMNS, free_names, map_headings
from classifier.errors import InputError
from classifier.files import TableWriter, open_table, text_column, write_rejects
from classifier.labeller import Labeller
from classifier.posting import JobPosting
from classifier.rows import added_schema, label_posting, probability_columns
from classifier.structured_pay import join_columns
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

TEXT_FIELDS = (
    "title",
    "description",
    "base_salary",
    "hiring_organization",
    "job_location",
    "job_location_type",
    "date_posted",
    *PAY_COLUMNS,
)


# --- Tables of postings ---


def _postings(texts: Mapping[str, Sequence[str | None]]) -> Iterator[JobPosting]:
    for values in zip(*(texts[name] for name in TEXT_FIELDS), strict=True):
        title, description, pay, employer, place, *rest = (value or "" for value in values)
        place_type, posted, *parts = rest
        salary_text = join_columns(pay, *parts)
        yield JobPosting(
            description, title, employer, (place,), place_type, posted, salary_text=salary_text
        )


def _read_texts(batch: pa.Table, mapping: Mapping[str, str]) -> dict[str, Sequence[str | None]]:
    return {
        name: text_column(batch, mapping[name]).to_pylist()
        if name in mapping
        else [None] * len(batch)
        for name in TEXT_FIELDS
    }


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
    texts = {
        name: [_cell_text(name, value) for value in frame[mapping[name]]]
        if name in mapping
        else [None] * len(frame)
        for name in TEXT_FIELDS
    }
    labeller = Labeller(table)
    rows, schema = labeller.label(list(_postings(texts))), labeller.schema
    added = pd.DataFrame(rows, index=frame.index, columns=schema.names)
    # Else a column without a number, or of no rows, would be one of objects.
    added = added.astype({f.name: "float64" for f in schema if f.type == pa.float64()})
    added = added.astype({"review": bool, "remote": "boolean", "year": "Int64"})
    return pd.concat(
        [frame.rename(columns=free_names(frame.columns, added.columns)), added], axis=1
    )


def _cell_text(name: str, value: object) -> str | None:
    """Text of a frame's cell. Pay may be a number or structured; NaN and NA are none."""
    if isinstance(value, dict | list):
        return None if name in {"title", "description"} else json.dumps(value, default=str)
    if isinstance(value, date):
        return value.isoformat()
    is_number = isinstance(value, Number) and value == value
    return value if isinstance(value, str) else str(value) if is_number else None


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
            texts = ((b, list(_postings(_read_texts(b, reader.mapping)))) for b in reader)
            for batch, postings, rows in labeller.label_batches(texts):
                for row, posting in zip(rows, postings, strict=True):
                    summary.add(row, posting)
                added = [pa.array([row[f.name] for row in rows], f.type) for f in labeller.schema]
                columns_out = [*fit_schema(batch, kept).columns, *added]
                writer.write(pa.table(columns_out, schema=schema))
                progress(path, (i + reader.fraction) / len(paths))
        summary.n_rejects = sum(reader.n_rejects for reader in readers)
    return summary
