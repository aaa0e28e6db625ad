"""What the commands share: the app, options, exit statuses, and printing, which only this does."""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from classifier.errors import InputError

# What printing needs beyond this is imported inside: `--help` starts fast.
if TYPE_CHECKING:
    from rich.console import Console, RenderableType

DONE, FELL_SHORT, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
STORE = "postings.db"


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the work, not of the alphabet."""
        del ctx
        return list(self.commands)


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Labels job postings research-engineer or software-engineer by the work described.",
)
@click.version_option(
    package_name="job-posting-classifier",
    message="%(package)s %(version)s",
    help="Version.",
)
def app() -> None:
    """Group of all commands."""


postings_argument = click.argument(
    "postings",
    nargs=-1,
    required=True,
    help="Files: .csv .tsv .jsonl .json .parquet (text also .gz); - is stdin.",
)
model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A saved model; default: the shipped.",
)
column_option = click.option(
    "--column",
    multiple=True,
    metavar="FIELD=HEADING",
    help="Heading of a field, e.g. description=Text.",
)
encoding_option = click.option("--encoding", help="Encoding of text files; default: detected.")
from_option = click.option(
    "--from", "input_format", metavar="SUFFIX", help="Format of stdin, e.g. jsonl."
)
to_option = click.option(
    "--to", "output_format", metavar="SUFFIX", help="Format of stdout, e.g. csv."
)


def command(function: Callable[..., int]) -> Callable[..., int]:
    """Make a command of a function that gives its exit status.

    0 done, 1 done but rows were rejected, 2 wrong use or unreadable input, 130 interrupted.
    """

    @wraps(function)
    def guarded(*args: object, **kwargs: object) -> None:
        try:
            status = function(*args, **kwargs)
        except InputError as error:
            print(f"classifier: {error}", file=sys.stderr)
            status = WRONG_USE
        except KeyboardInterrupt:
            print("classifier: interrupted; no output file was changed", file=sys.stderr)
            status = INTERRUPTED
        raise click.exceptions.Exit(status)

    # A line with a backspace keeps the lines below it as they are.
    guarded.__doc__ = cleandoc(function.__doc__ or "").replace("Example:", "\b\nExample:")
    app.command(function.__name__)(guarded)
    return function


def runs_alone() -> bool:
    """Whether the process runs this command and nothing else, as `__main__` says."""
    return bool(click.get_current_context().find_root().obj)


def need_extra() -> None:
    """Say what to install for the store and the crawler, if they are not there."""
    from importlib.util import find_spec

    missing = [name for name in ("scrapy", "sqlalchemy", "alembic") if find_spec(name) is None]
    if missing:
        raise InputError(
            f"collecting and the store need {', '.join(missing)}: "
            "pip install 'job-posting-classifier[collect]'"
        )


# --- What is printed, and where ---


UNBOUNDED = 200  # characters of a line, where nobody's terminal sets a width


def show(what: "RenderableType", width: int | None = None) -> None:
    """Print a result, to stdout; `width` is that of the terminal, else 80."""
    from rich.console import Console

    Console(highlight=False, width=width).print(what, markup=False, soft_wrap=isinstance(what, str))


def table_width() -> int:
    """Characters for a table: those of the terminal, or `UNBOUNDED` in a file or a pipe."""
    from rich.console import Console

    console = Console()
    return console.width if console.is_terminal else UNBOUNDED


def say(what: "RenderableType") -> None:
    """Print a word about the run, to stderr: stdout may be somebody's input."""
    _stderr().print(what, markup=False, soft_wrap=isinstance(what, str))


def _stderr() -> "Console":
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def say_headings(path: str, mapping: Mapping[str, str]) -> None:
    """Say which column of a file was taken for which field."""
    pairs = [
        name if name == heading else f"{heading} = {name}" for name, heading in mapping.items()
    ]
    say(f"{path}: columns {', '.join(pairs)}")


def end(done: str, n_rejects: int, output: str | Path | None) -> int:
    """Say in the last line what was done and how many rows were rejected; give the status."""
    if not n_rejects:
        say(f"{done}; 0 rows rejected")
        return DONE
    place = "" if output in (None, "-") else f": see {output}.rejects.jsonl"
    say(f"{done}; {n_rejects} {'row' if n_rejects == 1 else 'rows'} rejected{place}")
    return FELL_SHORT


@contextmanager
def show_progress() -> Iterator[Callable[[str, float], None]]:
    """Progress bar on stderr, if that is a terminal."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    step = TextColumn("{task.description}", markup=False)  # it can be the name of a file
    columns, console = (step, BarColumn(), TimeElapsedColumn()), _stderr()
    hidden = not console.is_terminal  # else it would leave an empty line in a log
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda name, fraction: bar.update(task, description=name, completed=fraction)


def write_json(value: object) -> None:
    """Print one JSON value in a line, to stdout."""
    print(json.dumps(value))


def write_csv(rows: Sequence[Mapping[str, object]]) -> None:
    """Print rows of the same columns as CSV, to stdout; None is an empty cell."""
    if rows:
        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_columns(pairs: Sequence[str] | None) -> dict[str, str]:
    """Record name to heading, from ``name=heading`` options."""
    columns = {}
    for pair in pairs or ():
        name, sign, heading = pair.partition("=")
        if not (name and sign and heading):
            raise InputError(f"--column {pair!r} is not of the form FIELD=HEADING")
        columns[name.strip()] = heading
    return columns
