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
from classifier.counting import Counter
from classifier.errors import InputError
from classifier.files import TableWriter, open_table, text_column, write_rejects
from classifier.posting import JobPosting
from classifier.rows import added_schema, label_many, label_posting, probability_columns
from classifier.structured_pay import join_columns
from classifier.summary import Row, Summary
from classifier.table import Table
from classifier.write_files import check_apart, fit_schema, unite_schemas

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "added_schema",
    "label_batch",
    "label_files",
    "label_frame",
    "label_posting",
    "probability_columns",
]

FEW = 512  # postings: to count these one by one takes less time than to load the compiled code
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


class Labeller:
    """Labels postings with one table: few one by one, many by a Counter that is made once."""

    def __init__(self, table: Table, without: Collection[str] = ()) -> None:
        self.table = table
        self.schema = added_schema(table, without)
        self._without = frozenset(without)
        self._counter: Counter | None = None
        self._n = 0

    def label(self, postings: Sequence[JobPosting]) -> list[Row]:
        """Rows of postings, with all columns; those that are left out may be None."""
        self._n += len(postings)
        if self._n < FEW:
            return [label_posting(self.table, posting) for posting in postings]
        self._counter = self._counter or Counter(self.table)
        return label_many(self._counter, postings, self._without)


def label_batch(
    labeller: Labeller, batch: pa.Table, mapping: Mapping[str, str], summary: Summary
) -> pa.Table:
    """Added columns for a batch whose text fields are under the headings of `mapping`."""
    postings = list(_postings(_read_texts(batch, mapping)))
    rows = labeller.label(postings)
    for row, posting in zip(rows, postings, strict=True):
        summary.add(row, posting)
    columns = [pa.array([row[f.name] for row in rows], f.type) for f in labeller.schema]
    return pa.table(columns, schema=labeller.schema)


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
    progress : callable
        Called after each batch with the file's name and the fraction of all files that is done.

    Raises
    ------
    InputError
        If a file cannot be read or written, or the output is one of the inputs.
    """
    check_apart(paths, output)
    labeller = Labeller(table, without)
    summary = Summary()
    with ExitStack() as stack:
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
            for batch in reader:
                added = label_batch(labeller, batch, reader.mapping, summary)
                columns_out = [*fit_schema(batch, kept).columns, *added.columns]
                writer.write(pa.table(columns_out, schema=schema))
                progress(path, (i + reader.fraction) / len(paths))
        summary.n_rejects = sum(reader.n_rejects for reader in readers)
    return summary
