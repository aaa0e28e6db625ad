"""Numbered words to matrices of counts: what `pipeline.counter` gives, for many texts at once.

A word or a pair of words is one number, so that choosing the terms and counting them is sorting.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from classifier.errors import InputError
from classifier.features import BLOCKS
from classifier.metrics import Ints
from classifier.vocabulary import Vocabulary
from classifier.word_numbers import NO_WORD, Reading, Words, pack

Longs = NDArray[np.int64]
SMALL = np.int32  # of the counts: they are kept, and sent to the processes, for three copies


class Terms(NamedTuple):
    """Words and pairs of words that are counted.

    Attributes
    ----------
    names : list of str
        Sorted, in the order of the columns.
    ranks : ndarray
        Of each word number: 1 and more, 0 for words of no term.
    keys : ndarray
        Of the terms, sorted: ``left * base + right`` of the ranks of a pair, left is 0 for a word.
    columns : ndarray
        Column of each key.
    """

    names: list[str]
    ranks: Longs
    keys: Longs
    columns: Longs


class Counted(NamedTuple):
    """How often a key stands in a text; sorted by key, then by text."""

    keys: Longs
    texts: Longs
    counts: Longs


def choose_ngrams(
    words: Words, spelled: Sequence[str], groups: Ints, least: int, always: Sequence[int] = ()
) -> Terms:
    """Words and pairs of words that stand in texts of `least` groups or more, sorted.

    No label is looked at: the choice does not leak from one fold into another.

    Parameters
    ----------
    spelled : sequence of str
        Word of each number.
    always : sequence of int
        Numbers of words that are terms, wherever they stand.
    """
    common = np.bincount(words.codes, minlength=len(spelled)) >= least
    common[list(always)] = True
    ranks = np.where(common, np.cumsum(common), 0)
    # Texts of a group have neighbouring numbers, so that groups need no sorting of their own.
    order = np.argsort(groups, kind="stable")
    counted = _count_keys(words, ranks, np.argsort(order))
    keys = _in_groups(counted.keys, groups[order][counted.texts], least)
    keys = np.union1d(keys, ranks[list(always)]).astype(np.int64)
    names = _spell(keys, _base(ranks), [spelled[i] for i in np.flatnonzero(common).tolist()])
    columns = np.empty(len(names), np.int64)
    columns[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return Terms(sorted(names), ranks, keys, columns)


def _spell(keys: Longs, base: int, words: Sequence[str]) -> list[str]:
    """Term of each key; the words are in the order of their ranks."""
    left, right = np.divmod(keys, base)
    return [
        f"{words[a - 1]} {words[b - 1]}" if a else words[b - 1]
        for a, b in zip(left.tolist(), right.tolist(), strict=True)
    ]


def _base(ranks: Longs) -> int:
    return int(ranks.max(initial=0)) + 1


def _in_groups(keys: Longs, groups: Ints, least: int) -> Longs:
    """Different keys that come with `least` different groups or more; both are sorted.

    >>> _in_groups(np.array([7, 7, 8, 8, 8]), np.array([0, 1, 2, 2, 2]), 2).tolist()
    [7]
    """
    if not len(keys):
        return keys
    new = np.diff(keys, prepend=-1) != 0
    first = np.flatnonzero(new)
    new |= np.diff(groups, prepend=-1) != 0
    return keys[first[np.add.reduceat(new, first, dtype=np.int64) >= least]]


def _count_keys(words: Words, ranks: Longs, numbers: Ints | None = None) -> Counted:
    """Words and pairs of words by their keys; text i is number i, or ``numbers[i]``."""
    codes, base = ranks.astype(np.int32)[words.codes], _base(ranks)
    n = len(words.offsets) - 1
    bits = n.bit_length()
    if base**2 << bits >= 2**63:
        raise InputError(f"{n} postings with {base} words are too many for one model; give fewer.")
    numbers = np.arange(n) if numbers is None else numbers
    texts = np.repeat(numbers.astype(np.int32), np.diff(words.offsets))
    known = codes > 0
    pairs = known[:-1] & known[1:] & (texts[:-1] == texts[1:])
    n_words = np.count_nonzero(known)
    # In place: for 20,000 postings each array of this length is 200 MB.
    packed = np.empty(n_words + np.count_nonzero(pairs), np.int64)
    packed[:n_words] = codes[known]
    packed[n_words:] = codes[:-1][pairs]
    packed[n_words:] *= base
    packed[n_words:] += codes[1:][pairs]
    packed <<= bits
    packed[:n_words] |= texts[known]
    packed[n_words:] |= texts[:-1][pairs]
    packed.sort()
    starts = np.flatnonzero(np.diff(packed, prepend=-1))
    counts = np.diff(starts, append=len(packed))
    packed = packed[starts]
    return Counted(packed >> bits, packed & ((1 << bits) - 1), counts)


def count_ngrams(words: Words, terms: Terms) -> csr_matrix:
    """Counts of shape (n_texts, n_terms)."""
    counted = _count_keys(words, terms.ranks)
    place = np.searchsorted(terms.keys, counted.keys)
    known = np.flatnonzero(place < len(terms.keys))
    known = known[terms.keys[place[known]] == counted.keys[known]]
    shape = len(words.offsets) - 1, len(terms.names)
    places = counted.texts[known], terms.columns[place[known]]
    return csr_matrix((counted.counts[known].astype(SMALL), places), shape=shape)


# --- Skills ---


def choose_skills(
    skills: Sequence[Sequence[str]], groups: Ints, vocabulary: Vocabulary, least: int
) -> list[str]:
    """Skills, and roles with facets, that `least` groups of postings or more name; sorted."""
    pairs = {(name, g) for names, g in zip(skills, groups.tolist(), strict=True) for name in names}
    named = {(term, g) for name, g in pairs for term in _terms_of(name, vocabulary)}
    found = Counter(term for term, _ in named)
    return sorted(term for term, n in found.items() if n >= least)


def _terms_of(skill: str, vocabulary: Vocabulary) -> list[str]:
    return [skill, *vocabulary.totals[skill]]


def count_skills(
    skills: Sequence[Sequence[str]], terms: Sequence[str], vocabulary: Vocabulary
) -> csr_matrix:
    """Counts of shape (n_texts, n_terms)."""
    column = {term: i for i, term in enumerate(terms)}
    columns = {
        name: [column[term] for term in _terms_of(name, vocabulary) if term in column]
        for name in set(chain(*skills))
    }
    rows = [list(chain(*(columns[name] for name in names))) for names in skills]
    words = pack(rows)
    ones = np.ones(len(words.codes), SMALL)
    x = csr_matrix((ones, words.codes, words.offsets), shape=(len(rows), len(terms)))
    x.sum_duplicates()
    return x


# --- The blocks ---


class Columns(NamedTuple):
    """What is counted in the blocks of a posting."""

    description: Terms
    title: Terms
    skills: list[str]

    @property
    def names(self) -> dict[str, list[str]]:
        """Terms of each block."""
        return dict(
            zip(BLOCKS, (self.description.names, self.title.names, self.skills), strict=True)
        )


def choose_columns(reading: Reading, groups: Ints, vocabulary: Vocabulary, least: int) -> Columns:
    """Terms of each block that occur in at least `least` groups (employers), sorted.

    `groups` are those of the first postings; no others are looked at.
    """
    n, spelled = len(groups), reading.spelled
    works, titles = (_first(words, n) for words in (reading.full.words, reading.titles))
    return Columns(
        choose_ngrams(works, spelled, groups, least),
        # The masked copies have no title, even if every posting has one.
        choose_ngrams(titles, spelled, groups, least, always=[NO_WORD]),
        choose_skills(reading.full.skills[:n], groups, vocabulary, least),
    )


def _first(words: Words, n: int) -> Words:
    return Words(words.codes[: words.offsets[n]], words.offsets[: n + 1])


def count_copies(
    reading: Reading, columns: Columns, vocabulary: Vocabulary
) -> tuple[csr_matrix, csr_matrix, csr_matrix]:
    """Counts of the postings in full, masked and without a title, and of their starts."""
    n = len(reading.works)
    titles = count_ngrams(reading.titles, columns.title)
    none = count_ngrams(pack([[NO_WORD]] * n), columns.title)
    full, masked, start = (
        _side_by_side(
            count_ngrams(texts.words, columns.description),
            title,
            count_skills(texts.skills, columns.skills, vocabulary),
        )
        for texts, title in (
            (reading.full, titles),
            (reading.masked, none),
            (reading.start, titles),
        )
    )
    return full, masked, start


def _side_by_side(*blocks: csr_matrix) -> csr_matrix:
    return csr_matrix(hstack(blocks, format="csr"))
