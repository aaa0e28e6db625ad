"""Labels for the postings of a store."""

from pathlib import Path

import pandas as pd
import pytest

from classifier.collected import Collected
from classifier.label_store import label_store
from classifier.model import Model
from classifier.posting import JobPosting
from classifier.store import Store, now
from classifier.stored import find_postings
from classifier.table import Table

TEXTS = [
    "You design experiments on training methods for language models and publish the results.",
    "You build and run our payment services in Go, review code and are on call for production.",
]


def fill(location: str) -> None:
    with Store(location) as store:
        gone = JobPosting("Gone.", "Miller", "Crumb Works", identifier="gone")
        store.save([Collected("lever", "crumb", gone)])
        store.close_gone("lever", "crumb", now())
        store.save(
            Collected(
                "lever", "crumb", JobPosting(text, "Engineer", "Crumb Works", identifier=text)
            )
            for text in TEXTS
        )


def test_labels_go_into_the_store(location: str, table: Table) -> None:
    fill(location)
    summary = label_store(table, location)
    with Store(location) as store:
        found = list(find_postings(store))
    labels = [one.label["label"] for one in found]
    model = Model(table)
    assert labels == [model.classify(one.collected.posting).label for one in found]
    assert summary.n_rows == len(TEXTS)


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
def test_labels_go_into_a_file(tmp_path: Path, table: Table, suffix: str) -> None:
    location, output = str(tmp_path / "p.db"), str(tmp_path / f"out.{suffix}")
    fill(location)
    label_store(table, location, output)
    if suffix == "parquet":
        frame = pd.read_parquet(output)
    else:
        frame = pd.read_csv(output) if suffix == "csv" else pd.read_json(output, lines=True)
    assert list(frame["description"]) == TEXTS
    assert frame["label"].notna().all()
    with Store(location) as store:
        assert all(one.label == {} for one in find_postings(store))
