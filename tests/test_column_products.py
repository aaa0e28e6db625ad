"""Products by columns are those by rows, to the last bit, and the regression takes this way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_matrix, csr_matrix, random_array
from sklearn.linear_model import LogisticRegression

from classifier.column_products import ByColumn


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 30), st.integers(1, 30), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_products_are_the_same_to_the_last_bit(n: int, p: int, k: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    x = csr_matrix(random_array((n, p), density=0.4, rng=chance, data_sampler=chance.normal))
    x.sort_indices()
    right, left = chance.normal(size=(p, k)), chance.normal(size=(k, n))
    quick = ByColumn(x)
    for found, expected in (
        (quick @ right, x @ right),
        (left @ quick, left @ x),
        (quick @ right[:, 0], x @ right[:, 0]),
        (left[0] @ quick, left[0] @ x),
    ):
        assert np.asarray(found).tolist() == np.asarray(expected).tolist()
    assert np.array_equal((quick @ csr_matrix(right)).toarray(), (x @ csr_matrix(right)).toarray())


@pytest.mark.parametrize("n_labels", [2, 3])
def test_a_regression_learns_the_same(n_labels: int) -> None:
    chance = np.random.default_rng(1)
    x = csr_matrix(random_array((90, 40), density=0.3, rng=chance))
    x.sort_indices()
    y = np.arange(90) % n_labels
    expected = LogisticRegression(C=3.0).fit(x, y)
    asked: list[ByColumn] = []

    class Spied(ByColumn):
        @property
        def columns(self) -> csc_matrix:
            asked.append(self)
            return super().columns

    found = LogisticRegression(C=3.0).fit(Spied(x), y)
    assert np.array_equal(found.coef_, expected.coef_)
    assert np.array_equal(found.intercept_, expected.intercept_)
    # scikit-learn still multiplies by these operators: or else nothing would be gained.
    assert bool(asked) == (n_labels == 3)
