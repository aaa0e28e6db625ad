"""Recruitee career sites: all offers of an employer in one answer, pay in text."""

import json
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
    join_html,
    place_type,
    read_json,
    text_of,
)
from classifier.sources.wire import Found, Page, Request, Source, read_each


def start(company: str) -> list[Request]:
    """Request for a company: NAME as in NAME.recruitee.com, or the host of its own site."""
    host = company if "." in company else f"{quote(company, safe='')}.recruitee.com"
    return [Request(f"https://{host}/api/offers/")]


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is the answer of a site."""
    offers = items_of(value, "offers")
    return has_keys(value, "offers") and (not offers or has_keys(offers[0], "title", "slug"))


def parse(page: Page) -> Found:
    """Postings of a site's answer that are published."""
    return read_each(expect_list(read_json(page), "offers"), _posting)


def _posting(offer: dict[str, Any]) -> JobPosting | None:
    if offer.get("status") not in (None, "published"):
        return None
    places = [
        join_places([at(one, "city"), at(one, "state"), at(one, "country")])
        for one in items_of(offer, "locations")
    ]
    pay = offer.get("salary")
    states_pay = isinstance(pay, dict) and (pay.get("min") or pay.get("max"))
    return JobPosting(
        description=join_html(("", offer.get("description")), ("", offer.get("requirements"))),
        title=text_of(offer.get("title")),
        hiring_organization=text_of(offer.get("company_name")),
        job_location=tuple(dict.fromkeys(filter(None, places)))
        or tuple(filter(None, [text_of(offer.get("location"))])),
        job_location_type=place_type("hybrid" if offer.get("hybrid") else "", offer.get("remote")),
        date_posted=parse_date(offer.get("published_at")) or parse_date(offer.get("created_at")),
        valid_through=parse_date(offer.get("close_at")),
        employment_type=text_of(offer.get("employment_type_code")),
        identifier=text_of(offer.get("id")),
        url=text_of(offer.get("careers_url")),
        salary_text=json.dumps({"salary": pay}, ensure_ascii=False) if states_pay else "",
    )


SOURCE = Source("recruitee", start, parse, is_mine, r"([\w-]+)\.recruitee\.com")
