"""Rows and Parquet to tables: sizes, rejects, columns as text."""

import datetime
import io
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import batches
from classifier.batches import (
    Batch,
    batch_parquet,
    batch_rows,
    is_text,
    open_parquet,
    reject_rows,
    reject_textless,
    text_column,
)
from classifier.errors import InputError
from classifier.lines import JSON_TEXT, Reject, Row

SCHEMA = pa.schema([("a", pa.string())])


def strings(*values: bytes) -> pa.Array:
    """Column of strings with these bytes, as other libraries may write it unchecked."""
    return pa.Array.from_buffers(pa.string(), len(values), pa.array(values).buffers())


def parquet(table: pa.Table, **options: object) -> pq.ParquetFile:
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return open_parquet(file)


# --- Sizes ---


def test_rows_come_in_batches() -> None:
    items = [Row(n, [str(n)], 1) if n % 3 else Reject(n, "bad", "x") for n in range(1, 11)]
    found = list(batch_rows(items, SCHEMA, 4))
    assert [batch.numbers for batch in found] == [[1, 2, 4], [5, 7, 8], [10]]
    assert [batch.table.column("a").to_pylist() for batch in found] == [
        ["1", "2", "4"],
        ["5", "7", "8"],
        ["10"],
    ]
    assert [reject.row for batch in found for reject in batch.rejects] == [3, 6, 9]
    assert all(batch.table.schema == SCHEMA for batch in found)


def test_a_batch_of_rejects_alone_has_no_rows() -> None:
    (batch,) = batch_rows([Reject(1, "bad", "x")], SCHEMA, 4)
    assert (len(batch.table), batch.table.schema, len(batch.rejects)) == (0, SCHEMA, 1)


def test_no_rows_are_no_batch() -> None:
    assert not list(batch_rows([], SCHEMA, 4))


def test_big_rows_come_in_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_BYTES", 100)
    items: list[Row | Reject] = [Row(n, ["x" * 40], 40) for n in range(1, 8)]
    items += [Reject(n, "bad", "x" * 60) for n in range(8, 12)]
    found = list(batch_rows(items, SCHEMA, 1000))
    assert [(len(b.table), len(b.rejects)) for b in found] == [
        (3, 0),
        (3, 0),
        (1, 1),
        (0, 2),
        (0, 1),
    ]


@pytest.mark.parametrize("group", [1, 7, 1000])
def test_parquet_comes_in_batches_whatever_its_row_groups(group: int) -> None:
    table = pa.table({"a": [str(n) for n in range(300)]})
    found = list(batch_parquet(parquet(table, row_group_size=group), table.schema, 100))
    assert [number for batch in found for number in batch.numbers] == list(range(1, 301))
    assert pa.concat_tables([batch.table for batch in found]).equals(table)
    assert max(len(batch.table) for batch in found) <= 100
    assert all(batch.table.column("a").num_chunks == 1 for batch in found)


def test_parquet_of_repeated_texts_comes_in_small_batches() -> None:
    # 3,000 texts of 100 KB, stored once: 100 KB on disk, 300 MB as a column.
    table = pa.table(
        {"a": pa.array(["x" * 100_000]).dictionary_encode().take(pa.array([0] * 3000))}
    )
    table = table.cast(pa.schema([("a", pa.large_string())]))
    sizes = [batch.table.nbytes for batch in batch_parquet(parquet(table), table.schema, 2048)]
    assert sum(sizes) > 300_000_000
    assert max(sizes) <= batches.BATCH_BYTES


# --- Rejects ---


def test_rejected_rows_stand_in_row_order() -> None:
    batch = Batch(
        [2, 4, 5], pa.table({"a": ["x", "y", "z"]}), [Reject(1, "m", ""), Reject(3, "m", "")]
    )
    numbers, table, rejects = reject_rows(batch, [0, 2], "no text")
    assert (numbers, table.to_pylist()) == ([4], [{"a": "y"}])
    assert [(r.row, r.reason) for r in rejects] == [
        (1, "m"),
        (2, "no text"),
        (3, "m"),
        (5, "no text"),
    ]
    assert rejects[3].content == {"a": "z"}


def test_all_rows_can_be_rejected() -> None:
    batch = reject_rows(Batch([1], pa.table({"a": ["x"]}), []), [0], "no text")
    assert (batch.numbers, len(batch.table), batch.table.schema) == ([], 0, SCHEMA)


@pytest.mark.parametrize(
    ("title", "text", "kept"),
    [
        ("Cook", "Cooks.", True),
        ("", "Cooks.", True),
        ("Cook", None, True),
        ("", "", False),
        (None, None, False),
        (" \n\t", "\u00a0\u3000\r", False),
        ("", ".", True),
    ],
)
def test_a_row_needs_a_title_or_a_text(title: str | None, text: str | None, kept: bool) -> None:
    schema = pa.schema([("t", pa.string()), ("d", pa.string()), ("n", pa.int64())])
    batch = Batch([9], pa.table([[title], [text], [1]], schema=schema), [])
    numbers, _, rejects = reject_textless(batch, ["t", "d"])
    assert numbers == ([9] if kept else [])
    content = {"t": title, "d": text, "n": 1}
    assert rejects == ([] if kept else [Reject(9, "no text", content)])


def test_only_the_headings_asked_for_count() -> None:
    batch = Batch([1], pa.table({"t": [""], "d": ["x"]}), [])
    assert reject_textless(batch, ["t"]).numbers == []
    assert reject_textless(batch, ["d"]).numbers == [1]


@given(st.lists(st.text(alphabet=" \t\n\r\x0b\x0c\x1c\x1f\x85\xa0\u1680\u2003\u2028\u200b\0x")))
@settings(max_examples=200, deadline=None)
def test_white_space_is_what_python_strips(texts: list[str]) -> None:
    batch = Batch(list(range(len(texts))), pa.table({"a": pa.array(texts, pa.string())}), [])
    assert reject_textless(batch, ["a"]).numbers == [i for i, t in enumerate(texts) if t.strip()]


# --- Parquet with text that is none ---


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_undecodable_text_in_parquet_costs_its_row(kind: pa.DataType) -> None:
    column = strings(b"Koch", b"K\xf6chin", b"B\xc3\xa4cker").cast(kind)
    table = pa.table({"a": column, "n": [1, 2, 3]})
    (batch,) = batch_parquet(parquet(table), table.schema, 10)
    assert batch.numbers == [1, 3]
    assert batch.table.column("a").to_pylist() == ["Koch", "Bäcker"]
    assert batch.rejects == [Reject(2, "undecodable bytes", {"a": "K\\xf6chin", "n": 2})]


def test_undecodable_text_in_a_list_is_found_too() -> None:
    wrong = strings(b"\xff", b"ok")
    nested = pa.ListArray.from_arrays(pa.array([0, 1, 2], pa.int32()), wrong)
    table = pa.table({"a": nested})
    (batch,) = batch_parquet(parquet(table), table.schema, 10)
    assert batch.table.to_pylist() == [{"a": ["ok"]}]
    assert batch.rejects == [Reject(1, "undecodable bytes", {"a": "undecodable"})]


def test_dictionaries_of_several_row_groups_are_one_column() -> None:
    groups = [pa.table({"a": pa.array([a, b]).dictionary_encode()}) for a, b in ("xy", "yz")]
    file = io.BytesIO()
    with pq.ParquetWriter(file, groups[0].schema) as writer:
        for group in groups:
            writer.write_table(group)
    (batch,) = batch_parquet(open_parquet(file), groups[0].schema, 10)
    assert batch.table.column("a").to_pylist() == ["x", "y", "y", "z"]


def test_parquet_takes_the_names_of_the_schema() -> None:
    table = pa.table([["x"], ["y"]], names=["a", "a"])
    schema = pa.schema([("a", pa.string()), ("a_2", pa.string())])
    (batch,) = batch_parquet(parquet(table), schema, 10)
    assert batch.table.equals(pa.table({"a": ["x"], "a_2": ["y"]}))


# --- Columns as text ---

DAY = datetime.date(2026, 3, 1)
NOON = datetime.datetime(2026, 3, 1, 12, 0, 0)


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array(["x", None, ""]), ["x", "", ""]),
        (pa.array(["x", None], pa.large_string()), ["x", ""]),
        (pa.array(["x", None], pa.string_view()), ["x", ""]),
        (pa.array(["x", None, "x"]).dictionary_encode(), ["x", "", "x"]),
        (pa.array([None, None]), ["", ""]),
        (pa.array([1, None]), ["1", ""]),
        (pa.array([1.5, 100000.0]), ["1.5", "100000"]),
        (pa.array([True, None]), ["true", ""]),
        (pa.array([Decimal("1.50")]), ["1.50"]),
        (pa.array([DAY, None]), ["2026-03-01", ""]),
        (pa.array([NOON], pa.timestamp("s")), ["2026-03-01T12:00:00"]),
        (pa.array([NOON], pa.timestamp("ns", "UTC")), ["2026-03-01T12:00:00.000000000Z"]),
        (pa.array([["Ulm", "Köln"], None]), ['["Ulm", "Köln"]', ""]),
        (pa.array([{"when": DAY}]), ['{"when": "2026-03-01"}']),
        (pa.array([b"x\xff"]), ["\"b'x\\\\xff'\""]),
    ],
    ids=lambda value: str(getattr(value, "type", "")),
)
def test_any_column_is_text(column: pa.Array, texts: list[str]) -> None:
    found = text_column(pa.table({"a": column}), "a")
    assert (found.type, found.to_pylist()) == (pa.string(), texts)


def test_json_text_that_is_a_string_is_given_without_quotes() -> None:
    schema = pa.schema([pa.field("a", pa.string(), metadata=JSON_TEXT)])
    values = ['"say \\"hi\\""', "[1]", "12", None, '{"a": null}']
    table = pa.table([values], schema=schema)
    assert text_column(table, "a").to_pylist() == ['say "hi"', "[1]", "12", "", '{"a": null}']


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (pa.string(), True),
        (pa.large_string(), True),
        (pa.string_view(), True),
        (pa.null(), True),
        (pa.dictionary(pa.int8(), pa.string()), True),
        (pa.dictionary(pa.int8(), pa.int64()), False),
        (pa.binary(), False),
        (pa.int64(), False),
        (pa.list_(pa.string()), False),
    ],
    ids=str,
)
def test_types_of_text(kind: pa.DataType, text: bool) -> None:
    assert is_text(kind) is text


def test_a_batch_can_be_read_from_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": ["x"]}), path)
    with path.open("rb") as file:
        (batch,) = batch_parquet(open_parquet(file), SCHEMA, 10)
    assert batch.table.to_pylist() == [{"a": "x"}]


def test_a_parquet_file_that_lost_its_rows_is_damaged() -> None:
    table = pa.table({"text": ["Cook"] * 3})
    data = io.BytesIO()
    pq.write_table(table, data)
    file = open_parquet(data)

    class Short:
        metadata = file.metadata

        num_row_groups = 1

        def iter_batches(
            self, rows: int, row_groups: list[int], use_threads: bool
        ) -> list[pa.RecordBatch]:
            assert row_groups == [0]
            found: list[pa.RecordBatch] = table.slice(0, 2).to_batches(rows)
            return found

    with pytest.raises(InputError, match="it says that it has 3 rows, and 2 came"):
        list(batch_parquet(Short(), table.schema, 10))
