"""Postings and their copies to numbered words, each text read once: what `count_matrix` counts."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from joblib import Parallel, delayed, effective_n_jobs

from classifier.counting import Counter, has_compiler
from classifier.features import BLOCKS, NO_TITLE, read_document
from classifier.metrics import Ints
from classifier.table import Block, Table
from classifier.terms import TOKEN, cut_tokens
from classifier.vocabulary import Vocabulary

START = 1000  # characters of the clean description in the third copy
FEW = 1000  # postings: to start a process takes as long as to read them

NO_WORD = 0  # number of `NO_TITLE`


class Words(NamedTuple):
    """Texts as numbers of words, one behind the other: ``codes[offsets[i]:offsets[i + 1]]``."""

    codes: Ints
    offsets: Ints


class Texts(NamedTuple):
    """A column of texts: the words and the skills of each, each skill once."""

    words: Words
    skills: list[list[str]]


class Reading(NamedTuple):
    """Postings as they are learnt from.

    Attributes
    ----------
    spelled : list of str
        Word of each number.
    works : list of str
        Descriptions without boilerplate.
    titles : Words
        Of the titles.
    full, masked, start : Texts
        Of `works`; without the names of the roles; of the descriptions' first `START` characters.
    """

    spelled: list[str]
    works: list[str]
    titles: Words
    full: Texts
    masked: Texts
    start: Texts


class _Numbers(dict[str, int]):
    """Number of each token as it is written; those that differ in case alone share one."""

    def __init__(self) -> None:
        super().__init__()
        self.lower = {NO_TITLE: NO_WORD}

    def __missing__(self, token: str) -> int:
        number = self[token] = self.lower.setdefault(token.lower(), len(self.lower))
        return number

    def read(self, text: str) -> list[int]:
        """Numbers of the words of a text, as `terms.tokenize` gives them."""
        return [self[token] for token in TOKEN.findall(text)]


class _Part(NamedTuple):
    """Some postings, with word numbers of their own: the texts, and the words of each."""

    spelled: list[str]
    texts: tuple[list[str], list[str], list[str]]  # full, masked, start
    words: tuple[Words, Words, Words, Words]  # of the titles, then of these


def read_postings(frame: pd.DataFrame, vocabulary: Vocabulary, n_jobs: int = 1) -> Reading:
    """Reading of a frame with `title` and `description` as found, in `n_jobs` processes."""
    titles, texts = (frame[name].fillna("").astype(str) for name in ("title", "description"))
    pairs = list(zip(titles, texts, strict=True))
    n_parts = effective_n_jobs(n_jobs) if len(pairs) > FEW else 1
    bounds = np.linspace(0, len(pairs), n_parts + 1).astype(int).tolist()
    parts = Parallel(n_parts)(
        delayed(_read_part)(pairs[low:high], vocabulary) for low, high in pairwise(bounds)
    )
    numbers: dict[str, int] = {}
    columns = zip(*(_renumber(part, numbers) for part in parts), strict=True)
    words = [_join(list(column)) for column in columns]
    works, masked, starts = (
        list(chain(*column)) for column in zip(*(part.texts for part in parts), strict=True)
    )
    skills = find_skills(works, vocabulary)
    changed = [i for i, text in enumerate(masked) if text != works[i]]
    others = skills.copy()
    found = find_skills([masked[i] for i in changed], vocabulary)
    for i, names in zip(changed, found, strict=True):
        others[i] = names
    return Reading(
        spelled=list(numbers),
        works=works,
        titles=words[0],
        full=Texts(words[1], skills),
        masked=Texts(words[2], others),
        start=Texts(words[3], find_skills(starts, vocabulary)),
    )


def _read_part(pairs: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> _Part:
    numbers = _Numbers()
    documents = [read_document(*pair) for pair in pairs]
    works = [document.work for document in documents]
    starts = [read_document("", document.description[:START]).work for document in documents]
    titles = [numbers.read(document.title) or [NO_WORD] for document in documents]
    full = [numbers.read(text) for text in works]
    masked, left = works.copy(), full.copy()
    spelled = list(numbers.lower)
    for i, codes in enumerate(full):
        if names := vocabulary.find_role_names([spelled[code] for code in codes]):
            masked[i] = cut_tokens(works[i], names)
            left[i] = numbers.read(masked[i])
    start = [numbers.read(text) for text in starts]
    words = (pack(titles), pack(full), pack(left), pack(start))
    return _Part(list(numbers.lower), (works, masked, starts), words)


def pack(texts: Sequence[Sequence[int]]) -> Words:
    """Words of texts, each given by the numbers of its words.

    >>> pack([[3, 1], [], [2]])
    Words(codes=array([3, 1, 2], dtype=int32), offsets=array([0, 2, 2, 3]))
    """
    offsets = np.fromiter(accumulate(map(len, texts), initial=0), np.int64, len(texts) + 1)
    return Words(np.fromiter(chain(*texts), np.int32, offsets[-1]), offsets)


def _renumber(part: _Part, numbers: dict[str, int]) -> list[Words]:
    """Words of a part by common numbers, to which new words are added."""
    common = [numbers.setdefault(word, len(numbers)) for word in part.spelled]
    codes = np.array(common, np.int32)
    return [words._replace(codes=codes[words.codes]) for words in part.words]


def _join(parts: Sequence[Words]) -> Words:
    lengths = np.concatenate([np.diff(words.offsets) for words in parts])
    codes = np.concatenate([words.codes for words in parts])
    return Words(codes, np.concatenate([[0], np.cumsum(lengths)]))


def find_skills(texts: Iterable[str], vocabulary: Vocabulary) -> list[list[str]]:
    """Skills that each text names, each once; in machine code where numba is installed."""
    texts = list(texts)
    if len(texts) <= FEW or not has_compiler():
        matches = map(vocabulary.find_skills, texts)
        return [list(dict.fromkeys(match.skill for match in found)) for found in matches]
    none = Block({}, np.zeros(0), np.zeros((0, 2)))
    table = Table(
        ("", " "), dict.fromkeys(BLOCKS, none), np.zeros(2), vocabulary, 0.0, 0, np.zeros(0, "u8")
    )
    found: list[list[str]] = Counter(table).count(texts, [""] * len(texts)).skills.to_pylist()
    return found
