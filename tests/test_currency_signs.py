"""Signs of currencies and multipliers beside a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import currency_signs as module
from classifier.currency_signs import SHARED, SIGNS, one_sign, read_after, read_before


def test_a_code_tells_more_than_a_shared_sign() -> None:
    assert one_sign("$", None, "CAD") == "CAD"
    assert one_sign("KR", "$") == "KR"
    assert one_sign(None) is None


def test_signs_are_codes_or_shared() -> None:
    assert all(sign in SHARED or len(sign) == 3 for sign in SIGNS.values())
    assert all(SIGNS[sign] == sign for sign in SHARED - {"万", "R"})


@given(st.text(), st.text("aZ09 $€é\n-.", max_size=3))
def test_behind_a_number_nothing_is_missed(mark: str, text: str) -> None:
    for gap in ("", " "):
        behind = f"{gap}{mark[:1]}{text}"
        found = read_after("9" + behind, 1)
        after = module._AFTER.match(behind)
        assert after
        assert found[3] == 1 + after.end()


@pytest.mark.parametrize("gap", ["", " "])
def test_no_sign_begins_with_what_is_passed_over(gap: str) -> None:
    for one in module._NO_SIGN:
        after = module._AFTER.match(gap + one)
        assert after
        assert not after[0]


BEFORE = st.sampled_from([*SIGNS, "TEUR ", "T€", "R ", "usd $", "EUR €", "lEİ", "\N{KELVIN SIGN}r"])


@given(st.text(max_size=8), BEFORE, st.sampled_from(["", " ", "  "]), st.booleans())
def test_before_a_number_no_sign_is_missed(text: str, sign: str, gap: str, large: bool) -> None:
    for before in (text, (text + sign + gap)[-8:], (text + sign.lower() + gap)[-8:]):
        assert read_before(before, large) == module._sign_before(before, large)


WRITTEN = st.lists(
    st.sampled_from([
        *("k", "K", "T", "tsd.", "lakh", "LPA", "cr", "m", "mio", "million", "bn", "EUR", "eur"),
        *("€", "$", "US$", "kr", "Kr.", "zł", "R", "R$", "rs", "万", "円", "ſ", "č", "("),
        *("USD", "_", "-", "/"),
        *(" ", "  ", "\n", "to", "an hour", "5", "40", "1 234", "65,000", "2%", "people", "x" * 50),
    ]),
    max_size=12,
).map("".join)  # fmt: skip


@given(WRITTEN, st.integers(0, 20))
def test_what_follows_a_number_is_that_of_the_expression(text: str, end: int) -> None:
    if end < len(text) and read_after(text, end) == (1, None, False, end):
        found = module._AFTER.match(text, end)
        assert not found or not found[0]
