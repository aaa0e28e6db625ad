"""Pay in a structured field: decoded JSON of a job board, or the text of a column -> BaseSalary.

A value is read by its keys, not by where it comes from: the bounds, the currency and the period
have a handful of names each (`LOW`, `HIGH`, `CURRENCY`, `UNIT`), and what holds them has others
(`INSIDE`). Text inside is read by `parse_salary`. What is not clearly pay is None.
"""

import ast
import json
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import NamedTuple

from classifier.amounts import SHARED, SIGNS, find_amounts, respell
from classifier.posting import KINDS, MONTHS, BaseSalary
from classifier.salary import envelope, parse_salary
from classifier.yearly import FACTORS

LONGEST = 64 * 1024  # characters of a field that are looked at; a longer JSON is none of pay
DEEPEST = 10  # levels of objects and lists
MOST = 100  # items of a list, keys of an object

# Pay that a full-time year can bring at all; outside it the figure is a slip, or not pay.
LEAST_YEARLY = 2_500
MOST_YEARLY = {True: 5_000_000, False: 10**11}  # in currencies of the dollar's size; in others
COMPARABLE = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", None})
WIDEST = 20  # times the lower bound; further apart the two are not of one job
BARE_FROM = 10_000  # a number with neither currency nor period: below it may be anything
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"})

# Active codes of ISO 4217, and the rouble's old one, which pages still give.
_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP
GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD
TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
ISO_4217 = frozenset(_CODES.split())
OTHER_CODES = {"RUR": "RUB", "РУБ": "RUB", "РУБ.": "RUB", "US DOLLAR": "USD", "US DOLLARS": "USD"}

# Names of keys, as letters and digits alone; of two that an object has, the first is taken.
# fmt: off
LOW = (
    "minvalue", "min", "minamount", "minsalary", "salarymin", "minimumsalary", "salaryminimum",
    "minimum", "minpay", "paymin", "minprice", "salaryfrom", "rangestart", "low",
    "compensationminimum", "compensationmin", "basesalaryminvalue",
)
HIGH = (
    "maxvalue", "max", "maxamount", "maxsalary", "salarymax", "maximumsalary", "salarymaximum",
    "maximum", "maxpay", "paymax", "maxprice", "salaryto", "rangeend", "high",
    "compensationmaximum", "compensationmax", "basesalarymaxvalue",
)
CURRENCY = (
    "currency", "currencycode", "currencytype", "salarycurrency", "salarycurrencycode",
    "pricecurrency", "currencysymbol", "paycurrency", "compensationcurrency", "basesalarycurrency",
)
UNIT = (
    "unittext", "unitcode", "interval", "period", "salaryperiod", "salaryinterval", "payperiod",
    "frequency", "payfrequency", "compensationfrequency", "salarytimeunit", "timeunit",
    "unitofwork", "salarytype", "paytype", "per", "unit", "basesalaryunittext",
)
# What holds pay, a number, a text, an object or a list, the more exact first. An estimated
# salary is not here: it is the board's guess, not what the posting states.
INSIDE = (
    "payinputranges", "basesalary", "salaryrange", "payrange", "payranges", "payrangedetails",
    "compensationtiers", "summarycomponents", "components", "compensation", "salary", "pay",
    "range", "value", "amount", "price", "compensationrange", "scrapeablecompensationsalarysummary",
    "compensationtiersummary", "salarytext", "compensationtext", "salarysummary",
)
PERIODS = {
    "HOUR": "hour hours hourly hur hr hrs h ph stunde stündlich heure horaire hora uur",
    "DAY": "day days daily pd tag täglich jour día dag",
    "WEEK": "week weeks weekly wee wk pw woche wöchentlich semaine semana",
    "MONTH": "month months monthly mon mo mth pm pcm monat monatlich mois mensuel mes maand",
    "YEAR": "year years yearly annual annually annualized annualised annum ann anum yr y pa "
            "jahr jährlich annuel año jaar",
}
# fmt: on
ADVERBS = {"HOUR": "hourly", "DAY": "daily", "WEEK": "weekly", "MONTH": "monthly", "YEAR": "yearly"}
_UNITS = {
    name: unit for unit, names in PERIODS.items() for n in names.split() for name in (n, f"per{n}")
}

# Schema.org has no name for two weeks or half a month.
_MULTIPLE = re.compile(
    r"bi[ _-]?(?:week|month|ann|year)|semi|half|fortnight|quarter|every|twice", re.IGNORECASE
)
_ONCE = re.compile(r"\W*1?\W*time\W*\Z|.*(?:one[ _-]?(?:time|off)|\bonce\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,2}|\.[0-9]{4,12})?|[0-9]{4,15}\.[0-9]{1,12}")
_ONE_NUMBER = re.compile(r"[0-9][0-9.,' ]{0,20}[0-9]?[ ]?k?", re.IGNORECASE)
# The values of microdata, run together: "USD 9 10 HOUR".
_MASHED = re.compile(
    r"(?:([A-Z]{3})\s+)?([0-9][0-9.,]{0,15})\s+(?:([0-9][0-9.,]{0,15})\s+)?([A-Z]{3,5})"
)

_ON_TARGET = re.compile(r"\bOTE\b|\bon[ -]target\b", re.IGNORECASE)
_TOTAL = re.compile(r"\btotal (?:target )?(?:cash|comp\w*|rem\w+|pay|package)\b", re.IGNORECASE)
_BASE = re.compile(r"\bbase\b", re.IGNORECASE)
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

Fields = Mapping[str, tuple[str, object]]  # by name of the key: the key as written, its value


class _Around(NamedTuple):
    """What the objects further out say of a value: it holds where the value says nothing."""

    dollar: str | None
    currency: str | None = None
    unit: str | None = None
    said: str = ""
    path: str = ""
    depth: int = 0

    def inside(self, key: str) -> "_Around":
        return self._replace(path=f"{self.path}{_shown(key)}.", depth=self.depth + 1)


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
    return _read_text(text, _Around(default_dollar))


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
    return _read(value, _Around(default_dollar))


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


def _read(value: object, around: _Around) -> BaseSalary | None:
    if around.depth > DEEPEST:
        return None
    if isinstance(value, str):
        return _read_text(value, around)
    if isinstance(value, Mapping):
        return _read_object(_fields(value), around)
    if isinstance(value, list | tuple):
        inner = around._replace(depth=around.depth + 1)
        return _combine([pay for one in value[:MOST] if (pay := _read(one, inner))])
    return _read_number(_figure(value)[0], around)


def _fields(mapping: Mapping[object, object]) -> dict[str, tuple[str, object]]:
    """Values that are stated, by the letters of their keys; the first of two keys is kept."""
    found: dict[str, tuple[str, object]] = {}
    for key, value in list(mapping.items())[:MOST]:
        if isinstance(key, str) and value is not None and value != "":
            found.setdefault(re.sub(r"[\W_]+", "", key[:LONGEST].casefold()), (key, value))
    return found


def _read_object(fields: Fields, around: _Around) -> BaseSalary | None:
    kind = _text_at(fields, "compensationtype")
    # Equity, bonus and commission have the same shape as pay.
    if kind and "salary" not in kind.casefold():
        return None
    around = _look_around(fields, around)
    if _ONCE.match(_word_of(_first(fields, UNIT)[1])[:40]):
        return None
    pay = _read_cents(fields) or _read_bounds(fields, around) or _read_inside(fields, around)
    return pay and replace(pay, kind=_told_kind(fields) or pay.kind)


def _look_around(fields: Fields, around: _Around) -> _Around:
    """Currency and period that an object states, else those of the objects around it."""
    written, unit = _first(fields, UNIT)
    code = _read_currency(_first(fields, CURRENCY)[1], around.dollar)
    # Metadata of Greenhouse: {"unit": "USD", "min_value": ...}.
    code = code or _read_currency(unit, around.dollar)
    around = around._replace(currency=code or around.currency)
    if not isinstance(unit, str | Mapping) or _read_currency(unit, around.dollar):
        return around
    said = _word_of(unit)
    return around._replace(unit=read_unit(said), said=f"{_shown(written)} {_shown(said)}")


def _read_bounds(fields: Fields, around: _Around) -> BaseSalary | None:
    """Pay of an object with a key for the lower bound, the upper bound, or both."""
    low_key, low_value = _first(fields, LOW)
    high_key, high_value = _first(fields, HIGH)
    (low, low_sign), (high, high_sign) = _figure(low_value), _figure(high_value)
    dollar = around.currency if around.currency in DOLLARS else around.dollar
    sign = _agreed(_read_currency(low_sign, dollar), _read_currency(high_sign, dollar))
    around = around._replace(currency=_agreed(around.currency, sign))
    keys = " and ".join(_shown(key) for key in (low_key, high_key) if key)
    pay = _bounded(low, high, around.currency, around.unit, _rule(around, keys))
    if pay is None or _is_bare(pay):
        return None
    return _as_written(pay, fields, around) if "alternatives" in fields else pay


def _as_written(pay: BaseSalary, fields: Fields, around: _Around) -> BaseSalary:
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


def _read_inside(fields: Fields, around: _Around) -> BaseSalary | None:
    """Pay of the first value inside that states it."""
    for name in INSIDE:
        if name in fields:
            key, value = fields[name]
            if pay := _read(value, around.inside(key)):
                return pay
    return None


def _read_number(number: Decimal | None, around: _Around) -> BaseSalary | None:
    rule = _rule(around, around.path.rstrip(".") or "a number")
    pay = _bounded(number, number, around.currency, around.unit, rule)
    return None if pay is None or _is_bare(pay) else pay


def _rule(around: _Around, keys: str) -> str:
    path = "" if around.path.rstrip(".") == keys else around.path
    return path + keys + (f", {around.said}" if around.said else "")


def _is_bare(pay: BaseSalary) -> bool:
    largest = pay.max_value or pay.min_value or 0
    return pay.currency is None and pay.unit_text is None and largest < BARE_FROM


# --- Greenhouse ---


def _read_cents(fields: Fields) -> BaseSalary | None:
    """Pay of one of Greenhouse's ranges. No key holds the period: the words may tell it."""
    if not {"mincents", "maxcents"} & set(fields):
        return None
    low, high = (_figure(fields.get(key, ("", None))[1])[0] for key in ("mincents", "maxcents"))
    where, unit = _told_period(fields)
    return _bounded(
        low and low / 100,
        high and high / 100,
        _read_currency(_first(fields, CURRENCY)[1], None),
        unit,
        "pay_input_ranges in cents" + (f", {where} says {ADVERBS[unit]}" if unit else ""),
    )


def _told_period(fields: Fields) -> tuple[str, str | None]:
    """Which field tells a period, and the period."""
    for where, pattern in _PERIOD_OF_PAY.items():
        words = _NOT_OF_PAY.sub(" ", _plain(_text_at(fields, where)))
        told = [match["noun"] or match["adverb"] for match in pattern.finditer(words)]
        units = {read_unit(word) for word in told}
        if len(units) == 1:
            return where, units.pop()
    return "", None


def _told_kind(fields: Fields) -> str | None:
    """Kind of pay that an object tells; None too if its words tell two."""
    own = _text_at(fields, "kind")
    if own in KINDS:
        return own
    if {"mincents", "maxcents", "components"} & set(fields):
        for name in ("title", "blurb"):
            if kind := _kind_of(_plain(_text_at(fields, name))):
                return kind if kind in KINDS else None
    return "base" if "compensationtype" in fields else None


def _kind_of(words: str) -> str:
    patterns = {"on-target": _ON_TARGET, "total": _TOTAL, "base": _BASE}
    found = [kind for kind, pattern in patterns.items() if pattern.search(words)]
    return found[0] if len(found) == 1 else " or ".join(found)


def _plain(markup: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", markup[:4000])).split())


# --- Text ---


def _read_text(text: str, around: _Around) -> BaseSalary | None:
    """Pay in a text: JSON in it is read as such, a lone number as a number."""
    text = text[: LONGEST + 1].strip()
    if text[:1] in {"{", "["} and around.depth <= DEEPEST:
        value = _decode(text)
        if value is not None or text.startswith(("{", "[{", "[[", '["')):
            # Of JSON that is cut or broken the figures have lost their meaning.
            return _read(value, around._replace(depth=around.depth + 1))
    if _NUMBER.fullmatch(text) and around.path:
        return _read_number(_figure(text)[0], around)
    mashed = _MASHED.fullmatch(text)
    if mashed and (unit := read_unit(mashed[4])):
        return _read_mashed(mashed, unit, around)
    return _read_words(text[:LONGEST], around)


def _read_mashed(match: re.Match[str], unit: str, around: _Around) -> BaseSalary | None:
    low, high = _figure(match[2])[0], _figure(match[3] or match[2])[0]
    currency = _read_currency(match[1], None) or around.currency
    pay = _bounded(low, high, currency, unit, _text_rule(around, "values"))
    return pay and replace(pay, text=match[0])


def _read_words(text: str, around: _Around) -> BaseSalary | None:
    dollar = around.currency if around.currency in DOLLARS else around.dollar
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
    currency, unit = _agreed(pay.currency, beside), _agreed(pay.unit_text, around.unit)
    rule = _text_rule(around, pay.rule or "text")
    bounded = _bounded(pay.min_value, pay.max_value, currency, unit, rule)
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


def _text_rule(around: _Around, rule: str) -> str:
    return ": ".join(
        part for part in (around.path.rstrip("."), _rule(around._replace(path=""), rule)) if part
    )


def _agreed(told: str | None, beside: str | None) -> str | None:
    """What a text and the keys beside it say; None if they contradict each other."""
    if told is None or beside is None:
        return told or beside
    return told if told == beside else None


def _decode(text: str) -> object:
    """Value of JSON, or of a dict or list as Python prints it; None if it is neither."""
    if len(text) > LONGEST:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    # The parser of Python is kept from text of many brackets: it takes much memory for them.
    if text.count("[") + text.count("{") + text.count("(") > 10 * MOST:
        return None
    text = re.sub(r"(?<![\w'\"])nan(?![\w'\"])", "None", text)  # as pandas writes it
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd escapes
            return ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


# --- Numbers, currencies, periods ---


def _figure(value: object) -> tuple[Decimal | None, str | None]:
    """Positive number of a value, and the sign beside it; (None, None) if it is none."""
    if isinstance(value, str):
        return _figure_in(value.strip())
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None, None
    if isinstance(value, Decimal) and not value.is_finite():  # it cannot be compared
        return None, None
    # NaN fails both comparisons; the upper one spares a number of thousands of digits.
    number = Decimal(str(value)) if 0 < value < 10**15 else None
    return number, None


def _figure_in(text: str) -> tuple[Decimal | None, str | None]:
    if len(text) > 40:
        return None, None
    if _NUMBER.fullmatch(text):
        return Decimal(text) or None, None
    # The sign makes it an amount; "60.000" and "60k" are read as in any text.
    bare = _ONE_NUMBER.fullmatch(text)
    found = list(find_amounts(respell(f"${text}" if bare else text)))
    if len(found) != 1 or found[0].slip or text.startswith("-"):
        return None, None
    return found[0].value or None, None if bare else found[0].sign


def _bounded(
    low: Decimal | None, high: Decimal | None, currency: str | None, unit: str | None, rule: str
) -> BaseSalary | None:
    """Pay between two bounds, without those that nobody is paid; None if nothing is left."""
    fair_low, fair_high = (_is_fair(bound, currency, unit) for bound in (low, high))
    if low and high and low > high:
        if not (fair_low and fair_high):
            return None
        low, high = high, low
    low, high = low if fair_low else None, high if fair_high else None
    if (low is None and high is None) or (low and high and high > WIDEST * low):
        return None
    return BaseSalary(low, high, currency, unit, rule=rule)


def _is_fair(bound: Decimal | None, currency: str | None, unit: str | None) -> bool:
    if bound is None:
        return False
    least = LEAST_YEARLY if unit else 2
    return least <= bound * FACTORS[unit or "YEAR"] <= MOST_YEARLY[currency in COMPARABLE]


def _read_currency(value: object, dollar: str | None) -> str | None:
    """Code of ISO 4217 for a code or a sign; None if it is none, or several share it.

    >>> _read_currency("usd ", None), _read_currency("€", None), _read_currency("¥", None)
    ('USD', 'EUR', None)
    """
    word = " ".join(_word_of(value)[:40].upper().split())
    code = OTHER_CODES.get(word, word)
    if code in ISO_4217:
        return code
    sign = SIGNS.get(code)
    return dollar if sign == "$" else None if sign in SHARED else sign


def read_unit(text: str) -> str | None:
    """Period that a word or a code names; None if it names none, or several.

    >>> [read_unit(text) for text in ("ANN", "per-hour-wage", "1 MONTH", "PerWeek", "p.a.")]
    ['YEAR', 'HOUR', 'MONTH', 'WEEK', 'YEAR']
    >>> read_unit("2 WEEK") is read_unit("bi-weekly-salary") is read_unit("NONE") is None
    True
    """
    text = _CAMEL.sub(" ", text[:200])
    if _MULTIPLE.search(text) or set(re.findall(r"\d+", text)) - {"1"}:
        return None
    words = _WORD.findall(text.casefold())
    if "".join(words) in _UNITS:
        return _UNITS["".join(words)]
    units = {_UNITS[word] for word in words if word in _UNITS}
    return units.pop() if len(units) == 1 else None


def _word_of(value: object) -> str:
    """Text of a code that may be in an object, such as ``{"code": "EUR"}``."""
    if isinstance(value, Mapping):
        value = _first(_fields(value), ("code", "id", "label", "name"))[1]
    return value if isinstance(value, str) else ""


def _first(fields: Fields, names: Iterable[str]) -> tuple[str, object]:
    return next((fields[name] for name in names if name in fields), ("", None))


def _text_at(fields: Fields, name: str) -> str:
    value = fields.get(name, ("", ""))[1]
    return value if isinstance(value, str) else ""


def _shown(key: str) -> str:
    return " ".join(key[:40].split())


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
