"""Facts are kept under hashes of what is asked, and of what it is asked of."""

import numpy as np
from buffers import bytes_of

from classifier.compiled_facts import Facts, add_facts, find_fact, line_key


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
