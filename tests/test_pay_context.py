"""What the objects around a value of pay say."""

import pytest

from classifier.pay_context import Around
from classifier.pay_fields import stated_fields


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"currency": "eur", "unitText": "HOUR"}, ("EUR", "HOUR", "unitText HOUR")),
        ({"currency": "€"}, ("EUR", "YEAR", "period year")),
        ({"currency": "$"}, ("CAD", "YEAR", "period year")),
        ({"currency": "?"}, ("CAD", "YEAR", "period year")),
        ({"interval": "fortnight"}, ("CAD", None, "interval fortnight")),
        ({"interval": 3}, ("CAD", "YEAR", "period year")),
        # Metadata of Greenhouse has the currency where others have the period.
        ({"unit": "USD"}, ("USD", "YEAR", "period year")),
        ({}, ("CAD", "YEAR", "period year")),
    ],
)
def test_what_an_object_states_wins(
    keys: dict[object, object], told: tuple[str | None, ...]
) -> None:
    around = Around("CAD", currency="CAD", unit="YEAR", said="period year")
    assert around.beside(stated_fields(keys))[1:4] == told


def test_a_bare_dollar_is_that_of_the_currency_around() -> None:
    assert Around("USD", currency="CAD").bare_dollar == "CAD"
    assert Around("USD", currency="EUR").bare_dollar == "USD"
    assert Around(None).bare_dollar is None


def test_inside_the_path_grows() -> None:
    inner = Around(None).inside("pay").inside("range")
    assert (inner.path, inner.depth) == ("pay.range.", 2)


@pytest.mark.parametrize(
    ("around", "rule", "text_rule"),
    [
        (Around(None), "min", "min"),
        (Around(None, path="pay."), "pay.min", "pay: min"),
        (Around(None, said="per hour"), "min, per hour", "min, per hour"),
        (Around(None, said="per hour", path="pay."), "pay.min, per hour", "pay: min, per hour"),
        (Around(None, path="min."), "min", "min: min"),  # a number under a key, no object
    ],
)
def test_rules(around: Around, rule: str, text_rule: str) -> None:
    assert around.rule("min") == rule
    assert around.text_rule("min") == text_rule
