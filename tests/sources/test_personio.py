"""Personio feeds."""

import pytest
from samples import WRONG_SHAPES, page

from classifier.posting import JobPosting
from classifier.sources.payload import read_xml
from classifier.sources.personio import SOURCE, parse, start
from classifier.sources.wire import Found, Request, ShapeError

URL = "https://linse.jobs.personio.de/xml?language=en"
POSITION = """<position>
<id>2001</id>
<subcompany>Linse Optik GmbH</subcompany>
<office>Jena</office>
<additionalOffices><office> Ulm </office><office>Berlin (Remote)</office><office/>
</additionalOffices>
<department>Grinding</department>
<name>
  Lens Grinder (m/w/d) &amp; Polisher
</name>
<jobDescriptions>
  <jobDescription><name>Your tasks</name><value><![CDATA[
    <ul><li>Grind &amp; polish</li></ul> ]]></value></jobDescription>
  <jobDescription><name>About us</name><value>&lt;p&gt;We grind.&lt;/p&gt;
  </value></jobDescription>
  <jobDescription><name>Empty</name><value></value></jobDescription>
</jobDescriptions>
<employmentType>permanent</employmentType>
<seniority>experienced</seniority>
<schedule>full-time</schedule>
<yearsOfExperience>2-5</yearsOfExperience>
<createdAt>2026-04-07T08:30:00+00:00</createdAt>
</position>"""
UNTITLED = "<position><id>7</id><name> </name></position>"


def feed(*positions: str) -> str:
    inside = "".join(positions)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<workzag-jobs>{inside}</workzag-jobs>\n'


def test_every_field() -> None:
    found = parse(page(feed(POSITION), URL))
    assert [listing.posting for listing in found.listings] == [
        JobPosting(
            description="<h3>Your tasks</h3>\n<ul><li>Grind &amp; polish</li></ul>\n"
            "<h3>About us</h3>\n<p>We grind.</p>",
            title="Lens Grinder (m/w/d) & Polisher",
            hiring_organization="Linse Optik GmbH",
            job_location=("Jena", "Ulm", "Berlin (Remote)"),
            job_location_type="TELECOMMUTE",
            date_posted="2026-04-07T08:30:00+00:00",
            employment_type="full-time, permanent",
            identifier="2001",
            url="https://linse.jobs.personio.de/job/2001",
        )
    ]
    assert (found.requests, found.rejects) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "name", "expected"),
    [
        ("<subcompany>Linse Optik GmbH</subcompany>", "", "hiring_organization", "linse"),
        ("Berlin (Remote)", "Berlin (Hybrid or Remote)", "job_location_type", "hybrid"),
        ("Berlin (Remote)", "Berlin", "job_location_type", ""),
        ("<schedule>full-time</schedule>", "", "employment_type", "permanent"),
        ("2026-04-07T08:30:00+00:00", "", "date_posted", ""),
        ("Lens Grinder", "L\xe4ngen Grinder", "title", "L\xe4ngen Grinder (m/w/d) & Polisher"),
    ],
)
def test_a_field(old: str, new: str, name: str, expected: str) -> None:
    (listing,) = parse(page(feed(POSITION.replace(old, new)), URL)).listings
    assert getattr(listing.posting, name) == expected


def test_a_feed_that_is_a_file_gives_postings() -> None:
    (listing,) = parse(page(feed(POSITION))).listings
    assert (listing.posting.identifier, listing.posting.url) == ("2001", "")


def test_an_entity_of_its_own_is_not_expanded() -> None:
    text = (
        '<!DOCTYPE workzag-jobs [<!ENTITY own "secret">'
        '<!ENTITY file SYSTEM "file:///no/such/file">]>'
        f"<workzag-jobs>{POSITION.replace('<office>Jena', '<office>Jena&own;&file;')}"
        "</workzag-jobs>"
    )
    (listing,) = parse(page(text, URL)).listings
    assert listing.posting.job_location[0] == "Jena"


@pytest.mark.parametrize(
    ("account", "host"),
    [
        ("linse", "linse.jobs.personio.de"),
        ("linse.jobs.personio.com", "linse.jobs.personio.com"),
        ("linse gmbh/1", "linse%20gmbh%2F1.jobs.personio.de"),
    ],
)
def test_start(account: str, host: str) -> None:
    assert start(account) == [Request(f"https://{host}/xml?language=en")]


@pytest.mark.parametrize("url", ["", URL])
@pytest.mark.parametrize("text", [feed(), "<workzag-jobs/>"])
def test_an_empty_site(text: str, url: str) -> None:
    assert parse(page(text, url)) == Found()
    assert SOURCE.is_mine(read_xml(page(text)))


@pytest.mark.parametrize(
    "content",
    [*WRONG_SHAPES, b"<?xml version='1.0'?>", b"<rss><channel/></rss>", b"<a", b"<!-- -->"],
)
def test_another_shape(content: bytes) -> None:
    with pytest.raises(ShapeError):
        parse(page(content, URL))


@pytest.mark.parametrize("bad", [UNTITLED, "<position/>", POSITION.replace("name>", "title>")])
def test_an_item_without_title_is_a_reject(bad: str) -> None:
    found = parse(page(feed(bad, POSITION), URL))
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    with pytest.raises(ShapeError, match="none of 2 items"):
        parse(page(feed(bad, bad), URL))
