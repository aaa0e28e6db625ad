"""Text to terms: the reference tokenizer and n-grams, in plain Python."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

TOKEN = re.compile(
    r"""
    [^\W_]+                      # a run of letters and digits, in any script
    (?: [+#]++ (?!\w) | \+\+ )? # the tail of c++, c#, 5+, c++17
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """One token with its place in the text: ``text[start:end]``."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> list[str]:
    """Lower-case tokens of a text, in order.

    >>> tokenize("C++, C# & node.js; 5+ years, state-of-the-art")
    ['c++', 'c#', 'node', 'js', '5+', 'years', 'state', 'of', 'the', 'art']
    >>> tokenize("")
    []
    """
    if text.isascii():  # its letters are one to one: all at once is a third faster
        return TOKEN.findall(text.lower())
    return [token.lower() for token in TOKEN.findall(text)]


def find_tokens(text: str) -> list[Token]:
    """Tokens as `tokenize` gives them, each with its span in the text.

    >>> find_tokens("In C++")
    [Token(text='in', start=0, end=2), Token(text='c++', start=3, end=6)]
    """
    return [Token(m.group().lower(), m.start(), m.end()) for m in TOKEN.finditer(text)]


def cut_tokens(text: str, bounds: Iterable[tuple[int, int]]) -> str:
    """Text without some of its tokens, and what stands between them: from one, up to another.

    >>> cut_tokens("Our C++ engineers, write code.", [(1, 3), (4, 5)])
    'Our , write .'
    """
    spans = [found.span() for found in TOKEN.finditer(text)]
    kept, last = [], 0
    for start, stop in bounds:
        kept.append(text[last : spans[start][0]])
        last = spans[stop - 1][1]
    return "".join([*kept, text[last:]])


def ngrams(tokens: Sequence[str], longest: int) -> Iterable[str]:
    """All 1- to `longest`-grams of the tokens, joined by a space.

    >>> list(ngrams(["deep", "learning", "models"], 2))
    ['deep', 'learning', 'models', 'deep learning', 'learning models']
    """
    yield from tokens
    for size in range(2, longest + 1):
        for parts in zip(*(tokens[i:] for i in range(size)), strict=False):
            yield " ".join(parts)
