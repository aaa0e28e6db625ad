"""Lines of compiled code: those of `pay_lines`, and no other line counts where it says so."""

from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.compiled_money_lines import LONGEST, TOLD
from classifier.looks import look
from classifier.pay_lines import SIGN_WORDS, part_lines
from classifier.quick import BARE, WIDE
from classifier.reading import as_strings

PIECES = [
    *("$50k", "€ 60,000", "USD 7", "40 an hour", "401k", "7", "０", "٣", "Max", "maximum", "mid"),
    *("mind", " ", "  ", "\t", "\u00a0", "\\", "-", "–", "*", "#", ",", "Â", "é", "zł", "_", "us"),
    *("Pay: ", "Kr", "TEUR", "pounds", "dollars", "dollarss", "a", "\n", "\n\n", "\x1f"),
    "words that lead far away from what stands in another line",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=16).map("".join)


@given(st.lists(TEXTS, min_size=1, max_size=3))
@settings(deadline=None, max_examples=800)
def test_lines_are_those_that_stand_alone(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    for text, seen in zip(texts, look(*as_strings(texts)), strict=True):
        if not seen:
            continue
        assert seen.lines is not None
        right, told = part_lines(text, seen.amounts), part_lines(text, seen.amounts, seen.lines)
        assert [one[1:] for one in told] == [one[1:] for one in right]
        assert all(one.above <= other.above for one, other in zip(told, right, strict=True))
        assert sum(seen.lines[2::TOLD][-1:]) == len(seen.amounts)


def test_what_a_line_needs() -> None:
    far = "and so on for as long as this may be, far away from all that stands in another line"
    for text, needs in {
        f"Pay: $50,000 {far}": 0,
        f"{far}\nPay: $50,000 {far}\n{far}": 0,
        f"$50,000 {far}": BARE,
        f"US$ 50,000 {far}": BARE,
        f"{far} -\nPay: $50,000": WIDE,
        f"{far}\n* Max pay: $50,000": WIDE,
        f"{far}/7\nPay: $50,000": WIDE,
        f"{far} Pay: $50,000\n7": WIDE,
        f"{far}/7\n$50,000": WIDE | BARE,
    }.items():
        (seen,) = look(*as_strings([text]))
        assert seen
        assert seen.lines is not None
        assert list(seen.lines[3::TOLD]) == [needs], text


def test_no_part_of_an_amount_is_longer() -> None:
    assert max(len(word) for word in SIGN_WORDS) <= LONGEST
