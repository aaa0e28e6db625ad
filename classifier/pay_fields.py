"""Fields of decoded JSON that tell of pay: the names of their keys, and what stands under them."""

import ast
import json
import re
import warnings
from collections.abc import Iterable, Mapping

LONGEST = 64 * 1024  # characters of a field that are looked at; a longer JSON is none of pay
MOST = 100  # items of a list, keys of an object

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
# fmt: on

Fields = Mapping[str, tuple[str, object]]  # by name of the key: the key as written, its value


def decode(text: str) -> object:
    """Value of JSON, or of a dict or list as Python prints it; None if it is neither.

    Parameters
    ----------
    text : str
        Longer than `LONGEST` it is not decoded.

    Examples
    --------
    >>> decode('{"min": 3}'), decode("{'min': nan, 'max': 4.5}"), decode("[Remote]")
    ({'min': 3}, {'min': None, 'max': 4.5}, None)
    """
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


def stated_fields(mapping: Mapping[object, object]) -> Fields:
    """Values that are stated, by the letters of their keys; the first of two keys is kept.

    Parameters
    ----------
    mapping : Mapping
        Decoded object; `MOST` keys of it are looked at.

    Examples
    --------
    >>> stated_fields({"min_value": 3, "MinValue": 4, "max": None})
    {'minvalue': ('min_value', 3)}
    """
    found: dict[str, tuple[str, object]] = {}
    for key, value in list(mapping.items())[:MOST]:
        if isinstance(key, str) and value is not None and value != "":
            found.setdefault(re.sub(r"[\W_]+", "", key[:LONGEST].casefold()), (key, value))
    return found


def first_of(fields: Fields, names: Iterable[str]) -> tuple[str, object]:
    """Key as written and value of the first name that an object has; ("", None) if it has none.

    >>> first_of(stated_fields({"salaryMax": 9, "high": 8}), HIGH)
    ('salaryMax', 9)
    """
    return next((fields[name] for name in names if name in fields), ("", None))


def text_at(fields: Fields, name: str) -> str:
    """Text under a name; "" if there is none, or no text.

    >>> text_at(stated_fields({"Title": "Cook"}), "title"), text_at({}, "title")
    ('Cook', '')
    """
    value = fields.get(name, ("", ""))[1]
    return value if isinstance(value, str) else ""


def word_of(value: object) -> str:
    """Text of a code that may be in an object; "" if it has none.

    >>> word_of("EUR"), word_of({"code": "EUR"}), word_of(7)
    ('EUR', 'EUR', '')
    """
    if isinstance(value, Mapping):
        value = first_of(stated_fields(value), ("code", "id", "label", "name"))[1]
    return value if isinstance(value, str) else ""


def shown(key: str) -> str:
    """Key on one short line, as `rule` names it.

    >>> shown("per  year")
    'per year'
    """
    return " ".join(key[:40].split())
