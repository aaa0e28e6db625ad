"""Workday sites: a list in pages, and a detail for each posting."""

import json
from datetime import date
from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.errors import InputError
from classifier.posting import JobPosting
from classifier.sources.wire import Found, Page, Request, ShapeError
from classifier.sources.workday import SOURCE, parse, start

ADDRESS = "https://windmoor.wd3.myworkdayjobs.com/wday/cxs/windmoor/Careers"
PATH = "/job/Odense/Turbine-Engineer_R-0042"
TODAY = date(2026, 11, 2)
LISTED: dict[str, Any] = {
    "title": " Turbine Engineer",
    "externalPath": PATH,
    "locationsText": "Odense",
    "postedOn": "Posted 3 Days Ago",
    "remoteType": "Hybrid",
    "bulletFields": ["R-0042", "Full time"],
}
KNOWN = JobPosting(
    description="",
    title="Turbine Engineer",
    job_location=("Odense",),
    job_location_type="hybrid",
    date_posted="2026-10-30",
    identifier="R-0042",
    url=PATH,
)
POSTED = f"https://windmoor.wd3.myworkdayjobs.com/Careers{PATH}"
INFO: dict[str, Any] = {
    "id": "0f0f",
    "title": "Turbine Engineer ",
    "jobDescription": "<p>Keep turbines <b>turning</b>. Pay: DKK 48,000 a month.</p>",
    "location": "Odense",
    "additionalLocations": ["Esbjerg ", "Odense"],
    "postedOn": "Posted Yesterday",
    "startDate": "2026-10-28",
    "endDate": "2026-12-24",
    "timeType": "Full time",
    "jobReqId": "R-0042",
    "remoteType": "Remote",
    "externalUrl": POSTED,
}


def body(offset: int) -> str:
    return json.dumps({"appliedFacets": {}, "limit": 20, "offset": offset, "searchText": ""})


def answer(*jobs: object, total: object = 1, offset: int = 0, url: str = f"{ADDRESS}/jobs") -> Page:
    value = {"total": total, "jobPostings": list(jobs), "facets": []}
    return Page(json.dumps(value).encode(), Request(url, body(offset) if url else ""), "", TODAY)


def detail(change: dict[str, Any], known: JobPosting | None = None, **more: object) -> JobPosting:
    value = {"jobPostingInfo": INFO | change, "hiringOrganization": {"name": "Windmoor A/S"}} | more
    request = Request(f"{ADDRESS}{PATH}", known=known)
    (listing,) = parse(Page(json.dumps(value).encode(), request, "", TODAY)).listings
    return listing.posting


def test_every_field_of_a_detail() -> None:
    assert detail({}, KNOWN) == JobPosting(
        description="<p>Keep turbines <b>turning</b>. Pay: DKK 48,000 a month.</p>",
        title="Turbine Engineer",
        hiring_organization="Windmoor A/S",
        job_location=("Odense", "Esbjerg"),
        job_location_type="TELECOMMUTE",
        date_posted="2026-10-28",
        valid_through="2026-12-24",
        employment_type="Full time",
        identifier="R-0042",
        url=POSTED,
    )


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"title": None}, "title", "Turbine Engineer"),
        ({"remoteType": None}, "job_location_type", "hybrid"),
        ({"startDate": None}, "date_posted", "2026-11-01"),
        ({"startDate": None, "postedOn": "Posted Today"}, "date_posted", "2026-11-02"),
        ({"startDate": None, "postedOn": "Posted 30+ Days Ago"}, "date_posted", ""),
        ({"jobReqId": None}, "identifier", "R-0042"),
        ({"externalUrl": None}, "url", f"{ADDRESS}{PATH}"),
        ({"additionalLocations": None}, "job_location", ("Odense",)),
        ({"endDate": None}, "valid_through", ""),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(detail(change, KNOWN), name) == expected


def test_a_detail_alone() -> None:
    assert detail({}).identifier == "R-0042"
    assert detail({}, hiringOrganization={}).hiring_organization == "windmoor"


def test_a_list_asks_for_the_other_pages_and_the_details() -> None:
    found = parse(answer(LISTED, LISTED | {"externalPath": "/elsewhere"}, total=45))
    assert found.requests == [
        Request(f"{ADDRESS}/jobs", body(20)),
        Request(f"{ADDRESS}/jobs", body(40)),
        Request(f"{ADDRESS}{PATH}", known=KNOWN),
    ]
    assert (found.listings, found.total, found.partial) == ([], 45, "")


def test_a_later_page_asks_for_its_details_only() -> None:
    found = parse(answer(LISTED, total=0, offset=20))
    assert found.requests == [Request(f"{ADDRESS}{PATH}", known=KNOWN)]
    assert found.total is None
    # Behind its end the list begins again, and tells the total once more.
    assert parse(answer(LISTED, total=45, offset=60)).total is None


@pytest.mark.parametrize(
    ("total", "n_requests", "partial"),
    [
        (20, 0, ""),
        (21, 1, ""),
        (1999, 99, ""),
        (2000, 99, "the list ends at 2000 postings"),
        (7000, 99, "the list ends at 2000 postings"),
        (None, 0, ""),
        ("many", 0, ""),
    ],
)
def test_the_end_of_the_list(total: object, n_requests: int, partial: str) -> None:
    found = parse(answer(LISTED, total=total))
    assert len(found.requests) - 1 == n_requests
    assert found.partial == partial
    assert all(json.loads(one.body)["offset"] < 2000 for one in found.requests if one.body)


def test_a_list_that_is_a_file_gives_postings() -> None:
    found = parse(answer(LISTED, total=45, url=""))
    assert [listing.posting for listing in found.listings] == [KNOWN]
    assert (found.requests, found.total) == ([], 45)


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"locationsText": "3 Locations"}, "job_location", ()),
        ({"locationsText": "1 location"}, "job_location", ()),
        ({"locationsText": None}, "job_location", ()),
        ({"remoteType": "Fully Remote"}, "job_location_type", "TELECOMMUTE"),
        ({"remoteType": "On-Site"}, "job_location_type", "on-site"),
        ({"postedOn": "Posted Today"}, "date_posted", "2026-11-02"),
        ({"postedOn": "Posted 30+ Days Ago"}, "date_posted", ""),
        ({"bulletFields": []}, "identifier", ""),
        ({"bulletFields": None}, "identifier", ""),
    ],
)
def test_a_field_of_a_list(change: dict[str, Any], name: str, expected: object) -> None:
    (listing,) = parse(answer(LISTED | change, url="")).listings
    assert getattr(listing.posting, name) == expected


def test_start() -> None:
    assert start("windmoor.wd3/Careers") == [Request(f"{ADDRESS}/jobs", body(0))]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "windmoor",
        "windmoor/Careers",
        "windmoor.wd3",
        "windmoor.wdx/Careers",
        "windmoor.wd3/en-US/Careers",
        "windmoor.wd3/Care ers",
        "evil.example#.wd3/Careers",
        "windmoor.wd3/Careers\n",
        "wïndmoor.wd3/Careers",
        "https://windmoor.wd3.myworkdayjobs.com/Careers",
    ],
)
def test_a_name_of_another_form(name: str) -> None:
    with pytest.raises(InputError, match=r"workday: expected TENANT\.wdN/SITE"):
        start(name)


@pytest.mark.parametrize("url", ["", f"{ADDRESS}/jobs"])
def test_an_empty_site(url: str) -> None:
    assert parse(answer(total=0, url=url)) == Found(total=0)
    assert SOURCE.is_mine({"total": 0, "jobPostings": []})
    assert SOURCE.is_mine({"jobPostingInfo": INFO})


@pytest.mark.parametrize("content", [*WRONG_SHAPES, b'{"errorCode": "HTTP_405"}'])
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, f"{ADDRESS}/jobs"))


@pytest.mark.parametrize("info", [None, [], "gone", {}, {"title": " "}])
def test_a_detail_of_another_shape(info: object) -> None:
    with pytest.raises(ShapeError, match="none of 1 items"):
        parse(page({"jobPostingInfo": info}, f"{ADDRESS}{PATH}"))


@pytest.mark.parametrize("bad", [LISTED | {"title": ""}, {}, None, 17, "job"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = parse(answer(bad, LISTED, url=""))
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        parse(answer(bad, bad))
