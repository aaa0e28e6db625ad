"""The commands: one for each verb."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from classifier.collect_commands import collect
from classifier.console import (
    DONE,
    app,
    column_option,
    command,
    encoding_option,
    end,
    from_option,
    model_option,
    need_extra,
    postings_argument,
    read_columns,
    runs_alone,
    say,
    say_headings,
    show,
    show_progress,
    to_option,
    write_json,
)
from classifier.errors import InputError
from classifier.pay_commands import bands, salary
from classifier.store_commands import is_store, postings
from classifier.train_commands import evaluate, train

# What a command needs beyond this is imported inside it: `--help` and `classify` start fast.
if TYPE_CHECKING:
    from classifier.summary import Summary
    from classifier.table import Table

__all__ = ["app"]

# In the order of the work: that of `--help`.
command(collect)
command(postings)
command(train)


# --- classify ---


@command
@click.argument("posting", help="A .txt or .html file, - for stdin, or the text.")
@click.option("--title", default="", help="Title, where it is not in the text.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@model_option
def classify(posting: str, title: str, as_json: bool, model: Path | None) -> int:
    """Classify one posting: label, probabilities, the words that decided it, skills, pay.

    Example:
      classifier classify "Design experiments on new training methods and publish the results."
      classifier classify posting.html --json
    """
    from classifier.model import load_model
    from classifier.read_posting import read_posting

    found = load_model(model).classify(read_posting(posting, title))
    if as_json:
        write_json(found.to_json())
        return DONE
    from classifier.show import show_prediction

    show(show_prediction(found))
    return DONE


# --- label ---


@command
@postings_argument
@click.option("--output", "-o", metavar="FILE", help="- is stdout.")
@model_option
@column_option
@encoding_option
@from_option
@to_option
@click.option(
    "--jobs",
    type=int,
    default=-1,
    metavar="N",
    help="Processes for a large input; default: all processors.",
)
@click.option(
    "--without",
    default="",
    metavar="GROUPS",
    help="Leave out columns: review,skills,salary,dimensions or some.",
)
def label(
    postings: Sequence[str],
    output: str | None,
    model: Path | None,
    column: Sequence[str],
    encoding: str | None,
    input_format: str | None,
    output_format: str | None,
    jobs: int,
    without: str,
) -> int:
    """Label files of postings: all columns are kept, labels and pay come behind them.

    Formats are known by suffix. Rows that cannot be used go to FILE.rejects.jsonl with the
    reason. The file appears when all is done, never half. The store of `classifier collect` is
    read, too: without -o the labels go into it.

    Example:
      classifier label data/listings.jsonl -o labelled.parquet
      zcat scrape.jsonl.gz | classifier label - --from jsonl -o labelled.csv
      classifier label postings.db
    """
    if sys.platform == "linux":  # where pyarrow, not imported yet, has it: it holds less memory
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "jemalloc")
        os.environ.setdefault("MALLOC_ARENA_MAX", "1")  # of workers, each of which is one thread
    from classifier.label import label_files
    from classifier.labeller import import_only_what_is_needed
    from classifier.model import load_model

    if runs_alone():
        import_only_what_is_needed()
    table = load_model(model).table
    if any(map(is_store, postings)):
        return _label_store(table, postings, output, output_format)
    if output is None:
        raise InputError("name the file to write with -o FILE (- is standard output)")
    with show_progress() as progress:
        summary = label_files(
            table,
            postings,
            output,
            columns=read_columns(column),
            encoding=encoding,
            input_suffix=input_format,
            output_suffix=output_format,
            n_jobs=jobs,
            without=[group.strip() for group in without.split(",") if group.strip()],
            progress=lambda path, fraction: progress(f"labelling {path}", fraction),
        )
    _say_summary(summary)
    return end(f"{summary.n_rows} postings labelled to {output}", summary.n_rejects, output)


def _label_store(
    table: "Table", postings: Sequence[str], output: str | None, output_format: str | None
) -> int:
    need_extra()
    from classifier.label_store import label_store

    if len(postings) > 1:
        raise InputError(f"a store is labelled by itself: give {postings[0]} alone")
    with show_progress() as progress:
        summary = label_store(table, postings[0], output, suffix=output_format, progress=progress)
    _say_summary(summary)
    return end(f"{summary.n_rows} postings labelled in {output or postings[0]}", 0, None)


def _say_summary(summary: "Summary") -> None:
    from classifier.show import show_labels, show_rows
    from classifier.show_bands import show_bands

    for path, mapping in summary.mappings.items():
        say_headings(path, mapping)
    for old, new in summary.renamed.items():
        say(f"column {old} of the input is {new} in the output")
    say("")
    say(show_rows(summary.first))
    say("")
    say(show_labels(summary.labels.most_common(), summary.n_rows, summary.n_review))
    say("")
    say(show_bands(summary.bands(bounds=False)))
    if summary.n_copies:
        copies = "copy counts" if summary.n_copies == 1 else "copies count"
        say(f"{summary.n_copies} {copies} once in the pay: the same opening of the same employer")
    say("")


command(evaluate)
command(salary)
command(bands)
