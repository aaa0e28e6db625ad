"""Runs of the collector against servers on loopback that behave badly, and well."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from careers_server import (
    Answer,
    Careers,
    Handler,
    bomb,
    careers_server,
    cut,
    drip,
    first,
    greenhouse_job,
    greenhouse_site,
    json_answer,
    page_answer,
    posting_page,
    redirect,
    status,
    with_etag,
)

from classifier.replay import Replay
from classifier.store import Store
from classifier.stored import Wanted, count_postings, find_postings

SETTINGS = 'delay = 0\ntimeout = 3\nretry_wait = 0.1\ncontact = "jobs@example.org"\n'
PAGE = page_answer(posting_page("Oven Engineer"))


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "classifier", "collect", *map(str, arguments)]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=120, check=False
    )


def plan(folder: Path, sources: str, mirrors: dict[str, str]) -> Path:
    """File of sources, with servers in place of the hosts."""
    lines = [f'"{host}" = "{url}"' for host, url in mirrors.items()]
    path = folder / "sources.toml"
    path.write_text(f"{sources}\n[collect]\n{SETTINGS}[collect.mirrors]\n" + "\n".join(lines))
    return path


def collected(folder: Path, *more: str) -> tuple[int, dict[str, Any], str]:
    """Exit status, report by site, and what was printed, of a run of the folder's plan."""
    report = folder / "report.json"
    store = ("--store", str(folder / "postings.db"))
    done = run(
        folder / "sources.toml", *store, "--report", report, "--allow-private", "127.0.0.0/8", *more
    )
    text = f"{done.stdout}{done.stderr}"
    if not report.exists():
        return done.returncode, {}, text
    tallies = json.loads(report.read_text())["tallies"]
    return done.returncode, {f"{t['source']}:{t['site']}": t for t in tallies}, text


# --- Servers that behave badly: one run over all of them ---

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{}</urlset>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Remote bakers</title>
<item><title>Oven Engineer</title><link>https://feed.example/1</link></item></channel></rss>"""


def sitemap(host: str, paths: list[str]) -> bytes:
    urls = "".join(f"<url><loc>https://{host}{path}</loc></url>" for path in paths)
    return SITEMAP.format(urls).encode()


BAKER = posting_page("Bäcker").decode().replace("\\u00e4", "ä")
LOOP = """<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://mirror.example/jobs</loc></sitemap></sitemapindex>"""
HOSTS = {
    "mirror": page_answer(LOOP.encode()),
    "busy": first(status(429, Retry_After="1"), PAGE),
    "broken": first(status(500), PAGE),
    "moody": first(status(503), status(429), PAGE),
    "closed": status(403),
    "patient": status(429, Retry_After="86400"),
    "drip": drip,
    "cut": cut,
    "bomb": bomb,
    "inward": redirect("http://10.0.0.1/jobs"),
    "metadata": redirect("http://169.254.169.254/latest"),
    "file": redirect("file:///etc/passwd"),
    "loop": redirect("https://loop.example/jobs"),
    "prose": page_answer(b"<h1>We are not hiring</h1>"),
    "charset": lambda _: (
        200,
        {"Content-Type": "text/html; charset=iso-8859-1"},
        BAKER.encode(),
    ),
    "cp1252": lambda _: (
        200,
        {"Content-Type": "text/html; charset=utf-8"},
        BAKER.encode("cp1252"),
    ),
    "feed": lambda _: (200, {"Content-Type": "text/html"}, FEED.encode()),
    "fine": PAGE,
}
SITES = {
    "gone": status(404),
    "empty": json_answer(b'{"jobs": [], "meta": {"total": 0}}'),
    "html": page_answer(b"<html><h1>Be right back</h1></html>"),
    "shape": json_answer(b'{"positions": [{"name": "Cook"}]}'),
    "keys": json_answer(json.dumps({"jobs": [{"jobTitle": "Cook"}] * 3}).encode()),
    "partly": json_answer(
        json.dumps({"jobs": [greenhouse_job(1), {"id": 2}], "meta": {"total": 2}}).encode()
    ),
    "less": json_answer(json.dumps({"jobs": [greenhouse_job(1)], "meta": {"total": 9}}).encode()),
    "fine": json_answer(greenhouse_site(range(5))),
}


class BadRun:
    """One run over all servers of this section."""

    def __init__(self, folder: Path, careers: Careers) -> None:
        for name, answer in HOSTS.items():
            careers.answers[f"/{name}/jobs"] = answer
        for name, answer in SITES.items():
            careers.answers[f"/v1/boards/{name}/jobs"] = answer
        refusing = [f"/r{i}" for i in range(12)]
        careers.answers["/many/sitemap.xml"] = page_answer(sitemap("many.example", refusing))
        careers.answers |= {f"/many{path}": status(403) for path in refusing}
        pages = ["/a", "/b", "/c"]
        careers.answers["/map/sitemap.xml"] = page_answer(sitemap("map.example", pages))
        careers.answers |= {f"/map{path}": page_answer(posting_page(path)) for path in pages}
        names = [*HOSTS, "many", "map"]
        mirrors = {f"{name}.example": f"{careers.url}/{name}" for name in names}
        mirrors["boards-api.greenhouse.io"] = careers.url
        urls = [f"https://{name}.example/jobs" for name in HOSTS]
        urls += ["https://many.example/sitemap.xml", "https://map.example/sitemap.xml"]
        plan(folder, f"greenhouse = {json.dumps(list(SITES))}\npages = {json.dumps(urls)}", mirrors)
        self.status, self.tallies, self.text = collected(folder)
        self.careers, self.store = careers, str(folder / "postings.db")

    def page(self, name: str) -> dict[str, Any]:
        """Tally of a host."""
        path = "sitemap.xml" if name in {"many", "map"} else "jobs"
        found: dict[str, Any] = self.tallies[f"pages:https://{name}.example/{path}"]
        return found


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BadRun]:
    with careers_server() as careers:
        yield BadRun(tmp_path_factory.mktemp("bad"), careers)


@pytest.mark.parametrize(
    ("name", "n_postings", "problem"),
    [
        ("busy", 1, ""),
        ("broken", 1, ""),
        ("moody", 1, ""),
        ("closed", 0, "the server answered 403"),
        ("patient", 0, "left alone: patient.example asks to wait 86400 seconds"),
        ("drip", 0, "no answer in time"),
        ("cut", 0, "the connection was cut"),
        ("bomb", 0, "its answer has over 33554432 bytes"),
        ("inward", 0, "10.0.0.1 is a private address"),
        ("metadata", 0, "169.254.169.254 is a private address"),
        ("file", 0, "the server answered 302"),
        ("prose", 0, "it answered with nothing"),
        ("mirror", 0, "it answered with nothing"),
        ("charset", 1, ""),
        ("cp1252", 1, ""),
        ("feed", 1, ""),
        ("fine", 1, ""),
        ("map", 3, ""),
        ("many", 0, "requests failed"),
    ],
)
def test_a_page(bad: BadRun, name: str, n_postings: int, problem: str) -> None:
    tally = bad.page(name)
    assert tally["n_postings"] == n_postings
    assert problem in tally["problem"]
    assert bool(tally["problem"]) == bool(problem)


@pytest.mark.parametrize(
    ("name", "n_postings", "problem"),
    [
        ("gone", 0, "the server answered 404"),
        ("empty", 0, "it answered with nothing"),
        ("html", 0, "not understood: expected JSON, got '<html><h1>Be right back</h1></html>'"),
        ("shape", 0, "not understood: expected a list under 'jobs', got keys ['positions']"),
        ("keys", 0, "not understood: none of 3 items can be read: no title"),
        ("partly", 1, "1 postings were rejected"),
        ("less", 1, "it says that it has 9 postings, and gave 1"),
        ("fine", 5, ""),
    ],
)
def test_a_site(bad: BadRun, name: str, n_postings: int, problem: str) -> None:
    tally = bad.tallies[f"greenhouse:{name}"]
    assert tally["n_postings"] == n_postings
    assert problem in tally["problem"]
    assert bool(tally["problem"]) == bool(problem)


def test_the_run_says_that_it_fell_short(bad: BadRun) -> None:
    assert bad.status == 1
    assert "sources fell short" in bad.text
    assert "Traceback" not in bad.text
    assert "Warning" not in bad.text


def test_a_redirect_that_never_ends_is_left(bad: BadRun) -> None:
    assert bad.page("loop")["problem"]
    assert bad.careers.asked["/loop/jobs"] <= 6 * 2  # five redirects; the mirror is asked for each


def test_a_page_that_points_to_itself_is_asked_for_once(bad: BadRun) -> None:
    assert bad.careers.asked["/mirror/jobs"] == 1


def test_retry_after_is_waited_for(bad: BadRun) -> None:
    asked = [at for at, path in bad.careers.times if path == "/busy/jobs"]
    assert asked[1] - asked[0] >= 1.0


def test_a_host_that_refuses_is_left_alone(bad: BadRun) -> None:
    asked = sum(n for path, n in bad.careers.asked.items() if path.startswith("/many/r"))
    assert asked == 3
    assert any("left alone" in reason for reason in bad.page("many")["reasons"])
    assert bad.careers.asked["/closed/jobs"] == 1  # a 403 is not tried again
    assert bad.careers.asked["/patient/jobs"] == 1


def test_the_user_agent_names_who_asks(bad: BadRun) -> None:
    assert set(bad.careers.agents) == {"job-posting-classifier (+jobs@example.org)"}


def test_what_could_be_had_is_stored(bad: BadRun) -> None:
    with Store(bad.store) as store:
        titles = [one.collected.posting.title for one in find_postings(store)]
    assert titles.count("Bäcker") == 2
    assert len(titles) == 5 + 1 + 1 + 7 + 3


@pytest.mark.slow
def test_no_page_asks_for_a_private_address(tmp_path: Path) -> None:
    with careers_server() as careers:
        careers.answers["/jobs"] = PAGE
        done = run(f"{careers.url}/jobs", "--store", tmp_path / "postings.db")
        port = careers.url.rpartition(":")[2]
        by_name = run(f"http://localhost:{port}/jobs", "--store", tmp_path / "postings.db")
    assert done.returncode == by_name.returncode == 1
    assert "127.0.0.1 is a private address" in done.stderr
    assert "localhost:" in by_name.stderr
    assert "it is at a private address, 127.0.0.1" in by_name.stderr
    assert not careers.asked


@pytest.mark.slow
def test_robots_are_obeyed(tmp_path: Path) -> None:
    rules = b"User-agent: *\nDisallow: /private/\n"
    with careers_server() as careers:
        careers.answers |= {
            "/robots.txt": lambda _: (200, {"Content-Type": "text/plain"}, rules),
            "/private/jobs": PAGE,
            "/jobs": PAGE,
        }
        urls = [f"{careers.url}/private/jobs", f"{careers.url}/jobs"]
        plan(tmp_path, f"pages = {json.dumps(urls)}", {})
        code, tallies, _ = collected(tmp_path)
    assert code == 1
    assert "robots.txt forbids it" in tallies[f"pages:{urls[0]}"]["problem"]
    assert tallies[f"pages:{urls[1]}"]["problem"] == ""
    assert careers.asked["/private/jobs"] == 0


@pytest.mark.slow
def test_a_host_is_asked_one_thing_at_a_time(tmp_path: Path) -> None:
    paths = [f"/{i}" for i in range(12)]

    def slow(handler: Handler) -> Answer:
        time.sleep(0.05)
        return PAGE(handler)

    with careers_server() as careers:
        careers.answers |= dict.fromkeys(paths, slow)
        plan(tmp_path, f"pages = {json.dumps([careers.url + path for path in paths])}", {})
        assert collected(tmp_path)[0] == 0
    assert careers.most_at_once == 1


# --- The second run ---


def test_a_second_run_updates(tmp_path: Path) -> None:
    sites = [list(range(40)), [*range(2, 40), 50, 51]]
    with careers_server() as careers, ExitStack() as stack:
        numbers, text = list(sites[0]), [""]

        def site() -> bytes:
            jobs = [greenhouse_job(n, text=text[0] if n == 7 else "") for n in numbers]
            return json.dumps({"jobs": jobs, "meta": {"total": len(jobs)}}).encode()

        careers.answers["/v1/boards/crumb/jobs"] = with_etag(site)
        plan(tmp_path, 'greenhouse = ["crumb"]', {"boards-api.greenhouse.io": careers.url})
        counts = ("n_postings", "n_new", "n_changed", "n_closed", "n_same")

        def tally() -> list[int]:
            code, tallies, said = collected(tmp_path)
            assert code == 0, said
            return [tallies["greenhouse:crumb"][name] for name in counts]

        assert tally() == [40, 40, 0, 0, 0]
        assert tally() == [40, 0, 0, 0, 40]
        assert careers.conditional["/v1/boards/crumb/jobs"] == 1
        numbers[:], text[0] = sites[1], "<p>You bake at night now.</p>"
        assert tally() == [40, 2, 1, 2, 37]
        store = stack.enter_context(Store(str(tmp_path / "postings.db")))
        [changed] = find_postings(store, Wanted(title="Engineer 7"))
        assert len(store.earlier(changed.id)) == 1
        gone = find_postings(store, Wanted(state="closed"))
        assert [one.collected.posting.identifier for one in gone] == ["0", "1"]


@pytest.mark.slow
def test_what_falls_short_closes_nothing(tmp_path: Path) -> None:
    with careers_server() as careers:
        answer = first(
            json_answer(greenhouse_site(range(40))), json_answer(greenhouse_site(range(3)))
        )
        careers.answers["/v1/boards/crumb/jobs"] = answer
        plan(tmp_path, 'greenhouse = ["crumb"]', {"boards-api.greenhouse.io": careers.url})
        assert collected(tmp_path)[0] == 0
        code, tallies, _ = collected(tmp_path)
    assert code == 1
    problem = "3 postings, and 40 when it last answered fully"
    assert tallies["greenhouse:crumb"]["problem"] == problem
    with Store(str(tmp_path / "postings.db")) as store:
        assert count_postings(store) == 40


@pytest.mark.slow
def test_a_page_that_is_gone_closes_its_posting(tmp_path: Path) -> None:
    with careers_server() as careers:
        careers.answers["/job"] = first(PAGE, status(404))
        plan(tmp_path, f'pages = ["{careers.url}/job"]', {})
        assert collected(tmp_path)[0] == 0
        code, tallies, _ = collected(tmp_path)
    [tally] = tallies.values()
    assert (code, tally["n_closed"], tally["problem"]) == (0, 1, "")


# --- Raw pages ---


# --- Killed and resumed ---


@pytest.mark.slow
def test_a_killed_run_goes_on(tmp_path: Path) -> None:
    n_sites, n_each = 40, 250
    with careers_server() as careers:
        shift = 0

        def site(b: int) -> bytes:
            return greenhouse_site(range(b * n_each + shift, (b + 1) * n_each))

        for b in range(n_sites):
            careers.answers[f"/v1/boards/b{b}/jobs"] = with_etag(partial(site, b))
        names = json.dumps([f"b{b}" for b in range(n_sites)])
        plan(tmp_path, f"greenhouse = {names}", {"boards-api.greenhouse.io": careers.url})
        arguments = command(
            tmp_path / "sources.toml",
            *("--store", tmp_path / "postings.db", "--allow-private", "127.0.0.1"),
        )
        counts = []
        for n_asked in (5, 12, 25):
            killed = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            while sum(careers.asked.values()) < n_asked:
                time.sleep(0.02)
            killed.send_signal(signal.SIGKILL)
            killed.communicate()
            with Store(str(tmp_path / "postings.db")) as store:
                counts.append(count_postings(store))
        code, tallies, text = collected(tmp_path)
        assert code == 0, text
        asked = [n for path, n in careers.asked.items() if path.startswith("/v1")]
        with Store(str(tmp_path / "postings.db")) as store:
            numbers = [one.collected.posting.identifier for one in find_postings(store)]
            first_run = count_postings(store)
        shift = 3  # on the second run three of each site are gone
        code, again, said = collected(tmp_path)
        assert code == 0, said
        with Store(str(tmp_path / "postings.db")) as store:
            assert count_postings(store) == n_sites * (n_each - 3)
            assert count_postings(store, Wanted(state="closed")) == n_sites * 3
    assert {tally["n_closed"] for tally in again.values()} == {3}
    assert {tally["n_new"] for tally in again.values()} == {0}
    assert counts == sorted(counts)  # nothing that was stored is lost
    assert "went on with a run that was killed" in text
    assert len(numbers) == len(set(numbers)) == n_sites * n_each == first_run
    # A page that was stored before a kill is not asked for again: at most the ones in flight are.
    assert sum(asked) <= n_sites + 3 * 2
    assert all(tally["n_postings"] == n_each for tally in tallies.values())


@pytest.mark.slow
def test_an_interrupt_is_told(tmp_path: Path) -> None:
    with careers_server() as careers:
        careers.answers |= {"/slow": drip, "/job": PAGE}
        plan(tmp_path, f'pages = ["{careers.url}/job", "{careers.url}/slow"]', {})
        (tmp_path / "sources.toml").write_text(
            (tmp_path / "sources.toml").read_text().replace("timeout = 3", "timeout = 60")
        )
        running = subprocess.Popen(
            command(
                tmp_path / "sources.toml",
                *("--store", tmp_path / "postings.db", "--allow-private", "127.0.0.1"),
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        while not careers.asked["/slow"]:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        text, _ = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "interrupted: the next run within a day goes on from here" in text
    assert "Traceback" not in text


# --- Raw pages ---


@pytest.mark.slow
def test_raw_pages_give_the_same_postings(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    with careers_server() as careers:
        careers.answers |= {
            "/v1/boards/crumb/jobs": json_answer(greenhouse_site(range(5))),
            "/job": PAGE,
        }
        plan(
            tmp_path,
            f'greenhouse = ["crumb"]\npages = ["{careers.url}/job"]',
            {"boards-api.greenhouse.io": careers.url},
        )
        for _ in range(2):
            code, _, text = collected(tmp_path, "--save-raw", str(raw))
            assert code == 0, text
    assert sorted(p.name for p in raw.rglob("*") if p.is_file()) == [
        "000001",
        "000002",
        "index.jsonl",
    ]
    with Store(str(tmp_path / "postings.db")) as store:
        stored = {one.collected.key: one.collected.posting for one in find_postings(store)}
    assert {one.key: one.posting for one in Replay([str(raw)])} == stored
