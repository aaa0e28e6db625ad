"""Workable job sites: an employer's postings in one answer, one row for each country."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

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
from classifier.sources.wire import Found, Listing, Page, Request, Source, read_each

HOST = "https://apply.workable.com/api/v1/widget/accounts"


def start(account: str) -> list[Request]:
    """Request for an account: the name in its address, as in apply.workable.com/NAME."""
    return [Request(f"{HOST}/{quote(account, safe='')}?details=true")]


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is the answer of an account."""
    jobs = items_of(value, "jobs")
    if not jobs:
        return has_keys(value, "name", "description", "jobs")
    return has_keys(jobs[0], "title", "shortcode")


def parse(page: Page) -> Found:
    """Postings of an account's answer; rows of one posting are put together."""
    value = read_json(page)
    employer = text_of(at(value, "name"))
    found = read_each(expect_list(value, "jobs"), lambda job: _posting(job, employer))
    found.listings = merge_places(found.listings)
    return found


def merge_places(listings: list[Listing]) -> list[Listing]:
    """Listings with one for each identifier, which has the places of all.

    >>> rows = [Listing(JobPosting("", "Cook", job_location=(p,), identifier="1")) for p in "ab"]
    >>> [listing.posting.job_location for listing in merge_places(rows)]
    [('a', 'b')]
    """
    merged: dict[str, Listing] = {}
    for listing in listings:
        first = merged.setdefault(listing.posting.identifier or listing.posting.url, listing)
        places = dict.fromkeys(first.posting.job_location + listing.posting.job_location)
        merged[listing.posting.identifier or listing.posting.url] = first._replace(
            posting=replace(first.posting, job_location=tuple(places))
        )
    return list(merged.values())


def _posting(job: dict[str, Any], employer: str) -> JobPosting:
    shown = [one for one in items_of(job, "locations") if not at(one, "hidden")]
    return JobPosting(
        description=text_of(job.get("description")),
        title=text_of(job.get("title")),
        hiring_organization=employer,
        job_location=tuple(dict.fromkeys(filter(None, map(_place, shown or [job])))),
        job_location_type=place_type(job.get("workplace"), job.get("telecommuting")),
        date_posted=parse_date(job.get("published_on")) or parse_date(job.get("created_at")),
        employment_type=text_of(job.get("employment_type")),
        identifier=text_of(job.get("shortcode")),
        url=text_of(job.get("url")),
    )


def _place(one: Mapping[str, object]) -> str:
    return join_places([one.get("city"), one.get("region", one.get("state")), one.get("country")])


SOURCE = Source("workable", start, parse, is_mine, r"apply\.workable\.com/([\w-]+)")
