"""Files of text to tables: when compiled code reads them, and that it makes no difference."""

import gzip
import json
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from classifier import text_tables
from classifier.files import open_table
from classifier.lines import Reject

ROWS = [{"title": f"Engineer {n}", "text": f'Café "{n}"\nbuild', "n": n} for n in range(40)]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS) + "no row\n"
CSV = "title,text\n" + "".join(f'Engineer,"Café {n}\nbuild"\n' for n in range(40)) + "no row\n"


def read(path: Path) -> tuple[pa.Table, list[Reject]]:
    rejects: list[Reject] = []
    with open_table(str(path), on_reject=rejects.append) as reader:
        return pa.concat_tables(reader), rejects


@pytest.mark.parametrize(
    ("name", "text", "encoding", "compiled"),
    [
        ("a.jsonl", LINES, "utf-8", True),
        ("a.jsonl.gz", LINES, "utf-8", True),
        ("a.csv", CSV, "utf-8-sig", True),
        ("a.tsv", CSV, "utf-8", True),
        ("a.csv", CSV, "cp1252", False),
        ("a.jsonl", LINES, "utf-16", False),
        ("a.json", json.dumps(ROWS), "utf-8", False),
    ],
)
def test_compiled_code_reads_the_same(
    name: str,
    text: str,
    encoding: str,
    compiled: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, data = tmp_path / name, text.encode(encoding)
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    table, rejects = read(path)
    monkeypatch.setattr(text_tables, "FEW_BYTES", 0)
    for module in ("read_jsonl", "read_csv"):
        if compiled:  # nothing is left to the row by row way
            monkeypatch.delattr(f"classifier.text_tables.{module}")
    found = read(path)
    assert found[0] == table
    assert found[1] == rejects
    assert len(table) == 40


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_without_a_compiler_rows_are_read_one_by_one(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    path.write_text(CSV if name == "a.csv" else LINES, encoding="utf-8")
    monkeypatch.setattr(text_tables, "FEW_BYTES", 0)
    expected = read(path)
    monkeypatch.setattr(text_tables, "has_compiler", lambda: False)
    for module in ("csv_batches", "jsonl_batches"):
        monkeypatch.setitem(sys.modules, f"classifier.{module}", None)
    assert read(path) == expected
