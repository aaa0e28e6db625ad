"""Postings to terms and places: cleaned, without boilerplate, counted by block."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from classifier.features import (
    BLOCKS,
    FEWEST_WORDS,
    NO_TITLE,
    Document,
    count_terms,
    description_terms,
    find_spans,
    find_work,
    read_document,
    skill_terms,
    title_terms,
)
from classifier.table import Table
from classifier.terms import tokenize
from classifier.vocabulary import SkillMatch

WORK = "You will build data pipelines in SQL and tune Apache Spark for our analysts. " * 4
BENEFITS = "Benefits\n\nFree lunch, a pension and a gym around the corner.\n\n"
CUT = f"{WORK.strip()}\n\n{BENEFITS}Responsibilities\n\nOwn the nightly batch of reports.\n"


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents with any cuts, also empty and adjacent ones."""
    text = draw(st.text(alphabet="ab \n", min_size=1, max_size=30))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8)))
    kept = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    return Document("", text, "".join(text[a:b] for a, b in kept), kept)


@given(documents(), st.data())
@settings(deadline=None)
def test_place_is_the_place_of_the_first_and_last_character(
    document: Document, data: st.DataObject
) -> None:
    assume(document.work)
    start = data.draw(st.integers(0, len(document.work) - 1))
    end = data.draw(st.integers(start + 1, len(document.work)))
    places = [i for a, b in document.kept for i in range(a, b)]
    assert document.place(start, end) == (places[start], places[end - 1] + 1)


# --- What describes the work ---


def test_boilerplate_is_left_out() -> None:
    document = read_document("Data Engineer", CUT)
    assert document.description == CUT.strip()
    assert "lunch" not in document.work
    assert document.work.startswith("You will build")
    assert document.work.endswith("Own the nightly batch of reports.")
    assert document.work == "".join(document.description[a:b] for a, b in document.kept)
    assert len(document.kept) == 2


@pytest.mark.parametrize(
    ("n_words", "is_cut"), [(FEWEST_WORDS - 1, False), (FEWEST_WORDS, True)], ids=str
)
def test_a_text_of_boilerplate_is_kept_whole(n_words: int, is_cut: bool) -> None:
    text = "word " * (n_words - 1) + f"last.\n\n{BENEFITS}".rstrip()
    kept = find_work(text)
    assert (kept != [(0, len(text))]) is is_cut
    assert ("lunch" not in "".join(text[a:b] for a, b in kept)) is is_cut


@pytest.mark.parametrize("text", ["", " \n ", "<p></p>", "<br><div> </div>"], ids=repr)
def test_empty_text_is_an_empty_document(text: str) -> None:
    assert read_document(text, text) == Document("", "", "", ((0, 0),))


def test_html_is_cleaned() -> None:
    document = read_document("<b>Data</b>&nbsp;Engineer", "<p>Build&amp;run</p><ul><li>SQL</ul>")
    assert document.title == "Data Engineer"
    assert document.work == document.description == "Build&run\n\n- SQL"


@given(st.text(alphabet=st.sampled_from("ab. \n<>&;#:") | st.characters(), max_size=60))
@settings(deadline=None)
def test_work_is_what_the_spans_hold(text: str) -> None:
    document = read_document(text, text)
    assert document.work == "".join(document.description[a:b] for a, b in document.kept)
    assert "\n" not in document.title


# --- Terms ---


def test_description_terms_are_words_and_pairs() -> None:
    assert description_terms("Use C++, daily") == ["use", "c++", "daily", "use c++", "c++ daily"]


@pytest.mark.parametrize(
    ("title", "terms"),
    [
        ("", [NO_TITLE]),
        ("— / —", [NO_TITLE]),
        ("Engineer", ["engineer"]),
        ("ML Engineer II", ["ml", "engineer", "ii", "ml engineer", "engineer ii"]),
    ],
    ids=repr,
)
def test_title_terms(title: str, terms: list[str]) -> None:
    assert title_terms(title) == terms


def test_no_title_can_be_no_word_of_a_title() -> None:
    assert NO_TITLE not in title_terms(NO_TITLE)


def test_a_skill_counts_once_and_for_each_of_its_roles(small_table: Table) -> None:
    found = small_table.vocabulary.find_skills("SQL, Spark, sql and apache spark")
    assert len(found) == 4
    assert skill_terms(found, small_table.vocabulary) == [
        "SQL",
        "Spark",
        "data-analyst: tool",
        "data-engineer: tool",
        "data-engineer: tool",
    ]


def test_terms_of_each_block(small_table: Table) -> None:
    document = read_document("Engineer", "Write SQL. Write SQL.")
    skills = small_table.vocabulary.find_skills(document.work)
    counted = count_terms(document, skills, small_table.vocabulary)
    assert tuple(counted) == BLOCKS
    assert counted == {
        "description": ["write", "sql", "write", "sql", "write sql", "sql write", "write sql"],
        "title": ["engineer"],
        "skills": ["SQL", "data-analyst: tool", "data-engineer: tool"],
    }


# --- Places ---


def test_places_of_terms_and_skills(small_table: Table) -> None:
    document = read_document("SQL Expert", "We use Apache Spark. Spark!")
    skills = small_table.vocabulary.find_skills(document.work)
    places = find_spans(document, skills)
    assert places["description", "spark"] == [(14, 19), (21, 26)]
    assert places["description", "apache spark"] == [(7, 19)]
    assert places["description", "spark spark"] == [(14, 26)]
    assert places["skills", "Spark"] == [(7, 19), (21, 26)]
    assert places["title", "sql expert"] == [(0, 10)]
    assert ("skills", "SQL") not in places  # in the title it is a title's word


def test_words_beside_a_cut_are_no_place() -> None:
    document = read_document("", CUT)
    counted = description_terms(document.work)
    places = find_spans(document, [])
    for term, spans in ((t, s) for (block, t), s in places.items() if block == "description"):
        found = [" ".join(tokenize(document.description[a:b])) for a, b in spans]
        assert found == [term] * len(spans)
    assert "analysts responsibilities" in counted
    assert ("description", "analysts responsibilities") not in places
    assert sum(map(len, places.values())) == len(counted) - 1


def test_a_skill_on_both_sides_of_a_cut_is_no_place() -> None:
    document = Document("", "apache (ad) spark", "apache spark", ((0, 7), (12, 17)))
    assert ("skills", "Spark") not in find_spans(document, [SkillMatch("Spark", "tool", 0, 12)])
