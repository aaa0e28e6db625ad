"""Remote OK: the newest postings of the site in one answer. It asks to be named and linked to."""

import html
from typing import Any
from urllib.parse import quote

from classifier.dates import parse_date
from classifier.posting import JobPosting
from classifier.sources.payload import (
    expect_list,
    has_keys,
    pay_json,
    read_json,
    split_places,
    text_of,
)
from classifier.sources.wire import Found, Page, Request, Source, read_each


def start(tag: str) -> list[Request]:
    """Request for the site's newest postings; `tag` is "all", or one of its tags."""
    query = "" if tag == "all" else f"?tag={quote(tag, safe='')}"
    return [Request(f"https://remoteok.com/api{query}")]


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is the answer of the site: its first item is a legal notice."""
    if not isinstance(value, list):
        return False
    return any(has_keys(one, "legal") or has_keys(one, "position", "epoch") for one in value[:2])


def parse(page: Page) -> Found:
    """Postings of the answer: only the newest, so that none can be told to be gone."""
    items = expect_list(read_json(page))
    found = read_each(items, lambda job: None if has_keys(job, "legal") else _posting(job))
    found.partial = "the site shows only its newest postings"
    return found


def _posting(job: dict[str, Any]) -> JobPosting:
    return JobPosting(
        description=text_of(job.get("description")),
        title=html.unescape(text_of(job.get("position"))),
        hiring_organization=html.unescape(text_of(job.get("company"))),
        job_location=split_places(job.get("location")),
        job_location_type="TELECOMMUTE",
        date_posted=parse_date(job.get("date")) or parse_date(job.get("epoch")),
        identifier=text_of(job.get("id")),
        url=text_of(job.get("url")),
        # 0 is unknown.
        salary_text=pay_json(salary_min=job.get("salary_min"), salary_max=job.get("salary_max")),
    )


SOURCE = Source("remoteok", start, parse, is_mine)
