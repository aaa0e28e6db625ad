"""The names that `import classifier` offers."""

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import classifier


@pytest.mark.parametrize("name", classifier.__all__)
def test_public_names_are_there(name: str) -> None:
    assert getattr(classifier, name).__name__ == name


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"^module 'classifier' has no attribute 'classify'$"):
        classifier.__getattr__("classify")


def test_the_version_is_that_of_the_package() -> None:
    assert classifier.__version__ == version("job-posting-classifier")


def test_the_map_names_modules_that_exist() -> None:
    lines = re.findall(r"^(\w+)  +\S.*$", classifier.__doc__ or "", re.MULTILINE)
    modules = {path.stem for path in Path(classifier.__file__).parent.glob("*.py")}
    assert len(lines) > 10
    assert set(lines) <= modules


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, classifier; print(*{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "sklearn", "pandas", "click"} & set(done.stdout.split())
