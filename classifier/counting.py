"""Columns of work texts and titles to logits and skills, at the speed of the machine.

`terms`, `features`, `vocabulary` and `table` say what is counted and how it is weighed; this
gives the same, for many texts at once. With numba the counting is machine code (compiled.py) that
walks the bytes of Arrow columns; without it, and for the few texts whose lower case is not letter
by letter, the reference answers.
"""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from classifier.compiler import has_compiler
from classifier.features import NO_TITLE, description_terms, skill_terms, title_terms
from classifier.table import Floats, Table

if TYPE_CHECKING:
    from classifier.compiled import Model, Texts
    from classifier.compiled_terms import Scratch

Column: TypeAlias = "Sequence[str] | pa.Array | pa.ChunkedArray"
Ints = NDArray[np.int32]
BLOCK_ROWS, BLOCK_BYTES = 512, 4 * 2**20  # of postings that one thread counts at a time
OFFSETS = np.dtype(np.int64)
SKILL_LISTS = pa.list_(pa.string())


class Counts(NamedTuple):
    """What is counted in n postings.

    Attributes
    ----------
    logits : ndarray of shape (n, n_classes)
        Calibrated, as `Table.decision_function` gives them.
    known : ndarray of shape (n, 3)
        Different known terms of each block; `NO_TITLE` is not counted.
    skills : pyarrow.ListArray of strings
        Skills that the work text names, each once, in the order of their first places. Null where
        they are not wanted.
    """

    logits: Floats
    known: Ints
    skills: pa.ListArray


def count_by_reference(table: Table, works: Iterable[str], titles: Iterable[str]) -> Counts:
    """Counts of postings as `features` defines them, one by one."""
    rows = [_count_one(table, *one) for one in zip(works, titles, strict=True)]
    return Counts(
        np.array([row[0] for row in rows]).reshape(-1, len(table.classes_)),
        np.array([row[1] for row in rows], np.int32).reshape(-1, 3),
        pa.array([row[2] for row in rows], SKILL_LISTS),
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
    ([[8, 0, 4]], [['Model training', 'PyTorch']])
    """

    def __init__(self, table: Table, threads: int | None = None) -> None:
        self.table = table
        self.threads = threads or _cores()
        self._model: Model | None = None
        self._rooms: list[Scratch] = []  # that no thread works in now
        if has_compiler():
            from classifier.layout import lay_out

            self._model = lay_out(table)

    def count(self, works: Column, titles: Column, *, skills: bool = True) -> Counts:
        """Counts of postings: clean texts without boilerplate, and clean titles.

        Both are Arrow arrays or sequences of strings, without nulls and equally long. `skills`
        tells whether the names of skills are wanted.
        """
        texts, names = _strings(works), _strings(titles)
        if self._model is None:
            return count_by_reference(self.table, texts.to_pylist(), names.to_pylist())
        return _count(self.table, self._model, texts, names, self.threads, self._rooms, skills)


def _cores() -> int:
    has_affinity = hasattr(os, "sched_getaffinity")  # a container may have fewer than the machine
    return len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1


def _strings(texts: Column) -> pa.Array:
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if isinstance(texts, pa.Array):
        return texts if pa.types.is_large_string(texts.type) else texts.cast(pa.large_string())
    return pa.array(texts, pa.large_string())


def _texts(strings: pa.Array) -> "Texts":
    """The buffers of an array of large strings, which may be a slice of another."""
    from classifier.compiled import Texts

    _, offsets, data = strings.buffers()
    first, last = strings.offset, strings.offset + len(strings) + 1
    places = np.frombuffer(offsets, OFFSETS)[first:last] if offsets else np.zeros(1, OFFSETS)
    # One byte more where there is none: an empty buffer has no address.
    text = np.frombuffer(data, np.uint8) if data and data.size else np.zeros(1, np.uint8)
    return Texts(text, places)


def _count(
    table: Table,
    model: "Model",
    works: pa.Array,
    titles: pa.Array,
    threads: int,
    rooms: "list[Scratch]",
    named: bool,
) -> Counts:
    columns = (_texts(works), _texts(titles))
    n, odd = len(works), np.zeros(len(works), np.uint8)
    found = Counts(
        np.tile(table.intercept, (n, 1)), np.empty((n, 3), np.int32), pa.nulls(0, SKILL_LISTS)
    )
    names = pa.array([skill.name for skill in table.vocabulary.skills], pa.string())
    asked = names if named else None
    blocks = _blocks(columns[0].offsets, threads)
    skills = {0: found.skills}  # of each block, by its first row
    queue = iter(blocks)

    def work() -> None:  # takes the next block until there is none
        if not blocks:
            return
        scratch = _scratch(model, rooms, *columns)
        # Once, not for each block: what is given back to the system stops the other threads.
        room = np.empty(max((high - low for low, high in blocks), default=0) * len(names), np.int32)
        for low, high in queue:
            bounds = low, high
            skills[low] = _count_block(model, columns, bounds, scratch, room, found, odd, asked)
        rooms.append(scratch)

    if len(blocks) == 1 or threads == 1:
        work()
    elif blocks:
        with ThreadPoolExecutor(threads) as pool:
            for worker in [pool.submit(work) for _ in range(min(threads, len(blocks)))]:
                worker.result()
    lists = pa.concat_arrays([skills[low] for low, _ in blocks] or [found.skills])
    found = found._replace(skills=lists)
    return _mend(table, found, np.flatnonzero(odd), works, titles) if odd.any() else found


def _count_block(
    model: "Model",
    columns: "tuple[Texts, Texts]",
    bounds: tuple[int, int],
    scratch: "Scratch",
    skills: Ints,
    counts: Counts,
    odd: NDArray[np.uint8],
    names: pa.Array | None,
) -> pa.ListArray:
    """Count the postings of a block into their rows, and give their skills by these names."""
    from classifier.compiled import Found, count_postings

    rows = slice(*bounds)
    n = bounds[1] - bounds[0]
    n_skills = np.empty(n, np.int32)
    found = Found(counts.logits[rows], counts.known[rows], odd[rows], n_skills, skills)
    works, titles = (_cut(one, *bounds) for one in columns)
    count_postings(model, works, titles, scratch, found)
    if names is None:
        return pa.nulls(n, SKILL_LISTS)
    offsets = np.fromiter(accumulate(n_skills.tolist(), initial=0), np.int32)
    return pa.ListArray.from_arrays(offsets, names.take(pa.array(skills[: offsets[-1]])))


def _cut(texts: "Texts", low: int, high: int) -> "Texts":
    """Texts of some rows alone, without those before."""
    places = texts.offsets[low : high + 1]
    return texts._replace(data=texts.data[places[0] :], offsets=places - places[0])


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
    return found._replace(skills=pa.array(skills, SKILL_LISTS))


def _blocks(offsets: NDArray[np.int64], threads: int) -> list[tuple[int, int]]:
    """Bounds of blocks of at most `BLOCK_ROWS` postings and about `BLOCK_BYTES`; two a thread."""
    n, bounds = len(offsets) - 1, [0]
    rows = min(BLOCK_ROWS, -(-n // (2 * threads)))
    while bounds[-1] < n:
        low = bounds[-1]
        full = int(np.searchsorted(offsets, offsets[low] + BLOCK_BYTES))
        bounds.append(min(n, low + rows, max(full, low + 1)))
    return list(pairwise(bounds))


def _scratch(model: "Model", rooms: "list[Scratch]", works: "Texts", titles: "Texts") -> "Scratch":
    """Room for the longest posting: one that was made before, if it is large enough."""
    from classifier.compiled_runs import AT_ONCE
    from classifier.compiled_terms import Scratch

    longest = int(max(np.diff(column.offsets).max() for column in (works, titles))) + 1
    with suppress(IndexError):  # another thread may have taken the last one
        if len((scratch := rooms.pop()).starts) >= longest:
            return scratch
    weights = (model.description.weights, model.title.weights, model.skills.weights)
    n_terms = max(len(one) for one in weights) + 1  # and one that stands for none
    counts = np.zeros(n_terms, np.int32)
    counts[-1] = 1
    return Scratch(
        runs=np.empty(longest + AT_ONCE, np.int32),
        starts=np.empty(longest, np.int32),
        ends=np.empty(longest, np.int32),
        keys=np.empty(longest, np.uint64),
        rests=np.empty(longest, np.uint64),
        words=np.empty(longest, np.int32),
        singles=np.empty(longest, np.int32),
        pairs=np.empty(longest, np.int32),
        spots=np.empty(longest, np.int32),
        hits=np.empty((longest, 3), np.int32),
        counts=counts,
        touched=np.empty(n_terms, np.int32),
        path=np.empty(len(model.aliases.alias) + 1, np.int32),
        seen=np.zeros(len(model.skills.starts), np.uint8),
        x=np.empty(n_terms),
        word=np.empty(2 * longest + 8, np.uint8),  # two bytes can be three in lower case
    )
