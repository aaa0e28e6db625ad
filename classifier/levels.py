"""Seniority of a posting, from its title or from what its text says outright."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from classifier.experience import find_experience
from classifier.phrases import find_phrases, first_words, fold, split_names
from classifier.quick import Look, matches_at, places, plain, starts_before
from classifier.terms import TOKEN, tokenize

LEVELS = ("intern", "junior", "mid", "senior", "staff", "lead", "director")
ARTICLE_LEVELS = {
    "intern": "Entry-level",
    "junior": "Entry-level",
    "mid": "Mid-level",
    "senior": "Senior-level",
    "staff": "Senior-level",
    "lead": "Senior-level",
    "director": "Executive-level",
}
SURVEY_LEVELS = {"EN": "junior", "MI": "mid", "SE": "senior", "EX": "director"}

_OTHER = ""  # a phrase that tells no level though it has a word of one
_MOST_CHARS = 500  # of a title
# Fewest years of experience for a level. No number of years makes staff or lead.
_YEARS = ((5, "senior"), (2, "mid"), (0, "junior"))

# What stands behind is another person: "Assistant to the CEO".
_SOMEONE = re.compile(
    r"\b(?:(?:assistant|support|reporting|reports?) to|to the|office of)\b", re.IGNORECASE
)
_SOMEONE_WORDS = (" to", "to the", "office of")  # one of them is in each match, in small letters
_APART = re.compile(r"[/,|;()&+:–—]|\s-|-\s|\b(?:or|to|and|oder|und|ou|et|o|e|of)\b", re.IGNORECASE)
_END = re.compile(r"\s*(?:[-–—,;:|/()\[\]]|$)")
_SEGMENT = re.compile(r"[,;|/()]|\s[-–—]\s")
_ALONE = re.compile(r"(?:[,(/|–—-]|^)\s*(?:senior |sr\.? )?$", re.IGNORECASE)

_FIELD = re.compile(
    r"\b(?:(?:seniority|experience|career|job|position|role)[ -]?level|seniority)"
    r"\s*[:–-]\s*(?P<value>[^\n.;]{1,40})",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:this is|this will be|this is truly|we offer) an? (?P<value>[^\n.,;:!?]{2,60}?)"
    r"[ -](?:role|position|opportunity|job|internship|vacancy)\b",
    re.IGNORECASE,
)
# Quick looks for the text of `plain`, where "?" may be any character that is not ASCII. No field
# without one of these words and a mark behind it, and it begins with one of the next; a role begins
# with one of the last.
FIELD_ENDS = ("level", "seniority")
_MARK = re.compile(r"(?:level|seniority)[\s?]*[:?-]")
_FIELD_START = re.compile("seniority|experience|career|job|position|role")
_FIELD_REACH = len("experience-")  # from the start of a field to the word at its end, at most
ROLE_STARTS = ("this is a", "this will be a", "this is truly a", "we offer a")


class Level(NamedTuple):
    """A level of `LEVELS`, and where it comes from.

    Attributes
    ----------
    name : str
        One of `LEVELS`.
    rule : str
        ``title``, ``text`` or ``years of experience``.
    text : str
        The words it was read from.
    """

    name: str
    rule: str
    text: str


class _Hit(NamedTuple):
    level: str
    start: int
    end: int


def find_level(title: str, description: str = "", look: Look | None = None) -> Level | None:
    """Level of a posting; None if neither the title nor the text tells.

    The title decides. Of words that go together the highest counts ("Senior Manager"), of words
    to choose from the first ("Senior/Staff", "Mid-Senior"). Then the text, by what it says of the
    role outright, then by the fewest years of experience that it asks for first: 0 to 1 is
    junior, 2 to 4 mid, 5 and more senior.

    Parameters
    ----------
    title : str
        As the posting has it.
    description : str
        Text, not HTML.
    look : Look, optional
        At the description, if there is one: the result is the same.

    Examples
    --------
    >>> find_level("Senior Engineering Manager, Search")
    Level(name='lead', rule='title', text='Manager')
    >>> find_level("Member of Technical Staff", "You have 5+ years of experience.")
    Level(name='senior', rule='years of experience', text='5+ years')
    >>> find_level("Product Manager") is None
    True
    """
    return (
        _from_title(title, "title") or _stated(description, look) or _from_years(description, look)
    )


# --- The title ---


@lru_cache(maxsize=16_384)  # titles repeat, but there are many
def _from_title(title: str, rule: str) -> Level | None:
    title = unicodedata.normalize("NFC", title[:_MOST_CHARS])
    hits = _first_group(title, _find_hits(_before_someone(title)))
    if not hits:
        return None
    best = max(hits, key=lambda hit: LEVELS.index(hit.level))
    return Level(best.level, rule, title[best.start : best.end])


def _before_someone(title: str) -> str:
    """Title up to the words that name another person."""
    if title.isascii() and not any(word in title.lower() for word in _SOMEONE_WORDS):
        return title
    found = _SOMEONE.search(title)
    return title[: found.start()] if found else title


def _find_hits(title: str) -> list[_Hit]:
    """Words of a level in a title, in order."""
    words = tokenize(title) if title.isascii() else list(map(fold, tokenize(title)))

    def fits(_: str, i: int, stop: int) -> bool:
        return stop - i > 1 or _fits(title, words, i)

    found = list(find_phrases(words, _title_words(), fits, _title_first_words()))
    if not found:
        return []
    spans = [token.span() for token in TOKEN.finditer(title)]
    hits = [_Hit(level, spans[i][0], spans[stop - 1][1]) for level, i, stop in found]
    return [hit for hit in hits if hit.level != _OTHER]


def _fits(title: str, words: list[str], i: int) -> bool:
    """Whether a single word tells a level where it stands."""
    word, numeral = words[i], words[i] in _numerals()
    if not numeral and word not in _followers():
        return True
    token = next(islice(TOKEN.finditer(title), i, None))
    written, rest = token.group(), title[token.end() :]
    if numeral:
        counted = i > 0 and words[i - 1] in _numbered() and bool(_END.match(rest))
        return counted and written == written.upper()
    listed = _followers()[word]
    if _ALONE.search(title[: token.start()]) and _END.match(rest):
        return not listed.isdisjoint(words)  # "Software Engineer, Staff"
    return not listed.isdisjoint(tokenize(_SEGMENT.split(rest, maxsplit=1)[0]))


def _first_group(title: str, hits: list[_Hit]) -> list[_Hit]:
    """Hits up to the first words that part them: those behind are a choice, or another matter."""
    for i, (hit, behind) in enumerate(pairwise(hits)):
        between = title[hit.end : behind.start]
        if between == "-" or _APART.search(between):
            return hits[: i + 1]
    return hits


# --- The text ---


def _stated(text: str, look: Look | None = None) -> Level | None:
    """Level that a text names as that of the role."""
    for found in _fields(text, look):
        words = [fold(word) for word in tokenize(found["value"])]
        for level, start, _ in find_phrases(words, _stated_words()):
            if start == 0:
                return Level(level, "text", found.group().strip())
    for found in _roles(text, look):
        level_found = _from_title(found["value"], "text")
        if level_found:
            return level_found._replace(text=found.group())
    return None


def _fields(text: str, look: Look | None = None) -> Iterator[re.Match[str]]:
    """What `_FIELD` finds in a text, tried only before a word that ends a field."""
    if look and not look.fields:
        return iter(())
    small = plain(text)
    ends = (_MARK.match(small, at) for at in (look.fields if look else places(small, *FIELD_ENDS)))
    return matches_at(
        _FIELD, text, starts_before(small, filter(None, ends), _FIELD_START, _FIELD_REACH)
    )


def _roles(text: str, look: Look | None = None) -> Iterator[re.Match[str]]:
    """What `_ROLE` finds in a text, tried only where it can begin."""
    return matches_at(_ROLE, text, look.roles if look else places(plain(text), *ROLE_STARTS))


def _from_years(text: str, look: Look | None = None) -> Level | None:
    """Level by the first number of years of experience that is asked for."""
    asked = find_experience(text, look)
    if asked is None:
        return None
    name = next(name for fewest, name in _YEARS if asked.years >= fewest)
    return Level(name, "years of experience", asked.text)


# --- The tables ---


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Tables of levels.toml: read when the first title is looked at, not at import."""
    return tomllib.loads(Path(__file__).with_name("levels.toml").read_text(encoding="utf-8"))


def _by_phrase(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Level by phrase, of levels and their lists of phrases."""
    return {
        " ".join(tokenize(fold(phrase))): level
        for level, phrases in pairs
        for phrase in split_names(phrases)
    }


@cache
def _title_words() -> dict[str, str]:
    tables = _tables()
    others = [(_OTHER, phrases) for phrases in tables["others"].values()]
    return _by_phrase([*tables["titles"].items(), *_numbered_levels(), *others])


@cache
def _title_first_words() -> dict[str, int]:
    return first_words(_title_words())


@cache
def _stated_words() -> dict[str, str]:
    return _by_phrase(_tables()["stated"].items())


def _numbered_levels() -> list[tuple[str, str]]:
    return [(level, listed) for level, listed in _tables()["numbered"].items() if level in LEVELS]


@cache
def _numerals() -> frozenset[str]:
    return frozenset(_by_phrase(_numbered_levels()))


@cache
def _numbered() -> frozenset[str]:
    return frozenset(split_names(_tables()["numbered"]["behind"]))


@cache
def _followers() -> dict[str, frozenset[str]]:
    return {word: frozenset(split_names(listed)) for word, listed in _tables()["before"].items()}
