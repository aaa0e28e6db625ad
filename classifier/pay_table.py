"""Labelled files to the pay of their postings, each opening once, in one currency if wanted."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa

from classifier.bands import Pay
from classifier.duplicates import find_duplicate_groups
from classifier.errors import InputError
from classifier.exchange import exchange_rate
from classifier.features import read_document
from classifier.files import open_table, text_column
from classifier.label import to_pay
from classifier.table import fingerprint

PROBABILITY = "probability_"
NUMBERS = ("base_salary_yearly", "base_salary_min_value", "base_salary_max_value", "year")
TEXTS = ("label", "base_salary_currency", "level", "country")
Row = dict[str, Any]


@dataclass
class PayTable:
    """Pay of the postings of labelled files, and what became of the others.

    Attributes
    ----------
    pays : list of Pay
        One for each opening that has a label.
    n_rows, n_rejects, n_unlabelled, n_copies : int
        Rows that were read and refused, rows without a label, and rows that are an opening once
        more: the same employer and text, or nearly the same text under the same title.
    n_kept : int
        Openings whose pay stays in its own currency, for want of a rate or a year.
    """

    pays: list[Pay] = field(default_factory=list)
    n_rows: int = 0
    n_rejects: int = 0
    n_unlabelled: int = 0
    n_copies: int = 0
    n_kept: int = 0

    def notes(self, currency: str | None = None) -> list[str]:
        """Sentences on the rows that the bands do not count, or not in the asked currency."""
        paid = sum(pay.midpoint is not None for pay in self.pays)
        found = [f"openings with a label: {len(self.pays)}, of these with a yearly pay: {paid}"]
        if self.n_copies:
            found.append(f"further copies of the same opening, not counted: {self.n_copies}")
        if self.n_unlabelled:
            found.append(f"rows without a label, left out: {self.n_unlabelled}")
        if self.n_kept:
            found.append(f"kept in their own currency, no rate to {currency}: {self.n_kept}")
        return found


def read_pays(
    paths: Sequence[str],
    *,
    currency: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    suffix: str | None = None,
    on_headings: Callable[[str, Mapping[str, str]], None] = lambda path, mapping: None,
) -> PayTable:
    """Pay of the postings of files that `classifier label` wrote.

    Parameters
    ----------
    currency : str, optional
        ISO 4217 code that all pay is exchanged to, at the mean rate of the posting's year.
    columns, encoding, suffix
        As for `classifier.files.open_table`.

    Raises
    ------
    InputError
        If a file cannot be read, or lacks a column that labelling adds.
    """
    found = PayTable()
    rows: list[Row] = []
    for path in paths:
        with open_table(path, columns=columns, encoding=encoding, suffix=suffix) as reader:
            on_headings(path, reader.mapping)
            _check_labelled(path, reader.schema.names)
            for batch in reader:
                rows += _rows(batch, reader.mapping)
            found.n_rejects += reader.n_rejects
    found.n_rows = len(rows)
    labelled = [row for row in rows if row["label"]]
    found.n_unlabelled = len(rows) - len(labelled)
    once = [row for row, copy in zip(labelled, find_copies(labelled), strict=True) if not copy]
    found.n_copies = len(labelled) - len(once)
    names = {row["label"].replace("-", "_"): row["label"] for row in once}
    pays = [to_pay(row, row["employer"], _probabilities(row, names)) for row in once]
    found.pays = [exchange(pay, currency) for pay in pays] if currency else pays
    found.n_kept = sum(p.currency not in {None, currency or p.currency} for p in found.pays)
    return found


def _check_labelled(path: str, names: Sequence[str]) -> None:
    missing = [name for name in (*TEXTS, *NUMBERS) if name not in names]
    if missing:
        raise InputError(
            f"{path} has no column {missing[0]!r}: give a file that `classifier label` wrote."
        )


def _rows(batch: pa.Table, mapping: Mapping[str, str]) -> Iterator[Row]:
    """Rows with the values that pay is made of."""
    fields = ("title", "description", "hiring_organization")
    wanted = {name: mapping[name] for name in fields if name in mapping}
    probabilities = [name for name in batch.schema.names if name.startswith(PROBABILITY)]
    wanted |= {name: name for name in (*TEXTS, *NUMBERS, *probabilities)}
    texts = {name: text_column(batch, heading).to_pylist() for name, heading in wanted.items()}
    for values in zip(*texts.values(), strict=True):
        row: Row = dict(zip(texts, values, strict=True))
        for name in (*NUMBERS, *probabilities):
            row[name] = _number(name, row[name])
        row["year"] = row["year"] and int(row["year"])
        row["employer"] = " ".join(row.get("hiring_organization", "").casefold().split())
        yield row


def _number(name: str, written: str) -> float | None:
    try:
        number = float(written or 0)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise InputError(f"column {name!r}: {written!r:.60} is no number from 0 up")
    return number if written else None


def _probabilities(row: Row, names: Mapping[str, str]) -> dict[str, float]:
    """Probability of each label that occurs; columns are named after labels, with "_" for "-"."""
    found = {label: row.get(PROBABILITY + column) for column, label in names.items()}
    return {label: p for label, p in found.items() if p is not None}


# --- Copies ---


def find_copies(rows: Sequence[Row]) -> list[bool]:
    """Whether each row is an opening that an earlier row has, too.

    Copies have the same employer and text, or the same employer, title and nearly the same text
    (in another city, most often). Without texts: the same employer, title and pay.
    """
    copies = [False] * len(rows)
    first: dict[int, int] = {}
    families: dict[tuple[str, str], list[int]] = {}
    for i, row in enumerate(rows):
        mark = fingerprint("\0".join(map(str, _identity(row))))
        copies[i] = first.setdefault(mark, i) != i
        title = " ".join(row.get("title", "").casefold().split())
        if not copies[i] and row["employer"] and title and row.get("description"):
            families.setdefault((row["employer"], title), []).append(i)
    for family in families.values():
        if len(family) > 1:
            texts = [read_document("", rows[i]["description"]).work for i in family]
            for k, group in enumerate(find_duplicate_groups(texts)):
                copies[family[k]] = group != k
    return copies


def _identity(row: Row) -> tuple[object, ...]:
    if row.get("description"):
        return row["employer"], row["description"]
    bounds = row["base_salary_min_value"], row["base_salary_max_value"]
    return row["employer"], row.get("title", ""), *bounds, row["base_salary_currency"]


# --- Currencies ---


def exchange(pay: Pay, currency: str) -> Pay:
    """Pay in another currency, at the mean rate of its year; as it is where there is none.

    >>> exchange(Pay("cook", year=2024, currency="GBP", midpoint=1000.0), "USD").currency
    'USD'
    >>> exchange(Pay("cook", currency="GBP", midpoint=1000.0), "USD").currency
    'GBP'
    """
    if pay.currency is None or pay.year is None:
        return pay
    rate = exchange_rate(pay.currency, currency, pay.year)
    if rate is None:
        return pay
    low, midpoint, high = _times((pay.low, pay.midpoint, pay.high), rate)
    return pay._replace(currency=currency, low=low, midpoint=midpoint, high=high)


def _times(amounts: Iterable[float | None], rate: Decimal) -> Iterator[float | None]:
    for amount in amounts:
        yield None if amount is None else amount * float(rate)
