"""Names of skills in machine code against the regular expressions that it stands for."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.characters import letters
from classifier.compiled_vocabulary import is_glued, is_list_gap
from classifier.skills import GLUED_AFTER, GLUED_BEFORE, LIST_GAP, LONGEST_GAP

GAP = st.text("  \n\t\u2003,;/|&()+andor•·x_é", max_size=14)
NEAR = st.text("a_&'’.- é🙂+", max_size=4)


@given(GAP, st.sampled_from(["", "x", "_", "é", " "]))
@example("and", "x")
@example(" " * 11 + ",", "")
@example(" " * 12 + ",", "")
@settings(deadline=None, max_examples=500)
def test_what_may_stand_between_two_items_of_a_list(gap: str, behind: str) -> None:
    data = np.frombuffer((gap + behind + "\0").encode(), np.uint8)
    expected = len(gap) <= LONGEST_GAP and LIST_GAP.fullmatch(gap + behind, 0, len(gap)) is not None
    assert is_list_gap(letters().kind, data, 0, len(gap.encode())) == expected


@given(NEAR, NEAR)
@settings(deadline=None, max_examples=500)
def test_a_word_that_is_glued_to_another(before: str, behind: str) -> None:
    data = np.frombuffer((before + "R" + behind).encode(), np.uint8)
    start = len(before.encode())
    expected = GLUED_BEFORE.search(before[-2:]) or GLUED_AFTER.match(behind[:2])
    assert is_glued(letters().kind, data, start, start + 1, 0, data.size) == bool(expected)
