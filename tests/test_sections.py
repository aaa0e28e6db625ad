"""Sections of a posting: headings in many wordings, notices by content, what must stay."""

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import sections
from classifier.sections import BOILERPLATE, find_sections, strip_boilerplate

HEADINGS_FILE = Path(sections.__file__).with_name("headings.toml")

# kind, then headings that open it
HEADINGS = {
    "responsibilities": """
        Responsibilities
        ## What you'll do
        **What You’ll Be Doing:**
        KEY DUTIES
        Essential Duties & Responsibilities:
        In this role you will:
        As a Welding Engineer at Acme, you will:
        How you'll make an impact
        Your mission
        A day in the life
        Deine Aufgaben
        Vos missions
    """,
    "requirements": """
        Requirements
        Minimum Qualifications:
        ### Who you are
        What we're looking for
        What you'll bring
        Knowledge, Skills, and Abilities
        EDUCATION AND EXPERIENCE
        You have:
        Must-haves
        The ideal candidate
        Dein Profil
        Profil recherché
    """,
    "nice-to-have": """
        Nice to have
        Nice-to-haves:
        **Preferred qualifications**
        Bonus points if you have:
        Desired Skills and Experience
        It would be a plus if you:
        Von Vorteil
        Les plus
    """,
    "benefits": """
        Benefits
        🎁 Perks & Benefits
        What we offer
        **What's in it for you?**
        Compensation and Benefits:
        Salary range
        Pay Transparency
        401(k) plan
        Paid time off
        Why join us?
        Why you'll love working here
        Wir bieten dir
        Rémunération
    """,
    "about": """
        About us
        # About Acme Robotics
        ABOUT ACME
        About the company
        Company description
        Who we are
        Our mission
        Our Values and Culture
        Life at Acme
        Über uns
        Qui sommes-nous ?
        L'entreprise
    """,
    "equal-opportunity": """
        Equal Opportunity Employer
        EEO Statement
        Our commitment to diversity, equity and inclusion
        **Accommodations**
        Chancengleichheit
    """,
    "application": """
        How to apply
        Our interview process
        Next steps
        Privacy notice
        Notice to recruitment agencies
        Pour postuler
    """,
    "description": """
        About the role
        The team
        About our engineering team
        Job description
        Tech stack
        Additional information
        Stellenbeschreibung
    """,
}


def kinds(text: str) -> list[str]:
    return [section.kind for section in find_sections(text)]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        pytest.param(line.strip(), kind, id=line.strip())
        for kind, lines in HEADINGS.items()
        for line in lines.strip().splitlines()
    ],
)
def test_heading_opens_a_section(heading: str, kind: str) -> None:
    # After boilerplate of another kind, so that "description" can be seen to end it.
    before = "About us" if kind != "about" else "Benefits"
    opened = find_sections(f"{before}\n\nWe sell boats.\n\n{heading}\n\nSomething else.")[-1]
    assert (opened.kind, opened.start) == (kind, len(f"{before}\n\nWe sell boats.\n\n"))


def test_each_kind_has_a_case() -> None:
    table = tomllib.loads(HEADINGS_FILE.read_text("utf-8"))
    assert set(HEADINGS) == set(table) - {"MORE", "KEY"}
    assert set(HEADINGS) >= BOILERPLATE


@pytest.mark.parametrize(
    "line",
    [
        "Benefits Administration Platform Engineer",  # a title
        "Compensation Data Analyst",
        "You benefit from our experience.",
        "benefits from our scale",
        "- Benefits",
        "About 20 engineers work here",
        "About the Billing Team",
        "About Billing Team",
        "Reasonable Accommodations Specialist",
        "About the role at Acme",
        "About you",
        "about a hundred tests a day",
        "Our mission control software runs in 30 places and never stops for any reason",
        "Why this role matters",
        "Apply now",
        "Equal parts research and engineering",
        "Who we are looking for",
        "What we build",
        "Contact centre software",
    ],
)
def test_line_that_opens_no_boilerplate(line: str) -> None:
    assert not set(kinds(f"{line}\n\nBuild compilers.")) & BOILERPLATE


@pytest.mark.parametrize(
    "line",
    [
        "## A year at sea",
        "**Where the boats are built**",
        "Where the boats are built:",
        "WHERE THE BOATS ARE BUILT",
        "Where Boats Begin",
        "Software Engineer, Hulls",
        "**These are the nine boats that we built for the island in a single year**",
    ],
)
def test_unknown_heading_ends_boilerplate(line: str) -> None:
    assert kinds(f"Benefits\n\n- Lunch\n\n{line}\n\nOak.") == ["benefits", "description"]


@pytest.mark.parametrize(
    "line",
    [
        "Free lunch",
        "- Health Insurance",
        "- Experience: a year at sea",
        "$90,000 - $120,000 USD",
        "We pay for your boat.",
        "You will receive a boat.",
    ],
)
def test_line_that_stays_in_boilerplate(line: str) -> None:
    assert kinds(f"Benefits\n\n{line}\n\nMore of it.") == ["benefits"]


def test_heading_without_blank_lines() -> None:
    assert kinds("Benefits\nFree Lunch\nFree Boats\nA Pier") == ["benefits"]  # a list, or a heading
    assert kinds("Benefits\n- Lunch\nWhere the boats are built:\n- Oak") == [
        "benefits",
        "description",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "You will design hulls and test them.",
        "We're looking for a welder.",
        "As a welder at Acme, you weld.",
        "In this role, hulls are welded.",
        "The position requires travel.",
        "You are responsible for hulls.",
        "Three years of hands-on experience.",
        "Wir suchen dich.",
        "Nous recherchons un soudeur.",
        "Job Duties: weld hulls and test them.",
    ],
)
def test_work_ends_boilerplate(line: str) -> None:
    found = kinds(f"About us\n\nWe sell boats.\n\n{line}\n\nPaint it.")
    assert found[0] == "about"
    assert not set(found[1:]) & BOILERPLATE


def test_unknown_heading_leaves_the_work_as_it_is() -> None:
    text = "Responsibilities\n\n- Weld\n\nHulls And Keels\n\n- Test"
    assert kinds(text) == ["responsibilities"]
    assert kinds("Responsibilities\n\nYou will weld.") == ["responsibilities"]


def test_heading_within_a_line() -> None:
    text = "Weld hulls.\nBenefits: lunch and a boat\nTest hulls."
    assert [text[s.start : s.end] for s in find_sections(text) if s.kind == "benefits"] == [
        "Benefits: lunch and a boat\n"
    ]
    assert kinds("About Acme: we sell boats. You will weld hulls.") == ["description"]


NOTICES = [
    ("opportunity", "Acme is an equal opportunity employer and glad of it.", "equal-opportunity"),
    (
        "grounds",
        "We hire regardless of race, religion, gender, age or whether you can swim.",
        "equal-opportunity",
    ),
    ("accommodation", "Ask us for a reasonable accommodation.", "equal-opportunity"),
    ("records", "We consider people with arrest or conviction records.", "equal-opportunity"),
    ("verification", "Acme takes part in E-Verify.", "equal-opportunity"),
    (
        "German",
        "Alle sind willkommen, unabhängig von Geschlecht, Herkunft, Alter oder Behinderung.",
        "equal-opportunity",
    ),
    ("French", "Poste ouvert aux personnes en situation de handicap.", "equal-opportunity"),
    ("privacy", "Candidates find our privacy notice on the pier.", "application"),
    ("agencies", "Unsolicited resumes from agencies go overboard.", "application"),
]


@pytest.mark.parametrize(
    ("notice", "kind"), [pytest.param(text, kind, id=name) for name, text, kind in NOTICES]
)
def test_notice_without_heading(notice: str, kind: str) -> None:
    text = f"Weld hulls. Test each of them twice. {notice} " + "Bring your own gloves to work. " * 4
    found = [(text[s.start : s.end], s.kind) for s in find_sections(text)]
    assert found[1] == (f"{notice} ", kind)
    assert {kind for _, kind in found[::2]} == {"description"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Weights are initialised regardless of the seed.",
        "Study how models discriminate by gender.",
        "Measure bias with respect to race, gender, age and disability.",
        "All boats are equal.",
        "Paint hulls regardless of their age and colour.",
        "Build our privacy policy generator.",
        "Verify hulls and qualify suppliers.",
        "Train models with differential privacy and GDPR rules in mind.",
    ],
)
def test_work_that_is_no_notice(sentence: str) -> None:
    assert kinds(f"Weld hulls. {sentence} Test them.") == ["description"]


def test_notice_takes_the_rest_of_its_paragraph() -> None:
    notice = "We are an equal opportunity employer. Boats have no prejudice. Nor has Acme."
    text = f"Weld hulls.\n\n{notice} We consider all qualified applicants with boats.\n\nTest."
    assert [text[s.start : s.end].strip() for s in find_sections(text)][1].startswith(notice)


def test_work_in_the_paragraph_of_a_notice_stays() -> None:
    notice = "We are an equal opportunity employer and consider all qualified applicants."
    assert kinds(f"You will weld. {notice}") == ["description", "equal-opportunity"]


def test_notice_without_full_stops_takes_no_work_along() -> None:
    duties = "Weld hulls in the yard " * 40
    text = f"{duties}Acme is an equal opportunity employer"
    assert [(s.kind, text[s.start :][:4]) for s in find_sections(text)] == [
        ("description", "Weld"),
        ("equal-opportunity", "Acme"),
    ]
    within = find_sections(f"Weld hulls Acme is an equal opportunity employer {duties}")
    assert [s.kind for s in within] == ["description", "equal-opportunity", "description"]
    assert within[1].start == len("Weld hulls ")
    assert within[1].end - within[1].start < 500


POSTING = """\
Welding Researcher

About Acme

We sell boats to everyone who can swim.

What you'll do

- Weld hulls of a new kind, and find out why the old ones leak.
- Publish what you find, and turn it into a product with the people of the yard.
- Look after the robots that weld while you sleep.

Who you are

You have welded before, and you can say what a confidence interval is. Boats are no must.

Benefits

- Lunch on deck

Acme is an equal opportunity employer.
"""


def test_posting_without_its_boilerplate() -> None:
    stripped = strip_boilerplate(POSTING)
    assert stripped.startswith("Welding Researcher\n\nWhat you'll do\n\n- Weld")
    assert stripped.endswith("Boats are no must.")
    assert strip_boilerplate(stripped) == stripped


def test_little_text_is_left_whole() -> None:
    text = "Weld hulls.\n\nBenefits\n\n" + "Lunch. " * 50
    assert strip_boilerplate(text) == text
    words = "Weld " * 40
    assert strip_boilerplate(f"{words}\n\nBenefits\n\nLunch.") == words.strip()
    assert strip_boilerplate(f"{words[5:]}\n\nBenefits\n\nLunch.") != words[5:].strip()


LINES = st.lists(
    st.one_of(
        st.sampled_from([h.strip() for hs in HEADINGS.values() for h in hs.strip().splitlines()]),
        st.sampled_from([text for _, text, _ in NOTICES]),
        st.sampled_from(
            ["", "- a", "Benefits: x", "You will weld.", "## X", "x" * 600, "\u0130" * 9]
        ),
        st.text(max_size=30),
    ),
    max_size=12,
).map("\n".join)


@settings(deadline=None)
@given(LINES)
def test_sections_cover_the_text(text: str) -> None:
    found = find_sections(text)
    assert "".join(text[s.start : s.end] for s in found) == text
    assert all(s.start < s.end for s in found)
    assert all(one.kind != other.kind for one, other in pairwise(found))


@settings(deadline=None)
@given(LINES)
def test_stripped_text_is_of_the_text(text: str) -> None:
    stripped = strip_boilerplate(text)
    assert stripped == text or len(stripped.split()) >= 40
    rest = iter(text)
    assert all(character in rest for character in stripped)  # in order, nothing new


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Benefits\n" * 110_000, id="headings"),
        pytest.param("About us: x\n" * 80_000, id="headings within lines"),
        pytest.param("equal opportunity. " * 50_000, id="notices"),
        pytest.param("equal " * 160_000, id="no full stop"),
        pytest.param("Benefits\n" + "as a boat " * 100_000, id="signs of work"),
    ],
)
def test_a_long_text_costs_its_length(text: str) -> None:
    start = time.process_time()
    find_sections(text)
    assert time.process_time() - start < 5  # it takes about 0.2; quadratic, it takes hours
