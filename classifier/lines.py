"""Bytes of a file to lines of text: standard input, compression, line ends."""

import gzip
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from classifier.encoding import open_text
from classifier.errors import InputError

# Characters of one row. A longer one is no posting, and a quote that is still open after so many
# never closes. It bounds the memory that a hostile file can take.
RECORD_LIMIT = 16 * 2**20
SHOWN = 1000  # characters that are kept of a row over the limit
COLUMN_LIMIT = 1000  # more columns are no table of postings (but JSON keyed by an identifier, say)
# Marks a column of JSON text, so that the writer of JSON Lines gives the values themselves.
JSON_TEXT = {b"job-posting-classifier": b"json"}
FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
}
SURROGATE = re.compile(r"[\ud800-\udfff]")


class Row(NamedTuple):
    """A row that could be read: its number, one value per column, and its size in bytes."""

    number: int
    values: list[object]
    size: int


class Reject(NamedTuple):
    """A row that cannot be used.

    Attributes
    ----------
    row : int
        Which of the data rows it is, from 1. The header and blank lines are no rows.
    reason : str
        One line.
    content : str or mapping
        The values by heading if the row could be split, else the text as found.
    """

    row: int
    reason: str
    content: str | Mapping[str, object]


def unique_headings(headings: list[str]) -> list[str]:
    """Headings that differ: a repeated one gets a number, an empty one is named by its place.

    Raises
    ------
    InputError
        If there are more than `COLUMN_LIMIT`, or one cannot be decoded.

    >>> unique_headings(["a", "a", "a_2", ""])
    ['a', 'a_3', 'a_2', 'column_4']
    """
    if len(headings) > COLUMN_LIMIT:
        raise InputError(f"the header has {len(headings):,} columns; {COLUMN_LIMIT:,} are the most")
    unique: dict[str, None] = {}
    for place, heading in enumerate(headings, 1):
        if utf8_size(heading) is None:
            raise InputError(f"the heading {visible(heading)} cannot be decoded: say the encoding")
        name = first = heading or f"column_{place}"
        number = 2
        while name in unique or (name != heading and name in headings):
            name = f"{first}_{number}"
            number += 1
        unique[name] = None
    return list(unique)


def file_format(path: str, suffix: str | None = None) -> tuple[str, bool]:
    """Format by a file's name, or by the `suffix` if given, and whether it ends in ``.gz``.

    Raises
    ------
    InputError
        If the suffix is not one of `FORMATS`, or there is none to go by.

    >>> file_format("scrape/Postings.CSV.gz")
    ('csv', True)
    >>> file_format("-", "jsonl")
    ('jsonl', False)
    """
    if path == "-" and suffix is None:
        raise InputError("standard input and output have no suffix: say the format, as in jsonl")
    name = Path(path).name if suffix is None else f"x.{suffix.removeprefix('.')}"
    text = name.lower().removesuffix(".gz")
    found = FORMATS.get(Path(text).suffix)
    packed = text != name.lower()
    if found is None or (packed and found == "parquet"):
        raise InputError(
            f"cannot tell the format of {suffix or path}: the suffixes are {', '.join(FORMATS)}, "
            "and .gz behind those of text"
        )
    return found, packed


@dataclass(frozen=True, slots=True)
class Source:
    """An open file: the bytes as stored, and the same without compression. Both can seek."""

    name: str
    stored: BinaryIO
    data: BinaryIO

    def fraction(self) -> float:
        """How much of the file was read, 0 to 1."""
        return self.stored.tell() / self.size()

    def size(self) -> int:
        """Bytes of the file as stored."""
        return os.fstat(self.stored.fileno()).st_size

    def close(self) -> None:
        """Close the file; a copy of standard input is gone with it."""
        self.data.close()
        self.stored.close()


def open_source(path: str) -> Source:
    """Open file, or a copy of standard input for ``-``; gzip is known by its first bytes.

    Raises
    ------
    InputError
        If it cannot be opened, or is empty.
    """
    name = "standard input" if path == "-" else path
    try:
        stored = _open_stored(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(f"cannot read {name}: {getattr(error, 'strerror', error)}") from error
    magic = stored.read(2)
    stored.seek(0)
    if not magic:
        stored.close()
        raise InputError(f"{name} is empty")
    data = gzip.GzipFile(fileobj=stored) if magic == b"\x1f\x8b" else stored
    return Source(name, stored, cast("BinaryIO", data))


def _open_stored(path: str) -> BinaryIO:
    """Bytes that can be read twice: those of a pipe are copied to a temporary file."""
    given = sys.stdin.buffer if path == "-" else Path(path).open("rb")  # noqa: SIM115 Source.close
    if path != "-" and given.seekable():
        return given
    copy = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 Source.close
    shutil.copyfileobj(given, copy)
    copy.seek(0)
    if path != "-":
        given.close()
    return copy


# --- Lines ---


def read_lines(data: BinaryIO, encoding: str) -> Iterator[str]:
    r"""Lines of a file with their ends (``\n``, ``\r\n`` or ``\r``), without byte-order mark.

    A line of more than `RECORD_LIMIT` characters is cut to little more than that.
    """
    with open_text(data, encoding) as text:
        line = text.readline(RECORD_LIMIT + 2).removeprefix("\ufeff")
        while line:
            yield line
            while len(line) > RECORD_LIMIT and not line.endswith(("\n", "\r")):
                line = text.readline(RECORD_LIMIT + 1)
            line = text.readline(RECORD_LIMIT + 1)


def utf8_size(text: str) -> int | None:
    """Bytes of a text in UTF-8; None if it has an undecodable byte or half a surrogate pair."""
    if text.isascii():
        return len(text)
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        return None


def reject_text(row: int, reason: str, text: str) -> Reject:
    """Reject with the row as found; over the limit, the reason is that, and the start is kept."""
    if len(text) <= RECORD_LIMIT:
        return Reject(row, reason, visible(text))
    reason = f"over {RECORD_LIMIT:,} characters, of which {SHOWN:,} are kept"
    return Reject(row, reason, visible(text[:SHOWN]))


def visible(text: str) -> str:
    r"""Text with undecodable bytes as ``\xNN`` and halves of surrogate pairs as ``\uNNNN``.

    >>> print(visible("caf\udce9 \ud83d"))
    caf\xe9 \ud83d
    """

    def escape(match: re.Match[str]) -> str:
        code = ord(match.group())
        return f"\\x{code - 0xDC00:02x}" if 0xDC00 <= code < 0xDD00 else f"\\u{code:04x}"

    return SURROGATE.sub(escape, text)
