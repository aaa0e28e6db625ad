"""The commands as a person meets them: help, exit statuses, what is printed and where."""

import csv
import gzip
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from classifier.card import save_training
from classifier.cli import app

if TYPE_CHECKING:
    from classifier.training import Training

COMMANDS = ("collect", "postings", "train", "classify", "label", "evaluate", "salary", "bands")
COMMAND = [sys.executable, "-m", "classifier"]
WORK = "Build compilers in Rust and ship them to customers."
NO_MODEL = "Give the folder that `classifier train -o` wrote."


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run a command in this process; an exception that nobody caught is a failure."""
    result = CliRunner().invoke(app, [str(one) for one in arguments], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(*arguments: str | Path, stdin: str | bytes | None = None) -> str:
    """The one line on stderr of a command that has to refuse."""
    result = run(*arguments, stdin=stdin)
    assert (result.exit_code, result.stdout) == (2, "")
    *before, line = result.stderr.splitlines()
    assert all(": columns " in one for one in before)  # what was read so far
    assert line.startswith("classifier: ")
    return line.removeprefix("classifier: ")


def process(*arguments: str, **options: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own."""
    env = {**os.environ, **options}
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, env=env)


@pytest.fixture
def here(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the sample data."""
    (tmp_path / "data").symlink_to(root / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def saved(data_roles: "Training", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a model of two other roles."""
    folder = tmp_path_factory.mktemp("models") / "data-roles"
    save_training(data_roles, folder)
    return folder


# --- Help ---


def examples(command: str) -> list[str]:
    """Lines after "Example:" in the help of a command."""
    text = run(command, "--help").stdout.partition("Example:\n")[2]
    return re.findall(r"^ +(\S.* \S.*)$", text.partition("\n\n")[0], re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = run(command, "-h")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Example:" in result.stdout
    assert all(f"classifier {command} " in line for line in examples(command))
    assert examples(command)


def test_help_names_every_command() -> None:
    text = run("--help").stdout
    _, _, commands = text.partition("Commands:\n")
    assert tuple(re.findall(r"^  (\w+) ", commands, re.MULTILINE)) == COMMANDS


def needs_network(line: str) -> bool:
    """Collecting is tested against servers on loopback, in test_collect.py."""
    return line.startswith("classifier collect") and "--replay" not in line


@pytest.mark.parametrize(
    "line", [line for one in COMMANDS for line in examples(one) if not needs_network(line)]
)
def test_examples_run(line: str, here: Path) -> None:
    if "postings.db" in line or line.startswith("classifier postings"):
        saved = run("collect", "--replay", "data/pages", "--store", "postings.db")
        assert saved.exit_code == 0
    (here / "posting.html").write_text(f"<h1>Compiler Engineer</h1><p>{WORK}</p>")
    (here / "scrape.jsonl.gz").write_bytes(
        gzip.compress((here / "data" / "listings.jsonl").read_bytes())
    )
    if "labelled.parquet" in line and "label data" not in line:
        assert run("label", "data/listings.jsonl", "-o", "labelled.parquet").exit_code == 0
    if "|" in line:
        folder = Path(sys.executable).parent
        env = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(line, shell=True, capture_output=True, text=True, env=env)  # noqa: S602 - the example is a shell line
        assert done.returncode == 0, done.stderr
    else:
        assert run(*shlex.split(line)[1:]).exit_code == 0
    output = re.search(r"(?:-o|--report|--plot) (\S+)", line)
    assert output is None or (here / output[1]).exists()


def test_version() -> None:
    result = run("--version")
    assert re.fullmatch(r"job-posting-classifier \d+\.\d+\.\d+\S*\n", result.stdout)
    assert result.exit_code == 0


# --- Wrong use ---


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frobnicate",),
        ("train", "data/postings.csv"),
        ("classify",),
        ("classify", WORK, "--colour"),
        ("evaluate",),
    ],
    ids=[
        "nothing",
        "no such command",
        "no -o",
        "no posting",
        "no such option",
        "-",
    ],
)
def test_wrong_use_is_status_2(arguments: tuple[str, ...], here: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("classify", "nowhere.txt"),
            r"cannot read nowhere\.txt: No such file or directory; give ",
        ),
        (("classify", "data"), r"data is a folder; name a file in it, or give the text itself"),
        (("label", "nowhere.csv", "-o", "out.csv"), r".*nowhere\.csv.*"),
        (
            ("label", "data/postings.csv", "-o", "nowhere/out.csv"),
            r".*make the folder nowhere first",
        ),
        (("label", "data/postings.csv", "-o", "data/postings.csv"), r".*read and written at once"),
        (("label", "data/postings.csv", "-o", "out.xls"), r".*out\.xls.*"),
        (
            ("label", "data/postings.csv", "-o", "o.csv", "--column", "title"),
            r"--column 'title' is not of the form FIELD=HEADING",
        ),
        (("label", "data/postings.csv", "-o", "o.csv", "--column", "title=Kopf"), r".*Kopf.*"),
        (("evaluate", "data/listings.jsonl"), r"no column 'label' with the true labels; the .*"),
        (
            ("train", "data/postings.csv", "-o", "m", "--labels-from", "kind"),
            r"no column 'kind' with labels; the columns are identifier, title, .*, label\. "
            r"Name one with --labels-from, or use --labels-from title\.",
        ),
        (
            ("train", "data/postings.csv", "-o", "m", "--vocabulary", "no.toml"),
            r"no\.toml: No such .*",
        ),
        (("train", "empty.csv", "-o", "m"), r".*empty\.csv.*"),
        (("train", "heads.csv", "-o", "m"), r"heads\.csv: no row can be used, 0 are rejected"),
        (("train", "one.csv", "-o", "m"), r".*'label' gives only 'cook'\."),
        (
            ("train", "employer.csv", "-o", "m"),
            r"all postings labelled 'baker' are of one employer .*",
        ),
        (
            ("train", "roles.csv", "-o", "empty.csv"),
            r"cannot write the model to empty\.csv: File exists",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_one_line_says_what_is_wrong(
    arguments: tuple[str, ...], message: str, here: Path, root: Path
) -> None:
    (here / "empty.csv").touch()
    (here / "heads.csv").write_text("title,description,label\n")
    (here / "one.csv").write_text("title,description,label\nA,Fry eggs.,cook\nB,Fry fish.,cook\n")
    (here / "employer.csv").write_text(
        "title,description,label,company\n"
        "A,Fry eggs,cook,x\nB,Fry fish,cook,y\nC,Fry buns,baker,z\n"
    )
    (here / "roles.csv").symlink_to(root / "tests" / "cases" / "data_roles.csv")
    assert re.fullmatch(f"(?:{message}).*", refused(*arguments))
    left = {path.name for path in here.iterdir()}
    assert left == {"data", "empty.csv", "heads.csv", "one.csv", "employer.csv", "roles.csv"}


@pytest.mark.parametrize("command", ["classify", "label", "evaluate"])
@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("missing", rf"no model in \S+: there is no such folder\. {NO_MODEL}"),
        ("empty", rf"no model in \S+: model\.json is missing\. {NO_MODEL}"),
        ("cut", r"the model in \S+ is damaged \(.*\)\. Train or fetch it again\."),
        ("pickle", r"the model in \S+ is damaged \(.*\)\. Train or fetch it again\."),
        ("words", r"the model in \S+ is damaged \(.*\)\. Train or fetch it again\."),
        ("format", r"the model in \S+ has format 99; this release reads 1\. .*"),
    ],
)
def test_a_damaged_model_is_refused(
    command: str, damage: str, message: str, saved: Path, here: Path
) -> None:
    folder = here / "model"
    if damage != "missing":
        shutil.copytree(saved, folder)
    if damage == "empty":
        shutil.rmtree(folder)
        folder.mkdir()
    if damage == "cut":
        (folder / "model.npz").write_bytes((folder / "model.npz").read_bytes()[:-100])
    if damage == "pickle":
        (folder / "model.npz").write_bytes((folder / "pipeline.joblib").read_bytes())
    if damage == "words":
        (folder / "model.json").write_text("Trust me.")
    if damage == "format":
        page = json.loads((folder / "model.json").read_text())
        (folder / "model.json").write_text(json.dumps(page | {"format": 99}))
    arguments = {
        "classify": (WORK,),
        "label": ("data/listings.jsonl", "-o", "out.csv"),
        "evaluate": ("data/postings.csv",),
    }[command]
    assert re.fullmatch(message, refused(command, *arguments, "--model", folder))
    assert not (here / "out.csv").exists()


# --- classify ---


@pytest.mark.parametrize("source", ["argument", "file", "stdin", "page"])
def test_a_posting_can_come_in_four_ways(source: str, here: Path) -> None:
    (here / "a.txt").write_text(WORK)
    (here / "a.html").write_text(f"<main><p>{WORK}</p></main>")
    given = {"argument": WORK, "file": "a.txt", "stdin": "-", "page": "a.html"}[source]
    result = run("classify", given, "--json", stdin=WORK if given == "-" else None)
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert found["label"] == "software-engineer"
    assert {match["skill"] for match in found["skills"]} >= {"Rust"}


def test_json_is_one_object_on_one_line() -> None:
    result = run("classify", "Salaire : 50 000 € par an. Écrire des compilateurs.", "--json")
    assert result.stdout.count("\n") == 1
    assert list(json.loads(result.stdout)) == [
        "label",
        "probabilities",
        "research_share",
        "review",
        "reasons",
        "evidence",
        "skills",
        "base_salary",
        "standing",
        "estimated_salary",
        "level",
        "countries",
        "remote",
        "employment_type",
        "year",
        "model",
    ]


@pytest.mark.parametrize("text", ["", " \n ", "qzxv wvqz"])
def test_hopeless_text_has_no_label_and_is_no_error(text: str) -> None:
    shown = run("classify", "-", stdin=text)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert (
        shown.stdout
        == "No label\nReview: no text to judge by: no word of it is known to the model\n"
    )
    found = json.loads(run("classify", "-", "--json", stdin=text).stdout)
    assert (found["label"], found["review"], found["probabilities"]) == (None, True, {})


@pytest.mark.parametrize(
    "text",
    ["[red]Rust[/red]", "[/]", "[link=file:///etc/passwd]compilers[/link]", ":smile: [b]", r"\[x]"],
)
def test_markup_is_shown_as_it_stands(text: str) -> None:
    result = run("classify", f"Build compilers {text} now", "--title", text)
    assert result.exit_code == 0
    assert f"Build compilers {text} now" in result.stdout


def test_control_characters_do_not_reach_the_terminal() -> None:
    result = run("classify", "Build \x1b[2Jcompilers\x07 \x1b]0;x\x07", "--title", "a\x1b[31m")
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", result.stdout)


def test_a_word_file_is_refused(here: Path) -> None:
    (here / "a.docx").write_bytes(b"PK\x03\x04" + bytes(range(256)))
    assert "not a text file" in refused("classify", "a.docx")


# --- label ---


def test_label_says_what_it_did(here: Path) -> None:
    result = run("label", "data/listings.jsonl", "-o", "out.parquet")
    assert (result.exit_code, result.stdout) == (0, "")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("data/listings.jsonl: columns Job Title = title, ")
    assert lines[-1] == "66 postings labelled to out.parquet; 0 rows rejected"
    assert "of these for review" in result.stderr
    assert "postings with yearly pay are in" in result.stderr
    assert len(pq.read_table(here / "out.parquet")) == 66


def test_rejected_rows_are_status_1_and_in_the_last_line(here: Path) -> None:
    (here / "a.jsonl").write_text(
        '{"title": "Engineer", "description": "Build compilers."}\n{"title": \n[]\n'
    )
    result = run("label", "a.jsonl", "-o", "out.csv")
    assert result.exit_code == 1
    last = result.stderr.splitlines()[-1]
    assert last == "1 postings labelled to out.csv; 2 rows rejected: see out.csv.rejects.jsonl"
    assert len((here / "out.csv.rejects.jsonl").read_text().splitlines()) == 2


def test_stdout_is_the_table_and_nothing_else(here: Path) -> None:
    scrape = (here / "data" / "listings.jsonl").read_bytes()
    arguments = ("label", "-", "--from", "jsonl", "-o", "-", "--to", "jsonl")
    result = run(*arguments, stdin=scrape)
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(rows) == 66
    assert all(row["label"] for row in rows if row["probability"])
    assert "66 postings labelled to -; 0 rows rejected" in result.stderr


def test_progress_goes_to_stderr(root: Path) -> None:
    scrape = str(root / "data" / "listings.jsonl")
    done = process("label", scrape, "-o", "-", "--to", "csv", FORCE_COLOR="1", TTY_COMPATIBLE="1")
    assert done.returncode == 0
    assert "labelling " in done.stderr
    assert len(list(csv.reader(StringIO(done.stdout)))) == 67
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("name", ["[red].jsonl", "[bold.jsonl", "in[/red].jsonl"])
def test_names_with_brackets(name: str, here: Path) -> None:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text('{"description": "Build compilers.", "[b]": "[/b]", "label": "[i]"}\n')
    done = process("label", name, "-o", "[out].csv", FORCE_COLOR="1", TTY_COMPATIBLE="1")
    assert (done.returncode, done.stdout) == (0, "")
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", done.stderr)
    for words in (f"labelling {name}", f"{name}: columns ", "labelled to [out].csv"):
        assert words in shown


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_an_interrupted_run_leaves_no_file(here: Path) -> None:
    scrape = (here / "data" / "listings.jsonl").read_bytes()
    (here / "many.jsonl").write_bytes(scrape * 100)
    before = {path.name for path in here.iterdir()}
    # Python loses some of the interrupts that come during an import, so these come first.
    code = (
        "import classifier.label, classifier.labeller, classifier.model\n"
        "import classifier.__main__ as command\n"
        "from classifier.posting import JobPosting\n"
        "posting = JobPosting('<p>Build compilers for $ 9 an hour.</p>', 'Senior Engineer', 'A',\n"
        "                     ('Lyon, France',), salary_text='€50k', date_posted='2024')\n"
        "table = classifier.model.load_model().table\n"
        "tools = classifier.labeller.Tools(\n"
        "    classifier.labeller.Reader(), classifier.labeller.Counter(table)\n"
        ")\n"
        "classifier.labeller.label_many(tools, [posting])\n"
        "classifier.labeller.label_posting(table, posting)\n"
        "command.main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "label", "many.jsonl", "-o", "out.csv", "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has told its children to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as running:
        deadline = time.monotonic() + 150  # the counter may have to be compiled first
        while {path.name for path in here.iterdir()} == before and time.monotonic() < deadline:
            time.sleep(0.02)  # until it has begun to write, under another name
        running.send_signal(signal.SIGINT)
        stdout, stderr = running.communicate(timeout=60)
    assert running.returncode == 130
    # Of one that it loses Python says so, in lines of its own before ours.
    assert stdout == ""
    assert stderr.endswith("classifier: interrupted; no output file was changed\n")
    assert {path.name for path in here.iterdir()} == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("classify", WORK),
        ("classify", WORK, "--json"),
        ("label", "data/listings.jsonl", "-o", "-", "--to", "csv"),
    ],
    ids=" ".join,
)
def test_a_reader_who_leaves_is_no_error(arguments: tuple[str, ...], here: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # as `| head -0` does
    done = subprocess.run([*COMMAND, *arguments], stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert not re.search("Traceback|Exception|BrokenPipe|Errno", done.stderr)


# --- What is imported ---


def imported_by(*arguments: str) -> tuple[str, set[str]]:
    """What a command prints, and the packages that it imports, in a process of its own."""
    code = (
        "import sys\n"
        "from classifier.__main__ import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert end.code in (0, None)\n"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout, set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "arguments", [("--help",), ("classify", WORK), ("classify", WORK, "--json")]
)
def test_light_commands_import_nothing_heavy(arguments: tuple[str, ...]) -> None:
    printed, modules = imported_by(*arguments)
    assert printed
    assert not {"sklearn", "scipy", "pandas", "pyarrow", "matplotlib", "joblib"} & modules


def test_labelling_imports_neither_pandas_nor_scipy(here: Path) -> None:
    scrape = (here / "data" / "listings.jsonl").read_bytes()
    (here / "many.jsonl").write_bytes(scrape * 9)  # enough for machine code
    _, modules = imported_by("label", "many.jsonl", "-o", "out.parquet", "--jobs", "1")
    assert "pyarrow" in modules
    assert not {"pandas", "scipy", "sklearn", "joblib"} & modules


@pytest.mark.parametrize("without", ["salary", "dimensions", "review,skills,salary,dimensions"])
def test_many_postings_without_some_columns(here: Path, without: str) -> None:
    scrape = (here / "data" / "listings.jsonl").read_bytes()
    (here / "many.jsonl").write_bytes(scrape * 9)  # enough for machine code, and other workers
    few, many = (
        run("label", name, "-o", "o.csv", "--without", without)
        for name in ("data/listings.jsonl", "many.jsonl")
    )
    assert (few.exit_code, many.exit_code) == (0, 0)
    with (here / "o.csv").open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.reader(file)) == 9 * 66 + 1
    for found in (few, many):
        assert ("employers" in found.stderr) == ("salary" not in without)


def test_columns_can_be_left_out(here: Path) -> None:
    found = run("label", "data/listings.jsonl", "-o", "o.csv", "--without", "skills, salary")
    assert found.exit_code == 0
    with (here / "o.csv").open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    assert "review" in names
    assert "skills" not in names
    assert not [name for name in names if "_salary_" in name]
    assert "there are review, skills" in refused(
        "label", "data/listings.jsonl", "-o", "o.csv", "--without", "pay"
    )
