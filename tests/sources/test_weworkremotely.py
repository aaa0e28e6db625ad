"""We Work Remotely."""

import pytest
from samples import SAMPLES, WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.payload import read_xml
from classifier.sources.weworkremotely import SOURCE, parse, start
from classifier.sources.wire import Request, ShapeError

NEWEST = "a feed shows only its newest postings"
URL = "https://weworkremotely.com/categories/remote-design-jobs.rss"
ITEM = """<item><title>Moss Media:  Video Editor (Shorts) </title>
<region>Anywhere in the World</region><country>Norway</country><category>Design</category>
<type>Contract</type><pubDate>Thu, 16 Jul 2026 12:00:00 +0000</pubDate>
<expires_at>2026-08-16 12:00:00 UTC</expires_at>
<description>&lt;p&gt;&lt;strong&gt;Headquarters:&lt;/strong&gt; Moss&lt;/p&gt;</description>
<guid>https://weworkremotely.com/remote-jobs/moss-media-video-editor</guid>
<link>https://weworkremotely.com/remote-jobs/moss-media-video-editor</link></item>"""


def feed(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        "<title>We Work Remotely: Design</title>"
        f"<link>https://weworkremotely.com/</link>{''.join(items)}</channel></rss>"
    )


def test_every_field() -> None:
    found = parse(page(feed(ITEM), URL))
    here = "https://weworkremotely.com/remote-jobs/moss-media-video-editor"
    assert [listing.posting for listing in found.listings] == [
        JobPosting(
            description="<p><strong>Headquarters:</strong> Moss</p>",
            title="Video Editor (Shorts)",
            hiring_organization="Moss Media",
            job_location=("Anywhere in the World",),
            job_location_type="TELECOMMUTE",
            date_posted="2026-07-16T12:00:00+00:00",
            valid_through="2026-08-16T12:00:00+00:00",
            employment_type="Contract",
            identifier=here,
            url=here,
        )
    ]
    assert found.partial == NEWEST


@pytest.mark.parametrize(
    ("category", "path"),
    [
        ("all", "remote-jobs"),
        ("remote-design-jobs", "categories/remote-design-jobs"),
        ("a/b c", "categories/a%2Fb%20c"),
    ],
)
def test_start(category: str, path: str) -> None:
    assert start(category) == [Request(f"https://weworkremotely.com/{path}.rss")]


@pytest.mark.parametrize(
    ("link", "mine"),
    [
        ("https://weworkremotely.com/", True),
        ("https://weworkremotely.com", True),
        ("\n  https://weworkremotely.com/remote-jobs\n", True),
        ("https://weworkremotely.company.example", False),
        ("https://tidal.example/?from=https://weworkremotely.com", False),
        ("", False),
    ],
)
def test_is_mine(link: str, mine: bool) -> None:
    text = f"<rss><channel><link>{link}</link></channel></rss>"
    assert SOURCE.is_mine(read_xml(page(text))) is mine


def test_a_feed_of_another_site_is_not_mine() -> None:
    assert not SOURCE.is_mine(read_xml(page(SAMPLES["rss"])))


def test_an_empty_feed() -> None:
    found = parse(page(feed(), URL))
    assert (found.listings, found.rejects) == ([], [])


@pytest.mark.parametrize("content", WRONG_SHAPES)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


def test_an_item_without_title_is_a_reject() -> None:
    bad = ITEM.replace("Moss Media:  Video Editor (Shorts) ", "")
    found = parse(page(feed(bad, ITEM), URL))
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        parse(page(feed(bad, bad), URL))
