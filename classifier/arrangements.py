"""Where the work is done (remote or not), and how it is employed."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from classifier.phrases import find_phrases, first_words, fold, split_names
from classifier.quick import Look, matches_at, places, plain
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

_JOB = "(?:role|position|job|opportunity|vacancy)"
# "this is", "the position in our office will be": what follows is said of the job, not the firm.
_THIS = (
    r"(?:this\s(?:is|will\sbe)"
    rf"|(?:this|the)\s(?:[\w-]+\s){{0,3}}?{_JOB}\s(?:is|will\sbe|can\sbe))"
)
_AWAY = r"(?:remote|telecommut\w+|work[- ]from[- ](?:home|anywhere)|home[- ]based)"
# Of a text in small letters: ignoring the case takes three times as long.
# Strong statements only: "remote" alone stands in many texts that are about something else.
_NOT_REMOTE = re.compile(
    rf"""
      \b (?: not | isn['’]t | cannot\sbe | no ) \s (?: an? \s )? (?: fully \s )?
        (?: eligible\sfor \s )? {_AWAY} (?: \s work )? \s? (?: {_JOB} | eligible | option )? \b
        (?! \s in \b )
    | \b {_THIS} \s (?: an? \s )? (?: fully \s | 100% \s | full[- ]time, \s )?
        (?: hybrid | on-?\s?site | in-?\s?office | in-?\s?person | office-based )
        (?! \s (?:or|/) \s remote ) \b
    | \b (?: hybrid | on-?site | in-office ) \s (?: work \s )? {_JOB} \b
    | \b remote \s work \s is \s not \b
    | \b (?: [2-5] | two | three | four | five ) \+? \s days \s (?: (?:a|per|each) \s week \s )?
        (?: in \s (?: the | our ) \s office | on-?site | in-?office | in-?person )
    """,
    re.VERBOSE,
)
_REMOTE = re.compile(
    rf"""
      \b (?: fully | 100\s?% | completely | entirely ) [\s-] remote \b
        (?= \W* (?: $ | \n ) | [ ]? [.!)*:] | [,;] [ ] (?! or\b | and\b | hybrid ) | [ ] work\b )
    | \b {_THIS} \s (?: an? \s )? (?: [\w-]+ ,? \s ){{0,2}}? {_AWAY}
        (?! [\s-] (?:first|friendly|sensing|team|company|culture|until) ) \b
    | \b an? \s (?: full[- ]time,? \s )? remote \s (?: \w+ \s )? {_JOB} \b
    | \b {_AWAY} \s {_JOB} \b
    | \b (?: location | work\s?place | arrangement ) (?: \s type )? \s? : \s?
        (?: 100%\s | fully\s )? remote \b
    | (?: 100\s?% | \b vollständig | \b komplett ) \s (?:en\s)?
        (?: remote | home-?office | télétravail | remoto ) \b
    | \b full \s remote \b
    """,
    re.VERBOSE,
)
# Quick looks. No text says one of `_REMOTE` without one of the first signs, in the text of `plain`,
# and none says one of `_NOT_REMOTE` without one of all. The last three stand behind a word that
# ends in these four characters: "on-site", "in our office", "in- person".
AWAY_SIGNS = ("remot", "telecommut", "home", "anywhere", "t?l?travail")
PLACE_SIGNS = ("hybrid", "site", "office", "person")
_LEAD = re.compile("on|in|the|our")
_LEAD_CHARS = 4
# In every match one of these stands around the sign: one of the first among the few words before
# it, of the next two right before it, or of the last among the next words. Only the first and the
# last do so around the sign of a place.
_VERBS = frozenset({"is", "be", "days"})  # "days" only before a place
_DENIALS = ("not", "n't", "n’t", "no")
DEGREES = ("fully", "full", "%", "completely", "entirely", "vollständig", "komplett")
_FIELDS = ("location", "place", "arrangement")  # before ":"
JOBS = ("role", "position", "job", "opportunity", "vacancy")
_FEW = 7  # words: "not a fully eligible for work from", before "home"
_FEWER = 5  # "not a fully eligible for", before "remote"; "be a full time, on", before "site"
_NEXT = 3  # words: "based remote job", behind "home"
_CHARS_BEFORE, _CHARS_FROM = 120, 100  # in which these words most often are
_WORDS_BEFORE = 14  # at most so many stand between the start of a match and its sign
# A match begins with one of these (of two letters at most). "100%" may stand within a word.
_START = re.compile(
    r"(?<!\w)(?:th|no|is|ca|hy|on|in|re|[2-5]|tw|f[iou]|co|en|an?\b|te|wo|ho|lo|ar|vo|ko)|1"
)
_EMPLOYMENT = re.compile(
    rf"""
      \b (?: employment | job | position | contract | work ) [ ] (?: type | status | time )
        \W{{0,3}} [:–-] \W{{0,6}} (?P<field> [^\n.;]{{2,40}} )
    | (?P<role> \b (?: this\sis | this\swill\sbe | we\soffer ) \s an? \s
        [^\n.;:!?]{{2,50}}? [ ] (?: {_JOB} | internship | contract | engagement ) \b )
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
    return _text_remote(description, look)


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


def _text_remote(text: str, look: Look | None = None) -> bool | None:
    """What a text says of remote work; None too if it says both."""
    # The one letter that is two when small: no place behind it would be right. Nothing with one is
    # looked at before.
    if not look and "İ" in text:
        text = text.lower()
    signs = look.remote if look else _signs(text)
    if not signs:
        return None
    first = _words_before(text, 0, signs[0])  # no match begins before
    text, signs = text[first:].lower(), [sign - first for sign in signs]
    starts = list(_starts(text, signs))
    denied = list(matches_at(_NOT_REMOTE, text, starts))
    if denied:
        # Without what is denied: "not a remote position" has "a remote position" in it.
        ends = [0, *(found.end() for found in denied)]
        begins = [*(found.start() for found in denied), len(text)]
        text = " ".join(text[i:j] for i, j in zip(ends, begins, strict=True))
        starts = list(_starts(text, places(plain(text), *AWAY_SIGNS)))
    remote = any(matches_at(_REMOTE, text, starts))
    return None if remote == bool(denied) else remote


def _signs(text: str) -> list[int]:
    """Signs of remote work, and of a place, that an expression may have."""
    small = plain(text)
    away = [at for at in places(small, *AWAY_SIGNS) if _may_tell(text, at)]
    there = [at for at in places(small, *PLACE_SIGNS) if _may_deny(text, small, at)]
    return sorted(away + there)


def _may_tell(text: str, sign: int) -> bool:
    """Whether the words around a sign of remote work are such as an expression has."""
    if text[sign - 1 : sign].isalpha():  # it begins a word
        return False
    around = _around(text, sign)
    if around is None:
        return True
    before, behind = around
    few = before[-_FEWER:] if text[sign] in "rR" else before[-_FEW:]
    last = before[-1].rstrip("-") if before else ""
    return (
        any(word in _VERBS or word.endswith(_DENIALS) for word in few)
        or last.endswith(DEGREES)
        or last == "en"
        or (last.endswith(":") and any(word in "".join(few) for word in _FIELDS))
        or any(word.startswith(JOBS) for word in behind)
        or behind[:2] == ["work", "is"]
    )


def _may_deny(text: str, small: str, sign: int) -> bool:
    """Whether the words around the sign of a place are such as an expression has."""
    led = _LEAD.search(small, max(sign - _LEAD_CHARS, 0), sign)
    if not led and not small.startswith(("hybrid", "office-based"), sign):
        return False
    around = _around(text, sign)
    if around is None:
        return True
    before, behind = around
    named = not _VERBS.isdisjoint(before[-_FEWER:])
    return named or any(word.startswith(JOBS) for word in behind)


def _around(text: str, sign: int) -> tuple[list[str], list[str]] | None:
    """Small words before a sign, and the next ones behind its own; None if they may be cut."""
    start, end = sign - _CHARS_BEFORE, sign + _CHARS_FROM
    before = text[max(start, 0) : sign].lower().split()
    behind = text[sign:end].lower().split()[1:]
    cut = (start > 0 and len(before) <= _FEW) or (end < len(text) and len(behind) <= _NEXT)
    return None if cut else (before, behind[:_NEXT])


def _starts(text: str, signs: Iterable[int]) -> Iterator[int]:
    """Starts of the words before each sign, from left to right."""
    done = 0
    for sign in signs:
        first = _words_before(text, done, sign)
        yield from (found.start() for found in _START.finditer(text, first, sign + 2))
        done = sign + 1


def _words_before(text: str, least: int, end: int) -> int:
    """Place, not under `least`, from which on there are `_WORDS_BEFORE` words before `end`."""
    # One more, for the one that ends in the sign. Mostly they are in the last characters.
    for start in (max(least, end - 2 * _CHARS_BEFORE), least):
        rest, *words = text[start:end].rsplit(None, _WORDS_BEFORE + 1) or [""]
        if len(words) > _WORDS_BEFORE:
            return start + len(rest)
    return least


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
