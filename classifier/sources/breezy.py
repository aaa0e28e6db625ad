"""Breezy career sites: all positions of an employer in one answer, pay in words."""

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


def start(company: str) -> list[Request]:
    """Request for a company: NAME as in NAME.breezy.hr."""
    return [Request(f"https://{quote(company, safe='')}.breezy.hr/json?verbose=true")]


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is the answer of a site."""
    return isinstance(value, list) and has_keys(at(value, 0), "friendly_id", "name")


def parse(page: Page) -> Found:
    """Postings of a site's answer."""
    host = urlsplit(page.url).netloc
    return read_each(expect_list(read_json(page)), lambda job: _posting(job, host))


def _posting(job: dict[str, Any], host: str) -> JobPosting:
    places = [job.get("location"), *items_of(job, "locations")]
    first = at(places, 0)
    return JobPosting(
        description=text_of(job.get("description")),
        title=text_of(job.get("name")),
        hiring_organization=text_of(at(job, "company", "name")) or host.partition(".")[0],
        job_location=tuple(dict.fromkeys(filter(None, map(_place, places)))),
        # Remote in part has details, and the flag is then often off.
        job_location_type=place_type(at(first, "remote_details", "label"), at(first, "is_remote")),
        date_posted=parse_date(job.get("published_date")),
        employment_type=text_of(at(job, "type", "name")),
        identifier=text_of(job.get("id")),
        url=text_of(job.get("url")),
        salary_text=text_of(job.get("salary")),
    )


def _place(value: object) -> str:
    parts = (at(value, "city"), at(value, "state"), at(value, "country"))
    line = join_places([text_of(at(part, "name")) or part for part in parts])
    return line or text_of(at(value, "name"))


SOURCE = Source("breezy", start, parse, is_mine, r"([\w-]+)\.breezy\.hr")
