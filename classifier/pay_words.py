"""The words around pay, from pay_words.toml, as parts of regular expressions."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# "Paid weekly" and "monthly meetings" say nothing about the amount that comes later.
_OF_PAY = r"(?=\W{1,3}(?:\w{1,15}\W{1,3}){0,2}(?:salar|pay|wage|rate|base|comp|gross|range)|\W*\Z)"

# A word that is a choice at its start, and the letters or ends of words that one begins with.
_CHOICE = re.compile(r"\(\?:([^()]*)\)(\??)(.*)")
_CLASS = re.compile(r"(\w)\[(\w+)\](.*)")
_BEGINNING = re.compile(r"(?:\(\?<!\\\.\))?(\\w\*)?((?:\w(?![?*]))+)")


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Tables of pay_words.toml: read when the first pattern is needed, not at import."""
    return tomllib.loads(Path(__file__).with_name("pay_words.toml").read_text(encoding="utf-8"))


def named_groups(table: str, suffix: str = "") -> str:
    r"""One named group per meaning in a table: the group that matched names it.

    `suffix` keeps the names of two tables in one expression apart. ``@PAY`` after a word stands
    for "and then soon a word for pay, or the amount".

    >>> named_groups("period_signs", "_")
    '(?P<HOUR_>時給)|(?P<DAY_>日給)|(?P<MONTH_>月給|月収|月薪)|(?P<YEAR_>年収|年俸|年薪)'
    """
    return "|".join(
        f"(?P<{meaning}{suffix}>{'|'.join(words.split())})".replace("@PAY", _OF_PAY)
        for meaning, words in _tables()[table].items()
    )


@cache
def beginnings(table: str) -> tuple[frozenset[str], tuple[str, ...]]:
    r"""Small letters that the words of a table begin with, three or a whole word; and other parts.

    Of a word that may begin with anything (``\w*lohn``) it is the part behind that.

    >>> starts, parts = beginnings("kinds")
    >>> sorted(starts)[:4], parts
    (['bas', 'ctc', 'fix', 'ges'], ())
    """
    words = " ".join(_tables()[table].values()).lower().split()
    found = [_BEGINNING.match(one) for word in words for one in _choices(word)]
    if not all(found):
        raise ValueError(f"no beginning of a word of {table}")
    told = [one for one in found if one]
    return frozenset(one[2][:3] for one in told if not one[1]), tuple(
        one[2] for one in told if one[1]
    )


def _choices(word: str) -> Iterator[str]:
    """A word for each of the ways in which it begins: ``r[eé]m`` and ``(?:base|day) rate``."""
    if choice := _CHOICE.match(word):
        for one in choice[1].split("|"):
            yield from _choices(one + choice[3])
        if choice[2]:
            yield from _choices(choice[3])
    elif letters := _CLASS.match(word):
        yield from (letters[1] + letter + letters[3] for letter in letters[2])
    else:
        yield word
