"""Postings to rows, by as many threads or processes as there are for it."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import partial
from importlib.abc import MetaPathFinder
from multiprocessing import get_context
from threading import local
from types import TracebackType
from typing import Self, TypeVar

import pyarrow as pa

from classifier.compiler import has_compiler
from classifier.counting import Counter
from classifier.handover import handing_over, take_table
from classifier.posting import JobPosting
from classifier.reading import Reader
from classifier.rows import (
    Tools,
    added_schema,
    label_many,
    label_posting,
    label_texts,
    postings_of,
)
from classifier.table import Table

FEW = 512  # postings: to count these one by one takes less time than to load the compiled code
MANY = 512  # from here on it pays to start others
ROWS = 512  # of a batch: each costs two milliseconds, and is held in memory as a whole
ROWS_BY_THREADS = 1024  # which wait for the interpreter once for each batch
IN_HAND = 2  # batches of each worker: a row group is written meanwhile, which takes a while

Batch = TypeVar("Batch")


class Labeller:
    """Labels postings with one table: few one by one, many by tools that are made once.

    Its ``with`` block ends the other threads or processes.

    Parameters
    ----------
    without : collection of str
        Groups of columns to leave out, of `classifier.rows.GROUPS`.
    n_jobs : int
        How many `label_batches` lets work; -1 is one per processor. They are threads if compiled
        code does all that is asked for, else processes.

    Attributes
    ----------
    schema : pyarrow.Schema
        Columns that are wanted; the tables that are given may have more.
    rows : int
        How many postings a batch for `label_batches` should have, at most.
    """

    def __init__(self, table: Table, without: Collection[str] = (), n_jobs: int = 1) -> None:
        self.table = table
        self.schema = added_schema(table, without)
        self.n_jobs = n_jobs if n_jobs > 0 else os.cpu_count() or 1
        self._without = frozenset(without)
        self._has_threads = has_compiler() and {"salary", "dimensions"} <= self._without
        self.rows = ROWS_BY_THREADS if self._has_threads else ROWS
        self._tools: Tools | None = None
        self._give: Callable[[pa.Table], Future[pa.Table]] | None = None
        self._open = ExitStack()
        self._n = 0

    def label(self, postings: Sequence[JobPosting]) -> pa.Table:
        """Rows of postings, in this process."""
        if tools := self._tools_for(len(postings)):
            return label_many(tools, postings, self._without)
        return self._label_each(postings)

    def label_texts(self, texts: pa.Table) -> pa.Table:
        """Rows of the postings of a table of `classifier.rows.TEXT_FIELDS`, in this process."""
        if tools := self._tools_for(len(texts)):
            return label_texts(tools, texts, self._without)
        return self._label_each(postings_of(texts))

    def label_batches(
        self, batches: Iterable[tuple[Batch, pa.Table]]
    ) -> Iterator[tuple[Batch, pa.Table, pa.Table]]:
        """Batches, their texts and rows, in order; each worker has `IN_HAND`, and one waits.

        Raises
        ------
        InputError
            If there is no room for the files through which other processes get the texts.
        """
        waiting: deque[tuple[Batch, pa.Table, Future[pa.Table]]] = deque()
        for batch, texts, is_few in self._hold_back(batches):
            if is_few:
                yield batch, texts, self.label_texts(texts)
                continue
            self._give = self._give or self._workers()
            waiting.append((batch, texts, self._give(texts)))
            if len(waiting) > IN_HAND * self.n_jobs:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())

    def _hold_back(
        self, batches: Iterable[tuple[Batch, pa.Table]]
    ) -> Iterator[tuple[Batch, pa.Table, bool]]:
        """Batches, the first ones when it is known whether they are too few for other workers."""
        held: list[tuple[Batch, pa.Table]] = []
        for one in batches:
            held.append(one)
            n = self._n + sum(len(texts) for _, texts in held)
            if self.n_jobs == 1 or self._give is not None or n >= MANY:
                yield from ((batch, texts, self.n_jobs == 1) for batch, texts in held)
                held.clear()
        yield from ((batch, texts, True) for batch, texts in held)

    def _label_each(self, postings: Iterable[JobPosting]) -> pa.Table:
        rows = [label_posting(self.table, posting) for posting in postings]
        # Without pay there are no bands either; all else is counted, wanted or not.
        return pa.Table.from_pylist(rows, added_schema(self.table, self._without & {"salary"}))

    def _tools_for(self, n: int) -> Tools | None:
        """Tools, once there are enough postings for them."""
        self._n += n
        if self._n >= FEW and self._tools is None:
            self._tools = Tools(Reader(), Counter(self.table))
        return self._tools

    def _workers(self) -> Callable[[pa.Table], Future[pa.Table]]:
        """Function that gives texts to the next worker."""
        if self._has_threads:
            tools = Tools(Reader(), Counter(self.table, threads=1))
            start = partial(_start, tools, self._without)
            threads = self._pool(ThreadPoolExecutor(self.n_jobs, initializer=start))
            return lambda texts: threads.submit(_label, texts)
        _give_memory_back()
        # Not forked: a copy of a process with threads can hang.
        context, known = get_context("spawn"), (self.table, self._without)
        put = self._open.enter_context(handing_over(IN_HAND * self.n_jobs + 1))
        others = self._pool(ProcessPoolExecutor(self.n_jobs, context, _start_process, known))
        return lambda texts: others.submit(_label_file, put(texts))

    def _pool(self, pool: Executor) -> Executor:
        self._open.callback(pool.shutdown, cancel_futures=True)
        return pool

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._open.close()


def _result(
    batch: Batch, texts: pa.Table, future: "Future[pa.Table]"
) -> tuple[Batch, pa.Table, pa.Table]:
    return batch, texts, future.result()


# --- In another thread or process ---

_mine = local()  # `tools` and `without` of this thread


def _give_memory_back() -> None:
    """Let pyarrow keep no memory that it does not use: of several processes, that is much."""
    with suppress(NotImplementedError):  # pyarrow has no jemalloc here
        pa.jemalloc_set_decay_ms(0)


class _NotNeeded(MetaPathFinder):
    """That pyarrow looks for at any list, and numba when it is imported: 40 MB each."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name in {"pandas", "scipy"}:
            raise ModuleNotFoundError("labelling does not need it", name=name)


def import_only_what_is_needed() -> None:
    """Let this process have neither pandas nor scipy, if it is one that only labels."""
    sys.meta_path.insert(0, _NotNeeded())


def _start_process(table: Table, without: Collection[str]) -> None:
    import_only_what_is_needed()
    _give_memory_back()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    _start(Tools(Reader(), Counter(table, threads=1)), without)


def _start(tools: Tools, without: Collection[str]) -> None:
    _mine.tools = Tools(Reader(tools.reader.facts), tools.counter)
    _mine.without = without


def _label_file(path: str) -> pa.Table:
    return _label(take_table(path))


def _label(texts: pa.Table) -> pa.Table:
    return label_texts(_mine.tools, texts, _mine.without)
