"""What the crawler decides by itself; how it behaves on a network is in test_collect.py."""

from datetime import UTC, datetime

import pytest
import scrapy
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from classifier.crawl import (
    AddressGuard,
    AskIfChanged,
    Limits,
    _settings,
    fingerprint,
    is_private,
    may_ask,
    reason_of,
    retry_after,
    user_agent,
)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        *(("127.0.0.1", True), ("127.9.9.9", True), ("0.0.0.0", True), ("::1", True)),  # noqa: S104
        *(("10.1.2.3", True), ("172.16.0.1", True), ("192.168.1.1", True), ("fd00::1", True)),
        *(("169.254.169.254", True), ("fe80::1", True), ("fe80::1%eth0", True)),
        *(("100.64.0.1", True), ("224.0.0.1", True), ("255.255.255.255", True)),
        *(("::ffff:127.0.0.1", True), ("::ffff:10.0.0.1", True), ("2002:7f00:1::", True)),
        *(("8.8.8.8", False), ("172.32.0.1", False), ("2606:4700::1111", False)),
    ],
)
def test_private_addresses(address: str, private: bool) -> None:
    assert is_private(address) == private
    assert may_ask(address, []) != private


@pytest.mark.parametrize(
    ("address", "allowed", "may"),
    [
        ("10.1.2.3", ["10.1.0.0/16"], True),
        ("10.2.2.3", ["10.1.0.0/16"], False),
        ("127.0.0.1", ["127.0.0.1"], True),
        ("[::1]", ["::1"], True),
        ("::1", ["127.0.0.0/8"], False),
        ("8.8.8.8", ["10.0.0.0/8"], True),
    ],
)
def test_allowed_networks(address: str, allowed: list[str], may: bool) -> None:
    assert may_ask(address, allowed) == may


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:8080/x",
        "http://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "ftp://a.example/",
        "file:///etc/passwd",
    ],
)
def test_the_guard_refuses(url: str) -> None:
    with pytest.raises(IgnoreRequest):
        AddressGuard([]).process_request(scrapy.Request(url))


def test_the_guard_leaves_names_to_the_resolver() -> None:
    AddressGuard([]).process_request(scrapy.Request("https://a.example/"))


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


def test_settings_are_polite_and_safe() -> None:
    settings = _settings(Limits(contact="jobs@example.org"), None)
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert settings.getfloat("DOWNLOAD_DELAY") >= 1
    assert settings.getbool("AUTOTHROTTLE_ENABLED")
    assert settings["USER_AGENT"] == user_agent("jobs@example.org")
    assert not settings.getbool("COOKIES_ENABLED")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TimeoutError(), "no answer in time"),
        (IgnoreRequest("Forbidden by robots.txt"), "robots.txt forbids it"),
        (IgnoreRequest("10.0.0.1 is a private address"), "10.0.0.1 is a private address"),
        (ConnectionRefusedError(), "it refuses connections"),
        (ValueError("a\n  b"), "ValueError: a b"),
    ],
)
def test_reasons(error: BaseException, reason: str) -> None:
    assert reason_of(error) == reason


def test_a_stored_page_is_asked_for_if_it_has_changed() -> None:
    policy = AskIfChanged(_settings(Limits(), None))
    stored = Response("https://a.example/", headers={"ETag": '"x"', "Last-Modified": "then"})
    request = scrapy.Request("https://a.example/")
    assert not policy.is_cached_response_fresh(stored, request)
    assert request.headers["If-None-Match"] == b'"x"'
    assert request.headers["If-Modified-Since"] == b"then"
    again = scrapy.Request("https://a.example/", meta={"fresh": True})
    assert policy.is_cached_response_fresh(stored, again)
    posted = scrapy.Request("https://a.example/", method="POST", body="{}")
    policy.is_cached_response_fresh(stored, posted)
    assert "If-None-Match" not in posted.headers
    assert not policy.is_cached_response_valid(stored, Response("https://a.example/"), request)


def test_what_is_asked_for_is_known_by_all_of_it() -> None:
    requests = [
        scrapy.Request("https://a.example/"),
        scrapy.Request("https://a.example/?a"),
        scrapy.Request("https://a.example/", method="POST", body='{"offset": 0}'),
        scrapy.Request("https://a.example/", method="POST", body='{"offset": 20}'),
    ]
    assert len({fingerprint(request) for request in requests}) == 4
