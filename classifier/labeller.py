"""Postings to rows, by as many processes as there are for it."""

import os
import signal
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import Self

import pyarrow as pa

from classifier.counting import Counter
from classifier.posting import JobPosting
from classifier.rows import added_schema, label_many, label_posting
from classifier.summary import Row
from classifier.table import Table

FEW = 512  # postings: to count these one by one takes less time than to load the compiled code
MANY = 4096  # from here on it pays to start other processes

Batch = tuple[pa.Table, list[JobPosting]]


class Labeller:
    """Labels postings with one table: few one by one, many by a Counter that is made once.

    Its ``with`` block ends the other processes.

    Parameters
    ----------
    without : collection of str
        Groups of columns to leave out, of `classifier.rows.GROUPS`.
    n_jobs : int
        Processes that `label_batches` uses, this one included; -1 is one per processor.

    Attributes
    ----------
    schema : pyarrow.Schema
        Columns that are wanted; rows may have more.
    """

    def __init__(self, table: Table, without: Collection[str] = (), n_jobs: int = 1) -> None:
        self.table = table
        self.schema = added_schema(table, without)
        self.n_jobs = n_jobs if n_jobs > 0 else os.cpu_count() or 1
        self._without = frozenset(without)
        self._counter: Counter | None = None
        self._pool: ProcessPoolExecutor | None = None
        self._n = 0

    def label(self, postings: Sequence[JobPosting]) -> list[Row]:
        """Rows of postings, in this process."""
        self._n += len(postings)
        if self._n < FEW:
            return [label_posting(self.table, posting) for posting in postings]
        self._counter = self._counter or Counter(self.table, threads=1 if self._pool else None)
        return label_many(self._counter, postings, self._without)

    def label_batches(
        self, batches: Iterable[Batch]
    ) -> Iterator[tuple[pa.Table, list[JobPosting], list[Row]]]:
        """Batches with their rows, in order; each process has one of them in hand."""
        batches = iter(batches)
        while group := list(islice(batches, self.n_jobs if self._n >= MANY else 1)):
            others = [self._processes().submit(_label, postings) for _, postings in group[1:]]
            yield (*group[0], self.label(group[0][1]))
            for (batch, postings), other in zip(group[1:], others, strict=True):
                yield batch, postings, other.result()

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Not forked: a copy of a process with threads can hang.
            self._pool = ProcessPoolExecutor(
                self.n_jobs - 1,
                get_context("spawn"),
                _start,
                (self.table, self._without),
            )
        return self._pool

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


# --- In another process ---

_labellers: list[Labeller] = []  # the one of this process


def _start(table: Table, without: Collection[str]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others
    _labellers.append(Labeller(table, without))


def _label(postings: Sequence[JobPosting]) -> list[Row]:
    return _labellers[0].label(postings)
