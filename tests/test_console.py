"""What the commands share: statuses, what goes to stdout and what to stderr, options."""

import json
from collections.abc import Callable

import click
import pytest

from classifier import console
from classifier.errors import InputError


def ending(function: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> int:
    """Exit status of a function as a command, without adding it to the app."""
    made: list[Callable[[], None]] = []
    monkeypatch.setattr(console.app, "command", lambda _name: made.append)
    assert console.command(function) is function
    with pytest.raises(click.exceptions.Exit) as exit_:
        made[0]()
    return int(exit_.value.exit_code)


def test_a_command_ends_with_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ending(lambda: console.DONE, monkeypatch) == 0
    assert ending(lambda: console.FELL_SHORT, monkeypatch) == 1


def test_a_wrong_input_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> int:
        raise InputError("no column 'pay'")

    assert ending(fail, monkeypatch) == 2
    assert capsys.readouterr() == ("", "classifier: no column 'pay'\n")


def test_an_interrupt_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop() -> int:
        raise KeyboardInterrupt

    assert ending(stop, monkeypatch) == 130
    assert capsys.readouterr().err.startswith("classifier: interrupted")


def test_other_errors_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ending(break_, monkeypatch)


def test_results_go_to_stdout_and_words_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    console.show("[bold] is not markup")
    console.say("a word")
    console.write_json({"pay": None})
    console.write_csv([{"label": "a, b", "median": 1.5}, {"label": "c", "median": None}])
    console.write_csv([])
    out, err = capsys.readouterr()
    first, second, *table = out.splitlines()
    assert first == "[bold] is not markup"
    assert json.loads(second) == {"pay": None}
    assert table == ["label,median", '"a, b",1.5', "c,"]
    assert err == "a word\n"


@pytest.mark.parametrize(
    ("n_rejects", "output", "status", "line"),
    [
        (0, "out.csv", 0, "done; 0 rows rejected"),
        (1, "out.csv", 1, "done; 1 row rejected: see out.csv.rejects.jsonl"),
        (2, "-", 1, "done; 2 rows rejected"),
        (2, None, 1, "done; 2 rows rejected"),
    ],
)
def test_the_last_line_counts_rejects(
    n_rejects: int,
    output: str | None,
    status: int,
    line: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert console.end("done", n_rejects, output) == status
    assert capsys.readouterr().err.strip() == line


def test_columns() -> None:
    assert console.read_columns(None) == {}
    assert console.read_columns(["title=Job = Title", " pay =Pay"]) == {
        "title": "Job = Title",
        "pay": "Pay",
    }
    for wrong in ("title", "=Title", "title="):
        with pytest.raises(InputError, match="is not of the form FIELD=HEADING"):
            console.read_columns([wrong])
