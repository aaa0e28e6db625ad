"""Where the work is done (remote or not), and how it is employed."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from classifier.phrases import find_phrases, fold, split_names
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
# No text says one of `_REMOTE` or `_NOT_REMOTE` without one of these, and at most `_WORDS_BEFORE`
# words stand before it: so the expressions are tried there alone, and not at every character.
_REMOTE_SIGN = re.compile("remot|telecommut|home|anywhere|télétravail")
_NOT_REMOTE_SIGN = re.compile("remot|telecommut|home|anywhere|hybrid|site|office|person")
_WORDS_BEFORE = 14
_START = re.compile(r"(?<!\w)\w|1")  # "100%" may stand within a word
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
    location_type: str, location: str, title: str = "", description: str = ""
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

    Examples
    --------
    >>> is_remote("TELECOMMUTE", "Oslo"), is_remote("", "Berlin (hybrid)")
    (True, False)
    >>> is_remote("", "Oslo", "Remote Sensing Scientist") is None
    True
    >>> is_remote("", "", "", "Please note: this is not a remote position.")
    False
    """
    fields = ((location_type, _places()), (location, _places()), (title, _title_places()))
    for text, table in fields:
        told = _groups(text, table)
        if told:
            return ["yes"] in [sorted(set(group)) for group in told]
    return _text_remote(description)


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


def _text_remote(text: str) -> bool | None:
    """What a text says of remote work; None too if it says both."""
    # Without what is denied: "not a remote position" has "a remote position" in it.
    rest, n_denied, end = [], 0, 0
    text = text.lower()
    for found in _matches(_NOT_REMOTE, _NOT_REMOTE_SIGN, text):
        rest.append(text[end : found.start()])
        end = found.end()
        n_denied += 1
    remote = any(_matches(_REMOTE, _REMOTE_SIGN, " ".join([*rest, text[end:]])))
    return None if remote == bool(n_denied) else remote


def _matches(pattern: re.Pattern[str], sign: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, tried only in the words before each sign."""
    tried = 0
    for found in sign.finditer(text):
        first = _words_before(text, found.start())
        for start in _START.finditer(text, max(first, tried), found.start() + 1):
            if start.start() >= tried and (match := pattern.match(text, start.start())):
                yield match
                tried = match.end()
        tried = max(tried, found.start() + 1)


def _words_before(text: str, end: int) -> int:
    """Place from which on there are `_WORDS_BEFORE` words before `end`."""
    spaces = 0
    for i in range(end - 1, -1, -1):
        spaces += text[i].isspace()
        if spaces > _WORDS_BEFORE:
            return i + 1
    return 0


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
def _types() -> dict[str, str]:
    return _by_phrase("employment", EMPLOYMENT_TYPES)


@cache
def _title_types() -> dict[str, str]:
    return _by_phrase("employment", (*EMPLOYMENT_TYPES, "title_other"))
