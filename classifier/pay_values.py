"""Single values of pay: numbers, currencies, periods, and whether anyone is paid that.

What holds the values, and how deep, is the matter of `structured_pay`.
"""

import re
from decimal import Decimal

from classifier.amounts import find_amounts
from classifier.currency_signs import SHARED, SIGNS
from classifier.posting import BaseSalary
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
