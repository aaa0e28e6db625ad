"""Which kind of section a line opens; `test_sections` has the headings of each kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import headings as module
from classifier.headings import OTHER, find_heading


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Benefits", "benefits"),
        ("benefits", "benefits"),
        ("**Benefits**", "benefits"),
        ("Perks & Benefits:", "benefits"),
        ("What you’ll do", "responsibilities"),
        ("About Acme Robotics", "about"),
        ("About the Bidding Team", OTHER),
        ("Deine Aufgaben", "responsibilities"),
        ("## A year at sea", OTHER),
        ("WHERE THE BOATS ARE BUILT", OTHER),
        ("Where Boats Begin", OTHER),
        ("Software Engineer, Hulls", OTHER),
        ("Benefits Administration Platform Engineer", OTHER),
        ("Boats Of 2026", None),
        ("boats are built here", None),
        ("Benefits.", None),
        ("Benefits,", None),
        ("## " + "Boats " * 17, None),
        ("Boats " * 11, None),
        ("- – -", None),
        ("", None),
    ],
)
def test_heading(line: str, kind: str | None) -> None:
    assert find_heading(line.strip()) == kind


CUES = module._heading_cues()


@given(st.sampled_from(CUES).flatmap(lambda cues: st.from_regex(cues.pattern, fullmatch=True)))
def test_every_heading_of_a_kind_has_one_of_its_words(spelled: str) -> None:
    words = frozenset(spelled.split())
    assert all(cues.words & words for cues in CUES if cues.pattern.fullmatch(spelled))


@given(st.text(max_size=60))
def test_any_line_opens_a_known_kind_or_none(line: str) -> None:
    assert find_heading(line) in {None, OTHER, *(cues.kind for cues in CUES)}
