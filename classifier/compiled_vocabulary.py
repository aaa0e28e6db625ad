"""Names of skills among the tokens of a text, in machine code: `Vocabulary.find_skills`."""

from typing import NamedTuple

import numpy as np

from classifier.compiled_terms import Scratch
from classifier.machine import (
    SPACE,
    Bytes,
    Ints,
    Number,
    compiled,
    decode,
    is_word,
    step_back,
)
from classifier.perfect_hash import Pairs, find_pair

LONGEST_GAP = 12  # as in vocabulary.py


class Aliases(NamedTuple):
    """Trie of the aliases, and what each asks for.

    `single` is the alias of a word alone, `starts` has the nodes of two words, `edges` lead from
    there to further nodes; `alias` is that of a node. -1 is none.
    """

    single: Ints
    starts: Pairs
    edges: Pairs
    alias: Ints
    skill: Ints
    listed: Bytes
    beside: Bytes
    spelled: Ints  # first entry in `spellings`, -1 for any case
    spellings: Ints  # (n, 2) place in `text` of a word as written; (-1, -1) for any case
    text: Bytes


@compiled
def is_glued(
    kind: Bytes, data: Bytes, start: Number, end: Number, low: Number, high: Number
) -> bool:
    """Whether a word is part of a name, as `GLUED_BEFORE` and `GLUED_AFTER` say."""
    if start > low:
        before = step_back(data, start)
        code, _ = decode(data, before)
        if code == 0x5F:
            return True
        inside = is_glue(code) and before > low
        if inside and is_word(kind, data, step_back(data, before), before):
            return True
    if end >= high:
        return False
    code, after = decode(data, end)
    return bool(code == 0x5F or (is_glue(code) and is_word(kind, data, after, high)))


@compiled
def is_glue(code: Number) -> bool:
    """Whether a character is "&", "'", "’", "." or "-"."""
    return bool(code == 0x26 or code == 0x27 or code == 0x2019 or code == 0x2E or code == 0x2D)


@compiled
def is_spelled(
    scratch: Scratch, i: Number, stop: Number, data: Bytes, spellings: Ints, text: Bytes
) -> bool:
    """Whether tokens are written as an alias asks, whose first word is ``spellings[0]``."""
    for k in range(stop - i):
        first, last = spellings[k, 0], spellings[k, 1]
        start = scratch.starts[i + k]
        if first < 0:
            continue
        if scratch.ends[i + k] - start != last - first:
            return False
        for j in range(last - first):
            if data[start + j] != text[first + j]:
                return False
    return True


@compiled
def find_hits(
    aliases: Aliases,
    kind: Bytes,
    data: Bytes,
    low: Number,
    high: Number,
    n_spots: Number,
    n: Number,
    scratch: Scratch,
) -> Number:
    """Longest aliases that fit, from left to right, to `scratch.hits`: `_Phrases.find`."""
    words, hits, path = scratch.words, scratch.hits, scratch.path
    singles, ends, starts, edges = aliases.single, aliases.alias, aliases.starts, aliases.edges
    spelled, spellings, text = aliases.spelled, aliases.spellings, aliases.text
    n_hits, after = 0, 0
    for spot in range(n_spots):
        i = np.int64(scratch.spots[spot])
        if i < after:
            continue
        single, node = np.int64(singles[words[i]]), np.int64(-1)
        if scratch.pairs[i] & 1:
            node = find_pair(starts, words[i], words[i + 1], -1)
        path[0] = single
        deep = i + 1
        while node >= 0:
            path[deep - i] = ends[node]
            deep += 1
            node = find_pair(edges, node, words[deep], -1) if deep < n else np.int64(-1)
        for stop in range(deep, i, -1):
            alias = np.int64(path[stop - i - 1])
            if alias < 0:
                continue
            asked = np.int64(spelled[alias])
            start, end = np.int64(scratch.starts[i]), np.int64(scratch.ends[stop - 1])
            # `Alias.fits`
            if asked < 0 or (
                is_spelled(scratch, i, stop, data, spellings[asked:], text)
                and not is_glued(kind, data, start, end, low, high)
            ):
                hits[n_hits, 0], hits[n_hits, 1], hits[n_hits, 2] = alias, start, end
                n_hits += 1
                after = stop
                break
    return n_hits


@compiled
def is_list_gap(kind: Bytes, data: Bytes, start: Number, end: Number) -> bool:
    """Whether `LIST_GAP` matches all of ``data[start:end]``, of `LONGEST_GAP` at most."""
    if start == end or is_bullet_gap(data, start, end):
        return bool(start < end)
    i, items, n_chars = start, 0, 0
    while i < end:
        code, after = decode(data, i)
        n_chars += 1
        if code == 0x2C or code == 0x3B or code == 0x2F or code == 0x7C or code == 0x26:
            items += 1  # , ; / | &
        elif code == 0x28 or code == 0x29 or code == 0x2B:
            items += 1  # ( ) +
        elif kind[code] & SPACE == 0:
            length = conjunction_length(data, i, end)
            if length == 0 or is_word(kind, data, i + length, end):
                return False
            items += 1
            n_chars += length - 1
            after = i + length
        i = after
    return bool(items > 0 and n_chars <= LONGEST_GAP)


@compiled
def conjunction_length(data: Bytes, i: Number, end: Number) -> Number:
    """Bytes of the "and" or "or" that stands at i, or 0."""
    if i + 2 <= end and data[i] == 0x6F and data[i + 1] == 0x72:
        return 2
    if i + 3 <= end and data[i] == 0x61 and data[i + 1] == 0x6E and data[i + 2] == 0x64:
        return 3
    return 0


@compiled
def is_bullet_gap(data: Bytes, start: Number, end: Number) -> bool:
    """Whether there are spaces, a bullet and spaces, `LONGEST_GAP` at most."""
    i, n_chars, bullets = start, 0, 0
    while i < end:
        code, i = decode(data, i)
        if code == 0x2022 or code == 0xB7:
            bullets += 1
        elif code != 0x20:
            return False
        n_chars += 1
    return bool(bullets == 1 and n_chars <= LONGEST_GAP)


@compiled
def is_beside(beside: Bytes, kind: Bytes, data: Bytes, hits: Ints, left: Number) -> bool:
    """Whether a hit and the next are neighbours in a list: `_Hit.is_beside`."""
    one, other = hits[left, 0], hits[left + 1, 0]
    start, end = np.int64(hits[left, 2]), np.int64(hits[left + 1, 1])
    return bool(
        one != other
        and beside[one] != 0
        and beside[other] != 0
        and end - start <= 4 * LONGEST_GAP
        and is_list_gap(kind, data, start, end)
    )
