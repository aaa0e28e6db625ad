"""Machine code that counts and scores: UTF-8 buffers in, logits and skills out.

`layout` makes the arrays of a table, `counting` calls `count_postings`. What is counted is said by
`terms`, `features`, `vocabulary` and `table`; each function here names its partner there. Nothing
is allocated for a posting: all share one `Scratch`. Some functions are longer than elsewhere, as a
call for each word would show.
"""

from typing import NamedTuple

import numpy as np

from classifier.characters import Letters, Words
from classifier.machine import (
    ODD,
    PACKED,
    SPACE,
    WORD,
    Bytes,
    Floats,
    Ints,
    Keys,
    Longs,
    Number,
    compiled,
    decode,
    encode,
    find_pair,
    find_word,
    is_word,
    keep_bytes,
    load_bytes,
    lower_run,
    mix,
    pack,
    pair_key,
    prefetch,
    step_back,
)

LONGEST_GAP = 12  # as in vocabulary.py


class Terms(NamedTuple):
    """Columns of a block: by word, by pair of words, for a text without a word (-1: none).

    The column of a word that has none is the last count (`count_words`).
    """

    single: Ints
    pairs: Keys  # value: twice the column, 1 more if an alias starts with the pair
    empty: Number
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
    logs: Floats  # 1 + ln(c) of the small counts


class Texts(NamedTuple):
    """A column of strings: UTF-8 and the place of each."""

    data: Bytes
    offsets: Longs


class Found(NamedTuple):
    """What is found, a row for each posting."""

    logits: Floats  # to which is added
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


# --- Tokens: `terms.TOKEN` ---


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


# --- Skills: `vocabulary.Vocabulary.find_skills` ---


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
    tokens: Ints, i: Number, stop: Number, data: Bytes, spellings: Ints, text: Bytes
) -> bool:
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
    aliases: Aliases,
    kind: Bytes,
    data: Bytes,
    low: Number,
    high: Number,
    n: Number,
    scratch: Scratch,
) -> Number:
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


# --- Counts: `features.count_terms`; scores: `table.Block.weigh` ---


@compiled
def count_words(terms: Terms, n: Number, scratch: Scratch) -> Number:
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
    model: Model, data: Bytes, n_hits: Number, scratch: Scratch, out: Ints, at: Number
) -> tuple[Number, Number]:
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
def score(
    weights: Floats, logs: Floats, n_touched: Number, scratch: Scratch, logits: Floats
) -> None:
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
    model: Model,
    works: Texts,
    titles: Texts,
    low: Number,
    high: Number,
    scratch: Scratch,
    found: Found,
) -> None:
    """Count and score the postings ``low:high``; their rows in `found` start at 0."""
    at = 0
    for k in range(low, high):
        row = k - low
        logits = found.logits[row]
        start, end = works.offsets[k], works.offsets[k + 1]
        n, odd = read_tokens(
            model.letters, model.words, model.description.pairs, works.data, start, end, scratch
        )
        touched = count_words(model.description, n, scratch)
        found.known[row, 0] = touched
        score(model.description.weights, model.logs, touched, scratch, logits)
        n_hits = find_hits(model.aliases, model.letters.kind, works.data, start, end, n, scratch)
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
