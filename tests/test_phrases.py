"""Phrases in rows of words."""

from hypothesis import given
from hypothesis import strategies as st

from classifier.phrases import find_phrases, first_words, fold, split_names


def test_the_longest_phrase_that_fits_is_taken() -> None:
    table = {"new": 1, "new york": 2, "york city": 3}
    assert list(find_phrases(["new", "york", "city"], table)) == [(2, 0, 2)]
    assert list(find_phrases(["new", "york", "city"], table, lambda value, *_: value != 2)) == [
        (1, 0, 1),
        (3, 1, 3),
    ]


def test_names_are_divided_by_commas_and_lines() -> None:
    assert split_names("\nOslo, Bergen,\nNew York\n") == ["Oslo", "Bergen", "New York"]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


WORDS = st.sampled_from(["a", "b", "c", "a b", ""])


@given(st.lists(WORDS, max_size=5), st.sets(st.lists(WORDS, min_size=1, max_size=3).map(" ".join)))
def test_first_words_change_nothing(words: list[str], phrases: set[str]) -> None:
    found = list(find_phrases(words, dict.fromkeys(phrases, 1)))
    assert found == list(find_phrases(words, dict.fromkeys(phrases, 1), first=first_words(phrases)))
