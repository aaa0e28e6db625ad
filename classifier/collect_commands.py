"""The command of the first stage: collect. `classifier.cli` registers it."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from classifier.console import (
    DONE,
    FELL_SHORT,
    INTERRUPTED,
    STORE,
    end,
    need_extra,
    say,
    show,
    show_progress,
    table_width,
)
from classifier.errors import InputError

# What a command needs beyond this is imported inside it: `--help` starts fast.
if TYPE_CHECKING:
    from classifier.collect import Run
    from classifier.replay import Replay


@click.argument(
    "what", nargs=-1, help="A .toml file of sources, SOURCE:SITE, or the address of a page."
)
@click.option("--output", "-o", metavar="FILE", help="Write what came, too; - is stdout.")
@click.option("--store", metavar="FILE|URL", help=f"SQLite or postgresql://...; default {STORE}.")
@click.option(
    "--replay",
    multiple=True,
    metavar="FOLDER",
    help="Read saved pages and payloads; nothing is fetched.",
)
@click.option(
    "--save-raw",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Keep every page as it came.",
)
@click.option("--report", type=click.Path(path_type=Path), metavar="JSON", help="Write the report.")
@click.option(
    "--contact",
    default="",
    help="Your address, which the user agent names to the sites.",
)
@click.option("--log", metavar="FILE", help="Write Scrapy's log.")
@click.option(
    "--allow-private",
    multiple=True,
    metavar="NETWORK",
    help="Ask addresses of this private network, too.",
)
def collect(
    what: Sequence[str],
    output: str | None,
    store: str | None,
    replay: Sequence[str],
    save_raw: Path | None,
    report: Path | None,
    contact: str,
    log: str | None,
    allow_private: Sequence[str],
) -> int:
    """Collect postings from where employers publish them, into a store.

    Robots.txt is obeyed, a host is asked one thing at a time, and a run that was killed goes on
    where it was. Ends with status 1 if a source answered with nothing, with far less than last
    time, or with pages that are not understood. Saved pages go where -o or --store says.

    Example:
      classifier collect sources.toml --contact jobs@example.org
      classifier collect greenhouse:anthropic lever:palantir
      classifier collect --replay data/pages -o postings.jsonl
    """
    if replay:
        # A shell makes more words of `--replay pages/*`: they are files, too.
        if save_raw or not all(Path(one).exists() for one in what):
            raise InputError("--replay fetches nothing: leave out sources and --save-raw")
        return _replay([*replay, *what], output, store, report)
    if not what:
        raise InputError(
            "give what to collect: a .toml file, source:site or an address; or --replay FOLDER"
        )
    need_extra()
    from classifier.collect import collect as run_collect
    from classifier.plan import read_plan
    from classifier.store import Store

    plan, store = read_plan(what), store or STORE
    plan.settings |= {"contact": contact} if contact else {}
    if not plan.sites:
        raise InputError(f"{what[0]} names no site; see docs/sources.md")
    with Store(store) as opened, show_progress() as progress:
        run = run_collect(
            plan,
            opened,
            allow_private=allow_private or (),
            save_raw=save_raw,
            log=log,
            progress=progress,
        )
    _write_report(report, run.to_json())
    if output is not None:
        _write_sites(store, run, output)
    return _say_run(run, store)


def _write_report(path: Path | None, values: dict[str, object]) -> None:
    import json

    from classifier.write_files import replacing

    if path:
        with replacing(path) as file:
            file.write(json.dumps(values, indent=1).encode())


def _write_sites(store: str, run: "Run", output: str) -> None:
    """Write the open postings of the sites of a run."""
    from classifier.collected import write_collected
    from classifier.store import Store
    from classifier.stored import Wanted, find_postings

    with Store(store) as opened:
        wanted = [Wanted(source=tally.source, site=tally.site) for tally in run.tallies]
        write_collected(
            output, (one.collected for each in wanted for one in find_postings(opened, each))
        )


def _say_run(run: "Run", store: str) -> int:
    from classifier.show import show_table

    if run.resumed:
        say("went on with a run that was killed")
    heads = ["source", "requests", "postings", "new", "changed", "closed", "rejected", "result"]
    rows = [
        [
            _name(t.source, t.site),
            *map(str, (t.n_requests, t.n_postings, t.n_new, t.n_changed, t.n_closed, t.n_rejected)),
            "fell short" if t.problem else "in part" if t.partial else "complete",
        ]
        for t in run.tallies
    ]
    show(show_table(heads, rows, text_columns=(0, 7)), table_width())
    for tally in run.tallies:
        for reason in filter(None, [tally.problem or tally.partial, *tally.reasons[1:4]]):
            say(f"{_name(tally.source, tally.site)}: {reason}")
    n_postings = sum(t.n_postings for t in run.tallies)
    n_short = sum(bool(t.problem) for t in run.tallies)
    short = f"; {n_short} of {len(run.tallies)} sources fell short" if n_short else ""
    say(f"{n_postings} postings of {len(run.tallies)} sources in {store}{short}")
    if not run.finished:
        say("interrupted: the next run within a day goes on from here")
        return INTERRUPTED
    return FELL_SHORT if run.fell_short else DONE


def _name(source: str, site: str) -> str:
    return site if source == "pages" else f"{source}:{site}"


def _replay(
    paths: Sequence[str], output: str | None, store: str | None, report: Path | None
) -> int:
    from classifier.collected import write_collected
    from classifier.replay import Replay
    from classifier.write_files import check_apart, write_rejects

    if output is None and store is None:
        raise InputError("say where the postings go: -o FILE, or --store FILE|URL")
    run = Replay(paths)
    if store is not None:
        n_postings = _save_replay(run, store)
        target = store
    else:
        target = str(output)
        check_apart(paths, target)
        with write_rejects(target) as reject:
            n_postings = write_collected(target, run)
            for file, one in run.rejects:
                reject(one, file)
    _write_report(report, {"files": [one._asdict() for one in run.files]})
    _say_files(run)
    n_rejects = sum(one.n_rejects for one in run.files)
    status = end(f"{n_postings} postings of {len(run.files)} files in {target}", n_rejects, output)
    return FELL_SHORT if any(one.problem for one in run.files) else status


def _save_replay(run: "Replay", store: str) -> int:
    need_extra()
    from classifier.openings import link_openings
    from classifier.store import Store, now

    started, n_postings = now(), 0
    with Store(store) as opened:
        postings = iter(run)
        while chunk := list(islice(postings, 256)):
            opened.save(chunk)
            n_postings += len(chunk)
        link_openings(opened, started)
    return n_postings


def _say_files(run: "Replay") -> None:
    from classifier.show import show_table

    rows = [
        [one.file, one.source or "-", str(one.n_postings), str(one.n_rejects), one.problem]
        for one in run.files
    ]
    heads = ["file", "source", "postings", "rejected", "result"]
    say(show_table(heads, rows, text_columns=(0, 1, 4)))
