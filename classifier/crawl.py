"""The crawler: requests of sources to pages, by Scrapy, politely and within bounds.

Scrapy does robots.txt, delays, retries, redirects and decompression. Here is what it leaves open:
pages kept in the store, private addresses refused, ``Retry-After``, a stop after refusals.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from classifier.addresses import GuardedResolver
from classifier.sources.wire import Page, Request
from classifier.store import Store

LARGEST = 32 * 2**20  # bytes of an answer, packed or unpacked
MOST_REDIRECTS = 5


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
    """A request on behalf of a site."""

    source: str
    site: str
    request: Request


@dataclass
class Handlers:
    """What is done with what comes: each is called in the crawler's thread.

    Attributes
    ----------
    on_page : callable
        A page of a site; gives the requests that follow.
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
            "DNS_RESOLVER": "classifier.addresses.GuardedResolver",
            "TWISTED_DNS_RESOLVER": "classifier.addresses.GuardedResolver",
            "HTTPCACHE_ENABLED": True,
            "HTTPCACHE_STORAGE": "classifier.page_cache.StoredPages",
            "HTTPCACHE_POLICY": "classifier.page_cache.AskIfChanged",
            "DOWNLOADER_MIDDLEWARES": {
                "classifier.addresses.AddressGuard": 50,
                "classifier.patience.Patience": 950,  # next to the network: it sees every answer
                "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
                "classifier.page_cache.PageCache": 900,
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
        """First requests of all sites."""
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
                # Two sites may want the same page: both are told.
                dont_filter=True,
            )
        except ValueError as error:
            self.handlers.on_failure(ask, f"{request.url!r:.80}: {error}", 0)
            return None

    def parse(self, response: Response, ask: Ask) -> Iterator[scrapy.Request]:
        """Give a page to the handlers, and go on with what follows."""
        page = Page(response.body, ask.request, _charset(response), _day(response))
        for request in self.handlers.on_page(ask, page):
            if made := self._request(Ask(ask.source, ask.site, request)):
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
