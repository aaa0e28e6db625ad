"""Hacker News, "Who is hiring?": each comment right under the question is a posting."""

import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from classifier.clean import clean_text
from classifier.dates import parse_date
from classifier.errors import InputError
from classifier.lines import Reject
from classifier.posting import JobPosting
from classifier.sources.comment_header import Header, offers_several, read_header
from classifier.sources.payload import at, expect_list, has_keys, items_of, read_json, text_of
from classifier.sources.wire import Found, Listing, Page, Request, Source, shown

HOST = "https://hn.algolia.com/api/v1"
PAGE = 1000  # comments of an answer; the search shows no more of a thread

_SEEKER = re.compile(
    r"""
    \A \W* (?: seeking \s work | .{0,400} willing \s to \s relocate \s* : )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SELF = re.compile(
    r"\bI(?:['’]m| am)\b[^.]{0,40}\b(?:looking for|available|developer|engineer)\b", re.IGNORECASE
)
_HIRING = re.compile(
    r"""
    \b (?: hiring | join \s us | open \s (?: role | position )s? | role \s open | careers?
      | we (?: ['’]re | \s are ) \s looking \s for | apply )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAMED = re.compile(
    r"\A\W*(?P<name>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3}(?: \([^)\n]{1,20}\))?) is hiring"
)
_BREAK = re.compile(r"<p>|\n")
_SHORTEST = 200  # characters of an offer in prose


def start(thread: str) -> list[Request]:
    """Request for a thread: the number of its question, or "latest".

    Raises
    ------
    InputError
        If it is neither.
    """
    if thread == "latest":
        return [Request(f"{HOST}/search_by_date?tags=story,author_whoishiring&hitsPerPage=9")]
    if not (thread.isascii() and thread.isdigit()):
        raise InputError(f"hn: expected the number of a thread, or latest, got {thread!r}")
    return [_comments(thread)]


def _comments(thread: str) -> Request:
    tags = f"comment,story_{quote(thread)}"
    return Request(f"{HOST}/search_by_date?tags={tags}&hitsPerPage={PAGE}&page=0")


def is_mine(value: Any) -> bool:  # noqa: ANN401 - a value of JSON
    """Say if a value of JSON is an answer of the search, or a list of comments."""
    hit = at(value, "hits", 0)
    if has_keys(hit, "objectID") and ("story_id" in hit or "author" in hit):
        return True
    if has_keys(value, "hits", "nbHits"):
        return True
    comment = at(value, "jobs", 0) or at(value, 0)
    return has_keys(comment, "id", "time", "text", "by")


def parse(page: Page) -> Found:
    """Postings of the comments; answers to comments are none, and no rejects either."""
    value = read_json(page)
    if items_of(value, "hits") and "comment" not in items_of(value["hits"][0], "_tags"):
        return Found(requests=_latest(value["hits"]))
    found = Found()
    for number, comment in enumerate(_top_level(value), 1):
        one = _listing(comment)
        if isinstance(one, str):
            found.rejects.append(
                Reject(number, one, shown(comment.get("text") or comment.get("comment_text")))
            )
        else:
            found.listings.append(one)
    total, shown_hits = at(value, "nbHits"), len(items_of(value, "hits"))
    page_size = int(parse_qs(urlsplit(page.url).query).get("hitsPerPage", ["0"])[0])
    if page.url and isinstance(total, int) and total > shown_hits >= page_size:
        found.partial = f"the search shows {shown_hits} of {total} comments"
    return found


def _latest(stories: list[Any]) -> list[Request]:
    """Request for the comments of the newest question of the month."""
    for story in stories:
        number = text_of(at(story, "objectID"))
        if number and "who is hiring" in text_of(at(story, "title")).casefold():
            return [_comments(number)]
    return []


def _top_level(value: object) -> list[dict[str, Any]]:
    """Comments that stand right under the question and are not deleted."""
    if has_keys(value, "hits"):
        hits = expect_list(value, "hits")
        return [hit for hit in hits if has_keys(hit, "comment_text") and _is_top(hit)]
    items = expect_list(value, "jobs") if isinstance(value, dict) else expect_list(value)
    return [item for item in items if text_of(at(item, "text")) and not at(item, "deleted")]


def _is_top(hit: dict[str, Any]) -> bool:
    return bool(hit["comment_text"]) and hit.get("parent_id") == hit.get("story_id")


def _listing(comment: dict[str, Any]) -> Listing | str:
    """Posting of a comment, or the reason why it is none."""
    number = text_of(comment.get("objectID")) or text_of(comment.get("id"))
    text = text_of(comment.get("comment_text")) or text_of(comment.get("text"))
    # Line by line: HTML would join the lines that people write.
    plain = "\n".join(clean_text(line) for line in _BREAK.split(text)).strip()
    if _SEEKER.search(plain):
        return "a person who seeks work"
    header = read_header(plain)
    if not header.employer and not header.title:
        if _SELF.search(plain):
            return "a person who seeks work"
        if len(plain) < _SHORTEST or not _HIRING.search(plain):
            return "neither a header line nor words of an offer"
        header = Header(employer=_employer(plain))
    return Listing(
        JobPosting(
            description=text,
            title=header.title,
            hiring_organization=header.employer,
            job_location=tuple(filter(None, [header.place])),
            job_location_type=header.place_type,
            date_posted=parse_date(comment.get("created_at")) or parse_date(comment.get("time")),
            employment_type=header.employment_type,
            identifier=number,
            url=f"https://news.ycombinator.com/item?id={number}",
            salary_text=header.pay,
        ),
        several_roles=offers_several(header.title, plain),
    )


def _employer(text: str) -> str:
    """Employer of an offer in prose, if it begins with "Acme is hiring"."""
    match = _NAMED.match(text)
    return match["name"] if match else ""


SOURCE = Source("hn", start, parse, is_mine)
