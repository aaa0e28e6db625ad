"""Tables to files: formats, whole or not at all, rejects."""

import csv
import gzip
import io
import json
import os
import resource
import sys
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from odd_columns import ODD

from classifier import write_files
from classifier.errors import InputError
from classifier.lines import JSON_TEXT, Reject
from classifier.write_files import TableWriter, replacing, write_rejects

TABLE = pa.table({"title": ["Koch", 'a "b",\r\nc'], "n": [1, None]})


def write(path: Path | str, *tables: pa.Table, suffix: str | None = None) -> None:
    with TableWriter(str(path), tables[0].schema, suffix=suffix) as writer:
        for table in tables:
            writer.write(table)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- Formats ---


@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv(tmp_path: Path, suffix: str, delimiter: str) -> None:
    path = tmp_path / f"a.{suffix}"
    write(path, TABLE, TABLE)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter=delimiter, strict=True))
    data = [["Koch", "1"], ['a "b",\r\nc', ""]]
    assert rows == [["title", "n"], *data, *data]


@pytest.mark.parametrize("suffix", ["jsonl", "ndjson"])
def test_json_lines(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    write(path, TABLE, TABLE)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == TABLE.to_pylist() * 2


def test_parquet(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", TABLE, TABLE)
    assert pq.read_table(tmp_path / "a.parquet").equals(pa.concat_tables([TABLE, TABLE]))


@pytest.mark.parametrize("suffix", ["csv.gz", "jsonl.gz"])
def test_gzip_is_the_same_bytes_each_time(tmp_path: Path, suffix: str) -> None:
    write(tmp_path / f"a.{suffix}", TABLE)
    write(tmp_path / f"other.{suffix}", TABLE)
    write(tmp_path / f"plain.{suffix.removesuffix('.gz')}", TABLE)
    packed = (tmp_path / f"a.{suffix}").read_bytes()
    plain = (tmp_path / f"plain.{suffix.removesuffix('.gz')}").read_bytes()
    assert gzip.decompress(packed) == plain
    assert packed == (tmp_path / f"other.{suffix}").read_bytes()


@pytest.mark.parametrize(
    ("suffix", "content"), [("csv", b'"title","n"\n'), ("jsonl", b""), ("tsv", b'"title"\t"n"\n')]
)
def test_no_rows_are_a_file_with_its_header(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"a.{suffix}"
    write(path, TABLE.schema.empty_table())
    assert path.read_bytes() == content
    with TableWriter(str(path), TABLE.schema):
        pass
    assert path.read_bytes() == content


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet", "jsonl.gz"])
def test_standard_output(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, suffix: str) -> None:
    output = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(output))
    write("-", TABLE, suffix=suffix)
    path = tmp_path / f"a.{suffix}"
    write(path, TABLE)
    assert output.getvalue() == path.read_bytes()


def test_the_suffix_given_wins(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", TABLE, suffix="jsonl")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"{")


# --- Values ---


def test_any_type_can_be_written_as_csv_and_parquet(tmp_path: Path) -> None:
    table = pa.table(ODD)
    write(tmp_path / "a.csv", table)
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        first, second = csv.DictReader(file)
    assert (first["list"], first["struct"]) == ('["a", null]', '{"x": 1}')
    assert (first["dictionary"], first["bool"], first["money"]) == ("é", "true", "1.50")
    assert (second["list"], second["day"], second["float"]) == ("", "", "0.1")
    write(tmp_path / "a.parquet", table)
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 2


def test_json_text_in_csv_has_no_needless_quotes(tmp_path: Path) -> None:
    schema = pa.schema([pa.field("a", pa.string(), metadata=JSON_TEXT)])
    write(tmp_path / "a.csv", pa.table([['"x"', "[1]"]], schema=schema))
    assert (tmp_path / "a.csv").read_text() == '"a"\n"x"\n"[1]"\n'


# --- Whole or not at all ---


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit, GeneratorExit])
@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "jsonl", "parquet"])
def test_an_interrupted_run_leaves_the_former_file(
    tmp_path: Path, error: type[BaseException], suffix: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"former")

    def interrupted() -> None:
        with TableWriter(str(path), TABLE.schema) as writer:
            writer.write(TABLE)
            assert path.read_bytes() == b"former"
            raise error

    with pytest.raises(error):
        interrupted()
    assert path.read_bytes() == b"former"
    assert names(tmp_path) == [path.name]


def test_the_file_is_not_there_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with TableWriter(str(path), TABLE.schema) as writer:
        writer.write(TABLE)
        assert not path.exists()
    assert names(tmp_path) == ["a.csv"]


def test_a_file_can_be_read_by_others_as_the_umask_says(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write(tmp_path / "a.csv", TABLE)
    assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write(tmp_path / "link.csv", TABLE)
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").is_file()


def test_a_long_name_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".csv")
    write(path, TABLE)
    assert path.is_file()


def test_a_path_without_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("a.csv", TABLE)
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none/a.csv", "cannot write {path}: make the folder {folder} first"),
        ("folder.csv", "cannot write {path}: it is a folder; name a file in it"),
        ("x" * 300 + ".csv", "cannot write {path}: File name too long"),
        ("a.json", "cannot write {path}: say .jsonl, which has one object a line"),
        ("a.txt", "cannot tell the format of {path}: the suffixes are"),
        ("plain/a.csv", "cannot write {path}: make the folder {folder} first"),
    ],
)
def test_what_cannot_be_written_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "plain").touch()
    path = tmp_path / name
    with pytest.raises(InputError) as caught:
        write(path, TABLE)
    assert str(caught.value).startswith(message.format(path=path, folder=path.parent))
    assert names(tmp_path) == ["folder.csv", "plain"]


@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "jsonl", "parquet"])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    texts = [os.urandom(5000).hex() for _ in range(20)]
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(InputError) as caught:
            write(path, pa.table({"a": texts}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert str(caught.value) == f"cannot write {path}: File too large"
    assert names(tmp_path) == []


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_a_standard_output_that_is_full(monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full:
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(full))
        with pytest.raises(InputError, match="cannot write standard output: No space left"):
            write("-", TABLE, suffix=suffix)


def test_a_reader_who_left_is_no_input_error(monkeypatch: pytest.MonkeyPatch) -> None:
    read, written = os.pipe()
    os.close(read)
    with os.fdopen(written, "wb", buffering=0) as pipe:
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe))
        with pytest.raises(BrokenPipeError):
            write("-", TABLE, suffix="jsonl")


def test_replacing_says_what_went_wrong_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(InputError, match="Is a directory"), replacing(path):
        path.mkdir()
    assert names(tmp_path) == ["a.csv"]


# --- Rejects ---


def test_rejects_stand_beside_the_output(tmp_path: Path) -> None:
    output = str(tmp_path / "out.parquet")
    with write_rejects(output) as reject:
        reject(Reject(3, "no text", {"title": " ", "pay": Decimal("1.5"), "é": None}))
        reject(Reject(5, "bad JSON", "{\n\x00é\ud800"), "in.jsonl")
    lines = (tmp_path / "out.parquet.rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines[0] == ('{"row":3,"reason":"no text","content":{"title":" ","pay":1.5,"é":null}}')
    assert json.loads(lines[1]) == {
        "file": "in.jsonl",
        "row": 5,
        "reason": "bad JSON",
        "content": "{\n\x00é\\ud800",
    }


def test_without_rejects_there_is_no_file_and_an_old_one_goes(tmp_path: Path) -> None:
    old = tmp_path / "out.csv.rejects.jsonl"
    old.write_text("{}")
    with write_rejects(str(tmp_path / "out.csv")):
        assert not old.exists()
    assert names(tmp_path) == []


def test_an_interrupted_run_leaves_no_rejects(tmp_path: Path) -> None:
    def interrupted() -> None:
        with write_rejects(str(tmp_path / "out.csv")) as reject:
            reject(Reject(1, "no text", ""))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert names(tmp_path) == []


def test_rejects_of_standard_output_are_only_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with write_rejects("-") as reject:
        reject(Reject(1, "no text", ""))
    assert names(tmp_path) == []


def test_rejects_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "out.csv.rejects.jsonl").mkdir()
    place = write_rejects(str(tmp_path / "out.csv"))
    with pytest.raises(InputError, match=r"cannot write .*out\.csv\.rejects\.jsonl: "):
        place.__enter__()
    with (
        write_rejects(str(tmp_path / "none" / "out.csv")) as reject,
        pytest.raises(InputError, match="make the folder"),
    ):
        reject(Reject(1, "no text", ""))


def test_small_tables_share_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, table = tmp_path / "a.parquet", pa.table({"a": ["x" * 100] * 10})
    monkeypatch.setattr(write_files, "GROUP_BYTES", 5000)
    with TableWriter(str(path), table.schema) as writer:
        for _ in range(23):
            writer.write(table)
    found = pq.ParquetFile(path)
    assert found.read().to_pylist() == table.to_pylist() * 23
    groups = [found.metadata.row_group(i).num_rows for i in range(found.num_row_groups)]
    assert groups == [50, 50, 50, 50, 30]


def test_what_waits_is_not_written_by_a_run_that_fails(tmp_path: Path) -> None:
    path, table = tmp_path / "a.parquet", pa.table({"a": ["x"]})
    with suppress(KeyboardInterrupt), TableWriter(str(path), table.schema) as writer:
        writer.write(table)
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
