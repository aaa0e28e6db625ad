"""Files of postings to labelled files, batch by batch; a DataFrame to a labelled DataFrame."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from functools import partial
from numbers import Number
from typing import TYPE_CHECKING

import pyarrow as pa

from classifier.columns import PAY_COLUMNS, free_names, map_headings
from classifier.errors import InputError
from classifier.files import TableWriter, open_table, text_column, write_rejects
from classifier.lines import unique_headings
from classifier.posting import JobPosting
from classifier.predict import classify
from classifier.structured_pay import join_columns
from classifier.summary import Row, Summary
from classifier.table import Table
from classifier.write_files import check_apart, fit_schema, unite_schemas
from classifier.yearly import yearly_amount

if TYPE_CHECKING:
    import pandas as pd

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


def added_schema(table: Table) -> pa.Schema:
    """Columns that labelling adds, in order."""
    number, text = pa.float64(), pa.string()
    return pa.schema(
        [
            ("label", text),
            ("probability", number),
            *((column, number) for column in probability_columns(table)),
            ("research_share", number),
            ("review", pa.bool_()),
            ("skills", pa.list_(text)),
            ("base_salary_min_value", number),
            ("base_salary_max_value", number),
            ("base_salary_currency", text),
            ("base_salary_unit_text", text),
            ("base_salary_yearly", number),
            ("base_salary_kind", text),
            ("base_salary_standing", text),
            ("estimated_salary_min_value", number),
            ("estimated_salary_max_value", number),
            ("estimated_salary_currency", text),
            ("estimated_salary_rule", text),
            ("level", text),
            ("country", text),
            ("remote", pa.bool_()),
            ("year", pa.int64()),
        ]
    )


def probability_columns(table: Table) -> list[str]:
    """Name of the column of each label's probability: `probability_research_engineer`."""
    return unique_headings(["probability_" + c.replace("-", "_") for c in table.classes_])


def label_posting(table: Table, posting: JobPosting) -> Row:
    """Added columns of one posting, by name; the numbers are those of `classify`."""
    found = classify(table, posting, explain=False)
    salary, estimate, dimensions = found.base_salary, found.estimated_salary, found.dimensions
    yearly = None if salary is None else yearly_amount(salary)
    return {
        "label": found.label,
        "probability": found.probabilities.get(found.label or ""),
        **dict(
            zip(
                probability_columns(table),
                map(found.probabilities.get, table.classes_),
                strict=True,
            )
        ),
        "research_share": found.research_share,
        "review": found.review,
        "skills": list(dict.fromkeys(match.skill for match in found.skills)),
        "base_salary_min_value": salary and _number(salary.min_value),
        "base_salary_max_value": salary and _number(salary.max_value),
        "base_salary_currency": salary and salary.currency,
        "base_salary_unit_text": salary and salary.unit_text,
        "base_salary_yearly": _number(yearly),
        "base_salary_kind": salary and salary.kind,
        "base_salary_standing": found.standing and found.standing.text,
        "estimated_salary_min_value": estimate and _number(estimate.min_value),
        "estimated_salary_max_value": estimate and _number(estimate.max_value),
        "estimated_salary_currency": estimate and estimate.currency,
        "estimated_salary_rule": estimate and estimate.rule,
        "level": dimensions.level and dimensions.level.name,
        "country": dimensions.country or None,
        "remote": dimensions.remote,
        "year": dimensions.year,
    }


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


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


def label_batch(
    table: Table, batch: pa.Table, mapping: Mapping[str, str], summary: Summary
) -> pa.Table:
    """Added columns for a batch whose text fields are under the headings of `mapping`."""
    rows = []
    for posting in _postings(_read_texts(batch, mapping)):
        rows.append(row := label_posting(table, posting))
        summary.add(row, posting)
    return pa.Table.from_pylist(rows, added_schema(table))


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
    rows = [label_posting(table, posting) for posting in _postings(texts)]
    schema = added_schema(table)
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
        summary.renamed = free_names(kept.names, added_schema(table).names)
        renamed = [one.with_name(summary.renamed.get(one.name, one.name)) for one in kept]
        schema = pa.schema([*renamed, *added_schema(table)])
        writer = stack.enter_context(TableWriter(output, schema, suffix=output_suffix))
        for i, (path, reader) in enumerate(zip(paths, readers, strict=True)):
            summary.mappings[path] = reader.mapping
            for batch in reader:
                added = label_batch(table, batch, reader.mapping, summary)
                columns_out = [*fit_schema(batch, kept).columns, *added.columns]
                writer.write(pa.table(columns_out, schema=schema))
                progress(path, (i + reader.fraction) / len(paths))
        summary.n_rejects = sum(reader.n_rejects for reader in readers)
    return summary
