"""Recruitee career sites."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.recruitee import SOURCE, parse, start
from classifier.sources.wire import Found, Request, ShapeError

URL = "https://zeil.recruitee.com/api/offers/"
OFFER: dict[str, Any] = {
    "id": 991,
    "slug": "sail-maker",
    "guid": "zz9",
    "status": "published",
    "title": "Sail Maker  ",
    "company_name": "Zeil & Co",
    "careers_url": "https://zeil.recruitee.com/o/sail-maker",
    "description": "<p>Sew sails.</p>",
    "requirements": "<ul><li>Steady hands</li></ul>",
    "location": "Delft, Zuid-Holland, Nederland",
    "locations": [
        {"city": "Delft", "state": "Zuid-Holland", "country": "Netherlands"},
        {"city": "Gent", "state": None, "country": "Belgium"},
    ],
    "remote": True,
    "hybrid": True,
    "on_site": False,
    "published_at": "2026-08-06 14:03:27 UTC",
    "created_at": "2026-07-01 09:00:00 UTC",
    "close_at": "2026-12-31",
    "employment_type_code": "fulltime_permanent",
    "salary": {"min": "41000", "max": "52000", "period": "year", "currency": "EUR"},
    "translations": {"nl": {"title": "Zeilmaker"}},
}


def read(*offers: object) -> Found:
    return parse(page({"offers": list(offers)}, URL))


def test_every_field() -> None:
    assert [listing.posting for listing in read(OFFER).listings] == [
        JobPosting(
            description="<p>Sew sails.</p>\n<ul><li>Steady hands</li></ul>",
            title="Sail Maker",
            hiring_organization="Zeil & Co",
            job_location=("Delft, Zuid-Holland, Netherlands", "Gent, Belgium"),
            job_location_type="hybrid",
            date_posted="2026-08-06T14:03:27+00:00",
            valid_through="2026-12-31",
            employment_type="fulltime_permanent",
            identifier="991",
            url="https://zeil.recruitee.com/o/sail-maker",
            salary_text='{"salary": {"min": "41000", "max": "52000", "period": "year", '
            '"currency": "EUR"}}',
        )
    ]


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"locations": []}, "job_location", ("Delft, Zuid-Holland, Nederland",)),
        ({"locations": None, "location": ""}, "job_location", ()),
        ({"hybrid": False}, "job_location_type", "TELECOMMUTE"),
        ({"hybrid": None, "remote": False}, "job_location_type", ""),
        ({"published_at": None}, "date_posted", "2026-07-01T09:00:00+00:00"),
        ({"close_at": None}, "valid_through", ""),
        ({"requirements": None}, "description", "<p>Sew sails.</p>"),
        ({"salary": None}, "salary_text", ""),
        ({"salary": {"min": None, "max": None, "currency": "EUR"}}, "salary_text", ""),
        ({"salary": {"min": "", "max": "9"}}, "salary_text", '{"salary": {"min": "", "max": "9"}}'),
        ({"salary": "on request"}, "salary_text", ""),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    assert getattr(read(OFFER | change).listings[0].posting, name) == expected


def test_drafts_are_left_out() -> None:
    found = read(
        OFFER | {"status": "draft"}, OFFER | {"status": None}, OFFER | {"status": "closed"}
    )
    assert (len(found.listings), found.rejects) == (1, [])


@pytest.mark.parametrize(
    ("company", "host"),
    [
        ("zeil", "zeil.recruitee.com"),
        ("careers.zeil.example", "careers.zeil.example"),
        ("zeil & co/x", "zeil%20%26%20co%2Fx.recruitee.com"),
    ],
)
def test_start(company: str, host: str) -> None:
    assert start(company) == [Request(f"https://{host}/api/offers/")]


@pytest.mark.parametrize("url", ["", URL])
def test_an_empty_site(url: str) -> None:
    assert parse(page({"offers": []}, url)) == Found()
    assert SOURCE.is_mine({"offers": []})


@pytest.mark.parametrize("content", WRONG_SHAPES)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


@pytest.mark.parametrize("bad", [OFFER | {"title": " "}, OFFER | {"title": 0.5}, {}, None, 17, "x"])
def test_an_item_without_title_is_a_reject(bad: object) -> None:
    found = read(bad, OFFER)
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        read(bad, bad)
