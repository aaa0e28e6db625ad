"""Sections in machine code against the expressions that they stand for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.compiled_sections import (
    RUN_IN,
    Facts,
    add_facts,
    count_words,
    find_fact,
    find_newline,
    find_phrase,
    is_list_item,
    line_key,
    may_be_heading,
    may_tell_work,
    move_bytes,
    run_in_name,
)
from classifier.line_facts import line_tables
from classifier.machine import Bytes
from classifier.sections import LIST_ITEM, NOTICE_WORDS, WORK_SIGN
from classifier.sections import RUN_IN as RUN_IN_EXPRESSION

WORK_PARTS = st.lists(
    st.sampled_from(
        (
            *("In this role", "the position is", "this", "role", "is", "are", "the", "will", "you"),
            *("you'll", "you’ll", "candidate", "We are", "we're", "now", "hiring", "looking for"),
            *("focus", "report", "be working", "expected to", "responsible for", "of", "years"),
            *("reſponsibilities", "experience", "as an", "As a", "engineer, you", "ENGINEER"),
            *("wir suchen", "du wirst", "nous recherchons", "vous serez", "vous", "İn", "K"),
        )
    ),
    max_size=9,
).map(" ".join)


def bytes_of(text: str) -> Bytes:
    return np.frombuffer(text.encode() + b"\0" * 16, np.uint8)


@given(WORK_PARTS)
@settings(deadline=None, max_examples=500)
def test_no_sign_of_the_work_is_missed(line: str) -> None:
    found = may_tell_work(line_tables().work, bytes_of(line), 0, len(line.encode()))
    assert found or not WORK_SIGN.search(line)


@given(st.text("eEqQuUaAlLgGdDpPrR äÄÖhbnuig", max_size=30), st.sampled_from(["", *NOTICE_WORDS]))
@settings(deadline=None)
def test_words_of_notices_are_those_in_the_lower_case(noise: str, word: str) -> None:
    table = line_tables().notice
    for line in (noise + word, word.upper() + noise, noise):
        end = len(line.encode())
        place = find_phrase(table.windows, table.text, table.starts, bytes_of(line), 0, end)
        lower = line.lower()
        first = min((lower.index(word) for word in NOTICE_WORDS if word in lower), default=None)
        assert place == (end if first is None else len(line[:first].encode()))


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
def test_lines_and_words(text: str) -> None:
    data = bytes_of(text)
    assert find_newline(data, 0, len(text)) == (text + "\n").index("\n")
    assert count_words(data, 0, len(text), 99) == len(text.split())
    assert count_words(data, 0, len(text), 2) == min(len(text.split()), 2)


@given(st.binary(min_size=1, max_size=40), st.integers(0, 9))
@settings(deadline=None)
def test_bytes_move_to_the_left(text: bytes, shift: int) -> None:
    data = np.frombuffer(b"#" * shift + text + b"tail", np.uint8).copy()
    end = move_bytes(data, shift, shift + len(text), data, 0)
    assert (end, data[:end].tobytes()) == (len(text), text)
    assert data.tobytes().endswith(b"tail")


def test_a_fact_is_found_by_what_is_asked_and_by_the_line() -> None:
    facts = Facts(np.zeros(8, np.uint64), np.zeros(8, np.int32), np.zeros((1, 2), np.int32))
    keys = [
        np.uint64(line_key(what, bytes_of(line), 0, len(line)))
        for what in (1, 2)
        for line in ("Benefits", "Benefits:", "a longer line of text")
    ]
    assert len({int(key) for key in keys}) == 6
    for i, key in enumerate(keys[:5]):
        assert find_fact(facts, key) == 0
        add_facts(facts.keys, facts.values, np.array([key]), np.array([i + 1], np.int32))
    assert [find_fact(facts, key) for key in keys] == [1, 2, 3, 4, 5, 0]
