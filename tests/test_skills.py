"""Spellings of a skill, and where they name it; `test_vocabulary` has whole texts."""

import pytest

from classifier.errors import InputError
from classifier.skills import Alias, Hit, Skill, named, spellings
from classifier.terms import find_tokens

LOOM = Skill("Loom", (), "tool", listed=("Loom",))
DYEING = Skill("Dyeing", ("colouring of yarn",), "skill")
GUILD = Skill("Guilds", ("guild",), "industry")
WORDS = {
    "Loom": Alias(LOOM, ("Loom",), listed=True),
    "dyeing": Alias(DYEING, None, listed=False),
    "guild": Alias(GUILD, None, listed=False),
}


def hits(text: str) -> list[Hit]:
    tokens = find_tokens(text)
    words = [text[token.start : token.end] for token in tokens]
    return [
        Hit(WORDS[word], token.start, token.end)
        for word, token in zip(words, tokens, strict=True)
        if word in WORDS
    ]


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("dyeing, Loom", ["Dyeing", "Loom"]),
        ("Loom and/or dyeing", ["Loom", "Dyeing"]),
        ("Loom • dyeing", ["Loom", "Dyeing"]),
        ("Loom, dyeing, Loom", ["Loom", "Dyeing", "Loom"]),
        ("Loom", []),
        ("Loom, Loom", []),
        ("Loom dyeing", ["Dyeing"]),
        ("Loom, with our dyeing", ["Dyeing"]),
        ("Loom, guild", ["Guilds"]),  # an industry makes no list of skills
        ("Loom,              dyeing", ["Dyeing"]),
    ],
)
def test_a_listed_word_names_its_skill_in_a_list(text: str, skills: list[str]) -> None:
    assert [hit.alias.skill.name for hit in named(text, hits(text))] == skills


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("a Loom", True),
        ("a LOOM", False),
        ("a loom", False),
        ("R&Loom", False),
        ("_Loom", False),
        ("Loom-like", False),
        ("Loom.", True),
        ("(Loom)", True),
    ],
)
def test_capitals_count_and_a_word_stands_free(text: str, fits: bool) -> None:
    tokens = [token for token in find_tokens(text) if token.text == "loom"]
    assert WORDS["Loom"].fits(text, tokens) is fits
    assert Alias(LOOM, None, listed=False).fits(text, tokens)


def test_spellings() -> None:
    weaving = Skill("Weaving", ("to weave",), "skill", exact=("Big Weave",), listed=("Jig",))
    assert list(spellings([weaving])) == [
        ("skill 'Weaving'", "Weaving", Alias(weaving, None, listed=False)),
        ("skill 'Weaving'", "to weave", Alias(weaving, None, listed=False)),
        ("skill 'Weaving'", "Big Weave", Alias(weaving, ("Big", "Weave"), listed=False)),
        ("skill 'Weaving'", "Jig", Alias(weaving, ("Jig",), listed=True)),
    ]
    # A name that is spelled out is found by that spelling alone.
    assert [alias.listed for _, _, alias in spellings([LOOM])] == [True]


def test_what_is_listed_is_one_word() -> None:
    with pytest.raises(InputError, match="skill 'Weaving': listed has 'big loom'"):
        list(spellings([Skill("Weaving", (), "skill", listed=("big loom",))]))
