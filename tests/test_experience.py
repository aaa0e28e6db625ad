"""Years of experience that texts ask for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import experience as module
from classifier.experience import Experience, find_experience


@pytest.mark.parametrize(
    ("text", "years", "words"),
    [
        ("0-2 years of experience", 0, "0-2 years"),
        ("three (3) to five years' experience", 3, "three (3) to five years"),
        ("5+ years of experience, then 2 years of experience", 5, "5+ years"),
        ("Experience: 10+ years", 10, "10+ years"),
        ("al menos 5 años de experiencia", 5, "5 años"),
        ("5 years experience preferred.\n3 years experience", 3, "3 years"),
        ("\u017feven years of experience", 7, "\u017feven years"),
    ],
)
def test_years(text: str, years: int, words: str) -> None:
    assert find_experience(text) == Experience(years, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We have 12 years of experience.",
        "You are 18 years of age.",
        "Over the last 3 years experience mattered.",
        "A 4 year degree and some experience",
        "A degree or 5 years of experience",
        "40 years of experience",
    ],
)
def test_years_that_are_not_asked_for(text: str) -> None:
    assert find_experience(text) is None


PIECES = st.one_of(
    st.from_regex(module._REQUIRED),
    st.sampled_from(("five", "10", "5+", "(3+)", "or more", "bis", "yearſ", "année", "a\u00f1os")),
    st.sampled_from((*"ſıİé–-+ \n", "\u00a0", "\u0663", "to", " - ", "I")),
)


@given(st.lists(PIECES, max_size=6), st.sampled_from(["", " "]))
@settings(deadline=None)
def test_tried_at_few_places_the_expression_finds_what_it_finds_anywhere(
    pieces: list[str], gap: str
) -> None:
    text = gap.join(pieces)
    expected = [match.span() for match in module._REQUIRED.finditer(text)]
    assert [match.span() for match in module._required(text)] == expected


@pytest.mark.parametrize(
    "text", ["three  (10+) or more  bis  12345 +  années", "seven (7) plus to 8 jaar"]
)
def test_the_longest_match_is_reached(text: str) -> None:
    assert [match.start() for match in module._required(text)] == [0]


@given(st.lists(st.from_regex(module._NOT_ASKED) | st.text(max_size=3), max_size=3).map("".join))
@settings(deadline=None)
def test_what_is_not_asked_for_is_so_in_small_letters(text: str) -> None:
    for around in (text, text.encode("ascii", "ignore").decode("ascii")):
        assert module._is_not_asked(around) is bool(module._NOT_ASKED.search(around))


WORDS_AROUND = """
we our company founded combined collective history leader in team of preferred nice-to-have nice
bonus ideally desired is a plus von vorteil un plus deseable last past previous degree diploma or
Laſt İs WE Previous WÜNSCHENSWERT desejÁvel preferK ’ , . - é
"""
AROUND = st.lists(st.sampled_from(WORDS_AROUND.split()), max_size=6).map(" ".join)


@given(AROUND)
def test_quick_looks_change_nothing(text: str) -> None:
    assert module._is_last(text) == bool(module._LAST.search(text))
    assert module._is_not_asked(text) == bool(module._NOT_ASKED.search(text))
