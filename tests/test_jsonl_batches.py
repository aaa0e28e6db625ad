"""JSON Lines with compiled code against `read_jsonl`: types, rows, rejects."""

import io
import json
from collections.abc import Iterable

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joined import Joined, join

from classifier import jsonl_batches, window
from classifier.batches import batch_rows
from classifier.errors import InputError
from classifier.jsonl_batches import find_schema, read_jsonl_batches
from classifier.read_jsonl import infer_schema, read_jsonl, read_texts

STRINGS = ["text"]


def texts_of(data: bytes) -> Iterable[str]:
    return read_texts(io.BytesIO(data), "utf-8")


def both(data: bytes, rows: int = 3) -> tuple[pa.Schema, Joined]:
    """Schema and rows, which are those of the reference."""
    schema = infer_schema(texts_of(data))
    assert find_schema(io.BytesIO(data)).equals(schema, check_metadata=True)
    for heading in set(STRINGS) & set(schema.names):
        place = schema.get_field_index(heading)
        schema = schema.set(place, pa.field(heading, pa.string()))
    found = join(read_jsonl_batches(io.BytesIO(data), schema, STRINGS, rows))
    expected = join(batch_rows(read_jsonl(texts_of(data), schema, STRINGS), schema, rows))
    assert found[:2] == expected[:2]
    assert found[2] == expected[2]
    return schema, found


@pytest.mark.parametrize(
    ("data", "n_rows", "n_rejects"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', 2, 0),
        (b'{"text": "a"}\r\n\r\n  \n{"text": "b"}', 2, 0),
        (b'{"text": "a"}\r{"text": "b"}\r', 2, 0),
        (b'\xef\xbb\xbf{"text": "a"}\n', 1, 0),
        (b'{"text": "a"}\n{"text": "\xff"}\n{"text": "c"}\n' * 3, 6, 3),
        (b'{"text": "a", "pay": [1, 2]}\n{"text": "b", "pay": 1e3}\n', 2, 0),
        (b'{"text": "a", "n": 1}\n{"n": 0.5, "text": "b"}\n{"n": null}\n', 3, 0),
        (b'{"text": "a", "n": 12345678901234567}\n{"n": 1}\n', 2, 0),
        (b'{"text": "a"}\n{"text": 7}\n{"text": "b"}\n{"text": [1]}\n', 2, 2),
        (b'{"text": "a"}\n{"text": "b", "text": "c"}\nno json\n{"text": "\\ud800"}\n', 1, 3),
        (b'{"text": "a"}\n{"text": "b", "new": true}\n{"late": 1}\n', 3, 0),
        (b"\n \n", 0, 0),
    ],
)
@pytest.mark.parametrize("size", [5, 40, 2**20])
def test_the_same_rows(
    data: bytes, n_rows: int, n_rejects: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (window, jsonl_batches):
        monkeypatch.setattr(module, "SIZE", size)
    _, (numbers, rejects, _) = both(data)
    assert (len(numbers), len(rejects)) == (n_rows, n_rejects)


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(2**53 - 2, 2**53 + 2)
    | st.floats()
    | st.text(max_size=5)
    | st.lists(st.integers(), max_size=2)
)
ROWS = st.dictionaries(st.sampled_from(["text", "n", "é", "pay"]), VALUES, max_size=4)
LINES = st.tuples(ROWS, st.booleans(), st.sampled_from(["\n", "\r\n", "\n\n", " \n", "\r"]))
ODD = st.sampled_from(
    [b"", b'"', b"\\", b"\n", b"\xff", b"\xe2\x82", b"\\u12", b"\\ud83d", b"0", b"-", b"{}\n"]
)


@given(st.lists(LINES, max_size=8), ODD, st.integers(0, 200), st.sampled_from([7, 64, 2**20]))
@settings(deadline=None, max_examples=200)
def test_any_lines_are_read_alike(
    lines: list[tuple[dict[str, object], bool, str]], odd: bytes, place: int, size: int
) -> None:
    data = "".join(json.dumps(row, ensure_ascii=a) + end for row, a, end in lines)
    whole = data.encode(errors="replace")
    with pytest.MonkeyPatch.context() as patch:
        for module in (window, jsonl_batches):
            patch.setattr(module, "SIZE", size)
        both(whole[:place] + odd + whole[place:])


def test_batches_are_no_larger_than_asked() -> None:
    data = b'{"text": "a"}\n' * 7 + b'{"text": ["b"]}\n' + b'{"text": "c"}\n' * 2
    schema = pa.schema([("text", pa.string())])
    batches = list(read_jsonl_batches(io.BytesIO(data), schema, STRINGS, 3))
    assert [len(batch.numbers) + len(batch.rejects) for batch in batches] == [3, 3, 2, 2]


def test_too_many_keys_are_refused() -> None:
    data = b"".join(b'{"k%d": 1}\n' % number for number in range(1001))
    with pytest.raises(InputError, match="more than 1,000 different keys"):
        find_schema(io.BytesIO(data))
