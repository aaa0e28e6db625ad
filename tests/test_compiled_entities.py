"""Entities in machine code against the expression that they stand for."""

from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.clean import ENTITY
from classifier.compiled_ascii import UNSURE
from classifier.compiled_entities import entity_span, number_value

ENTITY_PARTS = st.lists(
    st.sampled_from(["&", "amp;", "AMP;", "#", "x", "X", "3", "9a", "lt", ";", "g", "é", "ı", " "]),
    max_size=8,
).map("".join)


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


def test_numbers_of_entities() -> None:
    for text, value in {"39": 39, "x2022": 0x2022, "XfF": 255}.items():
        assert number_value(bytes_of(text), 0, len(text)) == value
