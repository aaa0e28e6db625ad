"""What a run of labelling counts: labels, reviews, and the pay of each opening once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from classifier.bands import Band, Pay, salary_bands
from classifier.countries import region_of
from classifier.duplicates import employer_key
from classifier.posting import JobPosting
from classifier.table import fingerprint

Row = dict[str, Any]
SHOWN = 8  # rows of the result table


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
        Rows whose employer and text an earlier row has too: they count once in the bands.
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
    pays: list[Pay] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def bands(self) -> list[Band]:
        """Yearly pay by label and currency, copies counted once."""
        return salary_bands(self.pays)

    def add(self, row: Row, posting: JobPosting) -> None:
        """Count a labelled posting."""
        self.n_rows += 1
        self.n_review += row["review"]
        self.labels[row["label"] or ""] += 1
        if len(self.first) < SHOWN:
            self.first.append((posting.title, row))
        employer = employer_key(posting.hiring_organization)
        known = (employer, posting.title, posting.description)
        marks = {fingerprint(mark) for mark in opening_marks(row, *known)}
        copy = marks <= self.seen
        self.n_copies += copy
        self.seen |= marks
        # The bands of a run show no cell in which nobody states pay: those rows cost no memory.
        if row["label"] and row["base_salary_yearly"] and not copy:
            self.pays.append(to_pay(row, employer))


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
