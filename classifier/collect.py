"""Sites to the store: one run over sources, which proves for each what it asked and what came."""

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from classifier.collected import canonical_url, collect_listing
from classifier.errors import InputError
from classifier.openings import link_openings
from classifier.plan import BY_URL, Plan, Site
from classifier.raw_pages import RawPages
from classifier.replay import read_page
from classifier.sources import SOURCES
from classifier.sources.wire import Found, Page, Request, ShapeError
from classifier.store import Store, now
from classifier.tally import Tally, find_problem

MOST_PAGES = 20_000  # of a site in a run
SHOWN_REASONS = 20  # of each site, in a report
RESUMED_WITHIN = timedelta(hours=24)
GONE = (404, 410)


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
        """Whether a site has not answered as it should, or the run was interrupted."""
        return not self.finished or any(tally.problem for tally in self.tallies)


def collect(
    plan: Plan,
    store: Store,
    *,
    allow_private: Sequence[str] = (),
    save_raw: Path | None = None,
    log: str | None = None,
    progress: Callable[[str, float], None] = lambda name, fraction: None,
) -> Run:
    """Collect the sites of a plan into a store. It can be called once in a process.

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
        Called after each page with the name of its site and the fraction of sites that are done.

    Raises
    ------
    InputError
        If a site's name has a form that its source does not know.
    """
    from classifier.crawl import Ask, Handlers, Limits, crawl  # Scrapy: only where it is needed

    earliest = (datetime.now(UTC) - RESUMED_WITHIN).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    resumed = store.unfinished_since(earliest)
    started = now()
    work = _Work(store, started, RawPages(save_raw) if save_raw else None, progress)
    asks = [
        Ask(site.source, name, request)
        for site in plan.sites
        for name, requests in [work.begin(site)]
        for request in requests
    ]
    handlers = Handlers(
        on_page=lambda ask, page: work.on_page(ask.source, ask.site, page),
        on_failure=lambda ask, reason, status: work.on_failure(
            ask.source, ask.site, ask.request, reason, status
        ),
    )
    limits = Limits(**plan.settings, allow_private=_networks(allow_private))
    number = store.begin_run()  # only now: a plan that cannot be followed is no run
    finished = crawl(asks, handlers, store, limits, resumed, log)
    run = Run(started, work.end(finished), finished, resumed is not None)
    if finished:
        link_openings(store, resumed or started)
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
    """The sites of a run while they are collected."""

    def __init__(
        self,
        store: Store,
        started: str,
        raw: RawPages | None,
        progress: Callable[[str, float], None],
    ) -> None:
        self.store, self.started, self.raw, self.progress = store, started, raw, progress
        self.tallies: dict[tuple[str, str], Tally] = {}
        self.pending: dict[tuple[str, str], int] = {}
        self.keys: dict[tuple[str, str], set[str]] = {}
        self.asked: dict[tuple[str, str], set[tuple[str, str]]] = {}  # addresses and bodies

    def begin(self, site: Site) -> tuple[str, list[Request]]:
        """Name of the site in the store, and its first requests."""
        requests = SOURCES[site.source].start(site.name)
        name = site.name
        if site.source in BY_URL:
            name = canonical_url(name) or name
        key = (site.source, name)
        tally = self.tallies.setdefault(key, Tally(site.source, name))
        self.keys.setdefault(key, set())
        self.pending.setdefault(key, 0)
        requests = self._new(key, requests)
        tally.n_requests += len(requests)
        self.pending[key] += len(requests)
        return name, requests

    def _new(self, key: tuple[str, str], requests: Sequence[Request]) -> list[Request]:
        """Requests that were not made for the site in this run: pages can point to each other."""
        asked, new = self.asked.setdefault(key, set()), []
        for request in requests:
            if (request.url, request.body) not in asked:
                asked.add((request.url, request.body))
                new.append(request)
        return new

    def on_page(self, source: str, site: str, page: Page) -> list[Request]:
        """Store what a page gives; gives the requests that follow."""
        tally = self.tallies[source, site]
        if self.raw:
            self.raw.keep(source, site, page)
        try:
            found = self._parse(source, page)
            self._store(tally, found)
        except (ShapeError, RecursionError) as error:
            self._fail(tally, f"{page.url}: not understood: {error}")
            return []
        except InputError as error:  # of the store: the page is asked for again by the next run
            self._fail(tally, str(error))
            return []
        requests = self._new((source, site), _within(found.requests, source, page.url))
        room = max(0, MOST_PAGES - tally.n_requests)
        if len(requests) > room:
            tally.partial = f"only {MOST_PAGES} pages are asked for in a run"
        requests = requests[:room]
        tally.n_requests += len(requests)
        self._step(tally, len(requests) - 1)
        return requests

    def _parse(self, source: str, page: Page) -> Found:
        if source == "pages":  # whatever is there: a feed, a payload, a page
            return read_page(page, "pages")[1]
        return SOURCES[source].parse(page)

    def _store(self, tally: Tally, found: Found) -> None:
        collected = [collect_listing(tally.source, tally.site, one) for one in found.listings]
        saved = self.store.save(collected, now())
        tally.n_new += saved.n_new
        tally.n_changed += saved.n_changed
        tally.n_same += saved.n_same
        tally.n_rejected += len(found.rejects)
        tally.total = found.total if tally.total is None else tally.total
        tally.partial = tally.partial or found.partial
        self.keys[tally.source, tally.site] |= {one.key[2] for one in collected}
        tally.n_postings = len(self.keys[tally.source, tally.site])
        for reject in found.rejects:
            _add_reason(tally, f"rejected, item {reject.row}: {reject.reason}")

    def on_failure(
        self, source: str, site: str, request: Request, reason: str, status: int
    ) -> None:
        """Count a request that got no page. A page that is gone closes its posting."""
        tally = self.tallies[source, site]
        key = canonical_url(request.url)
        if source == "pages" and status in GONE:
            closed = self.store.close_page(source, site, key)
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
        key = tally.source, tally.site
        self.pending[key] += change
        done = sum(not n for n in self.pending.values())
        self.progress(f"{tally.source}:{tally.site}", done / len(self.pending))

    def end(self, finished: bool) -> list[Tally]:
        """Tallies, each with its problem if it has one; what is gone is closed."""
        for tally in self.tallies.values():
            last = self.store.last_count(tally.source, tally.site)
            whole = finished and not self.pending[tally.source, tally.site]
            tally.problem = find_problem(tally, last) if whole else "interrupted"
            if not tally.problem and not tally.partial:
                tally.n_closed += self.store.close_gone(tally.source, tally.site, self.started)
            if not tally.problem:
                self.store.answered(tally.source, tally.site, tally.n_postings)
        return list(self.tallies.values())


def _add_reason(tally: Tally, reason: str) -> None:
    if len(tally.reasons) < SHOWN_REASONS:
        tally.reasons.append(" ".join(reason.split())[:300])


def _within(requests: Sequence[Request], source: str, url: str) -> list[Request]:
    """Requests of a page; a sitemap's only to its own host, as its standard has it."""
    if source != "pages":
        return list(requests)
    host = urlsplit(url).netloc
    return [request for request in requests if urlsplit(request.url).netloc == host]
