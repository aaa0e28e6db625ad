"""Lever job sites."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.lever import parse, start
from classifier.sources.wire import Found, Request, ShapeError

URL = "https://api.lever.co/v0/postings/fjordrobotics?mode=json&skip=0&limit=100"
JOB: dict[str, Any] = {
    "id": "0b0c7f5e-1111-4222-8333-444455556666",
    "text": "Rigging Engineer ",
    "hostedUrl": "https://jobs.lever.co/fjordrobotics/0b0c7f5e-1111-4222-8333-444455556666",
    "applyUrl": "https://jobs.lever.co/fjordrobotics/0b0c7f5e/apply",
    "categories": {
        "location": "Tromsø",
        "allLocations": ["Tromsø", " Aarhus ", ""],
        "commitment": "Full Time",
        "team": "Winches",
    },
    "workplaceType": "hybrid",
    "createdAt": 1784203200123,
    "description": "<div>We rig robots.</div>",
    "descriptionPlain": "We rig robots.",
    "lists": [
        {"text": "You will", "content": "<li>Splice rope</li><li>Test winches</li>"},
        {"text": "Nothing", "content": ""},
    ],
    "additional": "<div>Equal chances.</div>",
    "salaryRange": {
        "min": 52000,
        "max": 64000,
        "currency": "EUR",
        "interval": "per-year-salary",
    },
    "salaryDescriptionPlain": "Plus a share of the catch.",
}


def read(*jobs: object) -> Found:
    return parse(page(list(jobs), URL))


def test_every_field() -> None:
    found = read(JOB)
    assert [listing.posting for listing in found.listings] == [
        JobPosting(
            description="<div>We rig robots.</div>\n<h3>You will</h3>\n"
            "<ul><li>Splice rope</li><li>Test winches</li></ul>\n<div>Equal chances.</div>",
            title="Rigging Engineer",
            hiring_organization="fjordrobotics",
            job_location=("Tromsø", "Aarhus"),
            job_location_type="hybrid",
            date_posted="2026-07-16T12:00:00+00:00",
            employment_type="Full Time",
            identifier="0b0c7f5e-1111-4222-8333-444455556666",
            url="https://jobs.lever.co/fjordrobotics/0b0c7f5e-1111-4222-8333-444455556666",
            salary_text='{"salaryRange": {"min": 52000, "max": 64000, "currency": "EUR", '
            '"interval": "per-year-salary"}}',
        )
    ]
    assert (found.requests, found.rejects) == ([], [])


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"categories": {"location": "Bodø"}}, "job_location", ("Bodø",)),
        ({"categories": {"location": "Bodø", "allLocations": []}}, "job_location", ("Bodø",)),
        ({"categories": None}, "job_location", ()),
        ({"categories": {}}, "employment_type", ""),
        ({"workplaceType": "remote"}, "job_location_type", "TELECOMMUTE"),
        ({"workplaceType": "on-site"}, "job_location_type", "on-site"),
        ({"workplaceType": "onsite"}, "job_location_type", "on-site"),
        ({"workplaceType": "unspecified"}, "job_location_type", ""),
        ({"workplaceType": None}, "job_location_type", ""),
        ({"createdAt": None}, "date_posted", ""),
        ({"salaryRange": None}, "salary_text", "Plus a share of the catch."),
        ({"salaryRange": {}, "salaryDescriptionPlain": None}, "salary_text", ""),
        ({"lists": None, "additional": None}, "description", "<div>We rig robots.</div>"),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(read(JOB | change).listings[0].posting, name) == expected


@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("fjordrobotics", "https://api.lever.co/v0/postings/fjordrobotics"),
        ("eu/fjordrobotics", "https://api.eu.lever.co/v0/postings/fjordrobotics"),
        ("fjord robotics&x", "https://api.lever.co/v0/postings/fjord%20robotics%26x"),
    ],
)
def test_start(site: str, address: str) -> None:
    assert start(site) == [Request(f"{address}?mode=json&skip=0&limit=100")]


@pytest.mark.parametrize(
    ("n_jobs", "skip", "following"), [(99, 0, None), (100, 0, 100), (100, 300, 400), (0, 100, None)]
)
def test_a_full_page_has_a_next_one(n_jobs: int, skip: int, following: int | None) -> None:
    jobs = [JOB | {"id": str(number)} for number in range(n_jobs)]
    found = parse(page(jobs, URL.replace("skip=0", f"skip={skip}")))
    assert len(found.listings) == n_jobs
    expected = [] if following is None else [Request(URL.replace("skip=0", f"skip={following}"))]
    assert found.requests == expected


def test_a_full_page_that_is_a_file_asks_for_nothing() -> None:
    found = parse(page([JOB] * 100))
    assert (len(found.listings), found.requests) == (100, [])


@pytest.mark.parametrize("url", ["", URL])
def test_an_empty_site(url: str) -> None:
    assert parse(page([], url)) == Found()


@pytest.mark.parametrize("content", [*WRONG_SHAPES, b'{"ok": false, "error": "no document"}'])
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


@pytest.mark.parametrize("bad", [JOB | {"text": " "}, JOB | {"text": None}, {}, None, 17, "job"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = read(JOB, bad)
    assert [(one.row, one.reason) for one in found.rejects] == [(2, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        read(bad, bad)
