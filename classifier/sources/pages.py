"""Pages with a schema.org JobPosting, from their address or from a sitemap."""

import gzip
import re
import zlib
from dataclasses import replace
from typing import Any

from classifier.errors import InputError
from classifier.lines import Reject
from classifier.schema_org import read_schema_org
from classifier.sources.payload import read_text, read_xml
from classifier.sources.wire import Found, Listing, Page, Request, ShapeError, Source, why_not
from classifier.structured_data import find_job_postings, needs_extruct

MOST_URLS = 50_000  # of a sitemap, as its standard says
MOST_UNPACKED = 50 * 2**20  # bytes, as its standard says

_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b")


def start(url: str) -> list[Request]:
    """Request for a page, a sitemap, or an index of sitemaps."""
    return [Request(url)]


def is_mine(text: Any) -> bool:  # noqa: ANN401 - text of a page
    """Say if a text is a page with a JobPosting."""
    return isinstance(text, str) and bool(find_job_postings(text))


def parse(page: Page) -> Found:
    """Postings of a page; of a sitemap, requests for its pages."""
    page = replace(page, content=_unpack(page.content))
    if _SITEMAP.search(page.content[:4096]):
        return _read_sitemap(page)
    found, text = Found(), read_text(page)
    postings = find_job_postings(text)
    if not postings and needs_extruct(text):
        raise InputError(
            "microdata and RDFa need extruct: pip install 'job-posting-classifier[collect]'"
        )
    for number, fields in enumerate(postings, 1):
        posting = read_schema_org(fields, page.url)
        # A page that is a file has no address: its words tell it apart.
        posting = replace(
            posting, identifier=posting.identifier or _identifier(posting.url, posting)
        )
        if reason := why_not(posting):
            found.rejects.append(Reject(number, reason, str(fields)[:200]))
        else:
            found.listings.append(Listing(posting))
    return found


def _identifier(url: str, posting: Any) -> str:  # noqa: ANN401 - a JobPosting
    if url:
        return ""
    parts = (posting.hiring_organization, posting.title, *posting.job_location)
    digest = zlib.crc32(posting.description.encode("utf-8", "replace"))
    return f"{', '.join(filter(None, parts))} ({digest:08x})"


def _read_sitemap(page: Page) -> Found:
    root = read_xml(page)
    urls = [(one.text or "").strip() for one in root.iterfind("{*}*/{*}loc")][:MOST_URLS]
    return Found(requests=[Request(url) for url in dict.fromkeys(urls) if url])


def _unpack(content: bytes) -> bytes:
    """Content of a page; unpacked if it is kept packed, as sitemaps often are.

    Raises
    ------
    ShapeError
        If it is damaged, or larger than a sitemap may be.
    """
    if not content.startswith(b"\x1f\x8b"):
        return content
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(content, MOST_UNPACKED)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise ShapeError(f"a damaged packed file: {error}") from error
    if unpacker.unconsumed_tail:
        raise ShapeError(f"a packed sitemap of over {MOST_UNPACKED} bytes")
    if not unpacker.eof:
        raise ShapeError("a damaged packed file: it ends too early")
    return unpacked


SOURCE = Source("pages", start, parse, is_mine)
