"""The command of the store: postings. `classifier.cli` registers it."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import click

from classifier.console import DONE, STORE, end, need_extra, say, show, table_width, to_option
from classifier.errors import InputError

SHOWN = 40  # postings of a listing on the terminal


@click.option("--store", default=STORE, metavar="FILE|URL", help="SQLite file, or postgresql://...")
@click.option("--output", "-o", metavar="FILE", help="Write all; - is stdout.")
@to_option
@click.option("--source", default="", help="Only of this source.")
@click.option("--employer", default="", help="A part of the employer's name.")
@click.option("--title", default="", help="A part of the title.")
@click.option("--since", default="", metavar="DATE", help="First seen then or later.")
@click.option("--state", default="open", help="open, closed or all.")
@click.option("--openings", is_flag=True, help="Copies once, with all their places.")
def postings(
    store: str,
    output: str | None,
    output_format: str | None,
    source: str,
    employer: str,
    title: str,
    since: str,
    state: str,
    openings: bool,
) -> int:
    """List the postings of a store, or write them to a file.

    Example:
      classifier postings --title engineer --since 2026-11-01
      classifier postings --openings -o postings.parquet
    """
    need_extra()
    from classifier.stored import Wanted

    if state not in {"open", "closed", "all"}:
        raise InputError(f"--state is open, closed or all, not {state!r}")
    if since and not _is_date(since):
        raise InputError(f"--since needs a date such as 2026-11-01, not {since!r}")
    wanted = Wanted(source, "", employer, title, since, state, openings)
    if "://" not in store and not Path(store).is_file():
        raise InputError(f"there is no store {store}: `classifier collect` makes one")
    if output is None:
        return _list(store, wanted)
    return _export(store, wanted, output, output_format)


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _list(location: str, wanted: Any) -> int:  # noqa: ANN401 - a Wanted, which is imported late
    from classifier.show import show_table
    from classifier.store import Store
    from classifier.stored import count_postings, find_postings

    with Store(location) as store:
        n_postings = count_postings(store, wanted)
        rows = [_row(one) for one in islice(find_postings(store, wanted), SHOWN)]
    heads = ["first seen", "source", "employer", "title", "places", "label"]
    show(show_table(heads, rows, text_columns=range(len(heads))), table_width())
    more = f", the first {SHOWN} shown; -o FILE writes all" if n_postings > SHOWN else ""
    say(f"{n_postings} postings{more}")
    return DONE


def _row(one: Any) -> Sequence[str]:  # noqa: ANN401 - a Stored, which is imported late
    posting = one.collected.posting
    places = "; ".join(posting.job_location[:3]) + (
        "; ..." if len(posting.job_location) > 3 else ""
    )
    return [
        one.first_seen[:10],
        one.collected.source,
        posting.hiring_organization,
        posting.title,
        places,
        one.label.get("label") or "",
    ]


def _export(location: str, wanted: Any, output: str, suffix: str | None) -> int:  # noqa: ANN401 - as above
    from classifier.files import TableWriter
    from classifier.store import Store
    from classifier.stored import SCHEMA, find_postings, stored_table

    n_postings = 0
    with Store(location) as store, TableWriter(output, SCHEMA, suffix=suffix) as writer:
        found = find_postings(store, wanted)
        while chunk := list(islice(found, 256)):
            writer.write(stored_table(chunk))
            n_postings += len(chunk)
    return end(f"{n_postings} postings written to {output}", 0, None)


def is_store(location: str) -> bool:
    """Say if a name is that of a store: an address of PostgreSQL, or a file of SQLite.

    >>> is_store("postgresql://localhost/jobs"), is_store("jobs.csv")
    (True, False)
    """
    if location.startswith(("postgresql://", "postgres://", "sqlite://")):
        return True
    try:
        with Path(location).open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except (OSError, ValueError):
        return False
