"""HTML, escaped HTML, Markdown and plain text to clean text; saved pages to a posting."""

import json
import re
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.clean import clean_text, clean_title, parse_page
from classifier.terms import tokenize

CASES = json.loads(Path(__file__).with_name("cases").joinpath("clean.json").read_text("utf-8"))


def cases(table: str) -> list[Any]:
    """Rows of a table of cases/clean.json, each with its name as the name of the test."""
    return [pytest.param(*list(case.values())[1:], id=case["name"]) for case in CASES[table]]


@pytest.mark.parametrize(("source", "text"), cases("text"))
def test_source_becomes_text(source: str, text: str) -> None:
    assert clean_text(source) == text


@pytest.mark.parametrize("text", cases("unchanged"))
def test_text_is_left_alone(text: str) -> None:
    assert clean_text(text) == text.strip()


def test_empty() -> None:
    assert clean_text("") == clean_text(" \n\u200b") == clean_text("<p></p>") == ""


# fmt: off
PIECES = st.sampled_from([
    "<", ">", "&", "&amp;", "amp;", "lt;", "gt;", "&lt;", "&gt;", "&#39;", "&#x26;", "&#", ";",
    "<b>", "</b>", "<p>", "</p>", "<li>", "</li>", "<br>", "<div ", "<script>", "</script>", "<!--",
    "-->", "<p hidden>", "</p", "style='display:none'", "hidden", '"', "'", "=", "x", "A", "é", "â",
    "€", "™", "Ã", "©", "\x80", "\x99", "\x9d", "‚Ä", "ô", "√", "\xa0", "\u200b", "\u0301",
    "\u0344", "\u0958", "\u037e", "\x85", "\x1c", "\ud800", "-", ".", ":", " ", "  ", "\n", "\r",
    "\t",
])
# fmt: on
ANY_TEXT = st.one_of(
    st.lists(PIECES, max_size=30).map("".join),
    st.text(st.characters(exclude_categories=()), max_size=60),  # halves of characters too
)


@settings(deadline=None)
@given(ANY_TEXT)
def test_clean_text_is_left_alone(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean


@settings(deadline=None)
@given(ANY_TEXT)
def test_clean_text_has_plain_characters_and_lines(text: str) -> None:
    clean = clean_text(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\xa0\u200b\u2028\ud800-\udfff]", clean)
    assert not re.search(r" \n|\n{3}|\A\s|\s\Z", clean)


@settings(deadline=None)
@given(ANY_TEXT)
def test_clean_title_is_one_line_and_left_alone(title: str) -> None:
    clean = clean_title(title)
    assert "\n" not in clean
    assert clean_title(clean) == clean


WORDS = st.text(st.sampled_from("abcäß漢1 .,"), min_size=1, max_size=8)
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
        st.sampled_from(["p", "div", "ul", "li", "b", "i", "span", "a", "h2", "td", "section"]),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(TREES)
def test_words_are_those_of_the_tree(tree: str) -> None:
    """Inline tags do not split words, block tags do: as BeautifulSoup with marked blocks."""
    page = f"<body><div>{tree}</div></body>"
    soup = BeautifulSoup(page, "html.parser")
    for block in soup.find_all(["p", "div", "ul", "li", "h2", "td", "section"]):
        block.insert(0, "\n")
        block.append("\n")
    assert tokenize(clean_text(page)) == tokenize(soup.get_text())


LONG = {
    "text": "We build things. " * 60_000,
    "one word": "x" * 1_000_000,
    "spaces": "a" + " " * 1_000_000 + "b",
    "HTML": "<p>We <b>build</b> things.</p>" * 33_000,
    "deep": "<div>" * 100_000 + "bottom" + "</div>" * 100_000,
    "unclosed": "<div>a<span>b" * 100_000,
    "unclosed quotes": "<p>a</p>" + '<a href="' * 100_000,
    "open brackets": "<p>a</p>" + "<" * 1_000_000,
    "half tags": "</b " * 250_000,
    "comments": "<p>a</p>" + "<!-- " * 200_000,
    "scripts": "<p>a</p>" + "<script>" * 120_000,
    "hidden": "<p>a</p>" + "<div hidden>" * 40_000 + "x" + "</div>" * 40_000,
    "escapes": "&" + "amp;" * 250_000 + "lt;p",
    "digits": "<p>&#" + "1" * 1_000_000 + ";",
    "mojibake": "â€™" * 300_000,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in LONG.items()])
def test_a_long_text_costs_its_length(text: str) -> None:
    start = time.process_time()
    clean_text(text)
    assert time.process_time() - start < 8  # the slowest takes about 1; quadratic, it takes hours


def test_nothing_is_lost_at_the_bottom() -> None:
    assert clean_text(LONG["deep"]) == "bottom"
    assert clean_text(LONG["unclosed"]).count("a") == 100_000


def escape(text: str, times: int) -> str:
    for _ in range(times):
        text = text.replace("&", "&#38;").replace("<", "&lt;")
    return text


def test_layers_of_escaping() -> None:
    assert clean_text(escape("<b>Café</b>", 5)) == "Café"


def test_more_layers_than_a_posting_has_come_to_an_end() -> None:
    clean = clean_text("Weld. " + escape("<b>Café</b>", 20))
    assert clean.startswith("Weld.")
    assert "&" not in clean
    assert clean_text(clean) == clean


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("  Senior\n Engineer ", "Senior Engineer"),
        ("<h1>R&amp;D Engineer</h1>", "R&D Engineer"),
        ("Ing\u00e9nieur\u00a0IA &ndash; H/F", "Ingénieur IA – H/F"),
        ("C++ <3 Engineer", "C++ <3 Engineer"),
        ("", ""),
    ],
)
def test_title(title: str, clean: str) -> None:
    assert clean_title(title) == clean


@pytest.mark.parametrize(("page", "title", "description"), cases("pages"))
def test_page(page: str, title: str, description: str) -> None:
    assert parse_page(page) == (title, description)


def test_page_with_deep_json() -> None:
    script = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    assert parse_page(f"{script}<h1>Cook</h1>") == ("Cook", "Cook")


@settings(deadline=None, max_examples=50)
@given(ANY_TEXT)
def test_any_page_gives_clean_text(page: str) -> None:
    title, description = parse_page(page)
    assert clean_title(title) == title
    assert clean_text(description) == description


def test_cleaning_a_text_imports_nothing_heavy() -> None:
    code = (
        "import sys; from classifier.clean import clean_text; clean_text('<p>It’s R&amp;D</p>');"
        "print({'bs4', 'lxml', 'ftfy', 'numpy', 'pandas'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_quotes_within_the_name_of_an_attribute_are_not_dropped() -> None:
    assert clean_text('<p hid""den>Shown, not hidden</p>') == "Shown, not hidden"
    assert clean_text('<p title="a" hidden>Hidden</p>Shown') == "Shown"
