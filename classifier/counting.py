"""Columns of work texts and titles to logits and skills, at the speed of the machine.

`terms`, `features`, `vocabulary` and `table` say what is counted and how it is weighed; this
gives the same, for many texts at once. With numba the counting is machine code (compiled.py) that
walks the bytes of Arrow columns; without it, and for the few texts whose lower case is not letter
by letter, the reference answers.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib.util import find_spec
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from classifier.features import NO_TITLE, description_terms, skill_terms, title_terms
from classifier.table import Block, Floats, Table
from classifier.vocabulary import LISTED_BESIDE, Alias, Vocabulary

# numba takes half a second to import: only where it is used.
if TYPE_CHECKING:
    from classifier import compiled

Ints = NDArray[np.int32]
BLOCK_ROWS, BLOCK_BYTES = 512, 4 * 2**20  # of postings that one thread counts at a time
LARGEST_TABLE = 2**20  # words or nodes; terms can be 16 times as many
LOGS = 256  # counts whose logarithm is looked up
OFFSETS = np.dtype(np.int64)


class Counts(NamedTuple):
    """What is counted in n postings.

    Attributes
    ----------
    logits : ndarray of shape (n, n_classes)
        Calibrated, as `Table.decision_function` gives them.
    known : ndarray of shape (n, 3)
        Different known terms of each block; `NO_TITLE` is not counted.
    skills : pyarrow.ListArray of strings
        Skills that the work text names, each once, in the order of their first places.
    """

    logits: Floats
    known: Ints
    skills: pa.ListArray


def has_compiler() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


def count_by_reference(table: Table, works: Iterable[str], titles: Iterable[str]) -> Counts:
    """Counts of postings as `features` defines them, one by one."""
    rows = [_count_one(table, *one) for one in zip(works, titles, strict=True)]
    return Counts(
        np.array([row[0] for row in rows]).reshape(-1, len(table.classes_)),
        np.array([row[1] for row in rows], np.int32).reshape(-1, 3),
        pa.array([row[2] for row in rows], pa.list_(pa.string())),
    )


def _count_one(table: Table, work: str, title: str) -> tuple[Floats, list[int], list[str]]:
    matches = table.vocabulary.find_skills(work)
    counted = {
        "description": description_terms(work),
        "title": title_terms(title),
        "skills": skill_terms(matches, table.vocabulary),
    }
    logits, known = table.intercept.copy(), []
    for name, block in table.blocks.items():
        rows, x = block.weigh(counted[name])
        logits += x @ block.coef[rows]
        known.append(len(rows) - (counted[name] == [NO_TITLE] and len(rows)))
    return logits, known, list(dict.fromkeys(match.skill for match in matches))


class Counter:
    """Counts postings for one table; its arrays are laid out once.

    Parameters
    ----------
    table : Table
        With the blocks of `features.BLOCKS`.
    threads : int, optional
        That count blocks of postings side by side; None is one for each core.

    Examples
    --------
    >>> from classifier import load_model
    >>> counts = Counter(load_model().table).count(["We train models in PyTorch."], [""])
    >>> counts.known.tolist(), counts.skills.to_pylist()
    ([[7, 0, 3]], [['Model training', 'PyTorch']])
    """

    def __init__(self, table: Table, threads: int | None = None) -> None:
        self.table = table
        self.threads = threads or _cores()
        self._model = _lay_out(table) if has_compiler() else None

    def count(self, works: "Sequence[str] | pa.Array", titles: "Sequence[str] | pa.Array") -> Counts:
        """Counts of postings: clean texts without boilerplate, and clean titles.

        Both are Arrow arrays or sequences of strings, without nulls and equally long.
        """
        texts, names = _strings(works), _strings(titles)
        if self._model is None:
            return count_by_reference(self.table, texts.to_pylist(), names.to_pylist())
        return _count(self.table, self._model, texts, names, self.threads)


def _cores() -> int:
    has_affinity = hasattr(os, "sched_getaffinity")  # a container may have fewer than the machine
    return len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1


def _strings(texts: "Sequence[str] | pa.Array | pa.ChunkedArray") -> pa.Array:
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if isinstance(texts, pa.Array):
        return texts if pa.types.is_large_string(texts.type) else texts.cast(pa.large_string())
    return pa.array(texts, pa.large_string())


def _texts(strings: pa.Array) -> "compiled.Texts":
    """The buffers of an array of large strings, which may be a slice of another."""
    from classifier.compiled import Texts

    _, offsets, data = strings.buffers()
    first, last = strings.offset, strings.offset + len(strings) + 1
    places = np.frombuffer(offsets, OFFSETS)[first:last] if offsets else np.zeros(1, OFFSETS)
    # One byte more where there is none: an empty buffer has no address.
    text = np.frombuffer(data, np.uint8) if data and data.size else np.zeros(1, np.uint8)
    return Texts(text, places)


def _count(
    table: Table, model: "compiled.Model", works: pa.Array, titles: pa.Array, threads: int
) -> Counts:
    from classifier.compiled import Found, count_postings

    n, columns = len(works), (_texts(works), _texts(titles))
    logits, known = np.empty((n, len(table.classes_))), np.empty((n, 3), np.int32)
    odd, n_skills = np.empty(n, np.uint8), np.empty(n, np.int32)

    def count_block(bounds: tuple[int, int]) -> Ints:
        low, high = bounds
        skills = np.empty((high - low) * len(table.vocabulary.skills), np.int32)
        part = slice(low, high)
        found = Found(logits[part], known[part], odd[part], n_skills[part], skills)
        count_postings(model, *columns, low, high, _scratch(model, *columns, low, high), found)
        return skills[: n_skills[part].sum()].copy()

    blocks = _blocks(columns[0].offsets)
    with ThreadPoolExecutor(threads) as pool:
        skills = list((pool.map if threads > 1 else map)(count_block, blocks))
    names = pa.array([skill.name for skill in table.vocabulary.skills], pa.string())
    numbers = np.concatenate([np.zeros(0, np.int32), *skills])
    lists = pa.ListArray.from_arrays(
        np.concatenate([[0], np.cumsum(n_skills)]).astype(np.int32), names.take(pa.array(numbers))
    )
    found = Counts(logits, known, lists)
    return _mend(table, found, np.flatnonzero(odd), works, titles) if odd.any() else found


def _mend(
    table: Table, found: Counts, rows: NDArray[np.int64], works: pa.Array, titles: pa.Array
) -> Counts:
    """Counts with some rows as the reference gives them."""
    texts = [column.take(pa.array(rows)).to_pylist() for column in (works, titles)]
    right = count_by_reference(table, *texts)
    found.logits[rows], found.known[rows] = right.logits, right.known
    skills = found.skills.to_pylist()
    for row, names in zip(rows.tolist(), right.skills.to_pylist(), strict=True):
        skills[row] = names
    return found._replace(skills=pa.array(skills, pa.list_(pa.string())))


def _blocks(offsets: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Bounds of blocks of at most `BLOCK_ROWS` postings and about `BLOCK_BYTES`."""
    n, bounds = len(offsets) - 1, [0]
    while bounds[-1] < n:
        low = bounds[-1]
        full = int(np.searchsorted(offsets, offsets[low] + BLOCK_BYTES))
        bounds.append(min(n, low + BLOCK_ROWS, max(full, low + 1)))
    return list(pairwise(bounds))


def _scratch(
    model: "compiled.Model",
    works: "compiled.Texts",
    titles: "compiled.Texts",
    low: int,
    high: int,
) -> "compiled.Scratch":
    from classifier.compiled import Scratch

    parts = (works.offsets[low : high + 1], titles.offsets[low : high + 1])
    longest = max(int(np.diff(part).max()) for part in parts) + 1
    weights = (model.description.weights, model.title.weights, model.skills.weights)
    n_terms = max(len(one) for one in weights) + 1  # and one that stands for none
    counts = np.zeros(n_terms, np.int32)
    counts[-1] = 1
    return Scratch(
        tokens=np.empty((longest, 4), np.int32),
        hits=np.empty((longest, 3), np.int32),
        counts=counts,
        touched=np.empty(n_terms, np.int32),
        path=np.empty(len(model.aliases.alias) + 1, np.int32),
        seen=np.zeros(len(model.skills.starts), np.uint8),
        x=np.empty(n_terms),
        word=np.empty(2 * longest + 8, np.uint8),  # two bytes can be three in lower case
    )


# --- The arrays of a table ---


def _lay_out(table: Table) -> "compiled.Model | None":
    """Arrays of a table; None if it has more words than their hash tables can number."""
    from classifier.compiled import Model

    aliases = table.vocabulary.aliases
    description, title = table.blocks["description"], table.blocks["title"]
    phrases = chain(_by_frequency(description), _by_frequency(title), aliases)
    numbers = {word: i for i, word in enumerate(dict.fromkeys(" ".join(phrases).split(" ")))}
    if max(len(numbers), sum(key.count(" ") + 1 for key in aliases)) > LARGEST_TABLE:
        return None
    nodes = _nodes(aliases)
    starts = [(numbers[one[0]], numbers[one[1]]) for one in nodes if len(one) == 2]
    none = max(len(block.columns) for block in table.blocks.values())
    return Model(
        letters=_letters(),
        words=_words(numbers),
        description=_terms(description, numbers, starts, none),
        title=_terms(title, numbers, [], none),
        aliases=_trie(table.vocabulary, numbers, nodes),
        skills=_skills(table),
        intercept=table.intercept,
        logs=1 + np.log(np.maximum(np.arange(LOGS, dtype=np.float64), 1)),
    )


def _by_frequency(block: Block) -> list[str]:
    """Terms of a block, those of most documents first."""
    terms = list(block.columns)
    return [terms[i] for i in np.argsort(block.idf, kind="stable")]


@cache
def _letters() -> "compiled.Letters":
    """Table of all characters, by the methods of str that `re` and the reference go by."""
    from classifier.compiled import ODD, SPACE, WORD, Letters

    characters = list(map(chr, range(sys.maxunicode + 1)))
    small = [character.lower() for character in characters]
    # The lower case of Σ depends on what stands around it, and that of İ is two letters.
    odd = {0x3A3, *(code for code, one in enumerate(small) if len(one) != 1)}
    kind = np.fromiter(map(str.isalnum, characters), np.uint8) * np.uint8(WORD)
    kind |= np.fromiter(map(str.isspace, characters), np.uint8) * np.uint8(SPACE)
    kind[list(odd)] |= ODD
    folded = np.fromiter((ord(one[0]) for one in small), np.int32)
    starts = np.ones(256, np.uint8)
    starts[:128] = kind[:128] & WORD
    follows = starts.copy()
    follows[list(b"+#")] = 1
    return Letters(starts, follows, kind, folded)


def _room(n: int) -> int:
    """Slots of a hash table: a power of two, a third of them free or more."""
    return 1 << (n + n // 2).bit_length()


def _words(numbers: Iterable[str]) -> "compiled.Words":
    from classifier.compiled import Words, add_words

    spelled = [word.encode("utf-8", "surrogatepass") for word in numbers]
    starts = np.fromiter(accumulate(map(len, spelled), initial=0), np.int32)
    text = np.frombuffer(b"".join([*spelled, b"\0"]), np.uint8)
    slots = np.zeros((_room(len(spelled)), 4), np.uint64)
    add_words(slots, starts, text)
    return Words(slots, starts, text)


def _pairs(rows: Iterable[tuple[int, int, int]]) -> NDArray[np.uint64]:
    from classifier.compiled import add_pairs

    pairs = np.array(list(rows), np.int64).reshape(-1, 3)
    slots = np.zeros(_room(len(pairs)), np.uint64)
    add_pairs(slots, pairs)
    return slots


def _weights(block: Block, order: Sequence[int] | NDArray[np.int64]) -> Floats:
    weights = np.column_stack([block.idf, block.coef])[order]
    return np.pad(weights, ((0, 0), (0, -block.coef.shape[1] % 3)))


def _terms(
    block: Block, numbers: dict[str, int], starts: Iterable[tuple[int, int]], none: int
) -> "compiled.Terms":
    """Columns by frequency; `starts` are the pairs of words that aliases start with."""
    from classifier.compiled import Terms

    order = _by_frequency(block)
    single = np.full(len(numbers), none, np.int32)
    pairs = {start: [none, 1] for start in starts}
    for column, term in enumerate(order):
        words = tuple(numbers[word] for word in term.split(" "))
        if len(words) == 1:
            single[words[0]] = column
        elif len(words) == 2:
            pairs[words] = [column, int(words in pairs)]
    # The frequent ones first: those are found in the first slot that is looked at.
    rows = sorted((column, *words, starts) for words, (column, starts) in pairs.items())
    weights = _weights(block, [block.columns[term] for term in order])
    return Terms(
        single=single,
        pairs=_pairs((left, right, 2 * column + starts) for column, left, right, starts in rows),
        empty=order.index(NO_TITLE) if NO_TITLE in block.columns else -1,
        weights=weights,
        flat=weights.ravel(),
    )


def _skills(table: Table) -> "compiled.Skills":
    from classifier.compiled import Skills

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
) -> "compiled.Aliases":
    from classifier.compiled import Aliases

    single, ends = np.full(len(numbers), -1, np.int32), np.full(len(nodes), -1, np.int32)
    for alias, key in enumerate(vocabulary.aliases):
        if " " in key:
            ends[nodes[tuple(key.split(" "))]] = alias
        else:
            single[numbers[key]] = alias
    steps = [([numbers[word] for word in path], path, node) for path, node in nodes.items()]
    known = vocabulary.aliases.values()
    places = {skill.name: i for i, skill in enumerate(vocabulary.skills)}
    spelled, spellings, text = _spellings(known)
    return Aliases(
        single=single,
        starts=_pairs((*words, node) for words, _, node in steps if len(words) == 2),
        edges=_pairs((nodes[path[:-1]], words[-1], node) for words, path, node in steps if path[2:]),
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
    spelled, rows, text = [], [], b""
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
