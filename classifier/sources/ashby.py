"""Ashby job sites: all listed postings of an employer in one answer, with components of pay."""

import json
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from classifier.dates import parse_date
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

HOST = "https://api.ashbyhq.com/posting-api/job-board"
COMPONENT = ("compensationType", "interval", "currencyCode", "minValue", "maxValue")


def start(site: str) -> list[Request]:
    """Request for a site: the name in its address, as in jobs.ashbyhq.com/NAME."""
    return [Request(f"{HOST}/{quote(unquote(site), safe='')}?includeCompensation=true")]


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is the answer of a site."""
    jobs = items_of(value, "jobs")
    if not jobs:
        return has_keys(value, "jobs", "apiVersion")
    return has_keys(jobs[0], "title", "jobUrl")


def parse(page: Page) -> Found:
    """Postings of a site's answer that are listed."""
    return read_each(expect_list(read_json(page), "jobs"), _posting)


def _posting(job: dict[str, Any]) -> JobPosting | None:
    if job.get("isListed") is False:  # reached by a direct link only
        return None
    url = text_of(job.get("jobUrl"))
    places = [job.get("location"), *(at(one, "location") for one in _others(job))]
    return JobPosting(
        description=text_of(job.get("descriptionHtml")) or text_of(job.get("descriptionPlain")),
        title=text_of(job.get("title")),
        # The payload does not name the employer.
        hiring_organization="".join(urlsplit(url).path.split("/")[1:2]),
        job_location=tuple(dict.fromkeys(filter(None, map(text_of, places)))),
        job_location_type=place_type(job.get("workplaceType"), job.get("isRemote")),
        date_posted=parse_date(job.get("publishedAt")),
        employment_type=text_of(job.get("employmentType")),
        identifier=text_of(job.get("id")) or url.rstrip("/").rpartition("/")[2],
        url=url,
        salary_text=_pay(job.get("compensation")),
    )


def _others(job: dict[str, Any]) -> list[Any]:
    return items_of(job, "secondaryLocations")


def _pay(compensation: object) -> str:
    """Components that are salary (equity and bonus have no bounds), else the summary in words."""
    tiers = items_of(compensation, "compensationTiers")
    components = [one for tier in tiers for one in items_of(tier, "components")]
    salaries = [
        {key: one[key] for key in COMPONENT if key in one}
        for one in components or items_of(compensation, "summaryComponents")
        if at(one, "compensationType") == "Salary"
    ]
    if salaries:
        return json.dumps({"components": salaries}, ensure_ascii=False)
    return text_of(at(compensation, "scrapeableCompensationSalarySummary"))


SOURCE = Source("ashby", start, parse, is_mine, r"jobs\.ashbyhq\.com/([\w.%-]+)")
