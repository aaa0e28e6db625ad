"""RSS and Atom: entries of a feed of postings."""

import io
from collections.abc import Mapping
from typing import Any

from classifier.dates import parse_date
from classifier.errors import InputError
from classifier.posting import JobPosting
from classifier.sources.payload import read_text, text_of, whole_characters
from classifier.sources.wire import Found, Page, ShapeError, read_each


def read_feed(page: Page, employer_first: bool = False) -> Found:
    """Postings of a feed's entries.

    Parameters
    ----------
    page : Page
        RSS or Atom.
    employer_first : bool
        Titles are ``Employer: Title``.

    Raises
    ------
    ShapeError
        If it is no feed.
    InputError
        If feedparser is not installed; it is of the extra ``collect``.
    """
    try:
        import feedparser  # slow to import, and only feeds need it
    except ImportError:
        raise InputError(
            "RSS and Atom need feedparser: pip install 'job-posting-classifier[collect]'"
        ) from None

    # What a page of another site could put into HTML is of no harm here: it becomes text.
    # A stream, because bytes could be the name of a file to it.
    stream = io.BytesIO(whole_characters(page.content))
    try:
        parsed = feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError):  # an odd name of an encoding, a category without a name
        parsed = {}
    if not parsed.get("version"):
        raise ShapeError(f"expected RSS or Atom, got {' '.join(read_text(page)[:60].split())!r}")
    site = text_of(parsed["feed"].get("title"))
    return read_each(parsed["entries"], lambda entry: _posting(entry, site, employer_first))


def _posting(entry: Mapping[str, Any], site: str, employer_first: bool) -> JobPosting:
    title = text_of(entry.get("title"))
    employer = text_of(entry.get("author"))
    if employer_first and ": " in title:
        employer, _, title = title.partition(": ")
    place = text_of(entry.get("region")) or text_of(entry.get("location"))
    remote = "remote" in f"{site} {place}".casefold()
    return JobPosting(
        description=_content(entry),
        title=title.strip(),
        hiring_organization=employer.strip(),
        job_location=tuple(filter(None, [place])),
        job_location_type="TELECOMMUTE" if remote else "",
        date_posted=parse_date(entry.get("published")) or parse_date(_updated(entry)),
        valid_through=parse_date(entry.get("expires_at")),
        employment_type=text_of(entry.get("type")),
        identifier=text_of(entry.get("id")) or text_of(entry.get("link")),
        url=text_of(entry.get("link")),
    )


def _updated(entry: Mapping[str, Any]) -> object:
    # Asked for one that is not there, feedparser gives the other date, and warns.
    return entry.get("updated") if "updated" in entry else None


def _content(entry: Mapping[str, Any]) -> str:
    """Longest of what an entry has for a text: some give an excerpt and the whole."""
    texts = [text_of(one.get("value")) for one in entry.get("content") or ()]
    return max([*texts, text_of(entry.get("summary"))], key=len)
