"""A column of each type that is no plain text, number or truth."""

import datetime
from decimal import Decimal

import pyarrow as pa

ODD = {
    "list": pa.array([["a", None], None]),
    "struct": pa.array([{"x": 1}, None]),
    "bytes": pa.array([b"x\xff", None]),
    "dictionary": pa.array(["é", None]).dictionary_encode(),
    "view": pa.array(["v", None], pa.string_view()),
    "float": pa.array([float("nan"), 0.1]),
    "bool": pa.array([True, None]),
    "money": pa.array([Decimal("1.50"), Decimal("2.00")]),
    "day": pa.array([datetime.date(2026, 3, 1), None]),
    "far": pa.array([10**14, None], pa.timestamp("s")),
    "null": pa.array([None, None]),
}
