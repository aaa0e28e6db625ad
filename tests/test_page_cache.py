"""When a stored page is asked for again, and what it is known by."""

import scrapy
from scrapy.http import Response
from scrapy.settings import Settings

from classifier.page_cache import AskIfChanged, fingerprint


def test_a_stored_page_is_asked_for_if_it_has_changed() -> None:
    policy = AskIfChanged(Settings())
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
