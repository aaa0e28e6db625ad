"""The store: every posting that was collected, since when, until when, and what it said before.

SQLite in a file, or PostgreSQL by its address. What is saved in one call is there whole, or not
at all, so that a run can be killed at any moment.
"""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, RowMapping, and_, delete, insert, select, update

from classifier.collected import Collected, merge
from classifier.database import errors_as_input_error, open_database
from classifier.files import posting_cells, posting_from_cells
from classifier.posting import JobPosting
from classifier.store_schema import EARLIER, FIELDS, LABELS, PAGES, POSTINGS, RUNS, SITES

LONGEST_KEY = 400  # characters of what a posting is known by; a longer one is hashed
AT_ONCE = 400  # keys of a query

Row = RowMapping


class Saved(NamedTuple):
    """What became of postings that were saved: how many were new, said something else, or not."""

    n_new: int
    n_changed: int
    n_same: int


class StoredPage(NamedTuple):
    """A page as it came: for conditional requests, and for a run that goes on."""

    headers: dict[str, list[str]]
    body: bytes
    fetched: str
    url: str


def now() -> str:
    """Time in UTC, ISO 8601, to the microsecond: times of a store compare as text.

    >>> len(now())
    27
    """
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Store:
    """Open store; use it in a ``with`` block.

    Parameters
    ----------
    location : str
        As for `classifier.database.open_database`.
    """

    def __init__(self, location: str) -> None:
        self.location = location
        self._engine = open_database(location)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Connection whose changes are there whole when the block has ended well.

        Raises
        ------
        InputError
            If the database refuses.
        """
        with errors_as_input_error(self.location), self._engine.begin() as connection:
            yield connection

    # --- Postings ---

    def save(self, collected: Iterable[Collected], seen: str | None = None) -> Saved:
        """Add or update postings. What a changed one said before is kept, and so is its label.

        A posting whose text did not come (a list without details) keeps the text that it had.

        Parameters
        ----------
        seen : str, optional
            When they were seen, as `now` gives it.
        """
        seen = seen or now()
        counts: Counter[str] = Counter()
        unique = {_key(one): one for one in collected}
        with self.transaction() as connection:
            known = _find(connection, list(unique))
            for key, one in unique.items():
                counts[_save(connection, key, one, known.get(key), seen)] += 1
        return Saved(counts["new"], counts["changed"], counts["same"])

    def close_gone(self, source: str, site: str, since: str) -> int:
        """Close the open postings of a site that were not seen since then; gives how many."""
        gone = (
            POSTINGS.c.source == source,
            POSTINGS.c.site == site,
            POSTINGS.c.closed.is_(None),
            POSTINGS.c.last_seen < since,
        )
        with self.transaction() as connection:
            return connection.execute(update(POSTINGS).where(*gone).values(closed=now())).rowcount

    def close_page(self, source: str, site: str, key: str) -> int:
        """Close the posting of a page that is gone; gives 0 if there is no such open posting."""
        gone = (
            POSTINGS.c.source == source,
            POSTINGS.c.site == site,
            POSTINGS.c.key == _short(key),
            POSTINGS.c.closed.is_(None),
        )
        with self.transaction() as connection:
            return connection.execute(update(POSTINGS).where(*gone).values(closed=now())).rowcount

    def earlier(self, posting_id: int) -> list[tuple[str, JobPosting]]:
        """What a posting said before, oldest first, each with when it was replaced."""
        wanted = select(EARLIER).where(EARLIER.c.posting_id == posting_id).order_by(EARLIER.c.id)
        with self.transaction() as connection:
            rows = connection.execute(wanted).mappings().all()
        return [(row["replaced"], posting_from_cells(json.loads(row["record"]))) for row in rows]

    # --- Sites and runs ---

    def last_count(self, source: str, site: str) -> int | None:
        """How many postings a site had when it last answered fully; None if it never did."""
        wanted = select(SITES.c.n_postings).where(SITES.c.source == source, SITES.c.site == site)
        with self.transaction() as connection:
            return connection.execute(wanted).scalar()

    def answered(self, source: str, site: str, n_postings: int) -> None:
        """Remember that a site answered fully, and with how many postings."""
        same = and_(SITES.c.source == source, SITES.c.site == site)
        values = {"source": source, "site": site, "answered": now(), "n_postings": n_postings}
        with self.transaction() as connection:
            connection.execute(delete(SITES).where(same))
            connection.execute(insert(SITES).values(values))

    def begin_run(self) -> int:
        """Number of a new run."""
        with self.transaction() as connection:
            found = connection.execute(insert(RUNS).values(started=now())).inserted_primary_key
        return int(found[0]) if found else 0

    def end_run(self, run: int, report: Mapping[str, object]) -> None:
        """Remember that a run came to its end, and its report."""
        values = {"ended": now(), "report": json.dumps(report)}
        with self.transaction() as connection:
            connection.execute(update(RUNS).where(RUNS.c.id == run).values(values))

    def unfinished_since(self, earliest: str) -> str | None:
        """When the first of the last runs began that were not ended; None if the last one was.

        Runs that began before `earliest` do not count.
        """
        wanted = select(RUNS.c.started, RUNS.c.ended).where(RUNS.c.started > earliest)
        since: str | None = None
        with self.transaction() as connection:
            for started, ended in connection.execute(wanted.order_by(RUNS.c.id.desc())):
                if ended is not None:
                    break
                since = started
        return since

    # --- Pages ---

    def page(self, fingerprint: str) -> StoredPage | None:
        """Page that was stored under a fingerprint."""
        wanted = select(PAGES).where(PAGES.c.fingerprint == fingerprint)
        with self.transaction() as connection:
            row = connection.execute(wanted).mappings().first()
        if row is None:
            return None
        body = zlib.decompress(row["body"])
        return StoredPage(json.loads(row["headers"]), body, row["fetched"], row["url"])

    def save_page(self, fingerprint: str, page: StoredPage) -> None:
        """Keep a page in place of the one that was there."""
        values = {
            "fingerprint": fingerprint,
            "url": _storable(page.url),
            "headers": json.dumps(page.headers),
            "body": zlib.compress(page.body, 1),
            "fetched": page.fetched,
        }
        with self.transaction() as connection:
            connection.execute(delete(PAGES).where(PAGES.c.fingerprint == fingerprint))
            connection.execute(insert(PAGES).values(values))


# --- Rows ---


def _key(one: Collected) -> tuple[str, str, str]:
    source, site, key = one.key
    return source, _storable(site)[:LONGEST_KEY], _short(key)


def _short(key: str) -> str:
    """Key as it stands, or its hash if no index takes it."""
    key = _storable(key)
    if len(key.encode()) <= LONGEST_KEY:
        return key
    return f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def _storable(text: str) -> str:
    """Text without what PostgreSQL does not take: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _cells(posting: JobPosting) -> dict[str, str]:
    texts = dict(zip(FIELDS, posting_cells(posting), strict=True))
    return {name: _storable(text or "") for name, text in texts.items()}


def digest_of(cells: Mapping[str, str]) -> str:
    """What tells two states of a posting apart, 32 characters."""
    content = json.dumps([cells[name] for name in FIELDS], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _find(
    connection: Connection, keys: Sequence[tuple[str, str, str]]
) -> dict[tuple[str, str, str], Row]:
    """Rows of postings by key, as far as there are any."""
    sites: dict[tuple[str, str], list[str]] = {}
    for source, site, key in keys:
        sites.setdefault((source, site), []).append(key)
    found: dict[tuple[str, str, str], Row] = {}
    for (source, site), names in sites.items():
        for start in range(0, len(names), AT_ONCE):
            wanted = select(POSTINGS).where(
                POSTINGS.c.source == source,
                POSTINGS.c.site == site,
                POSTINGS.c.key.in_(names[start : start + AT_ONCE]),
            )
            for row in connection.execute(wanted).mappings():
                found[source, site, row["key"]] = row
    return found


def _save(
    connection: Connection, key: tuple[str, str, str], one: Collected, row: Row | None, seen: str
) -> str:
    """Add or update one posting: "new", "changed" or "same"."""
    if row is None:
        cells = _cells(one.posting)
        names = dict(zip(("source", "site", "key"), key, strict=True))
        times = {"first_seen": seen, "last_seen": seen}
        about = {"digest": digest_of(cells), "several_roles": one.several_roles}
        connection.execute(insert(POSTINGS).values({**names, **cells, **about, **times}))
        return "new"
    before = {name: row[name] for name in FIELDS}
    if before["description"] and not one.posting.description:
        one = merge(Collected(one.source, one.site, posting_from_cells(before)), one)
    cells = _cells(one.posting)
    values: dict[str, Any] = {"last_seen": seen, "closed": None}
    changed = digest_of(cells) != row["digest"]
    if changed:
        record = {"posting_id": row["id"], "replaced": seen, "record": json.dumps(before)}
        connection.execute(insert(EARLIER).values(record))
        values |= {**cells, "digest": digest_of(cells), "changed": seen}
        values["several_roles"] = one.several_roles
    connection.execute(update(POSTINGS).where(POSTINGS.c.id == row["id"]).values(values))
    return "changed" if changed or row["closed"] else "same"


def save_labels(store: Store, labels: Iterable[tuple[int, str, str, Mapping[str, object]]]) -> int:
    """Keep labels: id and digest of the posting, the model's name, the added columns. How many."""
    n_labels = 0
    with store.transaction() as connection:
        for posting_id, digest, model, record in labels:
            values = {"posting_id": posting_id, "digest": digest, "model": model}
            values["record"] = json.dumps(record)
            connection.execute(delete(LABELS).where(LABELS.c.posting_id == posting_id))
            connection.execute(insert(LABELS).values(values))
            n_labels += 1
    return n_labels
