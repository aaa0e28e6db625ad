"""The README tells the truth: its commands print what it shows."""

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def blocks(readme: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "classifier", *arguments]
    return subprocess.run(command, cwd=folder, text=True, encoding="utf-8", capture_output=True)


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def test_the_first_two_blocks_are_one_command_each(readme: str) -> None:
    first, second = blocks(readme, "sh")[:2]
    assert first.count("\n") == second.count("\n") == 1
    assert first.startswith("python3 -m venv .venv && .venv/bin/pip install")
    assert readme.index(first) < readme.index(second) < readme.index("\n## ")


def test_the_first_command_prints_what_is_shown(readme: str, root: Path, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(root / "data")
    command = blocks(readme, "sh")[0].split("classifier ", 1)[1]
    done = run(shlex.split(command), tmp_path)
    assert done.returncode == 0
    assert lines(done.stderr) == lines(blocks(readme, "text")[0])


def test_the_explained_posting_is_what_is_shown(readme: str, tmp_path: Path) -> None:
    command, _, shown = blocks(readme, "console")[0].partition("\n")
    done = run(shlex.split(command.removeprefix("$ classifier ")), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert lines(done.stdout) == lines(shown)


def test_the_reference_bands_are_what_is_shown(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "salary-bands.md").read_text(encoding="utf-8")
    command, _, shown = blocks(page, "console")[0].partition("\n")
    command, head, n = command.removeprefix("$ classifier ").partition(" | head -")
    assert head
    done = run(shlex.split(command), tmp_path)
    assert lines(done.stdout)[: int(n)] == lines(shown)


def test_the_python_example_runs(readme: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    example = doctest.DocTestParser().get_doctest(
        blocks(readme, "python")[0], {}, "README", "README.md", 0
    )
    result = doctest.DocTestRunner().run(example)
    assert result.attempted >= 5
    assert result.failed == 0


def test_every_file_that_is_linked_exists(readme: str, root: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", readme) if "://" not in link]
    assert links
    assert [link for link in links if not (root / link).exists()] == []
