"""Extracts in N-Quads."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.posting import JobPosting
from classifier.sources.nquads import MOST_QUADS, read_nquads
from classifier.sources.wire import Found

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
PAGE = "https://crumb.example/jobs/1"


def quad(subject: str, name: str, target: str, url: str = PAGE) -> str:
    predicate = name if name.startswith("<") else f"<http://schema.org/{name}>"
    return f"{subject} {predicate} {target} <{url}> .\n"


def job(subject: str = "_:j", title: str = '"Baker"', url: str = PAGE) -> list[str]:
    return [
        quad(subject, TYPE, "<http://schema.org/JobPosting>", url),
        quad(subject, "title", title, url),
    ]


def titles(lines: list[str]) -> list[str]:
    return [one.posting.title for found in read_nquads(lines) for one in found.listings]


def test_nodes_inside_each_other() -> None:
    (found,) = read_nquads(
        [
            quad("_:o", "name", '"Crumb Works"'),
            *job(title='"Oven Engineer"@en'),
            quad("_:j", "description", '"<p>Tune ovens.</p>"'),
            quad("_:j", "hiringOrganization", "_:o"),
            quad("_:j", "jobLocation", "_:p1"),
            quad("_:j", "jobLocation", "_:p2"),
            quad("_:p1", "address", "_:a1"),
            quad("_:a1", "addressLocality", '"Bergen"'),
            quad("_:a1", "addressCountry", "_:c1"),
            quad("_:c1", "name", '"Norway"'),
            quad("_:p2", "address", '"Utrecht"'),
            quad("_:j", "datePosted", '"2026-11-01"^^<http://schema.org/Date>'),
            quad("_:j", "validThrough", '"2026-12-01T10:00:00Z"'),
            quad("_:j", "employmentType", '"FULL_TIME"'),
            quad("_:j", "employmentType", '"PART_TIME"'),
            quad("_:j", "identifier", "_:i"),
            quad("_:i", "value", '"CW-17"'),
            quad("_:j", "baseSalary", "_:s"),
            quad("_:s", "currency", '"NOK"'),
            quad("_:s", "value", "_:v"),
            quad("_:v", "minValue", '"610000"^^<http://schema.org/Float>'),
        ]
    )
    assert [listing.posting for listing in found.listings] == [
        JobPosting(
            description="<p>Tune ovens.</p>",
            title="Oven Engineer",
            hiring_organization="Crumb Works",
            job_location=("Bergen, Norway", "Utrecht"),
            date_posted="2026-11-01",
            valid_through="2026-12-01T10:00:00+00:00",
            employment_type="FULL_TIME, PART_TIME",
            identifier="CW-17",
            url=PAGE,
            salary_text='{"baseSalary": {"currency": "NOK", "value": {"minValue": "610000"}}}',
        )
    ]
    assert found.rejects == []


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r'"Soup \"Chef\""', 'Soup "Chef"'),
        (r'"B\u00E4cker"', "Bäcker"),
        (r'"Cook \U0001F35E"', "Cook 🍞"),
        (r'"Cook \uD83C"', "Cook \ufffd"),
        (r'"Cook \UFFFFFFFF"', "Cook \ufffd"),
        (r'"A\\nB"', r"A\nB"),
        (r'"A\tB"', "A B"),
        (r'"A\u12 B"', "Au12 B"),
        (r'"A \/ B"', "A / B"),
        ('"Bäcker"@de-CH', "Bäcker"),
        ('"Cook"^^<http://www.w3.org/2001/XMLSchema#string>', "Cook"),
    ],
)
def test_escapes(written: str, title: str) -> None:
    assert titles(job(title=written)) == [title]


@pytest.mark.parametrize(
    ("kind", "predicate"),
    [
        ("<http://schema.org/JobPosting>", "<http://schema.org/JobPosting/title>"),
        ("<https://schema.org/JobPosting>", "<https://schema.org/title>"),
        ("<http://www.schema.org/JobPosting>", "<http://www.schema.org/title>"),
    ],
)
def test_predicates_of_microdata(kind: str, predicate: str) -> None:
    assert titles([quad("_:j", TYPE, kind), quad("_:j", predicate, '"Baker"')]) == ["Baker"]


def test_pages_one_after_the_other() -> None:
    other = "https://soup.example/2"
    lines = [*job(), *job("_:k", '"Miller"'), *job(title='"Cook"', url=other)]
    found = list(read_nquads(iter(lines)))
    assert [[(x.posting.title, x.posting.url) for x in one.listings] for one in found] == [
        [("Baker", PAGE), ("Miller", PAGE)],
        [("Cook", other)],
    ]


def test_a_page_without_posting_gives_nothing() -> None:
    lines = [quad("_:o", TYPE, "<http://schema.org/Organization>"), quad("_:o", "name", '"A"')]
    assert list(read_nquads(lines)) == []
    assert list(read_nquads([])) == []


@pytest.mark.parametrize(
    "line",
    [
        '_:j <http://schema.org/title> "Baker .\n',
        '_:j <http://schema.org/title> "Baker"\n',
        '_:j <http://schema.org/title> "Baker" .\n',
        "<http://schema.org/title>\n",
        '"a" "b" "c" "d" .\n',
        "{}\n",
        "\ufffd\n",
    ],
)
def test_a_broken_line_is_a_reject(line: str) -> None:
    (found,) = read_nquads(["# a remark\n", "\n", line, *job()])
    assert [(one.row, one.reason, one.content) for one in found.rejects] == [(3, "no N-Quad", line)]
    assert len(found.listings) == 1
    assert [one.reason for one in next(read_nquads([line])).rejects] == ["no N-Quad"]


def test_a_posting_without_title_is_a_reject() -> None:
    lines = [quad("_:j", TYPE, "<http://schema.org/JobPosting>"), *job("_:k")]
    (found,) = read_nquads(lines)
    assert [(one.reason, one.content) for one in found.rejects] == [("no title", PAGE)]
    assert len(found.listings) == 1


def test_nodes_that_point_to_each_other() -> None:
    lines = [quad("_:o", "name", '"Crumb Works"')]
    for number in range(60):
        lines += job(f"_:j{number}", f'"Baker {number}"')
        lines.append(quad(f"_:j{number}", "hiringOrganization", "_:o"))
        lines.append(quad("_:o", "jobs", f"_:j{number}"))
    lines.append(quad("_:j1", "baseSalary", "_:j1"))
    start = time.perf_counter()
    (found,) = read_nquads(lines)
    assert time.perf_counter() - start < 2
    assert {one.posting.hiring_organization for one in found.listings} == {"Crumb Works"}
    assert len(found.listings) == 60
    assert found.listings[1].posting.salary_text == '{"baseSalary": "_:j1"}'


def test_layers_of_nodes_that_all_point_to_the_next_layer() -> None:
    lines = job("_:0-0")
    for layer in range(8):
        for a in range(20):
            lines += [quad(f"_:{layer}-{a}", "baseSalary", f"_:{layer + 1}-{b}") for b in range(20)]
    start = time.perf_counter()
    (found,) = read_nquads(lines)
    assert time.perf_counter() - start < 2
    assert len(found.listings) == 1


def test_a_page_without_end_is_cut() -> None:
    lines = [*job(), *(quad("_:x", "name", f'"{number}"') for number in range(MOST_QUADS))]
    assert titles([*lines, *job("_:late")]) == ["Baker"]


def test_a_long_line_takes_no_longer_for_its_length() -> None:
    start = time.perf_counter()
    for text in ('"' + "\\\\" * 200_000, "_:a" + " " * 200_000, '_:a <b> "' + 'x"@' * 100_000):
        assert titles([text]) == []
    assert time.perf_counter() - start < 2


PARTS = ["_:j", " ", "<http://schema.org/title>", '"', "\\", "u00e9", "@en", "^^", "<a>", ".", TYPE]


@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=9).map("".join), max_size=4))
def test_any_lines(lines: list[str]) -> None:
    assert all(isinstance(found, Found) for found in read_nquads(lines))
