"""Postings out of the store: which ones, in order, as records or as a table."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pyarrow as pa
from sqlalchemy import ColumnElement, and_, func, or_, select

from classifier.collected import SCHEMA as COLLECTED_SCHEMA
from classifier.collected import Collected, as_table
from classifier.files import posting_from_cells
from classifier.store import Store
from classifier.store_schema import FIELDS, LABELS, POSTINGS

AT_ONCE = 256  # postings in memory

TEXT = pa.string()
SCHEMA = pa.schema(
    [
        ("id", pa.int64()),
        *COLLECTED_SCHEMA,
        *((name, TEXT) for name in ("first_seen", "last_seen", "changed", "closed")),
        ("opening", pa.int64()),
        ("label", TEXT),
        ("probability", pa.float64()),
        ("review", pa.bool_()),
    ]
)


class Wanted(NamedTuple):
    """Which postings are wanted; an empty value wants all.

    Attributes
    ----------
    source, site, employer : str
        The source and the site are given whole, of the employer a part.
    title : str
        A part of the title; case makes no difference.
    since : str
        ISO 8601: seen for the first time then or later.
    state : str
        ``open``, ``closed`` or ``all``.
    openings : bool
        Copies once, with the places of all of them.
    """

    source: str = ""
    site: str = ""
    employer: str = ""
    title: str = ""
    since: str = ""
    state: str = "open"
    openings: bool = False


ALL_OPEN = Wanted()


class Stored(NamedTuple):
    """A posting of the store.

    Attributes
    ----------
    first_seen, last_seen : str
        ISO 8601, UTC.
    changed, closed : str or None
        When it last said something else, and when it was found gone; None for never.
    opening : int or None
        `id` of the first posting of the same opening; None if they were not compared.
    label : dict
        The columns that labelling added, if the posting still says what was labelled.
    """

    id: int
    digest: str
    collected: Collected
    first_seen: str
    last_seen: str
    changed: str | None
    closed: str | None
    opening: int | None
    label: dict[str, Any]


def find_postings(store: Store, wanted: Wanted = ALL_OPEN) -> Iterator[Stored]:
    """Postings that are wanted, in the order in which they were first seen, in bounded memory."""
    last = 0
    joined = POSTINGS.outerjoin(
        LABELS, and_(LABELS.c.posting_id == POSTINGS.c.id, LABELS.c.digest == POSTINGS.c.digest)
    )
    columns = [*POSTINGS.c, LABELS.c.record.label("record")]
    while True:
        query = select(*columns).select_from(joined).where(POSTINGS.c.id > last, *_where(wanted))
        with store.transaction() as connection:
            rows = connection.execute(query.order_by(POSTINGS.c.id).limit(AT_ONCE)).mappings().all()
            found = [_stored(row) for row in rows]
            if wanted.openings:
                places = _places(connection, [one.id for one in found])
                found = [_with_places(one, places.get(one.id, [])) for one in found]
        yield from found
        if len(rows) < AT_ONCE:
            return
        last = rows[-1]["id"]


def count_postings(store: Store, wanted: Wanted = ALL_OPEN) -> int:
    """How many postings are wanted."""
    query = select(func.count()).select_from(POSTINGS).where(*_where(wanted))
    with store.transaction() as connection:
        return int(connection.execute(query).scalar_one())


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if wanted.source:
        tests.append(POSTINGS.c.source == wanted.source)
    if wanted.site:
        tests.append(POSTINGS.c.site == wanted.site)
    for column, part in (("hiring_organization", wanted.employer), ("title", wanted.title)):
        if part:
            tests.append(POSTINGS.c[column].icontains(part, autoescape=True))
    if wanted.since:
        tests.append(POSTINGS.c.first_seen >= wanted.since)
    if wanted.state != "all":
        is_open = POSTINGS.c.closed.is_(None)
        tests.append(is_open if wanted.state == "open" else ~is_open)
    if wanted.openings:
        tests.append(or_(POSTINGS.c.opening.is_(None), POSTINGS.c.opening == POSTINGS.c.id))
    return tests


def _places(connection: Any, numbers: list[int]) -> dict[int, list[str]]:  # noqa: ANN401 - a Connection
    """Places of the copies of each posting, in order."""
    wanted = select(POSTINGS.c.opening, POSTINGS.c.job_location).where(
        POSTINGS.c.opening.in_(numbers), POSTINGS.c.closed.is_(None)
    )
    places: dict[int, list[str]] = {}
    for opening, text in connection.execute(wanted.order_by(POSTINGS.c.id)):
        places.setdefault(opening, []).extend(json.loads(text or "[]"))
    return places


def _with_places(one: Stored, places: list[str]) -> Stored:
    posting = one.collected.posting
    merged = tuple(dict.fromkeys([*posting.job_location, *places]))
    posting = replace(posting, job_location=merged)
    return one._replace(collected=one.collected._replace(posting=posting))


def _stored(row: Any) -> Stored:  # noqa: ANN401 - a row of SQLAlchemy
    posting = posting_from_cells({name: row[name] for name in FIELDS})
    return Stored(
        row["id"],
        row["digest"],
        Collected(row["source"], row["site"], posting, row["several_roles"]),
        row["first_seen"],
        row["last_seen"],
        row["changed"],
        row["closed"],
        row["opening"],
        json.loads(row["record"]) if row["record"] else {},
    )


def stored_table(rows: list[Stored]) -> pa.Table:
    """Postings as a table of `SCHEMA`."""
    collected = as_table([row.collected for row in rows])
    added: dict[str, list[Any]] = {
        "id": [row.id for row in rows],
        **{
            name: [getattr(row, name) for row in rows]
            for name in ("first_seen", "last_seen", "changed", "closed", "opening")
        },
        **{
            name: [row.label.get(name) for row in rows]
            for name in ("label", "probability", "review")
        },
    }
    columns = [
        pa.array(added[f.name], f.type) if f.name in added else collected.column(f.name)
        for f in SCHEMA
    ]
    return pa.table(columns, schema=SCHEMA)
