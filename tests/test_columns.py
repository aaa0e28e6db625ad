"""Headings of files against the fields of the record."""

import dataclasses
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.columns import (
    FIELDS,
    PAY_COLUMNS,
    SYNONYMS,
    TRAINING_FIELDS,
    free_names,
    map_headings,
)
from classifier.errors import InputError
from classifier.posting import JobPosting, schema_name

TEXTS = st.text(max_size=20)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        pytest.param(
            ["title", "description", "hiring_organization", "label"],
            {f: f for f in ("title", "description", "hiring_organization", "label")},
            id="own names",
        ),
        pytest.param(
            ["hiringOrganization", "DATE POSTED", "Job-Location-Type", "description"],
            {
                "description": "description",
                "hiring_organization": "hiringOrganization",
                "job_location_type": "Job-Location-Type",
                "date_posted": "DATE POSTED",
            },
            id="own names in other spellings",
        ),
        pytest.param(
            ["Firma", "Stelle", "Beschreibung", "Ort", "Vergütung"],
            {
                "title": "Stelle",
                "description": "Beschreibung",
                "hiring_organization": "Firma",
                "job_location": "Ort",
                "base_salary": "Vergütung",
            },
            id="German",
        ),
        pytest.param(
            ["Entreprise", "Poste", "Descriptif", "Lieu", "Salaire"],
            {
                "title": "Poste",
                "description": "Descriptif",
                "hiring_organization": "Entreprise",
                "job_location": "Lieu",
                "base_salary": "Salaire",
            },
            id="French",
        ),
        pytest.param(
            ["Job Title", "Company", "City", "Job_Description", "Posted At", "jobUrl", "ID", "Pay"],
            {
                "title": "Job Title",
                "description": "Job_Description",
                "hiring_organization": "Company",
                "job_location": "City",
                "date_posted": "Posted At",
                "identifier": "ID",
                "url": "jobUrl",
                "base_salary": "Pay",
            },
            id="synonyms",
        ),
        pytest.param(
            ["job_title", "Title", "body"],
            {"title": "Title", "description": "body"},
            id="own first",
        ),
        pytest.param(
            ["TITLE", "title", "text"],
            {"title": "title", "description": "text"},
            id="literal first",
        ),
        pytest.param(
            ["content", "text", "role", "position"],
            {"title": "position", "description": "text"},
            id="of two synonyms the earlier in the list, not in the file",
        ),
        pytest.param(
            ["text", "employer"],
            {"description": "text", "hiring_organization": "employer"},
            id="a lone employer is the organization",
        ),
        pytest.param(
            ["text", "employer", "company"],
            {"description": "text", "hiring_organization": "company", "employer": "employer"},
            id="an employer beside a company is the group",
        ),
        pytest.param(["role", "notes", ""], {"title": "role"}, id="a title alone is enough"),
        pytest.param(
            ["text", "pay", "salary", "salaryRange", "pay_input_ranges"],
            {"description": "text", "base_salary": "pay_input_ranges"},
            id="pay in JSON before pay in words",
        ),
        pytest.param(
            ["text", "interval", "min_amount", "max_amount", "currency", "salary_source"],
            {
                "description": "text",
                "salary_min": "min_amount",
                "salary_max": "max_amount",
                "salary_currency": "currency",
                "salary_period": "interval",
            },
            id="columns for the parts of pay",
        ),
        pytest.param(
            ["text", "salary", "salary_min", "minSalary", "salary_period", "period"],
            {
                "description": "text",
                "base_salary": "salary",
                "salary_min": "salary_min",
                "salary_period": "salary_period",
            },
            id="parts of pay by their own names",
        ),
        pytest.param(
            ["text", "base_salary_min_value", "base_salary_max_value", "base_salary_currency"],
            {"description": "text"},
            id="what labelling wrote is not read back",
        ),
        pytest.param(
            ["text", "category", "title label", "kind"],
            {"description": "text", "title_label": "title label"},
            id="no synonyms for training columns",
        ),
    ],
)
def test_headings_are_found(headings: list[str], expected: dict[str, str]) -> None:
    found = map_headings(headings)
    assert found == expected
    assert list(found) == [field for field in FIELDS if field in expected]


def test_what_is_given_wins() -> None:
    headings = ["title", "text", "summary", "company"]
    given = {"description": "summary", "hiring_organization": "title"}
    assert map_headings(headings, given) == {
        "description": "summary",
        "hiring_organization": "title",
    }


@pytest.mark.parametrize(
    ("headings", "given", "parts"),
    [
        (["foo", "b\nar"], {}, ["'foo', 'b\\nar'", "--column description=HEADING"]),
        ([], {}, ["(none)"]),
        (["text"], {"desc": "text"}, ["unknown field 'desc'", "hiring_organization", "'text'"]),
        (["text", "b"], {"title": "c"}, ["no column 'c' for the field title", "'text', 'b'"]),
        (["text"], {"title": "text", "url": "text"}, ["title=text, url=text"]),
        ([f"c{n}" for n in range(50)], {}, ["'c39' and 10 more"]),
    ],
)
def test_the_columns_seen_are_named(
    headings: list[str], given: dict[str, str], parts: list[str]
) -> None:
    with pytest.raises(InputError) as caught:
        map_headings(headings, given)
    assert all(part in str(caught.value) for part in parts)
    assert "\n" not in str(caught.value)


def test_no_name_serves_two_fields() -> None:
    synonyms = [*SYNONYMS.values(), *PAY_COLUMNS.values()]
    names = [*FIELDS, *(name for names in synonyms for name in names)]
    keys = Counter(name.replace(" ", "").replace("_", "") for name in names)
    # The one that does: the second reading is for files that name a company besides.
    assert [key for key, count in keys.items() if count > 1] == ["employer"]


def test_the_fields_are_those_of_the_record() -> None:
    names = {field.name for field in dataclasses.fields(JobPosting)}
    assert set(FIELDS) - set(TRAINING_FIELDS) - set(PAY_COLUMNS) == names - {"salary_text"}
    assert len({schema_name(name) for name in names}) == len(names)


@given(st.lists(st.sampled_from([*FIELDS, "Text", "role", "pay", "x"]) | TEXTS, unique=True))
@settings(max_examples=200, deadline=None)
def test_a_heading_is_used_once(headings: list[str]) -> None:
    try:
        found = map_headings(headings)
    except InputError:
        return
    assert len(set(found.values())) == len(found)
    assert set(found.values()) <= set(headings)


@given(st.lists(TEXTS, unique=True), st.lists(TEXTS, unique=True))
@settings(max_examples=200, deadline=None)
def test_renaming_keeps_every_column(columns: list[str], added: list[str]) -> None:
    renamed = free_names(columns, added)
    kept = [renamed.get(name, name) for name in columns]
    assert len({*kept, *added}) == len(kept) + len(added)
    assert set(renamed) == set(columns) & set(added)
