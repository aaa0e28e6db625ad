"""Machine code that counts and scores: UTF-8 buffers in, logits and skills out.

`layout` makes the arrays of a table, `counting` calls `count_postings`. What is counted is said by
`terms`, `features`, `vocabulary` and `table`. The tokens are found in `compiled_terms`, the skills
in `compiled_vocabulary`.
"""

from typing import NamedTuple

import numpy as np

from classifier.characters import Letters, Words
from classifier.compiled_terms import Scratch, read_tokens
from classifier.compiled_vocabulary import Aliases, find_hits, is_beside
from classifier.machine import (
    Bytes,
    Floats,
    Ints,
    Longs,
    Number,
    compiled,
    prefetch,
)
from classifier.perfect_hash import Pairs, WordKeys, find_pair


class Terms(NamedTuple):
    """Columns of a block: by word, by pair of words, for a text without a word (-1: none).

    The column of words that have none is the last count (`count_words`).
    """

    single: Ints  # twice the column, 1 more if the word is an alias
    pairs: Pairs  # the same, 1 more if an alias starts with the pair
    empty: Number
    weights: Floats  # (n_terms, 1 + n_classes): idf, coefficients, and 0 to a multiple of three
    flat: Floats  # the same in a row


class Skills(NamedTuple):
    """Columns of the skills block that a skill counts for: ``columns[starts[s]:starts[s + 1]]``."""

    starts: Ints
    columns: Ints
    weights: Floats


class Model(NamedTuple):
    """All that does not change from text to text."""

    letters: Letters
    words: WordKeys
    long: Words  # those of more than sixteen bytes
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


@compiled
def count_words(terms: Terms, n: Number, scratch: Scratch) -> Number:
    """Count words and pairs of words, and give the number of terms that were touched.

    The last count is that of no term, and never 0: a step more in place of a branch.
    """
    words, singles, pairs, counts = scratch.words, scratch.singles, scratch.pairs, scratch.counts
    none = np.int64(counts.size - 1)
    if n == 0 and terms.empty >= 0:
        counts[terms.empty] = 1
        scratch.touched[0] = terms.empty
        return 1
    for i in range(n):
        singles[i] = terms.single[words[i]]
    for i in range(n):
        pairs[i] = find_pair(terms.pairs, words[i], words[i + 1], 2 * none)
    width = np.int64(terms.weights.shape[1])
    n_touched = count_terms(terms.flat, width, singles, n, 0, scratch)
    n_touched = count_terms(terms.flat, width, pairs, n, n_touched, scratch)
    counts[none] = 1
    return n_touched


@compiled
def count_terms(
    weights: Floats, width: Number, values: Ints, n: Number, n_touched: Number, scratch: Scratch
) -> Number:
    """Count the columns of n values; how many are touched then."""
    counts, touched = scratch.counts, scratch.touched
    for i in range(n):
        term = np.int64(values[i]) >> 1
        prefetch(weights, term * width)
        touched[n_touched] = term
        n_touched += counts[term] == 0
        counts[term] += 1
    return n_touched


@compiled
def find_spots(n: Number, scratch: Scratch) -> Number:
    """Tokens at which an alias may start, to `scratch.spots`: their number."""
    singles, pairs, spots = scratch.singles, scratch.pairs, scratch.spots
    n_spots = 0
    for i in range(n):
        spots[n_spots] = i
        n_spots += (singles[i] | pairs[i]) & 1
    return n_spots


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
    model: Model, works: Texts, titles: Texts, scratch: Scratch, found: Found
) -> None:
    """Count and score postings, whose texts are less than 2 GB: places in them have 32 bits."""
    at = 0
    for row in range(works.offsets.size - 1):
        logits = found.logits[row]
        start, end = works.offsets[row], works.offsets[row + 1]
        n, odd = read_tokens(
            model.letters, model.words, model.long, works.data, start, end, scratch
        )
        touched = count_words(model.description, n, scratch)
        n_spots = find_spots(n, scratch)
        found.known[row, 0] = touched
        score(model.description.weights, model.logs, touched, scratch, logits)
        n_hits = find_hits(
            model.aliases, model.letters.kind, works.data, start, end, n_spots, n, scratch
        )
        touched, after = count_skills(model, works.data, n_hits, scratch, found.skills, at)
        found.known[row, 2] = touched
        found.n_skills[row] = after - at
        at = after
        score(model.skills.weights, model.logs, touched, scratch, logits)
        start, end = titles.offsets[row], titles.offsets[row + 1]
        n, odd_title = read_tokens(
            model.letters, model.words, model.long, titles.data, start, end, scratch
        )
        touched = count_words(model.title, n, scratch)
        found.known[row, 1] = touched if n > 0 else 0
        score(model.title.weights, model.logs, touched, scratch, logits)
        found.odd[row] = odd or odd_title
