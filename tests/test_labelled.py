"""Postings to learn from: read, labelled, weighed, grouped."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from classifier.errors import InputError
from classifier.labelled import add_unlabelled, group_postings, read_frame, read_labels
from classifier.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
LONG = (
    "You plan the timetable of forty night trains, talk to the stations of nine countries, "
    "and write the small tools that keep both in step when a bridge closes or a crew is late. "
)
OTHER = "Bake rye bread by hand from two in the morning and teach an apprentice every other week."


def postings(**columns: list[object]) -> pd.DataFrame:
    """Frame with these columns, and titles and descriptions that say nothing."""
    n = len(next(iter(columns.values())))
    texts = {"title": [""] * n, "description": [f"posting {i}" for i in range(n)]}
    return pd.DataFrame({**texts, **columns})


# --- Files ---


def test_columns_get_the_names_of_the_record(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.jsonl"
    first.write_text("Job Title,company,job_description,label,team\nCook,Ida,Fries eggs.,x,red\n")
    second.write_text('{"title": "Baker", "description": "Bakes.", "label": "y"}\n')
    seen: dict[str, dict[str, str]] = {}
    frame, n_rejects = read_frame(
        [str(first), str(second)], None, on_headings=lambda path, m: seen.update({path: dict(m)})
    )
    assert n_rejects == 0
    assert frame["title"].tolist() == ["Cook", "Baker"]
    assert frame["description"].tolist() == ["Fries eggs.", "Bakes."]
    assert frame["hiring_organization"].tolist()[0] == "Ida"
    assert frame["team"].isna().tolist() == [False, True]
    assert seen[str(first)]["title"] == "Job Title"


def test_a_missing_text_column_is_empty_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("description,label\nBakes.,x\n")
    assert read_frame([str(path)], None)[0]["title"].tolist() == [""]


def test_a_given_heading_wins_over_a_column_of_the_records_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,Kopf,description\n17,Koch,Brät Eier.\n")
    frame = read_frame([str(path)], None, {"title": "Kopf"})[0]
    assert frame.columns.tolist() == ["title", "description"]
    assert frame["title"].tolist() == ["Koch"]


def test_headings_can_be_given_crosswise(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,description\nFries eggs.,Cook\n")
    given = {"title": "description", "description": "title"}
    assert read_frame([str(path)], None, given)[0].to_dict("records") == [
        {"title": "Cook", "description": "Fries eggs."}
    ]


def test_rows_that_cannot_be_used_are_counted_and_written(tmp_path: Path) -> None:
    path, output = tmp_path / "a.jsonl", tmp_path / "model"
    path.write_text('{"description": "Bakes.", "label": "x"}\n{"description": \n')
    frame, n_rejects = read_frame([str(path)], output)
    assert (len(frame), n_rejects) == (1, 1)
    reject = json.loads((tmp_path / "model.rejects.jsonl").read_text())
    assert reject["row"] == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "model.rejects.jsonl"]


def test_without_an_output_rejects_are_only_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"description": "Bakes.", "label": "x"}\nnonsense\n')
    assert read_frame([str(path)], None)[1] == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]


def test_a_file_without_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,description,label\n")
    with pytest.raises(InputError, match=r"a\.csv: no row can be used, 0 are rejected$"):
        read_frame([str(path)], None)


# --- Labels ---


def test_labels_are_trimmed_sorted_and_counted() -> None:
    frame = postings(label=["waiter", " cook ", "", None, "cook", "waiter"])
    data = read_labels(frame, VOCABULARY)
    assert data.classes == ("cook", "waiter")
    assert data.y.tolist() == [1, 0, 0, 1]
    assert data.frame["description"].tolist() == [f"posting {i}" for i in (0, 1, 4, 5)]
    assert data.notes[0] == "4 of 6 rows have a label (label)"


def test_labels_can_be_numbers_and_in_any_column() -> None:
    data = read_labels(postings(kind=[7, 5, 7]), VOCABULARY, "kind")
    assert (data.classes, data.y.tolist()) == (("5", "7"), [1, 0, 1])


def test_titles_label_what_they_name_and_the_rest_is_counted() -> None:
    titles: list[object] = [
        "Senior Software Engineer (m/f/d)",
        "We are looking for you",
        "Research Scientist, Fusion",
        "",
        "Product Manager",
    ]
    data = read_labels(postings(title=titles, label=["x"] * 5), VOCABULARY, "title")
    names = [data.classes[i] for i in data.y]
    assert names == ["software-engineer", "research-engineer", "other"]
    assert data.notes[0] == "3 of 5 rows have a label (title)"


@pytest.mark.parametrize(
    ("frame", "labels_from", "message"),
    [
        (
            postings(team=["a", "b"]),
            "label",
            "no column 'label' with labels; the columns are title, description, team. "
            "Name one with --labels-from, or use --labels-from title.",
        ),
        (
            postings(label=["cook", "cook "]),
            "label",
            "training needs two labels or more; 'label' gives only 'cook'.",
        ),
        (
            postings(label=["", None, " "]),
            "label",
            "training needs two labels or more; 'label' gives none in 3 rows.",
        ),
        (
            postings(title=["Plumber", "Your talent"]),
            "title",
            "training needs two labels or more; 'title' gives none in 2 rows.",
        ),
    ],
    ids=["unknown column", "one label", "no label", "titles that name no role"],
)
def test_unusable_labels(frame: pd.DataFrame, labels_from: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_labels(frame, VOCABULARY, labels_from)
    assert str(error.value) == message


# --- Weights ---


def test_weights_follow_the_confidence() -> None:
    confidence: list[object] = [1, "2", 3.0, None, "sure", 9]
    data = read_labels(postings(label=["a", "b"] * 3, confidence=confidence), VOCABULARY)
    assert data.weights.tolist() == [0.3, 0.7, 1.0, 1.0, 1.0, 1.0]


def test_without_confidence_all_weigh_the_same() -> None:
    assert read_labels(postings(label=["a", "b"]), VOCABULARY).weights.tolist() == [1.0, 1.0]


def test_weights_are_multiplied() -> None:
    given: list[object] = ["0.5", 2, None, ""]
    confidence: list[object] = [1, 2, 3, 3]
    frame = postings(label=["a", "b"] * 2, confidence=confidence, sample_weight=given)
    assert read_labels(frame, VOCABULARY).weights == pytest.approx([0.15, 1.4, 1.0, 1.0])


@pytest.mark.parametrize(
    ("given", "said"),
    [([1, -0.5], "-0.5"), ([np.inf, 1], "inf"), ([1.0, 0.0], "0.0"), (["0,5", "1"], "0,5")],
    ids=["negative", "infinite", "nothing", "no number"],
)
def test_weights_that_are_none(given: list[object], said: str) -> None:
    message = (
        f"sample_weight is {said}; give numbers over 0, 1 for a usual posting, and leave out what "
        "should not count."
    )
    with pytest.raises(InputError) as error:
        read_labels(postings(label=["a", "b"], sample_weight=given), VOCABULARY)
    assert str(error.value) == message


# --- Groups ---


def same(groups: object) -> list[list[int]]:
    """Rows of each group, in order."""
    rows: dict[int, list[int]] = {}
    for row, group in enumerate(np.asarray(groups).tolist()):
        rows.setdefault(group, []).append(row)
    return list(rows.values())


@pytest.mark.parametrize(
    ("columns", "groups", "note"),
    [
        (
            {"hiring_organization": ["Ida  Foods", "ida foods ", "Polder", "", "", None]},
            [[0, 1], [2], [3], [4], [5]],
            "folds are grouped by hiring_organization and near-copies",
        ),
        (
            {"employer": ["a", "b", "a"], "hiring_organization": ["x", "x", "x"]},
            [[0, 2], [1]],
            "folds are grouped by employer and near-copies",
        ),
        (
            {"employer": ["a", "b", "c", "a", "d"], "dup_group": [1, 2, 2, 3, None]},
            [[0, 3], [1, 2], [4]],
            "folds are grouped by employer and near-copies",
        ),
        (
            {"employer": ["a", "b", "b", "c"], "dup_group": ["g", "g", "h", "h"]},
            [[0, 1, 2, 3]],
            "folds are grouped by employer and near-copies",
        ),
        (
            {"dup_group": [4, 4, 5, None, None]},
            [[0, 1], [2], [3], [4]],
            "folds are grouped by near-copies only: there is no column of employers",
        ),
        (
            {"description": [LONG, OTHER, LONG + "Apply soon."]},
            [[0, 2], [1]],
            "folds are grouped by near-copies only: there is no column of employers",
        ),
        (
            {"description": [LONG, OTHER, LONG.upper(), "short"], "employer": ["a", "b", "b", ""]},
            [[0, 1, 2], [3]],
            "folds are grouped by employer and near-copies",
        ),
    ],
    ids=[
        "one employer, written in two ways; unknown ones stay apart",
        "employer goes before hiring_organization",
        "copies of other employers",
        "a chain of employers and copies",
        "no employers",
        "no employers, copies found in the text",
        "copies found in the text join employers",
    ],
)
def test_groups(columns: dict[str, list[object]], groups: list[list[int]], note: str) -> None:
    found, said = group_postings(postings(**columns))
    assert same(found) == groups
    assert said == note


# --- Postings without a label ---


BY_EMPLOYER = "folds are grouped by employer and near-copies"


@pytest.mark.parametrize(
    ("mine", "others", "kept", "groups", "notes"),
    [
        (
            {"employer": ["a", "b"], "dup_group": [1, 2]},
            {"employer": ["b", "c", "c", "a"], "dup_group": ["2", "3", "3", None]},
            ["more 1", "more 3"],
            [[0, 3], [1], [2]],
            [],
        ),
        (
            {"employer": ["a", "b"]},
            {"employer": ["c", "b"], "description": [LONG, LONG + "Apply soon."]},
            [LONG],
            [[0], [1, 2]],
            [],
        ),
        (
            {"employer": ["Ida Foods", "b"], "dup_group": [1, 1]},
            {"hiring_organization": ["a", "ida  foods"], "description": ["posting 0", LONG]},
            [LONG],
            [[0, 1, 2]],
            [],
        ),
        (
            {"employer": ["a", "b"], "dup_group": [1, 2]},
            {"description": ["posting 0", LONG], "dup_group": ["", ""]},
            [LONG],
            [[0], [1], [2]],
            [
                "those beside them: folds are grouped by near-copies only: there is no column of "
                "employers"
            ],
        ),
    ],
    ids=[
        "copies and employers are known, as numbers and as text",
        "copies are found: the one that stays joins employers",
        "employers under another name, and what is known of copies stays",
        "no employers, and the same text",
    ],
)
def test_unlabelled_postings_stand_beside(
    mine: dict[str, list[object]],
    others: dict[str, list[object]],
    kept: list[str],
    groups: list[list[int]],
    notes: list[str],
) -> None:
    data = read_labels(postings(label=["x", "y"], **mine), VOCABULARY)
    n = len(next(iter(others.values())))
    texts: list[object] = [f"more {i}" for i in range(n)]
    more = postings(**{"description": texts, **others})
    found = add_unlabelled(data, more)
    assert found.unlabelled is not None
    assert found.unlabelled.frame["description"].tolist() == kept
    assert same([*found.groups, *found.unlabelled.groups]) == groups
    assert found.notes == (
        "2 of 2 rows have a label (label)",
        BY_EMPLOYER,
        f"{len(kept)} of {n} postings beside them are no copies, help without label",
        *notes,
    )
    assert data.unlabelled is None


def test_unlabelled_postings_need_a_text_only() -> None:
    data = read_labels(postings(label=["x", "y"]), VOCABULARY)
    found = add_unlabelled(data, pd.DataFrame({"description": [LONG, None]}, index=[7, 7]))
    assert found.unlabelled is not None
    assert found.unlabelled.frame["title"].tolist() == ["", ""]
    with pytest.raises(InputError) as error:
        add_unlabelled(data, pd.DataFrame({"title": ["Cook"], "text": [LONG]}))
    assert str(error.value) == (
        "the postings without labels have no column 'description'; the columns are title, text."
    )
