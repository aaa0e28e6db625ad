"""Predictions: the evidence sums up and points at the words, and no text is too odd."""

import dataclasses
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.features import NO_TITLE, count_terms
from classifier.files import read_postings
from classifier.places import dollar_currency
from classifier.posting import BaseSalary, JobPosting, to_json
from classifier.predict import (
    NO_WORDS,
    Evidence,
    Prediction,
    Term,
    classify,
    name_probabilities,
    research_share,
    review_reasons,
    stated_salary,
)
from classifier.salary import envelope, find_salaries
from classifier.structured_pay import parse_pay_field
from classifier.table import Table
from classifier.terms import tokenize
from classifier.vocabulary import Vocabulary

FIELDS = (
    "label",
    "probabilities",
    "research_share",
    "review",
    "reasons",
    "evidence",
    "skills",
    "base_salary",
    "standing",
    "estimated_salary",
    "level",
    "countries",
    "remote",
    "employment_type",
    "year",
    "model",
)
RESEARCH = """You will design experiments on new training methods for large language models,
run them on our cluster, write papers about the results for NeurIPS and ICML, and present them.
You hold a PhD in machine learning, have published research, and know PyTorch well."""


def evidence_of(found: Prediction) -> Evidence:
    assert found.evidence is not None
    return found.evidence


def check_sums(found: Prediction) -> None:
    """Evidence that adds up, to the log-odds and to the probabilities."""
    if found.label is None:
        assert (found.evidence, found.probabilities) == (None, {})
        assert found.reasons == (NO_WORDS,)
        return
    evidence = evidence_of(found)
    summed = evidence.intercept + math.fsum(term.contribution for term in evidence.terms)
    ratio = found.probabilities[evidence.label] / found.probabilities[evidence.against]
    assert evidence.log_odds >= 0
    assert math.isclose(summed, evidence.log_odds, rel_tol=0, abs_tol=1e-9)
    assert math.isclose(math.log(ratio), evidence.log_odds, rel_tol=0, abs_tol=1e-9)
    assert math.isclose(sum(found.probabilities.values()), 1, abs_tol=1e-12)
    ranked = sorted(found.probabilities.values(), reverse=True)
    assert found.label == evidence.label != evidence.against
    assert [found.probabilities[x] for x in (evidence.label, evidence.against)] == ranked[:2]
    sizes = [abs(term.contribution) for term in evidence.terms]
    assert sizes == sorted(sizes, reverse=True)


def check_places(found: Prediction, vocabulary: Vocabulary) -> None:
    """Places that hold the very words, every time that they stand there."""
    document = found.document
    facets = {skill.name: skill.facet for skill in vocabulary.skills}
    for term in found.evidence.terms if found.evidence else ():
        field = document.title if term.block == "title" else document.description
        texts = [field[start:end] for start, end in term.spans]
        if term.block == "skills":
            matches = tuple((m.start, m.end) for m in found.skills if m.skill == term.term)
            assert term.spans == matches
        else:
            assert [" ".join(tokenize(text)) for text in texts] == [term.term] * len(texts)
            # Only what begins and ends with a word is a place.
            assert all(text == text.strip(" \n.,;:!?()") for text in texts)
    for match in found.skills:
        text = document.description[match.start : match.end]
        assert facets[match.skill] == match.facet
        assert match.skill in {one.skill for one in vocabulary.find_skills(f"{text}, {text}")} or (
            len(tokenize(text)) == 1  # a listed word, which needs its neighbours
        )
    assert [m.start for m in found.skills] == sorted(m.start for m in found.skills)


def check_plain(found: Prediction) -> None:
    """JSON with the fields that are promised, and without NaN."""
    text = json.dumps(found.to_json(), allow_nan=False)
    assert tuple(json.loads(text)) == FIELDS


@pytest.fixture(scope="module")
def samples(root: Path, table: Table) -> list[Prediction]:
    """Predictions for all postings of the repository."""
    paths = [root / "data" / "postings.csv", root / "data" / "listings.jsonl"]
    return [classify(table, posting) for path in paths for posting in read_postings(str(path))]


# --- On real and generated texts ---


def test_evidence_sums_up_on_every_sample(samples: list[Prediction]) -> None:
    assert len(samples) > 220
    for found in samples:
        check_sums(found)
        check_plain(found)


def test_evidence_points_at_the_words_of_every_sample(
    samples: list[Prediction], table: Table
) -> None:
    for found in samples:
        check_places(found, table.vocabulary)
        for term in evidence_of(found).terms:
            # Words of the text have a place, unless they only meet where boilerplate was cut out.
            if " " not in term.term and term.block != "skills":
                assert term.spans
            if term.term == NO_TITLE or ": " in term.term:
                assert not term.spans


def test_numbers_are_those_of_the_table(samples: list[Prediction], table: Table) -> None:
    for found in samples:
        skills = table.vocabulary.find_skills(found.document.work)
        counted = count_terms(found.document, skills, table.vocabulary)
        [expected] = table.predict_proba([counted]).tolist()
        assert list(found.probabilities.values()) == pytest.approx(expected, abs=1e-12)
        assert tuple(found.probabilities) == table.classes_


def test_evidence_sums_up_on_the_corpus(corpus: Path, table: Table) -> None:
    rows = pq.read_table(corpus, columns=["title", "description"]).slice(0, 150).to_pylist()
    for row in rows:
        found = classify(table, JobPosting(row["description"] or "", row["title"] or ""))
        check_sums(found)
        check_places(found, table.vocabulary)


WORDS = st.sampled_from(
    [
        *("train", "models", "research", "papers", "PyTorch", "C++", "Kubernetes", "sales", "R,"),
        *(
            "$90k a year",
            "<p>",
            "</p>",
            "&amp;",
            "\n\n",
            "\n- ",
            "Benefits:\n",
            "機械",
            "🎉",
            "\ud83d",
        ),
        *("We are an equal opportunity employer.", "Requirements\n", "state-of-the-art", "İ"),
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=6), max_size=80).map(" ".join)


@given(TEXTS, st.lists(WORDS, max_size=4).map(" ".join))
@settings(deadline=None)
def test_any_text(table: Table, text: str, title: str) -> None:
    found = classify(table, JobPosting(text, title, salary_text=title))
    check_sums(found)
    check_plain(found)
    check_places(found, table.vocabulary)
    short = classify(table, JobPosting(text, title, salary_text=title), explain=False)
    assert short == dataclasses.replace(found, evidence=None)


@given(st.text(alphabet=st.sampled_from("<>/&;#\\\"'p \n\0\x1b") | st.characters(codec=None)))
@settings(deadline=None)
def test_any_characters(table: Table, text: str) -> None:
    check_plain(classify(table, text))


# --- Too little to judge by ---


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\u00a0\u200b",
        "🎉🚀👩‍💻",
        "<p></p><br><ul><li></li></ul>",
        "<script>let models = 1;</script><style>p {}</style>",
        "我们正在寻找一位经验丰富的烘焙师。",
        "Нужен пекарь",
        "—…!?",
        "\0\0\0",
        "qwxzv blorptang",
    ],
    ids=repr,
)
def test_no_known_word_is_no_label(table: Table, text: str) -> None:
    found = classify(table, text)
    assert found.label is None
    assert found.probabilities == {}
    assert found.research_share is None
    assert found.review is True
    assert found.reasons == (NO_WORDS,)
    assert found.evidence is None
    assert found.model == table.name
    check_plain(found)


@pytest.mark.parametrize("n", [1, 1_000_000], ids=["1", "a million"])
def test_a_text_of_any_length(table: Table, n: int) -> None:
    text = "Train models and publish research papers. " * (1 + n // 42)
    found = classify(table, text)
    assert found.label == "research-engineer"
    assert found.review  # few different words, however often they stand there
    check_sums(found)


@pytest.mark.parametrize("letters", ["x", "<", "&lt;", "\n", "1 ", "a\n\n"], ids=repr)
def test_a_long_text_of_nothing(table: Table, letters: str) -> None:
    check_plain(classify(table, letters * (100_000 // len(letters))))


def test_short_text_is_for_review(table: Table) -> None:
    found = classify(table, JobPosting("Train models.", "Research Scientist"))
    assert found.label == "research-engineer"
    assert found.review
    assert found.reasons[0] == f"short text: 3 known terms, fewer than {table.min_terms}"


def test_a_title_alone_gets_a_label_for_review(table: Table) -> None:
    found = classify(table, JobPosting("", "Backend Engineer"))
    assert found.label == "software-engineer"
    assert found.reasons[0] == f"short text: 0 known terms, fewer than {table.min_terms}"


def test_clear_text_is_not_for_review(table: Table) -> None:
    found = classify(table, JobPosting(RESEARCH, "Research Scientist"))
    assert (found.label, found.review, found.reasons) == ("research-engineer", False, ())
    assert found.probabilities["research-engineer"] >= table.threshold
    assert found.research_share is not None
    assert found.research_share > 0.9


def test_an_unsure_label_is_for_review(table: Table) -> None:
    sure = classify(table, RESEARCH)
    top = max(sure.probabilities.values())
    for threshold, review in ((top, False), (math.nextafter(top, 1), True)):
        found = classify(dataclasses.replace(table, threshold=threshold), RESEARCH)
        assert found.review is review
        assert found.reasons == (
            (f"unsure: probability {top:.2f} is under {threshold:.2f}",) if review else ()
        )


def test_reasons_add_up(small_table: Table) -> None:
    even = small_table.intercept * 0 + 0.5
    assert review_reasons(small_table, even, []) == (NO_WORDS,)
    assert review_reasons(small_table, even, [("title", NO_TITLE)]) == (NO_WORDS,)
    assert review_reasons(small_table, even, [("title", "engineer"), ("description", "build")]) == (
        "short text: 1 known terms, fewer than 3",
        "unsure: probability 0.50 is under 0.80",
    )


# --- By hand ---


def test_evidence_by_hand(small_table: Table) -> None:
    found = classify(small_table, JobPosting("Build pipelines. Build!", "Pipeline Engineer"))
    x = {"build": 1 + math.log(2), "pipelines": 2.0, "build pipelines": 3.0}
    norm = math.sqrt(sum(value**2 for value in x.values()))
    weights = {"build": 1.0, "pipelines": 2.0, "build pipelines": 1.5}
    expected = {term: 2 * weights[term] * x[term] / norm for term in x} | {"engineer": 2.0}
    evidence = evidence_of(found)
    assert (evidence.label, evidence.against) == ("data-engineer", "data-analyst")
    assert evidence.intercept == -0.5
    assert {t.term: t.contribution for t in evidence.terms} == pytest.approx(expected)
    assert {(t.block, t.term): t.spans for t in evidence.terms} == {
        ("description", "build"): ((0, 5), (17, 22)),
        ("description", "pipelines"): ((6, 15),),
        ("description", "build pipelines"): ((0, 15),),
        ("title", "engineer"): ((9, 17),),
    }
    assert evidence.log_odds == pytest.approx(sum(expected.values()) - 0.5)


def test_equal_contributions_are_in_order_of_the_terms(small_table: Table) -> None:
    coef = small_table.blocks["description"].coef * 0 + [-1.0, 1.0]
    block = small_table.blocks["description"]._replace(coef=coef, idf=coef[:, 1])
    table = dataclasses.replace(
        small_table, blocks={**small_table.blocks, "description": block}, min_terms=1
    )
    terms = evidence_of(classify(table, "reports build")).terms
    assert [term.term for term in terms] == ["build", "reports", NO_TITLE]


def test_words_beside_cut_boilerplate_have_no_place(small_table: Table) -> None:
    filler = "We look for someone kind. " * 10
    text = f"{filler}build\n\nBenefits\n\nFree lunch.\n\nPipelines: you will own them."
    found = classify(small_table, text)
    assert "lunch" not in found.document.work
    spans = {term.term: term.spans for term in evidence_of(found).terms}
    assert spans["build"] == ((len(filler), len(filler) + 5),)
    assert spans["pipelines"] == ((text.index("Pipelines"), text.index(": you")),)
    assert spans["build pipelines"] == ()
    check_sums(found)


def test_labels_of_other_roles(small_table: Table) -> None:
    found = classify(small_table, "Build pipelines in Spark")
    assert found.label == "data-engineer"
    assert tuple(found.probabilities) == ("data-analyst", "data-engineer")
    assert found.research_share is None
    assert found.model == "small 7"
    assert [(m.skill, m.facet, m.start, m.end) for m in found.skills] == [("Spark", "tool", 19, 24)]
    assert found.to_json()["skills"] == [
        {"skill": "Spark", "facet": "tool", "start": 19, "end": 24}
    ]


@pytest.mark.parametrize(
    ("research", "software", "share"),
    [(0.2, 0.6, 0.25), (1.0, 0.0, 1.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.5)],
    ids=repr,
)
def test_research_share(research: float, software: float, share: float) -> None:
    given_ = {"research-engineer": research, "software-engineer": software, "other": 0.1}
    assert research_share(given_) == pytest.approx(share)
    assert research_share({"research-engineer": research}) is None
    assert research_share({}) is None


def test_probabilities_have_the_names_of_the_classes(small_table: Table) -> None:
    found = name_probabilities(small_table, small_table.intercept + 0.5)
    assert found == {"data-analyst": 0.75, "data-engineer": 0.25}
    assert all(type(value) is float for value in found.values())


# --- Pay ---

PAY = BaseSalary(Decimal(50_000), Decimal(60_000), "EUR", "YEAR")
TEXT = "Bake bread. Salary: $90,000 - $95,000 per year."


def test_pay_of_the_record_comes_first() -> None:
    posting = JobPosting(TEXT, base_salary=PAY, salary_text="£20,000 - £25,000 per year")
    assert stated_salary(posting, TEXT) is PAY


def test_pay_of_the_field_comes_before_the_text() -> None:
    found = stated_salary(JobPosting(TEXT, salary_text="£20,000 - £25,000 per year"), TEXT)
    assert found is not None
    assert (found.min_value, found.max_value) == (Decimal(20_000), Decimal(25_000))
    assert found.currency == "GBP"
    assert found.span is None  # it stands in no text
    assert str(found.rule).startswith("base_salary field, ")


PAYS = (
    "Pay: $90,000 a year.",
    "Or CAD 95,000 a year.",
    "Pay: $95k",
    "We raised $9 million.",
    "RRSP",
)


@given(
    st.lists(st.sampled_from(PAYS), max_size=4).map("\n".join),
    st.sampled_from(["Toronto", "Boston, MA", "Oslo", ""]),
    st.sampled_from(
        ["", "$80,000 - $85,000", "80,000 Dollars a year", "＄80k", "competitive", "&"]
    ),
)
def test_a_dollar_is_that_of_the_place_though_it_is_sought_last(
    text: str, place: str, field: str
) -> None:
    dollar = dollar_currency(place, text)
    expected = parse_pay_field(field, default_dollar=dollar) or envelope(
        find_salaries(text, default_dollar=dollar)
    )
    found = stated_salary(JobPosting(text, job_location=(place,), salary_text=field), text)
    assert (found and (found.min_value, found.max_value, found.currency)) == (
        expected and (expected.min_value, expected.max_value, expected.currency)
    )


@pytest.mark.parametrize(
    ("field", "place", "currency"),
    [
        ('{"min": 20000, "max": 25000, "currency": "GBP", "interval": "year"}', "Leeds", "GBP"),
        ("{'minValue': 20000, 'maxValue': 25000, 'currency': '$'}", "Toronto, Ontario", "CAD"),
        ('{"min": 20000, "max": 25000, "currency": "\\u0024", "per": "year"}', "Toronto", "CAD"),
        ('{"min": 20000, "max": 25000, "currency": "dollars", "per": "year"}', "Toronto", "CAD"),
    ],
)
def test_pay_of_a_structured_field(field: str, place: str, currency: str) -> None:
    found = stated_salary(JobPosting(TEXT, job_location=(place,), salary_text=field), TEXT)
    assert found is not None
    assert (found.min_value, found.max_value) == (Decimal(20_000), Decimal(25_000))
    assert found.currency == currency
    assert (found.text, found.span) == (None, None)
    assert str(found.rule).startswith("base_salary field, min")


@pytest.mark.parametrize("field", ["", "competitive", '{"min": 0}', '{"min": 20000'], ids=repr)
def test_pay_of_the_text(small_table: Table, field: str) -> None:
    found = classify(small_table, JobPosting(f"<p>{TEXT}</p>", salary_text=field))
    assert found.base_salary is not None
    assert found.base_salary.span is not None
    start, end = found.base_salary.span
    assert found.document.description[start:end] == found.base_salary.text
    assert found.base_salary.min_value == Decimal(90_000)
    assert found.base_salary.max_value == Decimal(95_000)


def test_no_pay(small_table: Table) -> None:
    assert classify(small_table, "Bake bread.").base_salary is None


# --- JSON ---


def test_json_of_a_prediction(small_table: Table) -> None:
    posting = JobPosting("Build reports", "Analyst", base_salary=PAY)
    found = classify(small_table, posting)
    evidence = evidence_of(found)
    assert json.loads(json.dumps(found.to_json())) == {
        "label": "data-analyst",
        "probabilities": found.probabilities,
        "research_share": None,
        "review": True,
        "reasons": ["short text: 2 known terms, fewer than 3"],
        "evidence": {
            "label": "data-analyst",
            "against": "data-engineer",
            "log_odds": evidence.log_odds,
            "intercept": 0.5,
            "terms": [
                {
                    "block": term.block,
                    "term": term.term,
                    "contribution": term.contribution,
                    "spans": [list(span) for span in term.spans],
                }
                for term in evidence.terms
            ],
        },
        "skills": [],
        "base_salary": {
            "minValue": 50_000,
            "maxValue": 60_000,
            "currency": "EUR",
            "unitText": "YEAR",
            "text": None,
            "span": None,
            "rule": None,
            "kind": None,
            "alternatives": [],
            "months": None,
        },
        "standing": None,
        "estimated_salary": None,
        "level": None,
        "countries": [],
        "remote": None,
        "employment_type": None,
        "year": None,
        "model": "small 7",
    }
    assert evidence.terms[1] == Term("title", "analyst", 2.0, ((0, 7),))


# --- The market ---


def research(known: dict[str, Any] | None = None) -> JobPosting:
    text = RESEARCH * 3
    posting = JobPosting(text, "Senior Research Engineer", date_posted="2024-05-01")
    return dataclasses.replace(posting, **(known or {}))


@pytest.mark.parametrize(
    ("known", "start"),
    [
        ({"salary_text": "$190,000", "job_location": ("Boston, MA",)},
         "50th percentile of senior research-engineer, US, 2024, n="),
        ({"salary_text": "$900,000", "job_location": ("Boston, MA",)}, "over percentile 90 of"),
        ({"salary_text": "€70,000", "job_location": ("Lyon, France",)}, ""),
        ({"salary_text": "US$190,000"}, ""),
        ({"salary_text": "£70,000"}, None),
        ({"salary_text": "$190,000"}, None),  # which dollar?
        ({"salary_text": "€70,000 per project", "job_location": ("Lyon",)}, ""),
        ({"job_location": ("Boston, MA",)}, None),
    ],
    ids=repr,
)  # fmt: skip
def test_standing_of_stated_pay(table: Table, known: dict[str, Any], start: str | None) -> None:
    found = classify(table, research(known))
    assert not found.review
    if start is None:
        assert found.standing is None
    else:
        assert found.standing
        assert found.standing.text.startswith(start)
    assert (found.estimated_salary is None) == bool(known.get("salary_text"))


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({"job_location": ("Boston, MA",)}, "US"),
        ({"job_location": ("Lyon, France",)}, "Europe"),
        ({"job_location": ("Nairobi, Kenya",)}, None),  # the world's pay is not Kenya's
        ({"job_location": ("Remote",)}, None),
        ({}, None),
    ],
    ids=repr,
)
def test_estimated_pay(table: Table, known: dict[str, Any], place: str | None) -> None:
    found = classify(table, research(known))
    estimate = found.estimated_salary
    assert (found.base_salary, found.standing) == (None, None)
    if place is None:
        assert estimate is None
    else:
        assert estimate
        assert estimate.rule
        assert f"middle half of senior research-engineer, {place}, 2024, n=" in estimate.rule
        assert found.to_json()["estimated_salary"] == to_json(estimate)


def test_a_posting_for_review_has_neither(table: Table) -> None:
    for pay in ("$190,000", ""):
        place = ("Boston, MA",)
        posting = JobPosting("Train models.", "Research", job_location=place, salary_text=pay)
        found = classify(table, posting)
        assert found.review
        assert (found.standing, found.estimated_salary) == (None, None)


def test_an_intern_is_not_estimated_from_all_levels(table: Table) -> None:
    posting = dataclasses.replace(research(), title="Research Engineer Intern")
    posting = dataclasses.replace(posting, job_location=("Lyon, France",))
    assert classify(table, posting).estimated_salary is None
