"""The words around pay, from pay_words.toml, as parts of regular expressions."""

import tomllib
from functools import cache
from pathlib import Path

# "Paid weekly" and "monthly meetings" say nothing about the amount that comes later.
_OF_PAY = r"(?=\W{1,3}(?:\w{1,15}\W{1,3}){0,2}(?:salar|pay|wage|rate|base|comp|gross|range)|\W*\Z)"


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
