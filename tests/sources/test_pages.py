"""Pages with a JobPosting, and sitemaps."""

import gzip
import json
import time
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import page

from classifier.errors import InputError
from classifier.posting import JobPosting
from classifier.sources import pages
from classifier.sources.pages import SOURCE, parse, start
from classifier.sources.wire import Found, Page, Request, ShapeError

URL = "https://crumb.example/jobs/oven-engineer"
FIELDS: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": " Oven Engineer &amp; Baker ",
    "description": "<p>Tune <b>ovens</b>.</p>",
    "identifier": {"@type": "PropertyValue", "name": "Crumb Works", "value": "CW-17"},
    "datePosted": "2026-11-01",
    "validThrough": "2026-12-31T23:59",
    "employmentType": ["FULL_TIME", "PART_TIME"],
    "hiringOrganization": {"@type": "Organization", "name": "Crumb Works "},
    "jobLocationType": "TELECOMMUTE",
    "jobLocation": [
        {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Bergen",
                "addressRegion": "Vestland",
                "addressCountry": {"@type": "Country", "name": "Norway"},
            },
        },
        {"@type": "Place", "address": {"addressLocality": "Utrecht", "addressCountry": "NL"}},
    ],
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "NOK",
        "value": {"@type": "QuantitativeValue", "minValue": 610000, "unitText": "YEAR"},
    },
}
COOK = '{"@type": "JobPosting", "title": "Cook", "url": "https://soup.example/1"}'
BAKER = COOK.replace("Cook", "Baker").replace("/1", "/2")


def script(text: str, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{text}</script>'


def document(*parts: str) -> str:
    inside = "\n".join(parts)
    return f"<!doctype html><html><head><title>Jobs</title>{inside}</head><body>Jobs</body></html>"


def titles(text: str) -> list[str]:
    return [one.posting.title for one in parse(page(text, URL)).listings]


def test_every_field() -> None:
    found = parse(page(document(script(json.dumps(FIELDS))), URL))
    assert [listing.posting for listing in found.listings] == [
        JobPosting(
            description="<p>Tune <b>ovens</b>.</p>",
            title="Oven Engineer & Baker",
            hiring_organization="Crumb Works",
            job_location=("Bergen, Vestland, Norway", "Utrecht, NL"),
            job_location_type="TELECOMMUTE",
            date_posted="2026-11-01",
            valid_through="2026-12-31T23:59",
            employment_type="FULL_TIME, PART_TIME",
            identifier="CW-17",
            url=URL,
            salary_text='{"baseSalary": {"@type": "MonetaryAmount", "currency": "NOK", "value": '
            '{"@type": "QuantitativeValue", "minValue": 610000, "unitText": "YEAR"}}}',
        )
    ]
    assert (found.requests, found.rejects) == ([], [])


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"url": "https://crumb.example/17"}, "url", "https://crumb.example/17"),
        ({"identifier": 17}, "identifier", "17"),
        ({"identifier": None}, "identifier", ""),
        ({"title": None, "name": "Baker"}, "title", "Baker"),
        ({"hiringOrganization": "Crumb Works"}, "hiring_organization", "Crumb Works"),
        ({"validThrough": "1970-01-01"}, "valid_through", ""),
        ({"datePosted": "\nMarch 19, 2026\n"}, "date_posted", "2026-03-19"),
        ({"jobLocation": "Oslo"}, "job_location", ("Oslo",)),
        ({"jobLocation": {"address": "Oslo, Norway"}}, "job_location", ("Oslo, Norway",)),
        ({"jobLocation": None}, "job_location", ()),
        ({"employmentType": "Permanent"}, "employment_type", "Permanent"),
    ],
)
def test_a_field(change: dict[str, Any], name: str, expected: object) -> None:
    (listing,) = parse(page(document(script(json.dumps(FIELDS | change))), URL)).listings
    assert getattr(listing.posting, name) == expected


@pytest.mark.parametrize(
    "pay",
    [
        {"baseSalary": 61000},
        {"baseSalary": 61000.5, "salaryCurrency": "EUR"},
        {"baseSalary": "EUR 3,100 per month"},
        {"baseSalary": "nach Absprache", "salaryCurrency": "€"},
        {"baseSalary": {"currency": "EUR", "value": 61000}},
        {"baseSalary": {"currency": "EUR", "value": "61000"}},
        {"baseSalary": {"currency": "EUR", "value": {"value": 30, "unitText": "HOUR"}}},
        {"baseSalary": {"currency": "EUR", "value": {"Value": "14 18 HOUR"}}},
        {"baseSalary": {"currency": "EUR", "minValue": 1, "maxvalue": 2}},
        {"baseSalary": [{"currency": "EUR", "value": 1}, {"currency": "USD", "value": 2}]},
        {"baseSalary": {"@type": "PriceSpecification", "price": 61000, "priceCurrency": "EUR"}},
        {"baseSalary": True},
    ],
)
def test_pay_is_kept_as_it_stands(pay: dict[str, object]) -> None:
    fields = {key: value for key, value in FIELDS.items() if key != "baseSalary"} | pay
    (listing,) = parse(page(document(script(json.dumps(fields))), URL)).listings
    assert json.loads(listing.posting.salary_text) == pay


@pytest.mark.parametrize(
    "pay",
    [
        {},
        {"baseSalary": None},
        {"baseSalary": ""},
        {"salaryCurrency": "EUR"},
        {"estimatedSalary": 5},
    ],
)
def test_no_pay(pay: dict[str, object]) -> None:
    fields = {key: value for key, value in FIELDS.items() if key != "baseSalary"} | pay
    (listing,) = parse(page(document(script(json.dumps(fields))), URL)).listings
    assert listing.posting.salary_text == ""


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([script(f'{{"@graph": [{{"@type": "WebSite"}}, {COOK}, {BAKER}]}}')], ["Cook", "Baker"]),
        ([script(f"[{COOK}, {BAKER}]")], ["Cook", "Baker"]),
        ([script(f'{{"@type": "ItemList", "itemListElement": [{{"item": {COOK}}}]}}')], ["Cook"]),
        ([script(COOK), script('{"@type": "WebSite"}'), script(BAKER)], ["Cook", "Baker"]),
        ([script("{broken JobPosting"), script(COOK)], ["Cook"]),
        ([script(f"//<![CDATA[\n{COOK}\n//]]>")], ["Cook"]),
        ([script(f"/*<![CDATA[*/{COOK}/*]]>*/")], ["Cook"]),
        ([script(f"<![CDATA[{COOK}]]>")], ["Cook"]),
        ([script(f"<!--\n{COOK}\n//-->")], ["Cook"]),
        ([script(COOK.replace('"', "&quot;"))], ["Cook"]),
        ([script(COOK.replace('"', "&#34;"))], ["Cook"]),
        ([script(COOK.replace("Cook", "Co\x02ok"))], ["Cook"]),
        ([script(COOK.replace("Cook", "Head\n  Cook\t"))], ["Head Cook"]),
        ([script(COOK.replace('"title"', '// its name\n"title"'))], ["Cook"]),
        ([script(COOK.replace('"title"', '/* its name */ "title"'))], ["Cook"]),
        ([script(COOK.replace("}", ",}"))], ["Cook"]),
        ([script(f"[{COOK}, {BAKER},]")], ["Cook", "Baker"]),
        ([script(COOK.replace('", "url"', '" "url"'))], ["Cook"]),
        ([script(COOK.replace("Cook", r"Cook \_o_"))], [r"Cook \_o_"]),
        ([script(COOK.replace("Cook", r"Cook\x"))], [r"Cook\x"]),
        ([script(COOK.replace("JobPosting", "schema:JobPosting"))], ["Cook"]),
        ([script(COOK.replace('"JobPosting"', '["JobPosting", "Thing"]'))], ["Cook"]),
        ([script(COOK, "application/ld+json; charset=utf-8")], ["Cook"]),
        ([f"<SCRIPT TYPE = application/ld+json id=a>{COOK}</SCRIPT >"], ["Cook"]),
        ([f"<!-- {script(COOK)} -->", script(BAKER)], ["Baker"]),
        ([f"<!-- {script(COOK)} -->"], []),
        ([script(COOK, "text/javascript")], []),
        ([script('{"@type": "Thing", "name": "JobPosting"}')], []),
        (["<p>JobPosting</p>"], []),
        ([], []),
    ],
)
def test_json_ld(parts: list[str], expected: list[str]) -> None:
    text = document(*parts)
    assert titles(text) == expected
    assert SOURCE.is_mine(text) is bool(expected)


MICRODATA = """<div itemscope itemtype="http://schema.org/JobPosting">
<h1 itemprop="title">Night Baker</h1>
<span itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization">
<b itemprop="name">Crumb Works</b></span>
<span itemprop="jobLocation" itemscope itemtype="http://schema.org/Place">
<span itemprop="address" itemscope itemtype="http://schema.org/PostalAddress">
<i itemprop="addressLocality">Bergen</i>, <i itemprop="addressCountry">Norway</i></span></span>
<time itemprop="datePosted" datetime="2026-11-01">1 November</time>
<span itemprop="baseSalary">NOK 290 an hour</span>
<div itemprop="description">Bake at night.</div></div>"""
RDFA = """<div vocab="http://schema.org/" typeof="JobPosting">
<h1 property="title">Night Baker</h1>
<span property="hiringOrganization" typeof="Organization"><b property="name">Crumb Works</b></span>
<span property="jobLocation" typeof="Place"><span property="address" typeof="PostalAddress">
<i property="addressLocality">Bergen</i>, <i property="addressCountry">Norway</i></span></span>
<span property="datePosted" content="2026-11-01">1 November</span>
<span property="baseSalary">NOK 290 an hour</span>
<div property="description">Bake at night.</div></div>"""


@pytest.mark.parametrize("text", [MICRODATA, RDFA], ids=["microdata", "RDFa"])
def test_marked_up_text(text: str) -> None:
    (listing,) = parse(page(f"<html><body>{text}</body></html>", URL)).listings
    assert listing.posting == JobPosting(
        description="Bake at night.",
        title="Night Baker",
        hiring_organization="Crumb Works",
        job_location=("Bergen, Norway",),
        date_posted="2026-11-01",
        url=URL,
        salary_text='{"baseSalary": "NOK 290 an hour"}',
    )


def test_json_ld_comes_before_markup() -> None:
    assert titles(f"{document(script(COOK))}{MICRODATA}") == ["Cook"]


def test_a_posting_without_title_is_a_reject() -> None:
    found = parse(page(document(script('{"@type": "JobPosting"}'), script(COOK)), URL))
    assert [(one.row, one.reason) for one in found.rejects] == [(1, "no title")]
    assert len(found.listings) == 1
    # A page is one posting: without one it is no error of its site.
    found = parse(page(document(script('{"@type": "JobPosting"}')), URL))
    assert [one.reason for one in found.rejects] == ["no title"]


def test_a_file_is_known_by_its_words() -> None:
    fields = {"@type": "JobPosting", "title": "Cook", "description": "Cook soup."}
    first, second, third = (
        parse(page(document(script(json.dumps(one))))).listings[0].posting
        for one in (fields, fields, fields | {"description": "Cook stew."})
    )
    assert first.url == ""
    assert first.identifier == second.identifier
    assert first.identifier != third.identifier


@pytest.mark.parametrize(
    "content", [b"", b"<html><body>Gone</body></html>", b'{"error": 1}', b"[]", b"\xff\xfe\x00"]
)
def test_a_page_without_posting(content: bytes) -> None:
    assert parse(page(content, URL)) == Found()


def test_start() -> None:
    assert start(f"{URL}?a=ø") == [Request(f"{URL}?a=ø")]


# --- Sitemaps ---

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<!-- of the bakery -->
<url><loc> https://crumb.example/jobs/1 </loc><lastmod>2026-11-01</lastmod>
<image:image><image:loc>https://crumb.example/oven.png</image:loc></image:image></url>
<url><loc>https://crumb.example/jobs/2?a=1&amp;b=2</loc></url>
<url><loc>https://crumb.example/jobs/1</loc></url>
<url><loc></loc></url><url/>
</urlset>"""
REQUESTS = [
    Request("https://crumb.example/jobs/1"),
    Request("https://crumb.example/jobs/2?a=1&b=2"),
]
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://crumb.example/jobs.xml.gz</loc></sitemap>
<sitemap><loc>https://crumb.example/news.xml</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize(
    "content",
    [
        SITEMAP.encode(),
        gzip.compress(SITEMAP.encode(), mtime=0),
        b"\xef\xbb\xbf" + SITEMAP.encode(),
        SITEMAP.replace('xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', "").encode(),
        SITEMAP.replace("<url", "<s:url")
        .replace("</url", "</s:url")
        .replace("xmlns=", "xmlns:s=")
        .replace("<loc", "<s:loc")
        .replace("</loc", "</s:loc")
        .encode(),
        SITEMAP[: SITEMAP.index("<url><loc></loc>")].encode(),  # it breaks off
    ],
    ids=["plain", "packed", "with a mark", "without namespace", "with a prefix", "cut"],
)
def test_a_sitemap(content: bytes) -> None:
    assert parse(page(content, "https://crumb.example/sitemap.xml")) == Found(requests=REQUESTS)


def test_an_address_with_half_a_character() -> None:
    text = SITEMAP.replace("/jobs/2", "/jobs/&#xD83C;")
    assert [one.url for one in parse(page(text, URL)).requests] == [
        "https://crumb.example/jobs/1",
        "https://crumb.example/jobs/\ufffd?a=1&b=2",
    ]


def test_a_sitemap_index() -> None:
    assert [one.url for one in parse(page(INDEX, URL)).requests] == [
        "https://crumb.example/jobs.xml.gz",
        "https://crumb.example/news.xml",
    ]


def test_an_empty_sitemap() -> None:
    assert parse(page("<urlset></urlset>", URL)) == Found()


def test_a_packed_page() -> None:
    assert len(parse(page(gzip.compress(document(script(COOK)).encode()), URL)).listings) == 1


PACKED = gzip.compress(SITEMAP.encode(), mtime=0)


@pytest.mark.parametrize(
    "content",
    [
        PACKED[:-1],
        PACKED[: len(PACKED) // 2],
        PACKED[:12],
        PACKED[:2],
        PACKED[:15] + b"\xff" * 9 + PACKED[24:],
        PACKED[:-8] + b"\0" * 8,
        b"\x1f\x8bJobPosting",
    ],
)
def test_a_damaged_packed_file(content: bytes) -> None:
    with pytest.raises(ShapeError, match="a damaged packed file"):
        parse(page(content, URL))


def test_a_packed_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_UNPACKED", len(SITEMAP))
    with pytest.raises(ShapeError, match=f"over {len(SITEMAP)} bytes"):
        parse(page(gzip.compress(SITEMAP.encode() + b" "), URL))
    assert len(parse(page(PACKED, URL)).requests) == 2


def test_a_small_file_does_not_unpack_to_a_huge_one() -> None:
    packer = zlib.compressobj(1, wbits=31)
    block = b"\0" * 2**20
    content = b"".join(packer.compress(block) for _ in range(52)) + packer.flush()
    begun = time.perf_counter()
    with pytest.raises(ShapeError, match="a packed sitemap of over"):
        parse(page(content, URL))
    assert time.perf_counter() - begun < 2


def test_a_sitemap_has_a_largest_number_of_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_URLS", 1)
    assert parse(page(SITEMAP, URL)).requests == REQUESTS[:1]


# --- Any page ---

BITS = ['"', "{", "}", "[", ",", ":", "\\", "<!--", "</script>", '"@type": "JobPosting"', "\n", "a"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(BITS), max_size=12).map("".join))
def test_any_block(inside: str) -> None:
    found = parse(page(document(script(inside)), URL))
    assert all(listing.posting.title for listing in found.listings)


@pytest.mark.filterwarnings("ignore:tzname")
@settings(deadline=None, max_examples=30)
@given(st.sampled_from([MICRODATA, RDFA]), st.integers(0, 900), st.text(max_size=5))
def test_any_markup(text: str, where: int, new: str) -> None:
    found = parse(page(f"{text[:where]}{new}{text[where:]}", URL))
    assert isinstance(found, Found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_encoding_of_a_page(encoding: str) -> None:
    text = document(script(COOK.replace("Cook", "Bäcker")))
    found = parse(Page(text.encode(encoding), Request(URL), encoding))
    assert [listing.posting.title for listing in found.listings] == ["Bäcker"]


def test_without_extruct_microdata_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.structured_data._has_extruct", lambda: False)
    marked_up = b'<div itemscope itemtype="http://schema.org/JobPosting"></div>'
    with pytest.raises(InputError, match="microdata and RDFa need extruct"):
        parse(Page(marked_up))
    assert parse(Page(b"<p>We hire.</p>")).listings == []
