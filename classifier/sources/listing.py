"""Listing pages in blocks: a title, ``@ employer | place``, then type, level and pay in a line."""

import re
from typing import Any, NamedTuple

from classifier.clean import clean_text
from classifier.posting import JobPosting
from classifier.salary import find_salaries
from classifier.sources.payload import read_text
from classifier.sources.wire import Found, Listing, Page, Request, Source

MOST = 4 * 2**20  # characters of a page that are looked at

_EMPLOYER = re.compile(r"@\s+(?P<employer>[^|\n]+?)\s*\|\s*(?P<place>[^\n]+)")
_TYPES = re.compile(r"(?:Full|Part)[ -]Time|Internship|Contract|Freelance|Temporary", re.IGNORECASE)
_FEATURED = re.compile(r"Featured Job\b.*", re.IGNORECASE)


class _Block(NamedTuple):
    title: str
    employer: str
    place: str
    attributes: str


def start(url: str) -> list[Request]:
    """Request for a listing page."""
    return [Request(url)]


def is_mine(text: Any) -> bool:  # noqa: ANN401 - text of a page
    """Say if a text has a block of this form."""
    return isinstance(text, str) and bool(_find_blocks(clean_text(text)))


def parse(page: Page) -> Found:
    """Postings of a page's blocks. They are excerpts: the description is the block's last line."""
    blocks = _find_blocks(clean_text(read_text(page)[:MOST]))
    return Found([Listing(_posting(block, page.url)) for block in blocks])


def _find_blocks(text: str) -> list[_Block]:
    # What is in an item of a list comes with its bullet.
    lines = [line.strip().removeprefix("- ").strip() for line in text.split("\n")]
    lines = [line for line in lines if line and not _FEATURED.fullmatch(line)]
    blocks = []
    for before, line, after in zip(lines, lines[1:], [*lines[2:], ""], strict=False):
        match = _EMPLOYER.fullmatch(line)
        if match and not _EMPLOYER.fullmatch(before):
            is_attributes = _TYPES.match(after) or find_salaries(after)
            place = match["place"].strip()
            blocks.append(_Block(before, match["employer"], place, after if is_attributes else ""))
    return blocks


def _posting(block: _Block, url: str) -> JobPosting:
    remote = block.place.casefold().startswith("remote")
    types = _TYPES.findall(block.attributes)
    pays = find_salaries(block.attributes)
    return JobPosting(
        description=block.attributes,
        title=block.title,
        hiring_organization=block.employer,
        job_location=(block.place,),
        job_location_type="TELECOMMUTE" if remote else "",
        employment_type=", ".join(types),
        # A listing has no number for it; these three tell its postings apart.
        identifier=f"{block.employer}: {block.title}, {block.place}",
        url=url,
        salary_text=(pays[0].text or "") if pays else "",
    )


SOURCE = Source("listing", start, parse, is_mine)
