"""What pages hold, and its values."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import page

from classifier.sources.payload import (
    at,
    expect_list,
    items_of,
    join_html,
    pay_json,
    place_type,
    read_json,
    read_text,
    read_xml,
    split_places,
    text_of,
)
from classifier.sources.wire import Page, ShapeError


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        ("Zürich".encode(), "", "Zürich"),
        ("Zürich".encode("utf-8-sig"), "", "Zürich"),
        ("Zürich".encode("utf-16"), "", "Zürich"),
        ("Zürich".encode("utf-16"), "utf-8", "Zürich"),
        ("Zürich".encode(), "iso-8859-1", "Zürich"),
        ("Zürich €".encode("cp1252"), "cp1252", "Zürich €"),
        ("Zürich €".encode("cp1252"), "", "Zürich €"),
        ("Zürich".encode("cp1252"), "utf-8", "Zürich"),
        ("Łódź".encode("iso-8859-2"), "iso-8859-2", "Łódź"),
        (b'<meta charset="iso-8859-2">' + "Łódź".encode("iso-8859-2"), "", None),
        (b"<META http-equiv=x content='a; charset=koi8-r'>" + "Ом".encode("koi8-r"), "", None),
        (b"<meta charset=none-such>Z\xfcrich", "", None),
        (b"Z\xfcrich", "none-such", "Zürich"),
        (b"Z\xfcrich", "base64", "Zürich"),
        (b"Z\xfcrich", "idna", "Zürich"),
        (b"Z\xfcrich", "undefined", "Zürich"),
        (b"Z\xfcrich", "\0", "Zürich"),
        (b"\x81\x8d", "", "\ufffd\ufffd"),
        (b"", "", ""),
    ],
)
def test_text_of_a_page(content: bytes, encoding: str, text: str | None) -> None:
    found = read_text(Page(content, encoding=encoding))
    if text is None:
        assert found.endswith(("Łódź", "Ом", "Zürich"))
    else:
        assert found == text


@given(st.binary(max_size=60), st.text(max_size=9))
def test_any_page_is_text(content: bytes, encoding: str) -> None:
    assert isinstance(read_text(Page(content, encoding=encoding)), str)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b'{"a": "b\nc"}', {"a": "b\nc"}),
        (b"\xef\xbb\xbf[1]", [1]),
        (' "Zürich"'.encode("cp1252"), "Zürich"),
        (b"null", None),
    ],
)
def test_json(content: bytes, value: object) -> None:
    assert read_json(Page(content)) == value


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b'{"a": 1', b"[" * 100_000, b"1" * 5_000, b"{'a': 1}"]
)
def test_no_json(content: bytes) -> None:
    with pytest.raises(ShapeError, match=r"expected JSON, got ['\"].{0,60}['\"]\Z"):
        read_json(Page(content))


@pytest.mark.parametrize(
    ("content", "tag"),
    [
        (b"<a><b></a>", "a"),
        (b"\n <?xml version='1.0'?>\n<a/>", "a"),
        ('<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"), "a"),
        (b'<?xml version="1.0" encoding="none-such"?><a/>', "a"),
        (b"<a>&nbsp;\x01&#xDFFF;</a>", "a"),
    ],
)
def test_xml(content: bytes, tag: str) -> None:
    assert read_xml(Page(content)).tag == tag


@pytest.mark.parametrize("content", [b"", b" ", b"text", b"<!-- a -->", b"{}", b"\0"])
def test_no_xml(content: bytes) -> None:
    with pytest.raises(ShapeError, match="expected XML, got"):
        read_xml(Page(content))


def test_entities_that_grow_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    text = f'<!DOCTYPE a [<!ENTITY e0 "ha">{levels}]><a>&e11;</a>'
    start = time.perf_counter()
    root = read_xml(page(text))
    assert root.text in {None, ""}
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Oslo\n", "Oslo"),
        (0, "0"),
        (-7, "-7"),
        (1.5, ""),
        (True, ""),
        (None, ""),
        (["Oslo"], ""),
        ({"name": "Oslo"}, ""),
    ],
)
def test_text_of(value: object, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("value", "keys", "found"),
    [
        ({"a": [1, {"b": 2}]}, ("a", 1, "b"), 2),
        ({"a": [1]}, ("a", 1), None),
        ({"a": [1]}, ("a", "b"), None),
        ({"a": {"0": 1}}, ("a", 0), None),
        ("text", (0,), None),
        (None, ("a",), None),
        (17, (), 17),
    ],
)
def test_at(value: object, keys: tuple[str | int, ...], found: object) -> None:
    assert at(value, *keys) == found


def test_lists() -> None:
    assert items_of({"a": {"b": [1]}}, "a", "b") == [1]
    assert items_of({"a": {"b": {}}}, "a", "b") == []
    assert expect_list([1]) == [1]
    for value, key, message in (
        ({"b": 1, "a": 2}, "jobs", r"a list under 'jobs', got keys \['a', 'b'\]"),
        ({"jobs": None}, "jobs", r"got keys \['jobs'\]"),
        ([], "jobs", "got '\\[\\]'"),
        ("x" * 500, None, f"expected a list, got '{'x' * 60}'"),
    ):
        with pytest.raises(ShapeError, match=message):
            expect_list(value, key)


@pytest.mark.parametrize(
    ("workplace", "remote", "expected"),
    [
        ("hybrid", None, "hybrid"),
        ("Hybrid remote", True, "hybrid"),
        ("on_site", True, "on-site"),
        ("On Site", None, "on-site"),
        ("onsite", None, "on-site"),
        ("Fully remote", False, "TELECOMMUTE"),
        ("", True, "TELECOMMUTE"),
        (None, "yes", ""),
        (None, 1, ""),
        ("unspecified", None, ""),
        (["remote"], None, ""),
    ],
)
def test_place_type(workplace: object, remote: object, expected: str) -> None:
    assert place_type(workplace, remote) == expected


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Oslo", ("Oslo",)),
        ("Oslo; Riga ;; Oslo", ("Oslo", "Riga")),
        ("Oslo | Riga\nTartu • Turku", ("Oslo", "Riga", "Tartu", "Turku")),
        ("Portland, OR; Salem, OR", ("Portland, OR", "Salem, OR")),
        (" ; ", ()),
        (None, ()),
        (["Oslo"], ()),
    ],
)
def test_split_places(text: object, places: tuple[str, ...]) -> None:
    assert split_places(text) == places


def test_pieces_of_html() -> None:
    assert join_html() == ""
    assert (
        join_html(("Duties", " "), ("", "<p>A</p> "), ("Pay", "5")) == "<p>A</p>\n<h3>Pay</h3>\n5"
    )


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({}, ""),
        ({"currency": "EUR", "period": "year"}, ""),
        ({"salary_min": "0", "salary_max": 0.0, "currency": "EUR"}, ""),
        ({"salary_min": 0, "salary_max": 5, "currency": "€"}, '{"salary_max": 5, "currency": "€"}'),
        ({"salary_min": "1", "interval": ""}, '{"salary_min": "1"}'),
    ],
)
def test_pay_json(parts: dict[str, object], text: str) -> None:
    assert pay_json(**parts) == text
