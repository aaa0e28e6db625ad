"""Hacker News, "Who is hiring?"."""

from typing import Any

import pytest
from samples import WRONG_SHAPES, page

from classifier.errors import InputError
from classifier.posting import JobPosting
from classifier.sources.hn import SOURCE, parse, start
from classifier.sources.wire import Found, Listing, Request, ShapeError

SEARCH = "https://hn.algolia.com/api/v1/search_by_date"
URL = f"{SEARCH}?tags=comment,story_9100001&hitsPerPage=1000&page=0"
OFFER = (
    "Crumb Works (YC W19) | Oven Engineer | Bergen, Norway | ONSITE | Full-time | €70k&#x2F;year"
    "<p>We tune ovens &amp; bake.<p>Apply: jobs@crumb.example"
)
PROSE = (
    "Kelp Cloud is hiring people who like the sea. We grow kelp in tanks, and write the programs "
    "that feed it and keep it warm. You would work with a team of six on pumps and sensors, and "
    "choose your own hours. To apply, write to us."
)


def comment(text: object, number: int = 9100002, **more: object) -> dict[str, object]:
    return {
        "objectID": str(number),
        "story_id": 9100001,
        "parent_id": 9100001,
        "_tags": ["comment", "author_baker", "story_9100001"],
        "author": "baker",
        "created_at": "2026-11-02T16:05:00Z",
        "comment_text": text,
        **more,
    }


def answer(*hits: object, total: object = None) -> dict[str, object]:
    return {"hits": list(hits), "nbHits": len(hits) if total is None else total, "page": 0}


def read(*texts: object) -> Found:
    hits = [comment(text, number) for number, text in enumerate(texts, 1)]
    return parse(page(answer(*hits), URL))


# --- Comments ---


def test_every_field() -> None:
    found = parse(page(answer(comment(OFFER)), URL))
    assert found.listings == [
        Listing(
            JobPosting(
                description=OFFER,
                title="Oven Engineer",
                hiring_organization="Crumb Works (YC W19)",
                job_location=("Bergen, Norway",),
                job_location_type="on-site",
                date_posted="2026-11-02T16:05:00+00:00",
                employment_type="Full-time",
                identifier="9100002",
                url="https://news.ycombinator.com/item?id=9100002",
                salary_text="€70k/year",
            )
        )
    ]
    assert (found.rejects, found.requests, found.partial) == ([], [], "")


@pytest.mark.parametrize("wrap", [lambda items: items, lambda items: {"jobs": items}])
def test_comments_of_another_form(wrap: Any) -> None:  # noqa: ANN401 - a function
    items = [
        {"id": 17, "by": "baker", "time": 1784203200, "text": OFFER, "type": "comment"},
        {"id": 18, "by": "baker", "time": 1784203200, "text": "", "deleted": True},
        {"id": 19, "by": "baker", "time": 1784203200, "text": OFFER, "deleted": True},
        {"id": 20, "time": 1784203200, "deleted": True},
    ]
    found = parse(page(wrap(items)))
    assert SOURCE.is_mine(wrap(items))
    (listing,) = found.listings
    assert (listing.posting.identifier, listing.posting.title) == ("17", "Oven Engineer")
    assert listing.posting.date_posted == "2026-07-16T12:00:00+00:00"
    assert found.rejects == []


def test_replies_and_what_was_deleted_are_left_out() -> None:
    hits = [
        comment(OFFER, 1),
        comment(OFFER, 2, parent_id=1),
        comment(OFFER, 3, parent_id=None),
        comment(None, 4),
        comment("", 5),
    ]
    found = parse(page(answer(*hits), URL))
    assert [listing.posting.identifier for listing in found.listings] == ["1"]
    assert found.rejects == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SEEKING WORK | Oslo | Remote<p>I write Go.", "a person who seeks work"),
        ("<i>Seeking work</i> | Baker", "a person who seeks work"),
        (
            "Location: Oslo<p>Remote: Yes<p>Willing to relocate: No<p>Technologies: Go",
            "a person who seeks work",
        ),
        ("I&#x27;m a developer and bake at night.", "a person who seeks work"),
        ("I am available from June on.", "a person who seeks work"),
        ("Is this thread late again?", "neither a header line nor words of an offer"),
        ("Great list, thanks. " * 20, "neither a header line nor words of an offer"),
        ("We are hiring!", "neither a header line nor words of an offer"),
    ],
)
def test_what_is_no_offer(text: str, reason: str) -> None:
    found = read(OFFER, text)
    assert [(one.row, one.reason) for one in found.rejects] == [(2, reason)]
    assert len(found.listings) == 1


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        (PROSE, "Kelp Cloud"),
        (PROSE.replace("Kelp Cloud is", "Kelp Cloud (Bodø) is"), "Kelp Cloud (Bodø)"),
        (PROSE.replace("Kelp Cloud is", "We are"), ""),
    ],
)
def test_an_offer_in_prose(text: str, employer: str) -> None:
    (listing,) = read(text).listings
    assert (listing.posting.hiring_organization, listing.posting.title) == (employer, "")
    assert listing.posting.description == text


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("Crumb Works | Oven Engineer | Oslo", False),
        ("Crumb Works | Oven Engineers | Oslo", False),
        ("Crumb Works | Oven Engineer, Dough Designer | Oslo", True),
        ("Crumb Works | Oven Engineer | Dough Designer | Oslo", True),
        ("Crumb Works | Oven and Dough Engineers | Oslo", True),
        ("Crumb Works | Multiple roles | Oslo", True),
        ("Crumb Works | Many open positions | Oslo", True),
        ("Crumb Works | Oslo | ONSITE<p>- Oven Engineer<p>- Dough Designer", True),
        ("Crumb Works | Oslo | ONSITE<p>1. Oven Engineer<p>2) Dough Designer", True),
        ("Crumb Works | Oslo | ONSITE<p>- Oven Engineer<p>- Free bread", False),
        ("Crumb Works | Oven Engineer | Oslo<p>- Work with engineers<p>- Help designers", False),
    ],
)
def test_several_roles(text: str, several: bool) -> None:
    (listing,) = read(text).listings
    assert listing.several_roles is several


# --- Threads ---


@pytest.mark.parametrize("thread", ["9100001", "1"])
def test_start(thread: str) -> None:
    query = f"tags=comment,story_{thread}&hitsPerPage=1000&page=0"
    assert start(thread) == [Request(f"{SEARCH}?{query}")]


@pytest.mark.parametrize("thread", ["", "newest", "9100001x", "-1", "٣", "²", "1&tags=story"])
def test_no_thread(thread: str) -> None:
    with pytest.raises(InputError, match="hn: expected the number of a thread, or latest"):
        start(thread)


def story(title: str, number: int) -> dict[str, object]:
    return {"objectID": str(number), "title": title, "author": "x", "_tags": ["story", "author_x"]}


def test_the_latest_thread() -> None:
    latest = f"{SEARCH}?tags=story,author_whoishiring&hitsPerPage=9"
    assert start("latest") == [Request(latest)]
    stories = [
        story("Ask HN: Who wants to be hired? (November 2026)", 9100003),
        story("Ask HN: Who is Hiring? (November 2026)", 9100001),
        story("Ask HN: Who is hiring? (October 2026)", 9000001),
    ]
    assert SOURCE.is_mine(answer(*stories))
    assert parse(page(answer(*stories), latest)) == Found(requests=start("9100001"))
    assert parse(page(answer(stories[0]), latest)) == Found()


def test_a_story_without_number() -> None:
    stories = [{"title": "Who is hiring?"}, story("Ask HN: Who is hiring?", 17)]
    assert parse(page(answer(*stories), URL)).requests == start("17")


@pytest.mark.parametrize(
    ("url", "n_hits", "total", "partial"),
    [
        (URL.replace("1000", "2"), 2, 3, "the search shows 2 of 3 comments"),
        (URL.replace("1000", "2"), 2, 2, ""),
        (URL, 2, 2, ""),
        (URL, 2, "many", ""),
        ("", 2, 3, ""),
    ],
)
def test_a_search_that_does_not_show_all(
    url: str, n_hits: int, total: object, partial: str
) -> None:
    hits = [comment(OFFER, number) for number in range(n_hits)]
    found = parse(page(answer(*hits, total=total), url))
    assert found.partial == partial
    assert len(found.listings) == n_hits


@pytest.mark.parametrize("value", [answer(), {"jobs": []}, []])
def test_an_empty_thread(value: object) -> None:
    assert parse(page(value, URL)) == Found()


# A list of comments can be of anything: what is no comment is left out.
@pytest.mark.parametrize("content", [one for one in WRONG_SHAPES if not one.startswith(b"[")])
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))
