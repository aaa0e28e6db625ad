"""What a text says of remote work, by strong statements alone.

An expression says what such a statement is. It is tried only where a sign of one stands, with words
around it that a statement can have: most texts are done with after a quick look.
"""

import re
from collections.abc import Iterable, Iterator

from classifier.quick import Look, matches_at, places, plain

JOBS = ("role", "position", "job", "opportunity", "vacancy")
JOB = f"(?:{'|'.join(JOBS)})"  # as a regular expression
# "this is", "the position in our office will be": what follows is said of the job, not the firm.
_THIS = (
    r"(?:this\s(?:is|will\sbe)"
    rf"|(?:this|the)\s(?:[\w-]+\s){{0,3}}?{JOB}\s(?:is|will\sbe|can\sbe))"
)
_AWAY = r"(?:remote|telecommut\w+|work[- ]from[- ](?:home|anywhere)|home[- ]based)"
# Of a text in small letters: ignoring the case takes three times as long.
# Strong statements only: "remote" alone stands in many texts that are about something else.
_NOT_REMOTE = re.compile(
    rf"""
      \b (?: not | isn['’]t | cannot\sbe | no ) \s (?: an? \s )? (?: fully \s )?
        (?: eligible\sfor \s )? {_AWAY} (?: \s work )? \s? (?: {JOB} | eligible | option )? \b
        (?! \s in \b )
    | \b {_THIS} \s (?: an? \s )? (?: fully \s | 100% \s | full[- ]time, \s )?
        (?: hybrid | on-?\s?site | in-?\s?office | in-?\s?person | office-based )
        (?! \s (?:or|/) \s remote ) \b
    | \b (?: hybrid | on-?site | in-office ) \s (?: work \s )? {JOB} \b
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
    | \b an? \s (?: full[- ]time,? \s )? remote \s (?: \w+ \s )? {JOB} \b
    | \b {_AWAY} \s {JOB} \b
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
# it, of the next two right before it, or of `JOBS` among the next words. Only the first and `JOBS`
# do so around the sign of a place.
_VERBS = frozenset({"is", "be", "days"})  # "days" only before a place
_DENIALS = ("not", "n't", "n’t", "no")
DEGREES = ("fully", "full", "%", "completely", "entirely", "vollständig", "komplett")
_FIELDS = ("location", "place", "arrangement")  # before ":"
_FEW = 7  # words: "not a fully eligible for work from", before "home"
_FEWER = 5  # "not a fully eligible for", before "remote"; "be a full time, on", before "site"
_NEXT = 3  # words: "based remote job", behind "home"
_CHARS_BEFORE, _CHARS_FROM = 120, 100  # in which these words most often are
_WORDS_BEFORE = 14  # at most so many stand between the start of a match and its sign
# A match begins with one of these (of two letters at most). "100%" may stand within a word.
_START = re.compile(
    r"(?<!\w)(?:th|no|is|ca|hy|on|in|re|[2-5]|tw|f[iou]|co|en|an?\b|te|wo|ho|lo|ar|vo|ko)|1"
)


def text_remote(text: str, look: Look | None = None) -> bool | None:
    """What a text says of remote work; None if it says nothing, or both.

    Parameters
    ----------
    text : str
        Not HTML.
    look : Look, optional
        At the text, if there is one: the result is the same.

    Examples
    --------
    >>> text_remote("This role can be fully remote."), text_remote("We serve remote villages.")
    (True, None)
    >>> text_remote("You work two days a week in the office.")
    False
    """
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
