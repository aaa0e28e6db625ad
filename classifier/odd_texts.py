"""Texts that compiled cleaning cannot finish by itself.

It gives the text so far, and what that needs: some lines or words of it go to clean.py, and the
text comes back with the answers. So a long text with one odd thing costs hardly more than others.
Needs numba, by what it imports; `reading` asks first.
"""

import numpy as np

from classifier.clean import plain_characters, repair_line
from classifier.compiled_clean import ALL, LINES, NOTHING, CleanTables, clean_text
from classifier.compiled_plain import find_odd
from classifier.compiler import SLACK
from classifier.machine import Bytes


def finish(tables: CleanTables, data: Bytes, size: int, needs: int, layer: int) -> Bytes | None:
    """Clean text of one that is unfinished; None if clean.py has to do it from the start.

    Parameters
    ----------
    tables : CleanTables
        Those it was begun with.
    data : numpy.ndarray
        The text so far, and `SLACK`.
    size : int
        Bytes of the text.
    needs, layer : int
        What `compiled_clean.clean_text` says it needs, and how many layers were undone.
    """
    while needs != NOTHING:
        if needs == ALL:
            return None
        is_repair = needs == LINES
        data, size, changed = _answer(tables.action, data, size, in_lines=is_repair)
        out = np.empty(size + SLACK, np.uint8)
        size, needs, layer = clean_text(
            tables, data, 0, size, out, layer, is_repair, is_repair and changed
        )
        data = out
    return data[:size]


def _answer(action: Bytes, data: Bytes, size: int, *, in_lines: bool) -> tuple[Bytes, int, bool]:
    """Text with its odd lines, or words, as clean.py has them; its size, and whether it changed."""
    pieces = np.empty((size // 2 + 1, 2), np.int64)
    n = find_odd(action, data, size, in_lines, pieces)
    mend = repair_line if in_lines else plain_characters
    parts: list[bytes | memoryview] = []
    done, changed = 0, False
    for start, end in pieces[:n].tolist():
        piece = data[start:end].tobytes()
        mended = mend(piece.decode()).encode("utf-8", "ignore")
        changed |= mended != piece
        parts += [data[done:start].data, mended]
        done = end
    if not changed:
        return data, size, False
    # numba would compile anew for bytes, which cannot be written to.
    text = bytearray().join([*parts, data[done:size].data, bytes(SLACK)])
    return np.frombuffer(text, np.uint8), len(text) - SLACK, True
