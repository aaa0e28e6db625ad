"""Bytes to lines: formats by name, opening, encodings, line ends."""

import gzip
import io
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import lines
from classifier.encoding import detect_encoding
from classifier.errors import InputError
from classifier.lines import (
    file_format,
    open_source,
    read_lines,
    reject_text,
    unique_headings,
    visible,
)

ACCENTS = "Gärtner für Gemüse, Käse und Öl"


def read(data: bytes, encoding: str | None = None) -> list[str]:
    file = io.BytesIO(data)
    return list(read_lines(file, encoding or detect_encoding(file)))


# --- Formats ---


@pytest.mark.parametrize(
    ("path", "suffix", "expected"),
    [
        ("a.csv", None, ("csv", False)),
        ("a.b/c.TSV", None, ("tsv", False)),
        ("a.ndjson", None, ("jsonl", False)),
        ("a.jsonl.gz", None, ("jsonl", True)),
        ("a.json", None, ("json", False)),
        ("a.parquet", None, ("parquet", False)),
        ("a.txt", "csv", ("csv", False)),
        ("-", ".csv.gz", ("csv", True)),
    ],
)
def test_the_suffix_says_the_format(
    path: str, suffix: str | None, expected: tuple[str, bool]
) -> None:
    assert file_format(path, suffix) == expected


@pytest.mark.parametrize(
    ("path", "suffix", "part"),
    [
        ("a.xlsx", None, "cannot tell the format of a.xlsx: the suffixes are .csv, .tsv,"),
        ("csv", None, "cannot tell the format of csv"),
        ("a.parquet.gz", None, "cannot tell the format of a.parquet.gz"),
        ("a.csv", "xml", "cannot tell the format of xml"),
        ("", None, "cannot tell the format of "),
        ("-", None, "standard input and output have no suffix"),
    ],
)
def test_an_unknown_format_is_refused(path: str, suffix: str | None, part: str) -> None:
    with pytest.raises(InputError, match="^" + part.replace(".", r"\.")):
        file_format(path, suffix)


# --- Opening ---


def test_a_file_is_opened_and_says_how_far_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 100)
    source = open_source(str(path))
    assert source.fraction() == 0
    source.data.read()
    assert source.fraction() == 1
    source.close()


def test_gzip_is_known_by_its_bytes(tmp_path: Path) -> None:
    for name, data in (("a.csv", gzip.compress(b"plain")), ("b.csv.gz", b"plain")):
        (tmp_path / name).write_bytes(data)
        source = open_source(str(tmp_path / name))
        assert source.data.read() == b"plain"
        source.data.seek(0)
        assert source.data.read(2) == b"pl"
        source.close()


def test_standard_input_can_be_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"abc")))
    source = open_source("-")
    assert source.name == "standard input"
    assert source.data.read() == b"abc"
    source.data.seek(0)
    assert source.data.read() == b"abc"
    source.close()


def test_a_pipe_can_be_read_twice(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"abc",))
    writer.start()
    source = open_source(str(pipe))
    writer.join()
    assert source.data.read() == b"abc"
    source.data.seek(0)
    assert source.data.read() == b"abc"
    source.close()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.csv", "cannot read {}: No such file or directory"),
        ("folder.csv", "cannot read {}: Is a directory"),
        ("empty.csv", "{} is empty"),
        ("n\0ul.csv", "cannot read {}: embedded null byte"),
    ],
)
def test_what_cannot_be_opened_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "empty.csv").touch()
    path = str(tmp_path / name)
    with pytest.raises(InputError) as caught:
        open_source(path)
    assert str(caught.value) == message.format(path)


# --- Lines ---


def test_lines_keep_their_ends() -> None:
    data = "a\r\nb\rc\nd\u2028e\x0bf\n\nlast".encode()
    assert read(data) == ["a\r\n", "b\r", "c\n", "d\u2028e\x0bf\n", "\n", "last"]


def test_the_file_stays_open_for_a_second_reading() -> None:
    file = io.BytesIO(b"a\nb\n")
    assert next(read_lines(file, "utf-8")) == "a\n"
    assert list(read_lines(file, "utf-8")) == ["a\n", "b\n"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_over_the_limit_is_cut(monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    monkeypatch.setattr(lines, "RECORD_LIMIT", 10)
    for length in range(1, 60):
        found = [line.strip() for line in read(f"a{end}{'x' * length}{end}b{end}".encode())]
        found = [line for line in found if line]
        assert (found[0], found[-1], len(found)) == ("a", "b", 3)
        assert len(found[1]) == length if length < 10 else 10 <= len(found[1]) <= 12


def test_a_row_over_the_limit_keeps_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "RECORD_LIMIT", 2000)
    assert reject_text(1, "bad", "x" * 2000).content == "x" * 2000
    row, reason, content = reject_text(1, "bad", "x" * 2001)
    assert (row, reason, content) == (
        1,
        "over 2,000 characters, of which 1,000 are kept",
        "x" * 1000,
    )


def test_visible_leaves_text_alone() -> None:
    assert visible("a\\x41 é 😀") == "a\\x41 é 😀"
    assert visible("\udc41\udcff\ud83d\udfff") == r"\x41\xff\ud83d\udfff"


# --- Headings ---


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a_2", "a_3"]),
        (["a", "a_2", "a"], ["a", "a_2", "a_3"]),
        (["a", "a", "a_2"], ["a", "a_3", "a_2"]),
        (["", "x", ""], ["column_1", "x", "column_3"]),
        (["column_2", ""], ["column_2", "column_2_2"]),
    ],
)
def test_headings_become_unique(headings: list[str], expected: list[str]) -> None:
    assert unique_headings(headings) == expected


@given(st.lists(st.sampled_from(["", "a", "a_2", "a_3", "column_1", "column_2"]), max_size=12))
@settings(max_examples=200, deadline=None)
def test_unique_headings_stay_as_they_are(headings: list[str]) -> None:
    found = unique_headings(headings)
    assert len(set(found)) == len(headings)
    assert unique_headings(found) == found


def test_too_many_and_undecodable_headings_are_refused() -> None:
    with pytest.raises(InputError, match="the header has 1,001 columns; 1,000 are the most"):
        unique_headings(["a"] * 1001)
    with pytest.raises(InputError, match=r"the heading gr\\xf6sse cannot be decoded"):
        unique_headings(["gr\udcf6sse"])
