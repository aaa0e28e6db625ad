"""The command `postings`; on what collect stored it is tested in test_collect_commands.py."""

from pathlib import Path

import pytest
from test_collect_commands import call

from classifier.collected import Collected
from classifier.posting import JobPosting
from classifier.store import Store


def test_the_listing_stays_short(tmp_path: Path) -> None:
    location = str(tmp_path / "my.db")
    with Store(location) as store:
        store.save(
            Collected(
                "lever",
                "crumb",
                JobPosting("x", f"Job {i}", job_location=tuple("abcde"), identifier=str(i)),
            )
            for i in range(60)
        )
    done = call("postings", "--store", location)
    assert "60 postings, the first 40 shown" in done.output
    assert "a; b; c; ..." in done.output


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ((), ["Baker", "Miller"]),
        (("--employer", "mill"), ["Miller"]),
        (("--source", "greenhouse"), []),
        (("--since", "2999-01-01"), []),
        (("--state", "closed"), []),
        (("--state", "all", "--title", "BAK"), ["Baker"]),
    ],
)
def test_filters(tmp_path: Path, options: tuple[str, ...], titles: list[str]) -> None:
    location = str(tmp_path / "my.db")
    with Store(location) as store:
        store.save(
            Collected("lever", "crumb", JobPosting("x", title, employer, identifier=title))
            for title, employer in (("Baker", "Crumb Works"), ("Miller", "Mill Street Labs"))
        )
    done = call("postings", "--store", location, *options)
    assert done.exit_code == 0
    assert [title for title in ("Baker", "Miller") if title in done.stdout] == titles
    assert f"{len(titles)} postings" in done.stderr
