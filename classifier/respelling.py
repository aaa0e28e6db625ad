"""One spelling of the digits, dashes and spaces around amounts of money, at equal length."""

import re

from classifier.quick import Look

# Spellings of other lengths, replaced at equal length so that spans stay those of the text.
_RESPELL = re.compile(
    r"""
    [&\\Ââ] (?:                                       # a set of characters: a fast scan
        (?<=&) (?:nbsp|\#160); | (?<=\\) (?=[-$.+*~]) | (?<=Â) (?=[£\s])  # Markdown escapes, too
      | (?P<dash> (?<=&) (?:[nm]dash|\#821[12]); | (?<=â) €[“”"] )
    )
    """,
    re.VERBOSE,
)
# In each match there is one of these: most "&" are of no entity.
ENTITY_PARTS = ("&#160;", "&#821", "&nbsp;", "dash;")
_BROKEN = "Ââ"  # what a dash or a space begins with in the wrong encoding
DASHES = "-‐‑‒–—―−"  # of which all but the first are respelled
RESPELLED = f"０１２３４５６７８９，．￥＄～〜{DASHES[1:]}’\u00a0\u202f\u2009\t"
_USUAL = dict(zip(RESPELLED, "0123456789,.¥$~~-------'    ", strict=True))
COUNTED = RESPELLED + _BROKEN  # characters that decide what `respell` has to do


def respell(text: str, look: Look | None = None) -> str:
    """Text with one spelling of digits, dashes and spaces, of equal length.

    >>> respell("£４０,０００ – £50’000")
    "£40,000 - £50'000"
    """
    if _may_be_spelled(text, look):
        text = _RESPELL.sub(lambda m: ("-" if m["dash"] else " ").center(len(m[0])), text)
    if text.isascii():
        return text
    # No usual sign is an odd one, so the order does not matter. Most odd ones are not there, which
    # is seen a hundred times as fast as an expression for all of them looks at every character.
    for odd in look.odd if look else RESPELLED:
        if odd in _USUAL:
            text = text.replace(odd, _USUAL[odd])
    return text


def keeps_characters(look: Look) -> bool:
    """Whether `respell` changes single characters alone in a text that was looked at."""
    return look.words.isdisjoint(ENTITY_PARTS) and "â" not in look.odd


def _may_be_spelled(text: str, look: Look | None) -> bool:
    """Whether there may be an entity, an escape or a broken character in a text: a quick look."""
    if "\\" in text:
        return True
    if look:
        return not (look.words.isdisjoint(ENTITY_PARTS) and look.odd.isdisjoint(_BROKEN))
    return any(part in text for part in (*_BROKEN, *ENTITY_PARTS))
