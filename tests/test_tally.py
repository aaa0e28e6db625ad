"""Whether a site has answered as it should."""

import pytest

from classifier.tally import Tally, find_problem


@pytest.mark.parametrize(
    ("tally", "last", "problem"),
    [
        (Tally("x", "y", n_requests=1, n_postings=50), 100, ""),
        (Tally("x", "y", n_requests=1, n_postings=49), 100, "49 postings, and 100 when"),
        (Tally("x", "y", n_requests=1, n_postings=1), 9, ""),
        (
            Tally("x", "y", n_requests=1, n_postings=5, total=6, n_rejected=1),
            None,
            "1 postings were",
        ),
        (Tally("x", "y", n_requests=1, n_postings=5, total=6), None, "says that it has 6"),
        (Tally("x", "y", n_requests=1, n_postings=5, total=6, partial="newest only"), None, ""),
        (Tally("x", "y", n_requests=3, n_postings=5, n_failed=1, reasons=["r"]), 5, "1 of 3"),
        (Tally("x", "y", n_requests=1), 0, "it answered with nothing"),
        (Tally("x", "y", n_requests=1, n_closed=1), 1, ""),
    ],
)
def test_problems(tally: Tally, last: int | None, problem: str) -> None:
    found = find_problem(tally, last)
    assert problem in found
    assert bool(found) == bool(problem)
