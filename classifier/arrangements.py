"""Where the work is done (remote or not), and how it is employed."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from classifier.phrases import find_phrases, first_words, fold, split_names
from classifier.quick import Look
from classifier.remote_work import JOB, text_remote
from classifier.terms import find_tokens, tokenize

# As Google has them for JobPosting of schema.org; what tells more comes first.
EMPLOYMENT_TYPES = (
    "INTERN",
    "VOLUNTEER",
    "TEMPORARY",
    "CONTRACTOR",
    "PER_DIEM",
    "PART_TIME",
    "FULL_TIME",
    "OTHER",
)
_NONE = ""  # a phrase that tells nothing though it has a word that does
_MOST_CHARS = 1_000  # of a field or a title
_LISTED = re.compile(r"[/,|;&\n]")  # in no phrase: "Hybrid | Remote" is not "hybrid remote"
_APART = re.compile(r"[/,|;&\n]|\b(?:or|and|oder|und|ou|et|o|e)\b", re.IGNORECASE)
# "FullTime", "PART_TIME" are two words.
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_")

_EMPLOYMENT = re.compile(
    rf"""
      \b (?: employment | job | position | contract | work ) [ ] (?: type | status | time )
        \W{{0,3}} [:–-] \W{{0,6}} (?P<field> [^\n.;]{{2,40}} )
    | (?P<role> \b (?: this\sis | this\swill\sbe | we\soffer ) \s an? \s
        [^\n.;:!?]{{2,50}}? [ ] (?: {JOB} | internship | contract | engagement ) \b )
    | \b (?: unbefristet | befristet ) \w* [ ] (?: \w+ [ ] )?
        (?: anstellung | arbeitsvertrag | stelle )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_remote(
    location_type: str,
    location: str,
    title: str = "",
    description: str = "",
    look: Look | None = None,
) -> bool | None:
    """Whether the work can be done from elsewhere all the time; None if that is not told.

    The first of the four that tells decides. Hybrid work is not remote; "remote or hybrid" is,
    because one can choose.

    Parameters
    ----------
    location_type : str
        ``TELECOMMUTE`` of schema.org, or what a site shows: "Hybrid", "On-site".
    location, title : str
        As the posting has them.
    description : str
        Text. It counts only by strong statements such as "this is a fully remote position".
    look : Look, optional
        At the description, if there is one: the result is the same.

    Examples
    --------
    >>> is_remote("TELECOMMUTE", "Oslo"), is_remote("", "Berlin (hybrid)")
    (True, False)
    >>> is_remote("", "Oslo", "Remote Sensing Scientist") is None
    True
    >>> is_remote("", "", "", "Please note: this is not a remote position.")
    False
    """
    for text, is_title in ((location_type, False), (location, False), (title, True)):
        told = _field_remote(text[:_MOST_CHARS], is_title=is_title) if text else None
        if told is not None:
            return told
    return text_remote(description, look)


@lru_cache(maxsize=16_384)  # places and titles repeat, but there are many
def _field_remote(text: str, *, is_title: bool) -> bool | None:
    """What a place or a title says of remote work."""
    if _place_first_words().keys().isdisjoint(tokenize(fold(text))):  # a quick look
        return None
    told = _groups(text, _title_places() if is_title else _places())
    return ["yes"] in [sorted(set(group)) for group in told] if told else None


def find_employment_type(field: str, title: str = "", description: str = "") -> str | None:
    """How the work is employed, one of `EMPLOYMENT_TYPES`; None if that is not told.

    The first of the three that tells decides. Of words that go together ``FULL_TIME`` is the
    weakest ("full-time internship"); of words to choose from the first counts.

    Parameters
    ----------
    field : str
        Of the posting for it, in any of the usual spellings and languages.
    title : str
        As the posting has it.
    description : str
        Text. It counts only by strong statements such as "Employment type: contract".

    Examples
    --------
    >>> find_employment_type("FullTime"), find_employment_type("CDI")
    ('FULL_TIME', 'FULL_TIME')
    >>> find_employment_type("", "Smart Contract Engineer (Part-time)")
    'PART_TIME'
    >>> find_employment_type("", "", "This is a six-month contract position.")
    'CONTRACTOR'
    """
    for text, table in ((field, _types()), (title, _title_types())):
        told = _groups(_HUMP.sub(" ", text), table)
        if told:
            return _strongest(told[0])
    return _text_type(description)


def _groups(text: str, table: Mapping[str, str]) -> list[list[str]]:
    """What the words of a table in a text tell: one list for each of the things to choose from."""
    text = fold(text[:_MOST_CHARS])
    tokens = find_tokens(text)
    groups: list[list[str]] = []
    end = 0

    def fits(_: str, i: int, stop: int) -> bool:
        return not _LISTED.search(text, tokens[i].start, tokens[stop - 1].end)

    for value, i, stop in find_phrases([token.text for token in tokens], table, fits):
        if value == _NONE:
            continue
        if not groups or _APART.search(text, end, tokens[i].start):
            groups.append([])
        groups[-1].append(value)
        end = tokens[stop - 1].end
    return groups


def _strongest(told: list[str]) -> str:
    """The type that tells most: full time is only the hours."""
    return min(told, key=EMPLOYMENT_TYPES.index)


# --- The text ---


def _text_type(text: str) -> str | None:
    """Type that a text names as that of the job."""
    for found in _EMPLOYMENT.finditer(text):
        table = _title_types() if found["role"] else _types()
        told = _groups(found["field"] or found.group(), table)
        if told:
            return _strongest(told[0])
    return None


# --- The tables ---


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Tables of arrangements.toml: read when the first posting is looked at, not at import."""
    path = Path(__file__).with_name("arrangements.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _by_phrase(table: str, names: Iterable[str]) -> dict[str, str]:
    """What each phrase of some lists tells; a list that is none of the results tells nothing."""
    return {
        " ".join(tokenize(fold(phrase))): _NONE if name.endswith("other") else name
        for name in names
        for phrase in split_names(_tables()[table][name])
    }


@cache
def _places() -> dict[str, str]:
    return _by_phrase("remote", ("yes", "no"))


@cache
def _title_places() -> dict[str, str]:
    return _by_phrase("remote", ("yes", "no", "other"))


@cache
def _place_first_words() -> dict[str, int]:
    """First words of all phrases of `_title_places`; those of `_places` are among them."""
    return first_words(_title_places())


@cache
def _types() -> dict[str, str]:
    return _by_phrase("employment", EMPLOYMENT_TYPES)


@cache
def _title_types() -> dict[str, str]:
    return _by_phrase("employment", (*EMPLOYMENT_TYPES, "title_other"))
