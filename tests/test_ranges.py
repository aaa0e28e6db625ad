"""Money: amounts joined to ranges, with their period and the form of their bounds."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import ranges as module
from classifier.pay_words import _tables
from classifier.ranges import _read_label, find_money, read_bounds


def money(text: str) -> list[tuple[str, str, str | None]]:
    return [(str(m.low), str(m.high), m.unit) for m in find_money(text)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("$50 - $60 per hour", "50", "60", "HOUR"),
        ("$50/hr to $60/hr", "50", "60", "HOUR"),
        ("€50-60k p.a.", "50000", "60000", "YEAR"),
        ("€50k-60", "50000", "60000", None),
        ("between €500 and €600 a day", "500", "600", "DAY"),
        ("€600 - €500", "500", "600", None),
        ("€0 - €500 pro Tag", "None", "500", "DAY"),
        ("€1 - €2 - €3", "1", "3", None),
        ("€40000€50000", "40000", "50000", None),
        ("12 LPA", "1200000", "1200000", "YEAR"),
        ("€950 im 2. Lehrjahr pro Monat", "950", "950", "MONTH"),
        ("EUR 40 hour", "40", "40", "HOUR"),
        ("€40 day shift", "40", "40", None),
        ("€40 weekly allowance", "40", "40", None),
    ],
)
def test_one_money(text: str, low: str, high: str, unit: str | None) -> None:
    assert money(text) == [(low, high, unit)]


@pytest.mark.parametrize(
    "text",
    ["€500 and €600", "£500 - €600", "€500, then after a year €600"],
)
def test_not_joined(text: str) -> None:
    assert all(not m.joined for m in find_money(text))
    assert len(money(text)) == 2


def test_a_level_is_no_bound() -> None:
    [found] = find_money("Level 7 - €61,300 p.a.")
    assert (found.joined, str(found.low), found.unit) == (False, "61300", "YEAR")


def test_bounds_that_do_not_fit_are_a_slip() -> None:
    assert [m.slip for m in find_money("€11-145k")] == ["bounds do not fit"]


@pytest.mark.parametrize(
    ("clause", "unit"),
    [
        ("hourly rate of ", "HOUR"),
        ("Jahresgehalt ", "YEAR"),
        ("monthly meetings, and ", None),
        ("annual bonus plus ", None),
        ("月給", "MONTH"),
    ],
)
def test_period_in_front(clause: str, unit: str | None) -> None:
    (found,) = find_money("€40")
    assert _read_label("€40", found, clause) == unit


def test_a_fortnight_has_no_name() -> None:
    (found,) = find_money("€900 per fortnight")
    assert _read_label("€900 per fortnight", found, "annual pay ") is None


@pytest.mark.parametrize(
    ("text", "clause", "bounds"),
    [
        ("€40", "", (40, 40, "single")),
        ("€40", "pay of up to ", (None, 40, "up to")),
        ("€40", "pay from ", (40, None, "from")),
        ("€40+", "", (40, None, "from")),
        ("€40 or more", "", (40, None, "from")),
        ("€40 + bonus", "", (40, 40, "single")),
        ("€40 - €50", "up to ", (40, 50, "range")),
        ("€0 - €50", "", (None, 50, "up to")),
    ],
)
def test_form(text: str, clause: str, bounds: tuple[int | None, int | None, str]) -> None:
    (found,) = find_money(text)
    assert read_bounds(text, found, clause) == bounds


PIECES = ["€", "$", "40", "1,000", "k", " - ", " to ", "/", "hour", "per ", "year", " ", "(", "+"]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_money_is_in_order_and_apart(text: str) -> None:
    end = 0
    for found in find_money(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        assert found.joined or found.low == found.high
        assert found.slip or found.low is None or found.low <= found.high


@settings(deadline=None, max_examples=100)
@given(st.integers(20, 400), st.integers(1, 80))
def test_one_k_counts_for_both_bounds(low: int, more: int) -> None:
    (found,) = find_money(f"€{low}-{low + more}k")
    assert (found.low, found.high) == (Decimal(low * 1000), Decimal((low + more) * 1000))


def alternatives(table: str) -> list[str]:
    """Expressions of the words of a table of pay_words.toml."""
    return [word for words in _tables()[table].values() for word in words.split()]


WORDS = st.one_of(
    st.from_regex(module._unit_pattern()),
    *(
        st.from_regex(rf"\A[ ,)+/]{{0,2}}{link}{word}\Z")
        for word in (*alternatives("periods"), *alternatives("period_adverbs"))
        for link in ("", "(?:/ ?|p/|(?:per|pr[.]|an?|each|pro|je|par|por|al|la|na|za|om|im) )")
    ),
    st.from_regex(
        r"\A[ ,(]{0,2}(?:gross|brut(?:to|s|es?)?|bruttó|bruto|hrubého|fixed|fixes|base|salary|on"
        r"|basis|usd|eur|euros?|cad|net|netto|fte|total|comp|lord[oi]|brut[oa]s?|pro[ -]?rata"
        r"|im \d[.] lehrjahr|all'|à l'|de l'|l')(?: per)? ?(?:hour|an|jahr)\Z"
    ),
)


@given(WORDS)
@settings(deadline=None, max_examples=1000)
def test_no_period_is_missed_by_the_quick_looks(text: str) -> None:
    for start in range(len(text)):
        if module._unit_pattern().match(text, start):
            first = module._UNIT_NEXT.match(text, start)
            assert first
            assert module._may_name_unit(text[first.end() - 1 : first.end() + 2])


UNITS = st.lists(
    st.sampled_from([
        *("years", "year ", "Years", "months", "monthly", "month ", "weeks", "weekly", "days"),
        *("hours", "hourly", "per", "a", "an", "/", "p/", "1 ", " ", "-", ".", ",", "(", "k"),
        *("day", "gross"),
    ]),
    max_size=6,
).map("".join)  # fmt: skip


@given(UNITS, st.sampled_from([None, "$"]))
def test_a_unit_is_that_of_the_expression(behind: str, sign: str | None) -> None:
    text = "40" + behind
    match = module._unit_pattern().match(text, 2)
    unit = match and match.lastgroup
    told = match and unit and (unit.endswith("_") or match["link"] or sign)
    expected = (unit.rstrip("_"), match.end()) if match and unit and told else (None, 2)
    assert module._read_unit(text, 2, sign) == expected
