"""One posting from what a person gives: a file, standard input, or the text itself."""

import re
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from classifier.clean import parse_page_fields
from classifier.encoding import detect_encoding, open_text
from classifier.errors import InputError
from classifier.posting import JobPosting
from classifier.schema_org import read_schema_org

PAGES = {".html", ".htm", ".xhtml"}
FILE_NAME = re.compile(r"\S+\.(?:txt|html?|xhtml|md|pdf|docx?|rtf|json)", re.IGNORECASE)
LARGEST = 16 * 2**20  # bytes; the longest postings have some 100 KB


def read_posting(source: str, title: str = "") -> JobPosting:
    """Posting from a path, ``-`` (standard input), or the text itself.

    An ``.html`` file is read as a saved page: its schema.org JobPosting if it has one, else its
    main content. The JobPosting also gives employer, places, dates and pay (`salary_text`, as
    JSON). `title` wins over a title that the page gives.

    Raises
    ------
    InputError
        If a file is named that cannot be read as text.
    """
    if source == "-":
        return JobPosting(decode(sys.stdin.buffer.read(LARGEST + 1), "standard input"), title)
    path = Path(source)
    if not _is_path(source):
        return JobPosting(source, title)
    text = decode(_read(path), source)
    if path.suffix.lower() not in PAGES:
        return JobPosting(text, title)
    page_title, description, fields = parse_page_fields(text)
    return replace(read_schema_org(fields), description=description, title=title or page_title)


def _is_path(source: str) -> bool:
    """Say if an argument names a file: one that exists, or a name such as ``posting.txt``."""
    if FILE_NAME.fullmatch(source):
        return True
    try:
        return 0 < len(source) < 4096 and "\n" not in source and Path(source).exists()
    except (OSError, ValueError):  # a text, too long or with characters that no name has
        return False


def _read(path: Path) -> bytes:
    try:
        if not path.is_dir():
            with path.open("rb") as file:
                return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a character that no name has
        reason = getattr(error, "strerror", error)
        raise InputError(
            f"cannot read {path}: {reason}; give a file, - for stdin, or a text"
        ) from error
    raise InputError(f"{path} is a folder; name a file in it, or give the text itself")


def decode(content: bytes, name: str) -> str:
    """Text of a file: UTF-8, UTF-16 or Windows-1252, as the bytes tell.

    Raises
    ------
    InputError
        If it is no text (a PDF, a Word file, a picture), or too large for one posting.
    """
    if len(content) > LARGEST:
        raise InputError(
            f"{name} has over {LARGEST} bytes; for a file of many postings use `classifier label`"
        )
    data = BytesIO(content)
    with open_text(data, detect_encoding(data)) as file:
        text = file.read().removeprefix("\ufeff")
    n_odd = sum(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text)
    if content.startswith((b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or n_odd > len(text) / 50:
        raise InputError(f"{name} is not a text file; save it as plain text or HTML first")
    return text
