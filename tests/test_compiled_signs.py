"""Words around the signs of remote work and of places; `test_looks` has those of whole texts."""

import pytest
from buffers import small_bytes

from classifier.compiled_signs import begins_word, may_lead, may_tell
from classifier.compiled_small import FRONT
from classifier.looks import look_tables


@pytest.mark.parametrize(
    ("before", "sign", "may"),
    [
        *(("on-", "site", True), ("on", "site", True), ("the ", "office", True)),
        *(("our ", "office", True), ("in our", "office", True), ("head ", "office", False)),
        *(("web", "site", False), ("", "office-based", True), ("", "hybrid", True)),
    ],
)
def test_a_place_is_led_to(before: str, sign: str, may: bool) -> None:
    assert may_lead(small_bytes(before + sign), FRONT + len(before)) == may


@pytest.mark.parametrize(
    ("text", "may"),
    [("remote", True), ("remoto", True), ("remoterole", True), ("remotely", False)],
)
def test_a_sign_begins_a_word(text: str, may: bool) -> None:
    assert begins_word(small_bytes(text), FRONT, FRONT) == may
    assert begins_word(small_bytes(f"(home {text}"), FRONT, FRONT + 1)
    assert not begins_word(small_bytes(f"x{text}"), FRONT, FRONT + 1)


@pytest.mark.parametrize(
    ("before", "behind", "place", "may"),
    [
        *(("this is a ", "", False, True), ("this is a ", "", True, True)),
        *(("the role will be ", "", True, True), ("the weather is ", "", True, False)),
        *(("not a ", "", False, True), ("not a ", "", True, False)),
        *(
            ("fully ", "", False, True),
            ("fully-", "", False, True),
            ("location: ", "", False, True),
        ),
        *(("two days in the ", "", True, True), ("", " work is not", False, True)),
        *(("", " data role", False, True), ("", " sensing and mapping of a role", False, False)),
        *(("w" * 500 + " ", "", False, True), ("we like ", " work", False, False)),
    ],
)
def test_the_words_around_a_sign_tell(before: str, behind: str, place: bool, may: bool) -> None:
    text = f"{before}remote{behind}"
    tables, at, end = look_tables(), FRONT + len(before), FRONT + len(text)
    found = may_tell(tables.ends, tables.jobs, small_bytes(text), FRONT, end, at, place)
    assert found == may
