"""The store, in SQLite and in PostgreSQL: what is new, changed, gone, and nothing twice."""

import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.collected import Collected
from classifier.errors import InputError
from classifier.posting import BaseSalary, JobPosting
from classifier.store import Saved, Store, StoredPage, now, save_labels
from classifier.stored import Wanted, count_postings, find_postings

BAKER = JobPosting(
    "Bake bread.",
    "Baker",
    "Crumb Works",
    ("Oslo", "Bergen"),
    date_posted="2026-11-01",
    identifier="17",
    url="https://crumb.example/17",
    base_salary=BaseSalary(None, None, "NOK", "YEAR", text="NOK"),
)


def collected(posting: JobPosting = BAKER, site: str = "crumb") -> Collected:
    return Collected("greenhouse", site, posting)


def test_a_posting_comes_back_as_it_went_in(location: str) -> None:
    with Store(location) as store:
        assert store.save([collected()]) == Saved(1, 0, 0)
        [found] = find_postings(store)
    assert found.collected == collected()
    assert (found.changed, found.closed, found.label) == (None, None, {})
    assert found.first_seen == found.last_seen <= now()


def test_what_was_seen_again_is_not_stored_twice(location: str) -> None:
    with Store(location) as store:
        store.save([collected(), collected()])
        assert store.save([collected()]) == Saved(0, 0, 1)
        [found] = find_postings(store)
    assert found.first_seen < found.last_seen


def test_the_same_identifier_on_another_site_is_another_posting(location: str) -> None:
    with Store(location) as store:
        store.save([collected(), collected(site="pumps")])
        assert count_postings(store) == 2


def test_what_a_changed_posting_said_before_is_kept(location: str) -> None:
    with Store(location) as store:
        store.save([collected()])
        assert store.save([collected(replace(BAKER, title="Head Baker"))]) == Saved(0, 1, 0)
        assert store.save([collected(replace(BAKER, title="Chief Baker"))]) == Saved(0, 1, 0)
        [found] = find_postings(store)
        titles = [posting.title for _, posting in store.earlier(found.id)]
    assert (found.collected.posting.title, titles) == ("Chief Baker", ["Baker", "Head Baker"])
    assert found.changed is not None


def test_a_list_without_texts_takes_no_text_away(location: str) -> None:
    with Store(location) as store:
        store.save([collected()])
        assert store.save([collected(replace(BAKER, description=""))]) == Saved(0, 0, 1)
        [found] = find_postings(store)
    assert found.collected.posting.description == "Bake bread."


def test_what_is_gone_is_closed_and_opens_again(location: str) -> None:
    other = replace(BAKER, identifier="18")
    with Store(location) as store:
        store.save([collected(), collected(other), collected(site="pumps")])
        since = now()
        store.save([collected()])
        assert store.close_gone("greenhouse", "crumb", since) == 1
        assert store.close_gone("greenhouse", "crumb", since) == 0
        [closed] = find_postings(store, Wanted(state="closed"))
        assert closed.collected.posting.identifier == "18"
        assert count_postings(store) == 2  # the other site was not asked
        assert store.save([collected(other)]) == Saved(0, 1, 0)
        assert count_postings(store, Wanted(state="closed")) == 0


def test_a_page_that_is_gone_closes_its_posting(location: str) -> None:
    page = Collected("pages", "https://a.example/1", replace(BAKER, url="https://a.example/1"))
    with Store(location) as store:
        store.save([page])
        assert store.close_page("pages", "https://a.example/1", "https://a.example/1") == 1
        assert store.close_page("pages", "https://a.example/1", "https://a.example/1") == 0


@pytest.mark.parametrize(
    "posting",
    [
        JobPosting("a\0b", "Ba\0ker", identifier="1"),
        JobPosting("half \ud83d of a pair", "Baker", identifier="2"),
        JobPosting("Long.", "Baker", "E" * 10_000, identifier="3" * 5000),
        JobPosting("Odd.", "'; DROP TABLE postings; --", identifier="%_\\"),
        JobPosting("日本語 🥐", "Bäcker", identifier="é"),
    ],
    ids=["NUL", "surrogate", "long", "SQL", "unicode"],
)
def test_odd_text_is_stored(location: str, posting: JobPosting) -> None:
    with Store(location) as store:
        assert store.save([collected(posting)]) == Saved(1, 0, 0)
        assert store.save([collected(posting)]) == Saved(0, 0, 1)
        assert count_postings(store) == 1


@given(st.builds(JobPosting, st.text(), st.text(), st.text(), identifier=st.text(min_size=1)))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_posting_is_stored_once(tmp_path: Path, posting: JobPosting) -> None:
    with Store(str(tmp_path / "any.db")) as store:
        store.save([collected(posting)])
        assert store.save([collected(posting)]) == Saved(0, 0, 1)


def test_sites_remember_how_many_postings_they_had(location: str) -> None:
    with Store(location) as store:
        assert store.last_count("lever", "acme") is None
        store.answered("lever", "acme", 12)
        store.answered("lever", "acme", 9)
        assert store.last_count("lever", "acme") == 9
        assert store.last_count("lever", "other") is None


def test_a_run_that_was_not_ended_is_known(location: str) -> None:
    with Store(location) as store:
        assert store.unfinished_since("") is None
        run = store.begin_run()
        started = store.unfinished_since("")
        assert started is not None
        run = store.begin_run()
        assert store.unfinished_since("") == started  # a run that went on was killed, too
        assert store.unfinished_since(now()) is None  # too long ago
        store.end_run(run, {"finished": True})
        assert store.unfinished_since("") is None


def test_a_page_is_kept_as_it_came(location: str) -> None:
    page = StoredPage({"ETag": ['"a"']}, b"\x00\xff" * 1000, now(), "https://a.example/")
    with Store(location) as store:
        assert store.page("f") is None
        store.save_page("f", page)
        store.save_page("f", page._replace(body=b"new"))
        assert store.page("f") == page._replace(body=b"new")


def test_labels_stay_with_what_was_said(location: str) -> None:
    with Store(location) as store:
        store.save([collected()])
        [found] = find_postings(store)
        record = {"label": "other", "probability": 0.9, "review": False}
        assert save_labels(store, [(found.id, found.digest, "m", record)]) == 1
        save_labels(store, [(found.id, found.digest, "m", record)])
        [labelled] = find_postings(store)
        store.save([collected(replace(BAKER, title="Head Baker"))])
        [changed] = find_postings(store)
    assert (labelled.label, changed.label) == (record, {})


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("no/such/folder/p.db", "make the folder"),
        ("mysql://localhost/jobs", "mysql is no database for a store"),
        ("postgresql://tester@127.0.0.1:1/jobs", "the store postgresql"),
        ("://", "no address of a database"),
    ],
)
def test_a_store_that_cannot_be_opened(location: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Store(location)


def test_a_password_is_not_shown() -> None:
    with pytest.raises(InputError) as caught:
        Store("postgresql://tester:secret@127.0.0.1:1/jobs")
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "postings.db"
    path.write_text("title,description\n")
    with pytest.raises(InputError, match="not a database"):
        Store(str(path))
    assert path.read_text() == "title,description\n"


WRITER = """
import sys
from classifier.collected import Collected
from classifier.posting import JobPosting
from classifier.store import Store
with Store(sys.argv[1]) as store:
    print("ready", flush=True)
    for page in range(10_000):
        store.save(
            Collected("lever", "acme", JobPosting(f"text {n}", f"Job {n}", identifier=str(n)))
            for n in range(page * 20, page * 20 + 20)
        )
"""


def test_a_kill_leaves_whole_pages(tmp_path: Path) -> None:
    path = str(tmp_path / "postings.db")
    for _ in range(3):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE)
        assert writer.stdout
        with writer.stdout:
            writer.stdout.readline()
            time.sleep(random.Random(path).uniform(0.1, 0.5))  # noqa: S311 - a time, no secret
            writer.send_signal(signal.SIGKILL)
        writer.wait()
        with Store(path) as store:
            numbers = [int(one.collected.posting.identifier) for one in find_postings(store)]
        assert len(set(numbers)) == len(numbers)
        assert len(numbers) % 20 == 0
    assert numbers
