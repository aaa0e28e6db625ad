"""Teamtailor career sites: a JSON Feed in pages, whose items carry a schema.org JobPosting."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from classifier.dates import parse_date
from classifier.posting import JobPosting
from classifier.schema_org import read_schema_org
from classifier.sources.payload import at, expect_list, has_keys, read_json, text_of
from classifier.sources.wire import Found, Page, Request, Source, read_each


def start(site: str) -> list[Request]:
    """Request for a site: NAME as in NAME.teamtailor.com, or the host of its own site."""
    host = site if "." in site else f"{quote(site, safe='')}.teamtailor.com"
    return [Request(f"https://{host}/jobs.json")]


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is a JSON Feed (jsonfeed.org)."""
    version = text_of(at(value, "version"))
    return "jsonfeed.org" in version and has_keys(value, "items")


def parse(page: Page) -> Found:
    """Postings of a page of the feed, and the request for the next one."""
    value = read_json(page)
    employer = text_of(at(value, "title"))
    found = read_each(expect_list(value, "items"), lambda item: _posting(item, employer))
    following = text_of(at(value, "next_url"))
    if page.url and following and following != page.url:
        found.requests.append(Request(following))
    return found


def _posting(item: dict[str, Any], employer: str) -> JobPosting:
    fields = item.get("_jobposting")
    posting = read_schema_org(fields if isinstance(fields, dict) else {})
    return replace(
        posting,
        description=text_of(item.get("content_html")) or posting.description,
        title=text_of(item.get("title")) or posting.title,
        hiring_organization=posting.hiring_organization or employer,
        date_posted=parse_date(item.get("date_published")) or posting.date_posted,
        identifier=text_of(item.get("id")) or posting.identifier,
        url=text_of(item.get("url")) or posting.url,
    )


SOURCE = Source("teamtailor", start, parse, is_mine, r"([\w-]+)\.teamtailor\.com(?:/jobs)?")
