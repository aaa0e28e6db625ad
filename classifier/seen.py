"""Which of many numbers came before, in eight bytes each."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]


class Seen:
    """A set of numbers that grows by many at a time.

    It is kept as sorted arrays, each at least twice as long as the next: a number is moved as
    often as the set doubles.

    Examples
    --------
    >>> seen = Seen()
    >>> seen.add(np.array([5, 3, 5], np.uint64)).tolist()
    [False, False, True]
    >>> seen.add(np.array([4, 3], np.uint64)).tolist(), len(seen)
    ([False, True], 3)
    """

    def __init__(self) -> None:
        self._parts: list[Numbers] = []

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def add(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Whether each number was there, or stands further ahead among these; then all are."""
        unique, first = np.unique(numbers, return_index=True)
        known = np.ones(len(numbers), np.bool_)
        new = ~self._holds(unique)
        known[first[new]] = False
        self._append(unique[new])
        return known

    def _holds(self, numbers: Numbers) -> NDArray[np.bool_]:
        found = np.zeros(len(numbers), np.bool_)
        for part in self._parts:
            places = np.minimum(np.searchsorted(part, numbers), len(part) - 1)
            found |= part[places] == numbers
        return found

    def _append(self, numbers: Numbers) -> None:
        while self._parts and len(self._parts[-1]) < 2 * len(numbers):
            numbers = np.sort(np.concatenate([self._parts.pop(), numbers]), kind="stable")
        if len(numbers):
            self._parts.append(numbers)
