"""The longest phrases of a table that stand in a row of words."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")
LONGEST = 7  # words that a phrase can have
# Letters that no decomposition takes to the plain ones.
_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae"}
)


def fold(text: str) -> str:
    """Text without accents, so that names are found however they are typed.

    >>> fold("Zürich, Łódź, São Paulo")
    'Zurich, Lodz, Sao Paulo'
    """
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


def find_phrases(
    words: Sequence[str],
    table: Mapping[str, T],
    fits: Callable[[T, int, int], bool] = lambda *_: True,
    first: Mapping[str, int] | None = None,
) -> Iterator[tuple[T, int, int]]:
    """Value, start and end of each phrase that fits, from left to right, without overlap.

    The keys of the table are words joined by a space. Of several phrases that start at a word
    the longest that fits is taken. `first`, if the caller has them, are the `first_words` of the
    table: they tell how many words there are to look up.

    >>> list(find_phrases(["head", "of", "data"], {"head": 1, "head of": 2}))
    [(2, 0, 2)]
    """
    start = 0
    while start < len(words):
        end = start + 1
        longest = LONGEST if first is None else first.get(words[start].partition(" ")[0], 0)
        for stop in range(min(start + longest, len(words)), start, -1):
            value = table.get(" ".join(words[start:stop]))
            if value is not None and fits(value, start, stop):
                yield value, start, stop
                end = stop
                break
        start = end


def first_words(table: Iterable[str]) -> dict[str, int]:
    """First words of the phrases of a table, each with the most words of a phrase that it begins.

    Words with none of them hold no phrase.

    >>> first_words(["head", "head of", "team lead"])
    {'head': 2, 'team': 2}
    """
    found: dict[str, int] = {}
    for phrase in table:
        first, *rest = phrase.split(" ")
        found[first] = max(found.get(first, 0), min(1 + len(rest), LONGEST))
    return found


def split_names(names: str) -> list[str]:
    r"""Names of a table: divided by commas and ends of lines.

    >>> split_names("NYC, Long Island,\nQueens")
    ['NYC', 'Long Island', 'Queens']
    """
    return [name.strip() for name in re.split(r"[,\n]", names) if name.strip()]
