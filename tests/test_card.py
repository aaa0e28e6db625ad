"""A trained model's folder: its files, its card, its top terms."""

import dataclasses
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

import joblib
import numpy as np
import pytest

from classifier.card import LISTED_TERMS, card, save_training, score_table, term_lines, top_terms
from classifier.errors import InputError
from classifier.metrics import LabelScore
from classifier.table import Table, load_table
from classifier.validation import Score

if TYPE_CHECKING:
    from classifier.training import Training

FILES = ["card.md", "model.json", "model.npz", "pipeline.joblib", "terms.tsv"]


@pytest.fixture(scope="module")
def folder(data_roles: "Training", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved model."""
    path = tmp_path_factory.mktemp("models") / "deeper" / "mine"
    save_training(data_roles, path, ["From **invented** postings."])
    return path


def test_the_files(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert not [path for path in folder.parent.iterdir() if path != folder]


def test_saved_twice_the_bytes_are_the_same(
    folder: Path, data_roles: "Training", tmp_path: Path
) -> None:
    save_training(data_roles, tmp_path, ["From **invented** postings."])
    for name in FILES[:3] + FILES[4:]:  # a pickle makes no promise
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_the_saved_table_is_the_trained_one(folder: Path, data_roles: "Training") -> None:
    loaded = load_table(folder)
    assert loaded.about == data_roles.table.about
    assert loaded.terms == data_roles.table.terms
    for name, block in loaded.blocks.items():
        assert np.array_equal(block.coef, data_roles.table.blocks[name].coef)


def test_the_saved_pipeline_predicts(folder: Path, data_roles: "Training") -> None:
    frame = data_roles.data.frame
    expected = data_roles.pipeline.predict_proba(frame)
    assert np.array_equal(joblib.load(folder / "pipeline.joblib").predict_proba(frame), expected)


def test_coefficients_are_of_single_precision(folder: Path) -> None:
    for name, block in load_table(folder).blocks.items():
        scale = 0.5 if name == "skills" else 1.0
        unscaled = block.coef / scale
        assert np.array_equal(unscaled.astype(np.float32).astype(np.float64), unscaled)


def test_the_card_says_what_counts(folder: Path, data_roles: "Training") -> None:
    text = (folder / "card.md").read_text(encoding="utf-8")
    for line in (
        "# data-roles",
        "Labels a job posting data-analyst or data-engineer, from its description and title.",
        "From **invented** postings.",
        "* data-analyst: 12 postings",
        "* data-engineer: 12 postings",
        "* 24 of 24 rows have a label (label)",
        "* folds are grouped by hiring_organization and near-copies",
        *score_table(data_roles.scores),
    ):
        assert line in text.splitlines()
    assert f"under {data_roles.table.threshold:.2f}, or whose text has fewer than 25" in text
    n_terms = sum(len(block.columns) for block in data_roles.table.blocks.values())
    assert f"\n{n_terms} terms. The strongest:\n" in text
    engineer = next(line for line in text.splitlines() if line.startswith("**data-engineer**"))
    assert "Airflow (skill)" in engineer
    assert "engineer (title)" in engineer
    assert "Tableau" not in engineer
    assert "\n\n\n" not in text


def test_without_paragraphs_the_card_has_none(data_roles: "Training") -> None:
    assert "invented" not in card(data_roles)


def test_score_table_by_hand() -> None:
    labels = (LabelScore("a", 1.0, 0.5, 2 / 3, 4), LabelScore("b", 0.5, 1.0, 0.25, 1))
    scores = [Score("with title", 0.4583, labels, 0.0456), Score("rule", 0.4583, labels, None)]
    assert score_table(scores) == [
        "| out of fold | macro-F1 | F1 a | F1 b | ECE |",
        "|---|---|---|---|---|",
        "| with title | 0.458 | 0.667 | 0.250 | 0.046 |",
        "| rule | 0.458 | 0.667 | 0.250 |  |",
    ]


def spread(idf: float) -> float:
    """Standard deviation of the presence of a term with this idf."""
    p = math.exp(1 - idf)
    return math.sqrt(p * (1 - p))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        # idf is 1, 2, 3, 4 in each block; coefficients are -w for the analyst, w for the engineer.
        (
            "data-engineer",
            [
                ("description", "pipelines", 2 * 2 * 2.0 * spread(2)),
                ("description", "build pipelines", 3 * 2 * 1.5 * spread(3)),
                ("skills", "Spark", 2 * 2 * 1.0 * spread(2)),
            ],
        ),
        (
            "data-analyst",
            [
                ("description", "reports", 4 * 2 * 2.0 * spread(4)),
                ("title", "analyst", 3 * 2 * 1.0 * spread(3)),
            ],
        ),
    ],
)
def test_top_terms_by_hand(
    small_table: Table, label: str, expected: list[tuple[str, str, float]]
) -> None:
    found = top_terms(small_table, label, len(expected))
    assert [term[:2] for term in found] == [term[:2] for term in expected]
    assert [term[2] for term in found] == pytest.approx([term[2] for term in expected])


def test_a_term_is_measured_against_the_mean_of_the_other_labels(training: "Training") -> None:
    table = training.table
    block, term, weight = top_terms(table, "other", 1)[0]
    i = table.blocks[block].columns[term]
    idf, (first, second, third) = table.blocks[block].idf[i], table.blocks[block].coef[i]
    assert weight == pytest.approx(idf * (first - (second + third) / 2) * spread(idf))


def test_term_lines_are_a_table(training: "Training") -> None:
    head, *rows = [line.rstrip("\n").split("\t") for line in term_lines(training.table)]
    assert head == ["label", "block", "term", "weight"]
    for label in training.table.classes_:
        weights = [float(row[3]) for row in rows if row[0] == label]
        assert len(weights) == LISTED_TERMS
        assert weights == sorted(weights, reverse=True)
    assert {row[1] for row in rows} == set(training.table.blocks)


def test_a_model_without_skills_has_a_card(data_roles: "Training") -> None:
    blocks = data_roles.table.blocks
    empty = blocks["skills"]._replace(columns={}, idf=np.zeros(0), coef=np.zeros((0, 2)))
    table = dataclasses.replace(data_roles.table, blocks={**blocks, "skills": empty})
    text = card(dataclasses.replace(data_roles, table=table))
    assert "(skill)" not in text
    assert "(title)" in text


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_folder_that_cannot_be_written(data_roles: "Training", tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(
        InputError, match=r"^cannot write the model to .*/file[a-z/]*: [A-Z]"
    ) as error:
        save_training(data_roles, tmp_path / name)
    assert "\n" not in str(error.value)
    assert (tmp_path / "file").read_text() == "in the way"


def test_the_json_is_for_people_too(folder: Path) -> None:
    text = (folder / "model.json").read_text(encoding="utf-8")
    assert json.loads(text)["about"]["name"] == "data-roles"
    assert len(text.splitlines()) > 50
