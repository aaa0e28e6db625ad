"""Postings out of the store: filters, order, tables."""

from dataclasses import replace

import pytest

from classifier.collected import Collected
from classifier.openings import link_openings
from classifier.posting import JobPosting
from classifier.store import Store, now, save_labels
from classifier.stored import SCHEMA, Wanted, count_postings, find_postings, stored_table

BAKER = JobPosting("Bake bread.", "Baker", "Crumb Works", ("Oslo",), identifier="1")
COOK = JobPosting("Cook soup.", "Cook (50 %)", "Soup_Kitchen", ("Riga",), identifier="2")
OLD = JobPosting("Grind flour.", "Miller", "Crumb Works", identifier="3")


def fill(store: Store) -> str:
    """Three postings, one of them closed; gives a moment between the first two and the third."""
    store.save([Collected("lever", "crumb", OLD)])
    store.close_gone("lever", "crumb", now())
    between = now()
    store.save([Collected("greenhouse", "crumb", BAKER), Collected("lever", "soup", COOK)])
    return between


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (Wanted(), ["Baker", "Cook (50 %)"]),
        (Wanted(state="closed"), ["Miller"]),
        (Wanted(state="all"), ["Miller", "Baker", "Cook (50 %)"]),
        (Wanted(source="lever"), ["Cook (50 %)"]),
        (Wanted(source="lever", site="crumb"), []),
        (Wanted(employer="CRUMB"), ["Baker"]),
        (Wanted(employer="_"), ["Cook (50 %)"]),
        (Wanted(title="ak"), ["Baker"]),
        (Wanted(title="%"), ["Cook (50 %)"]),
        (Wanted(title="' OR 1=1"), []),
        (Wanted(since="2020-01-01"), ["Baker", "Cook (50 %)"]),
        (Wanted(since="2999-01-01"), []),
    ],
)
def test_filters(location: str, wanted: Wanted, titles: list[str]) -> None:
    with Store(location) as store:
        fill(store)
        found = [one.collected.posting.title for one in find_postings(store, wanted)]
        assert found == titles
        assert count_postings(store, wanted) == len(titles)


def test_since_is_when_it_was_first_seen(location: str) -> None:
    with Store(location) as store:
        between = fill(store)
        wanted = Wanted(since=between, state="all")
        assert count_postings(store, wanted) == 2


def test_many_postings_come_in_order(location: str) -> None:
    postings = [replace(BAKER, identifier=str(i)) for i in range(700)]
    with Store(location) as store:
        store.save(Collected("lever", "crumb", posting) for posting in postings)
        found = [one.collected.posting.identifier for one in find_postings(store)]
    assert found == [str(i) for i in range(700)]


def test_openings_come_once_with_all_places(location: str) -> None:
    text = (
        "You bake the bread that our customers eat in the morning, and you teach the apprentices."
    )
    copies = [
        replace(BAKER, description=text, identifier=str(i), job_location=(place,))
        for i, place in enumerate(["Oslo", "Bergen", "Riga"])
    ]
    with Store(location) as store:
        store.save(Collected("lever", "crumb", posting) for posting in copies)
        store.save([Collected("lever", "soup", COOK)])
        link_openings(store, "")
        found = list(find_postings(store, Wanted(openings=True)))
    assert [one.collected.posting.job_location for one in found] == [
        ("Oslo", "Bergen", "Riga"),
        ("Riga",),
    ]


def test_a_table_has_the_label(location: str) -> None:
    with Store(location) as store:
        fill(store)
        first, _ = find_postings(store)
        save_labels(store, [(first.id, first.digest, "m", {"label": "other", "review": True})])
        table = stored_table(list(find_postings(store)))
    assert table.schema == SCHEMA
    assert table.column("label").to_pylist() == ["other", None]
    assert table.column("review").to_pylist() == [True, None]
    assert stored_table([]).num_rows == 0
