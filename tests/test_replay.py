"""Saved pages and payloads, offline."""

import gzip
import json
from pathlib import Path

import pytest
from careers_server import greenhouse_site, posting_page

from classifier.errors import InputError
from classifier.replay import Replay, read_page
from classifier.sources.wire import Page, ShapeError

SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "pages").is_dir(), reason="the recorded pages of ../shared are not here"
)


def test_a_folder_of_everything(tmp_path: Path) -> None:
    (tmp_path / "greenhouse").mkdir()
    (tmp_path / "greenhouse" / "site.json").write_bytes(greenhouse_site(range(3)))
    (tmp_path / "page.html").write_bytes(posting_page("Oven Engineer"))
    (tmp_path / "prose.html").write_text("<p>We are not hiring.</p>")
    (tmp_path / "error.json").write_text('{"error": "no such site"}')
    (tmp_path / "empty").write_text("")
    (tmp_path / ".hidden").write_bytes(posting_page("Hidden Engineer"))
    (tmp_path / "link.html").symlink_to(tmp_path / "page.html")
    run = Replay([str(tmp_path)])
    found = [(one.source, one.site, one.posting.title) for one in run]
    assert found == [
        ("greenhouse", "Crumb Works", "Software Engineer 0"),
        ("greenhouse", "Crumb Works", "Software Engineer 1"),
        ("greenhouse", "Crumb Works", "Software Engineer 2"),
        ("pages", "Crumb Works", "Oven Engineer"),
    ]
    assert {one.file: one.problem for one in run.files if one.problem} == {
        "empty": "it is empty",
        "error.json": 'JSON of no source that is known: \'{"error": "no such site"}\'',
        "prose.html": "no posting in it",
    }


def test_files_that_tell_of_one_posting_give_it_once(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(posting_page("Oven Engineer"))
    run = Replay([str(tmp_path / "a.html"), str(tmp_path / "b.html")])
    assert len(list(run)) == 1
    assert [one.n_postings for one in run.files] == [1, 1]


def test_archives_are_streamed(tmp_path: Path) -> None:
    page = posting_page("Oven Engineer")
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://crumb.example/1\r\n"
        b"WARC-Date: 2026-11-02T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(answer), answer)
    )
    (tmp_path / "crawl.warc").write_bytes(record * 2)
    (tmp_path / "packed.warc.gz").write_bytes(gzip.compress(record))
    node, graph = "_:n1", "<https://soup.example/1>"
    schema = "http://schema.org/"
    quads = (
        f"{node} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{schema}JobPosting> {graph} .\n"
        f'{node} <{schema}title> "Soup \\"Chef\\"" {graph} .\n'
    )
    (tmp_path / "extract.nq.gz").write_bytes(gzip.compress(quads.encode()))
    run = Replay([str(tmp_path)])
    assert [(one.source, one.posting.title, one.posting.url) for one in run] == [
        ("warc", "Oven Engineer", "https://crumb.example/1"),
        ("nquads", 'Soup "Chef"', "https://soup.example/1"),
    ]
    assert [one.n_postings for one in run.files] == [1, 1, 0]


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    (tmp_path / "cut.nq.gz").write_bytes(gzip.compress(b"x" * 10_000)[:40])
    run = Replay([str(tmp_path)])
    assert list(run) == []
    assert "cannot be read to its end" in run.files[0].problem


def test_an_index_tells_where_a_page_is_from(tmp_path: Path) -> None:
    (tmp_path / "greenhouse").mkdir()
    (tmp_path / "greenhouse" / "000001").write_bytes(greenhouse_site([7]))
    entry = {
        "file": "greenhouse/000001",
        "source": "greenhouse",
        "site": "crumb",
        "url": "https://x/",
    }
    (tmp_path / "index.jsonl").write_text(json.dumps({**entry, "fetched": "2026-11-02"}) + "\n")
    [found] = Replay([str(tmp_path)])
    assert found.key == ("greenhouse", "crumb", "7")


@pytest.mark.parametrize("line", ["{", "[]", "{}", '"x"'])
def test_an_index_that_is_none(tmp_path: Path, line: str) -> None:
    (tmp_path / "index.jsonl").write_text(line)
    with pytest.raises(InputError, match="line 1 is no entry"):
        list(Replay([str(tmp_path)]))


def test_a_path_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no file or folder no/such"):
        list(Replay(["no/such"]))


@pytest.mark.parametrize(
    "content", [b"{}", b"[]", b"[1, 2]", b'{"jobs": {}}', b"<?xml version='1.0'?><a/>", b"", b" \n"]
)
def test_what_no_source_knows(content: bytes) -> None:
    with pytest.raises(ShapeError):
        read_page(Page(content))


# --- The recorded pages: what a reader gets from them ---


def _expected() -> list[tuple[str, list[dict[str, object]]]]:
    if not (SHARED / "pages" / "expected.json").is_file():
        return []
    expected = json.loads((SHARED / "pages" / "expected.json").read_text("utf-8"))
    return [(name, rows) for name, rows in expected.items() if isinstance(rows, list)]


def _ids(rows: list[dict[str, object]]) -> set[str]:
    return {str(row["id"]) for row in rows if "id" in row}


@needs_shared
@pytest.mark.parametrize(("name", "rows"), _expected(), ids=lambda value: str(value)[:50])
def test_recorded_pages(name: str, rows: list[dict[str, object]]) -> None:
    run = Replay([str(SHARED / "pages" / name)])
    found = [one.posting for one in run]
    if "hn/" in name:  # answers to comments are no postings
        rows = [row for row in rows if row["parent"] == row["story"]]
    titled = [row for row in rows if "title" in row]
    assert {one.title for one in found} >= {str(row["title"]).strip() for row in titled} - {""}
    if ids := _ids(rows):
        assert {one.identifier for one in found} == ids
    if not titled and not ids:
        assert found == []
    places = {place for one in found for place in one.job_location}
    for row in titled:
        assert str(row.get("company", "")).strip().removesuffix(" (microdata/RDFa)") in {
            one.hiring_organization for one in found
        } | {""}
        posted = str(row.get("posted") or row.get("date_published") or row.get("published") or "")
        assert (
            any(one.date_posted[:10] == posted[:10] for one in found)
            or posted[:1].isalpha()
            or not posted
        )
        included = row.get("locations_include", [])
        assert isinstance(included, list)
        assert set(map(str, included)) <= places


@needs_shared
def test_the_listing_of_the_article_comes_out_whole() -> None:
    run = Replay([str(SHARED / "article.txt")])
    found = [one.posting for one in run]
    assert [one.base_salary and int(one.base_salary.max_value or 0) for one in found] == [
        *(130_000, 150_000, 150_000, 185_000, 192_000)
    ]
    assert all(one.title and one.hiring_organization and one.job_location for one in found)
    assert all("Full Time" in one.employment_type for one in found)
