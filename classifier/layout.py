"""A table as the arrays that compiled code reads: words by number, terms by frequency, a trie.

Needs numba, by what it imports; `counting` asks first.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from classifier.characters import letters, word_table
from classifier.compiled import Model, Skills, Terms
from classifier.compiled_vocabulary import Aliases
from classifier.features import NO_TITLE
from classifier.machine import Ints, Longs
from classifier.perfect_hash import RIGHT_BITS, Pairs, pair_table, word_keys
from classifier.skills import LISTED_BESIDE, Alias
from classifier.table import Block, Floats, Table
from classifier.vocabulary import Vocabulary

LARGEST_TABLE = 2**20 - 2  # words, nodes or terms of a block
ALONE = -1
LOGS = 256  # counts whose logarithm is looked up


def lay_out(table: Table) -> Model | None:
    """Arrays of a table; None if it has more words than their hash tables can number."""
    aliases = table.vocabulary.aliases
    description, title = table.blocks["description"], table.blocks["title"]
    phrases = chain(_by_frequency(description), _by_frequency(title), aliases)
    numbers = {word: i for i, word in enumerate(dict.fromkeys(" ".join(phrases).split(" ")))}
    nodes = _nodes(aliases)
    starts = [(numbers[one[0]], numbers[one[1]]) for one in nodes if len(one) == 2]
    none = max(len(block.columns) for block in table.blocks.values())
    if max(len(numbers), len(nodes), none) > LARGEST_TABLE:
        return None
    words, long = word_keys([word.encode("utf-8", "surrogatepass") for word in numbers])
    spelled = list(numbers)
    alone = [numbers[alias] for alias in aliases if " " not in alias]
    return Model(
        letters=letters(),
        words=words,
        long=word_table(spelled[i] for i in long),
        description=_terms(description, numbers, none, alone, starts),
        title=_terms(title, numbers, none),
        aliases=_trie(table.vocabulary, numbers, nodes),
        skills=_skills(table),
        logs=1 + np.log(np.maximum(np.arange(LOGS, dtype=np.float64), 1)),
    )


def _by_frequency(block: Block) -> list[str]:
    """Terms of a block, those of most documents first."""
    terms = list(block.columns)
    return [terms[i] for i in np.argsort(block.idf, kind="stable")]


def _pairs(rows: Iterable[tuple[int, int, int]]) -> Pairs:
    return pair_table(np.array(list(rows), np.int64).reshape(-1, 3))


def _weights(block: Block, order: Sequence[int] | NDArray[np.int64]) -> Floats:
    weights = np.column_stack([block.idf, block.coef])[order]
    return np.pad(weights, ((0, 0), (0, -block.coef.shape[1] % 3)))


def _terms(
    block: Block,
    numbers: dict[str, int],
    none: int,
    alone: Sequence[int] = (),
    starts: Iterable[tuple[int, int]] = (),
) -> Terms:
    """Columns by frequency; `alone` are words that are aliases, `starts` pairs that start them."""
    order = _by_frequency(block)
    words = _numbered(order, numbers)
    columns, paired = np.arange(len(order)), words[:, 1] >= 0
    single = np.full(len(numbers) + 1, 2 * none, np.int32)
    is_word = words[:, 1] == ALONE
    single[words[is_word, 0]] = 2 * columns[is_word]
    single[list(alone)] |= 1
    weights = _weights(block, [block.columns[term] for term in order])
    return Terms(
        single=single,
        pairs=pair_table(_term_pairs(words[paired], columns[paired], sorted(starts), none)),
        empty=order.index(NO_TITLE) if NO_TITLE in block.columns else -1,
        weights=weights,
        flat=weights.ravel(),
    )


def _numbered(terms: Iterable[str], numbers: dict[str, int]) -> Longs:
    """Number of the word, or of the two words, of each term; `ALONE` for a second that is none.

    A term of more words, which no text has, has -2 there.
    """
    words = (term.partition(" ") for term in terms)
    both = ((numbers[left], numbers.get(right, -2) if right else ALONE) for left, _, right in words)
    return np.fromiter(chain.from_iterable(both), np.int64).reshape(-1, 2)


def _term_pairs(
    pairs: Longs, columns: Longs, starts: Sequence[tuple[int, int]], none: int
) -> Longs:
    """Rows of left, right and value: twice the column, and 1 if an alias starts with the pair."""
    known = np.array(starts, np.int64).reshape(-1, 2)
    keys, wanted = (pair_keys(one) for one in (pairs, known))
    values = 2 * columns + np.isin(keys, wanted)
    others = known[~np.isin(wanted, keys)]
    rows = np.column_stack([pairs, values])
    return np.vstack([rows, np.pad(others, ((0, 0), (0, 1)), constant_values=2 * none + 1)])


def pair_keys(pairs: Longs) -> Longs:
    """One number for each row of two."""
    return pairs[:, 0] << RIGHT_BITS | pairs[:, 1]


def _skills(table: Table) -> Skills:
    block, totals = table.blocks["skills"], table.vocabulary.totals
    columns = [
        [block.columns[term] for term in (s.name, *totals[s.name]) if term in block.columns]
        for s in table.vocabulary.skills
    ]
    starts = np.fromiter(accumulate(map(len, columns), initial=0), np.int32)
    return Skills(
        starts, np.array(list(chain(*columns)), np.int32), _weights(block, range(len(block.idf)))
    )


def _nodes(aliases: Iterable[str]) -> dict[tuple[str, ...], int]:
    """Node of every start of an alias that is two words or longer."""
    split = (tuple(key.split(" ")) for key in aliases)
    starts = (words[:n] for words in split for n in range(2, len(words) + 1))
    return {start: node for node, start in enumerate(dict.fromkeys(starts))}


def _trie(
    vocabulary: Vocabulary, numbers: dict[str, int], nodes: dict[tuple[str, ...], int]
) -> Aliases:
    single, ends = np.full(len(numbers), -1, np.int32), np.full(len(nodes), -1, np.int32)
    for alias, key in enumerate(vocabulary.aliases):
        if " " in key:
            ends[nodes[tuple(key.split(" "))]] = alias
        else:
            single[numbers[key]] = alias
    known = vocabulary.aliases.values()
    places = {skill.name: i for i, skill in enumerate(vocabulary.skills)}
    spelled, spellings, text = _spellings(known)
    return Aliases(
        single=single,
        starts=_pairs((numbers[p[0]], numbers[p[1]], n) for p, n in nodes.items() if len(p) == 2),
        edges=_pairs((nodes[p[:-1]], numbers[p[-1]], n) for p, n in nodes.items() if len(p) > 2),
        alias=ends,
        skill=np.array([places[alias.skill.name] for alias in known], np.int32),
        listed=np.array([alias.listed for alias in known], np.uint8),
        beside=np.array([alias.skill.facet in LISTED_BESIDE for alias in known], np.uint8),
        spelled=spelled,
        spellings=spellings,
        text=text,
    )


def _spellings(aliases: Iterable[Alias]) -> tuple[Ints, Ints, NDArray[np.uint8]]:
    """First row of each alias in the table of its words as written; the table; their text."""
    spelled: list[int] = []
    rows: list[tuple[int, int]] = []
    text = b""
    for alias in aliases:
        spelled.append(-1 if alias.spelling is None else len(rows))
        for word in alias.spelling or ():
            written = b"" if word.islower() else word.encode("utf-8", "surrogatepass")
            rows.append((len(text), len(text) + len(written)) if written else (-1, -1))
            text += written
    return (
        np.array(spelled, np.int32),
        np.array(rows, np.int32).reshape(-1, 2),
        np.frombuffer(text + b"\0", np.uint8),
    )
