"""SmartRecruiters: a list in pages, and a detail for each posting."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.smartrecruiters import SOURCE, parse, start
from classifier.sources.wire import Found, Request, ShapeError

ADDRESS = "https://api.smartrecruiters.com/v1/companies/DunePumps/postings"
URL = f"{ADDRESS}?limit=100&offset=0"
LISTED: dict[str, Any] = {
    "id": "744000111222333",
    "name": "Pump Technician ",
    "refNumber": "REF17",
    "company": {"identifier": "DunePumps", "name": "Dune Pumps GmbH"},
    "releasedDate": "2026-10-05T07:08:09.000Z",
    "location": {
        "city": "Graz",
        "region": "Styria",
        "country": "at",
        "remote": True,
        "hybrid": True,
        "latitude": "47.07",
        "fullLocation": "Graz, Styria, Austria",
    },
    "department": {},
    "typeOfEmployment": {"id": "permanent", "label": "Full-time"},
    "customField": [
        {"fieldId": "a", "fieldLabel": "Brands", "valueLabel": "Dune"},
        {"fieldId": "b", "fieldLabel": "Salary range", "valueLabel": "EUR 3,100 a month"},
    ],
}
POSTED = "https://jobs.smartrecruiters.com/DunePumps/744000111222333-pump-technician"
DETAIL: dict[str, Any] = LISTED | {
    "postingUrl": POSTED,
    "jobAd": {
        "sections": {
            "companyDescription": {"title": "Us", "text": "<p>We pump.</p>"},
            "jobDescription": {"title": "The job", "text": "<ul><li>Mend</li></ul>"},
            "qualifications": {"title": "You", "text": ""},
            "additionalInformation": {"title": "", "text": "<p>More.</p>"},
        }
    },
}
KNOWN = JobPosting(
    description="",
    title="Pump Technician",
    hiring_organization="Dune Pumps GmbH",
    job_location=("Graz, Styria, Austria",),
    job_location_type="hybrid",
    date_posted="2026-10-05T07:08:09.000Z",
    employment_type="Full-time",
    identifier="744000111222333",
    url="https://jobs.smartrecruiters.com/DunePumps/744000111222333",
    salary_text="EUR 3,100 a month",
)


def answer(*jobs: object, total: object = 1) -> dict[str, object]:
    return {"offset": 0, "limit": 100, "totalFound": total, "content": list(jobs)}


def test_every_field_of_a_detail() -> None:
    found = parse(page(DETAIL, f"{ADDRESS}/744000111222333"))
    (listing,) = found.listings
    assert listing.posting == JobPosting(
        description="<h3>Us</h3>\n<p>We pump.</p>\n<h3>The job</h3>\n<ul><li>Mend</li></ul>\n"
        "<p>More.</p>",
        title="Pump Technician",
        hiring_organization="Dune Pumps GmbH",
        job_location=("Graz, Styria, Austria",),
        job_location_type="hybrid",
        date_posted="2026-10-05T07:08:09.000Z",
        employment_type="Full-time",
        identifier="744000111222333",
        url=POSTED,
        salary_text="EUR 3,100 a month",
    )
    assert found.requests == []


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"location": {"city": "Graz", "country": "at"}}, "job_location", ("Graz, at",)),
        ({"location": {"remote": True}}, "job_location_type", "TELECOMMUTE"),
        ({"location": {"remote": False}}, "job_location_type", ""),
        ({"location": None}, "job_location", ()),
        ({"company": {"identifier": "DunePumps"}}, "hiring_organization", "DunePumps"),
        ({"customField": []}, "salary_text", ""),
        ({"customField": [None, {"fieldLabel": None}]}, "salary_text", ""),
        ({"typeOfEmployment": {}}, "employment_type", ""),
        ({"jobAd": {}}, "description", ""),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    found = parse(page(DETAIL | change, ADDRESS))
    assert getattr(found.listings[0].posting, name) == expected


def test_a_list_asks_for_the_details() -> None:
    found = parse(page(answer(LISTED, LISTED | {"id": "a/b"}, total=2), URL))
    assert found.listings == []
    assert [request.url for request in found.requests] == [
        f"{ADDRESS}/744000111222333",
        f"{ADDRESS}/a%2Fb",
    ]
    assert found.requests[0].known == KNOWN
    assert found.total == 2


def test_a_number_with_half_a_character() -> None:
    found = parse(page(answer(LISTED | {"id": "\ud83c1", "postingUrl": POSTED}), URL))
    assert [request.url for request in found.requests] == [f"{ADDRESS}/%3F1"]


def test_a_list_that_is_a_file_gives_postings() -> None:
    found = parse(page(answer(LISTED, total=500)))
    assert [listing.posting for listing in found.listings] == [KNOWN]
    assert (found.requests, found.total) == ([], 500)


@pytest.mark.parametrize(
    ("n_jobs", "offset", "total", "following"),
    [
        (1, 0, 1, None),
        (3, 0, 4, 3),
        (3, 100, 103, None),
        (3, 100, 104, 103),
        (0, 100, 104, None),  # it ends before it should
        (3, 0, None, None),
        (3, 0, "many", None),
    ],
)
def test_the_next_page(n_jobs: int, offset: int, total: object, following: int | None) -> None:
    jobs = [LISTED | {"id": str(number)} for number in range(n_jobs)]
    found = parse(page(answer(*jobs, total=total), URL.replace("offset=0", f"offset={offset}")))
    expected = [] if following is None else [Request(f"{ADDRESS}?limit=100&offset={following}")]
    assert found.requests[n_jobs:] == expected


@pytest.mark.parametrize(
    ("company", "path"), [("DunePumps", "DunePumps"), ("Dune Pumps/é", "Dune%20Pumps%2F%C3%A9")]
)
def test_start(company: str, path: str) -> None:
    address = f"https://api.smartrecruiters.com/v1/companies/{path}/postings"
    assert start(company) == [Request(f"{address}?limit=100&offset=0")]


@pytest.mark.parametrize("url", ["", URL])
def test_an_empty_site(url: str) -> None:
    value = answer(total=0)
    assert parse(page(value, url)) == Found(total=0)
    assert SOURCE.is_mine(value)


@pytest.mark.parametrize("content", WRONG_SHAPES)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


def test_a_detail_is_of_the_source() -> None:
    assert SOURCE.is_mine(DETAIL)


@pytest.mark.parametrize(
    "bad", [LISTED | {"name": ""}, LISTED | {"name": 1.5}, {}, None, 17, "job"]
)
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = parse(page(answer(bad, LISTED)))
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        parse(page(answer(bad, bad)))


def test_a_detail_without_title() -> None:
    with pytest.raises(ShapeError):
        parse(page(DETAIL | {"name": None}, ADDRESS))
