"""Which postings a model can learn from: labels, weights, and groups that stay together."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from classifier.duplicates import find_duplicate_groups
from classifier.errors import InputError
from classifier.features import read_document
from classifier.files import open_table, write_rejects
from classifier.metrics import Floats, Ints
from classifier.vocabulary import Vocabulary
from classifier.write_files import check_apart

WEIGHTS = {1: 0.3, 2: 0.7, 3: 1.0}  # of a posting, by the confidence of its label
EMPLOYERS = ("employer", "hiring_organization")  # columns, the first that is there


class Unlabelled(NamedTuple):
    """Postings to learn from without a label, each text once; `groups` as in `Labelled`."""

    frame: pd.DataFrame
    groups: Ints


class Labelled(NamedTuple):
    """Postings that a model can learn from.

    `y` are indices into `classes`, `groups` say which postings stay on one side of a split.
    """

    frame: pd.DataFrame
    classes: tuple[str, ...]
    y: Ints
    weights: Floats
    groups: Ints
    notes: tuple[str, ...]
    unlabelled: Unlabelled | None = None


def read_frame(
    paths: Sequence[str],
    output: str | Path | None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    on_headings: Callable[[str, Mapping[str, str]], None] = lambda path, mapping: None,
) -> tuple[pd.DataFrame, int]:
    """Postings of files as one frame with the record's column names, and the number of rejects.

    Rows that cannot be used go to ``<output>.rejects.jsonl``; without `output` they are only
    counted. Columns that are no field of the record keep their headings.

    Raises
    ------
    InputError
        If a file cannot be read, or has no column of text.
    """
    if output is not None:
        check_apart(paths, str(output))
    frames, n_rejects = [], 0
    with write_rejects("-" if output is None else str(output)) as reject:
        for path in paths:
            with open_table(path, columns=columns, encoding=encoding, on_reject=reject) as reader:
                on_headings(path, reader.mapping)
                frames += [_rename(batch.to_pandas(), reader.mapping) for batch in reader]
                n_rejects += reader.n_rejects
    if not frames:
        raise InputError(f"{', '.join(paths)}: no row can be used, {n_rejects} are rejected")
    frame = pd.concat(frames, ignore_index=True)
    for name in ("title", "description"):
        frame[name] = frame[name].fillna("") if name in frame else ""
    return frame, n_rejects


def _rename(frame: pd.DataFrame, mapping: Mapping[str, str]) -> pd.DataFrame:
    """Frame with record names; a column that has such a name but is not it is left out."""
    names = {heading: name for name, heading in mapping.items()}
    wrong = [name for name in mapping if name in frame and name not in names]
    return frame.drop(columns=wrong).rename(columns=names)


def read_labels(
    frame: pd.DataFrame, vocabulary: Vocabulary, labels_from: str = "label"
) -> Labelled:
    """Postings that carry a label, with weights and groups.

    Parameters
    ----------
    frame : DataFrame
        Columns `title` and `description`; `labels_from` unless that is ``"title"``;
        if there are any: `confidence` (1 to 3), `sample_weight`, `employer` or
        `hiring_organization`, `dup_group`.
    labels_from : str
        Column with the labels, or ``"title"`` for the title rules of the vocabulary.

    Raises
    ------
    InputError
        If the column is missing, no row has a label, or all have the same; if a weight is none.
    """
    if labels_from != "title" and labels_from not in frame:
        raise InputError(
            f"no column {labels_from!r} with labels; the columns are {', '.join(frame.columns)}. "
            "Name one with --labels-from, or use --labels-from title."
        )
    labels = (
        frame["title"].map(vocabulary.label_title)
        if labels_from == "title"
        else frame[labels_from].astype("string").str.strip().replace("", None)
    )
    kept = labels.notna().to_numpy(bool)
    classes = tuple(sorted(set(labels[kept])))
    if len(classes) < 2:
        raise InputError(
            f"training needs two labels or more; {labels_from!r} gives "
            + (f"only {classes[0]!r}." if classes else f"none in {len(frame)} rows.")
        )
    rows = frame[kept].reset_index(drop=True)
    y = labels[kept].map({name: i for i, name in enumerate(classes)}).to_numpy(np.int64)
    groups, note = group_postings(rows)
    notes = [f"{len(rows)} of {len(frame)} rows have a label ({labels_from})", note]
    return Labelled(rows, classes, y, _weights(rows), groups, tuple(notes))


def _weights(rows: pd.DataFrame) -> Floats:
    weights = np.ones(len(rows))
    if "confidence" in rows:
        confidence = pd.to_numeric(rows["confidence"], errors="coerce")
        weights = np.asarray(confidence.map(WEIGHTS).fillna(1.0), np.float64)
    if "sample_weight" not in rows:
        return weights
    given = rows["sample_weight"].replace("", None).fillna(1.0)
    numbers = pd.to_numeric(given, errors="coerce").to_numpy(np.float64)
    wrong = given[~((numbers > 0) & np.isfinite(numbers))]
    if len(wrong):
        raise InputError(
            f"sample_weight is {wrong.iloc[0]}; give numbers over 0, 1 for a usual posting, and "
            "leave out what should not count."
        )
    return np.asarray(weights * numbers)


def add_unlabelled(data: Labelled, frame: pd.DataFrame) -> Labelled:
    """The same postings with others beside them, grouped together.

    Of several copies of a text one is kept, of a labelled posting none. If both have a column
    `dup_group`, its values have to mean the same in both.

    Raises
    ------
    InputError
        If the others have no column `description`.
    """
    if "description" not in frame:
        raise InputError(
            f"the postings without labels have no column 'description'; the columns are "
            f"{', '.join(map(str, frame.columns))}."
        )
    frame = frame.assign(title=frame.get("title", pd.Series("", frame.index)))
    rows = pd.concat([_to_group(data.frame), _to_group(frame)], join="inner", ignore_index=True)
    copies = connect(find_copies(rows), _codes(rows["description"]))
    joint, note = group_postings(rows, copies)
    n = len(data.y)
    others = data.groups.max() + 1 + np.arange(len(frame))
    # What the labelled ones know of each other stays, also where the others lack the column.
    groups = connect(joint, np.append(data.groups, others))
    kept = np.flatnonzero(~pd.Series(copies).duplicated()[n:])
    more = frame.iloc[kept].reset_index(drop=True)
    notes = [f"{len(kept)} of {len(frame)} postings beside them are no copies, help without label"]
    if _employers(frame) is None and _employers(data.frame) is not None:
        notes.append(f"those beside them: {note}")
    return data._replace(
        groups=groups[:n],
        notes=(*data.notes, *notes),
        unlabelled=Unlabelled(more, groups[n + kept]) if len(kept) else None,
    )


def _to_group(rows: pd.DataFrame) -> pd.DataFrame:
    """What postings of several files are grouped by, in the same types."""
    found = {"description": rows["description"].fillna("").astype(str)}
    employers = _employers(rows)
    if employers is not None:
        found["employer"] = employers
    if "dup_group" in rows:
        names = rows["dup_group"].astype("string").fillna("").str.removesuffix(".0")
        found["dup_group"] = names.astype(str)
    return pd.DataFrame(found)


def _employers(rows: pd.DataFrame) -> "pd.Series[str] | None":
    """Employer of each posting in one spelling, "" if it is not known; None without a column."""
    column = next((name for name in EMPLOYERS if name in rows), None)
    if column is None:
        return None
    return rows[column].fillna("").astype(str).str.casefold().str.split().str.join(" ")


def find_copies(rows: pd.DataFrame) -> Ints:
    """A number for each text: near-copies share it. A column `dup_group` tells, or the text."""
    return _codes(rows["dup_group"]) if "dup_group" in rows else _found_copies(rows)


def group_postings(rows: pd.DataFrame, copies: Ints | None = None) -> tuple[Ints, str]:
    """Group of each posting, and a note on how they were made.

    Postings of one employer are one group, and so are near-copies (`find_copies`).
    """
    copies = find_copies(rows) if copies is None else copies
    employers = _employers(rows)
    if employers is None:
        return copies, "folds are grouped by near-copies only: there is no column of employers"
    column = next(name for name in EMPLOYERS if name in rows)
    return connect(_codes(employers), copies), f"folds are grouped by {column} and near-copies"


def connect(*keys: Ints) -> Ints:
    """Group of each posting: two are in one group if they share a key, or a chain of them.

    >>> connect(np.array([1, 1, 2, 3]), np.array([5, 6, 6, 7])).tolist()
    [0, 0, 0, 1]
    """
    n = len(keys[0])
    links, top = [], n
    for values in keys:
        links.append(values + top)
        top += int(values.max(initial=-1)) + 1
    # A graph of postings and keys: its components are the groups.
    ends = (np.tile(np.arange(n), len(keys)), np.concatenate(links))
    graph = coo_matrix((np.ones(n * len(keys)), ends), shape=(top, top))
    return np.asarray(connected_components(graph, directed=False)[1][:n])


def _codes(values: "pd.Series[Any]") -> Ints:
    """A number for each different value; every empty one is a value of its own."""
    codes = pd.factorize(values.replace("", None))[0].astype(np.int64)
    empty = codes < 0
    codes[empty] = codes.max(initial=-1) + 1 + np.arange(empty.sum())
    return codes


def _found_copies(rows: pd.DataFrame) -> Ints:
    # Without boilerplate: two openings that share only that are no copies.
    documents = [read_document("", text) for text in rows["description"].fillna("").astype(str)]
    return find_duplicate_groups([document.work for document in documents])
