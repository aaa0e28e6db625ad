"""The commands of a model's making: train, evaluate. `classifier.cli` registers them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from classifier.console import (
    DONE,
    FELL_SHORT,
    column_option,
    encoding_option,
    end,
    model_option,
    postings_argument,
    read_columns,
    say,
    say_headings,
    show,
    show_progress,
    write_json,
)

# What a command needs beyond this is imported inside it: `--help` starts fast.
if TYPE_CHECKING:
    from classifier.evaluate import Evaluation
    from classifier.validation import Score

ABOUT_LABELS = ("label", "confidence", "sample_weight")  # a file without labels has none of them


# --- train ---


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
            n_jobs=-1,
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


# --- evaluate ---


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
