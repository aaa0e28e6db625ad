"""What the crawler decides by itself; how it behaves on a network is in test_collect.py."""

import pytest
from scrapy.exceptions import IgnoreRequest

from classifier.crawl import (
    Limits,
    _settings,
    reason_of,
    user_agent,
)


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
