"""Tables to CSV, JSON Lines or Parquet, whole or not at all; rejects beside the output."""

import gzip
import os
import secrets
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from classifier.batches import text_column
from classifier.compiler import has_compiler
from classifier.errors import InputError
from classifier.json_lines import json_line, json_lines
from classifier.lines import JSON_TEXT, Reject, file_format, visible

GROUP_BYTES = 8 * 2**20  # of a row group of Parquet, before it is packed
FEW = 512  # rows: to write these one by one takes less time than to load the compiled code
BEHIND = 2  # tables that wait to be written


@contextmanager
def errors_as_input_error(path: str | Path) -> Iterator[None]:
    """Report an OSError as an InputError; a reader who left (BrokenPipeError) is none."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """File that takes the place of `path` at the end, unless an exception comes first.

    Until then it has another name in the same folder: whoever opens `path` finds the former file
    or the new one, never half of it.

    Raises
    ------
    InputError
        If the folder is missing, or the file cannot be made, written or put in its place.
    """
    with errors_as_input_error(path):
        place = path.resolve()  # the file itself, where `path` is a link
        if place.is_dir():
            raise InputError(f"cannot write {path}: it is a folder; name a file in it")
        if not place.parent.is_dir():
            raise InputError(f"cannot write {path}: make the folder {path.parent} first")
        part = place.with_name(f".{place.name[:100]}.{secrets.token_hex(4)}.part")
    handle: BinaryIO | None = None
    try:  # from here on: an interrupt may come as soon as the name is there
        with errors_as_input_error(path):
            handle = part.open("xb")
        yield handle
        with errors_as_input_error(path):
            handle.flush()
            os.fsync(handle.fileno())  # or a power cut could leave the name without the bytes
            handle.close()
            part.replace(place)
    finally:
        if handle is not None:
            with suppress(OSError):  # on a full disk, the second time
                handle.close()
        part.unlink(missing_ok=True)


class TableWriter:
    """Writer of tables, one after the other, in the format that the file's name says.

    The file is there when the ``with`` block has ended well, and not before. A thread writes, as
    packing takes long: an error may come up only with a later table, or at the end. CSV has text in
    quotes, so that "" and null differ. In JSON Lines a column of JSON text is the values that it
    stands for, and NaN is null.

    Parameters
    ----------
    path : str
        Ends in .csv, .tsv, .jsonl, .ndjson or .parquet, with .gz behind those of text; ``-`` is
        standard output.
    schema : pyarrow.Schema
        That of every table.
    suffix : str, optional
        What to go by in place of the path's own suffix, as ``"jsonl"``.

    Raises
    ------
    InputError
        If the suffix is unknown or the file cannot be written.
    """

    def __init__(self, path: str, schema: pa.Schema, *, suffix: str | None = None) -> None:
        self.path = path
        self.name = "standard output" if path == "-" else path
        self.schema = schema
        self.format, self._packed = file_format(path, suffix)
        if self.format == "json":
            raise InputError(f"cannot write {path}: say .jsonl, which has one object a line")
        self._open = ExitStack()
        self._write: Callable[[pa.Table], object]
        self._thread: ThreadPoolExecutor
        self._behind: deque[Future[object]] = deque()

    def __enter__(self) -> Self:
        with errors_as_input_error(self.name), ExitStack() as stack:
            handle = stack.enter_context(_standard_output() if self.path == "-" else self._file())
            if self._packed:  # without name and time: equal rows are equal bytes
                packed = gzip.GzipFile("", "wb", 6, handle, mtime=0)
                handle = cast("BinaryIO", stack.enter_context(packed))
            self._write = self._writer(handle, stack)
            self._thread = ThreadPoolExecutor(1)
            stack.push(self._catch_up)
            self._open = stack.pop_all()
        return self

    def _file(self) -> AbstractContextManager[BinaryIO]:
        return replacing(Path(self.path))

    def _writer(self, handle: BinaryIO, stack: ExitStack) -> Callable[[pa.Table], object]:
        if self.format == "parquet":
            parquet = pq.ParquetWriter(handle, self.schema, compression="zstd")
            stack.enter_context(parquet)
            return _row_groups(parquet, stack)
        if self.format == "jsonl":
            return _lines_of_json(handle)
        options = pa_csv.WriteOptions(delimiter="\t" if self.format == "tsv" else ",")
        schema = csv_table(self.schema.empty_table()).schema
        writer = stack.enter_context(pa_csv.CSVWriter(handle, schema, write_options=options))
        return lambda table: writer.write_table(csv_table(table))

    def write(self, table: pa.Table) -> None:
        """Write the rows of a table behind those that were written."""
        with errors_as_input_error(self.name):
            while len(self._behind) >= BEHIND:
                self._behind.popleft().result()
            self._behind.append(self._thread.submit(self._write, table))

    def _catch_up(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write what waits, or drop it after an error."""
        try:
            for one in self._behind if kind is None else ():
                one.result()
        finally:
            self._thread.shutdown(cancel_futures=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with errors_as_input_error(self.name):
            self._open.__exit__(kind, error, traceback)


def _row_groups(parquet: pq.ParquetWriter, stack: ExitStack) -> Callable[[pa.Table], object]:
    """Function that writes tables, several to a row group; the rest when the stack ends well.

    Many small groups are slow to read, and what is known of each stays in memory to the end.
    """
    waiting: list[pa.Table] = []

    def flush() -> None:
        if waiting:
            parquet.write_table(pa.concat_tables(waiting))
            waiting.clear()

    def write(table: pa.Table) -> None:
        waiting.append(table)
        if sum(map(_size, waiting)) >= GROUP_BYTES:
            flush()

    stack.push(lambda kind, *_: flush() if kind is None else None)
    return write


def _size(table: pa.Table) -> int:
    """Bytes of a table; with whole buffers where pyarrow cannot tell parts of them (views)."""
    try:
        return int(table.nbytes)
    except pa.ArrowException:
        return int(table.get_total_buffer_size())


def _lines_of_json(handle: BinaryIO) -> Callable[[pa.Table], object]:
    """Function that writes tables, at once: each piece waits until no other thread runs Python."""
    n = 0

    def write(table: pa.Table) -> None:
        nonlocal n
        n += len(table)
        if n < FEW or not has_compiler():
            handle.write(b"".join(json_lines(table)))
            return
        from classifier.json_tables import json_bytes

        handle.write(json_bytes(table).data)

    return write


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


# --- Files with different columns ---


def unite_schemas(schemas: Sequence[pa.Schema]) -> pa.Schema:
    """Columns of all schemas, in order; one whose type differs between them is text."""
    fields: dict[str, pa.Field] = {}
    for one in chain.from_iterable(schemas):
        known = fields.setdefault(one.name, one)
        if not known.equals(one, check_metadata=True):
            fields[one.name] = pa.field(one.name, pa.string())
    return pa.schema(fields.values())


def fit_schema(batch: pa.Table, schema: pa.Schema) -> pa.Table:
    """Batch with the columns of a schema that `unite_schemas` made; missing ones are null."""
    columns = []
    for one in schema:
        if one.name not in batch.column_names:
            columns.append(pa.nulls(len(batch), one.type))
        elif batch.schema.field(one.name).equals(one, check_metadata=True):
            columns.append(batch.column(one.name))
        else:
            columns.append(text_column(batch, one.name))
    return pa.table(columns, schema=schema)


# --- Values as text ---


def csv_table(table: pa.Table) -> pa.Table:
    """Table in which a column that CSV has no way to write is text."""
    for place, field in enumerate(table.schema):
        kind = field.type
        odd = pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_string_view(kind)
        if odd or pa.types.is_dictionary(kind) or field.metadata == JSON_TEXT:
            table = table.set_column(place, field.name, text_column(table, field.name))
    return table


# --- Rejects ---


def check_apart(paths: Sequence[str], output: str) -> None:
    """Refuse an input that the run would replace: by the output, or by the rejects beside it.

    Raises
    ------
    InputError
        If one of the paths is `output` or its rejects file.
    """
    if output == "-":
        return
    read = {Path(path).resolve() for path in paths if path != "-"}
    for path in (output, f"{output}.rejects.jsonl"):
        if Path(path).resolve() in read:
            raise InputError(f"{path} is read and written at once; name another output with -o")


@contextmanager
def write_rejects(output: str) -> Iterator[Callable[..., None]]:
    """Give a function that writes a Reject, with the name of its file if given, beside the output.

    The file is ``<output>.rejects.jsonl``: an object a line with ``file``, ``row``, ``reason``
    and ``content``. It is made for the first reject, and one from an earlier run is removed.
    Beside standard output, ``-``, there is none.

    Raises
    ------
    InputError
        If the file cannot be removed or written.
    """
    path = Path(f"{output}.rejects.jsonl")
    handle: BinaryIO | None = None
    with ExitStack() as stack:
        if output != "-":
            with errors_as_input_error(path):
                path.unlink(missing_ok=True)

        def write(reject: Reject, file: str | None = None) -> None:
            nonlocal handle
            if output == "-":
                return
            handle = handle or stack.enter_context(replacing(path))
            values = ({} if file is None else {"file": file}) | reject._asdict()
            with errors_as_input_error(path):
                handle.write(json_line(_visible(values)))

        yield write


def _visible(value: object) -> object:
    """Value whose texts have no halves of surrogate pairs, which JSON in UTF-8 cannot hold."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {visible(key): _visible(part) for key, part in value.items()}
    return [_visible(part) for part in value] if isinstance(value, list | tuple) else value
