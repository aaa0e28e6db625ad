"""What values are written as in lines of JSON."""

import datetime
import json
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_columns import ODD

from classifier.json_lines import json_line, json_lines, json_text
from classifier.lines import JSON_TEXT


def test_any_type_can_be_written_as_json_lines() -> None:
    first, second = (json.loads(line) for line in json_lines(pa.table(ODD)))
    far = first.pop("far")
    assert far.startswith("<") or far[0].isdigit()  # past the years that a date can hold
    assert first == {
        "list": ["a", None],
        "struct": {"x": 1},
        "bytes": "x\\xff",
        "dictionary": "é",
        "view": "v",
        "float": None,
        "bool": True,
        "money": 1.5,
        "day": "2026-03-01",
        "null": None,
    }
    assert second == dict.fromkeys(ODD) | {"float": 0.1, "money": 2}


def test_json_text_becomes_the_values_again() -> None:
    schema = pa.schema([pa.field("a", pa.string(), metadata=JSON_TEXT)])
    texts = ["[1, 2.0]", '"x"', None, '{"é": null}', "12345678901234567890"]
    lines = b"".join(json_lines(pa.table([texts], schema=schema))).decode()
    assert lines == "".join(f'{{"a":{text or "null"}}}\n' for text in texts)


@given(st.lists(st.tuples(st.text(), st.none() | st.text()), max_size=5), st.text(min_size=1))
@settings(max_examples=100, deadline=None)
def test_each_row_is_one_line_of_json(rows: list[tuple[str, str | None]], name: str) -> None:
    schema = pa.schema([(name, pa.string()), (f"{name}2", pa.string())])
    values = [dict(zip(schema.names, row, strict=True)) for row in rows]
    table = pa.Table.from_pylist(values, schema)
    lines = list(json_lines(table))
    assert all(line.count(b"\n") == 1 for line in lines)
    assert [json.loads(line) for line in lines] == table.to_pylist()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (float("inf"), "null"),
        ([1.0, float("nan"), {"a": (float("-inf"),)}], '[1.0,null,{"a":[null]}]'),
        (Decimal("65.50"), "65.5"),
        (Decimal("1E+5"), "100000"),
        (Decimal("1E+30"), f"1{'0' * 30}"),
        (2**64 - 1, "18446744073709551615"),
        ("é\n", '"é\\n"'),
        (datetime.date(2026, 3, 1), '"2026-03-01"'),
    ],
)
def test_values_in_json(value: object, text: str) -> None:
    assert json_line(value).decode() == f"{text}\n"
    assert json_text(value).decode() == text
