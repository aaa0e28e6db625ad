"""Copies of a posting: the same or nearly the same text, in another city or on another site.

Nothing is deleted: postings are linked by a group number, and a group keeps the locations of
all its postings.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.errors import InputError
from classifier.terms import tokenize

SHINGLE_WORDS = 5
N_HASHES = 224  # estimates a similarity with a standard error under 0.034
RECALL = 0.99  # of the pairs that are only just as similar as the threshold asks
# Many texts that are half alike must not make the time quadratic. Copies that these limits part
# in one bucket meet in another, where fewer texts are.
MOST_ESTIMATED, MOST_COMPARED = 256, 4

# What stands behind is the city, most often: "Engineer - Lyon", "Engineer (m/f/d), Lyon".
_HEAD = re.compile(r"\s[-–—|@]\s|[,(|/]")

Shingles = NDArray[np.uint64]
Signatures = NDArray[np.uint64]


def find_duplicate_groups(texts: Sequence[str], *, threshold: float = 0.8) -> NDArray[np.int64]:
    """Group of each text, shape (n,): the smallest index of the texts that are copies of it.

    Two texts are copies if they have the same words in the same order, or if the Jaccard
    similarity of their sets of 5-word sequences is at least `threshold`; and so are copies
    of copies. A text without words is a copy of nothing.

    Give the description without boilerplate (`classifier.features.read_document`): two
    openings of one employer can share most of their text and differ in the duties.

    Candidates share a band of their MinHash signatures (Broder 1997; bands: Leskovec,
    Rajaraman and Ullman, Mining of Massive Datasets, 3.4), which finds at least `RECALL` of
    the pairs that are just as similar as `threshold`. Each is then verified. The same texts
    always give the same groups, in time about proportional to their length.

    Parameters
    ----------
    texts : sequence of str
        Clean texts; case and punctuation make no difference.
    threshold : float
        Fraction, above 0 and up to 1.

    Raises
    ------
    InputError
        If `threshold` is not above 0 and up to 1.

    Examples
    --------
    >>> find_duplicate_groups(["We sell pumps.", "Build robots", "we sell PUMPS", ""]).tolist()
    [0, 1, 0, 3]
    """
    if not 0 < threshold <= 1:
        raise InputError(f"threshold must be above 0 and up to 1, not {threshold!r}.")
    links = list(range(len(texts)))  # each text to one of its copies, with a smaller index
    first_with: dict[str, int] = {}
    shingles: dict[int, Shingles] = {}
    for index, text in enumerate(texts):
        words = tokenize(text)
        links[index] = first_with.setdefault(" ".join(words), index) if words else index
        if words and links[index] == index:
            shingles[index] = _find_shingles(words)
    _link_similar(links, shingles, threshold)
    return np.array([_find_first(links, index) for index in links], dtype=np.int64)


def merge_locations(
    locations: Iterable[Sequence[str]], groups: Iterable[int]
) -> dict[int, tuple[str, ...]]:
    """Locations of each group: those of all its postings, in order, each once.

    >>> merge_locations([("Oslo",), ("Riga",), ("Bergen", "Oslo"), ()], [0, 1, 0, 3])
    {0: ('Oslo', 'Bergen'), 1: ('Riga',), 3: ()}
    """
    merged: dict[int, dict[str, None]] = {}
    for places, group in zip(locations, groups, strict=True):
        merged.setdefault(int(group), {}).update(dict.fromkeys(places))
    return {group: tuple(places) for group, places in merged.items()}


def employer_key(name: str) -> str:
    """What an employer's name is compared by: case and blanks make no difference.

    >>> employer_key(" Crumb  WORKS ")
    'crumb works'
    """
    return " ".join(name.casefold().split())


def title_head(title: str) -> str:
    """Beginning of a title, before a place or a mark: copies of an opening have the same one.

    >>> title_head("Data Engineer (m/f/d), Lyon"), title_head("Data  Engineer - Riga")
    ('data engineer', 'data engineer')
    """
    return " ".join(_HEAD.split(title, maxsplit=1)[0].casefold().split())


def _find_shingles(words: Sequence[str]) -> Shingles:
    """Distinct hashes of the sequences of 5 words, sorted; of all words if they are fewer."""
    hashes = _mix(np.array([zlib.crc32(word.encode("utf-8", "replace")) for word in words], "u8"))
    size = min(SHINGLE_WORDS, len(words))
    combined = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for offset in range(size):
        combined = _mix(combined + hashes[offset : offset + len(combined)])
    return np.unique(combined)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finalizer of SplitMix64 (Steele, Lea and Flood 2014): 64 well-mixed bits."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _sign(shingles: Shingles) -> Signatures:
    """MinHash signature, shape (N_HASHES,): the smallest value under each of as many hashes."""
    factors = _mix(np.arange(N_HASHES, dtype=np.uint64)) | np.uint64(1)
    smallest = np.full(N_HASHES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(shingles), 512):  # blocks that fit into the cache
        products = shingles[start : start + 512, None] * factors
        np.minimum(smallest, products.min(axis=0), out=smallest)
    return smallest


def _rows_per_band(threshold: float) -> int:
    """Most rows per band with which a pair at the threshold still shares a band (see RECALL)."""
    fitting = [
        rows
        for rows in range(1, N_HASHES + 1)
        if 1 - (1 - threshold**rows) ** (N_HASHES // rows) >= RECALL
    ]
    return max(fitting, default=1)


def _find_buckets(signatures: Signatures, rows: int) -> Iterator[NDArray[np.intp]]:
    """Rows of `signatures`, two or more, that are equal in a band; band by band."""
    for start in range(0, N_HASHES - rows + 1, rows):
        keys = np.zeros(len(signatures), dtype=np.uint64)
        for column in range(start, start + rows):
            keys = _mix(keys + signatures[:, column])
        order = np.argsort(keys, kind="stable")
        edges = np.flatnonzero(np.diff(keys[order])) + 1
        yield from (bucket for bucket in np.split(order, edges) if len(bucket) > 1)


def _link_similar(links: list[int], shingles: dict[int, Shingles], threshold: float) -> None:
    """Link, in place, the texts whose shingles are similar enough."""
    if not shingles:
        return
    indices = np.array(list(shingles))
    signatures = np.stack([_sign(found) for found in shingles.values()])
    bytes_of = signatures.astype(np.uint8)  # enough to estimate, and quick to compare
    for bucket in _find_buckets(signatures, _rows_per_band(threshold)):
        firsts = np.array([_find_first(links, int(index)) for index in indices[bucket]])
        for here in range(1, len(bucket) if len(set(firsts)) > 1 else 1):
            others = np.flatnonzero(firsts[:here] != firsts[here])[-MOST_ESTIMATED:]
            alike = (bytes_of[bucket[others]] == bytes_of[bucket[here]]).mean(axis=1)
            for other in others[np.argsort(-alike, kind="stable")[:MOST_COMPARED]]:
                pair = shingles[indices[bucket[other]]], shingles[indices[bucket[here]]]
                if firsts[other] != firsts[here] and _jaccard(*pair) >= threshold:
                    low, high = sorted((int(firsts[other]), int(firsts[here])))
                    links[high] = low
                    firsts[firsts == high] = low


def _find_first(links: list[int], index: int) -> int:
    """Smallest index that a text is linked to; shortens the way there."""
    while links[index] != index:
        links[index] = links[links[index]]
        index = links[index]
    return index


def _jaccard(one: Shingles, other: Shingles) -> float:
    n_common = len(np.intersect1d(one, other, assume_unique=True))
    return n_common / (len(one) + len(other) - n_common)
