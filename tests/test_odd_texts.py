"""Odd texts are finished as clean.py would have them, whatever is odd and in whatever order."""

import ftfy
import pytest
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.clean import clean_text, repair_line
from classifier.clean_tables import clean_tables
from classifier.compiled_clean import ALL, LINES, WORDS
from classifier.odd_texts import finish
from classifier.reading import clean_strings

PLAIN = "The quick brown fox jumps over the lazy dog, and goes on to the next one. "
ODD = (
    *(
        "Ã©",
        "Ã ",
        "Ã",
        "©",
        "â€™",
        "â€\x9d",
        "\xc2\xa0",
        "Â",
        "\u200b",
        "\xad",
        "Ü•",
        "‚Ä",
        "Î ",
        "Р ",
    ),
    *("e\u0301", "\u0301", "<\u0338", "&lt\u037e", "\u1112\u1161", "\u0958", "\u212b", "\u0344"),
    *("\x80", "\x81", "\x85", "\x99", "&#150;", "&#x301;", "&Atilde;&copy;", "&amp;Atilde;&copy;"),
    *("<p>", "</p>", "<b>", "&lt;p&gt;", "&amp;lt;br&amp;gt;", "<script>", "</script>", "<style/>"),
    *(
        "<p title='middle'>",
        "<p hidden>",
        "<p class='hidden'>",
        "<svg a='b'>",
        "</SVG >",
        "<title>",
    ),
    *(" ", "\n", "\n\n", "  ", "a", "Build", "?", "\x1a", "\ufffd", PLAIN, PLAIN.replace(" ", "")),
)
TEXTS = st.lists(st.sampled_from(ODD) | st.text(max_size=3), max_size=16).map("".join)


@given(st.lists(TEXTS, max_size=3))
@settings(deadline=None, max_examples=1000)
def test_odd_texts_are_those_of_the_reference(texts: list[str]) -> None:
    found = clean_strings([*texts, "\n\n".join(texts)]).to_arrow().to_pylist()
    assert found == [clean_text(text) for text in (*texts, "\n\n".join(texts))]


@given(TEXTS)
@settings(deadline=None, max_examples=500)
def test_a_line_is_repaired_as_if_all_of_it_was_seen(text: str) -> None:
    line = text.replace("\n", " ")
    assert repair_line(line) == ftfy.fix_encoding(line)


@pytest.mark.parametrize(
    ("text", "needs", "layer", "clean"),
    [
        ("<p>Ã©", LINES, 0, "é"),
        ("Ã", LINES, 1, "Ã"),
        ("e\u0301 Ã©", WORDS, 1, "é é"),
        ("", ALL, 0, None),
        ("<p hidden>Ã©</p>", LINES, 0, None),
    ],
)
def test_a_text_is_finished_from_where_it_is(
    text: str, needs: int, layer: int, clean: str | None
) -> None:
    found = finish(clean_tables(), bytes_of(text), len(text.encode()), needs, layer)
    assert (found if found is None else found.tobytes().decode()) == clean


def test_a_text_may_grow() -> None:
    texts = ["\u0958" * 40, "a\x80", "b"] * 3
    assert clean_strings(texts).to_arrow().to_pylist() == [clean_text(text) for text in texts]


def test_a_long_text_with_one_odd_thing_goes_on_from_there() -> None:
    text = "<li>Build &amp; run robots</li>\n" * 10_000
    for odd in ("Ã©", "e\u0301", "\x80", "<script>x</script>"):
        assert clean_strings([text + odd + text]).to_arrow().to_pylist() == [
            clean_text(text + odd + text)
        ]
