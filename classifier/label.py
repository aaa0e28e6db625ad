"""Files of postings to labelled files, batch by batch; a DataFrame to a labelled DataFrame."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from numbers import Number
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from classifier.bands import Band, Pay, salary_bands
from classifier.columns import PAY_COLUMNS, free_names, map_headings
from classifier.countries import region_of
from classifier.errors import InputError
from classifier.files import TableWriter, open_table, text_column, write_rejects
from classifier.lines import unique_headings
from classifier.posting import JobPosting
from classifier.predict import classify
from classifier.structured_pay import join_columns
from classifier.table import Table, fingerprint
from classifier.write_files import check_apart, fit_schema, unite_schemas
from classifier.yearly import yearly_amount

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
SHOWN = 8  # rows of the result table
TEXT_FIELDS = (
    "title",
    "description",
    "base_salary",
    "hiring_organization",
    "job_location",
    "job_location_type",
    "date_posted",
    "employment_type",
    *PAY_COLUMNS,
)


@dataclass
class Summary:
    """What a run of `label_files` did; its numbers grow while it runs.

    Attributes
    ----------
    n_rows, n_rejects : int
        Rows that were written and refused; together the rows that were read.
    n_review : int
        Rows that a person should look at.
    n_copies : int
        Rows whose employer and text an earlier row has too: they count once in the bands.
    labels : Counter of str
        Rows per label; those without a label are under "".
    mappings : dict of str to dict
        For each file, record name to heading.
    renamed : dict of str to str
        Columns of the input that had to give way to an added one: old name to new name.
    first : list of (str, dict)
        Title and added columns of the first `SHOWN` rows.
    """

    n_rows: int = 0
    n_rejects: int = 0
    n_review: int = 0
    n_copies: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    mappings: dict[str, dict[str, str]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    first: list[tuple[str, Row]] = field(default_factory=list)
    pays: list[Pay] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def bands(self) -> list[Band]:
        """Yearly pay by label and currency, copies counted once."""
        return salary_bands(self.pays)

    def add(self, row: Row, posting: JobPosting) -> None:
        """Count a labelled posting."""
        self.n_rows += 1
        self.n_review += row["review"]
        self.labels[row["label"] or ""] += 1
        if len(self.first) < SHOWN:
            self.first.append((posting.title, row))
        employer = " ".join(posting.hiring_organization.casefold().split())
        known = (employer, posting.title, posting.description)
        marks = {fingerprint(mark) for mark in opening_marks(row, *known)}
        copy = marks <= self.seen
        self.n_copies += copy
        self.seen |= marks
        if row["label"] and not copy:
            self.pays.append(to_pay(row, employer))


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
    salary, estimate, facets = found.base_salary, found.estimated_salary, found.facets
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
        "level": facets.level and facets.level.name,
        "country": facets.country or None,
        "remote": facets.remote,
        "year": facets.year,
    }


def opening_marks(
    row: Mapping[str, Any], employer: str, title: str, description: str
) -> tuple[str, ...]:
    """What an opening is known by: all of it stood in an earlier row if this is a copy.

    The same employer, level and text (without a text: title and pay); and the currency of the
    pay, if any is stated: an opening in two countries can state two, and a row without pay must
    not hide its copy with it.
    """
    bounds = row["base_salary_min_value"], row["base_salary_max_value"]
    same = (description,) if description else (title, *bounds, row["base_salary_currency"])
    opening = "\0".join(map(str, (employer, row["level"], *same)))
    paid = row["base_salary_yearly"] and row["base_salary_currency"]
    return (opening, f"{opening}\0{paid}") if paid else (opening,)


def to_pay(row: Mapping[str, Any], employer: str, probabilities: Mapping[str, float] = {}) -> Pay:
    """Pay of a row with the added columns, for `classifier.bands`.

    The bounds are brought to a year as their midpoint was.
    """
    yearly, currency = row["base_salary_yearly"], row["base_salary_currency"]
    bounds = row["base_salary_min_value"], row["base_salary_max_value"]
    stated = [bound for bound in bounds if bound is not None]
    paid = bool(yearly and currency and sum(stated))
    factor = yearly * len(stated) / sum(stated) if paid else 0.0
    low, high = (bound * factor if paid and bound is not None else None for bound in bounds)
    country = row["country"] or ""
    return Pay(
        label=row["label"],
        employer=employer,
        level=row["level"] or "",
        country=country,
        region=region_of(country) or "",
        year=row["year"],
        currency=currency if paid else None,
        low=low,
        midpoint=yearly if paid else None,
        high=high,
        probabilities=probabilities,
    )


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


# --- Tables of postings ---


def _postings(texts: Mapping[str, Sequence[str | None]]) -> Iterator[JobPosting]:
    for values in zip(*(texts[name] for name in TEXT_FIELDS), strict=True):
        title, description, pay, employer, place, *rest = (value or "" for value in values)
        place_type, date, employment, *parts = rest
        yield JobPosting(
            description,
            title,
            employer,
            (place,),
            place_type,
            date,
            employment_type=employment,
            salary_text=join_columns(pay, *parts),
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
