"""What an amount of money is for."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier import purpose as module
from classifier.pay_words import named_groups
from classifier.purpose import find_purpose, heading_over, leading_words


def purpose(text: str, *, marked: bool = True) -> tuple[str | None, bool]:
    """Purpose of the amount that is written $9 in the text."""
    start = text.index("$9")
    return find_purpose(text, leading_words(text, start), start + 2, marked=marked)


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("We raised $9", "funding"),
        ("revenue of $9", "revenue"),
        ("a bonus of $9", "bonus"),
        ("a $9 signing bonus", "bonus"),
        ("$9 in RSUs", "equity"),
        ("options worth up to $9", "revenue"),
        ("a gym allowance of $9", "benefit"),
        ("your net pay: $9 net", "net"),
        ("$9 off", "other use"),
        ("Salary, and a stipend of $9", "benefit"),
        ("Pay: $50 (pro rata $9)", "pro rata"),
        ("Pay: $50 ($9 pro-rata for 3 days)", "pro rata"),
    ],
)
def test_other_use(text: str, use: str) -> None:
    assert purpose(text) == (use, False)


@pytest.mark.parametrize(
    "text",
    [
        "Salary: $9",
        "the bonus comes on top of a salary of $9",
        "$9 base salary",
        "$9 + equity",
        "Salary, not including bonus: $9",
        "Gehalt: $9",
        "月給$9",
        "Salary max. $9",
        "Pay, e.g. $9",
        "Night shift $9",
        "Day rate net, VAT on top: $9",
        "Salary (pro rata): $9",
        "Salary (pro rata $9)",
    ],
)
def test_pay(text: str) -> None:
    assert purpose(text) == (None, True)


@pytest.mark.parametrize(
    "text",
    [
        "It took $9",
        "We work in customer service, remote from $9",
        "Our salary model is fair. It took $9",
        "the revenue that a growing firm like ours has had in all of these many good years was $9",
    ],
)
def test_nothing_is_known(text: str) -> None:
    assert purpose(text) == (None, False)


def test_words_behind_a_bare_number_may_belong_to_something_else() -> None:
    assert purpose("Elm Park $9 salary", marked=True) == (None, True)
    assert purpose("Elm Park $9 salary", marked=False) == (None, False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We grow fast. Your pay is $9", " Your pay is "),
        ("We grow fast! Pay $9", " Pay "),
        ("Perks | Pay $9", " Pay "),
        ("Pay min. $9", "Pay min. "),
        ("What we pay\n\n$9", "What we pay"),
        ("Level 2\n$9", ""),
        ("What we pay:\n- from $9", "- from "),
        ("$9", ""),
    ],
)
def test_leading_words(text: str, words: str) -> None:
    assert leading_words(text, text.index("$9")) == words


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_another_use_is_never_pay(before: str, after: str, marked: bool) -> None:
    clause = leading_words(before, len(before))
    assert clause in before
    use, pay = find_purpose(f"{before}$5{after}", clause, len(before) + 2, marked=marked)
    assert use is None or not pay


PATTERNS = (module._purpose_pattern, module._kind_pattern)
CLAUSES = st.lists(
    st.one_of(*(st.from_regex(p(small=False)) for p in PATTERNS), st.text(max_size=4)), max_size=4
).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(CLAUSES)
def test_words_in_small_letters_are_found_as_in_any_case(clause: str) -> None:
    ascii_clause = clause.encode("ascii", "ignore").decode("ascii")
    for pattern in PATTERNS:
        expected = [(m.span(), m.lastgroup) for m in pattern(small=False).finditer(ascii_clause)]
        found = pattern(small=True).finditer(ascii_clause.lower())
        assert [(match.span(), match.lastgroup) for match in found] == expected


@settings(deadline=None, max_examples=300)
@given(CLAUSES)
def test_the_last_word_is_that_of_the_expression_for_any_case(clause: str) -> None:
    text = module._ASIDE.sub("", clause)
    for kind, pattern in enumerate(PATTERNS):
        *_, last = [None, *pattern(small=False).finditer(text)]
        expected = ((last.lastgroup or "").rstrip("_"), last.end()) if last else ("", 0)
        assert module._last_word(clause, kind=bool(kind)) == expected


def test_no_word_has_a_class_in_capitals() -> None:
    for table in ("purposes", "kinds"):
        words = named_groups(table).replace("(?P<", "")
        assert not re.search(r"\\[A-Z]", words)


@settings(deadline=None, max_examples=300)
@given(
    st.text(st.sampled_from("ab).!?;|• \n"))
    | st.sampled_from(["the min. $", "e.g. eg. a", "Max. "])
)
def test_a_sentence_ends_behind_a_word_or_a_parenthesis(text: str) -> None:
    ends = r"(?:(?<=\w\w)|(?<=\)))[.!?;](?=\s)(?<!\b(?:min|max)\.)(?<!\beg\.)(?<!\bapprox\.)|[|•]"
    expected = re.split(ends, text, flags=re.IGNORECASE)
    assert module._HARD_BREAK.split(text) == expected


LEADS = st.lists(
    st.sampled_from([
        *("salary", "Pay", "rates", ":", "of pay", "on-target", "OTE", "(not "),
        *("up to an additional", "_", "("),
        *("we process", "process", "remuneration", "Grundgehalt", "bonus", "plus", "and", "equity"),
        *("401(k)", "401k", ".net", "net", "base", "total cash", "hourly", "night shifts"),
        *(")", "excluding", "not including", "before", "tax", "sign on", "per child", "x", "\n"),
    ]),
    max_size=8,
)  # fmt: skip


@given(st.sampled_from(["", " "]), LEADS, st.booleans())
def test_small_words_are_those_of_the_expressions(gap: str, words: list[str], kind: bool) -> None:
    clause = gap.join(words)
    found, expected = module._small_words(clause, kind), module._words(clause, kind)
    assert [(one.lastgroup, one.span()) for one in found] == [
        (one.lastgroup, one.span()) for one in expected
    ]


BEHIND = st.lists(
    st.sampled_from([*" ]),.;:(+•*\n-", "plus", "paid", "as", "base", "bonus", "DOE", "night"])
).map("".join)


@given(BEHIND)
def test_no_words_follow_where_none_can(behind: str) -> None:
    assert module._may_follow(behind, 0) or not module._after_pattern().match(behind, 0)


PARTS = ("\n", "\n", " ", "ab", "Pay. ", "x. ", "(y). ", "5", "• ", "|", "c" * 30, "d " * 30)
ABOVE = st.lists(st.sampled_from(PARTS), min_size=1, max_size=12).map("".join)
FRONT = st.text(" *-•$\n", max_size=45)


@given(ABOVE, ABOVE, FRONT)
@settings(deadline=None, max_examples=1000)
@example("x\nPay range\n", "y. z\nPay range\n", "* $")
def test_equal_headings_lead_to_an_amount_in_the_same_words(one: str, two: str, front: str) -> None:
    texts = [f"{above}\n{front}50" for above in (one, two)]
    lows = len(one) + 1, len(two) + 1
    over, other = map(heading_over, texts, lows)
    if over is not None and over == other:
        for k in range(len(front) + 1):
            first, second = map(leading_words, texts, [low + k for low in lows])
            assert first == second


@pytest.mark.parametrize(
    ("above", "over"),
    [
        ("Team\nPay range\n\n", "Pay range"),
        ("We pay well.\n", ""),
        ("Grade 7\n", ""),
        ("\n\n", None),  # nothing is near: what stands further up may be
        (f"{'long ' * 30}heading\n", None),
        ("Pay range\\\n", None),
    ],
)
def test_a_heading_over_a_line(above: str, over: str | None) -> None:
    assert heading_over(f"{above}$50", len(above)) == over
