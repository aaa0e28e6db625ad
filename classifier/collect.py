"""Boards to the store: one run over sources, which proves for each what it asked and what came."""

import hashlib
import ipaddress
import json
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from classifier.collected import canonical_url, collect_listing, known_json
from classifier.errors import InputError
from classifier.openings import link_openings
from classifier.replay import INDEX, read_page
from classifier.sources import SOURCES, find_board
from classifier.sources.wire import Found, Page, Request, ShapeError
from classifier.store import Store, now

LEAST_SHARE = 0.5  # of the postings that a board had; with fewer it has fallen short
FEW = 10  # postings of a board that may come and go as they like
MOST_PAGES = 20_000  # of a board in a run
SHOWN_REASONS = 20  # of each board, in a report
RESUMED_WITHIN = timedelta(hours=24)
BY_URL = ("pages", "rss", "listing")  # sources whose boards are addresses
GONE = (404, 410)
SETTINGS = ("contact", "delay", "timeout", "retry_wait")


class Board(NamedTuple):
    """What to collect: a source, and the name or the address of a board of it."""

    source: str
    name: str

    def __str__(self) -> str:
        return self.name if self.source in BY_URL else f"{self.source}:{self.name}"


@dataclass
class Plan:
    """Boards, and how to behave.

    Attributes
    ----------
    settings : dict
        Values of `SETTINGS`, and ``mirrors``, as far as they are given.
    """

    boards: list[Board]
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass
class Tally:
    """What came of a board in a run.

    Attributes
    ----------
    n_new, n_changed, n_closed, n_same : int
        Postings, by what became of them in the store.
    reasons : list of str
        Of requests that failed, and of rejects; the first of them.
    partial : str
        Why the source shows only a part by its nature; nothing is closed then.
    problem : str
        Why the board has not answered as it should; "" if it has.
    """

    source: str
    board: str
    n_requests: int = 0
    n_postings: int = 0
    n_new: int = 0
    n_changed: int = 0
    n_closed: int = 0
    n_same: int = 0
    n_rejected: int = 0
    n_failed: int = 0
    total: int | None = None
    reasons: list[str] = field(default_factory=list)
    partial: str = ""
    problem: str = ""


@dataclass
class Run:
    """What came of a run.

    Attributes
    ----------
    finished : bool
        False if it was interrupted; the next run goes on.
    resumed : bool
        Whether it went on where a run was killed.
    """

    started: str
    tallies: list[Tally]
    finished: bool = True
    resumed: bool = False

    def to_json(self) -> dict[str, object]:
        """Report of the run, for `json.dumps`."""
        return asdict(self)

    @property
    def fell_short(self) -> bool:
        """Whether a board has not answered as it should, or the run was interrupted."""
        return not self.finished or any(tally.problem for tally in self.tallies)


# --- What to collect ---


def read_plan(what: Iterable[str]) -> Plan:
    """Plan of arguments: files of sources, ``source:board``, and addresses of boards and pages.

    Raises
    ------
    InputError
        If a source is unknown, or a file is no file of sources. The message says what there is.

    >>> read_plan(["lever:acme", "https://example.org/jobs/7"]).boards
    [Board(source='lever', name='acme'), Board(source='pages', name='https://example.org/jobs/7')]
    """
    plan = Plan([])
    for one in what:
        if one.endswith(".toml"):
            read = read_sources(Path(one))
            plan.boards += read.boards
            plan.settings |= read.settings
        else:
            plan.boards.append(_board(one))
    plan.boards = list(dict.fromkeys(plan.boards))
    return plan


def _board(text: str) -> Board:
    if text.startswith(("http://", "https://")):
        return Board(*(find_board(text) or ("pages", text)))
    source, colon, name = text.partition(":")
    if colon and name:
        return Board(_known(source, text), name)
    raise InputError(
        f"{text!r} is nothing to collect: give source:board, an address, or a .toml file"
    )


def _known(source: str, where: str) -> str:
    if source in SOURCES:
        return source
    raise InputError(f"{where}: there is no source {source!r}; there are {', '.join(SOURCES)}")


def read_sources(path: Path) -> Plan:
    """Plan of a file: a list of boards for each source, and a table ``[collect]``.

    Raises
    ------
    InputError
        If it cannot be read, is no TOML, or has a key or a value that is not known.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no TOML: {error}") from error
    settings = _settings(values.pop("collect", {}), path)
    boards = []
    for source, names in values.items():
        _known(source, str(path))
        if not isinstance(names, list) or not all(isinstance(n, str) and n for n in names):
            raise InputError(f"{path}: {source} has to be a list of names, not {names!r:.60}")
        boards += [Board(source, name) for name in names]
    return Plan(boards, settings)


def _settings(table: object, path: Path) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise InputError(f"{path}: [collect] has to be a table, not {table!r:.60}")
    for name, value in table.items():
        kinds = {"contact": str, "mirrors": dict}.get(name, int | float)
        if name not in (*SETTINGS, "mirrors"):
            known = ", ".join((*SETTINGS, "mirrors"))
            raise InputError(f"{path}: [collect] has no setting {name!r}; there are {known}")
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise InputError(f"{path}: {name} cannot be {value!r:.60}")
        if isinstance(value, int | float) and not 0 <= value <= 3600:
            raise InputError(f"{path}: {name} has to be from 0 to 3600 seconds, not {value!r}")
    return dict(table)


# --- A run ---


def collect(
    plan: Plan,
    store: Store,
    *,
    allow_private: Sequence[str] = (),
    save_raw: Path | None = None,
    log: str | None = None,
    progress: Callable[[str, float], None] = lambda name, fraction: None,
) -> Run:
    """Collect the boards of a plan into a store. It can be called once in a process.

    What comes is stored page by page. A run that was killed within a day is gone on with: its
    pages are not asked for again.

    Parameters
    ----------
    allow_private : sequence of str
        Private networks or addresses that may be asked.
    save_raw : Path, optional
        Folder that is given every page as it came, for `classifier.replay`.
    log : str, optional
        File for Scrapy's log.
    progress : callable
        Called after each page with the name of its board and the fraction of boards that are done.

    Raises
    ------
    InputError
        If a board's name has a form that its source does not know.
    """
    from classifier.crawl import Ask, Handlers, Limits, crawl  # Scrapy: only where it is needed

    earliest = (datetime.now(UTC) - RESUMED_WITHIN).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    resumed = store.unfinished_since(earliest)
    started = now()
    work = _Work(store, started, _Raw(save_raw) if save_raw else None, progress)
    asks = [
        Ask(board.source, name, request)
        for board in plan.boards
        for name, requests in [work.begin(board)]
        for request in requests
    ]
    handlers = Handlers(
        on_page=lambda ask, page: work.on_page(ask.source, ask.board, page),
        on_failure=lambda ask, reason, status: work.on_failure(
            ask.source, ask.board, ask.request, reason, status
        ),
    )
    limits = Limits(**plan.settings, allow_private=_networks(allow_private))
    number = store.begin_run()  # only now: a plan that cannot be followed is no run
    finished = crawl(asks, handlers, store, limits, resumed, log)
    run = Run(started, work.end(finished), finished, resumed is not None)
    if finished:
        link_openings(store, started)
        store.end_run(number, run.to_json())
    return run


def _networks(names: Sequence[str]) -> list[str]:
    for name in names:
        try:
            ipaddress.ip_network(name, strict=False)
        except ValueError:
            raise InputError(f"{name!r} is no address or network, such as 10.1.0.0/16") from None
    return list(names)


class _Work:
    """The boards of a run while they are collected."""

    def __init__(
        self,
        store: Store,
        started: str,
        raw: "_Raw | None",
        progress: Callable[[str, float], None],
    ) -> None:
        self.store, self.started, self.raw, self.progress = store, started, raw, progress
        self.tallies: dict[tuple[str, str], Tally] = {}
        self.pending: dict[tuple[str, str], int] = {}
        self.keys: dict[tuple[str, str], set[str]] = {}

    def begin(self, board: Board) -> tuple[str, list[Request]]:
        """Name of the board in the store, and its first requests."""
        requests = SOURCES[board.source].start(board.name)
        name = board.name
        if board.source in BY_URL:
            name = canonical_url(name) or name
        key = (board.source, name)
        tally = self.tallies.setdefault(key, Tally(board.source, name))
        self.keys.setdefault(key, set())
        tally.n_requests += len(requests)
        self.pending[key] = self.pending.get(key, 0) + len(requests)
        return name, requests

    def on_page(self, source: str, board: str, page: Page) -> list[Request]:
        """Store what a page gives; gives the requests that follow."""
        tally = self.tallies[source, board]
        if self.raw:
            self.raw.keep(source, board, page)
        try:
            found = self._parse(source, page)
        except (ShapeError, RecursionError) as error:
            self._fail(tally, f"{page.url}: not understood: {error}")
            return []
        self._store(tally, found)
        requests = _within(found.requests, source, page.url)[: MOST_PAGES - tally.n_requests]
        if len(requests) < len(found.requests) and tally.n_requests + len(requests) >= MOST_PAGES:
            tally.partial = f"only {MOST_PAGES} pages are asked for in a run"
        tally.n_requests += len(requests)
        self._step(tally, len(requests) - 1)
        return requests

    def _parse(self, source: str, page: Page) -> Found:
        if source == "pages":  # whatever is there: a feed, a payload, a page
            return read_page(page, "pages")[1]
        return SOURCES[source].parse(page)

    def _store(self, tally: Tally, found: Found) -> None:
        collected = [collect_listing(tally.source, tally.board, one) for one in found.listings]
        saved = self.store.save(collected, now())
        tally.n_new += saved.n_new
        tally.n_changed += saved.n_changed
        tally.n_same += saved.n_same
        tally.n_rejected += len(found.rejects)
        tally.total = found.total if tally.total is None else tally.total
        tally.partial = tally.partial or found.partial
        self.keys[tally.source, tally.board] |= {one.key[2] for one in collected}
        tally.n_postings = len(self.keys[tally.source, tally.board])
        for reject in found.rejects:
            _add_reason(tally, f"rejected, item {reject.row}: {reject.reason}")

    def on_failure(
        self, source: str, board: str, request: Request, reason: str, status: int
    ) -> None:
        """Count a request that got no page. A page that is gone closes its posting."""
        tally = self.tallies[source, board]
        key = canonical_url(request.url)
        if source == "pages" and status in GONE:
            closed = self.store.close_page(source, board, key)
            tally.n_closed += closed
            if closed:
                self._step(tally, -1)
                return
        self._fail(tally, f"{request.url}: {reason}")

    def _fail(self, tally: Tally, reason: str) -> None:
        tally.n_failed += 1
        _add_reason(tally, reason)
        self._step(tally, -1)

    def _step(self, tally: Tally, change: int) -> None:
        key = tally.source, tally.board
        self.pending[key] += change
        done = sum(not n for n in self.pending.values())
        self.progress(f"{tally.source}:{tally.board}", done / len(self.pending))

    def end(self, finished: bool) -> list[Tally]:
        """Tallies, each with its problem if it has one; what is gone is closed."""
        for tally in self.tallies.values():
            last = self.store.last_count(tally.source, tally.board)
            whole = finished and not self.pending[tally.source, tally.board]
            tally.problem = find_problem(tally, last) if whole else "interrupted"
            if not tally.problem and not tally.partial:
                tally.n_closed += self.store.close_gone(tally.source, tally.board, self.started)
            if not tally.problem:
                self.store.answered(tally.source, tally.board, tally.n_postings)
        return list(self.tallies.values())


def find_problem(tally: Tally, last: int | None) -> str:
    """Why a board has not answered as it should; "" if it has.

    Parameters
    ----------
    last : int or None
        How many postings it had when it last answered fully; None if it never did.

    Examples
    --------
    >>> find_problem(Tally("lever", "acme", n_requests=1, n_postings=40), 100)
    '40 postings, and 100 when it last answered fully'
    >>> find_problem(Tally("lever", "acme", n_requests=1), None)
    'it answered with nothing'
    """
    if tally.n_failed:
        first = tally.reasons[0] if tally.reasons else ""
        return f"{tally.n_failed} of {tally.n_requests} requests failed; {first}"
    if not tally.n_postings and not tally.n_closed:
        return "it answered with nothing"
    known = tally.n_postings + tally.n_rejected
    if tally.total is not None and not tally.partial and known < tally.total:
        return f"it says that it has {tally.total} postings, and gave {known}"
    if last is not None and last >= FEW and tally.n_postings < LEAST_SHARE * last:
        return f"{tally.n_postings} postings, and {last} when it last answered fully"
    return f"{tally.n_rejected} postings were rejected" if tally.n_rejected else ""


def _add_reason(tally: Tally, reason: str) -> None:
    if len(tally.reasons) < SHOWN_REASONS:
        tally.reasons.append(" ".join(reason.split())[:300])


def _within(requests: Sequence[Request], source: str, url: str) -> list[Request]:
    """Requests of a page; a sitemap's only to its own host, as its standard has it."""
    if source != "pages":
        return list(requests)
    host = urlsplit(url).netloc
    return [request for request in requests if urlsplit(request.url).netloc == host]


# --- Pages as they came ---


class _Raw:
    """Folder of pages, under names of its own, with an index of what was asked for them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.index = folder, folder / INDEX
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lines = self.index.read_text("utf-8").splitlines() if self.index.exists() else []
            entries = [json.loads(line) for line in lines]
            self.known = {(entry["url"], entry["body"], entry["sha256"]) for entry in entries}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"cannot keep pages in {folder}: {error}") from error
        self.n_pages = len(entries)

    def keep(self, source: str, board: str, page: Page) -> None:
        """Write a page and its entry, unless it is there already."""
        digest = hashlib.sha256(page.content).hexdigest()
        if (page.url, page.request.body, digest) in self.known:
            return
        self.known.add((page.url, page.request.body, digest))
        self.n_pages += 1
        name = f"{source}/{self.n_pages:06d}"
        known = known_json(page.request.known)
        entry = {
            "file": name,
            "source": source,
            "board": board,
            "url": page.url,
            "body": page.request.body,
            "known": json.loads(known) if known else None,
            "encoding": page.encoding,
            "fetched": page.fetched.isoformat() if page.fetched else None,
            "sha256": digest,
        }
        try:
            (self.folder / source).mkdir(exist_ok=True)
            (self.folder / name).write_bytes(page.content)
            with self.index.open("a", encoding="utf-8") as index:
                index.write(json.dumps(entry, ensure_ascii=False) + "\n")
        except OSError as error:
            raise InputError(f"cannot keep pages in {self.folder}: {error}") from error
