"""Period and kind of pay that only words tell."""

from decimal import Decimal

import pytest

from classifier.pay_fields import stated_fields
from classifier.pay_wording import read_cents, told_kind


def test_cents_are_hundredths_and_other_objects_have_none() -> None:
    keys: dict[object, object] = {
        "min_cents": 3_120,
        "max_cents": 3_880,
        "currency_type": {"code": "USD"},
    }
    pay = read_cents(stated_fields({**keys, "title": "Pay", "blurb": "An hourly rate"}))
    assert pay is not None
    assert (pay.min_value, pay.max_value) == (Decimal("31.2"), Decimal("38.8"))
    assert (pay.currency, pay.unit_text) == ("USD", "HOUR")
    assert read_cents(stated_fields({"min": 3_120, "currency": "USD"})) is None


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        ({"kind": "total", "title": "OTE", "min_cents": 1}, "total"),
        ({"kind": "other", "title": "OTE", "min_cents": 1}, "on-target"),
        ({"title": "Range", "blurb": "<b>Base</b> pay", "min_cents": 1}, "base"),
        ({"title": "Base or OTE", "blurb": "Base pay", "min_cents": 1}, None),
        ({"title": "OTE"}, None),
        ({"compensationType": "Salary"}, "base"),
    ],
)
def test_kinds(keys: dict[object, object], kind: str | None) -> None:
    assert told_kind(stated_fields(keys)) == kind
