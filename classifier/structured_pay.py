"""Pay in a structured field: decoded JSON of a job board, or the text of a column -> BaseSalary.

A value is read by its keys, not by where it comes from: the bounds, the currency and the period
have a handful of names each, and what holds them has others (see `pay_fields`). What a value does
not say itself, the objects around it may (`pay_context`). Single values are read by `pay_values`,
words beside them by `pay_wording`, text inside by `parse_salary`. What is not clearly pay is None.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from classifier.pay_context import Around
from classifier.pay_fields import (
    HIGH,
    INSIDE,
    LONGEST,
    LOW,
    MOST,
    UNIT,
    Fields,
    decode,
    first_of,
    shown,
    stated_fields,
    text_at,
    word_of,
)
from classifier.pay_values import (
    DOLLARS,
    NUMBER,
    agreed,
    bounded_pay,
    is_bare,
    read_currency,
    read_figure,
    read_unit,
)
from classifier.pay_wording import read_cents, told_kind
from classifier.posting import MONTHS, BaseSalary
from classifier.salary import envelope, parse_salary

DEEPEST = 10  # levels of objects and lists

_ONCE = re.compile(r"\W*1?\W*time\W*\Z|.*(?:one[ _-]?(?:time|off)|\bonce\b)", re.IGNORECASE)
# The values of microdata, run together: "USD 9 10 HOUR".
_MASHED = re.compile(
    r"(?:([A-Z]{3})\s+)?([0-9][0-9.,]{0,15})\s+(?:([0-9][0-9.,]{0,15})\s+)?([A-Z]{3,5})"
)


def parse_pay_field(text: str, *, default_dollar: str | None = None) -> BaseSalary | None:
    """Pay in what a column for pay holds: JSON, a dict as Python prints it, or plain text.

    Parameters
    ----------
    text : str
        Of any length: `LONGEST` characters are looked at.
    default_dollar : str or None
        As for `parse_salary`.

    Examples
    --------
    >>> pay = parse_pay_field('{"min": 52000, "max": 61000, "currency": "EUR", "interval": "year"}')
    >>> pay.min_value, pay.max_value, pay.currency, pay.unit_text
    (Decimal('52000'), Decimal('61000'), 'EUR', 'YEAR')
    >>> parse_pay_field("{'min': 19, 'max': nan, 'currency': 'GBP', 'period': 'hour'}").min_value
    Decimal('19')
    >>> parse_pay_field("£52,000 a year").rule
    'single, period'
    """
    return _read_text(text, Around(default_dollar))


def read_pay(value: object, *, default_dollar: str | None = None) -> BaseSalary | None:
    """Pay in a decoded JSON value of any shape; None if it states none for certain.

    Parameters
    ----------
    value : object
        Number, text, list or dict: pay alone, or a posting with a field for pay.
    default_dollar : str or None
        Currency of a bare ``$``; None leaves it unknown.

    Returns
    -------
    BaseSalary or None
        `rule` names the keys that it came from. `text` is what was read if that was text;
        `span` is None. Several levels or places are `alternatives`, with their envelope.

    Examples
    --------
    >>> pay = read_pay(
    ...     {"currency": "€", "value": {"minValue": 15, "maxValue": 18.5, "unitText": "HOUR"}}
    ... )
    >>> pay.min_value, pay.max_value, pay.currency, pay.unit_text
    (Decimal('15'), Decimal('18.5'), 'EUR', 'HOUR')
    >>> pay.rule
    'value.minValue and maxValue, unitText HOUR'
    >>> ranges = [{"min_cents": 2150, "max_cents": 2600, "currency_type": "USD", "title": "Hourly"}]
    >>> read_pay({"pay_input_ranges": ranges}).rule
    'pay_input_ranges in cents, title says hourly'
    >>> read_pay({"min": 3, "max": 5}) is None
    True
    """
    return _read(value, Around(default_dollar))


def join_columns(pay: str, low: str, high: str, currency: str, period: str) -> str:
    """One text for `parse_pay_field` from a column for pay and those for its single parts.

    >>> join_columns("65000", "", "", "EUR", "year")
    '{"salary_currency": "EUR", "salary_period": "year", "salary": "65000"}'
    >>> join_columns("£65k", "", "", "", "")
    '£65k'
    """
    parts = {
        "salary_min": low,
        "salary_max": high,
        "salary_currency": currency,
        "salary_period": period,
    }
    if not any(parts.values()):
        return pay
    return json.dumps({k: v for k, v in {**parts, "salary": pay}.items() if v}, ensure_ascii=False)


# --- Values of each kind ---


def _read(value: object, around: Around) -> BaseSalary | None:
    if around.depth > DEEPEST:
        return None
    if isinstance(value, str):
        return _read_text(value, around)
    if isinstance(value, Mapping):
        return _read_object(stated_fields(value), around)
    if isinstance(value, list | tuple):
        inner = around._replace(depth=around.depth + 1)
        return _combine([pay for one in value[:MOST] if (pay := _read(one, inner))])
    return _read_number(read_figure(value)[0], around)


def _read_object(fields: Fields, around: Around) -> BaseSalary | None:
    kind = text_at(fields, "compensationtype")
    # Equity, bonus and commission have the same shape as pay.
    if kind and "salary" not in kind.casefold():
        return None
    around = around.beside(fields)
    if _ONCE.match(word_of(first_of(fields, UNIT)[1])[:40]):
        return None
    pay = read_cents(fields) or _read_bounds(fields, around) or _read_inside(fields, around)
    return pay and replace(pay, kind=told_kind(fields) or pay.kind)


def _read_bounds(fields: Fields, around: Around) -> BaseSalary | None:
    """Pay of an object with a key for the lower bound, the upper bound, or both."""
    low_key, low_value = first_of(fields, LOW)
    high_key, high_value = first_of(fields, HIGH)
    (low, low_sign), (high, high_sign) = read_figure(low_value), read_figure(high_value)
    dollar = around.bare_dollar
    sign = agreed(read_currency(low_sign, dollar), read_currency(high_sign, dollar))
    around = around._replace(currency=agreed(around.currency, sign))
    keys = " and ".join(shown(key) for key in (low_key, high_key) if key)
    pay = bounded_pay(low, high, around.currency, around.unit, around.rule(keys))
    if pay is None or is_bare(pay):
        return None
    return _as_written(pay, fields, around) if "alternatives" in fields else pay


def _as_written(pay: BaseSalary, fields: Fields, around: Around) -> BaseSalary:
    """Pay with the rest of what `to_json` wrote beside its bounds."""
    levels, months = fields["alternatives"][1], fields.get("months", ("", None))[1]
    items = levels[:MOST] if isinstance(levels, list | tuple) else ()
    inner = around.inside("alternatives")
    found = [one for level in items if (one := _read(level, inner))]
    return replace(
        pay,
        alternatives=tuple(replace(one, alternatives=()) for one in found),
        months=months if isinstance(months, int) and months in MONTHS else None,
    )


def _read_inside(fields: Fields, around: Around) -> BaseSalary | None:
    """Pay of the first value inside that states it."""
    for name in INSIDE:
        if name in fields:
            key, value = fields[name]
            if pay := _read(value, around.inside(key)):
                return pay
    return None


def _read_number(number: Decimal | None, around: Around) -> BaseSalary | None:
    rule = around.rule(around.path.rstrip(".") or "a number")
    pay = bounded_pay(number, number, around.currency, around.unit, rule)
    return None if pay is None or is_bare(pay) else pay


# --- Text ---


def _read_text(text: str, around: Around) -> BaseSalary | None:
    """Pay in a text: JSON in it is read as such, a lone number as a number."""
    text = text[: LONGEST + 1].strip()
    if text[:1] in {"{", "["} and around.depth <= DEEPEST:
        value = decode(text)
        if value is not None or text.startswith(("{", "[{", "[[", '["')):
            # Of JSON that is cut or broken the figures have lost their meaning.
            return _read(value, around._replace(depth=around.depth + 1))
    if NUMBER.fullmatch(text) and around.path:
        return _read_number(read_figure(text)[0], around)
    mashed = _MASHED.fullmatch(text)
    if mashed and (unit := read_unit(mashed[4])):
        return _read_mashed(mashed, unit, around)
    return _read_words(text[:LONGEST], around)


def _read_mashed(match: re.Match[str], unit: str, around: Around) -> BaseSalary | None:
    low, high = read_figure(match[2])[0], read_figure(match[3] or match[2])[0]
    currency = read_currency(match[1] or "", None) or around.currency
    pay = bounded_pay(low, high, currency, unit, around.text_rule("values"))
    return pay and replace(pay, text=match[0])


def _read_words(text: str, around: Around) -> BaseSalary | None:
    dollar = around.bare_dollar
    pay = parse_salary(text, default_dollar=dollar)
    if pay is None and (around.currency or around.unit) and len(text) < 80:
        # "45-50k" beside a currency and a period is pay, but not without them.
        period = f" per {around.unit.lower()}" if around.unit else ""
        pay = parse_salary(f"{around.currency or ''} {text}{period}", default_dollar=dollar)
        pay = pay and replace(pay, text=text)
    if pay is None:
        return None
    # "$90,000" beside EUR contradicts itself even where the dollar is not known.
    beside = None if "$" in text and around.currency not in DOLLARS else around.currency
    currency, unit = agreed(pay.currency, beside), agreed(pay.unit_text, around.unit)
    rule = around.text_rule(pay.rule or "text")
    bounded = bounded_pay(pay.min_value, pay.max_value, currency, unit, rule)
    if bounded is None:
        return None
    levels = tuple(replace(one, span=None, alternatives=()) for one in pay.alternatives)
    return replace(
        pay,
        min_value=bounded.min_value,
        max_value=bounded.max_value,
        currency=currency,
        unit_text=unit,
        span=None,
        rule=rule,
        alternatives=levels,
    )


# --- Several levels or places ---


def _combine(pays: Sequence[BaseSalary]) -> BaseSalary | None:
    """Envelope of those in one currency and period, base pay before other; all are kept."""
    every = [one for pay in pays for one in (pay.alternatives or (pay,))]
    by_figures = {(p.min_value, p.max_value, p.currency, p.unit_text, p.kind): p for p in every}
    different = list(by_figures.values())
    if len(different) < 2:
        return different[0] if different else None
    chosen = [pay for pay in different if pay.kind in {None, "base"}] or different
    found = envelope(chosen)
    if found is None or (found.min_value and found.max_value and found.min_value > found.max_value):
        found = chosen[0]  # "from 90k" and "up to 80k" have no envelope
    same = [p for p in chosen if (p.currency, p.unit_text) == (found.currency, found.unit_text)]
    covered = [pay for pay in same if _covers(found, pay)]
    kinds = {pay.kind for pay in covered}
    return replace(
        found,
        kind=kinds.pop() if len(kinds) == 1 else None,
        rule=f"{(covered or chosen)[0].rule}, covers {len(covered)} of {len(different)}",
        alternatives=tuple(different),
    )


def _covers(whole: BaseSalary, part: BaseSalary) -> bool:
    low, high = whole.min_value, whole.max_value
    return (low is None or part.min_value is None or low <= part.min_value) and (
        high is None or part.max_value is None or part.max_value <= high
    )
