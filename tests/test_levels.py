"""Seniority from titles and texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import levels as module
from classifier.levels import ARTICLE_LEVELS, LEVELS, SURVEY_LEVELS, Level, find_level


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Machine Learning Intern", "intern"),
        ("Software Engineering Internship, Summer", "intern"),
        ("Working Student Data Engineering", "intern"),
        ("Werkstudent (m/w/d) Softwareentwicklung", "intern"),
        ("Praktikant:in Forschung", "intern"),
        ("Duales Studium Informatik", "intern"),
        ("Stagiaire développeur", "intern"),
        ("Alternance - Développeur", "intern"),
        ("Estágio em Dados", "intern"),
        ("Becario de Ingeniería", "intern"),
        ("Afstudeerstage Machine Learning", "intern"),
        ("Co-op Student, Robotics", "intern"),
        ("Junior Developer", "junior"),
        ("Jr. Data Analyst", "junior"),
        ("Graduate Software Engineer", "junior"),
        ("Software Engineer, New Grad", "junior"),
        ("Entry-Level Technician", "junior"),
        ("Early Career Scientist", "junior"),
        ("Associate Software Engineer", "junior"),
        ("Software Engineer I", "junior"),
        ("Engineer 1 - Platform", "junior"),
        ("Desenvolvedor Júnior", "junior"),
        ("Trainee Consultant", "junior"),
        ("Mid-Level Engineer", "mid"),
        ("Mid-Senior Engineer", "mid"),
        ("Intermediate Designer", "mid"),
        ("Medior Developer", "mid"),
        ("Desarrollador Semi Senior", "mid"),
        ("Desenvolvedor Pleno", "mid"),
        ("Software Engineer II", "mid"),
        ("SWE 2, Core", "mid"),
        ("Senior Software Engineer", "senior"),
        ("Sr. Research Scientist", "senior"),
        ("Pessoa Desenvolvedora Sênior", "senior"),
        ("Ingénieur logiciel expérimenté", "senior"),
        ("Software Engineer III", "senior"),
        ("Senior Software Engineer I", "senior"),
        ("Senior Product Manager", "senior"),
        ("Senior/Staff Engineer", "senior"),
        ("Senior Staff Accountant", "senior"),
        ("Senior Associate, Tax", "senior"),
        ("Staff Software Engineer", "staff"),
        ("Senior Staff Engineer", "staff"),
        ("Staff / Senior Engineer", "staff"),
        ("Software Engineer, Staff", "staff"),
        ("Principal Scientist", "staff"),
        ("Distinguished Engineer", "staff"),
        ("Engineer IV", "staff"),
        ("Engineering Manager", "lead"),
        ("Senior Engineering Manager, Search", "lead"),
        ("Senior Manager, Data", "lead"),
        ("Tech Lead", "lead"),
        ("Lead Software Engineer II", "lead"),
        ("Manager/Director, Risk", "lead"),
        ("Teamleiter/in Vertrieb", "lead"),
        ("Chef d'équipe", "lead"),
        ("Teamleider Data", "lead"),
        ("Jefe de Producto", "lead"),
        ("Associate Director, Biology", "director"),
        ("Director of Engineering", "director"),
        ("Head of Research", "director"),
        ("VP, Engineering", "director"),
        ("Chief Technology Officer", "director"),
        ("CTO", "director"),
        ("Geschäftsführer (m/w/d)", "director"),
        ("Directrice technique", "director"),
    ],
)
def test_title(title: str, level: str) -> None:
    found = find_level(title)
    assert found is not None
    assert (found.name, found.rule) == (level, "title")
    assert found.text in title


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Software Engineer",
        "Product Manager",
        "Group Product Manager I",
        "Account Manager, Enterprise",
        "Member of Technical Staff",
        "Staff Accountant",
        "Kitchen Staff",
        "Lead Generation Specialist",
        "Senior Living Advisor",
        "Chief of Staff",
        "Chief of Staff to the CEO",
        "Executive Assistant to the Director",
        "Sales Associate",
        "Internal Auditor",
        "IV Therapy Nurse",
        "A.I. Engineer",
        "Mid-Market Account Executive",
        "Art Director",
        "Graduate Recruiter",
    ],
)
def test_a_title_that_does_not_tell(title: str) -> None:
    assert find_level(title) is None


@pytest.mark.parametrize(
    ("text", "level", "rule"),
    [
        ("Seniority level: Mid-Senior level", "mid", "text"),
        ("Experience level: Entry", "junior", "text"),
        ("This is a senior role in a small team.", "senior", "text"),
        ("This is an entry-level position.", "junior", "text"),
        ("0-2 years of experience", "junior", "years of experience"),
        ("1+ years experience", "junior", "years of experience"),
        ("2-4 years of experience", "mid", "years of experience"),
        ("three (3) to five years' experience", "mid", "years of experience"),
        ("5+ years of experience, then 2 years of experience", "senior", "years of experience"),
        ("Experience: 10+ years", "senior", "years of experience"),
        ("Mindestens 3 Jahre Berufserfahrung", "mid", "years of experience"),
        ("2 ans d'expérience", "mid", "years of experience"),
        ("al menos 5 años de experiencia", "senior", "years of experience"),
        ("5 years experience preferred.\n3 years experience", "mid", "years of experience"),
    ],
)
def test_text_decides_where_the_title_does_not(text: str, level: str, rule: str) -> None:
    found = find_level("Engineer", text)
    assert found is not None
    assert (found.name, found.rule) == (level, rule)
    assert found.text in text
    assert find_level("Staff Engineer", text) == Level("staff", "title", "Staff")


@pytest.mark.parametrize(
    "text",
    [
        "We have 12 years of experience.",
        "You are 18 years of age.",
        "Over the last 3 years experience mattered.",
        "A 4 year degree and some experience",
        "A degree or 5 years of experience",
        "40 years of experience",
        "This is a lead generation role.",
        "You work with senior engineers.",
    ],
)
def test_a_text_that_does_not_tell(text: str) -> None:
    assert find_level("Engineer", text) is None


def test_every_level_has_its_listing_level() -> None:
    assert tuple(ARTICLE_LEVELS) == LEVELS
    assert set(SURVEY_LEVELS.values()) <= set(LEVELS)


WORDS = ["Senior", "Staff", "Engineer", "Manager", "Lead", "I", "/", " - ", " ", "Associate", "5+"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_a_level_or_none(text: str) -> None:
    for found in (
        find_level(text),
        find_level("", text),
        find_level("", f"{text} years experience"),
    ):
        assert found is None or found.name in LEVELS


@given(st.sampled_from(["senior engineer", "engineering manager", "praktikant", "head of data"]))
def test_case_does_not_count(title: str) -> None:
    names = {found and found.name for found in map(find_level, (title, title.upper()))}
    assert len(names) == 1


@pytest.mark.parametrize(
    "text",
    [
        "THİS IS A SENIOR ROLE.",
        "Thıs is a senior role.",
        "thiſ iſ a senior role",
        "SENIORITY LEVEL: SENIOR",
        "ſenıority: Senior",
    ],
)
def test_the_quick_look_overlooks_no_letter(text: str) -> None:
    found = find_level("", text)
    assert found
    assert (found.name, found.rule) == ("senior", "text")


EXPRESSIONS = (module._FIELD, module._ROLE)
PIECES = st.one_of(
    *(st.from_regex(expression) for expression in EXPRESSIONS),
    st.sampled_from(WORDS),
    st.sampled_from((*"ſıİé–-+ \n", "\u00a0", "this is a", "level", "seniority")),
)


@given(st.lists(PIECES, max_size=6), st.sampled_from(["", " "]))
@settings(deadline=None)
def test_expressions_tried_at_few_places_find_what_they_find_anywhere(
    pieces: list[str], gap: str
) -> None:
    text = gap.join(pieces)
    for find, expression in zip((module._fields, module._roles), EXPRESSIONS, strict=True):
        expected = [match.span() for match in expression.finditer(text)]
        assert [match.span() for match in find(text)] == expected


def test_the_longest_match_is_reached() -> None:
    assert [match.start() for match in module._fields("experience-level: mid")] == [0]


WORDS_AROUND = "assistant to support reports reporting the office of The İs REPORTS ſupport , . - é"
AROUND = st.lists(st.sampled_from(WORDS_AROUND.split()), max_size=6).map(" ".join)


@given(AROUND)
def test_a_quick_look_changes_nothing(text: str) -> None:
    found = module._SOMEONE.search(text)
    assert module._before_someone(text) == (text[: found.start()] if found else text)
