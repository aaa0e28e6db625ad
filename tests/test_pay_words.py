"""The words around pay: every table gives valid groups."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import pay_words as module
from classifier.pay_words import beginnings, named_groups
from classifier.posting import UNITS

PERIODS = ["periods", "period_adverbs", "period_labels"]


@pytest.mark.parametrize("table", [*PERIODS, "period_signs", "purposes", "purposes_after"])
def test_every_table_is_an_expression_without_other_groups(table: str) -> None:
    pattern = re.compile(named_groups(table))
    assert pattern.groups == len(pattern.groupindex)
    assert pattern.fullmatch("") is None


@pytest.mark.parametrize("table", PERIODS)
def test_period_tables_name_every_unit(table: str) -> None:
    assert list(re.compile(named_groups(table)).groupindex) == list(UNITS)


def test_suffix_keeps_tables_apart() -> None:
    both = f"{named_groups('purposes')}|{named_groups('purpose_signs', '_')}"
    found = [re.search(both, text) for text in ("a bonus", "月給")]
    assert [match and match.lastgroup for match in found] == ["bonus", "pay_"]


def test_a_label_of_pay_must_lead_to_pay() -> None:
    labels = re.compile(named_groups("period_labels"))
    assert labels.search("weekly pay of")
    assert labels.search("hourly: ")
    assert not labels.search("weekly meetings with clients, and")


def test_unknown_table() -> None:
    with pytest.raises(KeyError, match="weather"):
        named_groups("weather")


WORDS = [
    (table, word)
    for table in ("purposes", "kinds")
    for word in " ".join(module._tables()[table].values()).split()
]


@given(st.data(), st.sampled_from(WORDS))
def test_each_word_begins_as_told(data: st.DataObject, pair: tuple[str, str]) -> None:
    table, word = pair
    starts, parts = beginnings(table)
    written = data.draw(st.from_regex(re.compile(word, re.IGNORECASE), fullmatch=True)).lower()
    first = re.match(r"[^\W_]{1,3}", written)
    assert any(part in written for part in parts) or (first and first[0] in starts)


def test_a_word_that_begins_with_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="no beginning of a word of purposes_after"):
        beginnings("purposes_after")
