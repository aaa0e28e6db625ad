"""How long a server asks to be left alone; the rest of it is tested in test_collect.py."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.patience import retry_after


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"Wed, 25 Nov 2026 12:01:00 GMT", 60.0),
        (b"Wed, 25 Nov 2026 11:00:00 GMT", 0.0),
        (b"Wed, 25 Nov 2026 12:01:00", None),
        (b"-5", None),
        (b"1.5", None),
        (b"soon", None),
        (b"", None),
        (None, None),
        ("٣".encode(), None),
    ],
)
def test_retry_after(header: bytes | None, seconds: float | None) -> None:
    assert retry_after(header, datetime(2026, 11, 25, 12, tzinfo=UTC)) == seconds


@given(st.binary())
def test_any_retry_after_is_seconds_or_nothing(header: bytes) -> None:
    found = retry_after(header, datetime.now(UTC))
    assert found is None or found >= 0
