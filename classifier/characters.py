"""Tables of characters and words for compiled code, made from the methods of str.

Needs numba, by what it imports; `counting` and `reading` ask first.
"""

import re
import sys
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from classifier.machine import DIGIT, ODD, SPACE, WORD, Bytes, Ints, Keys, Tags, add_words

PLANES = (0x00000, 0x10000, 0x20000, 0x30000, 0xE0000)  # no other has letters or spaces
KINDS = (
    (re.compile(r"[^\W_]+"), WORD),
    (re.compile(r"\s+"), SPACE),
    (re.compile(r"\d+"), DIGIT),
)
SIGMA = 0x3A3  # its lower case depends on what stands around it


class Letters(NamedTuple):
    """What the characters are: the first two by byte, the others by code point.

    A word may start at a byte that `starts`, and may go on at one that `follows` ASCII letters.
    """

    starts: Bytes
    follows: Bytes
    kind: Bytes
    shift: Ints  # to be added for the lower case


class Words(NamedTuple):
    """Hash table of words: a slot has a part of the hash, and the number + 1.

    The frequent words are the first, here and in all that follows: they stay in the cache.
    """

    slots: Tags
    keys: Keys  # (n, 4): two keys and the length of each; a fourth so that none is on two lines
    starts: Ints
    text: Bytes


@cache
def letters() -> Letters:
    """Table of all characters, by the methods of str that `re` and the reference go by."""
    kind = np.zeros(sys.maxunicode + 1, np.uint8)
    shift = np.zeros(sys.maxunicode + 1, np.int32)  # memory for the planes alone
    for first in PLANES:
        kind[first : first + 2**16], shift[first : first + 2**16] = _plane(first)
    kind[SIGMA] |= ODD
    starts = np.ones(256, np.uint8)
    starts[:128] = kind[:128] & WORD
    follows = starts.copy()
    follows[list(b"+#")] = 1
    return Letters(starts, follows, kind, shift)


def _plane(first: int) -> tuple[Bytes, Ints]:
    """Kind and shift of 2^16 characters: all at once would take 200 MB for a moment."""
    text = "".join(map(chr, range(first, first + 2**16)))
    kind = np.zeros(len(text), np.uint8)
    for characters, bit in KINDS:  # `re` goes through them faster than a method can be called
        for run in characters.finditer(text):
            kind[slice(*run.span())] |= bit
    small = list(map(str.lower, text))
    lengths = np.fromiter(map(len, small), np.int64)
    kind[lengths != 1] |= ODD  # İ
    folded = np.frombuffer("".join(small).encode("utf-32-le", "surrogatepass"), np.int32)
    return kind, folded[np.cumsum(lengths) - lengths] - np.arange(first, first + 2**16)


def room_for(n: int) -> int:
    """Slots of a hash table: a power of two, a third of them free or more."""
    return 1 << (n + n // 2).bit_length()


def word_table(words: Iterable[str]) -> Words:
    """Hash table of words, in lower case; each has its place as number."""
    spelled = [word.encode("utf-8", "surrogatepass") for word in words]
    starts = np.fromiter(accumulate(map(len, spelled), initial=0), np.int32)
    text = np.frombuffer(b"".join([*spelled, b"\0"]), np.uint8)
    slots = np.zeros(room_for(len(spelled)), np.uint32)
    keys = np.zeros((len(spelled), 4), np.uint64)
    add_words(slots, keys, starts, text)
    return Words(slots, keys, starts, text)
