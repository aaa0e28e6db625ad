"""Salary bands: medians and quartiles by label and currency, with a floor for the quartiles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.bands import FEWEST_EMPLOYERS, Band, Pay, salary_bands


def pays(*amounts: float, employers: str = "", label: str = "cook") -> list[Pay]:
    """One posting an amount; `employers` has a letter for each, or is empty."""
    names = employers or " " * len(amounts)
    pairs = zip(amounts, names, strict=True)
    return [Pay(label, "EUR", amount, name.strip()) for amount, name in pairs]


def test_no_pay_is_no_band() -> None:
    assert salary_bands([]) == []


def test_quartiles_are_linear_between_ranks() -> None:
    found = salary_bands(pays(10, 20, 30, 40, 60, employers="abcde"))
    assert found == [Band("cook", "EUR", 5, 5, 20.0, 30.0, 40.0)]
    assert salary_bands(pays(1, 2, 3, 4, 5, 6, employers="abcdef"))[0][4:] == (2.25, 3.5, 4.75)


@pytest.mark.parametrize(
    ("employers", "n_employers", "has_quartiles"),
    [
        ("abcd", 4, False),
        ("abcde", 5, True),
        ("aaaaaaaa", 1, False),
        ("aabbccdde", 5, True),
        ("    ", None, False),
        ("     ", None, True),
        ("    ab", 2, False),  # six postings, but who the other employers are is not known
        ("   abcde", 5, True),
    ],
    ids=repr,
)
def test_quartiles_need_five_employers(
    employers: str, n_employers: int | None, has_quartiles: bool
) -> None:
    assert FEWEST_EMPLOYERS == 5
    band = salary_bands(pays(*range(1, len(employers) + 1), employers=employers))[0]
    assert (band.n_postings, band.n_employers) == (len(employers), n_employers)
    assert (band.percentile25 is not None) is has_quartiles
    assert (band.percentile75 is not None) is has_quartiles
    assert band.median == (1 + len(employers)) / 2


def test_bands_are_in_order_of_label_then_size_then_currency() -> None:
    cells = [("b", "USD"), ("a", "GBP"), ("a", "EUR"), ("a", "USD"), ("a", "USD")]
    found = salary_bands([Pay(label, currency, 1.0, "") for label, currency in cells])
    assert [(band.label, band.currency, band.n_postings) for band in found] == [
        ("a", "USD", 2),
        ("a", "EUR", 1),
        ("a", "GBP", 1),
        ("b", "USD", 1),
    ]


PAYS = st.builds(
    Pay,
    st.sampled_from(["a", "b"]),
    st.sampled_from(["EUR", "USD"]),
    st.floats(1, 1e7),
    st.sampled_from([*"", "", "x", "y", "z", "v", "w"]),
)


@given(st.lists(PAYS, max_size=40))
@settings(deadline=None)
def test_every_posting_is_in_one_band(given_pays: list[Pay]) -> None:
    found = salary_bands(iter(given_pays))
    assert sum(band.n_postings for band in found) == len(given_pays)
    for band in found:
        cell = [p.yearly for p in given_pays if (p.label, p.currency) == band[:2]]
        assert band.n_postings == len(cell)
        assert min(cell) <= band.median <= max(cell)
        if band.percentile25 is not None and band.percentile75 is not None:
            assert band.percentile25 <= band.median <= band.percentile75


@given(st.lists(PAYS, max_size=20))
@settings(deadline=None)
def test_the_order_of_postings_does_not_matter(given_pays: list[Pay]) -> None:
    assert salary_bands(sorted(given_pays)) == salary_bands(given_pays)
