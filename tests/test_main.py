"""``python -m classifier`` and the ``classifier`` command: one and the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ([sys.executable, "-m", "classifier"], [str(Path(sys.executable).parent / "classifier")])


def run(command: list[str], **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **env}
    )


@pytest.mark.parametrize("command", COMMANDS, ids=["module", "script"])
def test_both_ways_in_run_the_command_line(command: list[str]) -> None:
    done = run([*command, "--version"])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("job-posting-classifier ")


def test_importing_the_module_runs_nothing() -> None:
    done = run([sys.executable, "-c", "import classifier.__main__"])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_output_without_utf_8_gets_escapes() -> None:
    done = run([*COMMANDS[0], "classify", "Build compilers “東京”"], PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert r"Build compilers \u201c\u6771\u4eac\u201d" in done.stdout
    assert done.stderr == ""
