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


def finish(tables: CleanTables, text: bytes, needs: int, layer: int) -> bytes | None:
    """Clean text of one that is unfinished; None if clean.py has to do it from the start.

    Parameters
    ----------
    tables : CleanTables
        Those it was begun with.
    text : bytes
        The text so far.
    needs, layer : int
        What `compiled_clean.clean_text` says it needs, and how many layers were undone.
    """
    while needs != NOTHING:
        if needs == ALL:
            return None
        in_lines = needs == LINES
        answered = _answer(tables.action, text, in_lines=in_lines)
        changed = in_lines and answered != text
        out = np.empty(len(answered) + SLACK, np.uint8)
        given = (tables, _buffer(answered), 0, len(answered), out)
        n, needs, layer = clean_text(*given, layer, in_lines, changed)
        text = out[:n].tobytes()
    return text


def _answer(action: Bytes, text: bytes, *, in_lines: bool) -> bytes:
    """Text with its odd lines, or words, as clean.py has them."""
    pieces = np.empty((len(text) // 2 + 1, 2), np.int64)
    n = find_odd(action, _buffer(text), len(text), in_lines, pieces)
    mend = repair_line if in_lines else plain_characters
    parts, done = [], 0
    for start, end in pieces[:n].tolist():
        parts += [text[done:start], mend(text[start:end].decode()).encode("utf-8", "ignore")]
        done = end
    return b"".join([*parts, text[done:]])


def _buffer(text: bytes) -> Bytes:
    return np.frombuffer(bytearray().join([text, bytes(SLACK)]), np.uint8)
