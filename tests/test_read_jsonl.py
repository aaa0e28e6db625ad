"""JSON Lines and arrays: splitting, strictness, column types."""

import io
import json
import sys
from collections.abc import Iterator

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import read_jsonl as module
from classifier.errors import InputError
from classifier.lines import JSON_TEXT, Reject, Row
from classifier.read_jsonl import infer_schema, parse_row, read_jsonl, read_texts, split_array

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def texts_of(data: str, *, array: bool = True) -> list[str]:
    return list(read_texts(io.BytesIO(data.encode()), "utf-8", array=array))


# --- The text of each row ---


def test_lines_are_rows_and_blank_ones_are_not() -> None:
    data = '\ufeff{"a": 1}\r\n\n  \n{"a": 2}\r[3]'
    assert [text.strip() for text in texts_of(data)] == ['{"a": 1}', '{"a": 2}', "[3]"]


def test_an_array_is_one_only_where_it_may_be() -> None:
    assert texts_of('[{"a": 1},\n{"a": 2}]') == ['{"a": 1}', '{"a": 2}']
    assert len(texts_of('[{"a": 1},\n{"a": 2}]', array=False)) == 2


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("[]", []),
        (" \n[ ] \n", []),
        ('[{"a": 1}]', ['{"a": 1}']),
        ('[{"a": "],["} , 2,\n"x",[3]\n]\n', ['{"a": "],["}', "2", '"x"', "[3]"]),
        ("[1, 2, ]", ["1", "2"]),
        ("[NaN, 1e999]", ["NaN", "1e999"]),
    ],
)
@pytest.mark.parametrize("block", [1, 3, 1000])
def test_an_array_is_split(
    monkeypatch: pytest.MonkeyPatch, text: str, elements: list[str], block: int
) -> None:
    monkeypatch.setattr(module, "BLOCK", max(block, text.index("[") + 1))
    assert list(split_array(io.StringIO(text).read)) == elements


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "the JSON array is broken behind its 0 first elements"),
        ('[{"a": 1}', "the JSON array is broken behind its 0 first elements"),
        ('[{"a": 1}, {"a" 2}]', "the JSON array is broken behind its 1 first elements"),
        ('[{"a": 1} {"a": 2}]', "the JSON array is broken behind its 0 first elements"),
        ("[1, 2, [" + "[" * 100_000, "the JSON array is broken behind its 2 first elements"),
        ("[1] 2", "there is more text behind the JSON array"),
    ],
)
def test_an_array_that_cannot_be_split_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        list(split_array(io.StringIO(text).read))


def test_a_broken_array_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RECORD_LIMIT", 1000)
    monkeypatch.setattr(module, "BLOCK", 100)
    read = 0

    def endless(size: int) -> str:
        nonlocal read
        read += size
        return '["' if read == size else "x" * size

    with pytest.raises(InputError, match="broken behind its 0 first elements"):
        list(split_array(endless))
    assert read < 10_000


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 2]), st.integers(1, 40))
@settings(max_examples=100, deadline=None)
def test_arrays_of_anything_are_split(values: list[object], indent: int | None, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", block)
        found = list(split_array(io.StringIO(json.dumps(values, indent=indent)).read))
    assert [json.loads(text) for text in found] == values


# --- One row ---


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "bad JSON: Expecting property name enclosed in double quotes: line 1 column 2"),
        ('{"a": 1,}', "bad JSON: "),
        ("{'a': 1}", "bad JSON: "),
        ('{"a": "x\ty"}', "bad JSON: Invalid control character"),
        ('{"a": 1} {"a": 2}', "bad JSON: Extra data"),
        ("[1]", "no JSON object"),
        ("null", "no JSON object"),
        ('"text"', "no JSON object"),
        ('{"a": NaN}', "a number out of range"),
        ('{"a": [1, -Infinity]}', "a number out of range"),
        ('{"a": 1e999}', "a number out of range"),
        ('{"a": ' + "1" * 5000 + "}", "a number out of range"),
        ('{"a": 1, "a": 1}', "a key stands twice in one object"),
        ('{"a": [{"b": 1, "b": 2}]}', "a key stands twice in one object"),
        ('{"a": "\\ud83d"}', "half of a surrogate pair"),
        ('{"\\udc00": 1}', "half of a surrogate pair"),
        ('{"a": [["\\ud83d"]]}', "half of a surrogate pair"),
        ('{"a": "gr\udcf6ss"}', "undecodable bytes"),
        ('{"a": ' + "[" * 100_000, "nested too deeply"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(text: str, reason: str) -> None:
    found = parse_row(text)
    assert isinstance(found, str)
    assert found.startswith(reason)
    assert "\n" not in found


@pytest.mark.parametrize("depth", range(sys.getrecursionlimit() - 200, sys.getrecursionlimit(), 7))
def test_any_depth_is_read_or_refused(depth: int) -> None:
    text = '{"a": ' + "[" * depth + "]" * depth + "}"
    schema = pa.schema([pa.field("a", pa.string(), metadata=JSON_TEXT)])
    (item,) = read_jsonl([text], schema, ())
    expected = ["[" * depth + "]" * depth] if isinstance(item, Row) else "nested too deeply"
    assert (item.values if isinstance(item, Row) else item.reason) == expected


@given(st.dictionaries(st.text(), VALUES, max_size=4))
@settings(max_examples=100, deadline=None)
def test_every_object_is_a_row(values: dict[str, object]) -> None:
    assert parse_row(json.dumps(values)) == values
    assert parse_row(json.dumps(values, ensure_ascii=False)) == values


@given(st.text(alphabet='{}[]":,0e+-9\\untrue ', max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_row_or_a_reason(text: str) -> None:
    assert isinstance(parse_row(text), dict | str)


# --- Column types ---


def schema_of(*values: object) -> pa.Field:
    (field,) = infer_schema([json.dumps({"a": value}) for value in values])
    return field


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["x", None, ""], pa.string()),
        ([True, False], pa.bool_()),
        ([1, None, -(2**63)], pa.int64()),
        ([1.5, 2.0], pa.float64()),
        ([1, 2.5], pa.float64()),
        ([None], pa.string()),
    ],
)
def test_a_column_has_the_type_of_its_values(values: list[object], kind: pa.DataType) -> None:
    field = schema_of(*values)
    assert (field.type, field.metadata) == (kind, None)


@pytest.mark.parametrize(
    "values",
    [[[1]], [{"b": 1}, None], [1, "1"], [True, 1], [2**63], [2**53 + 1, 0.5], [1.5, None, "x"]],
)
def test_mixed_and_nested_values_are_json_text(values: list[object]) -> None:
    field = schema_of(*values)
    assert (field.type, field.metadata) == (pa.string(), JSON_TEXT)
    rows = list(read_jsonl([json.dumps({"a": value}) for value in values], pa.schema([field]), ()))
    texts = [row.values[0] for row in rows if isinstance(row, Row)]
    assert [json.loads(text) if isinstance(text, str) else text for text in texts] == values
    assert (None in values) == (None in texts)


def test_keys_come_in_order_and_those_of_bad_rows_do_not() -> None:
    texts = ['{"b": 1}', '{"c": NaN}', "{", '{"a": null, "b": 2}']
    assert infer_schema(texts).names == ["b", "a"]


def test_too_many_keys_are_no_table() -> None:
    def texts() -> Iterator[str]:
        for n in range(10**9):
            yield json.dumps({f"id{n}": {"title": "x"}})

    with pytest.raises(InputError, match="more than 1,000 different keys"):
        infer_schema(texts())


def test_rows_have_a_value_for_each_column() -> None:
    texts = ['{"t": "é", "n": 1}', '{"n": 2.5}', '{"t": 5}', "{", '{"t": null}']
    schema = pa.schema([("t", pa.string()), ("n", pa.float64())])
    assert list(read_jsonl(texts, schema, ["t"])) == [
        Row(1, ["é", 1], len(texts[0].encode())),
        Row(2, [None, 2.5], len(texts[1])),
        Reject(3, "t is not text", '{"t": 5}'),
        Reject(4, str(parse_row("{")), "{"),
        Row(5, [None, None], len(texts[4])),
    ]


def test_a_row_over_the_limit_is_a_reject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.lines.RECORD_LIMIT", 2000)
    monkeypatch.setattr(module, "RECORD_LIMIT", 2000)
    text = json.dumps({"t": "x" * 2000})
    (item,) = read_jsonl([text], pa.schema([("t", pa.string())]), ())
    assert item == Reject(1, "over 2,000 characters, of which 1,000 are kept", text[:1000])
