"""Whether there is a compiler."""

import sys

import pytest

from classifier import compiler


@pytest.mark.parametrize("there", [True, False])
def test_numba_is_looked_for_and_not_imported(there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "find_spec", lambda name: object() if there else None)
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    assert compiler.has_compiler() is there
    assert "numba" not in sys.modules
