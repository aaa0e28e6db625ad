"""Amounts of money in a text, judged: the pay that each states, or the reason why it is none."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from classifier.currency_signs import SHARED
from classifier.posting import BaseSalary
from classifier.purpose import (
    find_kind,
    find_purpose,
    leading_words,
    may_lead_to_pay,
    other_numbers,
)
from classifier.quick import Look
from classifier.ranges import Money, find_money, read_bounds, read_period
from classifier.yearly import COMPARABLE

YEARLY_FROM = 20_000  # with "per year" but no pay word, in any currency
# What a period can pay at all in these and similar currencies; outside it the text has a slip.
PLAUSIBLE = {
    "HOUR": (2, 799),
    "DAY": (75, 20_000),
    "WEEK": (50, 50_000),
    "MONTH": (100, 200_000),
    "YEAR": (1_000, 5_000_000),
    None: (7, 5_000_000),
}
# One unit of the others is worth less: the lower limits hold for them times this, the upper do not.
SIZE = {
    "JPY": 100,
    "HUF": 200,
    "KRW": 1_000,
    "RUB": 30,
    **dict.fromkeys(("INR", "PHP"), 20),
    **dict.fromkeys(("CZK", "THB", "ZAR", "R"), 10),
}

_COMMISSION_ONLY = re.compile(r"commission[ -]only", re.IGNORECASE)
_SOUTH_AFRICA = re.compile(
    r"South Africa|Johannesburg|Cape Town|Durban|Pretoria|Gauteng|Sandton|\bZAR\b"
)
_JAPANESE = re.compile("年収|年俸|月給|月収|時給|日給")
_NEAR = 5_000  # characters around an amount in which other words tell its currency
# The Nordic words for pay, each with the krone of its language.
_KRONER = (("lønn", "NOK"), ("løn", "DKK"), ("lön", "SEK"))


class Reading(NamedTuple):
    """One amount of money in a text: the pay it states, or the reason why it is none."""

    text: str
    span: tuple[int, int]
    salary: BaseSalary | None
    reason: str | None


def _is_401k(money: Money) -> bool:
    """Whether money is the name of a pension plan."""
    return money.sign is None and money.high == 401_000 and not money.joined


def _slip(text: str, money: Money, clause: str) -> str | None:
    """Fault of the figures themselves; None if there is none."""
    least, most = PLAUSIBLE[money.unit]
    most = most if money.sign in COMPARABLE | {"$", None} else 10**12
    if _is_401k(money):
        return "401k"
    if not least * SIZE.get(money.sign or "", 1) <= money.high <= most:
        return f"not plausible per {money.unit}" if money.unit else "not plausible"
    if text[money.start - 1 : money.start] == "-" and not money.joined and money.start < 4:
        return "negative"
    if text[money.start - 1 : money.start] == "+":
        return "on top of pay"
    only = "only" in clause.lower()  # letters that are taken for no others: a quick look
    return "commission only" if only and _COMMISSION_ONLY.search(clause) else None


def _weigh(text: str, money: Money, pay_word: bool, field: bool) -> tuple[str | None, str]:
    """Reason why the evidence is not enough, or None; and the evidence that is."""
    large = (money.low or money.high) >= 10_000
    if not field and not money.joined:
        if not large and money.unit in {None, "YEAR"}:
            return "too small for a year", ""
        if not money.sign and not money.unit:
            return "no currency or period", ""
    if pay_word and (money.sign or money.unit or money.scaled or large):
        return None, "pay word"
    usual = money.unit == "HOUR" or (money.unit == "YEAR" and money.high >= YEARLY_FROM)
    if money.unit and (field or (money.sign and (usual or money.joined))):
        return None, "period"
    if money.joined and (field or ((money.sign or money.scaled) and large)):
        return None, "range"
    alone = field and money.start < 40 and not re.search(r"\w", text[: money.start])
    if field and (money.sign or money.scaled or alone) and (large or (alone and money.sign)):
        return None, "pay field"
    return "no pay word or period", ""


def _currency(text: str, money: Money, clause: str, default_dollar: str | None) -> str | None:
    """ISO code; None where several currencies share the sign and nothing decides."""
    if money.sign == "$":
        return default_dollar
    near = text[max(0, money.start - _NEAR) : money.end + _NEAR]
    if money.sign in {"万", "¥"} and _JAPANESE.search(near):
        return "JPY"
    if money.sign == "R" and (money.unit or _SOUTH_AFRICA.search(near)):
        return "ZAR"
    if money.sign in {"KR", None}:
        words = (near if money.sign else clause).lower()
        return next((code for word, code in _KRONER if word in words), None)
    return None if money.sign in SHARED else money.sign


def _in_lakhs(money: Money) -> Money:
    """Figures under 100 per year in rupees are lakhs, the unit of yearly pay there."""
    if money.sign != "INR" or money.unit != "YEAR" or money.scaled or money.high >= 100:
        return money
    low = money.low and money.low * 100_000
    return money._replace(low=low, high=money.high * 100_000, note="in lakhs")


def _in_phone_number(plain: str, money: Money) -> bool:
    """Whether a number without a currency is a part of a phone number."""
    if money.sign or money.scaled:
        return False
    around = other_numbers(plain, max(0, money.start - 20), money.end + 20)
    return any(
        reason == "phone number" and start < money.end and money.start < end
        for start, end, reason in around
    )


def _read(
    plain: str, text: str, money: Money, clause: str, dollar: str | None, field: bool
) -> Reading:
    """One amount, judged; `plain` is the respelled text, the clause leads to the amount."""
    span = (money.start, money.end)
    unit, months = read_period(plain, money, clause)
    money = _in_lakhs(money._replace(unit=unit))
    reason, why = _judge(plain, money, clause, field)
    if reason:
        return Reading(text[slice(*span)], span, None, reason)
    low, high, form = read_bounds(plain, money, clause)
    salary = BaseSalary(
        low,
        high,
        _currency(plain, money, clause, dollar),
        money.unit,
        text[slice(*span)],
        span,
        ", ".join(filter(None, (form, why, money.note))),
        find_kind(plain, clause, *span),
        months=months,
    )
    return Reading(text[slice(*span)], span, salary, None)


def _judge(plain: str, money: Money, clause: str, field: bool) -> tuple[str | None, str]:
    """Reason why an amount is no pay, or None; and what speaks for pay."""
    if _in_phone_number(plain, money):
        return "phone number", ""
    marked = bool(money.sign or money.joined)
    purpose, pay_word = find_purpose(plain, clause, money.end, marked=marked)
    reason = money.slip or purpose or _slip(plain, money, clause)
    return (reason, "") if reason else _weigh(plain, money, pay_word, field)


def read_amounts(
    text: str,
    plain: str,
    dollar: str | None,
    *,
    field: bool = False,
    slips: bool = False,
    look: Look | None = None,
) -> Iterator[Reading]:
    """Readings of a text, respelled as `plain`, in order; bare numbers only if they are pay.

    Those that cannot be pay by their figures are left out unless `slips` are wanted.

    >>> text = "Pay: $50/hr. Gym: up to $80. 30,000 users"
    >>> [(one.text, one.reason) for one in read_amounts(text, text, "USD")]
    [('$50/hr', None), ('$80', 'benefit')]
    """
    for money in find_money(plain, look):
        if not slips and (money.slip or _is_401k(money)):
            continue
        marked = bool(money.sign or money.unit or money.scaled)
        if not (marked or money.joined or money.high >= 10_000):
            continue
        clause = leading_words(plain, money.start)
        # A large number alone is pay by the words that lead to it, or in a field.
        if marked or money.joined or field or may_lead_to_pay(clause):
            reading = _read(plain, text, money, clause, dollar, field)
            if marked or reading.salary:
                yield reading
