"""A part of a file in memory: filling it, and its lines."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import lines, window
from classifier.compiler import SLACK
from classifier.lines import read_lines
from classifier.window import Window

PARTS = st.sampled_from(["a", "é", "漢", "\n", "\r", "\r\n", "\ufeff", "x" * 20])


def lines_of(data: bytes) -> list[str]:
    return list(iter(Window(io.BytesIO(data)).line, ""))


@given(st.lists(PARTS, max_size=20).map("".join), st.binary(max_size=3), st.integers(1, 40))
@settings(deadline=None)
def test_its_lines_are_those_of_the_file(text: str, odd: bytes, size: int) -> None:
    data = text.encode() + odd + text.encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(window, "SIZE", size)
        assert lines_of(data) == list(read_lines(io.BytesIO(data), "utf-8"))


@pytest.mark.parametrize("end", ["", "\n", "\r", "\r\n"])
@pytest.mark.parametrize("n", [9, 10, 11, 12, 60, 300])
def test_a_line_over_the_limit_is_cut_and_the_next_one_is_whole(
    n: int, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (lines, window):
        monkeypatch.setattr(module, "RECORD_LIMIT", 10)
    monkeypatch.setattr(window, "LONGEST_LINE", 48)
    monkeypatch.setattr(window, "SIZE", 16)
    data = ("é" * n + end + "next\n").encode()
    cut = lines_of(data)
    expected = list(read_lines(io.BytesIO(data), "utf-8"))
    # The reference may take the halves of a line's end apart.
    assert [line[:11] for line in cut] == [line[:11] for line in expected if line != "\n"]
    if end:
        assert cut[-1] == "next\n"


def test_what_is_not_read_stays_when_more_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "SIZE", 4)
    found = Window(io.BytesIO(b"abcdefgh"))
    assert found.fill()
    found.at = 1
    assert found.fill()
    assert found.data[found.at : found.end].tobytes() == b"bcdefg"
    assert len(found.data) >= found.end + SLACK
    found.at = 5
    assert found.fill()
    assert found.data[found.at : found.end].tobytes() == b"gh"
    assert not found.fill()
    found.at = found.end
    assert not found.more()


def test_a_byte_order_mark_is_left_out_once() -> None:
    assert lines_of("\ufeffa\n".encode()) == ["a\n"]
    assert lines_of("\ufeff\ufeffa\n\ufeffb".encode()) == ["\ufeffa\n", "\ufeffb"]


def test_whole_lines_end_with_a_newline() -> None:
    found = Window(io.BytesIO(b"ab\ncd\nef"))
    found.fill()
    assert found.whole_lines() == 6
    assert found.line_start(4) == 3
    found.at = 6
    assert found.whole_lines() == found.line_start(7) == 6
