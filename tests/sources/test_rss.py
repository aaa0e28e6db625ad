"""Any feed."""

import pytest
from samples import SAMPLES, WRONG_SHAPES, page

from classifier.sources.payload import read_xml
from classifier.sources.rss import SOURCE, parse, start
from classifier.sources.wire import Found, Request, ShapeError

NEWEST = "a feed shows only its newest postings"
URL = "https://tidal.example/jobs.rss?a=1&b=ø"


def test_start() -> None:
    assert start(URL) == [Request(URL)]


def test_postings() -> None:
    found = parse(page(SAMPLES["rss"], URL))
    assert [listing.posting.title for listing in found.listings] == ["Toy Tester"]
    assert (found.partial, found.requests) == (NEWEST, [])


def test_an_empty_feed() -> None:
    text = '<rss version="2.0"><channel><title>Jobs</title></channel></rss>'
    assert parse(page(text, URL)) == Found(partial=NEWEST)


@pytest.mark.parametrize(
    ("text", "mine"),
    [
        ('<rss version="2.0"/>', True),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', True),
        ("<feed/>", True),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', True),
        ("<workzag-jobs/>", False),
        ("<urlset/>", False),
        ("<html/>", False),
    ],
)
def test_is_mine(text: str, mine: bool) -> None:
    assert SOURCE.is_mine(read_xml(page(text))) is mine


@pytest.mark.parametrize("value", [None, "rss", {"rss": 1}, [], 17])
def test_what_is_no_element_is_not_mine(value: object) -> None:
    assert not SOURCE.is_mine(value)


@pytest.mark.parametrize("content", WRONG_SHAPES)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))
