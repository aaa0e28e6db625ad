"""Himalayas: all postings of the site, newest first, in pages of 20."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from classifier.dates import parse_date
from classifier.errors import InputError
from classifier.posting import JobPosting
from classifier.sources.payload import (
    at,
    expect_list,
    has_keys,
    items_of,
    pay_json,
    read_json,
    text_of,
)
from classifier.sources.wire import Found, Page, Request, Source, read_each

PAGE = 20  # postings of an answer; the most that it gives
HOST = "https://himalayas.app/jobs/api"


def start(number: str) -> list[Request]:
    """Requests for the newest postings, as many as `number` says.

    Raises
    ------
    InputError
        If that is no whole number above 0.
    """
    if not (number.isascii() and number.isdigit() and int(number)):
        raise InputError(f"himalayas: expected how many of the newest postings, got {number!r}")
    offsets = range(0, min(int(number), 200_000), PAGE)
    return [Request(f"{HOST}?limit={PAGE}&offset={offset}") for offset in offsets]


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is an answer of the site."""
    jobs = items_of(value, "jobs")
    if not jobs:
        return has_keys(value, "jobs", "totalCount", "offset")
    return has_keys(jobs[0], "title", "companySlug") or has_keys(jobs[0], "title", "pubDate")


def parse(page: Page) -> Found:
    """Postings of an answer."""
    value = read_json(page)
    found = read_each(expect_list(value, "jobs"), _posting)
    offset = int(parse_qs(urlsplit(page.url).query).get("offset", ["0"])[0])
    total = at(value, "totalCount")
    if isinstance(total, int) and total > offset + len(found.listings):
        found.partial = f"the newest of {total} postings were asked for"
    return found


def _posting(job: dict[str, Any]) -> JobPosting:
    places = items_of(job, "locationRestrictions")
    return JobPosting(
        description=text_of(job.get("description")) or text_of(job.get("excerpt")),
        title=text_of(job.get("title")),
        hiring_organization=text_of(job.get("companyName")),
        job_location=tuple(
            dict.fromkeys(filter(None, (text_of(at(one, "name") or one) for one in places)))
        ),
        job_location_type="TELECOMMUTE",
        date_posted=parse_date(job.get("pubDate")),
        valid_through=parse_date(job.get("expiryDate")),
        employment_type=text_of(job.get("employmentType")),
        identifier=text_of(job.get("guid")),
        url=text_of(job.get("applicationLink")),
        salary_text=pay_json(
            salary_min=job.get("minSalary"),
            salary_max=job.get("maxSalary"),
            currency=text_of(job.get("currency")),
            period=text_of(job.get("salaryPeriod")),
        ),
    )


SOURCE = Source("himalayas", start, parse, is_mine)
