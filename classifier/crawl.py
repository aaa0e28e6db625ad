"""The crawler: requests of sources to pages, by Scrapy, politely and within bounds.

Scrapy does robots.txt, delays, retries, redirects and decompression. Here is what it leaves open:
pages kept in the store, private addresses refused, ``Retry-After``, a stop after refusals.
"""

import asyncio
import hashlib
import ipaddress
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.responsetypes import responsetypes
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from classifier.sources.wire import Page, Request
from classifier.store import Store, StoredPage, now

LARGEST = 32 * 2**20  # bytes of an answer, packed or unpacked
MOST_REDIRECTS = 5
LONGEST_WAIT = 600  # seconds that a server may ask to be left alone within a run
MOST_REFUSALS = 3  # answers 403 or 429 in a row, then a host is left alone
REFUSED, BUSY, GONE = (403, 429), (429, 503), (404, 410)


@dataclass
class Limits:
    """How a crawl behaves.

    Attributes
    ----------
    delay : float
        Seconds between two requests to a host; it grows with the time that its answers take.
    timeout : float
        Seconds of one request, from its start to its last byte.
    contact : str
        Address for whoever runs a site, which the user agent names.
    allow_private : sequence of str
        Networks (``10.1.0.0/16``) or addresses that may be asked although they are private.
    mirrors : mapping
        Host to the address (``http://127.0.0.1:8000``) that is asked in its place.
    retry_wait : float
        Seconds before the first retry of a busy server that does not say how long; then doubled.
    """

    delay: float = 1.0
    timeout: float = 60.0
    contact: str = ""
    allow_private: Sequence[str] = ()
    mirrors: Mapping[str, str] = field(default_factory=dict)
    retry_wait: float = 5.0


@dataclass
class Ask:
    """A request on behalf of a board."""

    source: str
    board: str
    request: Request


@dataclass
class Handlers:
    """What is done with what comes: each is called in the crawler's thread.

    Attributes
    ----------
    on_page : callable
        A page of a board; gives the requests that follow.
    on_failure : callable
        A request that got no page, the reason, and the status of its answer (0 for none).
    """

    on_page: Callable[[Ask, Page], Sequence[Request]]
    on_failure: Callable[[Ask, str, int], object]


def crawl(
    asks: Sequence[Ask],
    handlers: Handlers,
    store: Store,
    limits: Limits,
    resumed: str | None = None,
    log: str | None = None,
) -> bool:
    """Fetch until nothing is left to ask; gives False if the run was interrupted.

    It can be called once in a process, as the reactor of Twisted cannot be started twice.

    Parameters
    ----------
    resumed : str, optional
        Pages that were stored since then, by a run that was killed, are not asked for again.
    log : str, optional
        File for Scrapy's own log.
    """
    process = CrawlerProcess(_settings(limits, log))
    crawler = process.create_crawler(PostingSpider)
    process.crawl(
        crawler, asks=asks, handlers=handlers, store=store, limits=limits, resumed=resumed
    )
    process.start()
    reason = crawler.stats.get_value("finish_reason") if crawler.stats else None
    return reason == "finished"


def _settings(limits: Limits, log: str | None) -> Settings:
    here = __name__
    return Settings(
        {
            "USER_AGENT": user_agent(limits.contact),
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": limits.delay,
            "AUTOTHROTTLE_ENABLED": limits.delay > 0,
            "AUTOTHROTTLE_START_DELAY": limits.delay,
            "DOWNLOAD_TIMEOUT": limits.timeout,
            "DOWNLOAD_MAXSIZE": LARGEST,
            "DOWNLOAD_WARNSIZE": 0,
            "DOWNLOAD_VERIFY_CERTIFICATES": True,
            # No file:, ftp:, data: or s3: address is ever opened.
            "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
            "REDIRECT_MAX_TIMES": MOST_REDIRECTS,
            "METAREFRESH_ENABLED": False,
            "COOKIES_ENABLED": False,
            "REFERER_ENABLED": False,
            # Behind a proxy it could not be told which address is asked.
            "HTTPPROXY_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "DNS_RESOLVER": f"{here}.GuardedResolver",
            "TWISTED_DNS_RESOLVER": f"{here}.GuardedResolver",
            "HTTPCACHE_ENABLED": True,
            "HTTPCACHE_STORAGE": f"{here}.StoredPages",
            "HTTPCACHE_POLICY": f"{here}.AskIfChanged",
            "DOWNLOADER_MIDDLEWARES": {
                f"{here}.AddressGuard": 50,
                f"{here}.Patience": 950,  # next to the network: it sees every answer
                "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
                f"{here}.PageCache": 900,
                "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
            },
            "RETRY_TIMES": 3,
            "LOG_ENABLED": bool(log),
            "LOG_INSTALL_ROOT_HANDLER": bool(log),
            "LOG_FILE": log,
            "LOG_LEVEL": "INFO",
            "STATS_DUMP": bool(log),
            "ALLOW_PRIVATE": list(limits.allow_private),
            "RETRY_WAIT": limits.retry_wait,
        }
    )


def user_agent(contact: str) -> str:
    """Who asks, in the form that sites expect of robots.

    >>> user_agent("jobs@example.org")
    'job-posting-classifier (+jobs@example.org)'
    """
    return f"job-posting-classifier (+{contact})" if contact else "job-posting-classifier"


class PostingSpider(scrapy.Spider):
    """Asks for what the sources want, and gives their pages to the handlers."""

    name = "postings"

    def __init__(
        self,
        asks: Sequence[Ask],
        handlers: Handlers,
        store: Store,
        limits: Limits,
        resumed: str | None,
    ) -> None:
        super().__init__()
        self.asks, self.handlers, self.store = asks, handlers, store
        self.limits, self.resumed = limits, resumed

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """First requests of all boards."""
        for ask in self.asks:
            if made := self._request(ask):
                yield made

    def _request(self, ask: Ask) -> scrapy.Request | None:
        request = ask.request
        parts = urlsplit(request.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            self.handlers.on_failure(ask, f"{request.url!r:.80} is no address of http or https", 0)
            return None
        url, mirror = request.url, self.limits.mirrors.get(parts.netloc)
        if mirror:
            url = f"{mirror.rstrip('/')}{parts.path}{'?' if parts.query else ''}{parts.query}"
        try:
            return scrapy.Request(
                url,
                method="POST" if request.body else "GET",
                body=request.body,
                headers={"Content-Type": "application/json"} if request.body else None,
                callback=self.parse,
                errback=self.fail,
                cb_kwargs={"ask": ask},
                # A host has its own pace, by whatever way it is reached.
                meta={"download_slot": parts.hostname},
                # Two boards may want the same page: both are told.
                dont_filter=True,
            )
        except ValueError as error:
            self.handlers.on_failure(ask, f"{request.url!r:.80}: {error}", 0)
            return None

    def parse(self, response: Response, ask: Ask) -> Iterator[scrapy.Request]:
        """Give a page to the handlers, and go on with what follows."""
        page = Page(response.body, ask.request, _charset(response), _day(response))
        for request in self.handlers.on_page(ask, page):
            if made := self._request(Ask(ask.source, ask.board, request)):
                yield made

    def fail(self, failure: Failure) -> None:
        """Give the reason of a failure to the handlers."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        ask, error = request.cb_kwargs["ask"], failure.value or Exception("unknown")
        status = error.response.status if isinstance(error, HttpError) else 0
        private = GuardedResolver.refused.get(urlsplit(request.url).hostname or "")
        reason = f"it is at a private address, {private}" if private else reason_of(error)
        self.handlers.on_failure(ask, reason, status)


def reason_of(error: BaseException) -> str:
    """Why a request got no page, in words.

    >>> reason_of(TimeoutError())
    'no answer in time'
    """
    if isinstance(error, HttpError):
        return f"the server answered {error.response.status}"
    name = type(error).__name__
    too_large = f"its answer has over {LARGEST} bytes"
    if "DOWNLOAD_MAXSIZE" in str(error):
        return too_large
    if isinstance(error, IgnoreRequest):
        return "robots.txt forbids it" if "robots.txt" in str(error) else str(error)
    words = {
        "Timeout": "no answer in time",
        "DNS": "its name is not known",
        "CannotResolve": "its name is not known",
        "Refused": "it refuses connections",
        "DataLoss": "the connection was cut",
        "ResponseFailed": "the connection was cut",
        "ConnectionLost": "the connection was cut",
        "DownloadFailed": "the connection was cut",
        "Cancelled": too_large,
        "Dropped": "the connection was cut",
    }
    said = next((words[key] for key in words if key in name), f"{name}: {error}")
    return " ".join(said.split())[:200]


def _charset(response: Response) -> str:
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return kind.partition("charset=")[2].partition(";")[0].strip("\"' ")


def _day(response: Response) -> date:
    stored = response.meta.get("stored")
    return date.fromisoformat(stored[:10]) if stored else datetime.now(UTC).date()


# --- Which addresses are asked ---


def is_private(address: str) -> bool:
    """Say if an IP address is of a private network, of this machine, or of no use on the internet.

    >>> is_private("127.0.0.1"), is_private("::ffff:10.0.0.1"), is_private("93.184.216.34")
    (True, True, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return not (mapped or ip).is_global or ip.is_multicast


def may_ask(address: str, allowed: Sequence[str]) -> bool:
    """Say if an IP address is public, or in one of the networks that are allowed.

    >>> may_ask("127.0.0.1", ["127.0.0.0/8"]), may_ask("10.0.0.1", ["127.0.0.0/8"])
    (True, False)

    Raises
    ------
    ValueError
        If it is no IP address.
    """
    ip = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    if not is_private(str(ip)):
        return True
    networks = [ipaddress.ip_network(one, strict=False) for one in allowed]
    return any(ip.version == network.version and ip in network for network in networks)


class GuardedResolver(CachingThreadedResolver):
    """Names to addresses, none of them private: the one that is told is the one that is asked."""

    allowed: ClassVar[Sequence[str]] = ()
    refused: ClassVar[dict[str, str]] = {}  # name to its private address: Twisted hides the reason

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> "GuardedResolver":  # noqa: ANN401
        """Resolver with the settings of a crawl."""
        cls.allowed = crawler.settings.getlist("ALLOW_PRIVATE")
        return super().from_crawler(crawler, reactor)

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802
        """Address of a name; an error in the Deferred if it is private."""
        return super().getHostByName(name, timeout).addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        if not may_ask(address, self.allowed):
            self.refused[name] = address
            raise IgnoreRequest(f"{name} is at a private address, {address}")
        return address


class AddressGuard:
    """Refuses private addresses: where one is written out, and where an answer came from."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "AddressGuard":
        """Guard with the settings of a crawl."""
        return cls(crawler.settings.getlist("ALLOW_PRIVATE"))

    def process_request(self, request: scrapy.Request) -> None:
        """Raise IgnoreRequest for what is not asked; redirects come by here, too."""
        parts = urlsplit(request.url)
        if parts.scheme not in {"http", "https"}:
            raise IgnoreRequest(f"{parts.scheme}: is not asked")
        self._check(parts.hostname or "")

    def process_response(self, request: scrapy.Request, response: Response) -> Response:
        """Answer of an address that may be asked."""
        del request
        if response.ip_address is not None:
            self._check(str(response.ip_address))
        return response

    def _check(self, host: str) -> None:
        try:
            allowed = may_ask(host, self.allowed)
        except ValueError:  # a name: that is the resolver's
            return
        if not allowed:
            raise IgnoreRequest(f"{host} is a private address")


# --- Patience with servers ---


class Patience(RetryMiddleware):
    """One request at a time to a host; retries that wait as it asks, and a stop if it refuses.

    Scrapy's own limit does not hold where there is no delay, and requests that wait for it could
    not be stopped any more.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.wait = settings.getfloat("RETRY_WAIT")
        self.until: dict[str, float] = {}  # host to the time from when on it may be asked
        self.refusals: dict[str, int] = {}
        self.turns: dict[str, asyncio.Lock] = {}

    async def process_request(self, request: scrapy.Request) -> None:
        """Wait for a turn, and as long as the host asked; raise IgnoreRequest if it refuses."""
        host = _slot(request)
        turn = self.turns.setdefault(host, asyncio.Lock())
        await turn.acquire()
        request.meta["turn"] = host
        while (wait := self.until.get(host, 0) - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        if self.refusals.get(host, 0) >= MOST_REFUSALS:
            raise IgnoreRequest(f"left alone: {host} refused {MOST_REFUSALS} times in a row")

    def _end_turn(self, request: scrapy.Request) -> None:
        # A page out of the store, or a request that never came so far, has no turn.
        if host := request.meta.pop("turn", None):
            self.turns[host].release()

    def process_exception(
        self, request: scrapy.Request, exception: Exception, spider: object = None
    ) -> scrapy.Request | Response | None:
        """Request once more, if it may help."""
        del spider
        self._end_turn(request)
        found: scrapy.Request | Response | None = super().process_exception(request, exception)
        return found

    def process_response(
        self, request: scrapy.Request, response: Response, spider: object = None
    ) -> scrapy.Request | Response:
        """Answer, or the request once more."""
        del spider
        host = _slot(request)
        self._end_turn(request)
        if response.status in BUSY:
            n_tries = request.meta.get("retry_times", 0)
            wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
            wait = self.wait * 2**n_tries if wait is None else wait
            if wait > LONGEST_WAIT:
                self.refusals[host] = MOST_REFUSALS
                raise IgnoreRequest(f"left alone: {host} asks to wait {wait:.0f} seconds")
            self.until[host] = time.monotonic() + wait
        answer: scrapy.Request | Response = super().process_response(request, response)
        if answer is response and "cached" not in response.flags:
            refused = response.status in REFUSED
            self.refusals[host] = self.refusals.get(host, 0) + 1 if refused else 0
        return answer


def _slot(request: scrapy.Request) -> str:
    return str(request.meta.get("download_slot") or urlsplit(request.url).hostname)


def retry_after(header: bytes | None, at: datetime) -> float | None:
    """Seconds that a ``Retry-After`` asks to wait, in either of its forms; None for no such word.

    >>> retry_after(b"120", datetime.now(UTC)), retry_after(b"soon", datetime.now(UTC))
    (120.0, None)
    """
    text = (header or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - at).total_seconds())
    except (ValueError, TypeError):
        return None


# --- Pages in the store ---


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

    def open_spider(self, spider: PostingSpider) -> None:
        """Take the store of the spider."""
        self.store, self.resumed = spider.store, spider.resumed

    def close_spider(self, spider: PostingSpider) -> None:
        """Nothing to close: the store is not ours."""

    def retrieve_response(self, spider: PostingSpider, request: scrapy.Request) -> Response | None:
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

    def store_response(
        self, spider: PostingSpider, request: scrapy.Request, response: Response
    ) -> None:
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
