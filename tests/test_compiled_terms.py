"""Tokens in machine code against the regular expression that it stands for."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.characters import letters
from classifier.compiled_terms import tail_length
from classifier.terms import TOKEN


@given(st.text("+#a_é ", max_size=6))
@settings(deadline=None, max_examples=300)
def test_the_tail_of_a_word(tail: str) -> None:
    data = np.frombuffer(("c" + tail).encode(), np.uint8)
    matched = TOKEN.match("c" + tail)
    assert matched
    n = len(matched[0].rstrip("aé"))
    if matched[0][1:2] not in {"a", "é"}:
        assert tail_length(letters().kind, data, 1, data.size) == n - 1
