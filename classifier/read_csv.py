"""CSV to rows: delimiter, quoting, and broken records that cost only themselves."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from classifier.encoding import BLOCK
from classifier.errors import InputError
from classifier.lines import (
    RECORD_LIMIT,
    Reject,
    Row,
    reject_text,
    unique_headings,
    utf8_size,
    visible,
)

DELIMITERS = ",;\t|"  # of two that split a file equally well the first is taken
SAMPLE_LINES = 200


class Record(NamedTuple):
    """One record as found; without fields if it is broken, with the fault in words."""

    text: str
    fields: list[str] | None
    fault: str = ""


class OpenQuote(Exception):  # noqa: N818 it is a finding, no error
    """The text ends inside a quoted field."""


def read_csv(
    lines: Iterable[str], delimiters: str = DELIMITERS
) -> tuple[list[str], Iterator[Row | Reject]]:
    r"""Headings, each once, and the rows as strings; the rows are read as they are asked for.

    Blank lines are no rows. A heading that repeats gets a number, an empty one its column's.

    Parameters
    ----------
    lines : iterable of str
        With their ends.
    delimiters : str
        Those to choose from, the likelier first.

    Raises
    ------
    InputError
        If there is no header, or it is broken.

    >>> headings, rows = read_csv(["id;text;text\n", '1;"a;\n', 'b";c\n', "2;d\n"])
    >>> headings
    ['id', 'text', 'text_2']
    >>> [row.values if isinstance(row, Row) else row.reason for row in rows]
    [['1', 'a;\nb', 'c'], '2 instead of 3 fields']
    """
    lines = iter(lines)
    sample = read_sample(lines)
    records = split_records(chain(sample, lines), detect_delimiter(sample, delimiters))
    headings = read_header(records)
    return headings, read_rows(records, headings)


def read_sample(lines: Iterator[str]) -> list[str]:
    """First lines, for `detect_delimiter`."""
    sample: list[str] = []
    size = 0
    while size < BLOCK and len(sample) < SAMPLE_LINES and (line := next(lines, "")):
        sample.append(line)
        size += len(line)
    return sample


def read_header(records: Iterable[Record]) -> list[str]:
    """Headings of the first record that is not blank; the errors are those of `read_csv`."""
    header = next((record for record in records if not is_blank(record)), None)
    if header is None:
        raise InputError("the file holds only blank lines")
    if header.fields is None:
        raise InputError(f"the header cannot be read: {header.fault}")
    return unique_headings(header.fields)


def is_blank(record: Record) -> bool:
    """Whether a record is a blank line."""
    return not record.text.strip("\r\n ")


def detect_delimiter(sample: Iterable[str], delimiters: str = DELIMITERS) -> str:
    r"""Delimiter that splits the header, and most of the records as often as the header.

    >>> detect_delimiter(["title;text\n", "Chef;soup, fish, stew\n"])
    ';'
    """
    sample = list(sample)

    def fitness(delimiter: str) -> tuple[bool, float, int]:
        found = [r.fields or [] for r in split_records(sample, delimiter) if not is_blank(r)]
        width = len(found[0]) if found else 0
        fitting = sum(len(fields) == width for fields in found)
        return width > 1, fitting / max(1, len(found)), width

    return max(delimiters, key=fitness)


def parse_record(text: str, delimiter: str) -> list[str]:
    r"""Fields of one record.

    Raises
    ------
    OpenQuote
        If the text ends inside a quoted field.
    csv.Error
        If something other than a delimiter follows a closing quote.

    >>> parse_record('1,"a ""b"", c"\n', ",")
    ['1', 'a "b", c']
    """

    def once() -> Iterator[str]:
        yield text
        raise OpenQuote  # only inside a quote does the parser ask for more

    return next(csv.reader(once(), delimiter=delimiter, strict=True))


def split_records(lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    r"""Every record of a file, in order; each line is part of exactly one.

    A broken record, or one of several lines over `RECORD_LIMIT`, gives up its first line alone, and
    reading goes on with the next. The time is linear in the text, however many quotes stay open.

    >>> for record in split_records(['a,"b\n', "c,d\n", 'e,"f\n', 'g"\n'], ","):
    ...     print(record)
    Record(text='a,"b\n', fields=None, fault='broken quoting: a quote that does not close')
    Record(text='c,d\n', fields=['c', 'd'], fault='')
    Record(text='e,"f\ng"\n', fields=['e', 'f\ng'], fault='')
    """
    return iter(Splitter(iter(lines), delimiter))


class Splitter:
    """The state of `split_records`: the lines read ahead, and what is known of them.

    If the first pending line leaves a quote open, those up to `inside` lie inside it. This stays
    true of what is left when the first line is given up, so no line is looked at twice.
    """

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        csv.field_size_limit(max(2 * RECORD_LIMIT, csv.field_size_limit()))  # one for the process
        self.lines = lines
        self.delimiter = delimiter
        self.pending: deque[str] = deque()
        self.inside = 1
        self.size = 0  # characters of pending[1:inside]
        self.end = ""  # what pending[inside] does with the quote: "closes", "breaks", "" is unknown

    def __iter__(self) -> Iterator[Record]:
        while self.reach(0):
            head = self.pending[0]
            lines = 1
            try:
                record = Record(head, parse_record(head, self.delimiter))
            except csv.Error:
                record = Record(head, None, "broken quoting: text behind a closing quote")
            except OpenQuote:
                lines = self.closing_line()
                record = self.join(lines)
            self.drop(lines or 1)
            yield record

    def reach(self, index: int) -> bool:
        """Read ahead up to pending[index]; False if the file ends before."""
        while len(self.pending) <= index:
            line = next(self.lines, None)
            if line is None:
                return False
            self.pending.append(line)
        return True

    def closing_line(self) -> int:
        """How many lines the record has whose first line leaves a quote open; 0 if it is broken."""
        while (size := self.skip_plain_lines()) <= RECORD_LIMIT:
            self.end = self.end or self.look()
            if self.end == "breaks":
                return 0
            line = self.pending[self.inside]
            if self.end == "closes":
                return self.inside + 1 if size + len(line) <= RECORD_LIMIT else 0
            self.inside += 1
            self.size += len(line)
            self.end = ""
        return 0

    def skip_plain_lines(self) -> int:
        """Pass the next lines while they have no quote: they lie inside. Characters up to there."""
        pending, at = self.pending, self.inside
        size = len(pending[0]) + self.size
        while not self.end and size <= RECORD_LIMIT:
            if at == len(pending):
                pending.extend(islice(self.lines, 1))
            line = pending[at] if at < len(pending) else '"'  # or none is left
            if '"' in line or len(line) > RECORD_LIMIT:
                break
            size += len(line)
            at += 1
        self.inside, self.size = at, size - len(pending[0])
        return size

    def look(self) -> str:
        """Effect of the next line on an open quote: "closes", "breaks" or "stays" inside."""
        if not self.reach(self.inside):
            return "breaks"
        line = self.pending[self.inside]
        if len(line) > RECORD_LIMIT:
            return "breaks"
        if '"' not in line.replace('""', ""):
            return "stays"
        try:
            parse_record('"' + line, self.delimiter)
        except OpenQuote:
            return "stays"
        except csv.Error:
            return "breaks"
        return "closes"

    def join(self, lines: int) -> Record:
        """Record of so many lines; of 0, the broken first one."""
        if not lines:
            return Record(self.pending[0], None, "broken quoting: a quote that does not close")
        text = "".join(islice(self.pending, lines))
        return Record(text, parse_record(text, self.delimiter))

    def drop(self, lines: int) -> None:
        """Leave the first lines behind."""
        for _ in range(lines):
            self.pending.popleft()
        if lines == 1 and self.inside > 1:
            self.inside -= 1
            self.size -= len(self.pending[0])
        else:
            self.inside, self.size, self.end = 1, 0, ""


def read_rows(
    records: Iterable[Record], headings: Sequence[str], first: int = 1
) -> Iterator[Row | Reject]:
    """Rows and rejects of records behind the header; the first that is not blank has the number."""
    width = len(headings)
    rows = (record for record in records if not is_blank(record))
    for number, (text, fields, fault) in enumerate(rows, first):
        if fields is None or len(text) > RECORD_LIMIT:
            yield reject_text(number, fault, text)
        elif len(fields) != width:
            yield reject_text(number, f"{len(fields)} instead of {width} fields", text)
        elif (size := utf8_size(text)) is None:
            values = dict(zip(headings, map(visible, fields), strict=True))
            yield Reject(number, "undecodable bytes", values)
        else:
            yield Row(number, list(fields), size)
