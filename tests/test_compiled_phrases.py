"""Phrases in a line: none that an expression needs is missed."""

from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.compiled_phrases import find_phrase, may_tell_work
from classifier.line_facts import line_tables
from classifier.sections import NOTICE_WORDS, WORK_SIGN

WORK_PARTS = st.lists(
    st.sampled_from(
        (
            *("In this role", "the position is", "this", "role", "is", "are", "the", "will", "you"),
            *("you'll", "you’ll", "candidate", "We are", "we're", "now", "hiring", "looking for"),
            *("focus", "report", "be working", "expected to", "responsible for", "of", "years"),
            *("reſponsibilities", "experience", "as an", "As a", "engineer, you", "ENGINEER"),
            *("wir suchen", "du wirst", "nous recherchons", "vous serez", "vous", "İn", "K"),
        )
    ),
    max_size=9,
).map(" ".join)


@given(WORK_PARTS)
@settings(deadline=None, max_examples=500)
def test_no_sign_of_the_work_is_missed(line: str) -> None:
    found = may_tell_work(line_tables().work, bytes_of(line), 0, len(line.encode()))
    assert found or not WORK_SIGN.search(line)


@given(st.text("eEqQuUaAlLgGdDpPrR äÄÖhbnuig", max_size=30), st.sampled_from(["", *NOTICE_WORDS]))
@settings(deadline=None)
def test_words_of_notices_are_those_in_the_lower_case(noise: str, word: str) -> None:
    table = line_tables().notice
    for line in (noise + word, word.upper() + noise, noise):
        end = len(line.encode())
        place = find_phrase(table.windows, table.text, table.starts, bytes_of(line), 0, end)
        lower = line.lower()
        first = min((lower.index(word) for word in NOTICE_WORDS if word in lower), default=None)
        assert place == (end if first is None else len(line[:first].encode()))
