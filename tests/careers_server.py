"""A career site on loopback that behaves as it is told: for the tests of the collector.

Every posting and page here is made up for this project.
"""

import gzip
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Answer = tuple[int, dict[str, str], bytes]
TEXT = (
    "<p>You will build the {what} that our bakers rely on, review code, run it in production "
    "and help the team to decide what to build next.</p>"
)


def greenhouse_job(
    number: int, title: str = "Software Engineer", text: str = ""
) -> dict[str, object]:
    """One job of a Greenhouse site."""
    return {
        "id": number,
        "title": f"{title} {number}",
        "company_name": "Crumb Works",
        "absolute_url": f"https://crumbworks.example/jobs/{number}",
        "location": {"name": "Oslo, Norway"},
        "first_published": "2026-11-02T09:00:00-05:00",
        "content": text or TEXT.format(what=f"ovens of line {number}"),
    }


def greenhouse_site(numbers: Iterator[int] | range | list[int]) -> bytes:
    """Answer of a Greenhouse site."""
    jobs = [greenhouse_job(number) for number in numbers]
    return json.dumps({"jobs": jobs, "meta": {"total": len(jobs)}}).encode()


def posting_page(title: str, employer: str = "Crumb Works") -> bytes:
    """Page with the JSON-LD of one posting."""
    fields = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": title,
        "hiringOrganization": {"@type": "Organization", "name": employer},
        "datePosted": "2026-11-01",
        "description": TEXT.format(what=title),
        "jobLocation": {"address": {"addressLocality": "Bergen", "addressCountry": "NO"}},
    }
    script = f'<script type="application/ld+json">{json.dumps(fields)}</script>'
    return f"<html><head><title>{title}</title>{script}</head><body></body></html>".encode()


@dataclass
class Careers:
    """A running server: what it answers, and what it was asked."""

    url: str
    answers: dict[str, Callable[["Handler"], Answer | None]]
    asked: Counter[str] = field(default_factory=Counter)
    agents: list[str] = field(default_factory=list)
    conditional: Counter[str] = field(default_factory=Counter)
    times: list[tuple[float, str]] = field(default_factory=list)
    most_at_once: int = 0
    at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Handler(BaseHTTPRequestHandler):
    """Answers as its server's `Careers` says."""

    careers: Careers
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a GET."""
        path = urlsplit(self.path).path
        careers = self.careers
        with careers.lock:
            careers.asked[path] += 1
            careers.agents.append(self.headers.get("User-Agent", ""))
            careers.conditional[path] += "If-None-Match" in self.headers
            careers.times.append((time.monotonic(), path))
            careers.at_once += 1
            careers.most_at_once = max(careers.most_at_once, careers.at_once)
        try:
            answer = careers.answers.get(path, not_found)(self)
            if answer is not None:
                self.send(*answer)
        except OSError:
            self.close_connection = True
        finally:
            with careers.lock:
                careers.at_once -= 1

    def do_POST(self) -> None:
        """Answer a POST."""
        self.do_GET()

    def send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        """Send an answer, with the length of what it has."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def not_found(_: Handler) -> Answer:
    """404, as of a site that does not exist."""
    return 404, {"Content-Type": "text/html"}, b"<h1>Not found</h1>"


def json_answer(content: bytes) -> Callable[[Handler], Answer]:
    """Always the same JSON."""
    return lambda _: (200, {"Content-Type": "application/json"}, content)


def page_answer(content: bytes) -> Callable[[Handler], Answer]:
    """Always the same page."""
    return lambda _: (200, {"Content-Type": "text/html; charset=utf-8"}, content)


def with_etag(content: Callable[[], bytes]) -> Callable[[Handler], Answer]:
    """JSON with an ETag; 304 if the client has it."""

    def answer(handler: Handler) -> Answer:
        body = content()
        tag = f'"{hash(body):x}"'
        if handler.headers.get("If-None-Match") == tag:
            return 304, {"ETag": tag}, b""
        return 200, {"Content-Type": "application/json", "ETag": tag}, body

    return answer


def first(*answers: Callable[[Handler], Answer]) -> Callable[[Handler], Answer]:
    """One answer after the other, the last one for good."""
    left = list(answers)

    def answer(handler: Handler) -> Answer:
        return (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


def status(code: int, **headers: str) -> Callable[[Handler], Answer]:
    """Empty answer with a status."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: (code, names, b"")


def redirect(url: str) -> Callable[[Handler], Answer]:
    """Redirect to an address."""
    return lambda _: (302, {"Location": url}, b"")


def drip(handler: Handler) -> None:
    """A byte every tenth of a second, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    for _ in range(600):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def cut(handler: Handler) -> None:
    """Less than was promised, then the end of the connection."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'{"jobs": [')
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def bomb(_: Handler) -> Answer:
    """Some kilobytes that unpack to more than is taken."""
    content = gzip.compress(b" " * (96 * 2**20))
    return 200, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, content


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that were killed."""


@contextmanager
def careers_server() -> Iterator[Careers]:
    """Server on loopback for the length of a ``with`` block."""
    careers = Careers("", {})
    handler = type("CareersHandler", (Handler,), {"careers": careers})
    server = _Server(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    careers.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield careers
    finally:
        server.shutdown()
        server.server_close()
