"""What the terminal shows: predictions, summaries, bands and tables."""

import dataclasses
from decimal import Decimal

import pytest
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from classifier.posting import BaseSalary, JobPosting
from classifier.predict import NO_WORDS, classify
from classifier.salary import explain_amounts
from classifier.show import (
    TOP_TERMS,
    describe_salary,
    describe_yearly,
    highlight,
    show_amounts,
    show_labels,
    show_prediction,
    show_rows,
    show_table,
)
from classifier.table import Table
from classifier.yearly import annualize

YEARLY = BaseSalary(Decimal(50_000), Decimal(60_000), "EUR", "YEAR")


def lines(what: RenderableType, width: int = 100) -> list[str]:
    """Lines as a terminal shows them, without colours and trailing spaces."""
    console = Console(width=width, record=True, file=None, quiet=False, color_system=None)
    with console.capture() as shown:
        console.print(what, markup=False)
    return [line.rstrip() for line in shown.get().splitlines()]


# --- One prediction ---


def test_no_label(small_table: Table) -> None:
    found = classify(small_table, "Bake bread.")
    assert lines(show_prediction(found)) == ["No label", f"Review: {NO_WORDS}"]


def test_a_prediction(small_table: Table) -> None:
    posting = JobPosting(
        "Build pipelines. Build! With Apache Spark, spark.", "Engineer", base_salary=YEARLY
    )
    assert lines(show_prediction(classify(small_table, posting))) == [
        "data-engineer  100%",
        "  data-engineer  1.000  ██████████████████████████████",
        "  data-analyst   0.000",
        "",
        "Why data-engineer and not data-analyst: log-odds +8.56, the sum of",
        "  +2.259  build pipelines      text",
        "  +2.008  pipelines            text",
        "  +2.000  engineer             title",
        "  +1.109  Spark                skill x2",
        "  +0.850  build                text x2",
        "  +0.832  data-engineer: tool  skill",
        "  -0.500  intercept",
        "",
        "  Build pipelines. Build! With Apache Spark, spark.",
        "",
        "  tool  Spark",
        "Stated pay: EUR 50,000 to 60,000 per year",
    ]


def test_reasons_for_review_come_first(small_table: Table) -> None:
    shown = lines(show_prediction(classify(small_table, "Build reports")))
    assert shown[1] == "Review: short text: 2 known terms, fewer than 3"


def test_research_share_is_shown_for_the_shipped_roles(table: Table) -> None:
    found = classify(table, "Train models and publish research papers on new methods. " * 3)
    assert f"research share {found.research_share:.0%}" in lines(show_prediction(found))[0]


def test_what_is_shown_sums_to_the_log_odds(table: Table) -> None:
    text = "Train models in PyTorch, publish papers, ship services, talk to customers daily."
    found = classify(table, JobPosting(text, "Machine Learning Engineer"))
    assert found.evidence is not None
    assert len(found.evidence.terms) > TOP_TERMS
    shown = lines(show_prediction(found))
    head = next(i for i, line in enumerate(shown) if line.startswith("Why "))
    assert shown[head] == (
        f"Why {found.label} and not {found.evidence.against}: "
        f"log-odds {found.evidence.log_odds:+.2f}, the sum of"
    )
    rows = [line.split() for line in shown[head + 1 : shown.index("", head)]]
    assert len(rows) == TOP_TERMS + 2
    assert rows[-2][1:] == [str(len(found.evidence.terms) - TOP_TERMS), "more", "terms"]
    assert sum(float(row[0]) for row in rows) == pytest.approx(found.evidence.log_odds, abs=0.01)


def styles(found: RenderableType) -> dict[str, set[str]]:
    """Styles of each coloured piece of a highlighted text."""
    assert isinstance(found, Padding)
    text = found.renderable
    assert isinstance(text, Text)
    pieces: dict[str, set[str]] = {}
    for start, end, style in text.spans:
        pieces.setdefault(text.plain[start:end], set()).add(str(style))
    return pieces


def test_words_are_coloured_by_what_they_speak_for(small_table: Table) -> None:
    text = "Build pipelines, and write reports. Salary: $90,000 - $95,000 per year."
    found = highlight(classify(small_table, JobPosting(text, "Engineer")))
    pieces = styles(found)
    assert pieces["pipelines"] == {"bold green"}
    assert pieces["reports"] == {"bold red"}
    assert pieces["$90,000 - $95,000 per year"] == {"bold underline"}
    assert pieces[text] == {"not dim"}
    assert "write" not in pieces
    assert "Engineer" not in pieces  # the title is another text


def test_left_out_boilerplate_is_dim(small_table: Table) -> None:
    text = "Build pipelines for us. " * 15 + "\n\nBenefits\n\nYou can build a pension."
    found = highlight(classify(small_table, text))
    bright = [piece for piece, kinds in styles(found).items() if "not dim" in kinds]
    assert len(bright) == 1
    assert "pension" not in bright[0]
    assert isinstance(found, Padding)
    assert isinstance(found.renderable, Text)
    assert found.renderable.style == "dim"
    assert "pension" in found.renderable.plain


def test_a_prediction_without_evidence_is_highlighted_by_nothing(small_table: Table) -> None:
    found = classify(small_table, "Build pipelines", explain=False)
    assert styles(highlight(found)) == {"Build pipelines": {"not dim"}}


def test_brackets_in_a_text_are_no_markup(small_table: Table) -> None:
    found = classify(small_table, JobPosting("Build [red]pipelines[/red] [/]", "Engineer"))
    assert "  Build [red]pipelines[/red] [/]" in lines(show_prediction(found))


# --- Pay ---


@pytest.mark.parametrize(
    ("salary", "text"),
    [
        (None, "none found"),
        (YEARLY, "EUR 50,000 to 60,000 per year"),
        (
            BaseSalary(Decimal("65.50"), Decimal("65.50"), "USD", "HOUR", text="$65.50\n  an hour"),
            'USD 65.50 per hour, from "$65.50 an hour"',
        ),
        (BaseSalary(Decimal("1E+5"), None, "GBP", "YEAR"), "GBP from 100,000 per year"),
        (
            BaseSalary(None, Decimal(9), None, None),
            "(currency not stated) up to 9 (period not stated)",
        ),
    ],
    ids=["none", "range", "one figure", "from", "up to"],
)
def test_describe_salary(salary: BaseSalary | None, text: str) -> None:
    assert describe_salary(salary) == text


# --- Tables ---


def test_labels() -> None:
    assert lines(show_labels([("other", 3), ("", 1)], 4, 2)) == [
        "label                postings  share",
        "other                       3    75%",
        "(no label)                  1    25%",
        "of these for review         2    50%",
    ]
    assert lines(show_labels([], 0, 0))[-1] == "of these for review         0     0%"


def test_amounts() -> None:
    found = lines(show_amounts(explain_amounts("Pay: €40-50 per hour. A bonus of €900.")))
    assert found == [
        "amount           pay                    why",
        "€40-50 per hour  EUR 40 to 50 per hour  range, pay word",
        "€900                                    bonus",
    ]
    assert lines(show_amounts([])) == ["No amount of money found"]


def test_yearly() -> None:
    pay = BaseSalary(Decimal(40), Decimal(50), "EUR", "HOUR")
    assert describe_yearly(annualize(pay)) == "EUR 83,200 to 104,000 (2080 hours)"
    assert describe_salary(dataclasses.replace(pay, kind="total")) == (
        "EUR 40 to 50 per hour, total pay"
    )


def added(**values: object) -> dict[str, object]:
    """Added columns of a labelled row, as far as they are shown."""
    pay = ("min_value", "max_value", "currency", "unit_text")
    empty = dict.fromkeys(["label", "probability", *(f"base_salary_{name}" for name in pay)])
    return {**empty, "review": False, **values}


def test_first_rows() -> None:
    pay = {"base_salary_min_value": 50e3, "base_salary_max_value": 60e3}
    rows = [
        ("Head\n cook", added(label="cook", probability=0.987, **pay)),
        ("", added(review=True)),
        (
            "A waiter with a title that is too long",
            added(
                label="waiter",
                probability=0.5,
                review=True,
                base_salary_max_value=9.0,
                base_salary_currency="USD",
                base_salary_unit_text="HOUR",
            ),
        ),
    ]
    assert lines(show_rows(rows)) == [
        "title                     label       probability  pay",
        "Head cook                 cook        0.99         50,000-60,000",
        "                          (no label)  review",
        "A waiter with a title t…  waiter      0.50 review  USD 9/hour",
    ]


def test_table() -> None:
    assert lines(show_table(["", "F1"], [["[b]title[/b]", "0.9"], ["both", "0.95"]])) == [
        "                F1",
        "[b]title[/b]   0.9",
        "both          0.95",
    ]
