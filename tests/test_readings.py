"""Judging an amount of money: pay, or the reason why it is none."""

import pytest

from classifier.quick import Look
from classifier.readings import Reading, read_amounts


def read(text: str, *, field: bool = False, slips: bool = False) -> list[Reading]:
    return list(read_amounts(text, text, "USD", field=field, slips=slips))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Pay: $40 an hour", None),
        ("Pay: $1,200 an hour", "not plausible per HOUR"),
        ("A salary of JPY 9,000 a year", "not plausible per YEAR"),
        ("-$50,000 a year", "negative"),
        ("$50,000 a year, paid monthly -", None),
        ("a $900 signing bonus", "bonus"),
        ("a budget of $900", "benefit"),
        ("for $900", "too small for a year"),
        ("pay: 50,000 a month", None),
        ("$120,000 (pro rata $60,000)", "no pay word or period"),
    ],
)
def test_the_first_amount_is_judged(text: str, reason: str | None) -> None:
    first, *_ = read(text)
    assert first.reason == reason
    assert (first.salary is None) is (reason is not None)


def test_figures_that_cannot_be_pay_are_given_if_slips_are_wanted() -> None:
    text = "raised $9 million; a 401k"
    assert read(text) == []
    assert [(one.text, one.reason) for one in read(text, slips=True)] == [
        ("$9 million", "millions"),
        ("401k", "401k"),
    ]


def test_a_bare_number_is_pay_by_its_words_or_in_a_field() -> None:
    assert read("offices for 50,000") == []
    assert [one.salary is not None for one in read("Salary: 50,000 - 60,000")] == [True]
    assert [one.salary is not None for one in read("50,000", field=True)] == [True]


def test_only_the_signs_of_a_look_are_read() -> None:
    text = f"Pay: $40 an hour {'and so on ' * 20} Pay: $50 an hour"
    seen = Look([text.rindex("$")], [], [], [], [], frozenset("\t"), frozenset())
    assert [one.text for one in read_amounts(text, text, None, look=seen)] == ["$50 an hour"]
