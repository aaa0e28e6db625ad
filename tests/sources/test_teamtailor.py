"""Teamtailor feeds."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.teamtailor import SOURCE, parse, start
from classifier.sources.wire import Found, Request, ShapeError

URL = "https://birchbank.teamtailor.com/jobs.json"
ITEM: dict[str, Any] = {
    "id": "7f00-aa",
    "url": "https://birchbank.teamtailor.com/jobs/51-risk-analyst",
    "title": "Risk Analyst ",
    "content_html": "<p>Weigh risks.</p>",
    "date_published": "2026-03-09T12:00:00+01:00",
    "_jobposting": {
        "@context": "http://schema.org/",
        "@type": "JobPosting",
        "title": "Risk Analyst (schema)",
        "description": "<p>Weigh.</p>",
        "identifier": {"@type": "PropertyValue", "name": "Birch Bank", "value": 51},
        "datePosted": "2026-03-01",
        "validThrough": "2026-06-30T23:59:00+02:00",
        "employmentType": ["FULL_TIME", "CONTRACTOR"],
        "hiringOrganization": {"@type": "Organization", "name": "Birch Bank A/S"},
        "jobLocationType": "TELECOMMUTE",
        "jobLocation": [
            {"@type": "Place", "address": {"addressLocality": "Aarhus", "addressCountry": "DK"}},
            {"@type": "Place", "address": {"addressLocality": "Malmö", "addressCountry": "SE"}},
        ],
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "DKK",
            "value": {"@type": "QuantitativeValue", "minValue": 41000, "unitText": "MONTH"},
        },
    },
}


def answer(*items: object, **more: object) -> dict[str, object]:
    version = "https://jsonfeed.org/version/1.1"
    return {"version": version, "title": "Birch Bank", "items": list(items), **more}


def test_every_field() -> None:
    found = parse(page(answer(ITEM), URL))
    assert [listing.posting for listing in found.listings] == [
        JobPosting(
            description="<p>Weigh risks.</p>",
            title="Risk Analyst",
            hiring_organization="Birch Bank A/S",
            job_location=("Aarhus, DK", "Malmö, SE"),
            job_location_type="TELECOMMUTE",
            date_posted="2026-03-09T12:00:00+01:00",
            valid_through="2026-06-30T23:59:00+02:00",
            employment_type="FULL_TIME, CONTRACTOR",
            identifier="7f00-aa",
            url="https://birchbank.teamtailor.com/jobs/51-risk-analyst",
            salary_text='{"baseSalary": {"@type": "MonetaryAmount", "currency": "DKK", "value": '
            '{"@type": "QuantitativeValue", "minValue": 41000, "unitText": "MONTH"}}}',
        )
    ]
    assert (found.requests, found.rejects) == ([], [])


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"content_html": ""}, "description", "<p>Weigh.</p>"),
        ({"title": None}, "title", "Risk Analyst (schema)"),
        ({"date_published": None}, "date_posted", "2026-03-01"),
        ({"id": None}, "identifier", "51"),
        ({"_jobposting": None}, "hiring_organization", "Birch Bank"),
        ({"_jobposting": ["odd"]}, "job_location", ()),
        ({"_jobposting": {}}, "url", "https://birchbank.teamtailor.com/jobs/51-risk-analyst"),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    (listing,) = parse(page(answer(ITEM | change), URL)).listings
    assert getattr(listing.posting, name) == expected


@pytest.mark.parametrize(
    ("url", "following", "requests"),
    [
        (URL, f"{URL}?page=2", [Request(f"{URL}?page=2")]),
        (f"{URL}?page=2", f"{URL}?page=2", []),  # it would go round for ever
        (URL, None, []),
        (URL, "", []),
        (URL, {"page": 2}, []),
        ("", f"{URL}?page=2", []),
    ],
)
def test_the_next_page(url: str, following: object, requests: list[Request]) -> None:
    found = parse(page(answer(ITEM, next_url=following), url))
    assert found.requests == requests
    assert len(found.listings) == 1


@pytest.mark.parametrize(
    ("site", "host"),
    [
        ("birchbank", "birchbank.teamtailor.com"),
        ("career.birch.example", "career.birch.example"),
        ("birch bank/?", "birch%20bank%2F%3F.teamtailor.com"),
    ],
)
def test_start(site: str, host: str) -> None:
    assert start(site) == [Request(f"https://{host}/jobs.json")]


@pytest.mark.parametrize("url", ["", URL])
def test_an_empty_site(url: str) -> None:
    assert parse(page(answer(), url)) == Found()
    assert SOURCE.is_mine(answer())


@pytest.mark.parametrize("content", WRONG_SHAPES)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


@pytest.mark.parametrize("bad", [{"id": "1", "title": " "}, {"_jobposting": {}}, {}, None, 17, "x"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = parse(page(answer(bad, ITEM), URL))
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        parse(page(answer(bad, bad), URL))
