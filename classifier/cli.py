"""The commands: one for each verb. The only place that prints."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.errors import InputError

# What a command needs beyond this is imported inside it: `--help` and `classify` start fast.
if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from classifier.evaluate import Evaluation
    from classifier.label import Summary
    from classifier.validation import Score

DONE, FELL_SHORT, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
ABOUT_LABELS = ("label", "confidence", "sample_weight")  # a file without labels has none of them

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Labels job postings research-engineer or software-engineer by the work described.",
)

Postings = Annotated[
    list[str],
    typer.Argument(help="Files: .csv .tsv .jsonl .json .parquet (text also .gz); - is stdin."),
]
ModelOption = Annotated[
    Path | None, typer.Option("--model", metavar="DIR", help="A saved model; default: the shipped.")
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="FIELD=HEADING", help="Heading of a field, e.g. description=Text."
    ),
]
EncodingOption = Annotated[
    str | None, typer.Option(help="Encoding of text files; default: detected.")
]
LabelsFrom = Annotated[
    str, typer.Option("--labels-from", metavar="COLUMN|title", help="Column of the labels.")
]


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
        raise typer.Exit(status)

    # A line with a backspace keeps the lines below it as they are.
    guarded.__doc__ = cleandoc(function.__doc__ or "").replace("Example:", "\b\nExample:")
    app.command()(guarded)
    return function


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"job-posting-classifier {version('job-posting-classifier')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Version.")
    ] = False,
) -> None:
    pass


# --- train ---


@command
def train(
    postings: Postings,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="New model.")],
    unlabelled: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="More postings, without labels.")
    ] = None,
    labels_from: LabelsFrom = "label",
    vocabulary: Annotated[
        Path | None, typer.Option(metavar="TOML", help="Your own roles and skills.")
    ] = None,
    column: ColumnOption = None,
    encoding: EncodingOption = None,
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
    columns, beside = _columns(column), f"{output}.unlabelled"
    for place in (str(output), beside):
        check_apart([*postings, *(unlabelled or [])], place)
    frame, n_rejects = read_frame(postings, output, columns, encoding, _say_headings)
    more, n_more = None, 0
    if unlabelled:
        others = {name: heading for name, heading in columns.items() if name not in ABOUT_LABELS}
        more, n_more = read_frame(unlabelled, beside, others, encoding, _say_headings)
    with _progress() as progress:
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
        _say(note)
    _say_scores(training.scores)
    if n_more:
        _say(f"{n_more} of the rows without labels rejected: see {beside}.rejects.jsonl")
    done = f"{output} holds the model of {len(training.data.y)} postings"
    return max(_end(done, n_rejects, output), FELL_SHORT if n_more else DONE)


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
    _say("")
    _say("On employers that were left out of the fit (F1 per label; ECE = calibration error):")
    _say(show_table(["", "macro-F1", *labels, "ECE"], rows))
    _say("")


# --- classify ---


@command
def classify(
    posting: Annotated[str, typer.Argument(help="A .txt or .html file, - for stdin, or the text.")],
    title: Annotated[str, typer.Option(help="Title, where it is not in the text.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    model: ModelOption = None,
) -> int:
    """Classify one posting: label, probabilities, the words that decided it, skills, pay.

    Example:
      classifier classify "Design experiments on new training methods and publish the results."
      classifier classify posting.html --json
    """
    from classifier.model import load_model
    from classifier.read_posting import read_posting

    found = load_model(model).classify(read_posting(posting, title))
    if as_json:
        print(json.dumps(found.to_json()))
        return DONE
    from classifier.show import show_prediction

    _print(show_prediction(found))
    return DONE


# --- label ---


@command
def label(
    postings: Postings,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="- is stdout.")],
    model: ModelOption = None,
    column: ColumnOption = None,
    encoding: EncodingOption = None,
    input_format: Annotated[
        str | None, typer.Option("--from", metavar="SUFFIX", help="Format of stdin, e.g. jsonl.")
    ] = None,
    output_format: Annotated[
        str | None, typer.Option("--to", metavar="SUFFIX", help="Format of stdout, e.g. csv.")
    ] = None,
) -> int:
    """Label files of postings: all columns are kept, labels and pay come behind them.

    Formats are known by suffix. Rows that cannot be used go to FILE.rejects.jsonl with the
    reason. The file appears when all is done, never half.

    Example:
      classifier label data/listings.jsonl -o labelled.parquet
      zcat scrape.jsonl.gz | classifier label - --from jsonl -o labelled.csv
    """
    from classifier.label import label_files
    from classifier.model import load_model

    table = load_model(model).table
    with _progress() as progress:
        summary = label_files(
            table,
            postings,
            output,
            columns=_columns(column),
            encoding=encoding,
            input_suffix=input_format,
            output_suffix=output_format,
            progress=lambda path, fraction: progress(f"labelling {path}", fraction),
        )
    _say_summary(summary)
    return _end(f"{summary.n_rows} postings labelled to {output}", summary.n_rejects, output)


def _say_summary(summary: "Summary") -> None:
    from classifier.show import show_bands, show_labels, show_rows

    for path, mapping in summary.mappings.items():
        _say_headings(path, mapping)
    for old, new in summary.renamed.items():
        _say(f"column {old} of the input is {new} in the output")
    _say("")
    _say(show_rows(summary.first))
    _say("")
    _say(show_labels(summary.labels.most_common(), summary.n_rows, summary.n_review))
    _say("")
    _say(show_bands(summary.bands()))
    if summary.n_copies:
        copies = "copy counts" if summary.n_copies == 1 else "copies count"
        _say(f"{summary.n_copies} {copies} once in the pay: same employer, same text")
    _say("")


# --- evaluate ---


@command
def evaluate(
    postings: Postings,
    model: ModelOption = None,
    labels_from: Annotated[
        str, typer.Option("--labels-from", metavar="COLUMN", help="Column of the true labels.")
    ] = "label",
    report: Annotated[
        Path | None, typer.Option(metavar="HTML", help="Write a page with tables and plots.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    column: ColumnOption = None,
    encoding: EncodingOption = None,
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
    frame, n_rejects = read_frame(postings, report, _columns(column), encoding, _say_headings)
    found = judge(table, frame, labels_from)
    if report:
        page = report_html(found)
        with replacing(report) as file:
            file.write(page.encode())
    if as_json:
        print(json.dumps(found.to_json()))
    else:
        _say_evaluation(found)
    return _end(f"{found.n_rows} postings judged", n_rejects, report)


def _say_evaluation(found: "Evaluation") -> None:
    from classifier.evaluate import notes
    from classifier.show import show_table

    rows = [[s.label, *(f"{value:.3f}" for value in s[1:4]), str(s.support)] for s in found.labels]
    _print(show_table([found.model, "precision", "recall", "F1", "postings"], rows))
    _print(
        f"macro-F1 {found.macro_f1:.3f}, accuracy {found.accuracy:.3f}, "
        f"expected calibration error {found.calibration_error:.3f}, {found.n_review} for review\n"
    )
    counts = zip(found.classes_, found.confusion.tolist(), strict=True)
    _print(
        show_table(["true \\ predicted", *found.classes_], [[c, *map(str, r)] for c, r in counts])
    )
    bins = [
        [f"{b.probability:.3f}", f"{b.fraction_right:.3f}", str(b.n)] for b in found.reliability
    ]
    _print("")
    _print(show_table(["stated probability", "fraction right", "postings"], bins))
    curve = [[f"{c:.0%}", f"{a:.3f}"] for c, a in found.risk_coverage if round(c * 20) % 2 == 0]
    _print("")
    _print(show_table(["surest part of the postings", "accuracy"], curve))
    for note in notes(found):
        _print(f"Note: {note}")


# --- What is printed, and where ---


def _print(what: "RenderableType") -> None:
    """Print a result, to stdout."""
    from rich.console import Console

    Console(highlight=False).print(what, markup=False, soft_wrap=isinstance(what, str))


def _say(what: "RenderableType") -> None:
    """Print a word about the run, to stderr: stdout may be somebody's input."""
    _stderr().print(what, markup=False, soft_wrap=isinstance(what, str))


def _stderr() -> "Console":
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def _say_headings(path: str, mapping: Mapping[str, str]) -> None:
    pairs = [
        name if name == heading else f"{heading} = {name}" for name, heading in mapping.items()
    ]
    _say(f"{path}: columns {', '.join(pairs)}")


def _end(done: str, n_rejects: int, output: str | Path | None) -> int:
    """Say in the last line what was done and how many rows were rejected; give the status."""
    if not n_rejects:
        _say(f"{done}; 0 rows rejected")
        return DONE
    place = "" if output in (None, "-") else f": see {output}.rejects.jsonl"
    _say(f"{done}; {n_rejects} {'row' if n_rejects == 1 else 'rows'} rejected{place}")
    return FELL_SHORT


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """Progress bar on stderr, if that is a terminal."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    step = TextColumn("{task.description}", markup=False)  # it can be the name of a file
    columns, console = (step, BarColumn(), TimeElapsedColumn()), _stderr()
    hidden = not console.is_terminal  # else it would leave an empty line in a log
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda name, fraction: bar.update(task, description=name, completed=fraction)


def _columns(pairs: Sequence[str] | None) -> dict[str, str]:
    """Record name to heading, from ``name=heading`` options."""
    columns = {}
    for pair in pairs or ():
        name, sign, heading = pair.partition("=")
        if not (name and sign and heading):
            raise InputError(f"--column {pair!r} is not of the form FIELD=HEADING")
        columns[name.strip()] = heading
    return columns
