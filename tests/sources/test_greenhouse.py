"""Greenhouse sites."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.greenhouse import SOURCE, parse, start
from classifier.sources.wire import Found, Request, ShapeError

URL = "https://boards-api.greenhouse.io/v1/boards/crumbworks/jobs?content=true"
JOB: dict[str, Any] = {
    "id": 4100017,
    "internal_job_id": 3000009,
    "title": " Senior Oven Engineer, Platform ",
    "absolute_url": "https://crumb.example/careers?gh_jid=4100017",
    "location": {"name": "Bergen, Norway; Delft, Netherlands ;"},
    "company_name": "Crumb Works ",
    "first_published": "2026-07-15T10:45:30-04:00",
    "updated_at": "2026-08-01T08:00:00-04:00",
    "application_deadline": "2026-12-01T00:00:00-05:00",
    "metadata": [
        {"id": 1, "name": "Cost centre", "value": {"unit": "NOK", "amount": "17"}},
        {"id": 2, "name": "Employment Type", "value": "Full-time", "value_type": "single_select"},
    ],
    "pay_input_ranges": [
        {
            "min_cents": 7200000,
            "max_cents": 9050000,
            "currency_type": "EUR",
            "title": "Base pay, Utrecht",
            "blurb": "<p>Depends on experience.</p>",
        }
    ],
    "content": "&lt;p&gt;Bread&amp;nbsp;&amp;amp; butter &amp;lt; 3&lt;/p&gt;\n",
}


def read(*jobs: object) -> Found:
    return parse(page({"jobs": list(jobs), "meta": {"total": len(jobs)}}, URL))


def test_every_field() -> None:
    found = read(JOB)
    assert [listing.posting for listing in found.listings] == [
        JobPosting(
            description="<p>Bread&nbsp;&amp; butter &lt; 3</p>",
            title="Senior Oven Engineer, Platform",
            hiring_organization="Crumb Works",
            job_location=("Bergen, Norway", "Delft, Netherlands"),
            date_posted="2026-07-15T10:45:30-04:00",
            valid_through="2026-12-01T00:00:00-05:00",
            employment_type="Full-time",
            identifier="4100017",
            url="https://crumb.example/careers?gh_jid=4100017",
            salary_text='{"pay_input_ranges": [{"title": "Base pay, Utrecht", '
            '"min_cents": 7200000, "max_cents": 9050000, "currency_type": "EUR"}]}',
        )
    ]
    assert (found.total, found.requests, found.rejects, found.partial) == (1, [], [], "")


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"company_name": None}, "hiring_organization", "crumbworks"),
        ({"location": {"name": "SF, NYC"}}, "job_location", ("SF, NYC",)),
        ({"location": None}, "job_location", ()),
        ({"location": {"name": "Oslo | Oslo"}}, "job_location", ("Oslo",)),
        ({"metadata": None}, "employment_type", ""),
        ({"metadata": [{"name": "Job Type", "value": None}]}, "employment_type", ""),
        (
            {"metadata": [{"name": " job type ", "value": "Contract"}]},
            "employment_type",
            "Contract",
        ),
        ({"metadata": [{"name": "Employment type", "value": ["A"]}]}, "employment_type", ""),
        ({"metadata": ["odd"]}, "employment_type", ""),
        ({"pay_input_ranges": []}, "salary_text", ""),
        ({"pay_input_ranges": None}, "salary_text", ""),
        ({"application_deadline": None}, "valid_through", ""),
        ({"first_published": "soon"}, "date_posted", ""),
        ({"content": None}, "description", ""),
        ({"content": "&lt;b&gt;A&amp;amp;B"}, "description", "<b>A&amp;B"),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(read(JOB | change).listings[0].posting, name) == expected


@pytest.mark.parametrize(
    ("site", "path"),
    [("crumbworks", "crumbworks"), ("a/b?c", "a%2Fb%3Fc"), ("brød", "br%C3%B8d")],
)
def test_start(site: str, path: str) -> None:
    options = "content=true&pay_transparency=true"
    assert start(site) == [
        Request(f"https://boards-api.greenhouse.io/v1/boards/{path}/jobs?{options}")
    ]


@pytest.mark.parametrize("url", ["", URL])
def test_an_empty_site(url: str) -> None:
    value = {"jobs": [], "meta": {"total": 0}}
    assert parse(page(value, url)) == Found(total=0)
    assert SOURCE.is_mine(value)


def test_a_file_gives_the_same_postings() -> None:
    found = parse(page({"jobs": [JOB | {"company_name": None}]}))
    assert found.listings[0].posting.hiring_organization == ""
    assert (len(found.listings), found.total) == (1, None)


@pytest.mark.parametrize("content", WRONG_SHAPES)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


@pytest.mark.parametrize("bad", [JOB | {"title": " "}, JOB | {"title": None}, {}, None, 17, "job"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = read(bad, JOB)
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert [listing.posting.identifier for listing in found.listings] == ["4100017"]
    with pytest.raises(ShapeError, match="none of 2 items can be read: no title"):
        read(bad, bad)
