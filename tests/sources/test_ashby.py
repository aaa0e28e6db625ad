"""Ashby job sites."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.ashby import SOURCE, parse, start
from classifier.sources.wire import Found, Request, ShapeError

URL = "https://api.ashbyhq.com/posting-api/job-board/lanternlabs?includeCompensation=true"
SALARY = {
    "id": "c1",
    "summary": "€61K – €74K",
    "compensationType": "Salary",
    "interval": "1 YEAR",
    "currencyCode": "EUR",
    "minValue": 61000,
    "maxValue": 74000,
}
EQUITY = {"compensationType": "EquityPercentage", "interval": "NONE", "minValue": None}
PAID = (
    '{"components": [{"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "EUR", '
    '"minValue": 61000, "maxValue": 74000}]}'
)
JOB: dict[str, Any] = {
    "id": "5d1c2f3a-aaaa-4bbb-8ccc-ddddeeeeffff",
    "title": " Staff Data Engineer ",
    "department": "Data",
    "employmentType": "FullTime",
    "location": "Lisbon",
    "secondaryLocations": [
        {"location": "Porto ", "address": {"postalAddress": {"addressCountry": "Portugal"}}},
        {"location": "Lisbon"},
    ],
    "isRemote": True,
    "workplaceType": "Hybrid",
    "isListed": True,
    "publishedAt": "2026-05-04T10:20:30.123+00:00",
    "jobUrl": "https://jobs.ashbyhq.com/lanternlabs/5d1c2f3a-aaaa-4bbb-8ccc-ddddeeeeffff",
    "descriptionHtml": "<p>Build <b>pipelines</b>.</p>",
    "descriptionPlain": "Build pipelines.",
    "compensation": {
        "compensationTierSummary": "€61K – €74K • 0.1%",
        "scrapeableCompensationSalarySummary": "€61K - €74K",
        "compensationTiers": [{"id": "t1", "components": [SALARY, EQUITY]}],
        "summaryComponents": [SALARY],
    },
}


def read(*jobs: object) -> Found:
    return parse(page({"apiVersion": "1", "jobs": list(jobs)}, URL))


def test_every_field() -> None:
    assert [listing.posting for listing in read(JOB).listings] == [
        JobPosting(
            description="<p>Build <b>pipelines</b>.</p>",
            title="Staff Data Engineer",
            hiring_organization="lanternlabs",
            job_location=("Lisbon", "Porto"),
            job_location_type="hybrid",
            date_posted="2026-05-04T10:20:30.123+00:00",
            employment_type="FullTime",
            identifier="5d1c2f3a-aaaa-4bbb-8ccc-ddddeeeeffff",
            url="https://jobs.ashbyhq.com/lanternlabs/5d1c2f3a-aaaa-4bbb-8ccc-ddddeeeeffff",
            salary_text=PAID,
        )
    ]


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"workplaceType": None}, "job_location_type", "TELECOMMUTE"),
        ({"workplaceType": "OnSite", "isRemote": False}, "job_location_type", "on-site"),
        ({"workplaceType": None, "isRemote": None}, "job_location_type", ""),
        ({"secondaryLocations": None}, "job_location", ("Lisbon",)),
        ({"location": None, "secondaryLocations": [None, {}]}, "job_location", ()),
        ({"descriptionHtml": None}, "description", "Build pipelines."),
        ({"id": None}, "identifier", "5d1c2f3a-aaaa-4bbb-8ccc-ddddeeeeffff"),
        ({"compensation": None}, "salary_text", ""),
        ({"compensation": {"summaryComponents": [EQUITY, SALARY]}}, "salary_text", PAID),
        ({"compensation": {"compensationTiers": [], "summaryComponents": []}}, "salary_text", ""),
        (
            {
                "compensation": {
                    "compensationTiers": [{"components": [EQUITY]}],
                    "scrapeableCompensationSalarySummary": "CA$90K ",
                }
            },
            "salary_text",
            "CA$90K",
        ),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(read(JOB | change).listings[0].posting, name) == expected


def test_pay_that_is_not_asked_for() -> None:
    without = {key: value for key, value in JOB.items() if key != "compensation"}
    assert read(without).listings[0].posting.salary_text == ""


def test_a_posting_that_is_not_listed_is_left_out() -> None:
    found = read(JOB | {"isListed": False}, JOB | {"id": "2"})
    assert [listing.posting.identifier for listing in found.listings] == ["2"]
    assert found.rejects == []
    assert read(JOB | {"isListed": False}) == Found()


@pytest.mark.parametrize(
    ("site", "path"),
    [
        ("lanternlabs", "lanternlabs"),
        ("lantern labs/x", "lantern%20labs%2Fx"),
        ("lantern%20labs", "lantern%20labs"),
    ],
)
def test_start(site: str, path: str) -> None:
    address = f"https://api.ashbyhq.com/posting-api/job-board/{path}?includeCompensation=true"
    assert start(site) == [Request(address)]


@pytest.mark.parametrize("url", ["", URL])
def test_an_empty_site(url: str) -> None:
    value = {"apiVersion": "1", "jobs": []}
    assert parse(page(value, url)) == Found()
    assert SOURCE.is_mine(value)


@pytest.mark.parametrize("content", WRONG_SHAPES)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


@pytest.mark.parametrize("bad", [JOB | {"title": ""}, JOB | {"title": []}, {}, None, 17, "job"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = read(JOB, bad)
    assert [(one.row, one.reason) for one in found.rejects] == [(2, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 1 items"):
        read(bad)
