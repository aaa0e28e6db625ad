"""What to collect: arguments and files of sources."""

from pathlib import Path

import pytest

from classifier.errors import InputError
from classifier.plan import Site, read_plan, read_sources


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("acme", "is nothing to collect"),
        ("lever:", "is nothing to collect"),
        ("taleo:acme", "there is no source 'taleo'; there are greenhouse,"),
        ("ftp://a.example/", "there is no source 'ftp'"),
        ("no/such.toml", "cannot read no/such.toml"),
    ],
)
def test_what_cannot_be_collected(argument: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_plan([argument])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("greenhouse = [", "is no TOML"),
        ('greenhouse = "acme"', "has to be a list of names"),
        ("greenhouse = [7]", "has to be a list of names"),
        ('taleo = ["acme"]', "there is no source 'taleo'"),
        ("collect = 7", r"\[collect\] has to be a table"),
        ("[collect]\ndelai = 1", "has no setting 'delai'; there are contact, delay"),
        ('[collect]\ndelay = "soon"', "delay cannot be 'soon'"),
        ("[collect]\ndelay = -1", "from 0 to 3600"),
        ("[collect]\ntimeout = true", "timeout cannot be True"),
    ],
)
def test_files_that_are_none_of_sources(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        read_sources(path)


def test_a_file_of_sources(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(
        'lever = ["b", "a", "b"]\npages = ["https://a.example/"]\n[collect]\ndelay = 2.5\n'
    )
    found = read_plan([str(path), "lever:a"])
    assert found.sites == [
        Site("lever", "b"),
        Site("lever", "a"),
        Site("pages", "https://a.example/"),
    ]
    assert found.settings == {"delay": 2.5}


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://boards.greenhouse.io/acme", Site("greenhouse", "acme")),
        ("https://job-boards.greenhouse.io/acme/?gh_src=x", Site("greenhouse", "acme")),
        ("https://jobs.lever.co/acme-labs/", Site("lever", "acme-labs")),
        ("https://jobs.eu.lever.co/acme", Site("lever", "eu/acme")),
        ("https://jobs.ashbyhq.com/acme", Site("ashby", "acme")),
        ("https://apply.workable.com/acme/", Site("workable", "acme")),
        ("https://careers.smartrecruiters.com/Acme1", Site("smartrecruiters", "Acme1")),
        ("https://acme.recruitee.com", Site("recruitee", "acme")),
        ("https://acme.jobs.personio.com/", Site("personio", "acme.jobs.personio.com")),
        ("https://acme.teamtailor.com/jobs", Site("teamtailor", "acme")),
        ("https://acme.wd5.myworkdayjobs.com/Careers", Site("workday", "acme.wd5/Careers")),
        ("https://acme.bamboohr.com/careers", Site("bamboohr", "acme")),
        ("https://acme.breezy.hr/", Site("breezy", "acme")),
        ("https://jobs.lever.co/acme/0a1b", Site("pages", "https://jobs.lever.co/acme/0a1b")),
        ("https://acme.example/jobs", Site("pages", "https://acme.example/jobs")),
    ],
)
def test_addresses_of_sites(url: str, site: Site) -> None:
    assert read_plan([url]).sites == [site]


def test_the_example_file_is_one(root: Path) -> None:
    assert read_sources(root / "data" / "sources.toml").sites
