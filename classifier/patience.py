"""Patience with servers: one request at a time, waits as they ask, a stop where they refuse."""

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import scrapy
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings

LONGEST_WAIT = 600  # seconds that a server may ask to be left alone within a run
MOST_REFUSALS = 3  # answers 403 or 429 in a row, then a host is left alone
REFUSED, BUSY = (403, 429), (429, 503)


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
