"""Tags of HTML in machine code against the expressions that they stand for."""

import pytest
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.clean import TAG
from classifier.compiled_ascii import UNSURE
from classifier.compiled_tags import tag_end

TAG_PARTS = st.lists(
    st.sampled_from(
        ["<", ">", "/", "p", "div", "B", "!", "--", "-", "?", " ", "\n", "=", "'", '"', "a", "x=1"]
    ),
    max_size=12,
).map("".join)


@given(TAG_PARTS)
@settings(deadline=None)
def test_a_tag_ends_where_the_expression_ends(parts: str) -> None:
    text = "<" + parts
    found = tag_end(bytes_of(text), 0, len(text))
    match = TAG.match(text)
    assert found == (match.end() if match else 0)


@pytest.mark.parametrize(
    "text", ["<p style='display:none'>", "<p\thidden>", "<p a=é>", "<t\u0131tle>"]
)
def test_a_rare_tag_is_left_to_the_reference(text: str) -> None:
    assert tag_end(bytes_of(text), 0, len(text.encode())) == UNSURE
