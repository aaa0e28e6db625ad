"""Listing pages in blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import page

from classifier.posting import JobPosting
from classifier.sources.listing import SOURCE, parse, start
from classifier.sources.wire import Found, Request

URL = "https://boards.example/jobs"
TEXT = """
12 jobs found
Featured Job 👉 Be seen first
Machine Learning Engineer
@ Fjord Robotics | Tromsø, Norway
Full Time Senior-level / Expert USD 100K - 130K

Data Analyst (Birds)
@ Heron Analytics |  Remote, Europe
Part Time Entry-level / Junior
Research Intern
@ Lantern Labs | Lisbon, Portugal
Read more
"""
HTML = """<!doctype html><html><body><nav><a href="/">Home</a></nav><ul>
<li><div class="badge">Featured Job 👉</div><h3><a href="/j/1">Machine Learning Engineer</a></h3>
<p>@ Fjord Robotics | Tromsø, Norway</p>
<div>Full Time Senior-level / Expert USD 100K - 130K</div></li>
<li><h3>Data Analyst (Birds)</h3><p>@ Heron Analytics | Remote, Europe</p>
<div>Part Time Entry-level / Junior</div></li>
<li><h3>Research Intern</h3><p>@ Lantern Labs | Lisbon, Portugal</p><div>Read more</div></li>
</ul></body></html>"""
POSTINGS = [
    JobPosting(
        description="Full Time Senior-level / Expert USD 100K - 130K",
        title="Machine Learning Engineer",
        hiring_organization="Fjord Robotics",
        job_location=("Tromsø, Norway",),
        employment_type="Full Time",
        identifier="Fjord Robotics: Machine Learning Engineer, Tromsø, Norway",
        url=URL,
        salary_text="USD 100K - 130K",
    ),
    JobPosting(
        description="Part Time Entry-level / Junior",
        title="Data Analyst (Birds)",
        hiring_organization="Heron Analytics",
        job_location=("Remote, Europe",),
        job_location_type="TELECOMMUTE",
        employment_type="Part Time",
        identifier="Heron Analytics: Data Analyst (Birds), Remote, Europe",
        url=URL,
    ),
    JobPosting(
        description="",
        title="Research Intern",
        hiring_organization="Lantern Labs",
        job_location=("Lisbon, Portugal",),
        identifier="Lantern Labs: Research Intern, Lisbon, Portugal",
        url=URL,
    ),
]


@pytest.mark.parametrize("text", [TEXT, HTML], ids=["text", "HTML"])
def test_blocks(text: str) -> None:
    found = parse(page(text, URL))
    assert [listing.posting for listing in found.listings] == POSTINGS
    assert (found.requests, found.rejects) == ([], [])
    assert SOURCE.is_mine(text)


@pytest.mark.parametrize(
    ("block", "name", "expected"),
    [
        ("Cook\n@ Soup | Oslo\nContract, Part-Time", "employment_type", "Contract, Part-Time"),
        ("Cook\n@ Soup | Oslo\nInternship EUR 20K", "employment_type", "Internship"),
        ("Cook\n@ Soup | Oslo\nEUR 40K - 50K", "salary_text", "EUR 40K - 50K"),
        ("Cook\n@ Soup | Oslo\nEUR 40K - 50K", "description", "EUR 40K - 50K"),
        ("Cook\n@ Soup | Oslo\nBaker", "description", ""),
        ("Cook\n@ Soup | Oslo", "description", ""),
        ("Cook\n@  Soup & Sons, Inc.  |  Oslo | Riga", "hiring_organization", "Soup & Sons, Inc."),
        ("Cook\n@ Soup | Oslo | Riga", "job_location", ("Oslo | Riga",)),
        ("Cook\n\n\n@ Soup | Oslo", "title", "Cook"),
        ("Cook\n@ Soup | REMOTE", "job_location_type", "TELECOMMUTE"),
        ("Cook\n@ Soup | Oslo or remote", "job_location_type", ""),
    ],
)
def test_a_block(block: str, name: str, expected: object) -> None:
    (listing,) = parse(page(block, URL)).listings
    assert getattr(listing.posting, name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@ Soup | Oslo",
        "Cook\n@Soup | Oslo",
        "Cook\n@ Soup, Oslo",
        "Write to cook @ Soup | Oslo",
        "Cook\n@ | Oslo",
        "<p>We are not hiring.</p>",
    ],
)
def test_a_page_without_blocks(text: str) -> None:
    assert parse(page(text, URL)) == Found()
    assert not SOURCE.is_mine(text)


@pytest.mark.parametrize("value", [None, {}, ["@ Soup | Oslo"], 17])
def test_what_is_no_text_is_not_mine(value: object) -> None:
    assert not SOURCE.is_mine(value)


def test_a_file_is_told_apart_by_its_words() -> None:
    found = parse(page(TEXT))
    assert len({listing.posting.identifier for listing in found.listings}) == 3
    assert {listing.posting.url for listing in found.listings} == {""}


def test_start() -> None:
    assert start(URL) == [Request(URL)]


LINES = ["Cook", "@ Soup | Oslo", "@ | ", "Full Time", "EUR 5K", "<li>", "Featured Job", " ", "|"]


@given(st.lists(st.sampled_from(LINES), max_size=9).map("\n".join))
def test_any_lines(text: str) -> None:
    found = parse(page(text))
    assert bool(found.listings) is SOURCE.is_mine(text)
    assert all(listing.posting.title for listing in found.listings)
