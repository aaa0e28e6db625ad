"""Rows of many postings: those of one at a time."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from classifier.counting import Counter
from classifier.errors import InputError
from classifier.posting import JobPosting
from classifier.reading import Reader
from classifier.rows import GROUPS, Tools, added_schema, label_many, label_posting, label_texts
from classifier.summary import Row
from classifier.table import Table

Rows = list[Row]
POSTINGS = [
    JobPosting(""),
    JobPosting("", "Engineer"),
    JobPosting("zzz qqq", "zzz"),
    JobPosting("<p>Build pipelines in SQL &amp; Spark.</p>", "Senior Analyst", "Acme"),
    JobPosting("Σας, İstanbul: build pipelines and reports in SQL, Spark", "engineer"),
    JobPosting(
        "Design experiments, train models in PyTorch. $150,000 - $170,000 per year. " * 5,
        "Research Scientist (remote)",
        job_location=("Boston, MA",),
        date_posted="2024-05-01",
    ),
    JobPosting(
        "Own REST services in Go, Kubernetes. " * 20, "Backend Engineer", salary_text="€60k"
    ),
]


def label_all(table: Table, postings: Sequence[JobPosting], without: Sequence[str] = ()) -> Rows:
    rows: Rows = label_many(Tools(Reader(), Counter(table)), postings, without).to_pylist()
    return rows


def check_rows(found: list[Row], expected: list[Row]) -> None:
    __tracebackhide__ = True
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one.keys() == other.keys()
        for name, value in other.items():
            if isinstance(value, float):
                np.testing.assert_allclose(one[name], value, rtol=1e-9, atol=1e-9)
            else:
                assert one[name] == value, name
                assert type(one[name]) is type(value), name


def test_many_rows_are_those_of_one_at_a_time(table: Table, small_table: Table) -> None:
    for one in (table, small_table):
        check_rows(label_all(one, POSTINGS), [label_posting(one, p) for p in POSTINGS])


def test_real_rows_are_those_of_one_at_a_time(table: Table, corpus: Path) -> None:
    rows = pq.read_table(corpus, columns=["title", "description", "location"]).to_pylist()[::160]
    postings = [
        JobPosting(r["description"], r["title"] or "", "", (r["location"] or "",)) for r in rows
    ]
    assert len(postings) > 100
    check_rows(label_all(table, postings), [label_posting(table, p) for p in postings])


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_that_is_left_out_changes_no_other_column(table: Table, group: str) -> None:
    every = [label_posting(table, posting) for posting in POSTINGS]
    found = label_all(table, POSTINGS, [group])
    kept = added_schema(table, [group]).names
    assert [name for name in added_schema(table).names if name not in kept] == list(GROUPS[group])
    check_rows(*([{name: row[name] for name in kept} for row in rows] for rows in (found, every)))


def test_the_label_alone(table: Table) -> None:
    assert added_schema(table, list(GROUPS)).names == [
        "label",
        "probability",
        *(f"probability_{name}" for name in ("other", "research_engineer", "software_engineer")),
        "research_share",
    ]


@pytest.mark.parametrize("n", [1, 255, 256, 257, 600])
def test_texts_may_be_all_there_is(table: Table, n: int) -> None:
    text = "Train models, pay: $90,000 a year."
    texts = pa.table({"description": pa.array([text] * n, pa.large_string())})
    found = label_texts(Tools(Reader(), Counter(table)), texts).to_pylist()
    check_rows(found, [label_posting(table, JobPosting(text))] * n)


def test_an_unknown_group_is_named(table: Table) -> None:
    with pytest.raises(InputError, match="no columns 'pay' to leave out; there are review, skills"):
        added_schema(table, ["pay"])
