"""BambooHR sites: a list, and a detail for each posting."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.bamboohr import SOURCE, parse, start
from classifier.sources.wire import Found, Page, Request, ShapeError

HOST = "https://orchard.bamboohr.com"
URL = f"{HOST}/careers/list"
LISTED: dict[str, Any] = {
    "id": "31",
    "jobOpeningName": "Orchard Manager 🍏 ",
    "departmentLabel": "Trees",
    "employmentStatusLabel": "Full-Time",
    "location": {"city": None, "state": None},
    "atsLocation": {"country": "United Kingdom", "state": None, "province": "Kent", "city": "Deal"},
    "isRemote": None,
    "locationType": "2",
}
KNOWN = JobPosting(
    description="",
    title="Orchard Manager 🍏",
    hiring_organization="orchard",
    job_location=("Deal, Kent, United Kingdom",),
    job_location_type="hybrid",
    employment_type="Full-Time",
    identifier="31",
    url=f"{HOST}/careers/31",
)
OPENING: dict[str, Any] = {
    "jobOpeningShareUrl": f"{HOST}/careers/31",
    "jobOpeningName": "Orchard Manager 🍏 ",
    "employmentStatusLabel": "Full-Time",
    "location": {"city": "Deal", "state": "Kent", "addressCountry": "United Kingdom"},
    "atsLocation": {"country": None, "city": None},
    "description": "<p>Prune trees.</p>",
    "compensation": "£24,800 - £26,900 ",
    "datePosted": "2026-02-11",
    "locationType": "0",
}


def answer(*jobs: object, url: str = URL) -> Page:
    return page({"meta": {"totalCount": len(jobs)}, "result": list(jobs)}, url)


def detail(change: dict[str, Any], known: JobPosting | None = None) -> JobPosting:
    content = page({"meta": {}, "result": {"jobOpening": OPENING | change}}).content
    (listing,) = parse(Page(content, Request(f"{HOST}/careers/31/detail", known=known))).listings
    return listing.posting


def test_every_field_of_a_detail() -> None:
    assert detail({}, KNOWN) == JobPosting(
        description="<p>Prune trees.</p>",
        title="Orchard Manager 🍏",
        hiring_organization="orchard",
        job_location=("Deal, Kent, United Kingdom",),
        job_location_type="on-site",
        date_posted="2026-02-11",
        employment_type="Full-Time",
        identifier="31",
        url=f"{HOST}/careers/31",
        salary_text="£24,800 - £26,900",
    )


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"locationType": "1"}, "job_location_type", "TELECOMMUTE"),
        ({"locationType": 2}, "job_location_type", "hybrid"),
        ({"locationType": None, "isRemote": True}, "job_location_type", "TELECOMMUTE"),
        ({"locationType": "9"}, "job_location_type", ""),
        ({"jobOpeningShareUrl": None}, "url", f"{HOST}/careers/31"),
        ({"location": None}, "job_location", ("Deal, Kent, United Kingdom",)),
        ({"compensation": None}, "salary_text", ""),
        ({"datePosted": None}, "date_posted", ""),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(detail(change, KNOWN), name) == expected


def test_a_detail_alone_is_known_by_its_url() -> None:
    posting = detail({})
    assert (posting.identifier, posting.url) == ("", f"{HOST}/careers/31")


def test_a_list_asks_for_the_details() -> None:
    found = parse(answer(LISTED, LISTED | {"id": 32}))
    assert found.requests == [
        Request(f"{HOST}/careers/31/detail", known=KNOWN),
        Request(f"{HOST}/careers/32/detail", known=found.requests[1].known),
    ]
    assert (found.listings, found.total) == ([], 2)


def test_a_list_that_is_a_file_gives_postings() -> None:
    found = parse(answer(LISTED, url=""))
    (listing,) = found.listings
    assert listing.posting.title == KNOWN.title
    assert listing.posting.job_location == KNOWN.job_location
    assert (listing.posting.hiring_organization, listing.posting.url) == ("", "")
    assert found.requests == []


@pytest.mark.parametrize(
    ("company", "host"), [("orchard", "orchard"), ("or chard/x@y", "or%20chard%2Fx%40y")]
)
def test_start(company: str, host: str) -> None:
    assert start(company) == [Request(f"https://{host}.bamboohr.com/careers/list")]


@pytest.mark.parametrize("url", ["", URL])
def test_an_empty_site(url: str) -> None:
    assert parse(answer(url=url)) == Found(total=0)
    assert SOURCE.is_mine({"result": [], "meta": {"totalCount": 0}})


def test_is_mine() -> None:
    assert SOURCE.is_mine({"result": {"jobOpening": OPENING}})
    assert not SOURCE.is_mine({"result": []})
    assert not SOURCE.is_mine({"result": {"jobOpening": {}}})


@pytest.mark.parametrize("content", [*WRONG_SHAPES, b'{"result": {"jobOpening": null}}'])
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


@pytest.mark.parametrize("bad", [LISTED | {"jobOpeningName": ""}, {}, None, 17, "job"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = parse(answer(bad, LISTED, url=""))
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        parse(answer(bad, bad))
