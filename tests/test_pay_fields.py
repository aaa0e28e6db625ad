"""Fields of decoded JSON: what is found under which key, and what is no JSON."""

import pytest

from classifier.pay_fields import (
    CURRENCY,
    HIGH,
    INSIDE,
    LONGEST,
    LOW,
    MOST,
    UNIT,
    decode,
    first_of,
    shown,
    stated_fields,
    text_at,
    word_of,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"min": 3}', {"min": 3}),
        ("{'min': nan, 'note': 'nan'}", {"min": None, "note": "nan"}),
        ("[{'text': 'a \\d'}]", [{"text": "a \\d"}]),
        ("null", None),
        ("[Remote] work", None),
        ('{"min": 3', None),
        ("(" * 900, None),
        ("[" * 60_000, None),
        ('["' + "x" * LONGEST + '"]', None),
        ("[" + "{}, " * 10 * MOST + "'']", None),
    ],
    ids=lambda one: f"{one!r:.20}",
)
def test_decode(text: str, value: object) -> None:
    assert decode(text) == value


def test_names_are_letters_and_digits_alone_and_each_is_in_one_list() -> None:
    names = [*LOW, *HIGH, *CURRENCY, *UNIT, *INSIDE]
    assert all(name.isalnum() and name == name.casefold() for name in names)
    assert len(names) == len(set(names))


def test_only_what_is_stated_is_a_field() -> None:
    found = stated_fields({"Min-Value": 3, "minValue": 4, "max": None, "unit": "", 7: 8})
    assert found == {"minvalue": ("Min-Value", 3)}
    assert len(stated_fields({f"key{n}": n for n in range(2 * MOST)})) == MOST


def test_the_more_exact_name_is_taken() -> None:
    fields = stated_fields({"unit": "USD", "unitText": "HOUR"})
    assert first_of(fields, UNIT) == ("unitText", "HOUR")
    assert first_of(fields, LOW) == ("", None)


def test_text_and_words() -> None:
    fields = stated_fields({"title": "Cook", "blurb": 7})
    assert [text_at(fields, name) for name in ("title", "blurb", "kind")] == ["Cook", "", ""]
    values = ("EUR", {"label": "Per Day"}, {"id": 7}, {"other": "EUR"}, ["EUR"], None)
    assert [word_of(value) for value in values] == ["EUR", "Per Day", "", "", "", ""]


def test_a_key_is_shown_on_one_short_line() -> None:
    assert shown("a\n b") == "a b"
    assert len(shown("x" * 99)) == 40
