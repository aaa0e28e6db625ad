"""Postings to rows of the columns that labelling adds: one by one, or many at once."""

from collections.abc import Collection, Sequence
from decimal import Decimal

import numpy as np
import pyarrow as pa

from classifier.counting import Counter, Ints
from classifier.dimensions import Dimensions, find_dimensions
from classifier.errors import InputError
from classifier.features import read_document
from classifier.lines import unique_headings
from classifier.posting import BaseSalary, JobPosting
from classifier.predict import (
    RESEARCH,
    SOFTWARE,
    classify,
    find_market,
    stated_salary,
)
from classifier.reference import Standing
from classifier.summary import Row
from classifier.table import Floats, Table, softmax
from classifier.yearly import yearly_amount

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
AT_ONCE = 256  # postings whose clean texts are in memory together
NO_DIMENSIONS = Dimensions(None, (), None, None, None)


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
        **_pay_columns(found.base_salary, found.standing, found.estimated_salary),
        **_dimension_columns(found.dimensions),
    }


def _pay_columns(
    salary: BaseSalary | None, standing: Standing | None, estimate: BaseSalary | None
) -> Row:
    yearly = None if salary is None else yearly_amount(salary)
    return {
        "base_salary_min_value": salary and _number(salary.min_value),
        "base_salary_max_value": salary and _number(salary.max_value),
        "base_salary_currency": salary and salary.currency,
        "base_salary_unit_text": salary and salary.unit_text,
        "base_salary_yearly": _number(yearly),
        "base_salary_kind": salary and salary.kind,
        "base_salary_standing": standing and standing.text,
        "estimated_salary_min_value": estimate and _number(estimate.min_value),
        "estimated_salary_max_value": estimate and _number(estimate.max_value),
        "estimated_salary_currency": estimate and estimate.currency,
        "estimated_salary_rule": estimate and estimate.rule,
    }


def _dimension_columns(dimensions: Dimensions) -> Row:
    return {
        "level": dimensions.level and dimensions.level.name,
        "country": dimensions.country or None,
        "remote": dimensions.remote,
        "year": dimensions.year,
    }


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


# --- Many at once ---


def label_many(
    counter: Counter, postings: Sequence[JobPosting], without: Collection[str] = ()
) -> list[Row]:
    """Rows of postings as `label_posting` gives them, to 1e-9; groups left out may be None."""
    parts = (postings[i : i + AT_ONCE] for i in range(0, len(postings), AT_ONCE))
    return [row for part in parts for row in _label_part(counter, part, without)]


def _label_part(
    counter: Counter, postings: Sequence[JobPosting], without: Collection[str]
) -> list[Row]:
    documents = [read_document(one.title, one.description) for one in postings]
    counts = counter.count([one.work for one in documents], [one.title for one in documents])
    rows = _label_columns(counter.table, counts.logits, counts.known)
    skills = [None] * len(rows) if "skills" in without else counts.skills.to_pylist()
    for row, posting, document, named in zip(rows, postings, documents, skills, strict=True):
        row["skills"] = named
        sure = "" if row["review"] else row["label"] or ""
        row |= _read_rest(posting, document.description, sure, without)
    return rows


def _read_rest(posting: JobPosting, text: str, label: str, without: Collection[str]) -> Row:
    """Pay and dimensions of a posting; `label` is "" if it is in doubt."""
    if "salary" in without and "dimensions" in without:
        return NOTHING
    # The standing of a pay goes by level and place, whoever wants to see them.
    dimensions = find_dimensions(posting, text, employment=False)
    shown = _dimension_columns(NO_DIMENSIONS if "dimensions" in without else dimensions)
    if "salary" in without:
        return shown | _pay_columns(None, None, None)
    salary = stated_salary(posting, text)
    return _pay_columns(salary, *find_market(label, dimensions, salary)) | shown


NOTHING = _pay_columns(None, None, None) | _dimension_columns(NO_DIMENSIONS)


def _label_columns(table: Table, logits: Floats, known: Ints) -> list[Row]:
    """Label, probabilities and review, by the rules of `predict`."""
    probabilities = softmax(logits)
    best, hopeless = probabilities.argmax(axis=1), known.sum(axis=1) == 0
    review = (
        hopeless
        | (known[:, 0] < table.min_terms)
        | (probabilities.max(axis=1, initial=0) < table.threshold)
    )
    names, share = (
        ["label", "probability", *probability_columns(table)],
        _shares(table, probabilities),
    )
    rows = []
    for i, (values, one) in enumerate(zip(probabilities.tolist(), best.tolist(), strict=True)):
        shown = [table.classes_[one], values[one], *values]
        row = dict.fromkeys(names) if hopeless[i] else dict(zip(names, shown, strict=True))
        row["research_share"] = None if hopeless[i] else share[i]
        row["review"] = bool(review[i])
        rows.append(row)
    return rows


def _shares(table: Table, probabilities: Floats) -> list[float | None]:
    """`predict.research_share` of many postings."""
    if RESEARCH not in table.classes_ or SOFTWARE not in table.classes_:
        return [None] * len(probabilities)
    research, software = (probabilities[:, table.classes_.index(r)] for r in (RESEARCH, SOFTWARE))
    both = research + software
    shares: list[float | None] = np.divide(
        research, both, out=np.full(len(both), 0.5), where=both > 0
    ).tolist()
    return shares
