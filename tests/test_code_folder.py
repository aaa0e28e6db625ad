"""Where machine code is kept: another folder as soon as anything that it is made from differs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from classifier import code_folder as module
from classifier.code_folder import PACKAGE, code_folder, sources


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of two modules, the first of which imports the second."""
    monkeypatch.setattr(module, "PACKAGE", tmp_path)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    forget()
    (tmp_path / "a.py").write_text("from classifier.b import (\n    x,\n)\nimport os\n")
    (tmp_path / "b.py").write_text("x = 1\n")
    yield tmp_path
    forget()


def forget() -> None:
    for function in (sources, module._text, module._place):
        function.cache_clear()


def name_of(package: Path, compiler: str = "numba 1") -> str:
    forget()
    return code_folder(package / "a.py", compiler).name


@pytest.mark.parametrize("changed", ["a.py", "b.py"])
def test_any_source_changes_the_folder(package: Path, changed: str) -> None:
    before = name_of(package)
    assert name_of(package) == before
    with (package / changed).open("a") as file:
        file.write("# more\n")
    assert name_of(package) != before


def test_what_is_not_imported_does_not(package: Path) -> None:
    before = name_of(package)
    (package / "c.py").write_text("x = 2\n")
    assert name_of(package) == before


def test_another_compiler_does(package: Path) -> None:
    assert name_of(package) != name_of(package, "numba 2")


def test_compiled_modules_stand_on_the_machine() -> None:
    found = sources(PACKAGE / "compiled.py")
    assert {PACKAGE / "machine.py", PACKAGE / "compiled_terms.py"} <= found
    assert PACKAGE / "cli.py" not in found


@pytest.mark.usefixtures("package")
def test_a_package_that_is_read_only_is_kept_by_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    path = code_folder(module.PACKAGE / "a.py", "numba 1")
    assert path.parent == Path("/somewhere/job-posting-classifier")


def test_the_user_can_name_a_place(package: Path) -> None:
    assert code_folder(package / "a.py", "numba 1", "/named").parent == Path("/named")
