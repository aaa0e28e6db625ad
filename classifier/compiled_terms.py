"""Tokens of UTF-8 text in machine code: those of `terms.TOKEN`, as numbers.

Nothing is allocated for a posting: all share one `Scratch`. Some functions are longer than
elsewhere, as a call for each word would show.
"""

from typing import NamedTuple

import numpy as np

from classifier.characters import Letters, Words
from classifier.machine import (
    ODD,
    PACKED,
    WORD,
    Bytes,
    Floats,
    Ints,
    Keys,
    Number,
    compiled,
    decode,
    encode,
    find_word,
    is_word,
    keep_bytes,
    load_bytes,
    lower_run,
    mix,
    pack,
    pair_key,
    prefetch,
)


class Scratch(NamedTuple):
    """Room for one posting at a time."""

    tokens: Ints  # (n, 4): word or -1, start, end, 1 if an alias may start with it and the next
    hits: Ints  # (n, 3): alias, start, end
    counts: Ints  # zero between the postings
    touched: Ints
    path: Ints  # alias of each node on the way down the trie
    seen: Bytes  # skills of the posting
    x: Floats
    word: Bytes


@compiled
def read_word(
    kind: Bytes, folded: Ints, data: Bytes, start: Number, end: Number, word: Bytes
) -> tuple[Number, Number, bool]:
    """Token of any kind, to `word` in lower case: its end, its length there, whether it is odd."""
    i, n, odd = start, 0, False
    while i < end:
        code, after = decode(data, i)
        if kind[code] & WORD == 0:
            break
        odd |= kind[code] & ODD != 0
        n = encode(np.int64(folded[code]), word, n)
        i = after
    for _ in range(tail_length(kind, data, i, end)):
        word[n] = data[i]
        n += 1
        i += 1
    return i, n, odd


@compiled
def tail_length(kind: Bytes, data: Bytes, i: Number, end: Number) -> Number:
    """Bytes of "+", "#" that belong to a word that ends at i, as in c++, c#, 5+, c++17."""
    stop = i
    while stop < end and (data[stop] == 0x2B or data[stop] == 0x23):
        stop += 1
    if stop > i and not is_word(kind, data, stop, end):
        return stop - i
    return 2 if stop > i + 1 and data[i] == 0x2B and data[i + 1] == 0x2B else 0


@compiled
def read_tokens(
    letters: Letters,
    words: Words,
    pairs: Keys,
    data: Bytes,
    start: Number,
    end: Number,
    scratch: Scratch,
) -> tuple[Number, bool]:
    """Tokens of a text, to `scratch.tokens`: their number, and whether one is odd.

    The usual word, of ASCII and at most sixteen bytes, is read eight bytes at once.
    """
    tokens, word = scratch.tokens, scratch.word
    starts, follows, kind, folded = letters.starts, letters.follows, letters.kind, letters.folded
    slots, keys, places, spelled = words.slots, words.keys, words.starts, words.text
    i, n, any_odd, before = np.int64(start), 0, False, np.int64(0)
    mask = np.uint64(pairs.size - 1)
    fast = np.int64(min(end, data.size - 2 * PACKED))  # beyond, two loads would leave the buffer
    while i < end:
        c = data[i]
        if not starts[c]:
            i += 1
            continue
        first = i
        if i < fast and c < 0x80:
            key, length = lower_run(load_bytes(data, i))
            rest, more = np.uint64(0), np.int64(0)
            if length == PACKED:
                rest, more = lower_run(load_bytes(data, i + PACKED))
                rest = keep_bytes(rest, max(min(more, end - i - PACKED), 0))
            length = min(length + more, end - i)
            key = keep_bytes(key, length)
            if length < 2 * PACKED and (i + length >= end or not follows[data[i + length]]):
                i += length
                found = find_word(slots, keys, places, spelled, key, rest, word, length)
                prefetch(pairs, np.int64(mix(pair_key(before, found)) & mask))
                before = found
                tokens[n, 0] = found
                tokens[n, 1] = first
                tokens[n, 2] = i
                n += 1
                continue
        i, length, odd = read_word(kind, folded, data, first, end, word)
        if i == first:  # a sign that is not ASCII
            _, i = decode(data, i)
            continue
        any_odd |= odd
        key, rest = pack(word, 0, length)
        tokens[n, 0] = find_word(slots, keys, places, spelled, key, rest, word, length)
        tokens[n, 1] = first
        tokens[n, 2] = i
        n += 1
    return n, any_odd
