"""Pay stated in a text: pay string or whole posting -> BaseSalary.

The steps: find the amounts (amounts.py), join neighbours to ranges and read the period
(ranges.py), judge by the words around what the money is for (purpose.py), then weigh (readings.py).
What is not clearly pay is left out, with the reason. What was read of a line is kept, for the texts
that have it too (pay_lines.py): those of an employer share most of them.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from classifier.amounts import BEFORE, BEHIND, LONGEST, MOST_AMOUNTS, may_hold_money
from classifier.pay_lines import Lines, part_lines
from classifier.posting import BaseSalary
from classifier.purpose import heading_over, other_numbers
from classifier.quick import Look
from classifier.readings import Reading, read_amounts
from classifier.respelling import DASHES, keeps_characters, respell

# More could have more numbers near than `amounts.MOST_AMOUNTS`, which are those of a whole text.
_MOST_SIGNS = MOST_AMOUNTS // ((BEFORE + BEHIND + LONGEST) // 2)
_MOST_KEPT = 2**15  # lines, and as many that were not asked for since: 7 MB
# Their signs are those of several currencies, told by words that may stand lines away.
_TOLD_FAR = frozenset({"JPY", "ZAR", "NOK", "DKK", "SEK", None})
_DASHES = frozenset(DASHES)
_kept: dict[int, tuple[BaseSalary, ...]] = {}
_kept_before: dict[int, tuple[BaseSalary, ...]] = {}


def _explain(text: str, dollar: str | None, *, field: bool, slips: bool = False) -> list[Reading]:
    """All readings of a text, in text order."""
    if not may_hold_money(text):
        return []
    return list(read_amounts(text, respell(text), dollar, field=field, slips=slips))


def _find_all(text: str, dollar: str | None, look: Look | None) -> list[BaseSalary]:
    """Pay in a text, at whose signs of money was looked before."""
    if look and not look.amounts:
        return []
    if look and len(look.amounts) <= _MOST_SIGNS and keeps_characters(look):
        found = _find_by_lines(text, dollar, look)
        return found if found and may_hold_money(text, look) else []
    if not may_hold_money(text, look):
        return []
    readings = read_amounts(text, respell(text, look), dollar, look=look)
    return [reading.salary for reading in readings if reading.salary]


def _find_by_lines(text: str, dollar: str | None, look: Look) -> list[BaseSalary]:
    """Pay in the lines of a text, as they were read before if they were."""
    found: list[BaseSalary] = []
    plain = None
    for lines in part_lines(text, look.amounts, look.lines):
        key = _key(text, lines, dollar)
        kept = _kept.get(key)
        if kept is None and (kept := _kept_before.get(key)) is not None:
            _keep(key, kept)
        if kept is None:
            plain = respell(text, look) if plain is None else plain
            part = look._replace(amounts=look.amounts[lines.first : lines.last])
            readings = read_amounts(text, plain, dollar, look=part)
            kept = tuple(_moved(one.salary, -lines.low) for one in readings if one.salary)
            _keep(key, kept)
        found += [_moved(one, lines.low) for one in kept]
    return found


def _key(text: str, lines: Lines, dollar: str | None) -> int:
    """What the pay of lines goes by, in 64 bits."""
    over: str | None = ""
    if lines.above < lines.low and (over := heading_over(text, lines.low)) is None:
        over = text[lines.above : lines.low]  # ends with the line: no heading does
    # A minus is one at the start of a text alone.
    first = lines.low if lines.low < 4 and not _DASHES.isdisjoint(text[:4]) else 4
    return hash((over, text[lines.low : lines.high + 1], first, dollar))


def _keep(key: int, salaries: tuple[BaseSalary, ...]) -> None:
    if _TOLD_FAR.isdisjoint(one.currency for one in salaries):
        if len(_kept) >= _MOST_KEPT:
            _kept_before.clear()
            _kept_before.update(_kept)
            _kept.clear()
        _kept[key] = salaries


def _moved(salary: BaseSalary, by: int) -> BaseSalary:
    start, end = salary.span or (0, 0)
    return replace(salary, span=(start + by, end + by)) if by else salary


def _base_first(salaries: list[BaseSalary]) -> list[BaseSalary]:
    """Pay without on-target and total pay if base pay is stated too."""
    base = [salary for salary in salaries if salary.kind in {"base", None}]
    return base or salaries


def _with_other_numbers(text: str, readings: list[Reading]) -> list[Reading]:
    """Readings and the phone numbers and award levels between them, in text order."""
    starts = [reading.span[0] for reading in readings]
    others = []
    for start, end, reason in other_numbers(respell(text)):
        before = bisect_left(starts, end)  # the readings that begin before its end
        if not before or readings[before - 1].span[1] <= start:
            others.append(Reading(text[start:end], (start, end), None, reason))
    return sorted([*readings, *others], key=lambda reading: reading.span)


def explain_amounts(
    text: str, *, default_dollar: str | None = None, field: bool = False
) -> list[Reading]:
    """Every amount of money in a posting, in text order: the pay it states, or why it is none.

    Phone numbers and award levels ("Grade 7") are given too, since they stand near the pay.

    Parameters
    ----------
    text : str
        Plain text of a whole posting.
    default_dollar : str or None
        Currency of a bare ``$``, if the caller knows the country: "USD", "CAD", ...
    field : bool
        The text is known to be about pay, as `parse_salary` takes it.

    Examples
    --------
    >>> for reading in explain_amounts("We raised $9 million. Pay: $50/hr. Gym: up to $80."):
    ...     print(reading.text, "-", reading.reason or reading.salary.rule)
    $9 million - millions
    $50/hr - single, pay word
    $80 - benefit
    """
    return _with_other_numbers(text, _explain(text, default_dollar, field=field, slips=True))


def find_salaries(
    text: str, *, default_dollar: str | None = None, look: Look | None = None
) -> list[BaseSalary]:
    """Pay among all the amounts of a posting, in text order; several levels give several.

    On-target and total pay is left out where base pay is stated too. `explain_amounts` tells
    why the other amounts were rejected. For the parameters see there; a `look` at the text spares
    time, and changes nothing.

    Examples
    --------
    >>> [s.text for s in find_salaries("Pay: £60k to £75k. A learning budget of £2,000.")]
    ['£60k to £75k']
    >>> find_salaries("Our customers saved $120,000 last year.")
    []
    """
    return _base_first(_find_all(text, default_dollar, look))


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
    readings = _explain(text, default_dollar, field=True)
    return envelope(_base_first([one.salary for one in readings if one.salary]))


def envelope(salaries: Sequence[BaseSalary]) -> BaseSalary | None:
    r"""One salary that covers those that belong together; None for no salaries.

    The first yearly one (else the first) sets currency, period, text and span; others join if
    they have its currency, its period or none, and are within four times its size. Those joined
    are its `alternatives`.

    Examples
    --------
    >>> pay = envelope(find_salaries("Pay, level 1: €50k-60k\nPay, level 2: €58k-70k"))
    >>> pay.min_value, pay.max_value, pay.rule
    (Decimal('50000'), Decimal('70000'), 'envelope of 2')
    >>> [level.text for level in pay.alternatives]
    ['€50k-60k', '€58k-70k']
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
    return replace(
        first,
        min_value=low,
        max_value=high,
        unit_text=unit,
        rule=f"envelope of {len(same)}",
        kind=first.kind if {s.kind for s in same} == {first.kind} else None,
        alternatives=tuple(replace(s, alternatives=()) if s.alternatives else s for s in same),
    )


def _size(salary: BaseSalary) -> Decimal:
    """One figure of a salary, to compare it with others."""
    return salary.max_value or salary.min_value or Decimal(0)
