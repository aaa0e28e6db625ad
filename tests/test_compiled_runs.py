"""Runs of the bytes of words, against a regular expression."""

import re

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.characters import letters
from classifier.compiled_runs import AT_ONCE, find_runs

RUN = re.compile(rb"[0-9A-Za-z+#\x80-\xff]+")


@given(
    st.lists(
        st.sampled_from([b"a", b"Z", b"0", b"#", b" ", b".", b"abcdefg"]) | st.binary(max_size=9)
    ),
    st.integers(0, 9),
    st.integers(0, 70),
)
@example([b"a b "] * 40, 0, 0)
@example([b"a"] * 64, 0, 64)
@example([b"a"] * 128, 0, 0)
@settings(deadline=None, max_examples=300)
def test_the_runs_of_a_text(pieces: list[bytes], start: int, behind: int) -> None:
    text = b"".join(pieces)
    data = np.frombuffer(b"x" * start + text + b"x" * behind + b"\0", np.uint8)
    runs = np.zeros(len(text) + 1 + AT_ONCE, np.int32)
    n = find_runs(letters().follows, data, start, start + len(text), runs)
    found = [(int(runs[2 * i]) - start, int(runs[2 * i + 1]) - start) for i in range(n)]
    assert found == [match.span() for match in RUN.finditer(text)]


def test_every_byte_is_of_one_kind() -> None:
    data = np.repeat(np.arange(256, dtype=np.uint8), 2)
    data[1::2] = 0x20  # each stands alone; 64 bytes more, so that all are read at once
    runs = np.zeros(600, np.int32)
    n = find_runs(letters().follows, np.append(data, data[:64]), 0, data.size, runs)
    found = {int(data[runs[2 * i]]) for i in range(n)}
    assert found == {byte for byte in range(256) if RUN.fullmatch(bytes([byte]))}
