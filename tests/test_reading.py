"""Columns of postings are read as the reference reads one: any text, HTML or not, and real ones."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import reading
from classifier.counting import Column
from classifier.reading import Reader, as_strings, clean_strings, read_by_reference

PLAIN = (
    *("Build compilers", "you will", "We offer lunch.", "C++ <3", "a < b", "R&D", "AT&T;", "5 > 3"),
    *(" ", "  ", "\n", "\n\n", "\n \n\n", "\t", "\r\n", "\r", "\x0b", "\u2028", "\xa0", "\u200b"),
    *("é", "e\u0301", "Å", "\u1112\u1161", "\x91", "\x00", "\ufe0f", "😀", "日本", "ſ", "İ"),
    *("Ã©", "Ã\xa0", "â€™", "Ã", "©", "‚Ä", "\ufeff", "\x1c", "\x85", "\u3000"),
)
MARKUP = (
    *("<p>", "</p>", "<P>", "<br/>", "<br />", "<li>", "</li>", "<ul>", "</ul>", "<div>", "</div>"),
    *("<b>", "</b>", "<h2 class='x'>", '<a href="https://x.example/?a>b">', "<a href=x>", "<p\n>"),
    *("<!-- a > b -->", "<!-->", "<!doctype html>", "<?xml?>", "<script>x<y</script>", "<svg/>"),
    *(
        "<p style='display: none'>",
        "<p hidden>",
        "<span title='add'>",
        "<p",
        "</p",
        "<",
        ">",
        "<x:y>",
    ),
    *(
        "<p_>",
        "<pé>",
        "<p\xa0class='a'>",
        "<p cl\u017fs='a'>",
        "</ p>",
        "<blockquote>",
        "<figcaption>",
    ),
    *("&amp;", "&lt;p&gt;", "&amp;lt;br&amp;gt;", "&nbsp;", "&#39;", "&#x2022;", "&#150;", "&#0;"),
    *("&#10;", "&AMP;", "&aMp;", "&copy", "&foo;", "&", ";", "&notit;", "&amp;amp;", "&#1114112;"),
    *("&nGt;", "&CounterClockwiseContourIntegral;", "&\u0131t;", "&#\u0661;", "&am\u200bp;"),
)
LINES = (
    *(
        "Benefits",
        "## Benefits",
        "**Benefits**",
        "Benefits:",
        "Requirements",
        "About Acme Robotics",
    ),
    *("What you will do", "Our values.", "The team", "Location: Oslo", "Benefits: lunch, a bike"),
    *("*Benefits:* a lunch", "_Perks_: lunch", "ab: c", "Perks:lunch", "Salary : 9", "Über uns"),
    *("- a list item", "1. first", "12) twelfth", "123. no item", "٣. third", "o circle", "– dash"),
    *("In this role you will build compilers.", "you\u2019ll love it", "You will receive a lunch."),
    *("We are now hiring.", "3 years of work experience", "As an engineer here, you build."),
    *(
        "We are an equal opportunity employer.",
        "See our privacy policy for applicants",
        "UNABHÄNGIG",
    ),
    *("regardless of race, religion, age, gender or disability", "reſponsible for lunch", "verİfy"),
    "All qualified applicants will be considered. The work is ours! And you will build robots.",
    "word " * 45,
    "no full stop in this long equal opportunity line " * 12 + "Build Robots with us",
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(PLAIN), st.sampled_from(MARKUP), st.text(max_size=6)), max_size=14
).map("".join)
SECTIONS = st.lists(
    st.tuples(
        st.sampled_from(LINES),
        st.sampled_from(["\n", "\n\n", " ", "", "\n  "]),
    ).map("".join),
    max_size=16,
).map("".join)


def check(titles: Column, descriptions: Column, reader: Reader | None = None) -> None:
    __tracebackhide__ = True
    found = (reader or Reader()).read(titles, descriptions)
    expected = read_by_reference(titles, descriptions)
    for name, one, other in zip(found._fields, found, expected, strict=True):
        one.validate(full=True)
        assert one.to_pylist() == other.to_pylist(), name


@given(st.lists(st.tuples(TEXTS, TEXTS | SECTIONS), max_size=4))
@settings(deadline=None, max_examples=300)
def test_any_text_is_read_as_by_the_reference(rows: list[tuple[str, str]]) -> None:
    check([title for title, _ in rows], [text for _, text in rows])


READER = Reader()


@given(st.lists(SECTIONS, max_size=3))
@settings(deadline=None, max_examples=300)
def test_what_is_learnt_of_lines_does_not_change_the_next_texts(texts: list[str]) -> None:
    check([""] * len(texts), texts, READER)


def test_threads_share_what_they_learn(corpus: Path) -> None:
    table = pq.read_table(corpus, columns=["title", "description"])[::10]
    titles, texts = (pc.fill_null(table.column(name), "") for name in ("title", "description"))
    facts, sizes = Reader().facts, range(0, len(table), 64)

    def read(start: int) -> list[str]:
        part = slice(start, start + 64)
        works: list[str] = Reader(facts).read(titles[part], texts[part]).works.to_pylist()
        return works

    with ThreadPoolExecutor(4) as pool:
        found = [work for works in pool.map(read, sizes) for work in works]
    assert found == Reader().read(titles, texts).works.to_pylist()


def test_the_cases_of_cleaning(root: Path) -> None:
    cases = json.loads((root / "tests" / "cases" / "clean.json").read_text("utf-8"))["text"]
    sources = [case["source"] for case in cases]
    assert clean_strings(sources).to_arrow().to_pylist() == [case["text"] for case in cases]
    check(sources, sources)


def test_real_postings(corpus: Path) -> None:
    rows = pq.read_table(corpus, columns=["title", "description"])[::25]
    columns = [pc.fill_null(rows.column(name), "") for name in ("title", "description")]
    assert len(rows) > 500
    check(*columns)


def test_a_column_in_any_form() -> None:
    texts = ["<p>é</p>", "", "plain"]
    whole = pa.array(["x", *texts, "y"])
    for column in (texts, whole[1:4], pa.chunked_array([whole[1:2], whole[2:4]]), tuple(texts)):
        check(column, column)
    assert Reader().read([], []).works.to_pylist() == []
    assert as_strings(pa.array([], pa.string())).offsets.tolist() == [0]


def test_halves_of_characters_are_no_text() -> None:
    assert clean_strings(["a\ud800b<br>", "<p>&#55296;\udc00c"]).to_arrow().to_pylist() == [
        "ab",
        "\ufffdc",
    ]


def test_a_long_text_costs_its_length() -> None:
    text = "<li>Build &amp; run robots</li>\n" * 40_000
    check([""], [text])


def test_without_a_compiler_the_reference_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "has_compiler", lambda: False)
    reader = Reader()
    assert reader.facts is None
    check(["<b>Cook"], ["<p>Bake\u0301 bread"], reader)
