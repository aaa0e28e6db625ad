"""What a run of labelling counts: labels, reviews, and the pay of each opening once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifier.bands import Band, Pay, salary_bands
from classifier.countries import region_of
from classifier.duplicates import employer_key
from classifier.seen import Seen

Row = dict[str, Any]
SHOWN = 8  # rows of the result table
PAY_OF = [  # columns of a row that its pay is made of
    "label",
    "level",
    "country",
    "year",
    "base_salary_min_value",
    "base_salary_max_value",
    "base_salary_currency",
    "base_salary_yearly",
]
_CODED = pa.dictionary(pa.int32(), pa.string())
PAYS = pa.schema(  # fields of Pay
    [
        *((name, _CODED) for name in ("label", "employer", "level", "country", "region")),
        ("year", pa.int16()),
        ("currency", _CODED),
        *((name, pa.float64()) for name in ("low", "midpoint", "high")),
    ]
)


@dataclass
class Summary:
    """What a run of `label_files` did; its numbers grow while it runs.

    Attributes
    ----------
    n_rows, n_rejects : int
        Rows that were written and refused; together the rows that were read.
    n_review : int
        Rows that a person should look at.
    n_copies : int
        Rows with a pay whose employer, text and currency an earlier one has, too: they count once
        in the bands.
    labels : Counter of str
        Rows per label; those without a label are under "".
    mappings : dict of str to dict
        For each file, record name to heading.
    renamed : dict of str to str
        Columns of the input that had to give way to an added one: old name to new name.
    first : list of (str, dict)
        Title and added columns of the first `SHOWN` rows.
    """

    n_rows: int = 0
    n_rejects: int = 0
    n_review: int = 0
    n_copies: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    mappings: dict[str, dict[str, str]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    first: list[tuple[str, Row]] = field(default_factory=list)
    _seen: Seen = field(default_factory=Seen)
    _pays: list[pa.Table] = field(default_factory=list)  # in Arrow: a fifth of the memory

    @property
    def pays(self) -> list[Pay]:
        """Pay of the openings that state one, each once."""
        return [pay for table in self._pays for pay in map(Pay, *_lists_of(table))]

    def bands(self, *, bounds: bool = True) -> list[Band]:
        """Yearly pay by label and currency, copies counted once; as `bands.salary_bands`."""
        return salary_bands(self.pays, bounds=bounds)

    def add(self, rows: pa.Table, texts: pa.Table) -> None:
        """Count labelled postings: added columns, and the texts of the postings.

        Of the texts `title`, `description` and `hiring_organization` are looked at, where they are.
        """
        self.n_rows += len(rows)
        self.n_review += pc.sum(rows.column("review")).as_py() or 0
        for count in pc.value_counts(rows.column("label")).to_pylist():
            self.labels[count["values"] or ""] += count["counts"]
        if len(self.first) < SHOWN:
            titles = _texts_of(texts.slice(0, SHOWN), "title")
            self.first += zip(titles, rows.slice(0, SHOWN).to_pylist(), strict=True)
            del self.first[SHOWN:]
        if "base_salary_yearly" in rows.column_names:
            # The bands of a run show no cell in which nobody states pay: those rows cost no memory.
            paid = np.flatnonzero(_is_paid(rows))
            self._add_pays(rows.select(PAY_OF).take(paid).to_pylist(), texts.take(paid))

    def _add_pays(self, rows: list[Row], texts: pa.Table) -> None:
        employers = [employer_key(name) for name in _texts_of(texts, "hiring_organization")]
        known = (employers, _texts_of(texts, "title"), _texts_of(texts, "description"))
        # Hashes of Python: a digest of a text takes six times as long, and this run alone has them.
        marks = [hash(opening_marks(*one)[-1]) for one in zip(rows, *known, strict=True)]
        copies = self._seen.add(np.array(marks, np.int64).view(np.uint64)).tolist()
        self.n_copies += sum(copies)
        pays = [
            to_pay(row, employer)._asdict()
            for row, employer, copy in zip(rows, employers, copies, strict=True)
            if not copy
        ]
        table = pa.Table.from_pylist(pays, PAYS)
        # Each part is at least twice as long as the next: many small ones take more memory.
        while self._pays and len(self._pays[-1]) < 2 * len(table):
            both = pa.concat_tables([self._pays.pop(), table])
            table = both.unify_dictionaries().combine_chunks()
        self._pays.append(table)


def _lists_of(pays: pa.Table) -> list[list[Any]]:
    """Columns of `PAYS`, which are the first fields of `Pay`, in order."""
    return [pays.column(name).to_pylist() for name in PAYS.names]


def _texts_of(texts: pa.Table, name: str) -> list[str]:
    return texts.column(name).to_pylist() if name in texts.column_names else [""] * len(texts)


def _is_paid(rows: pa.Table) -> pa.ChunkedArray:
    stated = pc.fill_null(pc.not_equal(rows.column("base_salary_yearly"), 0.0), False)
    return pc.and_(stated, pc.is_valid(rows.column("label")))


def opening_marks(
    row: Mapping[str, Any], employer: str, title: str, description: str
) -> tuple[str, ...]:
    """What an opening is known by: all of it stood in an earlier row if this is a copy.

    The same employer, level and text (without a text: title and pay); and the currency of the
    pay, if any is stated: an opening in two countries can state two, and a row without pay must
    not hide its copy with it.
    """
    bounds = row["base_salary_min_value"], row["base_salary_max_value"]
    same = (description,) if description else (title, *bounds, row["base_salary_currency"])
    opening = "\0".join(map(str, (employer, row["level"], *same)))
    paid = row["base_salary_yearly"] and row["base_salary_currency"]
    return (opening, f"{opening}\0{paid}") if paid else (opening,)


def to_pay(row: Mapping[str, Any], employer: str, probabilities: Mapping[str, float] = {}) -> Pay:
    """Pay of a row with the added columns, for `classifier.bands`.

    The bounds are brought to a year as their midpoint was.
    """
    yearly, currency = row["base_salary_yearly"], row["base_salary_currency"]
    bounds = row["base_salary_min_value"], row["base_salary_max_value"]
    stated = [bound for bound in bounds if bound is not None]
    paid = bool(yearly and currency and sum(stated))
    factor = yearly * len(stated) / sum(stated) if paid else 0.0
    low, high = (bound * factor if paid and bound is not None else None for bound in bounds)
    country = row["country"] or ""
    return Pay(
        label=row["label"],
        employer=employer,
        level=row["level"] or "",
        country=country,
        region=region_of(country) or "",
        year=row["year"],
        currency=currency if paid else None,
        low=low,
        midpoint=yearly if paid else None,
        high=high,
        probabilities=probabilities,
    )
