"""Columns of postings as found to what is counted: clean titles, clean texts, and the work in them.

`features.read_document` says what a posting is read as; this gives the same for many at once. With
numba the reading is machine code (compiled_clean.py, compiled_sections.py); without it, and for
what is odd in a few texts, the reference answers.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from classifier.clean import clean_text, clean_title
from classifier.compiler import SLACK, has_compiler
from classifier.counting import Column
from classifier.features import read_document

# numba takes half a second to import: only where it is used.
if TYPE_CHECKING:
    from classifier.line_facts import LineFacts

Longs = NDArray[np.int64]
AT_ONCE = 256  # texts whose sections are looked for before what they ask for is answered


class Documents(NamedTuple):
    """Columns of `features.Document`, each a pyarrow.LargeStringArray without nulls."""

    titles: pa.Array
    descriptions: pa.Array
    works: pa.Array


class Strings(NamedTuple):
    """A column of strings as compiled code has it: UTF-8 with `SLACK`, and the place of each."""

    data: NDArray[np.uint8]
    offsets: Longs

    def to_arrow(self) -> pa.Array:
        """The same as a pyarrow.LargeStringArray, without a copy."""
        buffers = [None, pa.py_buffer(self.offsets), pa.py_buffer(self.data)]
        return pa.Array.from_buffers(pa.large_string(), len(self.offsets) - 1, buffers)


def read_by_reference(titles: Column, descriptions: Column) -> Documents:
    """Documents of postings as `features` defines them, one by one."""
    pairs = zip(_list(titles), _list(descriptions), strict=True)
    documents = [read_document(*pair) for pair in pairs]
    columns = ([getattr(one, name) for one in documents] for name in ("title", "description"))
    works = [one.work for one in documents]
    return Documents(*(pa.array(column, pa.large_string()) for column in (*columns, works)))


class Reader:
    r"""Reads columns of postings; it keeps what it has learnt of lines.

    Parameters
    ----------
    facts : LineFacts, optional
        What other readers have learnt, and learn meanwhile in other threads.

    Examples
    --------
    >>> found = Reader().read(["<b>Engineer</b>"], ["<p>Build</p>&amp; run"])
    >>> found.titles.to_pylist(), found.works.to_pylist()
    (['Engineer'], ['Build\n\n& run'])
    """

    def __init__(self, facts: "LineFacts | None" = None) -> None:
        self.facts = facts or (_line_facts() if has_compiler() else None)

    def read(self, titles: Column, descriptions: Column) -> Documents:
        """Documents of postings.

        Both are Arrow arrays or sequences of strings, without nulls and equally long.
        """
        if self.facts is None:
            return read_by_reference(titles, descriptions)
        texts = clean_strings(descriptions)
        works = _find_works(self.facts, texts)
        return Documents(clean_strings(titles, line=True).to_arrow(), texts.to_arrow(), works)


def _line_facts() -> "LineFacts":
    from classifier.clean_tables import clean_tables
    from classifier.line_facts import LineFacts, line_tables

    for make in (clean_tables, line_tables):
        make()  # here, or several threads would make them at once
    return LineFacts()


def _list(column: Column) -> list[str]:
    return list(column) if isinstance(column, Sequence) else column.to_pylist()


def _room(n: int) -> NDArray[np.uint8]:
    """Bytes of Arrow's memory, which goes back to the system sooner than numpy's."""
    return np.frombuffer(pa.allocate_buffer(n), np.uint8)


def as_strings(texts: Column) -> Strings:
    """Column of strings for compiled code. Halves of characters, which have no UTF-8, are lost."""
    if isinstance(texts, Sequence):
        return _join([text.encode("utf-8", "ignore") for text in texts])
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks() if texts.num_chunks != 1 else texts.chunk(0)
    texts = texts if pa.types.is_large_string(texts.type) else texts.cast(pa.large_string())
    _, places, content = texts.buffers()
    if not len(texts) or content is None:
        return Strings(np.zeros(SLACK, np.uint8), np.zeros(len(texts) + 1, np.int64))
    offsets = np.frombuffer(places, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    data = _room(int(offsets[-1] - offsets[0]) + SLACK)
    data[:-SLACK] = np.frombuffer(content, np.uint8)[offsets[0] : offsets[-1]]
    return Strings(data, offsets - offsets[0])


def _join(parts: Sequence[bytes]) -> Strings:
    offsets = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=offsets[1:])
    # That can be written to, as Arrow's memory: numba compiles for each kind of array anew.
    return Strings(np.frombuffer(bytearray().join([*parts, bytes(SLACK)]), np.uint8), offsets)


def clean_strings(texts: Column, *, line: bool = False) -> Strings:
    """`clean_text` of each text, or `clean_title` where each is a `line`. Needs numba."""
    from classifier.clean_tables import clean_tables
    from classifier.compiled_clean import clean_column
    from classifier.odd_texts import finish

    found, tables, row = as_strings(texts), clean_tables(), 0
    out, offsets = _room(len(found.data)), np.zeros(len(found.offsets), np.int64)
    while True:
        given = (tables, found.data, found.offsets, line, out, offsets, row)
        row, *state = clean_column(*given)
        if row == len(offsets) - 1:
            return Strings(out, offsets)
        begin, end = offsets[row : row + 2].tolist()
        # Titles are too short to go on with them.
        clean = None if line else finish(tables, out[begin:], end - begin, *state)
        if clean is None:
            clean = _by_reference(texts, row, line=line)
        row += 1
        offsets[row] = begin + len(clean)
        out = _with_room(out, begin, len(clean) + len(found.data) - found.offsets[row])
        out[begin : offsets[row]] = clean


def _by_reference(texts: Column, row: int, *, line: bool) -> NDArray[np.uint8]:
    text = texts[row] if isinstance(texts, Sequence) else texts[row].as_py()
    clean = (clean_title if line else clean_text)(text)
    return np.frombuffer(clean.encode("utf-8", "ignore"), np.uint8)


def _with_room(out: NDArray[np.uint8], used: int, more: int) -> NDArray[np.uint8]:
    """Bytes with room for more behind those that are used: a text that is mended may grow."""
    if used + more <= len(out):
        return out
    larger = _room((used + more) * 9 // 8)
    larger[:used] = out[:used]
    return larger


def _find_works(facts: "LineFacts", texts: Strings) -> pa.Array:
    """Column of `features.find_work`'s text."""
    from classifier.compiled_sections import compact, find_works
    from classifier.line_facts import line_tables, room_to_ask

    n = len(texts.offsets) - 1
    lengths, asked = np.full(n, -1, np.int64), room_to_ask()
    longest = int(np.diff(texts.offsets).max(initial=0))
    # A part that is kept and one that is not have two bytes or more each.
    pieces, out = np.empty((longest // 4 + 2, 2), np.int64), _room(len(texts.data))
    for low in range(0, n, AT_ONCE):
        rows = np.arange(low, min(n, low + AT_ONCE))
        while len(rows):
            known = (line_tables(), facts.facts, texts.data, texts.offsets)
            n_asked = find_works(*known, rows, pieces, out, lengths, asked)
            facts.answer(texts.data, asked, n_asked)
            rows = rows[lengths[rows] < 0]
    offsets = np.zeros(n + 1, np.int64)
    compact(out, texts.offsets, lengths, offsets[1:])
    return Strings(out, offsets).to_arrow()
