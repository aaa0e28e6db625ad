"""Postings with their sources: what they are known by, and how two readings become one."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.collected import (
    Collected,
    canonical_url,
    collect_listing,
    known_json,
    merge,
    write_collected,
)
from classifier.files import read_postings
from classifier.posting import JobPosting
from classifier.sources.wire import Listing

BAKER = JobPosting("Bake bread.", "Baker", "Crumb Works", ("Oslo",), identifier="17")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://A.example/Job/7", "https://a.example/Job/7"),
        ("https://a.example", "https://a.example/"),
        ("http://a.example:80/x", "http://a.example/x"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("https://a.example/x?b=2&a=1#top", "https://a.example/x?b=2&a=1"),
        ("https://a.example/x?utm_source=n&gh_src=9&id=4", "https://a.example/x?id=4"),
        ("https://a.example/x?ref=17&source=3", "https://a.example/x?ref=17&source=3"),
        ("https://a.example/x?empty=", "https://a.example/x?empty="),
        ("https://user@a.example/x", "https://a.example/x"),
        ("ftp://a.example/x", ""),
        ("//a.example/x", ""),
        ("https://a.example:port/", ""),
        ("https://[::1/", ""),
        ("", ""),
    ],
)
def test_canonical_urls(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@given(st.text() | st.from_regex(r"https?://[a-z.]{1,9}(:\d+)?/.{0,20}", fullmatch=True))
def test_a_canonical_url_is_its_own(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)


@pytest.mark.parametrize(
    ("collected", "key"),
    [
        (Collected("lever", "crumb", BAKER), ("lever", "crumb", "17")),
        (
            Collected("lever", "c", JobPosting("", "B", url="https://A.example/?utm_id=1")),
            ("lever", "c", "https://a.example/"),
        ),
        (  # the number is the site's own: the address tells pages apart
            Collected("pages", "p", replace(BAKER, url="https://a.example/9#x")),
            ("pages", "p", "https://a.example/9"),
        ),
        (Collected("pages", "p", BAKER), ("pages", "p", "17")),
    ],
)
def test_keys(collected: Collected, key: tuple[str, str, str]) -> None:
    assert collected.key == key


@pytest.mark.parametrize(
    ("salary_text", "places", "description", "currency"),
    [
        ("$90,000 - $110,000", ("Toronto, Canada",), "", "CAD"),
        ("$90,000 - $110,000", ("Austin, TX",), "", "USD"),
        ("$90,000 - $110,000", (), "", None),
        ("€90,000", (), "", "EUR"),
    ],
)
def test_pay_of_a_field_is_read(
    salary_text: str, places: tuple[str, ...], description: str, currency: str | None
) -> None:
    posting = JobPosting(description, "Cook", job_location=places, salary_text=salary_text)
    found = collect_listing("lever", "acme", Listing(posting)).posting
    assert found.base_salary
    assert found.base_salary.currency == currency
    assert found.salary_text == salary_text


def test_sites_without_a_name() -> None:
    page = JobPosting("", "Cook", "Soup Kitchen", url="https://Soup.example/1")
    assert collect_listing("pages", "", Listing(page)).site == "soup.example"
    assert collect_listing("lever", "", Listing(page)).site == "Soup Kitchen"


def test_merging_loses_no_place() -> None:
    short = Collected("x", "y", replace(BAKER, description="", job_location=("Riga",)))
    for pair in ((Collected("x", "y", BAKER), short), (short, Collected("x", "y", BAKER))):
        posting = merge(*pair).posting
        assert posting.description == "Bake bread."
        assert set(posting.job_location) == {"Oslo", "Riga"}


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
def test_files_come_back(tmp_path: Path, suffix: str) -> None:
    path = str(tmp_path / f"postings.{suffix}")
    postings = [replace(BAKER, identifier=str(i)) for i in range(300)]
    assert (
        write_collected(path, (Collected("lever", "c", p, i == 0) for i, p in enumerate(postings)))
        == 300
    )
    assert list(read_postings(path)) == postings


def test_what_a_list_told() -> None:
    assert known_json(None) == ""
    assert (
        known_json(JobPosting("", "Cook", job_location=("Oslo",)))
        == '{"title": "Cook", "job_location": ["Oslo"]}'
    )
