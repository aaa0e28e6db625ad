"""What the words of a field for pay tell though no key holds it: the period, and the kind of pay.

The ranges of Greenhouse have a title and a blurb: "Hourly range", "the annual base salary".
"""

import re
from html import unescape

from classifier.pay_fields import CURRENCY, Fields, first_of, text_at, word_of
from classifier.pay_values import PERIODS, bounded_pay, read_currency, read_figure, read_unit
from classifier.posting import KINDS, BaseSalary

_ADVERBS = dict(zip(PERIODS, ("hourly", "daily", "weekly", "monthly", "yearly"), strict=True))
_KINDS = {
    "on-target": re.compile(r"\bOTE\b|\bon[ -]target\b", re.IGNORECASE),
    "total": re.compile(
        r"\btotal (?:target )?(?:cash|comp\w*|rem\w+|pay|package)\b", re.IGNORECASE
    ),
    "base": re.compile(r"\bbase\b", re.IGNORECASE),
}
_TAG = re.compile(r"<[^<>]*>")
# Words for a period that are not about the amount of pay.
_NOT_OF_PAY = re.compile(
    r"""
      \bhours?[ ]?(?:a[ ]|per[ ]|each[ ]|/[ ]?)(?:day|week|month)\b | \bhours?[ -](?:work[ ]?)?week
    | \b(?:annual|yearly|monthly|quarterly|weekly|daily)[ ](?:\w+[ ])?
      (?:bonus\w*|incentive\w*|review\w*|stipend\w*|allowance\w*|leave|target\w*|basis)
    | \bpaid[ ](?:weekly|monthly|bi-?weekly)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ADVERB = r"\b(?P<adverb>hourly|daily|weekly|monthly|yearly|annually|annual(?:i[sz]ed)?)\b"
_NOUN = r"(?:\b(?:per|an?|each)[ ]|/[ ]?)(?P<noun>hour|hr|day|week|month|year|yr|annum)\b"
_OF_PAY = r"(?=[ ](?:\w+[ ]){0,4}(?:salar|pay|wage|rate|base|comp|earn|range|OTE))"
_PERIOD_OF_PAY = {
    "title": re.compile(f"{_NOUN}|{_ADVERB}", re.IGNORECASE),
    "blurb": re.compile(f"{_NOUN}|{_ADVERB}{_OF_PAY}", re.IGNORECASE),
}


def read_cents(fields: Fields) -> BaseSalary | None:
    """Pay of one of Greenhouse's ranges. No key holds the period: the words may tell it.

    Parameters
    ----------
    fields : Fields
        Those of any object; without a bound in cents it is none of Greenhouse's ranges: None.

    Examples
    --------
    >>> pay = read_cents({"mincents": ("min_cents", 2150), "title": ("title", "Hourly")})
    >>> pay.min_value, pay.unit_text, pay.rule
    (Decimal('21.5'), 'HOUR', 'pay_input_ranges in cents, title says hourly')
    """
    if not {"mincents", "maxcents"} & set(fields):
        return None
    low, high = (read_figure(fields.get(key, ("", None))[1])[0] for key in ("mincents", "maxcents"))
    where, unit = _told_period(fields)
    return bounded_pay(
        low and low / 100,
        high and high / 100,
        read_currency(word_of(first_of(fields, CURRENCY)[1]), None),
        unit,
        "pay_input_ranges in cents" + (f", {where} says {_ADVERBS[unit]}" if unit else ""),
    )


def _told_period(fields: Fields) -> tuple[str, str | None]:
    """Which field tells a period, and the period."""
    for where, pattern in _PERIOD_OF_PAY.items():
        words = _NOT_OF_PAY.sub(" ", _plain(text_at(fields, where)))
        told = [match["noun"] or match["adverb"] for match in pattern.finditer(words)]
        units = {read_unit(word) for word in told}
        if len(units) == 1:
            return where, units.pop()
    return "", None


def told_kind(fields: Fields) -> str | None:
    """Kind of pay that an object tells; None too if its words tell two.

    >>> told_kind({"mincents": ("min_cents", 1), "title": ("title", "OTE range")})
    'on-target'
    >>> told_kind({"compensationtype": ("compensationType", "Salary")})
    'base'
    """
    own = text_at(fields, "kind")
    if own in KINDS:
        return own
    if {"mincents", "maxcents", "components"} & set(fields):
        for name in ("title", "blurb"):
            if kinds := _kinds_in(_plain(text_at(fields, name))):
                return kinds[0] if len(kinds) == 1 else None
    return "base" if "compensationtype" in fields else None


def _kinds_in(words: str) -> list[str]:
    return [kind for kind, pattern in _KINDS.items() if pattern.search(words)]


def _plain(markup: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", markup[:4000])).split())
