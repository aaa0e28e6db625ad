"""Dates of postings: ISO 8601, or nothing where they do not tell for certain."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.dates import parse_date

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-02-03", "2025-02-03"),
        (" 2025-02-03\n", "2025-02-03"),
        ("2025-02-03T08:15:00-05:00", "2025-02-03T08:15:00-05:00"),
        ("2025-02-03T08:15:00.000Z", "2025-02-03T08:15:00.000Z"),
        ("2025-02-03 08:15:00 UTC", "2025-02-03T08:15:00+00:00"),
        ("2025-02-03 08:15:00", "2025-02-03T08:15:00"),
        ("Fri, 06 Mar 2026 20:20:27 +0000", "2026-03-06T20:20:27+00:00"),
        ("Fri, 06 Mar 2026 20:20:27 GMT", "2026-03-06T20:20:27+00:00"),
        ("Fri, 06 Mar 2026 20:20:27 EST", "2026-03-06T20:20:27-05:00"),
        ("6 March 2026 20:20 CEST", "2026-03-06T20:20:00+02:00"),
        ("6 March 2026 20:20 XYZT", "2026-03-06T20:20:00"),
        ("February 13, 2017", "2017-02-13"),
        ("13 February 2017", "2017-02-13"),
        ("13. Feb 2017", "2017-02-13"),
        ("11/21/2018 07:15:24 AM", "2018-11-21T07:15:24"),
        ("21/11/2018", "2018-11-21"),
        ("05/05/2019", "2019-05-05"),
        (1738570500123, "2025-02-03T08:15:00+00:00"),
        (1738570500, "2025-02-03T08:15:00+00:00"),
        ("1738570500", "2025-02-03T08:15:00+00:00"),
        ("Posted Today", "2026-03-01"),
        ("Posted Yesterday", "2026-02-28"),
        ("posted 3 days ago", "2026-02-26"),
        ("2 weeks ago", "2026-02-15"),
        ("a day ago", "2026-02-28"),
        ("5 hours ago", "2026-03-01"),
    ],
)
def test_dates_that_tell(value: object, expected: str) -> None:
    assert parse_date(value, TODAY) == expected


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", " ", True, [], {}, "soon", "ASAP", "n/a", "-"),
        *("04/05/2019", "May 2019", "2019", "2026-13-45", "2026-02-30", "31 February 2019"),
        *(
            "1970-01-01",
            0,
            -5,
            float("nan"),
            float("inf"),
            10**18,
            10**400,
            -(10**400),
            "0001-01-01",
            "9999-12-31",
        ),
        *("Posted 30+ Days Ago", "3 Locations", "until 2026", "x" * 10_000, "2025-02-03T99:00"),
        *("10", "12:30", "Monday", "٢٠٢٥-٠٢-٠٣"),
    ],
    ids=str,
)
def test_what_does_not_tell(value: object) -> None:
    assert parse_date(value, TODAY) == ""


@pytest.mark.parametrize("text", ["Posted Today", "yesterday", "3 days ago"])
def test_a_day_that_is_told_by_another_needs_that(text: str) -> None:
    assert parse_date(text) == ""


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none()))
def test_any_value_gives_a_date_or_nothing(value: object) -> None:
    found = parse_date(value, TODAY)
    assert found == "" or datetime.fromisoformat(found)


@given(st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2099, 1, 1)))  # noqa: DTZ001, RUF100 - ISO needs no zone
def test_iso_stays(time: datetime) -> None:
    text = time.replace(microsecond=0).isoformat()
    assert parse_date(text) == text
