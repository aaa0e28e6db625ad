"""What a run of labelling counts: copies once, and pay where it is stated."""

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from classifier.bands import Pay
from classifier.summary import Summary

SCHEMA = pa.schema(
    [
        ("label", pa.string()),
        ("review", pa.bool_()),
        *((f"base_salary_{name}", pa.float64()) for name in ("min_value", "max_value", "yearly")),
        *((name, pa.string()) for name in ("base_salary_currency", "level", "country")),
        ("year", pa.int64()),
    ]
)


def labelled(label: str | None = "cook", yearly: float | None = 1.0) -> dict[str, Any]:
    return {
        "label": label,
        "review": False,
        "base_salary_min_value": yearly,
        "base_salary_max_value": yearly,
        "base_salary_yearly": yearly,
        "base_salary_currency": "EUR",
        "level": "senior",
        "country": "DE",
        "year": 2024,
    }


def add(summary: Summary, row: dict[str, Any], text: str, title: str = "", name: str = "") -> None:
    texts = {"title": [title], "description": [text], "hiring_organization": [name]}
    summary.add(pa.Table.from_pylist([row], SCHEMA), pa.table(texts))


def test_copies_count_once_in_the_bands() -> None:
    summary = Summary()
    for text, employer in [
        ("Bake bread", "Acme"),
        ("Bake bread", " ACME\n"),  # the same employer
        ("Bake bread", "Beta"),
        ("Bake bread daily", "Acme"),
        ("Bake bread", "Acme"),
    ]:
        add(summary, labelled(), text, name=employer)
    assert (summary.n_rows, summary.n_copies) == (5, 2)
    assert summary.pays == [
        Pay("cook", name, "senior", "DE", "Europe", 2024, "EUR", 1.0, 1.0, 1.0)
        for name in ("acme", "beta", "acme")
    ]
    [band] = summary.bands()
    assert replace(band, min_value=None, max_value=None) == summary.bands(bounds=False)[0]
    assert (band.n_postings, band.n_employers) == (3, 2)


@pytest.mark.parametrize(
    "row",
    [labelled(label=None), labelled(yearly=None), labelled() | {"base_salary_currency": None}],
    ids=["no label", "no pay", "no currency"],
)
def test_what_is_in_no_band(row: dict[str, Any]) -> None:
    summary = Summary()
    add(summary, row, "Bake bread")
    assert (summary.n_rows, summary.n_copies) == (1, 0)
    assert all(band.n_cell == 0 for band in summary.bands())


def test_rows_without_a_text_are_copies_by_title_and_pay() -> None:
    summary = Summary()
    for title, yearly in [("Cook", 1.0), ("Cook", 2.0), ("Baker", 1.0), ("Cook", 1.0)]:
        add(summary, labelled(yearly=yearly), "", title)
    assert (len(summary.pays), summary.n_copies) == (3, 1)


def test_a_row_without_pay_does_not_hide_its_copy() -> None:
    summary = Summary()
    for yearly in (None, 1.0, None, 1.0):
        add(summary, labelled(yearly=yearly), "Bake bread")
    assert ([pay.midpoint for pay in summary.pays], summary.n_copies) == ([1.0], 1)


def test_several_rows_at_once_count_as_one_by_one() -> None:
    rows = [labelled(yearly=yearly) for yearly in (1.0, 1.0, None, 2.0)] + [labelled(None)]
    texts = {"description": ["Bake bread"] * 5, "title": [f"Cook {i}" for i in range(5)]}
    summary = Summary()
    for _ in range(2):
        summary.add(pa.Table.from_pylist(rows, SCHEMA), pa.table(texts))
    assert (summary.n_rows, summary.n_copies, summary.labels) == (10, 5, {"cook": 8, "": 2})
    assert [title for title, _ in summary.first] == [f"Cook {i % 5}" for i in range(8)]
    assert summary.first[3][1]["base_salary_yearly"] == 2.0
    assert [pay.midpoint for pay in summary.pays] == [1.0]


def test_pay_of_many_batches_is_in_few_tables() -> None:
    summary = Summary()
    for i in range(100):
        add(summary, labelled(yearly=i + 1.0), f"Bake bread {i}", name=f"Inn {i % 9}")
    assert len(summary._pays) <= 7
    assert [pay.midpoint for pay in summary.pays] == [i + 1.0 for i in range(100)]
    assert {pay.employer for pay in summary.pays} == {f"inn {i}" for i in range(9)}


def test_without_columns_of_pay_there_is_none() -> None:
    summary = Summary()
    summary.add(pa.table({"label": ["cook"], "review": [True]}), pa.table({"title": ["Cook"]}))
    assert (summary.n_rows, summary.n_review, summary.pays) == (1, 1, [])
