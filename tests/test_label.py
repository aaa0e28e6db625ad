"""Files and frames of postings to labelled ones: every row accounted for, every column kept."""

import csv
import dataclasses
import gzip
import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from classifier import labeller
from classifier.errors import InputError
from classifier.files import read_postings
from classifier.label import (
    added_schema,
    label_files,
    label_frame,
    label_posting,
    probability_columns,
)
from classifier.lines import JSON_TEXT
from classifier.posting import JobPosting
from classifier.predict import classify
from classifier.table import Table
from classifier.write_files import unite_schemas

ADDED = [
    "label",
    "probability",
    "probability_other",
    "probability_research_engineer",
    "probability_software_engineer",
    "research_share",
    "review",
    "skills",
    "base_salary_min_value",
    "base_salary_max_value",
    "base_salary_currency",
    "base_salary_unit_text",
    "base_salary_yearly",
    "base_salary_kind",
    "base_salary_standing",
    "estimated_salary_min_value",
    "estimated_salary_max_value",
    "estimated_salary_currency",
    "estimated_salary_rule",
    "level",
    "country",
    "remote",
    "year",
]
NUMBERS = [name for name in ADDED if name.startswith(("prob", "research")) or "value" in name] + [
    "base_salary_yearly",
    "year",
]
ROWS: list[dict[str, Any]] = [
    {
        "Job Title": "Research Scientist",
        "company": "Acme",
        "body": "Design experiments on new training methods, train models in PyTorch, and publish "
        "papers at NeurIPS. A PhD in machine learning. $150,000 - $170,000 per year.",
        "salary": None,
        "note": 'ünïcode, "quoted"\nand broken',
    },
    {
        "Job Title": "Backend Engineer",
        "company": "Beta",
        "body": "<p>Build REST services in Go and Kubernetes, own their deployment.</p>",
        "salary": "£60,000 - £70,000 per year",
        "note": "",
    },
    {"Job Title": "", "company": None, "body": "qwxzv", "salary": None, "note": None},
]
FORMATS = ["csv", "tsv", "jsonl", "parquet", "csv.gz", "jsonl.gz"]


def put(path: Path, rows: Sequence[dict[str, Any]]) -> str:
    """Path of a file with rows, written without our own writer."""
    text = io.StringIO()
    kind = path.name.partition(".")[2].removesuffix(".gz")
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(list(rows)), path)
        return str(path)
    if kind == "jsonl":
        text.writelines(json.dumps(row) + "\n" for row in rows)
    else:
        writer = csv.DictWriter(text, list(rows[0]), delimiter="\t" if kind == "tsv" else ",")
        writer.writeheader()
        writer.writerows(rows)
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return str(path)


def get(path: Path | str, content: bytes | None = None) -> list[dict[str, Any]]:
    """Rows of an output file, read without our own reader."""
    name = str(path)
    if name.endswith(".parquet"):
        found: list[dict[str, Any]] = pq.read_table(name).to_pylist()
        return found
    content = Path(name).read_bytes() if content is None else content
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode()
    if "jsonl" in name:
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(io.StringIO(text), delimiter="\t" if ".tsv" in name else ","))


def plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Row of any format as CSV has it: texts, numbers as floats."""
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name in NUMBERS:
            values[name] = None if value in ("", None) else float(value)
        elif name == "skills":
            values[name] = json.loads(value) if isinstance(value, str) else value
        elif name == "review":
            values[name] = value in (True, "true")
        else:
            values[name] = value or ""
    return values


def expected(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Labelled row, by `classify` alone."""
    posting = JobPosting(row["body"] or "", row["Job Title"], salary_text=row["salary"] or "")
    found = classify(table, posting)
    pay = found.base_salary
    numbers = [found.probabilities.get(name) for name in table.classes_]
    return row | {
        "label": found.label,
        "probability": max(found.probabilities.values(), default=None),
        **dict(zip(probability_columns(table), numbers, strict=True)),
        "research_share": found.research_share,
        "review": found.review,
        "skills": list(dict.fromkeys(match.skill for match in found.skills)),
        "base_salary_min_value": pay and float(pay.min_value or 0),
        "base_salary_max_value": pay and float(pay.max_value or 0),
        "base_salary_currency": pay and pay.currency,
        "base_salary_unit_text": pay and pay.unit_text,
        "base_salary_yearly": pay and float((pay.min_value or 0) + (pay.max_value or 0)) / 2,
        "base_salary_kind": pay and pay.kind,
        "base_salary_standing": found.standing and found.standing.text,
        # Without a place or for review nothing is estimated.
        **dict.fromkeys([name for name in ADDED if name.startswith("estimated")]),
        "level": found.dimensions.level and found.dimensions.level.name,
        "country": None,
        "remote": found.dimensions.remote,
        "year": None,
    }


def no_leftovers(folder: Path, *names: str) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


# --- Each format in and out ---


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_in(tmp_path: Path, table: Table, kind: str) -> None:
    source = put(tmp_path / f"in.{kind}", ROWS)
    summary = label_files(table, [source], str(tmp_path / "out.parquet"))
    found = get(tmp_path / "out.parquet")
    assert list(found[0]) == [*ROWS[0], *ADDED]
    assert [plain(row) for row in found] == [plain(expected(table, row)) for row in ROWS]
    assert (summary.n_rows, summary.n_rejects, summary.renamed) == (3, 0, {})
    no_leftovers(tmp_path, f"in.{kind}", "out.parquet")


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_out(tmp_path: Path, table: Table, kind: str) -> None:
    source = put(tmp_path / "in.jsonl", ROWS)
    output = tmp_path / f"out.{kind}"
    label_files(table, [source], str(output))
    found = get(output)
    assert list(found[0]) == [*ROWS[0], *ADDED]
    assert [plain(row) for row in found] == [plain(expected(table, row)) for row in ROWS]


def test_types_of_the_added_columns(tmp_path: Path, table: Table) -> None:
    label_files(table, [put(tmp_path / "a.csv", ROWS)], str(tmp_path / "out.parquet"))
    schema = pq.read_schema(tmp_path / "out.parquet")
    assert added_schema(table).names == ADDED
    assert [schema.field(name).type for name in ADDED] == added_schema(table).types
    assert {name: str(schema.field(name).type) for name in ("label", "review", "probability")} == {
        "label": "string",
        "review": "bool",
        "probability": "double",
    }


def test_other_columns_keep_their_types(tmp_path: Path, small_table: Table) -> None:
    rows = [{"text": "Build", "n": 7, "tags": ["a", "b"], "ok": True, "deep": {"x": [1.5]}}]
    label_files(small_table, [put(tmp_path / "a.jsonl", rows)], str(tmp_path / "out.jsonl"))
    found = get(tmp_path / "out.jsonl")[0]
    assert {name: found[name] for name in rows[0]} == rows[0]
    label_files(small_table, [put(tmp_path / "a.parquet", rows)], str(tmp_path / "out.parquet"))
    found = get(tmp_path / "out.parquet")[0]
    assert {name: found[name] for name in rows[0]} == rows[0]


def test_equal_input_is_equal_bytes(tmp_path: Path, table: Table) -> None:
    source = put(tmp_path / "in.csv", ROWS)
    for kind in FORMATS:
        for name in ("a", "b"):
            label_files(table, [source], str(tmp_path / f"{name}.{kind}"))
        same = [(tmp_path / f"{name}.{kind}").read_bytes() for name in ("a", "b")]
        assert same[0] == same[1]


# --- Several files, and columns that collide ---


def test_files_with_other_columns(tmp_path: Path, small_table: Table) -> None:
    paths = [
        put(tmp_path / "a.csv", [{"title": "Engineer", "description": "Build", "id": "1"}]),
        put(tmp_path / "b.jsonl", [{"name": "Analyst", "text": "reports", "id": 2, "x": [1]}]),
        put(tmp_path / "c.parquet", [{"description": "Build pipelines", "x": [2]}]),
    ]
    summary = label_files(small_table, paths, str(tmp_path / "out.jsonl"))
    found = get(tmp_path / "out.jsonl")
    kept = ["title", "description", "id", "name", "text", "x"]
    assert [list(row)[: len(kept)] for row in found] == [kept] * 3
    assert [[row[name] for name in kept] for row in found] == [
        ["Engineer", "Build", "1", None, None, None],
        [None, None, "2", "Analyst", "reports", "[1]"],
        [None, "Build pipelines", None, None, None, "[2]"],
    ]
    assert [row["label"] for row in found] == ["data-engineer", "data-analyst", "data-engineer"]
    assert summary.mappings == {
        paths[0]: {"title": "title", "description": "description", "identifier": "id"},
        paths[1]: {"title": "name", "description": "text", "identifier": "id"},
        paths[2]: {"description": "description"},
    }


def test_a_column_is_what_the_user_says(tmp_path: Path, small_table: Table) -> None:
    source = put(tmp_path / "a.csv", [{"text": "reports", "notes": "Build pipelines"}])
    output = str(tmp_path / "out.jsonl")
    label_files(small_table, [source], output)
    assert get(output)[0]["label"] == "data-analyst"
    label_files(small_table, [source], output, columns={"description": "notes"})
    assert get(output)[0]["label"] == "data-engineer"
    with pytest.raises(InputError, match="no column 'body' for the field description"):
        label_files(small_table, [source], output, columns={"description": "body"})


def test_a_column_that_collides_gets_another_name(tmp_path: Path, small_table: Table) -> None:
    rows = [{"label": "mine", "text": "reports", "input_label": "old", "review": "x"}]
    for kind in ("csv", "jsonl", "parquet"):
        output = tmp_path / f"out.{kind}"
        summary = label_files(small_table, [put(tmp_path / f"a.{kind}", rows)], str(output))
        assert summary.renamed == {"label": "input_input_label", "review": "input_review"}
        found = get(output)[0]
        assert list(found)[:4] == ["input_input_label", "text", "input_label", "input_review"]
        assert [found[name] for name in list(found)[:4]] == ["mine", "reports", "old", "x"]
        assert found["label"] == "data-analyst"


def test_labelling_twice_keeps_both(tmp_path: Path, small_table: Table) -> None:
    first, second = str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")
    label_files(small_table, [put(tmp_path / "in.jsonl", [{"text": "reports"}])], first)
    label_files(small_table, [first], second)
    [once], [twice] = get(first), get(second)
    names = added_schema(small_table).names
    assert {name: twice[name] for name in names} == {name: once[name] for name in names}
    assert {name: twice[f"input_{name}"] for name in names} == {name: once[name] for name in names}


def test_labels_of_nearly_one_name_have_two_columns(tmp_path: Path, small_table: Table) -> None:
    table = dataclasses.replace(small_table, classes_=("data-engineer", "data_engineer"))
    assert probability_columns(table) == [
        "probability_data_engineer",
        "probability_data_engineer_2",
    ]
    label_files(table, [put(tmp_path / "a.csv", ROWS)], str(tmp_path / "out.jsonl"))
    found = get(tmp_path / "out.jsonl")[1]
    assert sum(found[name] for name in probability_columns(table)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("types", "united"),
    [
        ([pa.int64(), pa.int64()], pa.int64()),
        ([pa.int64(), pa.float64()], pa.string()),
        ([pa.string(), pa.string(), pa.list_(pa.string())], pa.string()),
        ([pa.int64(), pa.string(), pa.int64()], pa.string()),
    ],
    ids=repr,
)
def test_unite_schemas(types: list[pa.DataType], united: pa.DataType) -> None:
    found = unite_schemas([pa.schema([("a", kind)]) for kind in types])
    assert found == pa.schema([("a", united)])


def test_texts_of_json_are_united_with_texts_as_texts() -> None:
    marked = pa.schema([pa.field("a", pa.string(), metadata=JSON_TEXT)])
    united = unite_schemas([marked, pa.schema([("a", pa.string())])])
    assert united.field("a").metadata is None
    assert unite_schemas([marked, marked]).field("a").metadata == JSON_TEXT


# --- Rows that cannot be used ---

# The "ü"s say that it is UTF-8, so that the last line is broken.
BROKEN = b"""{"title": "Engineer", "text": "Build f\xc3\xbcr B\xc3\xbcros"}
{"title": "Engineer",
[1, 2]
{"title": "", "text": " "}

{"title": "Analyst", "text": "reports"}
{"title": "Engineer", "text": "\xff"}
"""


def test_rows_in_are_rows_out_and_rejects(tmp_path: Path, small_table: Table) -> None:
    (tmp_path / "a.jsonl").write_bytes(BROKEN)
    output = tmp_path / "out.csv"
    summary = label_files(small_table, [str(tmp_path / "a.jsonl")], str(output))
    rejects = get(f"{output}.rejects.jsonl")
    assert [row["title"] for row in get(output)] == ["Engineer", "Analyst"]
    assert summary.n_rows == 2
    assert summary.n_rejects == len(rejects)
    assert summary.n_rows + summary.n_rejects == sum(map(bool, BROKEN.splitlines()))
    assert len({reject["row"] for reject in rejects}) == len(rejects)
    assert all(reject["reason"] and "file" not in reject for reject in rejects)


def test_rejects_of_csv_have_the_number_of_their_row(tmp_path: Path, small_table: Table) -> None:
    (tmp_path / "a.csv").write_text('title,text\nEngineer,Build\n,\nx,y,z\nAnalyst,"a\nb"\n')
    output = tmp_path / "out.csv"
    summary = label_files(small_table, [str(tmp_path / "a.csv")], str(output))
    rejects = get(f"{output}.rejects.jsonl")
    assert [reject["row"] for reject in rejects] == [2, 3]
    assert (summary.n_rows, summary.n_rejects) == (2, 2)


def test_rejects_of_several_files_name_theirs(tmp_path: Path, small_table: Table) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(BROKEN)
    paths = [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl")]
    output = tmp_path / "out.csv"
    summary = label_files(small_table, paths, str(output))
    rejects = get(f"{output}.rejects.jsonl")
    half = len(rejects) // 2
    assert [reject["file"] for reject in rejects] == [paths[0]] * half + [paths[1]] * half
    assert [r["row"] for r in rejects[:half]] == [r["row"] for r in rejects[half:]]
    assert (summary.n_rows, summary.n_rejects) == (4, len(rejects))


def test_rejects_of_an_earlier_run_are_gone(tmp_path: Path, small_table: Table) -> None:
    output = tmp_path / "out.csv"
    (tmp_path / "a.jsonl").write_bytes(BROKEN)
    label_files(small_table, [str(tmp_path / "a.jsonl")], str(output))
    assert Path(f"{output}.rejects.jsonl").exists()
    label_files(small_table, [put(tmp_path / "a.jsonl", ROWS)], str(output))
    assert not Path(f"{output}.rejects.jsonl").exists()


@pytest.mark.parametrize("kind", ["csv", "tsv", "parquet"])
def test_no_rows_in_is_a_header_out(tmp_path: Path, small_table: Table, kind: str) -> None:
    row = [{"title": "Engineer", "text": "Build"}]
    full, empty = tmp_path / f"full.{kind}", tmp_path / f"empty.{kind}"
    put(full, row)
    if kind == "parquet":
        pq.write_table(pq.read_table(full)[:0], empty)
    else:
        empty.write_text(full.read_text().splitlines()[0])
    for out in ("csv", "tsv", "parquet", "jsonl"):
        outputs = [tmp_path / f"out-{name}.{out}" for name in ("full", "empty")]
        label_files(small_table, [str(full)], str(outputs[0]))
        summary = label_files(small_table, [str(empty)], str(outputs[1]))
        assert (summary.n_rows, summary.n_rejects, summary.bands()) == (0, 0, [])
        assert get(outputs[1]) == []
        if out == "parquet":
            assert pq.read_schema(outputs[1]).equals(pq.read_schema(outputs[0]))
        elif out != "jsonl":  # which has no header
            assert outputs[1].read_text() == outputs[0].read_text().splitlines(True)[0]


def test_only_rejects_is_a_header_out(tmp_path: Path, small_table: Table) -> None:
    (tmp_path / "a.csv").write_text("title,text\n,\n , \n")
    summary = label_files(small_table, [str(tmp_path / "a.csv")], str(tmp_path / "out.csv"))
    assert (summary.n_rows, summary.n_rejects) == (0, 2)
    header = (tmp_path / "out.csv").read_text().splitlines()
    assert len(header) == 1
    assert header[0].startswith('"title","text","label","probability",')


# --- Whole or not at all ---


def no_read(*_: object) -> None:
    raise RuntimeError("broken off")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("former", [None, b"former"], ids=["new", "over a former one"])
def test_a_run_that_breaks_off_leaves_no_file(
    tmp_path: Path, small_table: Table, kind: str, former: bytes | None
) -> None:
    output = tmp_path / f"out.{kind}"
    if former:
        output.write_bytes(former)
    (tmp_path / "a.jsonl").write_bytes(BROKEN)
    with pytest.raises(RuntimeError, match="broken off"):
        label_files(small_table, [str(tmp_path / "a.jsonl")], str(output), progress=no_read)
    no_leftovers(tmp_path, "a.jsonl", *([output.name] if former else []))
    if former:
        assert output.read_bytes() == former


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_a_run_that_is_interrupted_leaves_no_file(
    tmp_path: Path,
    small_table: Table,
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException],
) -> None:
    def stop(table: Table, posting: JobPosting) -> None:
        raise error

    source = put(tmp_path / "a.csv", ROWS)
    monkeypatch.setattr(labeller, "label_posting", stop)
    with pytest.raises(error):
        label_files(small_table, [source], str(tmp_path / "out.parquet"))
    no_leftovers(tmp_path, "a.csv")


def test_a_second_file_that_is_damaged_leaves_no_file(tmp_path: Path, small_table: Table) -> None:
    good = put(tmp_path / "a.csv.gz", ROWS)
    (tmp_path / "b.csv.gz").write_bytes(Path(good).read_bytes()[:-20])
    with pytest.raises(InputError, match=r"cannot read .*b\.csv\.gz"):
        label_files(small_table, [good, str(tmp_path / "b.csv.gz")], str(tmp_path / "out.csv"))
    no_leftovers(tmp_path, "a.csv.gz", "b.csv.gz")


@pytest.mark.parametrize(
    ("output", "changed"),
    [("a.csv", "a.csv"), ("x/../a.csv", "x/../a.csv"), ("b.csv", "b.csv.rejects.jsonl")],
    ids=["the output", "by another name", "the rejects"],
)
def test_an_input_is_not_replaced(
    tmp_path: Path, small_table: Table, output: str, changed: str
) -> None:
    (tmp_path / "x").mkdir()
    paths = [put(tmp_path / "a.csv", ROWS), put(tmp_path / "b.csv.rejects.jsonl", ROWS)]
    before = [Path(path).read_bytes() for path in paths]
    with pytest.raises(InputError) as error:
        label_files(small_table, paths, str(tmp_path / output), input_suffix="csv")
    assert str(error.value) == (
        f"{tmp_path / changed} is read and written at once; name another output with -o"
    )
    assert [Path(path).read_bytes() for path in paths] == before


@pytest.mark.parametrize(
    ("source", "output", "reason"),
    [
        ("none.csv", "out.csv", r"^cannot read .*none\.csv: No such file or directory$"),
        ("a.csv", "out.xlsx", r"^cannot tell the format of .*out\.xlsx: "),
        ("a.csv", "no/out.csv", r"^cannot write .*out\.csv: make the folder .*no first$"),
        ("a.docx", "out.csv", r"^cannot tell the format of .*a\.docx: "),
        ("empty.csv", "out.csv", r"^.*empty\.csv is empty$"),
        ("odd.csv", "out.csv", r"no column for the title or the description among 'a', 'b'"),
    ],
    ids=["missing", "format out", "folder", "format in", "empty", "no text"],
)
def test_refusals(
    tmp_path: Path, small_table: Table, source: str, output: str, reason: str
) -> None:
    put(tmp_path / "a.csv", ROWS)
    (tmp_path / "empty.csv").touch()
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(InputError, match=reason) as error:
        label_files(small_table, [str(tmp_path / source)], str(tmp_path / output))
    assert "\n" not in str(error.value)
    assert {path.name for path in tmp_path.iterdir()} == before


def test_progress_ends_at_one(tmp_path: Path, small_table: Table) -> None:
    paths = [put(tmp_path / name, ROWS * 50) for name in ("a.csv", "b.jsonl")]
    steps: list[tuple[str, float]] = []
    label_files(
        small_table,
        paths,
        str(tmp_path / "out.csv"),
        progress=lambda path, fraction: steps.append((path, fraction)),
    )
    assert [path for path, _ in steps] == sorted(path for path, _ in steps)
    fractions = [fraction for _, fraction in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


# --- The summary ---


def test_summary_counts(tmp_path: Path, table: Table) -> None:
    summary = label_files(table, [put(tmp_path / "a.csv", ROWS * 2)], str(tmp_path / "o.csv"))
    rows = get(tmp_path / "o.csv")
    assert summary.n_rows == 6
    assert summary.labels == {"research-engineer": 2, "software-engineer": 2, "": 2}
    assert summary.n_review == sum(row["review"] == "true" for row in rows)
    assert summary.n_copies == 2  # the third one states no pay
    bands = [band for band in summary.bands() if band.n_cell]
    assert [(b.cell.label, b.cell.currency, b.n_cell, b.n_employers) for b in bands] == [
        (row["label"], row["base_salary_currency"], 1, 1)
        for row in rows[:2]  # the others are copies, or state no pay
        if row["base_salary_currency"]  # a lone $ may be left without one
    ]
    assert summary.first == [
        (row["Job Title"], label_posting(table, posting))
        for row, posting in zip(rows, read_postings(str(tmp_path / "a.csv")), strict=True)
    ]


# --- Frames ---


def test_a_frame_is_labelled_as_a_file(tmp_path: Path, table: Table) -> None:
    label_files(table, [put(tmp_path / "a.jsonl", ROWS)], str(tmp_path / "out.parquet"))
    found = label_frame(table, pd.DataFrame(ROWS))
    assert list(found) == [*ROWS[0], *ADDED]
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    assert [plain(row) for row in rows] == [plain(row) for row in get(tmp_path / "out.parquet")]


def test_the_samples_are_labelled_as_by_classify(root: Path, tmp_path: Path, table: Table) -> None:
    path = str(root / "data" / "listings.jsonl")
    summary = label_files(table, [path], str(tmp_path / "out.parquet"))
    postings = list(read_postings(path))
    rows = get(tmp_path / "out.parquet")
    assert len(rows) == len(postings) == summary.n_rows
    for row, posting in zip(rows, postings, strict=True):
        found = classify(table, posting)
        assert (row["label"], row["review"]) == (found.label, found.review)
        assert row["probability"] == found.probabilities.get(found.label or "")
        assert row["research_share"] == found.research_share
        assert set(row["skills"]) == {match.skill for match in found.skills}
        assert len(row["skills"]) == len(set(row["skills"]))
    frame = label_frame(table, pd.DataFrame(get(path)))
    assert frame["label"].tolist() == [row["label"] for row in rows]
    assert frame["probability"].tolist() == [row["probability"] for row in rows]
    assert frame["base_salary_yearly"].fillna(-1).tolist() == [
        -1 if row["base_salary_yearly"] is None else row["base_salary_yearly"] for row in rows
    ]


def test_the_index_and_the_frame_are_kept(small_table: Table) -> None:
    index = pd.Index([7, 7, 3], name="row")
    frame = pd.DataFrame({"text": ["Build", "reports", "Build"], 5: [1, 2, 3]}, index=index)
    before = frame.copy()
    found = label_frame(small_table, frame)
    pd.testing.assert_index_equal(found.index, index)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(found[["text", 5]], before)
    assert found["label"].tolist() == ["data-engineer", "data-analyst", "data-engineer"]


def test_a_column_of_a_frame_that_collides_gets_another_name(small_table: Table) -> None:
    found = label_frame(small_table, pd.DataFrame({"label": ["mine"], "text": ["Build"]}))
    assert list(found)[:3] == ["input_label", "text", "label"]
    assert found["input_label"].tolist() == ["mine"]
    assert found["label"].tolist() == ["data-engineer"]


@pytest.mark.parametrize(
    "value", [None, np.nan, pd.NA, pd.NaT, ["Build"], {"a": 1}, b"Build", ""], ids=repr
)
def test_a_row_of_a_frame_without_text_is_for_review(small_table: Table, value: object) -> None:
    frame = pd.DataFrame({"text": pd.Series([value, "Build"], dtype=object)})
    found = label_frame(small_table, frame)
    assert [None if pd.isna(label) else label for label in found["label"]] == [
        None,
        "data-engineer",
    ]
    assert found["review"].tolist()[0] is True
    assert np.isnan(found["probability"][0])


@pytest.mark.parametrize("value", [95_000, 95_000.0, "95000", np.int64(95_000)], ids=repr)
def test_pay_of_a_frame_may_be_a_number(small_table: Table, value: object) -> None:
    frame = pd.DataFrame({"text": ["Build"] * 2, "salary": pd.Series([value, None], dtype=object)})
    found = label_frame(small_table, frame)
    assert found["base_salary_min_value"].fillna(0).tolist() == [95_000, 0]


def test_types_of_a_frame_do_not_depend_on_its_rows(small_table: Table) -> None:
    frame = pd.DataFrame({"text": ["Build, $90,000 - $95,000 per year", "qwxzv"]})
    kinds = {name: "float64" for name in added_schema(small_table).names if name not in TEXTS} | {
        "review": "bool",
        "remote": "boolean",
        "year": "Int64",
    }
    for part in (frame, frame[:1], frame[1:], frame[:0]):
        found = label_frame(small_table, part)
        assert len(found) == len(part)
        assert {name: str(found[name].dtype) for name in kinds} == kinds


TEXTS = {
    *("label", "skills", "base_salary_currency", "base_salary_unit_text", "base_salary_kind"),
    *("base_salary_standing", "estimated_salary_currency", "estimated_salary_rule"),
    *("level", "country"),
}


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        (["a", "b"], "no column for the title or the description among 'a', 'b'"),
        (["text", "text"], "the frame has two columns 'text'; rename one"),
    ],
    ids=["no text", "twice"],
)
def test_frames_that_are_refused(small_table: Table, columns: list[str], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        label_frame(small_table, pd.DataFrame([["x", "y"]], columns=columns))


def test_a_row_is_what_classify_says(table: Table) -> None:
    row = label_posting(table, JobPosting(ROWS[0]["body"], ROWS[0]["Job Title"]))
    assert list(row) == ADDED
    assert {name: row[name] for name in ADDED} == {
        name: expected(table, ROWS[0])[name] for name in ADDED
    }


# --- The command ---


def run(*options: str, stdin: bytes = b"", cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-m", "classifier", "label", *options]
    return subprocess.run(command, input=stdin, cwd=cwd, capture_output=True, check=False)


def test_from_stdin_to_stdout(tmp_path: Path, table: Table) -> None:
    source = Path(put(tmp_path / "in.csv.gz", ROWS)).read_bytes()
    done = run("-", "--from", "csv", "-o", "-", "--to", "jsonl", stdin=source, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    found = get("-.jsonl", done.stdout)
    assert [plain(row) for row in found] == [plain(expected(table, row)) for row in ROWS]
    assert done.stderr.decode().splitlines()[-1] == "3 postings labelled to -; 0 rows rejected"
    no_leftovers(tmp_path, "in.csv.gz")


def test_rejects_are_said_and_counted_in_the_status(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(BROKEN)
    done = run("a.jsonl", "-o", "out.parquet", cwd=tmp_path)
    n = len(get(tmp_path / "out.parquet.rejects.jsonl"))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().splitlines()[-1] == (
        f"2 postings labelled to out.parquet; {n} rows rejected: see out.parquet.rejects.jsonl"
    )
    assert len(get(tmp_path / "out.parquet")) == 2


def test_stdin_without_a_format(tmp_path: Path) -> None:
    done = run("-", "-o", "out.csv", stdin=b"text\nBuild\n", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("classifier: standard input and output have no suffix")
    no_leftovers(tmp_path)


# --- Many postings ---


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_many_rows_are_labelled_as_few_are(
    tmp_path: Path, table: Table, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    source = put(tmp_path / "a.jsonl", ROWS * 3)
    label_files(table, [source], str(tmp_path / "few.jsonl"))
    monkeypatch.setattr(labeller, "FEW", 0)
    label_files(table, [source], str(tmp_path / f"many.{suffix}"))
    label_files(table, [source], str(tmp_path / "many.jsonl"))
    for few, many in zip(get(tmp_path / "few.jsonl"), get(tmp_path / "many.jsonl"), strict=True):
        assert few == {k: pytest.approx(v) if isinstance(v, float) else v for k, v in many.items()}


@pytest.mark.parametrize("few", [0, 512])
def test_columns_can_be_left_out(
    tmp_path: Path, table: Table, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(labeller, "FEW", few)
    source = put(tmp_path / "a.jsonl", ROWS)
    summary = label_files(
        table, [source], str(tmp_path / "o.jsonl"), without=["salary", "review", "dimensions"]
    )
    assert list(get(tmp_path / "o.jsonl")[0])[-2:] == ["research_share", "skills"]
    assert summary.n_review > 0


def test_a_group_of_columns_that_is_unknown(tmp_path: Path, table: Table) -> None:
    source = put(tmp_path / "a.jsonl", ROWS)
    with pytest.raises(InputError, match="no columns 'pay' to leave out"):
        label_files(table, [source], str(tmp_path / "o.jsonl"), without=["pay"])
    no_leftovers(tmp_path, "a.jsonl")
