"""Machine code that counts and scores: UTF-8 buffers in, logits and skills out.

Made by numba; `classifier.counting` lays out the arrays and says what they mean. What is counted
is said by `terms`, `features` and `vocabulary`, and each function here names its partner there.
Nothing is allocated for a posting: a block of postings shares one `Scratch`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

Function = TypeVar("Function", bound=Callable[..., Any])
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]

WORD, SPACE, ODD = 1, 2, 4  # bits of `Letters.kind`
PACKED = 8  # bytes of a word that a key holds
LEFT_BITS, RIGHT_BITS, VALUE_BITS = 20, 20, 24  # of a slot of a table of pairs
LONGEST_GAP = 12  # as in vocabulary.py


class Letters(NamedTuple):
    """What the characters are: the first two by byte, the others by code point.

    A word may start at a byte that `starts`, and may go on at one that `follows` ASCII letters.
    """

    starts: Bytes
    follows: Bytes
    kind: Bytes
    folded: Ints


class Words(NamedTuple):
    """Hash table of words; a slot has two keys, and length and number + 1 in one.

    The frequent words are the first, here and in all that follows: they stay in the cache.
    """

    slots: Keys  # (n, 4): a quarter is for nothing, so that no slot is on two lines
    starts: Ints
    text: Bytes


class Terms(NamedTuple):
    """Columns of a block: by word, by pair of words, for a text without a word (-1: none).

    The column of a word that has none is the last count (`count_words`).
    """

    single: Ints
    pairs: Keys  # value: twice the column, 1 more if an alias starts with the pair
    empty: int
    weights: Floats  # (n_terms, 1 + n_classes): idf, coefficients, and 0 to a multiple of three
    flat: Floats  # the same in a row


class Aliases(NamedTuple):
    """Trie of the aliases, and what each asks for.

    `single` is the alias of a word alone, `starts` has the nodes of two words, `edges` lead from
    there to further nodes; `alias` is that of a node. -1 is none.
    """

    single: Ints
    starts: Keys
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

    tokens: Ints  # (n, 4): word or -1, start, end, 1 if an alias may start with it and the next
    hits: Ints  # (n, 3): alias, start, end
    counts: Ints  # zero between the postings
    touched: Ints
    path: Ints  # alias of each node on the way down the trie
    seen: Bytes  # skills of the posting
    x: Floats
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
def is_word(kind: Bytes, data: Bytes, i: int, end: int) -> bool:
    r"""Whether a character that matches ``\w`` stands at a byte."""
    if i >= end:
        return False
    code, _ = decode(data, i)
    return kind[code] & WORD != 0 or code == 0x5F


# --- Tables ---


@compiled
def mix(key: np.uint64) -> np.uint64:
    """Hash of a key; the low bits are good ones."""
    key = (key ^ (key >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
    return key ^ (key >> np.uint64(32))


@compiled
def pack(text: Bytes, start: int, end: int) -> tuple[np.uint64, np.uint64]:
    """Keys of a lower-case word: its first and second `PACKED` bytes; those behind are mixed in."""
    key, rest = np.uint64(0), np.uint64(0)
    for i in range(start, end):
        byte = np.uint64(text[i]) << np.uint64((i - start) % PACKED * 8)
        if i - start < PACKED:
            key |= byte
        elif i - start < 2 * PACKED:
            rest |= byte
        else:
            rest = mix(rest ^ np.uint64(text[i]))
    return key, rest


@compiled
def find_word(
    slots: Keys, starts: Ints, spelled: Bytes, key: np.uint64, rest: np.uint64, text: Bytes, n: int
) -> int:
    """Number of a word of n bytes, or -1; `text` starts with it if it is longer than its keys."""
    mask = np.uint64(slots.shape[0] - 1)
    at = mix(key ^ mix(rest)) & mask
    while True:
        value = slots[at, 2]
        if value == 0:
            return -1
        if slots[at, 0] == key and slots[at, 1] == rest and value >> np.uint64(32) == np.uint64(n):
            number = np.int64(value & np.uint64(0xFFFFFFFF)) - 1
            first, i = np.int64(starts[number]), np.int64(2 * PACKED)
            while i < n and text[i] == spelled[first + i]:
                i += 1
            if i >= n:
                return number
        at = (at + np.uint64(1)) & mask


@compiled
def add_words(slots: Keys, starts: Ints, text: Bytes) -> None:
    """Fill an empty hash table; it has more slots than there are words."""
    mask = np.uint64(slots.shape[0] - 1)
    for number in range(starts.size - 1):
        start, end = starts[number], starts[number + 1]
        key, rest = pack(text, start, end)
        at = mix(key ^ mix(rest)) & mask
        while slots[at, 2] != 0:
            at = (at + np.uint64(1)) & mask
        slots[at, 0], slots[at, 1] = key, rest
        slots[at, 2] = np.uint64(end - start) << np.uint64(32) | np.uint64(number + 1)


@compiled
def pair_key(left: int, right: int) -> np.uint64:
    """Key of a pair of numbers."""
    return np.uint64(left) << np.uint64(RIGHT_BITS) | np.uint64(right)


@compiled
def find_pair(slots: Keys, left: int, right: int) -> int:
    """Value of a pair of numbers, or -1."""
    key = pair_key(left, right)
    mask = np.uint64(slots.size - 1)
    at = mix(key) & mask
    while True:
        slot = slots[at]
        if slot >> np.uint64(VALUE_BITS) == key and slot != 0:
            return np.int64(slot & np.uint64((1 << VALUE_BITS) - 1)) - 1
        if slot == 0:
            return -1
        at = (at + np.uint64(1)) & mask


@compiled
def add_pairs(slots: Keys, pairs: Longs) -> None:
    """Fill an empty table of pairs with rows of left, right and value."""
    mask = np.uint64(slots.size - 1)
    for i in range(pairs.shape[0]):
        key = pair_key(pairs[i, 0], pairs[i, 1])
        at = mix(key) & mask
        while slots[at] != 0:
            at = (at + np.uint64(1)) & mask
        slots[at] = key << np.uint64(VALUE_BITS) | np.uint64(pairs[i, 2] + 1)


# --- Tokens: `terms.TOKEN` ---


@intrinsic  # type: ignore[untyped-decorator]
def load_bytes(_context: Any, data: Any, _i: Any) -> Any:
    """Eight bytes of an array from byte i on, the first one lowest; i need not be aligned."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(array.data, [arguments[1]])
        word = builder.bitcast(place, ir.IntType(64).as_pointer())
        return builder.load(word, align=1)

    return types.uint64(data, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def trailing_zeros(_context: Any, _value: Any) -> Any:
    """Number of zero bits below the lowest one; 64 for 0."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), generate


@intrinsic  # type: ignore[untyped-decorator]
def prefetch(_context: Any, data: Any, _i: Any) -> Any:
    """Ask for the cache line of an element of a flat array, and wait for nothing."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(array.data, [arguments[1]])
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place.type, number, number, number])
        function = builder.module.declare_intrinsic("llvm.prefetch", [place.type], kind)
        read, keep, of_data = (ir.Constant(number, value) for value in (0, 3, 1))
        builder.call(function, [place, read, keep, of_data])
        return context.get_dummy_value()

    return types.void(data, types.int64), generate


@compiled
def lower_run(eight: np.uint64) -> tuple[np.uint64, int]:
    """ASCII letters and digits at the start of eight bytes, in lower case; how many they are."""
    low = eight & np.uint64(0x7F7F7F7F7F7F7F7F)
    small = low | np.uint64(0x2020202020202020)
    # The high bit of each byte: from "a" on and not above "z", from "0" on and not above "9".
    letter = (small + np.uint64(0x1F1F1F1F1F1F1F1F)) & ~(small + np.uint64(0x0505050505050505))
    digit = (low + np.uint64(0x5050505050505050)) & ~(low + np.uint64(0x4646464646464646))
    plain = ~eight & np.uint64(0x8080808080808080)
    letter, digit = letter & plain, digit & plain
    n = trailing_zeros(~(letter | digit) & np.uint64(0x8080808080808080)) >> np.uint64(3)
    return eight | (letter >> np.uint64(2)), np.int64(n)


@compiled
def keep_bytes(eight: np.uint64, n: int) -> np.uint64:
    """First n of eight bytes, the others 0."""
    if n >= PACKED:
        return eight
    return eight & ((np.uint64(1) << np.uint64(8 * n)) - np.uint64(1))


@compiled
def read_word(
    kind: Bytes, folded: Ints, data: Bytes, start: int, end: int, word: Bytes
) -> tuple[int, int, bool]:
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
def tail_length(kind: Bytes, data: Bytes, i: int, end: int) -> int:
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
    start: int,
    end: int,
    scratch: Scratch,
) -> tuple[int, bool]:
    """Tokens of a text, to `scratch.tokens`: their number, and whether one is odd.

    The usual word, of ASCII and at most sixteen bytes, is read eight bytes at once.
    """
    tokens, word = scratch.tokens, scratch.word
    starts, follows, kind, folded = letters.starts, letters.follows, letters.kind, letters.folded
    slots, places, spelled = words.slots, words.starts, words.text
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
                found = find_word(slots, places, spelled, key, rest, word, length)
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
        tokens[n, 0] = find_word(slots, places, spelled, key, rest, word, length)
        tokens[n, 1] = first
        tokens[n, 2] = i
        n += 1
    return n, any_odd


# --- Skills: `vocabulary.Vocabulary.find_skills` ---


@compiled
def is_glued(kind: Bytes, data: Bytes, start: int, end: int, low: int, high: int) -> bool:
    """Whether a word is part of a name, as `GLUED_BEFORE` and `GLUED_AFTER` say."""
    if start > low:
        before = step_back(data, start)
        code, _ = decode(data, before)
        if code == 0x5F:
            return True
        if is_glue(code) and before > low:
            if is_word(kind, data, step_back(data, before), before):
                return True
    if end >= high:
        return False
    code, after = decode(data, end)
    return code == 0x5F or (is_glue(code) and is_word(kind, data, after, high))


@compiled
def is_glue(code: int) -> bool:
    """Whether a character is one of & ' ’ . -"""
    return code == 0x26 or code == 0x27 or code == 0x2019 or code == 0x2E or code == 0x2D


@compiled
def is_spelled(tokens: Ints, i: int, stop: int, data: Bytes, spellings: Ints, text: Bytes) -> bool:
    """Whether tokens are written as an alias asks, whose first word is ``spellings[0]``."""
    for k in range(stop - i):
        first, last = spellings[k, 0], spellings[k, 1]
        start = tokens[i + k, 1]
        if first < 0:
            continue
        if tokens[i + k, 2] - start != last - first:
            return False
        for j in range(last - first):
            if data[start + j] != text[first + j]:
                return False
    return True


@compiled
def find_hits(
    aliases: Aliases, kind: Bytes, data: Bytes, low: int, high: int, n: int, scratch: Scratch
) -> int:
    """Longest aliases that fit, from left to right, to `scratch.hits`: `_Phrases.find`."""
    tokens, hits, path = scratch.tokens, scratch.hits, scratch.path
    singles, ends, starts, edges = aliases.single, aliases.alias, aliases.starts, aliases.edges
    spelled, spellings, text = aliases.spelled, aliases.spellings, aliases.text
    n_hits, i = 0, 0
    while i < n:
        word, is_start = np.int64(tokens[i, 0]), tokens[i, 3] != 0
        single = np.int64(singles[word]) if word >= 0 else np.int64(-1)
        if single < 0 and not is_start:
            i += 1
            continue
        node = np.int64(-1)
        if is_start:
            node = find_pair(starts, word, np.int64(tokens[i + 1, 0]))
        path[0] = single
        deep = i + 1
        while node >= 0:
            path[deep - i] = ends[node]
            deep += 1
            word = np.int64(tokens[deep, 0]) if deep < n else np.int64(-1)
            node = find_pair(edges, node, word) if word >= 0 else np.int64(-1)
        after = i + 1
        for stop in range(deep, i, -1):
            alias = np.int64(path[stop - i - 1])
            if alias < 0:
                continue
            asked = np.int64(spelled[alias])
            start, end = np.int64(tokens[i, 1]), np.int64(tokens[stop - 1, 2])
            # `Alias.fits`
            if asked < 0 or (
                is_spelled(tokens, i, stop, data, spellings[asked:], text)
                and not is_glued(kind, data, start, end, low, high)
            ):
                hits[n_hits, 0], hits[n_hits, 1], hits[n_hits, 2] = alias, start, end
                n_hits += 1
                after = stop
                break
        i = after
    return n_hits


@compiled
def is_list_gap(kind: Bytes, data: Bytes, start: int, end: int) -> bool:
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
        elif kind[code] & SPACE == 0:
            length = conjunction_length(data, i, end)
            if length == 0 or is_word(kind, data, i + length, end):
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
def is_beside(beside: Bytes, kind: Bytes, data: Bytes, hits: Ints, left: int) -> bool:
    """Whether a hit and the next are neighbours in a list: `_Hit.is_beside`."""
    one, other = hits[left, 0], hits[left + 1, 0]
    start, end = np.int64(hits[left, 2]), np.int64(hits[left + 1, 1])
    return (
        one != other
        and beside[one] != 0
        and beside[other] != 0
        and end - start <= 4 * LONGEST_GAP
        and is_list_gap(kind, data, start, end)
    )


# --- Counts: `features.count_terms`; scores: `table.Block.weigh` ---


@compiled
def count_words(terms: Terms, n: int, scratch: Scratch) -> int:
    """Count words and pairs of words, and give the number of terms that were touched.

    The last count is that of no term, and never 0: a step more in place of a branch. What is
    needed next is asked for beforehand, so that the waits for memory overlap.
    """
    tokens, counts, touched = scratch.tokens, scratch.counts, scratch.touched
    single, pairs, weights = terms.single, terms.pairs, terms.flat
    none, width = np.int64(counts.size - 1), np.int64(terms.weights.shape[1])
    n_touched = 0
    if n == 0 and terms.empty >= 0:
        counts[terms.empty] = 1
        touched[0] = terms.empty
        return 1
    for i in range(n):
        word = np.int64(tokens[i, 0])
        term = np.int64(single[word]) if word >= 0 else none
        prefetch(weights, term * width)
        touched[n_touched] = term
        n_touched += counts[term] == 0
        counts[term] += 1
        right = np.int64(tokens[i + 1, 0]) if i + 1 < n else np.int64(-1)
        pair = np.int64(-1)
        if word >= 0 and right >= 0:
            pair = find_pair(pairs, word, right)
        tokens[i, 3] = pair & 1 if pair >= 0 else 0
        term = pair >> 1 if pair >= 0 else none
        prefetch(weights, term * width)
        touched[n_touched] = term
        n_touched += counts[term] == 0
        counts[term] += 1
    counts[none] = 1
    return n_touched


@compiled
def count_skills(
    model: Model, data: Bytes, n_hits: int, scratch: Scratch, out: Ints, at: int
) -> tuple[int, int]:
    """Count the skills of the hits, and write each once: touched terms, and end in `out`."""
    beside, listed, skill_of = model.aliases.beside, model.aliases.listed, model.aliases.skill
    starts, columns, kind = model.skills.starts, model.skills.columns, model.letters.kind
    counts, touched, seen, hits = scratch.counts, scratch.touched, scratch.seen, scratch.hits
    n_touched, first = 0, at
    for i in range(n_hits):
        alias = hits[i, 0]
        if listed[alias] != 0 and not (
            (i > 0 and is_beside(beside, kind, data, hits, i - 1))
            or (i + 1 < n_hits and is_beside(beside, kind, data, hits, i))
        ):
            continue
        skill = skill_of[alias]
        if seen[skill] != 0:
            continue
        seen[skill] = 1
        out[at] = skill
        at += 1
        for j in range(starts[skill], starts[skill + 1]):
            term = columns[j]
            if counts[term] == 0:
                touched[n_touched] = term
                n_touched += 1
            counts[term] += 1
    for i in range(first, at):
        seen[out[i]] = 0
    return n_touched, at


@compiled
def score(weights: Floats, logs: Floats, n_touched: int, scratch: Scratch, logits: Floats) -> None:
    """Add the touched terms of a block to the logits, and set their counts to zero."""
    if n_touched == 0:
        return
    counts, touched, values = scratch.counts, scratch.touched, scratch.x
    squares = a = b = c = 0.0
    for i in range(n_touched):
        term = np.int64(touched[i])
        count = np.int64(counts[term])
        counts[term] = 0
        x = (logs[count] if count < logs.size else 1.0 + np.log(count)) * weights[term, 0]
        values[i] = x
        squares += x * x
        a += x * weights[term, 1]
        b += x * weights[term, 2]
        c += x * weights[term, 3]
    norm = np.sqrt(squares)
    for j in range(0, logits.size, 3):  # sums that stay in registers; the rows are padded
        if j > 0:
            a = b = c = 0.0
            for i in range(n_touched):
                x, term = values[i], np.int64(touched[i])
                a += x * weights[term, j + 1]
                b += x * weights[term, j + 2]
                c += x * weights[term, j + 3]
        logits[j] += a / norm
        if j + 1 < logits.size:
            logits[j + 1] += b / norm
        if j + 2 < logits.size:
            logits[j + 2] += c / norm


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
        n, odd = read_tokens(
            model.letters, model.words, model.description.pairs, works.data, start, end, scratch
        )
        touched = count_words(model.description, n, scratch)
        found.known[row, 0] = touched
        score(model.description.weights, model.logs, touched, scratch, logits)
        n_hits = find_hits(
            model.aliases, model.letters.kind, works.data, start, end, n, scratch
        )
        touched, after = count_skills(model, works.data, n_hits, scratch, found.skills, at)
        found.known[row, 2] = touched
        found.n_skills[row] = after - at
        at = after
        score(model.skills.weights, model.logs, touched, scratch, logits)
        start, end = titles.offsets[k], titles.offsets[k + 1]
        n, odd_title = read_tokens(
            model.letters, model.words, model.title.pairs, titles.data, start, end, scratch
        )
        touched = count_words(model.title, n, scratch)
        found.known[row, 1] = touched if n > 0 else 0
        score(model.title.weights, model.logs, touched, scratch, logits)
        found.odd[row] = odd or odd_title
