"""Entries of feeds."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import WRONG_SHAPES, page

from classifier.errors import InputError
from classifier.posting import JobPosting
from classifier.sources.feed import read_feed
from classifier.sources.wire import Found, Page, ShapeError

ITEM = """<item>
<title> Toy Tester &amp; Mender</title>
<link>https://tidal.example/jobs/1</link>
<guid isPermaLink="false">tidal-1</guid>
<author>jobs@tidal.example (Tidal Toys)</author>
<region>Porto</region>
<type>Full-Time</type>
<pubDate>Thu, 16 Jul 2026 12:00:00 +0000</pubDate>
<expires_at>2026-09-01 08:00:00 UTC</expires_at>
<description>&lt;img src="a.png"/&gt;&lt;p&gt;Test &lt;b&gt;toys&lt;/b&gt;.&lt;/p&gt;</description>
</item>"""


def rss(*items: str, title: str = "Jobs at Tidal Toys") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title><link>https://tidal.example</link>"
        f"{''.join(items)}</channel></rss>"
    )


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay Books</title>
<entry><title>Night Librarian</title><id>urn:quay:5</id>
<link href="https://quay.example/jobs/5"/>
<author><name>Quay Books</name></author>
<updated>2026-07-17T09:00:00+02:00</updated>
<summary>Read.</summary><content type="html">&lt;p&gt;Read and shelve.&lt;/p&gt;</content>
</entry></feed>"""


def only(text: str, employer_first: bool = False) -> JobPosting:
    (listing,) = read_feed(page(text), employer_first).listings
    return listing.posting


def test_every_field_of_an_item() -> None:
    assert only(rss(ITEM)) == JobPosting(
        description='<img src="a.png"/><p>Test <b>toys</b>.</p>',
        title="Toy Tester & Mender",
        hiring_organization="jobs@tidal.example (Tidal Toys)",
        job_location=("Porto",),
        date_posted="2026-07-16T12:00:00+00:00",
        valid_through="2026-09-01T08:00:00+00:00",
        employment_type="Full-Time",
        identifier="tidal-1",
        url="https://tidal.example/jobs/1",
    )


def test_an_entry_of_atom() -> None:
    assert only(ATOM) == JobPosting(
        description="<p>Read and shelve.</p>",
        title="Night Librarian",
        hiring_organization="Quay Books",
        date_posted="2026-07-17T09:00:00+02:00",
        identifier="urn:quay:5",
        url="https://quay.example/jobs/5",
    )


@pytest.mark.parametrize(
    ("old", "new", "name", "expected"),
    [
        ("<region>Porto</region>", "<location>Faro</location>", "job_location", ("Faro",)),
        ("<region>Porto</region>", "", "job_location", ()),
        ("Porto", "Porto or Remote", "job_location_type", "TELECOMMUTE"),
        ("tidal-1", "", "identifier", "https://tidal.example/jobs/1"),
        ("Thu, 16 Jul 2026 12:00:00 +0000", "soon", "date_posted", ""),
        ("Thu, 16 Jul 2026 12:00:00 +0000", "", "date_posted", ""),
        (
            "</description>",
            "</description><content:encoded><![CDATA[<p>Test toys, and mend each of them."
            "</p><p>At once.</p>]]></content:encoded>",
            "description",
            "<p>Test toys, and mend each of them.</p><p>At once.</p>",
        ),
        ("Toy Tester", "Tidal: Toy Tester", "title", "Tidal: Toy Tester & Mender"),
        ("Toy Tester", "Toy &#xD83C;&#55356;", "title", "Toy \ufffd\ufffd & Mender"),
    ],
)
def test_a_field(old: str, new: str, name: str, expected: object) -> None:
    assert old in ITEM
    assert getattr(only(rss(ITEM.replace(old, new))), name) == expected


@pytest.mark.parametrize(
    ("title", "employer", "role"),
    [
        ("Moss Media: Video Editor", "Moss Media", "Video Editor"),
        ("Moss Media:Video Editor", "jobs@tidal.example (Tidal Toys)", "Moss Media:Video Editor"),
        ("Moss: Media: Editor", "Moss", "Media: Editor"),
        ("Editor", "jobs@tidal.example (Tidal Toys)", "Editor"),
    ],
)
def test_the_employer_first(title: str, employer: str, role: str) -> None:
    posting = only(rss(ITEM.replace("Toy Tester &amp; Mender", title)), employer_first=True)
    assert (posting.hiring_organization, posting.title) == (employer, role)


def test_a_site_of_remote_work() -> None:
    assert only(rss(ITEM, title="Remote toys")).job_location_type == "TELECOMMUTE"


@pytest.mark.parametrize("text", [rss(), '<feed xmlns="http://www.w3.org/2005/Atom"/>'])
def test_an_empty_feed(text: str) -> None:
    assert read_feed(page(text)) == Found()


def test_a_feed_that_breaks_off_gives_what_is_whole() -> None:
    text = rss(ITEM, ITEM.replace("tidal-1", "tidal-2"))
    found = read_feed(page(text[: text.index("tidal-2")]))
    assert found.listings[0].posting.identifier == "tidal-1"


@pytest.mark.parametrize(
    "content",
    [
        *WRONG_SHAPES,
        b"<workzag-jobs/>",
        b"<urlset></urlset>",
        b'<?xml version="1.0" encoding="\xb8"?><rss version="2.0"/>',
    ],
)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError, match="expected RSS or Atom"):
        read_feed(page(content))


def test_a_page_that_names_a_file_does_not_open_it(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(ITEM))
    with pytest.raises(ShapeError):
        read_feed(page(os.fsencode(path)))


def test_an_item_without_title_is_a_reject() -> None:
    bad = ITEM.replace(" Toy Tester &amp; Mender", "")
    found = read_feed(page(rss(bad, ITEM)))
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        read_feed(page(rss(bad, bad)))


def test_an_item_that_nothing_tells_apart() -> None:
    found = read_feed(page(rss(ITEM, "<item><title>Baker</title></item>")))
    assert [one.reason for one in found.rejects] == ["no identifier and no url"]


PARTS = ["<item>", "</item>", "<title>", "a: b", "</title>", "<link>", "<pubDate>", "&#", "]]>"]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_any_items(inside: str) -> None:
    try:
        found = read_feed(page(rss(inside)), employer_first=True)
    except ShapeError:
        return
    assert all(listing.posting.title for listing in found.listings)


def test_without_feedparser_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "feedparser", None)
    with pytest.raises(InputError, match="RSS and Atom need feedparser"):
        read_feed(Page(b"<rss version='2.0'/>"))
