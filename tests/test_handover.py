"""Tables that are handed to other processes in files."""

import tempfile
from pathlib import Path

import pyarrow as pa
import pytest

from classifier.errors import InputError
from classifier.handover import handing_over, take_table


def table(text: str) -> pa.Table:
    return pa.table({"title": [text, None], "description": ["", "é"]})


def test_what_is_put_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with handing_over(2) as put:
        paths = [put(table(text)) for text in ("first", "second")]
        assert [take_table(path) for path in paths] == [table("first"), table("second")]
        assert put(table("third")) == paths[0]
        assert take_table(paths[0]) == table("third")
        assert len(list(tmp_path.rglob("*"))) == 3
    assert not list(tmp_path.iterdir())


def test_a_table_is_its_own_when_its_file_is_used_again() -> None:
    with handing_over(1) as put:
        first = take_table(put(table("first")))
        put(table("a longer second"))
        assert first == table("first")


def test_nobody_else_reads_it() -> None:
    with handing_over(1) as put:
        assert Path(put(table("mine"))).parent.stat().st_mode & 0o077 == 0


def test_no_folder_is_an_error_of_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(InputError, match=r"No such file or directory; name a folder with room in"):
        handing_over(1).__enter__()


def test_no_room_is_an_error_of_one_line() -> None:
    with handing_over(1) as put:
        path = Path(put(table("first")))
        path.unlink()
        path.symlink_to("/dev/full")
        with pytest.raises(InputError, match="No space left on device; name a folder"):
            put(table("x" * 10**6))
