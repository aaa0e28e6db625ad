"""Any feed of postings in RSS or Atom, by its address."""

from typing import Any

from classifier.sources.feed import read_feed
from classifier.sources.wire import Found, Page, Request, Source

ROOTS = ("rss", "feed", "RDF")


def start(url: str) -> list[Request]:
    """Request for a feed."""
    return [Request(url)]


def is_mine(root: Any) -> bool:  # noqa: ANN401 - an element of lxml
    """Say if an element of XML is the root of a feed."""
    tag = getattr(root, "tag", "")
    return isinstance(tag, str) and tag.rpartition("}")[2] in ROOTS


def parse(page: Page) -> Found:
    """Postings of a feed: only the newest, so that none can be told to be gone."""
    found = read_feed(page)
    found.partial = "a feed shows only its newest postings"
    return found


SOURCE = Source("rss", start, parse, is_mine)
