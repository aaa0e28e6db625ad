"""Rules of quick looks against the expressions they stand for; `test_looks` has whole texts."""

import numpy as np
import pytest
from buffers import small_bytes

from classifier.compiled_looks import (
    AMOUNT,
    FIELD,
    KINDS,
    REMOTE,
    ROLE,
    YEARS,
    ends_field,
    find_marks,
)
from classifier.compiled_small import FRONT
from classifier.levels import _MARK
from classifier.looks import look_tables


@pytest.mark.parametrize("behind", [":", " :", "-", "  -", "?", "", " ", ".", " x:", "s:"])
def test_a_field_ends_in_a_mark(behind: str) -> None:
    found = ends_field(small_bytes(f"level{behind}"), FRONT + 5)
    assert found == bool(_MARK.match(f"level{behind}"))


def test_places_are_those_in_each_text() -> None:
    first, second = "this is a job: level - two of five years", "$5; a remote role\n7 or 5 years"
    starts = FRONT + np.array([0, len(first) + 1, len(first) + len(second) + 2])
    out, bounds = np.zeros((KINDS, 100), np.int32), np.zeros((2, KINDS), np.int64)
    words = np.zeros(2, np.int64)
    small = small_bytes(f"{first}\n{second}\n")
    find_marks(look_tables(), small, small, starts, out, bounds, words)
    assert bounds[0].tolist() == [0, 1, 1, 2, 0]
    assert bounds[1].tolist() == [1, 1, 1, 4, 1]
    assert [out[kind, 0] for kind in (FIELD, ROLE, AMOUNT, REMOTE)] == [15, 0, 0, 6]
    assert out[YEARS, :4].tolist() == [
        *(first.index("two"), first.index("five")),
        *(second.index("7"), second.index("5 years")),
    ]
