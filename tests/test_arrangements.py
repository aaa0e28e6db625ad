"""Remote work and employment types."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import arrangements as module
from classifier.arrangements import EMPLOYMENT_TYPES, find_employment_type, is_remote


@pytest.mark.parametrize(
    ("kind", "location", "remote"),
    [
        ("TELECOMMUTE", "Oslo", True),
        ("Remote", "", True),
        ("Hybrid", "Remote", False),
        ("On-site", "", False),
        ("", "Remote", True),
        ("", "REMOTE - US", True),
        ("", "Anywhere in the World", True),
        ("", "Work from home", True),
        ("", "Télétravail", True),
        ("", "Home office, Wien", True),
        ("", "Remoto", True),
        ("", "Berlin (hybrid)", False),
        ("", "Hybrid - Remote, 2 days", False),
        ("", "Hybrid or Remote", True),
        ("", "Boston (Hybrid) | Remote", True),
        ("", "Not remote", False),
        ("", "Lyon, sur site", False),
        ("", "Madrid, híbrido", False),
        ("", "München, vor Ort", False),
        ("", "Oslo", None),
        ("", "", None),
    ],
)
def test_remote_by_the_fields(kind: str, location: str, remote: bool | None) -> None:
    assert is_remote(kind, location) is remote


@pytest.mark.parametrize(
    ("title", "remote"),
    [
        ("Engineer (Remote)", True),
        ("Engineer - 100% remote", True),
        ("Engineer (Hybrid)", False),
        ("Remote Sensing Scientist", None),
        ("Hybrid Cloud Architect", None),
        ("Distributed Systems Engineer", None),
    ],
)
def test_remote_by_the_title(title: str, remote: bool | None) -> None:
    assert is_remote("", "", title) is remote


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
def test_remote_by_strong_statements(text: str, remote: bool | None) -> None:
    assert is_remote("", "Leeds", "Engineer", text) is remote


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("FULL_TIME", "FULL_TIME"),
        ("FullTime", "FULL_TIME"),
        ("Full-time", "FULL_TIME"),
        ("Festanstellung", "FULL_TIME"),
        ("Vollzeit, unbefristet", "FULL_TIME"),
        ("CDI", "FULL_TIME"),
        ("permanent contract", "FULL_TIME"),
        ("Tiempo completo", "FULL_TIME"),
        ("正社員", "FULL_TIME"),
        ("Full-time or part-time", "FULL_TIME"),
        ("PartTime", "PART_TIME"),
        ("Teilzeit", "PART_TIME"),
        ("temps partiel", "PART_TIME"),
        ("contract", "CONTRACTOR"),
        ("Full-time contractor", "CONTRACTOR"),
        ("Freelance", "CONTRACTOR"),
        ("業務委託", "CONTRACTOR"),
        ("TEMPORARY", "TEMPORARY"),
        ("Fixed-term contract", "TEMPORARY"),
        ("CDD", "TEMPORARY"),
        ("befristet", "TEMPORARY"),
        ("Full-time internship", "INTERN"),
        ("Werkstudent", "INTERN"),
        ("Estágio", "INTERN"),
        ("Volunteer", "VOLUNTEER"),
        ("PER_DIEM", "PER_DIEM"),
        ("Other", "OTHER"),
        ("", None),
        ("Remote", None),
    ],
)
def test_employment_type_of_the_field(field: str, kind: str | None) -> None:
    assert find_employment_type(field) == kind
    assert find_employment_type(kind or "") == kind


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Designer (Contract)", "", "CONTRACTOR"),
        ("Software Engineering Intern", "", "INTERN"),
        ("Smart Contract Engineer", "", None),
        ("Casual Games Artist", "", None),
        ("Contracts Manager", "", None),
        ("Engineer", "Employment type: Part-time", "PART_TIME"),
        ("Engineer", "Contract type: permanent, a CDI", "FULL_TIME"),
        ("Engineer", "This is a six-month contract position.", "CONTRACTOR"),
        ("Engineer", "Unbefristete Anstellung", "FULL_TIME"),
        ("Engineer", "You manage full-time staff and contractors.", None),
    ],
)
def test_employment_type_of_title_and_text(title: str, text: str, kind: str | None) -> None:
    assert find_employment_type("", title, text) == kind


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=120))
def test_any_text_gives_a_result_of_the_sets(one: str, two: str, text: str) -> None:
    assert is_remote(one, two, one, f"this is a {text} remote position") in {True, False, None}
    assert find_employment_type(one, two, f"Job type: {text}") in {None, *EMPLOYMENT_TYPES}


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
    assert module._text_remote(text) is remote_of_all(text)
    for one in pieces:
        assert module._text_remote(one) is remote_of_all(one)


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
    assert module._text_remote(f"x{fill} {text}.{fill}") is remote_of_all(text)
    assert remote_of_all(text) is not None


def test_first_words_are_those_of_both_tables() -> None:
    phrases = {*module._places(), *module._title_places()}
    assert {phrase.split()[0] for phrase in phrases} == module._place_first_words().keys()
