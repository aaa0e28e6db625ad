"""Pages that are kept as they came; that they give the same postings is in test_collect.py."""

import json
from pathlib import Path

import pytest

from classifier.errors import InputError
from classifier.raw_pages import RawPages
from classifier.sources.wire import Page, Request


def test_a_page_is_kept_once(tmp_path: Path) -> None:
    page = Page(b"<p>\xff</p>", Request("https://a.example/../../etc", '{"offset": 0}'))
    for _ in range(2):  # a second run into the same folder
        raw = RawPages(tmp_path / "raw")
        raw.keep("lever", "../../acme", page)
    [entry] = map(json.loads, (tmp_path / "raw" / "index.jsonl").read_text().splitlines())
    assert entry["file"] == "lever/000001"
    assert (tmp_path / "raw" / "lever" / "000001").read_bytes() == page.content


def test_another_answer_is_another_page(tmp_path: Path) -> None:
    raw = RawPages(tmp_path)
    for content in (b"a", b"b", b"a"):
        raw.keep("lever", "acme", Page(content, Request("https://a.example/")))
    assert raw.n_pages == 2


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot keep pages"):
        RawPages(tmp_path / "file")
    (tmp_path / "index.jsonl").write_text("{")
    with pytest.raises(InputError, match="cannot keep pages"):
        RawPages(tmp_path)
