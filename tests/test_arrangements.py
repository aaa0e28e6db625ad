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
        ("This is not a remote position.", False),
        ("You work with remote teams.", None),
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


def test_first_words_are_those_of_both_tables() -> None:
    phrases = {*module._places(), *module._title_places()}
    assert {phrase.split()[0] for phrase in phrases} == module._place_first_words().keys()
