"""Lines of JSON in machine code against Python's own parser."""

import itertools
import json

import numpy as np
import pytest
from buffers import bytes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.compiled_cells import ESCAPED, INTEGER, NULL, REAL, TEXT, TRUTH
from classifier.compiled_json import copy_cells, find_rows, value_end

NAMES = ["a", "é", "long name"]
ANY = NULL | TEXT | ESCAPED | INTEGER | REAL | TRUTH
Found = list[list[tuple[int, str]]]


def find(text: str, rows: int = 10, allowed: int = ANY, longest: int = 1000) -> tuple[Found, str]:
    """Kind and text of each cell of the plain rows, and the text from the first other row on."""
    data, spelled = bytes_of(text), bytes_of("".join(NAMES))
    places = np.cumsum([0, *(len(name.encode()) for name in NAMES)])
    kinds = np.zeros((len(NAMES), rows), np.uint8)
    spans = np.zeros((len(NAMES), rows, 2), np.int64)
    end, limits = len(text.encode()), np.full(len(NAMES), allowed, np.uint8)
    n, at = find_rows(data, 0, end, longest, spelled, places, limits, kinds, spans)
    found = [
        [(int(kinds[c, r]), data[slice(*spans[c, r])].tobytes().decode()) for c in range(3)]
        for r in range(n)
    ]
    return found, data[at:end].tobytes().decode()


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('{"a":"x"}\n', [(TEXT, "x"), (0, ""), (0, "")]),
        (' {\t"long name" : "x" , "a":null }\r\n', [(NULL, "null"), (0, ""), (TEXT, "x")]),
        (
            '{"é":1,"a":-2.50,"long name":true}\n',
            [(REAL, "-2.50"), (INTEGER, "1"), (TRUTH, "true")],
        ),
        ('{"a":"\\"\\u00e9","é":false}\n', [(ESCAPED, '\\"\\u00e9'), (TRUTH, "false"), (0, "")]),
        ('{"a":"\\ud83d\\ude00"}\n', [(ESCAPED, "\\ud83d\\ude00"), (0, ""), (0, "")]),
        ("{}\n", [(0, ""), (0, ""), (0, "")]),
        ('{"a":""}\n', [(TEXT, ""), (0, ""), (0, "")]),
    ],
)
def test_cells_of_a_plain_row(text: str, cells: list[tuple[int, str]]) -> None:
    found, rest = find(f"\n \t\r\n{text}\n")
    assert (list(found), rest) == ([cells], "")


@pytest.mark.parametrize(
    "line",
    [
        *('{"b":1}', '{"a":1,"a":1}', '{"\\u0061":1}', '{"a":[]}', '{"a":{}}', '{"a":1}}', '"a"'),
        *('{"a":1e5}', '{"a":01}', '{"a":-}', '{"a":1.}', '{"a":.5}', '{"a":-0}', '{"a":+1}'),
        *('{"a":1234567890123456}', '{"a":0.1234567890123456789012345678901}', '{"a":NaN}'),
        *('{"a":nul}', '{"a":True}', '{"a":falsey}', '{"a"}', '{"a":}', '{"a":1,}', "{,}", "{"),
        *(
            '{"a":"x',
            '{"a":"\t"}',
            '{"a":"\\x"}',
            '{"a":"\\u12"}',
            '{"a":"\\ud83d"}',
            "é",
            '{"a" 1}',
        ),
        *('{"a":"\\ude00"}', '{"a":"\\ud83d\\u0041"}', '{"a":"\\ud83dx"}', "{a:1}", '{"a":1} x'),
        *('{"a":1}\r{"a":1}', '{"a":"\x00"}', "\x0b", '\ufeff{"a":1}', '{"a":1"é":1}'),
    ],
)
def test_a_row_that_is_not_plain_is_left(line: str) -> None:
    found, rest = find(f'{{"a":1}}\n{line}\n{{"a":2}}\n')
    assert (len(found), rest) == (1, f'{line}\n{{"a":2}}\n')


def test_it_stops_when_the_rows_are_full_or_a_row_is_too_long() -> None:
    line = '{"a":"x"}\n'
    assert find(line * 3, rows=2)[1] == line
    assert find(line * 3, longest=len(line) - 1) == ([], line * 3)
    assert find(line * 3, allowed=NULL | INTEGER) == ([], line * 3)


JSON_TEXTS = st.text(max_size=12) | st.lists(
    st.sampled_from(['"', "\\", "/", "\n", "\x7f", "é", "😀", "ab", "\\u00e9"]), max_size=6
).map("".join)


@given(st.lists(JSON_TEXTS, min_size=1, max_size=4), st.booleans())
@settings(deadline=None)
def test_texts_are_those_of_the_parser(texts: list[str], ascii_only: bool) -> None:
    written = [json.dumps(text, ensure_ascii=ascii_only) for text in texts]
    data, ends = bytes_of("".join(written)), np.cumsum([len(w.encode()) for w in written])
    kinds, spans = np.zeros(len(texts), np.uint8), np.zeros((len(texts), 2), np.int64)
    for row, start in enumerate([0, *ends[:-1].tolist()]):
        end, kinds[row] = value_end(data, start)
        spans[row] = start + 1, end
        assert end + 1 == ends[row]
    out, offsets = np.zeros(int(ends[-1]) + 16, np.uint8), np.zeros(len(texts) + 1, np.int32)
    copy_cells(data, kinds, spans, out, offsets)
    found = [out[a:b].tobytes().decode() for a, b in itertools.pairwise(offsets)]
    assert found == texts
    assert [kind == ESCAPED for kind in kinds] == ["\\" in text for text in written]


@given(
    st.text(alphabet='0123456789-.eE+"\\u naltrufse', min_size=1, max_size=8)
    | st.floats(allow_nan=False).map(repr)
    | st.integers().map(str)
)
@settings(deadline=None, max_examples=300)
def test_what_it_takes_for_a_value_is_one(text: str) -> None:
    end, kind = value_end(bytes_of(f"{text}\n"), 0)
    if end < 0:
        return
    end += kind in (TEXT, ESCAPED)
    value = json.loads(text[:end])
    kinds = {str: TEXT | ESCAPED, bool: TRUTH, int: INTEGER, float: REAL, type(None): NULL}
    assert kinds[type(value)] & kind
