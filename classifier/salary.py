"""Pay stated in a text: pay string or whole posting -> BaseSalary, and its yearly amount.

The steps: find the amounts (amounts.py), join neighbours to ranges and read the period
(ranges.py), judge by the words around what the money is for (purpose.py), then weigh. What is
not clearly pay is left out, with the reason.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from classifier.amounts import SHARED, may_hold_money, respell
from classifier.posting import BaseSalary
from classifier.purpose import find_purpose, leading_words
from classifier.ranges import Money, find_money, read_bounds, read_label

# Periods in a full-time year; 2080 hours and 260 days are 52 weeks of 5 days of 8 hours.
FACTORS = {"HOUR": 2080, "DAY": 260, "WEEK": 52, "MONTH": 12, "YEAR": 1}

# In these currencies an amount from 20,000 up is read as yearly when no period is stated.
YEARLY_FROM = Decimal(20_000)
ONE_READING = frozenset({"USD", "EUR", "GBP", "CAD", "AUD", "CHF"})

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
SIZE = {"JPY": 100, "HUF": 200, "KRW": 1_000, "INR": 20, "CZK": 10, "RUB": 30, "PHP": 20, "THB": 10}
COMPARABLE = ONE_READING | {"NZD", "SGD", "$", None}

_COMMISSION_ONLY = re.compile(r"commission[ -]only", re.IGNORECASE)
_TOTAL = re.compile(
    r"""\b (?: (?P<total> OTE | on[ -]target
          | total[ ] (?:\w+[ ])? (?: comp\w* | cash | package | earnings | rem\w+ ) )
        | base | salary ) \b""",
    re.VERBOSE | re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(
    r"[ ](?:annual )?(?:OTE|total comp\w*|package|pkg)\b(?! ?[:$€£0-9])", re.IGNORECASE
)


class Reading(NamedTuple):
    """One amount of money in a text: the pay it states, or the reason why it is none."""

    text: str
    span: tuple[int, int]
    salary: BaseSalary | None
    reason: str | None


def _slip(text: str, money: Money, clause: str) -> str | None:
    """Fault of the figures themselves; None if there is none."""
    least, most = PLAUSIBLE[money.unit]
    most = most if money.sign in COMPARABLE else 10**12
    if money.sign is None and money.high == 401_000 and not money.joined:
        return "401k"
    if not least * SIZE.get(money.sign or "", 1) <= money.high <= most:
        return f"not plausible per {money.unit}" if money.unit else "not plausible"
    if text[money.start - 1 :][:1] == "-" and not money.joined and money.start < 4:
        return "negative"
    if text[money.start - 1 : money.start] == "+":
        return "on top of pay"
    return "commission only" if _COMMISSION_ONLY.search(clause) else None


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


def _currency(text: str, sign: str | None, default_dollar: str | None) -> str | None:
    """ISO code; None where several currencies share the sign and nothing decides."""
    if sign == "$":
        return default_dollar
    if sign in {"万", "¥"} and re.search("年収|年俸|月給|月収|時給|日給", text):
        return "JPY"
    if sign == "KR" and re.search(r"\blønn", text, re.IGNORECASE):
        return "NOK"
    return None if sign in SHARED else sign


def _read(plain: str, text: str, money: Money, dollar: str | None, field: bool) -> Reading:
    """One amount, judged; `plain` is the respelled text."""
    span = (money.start, money.end)
    written = text[money.start : money.end]
    clause = leading_words(plain, money.start)
    money = money._replace(unit=money.unit or read_label(plain, money, clause))
    marked = bool(money.sign or money.joined)
    purpose, pay_word = find_purpose(plain, clause, money.end, marked=marked)
    reason = money.slip or purpose or _slip(plain, money, clause)
    if not reason:
        reason, why = _weigh(plain, money, pay_word, field)
    if reason:
        return Reading(written, span, None, reason)
    low, high, form = read_bounds(plain, money, clause)
    kinds = list(_TOTAL.finditer(clause))
    if _TOTAL_AFTER.match(plain, money.end) or (kinds and kinds[-1]["total"]):
        form += " of total pay"
    currency = _currency(plain, money.sign, dollar)
    salary = BaseSalary(low, high, currency, money.unit, written, span, f"{form}, {why}")
    return Reading(written, span, salary, None)


def _explain(text: str, dollar: str | None, field: bool) -> list[Reading]:
    """All readings of a text, in text order; bare numbers only if they are pay."""
    if not may_hold_money(text):
        return []
    plain = respell(text)
    readings = []
    for money in find_money(plain):
        marked = bool(money.sign or money.unit or money.scaled)
        if marked or money.joined or money.high >= 10_000:
            reading = _read(plain, text, money, dollar, field)
            if marked or reading.salary:
                readings.append(reading)
    return readings


def _base_first(readings: list[Reading]) -> list[BaseSalary]:
    """Pay among the readings, without on-target and total pay if base pay is stated too."""
    salaries = [reading.salary for reading in readings if reading.salary]
    base = [salary for salary in salaries if "total" not in (salary.rule or "")]
    return base or salaries


def explain_amounts(text: str, *, default_dollar: str | None = None) -> list[Reading]:
    """Every amount of money in a posting, in text order: the pay it states, or why it is none.

    Parameters
    ----------
    text : str
        Plain text of a whole posting.
    default_dollar : str or None
        Currency of a bare ``$``, if the caller knows the country: "USD", "CAD", ...

    Examples
    --------
    >>> for reading in explain_amounts("We raised $9 million. Pay: $50/hr. Gym: up to $80."):
    ...     print(reading.text, "-", reading.reason or reading.salary.rule)
    $9 million - millions
    $50/hr - single, pay word
    $80 - benefit
    """
    return _explain(text, default_dollar, field=False)


def find_salaries(text: str, *, default_dollar: str | None = None) -> list[BaseSalary]:
    """Pay among all the amounts of a posting, in text order; several levels give several.

    On-target and total pay is left out where base pay is stated too. `explain_amounts` tells
    why the other amounts were rejected. For the parameters see there.

    Examples
    --------
    >>> [s.text for s in find_salaries("Pay: £60k to £75k. A learning budget of £2,000.")]
    ['£60k to £75k']
    >>> find_salaries("Our customers saved $120,000 last year.")
    []
    """
    return _base_first(_explain(text, default_dollar, field=False))


def parse_salary(text: str, *, default_dollar: str | None = None) -> BaseSalary | None:
    """Pay that a pay field or a snippet states; None if it states none for certain.

    More is taken for pay than in `find_salaries`: the text is known to be about pay. Several
    levels or places give their `envelope`.

    Parameters
    ----------
    text : str
        Such as the pay field of a job board.
    default_dollar : str or None
        Currency of a bare ``$``, which a score of countries use. None leaves it unknown.

    Returns
    -------
    BaseSalary or None
        `span` is where `text` stands; `rule` names the form, then what speaks for pay.

    Examples
    --------
    >>> pay = parse_salary("$120-150k per year", default_dollar="USD")
    >>> pay.min_value, pay.max_value, pay.currency, pay.unit_text
    (Decimal('120000'), Decimal('150000'), 'USD', 'YEAR')
    >>> parse_salary("up to CHF 110'000").min_value is None
    True
    >>> parse_salary("competitive, 401k") is None
    True
    """
    return envelope(_base_first(_explain(text, default_dollar, field=True)))


def envelope(salaries: Sequence[BaseSalary]) -> BaseSalary | None:
    r"""One salary that covers those that belong together; None for no salaries.

    The first yearly one (else the first) sets currency, period, text and span; others join if
    they have its currency, its period or none, and are within four times its size.

    Examples
    --------
    >>> pay = envelope(find_salaries("Pay, level 1: €50k-60k\nPay, level 2: €58k-70k"))
    >>> pay.min_value, pay.max_value, pay.rule
    (Decimal('50000'), Decimal('70000'), 'envelope of 2')
    """
    if not salaries:
        return None
    first = next((s for s in salaries if s.unit_text == "YEAR"), salaries[0])
    unit = first.unit_text or next((s.unit_text for s in salaries if s.unit_text), None)
    size = _size(first)
    same = [
        s
        for s in salaries
        if s.currency == first.currency
        and (s.unit_text in {None, unit} or first.unit_text is None)
        and size / 4 <= _size(s) <= size * 4
    ]
    if len(same) < 2:
        return first
    low = min((s.min_value for s in same if s.min_value is not None), default=None)
    high = max((s.max_value for s in same if s.max_value is not None), default=None)
    rule = f"envelope of {len(same)}"
    return replace(first, min_value=low, max_value=high, unit_text=unit, rule=rule)


def _size(salary: BaseSalary) -> Decimal:
    """One figure of a salary, to compare it with others."""
    return salary.max_value or salary.min_value or Decimal(0)


def yearly_amount(salary: BaseSalary) -> Decimal | None:
    """Midpoint of the bounds, or the one bound, per year in the salary's own currency.

    The factors are `FACTORS`. With no period stated the amount is yearly if the currency is one
    of `ONE_READING` and the lower bound (the upper if alone) is at least `YEARLY_FROM`: nobody
    is paid that per month or less in a posting that does not say so. Otherwise None.

    Examples
    --------
    >>> yearly_amount(parse_salary("£40 - £50 per hour"))
    Decimal('93600')
    >>> yearly_amount(parse_salary("€60k"))
    Decimal('60000')
    >>> yearly_amount(parse_salary("60,000 CZK")) is None
    True
    """
    bounds = [v for v in (salary.min_value, salary.max_value) if v is not None]
    unit = salary.unit_text
    if unit is None and salary.currency in ONE_READING and min(bounds, default=0) >= YEARLY_FROM:
        unit = "YEAR"
    if unit is None or not bounds:
        return None
    return sum(bounds, Decimal(0)) / len(bounds) * FACTORS[unit]
