"""The commands: one for each verb."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from classifier.collect_commands import collect, need_extra, postings
from classifier.console import (
    DONE,
    FELL_SHORT,
    app,
    column_option,
    command,
    encoding_option,
    end,
    from_option,
    model_option,
    postings_argument,
    read_columns,
    say,
    say_headings,
    show,
    show_progress,
    to_option,
    write_json,
)
from classifier.errors import InputError
from classifier.pay_commands import bands, salary

# What a command needs beyond this is imported inside it: `--help` and `classify` start fast.
if TYPE_CHECKING:
    from classifier.evaluate import Evaluation
    from classifier.summary import Summary
    from classifier.table import Table
    from classifier.validation import Score

__all__ = ["app"]
ABOUT_LABELS = ("label", "confidence", "sample_weight")  # a file without labels has none of them

# --- collect, postings ---

command(collect)
command(postings)


# --- train ---


@command
@postings_argument
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="New model.",
)
@click.option(
    "--unlabelled",
    multiple=True,
    metavar="FILE",
    help="More postings, without labels.",
)
@click.option(
    "--labels-from",
    default="label",
    metavar="COLUMN|title",
    help="Column of the labels.",
)
@click.option(
    "--vocabulary",
    type=click.Path(path_type=Path),
    metavar="TOML",
    help="Your own roles and skills.",
)
@column_option
@encoding_option
def train(
    postings: Sequence[str],
    output: Path,
    unlabelled: Sequence[str],
    labels_from: str,
    vocabulary: Path | None,
    column: Sequence[str],
    encoding: str | None,
) -> int:
    """Train a model from labelled postings, or from their titles with --labels-from title.

    The folder gets model.npz (arrays), model.json, card.md, terms.tsv and pipeline.joblib
    (scikit-learn). Rows without a label are left out and counted; rows that cannot be used go
    to DIR.rejects.jsonl. Columns confidence (1 to 3) and sample_weight weigh the postings.
    With --unlabelled the model learns from postings without labels, too: which words go together,
    and what those that it is sure of, title and all, say in their texts. Their rejects go to
    DIR.unlabelled.rejects.jsonl.

    Example:
      classifier train data/postings.csv -o models/mine
    """
    from classifier.card import save_training
    from classifier.labelled import read_frame
    from classifier.training import train as train_model
    from classifier.vocabulary import load_vocabulary
    from classifier.write_files import check_apart

    words = load_vocabulary(vocabulary)
    columns, beside = read_columns(column), f"{output}.unlabelled"
    for place in (str(output), beside):
        check_apart([*postings, *(unlabelled or [])], place)
    frame, n_rejects = read_frame(postings, output, columns, encoding, say_headings)
    more, n_more = None, 0
    if unlabelled:
        others = {name: heading for name, heading in columns.items() if name not in ABOUT_LABELS}
        more, n_more = read_frame(unlabelled, beside, others, encoding, say_headings)
    with show_progress() as progress:
        training = train_model(
            frame,
            unlabelled=more,
            labels_from=labels_from,
            vocabulary=words,
            name=output.resolve().name,  # "." has none
            progress=progress,
        )
    save_training(training, output)
    for note in training.data.notes:
        say(note)
    _say_scores(training.scores)
    if n_more:
        say(f"{n_more} of the rows without labels rejected: see {beside}.rejects.jsonl")
    done = f"{output} holds the model of {len(training.data.y)} postings"
    return max(end(done, n_rejects, output), FELL_SHORT if n_more else DONE)


def _say_scores(scores: "Sequence[Score]") -> None:
    from classifier.show import show_table

    labels = [one.label for one in scores[0].labels]
    rows = [
        [
            score.name,
            f"{score.macro_f1:.3f}",
            *(f"{one.f1:.3f}" for one in score.labels),
            "" if score.calibration_error is None else f"{score.calibration_error:.3f}",
        ]
        for score in scores
    ]
    say("")
    say("On employers that were left out of the fit (F1 per label; ECE = calibration error):")
    say(show_table(["", "macro-F1", *labels, "ECE"], rows))
    say("")


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
    from classifier.label import label_files
    from classifier.lines import is_store
    from classifier.model import load_model

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
    say(show_bands(summary.bands()))
    if summary.n_copies:
        copies = "copy counts" if summary.n_copies == 1 else "copies count"
        say(f"{summary.n_copies} {copies} once in the pay: the same opening of the same employer")
    say("")


# --- evaluate ---


@command
@postings_argument
@model_option
@click.option(
    "--labels-from",
    default="label",
    metavar="COLUMN",
    help="Column of the true labels.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="HTML",
    help="Write a page with tables and plots.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@column_option
@encoding_option
def evaluate(
    postings: Sequence[str],
    model: Path | None,
    labels_from: str,
    report: Path | None,
    as_json: bool,
    column: Sequence[str],
    encoding: str | None,
) -> int:
    """Judge a model on labelled postings: F1 per label, confusions, calibration, coverage.

    Example:
      classifier evaluate data/postings.csv --report report.html
    """
    from classifier.evaluate import evaluate as judge
    from classifier.evaluate import report_html
    from classifier.labelled import read_frame
    from classifier.model import load_model
    from classifier.write_files import replacing

    table = load_model(model).table
    frame, n_rejects = read_frame(postings, report, read_columns(column), encoding, say_headings)
    found = judge(table, frame, labels_from)
    if report:
        page = report_html(found)
        with replacing(report) as file:
            file.write(page.encode())
    if as_json:
        write_json(found.to_json())
    else:
        _say_evaluation(found)
    return end(f"{found.n_rows} postings judged", n_rejects, report)


def _say_evaluation(found: "Evaluation") -> None:
    from classifier.evaluate import notes
    from classifier.show import show_table

    rows = [[s.label, *(f"{value:.3f}" for value in s[1:4]), str(s.support)] for s in found.labels]
    show(show_table([found.model, "precision", "recall", "F1", "postings"], rows))
    show(
        f"macro-F1 {found.macro_f1:.3f}, accuracy {found.accuracy:.3f}, "
        f"expected calibration error {found.calibration_error:.3f}, {found.n_review} for review\n"
    )
    counts = zip(found.classes_, found.confusion.tolist(), strict=True)
    show(show_table(["true \\ predicted", *found.classes_], [[c, *map(str, r)] for c, r in counts]))
    bins = [
        [f"{b.probability:.3f}", f"{b.fraction_right:.3f}", str(b.n)] for b in found.reliability
    ]
    show("")
    show(show_table(["stated probability", "fraction right", "postings"], bins))
    curve = [[f"{c:.0%}", f"{a:.3f}"] for c, a in found.risk_coverage if round(c * 20) % 2 == 0]
    show("")
    show(show_table(["surest part of the postings", "accuracy"], curve))
    for note in notes(found):
        show(f"Note: {note}")


# --- salary, bands ---

command(salary)
command(bands)
