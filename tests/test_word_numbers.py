"""Postings to numbered words: every text and copy as the reference cuts it."""

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.compiler import has_compiler
from classifier.features import NO_TITLE, read_document
from classifier.terms import tokenize
from classifier.vocabulary import load_vocabulary
from classifier.word_numbers import NO_WORD, START, Words, read_postings, skill_finder

VOCABULARY = load_vocabulary()
PIECES = st.sampled_from(
    [
        *("Research Engineer", "software engineers", "c++", "C#", "#", "++", "17", "_", " ", "-"),
        *("Python", "Go", ", ", "R", "İ", "Σ", "東京", "<li>", "</li>", "&amp;", "\n", "a b c d"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=40)
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5)


def words_of(words: Words, spelled: list[str]) -> list[list[str]]:
    bounds = zip(words.offsets[:-1], words.offsets[1:], strict=True)
    return [[spelled[code] for code in words.codes[low:high]] for low, high in bounds]


def skills_of(text: str) -> list[str]:
    return list(dict.fromkeys(match.skill for match in VOCABULARY.find_skills(text)))


@settings(max_examples=100, deadline=None)
@given(PAIRS)
@example([("", "c++Research Engineer+17, Go")])
@example([("Cook", "Cook soup. " * 200 + "Research Engineer")])
def test_every_copy_is_cut_as_the_reference_does(pairs: list[tuple[str, str]]) -> None:
    found = read_postings(pd.DataFrame(pairs, columns=["title", "description"]), VOCABULARY)
    documents = [read_document(*pair) for pair in pairs]
    works = [one.work for one in documents]
    starts = [read_document("", one.description[:START]).work for one in documents]
    assert found.works == works
    titles = [tokenize(one.title) or [NO_TITLE] for one in documents]
    assert words_of(found.titles, found.spelled) == titles
    masked = [VOCABULARY.mask_role_names(work) for work in works]
    for column, texts in ((found.full, works), (found.masked, masked), (found.start, starts)):
        assert words_of(column.words, found.spelled) == [tokenize(text) for text in texts]
        assert column.skills == [skills_of(text) for text in texts]


def test_parts_share_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("Cook", "Fry eggs."), ("", "Fry Soup"), ("Baker", "Bake bread, fry eggs")]
    frame = pd.DataFrame(rows * 3, columns=["title", "description"])
    one = read_postings(frame, VOCABULARY)
    monkeypatch.setattr("classifier.word_numbers.FEW", 4)
    two = read_postings(frame, VOCABULARY, n_jobs=2)
    assert two.spelled[NO_WORD] == one.spelled[NO_WORD] == NO_TITLE
    assert len(set(two.spelled)) == len(two.spelled)
    assert two.works == one.works
    for mine, other in ((one.titles, two.titles), (one.masked.words, two.masked.words)):
        assert words_of(mine, one.spelled) == words_of(other, two.spelled)


def test_missing_texts_are_empty() -> None:
    frame = pd.DataFrame({"title": [None, "Cook"], "description": ["Fry", None]})
    found = read_postings(frame, VOCABULARY)
    assert found.works == ["Fry", ""]
    assert words_of(found.titles, found.spelled) == [[NO_TITLE], ["cook"]]


@pytest.mark.skipif(not has_compiler(), reason="numba is not installed")
def test_skills_in_machine_code_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Python, R, or Go/Rust", "Go to R. Smith", "", "PyTorch and SQL; SQL", "C++ at night"]
    expected = [skills_of(text) for text in texts]
    assert skill_finder(VOCABULARY, few=True)(texts) == expected
    monkeypatch.setattr(type(VOCABULARY), "find_skills", None)  # the reference is not asked
    assert skill_finder(VOCABULARY)(texts) == expected
