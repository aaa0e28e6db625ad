"""JSON Lines, or one JSON array of objects, to rows: column types, strict content."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import BinaryIO, cast

import pyarrow as pa

from classifier.encoding import BLOCK, open_text
from classifier.errors import InputError
from classifier.lines import (
    COLUMN_LIMIT,
    JSON_TEXT,
    RECORD_LIMIT,
    Reject,
    Row,
    read_lines,
    reject_text,
    utf8_size,
)

INT64 = range(-(2**63), 2**63)
EXACT_IN_FLOAT = range(-(2**53), 2**53 + 1)
REPEATED = object()  # stands for an object in which a key stands twice: no value is dropped unseen
WHITESPACE = re.compile(r"[ \t\r\n]*")


def _object(pairs: list[tuple[str, object]]) -> object:
    values = dict(pairs)
    return values if len(values) == len(pairs) else REPEATED


DECODER = json.JSONDecoder(object_pairs_hook=_object)


# --- The text of each row ---


def read_texts(data: BinaryIO, encoding: str, *, array: bool = False) -> Iterator[str]:
    """Text of each row: a line that is not blank, or an element of an array.

    Parameters
    ----------
    data : binary file
        Read from its start.
    encoding : str
    array : bool
        Whether the file may be one array; it is if it begins with a bracket.

    Raises
    ------
    InputError
        If an array cannot be split, since what follows cannot be told from it then.
    """
    lines = (line for line in read_lines(data, encoding) if line.strip())
    if array and next(lines, "").lstrip().startswith("["):
        with open_text(data, encoding) as text:
            yield from split_array(text.read)
    else:
        yield from (line for line in read_lines(data, encoding) if line.strip())


def split_array(read: Callable[[int], str]) -> Iterator[str]:
    """Text of each element of a JSON array, of which no more than needed is held in memory.

    Parameters
    ----------
    read : callable
        Gives the next characters of the text, at most as many as asked for.

    Raises
    ------
    InputError
        If an element is broken, over `RECORD_LIMIT`, or the array does not end.

    >>> import io
    >>> list(split_array(io.StringIO('[{"a": 1}, [2,3] ]').read))
    ['{"a": 1}', '[2,3]']
    """
    text, at, count = read(BLOCK).lstrip("\ufeff \t\r\n"), 1, 0
    while True:
        at = _skip(text, at)
        if text.startswith("]", at):
            break
        end, behind = _element(text, at)
        if text[behind : behind + 1] in {",", "]"}:
            yield text[at:end]
            count += 1
            at = behind + text.startswith(",", behind)
            continue
        more = read(max(BLOCK, len(text) - at))
        text, at = text[at:] + more, 0
        if not more or len(text) > 2 * RECORD_LIMIT:
            raise InputError(
                f"the JSON array is broken behind its {count:,} first elements; "
                "of JSON Lines, one object a line, only the broken line would be lost"
            )
    if (text[at + 1 :] + read(BLOCK)).strip():
        raise InputError("there is more text behind the JSON array")


def _skip(text: str, at: int) -> int:
    match = WHITESPACE.match(text, at)
    return match.end() if match else at


def _element(text: str, at: int) -> tuple[int, int]:
    """End of the element that starts here, and what is behind it; the text's end if it is cut."""
    try:
        _, end = DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return len(text), len(text)
    return end, _skip(text, end)


# --- One row ---


def parse_row(text: str) -> dict[str, object] | str:
    r"""Values by key, or the reason why the row cannot be used.

    >>> parse_row('{"title": "Chef", "pay": null}')
    {'title': 'Chef', 'pay': None}
    >>> parse_row('{"pay": NaN}')
    'a number out of range (NaN, Infinity or thousands of digits)'
    >>> parse_row('{"id": 1, "id": 2}')
    'a key stands twice in one object'
    """
    if utf8_size(text) is None:
        return "undecodable bytes"
    try:
        row = DECODER.decode(text)
        if row is not REPEATED and not isinstance(row, dict):
            return "no JSON object"
        fault = _fault(row, text)
    except RecursionError:
        return "nested too deeply"
    except TypeError:  # from `_fault`, as REPEATED is nothing that JSON can write
        return "a key stands twice in one object"
    except json.JSONDecodeError as error:
        return f"bad JSON: {error}"
    except ValueError:
        return "a number out of range (NaN, Infinity or thousands of digits)"
    return fault or cast("dict[str, object]", row)


def _fault(row: object, text: str) -> str:
    """Look for what the decoder lets through, by writing the row. Plain rows need no such look."""
    if isinstance(row, dict) and "\\u" not in text:
        simple = (str, bool, int, type(None))
        if all(isinstance(value, simple) for value in row.values()):
            return ""
    written = json.dumps(row, ensure_ascii=False, allow_nan=False)
    return "half of a surrogate pair" if utf8_size(written) is None else ""


def infer_schema(texts: Iterable[str]) -> pa.Schema:
    """Columns of the rows: every key, in order of appearance, as string, bool, int64 or float64.

    A column of mixed or nested values is a string of JSON text, marked `JSON_TEXT`. Whole numbers
    beside others are float64 where that is exact. Rows that cannot be used do not count.

    Raises
    ------
    InputError
        If there are more than `COLUMN_LIMIT` keys.

    >>> infer_schema(['{"a": 1}', '{"a": 2.5, "b": true}', '{"c": "d"}'])
    a: double
    b: bool
    c: string
    """
    kinds = Kinds()
    for text in texts:
        kinds.add(text)
    return kinds.schema()


class Kinds:
    """Kinds of the values under each key of the rows that were added, by name: see `_kind`."""

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = {}

    def add(self, text: str) -> None:
        """Look at a row; the error is that of `infer_schema`."""
        row = parse_row(text)
        if isinstance(row, dict):
            for key, value in row.items():
                self.found.setdefault(key, set()).add(_kind(value))
            if len(self.found) > COLUMN_LIMIT:
                raise InputError(f"more than {COLUMN_LIMIT:,} different keys: no table of postings")

    def schema(self) -> pa.Schema:
        """Columns for the rows."""
        return pa.schema([_field(name, found - {"null"}) for name, found in self.found.items()])


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "bool"
        case str():
            return "string"
        case float():
            return "float"
        case int() if value in EXACT_IN_FLOAT:
            return "int"
        case int() if value in INT64:
            return "long"
    return "nested"


def _field(name: str, kinds: set[str]) -> pa.Field:
    types = {"string": pa.string(), "bool": pa.bool_(), "int": pa.int64(), "float": pa.float64()}
    if kinds <= {"int", "long"} and kinds:
        return pa.field(name, pa.int64())
    if kinds == {"int", "float"}:
        return pa.field(name, pa.float64())
    if len(kinds) > 1 or kinds == {"nested"}:
        return pa.field(name, pa.string(), metadata=JSON_TEXT)
    return pa.field(name, types[kinds.pop()] if kinds else pa.string())


def read_jsonl(
    texts: Iterable[str], schema: pa.Schema, strings: Collection[str], first: int = 1
) -> Iterator[Row | Reject]:
    """Read rows with a value per column of the schema; a missing key is null.

    Parameters
    ----------
    texts : iterable of str
        As `read_texts` gives them.
    schema : pyarrow.Schema
        As `infer_schema` found it in the same texts.
    strings : collection of str
        Keys whose values must be text or null.
    first : int
        Number of the first row.

    >>> schema = pa.schema([("a", pa.string()), ("b", pa.int64())])
    >>> [item.values for item in read_jsonl(['{"b": 1}'], schema, ())]
    [[None, 1]]
    """
    converters = [(field.name, _converter(field)) for field in schema]
    for number, text in enumerate(texts, first):
        row = parse_row(text) if len(text) <= RECORD_LIMIT else ""
        if isinstance(row, str):
            yield reject_text(number, row, text)
            continue
        wrong = [name for name in strings if not isinstance(row.get(name), str | None)]
        if wrong:
            yield reject_text(number, f"{wrong[0]} is not text", text)
        else:
            values = [convert(row.get(name)) for name, convert in converters]
            yield Row(number, values, utf8_size(text) or 0)


def _converter(field: pa.Field) -> Callable[[object], object]:
    if field.metadata != JSON_TEXT:
        return _as_it_is
    return lambda value: None if value is None else json.dumps(value, ensure_ascii=False)


def _as_it_is(value: object) -> object:
    return value
