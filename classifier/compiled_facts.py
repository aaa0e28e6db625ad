"""What is known of lines of text, under hashes of them; what is not known is asked for."""

from typing import NamedTuple

import numpy as np

from classifier.machine import (
    PACKED,
    Bytes,
    Ints,
    Keys,
    Longs,
    Number,
    compiled,
    keep_bytes,
    load_bytes,
    mix,
)

# What is asked of a line, or of the name that it starts with; a part of the hash.
HEADING, RUN_IN, RUN_IN_LINE, WORK, NOTICES = 1, 2, 3, 4, 5
# What is told; 0 is unknown. Of notices: 1 + the first row of their cuts.
NO, YES, UNKNOWN_HEADING, MARKED_HEADING, KEPT, LEFT_OUT = 1, 2, 3, 4, 5, 6


class Facts(NamedTuple):
    """What is known of lines: a hash table, and the cuts of lines with notices.

    A row of `cuts` is the byte of the line where a part starts, and 1 if it is left out; a row
    with -1 ends those of a line.
    """

    keys: Keys
    values: Ints
    cuts: Ints


class Asked(NamedTuple):
    """Lines whose facts are missing, in `rows`: what, start, end; under `keys`."""

    rows: Longs
    keys: Keys


@compiled
def line_key(what: Number, data: Bytes, start: Number, end: Number) -> np.uint64:
    """Hash of a piece of text and of what is asked of it; never 0."""
    key = mix(np.uint64(what) << np.uint64(48) | np.uint64(end - start))
    i = start
    while i < end:
        eight = keep_bytes(load_bytes(data, i), end - i)
        key = mix(key ^ eight) + np.uint64(0x9E3779B97F4A7C15)
        i += PACKED
    return key | np.uint64(1)


@compiled
def find_fact(facts: Facts, key: np.uint64) -> Number:
    """What is known under a key, or 0."""
    mask = np.uint64(facts.keys.size - 1)
    at = (key >> np.uint64(8)) & mask
    while facts.keys[at] != 0:
        if facts.keys[at] == key:
            return np.int64(facts.values[at])
        at = (at + np.uint64(1)) & mask
    return np.int64(0)


@compiled
def add_facts(keys: Keys, values: Ints, new: Keys, told: Ints) -> None:
    """Add facts to a table that has room. Many at a time: to call this takes longer than one."""
    mask = np.uint64(keys.size - 1)
    for i in range(new.size):
        at = (new[i] >> np.uint64(8)) & mask
        while keys[at] != 0 and keys[at] != new[i]:
            at = (at + np.uint64(1)) & mask
        keys[at], values[at] = new[i], told[i]


@compiled
def ask(
    facts: Facts, asked: Asked, n: Number, what: Number, data: Bytes, start: Number, end: Number
) -> tuple[Number, Number]:
    """What is known of a piece of text, or 0; and the number of those that were asked for."""
    key = line_key(what, data, start, end)
    value = find_fact(facts, key)
    if value == 0 and n < asked.keys.size:
        asked.rows[n, 0], asked.rows[n, 1], asked.rows[n, 2] = what, start, end
        asked.keys[n] = key
    return value, n + (value == 0)
