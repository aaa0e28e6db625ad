"""Copies of an opening are linked and none is lost."""

from dataclasses import replace

import pytest

from classifier.collected import Collected
from classifier.openings import link_openings
from classifier.posting import JobPosting
from classifier.store import Store, now
from classifier.stored import Wanted, find_postings

TEXT = (
    "You write the software that steers our ovens. You test it on real dough, you keep it running "
    "at night, and you explain to the bakers what it does. We use Python and a little C. You have "
    "worked with hardware before and like to see what your code does to the world. We meet on "
    "Mondays, bake on Fridays, and ship when it is ready. Our team has nine people in two towns."
)
FIRST = JobPosting(TEXT, "Oven Engineer, Oslo", "Crumb Works", ("Oslo",), identifier="1")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(FIRST, title="Oven Engineer (Bergen)", job_location=("Bergen",)), True),
        (replace(FIRST, hiring_organization="crumb  works"), True),
        (replace(FIRST, description=TEXT.replace("nine", "ten")), True),
        (replace(FIRST, title="Dough Scientist"), False),
        (replace(FIRST, hiring_organization="Soup Kitchen"), False),
        (replace(FIRST, description="Another job altogether, in the sales of flour."), False),
        (replace(FIRST, description=""), False),
    ],
    ids=["city", "spelling", "edit", "title", "employer", "text", "no text"],
)
def test_what_is_one_opening(location: str, other: JobPosting, same: bool) -> None:
    with Store(location) as store:
        store.save([Collected("lever", "crumb", FIRST)])
        store.save([Collected("remoteok", "all", replace(other, identifier="2"))])
        assert link_openings(store, "") == same
        one, two = find_postings(store)
    assert (two.opening == one.id) == same
    assert len({one.id, two.id}) == 2


def test_without_an_employer_nothing_is_compared(location: str) -> None:
    nameless = replace(FIRST, hiring_organization="")
    with Store(location) as store:
        store.save(Collected("hn", "1", replace(nameless, identifier=str(i))) for i in range(2))
        assert link_openings(store, "") == 0


def test_only_employers_with_something_new_are_compared(location: str) -> None:
    with Store(location) as store:
        store.save(Collected("lever", "crumb", replace(FIRST, identifier=str(i))) for i in range(2))
        assert link_openings(store, now()) == 0
        assert link_openings(store, "") == 1
        assert len(list(find_postings(store, Wanted(openings=True)))) == 1
