"""Himalayas."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.errors import InputError
from classifier.posting import JobPosting
from classifier.sources.himalayas import SOURCE, parse, start
from classifier.sources.wire import Found, Request, ShapeError

ADDRESS = "https://himalayas.app/jobs/api?limit=20&offset="
HERE = "https://himalayas.app/companies/yak-mail/jobs/support-engineer"
JOB: dict[str, Any] = {
    "title": "Support Engineer ",
    "excerpt": "Help people.",
    "companyName": "Yak Mail",
    "companySlug": "yak-mail",
    "employmentType": "Full Time",
    "minSalary": 48000,
    "maxSalary": 61000,
    "currency": "USD",
    "salaryPeriod": "annual",
    "seniority": ["Mid-level"],
    "locationRestrictions": ["Canada", {"alpha2": "NO", "name": "Norway"}, "Canada"],
    "timezoneRestrictions": [1],
    "description": "<p>Help people write mail.</p>",
    "pubDate": 1784203200,
    "expiryDate": 1786881600,
    "applicationLink": HERE,
    "guid": HERE,
}


def answer(*jobs: object, total: object = 1) -> dict[str, object]:
    return {"updatedAt": 1, "offset": 0, "limit": 20, "totalCount": total, "jobs": list(jobs)}


def test_every_field() -> None:
    found = parse(page(answer(JOB), f"{ADDRESS}0"))
    assert [listing.posting for listing in found.listings] == [
        JobPosting(
            description="<p>Help people write mail.</p>",
            title="Support Engineer",
            hiring_organization="Yak Mail",
            job_location=("Canada", "Norway"),
            job_location_type="TELECOMMUTE",
            date_posted="2026-07-16T12:00:00+00:00",
            valid_through="2026-08-16T12:00:00+00:00",
            employment_type="Full Time",
            identifier=HERE,
            url=HERE,
            salary_text='{"salary_min": 48000, "salary_max": 61000, "currency": "USD", '
            '"period": "annual"}',
        )
    ]
    assert (found.requests, found.partial) == ([], "")


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"minSalary": None, "maxSalary": None}, "salary_text", ""),
        (
            {"maxSalary": None, "salaryPeriod": None},
            "salary_text",
            '{"salary_min": 48000, "currency": "USD"}',
        ),
        ({"locationRestrictions": []}, "job_location", ()),
        ({"locationRestrictions": None}, "job_location", ()),
        ({"description": ""}, "description", "Help people."),
        ({"expiryDate": None}, "valid_through", ""),
        ({"pubDate": 1784203200000}, "date_posted", "2026-07-16T12:00:00+00:00"),
        ({"guid": None}, "identifier", ""),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    found = parse(page(answer(JOB | change), f"{ADDRESS}0"))
    assert getattr(found.listings[0].posting, name) == expected


@pytest.mark.parametrize(
    ("number", "offsets"), [("1", [0]), ("20", [0]), ("21", [0, 20]), ("0060", [0, 20, 40])]
)
def test_start(number: str, offsets: list[int]) -> None:
    assert start(number) == [Request(f"{ADDRESS}{offset}") for offset in offsets]


def test_start_has_an_end() -> None:
    assert len(start("9" * 30)) == 10_000


@pytest.mark.parametrize("number", ["", "all", "0", "00", "-5", "1.5", "٣", "²", "1e3"])
def test_no_number(number: str) -> None:
    with pytest.raises(InputError, match="himalayas: expected how many"):
        start(number)


@pytest.mark.parametrize(
    ("offset", "total", "partial"),
    [
        (0, 2, ""),
        (0, 3, "the newest of 3 postings were asked for"),
        (20, 22, ""),
        (20, 90, "the newest of 90 postings were asked for"),
        (0, None, ""),
    ],
)
def test_what_is_left_is_told(offset: int, total: object, partial: str) -> None:
    found = parse(page(answer(JOB, JOB, total=total), f"{ADDRESS}{offset}"))
    assert found.partial == partial


@pytest.mark.parametrize("url", ["", f"{ADDRESS}0"])
def test_an_empty_site(url: str) -> None:
    value = answer(total=0)
    assert parse(page(value, url)) == Found()
    assert SOURCE.is_mine(value)


@pytest.mark.parametrize("content", WRONG_SHAPES)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, f"{ADDRESS}0"))


@pytest.mark.parametrize("bad", [JOB | {"title": " "}, {}, None, 17, "job"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = parse(page(answer(bad, JOB)))
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        parse(page(answer(bad, bad)))
