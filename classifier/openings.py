"""Postings of one opening: the same text, or nearly so, in several cities or on several sites.

They are linked, never deleted: each keeps its place, and an opening counts once.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select, update

from classifier.duplicates import employer_key, find_duplicate_groups, title_head
from classifier.features import read_document
from classifier.store import Store
from classifier.store_schema import POSTINGS

MOST = 5000  # postings of one employer that are compared at once
AT_ONCE = 400  # postings of a query


def link_openings(store: Store, since: str) -> int:
    """Link the open postings of each employer that has some seen new or changed since then.

    Gives how many postings are copies of another one. Those without an employer are not compared.
    """
    touched = (POSTINGS.c.first_seen >= since) | (POSTINGS.c.changed >= since)
    with store.transaction() as connection:
        names = select(POSTINGS.c.hiring_organization).where(touched).distinct()
        employers = {employer_key(name) for (name,) in connection.execute(names)} - {""}
        return sum(_link(connection, rows) for rows in _by_employer(connection, employers))


def _by_employer(connection: Connection, employers: set[str]) -> list[list[int]]:
    """Ids of the open postings of each employer; texts come later."""
    wanted = select(POSTINGS.c.id, POSTINGS.c.hiring_organization).where(
        POSTINGS.c.closed.is_(None)
    )
    groups: dict[str, list[int]] = {}
    for number, name in connection.execute(wanted.order_by(POSTINGS.c.id)):
        if (employer := employer_key(name)) in employers:
            groups.setdefault(employer, []).append(number)
    return [
        numbers[i : i + MOST] for numbers in groups.values() for i in range(0, len(numbers), MOST)
    ]


def _link(connection: Connection, numbers: Sequence[int]) -> int:
    """Link copies among an employer's postings: nearly one text, titles that begin alike."""
    families: dict[str, list[tuple[int, str]]] = {}
    for start in range(0, len(numbers), AT_ONCE):
        wanted = select(POSTINGS.c.id, POSTINGS.c.title, POSTINGS.c.description)
        wanted = wanted.where(POSTINGS.c.id.in_(numbers[start : start + AT_ONCE]))
        for number, title, text in connection.execute(wanted.order_by(POSTINGS.c.id)):
            families.setdefault(title_head(title), []).append((number, text))
    openings: dict[int, int] = {}
    for family in families.values():
        texts = [read_document("", text).work if len(family) > 1 else "" for _, text in family]
        groups = find_duplicate_groups(texts).tolist()
        openings |= {number: family[g][0] for (number, _), g in zip(family, groups, strict=True)}
    _write(connection, openings)
    return sum(number != first for number, first in openings.items())


def _write(connection: Connection, openings: dict[int, int]) -> None:
    same = POSTINGS.c.id == bindparam("number")
    rows = [{"number": number, "first": first} for number, first in openings.items()]
    if rows:
        connection.execute(update(POSTINGS).where(same).values(opening=bindparam("first")), rows)
