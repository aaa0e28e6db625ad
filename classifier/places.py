"""The currency that a bare ``$`` means at a place."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from classifier.quick import Look, matches_at, places, plain
from classifier.terms import Token, find_tokens

ELSEWHERE = "elsewhere"
_LEVELS = ("cities", "regions", "countries")  # the tables of names, the smaller places first
_MOST_CHARS = 2_000  # of a location: more is no list of places
# Between the parts of one place. A comma makes the later part decide: "Melbourne, FL".
_GLUE = re.compile(r"[\s,.()–-]*")
# Remote work there is often paid in US dollars under the same sign.
_REMOTE_UNSURE = frozenset({"MXN", "TWD"})
# The country's name is weaker than the words under [signs]: firms tell where their offices are.
# What several of the words under [signs] have in common: one search for all of them.
_SIGN_PARTS = ("401", " dollars", "rrsp", "superannuation", "fair ", " employee", "infonavit")
_UNITED_STATES = ("United States", "U.S. ", "USA")
_OTHERS = ("Canad", "Australia", "New Zealand", "Singapore", "Hong Kong", "Taiwan", "Mexic")


class _Name(NamedTuple):
    """A name of the table: how large the place is, and its currencies, the usual one first."""

    level: int
    currencies: tuple[str, ...]
    capitals: bool
    code: bool


class _Place(NamedTuple):
    """A name in a location, with the currency that it has there."""

    name: _Name
    currency: str
    end: int


def dollar_currency(location: str, text: str = "", look: Look | None = None) -> str | None:
    """ISO code of the currency that a bare ``$`` means at a place; None if that is not certain.

    Parameters
    ----------
    location : str
        One place or several, as a posting gives them.
    text : str
        The posting. It decides if the location names no place of a dollar, and only by words
        that are used in one country, such as "401(k)" or "superannuation".
    look : Look, optional
        At the posting, if there is one: the result is the same.

    Returns
    -------
    str or None
        None too if places with several dollars are named, and for remote work in Mexico or
        Taiwan: it is often paid in US dollars.

    Examples
    --------
    >>> dollar_currency("Ontario, CA"), dollar_currency("Toronto, Ontario")
    ('USD', 'CAD')
    >>> dollar_currency("Toronto or New York") is None
    True
    >>> dollar_currency("Remote", "Benefits: dental, RRSP matching")
    'CAD'
    """
    named = _currencies(location[:_MOST_CHARS]) or _signs(text, look)
    if len(named) != 1 or (named <= _REMOTE_UNSURE and "remote" in location.lower()):
        return None
    return next(iter(named))


@lru_cache(maxsize=4096)  # a few thousand places are those of most postings
def _currencies(location: str) -> frozenset[str]:
    """Currencies of the places of dollars that a location names."""
    return frozenset(place.currency for place in _find_places(location)) - {ELSEWHERE}


def _find_places(location: str) -> list[_Place]:
    """Known places, in order; the parts of one place are one where they agree."""
    places: list[_Place] = []
    tokens = find_tokens(location)
    i = 0
    while i < len(tokens):
        name, stop = _longest_name(location, tokens, i)
        start, end = tokens[i].start, tokens[stop - 1].end
        between = location[places[-1].end : start] if places else None
        glued = between is not None and bool(_GLUE.fullmatch(between))
        if name and (not name.code or glued or location[:start].rstrip().endswith((",", "("))):
            before = places[-1] if glued else None
            place = _Place(name, _choose(name, before), end)
            if before and _decides(place, before, between or ""):
                places.pop()
            places.append(place)
        i = stop
    return places


def _longest_name(location: str, tokens: list[Token], i: int) -> tuple[_Name | None, int]:
    """Name of the most tokens that starts at token `i`, and the token behind it."""
    for stop in range(min(i + 5, len(tokens)), i, -1):
        name = _names().get(" ".join(token.text for token in tokens[i:stop]))
        written = location[tokens[i].start : tokens[stop - 1].end]
        if name and (written.isupper() or not name.capitals):
            return name, stop
    return None, i + 1


def _choose(name: _Name, before: _Place | None) -> str:
    """Currency of a name: of several, that of the place right before it, else the usual one."""
    if before and before.currency in name.currencies:
        return before.currency
    return name.currencies[0]


def _decides(place: _Place, before: _Place, between: str) -> bool:
    """Whether a place tells where the one right before it is, so that only it counts.

    A larger dollar country does not: "New York, Canada" is a list.
    """
    if place.currency in before.name.currencies:
        return True
    larger = place.name.level > before.name.level
    region = place.name.level == _LEVELS.index("regions")
    return larger and "," in between and (region or place.currency == ELSEWHERE)


def _signs(text: str, look: Look | None = None) -> frozenset[str]:
    """Currencies that the words of a posting speak for, or that it writes out beside a "$"."""
    signs = [at for at in look.amounts if text[at] == "$"] if look else places(text, "$")
    found = {found[1] for found in matches_at(_written_out(), text, signs)}
    # Plain searches first: they are thirty times as fast as the expressions.
    named = look.words if look else _words_in(plain(text))
    for part in named & _sign_words().keys():
        for word, currency in _sign_words()[part]:
            if currency not in found and _has(text, word):
                found.add(currency)
    if not found and _names_one(text, named, _UNITED_STATES):
        return frozenset() if _names_one(text, named, _OTHERS) else frozenset({"USD"})
    return frozenset(found)


@cache
def looked_for() -> tuple[str, ...]:
    """Words in small letters that `_signs` looks for in a text of `plain`, each in this place."""
    return (*_sign_words(), *(name.lower() for name in (*_UNITED_STATES, *_OTHERS)))


def _words_in(small: str) -> frozenset[str]:
    return frozenset(word for word in looked_for() if word in small)


def _has(text: str, word: str) -> bool:
    """Whether a text has a word as it stands, and not within another."""
    return any(matches_at(_whole(word), text, places(text, word)))


@cache
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")


def _names_one(text: str, named: frozenset[str], names: Iterable[str]) -> bool:
    """Whether one of the names is in a text, that has the words `named` in any case."""
    return any(name.lower() in named and name in text for name in names)


@cache
def _written_out() -> re.Pattern[str]:
    """A currency beside a "$": it begins with that sign, so the search is fast."""
    return re.compile(rf"\$ ?\d(?:[\d.,]*\d)?[kK]? ?({'|'.join(_tables()['signs'])})\b")


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Tables of places.toml: read when the first place is looked up, not at import."""
    return tomllib.loads(Path(__file__).with_name("places.toml").read_text(encoding="utf-8"))


@cache
def _names() -> dict[str, _Name]:
    """Every name of the tables, by its tokens."""
    tables = _tables()
    found: dict[str, _Name] = {}
    for table, level in (*((t, i) for i, t in enumerate(_LEVELS)), ("codes", 1)):
        for currency, names in tables[table].items():
            for name in _split(names):
                _add(found, name, level, (currency,), code=table == "codes")
    for name, currencies in tables["shared"].items():
        _add(found, name, 1, tuple(currencies.split(", ")), code=len(name) == 2)
    return found


def _split(names: str) -> list[str]:
    return [name for name in re.split(r"\s*[,\n]\s*", names) if name]


def _add(
    found: dict[str, _Name], name: str, level: int, currencies: tuple[str, ...], *, code: bool
) -> None:
    key = " ".join(token.text for token in find_tokens(name))
    if key:
        found[key] = _Name(level, currencies, capitals=name.isupper(), code=code)


@cache
def _sign_words() -> dict[str, list[tuple[str, str]]]:
    """Words that are used in one country only, with its currency, by a part in small letters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for currency, words in _tables()["signs"].items():
        for word in _split(words):
            part = next((part for part in _SIGN_PARTS if part in word.lower()), word.lower())
            found.setdefault(part, []).append((word, currency))
    return found
