"""What sections.py says of single lines, kept for `compiled_sections`.

Needs numba, by what it imports; `reading` asks first.
"""

from collections.abc import Iterable
from functools import cache
from itertools import accumulate, pairwise
from threading import Lock

import numpy as np

from classifier.characters import letters
from classifier.compiled_facts import (
    HEADING,
    KEPT,
    LEFT_OUT,
    MARKED_HEADING,
    NO,
    NOTICES,
    RUN_IN,
    RUN_IN_LINE,
    UNKNOWN_HEADING,
    WORK,
    YES,
    Asked,
    Facts,
    add_facts,
)
from classifier.compiled_phrases import SEVERAL, Phrases, window_hash
from classifier.compiled_sections import LineTables
from classifier.headings import MARKED, OTHER, find_heading
from classifier.machine import Bytes
from classifier.sections import (
    BOILERPLATE,
    NOTICE_WORDS,
    WORK_SIGN,
    WORK_WORDS,
    find_run_in,
    sentence_kinds,
)

SLOTS, MOST_SLOTS = 2**14, 2**19  # of the table: 12 bytes each
ASKED = 4096  # at once


class LineFacts:
    """Facts about lines, as they are asked for; forgotten when they are too many.

    Two lines are taken for the same if their hashes of 64 bits are. Several threads may ask: one
    adds at a time, while others look. They find what stood in `facts` when they took it; of what
    is being added either nothing (0, so they ask) or all.

    Attributes
    ----------
    facts : Facts
        Tables for `compiled_sections.find_works`; others after each `answer`.
    """

    def __init__(self) -> None:
        self._adding = Lock()
        self._start(SLOTS)

    def _start(self, slots: int) -> None:
        self.facts = Facts(
            np.zeros(slots, np.uint64), np.zeros(slots, np.int32), np.zeros((64, 2), np.int32)
        )
        self._n = self._n_cuts = 0

    def answer(self, data: Bytes, asked: Asked, n: int) -> None:
        """Add facts about the first n pieces of text that were asked for, or all there are."""
        with self._adding:
            self._answer(data, asked, min(n, ASKED))

    def _answer(self, data: Bytes, asked: Asked, n: int) -> None:
        self._make_room(n)
        keys, first = np.unique(asked.keys[:n], return_index=True)
        values = np.zeros(len(keys), np.int32)
        for i, (what, start, end) in enumerate(asked.rows[first].tolist()):
            line = data[start:end].tobytes().decode()
            values[i] = self._cut(line) if what == NOTICES else _tell(what, line)
        add_facts(self.facts.keys, self.facts.values, keys, values)
        self._n += len(keys)

    def _make_room(self, n: int) -> None:
        """Double the table until n more facts fit, or begin anew."""
        old = self.facts
        slots = old.keys.size
        while 3 * (self._n + n) > 2 * slots:
            slots *= 2
        if slots > MOST_SLOTS:
            self._start(MOST_SLOTS)
        elif slots > old.keys.size:
            self.facts = Facts(np.zeros(slots, np.uint64), np.zeros(slots, np.int32), old.cuts)
            used = np.flatnonzero(old.keys)
            add_facts(self.facts.keys, self.facts.values, old.keys[used], old.values[used])

    def _cut(self, line: str) -> int:
        """Fact about a line with notices: 1 + the first of its new rows among the cuts."""
        rows = [*_cuts(line), (-1, 0)]
        cuts = self.facts.cuts
        if self._n_cuts + len(rows) > len(cuts):
            # Behind all that the old array has room for: who still looks into that sees by a
            # number that it is not there.
            self._n_cuts = len(cuts)
            more = np.zeros((2 * (len(cuts) + len(rows)), 2), np.int32)
            more[: len(cuts)] = cuts
            self.facts = self.facts._replace(cuts=more)
        first, self._n_cuts = self._n_cuts, self._n_cuts + len(rows)
        self.facts.cuts[first : self._n_cuts] = rows
        return first + 1


def _tell(what: int, line: str) -> int:
    """Fact about a line, or about the name that it starts with."""
    if what == WORK:
        return YES if WORK_SIGN.search(line) else NO
    if what == RUN_IN_LINE:
        return _is_left_out(find_run_in(line))
    heading = find_heading(line + ":" if what == RUN_IN else line)
    if what == HEADING and heading == OTHER:
        return MARKED_HEADING if MARKED.match(line) else UNKNOWN_HEADING
    return _is_left_out(heading)


def _is_left_out(kind: str | None) -> int:
    if kind is None or kind == OTHER:
        return NO
    return LEFT_OUT if kind in BOILERPLATE else KEPT


def _cuts(line: str) -> list[tuple[int, int]]:
    """Where the parts of a line start, in bytes, and whether each is left out as a notice."""
    kinds = sentence_kinds(line, "")
    starts = [start for _, start in kinds]
    sizes = [len(line[a:b].encode()) for a, b in pairwise([0, *starts])]
    return [
        (place, int(kind != "")) for place, (kind, _) in zip(accumulate(sizes), kinds, strict=True)
    ]


# --- Tables ---


def room_to_ask() -> Asked:
    """Room for `ASKED` pieces of text."""
    return Asked(np.empty((ASKED, 3), np.int64), np.empty(ASKED, np.uint64))


@cache
def line_tables() -> LineTables:
    """Characters, and the words of sections.py."""
    return LineTables(letters().kind, phrase_table(NOTICE_WORDS), phrase_table(WORK_WORDS))


def phrase_table(phrases: Iterable[str]) -> Phrases:
    """Table of phrases in lower case, of four bytes or more each."""
    spelled = [phrase.encode() for phrase in phrases]
    windows = np.zeros(1024, np.uint8)
    for number, one in enumerate(spelled, 1):
        place = window_hash(np.frombuffer(one[:4].ljust(8, b"\0"), np.uint64)[0])
        windows[place] = SEVERAL if windows[place] else number
    starts = np.fromiter(accumulate(map(len, spelled), initial=0), np.int32)
    return Phrases(windows, np.frombuffer(b"".join(spelled), np.uint8), starts)
