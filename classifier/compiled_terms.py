"""Tokens of UTF-8 text in machine code: those of `terms.TOKEN`, as numbers.

Nothing is allocated for a posting: all share one `Scratch`. Some functions are longer than
elsewhere, as a call for each word would show.
"""

from typing import NamedTuple

import numpy as np

from classifier.characters import Letters, Words
from classifier.compiled_runs import find_runs
from classifier.machine import (
    HIGH,
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
    load_bytes,
    pack,
)
from classifier.perfect_hash import WordKeys, find_keys, long_key

SMALL = np.uint64(0x2020202020202020)  # makes letters small, and leaves digits as they are
# All bits of the first n of eight bytes, from n = -8 to 16.
FIRST = np.array([(1 << 8 * min(max(n, 0), 8)) - 1 for n in range(-8, 17)], np.uint64)


class Scratch(NamedTuple):
    """Room for one posting at a time."""

    runs: Ints  # start, end, start, end, ...
    starts: Ints  # of the tokens
    ends: Ints
    keys: Keys
    rests: Keys
    words: Ints  # numbers of the tokens; behind the last one, that of no word
    singles: Ints  # what `Terms.single` says of each token
    pairs: Ints  # what `Terms.pairs` says of each and the next
    spots: Ints  # tokens at which an alias may start
    hits: Ints  # (n, 3): alias, start, end
    counts: Ints  # zero between the postings
    touched: Ints
    path: Ints  # alias of each node on the way down the trie
    seen: Bytes  # skills of the posting
    x: Floats
    word: Bytes


@compiled
def read_word(
    kind: Bytes, shift: Ints, data: Bytes, start: Number, end: Number, word: Bytes
) -> tuple[Number, Number, bool]:
    """Token of any kind, to `word` in lower case: its end, its length there, whether it is odd."""
    i, n, odd = start, 0, False
    while i < end:
        code, after = decode(data, i)
        if kind[code] & WORD == 0:
            break
        odd |= kind[code] & ODD != 0
        n = encode(code + np.int64(shift[code]), word, n)
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
def signs(eight: np.uint64) -> np.uint64:
    """Of bytes that words are made of: high bit of those that are no ASCII letter and no digit."""
    return eight | ~(eight << np.uint64(1) | eight << np.uint64(3))  # "+" and "#" lack both


@compiled
def short_key(data: Bytes, i: Number, length: Number) -> tuple[bool, np.uint64, np.uint64]:
    """Whether there is a short word of ASCII letters and digits, and its keys."""
    if length > 2 * PACKED or length == 0 or i > data.size - 2 * PACKED:
        return False, np.uint64(0), np.uint64(0)
    key, rest = load_bytes(data, i), load_bytes(data, i + PACKED)
    of_key, of_rest = FIRST[length + PACKED], FIRST[length]
    plain = (signs(key) & of_key | signs(rest) & of_rest) & HIGH == 0
    return plain, (key | SMALL) & of_key, (rest | SMALL) & of_rest


@compiled
def ascii_length(letters: Letters, data: Bytes, start: Number, end: Number) -> Number:
    """Bytes of a word that is before another sign than one of ASCII; 0 if it goes on there."""
    i = start
    while i < end and data[i] < 0x80 and letters.starts[data[i]]:
        i += 1
    if i < end and (data[i] < 0x80 or is_word(letters.kind, data, i, end)):
        return 0
    return i - start


@compiled
def keys_of(long: Words, word: Bytes, length: Number) -> tuple[np.uint64, np.uint64]:
    """Keys of a word that is in `word`, in lower case."""
    key, rest = pack(word, 0, length)
    if length <= 2 * PACKED:
        return key, rest
    slots, keys, starts, text = long.slots, long.keys, long.starts, long.text
    return long_key(find_word(slots, keys, starts, text, key, rest, word, length))


@compiled
def cut_words(
    letters: Letters, long: Words, data: Bytes, end: Number, n_runs: Number, scratch: Scratch
) -> tuple[Number, bool]:
    """Tokens of the runs, as keys: their number, and whether one is odd.

    The usual run is a short word of ASCII letters and digits.
    """
    runs, starts, ends = scratch.runs, scratch.starts, scratch.ends
    keys, rests, word = scratch.keys, scratch.rests, scratch.word
    n, any_odd = 0, False
    for run in range(n_runs):
        i, stop = np.int64(runs[2 * run]), np.int64(runs[2 * run + 1])
        while i < stop:
            first, length = i, stop - i
            plain, key, rest = short_key(data, i, length)
            if not plain:
                length = ascii_length(letters, data, i, stop)
                plain, key, rest = short_key(data, i, length)
            if plain:
                i += length
            elif not letters.starts[data[i]]:  # "+" or "#"
                i += 1
                continue
            else:
                i, length, odd = read_word(letters.kind, letters.shift, data, first, end, word)
                if i == first:  # a sign that is not ASCII
                    _, i = decode(data, i)
                    continue
                any_odd |= odd
                key, rest = keys_of(long, word, length)
            keys[n], rests[n], starts[n], ends[n] = key, rest, first, i
            n += 1
    return n, any_odd


@compiled
def find_words(words: WordKeys, keys: Keys, rests: Keys, n: Number, numbers: Ints) -> None:
    """Numbers of n words."""
    for i in range(n):
        numbers[i] = find_keys(words, keys[i], rests[i])


@compiled
def read_tokens(
    letters: Letters,
    words: WordKeys,
    long: Words,
    data: Bytes,
    start: Number,
    end: Number,
    scratch: Scratch,
) -> tuple[Number, bool]:
    """Tokens of a text, to `scratch`: their number, and whether one is odd.

    In steps, each for all of the tokens: so none waits for what the one before it found.
    """
    n_runs = find_runs(letters.follows, data, start, end, scratch.runs)
    n, odd = cut_words(letters, long, data, end, n_runs, scratch)
    find_words(words, scratch.keys, scratch.rests, n, scratch.words)
    scratch.words[n] = words.none
    return n, odd
