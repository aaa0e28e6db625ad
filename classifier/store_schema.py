"""Tables of the store, the same in SQLite and PostgreSQL. A change to them needs a migration."""

from dataclasses import fields

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from classifier.posting import JobPosting

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# Times are UTC in ISO 8601, as text: the same in every database, and in order.
TIME = String(32)
FIELDS = tuple(field.name for field in fields(JobPosting))

POSTINGS = Table(
    "postings",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("source", String(40), nullable=False),
    Column("site", String(400), nullable=False),
    Column("key", String(1000), nullable=False),  # identifier, or canonical address
    *(Column(name, Text, nullable=False) for name in FIELDS),
    Column("several_roles", Boolean, nullable=False),
    Column("digest", String(32), nullable=False),  # of what the posting says
    Column("first_seen", TIME, nullable=False),
    Column("last_seen", TIME, nullable=False),
    Column("changed", TIME),  # when it last said something else
    Column("closed", TIME),  # when it was found gone
    Column("opening", Integer),  # id of the first posting of the same opening
    UniqueConstraint("source", "site", "key"),
    Index(None, "hiring_organization", postgresql_using="hash"),
    Index(None, "last_seen"),
)

EARLIER = Table(
    "earlier",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("posting_id", Integer, ForeignKey("postings.id"), nullable=False, index=True),
    Column("replaced", TIME, nullable=False),
    Column("record", Text, nullable=False),  # the posting as it was, in JSON
)

LABELS = Table(
    "labels",
    METADATA,
    Column("posting_id", Integer, ForeignKey("postings.id"), primary_key=True),
    Column("digest", String(32), nullable=False),  # of the posting that was labelled
    Column("model", String(200), nullable=False),
    Column("record", Text, nullable=False),  # the added columns, in JSON
)

SITES = Table(
    "sites",
    METADATA,
    Column("source", String(40), primary_key=True),
    Column("site", String(400), primary_key=True),
    Column("answered", TIME, nullable=False),  # when it last answered fully
    Column("n_postings", Integer, nullable=False),  # so many it had then
)

RUNS = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("started", TIME, nullable=False),
    Column("ended", TIME),  # null: it runs, or was killed
    Column("report", Text),  # in JSON
)

PAGES = Table(
    "pages",
    METADATA,
    Column("fingerprint", String(64), primary_key=True),  # of method, address and body
    Column("url", Text, nullable=False),
    Column("headers", Text, nullable=False),  # in JSON
    Column("body", LargeBinary, nullable=False),  # packed by zlib
    Column("fetched", TIME, nullable=False),
)
