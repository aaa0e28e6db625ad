"""Encodings: which one a file has, and that no byte is lost."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.encoding import BLOCK, FEW, detect_encoding, is_utf8
from classifier.errors import InputError
from classifier.lines import read_lines, utf8_size, visible

ACCENTS = "Gärtner für Gemüse, Käse und Öl"


def read(data: bytes, encoding: str | None = None) -> list[str]:
    file = io.BytesIO(data)
    return list(read_lines(file, encoding or detect_encoding(file)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["title;text\nKoch;Süß\n", '{"title": "Öl", "text": "漢字 😀"}'])
def test_unicode_is_detected(encoding: str, text: str) -> None:
    assert "".join(read(text.encode(encoding))) == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"title\nplain\n", "utf-8"),
        (b"a", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (ACCENTS.encode("cp1252"), "cp1252"),
        (ACCENTS.encode() + b"\xff\xfe", "utf-8"),
        ("ä".encode() + b"\xff", "cp1252"),
        ("ää".encode() + b"\xff", "utf-8"),
        ("漢".encode()[:2], "cp1252"),
        (b"ti\0tle\0\0\n", "utf-8"),
        (b"\xef\xbb\xbf\xff\xff\xff", "utf-8"),
    ],
)
def test_the_encoding_is_that_of_the_most_bytes(data: bytes, encoding: str) -> None:
    assert detect_encoding(io.BytesIO(data)) == encoding


@pytest.mark.parametrize("before", range(1, 5))
@pytest.mark.parametrize("character", ["é", "漢", "😀"])
def test_a_character_across_two_blocks_counts_as_one(before: int, character: str) -> None:
    data = b"x" * (BLOCK - before) + character.encode() + b"x"
    assert detect_encoding(io.BytesIO(data)) == "utf-8"
    assert detect_encoding(io.BytesIO(data + b"\xff")) == "cp1252"


@pytest.mark.parametrize("size", [1, FEW - 4, FEW + 4])
@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (b"", True),
        ("é漢😀".encode(), True),
        (b"\xff", False),
        ("漢".encode()[:2], False),
        (b"\xed\xa0\x80", False),  # half of a surrogate pair
        (b"\xc0\x80", False),  # a NUL in two bytes
        (b"\xf4\x90\x80\x80", False),  # beyond Unicode
    ],
)
def test_utf8_is_told_whatever_the_size(size: int, end: bytes, expected: bool) -> None:
    assert is_utf8(b"x" * size + end) is expected


def test_cp1252_reads_every_byte() -> None:
    text = "".join(read(bytes(range(32, 256)), "cp1252"))
    assert len(text) == 224
    assert text[0x80 - 32] == "€"
    assert [text[byte - 32] for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)] == list(
        "\x81\x8d\x8f\x90\x9d"
    )


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        (b"a\xffb\ncd\n", "utf-8", ["a\udcffb\n", "cd\n"]),
        (b"a\0b\0c", "utf-16-le", ["ab\udc63"]),
        (b"a\0\0\xd8b\0", "utf-16-le", ["a\udc00\udcd8b"]),
    ],
)
def test_undecodable_bytes_are_marked(data: bytes, encoding: str, expected: list[str]) -> None:
    assert read(data, encoding) == expected
    assert utf8_size(expected[0]) is None


@pytest.mark.parametrize("encoding", ["klingon", "base64", "a\0b"])
def test_an_unknown_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(InputError, match=r"unknown encoding .*: try utf-8, utf-16 or cp1252"):
        read(b"abc", encoding)


@given(st.binary(max_size=300), st.sampled_from(["utf-8", "utf-16-le", "cp1252", "gbk"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_can_be_read(data: bytes, encoding: str) -> None:
    found = read(data, encoding)
    assert all(found)
    visible("".join(found)).encode()
    detected = detect_encoding(io.BytesIO(data))
    if detected == "cp1252":
        assert utf8_size("".join(read(data))) is not None
    if detected == "utf-8" and all(utf8_size(line) is not None for line in read(data)):
        assert "".join(read(data)).encode() == data.removeprefix(b"\xef\xbb\xbf")
