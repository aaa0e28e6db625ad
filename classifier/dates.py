"""Dates of postings, in any of the forms that feeds and pages have, to ISO 8601."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from dateutil import parser

LONGEST = 60  # characters of a date
YEARS: Final = range(1990, 2101)  # others are placeholders, such as 1970-01-01

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
# The same with a blank before the time, and the zone in a word.
_SPACED = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?: ?(UTC|GMT|Z))?", re.ASCII)
_NUMBER = re.compile(r"\d{9,13}", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_AGO = re.compile(
    r"""
    (?: posted \s+ )? (?:
        (?P<today> today | just \s now | just \s posted ) | (?P<yesterday> yesterday )
      | (?P<n> \d{1,3} | an? ) \s (?P<unit> hour | day | week ) s? \s ago
    )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# Names that have one meaning in dates of the web (RFC 822 and what feeds of Europe write).
ZONES: Final = {
    name: 3600 * hours
    for names, hours in (
        ("UTC GMT Z WET", 0),
        ("CET", 1),
        ("CEST EET", 2),
        ("EST CDT", -5),
        ("EDT", -4),
        ("CST MDT", -6),
        ("MST PDT", -7),
        ("PST", -8),
    )
    for name in names.split()
}
_NO_DAY = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001, RUF100 - only to compare


def parse_date(value: object, today: date | None = None) -> str:
    """Date or time in ISO 8601, with its offset if it has one; "" if it is not told for certain.

    Parameters
    ----------
    value : object
        Text, or a number of seconds or milliseconds since 1970. Anything else is "".
    today : date, optional
        The day on which "3 days ago" was said; without it, that is "".

    Examples
    --------
    >>> parse_date("2025-02-03T08:15:00-05:00"), parse_date("2025-02-03 08:15:00 UTC")
    ('2025-02-03T08:15:00-05:00', '2025-02-03T08:15:00+00:00')
    >>> parse_date("Mon, 03 Feb 2025 08:15:00 +0000"), parse_date(1738570500123)
    ('2025-02-03T08:15:00+00:00', '2025-02-03T08:15:00+00:00')
    >>> parse_date("February 13, 2017"), parse_date("11/21/2018 07:15:24 AM")
    ('2017-02-13', '2018-11-21T07:15:24')

    The day may be the month, or a part is missing: no guess is made.

    >>> parse_date("04/05/2019"), parse_date("May 2019"), parse_date("1970-01-01")
    ('', '', '')
    >>> parse_date("Posted 3 Days Ago", date(2026, 3, 1)), parse_date("Posted 30+ Days Ago")
    ('2026-02-26', '')
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(float(value)) if abs(value) < 10**18 else ""  # nan is not, either
    if not isinstance(value, str) or len(value) > LONGEST:
        return ""
    text = " ".join(value.split())
    if _NUMBER.fullmatch(text):
        return _from_number(float(text))
    if (ago := _AGO.fullmatch(text)) and today:
        return _before(ago, today)
    if spaced := _SPACED.fullmatch(text):
        text = f"{spaced[1]}T{spaced[2]}{'+00:00' if spaced[3] else ''}"
    iso = _ISO.fullmatch(text)
    if iso and _exists(text):
        return text if int(iso[1]) in YEARS else ""
    return _from_words(text) if _YEAR.search(text) else ""


def _exists(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _from_number(seconds: float) -> str:
    if seconds >= 10**11:  # milliseconds; as seconds that is the year 5138
        seconds /= 1000
    if not 0 < seconds < 10**11:
        return ""
    time = datetime.fromtimestamp(int(seconds), UTC)
    return time.isoformat() if time.year in YEARS else ""


def _before(ago: re.Match[str], today: date) -> str:
    if ago["today"] or ago["unit"] == "hour":
        return today.isoformat()
    if ago["yesterday"]:
        return (today - timedelta(days=1)).isoformat()
    number = int(ago["n"]) if ago["n"].isdigit() else 1
    days = number * (7 if ago["unit"].lower() == "week" else 1)
    return (today - timedelta(days=days)).isoformat()


def _zone(name: str | None, seconds: int | None) -> timezone | None:
    """Zone of an offset, or of a name; other names are in use for several zones: no offset."""
    if seconds is None:
        seconds = ZONES.get(name or "")
    return None if seconds is None else timezone(timedelta(seconds=seconds))


def _from_words(text: str) -> str:
    """Date that comes out the same whatever is taken for a missing part, and for the first one."""
    try:
        found = {
            parser.parse(text, dayfirst=first, default=default, tzinfos=_zone)
            for first in (True, False)
            for default in _NO_DAY
        }
    except (ValueError, OverflowError, TypeError):
        return ""
    time: datetime = found.pop()
    if found or time.year not in YEARS:
        return ""
    return time.isoformat() if ":" in text else time.date().isoformat()
