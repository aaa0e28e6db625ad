"""Remote work, as texts tell of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import remote_work as module
from classifier.remote_work import text_remote


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("This is a fully remote position.", True),
        ("This role is remote.", True),
        ("Location: Remote", True),
        ("Benefits:\n- Fully remote\n- Equity", True),
        ("This is not a remote position.", False),
        ("This role is hybrid, in Leeds.", False),
        ("This is an on-site role.", False),
        ("Come in 3 days a week in the office.", False),
        ("You work with remote teams.", None),
        ("We are a fully remote company.", None),
        ("This is a remote role. You are 3 days in our office.", None),
        ("", None),
    ],
)
def test_strong_statements(text: str, remote: bool | None) -> None:
    assert text_remote(text) is remote


WORDS = (
    *("this", "the", "role", "position", "is", "will be", "a", "an", "not", "no", "fully", "100%"),
    *("remote", "hybrid", "on-site", "onsite", "in office", "in-person", "work from home", "full"),
    *("home based", "telecommuting", "location", "workplace type", ":", ",", ".", "\n", "or", "/"),
    *(
        "two",
        "3",
        "days",
        "per week",
        "in the office",
        "eligible for",
        "work",
        "job",
        "option",
        "x",
    ),
    *(
        "vollständig",
        "home-office",
        "télétravail",
        "remote work is not",
        "isn’t",
        "x100%",
        "9100 %",
    ),
)


PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.from_regex(module._REMOTE),
    st.from_regex(module._NOT_REMOTE),
    st.sampled_from((*"İKſı\n", "\u00a0", "w" * 60, "a " * 30)),
)


def remote_of_all(text: str) -> bool | None:
    """What the expressions tell that are tried everywhere."""
    rest, n_denied = module._NOT_REMOTE.subn(" ", text.lower())
    remote = bool(module._REMOTE.search(rest))
    return None if remote == bool(n_denied) else remote


@given(st.lists(PIECES, max_size=12), st.sampled_from(["", " "]))
@settings(deadline=None, max_examples=300)
def test_tried_only_where_a_sign_stands_they_tell_the_same(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    assert text_remote(text) is remote_of_all(text)
    for one in pieces:
        assert text_remote(one) is remote_of_all(one)


@pytest.mark.parametrize(
    "text",
    [
        "the very own own job will be a b, c, work from home",
        "not a fully eligible for work from home",
        "not a fully eligible for remote",
        "the very own own job can be a full time, on site",
        "5 days a week in the office",
        "home based remote job",
        "home-based job",
        "remote work is not",
        "9100% remoto",
    ],
)
@pytest.mark.parametrize("fill", [" ", " w" * 90])
def test_the_longest_statement_is_reached(text: str, fill: str) -> None:
    assert text_remote(f"x{fill} {text}.{fill}") is remote_of_all(text)
    assert remote_of_all(text) is not None
