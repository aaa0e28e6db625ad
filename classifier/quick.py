"""Quick looks at a text: where an expression can match at all, so that it is tried there alone."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

# What `re.IGNORECASE` takes for an ASCII letter though it is none.
ODD_LETTERS = {"ſ": "s", "ı": "i", "İ": "i", "\N{KELVIN SIGN}": "k"}
BARE, WIDE = 1, 2  # what a line with an amount needs
OTHER = "?"  # what stands in a plain text for a character that is not ASCII


class Look(NamedTuple):
    """Where a text has what expressions begin with, as compiled code finds it (`looks`).

    The first five are places from left to right: all at which an expression can match, and more.

    Attributes
    ----------
    amounts : sequence of int
        Signs of money, and digits with a sign or unit of money behind.
    fields, roles, years : sequence of int
        Words that may end the heading of a field of a level, the starts of what is said of a role,
        and the numbers before a unit of years.
    remote : sequence of int
        Signs of remote work, or that the work is done at a place.
    odd : frozenset of str
        Characters of `respelling.COUNTED` that the text has; a tab is there in any case.
    words : frozenset of str
        Words of `places.looked_for` and `respelling.ENTITY_PARTS` that the text has,
        in any case.
    lines : sequence of int or None
        Lines with some of the `amounts`, four numbers for each: where it starts and ends, how many
        `amounts` there are up to its end, and whether `pay_lines` reads it with the heading above
        (`BARE`), with other lines (`WIDE`), or by itself (0).
    """

    amounts: Sequence[int]
    fields: Sequence[int]
    roles: Sequence[int]
    years: Sequence[int]
    remote: Sequence[int]
    odd: frozenset[str]
    words: frozenset[str]
    lines: Sequence[int] | None = None


@lru_cache(maxsize=2)  # one text is looked at by several modules, one after the other
def plain(text: str) -> str:
    """ASCII text of equal length to look for words in: small letters, `OTHER` for what is none.

    It is searched several times as fast as the text. A character that an expression with
    `re.IGNORECASE` takes for an ASCII letter is that letter here: no word of ASCII letters that
    the text has in any case is missing, and it stands at the same place.

    >>> plain("5 Jahre – \N{KELVIN SIGN}öln")
    '5 jahre ? k?ln'
    """
    if not text.isascii():
        for odd, letter in ODD_LETTERS.items():
            text = text.replace(odd, letter)
        text = text.encode("ascii", "replace").decode("ascii")
    return text.lower()


def places(text: str, *words: str) -> list[int]:
    """Where words stand in a text, from left to right.

    One search for each is faster than an expression for all: that tries every character.

    >>> places("to and fro and to", "and", "to")
    [0, 3, 11, 15]
    """
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return sorted(found) if len(words) > 1 else found


def matches_at(
    pattern: re.Pattern[str], text: str, starts: Iterable[int]
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, if a match can begin only at one of the starts.

    They come from left to right. A match must not be empty.

    >>> [match[0] for match in matches_at(re.compile("a.|ba"), "abaca", [0, 1, 2])]
    ['ab', 'ac']
    """
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            yield match
            end = match.end()


def starts_before(
    text: str, hits: Iterable[re.Match[str]], start: re.Pattern[str], reach: int
) -> list[int]:
    """Where `start` matches up to `reach` characters before a hit, from left to right.

    >>> starts_before("2 or 3 years", re.finditer("year", "2 or 3 years"), re.compile("[0-9]"), 4)
    [5]
    """
    return sorted(
        {
            found.start()
            for hit in hits
            for found in start.finditer(text, max(hit.start() - reach, 0), hit.end())
        }
    )
