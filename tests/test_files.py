"""Files in and out: every format, every row accounted for, no exception but InputError."""

import csv
import gzip
import io
import json
import os
import random
import re
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.encoding import detect_encoding
from classifier.errors import InputError
from classifier.files import (
    TableWriter,
    open_table,
    read_postings,
    text_column,
    write_postings,
    write_rejects,
)
from classifier.lines import JSON_TEXT, Reject, read_lines
from classifier.posting import UNITS, BaseSalary, JobPosting
from classifier.read_csv import detect_delimiter, split_records

FORMATS = ("csv", "tsv", "jsonl", "parquet", "csv.gz", "jsonl.gz")
IN_A_FOLDER = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(path: Path | str, **options: object) -> tuple[list[dict[str, object]], list[Reject]]:
    """Rows and rejects of a file, after a check that the counts add up."""
    rejects: list[Reject] = []
    with open_table(str(path), on_reject=rejects.append, **options) as reader:  # type: ignore[arg-type]  # each test gives its own
        tables = list(reader)
        assert all(table.schema.equals(reader.schema, check_metadata=True) for table in tables)
        assert set(reader.mapping.values()) <= set(reader.schema.names)
    assert (reader.n_rows, reader.n_rejects) == (sum(map(len, tables)), len(rejects))
    assert [r.row for r in rejects] == sorted({r.row for r in rejects})
    return [row for table in tables for row in table.to_pylist()], rejects


def write(path: Path, table: pa.Table) -> None:
    with TableWriter(str(path), table.schema) as writer:
        writer.write(table)


# --- Each format ---


def test_csv_keeps_every_column_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        'Job Title;Ort;Beschreibung;;Ort\r\nKöchin;Graz;"Kocht;\r\n""gern""";007;\r\n'.encode(
            "cp1252"
        )
    )
    columns = {"description": "Beschreibung"}
    assert read(path, columns=columns)[0] == [
        {
            "Job Title": "Köchin",
            "Ort": "Graz",
            "Beschreibung": 'Kocht;\r\n"gern"',
            "column_4": "007",
            "Ort_2": "",
        }
    ]
    with open_table(str(path), columns=columns) as reader:
        assert reader.mapping == {
            "title": "Job Title",
            "description": "Beschreibung",
            "job_location": "Ort",
        }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str, suffix: str) -> None:
    texts = {
        "csv": ["title,text", "Bäcker,Bäckt"],
        "jsonl": ['{"title": "Bäcker", "text": "Bäckt"}'],
        "json": ['[{"title": "Bäcker",', '"text": "Bäckt"}]'],
    }
    path = tmp_path / f"a.{suffix}"
    path.write_bytes("".join(line + end for line in texts[suffix]).encode(encoding))
    assert read(path) == ([{"title": "Bäcker", "text": "Bäckt"}], [])


def test_the_encoding_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("title,text\nКок,Готовит\n".encode("cp1251"))
    assert read(path, encoding="cp1251")[0] == [{"title": "Кок", "text": "Готовит"}]


def test_a_tsv_prefers_tabs(tmp_path: Path) -> None:
    for suffix, keys in (("tsv", ["title", "text,more"]), ("csv", ["title\ttext", "more"])):
        (tmp_path / f"a.{suffix}").write_text("title\ttext,more\nCook\tstews,soups\n")
        found, _ = read(tmp_path / f"a.{suffix}", columns={"title": keys[0]})
        assert list(found[0]) == keys


def test_json_lines_keep_types_and_give_them_back(tmp_path: Path) -> None:
    lines = [
        '{"title":"Cook","n":1,"x":0.5,"ok":true,"tags":["a", 1.0],"mix":1}',
        '{"title":"é\\n","n":null,"x":2.0,"ok":false,"tags":null,"mix":"1"}',
    ]
    path, copy = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with open_table(str(path)) as reader, TableWriter(str(copy), reader.schema) as writer:
        assert [str(kind) for kind in reader.schema.types] == [
            *("string", "int64", "double", "bool", "string", "string")
        ]
        assert [f.name for f in reader.schema if f.metadata == JSON_TEXT] == ["tags", "mix"]
        for table in reader:
            writer.write(table)
    assert copy.read_text(encoding="utf-8") == "\n".join(lines) + "\n"


def test_json_values_survive_a_parquet_file_between(tmp_path: Path) -> None:
    row = {"text": "x", "place": {"city": ["Graz"]}, "mix": 1}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n" + json.dumps(row | {"mix": "1"}))
    for source, target in (("a.jsonl", "b.parquet"), ("b.parquet", "c.jsonl")):
        with open_table(str(tmp_path / source)) as reader:
            write(tmp_path / target, pa.concat_tables(list(reader)))
    found = [json.loads(line) for line in (tmp_path / "c.jsonl").read_text().splitlines()]
    assert found == [row, row | {"mix": "1"}]


def test_an_array_of_objects(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"title": "a", "n": 1}, {"title": 5}, 7, {"title": "b"}], indent=1))
    found, rejects = read(path)
    assert found == [{"title": "a", "n": 1}, {"title": "b", "n": None}]
    assert [(r.row, r.reason) for r in rejects] == [(2, "title is not text"), (3, "no JSON object")]


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "title": pa.array(["a", None]).dictionary_encode(),
            "Description": pa.array(["x", "y"], pa.large_string()),
            "tags": [["p"], []],
            "money": pa.array([Decimal("1.50"), None]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    with open_table(str(tmp_path / "a.parquet")) as reader:
        assert reader.schema.types == table.schema.types
        assert pa.concat_tables(list(reader)).to_pylist() == table.to_pylist()


def test_batches_are_bounded_and_progress_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w") as file:
        file.writelines(json.dumps({"text": f"{n} " + "x" * 300}) + "\n" for n in range(1000))
    with open_table(str(path), rows=300) as reader:
        seen = [(len(table), reader.fraction) for table in reader]
    assert [rows for rows, _ in seen] == [300, 300, 300, 100]
    assert [fraction for _, fraction in seen] == sorted(fraction for _, fraction in seen)
    assert 0 < seen[0][1] < 0.5
    assert seen[-1][1] == 1


def test_fields_of_a_megabyte(tmp_path: Path) -> None:
    texts = [f"{n}" + '"x, \n' * 1000 + "y" * 1_500_000 for n in range(20)]
    for suffix in ("csv", "jsonl", "parquet"):
        write(tmp_path / f"a.{suffix}", pa.table({"text": texts}))
        with open_table(str(tmp_path / f"a.{suffix}")) as reader:
            tables = list(reader)
        assert [t for table in tables for t in table.column("text").to_pylist()] == texts
        assert max(table.nbytes for table in tables) < 20_000_000


# --- Rows that cannot be used ---


def test_csv_rejects(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'title,text,id\nCook,Cooks soup,1\n"Cook"x,b,2\nCook,3\n , \t ,4\n\n'
        b"C\xc3\xb6ok,\xff,5\nB\xc3\xa4ker,,6\n"
    )
    found, rejects = read(path)
    assert [row["id"] for row in found] == ["1", "6"]
    assert rejects == [
        Reject(2, "broken quoting: text behind a closing quote", '"Cook"x,b,2\n'),
        Reject(3, "2 instead of 3 fields", "Cook,3\n"),
        Reject(4, "no text", {"title": " ", "text": " \t ", "id": "4"}),
        Reject(5, "undecodable bytes", {"title": "Cöok", "text": "\\xff", "id": "5"}),
    ]


def test_json_lines_rejects(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"title": "\xc3\xa9", "text": "a"}\n{"title": 1}\n{"title": "b"\n\n[]\n{"text": ""}\n'
        b'{"text": "\xff"}\n{"text": NaN}\n{"other": 1}\n{"text": "\xc3\xbc"}\n'
    )
    found, rejects = read(path)
    assert [row["text"] for row in found] == ["a", "ü"]
    assert [(r.row, r.reason.split(":")[0]) for r in rejects] == [
        (2, "title is not text"),
        (3, "bad JSON"),
        (4, "no JSON object"),
        (5, "no text"),
        (6, "undecodable bytes"),
        (7, "a number out of range (NaN, Infinity or thousands of digits)"),
        (8, "no text"),
    ]
    assert rejects[4].content == '{"text": "\\xff"}\n'


def test_parquet_rejects(tmp_path: Path) -> None:
    table = pa.table({"title": ["a", None, " "], "text": [None, "b", ""], "n": [1, 2, 3]})
    pq.write_table(table, tmp_path / "a.parquet")
    found, rejects = read(tmp_path / "a.parquet")
    assert [row["n"] for row in found] == [1, 2]
    assert rejects == [Reject(3, "no text", {"title": " ", "text": "", "n": 3})]


def test_rejects_go_beside_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\na\nb,c\n")
    with (
        write_rejects(str(tmp_path / "out.csv")) as reject,
        open_table(str(tmp_path / "a.csv"), on_reject=reject) as reader,
    ):
        assert [table.num_rows for table in reader] == [1]
    line = (tmp_path / "out.csv.rejects.jsonl").read_text()
    assert json.loads(line) == {"row": 1, "reason": "1 instead of 2 fields", "content": "a\n"}


def test_rejects_are_counted_without_being_taken(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\n" + "a\n" * 5000 + "b,c\n")
    with open_table(str(tmp_path / "a.csv")) as reader:
        assert [table.num_rows for table in reader] == [1]
    assert (reader.n_rows, reader.n_rejects) == (1, 5000)


# --- Files that cannot be read ---


def parquet_bytes(**columns: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "{} is empty"),
        ("a.csv.gz", gzip.compress(b"", mtime=0), "{}: the file holds only blank lines"),
        ("a.csv", b"\n\n", "{}: the file holds only blank lines"),
        ("a.csv", b"\xef\xbb\xbf", "{}: the file holds only blank lines"),
        ("a.csv", b'"a"b\n', "{}: the header cannot be read: broken quoting"),
        ("a.csv", b"colour,size\n1,2\n", "{}: no column for the title or the description among"),
        ("a.csv", b",".join([b"x"] * 1001), "{}: the header has 1,001 columns"),
        ("a.jsonl", b"\n \n", "{}: it holds no JSON object; one a line is JSON Lines"),
        ("a.jsonl", b"nonsense\n{\n", "{}: it holds no JSON object; one a line is JSON Lines"),
        ("a.jsonl", b'{"colour": 1}', "{}: no column for the title or the description among"),
        ("a.json", b"[]", "{}: it holds no JSON object"),
        ("a.json", b'[{"title": "a"}, {"ti', "{}: the JSON array is broken behind its 1 first"),
        (
            "a.csv.gz",
            gzip.compress(b"title\n" + b"x" * 99, mtime=0)[:-9],
            "cannot read {}: Compressed file",
        ),
        ("a.parquet", b"PAR1 nonsense", "cannot read {}: "),
        ("a.parquet", b"title,text\n", "cannot read {}: "),
        ("a.parquet", parquet_bytes(text=["x"])[:-20], "cannot read {}: "),
        ("a.parquet", parquet_bytes(text=[1]), "{}: the column 'text' holds int64, not text; name"),
        (
            "a.parquet",
            parquet_bytes(title=[b"x"], text=["x"]),
            "{}: the column 'title' holds binary",
        ),
        ("a.parquet", parquet_bytes(size=["x"]), "{}: no column for the title or the description"),
        ("a.xlsx", b"PK", "cannot tell the format of {}: the suffixes are .csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith(message.format(path))
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        open_table(str(tmp_path / "a.csv"))


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title\n")
    with pytest.raises(InputError, match="unknown encoding 'klingon'"):
        open_table(str(tmp_path / "a.csv"), encoding="klingon")


def test_damage_further_on_is_told_when_it_is_reached(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with pq.ParquetWriter(path, pa.schema([("text", pa.string())])) as writer:
        for _ in range(3):
            writer.write_table(pa.table({"text": [os.urandom(50).hex() for _ in range(2000)]}))
    data = bytearray(path.read_bytes())
    middle = len(data) * 5 // 6
    data[middle : middle + 2000] = bytes(2000)
    path.write_bytes(data)
    with open_table(str(path)) as reader, pytest.raises(InputError, match=f"cannot read {path}"):
        list(reader)
    assert reader.n_rows > 0


def test_a_header_alone_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\n")
    assert read(tmp_path / "a.csv") == ([], [])
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet") == ([], [])


@pytest.mark.parametrize("suffix", FORMATS)
def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    table = pa.table({"text": ["x", "y"]})
    write(tmp_path / f"a.{suffix}", table)
    data = io.BytesIO((tmp_path / f"a.{suffix}").read_bytes())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    assert read("-", suffix=suffix) == (table.to_pylist(), [])


# --- Any strings, any bytes ---


@given(
    st.lists(st.tuples(st.text(), st.text(min_size=1).map(lambda t: f"x{t}")), max_size=6),
    st.sampled_from(FORMATS),
)
@IN_A_FOLDER
def test_any_strings_survive(tmp_path: Path, rows: list[tuple[str, str]], suffix: str) -> None:
    values = [{"title": title, "description": text} for title, text in rows]
    schema = pa.schema([("title", pa.string()), ("description", pa.string())])
    path = tmp_path / f"a.{suffix}"
    write(path, pa.Table.from_pylist(values, schema))
    if not rows and suffix.startswith("jsonl"):  # a file of nothing: it has no header
        with pytest.raises(InputError, match=r"is empty|holds no JSON object"):
            read(path)
    else:
        assert read(path) == (values, [])


SCRAPS = [
    *(b"title,text\n", b'"', b",", b"\n", b"\r", b";", b"\t", b"a", b"\xc3\xa9", b"\xff", b"\0"),
    *(b'{"title": "x"}\n', b"{", b"}", b"[", b"]", b'"title"', b": ", b"1e999", b"NaN", b"\\u"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b", b"PAR1", b"\xd8\0", b" "),
]
NASTY = st.lists(st.sampled_from(SCRAPS), max_size=30).map(b"".join)


@given(st.binary(max_size=200) | NASTY, st.sampled_from([*FORMATS, "json"]), st.booleans())
@settings(IN_A_FOLDER, max_examples=250)
def test_any_bytes_are_rows_and_rejects_or_an_input_error(
    tmp_path: Path, data: bytes, suffix: str, header: bool
) -> None:
    starts = {"csv": b"title,text\n", "tsv": b"title\ttext\n", "jsonl": b'{"title": "x"}\n'}
    data = starts.get(suffix, b"") + data if header else data
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    try:
        found, rejects = read(path)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 most bytes raise nothing, and that is right
        return
    with write_rejects(str(path)) as reject:
        for one in rejects:
            reject(one)
    if suffix == "jsonl" and data[:2] != b"\x1f\x8b":
        file = io.BytesIO(data)
        lines = read_lines(file, detect_encoding(file))
        assert len(found) + len(rejects) == sum(bool(line.strip()) for line in lines)


@given(st.randoms(use_true_random=False), st.integers(1, 6))
@IN_A_FOLDER
def test_rows_of_a_damaged_csv_are_rows_or_rejects(
    tmp_path: Path, chance: random.Random, cuts: int
) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["title", "text", "note"])
    for n in range(20):
        writer.writerow([f"Cook {n}", f'Says "{n}",\nthen\r\ncooks é', "," * (n % 3)])
    data = bytearray(text.getvalue().encode())
    for _ in range(cuts):
        place = chance.randrange(20, len(data))
        data[place : place + chance.randrange(3)] = chance.choice([b"", b'"', b",", b"\n", b"\xff"])
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    found, rejects = read(path)
    lines = list(read_lines(io.BytesIO(data), detect_encoding(io.BytesIO(data))))
    records = [r for r in split_records(lines, detect_delimiter(lines)) if r.text.strip("\r\n ")]
    assert len(found) + len(rejects) == len(records) - 1
    # A cut costs the record that it is in, and the next where it opens a quote or joins the two.
    intact = {f"Cook {n}" for n in range(20)} & {str(row["title"]) for row in found}
    assert len(intact) >= 20 - 2 * cuts


@given(st.randoms(use_true_random=False))
@IN_A_FOLDER
def test_damaged_parquet_is_rows_and_rejects_or_an_input_error(
    tmp_path: Path, chance: random.Random
) -> None:
    data = bytearray(parquet_bytes(title=["Cook", "Köchin"] * 50, n=list(range(100))))
    for _ in range(chance.randrange(1, 4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    try:
        found, rejects = read(path)
    except InputError:
        return
    assert len(found) + len(rejects) == pq.ParquetFile(path).metadata.num_rows


# --- Records ---

PLAIN = st.text(max_size=20)
SALARY = BaseSalary(Decimal("52.5"), None, "EUR", UNITS[0], "52,50 Euro", (3, 13), "plain")


@given(
    st.lists(
        st.builds(
            JobPosting,
            PLAIN,
            title=PLAIN.map(lambda text: f"x{text}"),
            hiring_organization=PLAIN,
            job_location=st.lists(PLAIN, max_size=3).map(tuple),
            identifier=PLAIN,
            base_salary=st.none() | st.just(SALARY),
            salary_text=PLAIN,
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(FORMATS),
)
@IN_A_FOLDER
def test_any_postings_survive(tmp_path: Path, postings: list[JobPosting], suffix: str) -> None:
    path = str(tmp_path / f"a.{suffix}")
    write_postings(path, postings)
    assert list(read_postings(path)) == postings


def test_many_postings_are_written_and_read_lazily(tmp_path: Path) -> None:
    path = str(tmp_path / "a.jsonl")
    write_postings(path, (JobPosting(f"text {n}") for n in range(1000)))
    postings = read_postings(path)
    assert next(postings).description == "text 0"
    assert sum(1 for _ in postings) == 999
    assert next(read_postings(path)).description == "text 0"


def test_postings_of_other_files(tmp_path: Path) -> None:
    row = {
        "position": "Cook",
        "jobDescription": "Cooks.",
        "company": {"name": "Gasthof Lindner"},
        "city": "Graz",
        "posted_at": None,
        "id": 17,
        "salary": "2.400 Euro",
        "label": "other",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    (found,) = read_postings(str(tmp_path / "a.jsonl"))
    assert found == JobPosting(
        "Cooks.",
        title="Cook",
        hiring_organization='{"name": "Gasthof Lindner"}',
        job_location=("Graz",),
        identifier="17",
        salary_text="2.400 Euro",
    )


@pytest.mark.parametrize(
    ("pay", "salary_text"),
    [
        ({"@type": "MonetaryAmount", "currency": "EUR", "value": {"minValue": 1}}, None),
        ({"minValue": 1, "maxValue": "no number"}, None),
        ("{not JSON", "{not JSON"),
        (60000, "60000"),
        (None, ""),
    ],
)
def test_pay_in_another_shape_is_kept_as_text(
    tmp_path: Path, pay: object, salary_text: str | None
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "x", "baseSalary": pay}))
    (found,) = read_postings(str(tmp_path / "a.jsonl"))
    assert found.base_salary is None
    assert found.salary_text == (json.dumps(pay) if salary_text is None else salary_text)


@pytest.mark.parametrize("place", ["[no JSON", "[1]", '["a", 1]', "[" * 2000])
def test_a_place_that_looks_like_a_list_is_a_place(tmp_path: Path, place: str) -> None:
    write(tmp_path / "a.csv", pa.table({"text": ["x"], "city": [place]}))
    (found,) = read_postings(str(tmp_path / "a.csv"))
    assert found.job_location == (place,)


def test_postings_of_a_file_with_rejects(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;text\nx\ny;z\n")
    rejects: list[Reject] = []
    found = list(read_postings(str(tmp_path / "a.csv"), suffix="csv", on_reject=rejects.append))
    assert ([p.description for p in found], [r.row for r in rejects]) == (["z"], [1])


def test_text_column_is_at_hand() -> None:
    assert text_column(pa.table({"a": [1, None]}), "a").to_pylist() == ["1", ""]


def test_no_message_ends_with_a_line_break() -> None:
    with pytest.raises(InputError) as caught:
        open_table("no\nsuch.csv")
    assert re.search(r"No such file or directory$", str(caught.value))
