"""HTML to lines in machine code: those of clean.py."""

import numpy as np
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import clean
from classifier.clean_tables import clean_tables
from classifier.compiled_ascii import UNSURE
from classifier.compiled_lines import tags_to_lines

MARKUP = st.lists(
    st.sampled_from(
        (
            *(
                "<p>",
                "</p>",
                "<br>",
                "<li>",
                "</li>",
                "<ul>",
                "<div>",
                "</div>",
                "<b>",
                "<!-- c -->",
                "<li\x00>",
                "<p\t>",
                "</li/>",
                "<BlockQuote\n>",
            ),
            *("a", "b c", " ", "\n", "\t", "\xa0", "é", "\u2003", "a <"),
        )
    ),
    max_size=14,
).map("".join)


@given(MARKUP)
@settings(deadline=None)
def test_lines_are_those_of_the_reference(markup: str) -> None:
    text = f"<p>{markup}"  # a sign of HTML, and a block
    tables, data = clean_tables(), bytes_of(text)
    flat = text.count("\n") < 5 * text.count("<")
    out = np.zeros(len(data), np.uint8)
    end = len(text.encode())
    n, has_less = tags_to_lines(tables.tags, tables.marks, tables.kind, data, 0, end, out, flat)
    if n != UNSURE:  # a tag with letters that are not ASCII
        assert has_less == (b"<" in out[:n].tobytes())
        assert out[:n].tobytes().decode().lstrip() == clean.tags_to_lines(text).lstrip()


@given(st.text(" \n\r\t\x1c\x85\xa0\u2003\x00é<", max_size=40))
@settings(deadline=None)
def test_lines_are_stripped_of_all_white_space(text: str) -> None:
    tables, data = clean_tables(), bytes_of(text)
    n, _ = tags_to_lines(
        tables.tags, tables.marks, tables.kind, data, 0, len(text.encode()), data, False
    )
    found = data[:n].tobytes().decode()
    assert found == "\n".join(line.strip() for line in text.split("\n"))
