"""The store as Scrapy's cache: pages are asked for again only if they have changed."""

import hashlib
import json
from typing import Protocol
from urllib.parse import urlsplit

import scrapy
from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import Settings

from classifier.store import Store, StoredPage, now


class _Spider(Protocol):
    """What is needed of the spider: the store, and since when its pages are fresh."""

    store: Store
    resumed: str | None


class AskIfChanged:
    """A stored page is asked for again, if it has changed; in a run that goes on it is fresh."""

    def __init__(self, settings: Settings) -> None:
        del settings

    def should_cache_request(self, request: scrapy.Request) -> bool:
        """Every request."""
        return urlsplit(request.url).scheme in {"http", "https"}

    def should_cache_response(self, response: Response, request: scrapy.Request) -> bool:
        """Whole answers only."""
        del request
        return response.status == 200

    def is_cached_response_fresh(self, cachedresponse: Response, request: scrapy.Request) -> bool:
        """Whether a killed run had stored it; else the request asks if it has changed."""
        if request.meta.get("fresh"):
            return True
        for name, header in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            if request.method == "GET" and header in cachedresponse.headers:
                request.headers[name] = cachedresponse.headers[header]
        return False

    def is_cached_response_valid(
        self, cachedresponse: Response, response: Response, request: scrapy.Request
    ) -> bool:
        """Whether the server says that it has not changed."""
        del cachedresponse, request
        return response.status == 304


class PageCache(HttpCacheMiddleware):
    """Cache that never gives an old page for an answer that did not come."""

    def process_exception(
        self, request: scrapy.Request, exception: Exception, spider: object = None
    ) -> None:
        """Nothing: the failure is told."""
        del exception, spider
        request.meta.pop("cached_response", None)


class StoredPages:
    """Where Scrapy's cache keeps pages: the store."""

    def __init__(self, settings: Settings) -> None:
        del settings

    def open_spider(self, spider: _Spider) -> None:
        """Take the store of the spider."""
        self.store, self.resumed = spider.store, spider.resumed

    def close_spider(self, spider: _Spider) -> None:
        """Nothing to close: the store is not ours."""

    def retrieve_response(self, spider: _Spider, request: scrapy.Request) -> Response | None:
        """Stored answer to a request."""
        del spider
        found = self.store.page(fingerprint(request))
        if found is None:
            return None
        request.meta["fresh"] = bool(self.resumed and found.fetched >= self.resumed)
        request.meta["stored"] = found.fetched
        headers = Headers(found.headers)
        kind = responsetypes.from_args(headers=headers, url=found.url, body=found.body)
        return kind(url=found.url, headers=headers, status=200, body=found.body)

    def store_response(self, spider: _Spider, request: scrapy.Request, response: Response) -> None:
        """Keep an answer."""
        del spider
        headers = {
            key.decode("latin-1"): [value.decode("latin-1") for value in values]
            for key, values in response.headers.items()
        }
        request.meta.pop("stored", None)  # it came just now
        page = StoredPage(headers, response.body, now(), response.url)
        self.store.save_page(fingerprint(request), page)


def fingerprint(request: scrapy.Request) -> str:
    """What a stored page is found by: method, address and body."""
    parts = [request.method, request.url, request.body.decode("utf-8", "replace")]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
