"""Personio career sites: an XML feed of all positions of an employer."""

from typing import Any
from urllib.parse import quote, urlsplit

from classifier.dates import parse_date
from classifier.posting import JobPosting
from classifier.sources.payload import join_html, place_type, read_xml
from classifier.sources.wire import Found, Page, Request, ShapeError, Source, read_each


def start(account: str) -> list[Request]:
    """Request for an account: NAME as in NAME.jobs.personio.de, or the whole host."""
    host = account if "." in account else f"{quote(account, safe='')}.jobs.personio.de"
    return [Request(f"https://{host}/xml?language=en")]


def is_mine(root: Any) -> bool:  # noqa: ANN401 - an element of lxml
    """Say if an element of XML is the root of a feed."""
    return getattr(root, "tag", "") == "workzag-jobs"


def parse(page: Page) -> Found:
    """Postings of a feed.

    Raises
    ------
    ShapeError
        If it is no feed: an unknown account answers with a page of HTML.
    """
    root = read_xml(page)
    if not is_mine(root):
        raise ShapeError(f"expected <workzag-jobs>, got <{root.tag}>")
    host = urlsplit(page.url).netloc
    return read_each(root.findall("position"), lambda position: _posting(position, host))


def _posting(position: Any, host: str) -> JobPosting:  # noqa: ANN401 - an element of lxml
    def text(path: str) -> str:
        return (position.findtext(path) or "").strip()

    number = text("id")
    offices = [
        text("office"),
        *((o.text or "").strip() for o in position.iterfind(".//additionalOffices/office")),
    ]
    sections = position.iterfind("jobDescriptions/jobDescription")
    kinds = [text("schedule"), text("employmentType")]
    return JobPosting(
        description=join_html(
            *((s.findtext("name") or "", (s.findtext("value") or "").strip()) for s in sections)
        ),
        title=text("name"),
        hiring_organization=text("subcompany") or host.partition(".")[0],
        job_location=tuple(dict.fromkeys(filter(None, offices))),
        job_location_type=place_type(
            " ".join(office for office in offices if "remote" in office.lower())
        ),
        date_posted=parse_date(text("createdAt")),
        employment_type=", ".join(filter(None, kinds)),
        identifier=number,
        url=f"https://{host}/job/{quote(number)}" if host else "",
    )


SOURCE = Source("personio", start, parse, is_mine, r"([\w-]+\.jobs\.personio\.(?:de|com))")
