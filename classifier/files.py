"""Files of postings, in and out: CSV, JSON Lines and Parquet, as tables in batches or records."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields
from itertools import islice
from typing import Any, Self

import pyarrow as pa

from classifier.batches import (
    Batch,
    batch_parquet,
    is_text,
    open_parquet,
    reject_textless,
    text_column,
)
from classifier.columns import SYNONYMS, map_headings
from classifier.encoding import detect_encoding
from classifier.errors import InputError
from classifier.lines import JSON_TEXT, Reject, Source, file_format, open_source, unique_headings
from classifier.posting import (
    BaseSalary,
    JobPosting,
    base_salary_from_json,
    to_json,
)
from classifier.read_csv import DELIMITERS
from classifier.text_tables import json_schema, open_csv, read_json
from classifier.write_files import TableWriter, write_rejects

__all__ = [
    "Reject",
    "TableReader",
    "TableWriter",
    "open_table",
    "read_postings",
    "text_column",
    "write_postings",
    "write_rejects",
]
ROWS = 256
WRITTEN_AT_ONCE = 256  # postings
DELIMITERS_OF_TSV = "\t,;|"


class TableReader:
    """Rows of a file as tables; made by `open_table`, read once, closed by its ``with`` block.

    Attributes
    ----------
    schema : pyarrow.Schema
        Every column of the file. A column of JSON text is marked `JSON_TEXT`.
    mapping : dict of str to str
        Record name to heading, as `map_headings` gives it.
    n_rows, n_rejects : int
        Rows that were given and refused so far; together the rows that were read.
    """

    def __init__(
        self,
        source: Source,
        schema: pa.Schema,
        mapping: dict[str, str],
        batches: Iterator[Batch],
        on_reject: Callable[[Reject], object] | None,
    ) -> None:
        self.schema = schema
        self.mapping = mapping
        self.n_rows = 0
        self.n_rejects = 0
        self._source = source
        self._batches = batches
        self._on_reject = on_reject or (lambda reject: None)

    def __iter__(self) -> Iterator[pa.Table]:
        headings = _text_headings(self.mapping)
        while True:
            with _naming(self._source.name):
                batch = next(self._batches, None)
            if batch is None:
                return
            _, table, rejects = reject_textless(batch, headings)
            self.n_rows += len(table)
            self.n_rejects += len(rejects)
            for reject in rejects:
                self._on_reject(reject)
            if len(table):
                yield table

    @property
    def fraction(self) -> float:
        """How much of the file was read, 0 to 1."""
        return self._source.fraction()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._source.close()


def open_table(
    path: str,
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    suffix: str | None = None,
    rows: int = ROWS,
    on_reject: Callable[[Reject], object] | None = None,
) -> TableReader:
    """Open file of postings, to be read as tables of at most `rows` rows and about 16 MB.

    All columns are kept. Those of CSV are strings as they stand; those of JSON Lines have the type
    of their values; those of Parquet keep theirs. A row that cannot be used is a reject, and the
    reading goes on: rows in the file = rows given + rejects.

    Parameters
    ----------
    path : str
        Its suffix says the format: .csv, .tsv, .jsonl, .ndjson, .json (lines, or an array of
        objects) or .parquet. Those of text may be gzip. ``-`` is standard input.
    columns : mapping of str to str, optional
        Record name to heading, where the headings do not tell.
    encoding : str, optional
        Of text; None to detect it (`detect_encoding`).
    suffix : str, optional
        What to go by in place of the path's own suffix, as ``"jsonl"``.
    rows : int
        The most rows of a table.
    on_reject : callable, optional
        Takes each `Reject`, in row order; None to count them only.

    Raises
    ------
    InputError
        If the file cannot be opened or read, is empty, or has no column of text. Reading on may
        raise it too, where a compressed file or Parquet is damaged further on.
    """
    kind, _ = file_format(path, suffix)
    source = open_source(path)
    try:
        with _naming(source.name):
            if kind == "parquet":
                found = _open_parquet(source, columns, rows)
            else:
                found = _open_text(source, kind, encoding, columns, rows)
        return TableReader(source, *found, on_reject)
    except BaseException:
        source.close()
        raise


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Report what damage to a file makes the libraries raise as an InputError that names it."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{name}: {error}") from error
    except (OSError, EOFError, zlib.error, UnicodeError, pa.ArrowException) as error:
        raise InputError(f"cannot read {name}: {' '.join(str(error).split())}") from error


Found = tuple[pa.Schema, dict[str, str], Iterator[Batch]]


def _open_text(
    source: Source, kind: str, encoding: str | None, columns: Mapping[str, str] | None, rows: int
) -> Found:
    encoding = encoding or detect_encoding(source.data)
    if kind in {"csv", "tsv"}:
        delimiters = DELIMITERS if kind == "csv" else DELIMITERS_OF_TSV
        schema, batches = open_csv(source, encoding, delimiters, rows)
        return schema, map_headings(schema.names, columns), batches
    array = kind == "json"
    schema = json_schema(source, encoding, array=array)
    if not len(schema):
        raise InputError("it holds no JSON object; one a line is JSON Lines")
    mapping = map_headings(schema.names, columns)
    strings = _text_headings(mapping)
    for heading in strings:
        place = schema.get_field_index(heading)
        schema = schema.set(place, pa.field(heading, pa.string()))
    return schema, mapping, read_json(source, encoding, schema, strings, rows, array=array)


def _open_parquet(source: Source, columns: Mapping[str, str] | None, rows: int) -> Found:
    file = open_parquet(source.data)
    schema = file.schema_arrow
    for place, name in enumerate(unique_headings(schema.names)):
        schema = schema.set(place, schema.field(place).with_name(name))
    mapping = map_headings(schema.names, columns)
    for heading in _text_headings(mapping):
        if not is_text(schema.field(heading).type):
            kind = schema.field(heading).type
            raise InputError(
                f"the column {heading!r} holds {kind}, not text; "
                "name the one that does with --column description=HEADING"
            )
    return schema, mapping, batch_parquet(file, schema, rows)


def _text_headings(mapping: Mapping[str, str]) -> list[str]:
    return [mapping[field] for field in ("title", "description") if field in mapping]


# --- Records ---


def read_postings(
    path: str,
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    suffix: str | None = None,
    on_reject: Callable[[Reject], object] | None = None,
) -> Iterator[JobPosting]:
    """Read postings of a file, one by one; the parameters and errors are those of `open_table`.

    A pay column that is not what `write_postings` writes is the posting's `salary_text`.
    """
    with open_table(
        path, columns=columns, encoding=encoding, suffix=suffix, on_reject=on_reject
    ) as reader:
        for table in reader:
            yield from _postings(table, reader.mapping)


def _postings(table: pa.Table, mapping: Mapping[str, str]) -> Iterator[JobPosting]:
    found = {field: heading for field, heading in mapping.items() if field in SYNONYMS}
    if "salary_text" in table.column_names:
        found["salary_text"] = "salary_text"
    texts = [text_column(table, heading).to_pylist() for heading in found.values()]
    for row in zip(*texts, strict=True):
        yield posting_from_cells(dict(zip(found, row, strict=True)))


def posting_from_cells(cells: Mapping[str, str]) -> JobPosting:
    """Posting of the texts of its fields: the inverse of `posting_cells`.

    >>> posting_from_cells({"job_location": '["Oslo", "Riga"]'}).job_location
    ('Oslo', 'Riga')
    """
    values: dict[str, Any] = {"description": ""} | dict(cells)
    values["job_location"] = _places(values.get("job_location", ""))
    pay = values.get("base_salary", "")
    values["base_salary"] = salary = _pay(pay)
    if salary is None:
        values["salary_text"] = values.get("salary_text") or pay
    return JobPosting(**values)


def _json(text: str) -> object:
    """Value of a text in JSON; None if it is not."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _places(text: str) -> tuple[str, ...]:
    value = _json(text) if text.startswith("[") else None
    if isinstance(value, list) and all(isinstance(place, str) for place in value):
        return tuple(value)
    return (text,) if text else ()


def _pay(text: str) -> BaseSalary | None:
    value = _json(text) if text.startswith("{") else None
    # schema.org has other shapes of pay, with the bounds further in: those are read elsewhere.
    if isinstance(value, dict) and {"minValue", "maxValue"} <= set(value):
        with suppress(InputError):
            return base_salary_from_json(value)
    return None


# The columns that `write_postings` writes.
SCHEMA = pa.schema(
    [
        pa.field(
            f.name,
            pa.string(),
            metadata=JSON_TEXT if f.name in {"job_location", "base_salary"} else None,
        )
        for f in fields(JobPosting)
    ]
)


def write_postings(path: str, postings: Iterable[JobPosting], *, suffix: str | None = None) -> None:
    """Write postings as a table with a column per field, whole or not at all.

    Places are a list and pay an object in JSON. The errors are those of `TableWriter`.
    """
    postings = iter(postings)
    with TableWriter(path, SCHEMA, suffix=suffix) as writer:
        while chunk := list(islice(postings, WRITTEN_AT_ONCE)):
            columns = zip(*(posting_cells(posting) for posting in chunk), strict=True)
            arrays = [pa.array(column, pa.string()) for column in columns]
            writer.write(pa.table(arrays, schema=SCHEMA))


def posting_cells(posting: JobPosting) -> list[str | None]:
    """Value of each column of `SCHEMA`, as text."""
    places = json.dumps(posting.job_location, ensure_ascii=False)
    salary = posting.base_salary
    pay = json.dumps(to_json(salary), ensure_ascii=False) if salary else None
    texts = {"job_location": places, "base_salary": pay}
    return [texts.get(name, getattr(posting, name)) for name in SCHEMA.names]
