"""Facts about lines: kept while there is room, and asked for anew when there is none."""

import numpy as np
import pytest

from classifier import line_facts
from classifier.compiled_facts import (
    HEADING,
    KEPT,
    LEFT_OUT,
    MARKED_HEADING,
    NO,
    NOTICES,
    UNKNOWN_HEADING,
    find_fact,
    line_key,
)
from classifier.compiled_phrases import SEVERAL
from classifier.line_facts import LineFacts, phrase_table, room_to_ask


def ask(facts: LineFacts, lines: list[str], what: int) -> list[int]:
    data = np.frombuffer("".join(lines).encode() + b"\0" * 16, np.uint8)
    asked, at = room_to_ask(), 0
    for i, line in enumerate(lines):
        end = at + len(line.encode())
        asked.rows[i], asked.keys[i] = (what, at, end), line_key(what, data, at, end)
        at = end
    facts.answer(data, asked, len(lines))
    return [int(find_fact(facts.facts, key)) for key in asked.keys[: len(lines)]]


def test_headings_are_known_or_not() -> None:
    lines = ["Benefits", "Requirements", "The Team Of", "**The Team Of**", "we bake bread", "Perks"]
    found = ask(LineFacts(), lines, HEADING)
    assert found == [
        LEFT_OUT,
        KEPT,
        UNKNOWN_HEADING,
        MARKED_HEADING,
        NO,
        LEFT_OUT,
    ]


def test_notices_are_cut_out() -> None:
    facts = LineFacts()
    line = "Große Öfen warten. We are an equal opportunity employer. You will build robots."
    [first] = ask(facts, [line], NOTICES)
    cuts = facts.facts.cuts[first - 1 :].tolist()
    text = line.encode()
    assert cuts[:4] == [
        [0, 0],
        [text.index(b"We are"), 1],
        [text.index(b"You will"), 0],
        [-1, 0],
    ]


def test_cuts_of_a_larger_array_are_behind_those_of_the_one_before() -> None:
    facts = LineFacts()
    line = "We are an equal opportunity employer of {} people. You will build robots."
    for i in range(40):
        before = facts.facts.cuts
        [first] = ask(facts, [line.format(i)], NOTICES)
        if facts.facts.cuts is not before:
            assert first > len(before)
            assert (facts.facts.cuts[: len(before)] == before).all()
        assert facts.facts.cuts[first - 1, 0] == 0
    assert len(facts.facts.cuts) > 64


def test_more_facts_make_larger_tables_until_they_begin_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line_facts, "MOST_SLOTS", 2 * line_facts.SLOTS)
    facts = LineFacts()
    sizes = []
    for start in range(0, 40_000, 4000):
        lines = [f"Line {i}" for i in range(start, start + 4000)]
        assert all(ask(facts, lines, HEADING))
        sizes.append(facts.facts.keys.size)
    assert max(sizes) == 2 * line_facts.SLOTS
    assert min(sizes) == line_facts.SLOTS
    assert facts._n < 25_000


def test_phrases_are_found_by_their_first_bytes() -> None:
    table = phrase_table(["year", "unabhängig", "years of"])
    assert sorted(table.windows[table.windows > 0].tolist()) == [2, SEVERAL]
    assert table.starts.tolist() == [0, 4, 15, 23]
