"""Copies of a posting: exact, near, of copies; what must stay apart; locations of a group."""

import random
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.clean import strip_boilerplate
from classifier.duplicates import _jaccard, find_duplicate_groups, merge_locations
from classifier.errors import InputError
from classifier.terms import tokenize

WELDER = (
    "You weld hulls in our yard by the river and test each of them twice before it swims. You "
    "teach two apprentices how to read a drawing, how to choose a rod and when to stop. You write "
    "down what leaked and why, and you argue about it with the people who drew the boat. Once a "
    "year you sail one of your own hulls to the island and back, with the people who bought it."
)
COOK = (
    "You cook lunch for forty people who have been on their feet since six. You buy from the "
    "farms around, plan the week so that nothing is thrown away, and keep the kitchen ready for "
    "an inspection at any hour. In summer you also bake for the Saturday market, where the yard "
    "meets its neighbours, and you choose who helps you there."
)


def groups(*texts: str, threshold: float = 0.8) -> list[int]:
    return [int(group) for group in find_duplicate_groups(texts, threshold=threshold)]


def similarity(one: str, other: str) -> float:
    """Jaccard similarity of the sets of 5-word sequences, the plain way."""
    sets = []
    for words in (tokenize(one), tokenize(other)):
        size = min(5, len(words))
        sets.append({tuple(words[i : i + size]) for i in range(len(words) - size + 1)})
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([WELDER], [0], id="one"),
        pytest.param([WELDER, COOK], [0, 1], id="two jobs"),
        pytest.param([COOK, WELDER, COOK, WELDER], [0, 1, 0, 1], id="the same twice"),
        pytest.param(["Weld hulls!", "weld\nHULLS", "Weld hull"], [0, 0, 2], id="upper case"),
        pytest.param(["C++", "C", "C#"], [0, 1, 2], id="C++ is not C"),
        pytest.param(["", " ", "...", ""], [0, 1, 2, 3], id="no words"),
        pytest.param([WELDER, WELDER + " Place: Riga."], [0, 0], id="a city added"),
        pytest.param([WELDER.replace("river", "lake"), WELDER], [0, 0], id="a word changed"),
        pytest.param([WELDER, WELDER[:170]], [0, 1], id="half of it"),
        pytest.param([WELDER, " ".join(reversed(WELDER.split()))], [0, 1], id="the same words"),
        pytest.param(["a b c d", "a b c e"], [0, 1], id="under five words"),
    ],
)  # fmt: skip
def test_groups(texts: list[str], expected: list[int]) -> None:
    assert groups(*texts) == expected


def test_result_is_an_array_of_integers() -> None:
    found = find_duplicate_groups([WELDER, COOK])
    assert found.dtype == np.int64
    assert found.shape == (2,)
    assert find_duplicate_groups([]).dtype == np.int64


def test_copies_of_copies() -> None:
    """The ends are less alike than the threshold; the text between them links them."""
    words = [f"w{i}" for i in range(140)]
    near, middle, far = (" ".join(words[i : i + 120]) for i in (0, 10, 20))
    assert similarity(near, far) < 0.8 <= similarity(near, middle)
    assert groups(far, near) == [0, 1]
    assert groups(far, near, middle) == [0, 0, 0]


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.85, 0.95])
@pytest.mark.parametrize("is_over", [True, False], ids=["over", "under"])
def test_threshold(threshold: float, is_over: bool) -> None:
    """40 pairs a little over, or a little under, the threshold."""
    share = threshold + (0.03 if is_over else -0.03)
    n_common = round(2 * 396 * share / (1 + share))  # of the 396 sequences of 400 words
    texts: list[str] = []
    for pair in range(40):
        words = [f"p{pair}w{i}" for i in range(400)]
        others = words[: n_common + 4] + [f"p{pair}x{i}" for i in range(396 - n_common)]
        texts += [" ".join(words), " ".join(others)]
    assert (similarity(*texts[:2]) >= threshold) == is_over
    expected = [i - i % 2 if is_over else i for i in range(80)]
    assert groups(*texts, threshold=threshold) == expected


def test_only_the_same_sequences_are_copies_at_threshold_1() -> None:
    again = f"{WELDER} {WELDER}"
    assert groups(WELDER, again, f"{again} {WELDER}", WELDER + " Riga", threshold=1) == [0, 1, 1, 3]


@pytest.mark.parametrize("threshold", [0, -1, 1.01, float("nan")])
def test_wrong_threshold(threshold: float) -> None:
    with pytest.raises(InputError, match=f"threshold must be above 0 and up to 1, not {threshold}"):
        find_duplicate_groups([WELDER], threshold=threshold)


def test_openings_with_the_same_boilerplate_stay_apart() -> None:
    """As the docstring says: give the text without boilerplate."""
    employer = "\n\nAbout Acme\n\n" + " ".join(
        f"Boat {i} was sold to a friend." for i in range(150)
    )
    openings = [
        f"{WELDER}{employer}",
        f"{COOK}{employer}",
        f"{WELDER}{employer}\n\nBenefits\n\nLunch in Riga.",
    ]
    assert groups(*openings) == [0, 0, 0]  # most of each text is the employer's
    assert groups(*map(strip_boilerplate, openings)) == [0, 1, 0]


TEXTS = st.lists(
    st.builds(
        lambda start, end, extra: " ".join([*WELDER.split()[start : start + end], *extra]),
        st.integers(0, 12),
        st.integers(0, 60),
        st.lists(st.sampled_from(["Riga", "Oslo", "ß", "\ud800", "..."]), max_size=3),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.sampled_from([0.2, 0.5, 0.8, 1.0]))
def test_groups_are_linked_by_similar_pairs(texts: list[str], threshold: float) -> None:
    found = groups(*texts, threshold=threshold)
    for group in set(found):
        members = [i for i in range(len(texts)) if found[i] == group]
        assert members[0] == group  # the smallest index
        reached = {group}
        for _ in members:
            reached |= {
                j
                for i in reached
                for j in members
                if tokenize(texts[i]) and similarity(texts[i], texts[j]) >= threshold
            }
        assert reached == set(members)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_same_words_are_one_group_and_no_words_none(texts: list[str]) -> None:
    found = groups(*texts)
    words = [tokenize(text) for text in texts]
    for i, j in combinations(range(len(texts)), 2):
        if words[i] == words[j]:
            assert (found[i] == found[j]) == bool(words[i])


def test_no_copy_is_missed_among_many() -> None:
    generator = random.Random(2)  # noqa: S311 - no secret
    words = [f"w{i}" for i in range(3000)]
    originals = [generator.choices(words, k=300) for _ in range(300)]
    copies = []
    for original in originals:
        copy = list(original)
        for place in generator.sample(range(300), 4):
            copy[place] = "changed"
        copies.append(copy)
    found = groups(*(" ".join(text) for text in originals + copies))
    assert found == [*range(300), *range(300)]
    assert find_duplicate_groups([" ".join(x) for x in originals + copies]).tolist() == found


@pytest.mark.parametrize("n_own", [20, 60], ids=["nearly copies", "half alike"])
def test_comparisons_grow_with_the_number_of_texts(
    n_own: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Openings of one employer, which share 120 words: not each is compared with each."""
    n_calls = 0

    def counted(*pair: Any) -> float:  # noqa: ANN401 - as its original
        nonlocal n_calls
        n_calls += 1
        return _jaccard(*pair)

    monkeypatch.setattr("classifier.duplicates._jaccard", counted)
    shared = " ".join(f"w{i}" for i in range(120))
    calls = []
    for n_texts in (300, 900):
        n_calls = 0
        own = [" ".join(f"own{i}x{text}" for i in range(n_own)) for text in range(n_texts)]
        assert groups(*(f"{shared} {words}" for words in own)) == list(range(n_texts))
        calls.append(n_calls)
    assert calls[1] < 4 * calls[0]  # each with each, it would be 9 times


def test_locations_of_a_group() -> None:
    places = [("Riga",), ("Oslo", "Riga"), ("Bergen",), (), ("Riga",)]
    assert merge_locations(places, np.array([0, 0, 2, 0, 4])) == {
        0: ("Riga", "Oslo"),
        2: ("Bergen",),
        4: ("Riga",),
    }
    assert merge_locations([], []) == {}


def test_each_posting_needs_a_group() -> None:
    with pytest.raises(ValueError, match="shorter"):
        merge_locations([("Riga",), ("Oslo",)], [0])
