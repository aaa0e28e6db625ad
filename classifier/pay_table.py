"""Labelled files to the pay of their postings, each opening once, in one currency if wanted."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow as pa

from classifier.bands import Pay
from classifier.duplicates import employer_key, find_duplicate_groups, title_head
from classifier.errors import InputError
from classifier.exchange import exchange_rate
from classifier.features import read_document
from classifier.files import open_table, text_column
from classifier.summary import Row, opening_marks, to_pay
from classifier.table import fingerprint

PROBABILITY = "probability_"
NUMBERS = ("base_salary_yearly", "base_salary_min_value", "base_salary_max_value", "year")
TEXTS = ("label", "base_salary_currency", "level", "country")
EARLIEST, LATEST = 1900, 2100


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
                rows += _rows(path, batch, reader.mapping)
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


def _rows(path: str, batch: pa.Table, mapping: Mapping[str, str]) -> Iterator[Row]:
    """Rows with the values that pay is made of."""
    fields = ("title", "description", "hiring_organization")
    wanted = {name: mapping[name] for name in fields if name in mapping}
    probabilities = [name for name in batch.schema.names if name.startswith(PROBABILITY)]
    wanted |= {name: name for name in (*TEXTS, *NUMBERS, *probabilities)}
    texts = {name: text_column(batch, heading).to_pylist() for name, heading in wanted.items()}
    for values in zip(*texts.values(), strict=True):
        row: Row = dict(zip(texts, values, strict=True))
        for name in NUMBERS:
            row[name] = _number(path, name, row[name])
        for name in probabilities:
            row[name] = _number(path, name, row[name], most=1.0)
        row["year"] = _year(path, row["year"])
        row |= {name: row[name].strip() for name in TEXTS}
        row |= {name: row[name].upper() for name in ("base_salary_currency", "country")}
        row["employer"] = employer_key(row.get("hiring_organization", ""))
        yield row


def _number(path: str, name: str, written: str, most: float = 1e12) -> float | None:
    try:
        number = float(written or 0)
    except ValueError:
        number = math.nan
    if not 0 <= number <= most:
        raise InputError(
            f"{path}, column {name!r}: {written!r:.60} is no number from 0 to {most:g}"
        )
    return number if written else None


def _year(path: str, number: float | None) -> int | None:
    if number is not None and not (EARLIEST <= number <= LATEST and number == int(number)):
        raise InputError(f"{path}, column 'year': {number:g} is no year of the last centuries")
    return None if number is None else int(number)


def _probabilities(row: Row, names: Mapping[str, str]) -> dict[str, float]:
    """Probability of each label that occurs; columns are named after labels, with "_" for "-"."""
    found = {label: row.get(PROBABILITY + column) for column, label in names.items()}
    return {label: p for label, p in found.items() if p is not None}


# --- Copies ---


def find_copies(rows: Sequence[Row]) -> list[bool]:
    """Whether each row is an opening that another row stands for.

    Copies have the same employer, level and text, or nearly the same text under titles that begin
    alike (in another city, most often). Without texts: the same employer, title and pay. Of the
    copies the first of each currency of pay counts, or the first of all if none states pay.
    """
    groups = _same_openings(rows)
    _join_similar(rows, groups)
    counted: set[tuple[int, str]] = set()
    paid = {groups[i] for i, row in enumerate(rows) if _paid_in(row)}
    copies = []
    for group, row in zip(groups, rows, strict=True):
        key = group, _paid_in(row)
        copies.append(key in counted or (group in paid and not key[1]))
        counted.add(key)
    return copies


def _paid_in(row: Row) -> str:
    """Currency of the yearly pay that a row states, or ""."""
    return row["base_salary_currency"] if row["base_salary_yearly"] else ""


def _same_openings(rows: Sequence[Row]) -> list[int]:
    first: dict[int, int] = {}
    return [
        first.setdefault(fingerprint(opening_marks(row, *_known(row))[0]), i)
        for i, row in enumerate(rows)
    ]


def _known(row: Row) -> tuple[str, str, str]:
    return row["employer"], row.get("title", ""), row.get("description", "")


def _join_similar(rows: Sequence[Row], groups: list[int]) -> None:
    """Join, in place, groups with nearly the same text under titles that begin alike."""
    families: dict[tuple[str, ...], list[int]] = {}
    for i, (row, group) in enumerate(zip(rows, groups, strict=True)):
        head = title_head(row.get("title", ""))
        if group == i and head and row.get("description"):
            families.setdefault((row["employer"], row["level"] or "", head), []).append(i)
    joined: dict[int, int] = {}
    for family in families.values():
        if len(family) > 1:
            texts = [read_document("", rows[i]["description"]).work for i in family]
            similar = find_duplicate_groups(texts)
            joined |= {i: family[k] for i, k in zip(family, similar.tolist(), strict=True)}
    groups[:] = [joined.get(group, group) for group in groups]


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
