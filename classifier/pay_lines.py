"""Lines of a text that are read together for pay: what stands in others says nothing of theirs.

An amount is read by what stands in its line. Other lines count only where a number there is near a
sign of money, where the bound of a range goes on in the next line, and where a heading stands over
an amount.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from classifier.amounts import BEFORE, BEHIND
from classifier.currency_signs import SIGNS, capitals
from classifier.purpose import REACH
from classifier.quick import BARE, WIDE
from classifier.respelling import DASHES

_FIGURE = re.compile("[0-9０-９]")
_DASHES = frozenset(DASHES)
_WORD = re.compile(r"[^\W0-9０-９]+")
# "Max: $90,000" in a line of its own, as `ranges` joins it with the amount above: as it is spelled
# before `respell`, so with a backslash and with what a space begins with in the wrong encoding.
_UPPER_BOUND = re.compile(rf"[{DASHES},，\s#*\\Â]{{0,12}}m(?:id|ax)", re.IGNORECASE)
# Words that are a part of an amount, not of what leads to it: "US" of "US$", "TEUR".
SIGN_WORDS = frozenset(
    ["T", "K", "TEUR", "KEUR", "R", "Â", *(word for sign in SIGNS for word in _WORD.findall(sign))]
)


class _Line(NamedTuple):
    """What a line says of others: by itself, it is read as it is."""

    is_bound: bool  # may be the bound of a range that the line above begins
    is_bare: bool  # may have an amount with no word before it: a heading says what it is


class Lines(NamedTuple):
    """Whole lines of a text, ``text[low:high]``.

    Attributes
    ----------
    above : int
        Where what leads to their amounts begins: at `low`, or some way above.
    first, last : int
        Their signs of money are ``places[first:last]``.
    """

    above: int
    low: int
    high: int
    first: int
    last: int


def part_lines(text: str, places: Sequence[int], told: Sequence[int] | None = None) -> list[Lines]:
    r"""Lines with signs of money, parted where one part says nothing of another.

    Parameters
    ----------
    text : str
        A text that `respelling.keeps_characters`.
    places : sequence of int
        Where signs of money may begin, from left to right.
    told : sequence of int, optional
        What `quick.Look` tells of their lines.

    Examples
    --------
    >>> text = "Pay:\n$40 an hour\nThe gym that is in the same house: $50\nMin: $60\nMax: $70"
    >>> places = [i for i, sign in enumerate(text) if sign == "$"]
    >>> [text[one.above : one.high] for one in part_lines(text, places)[:1]]
    ['Pay:\n$40 an hour']
    >>> [text[one.low : one.high] for one in part_lines(text, places)[1:]]
    ['The gym that is in the same house: $50\nMin: $60\nMax: $70']
    """
    if told is not None and not any(needs & WIDE for needs in told[3::4]):
        return _as_told(told)
    parts: list[Lines] = []
    last, n = 0, len(places)
    while last < n:
        first, place = last, places[last]
        low, high = text.rfind("\n", 0, place) + 1, _line_end(text, place)
        while last < n and places[last] < high:
            last += 1
        line = _look_at(text[low:high])
        above = line.is_bound or _ends_with_dash(text, low) or _is_below(text, place, low)
        if (low and above) or _counts_below(text, places[last - 1], high):
            low, high, first, last = _widen(text, places, low, first, parts)
            line = _Line(True, any(_look_at(one).is_bare for one in text[low:high].split("\n")))
        parts.append(Lines(max(0, low - REACH) if line.is_bare else low, low, high, first, last))
    return parts


def _as_told(told: Sequence[int]) -> list[Lines]:
    """Lines none of which is read with others."""
    parts, first, numbers = [], 0, iter(told)
    for low, high, last, needs in zip(numbers, numbers, numbers, numbers, strict=True):
        above = max(0, low - REACH) if needs & BARE else low
        parts.append(Lines(above, low, high, first, last))
        first = last
    return parts


def _widen(
    text: str, places: Sequence[int], low: int, first: int, parts: list[Lines]
) -> tuple[int, int, int, int]:
    """Lines with those above and below that count; parts that they touch are taken back."""
    high, last = _line_end(text, places[first]), bisect_left(places, _line_end(text, places[first]))
    while _counts_below(text, places[last - 1], high):
        high = _line_end(text, high + 1)
        last = bisect_left(places, high, last)
    while low and _counts_above(text, places[first], low):
        low = text.rfind("\n", 0, low - 1) + 1
        if parts and parts[-1].high > low:
            _, low, _, first, _ = parts.pop()
    return low, high, first, last


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _counts_below(text: str, place: int, high: int) -> bool:
    """Whether a number below the line that ends at `high` may be near a sign in it."""
    return place + BEFORE >= high and bool(_FIGURE.search(text, high, place + BEFORE + 1))


def _is_below(text: str, place: int, low: int) -> bool:
    """Whether a number above the line that starts at `low` may be near a sign in it."""
    near = place - BEHIND - 1
    return near < low and bool(_FIGURE.search(text, max(0, near), low))


def _counts_above(text: str, place: int, low: int) -> bool:
    """The same, or whether the line may have the other bound of an amount above."""
    if _is_below(text, place, low) or _ends_with_dash(text, low):
        return True
    return _look_at(text[low : _line_end(text, low)]).is_bound


def _ends_with_dash(text: str, end: int) -> bool:
    """Whether a dash is the last character before a line that is none of space."""
    last = text[end - 2 : end - 1]
    if last.isspace():
        last = text[:end].rstrip()[-1:]
    return last in _DASHES


def _look_at(line: str) -> _Line:
    return _Line(bool(_UPPER_BOUND.match(line)), not _begins_with_words(line))


def _begins_with_words(line: str) -> bool:
    """Whether a line begins with words that are no part of an amount, and with no figure."""
    for word in _WORD.finditer(line):
        if _FIGURE.search(line, 0, word.start()):
            return False
        if capitals(word[0]) not in SIGN_WORDS:
            return True
    return False
