"""Remote OK."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.remoteok import SOURCE, parse, start
from classifier.sources.wire import Found, Request, ShapeError

URL = "https://remoteok.com/api"
LEGAL = {"last_updated": 1790000000, "legal": "Name us and link to us."}
NEWEST = "the site shows only its newest postings"
JOB: dict[str, Any] = {
    "id": "880001",
    "slug": "remote-go-developer-kelp-cloud",
    "epoch": 1784203200,
    "date": "2026-07-16T12:00:01+00:00",
    "position": " Go Developer &amp; Gardener",
    "company": "Kelp &amp; Cloud ",
    "tags": ["go"],
    "location": "Oslo; Riga",
    "description": "<p>Write Go.</p>",
    "salary_min": 70000,
    "salary_max": 95000,
    "url": "https://remoteok.com/remote-jobs/880001",
}


def read(*jobs: object) -> Found:
    return parse(page([LEGAL, *jobs], URL))


def test_every_field() -> None:
    found = read(JOB)
    assert [listing.posting for listing in found.listings] == [
        JobPosting(
            description="<p>Write Go.</p>",
            title="Go Developer & Gardener",
            hiring_organization="Kelp & Cloud",
            job_location=("Oslo", "Riga"),
            job_location_type="TELECOMMUTE",
            date_posted="2026-07-16T12:00:01+00:00",
            identifier="880001",
            url="https://remoteok.com/remote-jobs/880001",
            salary_text='{"salary_min": 70000, "salary_max": 95000}',
        )
    ]
    assert found.partial == NEWEST


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"salary_min": 0, "salary_max": 0}, "salary_text", ""),
        ({"salary_min": "0", "salary_max": ""}, "salary_text", ""),
        ({"salary_min": 0}, "salary_text", '{"salary_max": 95000}'),
        ({"salary_min": None, "salary_max": None}, "salary_text", ""),
        ({"company": None}, "hiring_organization", ""),
        ({"date": None}, "date_posted", "2026-07-16T12:00:00+00:00"),
        ({"date": None, "epoch": "1784203200"}, "date_posted", "2026-07-16T12:00:00+00:00"),
        ({"location": ""}, "job_location", ()),
        ({"id": 880001}, "identifier", "880001"),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(read(JOB | change).listings[0].posting, name) == expected


@pytest.mark.parametrize(
    ("tag", "query"),
    [("all", ""), ("golang", "?tag=golang"), ("c++ & qt", "?tag=c%2B%2B%20%26%20qt")],
)
def test_start(tag: str, query: str) -> None:
    assert start(tag) == [Request(f"https://remoteok.com/api{query}")]


@pytest.mark.parametrize("value", [[], [LEGAL]])
def test_an_empty_site(value: object) -> None:
    assert parse(page(value, URL)) == Found(partial=NEWEST)


@pytest.mark.parametrize(
    ("value", "mine"),
    [([LEGAL], True), ([JOB], True), ([], False), ({}, False), ([None, 17], False)],
)
def test_is_mine(value: object, mine: bool) -> None:
    assert SOURCE.is_mine(value) is mine


@pytest.mark.parametrize("content", WRONG_SHAPES)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


@pytest.mark.parametrize("bad", [JOB | {"position": " "}, {}, None, 17, "job"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = read(JOB, bad)
    assert [(one.row, one.reason) for one in found.rejects] == [(3, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError):
        read(bad, bad)
