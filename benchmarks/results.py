"""Where the figures of the benchmarks are kept: a file of JSON Lines for each, in results/."""

import json
import os
import platform
from collections.abc import Mapping
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "results"


def machine() -> str:
    """Processor and cores, as Linux tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores"


def save(name: str, record: Mapping[str, object]) -> None:
    """Add a record, with date and machine, to ``results/<name>.jsonl``."""
    FOLDER.mkdir(exist_ok=True)
    known: dict[str, object] = {
        "date": str(date.today()),
        "machine": machine(),
        "python": platform.python_version(),
    }
    with (FOLDER / f"{name}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(known | dict(record)) + "\n")
