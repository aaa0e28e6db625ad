"""Cleaning in machine code against the expressions that it stands for."""

import numpy as np
import pytest
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.clean import HTML_SIGN, clean_text
from classifier.clean_tables import clean_tables
from classifier.compiled_clean import (
    ALL,
    LINES,
    NOTHING,
    WORDS,
    clean_column,
    join_lines,
    look,
)
from classifier.compiled_clean import clean_text as compiled_text

TAG_PARTS = st.lists(
    st.sampled_from(
        ["<", ">", "/", "p", "div", "B", "!", "--", "-", "?", " ", "\n", "=", "'", '"', "a", "x=1"]
    ),
    max_size=12,
).map("".join)


@given(TAG_PARTS)
@settings(deadline=None)
def test_signs_of_html_are_those_of_the_expression(text: str) -> None:
    tables = clean_tables()
    html, _, has_less, _ = look(
        tables.action, tables.tags, tables.marks, bytes_of(text), 0, len(text.encode())
    )
    assert (html > 0) == bool(HTML_SIGN.search(text))
    assert has_less == ("<" in text)


@pytest.mark.parametrize(
    ("text", "expected", "needs"),
    [
        ("<p>One<p>Two &amp; three", "One\n\nTwo & three", NOTHING),
        ("&lt;li&gt;a&lt;/li&gt;", "- a", NOTHING),
        ("&amp;" * 3 + "amp;" * 9 + "lt;", "&&<", NOTHING),
        ("<b>Ã©</b>", "<b>Ã©</b>", LINES),
        ("&Atilde;&copy;", "Ã©", LINES),
        ("<b>e\u0301</b>", "e\u0301", WORDS),
        ("<p hidden>a</p>", "", ALL),
        ("&foo;", "", ALL),
        ("&" + "#38;" * 9, "", ALL),
    ],
)
def test_what_texts_need(text: str, expected: str, needs: int) -> None:
    data, out = bytes_of(text), np.zeros(len(text) * 4 + 16, np.uint8)
    n, found, _ = compiled_text(
        clean_tables(), data, 0, len(text.encode()), out, 0, repaired=False, changed=False
    )
    assert (out[:n].tobytes().decode(), found) == (expected, needs)
    assert needs != NOTHING or expected == clean_text(text)


def test_titles_are_one_line() -> None:
    text = bytes_of("a \n\n b  c ").copy()
    n = join_lines(text, 10)
    assert text[:n].tobytes() == b"a b c "


def test_a_column_is_cleaned_one_behind_the_other() -> None:
    texts = ["<p>One", "Ã©", "&lt;Two"]
    data = bytes_of("".join(texts))
    offsets = np.cumsum([0, *(len(text.encode()) for text in texts)])
    out, places = np.zeros(len(data), np.uint8), np.zeros(4, np.int64)
    given = (clean_tables(), data, offsets, False, out, places)
    assert clean_column(*given, 0) == (1, LINES, 0)
    assert clean_column(*given, 2) == (3, NOTHING, 0)
    assert places.tolist() == [0, 3, 7, 11]
    assert out[:11].tobytes().decode() == "OneÃ©<Two"
