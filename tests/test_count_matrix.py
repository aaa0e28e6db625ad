"""Counts by sorting numbers against the terms of `features` and the pipeline's own counter."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from classifier.count_matrix import choose_columns, choose_ngrams, count_copies, count_ngrams
from classifier.errors import InputError
from classifier.features import BLOCKS, NO_TITLE, read_document
from classifier.pipeline import SOURCES, analyzers, counter, mask, prepare
from classifier.vocabulary import load_vocabulary
from classifier.word_numbers import START, Words, pack, read_postings

VOCABULARY = load_vocabulary()
WORDS = st.sampled_from(
    [
        *("train", "Models", "SQL", "C++", "Rust", "c++17", "Research Engineer", "5+", "İ", "é"),
        *("Software Engineers", "PyTorch", "<b>", "&amp;", "-", "\n\n", "GO,", "R,", "東京", "_"),
    ]
)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=40)
ROWS = st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 4)), min_size=1, max_size=8)


def chosen_terms(documents: pd.DataFrame, groups: list[int], least: int) -> dict[str, list[str]]:
    """Terms of each block in `least` groups, counted one by one."""
    chosen = {}
    for block, analyze in analyzers(VOCABULARY).items():
        seen: dict[str, set[int]] = {}
        for text, group in zip(documents[SOURCES[block]], groups, strict=True):
            for term in analyze(text):
                seen.setdefault(term, set()).add(group)
        chosen[block] = sorted(term for term, found in seen.items() if len(found) >= least)
    chosen["title"] = sorted({NO_TITLE, *chosen["title"]})
    return chosen


def starts_of(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [read_document("", text).description[:START] for text in frame["description"]]
    return prepare(frame.assign(description=texts))


@settings(max_examples=150, deadline=None)
@given(ROWS, st.integers(1, 3))
@example([("", "train train c++", 0), ("", "train c++", 1), ("Rust", "rust train", 1)], 2)
def test_terms_and_counts_are_those_of_the_reference(
    rows: list[tuple[str, str, int]], least: int
) -> None:
    frame = pd.DataFrame(rows, columns=["title", "description", "group"])
    groups = frame.pop("group").to_numpy()
    documents = prepare(frame)
    reading = read_postings(frame, VOCABULARY)
    columns = choose_columns(reading, groups, VOCABULARY, least)
    terms = chosen_terms(documents, groups.tolist(), least)
    assert columns.names == terms
    count = counter(terms, VOCABULARY).fit(documents)
    copies = documents, mask(documents, VOCABULARY), starts_of(frame)
    found = count_copies(reading, columns, VOCABULARY)
    for counts, expected in zip(found, map(count.transform, copies), strict=True):
        assert_same(counts, csr_matrix(expected))


def assert_same(found: csr_matrix, expected: csr_matrix) -> None:
    """Equal in every place: sums over the rows are then the same to the last digit."""
    assert found.shape == expected.shape
    for name in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(found, name), getattr(expected, name)), name


def test_a_term_needs_enough_employers() -> None:
    frame = pd.DataFrame(
        {"title": ["", "", "Cook"], "description": ["rare rare twice", "rare", "twice in SQL"]}
    )
    reading, groups = read_postings(frame, VOCABULARY), np.array([5, 5, 8])
    # "rare" is in two postings of one employer, "twice" in postings of two.
    assert choose_columns(reading, groups, VOCABULARY, least=2).names == {
        "description": ["twice"],
        "title": [NO_TITLE],  # always: the masked copies have it
        "skills": [],
    }
    every = choose_columns(reading, groups, VOCABULARY, least=1).names
    assert list(every) == list(BLOCKS)
    assert every["title"] == sorted([NO_TITLE, "cook"])
    assert "SQL" in every["skills"]
    assert every["description"] == sorted(every["description"])


def test_terms_are_chosen_from_the_first_postings_alone() -> None:
    frame = pd.DataFrame({"title": "", "description": ["soup", "soup", "bread", "bread soup"]})
    reading = read_postings(frame, VOCABULARY)
    columns = choose_columns(reading, np.array([0, 1]), VOCABULARY, least=2)
    assert columns.names["description"] == ["soup"]
    full, _, _ = count_copies(reading, columns, VOCABULARY)
    assert full[:, 0].toarray().ravel().tolist() == [1, 1, 0, 1]


def test_pairs_do_not_reach_into_the_next_text() -> None:
    words = pack([[0, 1], [], [0, 0, 1], [1]])
    terms = choose_ngrams(words, ["a", "b"], np.arange(4), 1)
    assert terms.names == ["a", "a a", "a b", "b"]
    expected = [[1, 0, 1, 1], [0, 0, 0, 0], [2, 1, 1, 1], [0, 0, 0, 1]]
    assert count_ngrams(words, terms).toarray().tolist() == expected


def test_numbers_that_no_machine_word_holds() -> None:
    n = 2**22
    words = Words(np.arange(n, dtype=np.int32), np.array([0, *[n] * n]))
    with pytest.raises(InputError, match=r"postings with 4194305 words are too many"):
        choose_ngrams(words, range(n), np.zeros(n, np.int64), 1)  # type: ignore[arg-type]  # a range: no list of so many is made
