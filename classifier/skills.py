"""A skill, its spellings, and whether one of them names it where it stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from classifier.errors import InputError
from classifier.terms import TOKEN, Token, tokenize

LISTED_BESIDE = ("skill", "tool", "education")  # facets that make sure of a listed word
LONGEST_GAP = 12  # characters between two items of a list
LIST_GAP = re.compile(
    r"""
      \s* (?: (?: [,;/|&()+] | (?:and|or)\b ) \s* )+  # "/"   ", or "   ") and ("
    | [ ]* [•·] [ ]*                                  # " • " in one line
    """,
    re.VERBOSE,
)
# An exact word that is glued to another is part of a name: R&D, C-level, Go-to-market.
GLUED_BEFORE = re.compile(r"\w[&'’.\-]\Z | _\Z", re.VERBOSE)
GLUED_AFTER = re.compile(r"[&'’.\-]\w | _", re.VERBOSE)


@dataclass(frozen=True)
class Skill:
    """A canonical skill. The comment on top of vocabulary.toml says what each field means."""

    name: str
    aliases: tuple[str, ...]
    facet: str
    roles: tuple[str, ...] = ()
    origin: str = "extension"
    exact: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()


class Alias(NamedTuple):
    """A spelling of a skill: its tokens as written, None for any case; whether only in lists."""

    skill: Skill
    spelling: tuple[str, ...] | None
    listed: bool

    def fits(self, text: str, tokens: Sequence[Token]) -> bool:
        """Say if the tokens have the capitals of the spelling, and stand free."""
        if self.spelling is None:
            return True
        start, end = tokens[0].start, tokens[-1].end
        return (
            all(
                word.islower() or text[token.start : token.end] == word
                for token, word in zip(tokens, self.spelling, strict=True)
            )
            and not GLUED_BEFORE.search(text[max(start - 2, 0) : start])
            and not GLUED_AFTER.match(text[end : end + 2])
        )


class Hit(NamedTuple):
    """A spelling at its place, ``text[start:end]``."""

    alias: Alias
    start: int
    end: int

    def is_beside(self, right: "Hit", text: str) -> bool:
        """Say if this hit and the one to its right are neighbours in a list."""
        return (
            self.alias is not right.alias
            and right.start - self.end <= LONGEST_GAP
            and LIST_GAP.fullmatch(text, self.end, right.start) is not None
            and all(hit.alias.skill.facet in LISTED_BESIDE for hit in (self, right))
        )


def named(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Hits that name their skill: a listed word does so only beside another skill in a list."""
    return [
        hit
        for i, hit in enumerate(hits)
        if not hit.alias.listed
        or (i > 0 and hits[i - 1].is_beside(hit, text))
        or (i + 1 < len(hits) and hit.is_beside(hits[i + 1], text))
    ]


def spellings(skills: Iterable[Skill]) -> Iterator[tuple[str, str, Alias]]:
    """Owner, phrase and alias of each spelling; the name is one unless it is spelled out."""
    for skill in skills:
        owner = f"skill {skill.name!r}"
        special = [*skill.exact, *skill.listed]
        words = [tokenize(phrase) for phrase in (*skill.aliases, *special)]
        name = [] if tokenize(skill.name) in words else [skill.name]
        for phrase in (*name, *skill.aliases):
            yield owner, phrase, Alias(skill, spelling=None, listed=False)
        for phrase in special:
            spelling = tuple(TOKEN.findall(phrase))
            listed = phrase in skill.listed
            if listed and len(spelling) > 1:  # its inner words would be lost outside a list
                raise InputError(f"{owner}: listed has {phrase!r}; write single words")
            yield owner, phrase, Alias(skill, spelling, listed)
