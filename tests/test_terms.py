"""Tokens with their places, and n-grams."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.terms import find_tokens, ngrams, tokenize

CASES = [
    ("", []),
    (" \n\t ", []),
    ("!?-_.,;:()[]", []),
    ("Train MODELS", ["train", "models"]),
    ("C++/C#/F# and C", ["c++", "c#", "f#", "and", "c"]),
    ("c++17, C++/Rust", ["c++", "17", "c++", "rust"]),
    ("C#avec i#+d", ["c", "avec", "i", "d"]),  # glued to a word, it is no tail
    ("5+ years, 3+", ["5+", "years", "3+"]),
    ("a+b", ["a", "b"]),
    ("snake_case __init__", ["snake", "case", "init"]),
    ("state-of-the-art", ["state", "of", "the", "art"]),
    ("node.js, .NET", ["node", "js", "net"]),
    ("we're you’ll", ["we", "re", "you", "ll"]),
    ("Ingénieur·e à Zürich", ["ingénieur", "e", "à", "zürich"]),
    ("机器学习 工程师", ["机器学习", "工程师"]),
    ("Инженер ML", ["инженер", "ml"]),
    ("🎉 ship 🚀it", ["ship", "it"]),
    ("200k–250k", ["200k", "250k"]),
]


@pytest.mark.parametrize(("text", "tokens"), CASES, ids=[repr(text) for text, _ in CASES])
def test_tokenize(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == tokens


@given(st.text(alphabet=st.sampled_from("aB9é_+# .-İß机\n\ud83d") | st.characters()))
@settings(deadline=None)
def test_tokens_stand_where_they_say(text: str) -> None:
    tokens = find_tokens(text)
    assert [token.text for token in tokens] == tokenize(text)
    assert [text[token.start : token.end].lower() for token in tokens] == tokenize(text)
    ends = [0, *(token.end for token in tokens)]
    assert all(end <= token.start < token.end for end, token in zip(ends, tokens, strict=False))


@given(st.text())
@settings(deadline=None)
def test_nothing_but_letters_and_digits_is_lost(text: str) -> None:
    left = list(text)
    for token in find_tokens(text):
        left[token.start : token.end] = [" "] * (token.end - token.start)
    assert not any(character.isalnum() for character in left)


@given(st.lists(st.sampled_from(["a", "b", "c++"]), max_size=8), st.integers(1, 4))
@settings(deadline=None)
def test_ngrams_are_all_runs_of_tokens(tokens: list[str], longest: int) -> None:
    runs = [
        " ".join(tokens[i : i + size])
        for size in range(1, longest + 1)
        for i in range(len(tokens) - size + 1)
    ]
    assert list(ngrams(tokens, longest)) == runs
