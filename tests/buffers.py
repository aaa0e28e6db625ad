"""Texts as compiled code has them."""

import numpy as np

from classifier.compiled_small import FRONT
from classifier.machine import Bytes


def bytes_of(text: str) -> Bytes:
    """UTF-8 of a text, with some bytes behind it that compiled code may load."""
    return np.frombuffer(text.encode() + b"\0" * 16, np.uint8).copy()


def small_bytes(text: str) -> Bytes:
    """ASCII text as in `compiled_small`, with line breaks before and behind."""
    return cased_bytes(text.lower())


def cased_bytes(text: str) -> Bytes:
    """The same with its capitals."""
    return np.frombuffer(b"\n" * FRONT + text.encode() + b"\n" * 32, np.uint8)
