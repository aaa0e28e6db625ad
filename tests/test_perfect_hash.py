"""Tables without collisions: what was put in is found, and nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.machine import pack
from classifier.perfect_hash import find_keys, find_pair, long_key, pair_table, spread, word_keys

NUMBERS = st.integers(0, 2**20 - 2)


@given(st.dictionaries(st.tuples(NUMBERS, NUMBERS), st.integers(0, 2**24 - 1), max_size=40))
@settings(deadline=None)
def test_pairs_are_found_and_no_others(values: dict[tuple[int, int], int]) -> None:
    rows = [(*pair, value) for pair, value in values.items()]
    table = pair_table(np.array(rows, np.int64).reshape(-1, 3))
    for left, right in [*values, *(pair[::-1] for pair in values), (0, 0), (2**20 - 2, 2**20 - 2)]:
        assert find_pair(table, left, right, -1) == values.get((left, right), -1)


@given(st.lists(st.text("abcé", min_size=1, max_size=12), unique=True, max_size=40))
@settings(deadline=None)
def test_words_are_found_and_no_others(words: list[str]) -> None:
    table, long = word_keys([word.encode() for word in words])
    assert long == [i for i, word in enumerate(words) if len(word.encode()) > 16]
    for word in [*words, *(word[1:] + "x" for word in words)]:
        text = np.frombuffer(word.encode(), np.uint8)
        key, rest = pack(text, 0, text.size)
        if text.size > 16:
            place = words.index(word) if word in words else -1
            key, rest = long_key(long.index(place) if place in long else -1)
        found = find_keys(table, np.uint64(key), np.uint64(rest))
        assert found == (words.index(word) if word in words else len(words))


@pytest.mark.parametrize("n", [0, 1, 100, 50_000])
def test_every_key_has_a_slot(n: int) -> None:
    hashes = np.random.default_rng(n).integers(0, 2**64, n, np.uint64)
    _, owners = spread(hashes)
    assert sorted(owners[owners >= 0]) == list(range(n))
    assert len(owners) <= max(2, 2.5 * n)


def test_two_keys_of_the_same_hash_are_refused() -> None:
    with pytest.raises(ValueError, match="same hash"):
        spread(np.array([7, 7], np.uint64))
