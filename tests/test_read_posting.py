"""One posting from a file, standard input, or the text itself."""

import dataclasses
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier import read_posting as module
from classifier.errors import InputError
from classifier.posting import JobPosting
from classifier.read_posting import decode, read_posting

TEXT = "Build compilers for naïve users — at home.\r\nPay: 50 €"
PAGE = """<html><head><title>Jobs</title></head><body><nav>Menu</nav>
<main><h1>Compiler Engineer</h1><p>Build compilers.</p></main></body></html>"""
JSON_LD = """<html><body><h1>Apply now</h1><script type="application/ld+json">
{"@type": "JobPosting", "title": "Parser Engineer", "description": "<p>Write parsers.</p>"}
</script></body></html>"""


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Build compilers.",
        "a\nb",
        "word " * 2000,  # longer than any path
        "Wanted: somebody who reads notes.txt",
        "\0 odd",
        "\ud800 odd",
        "/no/such/folder/posting",
        "https://example.org/jobs/17",
    ],
    ids=lambda text: repr(text)[:30],
)
def test_a_text_is_the_description(text: str) -> None:
    assert read_posting(text) == JobPosting(text)
    assert read_posting(text, "Baker") == JobPosting(text, "Baker")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_file_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "posting.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_posting(str(path), "Baker") == JobPosting(TEXT, "Baker")


def test_a_file_without_suffix(tmp_path: Path) -> None:
    path = tmp_path / "posting"
    path.write_text("Build <b>compilers</b>.")
    assert read_posting(str(path)) == JobPosting("Build <b>compilers</b>.")


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml"])
def test_a_page_is_its_main_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(PAGE)
    found = read_posting(str(path))
    assert found.title == "Compiler Engineer"
    assert "Build compilers." in found.description
    assert "Menu" not in found.description
    assert read_posting(str(path), "Baker").title == "Baker"


def test_a_page_with_a_record_is_the_record(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(JSON_LD)
    assert read_posting(str(path)) == JobPosting("Write parsers.", "Parser Engineer")


def test_an_empty_file_is_an_empty_posting(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html"):
        (tmp_path / name).touch()
        assert read_posting(str(tmp_path / name)) == JobPosting("")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("utf-16"))))
    assert read_posting("-", "Baker") == JobPosting(TEXT, "Baker")


# --- What cannot be read ---


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "No such file or directory"),
        ("no/such/folder/posting.html", "No such file or directory"),
        ("\0.txt", "embedded null byte"),
        ("\ud800.txt", "surrogates not allowed"),
        ("x" * 5000 + ".txt", "File name too long"),
    ],
    ids=lambda text: repr(text)[:30],
)
def test_a_file_that_is_not_there(name: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as error:
        read_posting(name)
    assert str(error.value).startswith(f"cannot read {name}: ")
    assert str(error.value).endswith("; give a file, - for stdin, or a text")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_posting(str(tmp_path))
    assert str(error.value) == (
        f"{tmp_path} is a folder; name a file in it, or give the text itself"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 and words",
        b"PK\x03\x04word/document.xml",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        b"\x7fELF" + b"\0\1\2\3" * 40,
        b"words \xff\xfe\0" + b"\0" * 20,
    ],
    ids=["pdf", "docx", "doc", "program", "zeros"],
)
def test_what_is_no_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "posting.txt"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_posting(str(path))
    assert str(error.value) == f"{path} is not a text file; save it as plain text or HTML first"


def test_a_file_of_many_postings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 20)
    path = tmp_path / "a.txt"
    path.write_text("x" * 20)
    assert read_posting(str(path)).description == "x" * 20
    path.write_text("x" * 21)
    with pytest.raises(InputError) as error:
        read_posting(str(path))
    assert str(error.value) == (
        f"{path} has over 20 bytes; for a file of many postings use `classifier label`"
    )


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80))
@settings(deadline=None)
def test_text_in_utf_8_comes_back(text: str) -> None:
    assert decode(text.encode("utf-8-sig"), "a.txt") == text


@given(st.binary(max_size=80))
@settings(deadline=None)
def test_any_bytes_are_a_text_or_refused(content: bytes) -> None:
    refused, text = "", ""
    try:
        text = decode(content, "a.txt")
    except InputError as error:
        refused = str(error)
    if refused:
        assert refused == "a.txt is not a text file; save it as plain text or HTML first"
    else:
        assert text.count("\0") <= len(text) / 50


# --- What a page's JobPosting tells besides ---

FULL = {
    "@type": "JobPosting",
    "title": "Parser Engineer",
    "description": "Write parsers.",
    "hiringOrganization": {"@type": "Organization", "name": "Acorn"},
    "jobLocation": {
        "@type": "Place",
        "address": {"addressLocality": "Lyon", "addressRegion": "Rhône", "addressCountry": "FR"},
    },
    "jobLocationType": "TELECOMMUTE",
    "datePosted": "2024-05-01",
    "validThrough": "2024-06-01T00:00",
    "employmentType": ["FULL_TIME", "INTERN"],
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"minValue": 50000, "maxValue": 60000, "unitText": "YEAR"},
    },
}


def page_of(fields: object) -> str:
    script = json.dumps(fields).replace("</", "<\\/")
    return f'<h1>Apply</h1><script type="application/ld+json">{script}</script>'


def test_the_fields_of_a_page_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page_of(FULL))
    found = read_posting(str(tmp_path / "a.html"))
    assert json.loads(found.salary_text) == {"baseSalary": FULL["baseSalary"]}
    assert dataclasses.replace(found, salary_text="") == JobPosting(
        "Write parsers.",
        "Parser Engineer",
        "Acorn",
        ("Lyon, Rhône, FR",),
        "TELECOMMUTE",
        "2024-05-01",
        "2024-06-01T00:00",
        "FULL_TIME, INTERN",
    )


@pytest.mark.parametrize(
    ("location", "places"),
    [
        ("Oslo", ("Oslo",)),
        ({"address": "Oslo, Norway"}, ("Oslo, Norway",)),
        ({"name": "Oslo"}, ("Oslo",)),
        ([{"address": {"addressLocality": "Oslo"}}, "Bergen", {}, None, 7], ("Oslo", "Bergen")),
        ({"address": {"addressCountry": {"@type": "Country", "name": "NO"}}}, ("NO",)),
        (None, ()),
    ],
)
def test_places_of_a_page(tmp_path: Path, location: object, places: tuple[str, ...]) -> None:
    (tmp_path / "a.html").write_text(page_of(FULL | {"jobLocation": location}))
    assert read_posting(str(tmp_path / "a.html")).job_location == places


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional={name: JSON for name in FULL if name != "@type"}))
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_odd_fields_are_left_out(tmp_path: Path, fields: dict[str, object]) -> None:
    (tmp_path / "a.html").write_text(page_of(fields | {"@type": "JobPosting"}), "utf-8")
    found = read_posting(str(tmp_path / "a.html"))
    texts = (found.hiring_organization, found.date_posted, found.employment_type)
    assert all(isinstance(text, str) for text in (*texts, *found.job_location))
    assert bool(found.salary_text) == bool(fields.get("baseSalary"))
