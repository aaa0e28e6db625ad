"""The model that people hold: what it loads, what it refuses, what it leaves unimported."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import classifier
from classifier.errors import InputError
from classifier.features import BLOCKS
from classifier.label import label_frame
from classifier.model import Model, load_model, shipped_model
from classifier.posting import JobPosting
from classifier.predict import classify
from classifier.table import Block, Table, load_table, save_table

HEAVY = ("sklearn", "scipy", "pandas", "pyarrow", "joblib", "matplotlib", "bs4", "rich", "click")


def test_the_shipped_model_is_the_default(root: Path, table: Table) -> None:
    assert shipped_model() == root / "models" / "roles"
    assert load_model().classes_ == ("other", "research-engineer", "software-engineer")
    assert load_model(str(shipped_model())).table.name == table.name
    assert tuple(table.blocks) == BLOCKS
    assert 0.5 < table.threshold < 1


def test_an_installed_package_brings_its_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "classifier" / "roles").mkdir(parents=True)
    monkeypatch.setattr("classifier.model.__file__", str(tmp_path / "classifier" / "model.py"))
    assert shipped_model() == tmp_path / "classifier" / "roles"


def test_a_model_classifies_and_labels_as_the_functions_do(small_table: Table) -> None:
    model = Model(small_table)
    posting = JobPosting("Build pipelines in SQL", "Engineer")
    assert model.classes_ == small_table.classes_
    assert model.classify(posting) == classify(small_table, posting)
    assert model.classify("Build reports") == classify(small_table, "Build reports")
    frame = pd.DataFrame({"text": ["Build pipelines", ""]})
    pd.testing.assert_frame_equal(model.label(frame), label_frame(small_table, frame))


# --- What is refused ---


@pytest.mark.parametrize("is_file", [False, True], ids=["missing", "a file"])
def test_no_folder(tmp_path: Path, is_file: bool) -> None:
    path = tmp_path / "mine"
    if is_file:
        path.touch()
    with pytest.raises(InputError) as error:
        load_model(path)
    assert str(error.value) == (
        f"no model in {path}: there is no such folder. "
        "Give the folder that `classifier train -o` wrote."
    )


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"model\.json is missing"):
        load_model(tmp_path)


@pytest.mark.parametrize("names", [(), BLOCKS[:2], BLOCKS[::-1], (*BLOCKS, "pay")], ids=repr)
def test_other_blocks(tmp_path: Path, small_table: Table, names: tuple[str, ...]) -> None:
    empty = Block({}, small_table.blocks["title"].idf[:0], small_table.blocks["title"].coef[:0])
    blocks = {name: small_table.blocks.get(name, empty) for name in names}
    save_table(dataclasses.replace(small_table, blocks=blocks), tmp_path)
    assert tuple(load_table(tmp_path).blocks) == names
    with pytest.raises(InputError) as error:
        load_model(tmp_path)
    assert str(error.value) == (
        f"the model in {tmp_path} has the blocks {list(names)}; this release reads {list(BLOCKS)}. "
        "Train it again."
    )


def test_a_pickle_beside_the_model_is_not_opened(tmp_path: Path, small_table: Table) -> None:
    save_table(small_table, tmp_path)
    (tmp_path / "pipeline.joblib").write_bytes(b"cos\nabort\n(tR.")  # would end this process
    assert load_model(tmp_path).classify("Build pipelines").label == "data-engineer"


# --- What is imported ---


def imported_after(code: str) -> set[str]:
    """Names of the heavy packages that a fresh Python holds after some code."""
    show = f"import json, sys; print(json.dumps([n for n in {HEAVY} if n in sys.modules]))"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{code}\n{show}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(run.stdout))


def test_classify_imports_nothing_heavy() -> None:
    code = """
from classifier import JobPosting, load_model
found = load_model().classify(JobPosting("<p>Train models, $90k - $95k a year.</p>", "Scientist"))
assert found.label
"""
    assert imported_after(code) == set()


def test_the_package_alone_imports_nothing() -> None:
    assert imported_after("import classifier, sys; assert 'numpy' not in sys.modules") == set()


@pytest.mark.parametrize("name", classifier.__all__)
def test_public_names(name: str) -> None:
    found = getattr(classifier, name)
    assert found.__name__ == name
    assert found.__module__ == f"classifier.{classifier._HOMES[name]}"


def test_no_other_public_name() -> None:
    with pytest.raises(AttributeError, match="module 'classifier' has no attribute 'utils'"):
        _ = classifier.utils
