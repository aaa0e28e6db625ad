"""Encodings of text: which one a file has, and reading it so that no byte is lost."""

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, cast

import numpy as np

from classifier.errors import InputError

BLOCK = 2**20  # bytes
FEW = BLOCK // 2  # bytes: to decode these takes less time than to import pyarrow
# Handlers of bytes that cannot be decoded.
LATIN_1, MARK = "classifier.latin-1", "classifier.mark"


def detect_encoding(data: BinaryIO) -> str:
    """Name of a text's encoding: utf-8, utf-16-le, utf-16-be or cp1252.

    A byte-order mark decides, then the NUL bytes of two ASCII characters in UTF-16 (as RFC 4627,
    section 3, does), then which there are more of in the whole file: characters of several bytes
    that are right in UTF-8, or bytes that are not. Bytes that are wrong in a file of UTF-8 cost
    their rows; cp1252 can read every byte.
    """
    data.seek(0)
    head = data.read(4)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if head.startswith(codecs.BOM_UTF16_LE) or re.fullmatch(rb"[^\0]\0[^\0]\0", head, re.DOTALL):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE) or re.fullmatch(rb"\0[^\0]\0[^\0]", head, re.DOTALL):
        return "utf-16-be"
    data.seek(0)
    right, wrong = _count_utf8(data)
    return "utf-8" if right > wrong or not wrong else "cp1252"


def _count_utf8(data: BinaryIO) -> tuple[int, int]:
    """Count the right characters of several bytes, and the bytes that are wrong, in UTF-8."""
    right = wrong = 0
    rest, last = b"", False
    while not last:
        block = data.read(BLOCK)
        last = not block
        block = rest + block
        end = len(block) if last else len(block) - _cut_short(block)
        block, rest = block[:end], block[end:]
        if not is_utf8(block):
            text = block.decode("utf-8", "surrogateescape")
            block = text.encode("utf-8", "ignore")
            wrong += len(text) - len(block.decode())
        right += _count_long(block)
    return right, wrong


def is_utf8(text: bytes | memoryview) -> bool:
    """Whether bytes are text in UTF-8."""
    try:
        if len(text) < FEW:
            codecs.utf_8_decode(text, "strict", True)
        else:
            _check_utf8(text)
    except ValueError:  # of both
        return False
    return True


def _check_utf8(text: bytes | memoryview) -> None:
    """Raise a ValueError if bytes are not UTF-8, in a tenth of the time of decoding them."""
    import pyarrow as pa

    buffers = [None, pa.py_buffer(np.array([0, len(text)])), pa.py_buffer(text)]
    pa.Array.from_buffers(pa.large_string(), 1, buffers).validate(full=True)


def _cut_short(text: bytes) -> int:
    """Count the bytes at the end that may be the start of a character.

    >>> _cut_short("né".encode()), _cut_short("né".encode()[:-1])
    (0, 1)
    """
    for n in range(1, min(4, len(text) + 1)):
        byte = text[-n]
        if byte >= 0xC0:
            return n if n < 2 + (byte >= 0xE0) + (byte >= 0xF0) else 0
        if byte < 0x80:
            break
    return 0


def _count_long(text: bytes) -> int:
    """Count the characters of several bytes, by their first ones."""
    return int(np.count_nonzero(np.frombuffer(text, np.uint8) >= 0xC0))


@contextmanager
def open_text(data: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """Text of a file from its start; a byte that cannot be decoded is a lone surrogate in it.

    In cp1252 the five bytes that it leaves open (81, 8D, 8F, 90 and 9D) are the control
    characters that they are in latin-1.

    Raises
    ------
    InputError
        If Python knows no such encoding of text.
    """
    data.seek(0)
    try:
        latin = codecs.lookup(encoding).name == "cp1252"
        errors = LATIN_1 if latin else MARK
        text = io.TextIOWrapper(data, encoding, errors=errors, newline="")
    except (LookupError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(f"unknown encoding {encoding!r}: try utf-8, utf-16 or cp1252") from error
    try:
        yield text
    finally:
        with suppress(ValueError):  # closed before
            text.detach()  # or it would close the file that it reads


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    wrong, end = _wrong_bytes(error)
    return wrong.decode("latin-1"), end


def _as_surrogates(error: UnicodeError) -> tuple[str, int]:
    """One surrogate a byte. Python's own surrogateescape refuses the bytes below 80 of UTF-16."""
    wrong, end = _wrong_bytes(error)
    return "".join(chr(0xDC00 + byte) for byte in wrong), end


def _wrong_bytes(error: UnicodeError) -> tuple[bytes, int]:
    found = cast("UnicodeDecodeError", error)  # what a decoder gives to its error handler
    return found.object[found.start : found.end], found.end


codecs.register_error(LATIN_1, _as_latin_1)
codecs.register_error(MARK, _as_surrogates)
