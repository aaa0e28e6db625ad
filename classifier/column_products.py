"""A sparse matrix that a regression is fitted on in less time: its products go by columns."""

from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix


class ByColumn(csr_matrix):
    """A matrix whose products with a few dense columns go column by column.

    Row by row, a text reaches for coefficients all over the vocabulary. Column by column what is
    read and written lies side by side, which takes two thirds of the time. Each sum is taken in the
    same order, so the products are those of `csr_matrix` to the last bit, if the columns of
    each row are sorted. The values must not be changed in place.

    >>> x = ByColumn([[1.0, 0.0], [2.0, 3.0]])
    >>> (x @ np.eye(2)).tolist(), (np.eye(2) @ x).tolist()
    ([[1.0, 0.0], [2.0, 3.0]], [[1.0, 0.0], [2.0, 3.0]])
    """

    @cached_property
    def columns(self) -> csc_matrix:
        """The same matrix, column by column."""
        return csc_matrix(self)

    def __matmul__(self, other: Any) -> Any:
        """``self @ other``."""
        return self.columns @ other if _is_dense(other) else super().__matmul__(other)

    def __rmatmul__(self, other: Any) -> Any:
        """``other @ self``."""
        return (self.columns.T @ other.T).T if _is_dense(other) else super().__rmatmul__(other)


def _is_dense(other: object) -> bool:
    """Whether it is a dense matrix; with a vector, rows are as quick."""
    return isinstance(other, np.ndarray) and other.ndim == 2
