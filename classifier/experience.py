"""Years of experience that a text asks for, in the languages of most postings."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from classifier.quick import ODD_LETTERS, Look, matches_at, plain, starts_before

NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_MOST_YEARS = 15  # more is the age of a firm, or of a person

_REQUIRED = re.compile(
    rf"""
    (?<![\w.,$€£+-]) (?P<low> \d{{1,2}} | {"|".join(NUMBERS[1:])} )
    \s{{0,2}} (?: \(\d{{1,2}}\+?\) \s? )? (?: \+ | plus\b | or\ more\b )?
    \s{{0,2}} (?: (?: - | – | to\b | bis\b | à | a\b | tot\b ) \s{{0,2}} \w{{1,5}} \s? \+? )?
    \s{{0,2}} (?: years? | yrs? | yoe | jahren? | ans | années | años | anos | jaar | anni | lat )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A quick look, for the text of `plain`, where "?" may be any character that is not ASCII: in each
# match there is one of these in the unit, which stands behind a number. Each begins with one letter
# that Python skips to at once. From the number to it there are at most the `_YEARS_REACH`
# characters of "three  (10+) or more  bis  12345 + ann".
_UNITS = tuple(
    re.compile(unit + "(?![a-z0-9_])")
    for unit in (
        "y(?:ears?|rs?|oe)",
        "a(?:ns|nni|nos)",
        r"[?](?:(?<=ann[?])es|(?<=a[?])os)",
        "j(?=a)(?:ahren?|aar)",
        "l(?=a)at",
    )
)
# The same as words; "?" is any character that is not ASCII.
UNIT_WORDS = (
    *("years", "year", "yrs", "yr", "yoe", "ans", "anni", "anos", "ann?es", "a?os"),
    *("jahre", "jahren", "jaar", "lat"),
)
_NUMBER = re.compile(rf"(?<![\w.,$+-])(?:[0-9?]|{'|'.join(NUMBERS[1:])})")
_YEARS_REACH = len("three  (10+) or more  bis  12345 +  ann")
_EXPERIENCE = re.compile(
    r"e?xp[eé]ri[eê]n|erfahrung|ervaring|esperienz|doświadcz|\byoe\b", re.IGNORECASE
)
# The years of the firm, and those that are not asked for.
_NOT_ASKED = re.compile(
    r"\b(?:we|we['’]ve|our|company|founded|combined|collective|history|leader in|team of|prefer\w*"
    r"|nice[ -]to[ -]have|bonus|ideally|desir\w+|is a plus|a plus|von vorteil|wünschenswert"
    r"|un plus|deseable|desejável)\b",
    re.IGNORECASE,
)
_NOT_ASKED_SMALL = re.compile(_NOT_ASKED.pattern)
# In each match in small letters there is one of these.
_NOT_ASKED_WORDS = (
    *("we", "our", "company", "founded", "bined", "collective", "history", "leader in", "team of"),
    *("prefer", "nice", "bonus", "ideally", "desir", "plus", "von vorteil", "deseable"),
    *("wünschenswert", "desejável"),
)
# What stands right before or behind years that are no experience asked for: "in the last 5 years",
# "a degree or 5 years", "a 4 year degree".
_LAST = re.compile(r"\b(?:last|past|previous)\W*$|\b(?:degree|diploma)\b.*\bor\W*$", re.IGNORECASE)
_LAST_WORDS = ("last", "past", "previous", "degree", "diploma")  # one of them is in each match
_BREAK, _BREAK_BEHIND = re.compile(r"[\n.!?;•]"), re.compile(r"[\n!?;•]|\.\s")
_SCHOOL = re.compile(r"\W*(?:bachelor|degree|college|university|undergrad)", re.IGNORECASE)


class Experience(NamedTuple):
    """Years of experience, and the words that they were read from."""

    years: int
    text: str


def find_experience(text: str, look: Look | None = None) -> Experience | None:
    r"""First number of years of experience that a text asks for, the lower one of a range.

    Parameters
    ----------
    text : str
        Not HTML.
    look : Look, optional
        At the text, if there is one: the result is the same.

    Examples
    --------
    >>> find_experience("We have 12 years of experience.\nYou bring 3 to 5 years' experience.")
    Experience(years=3, text='3 to 5 years')
    >>> find_experience("You are 18 years of age.") is None
    True
    """
    for found in _required(text, look):
        low = found["low"]
        # "seven" for "Seven", "ſeven".
        years = int(low) if low.isdecimal() else NUMBERS.index(plain(low))
        if years <= _MOST_YEARS and _is_asked(text, found):
            return Experience(years, found.group().strip())
    return None


def _required(text: str, look: Look | None = None) -> Iterator[re.Match[str]]:
    """What `_REQUIRED` finds in a text, tried only at the numbers before a unit."""
    return matches_at(_REQUIRED, text, look.years if look else _numbers(plain(text)))


def _numbers(small: str) -> list[int]:
    """Starts of the numbers before a unit of years."""
    units = (hit for unit in _UNITS for hit in unit.finditer(small))
    return starts_before(small, units, _NUMBER, _YEARS_REACH)


def _is_asked(text: str, found: re.Match[str]) -> bool:
    """Whether years are of experience, and needed."""
    before = _BREAK.split(text[max(found.start() - 80, 0) : found.start()])[-1]
    behind = _BREAK_BEHIND.split(text[found.end() : found.end() + 100], maxsplit=1)[0]
    if _is_last(before) or _SCHOOL.match(behind):
        return False
    near = before + found.group() + behind[:70]
    named = "xperien" in near or _EXPERIENCE.search(near)  # mostly it is this word
    return bool(named) and not _is_not_asked(before + "|" + behind)


def _is_last(before: str) -> bool:
    """Whether the words before years make them the last ones, or those of a school."""
    small = _small(before)
    if small is not None and not any(word in small for word in _LAST_WORDS):
        return False
    return bool(_LAST.search(before))


def _is_not_asked(around: str) -> bool:
    """Whether the words around years tell that they are not asked for."""
    small = _small(around)
    if small is None:
        return bool(_NOT_ASKED.search(around))
    # The same, in a third of the time.
    return any(word in small for word in _NOT_ASKED_WORDS) and bool(_NOT_ASKED_SMALL.search(small))


def _small(text: str) -> str | None:
    """Text in small letters; None where ignoring the case is more than that."""
    odd = not text.isascii() and any(letter in text for letter in ODD_LETTERS)
    return None if odd else text.lower()
