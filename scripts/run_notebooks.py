"""Run every notebook from top to bottom, in its folder and without a screen.

    python scripts/run_notebooks.py                              all of notebooks/
    python scripts/run_notebooks.py notebooks/3-evaluation.ipynb

A notebook fails if it is not valid, if outputs are stored in it, or if a cell raises or warns.
Nothing is written: the run is on a copy in memory.
"""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
LONGEST_CELL = 300  # seconds
# Warnings are errors, but for those of the kernel's own code.
STRICT = """
import warnings
warnings.simplefilter("error")
warnings.filterwarnings("ignore", module="ipykernel")
"""


def run(path: Path) -> str | None:
    """What is wrong with a notebook; None if it is in order and runs to its end."""
    # nbformat says that it is typed, and leaves these without types.
    try:
        notebook = nbformat.read(path, nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        return f"not a valid notebook: {error.message}"
    if kept := stored_outputs(notebook):
        return f"outputs are stored in {', '.join(kept)}: clear all outputs and save"
    first = nbformat.v4.new_code_cell(STRICT)  # type: ignore[no-untyped-call]  # as above
    notebook.cells.insert(0, first)
    client = NotebookClient(
        notebook,
        timeout=LONGEST_CELL,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],  # a kernel that is ours alone needs no advice
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        return str(error)
    return None


def stored_outputs(notebook: nbformat.NotebookNode) -> list[str]:
    """Ids of the cells with an output or an execution count."""
    return [
        cell.id
        for cell in notebook.cells
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None)
    ]


def main() -> int:
    """Print a line for each notebook; gives the exit status, 1 if one of them fails."""
    status = 0
    for path in [Path(name) for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb")):
        start = time.monotonic()
        wrong = run(path.resolve())
        status = 1 if wrong else status
        print(f"{path.name:24} {time.monotonic() - start:4.0f} s  {wrong or 'runs'}", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
