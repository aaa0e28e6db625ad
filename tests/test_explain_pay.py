"""Pay of one text, as `classifier salary` shows it."""

import json

import pytest

from classifier.explain_pay import LONGEST_FIELD, explain_pay
from classifier.posting import JobPosting

LONG = "We raised $9 million. " * 12 + "The salary is $60,000 to $70,000 a year."


@pytest.mark.parametrize(
    ("text", "pay", "yearly"),
    [
        ("€40 per hour", ("40", "40", "EUR", "HOUR"), 83_200),
        ("60-70k CHF", ("60000", "70000", "CHF", None), 65_000),
        ("competitive", None, None),
        ("", None, None),
        ('{"minValue": 50, "maxValue": 60, "currency": "GBP", "unitText": "HOUR"}',
         ("50", "60", "GBP", "HOUR"), 114_400),
        ('{"description": "We pay EUR 50000-60000 per year"}',
         ("50000", "60000", "EUR", "YEAR"), 55_000),
        (LONG, ("60000", "70000", None, "YEAR"), 65_000),
    ],
)  # fmt: skip
def test_pay(text: str, pay: tuple[str, ...] | None, yearly: int | None) -> None:
    found = explain_pay(JobPosting(text))
    salary = found.salary
    read = salary and (
        str(salary.min_value), str(salary.max_value), salary.currency, salary.unit_text
    )  # fmt: skip
    assert read == pay
    assert (found.yearly and found.yearly.midpoint) == yearly


def test_every_amount_has_its_pay_or_its_reason() -> None:
    found = explain_pay(JobPosting(LONG))
    assert len(LONG) > LONGEST_FIELD
    assert [one.reason for one in found.readings] == [*["millions"] * 12, None]


def test_the_place_tells_the_dollar() -> None:
    found = explain_pay(JobPosting("$60,000 a year", job_location=("Toronto",)))
    assert found.salary
    assert found.salary.currency == "CAD"


def test_json() -> None:
    plain = json.loads(json.dumps(explain_pay(JobPosting("€40 per hour, bonus €900")).to_json()))
    assert plain["yearly"]["rule"] == "2080 hours"
    assert plain["base_salary"]["minValue"] == 40
    assert [one["reason"] for one in plain["amounts"]] == [None, "bonus"]
    assert json.dumps(explain_pay(JobPosting("")).to_json()) == (
        '{"base_salary": null, "yearly": null, "amounts": []}'
    )
