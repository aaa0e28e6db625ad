"""Machine code that counts and scores: UTF-8 buffers in, logits and skills out.

Made by numba; `classifier.counting` lays out the arrays and says what they mean. What is counted
is said by `terms`, `features` and `vocabulary`, and each function here names its partner there.
Nothing is allocated for a posting: a block of postings shares one `Scratch`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Function = TypeVar("Function", bound=Callable[..., Any])
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]

WORD, SPACE, ODD = 1, 2, 4  # bits of `Letters.kind`
BEYOND = 1  # in `Letters.lower`: not ASCII
PACKED = 8  # bytes of a word that its key holds as they are
LEFT_BITS, RIGHT_BITS, VALUE_BITS = 20, 20, 24  # of a slot of a table of pairs
LONGEST_GAP = 12  # as in vocabulary.py


class Letters(NamedTuple):
    """What the characters are: `lower` and `fold` by byte, the others by code point.

    `lower` is 0 for what parts words and `BEYOND` outside ASCII; `fold` changes capitals alone.
    """

    lower: Bytes
    fold: Bytes
    kind: Bytes
    folded: Ints


class Words(NamedTuple):
    """Hash table of words: key and, packed, length and number + 1 of a word in turn."""

    slots: Keys
    starts: Ints
    text: Bytes


class Terms(NamedTuple):
    """Columns of a block: by word, by pair of words, for a text without a word (-1: none)."""

    single: Ints
    pairs: Keys
    empty: int
    weights: Floats  # (n_terms, 1 + n_classes): idf, coefficients


class Aliases(NamedTuple):
    """Trie of the aliases (nodes by first word, edges, alias of a node), and what each asks."""

    first: Ints
    edges: Keys
    alias: Ints
    skill: Ints
    listed: Bytes
    beside: Bytes
    spelled: Ints  # first entry in `spellings`, -1 for any case
    spellings: Ints  # (n, 2) place in `text` of a word as written; (-1, -1) for any case
    text: Bytes


class Skills(NamedTuple):
    """Columns of the skills block that a skill counts for: ``columns[starts[s]:starts[s + 1]]``."""

    starts: Ints
    columns: Ints
    weights: Floats


class Model(NamedTuple):
    """All that does not change from text to text."""

    letters: Letters
    words: Words
    description: Terms
    title: Terms
    aliases: Aliases
    skills: Skills
    intercept: Floats
    logs: Floats  # 1 + ln(c) of the small counts


class Texts(NamedTuple):
    """A column of strings: UTF-8 and the place of each."""

    data: Bytes
    offsets: Longs


class Found(NamedTuple):
    """What is found, a row for each posting."""

    logits: Floats
    known: Ints  # (n, 3): different known terms of each block, "(no title)" left out
    odd: Bytes  # 1 if the reference has to look: a letter whose lower case is not one letter
    n_skills: Ints
    skills: Ints  # those of all postings, one behind the other


class Scratch(NamedTuple):
    """Room for one posting at a time."""

    tokens: Ints  # (n, 3): word or -1, start, end
    hits: Ints  # (n, 3): alias, start, end
    counts: Ints  # zero between the postings
    touched: Ints
    path: Ints  # alias of each node on the way down the trie
    seen: Bytes  # skills of the posting
    added: Floats
    word: Bytes


def compiled(function: Function) -> Function:
    """Function as machine code, kept on disk, that lets other threads run."""
    return cast("Function", njit(cache=True, nogil=True, error_model="numpy")(function))


# --- Characters ---


@compiled
def decode(data: Bytes, i: int) -> tuple[int, int]:
    """Code point at a byte, and where the next one starts."""
    c = np.int64(data[i])
    if c < 0x80:
        return c, i + 1
    if c < 0xE0:
        return (c & 0x1F) << 6 | np.int64(data[i + 1]) & 0x3F, i + 2
    if c < 0xF0:
        tail = (np.int64(data[i + 1]) & 0x3F) << 6 | np.int64(data[i + 2]) & 0x3F
        return (c & 0x0F) << 12 | tail, i + 3
    tail = (np.int64(data[i + 1]) & 0x3F) << 12 | (np.int64(data[i + 2]) & 0x3F) << 6
    return (c & 0x07) << 18 | tail | np.int64(data[i + 3]) & 0x3F, i + 4


@compiled
def step_back(data: Bytes, i: int) -> int:
    """Start of the character before a byte."""
    i -= 1
    while data[i] & 0xC0 == 0x80:
        i -= 1
    return i


@compiled
def encode(code: int, word: Bytes, n: int) -> int:
    """Write a code point as UTF-8 behind n bytes; give the new length."""
    if code < 0x80:
        word[n] = code
        return n + 1
    if code < 0x800:
        word[n] = 0xC0 | code >> 6
    elif code < 0x10000:
        word[n] = 0xE0 | code >> 12
        n += 1
        word[n] = 0x80 | code >> 6 & 0x3F
    else:
        word[n] = 0xF0 | code >> 18
        word[n + 1] = 0x80 | code >> 12 & 0x3F
        n += 2
        word[n] = 0x80 | code >> 6 & 0x3F
    word[n + 1] = 0x80 | code & 0x3F
    return n + 2


@compiled
def is_word(letters: Letters, data: Bytes, i: int, end: int) -> bool:
    r"""Whether a character that matches ``\w`` stands at a byte."""
    if i >= end:
        return False
    c = data[i]
    if c < 0x80:
        return letters.lower[c] > BEYOND or c == 0x5F
    code, _ = decode(data, i)
    return letters.kind[code] & WORD != 0


# --- Tables ---


@compiled
def mix(key: np.uint64) -> np.uint64:
    """Hash of a key; the high bits are the good ones."""
    key = (key ^ (key >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
    return key ^ (key >> np.uint64(32))


@compiled
def pack(text: Bytes, start: int, end: int) -> np.uint64:
    """Key of a lower-case word, as `read_word` makes it on its way."""
    key, above = np.uint64(0), np.uint64(0)
    for i in range(start, end):
        if i > start and (i - start) % PACKED == 0:
            above, key = mix(above ^ key) | np.uint64(1), np.uint64(0)
        key = key << np.uint64(8) | np.uint64(text[i])
    return key ^ above


@compiled
def find_word(words: Words, key: np.uint64, text: Bytes, start: int, end: int, fold: Bytes) -> int:
    """Number of the word ``text[start:end]``, or -1."""
    n, slots = end - start, words.slots
    mask = np.uint64(slots.size // 2 - 1)
    at = mix(key) & mask
    while True:
        value = slots[at * np.uint64(2) + np.uint64(1)]
        if value == 0:
            return -1
        if slots[at * np.uint64(2)] == key and np.int64(value >> np.uint64(32)) == n:
            number = np.int64(value & np.uint64(0xFFFFFFFF)) - 1
            i = np.int64(n) if n <= PACKED else np.int64(0)  # a short key is the word itself
            first = np.int64(words.starts[number])
            while i < n and fold[text[start + i]] == words.text[first + i]:
                i += 1
            if i == n:
                return number
        at = (at + np.uint64(1)) & mask


@compiled
def add_words(slots: Keys, starts: Ints, text: Bytes) -> None:
    """Fill an empty hash table; `slots` has room for twice the words or more."""
    mask = np.uint64(slots.size // 2 - 1)
    for number in range(starts.size - 1):
        start, end = starts[number], starts[number + 1]
        key = pack(text, start, end)
        at = mix(key) & mask
        while slots[at * np.uint64(2) + np.uint64(1)] != 0:
            at = (at + np.uint64(1)) & mask
        slots[at * np.uint64(2)] = key
        slots[at * np.uint64(2) + np.uint64(1)] = np.uint64(
            np.uint64(end - start) << np.uint64(32) | np.uint64(number + 1)
        )


@compiled
def find_pair(slots: Keys, left: int, right: int) -> int:
    """Value of a pair of numbers, or -1."""
    key = np.uint64(left) << np.uint64(RIGHT_BITS) | np.uint64(right)
    mask = np.uint64(slots.size - 1)
    at = mix(key) & mask
    while True:
        slot = slots[at]
        if slot == 0:
            return -1
        if slot >> np.uint64(VALUE_BITS) == key:
            return np.int64(slot & np.uint64((1 << VALUE_BITS) - 1)) - 1
        at = (at + np.uint64(1)) & mask


@compiled
def add_pairs(slots: Keys, pairs: Longs) -> None:
    """Fill an empty table of pairs with rows of left, right, value."""
    mask = np.uint64(slots.size - 1)
    for i in range(pairs.shape[0]):
        key = np.uint64(pairs[i, 0]) << np.uint64(RIGHT_BITS) | np.uint64(pairs[i, 1])
        at = mix(key) & mask
        while slots[at] != 0:
            at = (at + np.uint64(1)) & mask
        slots[at] = key << np.uint64(VALUE_BITS) | np.uint64(pairs[i, 2] + 1)


# --- Tokens: `terms.TOKEN` ---


@compiled
def tail_length(letters: Letters, data: Bytes, i: int, end: int) -> int:
    """Bytes of "+", "#" that belong to a word that ends at i, as in c++, c#, 5+, c++17."""
    stop = i
    while stop < end and (data[stop] == 0x2B or data[stop] == 0x23):
        stop += 1
    if stop > i and not is_word(letters, data, stop, end):
        return stop - i
    return 2 if stop > i + 1 and data[i] == 0x2B and data[i + 1] == 0x2B else 0


@compiled
def read_wide(
    letters: Letters, data: Bytes, start: int, end: int, word: Bytes
) -> tuple[int, int, bool]:
    """Word with letters that are not ASCII, to `word` in lower case: its end, length, is it odd."""
    i, n, odd = start, 0, False
    while i < end:
        code, after = decode(data, i)
        if code < 0x80:
            folded = np.int64(letters.lower[code])
            if folded == 0:
                break
        else:
            if letters.kind[code] & WORD == 0:
                break
            odd |= letters.kind[code] & ODD != 0
            folded = np.int64(letters.folded[code])
        n = encode(folded, word, n)
        i = after
    return i, n, odd


# Longer than the others: this loop sees every byte, and a call for each word would show.
@compiled
def read_tokens(  # noqa: C901
    letters: Letters, words: Words, data: Bytes, start: int, end: int, scratch: Scratch
) -> tuple[int, bool]:
    """Tokens of a text, to `scratch.tokens`: their number, and whether one is odd."""
    lower, tokens, word = letters.lower, scratch.tokens, scratch.word
    i, n, any_odd = start, 0, False
    while i < end:
        c = lower[data[i]]
        if c == 0:
            i += 1
            continue
        first = i
        key, above, packed = np.uint64(0), np.uint64(0), 0
        while c > BEYOND:
            if packed == PACKED:
                above, key, packed = mix(above ^ key) | np.uint64(1), np.uint64(0), 0
            key = key << np.uint64(8) | np.uint64(c)
            packed += 1
            i += 1
            if i == end:
                break
            c = lower[data[i]]
        if i < end and c == BEYOND and is_word(letters, data, i, end):
            i, length, odd = read_wide(letters, data, first, end, word)
            any_odd |= odd
            tail = tail_length(letters, data, i, end)
            for j in range(tail):
                word[length + j] = data[i + j]
            i += tail
            length += tail
            found = find_word(words, pack(word, 0, length), word, 0, length, letters.fold)
        elif i == first:  # a sign that is not ASCII
            _, i = decode(data, i)
            continue
        else:
            if i < end and (data[i] == 0x2B or data[i] == 0x23):
                for _ in range(tail_length(letters, data, i, end)):
                    if packed == PACKED:
                        above, key, packed = mix(above ^ key) | np.uint64(1), np.uint64(0), 0
                    key = key << np.uint64(8) | np.uint64(data[i])
                    packed += 1
                    i += 1
            found = find_word(words, key ^ above, data, first, i, letters.fold)
        tokens[n, 0] = found
        tokens[n, 1] = first
        tokens[n, 2] = i
        n += 1
    return n, any_odd


# --- Skills: `vocabulary.Vocabulary.find_skills` ---


@compiled
def is_glued(letters: Letters, data: Bytes, start: int, end: int, low: int, high: int) -> bool:
    """Whether a word is part of a name, as `GLUED_BEFORE` and `GLUED_AFTER` say."""
    if start > low:
        before = step_back(data, start)
        code, _ = decode(data, before)
        if code == 0x5F:
            return True
        if is_glue(code) and before > low:
            if is_word(letters, data, step_back(data, before), before):
                return True
    if end >= high:
        return False
    code, after = decode(data, end)
    return code == 0x5F or (is_glue(code) and is_word(letters, data, after, high))


@compiled
def is_glue(code: int) -> bool:
    """Whether a character is one of & ' ’ . -"""
    return code == 0x26 or code == 0x27 or code == 0x2019 or code == 0x2E or code == 0x2D


@compiled
def fits(
    model: Model, data: Bytes, low: int, high: int, tokens: Ints, i: int, stop: int, alias: int
) -> bool:
    """Whether tokens have the capitals of an alias and stand free: `Alias.fits`."""
    aliases = model.aliases
    spelled = np.int64(aliases.spelled[alias])
    if spelled < 0:
        return True
    for k in range(stop - i):
        first, last = aliases.spellings[spelled + k, 0], aliases.spellings[spelled + k, 1]
        start = tokens[i + k, 1]
        if first < 0:
            continue
        if tokens[i + k, 2] - start != last - first:
            return False
        for j in range(last - first):
            if data[start + j] != aliases.text[first + j]:
                return False
    return not is_glued(
        model.letters, data, np.int64(tokens[i, 1]), np.int64(tokens[stop - 1, 2]), low, high
    )


@compiled
def find_hits(
    model: Model, data: Bytes, low: int, high: int, n: int, scratch: Scratch
) -> int:
    """Longest aliases that fit, from left to right, to `scratch.hits`: `_Phrases.find`."""
    aliases, tokens, hits = model.aliases, scratch.tokens, scratch.hits
    n_hits, i = 0, 0
    while i < n:
        word = np.int64(tokens[i, 0])
        node = np.int64(aliases.first[word]) if word >= 0 else np.int64(-1)
        deep = i
        while node >= 0:
            scratch.path[deep - i] = aliases.alias[node]
            deep += 1
            word = np.int64(tokens[deep, 0]) if deep < n else np.int64(-1)
            node = find_pair(aliases.edges, node, word) if word >= 0 else np.int64(-1)
        after = i + 1
        for stop in range(deep, i, -1):
            alias = np.int64(scratch.path[stop - i - 1])
            if alias >= 0 and fits(model, data, low, high, tokens, i, stop, alias):
                hits[n_hits, 0] = alias
                hits[n_hits, 1] = tokens[i, 1]
                hits[n_hits, 2] = tokens[stop - 1, 2]
                n_hits += 1
                after = stop
                break
        i = after
    return n_hits


@compiled
def is_list_gap(letters: Letters, data: Bytes, start: int, end: int) -> bool:
    """Whether `LIST_GAP` matches all of ``data[start:end]``, of `LONGEST_GAP` at most."""
    if start == end or is_bullet_gap(data, start, end):
        return start < end
    i, items, n_chars = start, 0, 0
    while i < end:
        code, after = decode(data, i)
        n_chars += 1
        if code == 0x2C or code == 0x3B or code == 0x2F or code == 0x7C or code == 0x26:
            items += 1  # , ; / | &
        elif code == 0x28 or code == 0x29 or code == 0x2B:
            items += 1  # ( ) +
        elif letters.kind[code] & SPACE == 0:
            length = conjunction_length(data, i, end)
            if length == 0 or is_word(letters, data, i + length, end):
                return False
            items += 1
            n_chars += length - 1
            after = i + length
        i = after
    return items > 0 and n_chars <= LONGEST_GAP


@compiled
def conjunction_length(data: Bytes, i: int, end: int) -> int:
    """Bytes of the "and" or "or" that stands at i, or 0."""
    if i + 2 <= end and data[i] == 0x6F and data[i + 1] == 0x72:
        return 2
    if i + 3 <= end and data[i] == 0x61 and data[i + 1] == 0x6E and data[i + 2] == 0x64:
        return 3
    return 0


@compiled
def is_bullet_gap(data: Bytes, start: int, end: int) -> bool:
    """Whether there are spaces, a bullet and spaces, `LONGEST_GAP` at most."""
    i, n_chars, bullets = start, 0, 0
    while i < end:
        code, i = decode(data, i)
        if code == 0x2022 or code == 0xB7:
            bullets += 1
        elif code != 0x20:
            return False
        n_chars += 1
    return bullets == 1 and n_chars <= LONGEST_GAP


@compiled
def is_beside(model: Model, data: Bytes, hits: Ints, left: int) -> bool:
    """Whether a hit and the next are neighbours in a list: `_Hit.is_beside`."""
    aliases = model.aliases
    one, other = hits[left, 0], hits[left + 1, 0]
    start, end = np.int64(hits[left, 2]), np.int64(hits[left + 1, 1])
    return (
        one != other
        and aliases.beside[one] != 0
        and aliases.beside[other] != 0
        and end - start <= 4 * LONGEST_GAP
        and is_list_gap(model.letters, data, start, end)
    )


# --- Counts: `features.count_terms`; scores: `table.Block.weigh` ---


@compiled
def count_words(terms: Terms, n: int, scratch: Scratch) -> int:
    """Count words and pairs of words, and give the number of terms that were touched."""
    tokens, counts, touched = scratch.tokens, scratch.counts, scratch.touched
    n_touched = 0
    if n == 0 and terms.empty >= 0:
        counts[terms.empty] = 1
        touched[0] = terms.empty
        return 1
    before = np.int64(-1)
    for i in range(n):
        word = np.int64(tokens[i, 0])
        if word >= 0:
            term = np.int64(terms.single[word])
            if term >= 0:
                if counts[term] == 0:
                    touched[n_touched] = term
                    n_touched += 1
                counts[term] += 1
            if before >= 0:
                term = find_pair(terms.pairs, before, word)
                if term >= 0:
                    if counts[term] == 0:
                        touched[n_touched] = term
                        n_touched += 1
                    counts[term] += 1
        before = word
    return n_touched


@compiled
def count_skills(
    model: Model, data: Bytes, n_hits: int, scratch: Scratch, out: Ints, at: int
) -> tuple[int, int]:
    """Count the skills of the hits, and write each once: touched terms, and end in `out`."""
    aliases, skills, hits = model.aliases, model.skills, scratch.hits
    counts, touched = scratch.counts, scratch.touched
    n_touched, first = 0, at
    for i in range(n_hits):
        alias = hits[i, 0]
        if aliases.listed[alias] != 0 and not (
            (i > 0 and is_beside(model, data, hits, i - 1))
            or (i + 1 < n_hits and is_beside(model, data, hits, i))
        ):
            continue
        skill = aliases.skill[alias]
        if scratch.seen[skill] != 0:
            continue
        scratch.seen[skill] = 1
        out[at] = skill
        at += 1
        for j in range(skills.starts[skill], skills.starts[skill + 1]):
            term = skills.columns[j]
            if counts[term] == 0:
                touched[n_touched] = term
                n_touched += 1
            counts[term] += 1
    for i in range(first, at):
        scratch.seen[out[i]] = 0
    return n_touched, at


@compiled
def score(weights: Floats, logs: Floats, n_touched: int, scratch: Scratch, logits: Floats) -> None:
    """Add the touched terms of a block to the logits, and set their counts to zero."""
    counts, touched = scratch.counts, scratch.touched
    n_classes = logits.size
    squares = 0.0
    added = scratch.added
    added[:] = 0.0
    for i in range(n_touched):
        term = np.int64(touched[i])
        count = np.int64(counts[term])
        counts[term] = 0
        x = (logs[count] if count < logs.size else 1.0 + np.log(count)) * weights[term, 0]
        squares += x * x
        for j in range(n_classes):
            added[j] += x * weights[term, j + 1]
    if n_touched > 0:
        norm = np.sqrt(squares)
        for j in range(n_classes):
            logits[j] += added[j] / norm


@compiled
def count_postings(
    model: Model, works: Texts, titles: Texts, low: int, high: int, scratch: Scratch, found: Found
) -> None:
    """Count and score the postings ``low:high``; their rows in `found` start at 0."""
    at = 0
    for k in range(low, high):
        row = k - low
        logits = found.logits[row]
        logits[:] = model.intercept
        start, end = works.offsets[k], works.offsets[k + 1]
        n, odd = read_tokens(model.letters, model.words, works.data, start, end, scratch)
        touched = count_words(model.description, n, scratch)
        found.known[row, 0] = touched
        score(model.description.weights, model.logs, touched, scratch, logits)
        n_hits = find_hits(model, works.data, start, end, n, scratch)
        touched, after = count_skills(model, works.data, n_hits, scratch, found.skills, at)
        found.known[row, 2] = touched
        found.n_skills[row] = after - at
        at = after
        score(model.skills.weights, model.logs, touched, scratch, logits)
        start, end = titles.offsets[k], titles.offsets[k + 1]
        n, odd_title = read_tokens(model.letters, model.words, titles.data, start, end, scratch)
        touched = count_words(model.title, n, scratch)
        found.known[row, 1] = touched if n > 0 else 0
        score(model.title.weights, model.logs, touched, scratch, logits)
        found.odd[row] = odd or odd_title
