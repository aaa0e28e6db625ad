"""Sections in machine code against the expressions that they stand for."""

import pytest
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.compiled_facts import RUN_IN
from classifier.compiled_sections import (
    count_words,
    is_list_item,
    may_be_heading,
    run_in_name,
)
from classifier.line_facts import line_tables
from classifier.sections import LIST_ITEM
from classifier.sections import RUN_IN as RUN_IN_EXPRESSION


@given(st.text("-*•·●▪◦‣–+o 0123456789.)٣aé", min_size=1, max_size=6).filter(str.strip))
@settings(deadline=None)
def test_list_items_are_those_of_the_expression(text: str) -> None:
    line = text.rstrip() + "\n"
    found = is_list_item(line_tables().kind, bytes_of(line), 0, len(line.encode()))
    assert found == bool(LIST_ITEM.match(line))


@given(st.text("abé :-.", min_size=1, max_size=60).filter(str.strip))
@settings(deadline=None)
def test_names_that_run_in(text: str) -> None:
    line = text.rstrip()
    what, end = run_in_name(bytes_of(line), 0, len(line.encode()))
    match = RUN_IN_EXPRESSION.match(line) if ":" in line[:48] else None
    assert what == (RUN_IN if match else 0)
    if match:
        assert line.encode()[:end].decode() == match[1]


@pytest.mark.parametrize(
    ("line", "may"),
    [("Benefits", True), ("Benefits.", False), ("é" * 118, True), ("é" * 119, False)],
)
def test_what_may_be_a_heading(line: str, may: bool) -> None:
    stop = len(line.encode())
    assert may_be_heading(bytes_of(line + "\n"), 0, stop, stop + 1) == may


@given(st.text("ab \n", max_size=40))
@settings(deadline=None)
def test_words_are_counted_up_to_enough(text: str) -> None:
    data = bytes_of(text)
    assert count_words(data, 0, len(text), 99) == len(text.split())
    assert count_words(data, 0, len(text), 2) == min(len(text.split()), 2)
