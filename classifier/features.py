"""A posting to the terms of each block: what the model counts, and where each stands.

Three blocks: ``description`` (word 1- and 2-grams of the part that describes the work),
``title`` (the same of the title), ``skills`` (canonical skills, and for each role and facet
one more for every skill of it).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from classifier.clean import BOILERPLATE, clean_text, clean_title, find_sections
from classifier.terms import Token, find_tokens, ngrams, tokenize
from classifier.vocabulary import SkillMatch, Vocabulary

BLOCKS = ("description", "title", "skills")
LONGEST_NGRAM = 2
FEWEST_WORDS = 40  # with fewer left, what looked like boilerplate was the posting
NO_TITLE = "(no title)"  # a term of its own: postings without a title get their own intercept

Span = tuple[int, int]


class Document(NamedTuple):
    """A cleaned posting: what a reader sees, and which of it describes the work.

    `work` is the description without boilerplate, ``kept`` the half-open spans of the
    description that it consists of.
    """

    title: str
    description: str
    work: str
    kept: tuple[Span, ...]

    def place(self, start: int, end: int) -> Span:
        """Span in the description of a span in `work`."""
        starts = [0, *accumulate(b - a for a, b in self.kept)]
        first = bisect_right(starts, start) - 1
        last = bisect_right(starts, end - 1) - 1
        return (
            self.kept[first][0] + start - starts[first],
            self.kept[last][0] + end - starts[last],
        )


def read_document(title: str, description: str) -> Document:
    """Document of a posting as found: HTML or text, with its boilerplate."""
    text = clean_text(description)
    kept = tuple(find_work(text))
    return Document(clean_title(title), text, "".join(text[a:b] for a, b in kept), kept)


def find_work(text: str) -> list[Span]:
    """Spans of a clean text that are no boilerplate; all of it if under 40 words were left.

    >>> find_work("Build compilers.")
    [(0, 16)]
    """
    kept = [(s.start, s.end) for s in find_sections(text) if s.kind not in BOILERPLATE]
    n_words = sum(len(text[a:b].split()) for a, b in kept)
    return kept if n_words >= FEWEST_WORDS else [(0, len(text))]


def description_terms(text: str) -> list[str]:
    """Word 1- and 2-grams.

    >>> description_terms("Train models.")
    ['train', 'models', 'train models']
    """
    return list(ngrams(tokenize(text), LONGEST_NGRAM))


def title_terms(title: str) -> list[str]:
    """Word 1- and 2-grams of a title, or the one term that says there is none.

    >>> title_terms("")
    ['(no title)']
    """
    return description_terms(title) or [NO_TITLE]


def skill_terms(skills: Iterable[SkillMatch], vocabulary: Vocabulary) -> list[str]:
    """Name of each skill once, then its ``role: facet`` for each of its roles."""
    named = dict.fromkeys(match.skill for match in skills)
    return [*named, *(total for name in named for total in vocabulary.totals[name])]


def count_terms(
    document: Document, skills: Iterable[SkillMatch], vocabulary: Vocabulary
) -> dict[str, list[str]]:
    """Terms of each block, with repeats; `skills` are those found in ``document.work``."""
    return {
        "description": description_terms(document.work),
        "title": title_terms(document.title),
        "skills": skill_terms(skills, vocabulary),
    }


def find_spans(
    document: Document, skills: Iterable[SkillMatch]
) -> dict[tuple[str, str], list[Span]]:
    """Places of every n-gram and skill: (block, term) -> spans in the title or description.

    One whose words stand on both sides of left-out boilerplate has no place there.
    """
    places: dict[tuple[str, str], list[Span]] = {}
    for term, start, end in _ngram_spans(find_tokens(document.title)):
        places.setdefault(("title", term), []).append((start, end))
    in_work = [("description", *found) for found in _ngram_spans(find_tokens(document.work))]
    in_work += [("skills", match.skill, match.start, match.end) for match in skills]
    for block, term, start, end in in_work:
        place = document.place(start, end)
        if place[1] - place[0] == end - start:
            places.setdefault((block, term), []).append(place)
    return places


def _ngram_spans(tokens: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
    for size in range(1, LONGEST_NGRAM + 1):
        for parts in zip(*(tokens[i:] for i in range(size)), strict=False):
            yield " ".join(token.text for token in parts), parts[0].start, parts[-1].end
