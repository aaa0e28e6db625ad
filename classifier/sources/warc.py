"""Web archives (WARC, as Common Crawl publishes them): pages, one after the other."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from classifier.errors import InputError
from classifier.sources.wire import Page, Request

LARGEST = 16 * 2**20  # bytes of a page; longer ones are left out
MARK = b"JobPosting"  # no page has a posting without it


def read_warc(stream: BinaryIO, mark: bytes = MARK) -> Iterator[Page]:
    """Responses of an archive that hold `mark`, in bounded memory; packed by gzip, lz4 or not.

    A damaged record ends the archive there. Needs fastwarc, of the extra ``collect``.

    Raises
    ------
    InputError
        If fastwarc is not installed.
    OSError
        If it is no archive.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise InputError(
            "WARC files need fastwarc: pip install 'job-posting-classifier[collect]'"
        ) from None
    for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
        if record.content_length <= LARGEST and record.http_headers is not None:
            content = record.reader.read(LARGEST)
            if mark in content:
                yield _page(record, content)


def _page(record: Any, content: bytes) -> Page:  # noqa: ANN401 - fastwarc's record
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    fetched = record.record_date
    return Page(content, Request(url), record.http_charset or "", fetched and fetched.date())
