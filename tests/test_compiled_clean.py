"""Cleaning in machine code against the expressions that it stands for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.clean import ENTITY, HTML_SIGN, TAG, clean_text
from classifier.clean_tables import clean_tables
from classifier.compiled_clean import (
    UNSURE,
    entity_span,
    look,
    may_hide,
    number_value,
    tag_end,
)
from classifier.compiled_clean import clean_text as compiled_text
from classifier.machine import Bytes

TAG_PARTS = st.lists(
    st.sampled_from(
        ["<", ">", "/", "p", "div", "B", "!", "--", "-", "?", " ", "\n", "=", "'", '"', "a", "x=1"]
    ),
    max_size=12,
).map("".join)
ENTITY_PARTS = st.lists(
    st.sampled_from(["&", "amp;", "AMP;", "#", "x", "X", "3", "9a", "lt", ";", "g", "é", "ı", " "]),
    max_size=8,
).map("".join)


def bytes_of(text: str) -> Bytes:
    return np.frombuffer(text.encode() + b"\0" * 16, np.uint8)


@given(TAG_PARTS)
@settings(deadline=None)
def test_a_tag_ends_where_the_expression_ends(parts: str) -> None:
    text = "<" + parts
    found = tag_end(bytes_of(text), 0, len(text))
    match = TAG.match(text)
    assert found == (match.end() if match else 0)


@pytest.mark.parametrize(
    "text", ["<script>a</script>", "<Style", "<p style='display:none'>", "<p\thidden>", "<p a=é>"]
)
def test_a_rare_tag_is_left_to_the_reference(text: str) -> None:
    assert tag_end(bytes_of(text), 0, len(text.encode())) == UNSURE


@given(TAG_PARTS)
@settings(deadline=None)
def test_signs_of_html_are_those_of_the_expression(text: str) -> None:
    tables = clean_tables()
    html, _, has_less = look(
        tables.action, tables.tags, tables.marks, bytes_of(text), 0, len(text.encode())
    )
    assert (html > 0) == bool(HTML_SIGN.search(text))
    assert has_less == ("<" in text)


@given(ENTITY_PARTS)
@settings(deadline=None)
def test_an_entity_is_that_of_the_expression(parts: str) -> None:
    text = "&" + parts
    first, stop = entity_span(bytes_of(text), 0, len(text.encode()))
    match = ENTITY.match(text)
    if stop == UNSURE:
        assert not text.isascii()
    elif match:
        assert text.encode()[first:stop].decode() == match[1]
    else:
        assert stop == 0


@pytest.mark.parametrize(
    ("text", "hides"),
    [
        ("<p class='a b c d'>", False),
        ("<span class='padding'>", False),
        ("<p style='DISPLAY:none'>", True),
        ("<td a=1234567hidden>", True),
        ("<p cla\u017fs=a>", True),
    ],
)
def test_what_may_hide(text: str, hides: bool) -> None:
    assert may_hide(bytes_of(text), 0, len(text.encode())) == hides


def test_numbers_of_entities() -> None:
    for text, value in {"39": 39, "x2022": 0x2022, "XfF": 255}.items():
        assert number_value(bytes_of(text), 0, len(text)) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One<p>Two &amp; three", "One\n\nTwo & three"),
        ("&lt;li&gt;a&lt;/li&gt;", "- a"),
        ("Ã©", None),  # mojibake
        ("e\u0301", None),  # to be composed
        ("&amp;" * 3 + "amp;" * 9 + "lt;", "&&<"),
        ("&foo;", None),
    ],
)
def test_rare_texts_are_left_to_the_reference(text: str, expected: str | None) -> None:
    data, out = bytes_of(text), np.zeros(len(text) * 4 + 16, np.uint8)
    n = compiled_text(clean_tables(), data, 0, len(text.encode()), out)
    if expected is None:
        assert n == UNSURE
    else:
        assert out[:n].tobytes().decode() == expected == clean_text(text)
