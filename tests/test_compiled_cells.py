"""Runs of bytes in machine code."""

import numpy as np
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.compiled_ascii import BACKSLASH
from classifier.compiled_cells import copy_run


@given(st.text(alphabet="ab\\é", max_size=40), st.integers(0, 40), st.integers(0, 5))
@settings(deadline=None)
def test_a_run_ends_with_its_sign_or_the_end(text: str, end: int, n: int) -> None:
    data = text.encode()
    end = min(end, len(data))
    out = np.zeros(80, np.uint8)
    stop, length = copy_run(bytes_of(text), 0, end, BACKSLASH, out, n)
    run = data[:end].partition(b"\\")[0]
    assert (stop, length) == (len(run), n + len(run))
    assert out[n:length].tobytes() == run
