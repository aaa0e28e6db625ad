"""Where machine code is kept between runs: a folder for each state of what it is made from."""

import os
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).parent
IMPORT = re.compile(r"^\s*from classifier\.(\w+) import", re.MULTILINE)


def code_folder(path: Path, compiler: str, place: str = "") -> Path:
    """Folder for the machine code of a module.

    Its name tells the source of the module and of all that it imports here, and the compiler.
    numba goes by the file of a function alone, and keeps code under the names that older code had:
    a function would go on calling the former state of another file's, and of two processes that
    start after an update one could get what the other is about to replace.

    Parameters
    ----------
    path : Path
        File of the module.
    compiler : str
        Its name and version.
    place : str
        What the folder is in; by default the package or, if nothing can be written there, the
        user's folder for such things.

    Examples
    --------
    >>> path = PACKAGE / "errors.py"
    >>> new, same, old = (code_folder(path, version).name for version in ("2", "2", "1"))
    >>> new == same, new == old
    (True, False)
    """
    told = sha256(compiler.encode())
    for one in sorted(sources(path)):
        told.update(_text(one).encode())
    return Path(place or _place()) / f"code-{told.hexdigest()[:12]}"


@cache
def sources(path: Path) -> frozenset[Path]:
    """File of a module and of all that it imports of the package, and these in turn."""
    imported = (PACKAGE / f"{name}.py" for name in IMPORT.findall(_text(path)))
    return frozenset({path}).union(*map(sources, imported))


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def _place() -> Path:
    if os.access(PACKAGE, os.W_OK):
        return PACKAGE / "__pycache__"
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "job-posting-classifier"
