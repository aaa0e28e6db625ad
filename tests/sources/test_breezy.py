"""Breezy career sites."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.breezy import parse, start
from classifier.sources.wire import Found, Request, ShapeError

URL = "https://slowroast.breezy.hr/json?verbose=true"
HERE = {
    "country": {"name": "United States", "id": "US"},
    "state": {"id": "OR", "name": "Oregon"},
    "city": "Bend",
    "primary": True,
    "is_remote": False,
    "name": "Bend, OR",
}
JOB: dict[str, Any] = {
    "id": "c0ffee",
    "friendly_id": "c0ffee-roaster",
    "name": " Roaster",
    "url": "https://slowroast.breezy.hr/p/c0ffee-roaster",
    "published_date": "2026-10-01T17:45:10.001Z",
    "type": {"id": "fullTime", "name": "Full-Time"},
    "location": HERE,
    "locations": [HERE, {"name": "Boise, ID", "is_remote": False}, {"country": None}],
    "department": "Beans",
    "salary": "$21.40+ / hour",
    "company": {"name": "Slow Roast Co.", "friendly_id": "slowroast"},
    "description": "<p>Roast <em>slowly</em>.</p>",
}


def read(*jobs: object) -> Found:
    return parse(page(list(jobs), URL))


def test_every_field() -> None:
    assert [listing.posting for listing in read(JOB).listings] == [
        JobPosting(
            description="<p>Roast <em>slowly</em>.</p>",
            title="Roaster",
            hiring_organization="Slow Roast Co.",
            job_location=("Bend, Oregon, United States", "Boise, ID"),
            date_posted="2026-10-01T17:45:10.001Z",
            employment_type="Full-Time",
            identifier="c0ffee",
            url="https://slowroast.breezy.hr/p/c0ffee-roaster",
            salary_text="$21.40+ / hour",
        )
    ]


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"company": None}, "hiring_organization", "slowroast"),
        ({"location": {"is_remote": True}}, "job_location_type", "TELECOMMUTE"),
        (
            {"location": {"is_remote": False, "remote_details": {"label": "Hybrid"}}},
            "job_location_type",
            "hybrid",
        ),
        (
            {"location": HERE | {"remote_details": {"label": "Fully remote"}}},
            "job_location_type",
            "TELECOMMUTE",
        ),
        ({"location": None, "locations": None}, "job_location", ()),
        ({"type": None}, "employment_type", ""),
        ({"salary": ""}, "salary_text", ""),
        ({"published_date": None}, "date_posted", ""),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(read(JOB | change).listings[0].posting, name) == expected


def test_a_file_gives_the_same_postings() -> None:
    (listing,) = parse(page([JOB | {"company": None}])).listings
    assert (listing.posting.title, listing.posting.hiring_organization) == ("Roaster", "")


@pytest.mark.parametrize(
    ("company", "host"), [("slowroast", "slowroast"), ("slow roast/#", "slow%20roast%2F%23")]
)
def test_start(company: str, host: str) -> None:
    assert start(company) == [Request(f"https://{host}.breezy.hr/json?verbose=true")]


@pytest.mark.parametrize("url", ["", URL])
def test_an_empty_site(url: str) -> None:
    assert parse(page([], url)) == Found()


@pytest.mark.parametrize("content", [*WRONG_SHAPES, b'{"jobs": []}'])
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


@pytest.mark.parametrize("bad", [JOB | {"name": ""}, {}, None, 17, "job"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = read(bad, JOB)
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        read(bad, bad)
