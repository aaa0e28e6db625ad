"""The exception for what users can cause: one line and status 2 on the command line."""

import subprocess
import sys
from pathlib import Path

from classifier.errors import InputError


def test_is_a_value_error() -> None:
    assert issubclass(InputError, ValueError)
    assert str(InputError("no such thing; do this")) == "no such thing; do this"


def test_command_line_says_one_line_and_exits_with_2(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "classifier", "classify", "missing.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr == (
        "classifier: cannot read missing.txt: No such file or directory; "
        "give a file, - for stdin, or a text\n"
    )
