"""CSV with compiled code against `read_csv`: headings, rows, rejects."""

import csv
import io
from collections.abc import Callable
from typing import Literal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joined import Joined, join

from classifier import window
from classifier.batches import batch_rows
from classifier.csv_batches import read_csv_batches
from classifier.errors import InputError
from classifier.lines import read_lines
from classifier.read_csv import DELIMITERS, read_csv

Found = tuple[list[str], *Joined]


def by_reference(data: bytes, rows: int) -> Found:
    headings, items = read_csv(read_lines(io.BytesIO(data), "utf-8"))
    schema = pa.schema([(heading, pa.string()) for heading in headings])
    return (headings, *join(batch_rows(items, schema, rows)))


def by_compiled(data: bytes, rows: int) -> Found:
    schema, batches = read_csv_batches(io.BytesIO(data), DELIMITERS, rows)
    return (schema.names, *join(batches))


def outcome(read: Callable[[bytes, int], Found], data: bytes, rows: int) -> Found | str:
    try:
        return read(data, rows)
    except InputError as error:
        return str(error)


def both(data: bytes, rows: int = 3) -> Found | str:
    found = outcome(by_compiled, data, rows)
    assert found == outcome(by_reference, data, rows)
    return found


@pytest.mark.parametrize(
    ("data", "n_rows", "n_rejects"),
    [
        (b"t,d\na,b\nc,d\n", 2, 0),
        (b"\n \nt,d\r\na,b", 1, 0),
        (b"t,d\ra,b\rc,d\r", 2, 0),
        (b"\xef\xbb\xbft;d\n1;2\n", 1, 0),
        (b't,d\na,b\n"open,b\nc,d\ne,f\n', 3, 1),
        (b't,d\na,b\n"a" x,b\nc,d\n', 2, 1),
        (b"t,d\na,b\na\na,b,c\nc,d\n" * 2, 5, 4),
        (b"t,d\na,\xff\nc,d\n\xe2\x82,d\n", 1, 2),
        (b't,d\n"a\n""b""\n",d\n"x\n', 1, 1),
        (b't\n"a"\n\n""\n', 2, 0),
    ],
)
@pytest.mark.parametrize("size", [5, 40, 2**20])
def test_the_same_rows(
    data: bytes, n_rows: int, n_rejects: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "SIZE", size)
    found = both(data)
    assert isinstance(found, tuple)
    assert (len(found[1]), len(found[2])) == (n_rows, n_rejects)


@pytest.mark.parametrize("data", [b"\n\n", b'"t\n', b"a,b\xff\n1,2\n", b",".join([b"x"] * 1001)])
def test_the_same_faults_of_a_header(data: bytes) -> None:
    assert isinstance(both(data), str)


def test_a_record_over_the_limit_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("csv_batches", "read_csv", "lines", "window"):
        monkeypatch.setattr(f"classifier.{module}.RECORD_LIMIT", 20)
    found = both(b"t,d\na,b\n" + b"x" * 30 + b',b\n"' + b"y\n" * 30 + b'",b\nc,d\n')
    assert isinstance(found, tuple)
    assert len(found[2]) == 32
    assert found[3] is not None
    assert found[3].to_pylist()[-1] == {"t": "c", "d": "d"}


FIELDS = st.text(alphabet=st.sampled_from('ab,;"\n\ré漢\0 '), max_size=6)
ODD = st.sampled_from([b"", b'"', b'""', b"\n", b"\r", b",", b";", b"\xff", b"\xe2\x82", b'","'])


@given(
    st.lists(st.lists(FIELDS, min_size=2, max_size=2), max_size=8),
    st.booleans(),
    ODD,
    st.integers(0, 100),
    st.sampled_from([7, 64, 2**20]),
)
@settings(deadline=None, max_examples=200)
def test_any_records_are_read_alike(
    rows: list[list[str]], all_quoted: bool, odd: bytes, place: int, size: int
) -> None:
    file = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    csv.writer(file, quoting=quoting, lineterminator="\n").writerows([["t", "d"], *rows])
    whole = file.getvalue().encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(window, "SIZE", size)
        both(whole[:place] + odd + whole[place:])


def test_broken_records_take_time_in_proportion() -> None:
    # Each opens a quote that never closes; all lines but the first are looked at once.
    found = both(b"t,d\n" + b'"x,y\n' * 20_000, 512)
    assert isinstance(found, tuple)
    assert len(found[2]) == 20_000
