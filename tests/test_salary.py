"""Pay: what is read from a text, and what is left out and why."""

import csv
import dataclasses
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.posting import BaseSalary
from classifier.salary import (
    envelope,
    explain_amounts,
    find_salaries,
    parse_salary,
)

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE))


def number(written: str) -> Decimal | None:
    return Decimal(written) if written else None


def pay(text: str, **known: str) -> tuple[str, str, str | None, str | None] | None:
    salary = parse_salary(text, **known)
    if salary is None:
        return None
    return str(salary.min_value), str(salary.max_value), salary.currency, salary.unit_text


@pytest.mark.parametrize("row", rows("salary.csv"), ids=lambda row: row["id"])
def test_pay_string(row: dict[str, str]) -> None:
    salary = parse_salary(row["text"])
    assert salary is not None
    assert (salary.min_value, salary.max_value) == (number(row["min"]), number(row["max"]))
    assert (salary.currency or "", salary.unit_text or "") == (row["currency"], row["unit"])


@pytest.mark.parametrize("row", rows("salary_none.csv"), ids=lambda row: row["id"])
def test_no_pay(row: dict[str, str]) -> None:
    assert parse_salary(row["text"]) is None
    assert find_salaries(row["text"]) == []


@pytest.mark.parametrize("row", rows("salary.csv"), ids=lambda row: row["id"])
def test_text_is_the_span(row: dict[str, str]) -> None:
    salary = parse_salary(row["text"])
    assert salary is not None
    assert salary.span is not None
    assert salary.rule
    start, end = salary.span
    assert row["text"][start:end] == salary.text


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$81k", "CAD"),
        ("$81k USD", "USD"),
        ("A$81k", "AUD"),
        ("81k dollars", "CAD"),
        ("£81k", "GBP"),
        ("81k - 92k", None),
    ],
)
def test_default_dollar_decides_the_bare_sign_only(text: str, currency: str | None) -> None:
    salary = parse_salary(text, default_dollar="CAD")
    assert salary is not None
    assert salary.currency == currency


POSTING = """\
Quillfeather raised $64 million from investors and serves 12,000 shops.
You join a team of 8 that ships twice a week; call 0207 555 0123.

## What we pay
$132,000 – $158,000 per year, plus a signing bonus of $9,000.
In Toronto: CAD 121,000 to 139,000.

Benefits: 401k match, a learning budget of $2,400 per year, $75 per month for the gym,
RSUs worth $30,000, relocation of up to $6,500, and £250 off a bicycle.
Our customers spend $500,000 - $900,000 with us. Referral bonus: $3,000.
"""


def test_posting_gives_the_pay_in_text_order() -> None:
    found = find_salaries(POSTING, default_dollar="USD")
    assert [(s.text, s.currency, s.unit_text) for s in found] == [
        ("$132,000 – $158,000 per year", "USD", "YEAR"),
        ("CAD 121,000 to 139,000", "CAD", None),
    ]
    assert [s.max_value for s in found] == [158_000, 139_000]


def test_posting_says_why_other_amounts_are_not_pay() -> None:
    reasons = {r.text: r.reason for r in explain_amounts(POSTING) if r.reason}
    assert reasons == {
        "0207 555 0123": "phone number",
        "$64 million": "millions",
        "$9,000": "bonus",
        "401k": "401k",
        "$2,400 per year": "benefit",
        "$75 per month": "benefit",
        "$30,000": "revenue",
        "$6,500": "benefit",
        "£250": "other use",
        "$500,000 - $900,000": "revenue",
        "$3,000": "bonus",
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("raised $5 million", "millions"),
        ("at £05,000", "no number or a phone number"),
        ("$11-145k", "bounds do not fit"),
        ("Pay: $900 per hour", "not plausible per HOUR"),
        ("Pay: $3", "not plausible"),
        ("401k", "401k"),
        ("+$4/hr", "on top of pay"),
        ("Commission only, earn £50k per year", "commission only"),
        ("after a seed round of €800,000", "funding"),
        ("turnover of €800,000", "revenue"),
        ("shares of €80,000", "equity"),
        ("a stipend of €80,000", "benefit"),
        ("net €50,000 per year", "net"),
        ("pay for 4 days (pro rata £50,000)", "pro rata"),
        ("Pay: €50,0000", "a group of four digits"),
        ("Pay: €50,0012", "no number"),
        ("Pay: INR 640 per year", "not plausible per YEAR"),
        ("Salary: call (02) 5550 4321", "phone number"),
        ("Ring 0161 496 0077 today", "phone number"),
        ("Tel. +49 30 901820 77", "phone number"),
        ("or 212-555-0187", "phone number"),
        ("Level 3.1 SCHADS", "award level"),
        ("Classified as Grade 7", "award level"),
        ("Entgeltgruppe E 13", "award level"),
        ("€50,000 signing bonus", "bonus"),
        ("It took €50,000.", "no pay word or period"),
        ("Pay: €5,000", "too small for a year"),
        ("Salary 55k", "no currency or period"),
    ],
)
def test_reason(text: str, reason: str) -> None:
    assert [r.reason for r in explain_amounts(text)] == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "Level 70% done",
        "Grade 2026",
        "from 2024-03-11 to 2024-09-30",
        "12 000 000 visits, 555 010 12345",
        "version 0.9.1.2.3.4.5.6.7",
        "order A0412 345 678",
        "Salary tables in R 4.3 and 12,000 rows",
    ],
)
def test_other_figures_are_neither_phone_numbers_nor_levels(text: str) -> None:
    assert explain_amounts(text) == []


def test_levels_and_phone_numbers_stand_between_the_pay_in_text_order() -> None:
    text = "Band 6: £41,000 - £48,000. Band 7: £47,000 - £55,000. Ask 0161 496 0077."
    assert [(r.text, r.reason) for r in explain_amounts(text)] == [
        ("Band 6", "award level"),
        ("£41,000 - £48,000", None),
        ("Band 7", "award level"),
        ("£47,000 - £55,000", None),
        ("0161 496 0077", "phone number"),
    ]


def test_an_amount_is_given_once() -> None:
    readings = explain_amounts("Pay: EUR 0412 345 678")
    assert [(r.text, r.reason) for r in readings] == [("EUR 0412", "no number or a phone number")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Pay: $82,0000 - $97,000", "range, pay word, a zero too many"),
        ("INR 7 - 11 per year", "range, period, in lakhs"),
        ("INR 700,000 per year", "single, period"),
        ("up to €60k", "up to, pay field"),
    ],
)
def test_rule_names_what_was_mended(text: str, rule: str) -> None:
    salary = parse_salary(text)
    assert salary is not None
    assert salary.rule == rule


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Base salary: £50,000", "base"),
        ("Base annual salary: £50,000", "base"),
        ("£50,000 base", "base"),
        ("£50,000 base per year", "base"),
        ("Grundgehalt: 50.000 €", "base"),
        ("salaire fixe : 50 000 €", "base"),
        ("月給（基本給）：30万円", "base"),
        ("Base pay (not including OTE): £50,000", "base"),
        ("Total compensation: £50,000", "total"),
        ("Total cash compensation of £50,000", "total"),
        ("Gesamtvergütung: 50.000 €", "total"),
        ("CTC: ₹19 lakh", "total"),
        ("£50,000 package", "total"),
        ("£50,000 OTE", "on-target"),
        ("On-target earnings: £50,000", "on-target"),
        ("Zielgehalt: 50.000 €", "on-target"),
        ("Salary: £50,000", None),
        ("£50,000 fixed-term contract", None),
        ("Total compensation is more than the salary: £50,000", None),
        ("£50,000", None),
    ],
)
def test_kind(text: str, kind: str | None) -> None:
    salary = parse_salary(text)
    assert salary is not None
    assert salary.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "The salary range, which does not include bonus or equity, is $97,000 - $108,000.",
        "Pay range (not counting bonus, equity and perks)\n\n$97,000 - $108,000",
        "Salary and equity\n$97,000 - $108,000 a year",
        "Base plus commission ($97,000 - $108,000 per year)",
        "You earn $97,000 - $108,000 as well as stock options.",
        "We write .NET. Pay: $97,000 - $108,000",
        "Annual base: $97,000 - $108,000 with bonus and a 401(k).",
        "Salary: $97,000\n\n—\n\n$108,000",
        "Base salary: $97,000 -\n$108,000",
    ],
)
def test_other_words_beside_the_pay_do_not_hide_it(text: str) -> None:
    (salary,) = find_salaries(text)
    assert salary.min_value == 97_000
    assert salary.max_value == 108_000


def test_bullets_are_no_ranges() -> None:
    found = find_salaries("Pay by level:\n- $97,000\n- $108,000 base")
    assert [s.max_value for s in found] == [97_000, 108_000]
    assert find_salaries("- $97,000\n- $108,000") == []


def test_a_posting_needs_more_proof_than_a_pay_field() -> None:
    assert pay("$61,000") == ("61000", "61000", None, None)
    assert find_salaries("Our van cost us $61,000 and runs on sunlight.") == []
    assert pay("55-65k") == ("55000", "65000", None, None)
    assert find_salaries("We ship to 55,000 - 65,000 homes.") == []


def test_a_period_that_is_not_stated_stays_unknown_in_the_salary() -> None:
    assert pay("£50,000") == ("50000", "50000", "GBP", None)
    assert pay("£15") == ("15", "15", "GBP", None)


def test_months_are_kept_only_where_they_count() -> None:
    texts = ("CHF 6'900 x 13", "€2.100/Monat x 14", "38 k€ sur 13 mois")
    months = [salary and salary.months for salary in map(parse_salary, texts)]
    assert months == [13, 14, None]


def test_envelope_keeps_currencies_periods_and_sizes_apart() -> None:
    def one(low: int, currency: str | None, unit: str | None) -> BaseSalary:
        return BaseSalary(Decimal(low), Decimal(low), currency, unit)

    assert envelope([]) is None
    alone = one(50_000, "EUR", "YEAR")
    assert envelope([alone]) is alone
    assert envelope([alone, one(60_000, "GBP", "YEAR"), one(30, "EUR", "HOUR")]) is alone
    assert envelope([one(4_000, "EUR", "MONTH"), alone]) is alone
    assert envelope([alone, one(900_000, "EUR", None)]) is alone
    more = one(70_000, "EUR", None)
    both = envelope([alone, more, one(60_000, "GBP", "YEAR")])
    assert both == BaseSalary(
        Decimal(50_000),
        Decimal(70_000),
        "EUR",
        "YEAR",
        rule="envelope of 2",
        alternatives=(alone, more),
    )


def test_an_envelope_of_envelopes_is_one_level_deep() -> None:
    low, high = (BaseSalary(Decimal(v), Decimal(v), "EUR", "YEAR") for v in (50_000, 60_000))
    inner = envelope([low, high])
    assert inner is not None
    outer = envelope([inner, high])
    assert outer is not None
    assert outer.alternatives == (dataclasses.replace(inner, alternatives=()), high)


def test_an_envelope_has_a_kind_if_all_have_it() -> None:
    base, total = (BaseSalary(Decimal(9), None, "EUR", "HOUR", kind=k) for k in ("base", "total"))
    for salaries, kind in (([base, base], "base"), ([base, total], None)):
        joined = envelope(salaries)
        assert joined is not None
        assert joined.kind == kind


def test_levels_of_a_pay_field_are_kept_as_alternatives() -> None:
    text = "Level 1: €50k - €57k base. Level 2: €55k - €64k base."
    pay_field = parse_salary(text)
    assert pay_field is not None
    assert [text[slice(*(level.span or ()))] for level in pay_field.alternatives] == [
        "€50k - €57k",
        "€55k - €64k",
    ]
    assert pay_field.kind == "base"
    alone = parse_salary("€50k - €57k")
    assert alone is not None
    assert alone.alternatives == ()


def test_target_pay_counts_only_without_base_pay() -> None:
    both = "Base salary: £50,000. OTE: £80,000."
    assert [s.min_value for s in find_salaries(both)] == [50_000]
    alone = find_salaries("OTE: £80,000.")
    assert [(s.kind, s.rule) for s in alone] == [("on-target", "single, pay word")]
    total = "Total cash package: £80,000. Base: £60,000."
    assert [s.kind for s in find_salaries(total)] == ["base"]
    unnamed = "Salary: £50,000. £80,000 OTE."
    assert [s.kind for s in find_salaries(unnamed)] == [None]
    label_between = find_salaries("Salary: £60,000 OTE: £90,000")
    assert [(s.min_value, s.kind) for s in label_between] == [(Decimal(60_000), None)]


PIECES = [
    *("$", "€", "USD", "k", "-", "–", "to", "and", "(", ".", ",", "'", "/", "+", "\n", "万", "０"),
    *("5", "40", "1.000", "1,000", "12'000", "70.000,50", " ", "per ", "hour", "p.a.", "salary"),
    *("x 13", "TEUR", "T€", "R ", "Level 3", "+44 20 7946 0012", "OTE", "INR", "70,0000"),
    *("bonus", "up to ", "between ", "LPA", "年収", "円", "&nbsp;", "\\", "Â", "|", "%", "401k"),
]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_gives_pay_in_order_or_none(text: str) -> None:
    parse_salary(text)
    readings = explain_amounts(text)
    spans = [reading.span for reading in readings]
    assert spans == sorted(spans)
    for reading in readings:
        assert text[slice(*reading.span)] == reading.text
        assert (reading.salary is None) == (reading.reason is not None)
        if reading.salary:
            bounds = [reading.salary.min_value, reading.salary.max_value]
            stated = [bound for bound in bounds if bound is not None]
            assert stated
            assert stated == sorted(stated)


@settings(deadline=None, max_examples=100)
@given(
    st.integers(20_000, 400_000),
    st.integers(0, 100_000),
    st.sampled_from([",", ".", "'", " ", "\u00a0", ""]),
    st.sampled_from([" - ", "–", "—", " to ", "~"]),
    st.sampled_from(["EUR", "GBP", "CHF"]),
    st.booleans(),
)
def test_every_notation_gives_the_same_bounds(
    low: int, more: int, group: str, dash: str, code: str, first: bool
) -> None:
    written = f"{low:,}{dash}{low + more:,}".replace(",", group)
    salary = parse_salary(f"{code} {written}" if first else f"{written} {code}")
    assert salary is not None
    assert salary.min_value == low
    assert salary.max_value == low + more
    assert salary.currency == code


@pytest.mark.parametrize(
    "text",
    [
        "1" * 10**6,
        "," * 10**6,
        "$" * 10**6,
        " " * 10**6,
        "1," * 500_000,
        "1 " * 500_000,
        "$1 " * 330_000,
        "1,000" * 200_000,
        "$90k - " * 140_000,
        "$5/h " * 200_000,
        "$9 (" * 250_000,
        "salary " * 140_000 + "$50,000",
        "$50,000 " + "a" * 10**6,
        "up to " * 160_000 + "$5",
        "万" * 10**6,
        "&nbsp;" * 160_000,
        "+1 11" * 200_000,
        "0412 345 678 " * 80_000,
        "level 9-9" * 110_000,
        "R 5,000 p.a. " * 80_000,
        "kr 50 000 " * 100_000,
        "70,0000 - 90,000 EUR " * 50_000,
        "5 x 13" * 160_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_megabyte_of_anything_is_read_in_linear_time(text: str) -> None:
    started = time.process_time()
    parse_salary(text)
    explain_amounts(text)
    assert time.process_time() - started < 3  # measured: under 0.3; quadratic would take hours
