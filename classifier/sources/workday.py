"""Workday career sites: a list in pages of 20 that ends at 2,000, and a detail for each posting."""

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from classifier.dates import parse_date
from classifier.errors import InputError
from classifier.posting import JobPosting
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

PAGE = 20  # postings of an answer; it refuses more
MOST = 2000  # the list shows no more, and behind its end it begins again
_NAME = re.compile(r"(?P<tenant>[\w-]+)\.(?P<cluster>wd\d+)/(?P<site>[\w-]+)", re.ASCII)
_COUNT = re.compile(r"\d+ Locations?", re.IGNORECASE)


def start(name: str) -> list[Request]:
    """Request for a site: TENANT.wdN/SITE, as in TENANT.wdN.myworkdayjobs.com/SITE.

    Raises
    ------
    InputError
        If the name is of another form.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise InputError(f"workday: expected TENANT.wdN/SITE as in its address, got {name!r}")
    tenant, cluster, site = match.groups()
    return [
        _request(f"https://{tenant}.{cluster}.myworkdayjobs.com/wday/cxs/{tenant}/{site}/jobs", 0)
    ]


def _request(url: str, offset: int) -> Request:
    wanted = {"appliedFacets": {}, "limit": PAGE, "offset": offset, "searchText": ""}
    return Request(url, json.dumps(wanted))


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is a list or a detail."""
    return has_keys(value, "total", "jobPostings") or has_keys(value, "jobPostingInfo")


def parse(page: Page) -> Found:
    """Of a list, requests for the details; of a detail, its posting.

    The first page of a list has the requests for all others, too. A list that is a file gives
    postings without texts.
    """
    value = read_json(page)
    if has_keys(value, "jobPostingInfo"):
        return read_each([value], lambda one: _detail(one, page))
    found = read_each(expect_list(value, "jobPostings"), lambda one: _listed(one, page))
    total = at(value, "total")
    # Only the first page tells the total: others say 0.
    offset = at(json.loads(page.request.body), "offset") if page.request.body else 0
    if isinstance(total, int) and not offset:
        found.total = total
        if total >= MOST:
            found.partial = f"the list ends at {MOST} postings"
    if page.url:
        further = range(PAGE, min(found.total or 0, MOST), PAGE)
        found.requests = [_request(page.url, i) for i in further] + _details(page.url, found)
        found.listings = []
    return found


def _details(url: str, found: Found) -> list[Request]:
    address = url.removesuffix("/jobs")
    return [
        Request(f"{address}{one.posting.url}", known=one.posting)
        for one in found.listings
        if one.posting.url.startswith("/job/")
    ]


def _listed(job: dict[str, Any], page: Page) -> JobPosting:
    place = text_of(job.get("locationsText"))
    return JobPosting(
        description="",
        title=text_of(job.get("title")),
        job_location=() if _COUNT.fullmatch(place) or not place else (place,),
        job_location_type=place_type(job.get("remoteType")),
        date_posted=parse_date(job.get("postedOn"), page.fetched),
        identifier=text_of(next(iter(items_of(job, "bulletFields")), "")),
        url=text_of(job.get("externalPath")),
    )


def _detail(value: dict[str, Any], page: Page) -> JobPosting:
    job = value["jobPostingInfo"]
    known = page.request.known or JobPosting("")
    places = [job.get("location"), *items_of(job, "additionalLocations")]
    return replace(
        known,
        description=text_of(job.get("jobDescription")),
        title=text_of(job.get("title")) or known.title,
        hiring_organization=text_of(at(value, "hiringOrganization", "name"))
        or urlsplit(page.url).netloc.partition(".")[0],
        job_location=tuple(dict.fromkeys(filter(None, map(text_of, places)))),
        job_location_type=place_type(job.get("remoteType")) or known.job_location_type,
        date_posted=parse_date(job.get("startDate"))
        or parse_date(job.get("postedOn"), page.fetched),
        valid_through=parse_date(job.get("endDate")),
        employment_type=text_of(job.get("timeType")),
        identifier=text_of(job.get("jobReqId")) or known.identifier,
        url=text_of(job.get("externalUrl")) or page.url,
    )


SOURCE = Source(
    "workday",
    start,
    parse,
    is_mine,
    r"([\w-]+\.wd\d+)\.myworkdayjobs\.com(?:/[a-z]{2}-[A-Z]{2})?(/[\w-]+)",
)
