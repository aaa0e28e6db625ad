"""Web archives, built by hand."""

import gzip
import io
import sys
from datetime import date

import pytest

from classifier.errors import InputError
from classifier.sources.warc import read_warc
from classifier.sources.wire import Page

HTML = (
    '<html><script type="application/ld+json">{"@type": "JobPosting", "title": "Bäcker"}</script>'
)
URL = "https://crumb.example/jobs/1"


def http(content: bytes, kind: str = "text/html; charset=utf-8") -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nServer: oven\r\n\r\n"
    return head.encode() + content


def record(block: bytes, kind: str = "response", url: str = URL) -> bytes:
    media = {"warcinfo": "application/warc-fields"}.get(kind, f"application/http; msgtype={kind}")
    head = (
        "WARC/1.0\r\n"
        f"WARC-Type: {kind}\r\n"
        f"WARC-Target-URI: {url}\r\n"
        "WARC-Date: 2026-11-02T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        f"Content-Type: {media}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def read(content: bytes) -> list[Page]:
    return list(read_warc(io.BytesIO(content)))


POSTING = record(http(HTML.encode()))
RECORDS = [
    record(b"software: oven/1.0\r\n", "warcinfo"),
    record(b"GET /JobPosting HTTP/1.1\r\nHost: crumb.example\r\n\r\n", "request"),
    POSTING,
    record(http(b"<html>Nothing here.</html>"), url="https://crumb.example/about"),
    record(http(HTML.encode("latin-1"), "text/html; charset=ISO-8859-1"), url=f"<{URL}2>"),
    record(http(HTML.encode(), "text/html"), url=f"{URL}3"),
]


@pytest.mark.parametrize(
    "content",
    [
        b"".join(RECORDS),
        gzip.compress(b"".join(RECORDS), mtime=0),
        b"".join(gzip.compress(one, mtime=0) for one in RECORDS),  # a member for each record
    ],
    ids=["plain", "packed", "packed one by one"],
)
def test_pages_with_the_mark(content: bytes) -> None:
    pages = read(content)
    assert [page.url for page in pages] == [URL, f"{URL}2", f"{URL}3"]
    assert [page.encoding.lower() for page in pages] == ["utf-8", "iso-8859-1", ""]
    assert [page.content for page in pages] == [
        HTML.encode(),
        HTML.encode("latin-1"),
        HTML.encode(),
    ]
    assert {page.fetched for page in pages} == {date(2026, 11, 2)}


def test_another_mark() -> None:
    content = b"".join(RECORDS)
    pages = list(read_warc(io.BytesIO(content), b"Nothing"))
    assert [page.url for page in pages] == ["https://crumb.example/about"]


def test_a_page_that_is_too_large_is_left_out() -> None:
    large = record(http(HTML.encode() + b" " * 2**24))
    assert [page.url for page in read(large + record(http(HTML.encode()), url="a:b"))] == ["a:b"]


@pytest.mark.parametrize("n_cut", [1, 4, 20, 60])
@pytest.mark.parametrize("is_packed", [False, True])
def test_a_damaged_tail_ends_the_archive(n_cut: int, is_packed: bool) -> None:
    second = record(http(HTML.encode() + b"x" * 200), url=f"{URL}2")
    content = gzip.compress(POSTING) + gzip.compress(second) if is_packed else POSTING + second
    pages = read(content[:-n_cut])
    assert pages[0].content == HTML.encode()
    assert len(pages) <= 2


@pytest.mark.parametrize("content", [b"", b"WARC/1.0\r\n\r\n"])
def test_an_archive_without_pages(content: bytes) -> None:
    assert read(content) == []


@pytest.mark.parametrize(
    "content", [b"no archive", b"<html>JobPosting</html>", b"\x1f\x8bJobPosting", b"\0" * 99]
)
def test_what_is_no_archive(content: bytes) -> None:
    with pytest.raises(OSError, match=r"."):
        read(content)


def test_bytes_between_records() -> None:
    assert len(read(POSTING + b"\r\n" * 3 + POSTING)) == 2


def test_without_fastwarc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    with pytest.raises(InputError, match="WARC files need fastwarc"):
        read(POSTING)
