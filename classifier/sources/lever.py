"""Lever job sites: pages of up to 100 postings, whose text is in three places."""

import json
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from classifier.dates import parse_date
from classifier.posting import JobPosting
from classifier.sources.payload import (
    at,
    expect_list,
    has_keys,
    items_of,
    join_html,
    place_type,
    read_json,
    text_of,
)
from classifier.sources.wire import Found, Page, Request, Source, read_each

PAGE = 100  # postings of an answer


def start(site: str) -> list[Request]:
    """Request for a site: NAME as in jobs.lever.co/NAME, or eu/NAME as in jobs.eu.lever.co/NAME."""
    name = site.removeprefix("eu/")
    host = "https://api.lever.co" if name == site else "https://api.eu.lever.co"
    return [_request(f"{host}/v0/postings/{quote(name, safe='')}", 0)]


def _request(address: str, skip: int) -> Request:
    return Request(f"{address}?mode=json&skip={skip}&limit={PAGE}")


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is the answer of a site."""
    return isinstance(value, list) and has_keys(at(value, 0), "text", "hostedUrl", "categories")


def parse(page: Page) -> Found:
    """Postings of an answer, and the request for the next one if this one is full."""
    items = expect_list(read_json(page))
    found = read_each(items, _posting)
    if page.url and len(items) >= PAGE:
        parts = urlsplit(page.url)
        skip = int(parse_qs(parts.query).get("skip", ["0"])[0])
        found.requests.append(_request(f"{parts.scheme}://{parts.netloc}{parts.path}", skip + PAGE))
    return found


def _posting(job: dict[str, Any]) -> JobPosting:
    where = at(job, "categories") or {}
    url = text_of(job.get("hostedUrl"))
    places = items_of(where, "allLocations") or [where.get("location")]
    return JobPosting(
        description=join_html(
            ("", job.get("description")),
            *(
                (text_of(at(one, "text")), _list(at(one, "content")))
                for one in items_of(job, "lists")
            ),
            ("", job.get("additional")),
        ),
        title=text_of(job.get("text")),
        # The payload does not name the employer.
        hiring_organization="".join(urlsplit(url).path.split("/")[1:2]),
        job_location=tuple(filter(None, map(text_of, places))),
        job_location_type=place_type(job.get("workplaceType")),
        date_posted=parse_date(job.get("createdAt")),
        employment_type=text_of(where.get("commitment")),
        identifier=text_of(job.get("id")),
        url=url,
        salary_text=_pay(job),
    )


def _list(content: object) -> str:
    text = text_of(content)
    return f"<ul>{text}</ul>" if text else ""  # bare items, as they come


def _pay(job: dict[str, Any]) -> str:
    pay = job.get("salaryRange")
    if isinstance(pay, dict) and pay:
        return json.dumps({"salaryRange": pay}, ensure_ascii=False)
    return text_of(job.get("salaryDescriptionPlain"))


SOURCE = Source(
    "lever", start, parse, is_mine, r"jobs\.(?:lever\.co/([\w-]+)|(eu)\.lever\.co(/[\w-]+))"
)
