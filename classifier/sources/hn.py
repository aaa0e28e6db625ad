"""Hacker News, "Who is hiring?": each comment right under the question is a posting.

Its first line is by custom a header, ``Employer | Title | Place | Full-time | Pay``, in any order
and with any of its parts left out; some write ``Company: ...`` line by line.
"""

import re
from typing import Any, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

from classifier.arrangements import find_employment_type
from classifier.clean import clean_text
from classifier.countries import find_countries
from classifier.dates import parse_date
from classifier.errors import InputError
from classifier.lines import Reject
from classifier.posting import JobPosting
from classifier.salary import parse_salary
from classifier.sources.payload import at, expect_list, has_keys, items_of, read_json, text_of
from classifier.sources.wire import Found, Listing, Page, Request, Source, shown

HOST = "https://hn.algolia.com/api/v1"
PAGE = 1000  # comments of an answer; the search shows no more of a thread

_ROLE = re.compile(
    r"""
    \b (?: engineer | developer | scientist | designer | manager | researcher | architect | analyst
      | programmer | director | recruiter | technician | consultant | writer | administrator
      | specialist | strategist | accountant | intern | advocate | professor | postdoc ) s? \b
    | \b (?: engineering | product | tech | ml | ai | design | team | project | sales | operations
      ) \s (?: lead | manager | leader ) s? \b
    | \b lead \Z
    | \b (?: devops | sre | sdet | cto | vp \s of | head \s of )
    | \b members? \s of \s technical \s staff
    | \b (?: software | data | platform | infrastructure | machine \s learning ) \s engineering \b
    | \b engs? \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MANY = re.compile(
    r"""
    \b (?: multiple | several | various | many | all ) \b
    .{0,30}? \b (?: role | position | opening | job ) s?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JOINED = re.compile(r",|&|/|\+|\band\b|\bor\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?:engineer|developer|scientist|designer|researcher)s\b", re.IGNORECASE)
_WHERE = re.compile(
    r"\b (?: remote | on-?\s?site | in-?\s?(?:office|person) | hybrid | worldwide | anywhere ) \b",
    re.VERBOSE | re.IGNORECASE,
)
_DAYS = re.compile(
    r"\b\d (?:-\d)? \+? \s? days? (?: \s? (?: / | a | per ) \s? (?: week | wk ) )? \b",
    re.VERBOSE | re.IGNORECASE,
)
_LINK = re.compile(r"\(? (?: https?:// | www\. ) [^\s|)]+ \)?", re.VERBOSE | re.IGNORECASE)
_SITE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,10}(?:/\S*)?", re.IGNORECASE)
_KEY = re.compile(
    r"""
    (?P<employer> company | employer ) | (?P<title> role | position | title | job \s title )s?
    | (?P<place> location | where ) | (?P<remote> remote )
    | (?P<type> type | employment (?: \s type )? )
    | (?P<pay> salary | compensation | pay | pay \s range )
    """,
    re.VERBOSE | re.IGNORECASE,
)
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
_ITEM = re.compile(r"\s*(?:[-*•–]|\d+[.)])\s+(.{3,90})")
_WORDS = 14  # of a part of a header; a longer one is a sentence
_NAME_WORDS = 5  # of an employer that stands alone before a dash


class _Header(NamedTuple):
    employer: str = ""
    title: str = ""
    place: str = ""
    place_type: str = ""
    employment_type: str = ""
    pay: str = ""


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
        header = _Header(employer=_employer(plain))
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


def read_header(text: str) -> _Header:
    r"""Parts of a comment's header, as far as they can be told; the employer comes first.

    >>> read_header("Acme (YC W21) | Compiler Engineer | Oslo, Norway | ONSITE | €70k-€90k")
    ... # doctest: +NORMALIZE_WHITESPACE
    _Header(employer='Acme (YC W21)', title='Compiler Engineer', place='Oslo, Norway',
            place_type='on-site', employment_type='', pay='€70k-€90k')
    >>> read_header("Company: Acme\nRole: Compiler Engineer\nRemote: Yes\n\nWe do.")
    ... # doctest: +ELLIPSIS
    _Header(employer='Acme', title='Compiler Engineer', place='', place_type='TELECOMMUTE', ...)
    """
    keyed = _read_keys(text)
    if keyed.employer or (keyed.title and keyed.place):
        return keyed
    line = text.strip().partition("\n")[0][:400]
    parts = [part.strip() for part in line.split("|")]
    if len(parts) < 2:
        parts = [part.strip() for part in re.split(r"\s+[—–-]+\s+|\s*;\s+", line)]
    parts = [_tidy(_LINK.sub("", part)) for part in parts]
    parts = [part for part in parts if part and not _SITE.fullmatch(part)]
    if len(parts) < 2 or len(parts[0].split()) > _WORDS:
        return _Header()
    header = _read_parts(parts)
    # A sentence can have dashes, too.
    is_sentence = "|" not in line and len(parts[0].split()) > _NAME_WORDS and not any(header[1:])
    return _Header() if is_sentence else header


def _employer(text: str) -> str:
    """Employer of an offer in prose, if it begins with "Acme is hiring"."""
    match = _NAMED.match(text)
    return match["name"] if match else ""


def _read_keys(text: str) -> _Header:
    found: dict[str, str] = {}
    for line in text.split("\n")[:15]:
        key, colon, value = line.partition(":")
        match = _KEY.fullmatch(key.strip(" -*")) if colon else None
        if match and match.lastgroup and len(value.split()) <= _WORDS:
            found.setdefault(match.lastgroup, value.strip())
    remote = found.get("remote", "").casefold()
    where = f"{found.get('place', '')} {'remote' if remote.startswith('yes') else ''}"
    return _Header(
        found.get("employer", ""),
        found.get("title", ""),
        found.get("place", ""),
        _place_type(where),
        found.get("type", ""),
        found.get("pay", ""),
    )


def _read_parts(parts: list[str]) -> _Header:
    """Header of its parts: each is what the first fitting test says, once."""
    found: dict[str, list[str]] = {}
    for i, part in enumerate(parts):
        found.setdefault(_kind(part, is_first=i == 0), []).append(part)
    places = [_strip_where(place) for place in found.get("place", [])]
    types = [*found.get("type", []), *filter(_is_type, places)]  # "On-site, Full-time"
    return _Header(
        "".join(found.get("employer", [])[:1]),
        ", ".join(found.get("title", [])),
        "; ".join(place for place in places if place and not _is_type(place)),
        _place_type(" ".join(found.get("place", []))),
        ", ".join(types),
        "; ".join(found.get("pay", [])),
    )


def _kind(part: str, *, is_first: bool) -> str:
    if len(part.split()) > _WORDS:
        return "other"
    if _ROLE.search(part) or (_MANY.search(part) and len(part.split()) < 4):
        return "title"
    if is_first:
        return "employer"
    if _MANY.search(part):
        return "title"
    if parse_salary(part):
        return "pay"
    if _is_type(part) and not _WHERE.search(part):
        return "type"
    if _WHERE.search(part) or (len(part.split()) <= 6 and find_countries(part)):
        return "place"
    return "other"


def _is_type(part: str) -> bool:
    return len(part.split()) <= 5 and bool(find_employment_type(part))


def _place_type(where: str) -> str:
    words = where.casefold()
    if "hybrid" in words:
        return "hybrid"
    if "remote" in words:
        return "TELECOMMUTE"
    return "on-site" if re.search(r"on-?\s?site|in-?\s?(?:office|person)", words) else ""


def _strip_where(place: str) -> str:
    """Place without the words that only say that it is far or near."""
    rest = _DAYS.sub("", _WHERE.sub("", place))
    rest = _tidy(re.sub(r"\(\W*\)", "", rest))
    rest = _tidy(re.sub(r"^(?:(?:or|and|in)\b\s*)+|(?:\s*\b(?:or|and|in))+$", "", rest))
    return rest if re.search(r"\w{2}", rest) else ""


def _tidy(part: str) -> str:
    """Part without what is left at its ends when something was taken out of it.

    >>> _tidy(" (US only) "), _tidy("Acme (YC W21) ()"), _tidy("(US) or (NYC)")
    ('US only', 'Acme (YC W21)', '(US) or (NYC)')
    """
    part = " ".join(part.replace("()", "").split()).strip(" ,:/+&-–—")
    inner = part[1:-1]
    if part.startswith("(") and part.endswith(")") and "(" not in inner and ")" not in inner:
        return inner
    return part if part.count("(") == part.count(")") else part.strip("()")


def offers_several(title: str, text: str) -> bool:
    r"""Say if a comment offers more than one role: by its title, else by a list of titles.

    >>> offers_several("Full-Stack Engineer, UX Designer", ""), offers_several("ML Engineer", "")
    (True, False)
    >>> offers_several("", "Acme | Oslo\n- Data Engineer\n- Office Manager")
    True
    """
    if _MANY.search(title) or len(_ROLE.findall(title)) > 1:
        return True
    if title:
        return bool(_PLURAL.search(title) and _JOINED.search(title))
    items = [match[1] for line in text.split("\n") if (match := _ITEM.match(line))]
    return len([item for item in items if _ROLE.search(item)]) > 1


SOURCE = Source("hn", start, parse, is_mine)
