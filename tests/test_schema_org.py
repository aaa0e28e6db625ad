"""schema.org JobPosting objects as pages write them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.posting import JobPosting
from classifier.schema_org import read_places, read_schema_org
from classifier.structured_pay import parse_pay_field


def place(**address: object) -> dict[str, object]:
    return {"@type": "Place", "address": {"@type": "PostalAddress", **address}}


def test_a_whole_posting() -> None:
    fields = {
        "@type": "JobPosting",
        "title": " Oven&nbsp;Engineer ",
        "description": "<p>Build ovens.</p>",
        "hiringOrganization": {"@type": "Organization", "name": "Crumb Works"},
        "jobLocation": [place(addressLocality="Oslo", addressCountry="NO")],
        "jobLocationType": "TELECOMMUTE",
        "datePosted": "2026-11-01",
        "validThrough": "1970-01-01",
        "employmentType": ["FULL_TIME", "CONTRACTOR"],
        "identifier": {"@type": "PropertyValue", "name": "Crumb Works", "value": 17},
        "url": "https://crumb.example/17",
    }
    assert read_schema_org(fields) == JobPosting(
        "<p>Build ovens.</p>",
        "Oven Engineer",
        "Crumb Works",
        ("Oslo, NO",),
        "TELECOMMUTE",
        "2026-11-01",
        "",
        "FULL_TIME, CONTRACTOR",
        "17",
        "https://crumb.example/17",
    )


@pytest.mark.parametrize(
    ("value", "places"),
    [
        (None, ()),
        ([], ()),
        ("Oslo", ("Oslo",)),
        (["Oslo", "Riga", "Oslo"], ("Oslo", "Riga")),
        (
            place(addressLocality="Lyon", addressRegion="ARA", addressCountry="FR"),
            ("Lyon, ARA, FR",),
        ),
        (
            place(addressLocality="Lyon", addressCountry={"name": ["France", "France"]}),
            ("Lyon, France",),
        ),
        (place(addressLocality="Berlin", addressRegion="Berlin"), ("Berlin",)),
        (
            place(addressLocality="Madrid", addressRegion="Europe", addressCountry="ES"),
            ("Madrid, ES",),
        ),
        (
            place(addressLocality="Leipzig", addressRegion="-", addressCountry="DE"),
            ("Leipzig, DE",),
        ),
        ({"@type": "Place", "name": "Remote, Norway"}, ("Remote, Norway",)),
        ({"@type": "Place", "address": "Main St 1, Oslo"}, ("Main St 1, Oslo",)),
        ({"@type": "Place", "address": [{"addressLocality": "Oslo"}]}, ("Oslo",)),
        (
            [{**place(addressLocality="Oslo"), "name": name} for name in ("Oslo", "Bergen, NO")],
            ("Oslo", "Bergen, NO"),
        ),
        ([place(addressLocality="Anywhere")] * 5, ("Anywhere",)),
        ([17, True, {"address": None}], ()),
    ],
)
def test_places(value: object, places: tuple[str, ...]) -> None:
    assert read_places(value) == places


@pytest.mark.parametrize(
    ("pay", "expected"),
    [
        ({"baseSalary": "100000", "salaryCurrency": "USD"}, (100_000, "USD")),
        (
            {
                "baseSalary": {
                    "currency": "EUR",
                    "value": {"minValue": 40, "maxValue": 50, "unitText": "HOUR"},
                }
            },
            (40, "EUR"),
        ),
        ({"baseSalary": {"currency": "NOK", "value": "55000", "unitCode": "ANN"}}, (55_000, "NOK")),
        ({"salaryCurrency": "USD"}, None),
        ({"baseSalary": "", "salaryCurrency": "USD"}, None),
        ({"estimatedSalary": 90_000, "salaryCurrency": "USD"}, None),
        ({"baseSalary": "nach Vereinbarung"}, None),
    ],
)
def test_pay_is_kept_as_it_stands(pay: dict[str, object], expected: tuple[int, str] | None) -> None:
    text = read_schema_org(pay).salary_text
    found = parse_pay_field(text)
    got = None if found is None else (int(found.min_value or 0), found.currency)
    assert got == expected
    assert not text or json.loads(text).items() <= pay.items()


def test_parts_of_the_text_are_not_lost() -> None:
    fields = {
        "description": "We bake.",
        "responsibilities": ["Knead.", "Sell."],
        "skills": "We bake.",
    }
    assert read_schema_org(fields).description == "We bake.\n\nKnead.\nSell."


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = ["title", "description", "hiringOrganization", "jobLocation", "identifier", "baseSalary"]


@given(st.dictionaries(st.sampled_from([*NAMES, "datePosted", "employmentType", "url"]), JSON))
def test_any_object_gives_a_posting(fields: dict[str, object]) -> None:
    assert isinstance(read_schema_org(fields), JobPosting)
