"""Pages a second: reading JSON-LD postings, and walking through a web archive, beside others.

    python benchmarks/pages.py [PAGES]

The pages are made here: the article of a posting in JSON-LD within 40 KB of markup, as career
sites have it. Medians of five; each way is timed in turn, in one process and one thread.
"""

import io
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date

import extruct
from bs4 import BeautifulSoup
from fastwarc.warc import ArchiveIterator, WarcRecordType

from classifier.sources import SOURCES
from classifier.sources.warc import read_warc
from classifier.sources.wire import Page, Request

N_PAGES = int(sys.argv[1]) if len(sys.argv) > 1 else 300
ROUNDS = 5
WORDS = ["oven", "dough", "bread", "steam", "rye", "crust", "flour", "team", "code", "review"]


def make_page(number: int) -> bytes:
    """A career page with one posting."""
    chance = random.Random(number)  # noqa: S311 - the same pages in every run
    text = " ".join(chance.choices(WORDS, k=600))
    fields = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": f"Oven Engineer {number}",
        "description": f"<p>{text}</p>" * 2,
        "hiringOrganization": {"@type": "Organization", "name": "Crumb Works"},
        "datePosted": "2026-11-02",
        "jobLocation": {"address": {"addressLocality": "Oslo", "addressCountry": "NO"}},
        "baseSalary": {"currency": "NOK", "value": {"minValue": 600000, "unitText": "YEAR"}},
    }
    menu = "".join(f'<li class="item-{i}"><a href="/p/{i}">{i}</a></li>' for i in range(300))
    body = f"<p>{text}</p>" * 4
    script = f'<script type="application/ld+json">{json.dumps(fields)}</script>'
    html = f"<html><head>{script}</head><body><ul>{menu}</ul><main>{body}</main></body></html>"
    return html.encode()


def ours(pages: list[bytes]) -> int:
    """Postings by `classifier.sources.pages`: whole records, pay and dates read."""
    parse = SOURCES["pages"].parse
    return sum(len(parse(Page(page, Request("https://crumb.example/"))).listings) for page in pages)


def by_extruct(pages: list[bytes]) -> int:
    """JSON-LD by extruct, as dicts."""
    return sum(
        len(extruct.extract(page.decode(), syntaxes=["json-ld"])["json-ld"]) for page in pages
    )


def by_soup(pages: list[bytes]) -> int:
    """JSON-LD by BeautifulSoup with html.parser, as dicts."""
    found = 0
    for page in pages:
        soup = BeautifulSoup(page, "html.parser")
        scripts = soup.find_all("script", type="application/ld+json")
        found += len([json.loads(script.text) for script in scripts])
    return found


def make_archive(pages: list[bytes]) -> bytes:
    """Web archive of pages, of which one in ten has a posting, as is usual in a crawl of jobs."""
    out = io.BytesIO()
    for number, page in enumerate(pages):
        content = page if number % 10 == 0 else page.replace(b"JobPosting", b"Article")
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + content
        out.write(
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://crumb.example/%d\r\n"
            b"WARC-Date: 2026-11-02T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:%032d>\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
            b"%s\r\n\r\n" % (number, number, len(answer), answer)
        )
    return out.getvalue()


def walk(archive: bytes) -> int:
    """Records by fastwarc's own iteration, with their content read."""
    records = ArchiveIterator(io.BytesIO(archive), record_types=WarcRecordType.response)
    return sum(bool(record.reader.read()) for record in records)


def read_archive(archive: bytes) -> int:
    """Postings of an archive."""
    parse = SOURCES["pages"].parse
    return sum(len(parse(page).listings) for page in read_warc(io.BytesIO(archive)))


def time_all(ways: dict[str, Callable[[], int]]) -> Iterator[tuple[str, int, float]]:
    """Name, result and median seconds of each way."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    results: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter()
            results[name] = way()
            seconds[name].append(time.perf_counter() - start)
    for name in ways:
        yield name, results[name], statistics.median(seconds[name])


def main() -> None:
    """Print both tables."""
    pages = [make_page(number) for number in range(N_PAGES)]
    archive = make_archive(pages)
    size = sum(map(len, pages)) / 1e6
    print(f"{date.today()}, {N_PAGES} pages of {size / N_PAGES * 1000:.0f} KB, medians of {ROUNDS}")
    ways = {
        "classifier.sources.pages (records)": lambda: ours(pages),
        "extruct (dicts)": lambda: by_extruct(pages),
        "BeautifulSoup, html.parser (dicts)": lambda: by_soup(pages),
    }
    for name, found, seconds in time_all(ways):
        print(f"{name:40} {found:6} postings  {N_PAGES / seconds:8.0f} pages/s")
    ways = {
        "read_warc and pages": lambda: read_archive(archive),
        "fastwarc, iteration alone": lambda: walk(archive),
    }
    for name, found, seconds in time_all(ways):
        print(f"{name:40} {found:6} found     {len(archive) / 1e6 / seconds:8.0f} MB/s")


if __name__ == "__main__":
    main()
