"""We Work Remotely: a feed for each category; titles are ``Employer: Title``."""

import re
from typing import Any
from urllib.parse import quote

from classifier.sources.feed import read_feed
from classifier.sources.wire import Found, Page, Request, Source

HOST = "https://weworkremotely.com"


def start(category: str) -> list[Request]:
    """Request for a category, as remote-programming-jobs, or "all"."""
    path = "remote-jobs" if category == "all" else f"categories/{quote(category, safe='')}"
    return [Request(f"{HOST}/{path}.rss")]


def is_mine(root: Any) -> bool:  # noqa: ANN401 - an element of lxml
    """Say if an element of XML is the root of one of its feeds."""
    if getattr(root, "tag", "") != "rss":
        return False
    return bool(re.match(rf"{HOST}\b", (root.findtext("channel/link") or "").strip()))


def parse(page: Page) -> Found:
    """Postings of a feed: only the newest, so that none can be told to be gone."""
    found = read_feed(page, employer_first=True)
    found.partial = "a feed shows only its newest postings"
    return found


SOURCE = Source("weworkremotely", start, parse, is_mine, r"weworkremotely\.com/categories/([\w-]+)")
