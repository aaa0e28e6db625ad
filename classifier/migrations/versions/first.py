"""First tables: postings, what they said before, labels, sites, runs, pages."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of an empty database."""
    op.create_table(
        "sites",
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("site", sa.String(length=400), nullable=False),
        sa.Column("answered", sa.String(length=32), nullable=False),
        sa.Column("n_postings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "site", name=op.f("pk_sites")),
    )
    op.create_table(
        "pages",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("fetched", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_pages")),
    )
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("site", sa.String(length=400), nullable=False),
        sa.Column("key", sa.String(length=1000), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("hiring_organization", sa.Text(), nullable=False),
        sa.Column("job_location", sa.Text(), nullable=False),
        sa.Column("job_location_type", sa.Text(), nullable=False),
        sa.Column("date_posted", sa.Text(), nullable=False),
        sa.Column("valid_through", sa.Text(), nullable=False),
        sa.Column("employment_type", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("base_salary", sa.Text(), nullable=False),
        sa.Column("salary_text", sa.Text(), nullable=False),
        sa.Column("several_roles", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("first_seen", sa.String(length=32), nullable=False),
        sa.Column("last_seen", sa.String(length=32), nullable=False),
        sa.Column("changed", sa.String(length=32), nullable=True),
        sa.Column("closed", sa.String(length=32), nullable=True),
        sa.Column("opening", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("source", "site", "key", name=op.f("uq_postings_source")),
    )
    op.create_index(
        op.f("ix_postings_hiring_organization"),
        "postings",
        ["hiring_organization"],
        unique=False,
        postgresql_using="hash",
    )
    op.create_index(op.f("ix_postings_last_seen"), "postings", ["last_seen"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started", sa.String(length=32), nullable=False),
        sa.Column("ended", sa.String(length=32), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "earlier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.String(length=32), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_earlier_posting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier")),
    )
    op.create_index(op.f("ix_earlier_posting_id"), "earlier", ["posting_id"], unique=False)
    op.create_table(
        "labels",
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=op.f("fk_labels_posting_id")),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_labels")),
    )
