"""The first line of an offer in a forum: ``Employer | Title | Place | Full-time | Pay``.

By custom it is a header, in any order and with any of its parts left out; some write
``Company: ...`` line by line.
"""

import re
from typing import NamedTuple

from classifier.arrangements import find_employment_type
from classifier.countries import find_countries
from classifier.salary import parse_salary

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
_ITEM = re.compile(r"\s*(?:[-*•–]|\d+[.)])\s+(.{3,90})")
_WORDS = 14  # of a part of a header; a longer one is a sentence
_NAME_WORDS = 5  # of an employer that stands alone before a dash


class Header(NamedTuple):
    """Parts of a header, as they are written; "" for one that is not there.

    Attributes
    ----------
    place_type : str
        TELECOMMUTE, hybrid or on-site.
    """

    employer: str = ""
    title: str = ""
    place: str = ""
    place_type: str = ""
    employment_type: str = ""
    pay: str = ""


def read_header(text: str) -> Header:
    r"""Parts of a comment's header, as far as they can be told; the employer comes first.

    >>> read_header("Acme (YC W21) | Compiler Engineer | Oslo, Norway | ONSITE | €70k-€90k")
    ... # doctest: +NORMALIZE_WHITESPACE
    Header(employer='Acme (YC W21)', title='Compiler Engineer', place='Oslo, Norway',
            place_type='on-site', employment_type='', pay='€70k-€90k')
    >>> read_header("Company: Acme\nRole: Compiler Engineer\nRemote: Yes\n\nWe do.")
    ... # doctest: +ELLIPSIS
    Header(employer='Acme', title='Compiler Engineer', place='', place_type='TELECOMMUTE', ...)
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
        return Header()
    header = _read_parts(parts)
    # A sentence can have dashes, too.
    is_sentence = "|" not in line and len(parts[0].split()) > _NAME_WORDS and not any(header[1:])
    return Header() if is_sentence else header


def _read_keys(text: str) -> Header:
    found: dict[str, str] = {}
    for line in text.split("\n")[:15]:
        key, colon, value = line.partition(":")
        match = _KEY.fullmatch(key.strip(" -*")) if colon else None
        if match and match.lastgroup and len(value.split()) <= _WORDS:
            found.setdefault(match.lastgroup, value.strip())
    remote = found.get("remote", "").casefold()
    where = f"{found.get('place', '')} {'remote' if remote.startswith('yes') else ''}"
    return Header(
        found.get("employer", ""),
        found.get("title", ""),
        found.get("place", ""),
        _place_type(where),
        found.get("type", ""),
        found.get("pay", ""),
    )


def _read_parts(parts: list[str]) -> Header:
    """Header of its parts: each is what the first fitting test says, once."""
    found: dict[str, list[str]] = {}
    for i, part in enumerate(parts):
        found.setdefault(_kind(part, is_first=i == 0), []).append(part)
    places = [_strip_where(place) for place in found.get("place", [])]
    types = [*found.get("type", []), *filter(_is_type, places)]  # "On-site, Full-time"
    return Header(
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
