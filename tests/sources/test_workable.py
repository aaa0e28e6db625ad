"""Workable job sites."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.wire import Found, Request, ShapeError
from classifier.sources.workable import SOURCE, parse, start

URL = "https://apply.workable.com/api/v1/widget/accounts/heron?details=true"
JOB: dict[str, Any] = {
    "title": " Bird Analyst",
    "shortcode": "AB12CD34EF",
    "code": "",
    "employment_type": "Full-time",
    "telecommuting": False,
    "workplace": "on_site",
    "url": "https://apply.workable.com/j/AB12CD34EF",
    "published_on": "2026-09-03",
    "created_at": "2026-08-30",
    "country": "Belgium",
    "city": "Ghent",
    "state": "East Flanders",
    "locations": [
        {"country": "Belgium", "city": "Ghent", "region": "East Flanders", "hidden": False},
        {"country": "Belgium", "city": "Bruges", "region": None, "hidden": False},
        {"country": "France", "city": "Lille", "region": None, "hidden": True},
    ],
    "description": "<p>Count birds &amp; nests.</p>",
}
BARE = {key: value for key, value in JOB.items() if key != "locations"}


def read(*jobs: object) -> Found:
    value = {"name": "Heron Analytics ", "description": "<p>Us.</p>", "jobs": list(jobs)}
    return parse(page(value, URL))


def test_every_field() -> None:
    assert [listing.posting for listing in read(JOB).listings] == [
        JobPosting(
            description="<p>Count birds &amp; nests.</p>",
            title="Bird Analyst",
            hiring_organization="Heron Analytics",
            job_location=("Ghent, East Flanders, Belgium", "Bruges, Belgium"),
            job_location_type="on-site",
            date_posted="2026-09-03",
            employment_type="Full-time",
            identifier="AB12CD34EF",
            url="https://apply.workable.com/j/AB12CD34EF",
        )
    ]


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({}, "job_location", ("Ghent, East Flanders, Belgium",)),
        ({"city": "", "state": None}, "job_location", ("Belgium",)),
        ({"locations": []}, "job_location", ("Ghent, East Flanders, Belgium",)),
        ({"workplace": "hybrid", "telecommuting": True}, "job_location_type", "hybrid"),
        ({"workplace": None, "telecommuting": True}, "job_location_type", "TELECOMMUTE"),
        ({"workplace": "remote"}, "job_location_type", "TELECOMMUTE"),
        ({"published_on": None}, "date_posted", "2026-08-30"),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(read(BARE | change).listings[0].posting, name) == expected


def test_rows_of_one_posting_are_put_together() -> None:
    found = read(
        BARE,
        BARE | {"shortcode": "OTHER"},
        BARE | {"city": "Lisbon", "state": "", "country": "Portugal"},
        BARE,
    )
    assert [(one.posting.identifier, one.posting.job_location) for one in found.listings] == [
        ("AB12CD34EF", ("Ghent, East Flanders, Belgium", "Lisbon, Portugal")),
        ("OTHER", ("Ghent, East Flanders, Belgium",)),
    ]


@pytest.mark.parametrize(
    ("account", "path"), [("heron", "heron"), ("he ron/#1", "he%20ron%2F%231")]
)
def test_start(account: str, path: str) -> None:
    address = f"https://apply.workable.com/api/v1/widget/accounts/{path}?details=true"
    assert start(account) == [Request(address)]


@pytest.mark.parametrize("url", ["", URL])
def test_an_empty_site(url: str) -> None:
    value: dict[str, Any] = {"name": "Heron Analytics", "description": None, "jobs": []}
    assert parse(page(value, url)) == Found()
    assert SOURCE.is_mine(value)


@pytest.mark.parametrize("content", WRONG_SHAPES)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


@pytest.mark.parametrize("bad", [JOB | {"title": ""}, JOB | {"title": {}}, {}, None, 17, "job"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = read(bad, JOB)
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 3 items"):
        read(bad, bad, bad)
