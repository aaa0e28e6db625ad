"""What a run of labelling counts: copies once, and pay where it is stated."""

from typing import Any

import pytest

from classifier.bands import Pay
from classifier.posting import JobPosting
from classifier.summary import Summary


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


def test_copies_count_once_in_the_bands() -> None:
    summary = Summary()
    for text, employer in [
        ("Bake bread", "Acme"),
        ("Bake bread", " ACME\n"),  # the same employer
        ("Bake bread", "Beta"),
        ("Bake bread daily", "Acme"),
        ("Bake bread", "Acme"),
    ]:
        summary.add(labelled(), JobPosting(text, hiring_organization=employer))
    assert (summary.n_rows, summary.n_copies) == (5, 2)
    assert summary.pays == [
        Pay("cook", name, "senior", "DE", "Europe", 2024, "EUR", 1.0, 1.0, 1.0)
        for name in ("acme", "beta", "acme")
    ]
    [band] = summary.bands()
    assert (band.n_postings, band.n_employers) == (3, 2)


@pytest.mark.parametrize(
    "row",
    [labelled(label=None), labelled(yearly=None), labelled() | {"base_salary_currency": None}],
    ids=["no label", "no pay", "no currency"],
)
def test_what_is_in_no_band(row: dict[str, Any]) -> None:
    summary = Summary()
    summary.add(row, JobPosting("Bake bread"))
    assert (summary.n_rows, summary.n_copies) == (1, 0)
    assert all(band.n_cell == 0 for band in summary.bands())


def test_rows_without_a_text_are_copies_by_title_and_pay() -> None:
    summary = Summary()
    for title, yearly in [("Cook", 1.0), ("Cook", 2.0), ("Baker", 1.0), ("Cook", 1.0)]:
        summary.add(labelled(yearly=yearly), JobPosting("", title))
    assert (len(summary.pays), summary.n_copies) == (3, 1)


def test_a_row_without_pay_does_not_hide_its_copy() -> None:
    summary = Summary()
    for yearly in (None, 1.0, None, 1.0):
        summary.add(labelled(yearly=yearly), JobPosting("Bake bread"))
    assert ([pay.midpoint for pay in summary.pays], summary.n_copies) == ([1.0], 2)
