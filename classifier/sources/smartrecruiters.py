"""SmartRecruiters: a list in pages of 100 without texts, and a detail for each posting."""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

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

HOST = "https://api.smartrecruiters.com/v1/companies"
PAGE = 100  # postings of an answer; the most that it gives
SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


def start(company: str) -> list[Request]:
    """Request for a company: the name in its address, as in careers.smartrecruiters.com/NAME."""
    return [_request(f"{HOST}/{quote(company, safe='')}/postings", 0)]


def _request(address: str, offset: int) -> Request:
    return Request(f"{address}?limit={PAGE}&offset={offset}")


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is a list or a detail."""
    return has_keys(value, "content", "totalFound") or has_keys(value, "jobAd", "company")


def parse(page: Page) -> Found:
    """Of a list, requests for the details and the next page; of a detail, its posting.

    A list that is a file gives postings without texts.
    """
    value = read_json(page)
    if has_keys(value, "jobAd"):
        return read_each([value], _posting)
    items = expect_list(value, "content")
    found = read_each(items, _posting)
    total = at(value, "totalFound")
    found.total = total if isinstance(total, int) else None
    if page.url:
        found.requests = _details(page.url, found) + _next(page.url, len(items), found.total)
        found.listings = []
    return found


def _details(url: str, found: Found) -> list[Request]:
    address = url.partition("?")[0]
    known = [listing.posting for listing in found.listings]
    return [
        Request(f"{address}/{quote(one.identifier, safe='', errors='replace')}", known=one)
        for one in known
    ]


def _next(url: str, n_items: int, total: int | None) -> list[Request]:
    offset = int(parse_qs(urlsplit(url).query).get("offset", ["0"])[0]) + n_items
    if not n_items or total is None or offset >= total:
        return []
    return [_request(url.partition("?")[0], offset)]


def _posting(job: dict[str, Any]) -> JobPosting:
    place, name = at(job, "location"), text_of(at(job, "company", "identifier"))
    parts = [at(place, key) for key in ("city", "region", "country")]
    workplace = "hybrid" if at(place, "hybrid") is True else ""
    sections = [at(job, "jobAd", "sections", key) for key in SECTIONS]
    return JobPosting(
        description=join_html(*((text_of(at(s, "title")), at(s, "text")) for s in sections)),
        title=text_of(job.get("name")),
        hiring_organization=text_of(at(job, "company", "name")) or name,
        job_location=tuple(
            filter(None, [text_of(at(place, "fullLocation")) or join_places(parts)])
        ),
        job_location_type=place_type(workplace, at(place, "remote")),
        date_posted=parse_date(job.get("releasedDate")),
        employment_type=text_of(at(job, "typeOfEmployment", "label")),
        identifier=text_of(job.get("id")),
        url=text_of(job.get("postingUrl"))
        or f"https://jobs.smartrecruiters.com/{quote(name)}/{text_of(job.get('id'))}",
        salary_text=_pay(job),
    )


def _pay(job: dict[str, Any]) -> str:
    """Of the employer's own fields the one for pay; there is no other."""
    for one in items_of(job, "customField"):
        if "salary" in text_of(at(one, "fieldLabel")).casefold():
            return text_of(at(one, "valueLabel"))
    return ""


SOURCE = Source(
    "smartrecruiters", start, parse, is_mine, r"(?:careers|jobs)\.smartrecruiters\.com/([\w-]+)"
)
