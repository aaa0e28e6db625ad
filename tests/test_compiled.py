"""Scores in machine code against the formula of `table`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.compiled import score
from classifier.compiled_terms import Scratch
from classifier.table import Block

N_TERMS = 6


def scratch_of(counts: list[int]) -> Scratch:
    touched = [term for term, count in enumerate(counts) if count]
    nothing, no_keys = np.zeros(0, np.int32), np.zeros(0, np.uint64)
    return Scratch(
        runs=nothing,
        starts=nothing,
        ends=nothing,
        keys=no_keys,
        rests=no_keys,
        words=nothing,
        singles=nothing,
        pairs=nothing,
        spots=nothing,
        hits=nothing.reshape(0, 3),
        counts=np.array(counts, np.int32),
        touched=np.array(touched, np.int32),
        path=nothing,
        seen=np.zeros(0, np.uint8),
        x=np.zeros(N_TERMS),
        word=np.zeros(0, np.uint8),
    )


@given(st.lists(st.integers(0, 40), min_size=N_TERMS, max_size=N_TERMS), st.integers(2, 7))
@settings(deadline=None)
def test_the_score_is_that_of_the_table(counts: list[int], n_classes: int) -> None:
    chance = np.random.default_rng(n_classes)
    idf, coef = chance.random(N_TERMS) + 1, chance.normal(size=(N_TERMS, n_classes))
    block = Block({str(term): term for term in range(N_TERMS)}, idf, coef)
    rows, x = block.weigh([str(term) for term, n in enumerate(counts) for _ in range(n)])
    weights = np.zeros((N_TERMS, 1 + -(-n_classes // 3) * 3))
    weights[:, 0], weights[:, 1 : 1 + n_classes] = idf, coef
    scratch, logits = scratch_of(counts), np.ones(n_classes)
    score(
        weights,
        1 + np.log(np.maximum(np.arange(9), 1)),
        sum(n > 0 for n in counts),
        scratch,
        logits,
    )
    assert logits == pytest.approx(1 + x @ coef[rows], abs=1e-12)
    assert not scratch.counts.any()
