"""BambooHR career sites: a list without texts, and a detail for each posting; pay in words."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

from classifier.dates import parse_date
from classifier.posting import JobPosting
from classifier.schema_org import join_places
from classifier.sources.payload import (
    at,
    expect_list,
    has_keys,
    items_of,
    place_type,
    read_json,
    text_of,
)
from classifier.sources.wire import Found, Page, Request, Source, read_each

# Of `locationType`; not documented, read off answers whose texts tell.
PLACE_TYPES = {"0": "on-site", "1": "remote", "2": "hybrid"}


def start(company: str) -> list[Request]:
    """Request for a company: NAME as in NAME.bamboohr.com."""
    return [Request(f"https://{quote(company, safe='')}.bamboohr.com/careers/list")]


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is a list or a detail."""
    if has_keys(at(value, "result", "jobOpening"), "jobOpeningName"):
        return True
    items = items_of(value, "result")
    if not items:
        return isinstance(at(value, "result"), list) and has_keys(at(value, "meta"), "totalCount")
    return has_keys(items[0], "jobOpeningName")


def parse(page: Page) -> Found:
    """Of a list, requests for the details; of a detail, its posting.

    A list that is a file gives postings without texts.
    """
    value = read_json(page)
    detail = at(value, "result", "jobOpening")
    host = urlsplit(page.url).netloc
    if isinstance(detail, dict):
        return read_each([detail], lambda job: _detail(job, page, host))
    found = read_each(expect_list(value, "result"), lambda job: _posting(job, host))
    total = at(value, "meta", "totalCount")
    found.total = total if isinstance(total, int) else None
    if page.url:
        known = [listing.posting for listing in found.listings]
        found.requests = [
            Request(f"https://{host}/careers/{quote(one.identifier)}/detail", known=one)
            for one in known
        ]
        found.listings = []
    return found


def _posting(job: dict[str, Any], host: str) -> JobPosting:
    number = text_of(job.get("id"))
    places = [_place(job.get("location")), _place(job.get("atsLocation"))]
    return JobPosting(
        description=text_of(job.get("description")),
        title=text_of(job.get("jobOpeningName")),
        hiring_organization=host.partition(".")[0],
        job_location=tuple(filter(None, places))[:1],
        job_location_type=place_type(
            PLACE_TYPES.get(text_of(job.get("locationType"))), job.get("isRemote")
        ),
        date_posted=parse_date(job.get("datePosted")),
        employment_type=text_of(job.get("employmentStatusLabel")),
        identifier=number,
        url=text_of(job.get("jobOpeningShareUrl"))
        or (f"https://{host}/careers/{quote(number)}" if host and number else ""),
        salary_text=text_of(job.get("compensation")),
    )


def _detail(job: dict[str, Any], page: Page, host: str) -> JobPosting:
    posting = _posting(job, host)
    known = page.request.known or posting
    return replace(
        posting,
        identifier=posting.identifier or known.identifier,
        url=posting.url or known.url,
        job_location=posting.job_location or known.job_location,
    )


def _place(value: object) -> str:
    """Place of one of the two fields for it: each is often empty."""
    country = at(value, "addressCountry") or at(value, "country")
    return join_places([at(value, "city"), at(value, "state") or at(value, "province"), country])


SOURCE = Source("bamboohr", start, parse, is_mine, r"([\w-]+)\.bamboohr\.com(?:/careers|/jobs)?")
