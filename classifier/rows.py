"""Postings to rows of the columns that labelling adds: one by one, or many at once."""

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from classifier.columns import PAY_COLUMNS
from classifier.compiler import has_compiler
from classifier.counting import Column, Counter, Ints
from classifier.dimensions import Dimensions, find_dimensions
from classifier.errors import InputError
from classifier.lines import unique_headings
from classifier.posting import BaseSalary, JobPosting
from classifier.predict import (
    RESEARCH,
    SOFTWARE,
    classify,
    find_market,
    stated_salary,
)
from classifier.quick import Look
from classifier.reading import Reader, as_strings
from classifier.reference import Standing
from classifier.structured_pay import join_columns
from classifier.summary import Row
from classifier.table import Floats, Table, softmax
from classifier.yearly import yearly_amount

TEXT_FIELDS = (
    "title",
    "description",
    "base_salary",
    "hiring_organization",
    "job_location",
    "job_location_type",
    "date_posted",
    *PAY_COLUMNS,
)
PAY = ("min_value", "max_value", "currency", "unit_text", "yearly", "kind", "standing")
ESTIMATE = ("min_value", "max_value", "currency", "rule")
GROUPS = {  # of columns that can be left out
    "review": ("review",),
    "skills": ("skills",),
    "salary": (
        *(f"base_salary_{name}" for name in PAY),
        *(f"estimated_salary_{name}" for name in ESTIMATE),
    ),
    "dimensions": ("level", "country", "remote", "year"),
}
REST = (*GROUPS["salary"], *GROUPS["dimensions"])  # columns that are read in Python
AT_ONCE = 256  # postings that are read for pay and dimensions together
NO_DIMENSIONS = Dimensions(None, (), None, None, None)

Values = tuple[Any, ...]  # of some columns in a row
_NO_PAY, _NO_ESTIMATE = (None,) * 6, (None,) * 4
_NOTHING_OF_PAY = (None,) * len(GROUPS["salary"])


def added_schema(table: Table, without: Collection[str] = ()) -> pa.Schema:
    """Columns that labelling adds, in order, but for those of some `GROUPS`.

    Raises
    ------
    InputError
        If a group is unknown.
    """
    if unknown := [name for name in without if name not in GROUPS]:
        raise InputError(f"no columns {unknown[0]!r} to leave out; there are {', '.join(GROUPS)}")
    out = {column for name in without for column in GROUPS[name]}
    number, text = pa.float64(), pa.string()
    schema = pa.schema(
        [
            ("label", text),
            ("probability", number),
            *((column, number) for column in probability_columns(table)),
            ("research_share", number),
            ("review", pa.bool_()),
            ("skills", pa.list_(text)),
            ("base_salary_min_value", number),
            ("base_salary_max_value", number),
            ("base_salary_currency", text),
            ("base_salary_unit_text", text),
            ("base_salary_yearly", number),
            ("base_salary_kind", text),
            ("base_salary_standing", text),
            ("estimated_salary_min_value", number),
            ("estimated_salary_max_value", number),
            ("estimated_salary_currency", text),
            ("estimated_salary_rule", text),
            ("level", text),
            ("country", text),
            ("remote", pa.bool_()),
            ("year", pa.int64()),
        ]
    )
    return pa.schema([field for field in schema if field.name not in out])


def probability_columns(table: Table) -> list[str]:
    """Name of the column of each label's probability: `probability_research_engineer`."""
    return unique_headings(["probability_" + c.replace("-", "_") for c in table.classes_])


def label_posting(table: Table, posting: JobPosting) -> Row:
    """Added columns of one posting, by name; the numbers are those of `classify`."""
    found = classify(table, posting, explain=False)
    pay = _pay_values(found.base_salary, found.standing, found.estimated_salary)
    return {
        "label": found.label,
        "probability": found.probabilities.get(found.label or ""),
        **dict(
            zip(
                probability_columns(table),
                map(found.probabilities.get, table.classes_),
                strict=True,
            )
        ),
        "research_share": found.research_share,
        "review": found.review,
        "skills": list(dict.fromkeys(match.skill for match in found.skills)),
        **dict(zip(GROUPS["salary"], pay, strict=True)),
        **dict(zip(GROUPS["dimensions"], _dimension_values(found.dimensions), strict=True)),
    }


def _pay_values(
    salary: BaseSalary | None, standing: Standing | None, estimate: BaseSalary | None
) -> Values:
    """Values of `GROUPS["salary"]`."""
    stated = _NO_PAY if salary is None else _stated_values(salary)
    expected = _NO_ESTIMATE if estimate is None else _estimate_values(estimate)
    return (*stated, standing and standing.text, *expected)


def _stated_values(salary: BaseSalary) -> Values:
    return (
        _number(salary.min_value),
        _number(salary.max_value),
        salary.currency,
        salary.unit_text,
        _number(yearly_amount(salary)),
        salary.kind,
    )


@lru_cache(maxsize=4096)  # there are no more than there are bands
def _estimate_values(estimate: BaseSalary) -> Values:
    low, high = _number(estimate.min_value), _number(estimate.max_value)
    return low, high, estimate.currency, estimate.rule


def _dimension_values(dimensions: Dimensions) -> Values:
    """Values of `GROUPS["dimensions"]`."""
    level = dimensions.level and dimensions.level.name
    return level, dimensions.country or None, dimensions.remote, dimensions.year


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


# --- Many at once ---


class Tools(NamedTuple):
    """What labels many postings at once, for one thread."""

    reader: Reader
    counter: Counter


def label_many(
    tools: Tools, postings: Sequence[JobPosting], without: Collection[str] = ()
) -> pa.Table:
    """Rows of postings as `label_posting` gives them, to 1e-9, as a table.

    Columns of groups that are left out may be missing.
    """
    titles, texts = [one.title for one in postings], [one.description for one in postings]
    return _label_columns(tools, titles, texts, lambda i, j: postings[i:j], without)


def label_texts(tools: Tools, texts: pa.Table, without: Collection[str] = ()) -> pa.Table:
    """The same for the postings of a table of `TEXT_FIELDS`."""
    titles, descriptions = (_texts_of(texts, name) for name in ("title", "description"))
    # What is read besides the label is read in the clean description. There is a title in any case:
    # a table without columns cannot be cut.
    rest = {name: texts.column(name) for name in texts.column_names if name != "description"}
    fields = pa.table({"title": titles} | rest)

    def postings(i: int, j: int) -> list[JobPosting]:
        return list(postings_of(fields.slice(i, j - i)))

    return _label_columns(tools, titles, descriptions, postings, without)


def _label_columns(
    tools: Tools,
    titles: Column,
    descriptions: Column,
    postings: Callable[[int, int], Sequence[JobPosting]],
    without: Collection[str],
) -> pa.Table:
    documents = tools.reader.read(titles, descriptions)
    wanted = "skills" not in without
    counts = tools.counter.count(documents.works, documents.titles, skills=wanted)
    columns = _labels(tools.counter.table, counts.logits, counts.known)
    columns["skills"] = counts.skills
    if not {"salary", "dimensions"} <= set(without):
        sure = pc.if_else(columns["review"], None, columns["label"]).to_pylist()
        columns |= _rest(documents.descriptions, sure, postings, without)
    fields = [field for field in added_schema(tools.counter.table) if field.name in columns]
    return pa.table([columns[field.name] for field in fields], schema=pa.schema(fields))


def _rest(
    descriptions: pa.Array,
    labels: Sequence[str | None],
    postings: Callable[[int, int], Sequence[JobPosting]],
    without: Collection[str],
) -> dict[str, list[Any]]:
    """Columns of pay and dimensions; the label of a posting is None if it is in doubt."""
    rows: list[Values] = []
    for i in range(0, len(labels), AT_ONCE):
        part = slice(i, i + AT_ONCE)
        texts = descriptions[part]
        known = zip(
            postings(i, i + AT_ONCE), texts.to_pylist(), look_at(texts), labels[part], strict=True
        )
        rows += [_read_rest(*one, without) for one in known]
    return dict(zip(REST, map(list, zip(*rows, strict=True)), strict=bool(rows)))


def look_at(texts: pa.Array) -> Sequence[Look | None]:
    """Quick looks at texts, if there is a compiler."""
    if not has_compiler():
        return [None] * len(texts)
    from classifier.looks import look

    return look(*as_strings(texts))


def _read_rest(
    posting: JobPosting,
    text: str,
    look: Look | None,
    label: str | None,
    without: Collection[str],
) -> Values:
    """Values of `REST`."""
    # The standing of a pay goes by level and place, whoever wants to see them.
    dimensions = find_dimensions(posting, text, employment=False, look=look)
    shown = _dimension_values(NO_DIMENSIONS if "dimensions" in without else dimensions)
    if "salary" in without:
        return _NOTHING_OF_PAY + shown
    salary = stated_salary(posting, text, look)
    return _pay_values(salary, *find_market(label or "", dimensions, salary)) + shown


def _labels(table: Table, logits: Floats, known: Ints) -> dict[str, Any]:
    """Columns of label, probabilities and review, by the rules of `predict`."""
    probabilities = softmax(logits)
    top, hopeless = probabilities.max(axis=1, initial=0), known.sum(axis=1) == 0
    best = pa.array(probabilities.argmax(axis=1), mask=hopeless)
    unsure = hopeless | (known[:, 0] < table.min_terms) | (top < table.threshold)
    names, shares = probability_columns(table), _shares(table, probabilities)
    return {
        "label": pa.array(table.classes_, pa.string()).take(best),
        "probability": pa.array(top, mask=hopeless),
        **{name: pa.array(probabilities[:, i], mask=hopeless) for i, name in enumerate(names)},
        "research_share": pa.nulls(len(top), pa.float64())
        if shares is None
        else pa.array(shares, mask=hopeless),
        "review": pa.array(unsure),
    }


def _shares(table: Table, probabilities: Floats) -> Floats | None:
    """`predict.research_share` of many postings."""
    if RESEARCH not in table.classes_ or SOFTWARE not in table.classes_:
        return None
    research, software = (probabilities[:, table.classes_.index(r)] for r in (RESEARCH, SOFTWARE))
    both = research + software
    shares: Floats = np.divide(research, both, out=np.full(len(both), 0.5), where=both > 0)
    return shares


# --- Tables of texts ---


def postings_of(texts: pa.Table) -> Iterator[JobPosting]:
    """Postings of a table with strings in some of `TEXT_FIELDS`."""
    names = texts.column_names
    columns = (
        texts.column(name).to_pylist() if name in names else [""] * len(texts)
        for name in TEXT_FIELDS
    )
    for title, description, pay, employer, place, place_type, posted, *parts in zip(
        *columns, strict=True
    ):
        salary = join_columns(pay, *parts) if any(parts) else pay
        yield JobPosting(
            description, title, employer, (place,), place_type, posted, salary_text=salary
        )


def _texts_of(texts: pa.Table, name: str) -> pa.ChunkedArray:
    if name in texts.column_names:
        return texts.column(name)
    return pa.chunked_array([pa.repeat("", len(texts))])
