"""Greenhouse job sites: all postings of an employer in one answer, pay ranges in cents."""

import html
import json
from typing import Any
from urllib.parse import quote, urlsplit

from classifier.dates import parse_date
from classifier.posting import JobPosting
from classifier.sources.payload import (
    at,
    expect_list,
    has_keys,
    items_of,
    read_json,
    split_places,
    text_of,
)
from classifier.sources.wire import Found, Page, Request, Source, read_each

HOST = "https://boards-api.greenhouse.io/v1/boards"
RANGE = ("title", "min_cents", "max_cents", "currency_type")


def start(site: str) -> list[Request]:
    """Request for a site: the name in its address, as in job-boards.greenhouse.io/NAME."""
    options = "content=true&pay_transparency=true"  # texts, and the pay ranges
    return [Request(f"{HOST}/{quote(site, safe='')}/jobs?{options}")]


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is the answer of a site."""
    jobs = items_of(value, "jobs")
    if not jobs:
        return has_keys(value, "jobs", "meta") and at(value, "meta", "total") == 0
    return has_keys(jobs[0], "id", "title", "absolute_url") and not has_keys(value, "name")


def parse(page: Page) -> Found:
    """Postings of a site's answer."""
    value = read_json(page)
    site = urlsplit(page.url).path.split("/")[3:4]  # /v1/boards/NAME/jobs
    found = read_each(expect_list(value, "jobs"), lambda job: _posting(job, "".join(site)))
    total = at(value, "meta", "total")
    found.total = total if isinstance(total, int) else None
    return found


def _posting(job: dict[str, Any], site: str) -> JobPosting:
    ranges = [
        {key: one[key] for key in RANGE if key in one} for one in items_of(job, "pay_input_ranges")
    ]
    return JobPosting(
        # What employers write as HTML is escaped once more.
        description=html.unescape(text_of(job.get("content"))),
        title=text_of(job.get("title")),
        hiring_organization=text_of(job.get("company_name")) or site,
        job_location=split_places(at(job, "location", "name")),
        date_posted=parse_date(job.get("first_published")),
        valid_through=parse_date(job.get("application_deadline")),
        employment_type=_employment_type(job),
        identifier=text_of(job.get("id")),
        url=text_of(job.get("absolute_url")),
        salary_text=json.dumps({"pay_input_ranges": ranges}, ensure_ascii=False) if ranges else "",
    )


def _employment_type(job: dict[str, Any]) -> str:
    """Of the employer's own fields the one of that name; sites have none for it."""
    for one in items_of(job, "metadata"):
        if text_of(at(one, "name")).casefold() in {"employment type", "job type"}:
            return text_of(at(one, "value"))
    return ""


SOURCE = Source("greenhouse", start, parse, is_mine, r"(?:job-)?boards\.greenhouse\.io/([\w-]+)")
