"""Amounts of money in a text: numbers with the currency and the multiplier beside them."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from classifier.currency_signs import LEAST_RAND, one_sign, read_after, read_before
from classifier.quick import Look, matches_at, plain

# More amounts than any posting has; keeps the time per text bounded.
MOST_AMOUNTS = 2_000
ZERO_TOO_MANY = "a group of four digits"  # a slip that the other bound of a range can mend


class Amount(NamedTuple):
    """One number with its currency sign and multiplier, as written; `text[start:end]`.

    Attributes
    ----------
    times : int
        What the multiplier stands for: 1000 for k, 1 if there is none.
    sign : str or None
        ISO code, or one of `currency_signs.SHARED`.
    slip : str or None
        Why it cannot be pay.
    """

    number: Decimal
    times: int
    sign: str | None
    slip: str | None
    start: int
    end: int

    @property
    def value(self) -> Decimal:
        """The number times its multiplier."""
        return self.number if self.times == 1 else self.number * self.times


# A text without a match holds no pay. It begins with a set of characters: a fast scan.
_HINT = re.compile(
    r"""
    [$€£¥₹₩₪₺฿₱₫₦₴₽円万０-９0-9] (?:
        (?<![0-9])                                   # a sign of money
      | [0-9]{4} | [.,'’ \u00a0\u202f][0-9]{3}       # five digits, or a group of thousands
      | [ \u00a0]? (?: [kK万円€£$₹/] | LPA | [Ll]a[ck] | [Cc]r | an?[ ] | [A-Z]{3}\b
          | [TKk]EUR\b | p[\ ./]?[adehrw] )            # 120k, 12 lakh, 40 an hour, 40 USD, 40 p.h.
      | (?<=[A-Z]{3}[ ][0-9])                        # EUR 1850
      | [ +]{0,2} (?: hourly | daily | [Ww]eekly | kr | zł | [Kk]č | Ft | lei | лв | [Ee]uro
          | pounds | dollars )
    )
    """,
    re.VERBOSE,
)
# Characters that are not ASCII and of which a hint may begin with each, once it is respelled.
MONEY_SIGNS = "€£¥₹₩₪₺฿₱₫₦₴₽円万０１２３４５６７８９￥＄"
_NUMBER = re.compile(
    r"""
    [0-9] (?<![0-9][0-9]) (?<![0-9][.,'][0-9])    # the first digit of a number
    (?: [0-9]{0,2}
        (?: (?: [.,'] | [ ](?=[0-9]{3}(?![0-9])) ) [0-9]{2,4} ){1,4}  # 1,234 1.234 12 345
        (?: [.,] [0-9]{1,2} )?
      | [0-9]{0,11} (?: [.,] [0-9]{1,2} )?
    )
    (?! [.,']?[0-9] | [ ]?% )                     # to its end; no percentage
    """,
    re.VERBOSE,
)
# A number is near a sign that begins at most so many characters before its start, or behind its
# end; it has at most `LONGEST` characters, with the two behind it that `_NUMBER` looks at.
BEFORE, BEHIND = 16, 40
LONGEST = 30
# The number of a pay level is no bound: "Level 8 - $38.50".
_LEVEL = re.compile(r"(?:level|grade|band|step|stufe)[ -]?\Z", re.IGNORECASE)


def may_hold_money(text: str, look: Look | None = None) -> bool:
    """Whether a text has a sign of money at all: a fast scan that spares most texts the rest."""
    return any(_hints(text, look))


def _hints(text: str, look: Look | None) -> Iterator[re.Match[str]]:
    """Hints of money in a text, or in a respelled one whose text was looked at."""
    return matches_at(_HINT, text, look.amounts) if look else _HINT.finditer(text)


def may_hold_dollars(text: str) -> bool:
    """Whether some amount in a text can have the sign ``$``, that of dollars of any country.

    >>> may_hold_dollars("40 Dollars"), may_hold_dollars("€40")
    (True, False)
    """
    return "$" in text or "＄" in text or "dollars" in plain(text)


def _decimal(written: str) -> Decimal:
    """Value of a number: 1,234.50 1.234,50 1'234 12 345; 68,0000 without its last zero."""
    if written.isdigit():
        return Decimal(written)
    compact = written.replace(" ", "").replace("'", "")
    marks = [c for c in compact if c in ".,"]
    if not marks:
        return Decimal(compact)
    whole, _, tail = compact.rpartition(marks[-1])
    decimals = len(tail) < 3 and marks.count(marks[-1]) == 1
    digits = re.sub("[.,]", "", whole)
    return Decimal(f"{digits}.{tail}" if decimals else digits + tail[:3])


@lru_cache(maxsize=4096)  # most numbers of a text are in many
def _figures(written: str) -> tuple[Decimal, str | None]:
    """Value of a number, and why it cannot be pay if the figures alone tell that."""
    number = _decimal(written)
    tail = written.replace(",", ".").rpartition(".")[2]
    if len(tail) == 4 and tail != written:  # 68,0000: 68,000 or 680,000
        return number, ZERO_TOO_MANY if tail.endswith("0") else "no number"
    phone = number and written[0] == "0" and re.match(r"0[0-9 ]", written)
    return number, "no number or a phone number" if phone else None


def _near_money(text: str, look: Look | None = None) -> Iterator[re.Match[str]]:
    """Numbers with a sign of money not far before or after; at most `MOST_AMOUNTS`."""
    return islice(_numbers_near(text, look), MOST_AMOUNTS)


def _numbers_near(text: str, look: Look | None) -> Iterator[re.Match[str]]:
    """Numbers of the text with a sign of money near, looked for only around the signs."""
    for run in _runs(hint.start() for hint in _hints(text, look)):
        # No number is cut in two by the start: one with a space in it has a sign there ("1 234"),
        # and within any other no number begins.
        first, i = max(0, run[0] - BEHIND - LONGEST), 0
        for match in _NUMBER.finditer(text, first, run[-1] + BEFORE + LONGEST):
            start, end = match.span()
            while i < len(run) and run[i] + BEFORE < start:
                i += 1
            if i == len(run):
                break
            if run[i] <= end + BEHIND:
                yield match


def _runs(places: Iterable[int]) -> Iterator[list[int]]:
    """Places of signs, parted where no number is near two neighbours."""
    run: list[int] = []
    for place in places:
        if run and place - run[-1] > BEFORE + 2 * LONGEST + BEHIND:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


@lru_cache(maxsize=4096)
def _names_level(before: str) -> bool:
    """Whether the characters before a number make it that of a pay level."""
    return bool(_LEVEL.search(before))


def find_amounts(text: str, look: Look | None = None) -> Iterator[Amount]:
    """Numbers with the sign and multiplier beside them, in order; the text is a respelled one.

    A `look` is one at the text before. The number of a pay level is none: "Level 8".

    >>> [(a.sign, a.number, a.times) for a in find_amounts("$90k or 7 CHF")]
    [('$', Decimal('90'), 1000), ('CHF', Decimal('7'), 1)]
    """
    taken = 0
    for match in _near_money(text, look):
        if match.start() < taken:
            continue
        before = text[max(taken, match.start() - 8) : match.start()]
        number, slip = _figures(match[0])
        length, times, sign = read_before(before, number >= LEAST_RAND)
        factor, sign_after, huge, end = read_after(text, match.end())
        word = before[-1:].isalpha() and before.isascii()  # the 8 of utf8
        if not length and (word or (end == match.end() and _names_level(before))):
            continue
        taken = end
        factor = max(factor, times)
        if factor == 1_000 and number >= 1_000:  # 3500k says it twice
            factor = 1
        if slip is None and huge:
            slip = "millions"
        told = one_sign(sign, sign_after) if sign_after else sign
        yield Amount(number, factor, told, slip, match.start() - length, taken)
