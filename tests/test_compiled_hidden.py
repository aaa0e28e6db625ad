"""Elements that are not shown, in machine code, against the expressions that they stand for."""

import pytest
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.clean import HIDDEN_ATTRIBUTE, HIDDEN_STYLE, QUOTED, TAG
from classifier.compiled_ascii import UNSURE
from classifier.compiled_hidden import may_hide
from classifier.compiled_tags import tag_end

CONTENT = st.lists(
    st.sampled_from(
        (
            *("</script>", "</SCRIPT x", "</script\n>", "</scripts>", "</scrip", "</script_>"),
            *("<", ">", "/", "/>", "a", " ", "\n", "</", "</p>", "_", "-", "<script>", "</scrİpt>"),
        )
    ),
    max_size=10,
).map("".join)
ATTRIBUTES = st.lists(
    st.sampled_from(
        (
            *(
                "hidden",
                "HIDDEN",
                "display",
                "Display:",
                "none",
                "visibility",
                ":",
                " : ",
                "overflow",
            ),
            *(
                " ",
                "=",
                "'",
                '"',
                "-",
                "/",
                "\n",
                "\xa0",
                "x",
                "middle",
                "aria-hidden",
                "h\u0131dden",
            ),
            *("di\u017fplay", "v\u0130sibility:hidden", "style='", "class='"),
        )
    ),
    max_size=8,
).map("".join)


@given(CONTENT)
@settings(deadline=None)
def test_an_element_ends_where_the_expression_ends(content: str) -> None:
    text = f"<script{content}"
    found = tag_end(bytes_of(text), 0, len(text.encode()))
    match = TAG.match(text)
    assert match
    assert found == len(text[: match.end()].encode()) or (found == UNSURE and "İ" in text)


@given(ATTRIBUTES)
@settings(deadline=None)
def test_what_hides_is_seen(attributes: str) -> None:
    tag = f"<p {attributes.replace('>', '')}>"
    hides = HIDDEN_STYLE.search(tag) or HIDDEN_ATTRIBUTE.search(QUOTED.sub("", tag))
    assert may_hide(bytes_of(tag), 0, len(tag.encode())) >= bool(hides)


@pytest.mark.parametrize(
    ("text", "hides"),
    [
        ("<p class='a b c d'>", False),
        ("<span class='padding'>", False),
        ("<p style='DISPLAY:none'>", True),
        ("<p style='display : inline'>", False),
        ("<td a=1234567hidden>", False),
        ("<td hidden=''>", True),
        ("<td hidden", False),
        ("<td class='md hidden'>", False),
        ("<td class='a'hidden>", True),
        ("<td aria-hidden='true'>", False),
        ("<td style='overflow: hidden'>", False),
        ("<td style='visibility: hidden'>", True),
        ("<p cla\u017fs=a>", True),
    ],
)
def test_what_may_hide(text: str, hides: bool) -> None:
    assert may_hide(bytes_of(text), 0, len(text.encode())) == hides
