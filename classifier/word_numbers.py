"""Postings and their copies to numbered words, each text read once: what `count_matrix` counts."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from joblib import Parallel, delayed, effective_n_jobs

from classifier.compiler import has_compiler
from classifier.counting import Counter
from classifier.features import BLOCKS, NO_TITLE, read_document
from classifier.metrics import Ints
from classifier.table import Block, Table
from classifier.terms import TOKEN, cut_tokens
from classifier.vocabulary import Vocabulary

START = 1000  # characters of the clean description in the third copy
FEW = 1000  # postings that a process reads at once; for no more than these none is started

NO_WORD = 0  # number of `NO_TITLE`
Named = list[list[str]]  # skills of each text
FindSkills = Callable[[Sequence[str]], Named]


class Words(NamedTuple):
    """Texts as numbers of words, one behind the other: ``codes[offsets[i]:offsets[i + 1]]``."""

    codes: Ints
    offsets: Ints


class Texts(NamedTuple):
    """A column of texts: the words and the skills of each, each skill once."""

    words: Words
    skills: Named


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
    # Small parts, as what comes back from a process is in memory twice for a moment.
    starts = range(0, max(len(pairs), 1), FEW)
    n_jobs = min(effective_n_jobs(n_jobs), len(starts))
    parts = Parallel(n_jobs, return_as="generator")(
        delayed(_read_part)(pairs[low : low + FEW], vocabulary) for low in starts
    )
    return _gather(parts, skill_finder(vocabulary, few=len(starts) == 1))


def _gather(parts: Iterable[_Part], find_skills: FindSkills) -> Reading:
    numbers: dict[str, int] = {}
    works, words, skills = list[str](), list[list[Words]](), list[tuple[Named, Named, Named]]()
    for part in parts:
        words.append(_renumber(part, numbers))
        works += part.texts[0]
        skills.append(_skills_of(*part.texts, find_skills))
    titles, *copies = map(_join, zip(*words, strict=True))
    named = (list(chain(*column)) for column in zip(*skills, strict=True))
    return Reading(list(numbers), works, titles, *map(Texts, copies, named))


def _skills_of(
    works: list[str], masked: list[str], starts: list[str], find_skills: FindSkills
) -> tuple[Named, Named, Named]:
    """Skills of the texts of a part; masked copies that are as the whole are not read again."""
    changed = [i for i, text in enumerate(masked) if text != works[i]]
    full = find_skills(works)
    others = full.copy()
    for i, names in zip(changed, find_skills([masked[i] for i in changed]), strict=True):
        others[i] = names
    return full, others, find_skills(starts)


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


def skill_finder(vocabulary: Vocabulary, few: bool = False) -> FindSkills:
    """Function that gives the skills of texts, each skill once.

    It is machine code where numba is installed, unless the texts are `few`: to load takes time.
    """
    if few or not has_compiler():
        return partial(_find_one_by_one, vocabulary=vocabulary)
    none = Block({}, np.zeros(0), np.zeros((0, 2)))
    table = Table(
        ("", " "), dict.fromkeys(BLOCKS, none), np.zeros(2), vocabulary, 0.0, 0, np.zeros(0, "u8")
    )
    return partial(_find_at_once, counter=Counter(table))


def _find_one_by_one(texts: Sequence[str], vocabulary: Vocabulary) -> Named:
    matches = map(vocabulary.find_skills, texts)
    return [list(dict.fromkeys(match.skill for match in found)) for found in matches]


def _find_at_once(texts: Sequence[str], counter: Counter) -> Named:
    found: Named = counter.count(texts, [""] * len(texts)).skills.to_pylist()
    return found
