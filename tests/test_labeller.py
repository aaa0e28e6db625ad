"""Batches to rows in several processes: the same rows, in order."""

import subprocess
import sys
from collections.abc import Iterator

import pyarrow as pa
import pytest

from classifier import labeller as module
from classifier.labeller import ROWS, Labeller
from classifier.table import Table

BATCHES = [
    (
        i,
        pa.table(
            {"title": ["Engineer"], "description": [f"Build {i} pipelines in SQL, write reports."]}
        ),
    )
    for i in range(5)
]


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes from the first batch on."""
    monkeypatch.setattr(module, "MANY", 0)


@pytest.mark.usefixtures("eager")
def test_two_processes_give_the_rows_of_one(small_table: Table) -> None:
    with Labeller(small_table) as one, Labeller(small_table, n_jobs=2) as two:
        expected, found = list(one.label_batches(BATCHES)), list(two.label_batches(BATCHES))
        assert two._give is not None
    assert found == expected
    assert [one[:2] for one in found] == BATCHES


@pytest.mark.usefixtures("eager")
def test_the_others_leave_out_what_this_one_does(small_table: Table) -> None:
    with Labeller(small_table, ["skills"], n_jobs=2) as labeller:
        assert len(list(labeller.label_batches(BATCHES))) == len(BATCHES)
        assert "skills" not in labeller.schema.names


@pytest.mark.usefixtures("eager")
def test_a_fault_ends_the_others(small_table: Table) -> None:
    def broken() -> Iterator[tuple[int, pa.Table]]:
        yield from BATCHES[:3]
        raise RuntimeError("broken off")

    with pytest.raises(RuntimeError, match="broken off"), Labeller(small_table, n_jobs=2) as two:
        list(two.label_batches(broken()))


@pytest.mark.parametrize("few", [0, 100])
def test_columns_that_are_left_out_are_not_there(
    small_table: Table, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(module, "FEW", few)
    labeller = Labeller(small_table, ["review", "salary", "dimensions"])
    names = labeller.label_texts(BATCHES[0][1]).column_names
    assert {"review", "label", "skills"} <= set(names)  # the review is counted, at least
    assert "base_salary_yearly" not in names


def test_few_postings_start_no_process(small_table: Table) -> None:
    with Labeller(small_table, n_jobs=2) as labeller:
        list(labeller.label_batches(BATCHES))
        assert labeller._give is None


def test_as_many_processes_as_processors(small_table: Table) -> None:
    assert Labeller(small_table, n_jobs=-1).n_jobs >= 1


@pytest.mark.parametrize(
    ("without", "compiler", "rows"),
    [
        ((), True, ROWS),
        (("salary",), True, ROWS),
        (("salary", "dimensions"), True, module.ROWS_BY_THREADS),
        (("salary", "dimensions"), False, ROWS),
    ],
)
def test_batches_are_larger_for_threads(
    small_table: Table,
    monkeypatch: pytest.MonkeyPatch,
    without: tuple[str, ...],
    compiler: bool,
    rows: int,
) -> None:
    monkeypatch.setattr(module, "has_compiler", lambda: compiler)
    assert Labeller(small_table, without).rows == rows


def test_workers_do_without_pandas_and_scipy() -> None:
    code = (
        "import sys; from classifier.labeller import import_only_what_is_needed\n"
        "import_only_what_is_needed()\n"
        "import pyarrow as pa; pa.array(['a'])\n"
        "import classifier.counting, classifier.machine\n"
        "print(bool({'pandas', 'scipy'} & set(sys.modules)), 'json' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"
