"""All sources: each knows its own payloads, and none breaks on any page."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import JSON_SAMPLES, SAMPLES, TEXT_SAMPLES, page, value_of

from classifier.replay import read_page
from classifier.sources import SOURCES, find_site
from classifier.sources.wire import Found, Page, Request, ShapeError

# A feed of any site is one of its feeds, too: it comes later in the order of the sources.
WIDER = {("rss", "weworkremotely")}
# Each posting of a list has its text in a detail; as a file, a list gives postings itself.
WITH_DETAILS = {"smartrecruiters", "workday", "bamboohr"}


def test_every_source_has_a_sample() -> None:
    assert sorted(SAMPLES) == sorted(SOURCES)
    assert all(name == source.name for name, source in SOURCES.items())


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", SOURCES)
def test_is_mine(name: str, sample: str) -> None:
    expected = name == sample or (name, sample) in WIDER
    assert SOURCES[name].is_mine(value_of(sample)) is expected


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", ["pages", "listing"])
def test_is_mine_of_a_text(name: str, sample: str) -> None:
    assert SOURCES[name].is_mine(SAMPLES[sample].decode()) is (name == sample)


@pytest.mark.parametrize("hint", ["", "greenhouse", "pages", "unknown"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_source_of_a_file(sample: str, hint: str) -> None:
    name, found = read_page(page(SAMPLES[sample]), hint)
    # What is asked for may read the page by itself: a feed or a site has many forms.
    assert name == sample or (name == hint and found.listings)
    assert len(found.listings) == 1
    assert found.rejects == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_source_of_a_fetched_page(sample: str) -> None:
    name, found = read_page(page(SAMPLES[sample], "https://crumb.example/jobs"))
    assert name == sample
    assert bool(found.listings) is (sample not in WITH_DETAILS)
    assert bool(found.requests) is (sample in WITH_DETAILS)


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_source_named_by_hint_reads_its_own(sample: str) -> None:
    assert read_page(page(SAMPLES[sample]), sample)[0] == sample


# --- Addresses of sites ---


@pytest.mark.parametrize(
    ("url", "source", "site"),
    [
        ("https://job-boards.greenhouse.io/crumbworks", "greenhouse", "crumbworks"),
        ("https://boards.greenhouse.io/crumbworks/", "greenhouse", "crumbworks"),
        ("http://boards.greenhouse.io/crumbworks?gh_src=a#b", "greenhouse", "crumbworks"),
        ("https://jobs.lever.co/fjordrobotics", "lever", "fjordrobotics"),
        ("https://jobs.eu.lever.co/fjordrobotics/", "lever", "eu/fjordrobotics"),
        ("https://jobs.ashbyhq.com/lanternlabs", "ashby", "lanternlabs"),
        ("https://apply.workable.com/heron/", "workable", "heron"),
        ("https://careers.smartrecruiters.com/DunePumps", "smartrecruiters", "DunePumps"),
        ("https://zeil.recruitee.com/", "recruitee", "zeil"),
        ("https://birchbank.teamtailor.com", "teamtailor", "birchbank"),
        ("https://windmoor.wd3.myworkdayjobs.com/Careers", "workday", "windmoor.wd3/Careers"),
        ("https://windmoor.wd3.myworkdayjobs.com/en-US/Careers", "workday", "windmoor.wd3/Careers"),
        ("https://orchard.bamboohr.com/careers", "bamboohr", "orchard"),
        ("https://slowroast.breezy.hr/", "breezy", "slowroast"),
        ("https://linse.jobs.personio.de", "personio", "linse.jobs.personio.de"),
        (
            "https://weworkremotely.com/categories/remote-design-jobs",
            "weworkremotely",
            "remote-design-jobs",
        ),
    ],
)
def test_the_site_of_an_address(url: str, source: str, site: str) -> None:
    assert find_site(url) == (source, site)
    assert SOURCES[source].start(site)[0].url.startswith("https://")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "crumbworks",
        "https://crumb.example/jobs",
        "https://job-boards.greenhouse.io/",
        "https://job-boards.greenhouse.io/crumbworks/jobs/4100017",
        "https://jobs.lever.co/fjordrobotics/0b0c7f5e",
        "https://jobs.lever.co.crumb.example/fjordrobotics",
        "https://crumb.example/?at=https://jobs.lever.co/fjordrobotics",
        "https://zeil.recruitee.com/o/sail-maker",
        "https://zeil.recruitee.com.crumb.example/",
    ],
)
def test_another_address(url: str) -> None:
    assert find_site(url) is None


# --- Any page ---

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([-1, 1 << 70])
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(
        ["2026-02-30", "https://[a", "\ud800", "Remote", "3 Locations", "99999999999999"]
    ),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "jobs", "title", "items", "text", "location", "name", "hits"]),
            inside,
            max_size=3,
        )
    ),
    max_leaves=8,
)
URLS = st.sampled_from(["", "https://crumb.example/jobs?offset=20&skip=100"])


def parse(name: str, content: bytes, url: str) -> None:
    try:
        found = SOURCES[name].parse(Page(content, Request(url)))
    except ShapeError:
        return
    assert isinstance(found, Found)
    assert all(one.posting.identifier or one.posting.url for one in found.listings)
    assert all(one.url for one in found.requests)
    json.dumps([one.content for one in found.rejects])


@pytest.mark.parametrize("name", SOURCES)
@settings(deadline=None, max_examples=30)
@given(content=st.binary(max_size=60), start=st.sampled_from([b"", b"<rss>", b"{", b"\x1f\x8b"]))
def test_any_bytes(name: str, content: bytes, start: bytes) -> None:
    parse(name, start + content, "https://crumb.example/")


@pytest.mark.parametrize("name", SOURCES)
@settings(deadline=None, max_examples=40)
@given(value=JSON, url=URLS)
def test_any_json(name: str, value: object, url: str) -> None:
    parse(name, json.dumps(value).encode(), url)
    assert SOURCES[name].is_mine(value) in {True, False}


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [path, *(one for key, part in inside for one in _paths(part, (*path, key)))]


def _replaced(value: Any, path: tuple[str | int, ...], new: object) -> Any:  # noqa: ANN401 - JSON
    if not path:
        return new
    changed = copy.copy(value)
    changed[path[0]] = _replaced(value[path[0]], path[1:], new)
    return changed


@pytest.mark.parametrize("name", JSON_SAMPLES)
@settings(deadline=None, max_examples=40)
@given(data=st.data(), new=JSON, url=URLS)
def test_a_payload_with_any_value_in_it(
    name: str, data: st.DataObject, new: object, url: str
) -> None:
    path = data.draw(st.sampled_from(_paths(JSON_SAMPLES[name])))
    value = _replaced(JSON_SAMPLES[name], path, new)
    parse(name, json.dumps(value).encode(), url)
    assert all(source.is_mine(value) in {True, False} for source in SOURCES.values())


@pytest.mark.parametrize("name", TEXT_SAMPLES)
@settings(deadline=None, max_examples=30)
@given(data=st.data(), new=st.text(max_size=9) | st.sampled_from(["<", "]]>", "</", "&x;", '"']))
def test_a_text_with_anything_in_it(name: str, data: st.DataObject, new: str) -> None:
    text = TEXT_SAMPLES[name]
    where = data.draw(st.integers(0, len(text)))
    parse(name, f"{text[:where]}{new}{text[where:]}".encode(), "https://crumb.example/")


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("depth", [900, 3_000, 100_000])
def test_values_deep_inside_each_other(name: str, depth: int) -> None:
    for start, end in (('{"jobs":', "}"), ("[", "]")):
        parse(name, (start * depth + "1" + end * depth).encode(), "https://crumb.example/")


def test_the_template_of_the_documentation_works() -> None:
    text = (Path(__file__).parents[2] / "docs" / "sources.md").read_text("utf-8")
    template, test = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(template, names)  # noqa: S102 - our own documentation
    import_line = "from classifier.sources.acme import SOURCE\n"
    assert import_line in test
    exec(test.replace(import_line, ""), names)  # noqa: S102 - as above
    names["test_a_posting"]()
    assert names["SOURCE"].start("a/b")[0].url == "https://api.acme.example/a%2Fb/jobs"
