"""A set that grows by many at a time: what a set of Python says."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifier.seen import Seen


@given(st.lists(st.lists(st.integers(0, 40)), max_size=12))
def test_it_is_a_set(batches: list[list[int]]) -> None:
    seen, known = Seen(), set[int]()
    for batch in batches:
        expected = []
        for number in batch:
            expected.append(number in known)
            known.add(number)
        assert seen.add(np.array(batch, np.uint64)).tolist() == expected
    assert len(seen) == len(known)


def test_it_is_kept_in_few_parts() -> None:
    seen = Seen()
    for i in range(1000):
        assert not seen.add(np.array([i], np.uint64)).any()
    assert len(seen._parts) <= 10
