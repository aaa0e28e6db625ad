"""The scikit-learn pipeline and the table of arrays: the same model twice."""

import html
from pathlib import Path
from typing import TYPE_CHECKING

import joblib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from classifier.count_matrix import choose_columns
from classifier.features import NO_TITLE, count_terms, read_document
from classifier.metrics import Floats
from classifier.pipeline import (
    SCALES,
    SOURCES,
    assemble,
    class_columns,
    counter,
    mask,
    prepare,
    table_blocks,
    weigher,
)
from classifier.table import Table
from classifier.vocabulary import load_vocabulary
from classifier.word_numbers import read_postings

if TYPE_CHECKING:
    from classifier.training import Training

VOCABULARY = load_vocabulary()
POSTINGS = pd.DataFrame(
    {
        "title": ["Software Engineer", None, "Research Engineer"],
        "description": [
            "<p>Build &amp; ship compilers in Rust.</p>",
            "Train models. Train models with PyTorch.",
            "",
        ],
    },
    index=[7, 3, 7],
)
# Words that the models know, and some that they do not.
KNOWN = "train models build data the and SQL C++ Rust dashboards Kafka experiments engineer 5+"
OTHERS = ["é", "東京", "<b>", "</b>", "&amp;", "&", "-", ".", "\n", "\n\n", "https://x.example"]
WORDS = st.sampled_from([*KNOWN.split(), *OTHERS])
TEXTS = st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=60)


def table_proba(table: Table, frame: pd.DataFrame) -> Floats:
    """Probabilities as everything that predicts computes them, one posting after the other."""
    documents = [
        read_document(title, text)
        for title, text in zip(frame["title"], frame["description"], strict=True)
    ]
    return table.predict_proba(
        count_terms(one, table.vocabulary.find_skills(one.work), table.vocabulary)
        for one in documents
    )


# --- The steps ---


def test_prepare_cleans_and_keeps_the_index() -> None:
    found = prepare(POSTINGS)
    assert found.columns.tolist() == ["title", "work"]
    assert found.index.tolist() == [7, 3, 7]
    assert found["title"].tolist() == ["Software Engineer", "", "Research Engineer"]
    assert found["work"].tolist() == [
        "Build & ship compilers in Rust.",
        "Train models. Train models with PyTorch.",
        "",
    ]


def test_masked_copies_have_no_title_and_no_role_name() -> None:
    documents = pd.DataFrame(
        {
            "title": ["Research Scientist"],
            "work": ["Our Research Scientists and SOFTWARE ENGINEERS meet a data scientist."],
        }
    )
    found = mask(documents, VOCABULARY)
    assert found.to_dict("records") == [{"title": "", "work": "Our  and  meet a ."}]
    assert documents["title"].tolist() == ["Research Scientist"]  # the original is untouched


def test_masked_copies_of_the_sample_name_no_role(sample: pd.DataFrame) -> None:
    documents = prepare(sample)
    masked = mask(documents, VOCABULARY)
    assert set(masked["title"]) == {""}
    names = [name for role in VOCABULARY.roles for name in role.mask]
    texts = masked["work"].str.casefold().str.split().str.join(" ")
    found = {n for n in names if texts.str.contains(rf"\b{n.casefold()}\b", regex=True).any()}
    assert not found
    assert (masked["work"] != documents["work"]).sum() > 20  # there was something to take out


def test_counts_stand_block_by_block() -> None:
    terms = {
        "description": ["models", "train", "train models"],
        "title": [NO_TITLE, "research engineer"],
        "skills": ["PyTorch", "Rust"],
    }
    counts = counter(terms, VOCABULARY).fit_transform(prepare(POSTINGS))
    assert csr_matrix(counts).toarray().tolist() == [
        [0, 0, 0, 0, 0, 0, 1],
        [2, 2, 2, 1, 0, 1, 0],
        [0, 0, 0, 0, 1, 0, 0],
    ]


def test_each_block_has_the_length_that_its_scale_says() -> None:
    reading = read_postings(POSTINGS, VOCABULARY)
    terms = choose_columns(reading, np.arange(3), VOCABULARY, least=1).names
    counts = counter(terms, VOCABULARY).fit_transform(prepare(POSTINGS))
    x = csr_matrix(weigher(terms).fit_transform(counts)).toarray()
    start = 0
    for block in SOURCES:
        part = x[:, start : start + len(terms[block])]
        lengths = np.sqrt((part**2).sum(axis=1))
        assert np.allclose(lengths[lengths > 0], SCALES[block])
        assert lengths.any()
        start += len(terms[block])
    assert start == x.shape[1]


def test_a_block_without_terms_is_left_out() -> None:
    documents = prepare(POSTINGS)
    terms = {"description": ["train"], "title": [NO_TITLE], "skills": list[str]()}
    count = counter(terms, VOCABULARY)
    weigh = weigher(terms)
    x = weigh.fit_transform(count.fit_transform(documents))
    assert list(count.named_transformers_) == list(weigh.named_transformers_) == list(terms)[:2]
    clf = LogisticRegression().fit(x, [0, 1, 0])
    skills = table_blocks(assemble(count, weigh, clf))["skills"]
    assert (skills.columns, skills.idf.shape, skills.coef.shape) == ({}, (0,), (0, 2))


@pytest.mark.parametrize(
    ("coef", "columns"),
    [
        ([[1.0, 2.0]], [[0.0, 1.0], [0.0, 2.0]]),
        ([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]),
    ],
    ids=["two classes have one row", "three classes"],
)
def test_class_columns(coef: list[list[float]], columns: list[list[float]]) -> None:
    assert class_columns(np.array(coef)).tolist() == columns


# --- Table and pipeline agree ---


def variants(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    text = frame["description"]
    return {
        "as they are": frame,
        "no title": frame.assign(title=""),
        "no description": frame.assign(description=""),
        "nothing": frame.assign(title="", description=""),
        "HTML": frame.assign(
            description="<ul><li>" + text.map(html.escape).str.replace("\n", "<li>") + "</ul>"
        ),
        "capitals": frame.assign(description=text.str.upper()),
        "first words": frame.assign(description=text.str[:60]),
    }


@pytest.mark.parametrize("name", variants(POSTINGS.fillna("")))
@pytest.mark.parametrize("model", ["training", "data_roles"])
def test_table_equals_pipeline_on_every_posting(
    name: str, model: str, sample: pd.DataFrame, request: pytest.FixtureRequest
) -> None:
    found: Training = request.getfixturevalue(model)
    frame = variants(sample)[name]
    expected = found.pipeline.predict_proba(frame)
    assert expected.shape == (len(sample), len(found.table.classes_))
    assert np.abs(table_proba(found.table, frame) - expected).max() < 1e-9


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_table_equals_pipeline_on_any_text(
    training: "Training", data_roles: "Training", pairs: list[tuple[str, str]]
) -> None:
    frame = pd.DataFrame(pairs, columns=["title", "description"])
    for found in (training, data_roles):
        expected = found.pipeline.predict_proba(frame)
        assert np.abs(table_proba(found.table, frame) - expected).max() < 1e-9


def test_the_pipeline_survives_its_file(training: "Training", tmp_path: Path) -> None:
    joblib.dump(training.pipeline, tmp_path / "pipeline.joblib")
    loaded = joblib.load(tmp_path / "pipeline.joblib")
    assert list(loaded.named_steps) == ["prepare", "count", "weigh", "clf"]
    expected = training.pipeline.predict_proba(POSTINGS)
    assert np.array_equal(loaded.predict_proba(POSTINGS), expected)
    assert loaded.predict(POSTINGS).tolist() == expected.argmax(axis=1).tolist()


def test_table_blocks_carry_terms_idf_and_scaled_coefficients(training: "Training") -> None:
    blocks = table_blocks(training.pipeline)
    clf = training.pipeline["clf"]
    assert list(blocks) == list(SOURCES)
    stacked = np.vstack([block.coef / SCALES[name] for name, block in blocks.items()])
    assert np.allclose(stacked, clf.coef_.T)
    for block in blocks.values():
        assert list(block.columns.values()) == list(range(len(block.idf))) != []
        assert (block.idf >= 1).all()
