"""Lines that are read together for pay: read one by one they give what the whole text gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import pay_lines, salary
from classifier.currency_signs import SIGNS
from classifier.looks import look
from classifier.pay_lines import part_lines
from classifier.posting import BaseSalary
from classifier.quick import Look
from classifier.reading import as_strings
from classifier.salary import find_salaries

PIECES = [
    *("$", "€", "£", "USD", "AED ", "EUR ", "zł", "kr", "k", " million", "万", "5", "40"),
    *("50,000", "50 000", "72.500", "65000", "120000", "401k", "401(k)", "-", " - ", " to "),
    *(" and ", "between ", "per hour", "/hr", " an hour", " p.a.", "a year", "Salary: "),
    *("bonus", "Pay range", "hourly rate of ", "equity", "raised ", "TEUR 65", "R 50 000"),
    *("12 lakh", "14 LPA", "x 13", "Max: ", "mid ", "net", "B2B", "VAT", "Maximum salary: "),
    *("+", "or more", "pro rata", "(", ")", "OTE", "Base", "grade 7", "0412 345 678", "up to"),
    *("from", ". ", "; ", "signing bonus", "in sales", "per child", "night", ", paid as "),
    *("total comp", "–", "—", "’", "\\", "\\-", "Â£", "Â", "â€“", "&nbsp;", "&ndash;", "\t"),
    *("\u00a0", "０", "８０，０００", "US$ ", "Fr. ", "Rs. ", "ſ", "ı", "#", "*", "~"),
    "what we want are 5 years",
    "words that lead far away from what stands in the line above and say nothing of it",
]
LINES = st.tuples(
    st.lists(st.sampled_from(PIECES), max_size=9), st.sampled_from(["", "", " "])
).map(lambda pair: pair[1].join(pair[0]))


def look_at(text: str) -> Look | None:
    (seen,) = look(*as_strings([text]))
    return seen


def find(text: str) -> list[BaseSalary]:
    return find_salaries(text, default_dollar="$", look=look_at(text))


@given(st.lists(LINES, min_size=2, max_size=5), st.data())
@settings(deadline=None, max_examples=500)
def test_lines_are_read_as_in_the_whole_text(lines: list[str], data: st.DataObject) -> None:
    # In another order they stand beside others, and what was read of them is known.
    for order in (lines, data.draw(st.permutations(lines)), lines):
        text = data.draw(st.sampled_from(["\n", "\n\n", "\n \n"])).join(order)
        assert find(text) == find_salaries(text, default_dollar="$")


FAR = "We are a firm of some size, and nothing is said here of pay or of any number"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Pay: $40 an hour", ["Pay: $40 an hour"]),
        (f"Pay: $50k\n{FAR}\nA gym: $50", ["Pay: $50k", "A gym: $50"]),
        (f"Pay: $50k - \n{FAR[:20]}: $60k", [f"Pay: $50k - \n{FAR[:20]}: $60k"]),
        (f"Pay: $50k {FAR}\nMaximum: $60k", [f"Pay: $50k {FAR}\nMaximum: $60k"]),
        (f"{FAR}\n7 or $50k {FAR}", [f"7 or $50k {FAR}"]),
        (f"{FAR} 7\nor $50k {FAR}", [f"{FAR} 7\nor $50k {FAR}"]),
        (f"{FAR} for $\n7 {FAR}", [f"{FAR} for $\n7 {FAR}"]),
        (f"{FAR}\nfor $ {FAR}\n7", [f"for $ {FAR}"]),
        ("", []),
    ],
)
def test_a_part_has_the_lines_that_count(text: str, parts: list[str]) -> None:
    places = [i for i, sign in enumerate(text) if sign == "$"]
    assert [text[one.low : one.high] for one in part_lines(text, places)] == parts


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("$50k", False),
        ("  * USD 50,000", False),
        ("US$ 50k", False),
        ("TEUR 65", False),
        ("Â£50k", False),
        ("7 or $50k", False),
        ("Pay: $50k", True),
        ("Usual pay: $50k", True),
        ("_$50k", True),
    ],
)
def test_a_bare_amount_goes_by_the_heading_above(line: str, alone: bool) -> None:
    text = f"Pay\n{line}"
    (part,) = part_lines(text, [len(text) - 4])
    assert (part.above == part.low) is alone


def test_no_sign_is_taken_for_a_word() -> None:
    for sign in SIGNS:
        assert not pay_lines._begins_with_words(f"{sign} 50,000")


def test_the_next_line_says_nothing_of_an_amount() -> None:
    lines = ["Base: $140k", "+", "or more", "signing bonus", "B2B"]
    for text in ("\n".join(lines), "\n".join([*lines[1:], lines[0]])):
        (pay,) = find_salaries(text)
        assert pay.rule == "single, pay word"
        assert pay.min_value == 140_000


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salary, "_MOST_KEPT", 3)
    monkeypatch.setattr(salary, "_kept", {})
    monkeypatch.setattr(salary, "_kept_before", {})
    for number in range(9):
        assert len(find(f"We are {number}\nPay: ${number + 40},000 a year")) == 1
        assert len(salary._kept) <= 3
        assert len(salary._kept_before) <= 3
