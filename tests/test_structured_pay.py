"""Pay in structured fields: every shape that is known, and nothing from the others."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.label import label_files, label_frame
from classifier.pay_fields import CURRENCY, HIGH, INSIDE, LONGEST, LOW, UNIT
from classifier.posting import UNITS, BaseSalary, from_json, to_json
from classifier.structured_pay import join_columns, parse_pay_field, read_pay
from classifier.table import Table
from classifier.yearly import yearly_amount


def figures(pay: BaseSalary | None) -> tuple[Any, ...] | None:
    """Bounds, currency and period, for comparison."""
    if pay is None:
        return None
    bounds = (None if b is None else float(b) for b in (pay.min_value, pay.max_value))
    return (*bounds, pay.currency, pay.unit_text)


def amount(**keys: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"@type": "MonetaryAmount", **keys}


def quantity(**keys: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"@type": "QuantitativeValue", **keys}


# --- Shapes ---

SCHEMA_ORG = [
    pytest.param(
        amount(currency="SEK", value=quantity(minValue=41_000, maxValue=46_500, unitText="MONTH")),
        (41_000, 46_500, "SEK", "MONTH"),
        id="range",
    ),
    pytest.param(
        amount(currency="GBP", value=quantity(value=13.4, unitText="HOUR")),
        (13.4, 13.4, "GBP", "HOUR"),
        id="one value",
    ),
    pytest.param(
        amount(currency="CHF", value="71500", unitCode="ANN"),
        (71_500, 71_500, "CHF", "YEAR"),
        id="value is a string, code beside it",
    ),
    pytest.param(
        amount(currency="USD", value=[quantity(value=90_000, unitText="YEAR")]),
        (90_000, 90_000, "USD", "YEAR"),
        id="value is a list",
    ),
    pytest.param([amount(currency="EUR", value=51_000)], (51_000, 51_000, "EUR", None), id="list"),
    pytest.param(
        {"baseSalary": "83000", "salaryCurrency": "AUD"},
        (83_000, 83_000, "AUD", None),
        id="currency beside a string",
    ),
    pytest.param(
        {"baseSalary": 83_000.0, "salaryCurrency": "AUD"},
        (83_000, 83_000, "AUD", None),
        id="currency beside a number",
    ),
    pytest.param(
        {
            "@type": "PriceSpecification",
            "minPrice": 310,
            "maxPrice": 340,
            "priceCurrency": "EUR",
            "unitText": "DAY",
        },
        (310, 340, "EUR", "DAY"),
        id="PriceSpecification, range",
    ),
    pytest.param(
        {"@type": "PriceSpecification", "price": "2450,00", "priceCurrency": "€"},
        (2450, 2450, "EUR", None),
        id="PriceSpecification, price",
    ),
    pytest.param(
        amount(Currency="pln ", Value={"minvalue": "11.500", "MAXVALUE": "14.000", "UnitText": 1}),
        (11_500, 14_000, "PLN", None),
        id="other case, points for thousands, a period that is none",
    ),
    pytest.param(
        amount(currency="RUR", value={"minValue": 145_000, "unitText": "месяц"}),
        (145_000, None, "RUB", None),
        id="the old rouble",
    ),
    pytest.param(
        amount(currency="£", value=quantity(value="32-36k", unitText="YEAR")),
        (32_000, 36_000, "GBP", "YEAR"),
        id="text as value",
    ),
    pytest.param(
        amount(value=quantity(minValue="€ 14,50", maxValue="€ 17", unitText="hour")),
        (14.5, 17, "EUR", "HOUR"),
        id="signs in the bounds",
    ),
    pytest.param(
        amount(currency="EUR", value="negotiable, according to the tariff"), None, id="no figure"
    ),
    pytest.param(amount(currency="EUR", value=True), None, id="a truth value"),
    pytest.param(amount(currency="EUR", value=None), None, id="null"),
    pytest.param(
        {"estimatedSalary": amount(currency="USD", value=90_000)}, None, id="an estimate is no pay"
    ),
]
BOARDS = [
    pytest.param(
        {
            "salaryRange": {
                "currency": "NZD",
                "interval": "per-year-salary",
                "min": 1e5,
                "max": 12e4,
            }
        },
        (100_000, 120_000, "NZD", "YEAR"),
        id="Lever, year",
    ),
    pytest.param(
        {"currency": "USD", "interval": "per-hour-wage", "min": 31, "max": 38.5},
        (31, 38.5, "USD", "HOUR"),
        id="Lever, hour",
    ),
    pytest.param(
        {"currency": "USD", "interval": "bi-week-salary", "min": 3100, "max": 3400},
        (3100, 3400, "USD", None),
        id="Lever, two weeks have no name",
    ),
    pytest.param(
        {"currency": "USD", "interval": "one-time", "min": 3100, "max": 3400},
        None,
        id="Lever, paid once",
    ),
    pytest.param(
        {"salary": {"min": "3300", "max": "3900", "period": "month", "currency": "EUR"}},
        (3300, 3900, "EUR", "MONTH"),
        id="Recruitee",
    ),
    pytest.param(
        {"salary": {"min": None, "max": None, "period": None, "currency": "EUR"}},
        None,
        id="Recruitee without pay",
    ),
    pytest.param({"compensation": "£31,250 - £33,500"}, (31_250, 33_500, "GBP", None), id="Bamboo"),
    pytest.param({"salary": "€17.20+ / hour"}, (17.2, None, "EUR", "HOUR"), id="Breezy"),
    pytest.param({"salary": "", "title": "Cook"}, None, id="Breezy without pay"),
    pytest.param(
        {"position": "Cook", "salary_min": 55_000, "salary_max": 70_000},
        (55_000, 70_000, None, None),
        id="RemoteOK: its currency is not told",
    ),
    pytest.param({"salary_min": 0, "salary_max": 0}, None, id="RemoteOK without pay"),
    pytest.param(
        {"min_amount": 27.0, "max_amount": 33.0, "interval": "hourly", "currency": "CAD"},
        (27, 33, "CAD", "HOUR"),
        id="JobSpy",
    ),
    pytest.param(
        {"minSalary": 840_000, "maxSalary": 960_000, "currency": "PHP", "title": "Cook"},
        (840_000, 960_000, "PHP", None),
        id="Himalayas",
    ),
    pytest.param(
        {"salary_from": 4_000, "salary_to": 5_000, "salary_currency": "eur"},
        (4_000, 5_000, "EUR", None),
        id="from and to",
    ),
    pytest.param(
        {"range": {"min": 21, "max": 24}, "unitOfWork": "HOUR", "currencyCode": "USD"},
        (21, 24, "USD", "HOUR"),
        id="range inside",
    ),
    pytest.param(
        {"unit": "USD", "min_value": "101000.0", "max_value": "122000.0"},
        (101_000, 122_000, "USD", None),
        id="the unit is a currency",
    ),
    pytest.param(
        {"pay": {"currency": {"code": "GBP"}, "min": 410, "period": {"label": "Per Day"}}},
        (410, None, "GBP", "DAY"),
        id="codes in objects",
    ),
]
SLIPS = [
    pytest.param({"min": 0, "max": 64_000, "currency": "GBP"}, (None, 64_000, "GBP", None)),
    pytest.param({"min": 64_000, "max": -1, "currency": "GBP"}, (64_000, None, "GBP", None)),
    pytest.param({"min": 64_000, "max": "n/a", "currency": "GBP"}, (64_000, None, "GBP", None)),
    pytest.param(
        {"min": 46, "max": 39, "currency": "GBP", "interval": "hour"}, (39, 46, "GBP", "HOUR")
    ),
    pytest.param({"min": 64_000, "max": 9, "currency": "GBP", "interval": "year"}, None),
    pytest.param({"min": 9, "max": 64_000, "currency": "GBP"}, None, id="too far apart"),
    pytest.param({"min": 1, "max": 1, "currency": "GBP", "interval": "year"}, None),
    pytest.param({"min": 38, "max": 44, "currency": "USD", "interval": "1 YEAR"}, None),
    pytest.param({"value": 64_000, "currency": "USD", "unitText": "HOUR"}, None),
    pytest.param({"min": float("nan"), "max": float("inf"), "currency": "USD"}, None),
    pytest.param({"min": 10**5000, "max": 10**5001, "currency": "JPY"}, None),
    pytest.param({"min": 3, "max": 5}, None, id="may be years"),
    pytest.param({"min": 64_000}, (64_000, None, None, None)),
    pytest.param({"min": 64_000, "currency": "XQZ"}, (64_000, None, None, None)),
    pytest.param({"min": 64_000, "currency": "kr"}, (64_000, None, None, None)),
    pytest.param({"value": "$64,000", "currency": "EUR"}, (64_000, 64_000, None, None)),
    pytest.param({"min": "£64k", "max": "£70k", "currency": "EUR"}, (64_000, 70_000, None, None)),
    pytest.param({"value": "£64k a year", "unitText": "MONTH"}, (64_000, 64_000, "GBP", None)),
    pytest.param({"salary": {"text": "64000"}}, None, id="no known key"),
    pytest.param(64_000, (64_000, 64_000, None, None)),
    pytest.param(640, None),
    pytest.param("640", None),
    pytest.param(None, None),
    pytest.param([], None),
    pytest.param({}, None),
]


@pytest.mark.parametrize(("value", "expected"), [*SCHEMA_ORG, *BOARDS, *SLIPS])
def test_shapes(value: object, expected: tuple[Any, ...] | None) -> None:
    pay = read_pay(value)
    assert figures(pay) == expected
    if pay is not None:
        assert pay.rule
        assert pay.span is None


@pytest.mark.parametrize(
    ("value", "dollar", "currency"),
    [
        ({"min": 64_000, "currency": "$"}, None, None),
        ({"min": 64_000, "currency": "$"}, "CAD", "CAD"),
        ({"min": "$64,000"}, "CAD", "CAD"),
        ({"min": "$64,000", "currency": "AUD"}, "CAD", "AUD"),
        ({"min": 64_000, "currency": "CA$"}, "USD", "CAD"),
        ({"salary": "$64k", "currency": "AUD"}, "USD", "AUD"),
        ("$64,000 per year", "USD", "USD"),
    ],
)
def test_the_dollar_is_that_of_the_place(
    value: object, dollar: str | None, currency: str | None
) -> None:
    pay = read_pay(value, default_dollar=dollar)
    assert pay is not None
    assert pay.currency == currency


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (
            {"baseSalary": amount(value=quantity(minValue=30, maxValue=35, unitText="HOUR"))},
            "baseSalary.value.minValue and maxValue, unitText HOUR",
        ),
        ({"salaryRange": {"min": 64_000, "interval": "year"}}, "salaryRange.min, interval year"),
        ({"compensation": "£31,250 a year"}, "compensation: single, period"),
        ({"salary": 64_000}, "salary"),
        ({"salary": "12 14 HOUR"}, "salary: values"),
    ],
)
def test_the_rule_names_the_field(value: object, rule: str) -> None:
    pay = read_pay(value)
    assert pay is not None
    assert pay.rule == rule


def test_text_is_given_if_text_was_read() -> None:
    pay = read_pay({"salary": "about £64k", "unit": "year"})
    assert pay is not None
    assert (pay.text, pay.span) == ("£64k", None)


# --- Greenhouse ---


def cents(low: int, high: int, title: str = "", blurb: str = "", code: str = "USD") -> object:
    keys = {"min_cents": low, "max_cents": high, "currency_type": code}
    return keys | {"title": title, "blurb": blurb}


@pytest.mark.parametrize(
    ("title", "blurb", "unit", "told"),
    [
        ("Hourly range", "", "HOUR", ", title says hourly"),
        ("What we pay, an hourly rate", "", "HOUR", ", title says hourly"),
        ("Pay", "<p>The <b>hourly</b> pay range of this role</p>", "HOUR", ", blurb says hourly"),
        ("Pay", "$31 to $38 per hour, for 38 hours per week", "HOUR", ", blurb says hourly"),
        ("Pay", "Within an hourly or an annual salary", None, ""),
        ("Pay", "With an annual bonus, for 40 hours a week. Paid weekly.", None, ""),
        ("Hourly", "The annual base salary", "HOUR", ", title says hourly"),
        ("", "", None, ""),
    ],
)
def test_only_words_tell_the_period_of_cents(
    title: str, blurb: str, unit: str | None, told: str
) -> None:
    pay = read_pay([cents(3_120, 3_880, title, blurb)])
    assert pay is not None
    assert figures(pay) == (31.2, 38.8, "USD", unit)
    assert pay.rule == "pay_input_ranges in cents" + told


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("OTE", "on-target"),
        ("On-target earnings range", "on-target"),
        ("Total cash compensation", "total"),
        ("Base salary", "base"),
        ("Base salary and OTE", None),
        ("Range", None),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: str | None) -> None:
    pay = read_pay({"pay_input_ranges": [cents(9_000_000, 11_000_000, title)]})
    assert pay is not None
    assert pay.kind == kind


def test_a_period_that_the_figures_contradict_is_no_pay() -> None:
    assert read_pay([cents(3_120, 3_880, "Annual salary")]) is None


def test_levels_are_kept_with_their_envelope() -> None:
    levels = [
        cents(10_200_000, 12_000_000, "Level A, annual"),
        cents(11_500_000, 14_100_000, "Level B, annual"),
        cents(13_000_000, 19_000_000, "OTE, annual"),
        cents(9_800_000, 11_000_000, "Annual, elsewhere", code="CAD"),
        cents(11_500_000, 14_100_000, "Level B again, annual"),
    ]
    pay = read_pay({"pay_input_ranges": levels})
    assert pay is not None
    assert figures(pay) == (102_000, 141_000, "USD", "YEAR")
    assert pay.rule == "pay_input_ranges in cents, title says yearly, covers 2 of 4"
    assert [(figures(one), one.kind) for one in pay.alternatives] == [
        ((102_000, 120_000, "USD", "YEAR"), None),
        ((115_000, 141_000, "USD", "YEAR"), None),
        ((130_000, 190_000, "USD", "YEAR"), "on-target"),
        ((98_000, 110_000, "CAD", "YEAR"), None),
    ]


def test_on_target_pay_is_pay_if_there_is_no_other() -> None:
    pay = read_pay([cents(13_000_000, 19_000_000, "OTE"), cents(15_000_000, 20_000_000, "OTE 2")])
    assert pay is not None
    assert (figures(pay), pay.kind) == ((130_000, 200_000, "USD", None), "on-target")


def test_bounds_that_have_no_envelope() -> None:
    pay = read_pay([{"min": 90_000, "currency": "EUR"}, {"max": 80_000, "currency": "EUR"}])
    assert figures(pay) == (90_000, None, "EUR", None)


# --- Ashby ---


def component(kind: str = "Salary", **keys: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "compensationType": kind,
        "interval": "1 YEAR",
        "currencyCode": "EUR",
        "minValue": 61_000,
        "maxValue": 72_000,
    } | keys


EQUITY = component("EquityPercentage", interval="NONE", currencyCode=None, minValue=0.1, maxValue=1)


def test_of_the_components_only_salary_is_pay() -> None:
    commission = component("Commission", minValue=20_000, maxValue=30_000)
    tier = {"title": None, "components": [EQUITY, commission, component()]}
    pay = read_pay({"compensation": {"compensationTiers": [tier]}})
    assert pay is not None
    assert (figures(pay), pay.kind) == ((61_000, 72_000, "EUR", "YEAR"), "base")
    assert read_pay({"compensationTiers": [{"components": [EQUITY, commission]}]}) is None


def test_tiers_are_alternatives() -> None:
    higher = component(minValue=70_000, maxValue=84_000)
    tiers = [{"title": "P3", "components": [component()]}, {"components": [higher, EQUITY]}]
    pay = read_pay({"compensationTiers": tiers})
    assert pay is not None
    assert figures(pay) == (61_000, 84_000, "EUR", "YEAR")
    assert [figures(one) for one in pay.alternatives] == [
        (61_000, 72_000, "EUR", "YEAR"),
        (70_000, 84_000, "EUR", "YEAR"),
    ]
    on_target = read_pay({"compensationTiers": [{"title": "OTE", "components": [component()]}]})
    assert on_target is not None
    assert on_target.kind == "on-target"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ({"summaryComponents": [component()]}, (61_000, 72_000, "EUR", "YEAR")),
        (
            {"scrapeableCompensationSalarySummary": "€61K - €72K"},
            (61_000, 72_000, "EUR", None),
        ),
        ({"compensationTierSummary": "€61K – €72K • Offers Equity"}, (61_000, 72_000, "EUR", None)),
        ({"compensationTierSummary": "Offers Equity"}, None),
        ({"compensationTierSummary": None}, None),
    ],
)
def test_without_tiers_the_summary_is_read(
    rest: dict[str, object], expected: tuple[Any, ...] | None
) -> None:
    assert figures(read_pay({"compensation": {"compensationTiers": [], **rest}})) == expected


# --- Fields of text ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"min": 64000, "currency": "EUR"}', (64_000, None, "EUR", None)),
        ('  [{"min": 64000, "currency": "EUR"}]', (64_000, None, "EUR", None)),
        ("{'min': 64000.0, 'max': nan, 'currency': 'EUR'}", (64_000, None, "EUR", None)),
        ("[{'min': None, 'max': 64000, 'currency': 'EUR'}]", (None, 64_000, "EUR", None)),
        ("{'text': 'a \\d', 'max': 64000, 'currency': 'EUR'}", (None, 64_000, "EUR", None)),
        ('{"min": 64000, "currency": "EUR"', None),
        ('[{"min": 64000', None),
        ("[Remote] £64,000 a year", (64_000, 64_000, "GBP", "YEAR")),
        ("64000", (64_000, 64_000, None, None)),
        ("12 14 HOUR", (12, 14, None, "HOUR")),
        ("CHF 33 HOUR", (33, 33, "CHF", "HOUR")),
        ("12 14 HOUSE", None),
        ("£64,000", (64_000, 64_000, "GBP", None)),
        ("competitive", None),
        ("", None),
        ("null", None),
        ('"£64,000"', (64_000, 64_000, "GBP", None)),
    ],
    ids=repr,
)
def test_a_field_may_hold_json(text: str, expected: tuple[Any, ...] | None) -> None:
    assert figures(parse_pay_field(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60_000,
        "[" * 30_000 + "]" * 30_000,
        '{"salary": ' * 5_000 + "1" + "}" * 5_000,
        "{'salary': " * 900 + "1" + "}" * 900,
        "(" * 900,
        "{" + "-" * 60_000 + "1}",
        "[" + "1," * 30_000 + "]",
        '{"min": ' + "9" * 10_000 + "}",
        '{"min": 64000, "currency": "EUR", "note": "' + "x" * LONGEST + '"}',
        '{"title": "' + "<" * 4_000 + '", "min_cents": 1}',
        '[{"min_cents": 1, "blurb": "' + "per annual " * 6_000 + '"}]',
        "\ud800",
        "{'a': b'\\xff'}",
    ],
    ids=lambda text: f"{text[:20]!r}, {len(text)}",
)
def test_an_odd_field_is_no_pay(text: str) -> None:
    assert parse_pay_field(text) is None


def test_a_deep_value_is_no_pay() -> None:
    value: object = 64_000
    for _ in range(100_000):
        value = [value]
    assert read_pay(value) is None


def test_what_we_write_is_read_back() -> None:
    low = BaseSalary(Decimal(60), Decimal(70), "USD", "HOUR", kind="base")
    high = BaseSalary(Decimal(65), Decimal("80.5"), "USD", "HOUR", kind="base")
    pay = BaseSalary(
        Decimal(60),
        Decimal("80.5"),
        "USD",
        "HOUR",
        kind="base",
        alternatives=(low, high),
        months=13,
    )
    found = parse_pay_field(json.dumps(to_json(pay)))
    assert found is not None
    assert (figures(found), found.kind, found.months) == (figures(pay), "base", 13)
    assert [figures(one) for one in found.alternatives] == [figures(low), figures(high)]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (("", "64000.0", "72000.5", "GBP", "yearly"), (64_000, 72_000.5, "GBP", "YEAR")),
        (("", "66666.667", "", "gbp", ""), (66_666.667, None, "GBP", None)),
        (("£64k", "", "", "", ""), (64_000, 64_000, "GBP", None)),
        (("64,000", "", "", "EUR", "year"), (64_000, 64_000, "EUR", "YEAR")),
        (("competitive", "", "", "EUR", "year"), None),
        (('{"value": 64000}', "", "", "EUR", "year"), (64_000, 64_000, "EUR", "YEAR")),
        (("£99k", "64000", "72000", "GBP", "year"), (64_000, 72_000, "GBP", "YEAR")),
        (("", "", "", "", ""), None),
    ],
)
def test_columns_of_single_parts(
    columns: tuple[str, str, str, str, str], expected: tuple[Any, ...] | None
) -> None:
    assert figures(parse_pay_field(join_columns(*columns))) == expected


# --- Any value ---

WORDS = st.sampled_from(
    [
        *("EUR", "usd ", "$", "kr", "RUR", "HOUR", "1 YEAR", "2 WEEK", "one-time", "ANN", "Salary"),
        *("64000", "£64k - £72k", "9 10 HOUR", "nan", "-5", "1.234,56", "OTE", "on-target", "base"),
        *("{'min': 3}", '{"min": 64000, "currency": "EUR"}', "[", "up to €80k", "from €90k"),
    ]
)
NUMBERS = st.sampled_from([0, 1, -1, 15, 640, 64_000, 72_000.5, 6_400_000]) | st.integers()
LEAVES = st.none() | st.booleans() | NUMBERS | st.floats() | WORDS | st.text(max_size=12)
OTHER_KEYS = (
    *(
        "minCents",
        "max_cents",
        "title",
        "blurb",
        "kind",
        "compensationType",
        "alternatives",
        "@type",
    ),
)
KEYS = st.sampled_from([*LOW, *HIGH, *CURRENCY, *UNIT, *INSIDE, *OTHER_KEYS]) | st.text(max_size=5)


def _grow(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6)


VALUES = st.recursive(LEAVES, _grow, max_leaves=25)


def check(pay: BaseSalary | None) -> None:
    """Pay that keeps what BaseSalary promises."""
    if pay is None:
        return
    bounds = [bound for bound in (pay.min_value, pay.max_value) if bound is not None]
    assert bounds
    assert bounds == sorted(bounds)
    assert all(bound.is_finite() and bound > 0 for bound in bounds)
    assert pay.currency is None or (len(pay.currency) == 3 and pay.currency.isupper())
    assert pay.unit_text in (None, *UNITS)
    assert pay.kind in (None, "base", "total", "on-target")
    assert pay.rule
    assert pay.span is None
    assert from_json({"baseSalary": to_json(pay)}).base_salary is not None
    yearly_amount(pay)
    for one in pay.alternatives:
        assert one.alternatives == ()
        check(one)


@given(VALUES, st.sampled_from([None, "USD", "CAD"]))
@settings(max_examples=600, deadline=None)
def test_any_value(value: object, dollar: str | None) -> None:
    check(read_pay(value, default_dollar=dollar))


@given(VALUES, st.sampled_from([json.dumps, repr]))
@settings(deadline=None)
def test_any_value_as_text(value: object, write: Callable[[object], str]) -> None:
    check(parse_pay_field(write(value)))


@given(st.text() | st.text(alphabet="{}[]()\"':,. 0123456789kmin€$-"), st.text(max_size=9))
@settings(deadline=None)
def test_any_text(text: str, other: str) -> None:
    check(parse_pay_field(text))
    check(parse_pay_field(join_columns(text, other, text, other, text)))


# --- Files and frames ---

ROWS: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
    ({"salaryRange": {"min": 64_000, "max": 72_000, "currency": "GBP", "interval": "per-year"}},
     (64_000, 72_000, "GBP", "YEAR")),
    ({"compensation": {"compensationTiers": [{"components": [component()]}]}},
     (61_000, 72_000, "EUR", "YEAR")),
    ({"pay_input_ranges": [cents(3_120, 3_880, "Hourly")]}, (31.2, 38.8, "USD", "HOUR")),
    ({"baseSalary": amount(currency="CHF", value=quantity(value=7_100, unitText="MONTH"))},
     (7_100, 7_100, "CHF", "MONTH")),
    ({"salary": {"min": "3300", "max": "3900", "period": "month", "currency": "EUR"}},
     (3_300, 3_900, "EUR", "MONTH")),
    ({"salary": "€17.20 / hour"}, (17.2, 17.2, "EUR", "HOUR")),
    ({"min_amount": 27.5, "max_amount": 33.0, "interval": "hourly", "currency": "CAD"},
     (27.5, 33, "CAD", "HOUR")),
    ({"salary_min": 64_000, "salary_max": 0}, (64_000, None, None, None)),
]  # fmt: skip
PAY = ["min_value", "max_value", "currency", "unit_text"]


def paid(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[f"base_salary_{name}"] for name in PAY)


@pytest.mark.parametrize(("keys", "expected"), ROWS, ids=lambda value: str(next(iter(value))))
def test_json_lines_with_nested_pay_are_labelled_with_it(
    tmp_path: Path, small_table: Table, keys: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    rows = [{"text": "Build pipelines.", **keys}, {"text": "Reports. Pay: £20 per hour."}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    label_files(small_table, [str(tmp_path / "a.jsonl")], str(tmp_path / "b.jsonl"))
    first, second = map(json.loads, (tmp_path / "b.jsonl").read_text().splitlines())
    assert paid(first) == expected
    assert paid(second) == (20, 20, "GBP", "HOUR")
    assert {name: first[name] for name in keys} == keys


def test_csv_of_a_frame_is_labelled_with_its_pay(tmp_path: Path, small_table: Table) -> None:
    texts = {"text": ["Build.", "Build."], "min_amount": [64_000.0, None], "currency": "EUR"}
    frame = pd.DataFrame({**texts, "salary": [None, str({"min": 31, "period": "hour"})]})
    frame.to_csv(tmp_path / "a.csv", index=False)
    label_files(small_table, [str(tmp_path / "a.csv")], str(tmp_path / "b.jsonl"))
    found = [json.loads(line) for line in (tmp_path / "b.jsonl").read_text().splitlines()]
    expected = [(64_000, None, "EUR", None), (31, None, "EUR", "HOUR")]
    assert [paid(row) for row in found] == expected
    labelled = label_frame(small_table, frame)
    assert labelled["base_salary_min_value"].tolist() == [64_000, 31]


def test_objects_and_dates_in_a_frame(small_table: Table) -> None:
    pay = {"minValue": 70_000, "maxValue": 80_000, "unitText": "YEAR", "currency": "GBP"}
    frame = pd.DataFrame({"text": ["Build.", "Build."], "baseSalary": [pay, None]})
    frame["date posted"] = pd.Series(["2023-05-01", "n/a"]).pipe(pd.to_datetime, errors="coerce")
    labelled = label_frame(small_table, frame)
    assert labelled["base_salary_yearly"].fillna(0).tolist() == [75_000, 0]
    assert labelled["year"].fillna(0).tolist() == [2023, 0]


def test_labelling_again_gives_the_same(tmp_path: Path, small_table: Table) -> None:
    first, second, third = (str(tmp_path / f"{name}.jsonl") for name in "abc")
    row = {"text": "Build.", "salary": {"min": 64_000, "currency": "EUR", "period": "year"}}
    Path(first).write_text(json.dumps(row) + "\n" + json.dumps({"text": "Build for £20 an hour."}))
    label_files(small_table, [first], second)
    label_files(small_table, [second], third)
    once, twice = (
        [json.loads(line) for line in Path(path).read_text().splitlines()]
        for path in (second, third)
    )
    assert [paid(row) for row in twice] == [paid(row) for row in once]
    assert paid(once[0]) == (64_000, None, "EUR", "YEAR")
