"""Single values of pay: numbers, currencies, periods, and whether anyone is paid that.

Also the range of Greenhouse, whose period and kind no key holds: only its words tell them.
What holds the values, and how deep, is the matter of `structured_pay`.
"""

import re
from decimal import Decimal
from html import unescape

from classifier.amounts import find_amounts
from classifier.currency_signs import SHARED, SIGNS
from classifier.pay_fields import CURRENCY, Fields, first_of, text_at, word_of
from classifier.posting import KINDS, BaseSalary
from classifier.respelling import respell
from classifier.yearly import COMPARABLE, FACTORS

# Pay that a full-time year can bring at all; outside it the figure is a slip, or not pay.
LEAST_YEARLY = 2_500
MOST_YEARLY = {True: 5_000_000, False: 10**11}  # in currencies of the dollar's size; in others
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

# fmt: off
PERIODS = {
    "HOUR": "hour hours hourly hur hr hrs h ph stunde stündlich heure horaire hora uur",
    "DAY": "day days daily pd tag täglich jour día dag",
    "WEEK": "week weeks weekly wee wk pw woche wöchentlich semaine semana",
    "MONTH": "month months monthly mon mo mth pm pcm monat monatlich mois mensuel mes maand",
    "YEAR": "year years yearly annual annually annualized annualised annum ann anum yr y pa "
            "jahr jährlich annuel año jaar",
}
# fmt: on
_ADVERBS = {
    "HOUR": "hourly",
    "DAY": "daily",
    "WEEK": "weekly",
    "MONTH": "monthly",
    "YEAR": "yearly",
}
_UNITS = {
    name: unit for unit, names in PERIODS.items() for n in names.split() for name in (n, f"per{n}")
}

# Schema.org has no name for two weeks or half a month.
_MULTIPLE = re.compile(
    r"bi[ _-]?(?:week|month|ann|year)|semi|half|fortnight|quarter|every|twice", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,2}|\.[0-9]{4,12})?|[0-9]{4,15}\.[0-9]{1,12}")
_ONE_NUMBER = re.compile(r"[0-9][0-9.,' ]{0,20}[0-9]?[ ]?k?", re.IGNORECASE)

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


# --- Numbers ---


def read_figure(value: object) -> tuple[Decimal | None, str]:
    """Positive number of a value, and the sign or code of a currency beside it.

    Parameters
    ----------
    value : object
        A number, or a text that holds one amount and no more.

    Returns
    -------
    tuple of (Decimal or None, str)
        (None, "") if the value is no such number; "" too if nothing stands beside it.

    Examples
    --------
    >>> read_figure(18.5), read_figure("€ 60.000"), read_figure("64k"), read_figure(0)
    ((Decimal('18.5'), ''), (Decimal('60000'), 'EUR'), (Decimal('64000'), ''), (None, ''))
    """
    if isinstance(value, str):
        return _figure_in(value.strip())
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None, ""
    if isinstance(value, Decimal) and not value.is_finite():  # it cannot be compared
        return None, ""
    # NaN fails both comparisons; the upper one spares a number of thousands of digits.
    number = Decimal(str(value)) if 0 < value < 10**15 else None
    return number, ""


def _figure_in(text: str) -> tuple[Decimal | None, str]:
    if len(text) > 40:
        return None, ""
    if NUMBER.fullmatch(text):
        return Decimal(text) or None, ""
    # The sign makes it an amount; "60.000" and "60k" are read as in any text.
    bare = _ONE_NUMBER.fullmatch(text)
    found = list(find_amounts(respell(f"${text}" if bare else text)))
    if len(found) != 1 or found[0].slip or text.startswith("-"):
        return None, ""
    return found[0].value or None, "" if bare else found[0].sign or ""


# --- Bounds ---


def bounded_pay(
    low: Decimal | None, high: Decimal | None, currency: str | None, unit: str | None, rule: str
) -> BaseSalary | None:
    """Pay between two bounds, without those that nobody is paid; None if nothing is left.

    Parameters
    ----------
    low, high : Decimal or None
        Swapped if they are reversed and both plausible.
    currency, unit, rule : str or None
        As in `BaseSalary`.

    Examples
    --------
    >>> bounded_pay(Decimal(1), Decimal(70_000), "EUR", "YEAR", "").min_value is None
    True
    >>> bounded_pay(Decimal(70_000), Decimal(70_000), "EUR", "HOUR", "") is None
    True
    """
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
    most = MOST_YEARLY[currency is None or currency in COMPARABLE]
    return least <= bound * FACTORS[unit or "YEAR"] <= most


def is_bare(pay: BaseSalary) -> bool:
    """Whether pay is a small number with neither currency nor period, which may be anything.

    >>> is_bare(BaseSalary(Decimal(5), None, None, None))
    True
    """
    largest = pay.max_value or pay.min_value or 0
    return pay.currency is None and pay.unit_text is None and largest < BARE_FROM


# --- Currencies and periods ---


def read_currency(text: str, dollar: str | None) -> str | None:
    """Code of ISO 4217 for a code or a sign; None if it is none, or several share it.

    Parameters
    ----------
    text : str
        In any case, such as ``eur`` or ``€``.
    dollar : str or None
        Currency of a bare ``$``.

    Examples
    --------
    >>> read_currency("usd ", None), read_currency("€", None), read_currency("¥", None)
    ('USD', 'EUR', None)
    """
    word = " ".join(text[:40].upper().split())
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


def agreed(told: str | None, beside: str | None) -> str | None:
    """What a text and the keys beside it say; None if they contradict each other.

    >>> agreed("EUR", None), agreed("EUR", "EUR"), agreed("EUR", "USD")
    ('EUR', 'EUR', None)
    """
    if told is None or beside is None:
        return told or beside
    return told if told == beside else None


# --- Greenhouse, and what words tell ---


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
    patterns = {"on-target": _ON_TARGET, "total": _TOTAL, "base": _BASE}
    return [kind for kind, pattern in patterns.items() if pattern.search(words)]


def _plain(markup: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", markup[:4000])).split())
