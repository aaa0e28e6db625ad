"""Signs of currencies and multipliers as they are written before and behind a number."""

import re
from collections.abc import Sequence
from functools import lru_cache

# A sign that several currencies share stands for itself until the text or the caller decides.
SHARED = frozenset({"$", "¥", "万", "KR", "RS", "R"})
# Currency, then how it is written besides its code.
_WRITTEN = """
USD US$ $US USD$, EUR € EURO EUROS, GBP £ POUNDS, CAD C$ CA$ CDN$ CAD$, AUD A$ AU$ AUD$, NZD NZ$,
SGD S$ SG$, HKD HK$, TWD NT$, MXN MX$, BRL R$, CHF FR. SFR., PLN ZŁ, CZK KČ, HUF FT, RON LEI,
BGN ЛВ, INR ₹, JPY 円, CNY, KRW ₩, SEK, NOK, DKK, ZAR, ILS ₪, AED, SAR, THB ฿, MYR, PHP ₱, IDR,
VND ₫, ARS, CLP, PKR, NGN ₦, KES, EGP, UAH ₴, RUB ₽, $ DOLLARS, ¥, KR KR., RS RS.
"""
SIGNS = {sign: signs.split()[0] for signs in _WRITTEN.split(",") for sign in signs.split()}
MULTIPLIERS = {
    **dict.fromkeys(("k", "tsd", "tsd.", "tys", "tys.", "tis", "tis."), 1_000),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs", "lpa"), 100_000),
    **dict.fromkeys(("crore", "crores", "cr"), 10_000_000),
    "万": 10_000,
}
INDIAN = frozenset({"lakh", "lakhs", "lac", "lacs", "lpa", "crore", "crores", "cr"})


def _literal(words: Sequence[str]) -> str:
    """One of these literal strings, the longest first, as a regex."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")"


_SIGN_BEFORE = re.compile(
    rf"""
    (?<! [^\W_] )
    (?: ( (?-i: USD | CAD | AUD | NZD | SGD | EUR | GBP ) ) [ ]? (?= [$€£] ) )?  # USD $90,000
    ( {_literal(list(SIGNS))} ) [ ]{{0,2}} \Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GLUED_SIGN = re.compile(r"()([€£₹$¥]|zł)[ ]{0,2}\Z")
# R for rand: only before a large number, for the letter stands for much else.
_RAND = re.compile(r"(?<![\w&-])R ?\Z")
LEAST_RAND = 1_000
# What a sign ends in: one character, or two that are a part of it; R is rand.
_LAST = frozenset({"R", *(sign for sign in SIGNS if len(sign) == 1)})
_LAST_TWO = frozenset(sign[-2:] for sign in SIGNS)
_THOUSAND_BEFORE = re.compile(r"(?<![^\W_])[TKk](EUR|€) ?\Z")  # TEUR 65, T€ 65
_AFTER = re.compile(
    rf"""
    (?: [ ]? (?: (?P<thousand>[tk])(?=eur\b) | (?P<thousand_>t)(?=€)
               | (?P<times>{_literal(list(MULTIPLIERS))})(?![a-z]|č|\()
               | (?P<huge>m|mn|mm|mio|mrd|millions?|bn|b|billions?|億)\b ) )?
    (?: [ ]{{0,2}} (?P<sign>{_literal(list(SIGNS))}) (?![^\W_]) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LETTERS = re.compile("[A-Za-z]+")
# What `_AFTER` may begin with. No letter stands behind one of these, so that the letters there are
# no more than those of a name.
_NAMES = (
    *(name.lower() for name in (*SIGNS, *MULTIPLIERS)),
    *("teur", "keur", "m", "mn", "mm", "mio", "mrd", "millions", "bn", "billions"),
)
# Neither a sign nor a multiplier begins so.
_NO_SIGN = frozenset(("", *"\n,.;:!?()[]+-*/|&#%=\"'0123456789"))


def one_sign(*signs: str | None) -> str | None:
    """Most telling of the signs: an ISO code before a shared sign before None.

    >>> one_sign(None, "$", "CAD")
    'CAD'
    """
    told = [sign for sign in signs if sign]
    return next((sign for sign in told if sign not in SHARED), told[0] if told else None)


def read_before(before: str, large: bool) -> tuple[int, int, str | None]:
    """Sign at the end of the words before a number: its length, what it multiplies, its name.

    It is sought only where they may end in one. (0, 1, None) if there is none; `large` says whether
    the number is one of at least `LEAST_RAND`.

    >>> read_before("about US$ ", large=True), read_before("about ", large=True)
    ((4, 1, 'USD'), (0, 1, None))
    """
    tail = before.rstrip(" ")
    last = tail[-1:] in _LAST or capitals(tail[-2:]) in _LAST_TWO
    return _sign_before(before, large) if last else (0, 1, None)


@lru_cache(maxsize=4096)  # the few characters before a number are often the same
def _sign_before(before: str, large: bool) -> tuple[int, int, str | None]:
    """As `read_before`, of any words."""
    if thousand := _THOUSAND_BEFORE.search(before):
        return len(thousand[0]), 1_000, "EUR"
    if sign := _SIGN_BEFORE.search(before) or _GLUED_SIGN.search(before):
        return len(sign[0]), 1, one_sign(sign[1], _name(sign[2]))
    rand = _RAND.search(before) if large else None
    return (len(rand[0]), 1, "R") if rand else (0, 1, None)


def _name(sign: str) -> str:
    """Name of a sign in any case, also in the letters that `re.IGNORECASE` takes for others."""
    return SIGNS[capitals(sign)]


def capitals(letters: str) -> str:
    r"""Letters as capitals, also those that `re.IGNORECASE` takes for others.

    >>> capitals("\N{KELVIN SIGN}r")
    'KR'
    """
    letters = letters.upper()
    return (
        letters if letters.isascii() else letters.replace("İ", "I").replace("\N{KELVIN SIGN}", "K")
    )


def read_after(text: str, end: int) -> tuple[int, str | None, bool, int]:
    """Multiplier and sign behind a number, whether it is millions, and where that ends.

    >>> read_after("70k EUR a year", 2), read_after("70 people", 2)
    ((1000, 'EUR', False, 7), (1, None, False, 2))
    """
    character = text[end : end + 1]
    if character == " ":
        character = text[end + 1 : end + 2]
    if character in _NO_SIGN:
        return 1, None, False, end
    start = end + (text[end] == " ")
    after = _AFTER.match(text, end) if _may_name_sign(text[start : start + 3]) else None
    if not after or not after[0]:
        return 1, None, False, end
    times = (after["times"] or "").lower()
    factor = 1_000 if after["thousand"] or after["thousand_"] else MULTIPLIERS.get(times, 1)
    sign = _name(after["sign"]) if after["sign"] else None
    if times in INDIAN or times == "万":
        sign = one_sign(sign, "万" if times == "万" else "INR")
    return factor, sign, bool(after["huge"]), after.end()


@lru_cache(maxsize=4096)
def _may_name_sign(three: str) -> bool:
    """Whether a sign, or what multiplies, may begin with three characters: a quick look."""
    first = _LETTERS.match(three)
    if not first or not three.isascii():
        return True
    return any(name.startswith(first[0].lower()) for name in _NAMES)
