"""Training: the same input gives the same model, and the account that goes with it is whole."""

import numpy as np
import pandas as pd
import pytest

from classifier.errors import InputError
from classifier.features import NO_TITLE
from classifier.model import Model
from classifier.table import Table, fingerprint
from classifier.training import MIN_TERMS, Training, train
from classifier.vocabulary import Vocabulary


def arrays(table: Table) -> list[bytes]:
    """Every number of a table, as bytes."""
    blocks = [array for block in table.blocks.values() for array in (block.idf, block.coef)]
    return [array.tobytes() for array in (*blocks, table.intercept, table.seen)]


def test_the_same_postings_give_the_same_model(training: Training, sample: pd.DataFrame) -> None:
    again = train(sample.copy(), name="sample")
    assert arrays(again.table) == arrays(training.table)
    assert again.table.terms == training.table.terms
    assert again.table.about == training.table.about
    assert again.table.threshold == training.table.threshold


def test_the_folds_change_with_random_state(training: Training, sample: pd.DataFrame) -> None:
    other = train(sample, name="sample", random_state=1)
    assert other.table.terms == training.table.terms  # these depend on no fold
    assert not np.array_equal(other.out_of_fold.both, training.out_of_fold.both)


def test_what_the_model_says_of_itself(training: Training, sample: pd.DataFrame) -> None:
    table = training.table
    assert table.classes_ == ("other", "research-engineer", "software-engineer")
    assert table.name == "sample 1"
    assert table.min_terms == MIN_TERMS
    rows = sample["label"].value_counts()
    assert table.about["trained_on"] == {
        "rows": {label: int(rows[label]) for label in table.classes_},
        "notes": [
            f"{len(sample)} of {len(sample)} rows have a label (label)",
            "folds are grouped by hiring_organization and near-copies",
        ],
    }
    assert table.about["temperature"] == training.out_of_fold.temperature
    assert [score["name"] for score in table.about["scores"]] == [s.name for s in training.scores]


def test_the_model_knows_the_texts_it_has_seen(training: Training, sample: pd.DataFrame) -> None:
    prepared = training.pipeline["prepare"].transform(sample)
    prints = {fingerprint(text) for text in prepared["work"]}
    assert training.table.seen.tolist() == sorted(prints)
    assert len(prints) > 100


def test_it_learned_something(training: Training) -> None:
    both, body_only, _, majority, *_ = (score.macro_f1 for score in training.scores)
    assert both > 0.7
    assert body_only > 0.7
    assert majority < 0.2


def test_progress_goes_from_nothing_to_all(data_roles: Training) -> None:
    seen: list[tuple[str, float]] = []
    train(
        data_roles.data.frame,
        vocabulary=data_roles.table.vocabulary,
        progress=lambda step, fraction: seen.append((step, fraction)),
    )
    steps, fractions = zip(*seen, strict=True)
    assert fractions[0] == 0.0
    assert fractions[-1] == 1.0
    assert list(fractions) == sorted(fractions)
    assert steps[0] == "counting terms"
    assert "checking on unseen employers, 1 of 5" in steps


def test_labels_from_titles(sample: pd.DataFrame) -> None:
    rows = sample.drop(columns="label")
    found = train(rows, labels_from="title")
    labelled = rows["title"].map(found.table.vocabulary.label_title).notna().sum()
    assert 30 < labelled < len(rows)
    note = f"{labelled} of {len(rows)} rows have a label (title)"
    assert found.data.notes[0] == found.table.about["trained_on"]["notes"][0] == note
    assert sum(found.table.about["trained_on"]["rows"].values()) == labelled
    # The titles gave the labels: a model of the titles alone finds most of them again.
    assert found.scores[2].name == "title only"
    assert found.scores[4].macro_f1 == 1.0  # the title rule itself


def test_postings_without_employers_say_so(sample: pd.DataFrame) -> None:
    found = train(sample[["title", "description", "label"]])
    note = "folds are grouped by near-copies only: there is no column of employers"
    assert found.data.notes[1] == found.table.about["trained_on"]["notes"][1] == note


def test_unsure_labels_weigh_less(data_roles: Training) -> None:
    frame = data_roles.data.frame
    doubted = frame["hiring_organization"].isin(["Hollin Rail", "Quillon Media"])
    unsure = train(
        frame.assign(confidence=np.where(doubted, 1, 3)), vocabulary=data_roles.table.vocabulary
    )
    assert unsure.data.weights.tolist() == np.where(doubted, 0.3, 1.0).tolist()
    assert arrays(unsure.table) != arrays(data_roles.table)
    equal = train(frame.assign(confidence=3), vocabulary=data_roles.table.vocabulary)
    assert arrays(equal.table) == arrays(data_roles.table)


@pytest.fixture(scope="module")
def helped(sample: pd.DataFrame) -> Training:
    """Model of half of the sample, with the rest as postings without a label."""
    known = np.arange(len(sample)) % 2 == 0
    return train(sample[known], unlabelled=sample[~known].drop(columns="label"), name="half")


def test_postings_without_a_label_leave_one_table(helped: Training, sample: pd.DataFrame) -> None:
    assert helped.data.unlabelled is not None
    assert len(helped.data.y) == (len(sample) + 1) // 2
    coef = helped.pipeline["clf"].coef_
    assert coef.shape == (3, sum(len(terms) for terms in helped.table.terms.values()))
    model = Model(helped.table)
    expected = helped.pipeline.predict_proba(sample)
    found = model.label(sample)
    columns = [f"probability_{label.replace('-', '_')}" for label in model.classes_]
    assert np.allclose(found[columns].to_numpy(), expected, atol=1e-9)


def test_postings_without_a_label_are_counted(helped: Training) -> None:
    assert helped.data.unlabelled is not None
    n = len(helped.data.unlabelled.frame)
    assert 40 < n <= 81
    assert helped.data.notes == (
        "81 of 81 rows have a label (label)",
        "folds are grouped by hiring_organization and near-copies",
        f"{n} of 81 postings beside them are no copies, help without label",
    )
    # None of them is among the texts that have a label.
    alone = train(helped.data.frame, name="alone")
    assert np.array_equal(alone.table.seen, helped.table.seen)
    assert arrays(alone.table) != arrays(helped.table)


def test_two_other_roles(data_roles: Training) -> None:
    model = Model(data_roles.table)
    assert model.classes_ == ("data-analyst", "data-engineer")
    engineer = model.classify(
        "You write pipelines in PySpark, run them in Airflow, keep the Kafka ingestion healthy "
        "and partition the tables of the warehouse."
    )
    analyst = model.classify(
        "You build dashboards in Tableau, present the findings to the directors and explain the "
        "figures in spreadsheets with SQL."
    )
    assert (engineer.label, analyst.label) == ("data-engineer", "data-analyst")
    assert engineer.research_share is None
    assert engineer.evidence is not None
    assert engineer.evidence.against == "data-analyst"


@pytest.mark.parametrize("vocabulary", [{}, {"skill": [{"name": "COBOL", "facet": "tool"}]}])
def test_a_vocabulary_that_finds_nothing_is_no_obstacle(
    data_roles: Training, vocabulary: dict[str, object]
) -> None:
    found = train(data_roles.data.frame, vocabulary=Vocabulary.from_dict(vocabulary))
    assert found.table.terms["skills"] == []
    assert found.scores[0].macro_f1 > 0.8
    prediction = Model(found.table).classify("Keep the Kafka ingestion healthy, tune Spark jobs.")
    assert prediction.label == "data-engineer"


def test_postings_without_titles(data_roles: Training) -> None:
    frame = data_roles.data.frame.assign(title="")
    found = train(frame, vocabulary=data_roles.table.vocabulary)
    assert found.table.terms["title"] == [NO_TITLE]
    both, body_only, title_only = found.scores[:3]
    assert min(both.macro_f1, body_only.macro_f1) > 0.8
    assert title_only.macro_f1 < 0.5


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (
            pd.DataFrame({"title": ["", ""], "description": ["a", "b"], "label": ["x", "x"]}),
            "training needs two labels or more; 'label' gives only 'x'.",
        ),
        (
            pd.DataFrame(
                {
                    "title": [""] * 4,
                    "description": ["bake bread", "bake rolls", "bake pipes", "bake taps"],
                    "label": ["x", "x", "y", "y"],
                    "employer": ["a", "a", "b", "c"],
                }
            ),
            "all postings labelled 'x' are of one employer or copies of one text; "
            "a model that can be checked needs two employers or more for each label.",
        ),
        (
            pd.DataFrame(
                {
                    "title": [""] * 4,
                    "description": ["", "", "", ""],
                    "label": ["x", "x", "y", "y"],
                }
            ),
            "no word stands in the descriptions of two employers, in 4 postings; "
            "give more postings, or name the column of the text with --column description=HEADING.",
        ),
    ],
    ids=["one label", "one employer for a label", "no text"],
)
def test_unusable_postings(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(InputError) as error:
        train(frame)
    assert str(error.value) == message
