"""The record, its schema.org spelling, and the headings of a file."""

import dataclasses
import json
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.posting import (
    KINDS,
    MONTHS,
    UNITS,
    BaseSalary,
    JobPosting,
    base_salary_from_json,
    from_json,
    to_json,
)

TEXTS = st.text(max_size=20)
BOUNDS = st.none() | st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False)
SALARIES = st.builds(
    BaseSalary,
    BOUNDS,
    BOUNDS,
    st.none() | st.sampled_from(["USD", "CHF"]),
    st.none() | st.sampled_from(UNITS),
    text=st.none() | TEXTS,
    span=st.none() | st.tuples(st.integers(0, 99), st.integers(100, 999)),
    rule=st.none() | TEXTS,
    kind=st.none() | st.sampled_from(KINDS),
    months=st.none() | st.sampled_from(MONTHS),
)
# An envelope keeps those it joined; they have no alternatives of their own.
ENVELOPES = st.builds(
    dataclasses.replace, SALARIES, alternatives=st.lists(SALARIES, max_size=3).map(tuple)
)
POSTINGS = st.builds(
    JobPosting,
    description=TEXTS,
    title=TEXTS,
    job_location=st.lists(TEXTS, max_size=3).map(tuple),
    date_posted=TEXTS,
    base_salary=st.none() | ENVELOPES,
    salary_text=TEXTS,
)


@given(POSTINGS)
@settings(max_examples=100, deadline=None)
def test_a_posting_survives_json(posting: JobPosting) -> None:
    assert from_json(json.loads(json.dumps(to_json(posting)))) == posting


def test_json_has_every_field_in_the_spelling_of_schema_org() -> None:
    salary = BaseSalary(Decimal("52.50"), Decimal(60), "EUR", "HOUR", "52,50-60 Euro", (4, 17), "r")
    posting = JobPosting("Bakes.", title="Baker", job_location=("Graz", "Linz"), base_salary=salary)
    assert to_json(posting) == {
        "description": "Bakes.",
        "title": "Baker",
        "hiringOrganization": "",
        "jobLocation": ["Graz", "Linz"],
        "jobLocationType": "",
        "datePosted": "",
        "validThrough": "",
        "employmentType": "",
        "identifier": "",
        "url": "",
        "baseSalary": {
            "minValue": 52.5,
            "maxValue": 60,
            "currency": "EUR",
            "unitText": "HOUR",
            "text": "52,50-60 Euro",
            "span": [4, 17],
            "rule": "r",
            "kind": None,
            "alternatives": [],
            "months": None,
        },
        "salaryText": "",
    }


def test_whole_amounts_are_whole_numbers_in_json() -> None:
    written = json.dumps(to_json(BaseSalary(Decimal("1E+5"), Decimal("90000.00"), None, None)))
    assert '"minValue": 100000, "maxValue": 90000,' in written


def test_alternatives_are_written_like_the_salary_and_read_back() -> None:
    level = BaseSalary(Decimal(40), Decimal(45), "EUR", "HOUR", span=(0, 5), kind="base")
    salary = dataclasses.replace(level, max_value=Decimal(60), alternatives=(level, level))
    written = to_json(salary)
    assert written["kind"] == "base"
    assert written["alternatives"] == [to_json(level), to_json(level)]
    assert base_salary_from_json(written) == salary


def test_alternatives_of_alternatives_are_left_aside() -> None:
    inner = to_json(BaseSalary(Decimal(1), None, None, None))
    nested = {"alternatives": [{"minValue": 2, "alternatives": [inner]}]}
    (only,) = base_salary_from_json(nested).alternatives
    assert only == BaseSalary(Decimal(2), None, None, None)


def test_from_json_leaves_unknown_keys_aside_and_needs_none() -> None:
    assert from_json({"@context": "https://schema.org", "sameAs": 1}) == JobPosting("")
    assert base_salary_from_json({}) == BaseSalary(None, None, None, None)


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"title": 5}, "title: expected text, got 5"),
        ({"hiringOrganization": ["a"]}, "hiringOrganization: expected text, got ['a']"),
        ({"jobLocation": [None]}, "jobLocation: expected text, got None"),
        ({"baseSalary": "60k"}, "baseSalary: expected an object, got '60k'"),
        ({"baseSalary": {"minValue": "60k"}}, "minValue: expected a number, got '60k'"),
        ({"baseSalary": {"maxValue": True}}, "maxValue: expected a number, got True"),
        ({"baseSalary": {"maxValue": "NaN"}}, "maxValue: expected a number, got 'NaN'"),
        ({"baseSalary": {"maxValue": "1e999"}}, "maxValue: expected a number, got '1e999'"),
        ({"baseSalary": {"currency": 1}}, "currency: expected text, got 1"),
        ({"baseSalary": {"span": [1]}}, "span: expected two whole numbers, got [1]"),
        ({"baseSalary": {"span": "12"}}, "span: expected two whole numbers, got '12'"),
        (
            {"baseSalary": {"unitText": "ANNUAL"}},
            "unitText: expected one of HOUR, DAY, WEEK, MONTH, YEAR, got 'ANNUAL'",
        ),
        (
            {"baseSalary": {"kind": "net"}},
            "kind: expected one of base, total, on-target, got 'net'",
        ),
        (
            {"baseSalary": {"alternatives": {"minValue": 1}}},
            "alternatives: expected a list of objects, got {'minValue': 1}",
        ),
        (
            {"baseSalary": {"alternatives": [60]}},
            "alternatives: expected a list of objects, got [60]",
        ),
        ({"baseSalary": {"alternatives": [{"kind": 1}]}}, "kind: expected text, got 1"),
        ({"baseSalary": {"months": 11}}, "months: expected 12 to 18, got 11"),
        ({"baseSalary": {"months": True}}, "months: expected 12 to 18, got True"),
        ({"baseSalary": {"months": "13"}}, "months: expected 12 to 18, got '13'"),
    ],
)
def test_a_wrong_type_is_named(mapping: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        from_json(mapping)
    assert str(caught.value) == message


def test_records_cannot_change_and_can_be_keys() -> None:
    posting = JobPosting("text", base_salary=BaseSalary(None, Decimal(1), None, None))
    assert len({posting, dataclasses.replace(posting)}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        posting.title = "x"  # type: ignore[misc]  # that it must not is what is tested


# --- Headings ---


def test_the_record_imports_nothing_heavy() -> None:
    code = (
        "import sys, classifier.posting; print({'numpy', 'pyarrow', 'pandas'} & set(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "set()"
