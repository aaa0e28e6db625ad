"""Hash tables without collisions: a key is looked for in one place, so nothing has to be guessed.

Keys are hashed to buckets, and each bucket has a pilot, a number by which all of its keys fall into
slots of their own ("hash and displace"). Whether a key is there is one comparison with what its
slot holds: look-ups that follow each other do not wait for each other.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from classifier.machine import PACKED, Bytes, Ints, Keys, Longs, Number, compiled, mix

RIGHT_BITS, VALUE_BITS = 20, 24  # of a slot of a table of pairs; the left number has 20, too
NOTHING = np.uint64(2**64 - 1)  # no pair, as numbers are below 2^20 - 1, and no part of a word
ROW = 4  # of a table of words: two keys, the number, and room, so that few rows are on two lines
BUCKET = 6  # keys of a bucket, at most on average
PILOTS, DOUBLINGS = 256, 8  # that are tried
SPREAD = np.uint64(0xC2B2AE3D27D4EB4F)


class Pairs(NamedTuple):
    """Pairs of numbers, a value for each."""

    pilots: Bytes
    slots: Keys


class WordKeys(NamedTuple):
    """Words by two keys, those of `pack` for at most sixteen bytes, else those of `long_key`."""

    pilots: Bytes
    slots: Keys
    none: Number  # of words that are not there


@compiled
def slot_of(hashed: np.uint64, pilots: Bytes, mask: np.uint64) -> np.uint64:
    """Slot of a key."""
    pilot = np.uint64(pilots[hashed >> np.uint64(32) & np.uint64(pilots.size - 1)])
    return (hashed + pilot * (hashed >> np.uint64(40) | np.uint64(1))) & mask


@compiled
def word_hash(key: np.uint64, rest: np.uint64) -> np.uint64:
    """Hash of the keys of a word."""
    return mix(key ^ rest * SPREAD)


@compiled
def pair_key(left: Number, right: Number) -> np.uint64:
    """Key of a pair of numbers."""
    return np.uint64(left) << np.uint64(RIGHT_BITS) | np.uint64(right)


@compiled
def long_key(number: Number) -> tuple[np.uint64, np.uint64]:
    """Keys of a long word, by its number among those: no short one has such bytes."""
    return np.uint64(number), NOTHING


@compiled
def find_keys(words: WordKeys, key: np.uint64, rest: np.uint64) -> Number:
    """Number of a word."""
    slots = words.slots
    mask = np.uint64(slots.size // ROW - 1)
    at = slot_of(word_hash(key, rest), words.pilots, mask) * np.uint64(ROW)
    same = slots[at] == key and slots[at + np.uint64(1)] == rest
    return np.int64(slots[at + np.uint64(2)]) if same else np.int64(words.none)


@compiled
def find_pair(pairs: Pairs, left: Number, right: Number, none: Number) -> Number:
    """Value of a pair of numbers, or `none`."""
    key = pair_key(left, right)
    slots = pairs.slots
    slot = slots[slot_of(mix(key), pairs.pilots, np.uint64(slots.size - 1))]
    value = np.int64(slot & np.uint64((1 << VALUE_BITS) - 1))
    return value if slot >> np.uint64(VALUE_BITS) == key else np.int64(none)


@compiled
def place(hashes: Keys, order: Longs, ends: Longs, pilots: Bytes, owners: Ints) -> bool:
    """Find the pilots of buckets, the fullest first; whether there are some.

    `order` has the keys, bucket by bucket, `ends` where each bucket ends, and `owners` gets the
    key of each slot, where it was -1.
    """
    mask, at = np.uint64(owners.size - 1), 0
    for end in ends:
        bucket = hashes[order[at]] >> np.uint64(32) & np.uint64(pilots.size - 1)
        placed, pilot = at, -1
        while placed < end:
            for i in range(at, placed):
                owners[slot_of(hashes[order[i]], pilots, mask)] = -1
            pilot += 1
            if pilot == PILOTS:
                return False
            pilots[bucket] = pilot
            placed = at
            while placed < end:
                slot = slot_of(hashes[order[placed]], pilots, mask)
                if owners[slot] >= 0:
                    break
                owners[slot] = order[placed]
                placed += 1
        at = end
    return True


@compiled
def hash_pairs(pairs: Longs, hashes: Keys) -> None:
    """Hash of each pair."""
    for i in range(hashes.size):
        hashes[i] = mix(pair_key(pairs[i, 0], pairs[i, 1]))


@compiled
def hash_words(keys: Keys, hashes: Keys) -> None:
    """Hash of each word, by its two keys."""
    for i in range(hashes.size):
        hashes[i] = word_hash(keys[i, 0], keys[i, 1])


def spread(hashes: Keys) -> tuple[Bytes, Ints]:
    """Pilots for keys of these hashes, and which key each slot has (-1: none)."""
    pilots = np.zeros(1 << (len(hashes) // BUCKET).bit_length(), np.uint8)
    buckets = (hashes >> np.uint64(32) & np.uint64(len(pilots) - 1)).astype(np.int64)
    sizes = np.bincount(buckets, minlength=len(pilots))
    order = np.lexsort((buckets, -sizes[buckets]))
    ends = np.cumsum(-np.sort(-sizes[sizes > 0]))
    few = (len(hashes) * 5 // 4).bit_length()  # a fifth of the slots is free, or more
    for bits in range(few, few + DOUBLINGS):
        owners = np.full(1 << bits, -1, np.int32)
        if place(hashes, order, ends, pilots, owners):
            return pilots, owners
    raise ValueError("two keys with the same hash")


def pair_table(pairs: Longs) -> Pairs:
    """Table of pairs; rows of left, right and value."""
    hashes = np.empty(len(pairs), np.uint64)
    hash_pairs(pairs, hashes)
    pilots, owners = spread(hashes)
    slots, has = np.full(len(owners), NOTHING), owners >= 0
    left, right, value = pairs[owners[has]].astype(np.uint64).T
    slots[has] = left << np.uint64(RIGHT_BITS + VALUE_BITS) | right << np.uint64(VALUE_BITS) | value
    return Pairs(pilots, slots)


def word_keys(words: Sequence[bytes]) -> tuple[WordKeys, list[int]]:
    """Table of words, each with its place as number; the places of the long ones."""
    long = [i for i, word in enumerate(words) if len(word) > 2 * PACKED]
    padded = b"".join(word[: 2 * PACKED].ljust(2 * PACKED, b"\0") for word in words)
    keys = np.frombuffer(bytearray(padded), "<u8").astype(np.uint64).reshape(-1, 2)
    keys[long, 0], keys[long, 1] = np.arange(len(long)), NOTHING
    hashes = np.empty(len(words), np.uint64)
    hash_words(keys, hashes)
    pilots, owners = spread(hashes)
    rows, has = np.zeros((len(owners), ROW), np.uint64), owners >= 0
    rows[has, :2], rows[has, 2] = keys[owners[has]], owners[has]
    rows[~has, 2] = len(words)
    return WordKeys(pilots, rows.ravel(), len(words)), long
