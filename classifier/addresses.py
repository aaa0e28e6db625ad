"""Which addresses may be asked: public ones, and the private networks that are allowed."""

import ipaddress
from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred


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
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> "GuardedResolver":
        """Resolver with the settings of a crawl."""
        cls.allowed = crawler.settings.getlist("ALLOW_PRIVATE")
        return super().from_crawler(crawler, reactor)

    # The name is Twisted's.
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
