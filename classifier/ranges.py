"""Money in a text: amounts, joined to ranges where they belong together, with their period."""

import re
from collections import deque
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from classifier.amounts import ZERO_TOO_MANY, Amount, find_amounts
from classifier.currency_signs import SHARED, one_sign
from classifier.pay_words import named_groups
from classifier.quick import Look


class Money(NamedTuple):
    """One amount, or two joined to a range, with the period that follows; `text[start:end]`.

    Attributes
    ----------
    low : Decimal or None
        The same as `high` for one amount; None if a form left it out.
    sign, slip : str or None
        As in `Amount`; those that tell most.
    unit : str or None
        HOUR, DAY, WEEK, MONTH or YEAR.
    scaled, joined : bool
        An amount has a multiplier; there are two of them.
    """

    low: Decimal | None
    high: Decimal
    sign: str | None
    unit: str | None
    slip: str | None
    scaled: bool
    joined: bool
    start: int
    end: int
    note: str = ""  # what was mended


# The words between two bounds. "and" joins only after "between".
_JOIN = re.compile(
    r"""
    [ ]{0,8} (?: [\[(] [^]\[()0-9\n]{1,90} [\])] )? [+ ]{0,3}
    (?: -{1,3} [ ]? (?: max(?:imum)? )? | ~ | _ | to | bis(?:[ ]zu)? | à | a | hasta | até | tot
      | až | do | till? | (?: or[ ]more[ ] )? up[ ]?to
      | [-,\s\#*]{1,12} (?: mid(?:point)? | max(?:imum)? ) (?:[ ]salary)? [ ]?:?  # Min: 1 - Max: 3
      | \s{0,4} -{1,3} [ ]? \n \s{0,3}             # a dash at the end of its line
      | [;,]? [ ] (?:this[ ])? (?:increas|ris)(?:es|ing)[ ]to
      | (?P<and> and | und | et | y | e | en | i | og | och )
    ) [ ]{0,8}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:between|zwischen|entre|tussen|mell[eo]m|mellan|mezi|między|tra|fra)[: ]*\Z", re.IGNORECASE
)
_UP_TO = re.compile(
    r"""(?: \b (?: up[ ]?to | max(?:imum|imal|imaal|\.)? (?:[ ]salary)? (?:[ ]of)?
        | bis (?:[ ]zu)? | jusqu'à | hasta | até | tot | fino[ ]a | až | do )
        | ^[ ]*to ) [: ]*\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_FROM = re.compile(
    r"""\b (?: from | start(?:s|ing)? (?:[ ](?:at|from))? | min(?:imum|\.)? (?:[ ]salary)?
        (?:[ ]of)? | at[ ]least | no[ ]less[ ]than | mindestens | ab | à[ ]partir[ ]de | dès | desde
        | a[ ]partir[ ]de | vanaf | od | a[ ]partire[ ]da | over ) [: ]*\Z""",
    re.VERBOSE | re.IGNORECASE,
)
# Monthly pays in a year: "x 13", "14 pagas".
_MONTHS = re.compile(
    r"""
    [ ,;(]{0,3} (?: (?: gross | brutto | bruts? | bruto | brutos ) [ ,;(]{1,3} )?
    (?: [x×*] [ ]? (?P<times> 1[2-8] ) (?! [.,]?[0-9] | [ ]?% )
      | (?: (?: in | en | a | à | sur | su | für | bei | por ) [ ] )? (?P<count> 1[2-8] ) [ ]
        (?: monats (?: gehälter | löhne ) n? | gehälter | pagas | mensualit[ée]s | mensualidades
          | mensilità | salaris | mois | maanden | payments | salaries ) \b )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MONTHS_BEFORE = re.compile(r"(?<![0-9.,])(1[2-8]) ?[x×*] ?\Z")
_TIMES = frozenset("x×*")
_FORTNIGHT = re.compile(
    r"[ ]?(?:per |a |/ ?|p/)?(?:fortnight|fn\b|bi-?weekly|semi-?monthly)", re.IGNORECASE
)
_OPEN = re.compile(
    r"[ ]?(?: \+ (?![ ]?[\w($€£]) | (?:or|and|&)[ ](?:more|above|up\b) | upwards? | 以上 )",
    re.VERBOSE | re.IGNORECASE,
)
# Up to the first letter or digit behind an amount: no period without it, for its words begin so.
_UNIT_NEXT = re.compile(r"[ ,)+/(.-]*[^\W_]")
# The first three letters of the words in `_unit_pattern`, and the shorter ones.
_UNIT_STARTS = frozenset(
    (
        *("gro", "bru", "hru", "fix", "bas", "sal", "on", "usd", "eur", "cad", "net", "fte", "tot"),
        *("com", "lor", "pro", "im", "p", "per", "pr", "a", "an", "eac", "je", "par", "por", "al"),
        *("la", "na", "za", "om", "all", "de", "l", "hou", "hr", "hrs", "h", "std", "stu", "heu"),
        *("hor", "uur", "ora", "hod", "god", "day", "d", "tag", "jou", "dia", "dag", "gio", "den"),
        *("dzi", "man", "wee", "wk", "w", "woc", "sem", "set", "tyd", "vec", "uge", "uke", "mon"),
        *("mth", "mo", "moi", "mes", "maa", "mie", "yea", "yr", "y", "ann", "jah", "ano", "jaa"),
        *("rok", "ph", "phr", "pd", "pw", "pa", "dai", "heb", "men", "pcm", "anu", "roc"),
    )
)
# Units that a number without a sign has to be led to: "40 per hour". Most numbers are such.
_LED = ("years", "year ", "months", "month ", "weeks", "days", "hours")
_LETTERS = re.compile("[A-Za-z]+")


@cache  # built when first used: half of the work of importing this module otherwise
def _unit_pattern() -> re.Pattern[str]:
    """Period after an amount: its group is a key of "periods", or of "period_adverbs" with _."""
    return re.compile(
        rf"""
        (?: [ ,)+/]{{0,2}} (?: [.]?-[ ] )?             # closes a parenthesis; the dash of "18.- "
            (?: gross | brut(?:to|s|es?)? | bruttó | bruto | hrubého | fixed | fixes | base | salary
              | on | basis | usd | eur | euros? | cad | net | netto | fte | total | comp
              | lord[oi] | brut[oa]s? | pro[ -]?rata
              | im[ ]\d[.][ ] (?: lehr | ausbildungs ) jahr ) \b
        ){{0,4}}
        [ ,(+]{{0,3}} (?: [.]?-[ ] )? [(]?
        (?: (?P<link> / [ ]? | 1[ ] | p/
              | (?: per | pr[.] | an? | each | pro | je | par | por | al | la | na | za | om
                  | im ) [ -]
              | (?: all | à[ ]l | de[ ]l | l ) ' )?
            (?: [0-9.]{{1,5}} [ ] hour [ ] )?          # per 36 hour week
            (?: {named_groups("periods")} )
            (?: (?<=\w\w\w) (?-i: (?! [a-zà-ž'] ) ) | (?! [^\W\d_] | ' ) )
          | /? (?: {named_groups("period_adverbs", "_")} ) (?! [^\W_] )
        )
        (?! [ ] (?: \w+[ ] )? (?: bonus | continuing | leave | profit | incentive | performance
              | stipend | allowance | shift ) )
        (?! [^\w\n]{{1,4}} [0-9.,]{{1,9}} [ ] (?: arvo | afternoon | evening | night )
              \b )                                   # the shift of $27 DAY $31 NIGHT
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _label_pattern() -> re.Pattern[str]:
    """Period in the words before an amount, with groups like those of `_unit_pattern`."""
    labels, signs = named_groups("period_labels"), named_groups("period_signs", "_")
    return re.compile(rf"(?<![^\W_])(?:{labels})(?![a-z])|{signs}", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _may_name_unit(three: str) -> bool:
    """Whether the words of a period, or those before them, begin so: a quick look."""
    letters = _LETTERS.match(three)
    if not letters or not three.isascii():
        return True
    # A capital may begin another word: "€90 a dayYou".
    ends = (i for i in range(1, letters.end() + 1) if not three[i : i + 1].islower())
    return any(three[:i].lower() in _UNIT_STARTS for i in ends)


def _read_unit(text: str, end: int, sign: str | None) -> tuple[str | None, int]:
    """Period named after an amount, and where its words end."""
    if text[end - 1] in "aA" and text[end - 3 : end].upper() == "LPA":  # lakh per annum
        return "YEAR", end
    first = _UNIT_NEXT.match(text, end)
    if not first or not _may_name_unit(text[first.end() - 1 : first.end() + 2]):
        return None, end
    if not sign and text.startswith(_LED, first.end() - 1) and "/" not in first[0]:
        return None, end
    match = _unit_pattern().match(text, end)
    unit = match and match.lastgroup
    if match and unit and (unit.endswith("_") or match["link"] or sign):
        return unit.rstrip("_"), match.end()
    return None, end  # "EUR 40 hour" but not "40 hours"


def _scale(a: Amount, b: Amount) -> tuple[Decimal | None, Decimal] | None:
    """Low and high of two bounds that may share a k; None if they do not fit."""
    low, high = a.value, b.value
    if low == 0:  # how a form leaves it out
        return None, high
    guessed = not a.sign and a.times == 1 and low < 10_000  # the 7 of "Grade 7 - $61,300"
    if a.times == 1 and low < 1_000 and (b.times > 1 or high >= 10_000):  # 72-88k, 41-46,500
        low, guessed = low * max(b.times, 1_000), True
    elif b.times == 1 and high < 1_000 and low >= 10_000:  # 95k-118
        high, guessed = high * max(a.times, 1_000), True
    low, high = min(low, high), max(low, high)
    return (low, high) if high <= 5 * low or not guessed else None


def _joint_slip(
    a: Amount, b: Amount, bounds: tuple[Decimal | None, Decimal] | None
) -> tuple[str | None, str]:
    """Why a range is none, or None; and what was mended in it.

    Of 72,0000 - 96,000 the first bound is 72,000 or 720,000, and only 72,000 is the lower one.
    """
    slips = [amount.slip for amount in (a, b) if amount.slip]
    if slips == [ZERO_TOO_MANY] and bounds == (a.value, b.value) and b.value <= 5 * a.value:
        return None, "a zero too many"
    return next(iter(slips), None if bounds else "bounds do not fit"), ""


def _joins(text: str, a: Amount, end: int, b: Amount) -> bool:
    """Whether the words between two amounts make them a range."""
    if a.sign and b.sign and a.sign != b.sign and not {a.sign, b.sign} & SHARED:
        return False
    if text[end : b.start] in {"", "  "} and a.sign and b.sign:  # the dash was lost on the way
        return a.value < b.value <= 5 * a.value
    if b.start - end > 120:
        return False
    join = _JOIN.fullmatch(text, end, b.start)
    if not join or not join["and"]:
        return bool(join)
    return bool(_BETWEEN.search(text[max(0, a.start - 14) : a.start]))


def _take(text: str, a: Amount, rest: deque[Amount]) -> Money:
    """An amount, joined with those of the rest that belong to it."""
    unit, end = _read_unit(text, a.end, a.sign)
    single = Money(a.value, a.value, a.sign, unit, a.slip, a.times > 1, False, a.start, end)
    if not rest or not _joins(text, a, end, rest[0]):
        return single
    bounds = _scale(a, rest[0])
    if not bounds and not a.sign and a.times == 1:  # Grade 7 - $61,300
        return single
    b = rest.popleft()
    low, high = bounds or (a.value, b.value)
    sign, scaled = one_sign(a.sign, b.sign), a.times > 1 or b.times > 1
    slip, note = _joint_slip(a, b, bounds)
    later, end = _read_unit(text, b.end, sign)
    while rest and _joins(text, b, end, rest[0]) and high < rest[0].value <= 5 * high:
        b = rest.popleft()  # low - middle - high
        high, slip = b.value, slip or b.slip
        later, end = _read_unit(text, b.end, sign)
    return Money(low, high, sign, later or unit, slip, scaled, True, a.start, end, note)


def find_money(text: str, look: Look | None = None) -> Iterator[Money]:
    """Amounts, joined to ranges where they belong together, each with its period, in order.

    The text is a respelled one; a `look` is one at the text before.

    >>> [(m.low, m.high, m.unit) for m in find_money("$50-60/hr, 9k EUR")]
    [(Decimal('50'), Decimal('60'), 'HOUR'), (Decimal('9000'), Decimal('9000'), None)]
    """
    rest = deque(find_amounts(text, look))
    end = 0
    while rest:
        money = _take(text, rest.popleft(), rest)
        if money.start >= end:  # not the 1 of "40 EUR 1 HOUR"
            end = money.end
            yield money


def read_period(text: str, money: Money, clause: str) -> tuple[str | None, int | None]:
    """Period and monthly pays in a year, from the words around the money.

    "x 13" makes a month's pay of it unless another period follows the amount; "13 salaries" may
    only tell how a year's pay is paid out.
    """
    unit = money.unit or _read_label(text, money, clause)
    # Quick looks: a number from 12 to 18 follows soon, or a sign of a product ends the clause.
    after = _MONTHS.match(text, money.end) if "1" in text[money.end : money.end + 24] else None
    before = None if _TIMES.isdisjoint(clause[-2:]) else _MONTHS_BEFORE.search(clause)
    times = (after and after["times"]) or (before and before[1])
    if times and money.unit in {None, "MONTH"}:
        return "MONTH", int(times)
    if after and after["count"] and unit == "MONTH":
        return unit, int(after["count"])
    return unit, None


def _read_label(text: str, money: Money, clause: str) -> str | None:
    """Period that the words before the money name, such as "hourly rate of"."""
    if _FORTNIGHT.match(text, money.end):  # has no name in schema.org
        return None
    return _label(clause)


@lru_cache(maxsize=4096)  # many postings of a firm lead to their pay in the same words
def _label(clause: str) -> str | None:
    """Period that a clause names last, without what comes before a "plus"."""
    labels = list(_label_pattern().finditer(re.split(r"\+|\bplus\b", clause)[-1]))
    return (labels[-1].lastgroup or "").rstrip("_") if labels else None


def read_bounds(text: str, money: Money, clause: str) -> tuple[Decimal | None, Decimal | None, str]:
    """Low, high and the form: single, range, up to, from; the clause leads to the money."""
    if money.joined:
        return money.low, money.high, "range" if money.low is not None else "up to"
    if _UP_TO.search(clause):
        return None, money.high, "up to"
    line_end = text.find("\n", money.end, money.end + 12)
    if _FROM.search(clause) or _OPEN.search(
        text, money.start, line_end if line_end >= 0 else money.end + 12
    ):
        return money.low, None, "from"
    return money.low, money.high, "single"
