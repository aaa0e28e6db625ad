"""One spelling of what stands around amounts: every place stays."""

from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import respelling as module
from classifier.respelling import respell


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("&nbsp;ndash#8211 \\-$.~*Â£â€“”０，～\u00a0\taé5"), max_size=40))
def test_respelling_keeps_every_place(text: str) -> None:
    plain = respell(text)
    assert len(plain) == len(text)
    for old, new in zip(text, plain, strict=True):
        assert new == old or old.isascii() <= (new in " -") or new in "0123456789,.¥$~-' "


RESPELLED = (
    "&nbsp;",
    "&#160;",
    "&ndash;",
    "&#8212;",
    "&mdash;",
    "&",
    "â€“",
    "Â£",
    "Â ",
    "\\$",
    "\\",
)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from((*RESPELLED, *module.RESPELLED, *"a5é$£ ")), max_size=12).map("".join)
)
def test_respelling_is_that_of_each_entity_and_each_character(text: str) -> None:
    usual = module._USUAL
    expected = module._RESPELL.sub(
        lambda match: ("-" if match["dash"] else " ").center(len(match[0])), text
    )
    if not expected.isascii():
        expected = "".join(usual.get(character, character) for character in expected)
    assert respell(text) == expected
