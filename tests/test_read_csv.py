"""CSV: delimiters, quoting, and what a broken record costs."""

import csv
import io
import time
from collections.abc import Iterable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from classifier import read_csv as module
from classifier.errors import InputError
from classifier.lines import Reject, Row, read_lines
from classifier.read_csv import detect_delimiter, parse_record, read_csv, split_records

# Few characters that matter, so that short strings hit every case.
CSV_TEXT = st.text(alphabet=',"\n\r;ab é', max_size=30)


def lines_of(text: str) -> list[str]:
    return list(read_lines(io.BytesIO(text.encode()), "utf-8"))


def read(text: str) -> tuple[list[str], list[list[object] | str]]:
    """Headings, and for each row its values or the reason that it has none."""
    headings, rows = read_csv(lines_of(text))
    found = list(rows)
    assert [row[0] for row in found] == list(range(1, len(found) + 1))
    return headings, [row.values if isinstance(row, Row) else row.reason for row in found]


def written(rows: Iterable[Iterable[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    return file.getvalue()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("t,d\na,b\n", [["a", "b"]], id="plain"),
        pytest.param("t,d\na,b", [["a", "b"]], id="no end of line"),
        pytest.param("t,d\r\na,b\r\n", [["a", "b"]], id="crlf"),
        pytest.param("t,d\ra,b\rc,d\r", [["a", "b"], ["c", "d"]], id="cr"),
        pytest.param('t,d\n"a\r\n\nb",c\n', [["a\r\n\nb", "c"]], id="lines in a field"),
        pytest.param('t,d\n"say ""hi""",", "\n', [['say "hi"', ", "]], id="quotes and commas"),
        pytest.param('t,d\n24" screen,b\n', [['24" screen', "b"]], id="a quote inside a field"),
        pytest.param("t,d\n\n  \na,b\n\n", [["a", "b"]], id="blank lines"),
        pytest.param("\n\nt,d\na,b\n", [["a", "b"]], id="blank lines before the header"),
        pytest.param('t,d\n,\n"",""\n', [["", ""], ["", ""]], id="empty fields are a row"),
        pytest.param("t,d\n a , b \n", [[" a ", " b "]], id="spaces stay"),
        pytest.param("t,d\n007,1e3\n", [["007", "1e3"]], id="numbers stay text"),
        pytest.param("t,d\na\0b,\0\n", [["a\0b", "\0"]], id="NUL"),
        pytest.param("t;d\na,b;c\n", [["a,b", "c"]], id="semicolon"),
        pytest.param("t\td\na,b\tc;d\n", [["a,b", "c;d"]], id="tab"),
        pytest.param("t|d\na,b|c\n", [["a,b", "c"]], id="bar"),
        pytest.param("d\nWe bake, cook; and clean\n", [["We bake, cook; and clean"]], id="one"),
        pytest.param("t,d\n", [], id="header only"),
        pytest.param(f't,d\na,"{"x, " * 400_000}"\n', [["a", "x, " * 400_000]], id="1.2 MB"),
    ],
)
def test_rows_are_read_as_they_stand(text: str, rows: list[list[str]]) -> None:
    assert read(text)[1] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            't,d\n"a"x,b\nc,d\n',
            ["broken quoting: text behind a closing quote", ["c", "d"]],
            id="text behind a quote",
        ),
        pytest.param(
            't,d\n1,"open\n2,b\n3,c\n',
            ["broken quoting: a quote that does not close", ["2", "b"], ["3", "c"]],
            id="open to the end",
        ),
        pytest.param(
            't,d\n1,"open\n2,"b\nb"\n3,"c"\n',
            ["broken quoting: a quote that does not close", ["2", "b\nb"], ["3", "c"]],
            id="open to the next quote",
        ),
        pytest.param(
            't,d\n1,"one\ntwo "big" three\nfour"\n2,b\n',
            [
                "broken quoting: a quote that does not close",
                "1 instead of 2 fields",
                "1 instead of 2 fields",
                ["2", "b"],
            ],
            id="bare quotes in a field of several lines",
        ),
        pytest.param(
            "t,d\na\na,b,c\na,b\n",
            ["1 instead of 2 fields", "3 instead of 2 fields", ["a", "b"]],
            id="number of fields",
        ),
    ],
)
def test_a_broken_record_costs_its_own_lines(text: str, rows: list[list[str] | str]) -> None:
    assert read(text)[1] == rows


def test_a_reject_holds_the_row_as_found() -> None:
    lines = ["t,d\n", 'a,"b\n', "c\n", "d,gr\udcf6ss\n"]
    assert list(read_csv(lines)[1]) == [
        Reject(1, "broken quoting: a quote that does not close", 'a,"b\n'),
        Reject(2, "1 instead of 2 fields", "c\n"),
        Reject(3, "undecodable bytes", {"t": "d", "d": "gr\\xf6ss"}),
    ]


def test_the_size_of_a_row_is_its_bytes() -> None:
    _, rows = read_csv(["t,d\n", "é,b\n"])
    assert next(rows) == Row(1, ["é", "b"], 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file holds only blank lines"),
        ("\n \r\n", "the file holds only blank lines"),
        ('"a"b,c\n', "the header cannot be read: broken quoting: text behind a closing quote"),
        ('"a,b\nc,d\n', "the header cannot be read: broken quoting: a quote that does not close"),
    ],
)
def test_a_file_without_header_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert str(caught.value) == message


def test_headings_become_unique() -> None:
    assert read("d,d,\na,b,c\n")[0] == ["d", "d_2", "column_3"]


# --- Delimiters ---


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["a,b\n"], ","),
        (["a;b\n", "1,5;2,5\n"], ";"),
        (["a;b,c;d\n", "1;2;3\n", "4;5;6\n"], ";"),
        (['"a;b","c"\n', '"1","2"\n'], ","),
        (["a\tb|c\n"], "\t"),
        (["only\n", "one, two; three | four\n"], "\t"),
        (["only\n"], ","),
        ([], ","),
    ],
)
def test_the_delimiter_is_found(lines: list[str], delimiter: str) -> None:
    assert detect_delimiter(lines) == delimiter


def test_of_two_that_fit_the_likelier_is_taken() -> None:
    assert detect_delimiter(["a,b\tc\n"]) == ","
    assert detect_delimiter(["a,b\tc\n"], "\t,") == "\t"


# --- Broken quoting costs neither memory nor time ---


def test_a_quote_that_stays_open_is_given_up_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RECORD_LIMIT", 100)
    lines = ['a,"b\n', *["cc,dd\n"] * 40, 'e,"f\n', 'g"\n']
    consumed = 0

    def counted() -> Iterable[str]:
        nonlocal consumed
        for line in lines:
            consumed += 1
            yield line

    records = iter(split_records(counted(), ","))
    assert next(records).fault == "broken quoting: a quote that does not close"
    assert consumed < 20
    assert [r.fields for r in records] == [*[["cc", "dd"]] * 40, ["e", "f\ng"]]


def test_a_record_that_ends_over_the_limit_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RECORD_LIMIT", 20)
    lines = ['1,"' + "x" * 9 + "\n", "y" * 9 + '"\n', '2,"' + "x" * 6 + "\n", "y" * 6 + '"\n']
    assert [r.fields is None for r in split_records(lines, ",")] == [True, False, False]


def test_every_line_may_leave_a_quote_open() -> None:
    # Each line opens a quote when it comes first, and leaves an open one open.
    lines = ['x","\n'] * 100_000
    start = time.process_time()
    records = list(split_records(lines, ","))
    assert time.process_time() - start < 5  # about 0.3; looking at each pair of lines takes hours
    assert len(records) == 100_000
    assert all(r.fields is None for r in records)


def test_a_long_line_is_looked_at_once() -> None:
    lines = ['x","\n'] * 20_000 + ["y" * 2_000_000 + '"z\n']
    start = time.process_time()
    assert sum(r.fields is None for r in split_records(lines, ",")) == 20_000
    assert time.process_time() - start < 5


def reference(lines: list[str]) -> list[tuple[str, list[str] | None]]:
    """Split by trying, for each line, whether a record of some lines starts there."""
    found: list[tuple[str, list[str] | None]] = []
    start = 0
    while start < len(lines):
        text, fields, used = lines[start], None, 1
        for end in range(start + 1, len(lines) + 1):
            joined = "".join(lines[start:end])
            try:
                text, fields, used = joined, parse_record(joined, ","), end - start
            except module.OpenQuote:
                continue
            except csv.Error:
                pass
            break
        found.append((text, fields))
        start += used
    return found


@given(CSV_TEXT)
@settings(max_examples=500, deadline=None)
def test_records_are_those_of_the_slow_way(text: str) -> None:
    lines = lines_of(text)
    assert [(r.text, r.fields) for r in split_records(lines, ",")] == reference(lines)


@given(CSV_TEXT)
@settings(max_examples=200, deadline=None)
def test_every_character_is_in_one_record(text: str) -> None:
    assert "".join(r.text for r in split_records(lines_of(text), ",")) == text


@given(
    st.lists(st.lists(CSV_TEXT | st.text(), min_size=2, max_size=2), max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\r\n", "\n"]),
)
@settings(max_examples=200, deadline=None)
def test_what_the_csv_module_writes_is_read_back(
    rows: list[list[str]], delimiter: str, end: str
) -> None:
    assume(end == "\r\n" or not any("\r" in field for row in rows for field in row))
    text = written([["title", "text"], *rows], delimiter, end)
    assert read(text) == (["title", "text"], rows)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_damage_to_one_record_costs_no_other(data: st.DataObject) -> None:
    plain = st.text(alphabet="ab, \n", min_size=1, max_size=8)
    rows = data.draw(st.lists(st.lists(plain, min_size=2, max_size=2), min_size=3, max_size=6))
    place = data.draw(st.integers(0, len(rows) - 1))
    quoted = [",".join(f'"{field}"' for field in row) + "\r\n" for row in rows]
    quoted[place] = '"broken"here,"' + "\r\n"
    headings, found = read("title,text\r\n" + "".join(quoted))
    assert headings == ["title", "text"]
    assert found[:place] == rows[:place]
    assert found[place] == "broken quoting: text behind a closing quote"
    assert found[place + 1 :] == rows[place + 1 :]
