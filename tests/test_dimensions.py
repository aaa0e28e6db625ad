"""What bands are split by, found together."""

import pytest

from classifier.dimensions import Dimensions, find_dimensions, find_year
from classifier.posting import JobPosting


def test_dimensions() -> None:
    posting = JobPosting(
        "",
        "Staff Engineer (m/w/d)",
        job_location=("Berlin, Germany", "Toronto, ON"),
        job_location_type="TELECOMMUTE",
        date_posted="2025-02-01T10:00:00Z",
        employment_type="Vollzeit",
    )
    found = find_dimensions(posting, "")
    assert found.level
    assert found.to_json() == {
        "level": "staff",
        "countries": ["DE", "CA"],
        "remote": True,
        "employment_type": "FULL_TIME",
        "year": 2025,
    }
    assert (found.country, found.region) == ("DE", "Europe")


def test_what_is_not_told_is_empty() -> None:
    found = find_dimensions(JobPosting(""), "")
    assert found == Dimensions(None, (), None, None, None)
    assert (found.country, found.region) == ("", "")
    assert set(map(bool, found.to_json().values())) == {False}


def test_the_text_tells_the_level_where_the_title_does_not() -> None:
    found = find_dimensions(JobPosting("", "Engineer"), "You have 6+ years of experience with C++.")
    assert found.level
    assert (found.level.name, found.level.rule) == ("senior", "years of experience")


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("2024-06-30", 2024),
        ("30.06.2024", 2024),
        ("20240630", None),
        ("06/30/24", None),
        ("1725000000000", None),
        ("", None),
        ("x" * 200 + "2024", None),
    ],
)
def test_year(date: str, year: int | None) -> None:
    assert find_year(date) == year
