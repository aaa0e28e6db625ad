"""Notebooks: stripped, valid, made of calls to the package; and (slow) they run."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "run_notebooks.py"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ALLOWED = {"classifier", "matplotlib", "pandas"}
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return notebook


def nodes(path: Path) -> list[ast.AST]:
    cells = [cell for cell in read(path)["cells"] if cell["cell_type"] == "code"]
    return [node for cell in cells for node in ast.walk(ast.parse("".join(cell["source"])))]


def test_there_are_four_and_the_readme_names_them() -> None:
    names = [path.stem for path in NOTEBOOKS]
    assert names == ["1-postings", "2-features", "3-evaluation", "4-salary-bands"]
    table = (ROOT / "notebooks" / "README.md").read_text("utf-8")
    assert re.findall(r"^\| `(.+?)`", table, re.MULTILINE) == names


@each
def test_outputs_are_stripped(path: Path) -> None:
    for cell in read(path)["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert not cell["metadata"]


@each
def test_format_and_kernel(path: Path) -> None:
    notebook = read(path)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[\w-]{1,64}", name) for name in ids)


@each
def test_every_plot_and_table_has_its_sentence(path: Path) -> None:
    cells = read(path)["cells"]
    assert cells[0]["cell_type"] == "markdown"
    for cell, after in zip(cells, [*cells[1:], {"cell_type": "end"}], strict=True):
        if "plt.show()" in "".join(cell["source"]):
            assert after["cell_type"] == "markdown", cell["id"]


@each
def test_it_imports_the_package_and_defines_nothing(path: Path) -> None:
    imported = {
        name.split(".")[0]
        for node in nodes(path)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert "classifier" in imported
    assert imported <= ALLOWED
    assert not [node for node in nodes(path) if isinstance(node, DEFINITIONS)]


# --- Slow: with a kernel ---


def run(path: Path) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("nbclient", reason="pip install '.[notebooks]'")
    return subprocess.run([sys.executable, SCRIPT, path], capture_output=True, text=True)


@pytest.mark.slow
@each
def test_it_runs(path: Path) -> None:
    done = run(path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "outputs", "message"),
    [
        ("1 / 0", [], "ZeroDivisionError"),
        ("import warnings; warnings.warn('old')", [], "UserWarning"),
        (
            "2",
            [{"output_type": "stream", "name": "stdout", "text": "2"}],
            "outputs are stored in code-01: clear all outputs and save",
        ),
        ("2", [{"output_type": "smoke"}], "not a valid notebook"),
    ],
    ids=["error", "warning", "stored output", "invalid"],
)
def test_what_is_wrong_is_reported(
    tmp_path: Path, source: str, outputs: object, message: str
) -> None:
    cell = {
        "cell_type": "code",
        "id": "code-01",
        "metadata": {},
        "source": source,
        "outputs": outputs,
        "execution_count": None,
    }
    notebook = read(NOTEBOOKS[0]) | {"cells": [cell]}
    path = tmp_path / "wrong.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    done = run(path)
    assert done.returncode == 1
    assert done.stdout.startswith("wrong.ipynb")
    assert message in done.stdout
