"""The scikit-learn Pipeline: prepare -> count -> weigh -> clf, and its table of arrays.

``prepare`` cleans the postings, ``count`` counts the terms of each block, ``weigh`` turns the
counts of each block into TF-IDF, ``clf`` is the logistic regression. Counting does not depend
on the rows that it is fitted on, once the terms are chosen, so cross-validation counts once
(`count_matrix`, which is quicker) and fits the last two steps for each fold.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from classifier.features import (
    BLOCKS,
    description_terms,
    read_document,
    skill_terms,
    title_terms,
)
from classifier.table import Block
from classifier.vocabulary import Vocabulary

SOURCES = {"description": "work", "title": "title", "skills": "work"}  # block -> column
SCALES = {"description": 1.0, "title": 1.0, "skills": 0.5}  # docs/experiments.md


def prepare(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns `title` and `work` of a frame with `title` and `description` as found."""
    titles, descriptions = (frame[name].fillna("").astype(str) for name in ("title", "description"))
    documents = [read_document(*pair) for pair in zip(titles, descriptions, strict=True)]
    return pd.DataFrame(
        {"title": [d.title for d in documents], "work": [d.work for d in documents]},
        index=frame.index,
    )


def mask(documents: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """Prepared documents without their titles, and without the roles' names in the text."""
    return documents.assign(title="", work=documents["work"].map(vocabulary.mask_role_names))


def _skills_of(text: str, vocabulary: Vocabulary) -> list[str]:
    return skill_terms(vocabulary.find_skills(text), vocabulary)


def analyzers(vocabulary: Vocabulary) -> dict[str, Callable[[str], list[str]]]:
    """Text to terms, for each block."""
    skills = partial(_skills_of, vocabulary=vocabulary)
    return dict(zip(BLOCKS, (description_terms, title_terms, skills), strict=True))


def counter(terms: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> ColumnTransformer:
    """Step that counts: prepared documents to one sparse matrix, the blocks side by side."""
    analyze = analyzers(vocabulary)
    blocks = [
        (
            name,
            CountVectorizer(analyzer=analyze[name], lowercase=False, vocabulary=terms[name]),
            SOURCES[name],
        )
        for name in BLOCKS
        if terms[name]  # texts need not name a skill, nor a vocabulary have any
    ]
    return ColumnTransformer(blocks, sparse_threshold=1.0)


def weigher(terms: Mapping[str, Sequence[str]]) -> ColumnTransformer:
    """Step that weighs: TF-IDF of each block by itself, of the length that `SCALES` says."""
    ends = np.cumsum([0, *(len(terms[name]) for name in BLOCKS)]).tolist()
    slices = [slice(a, b) for a, b in pairwise(ends)]
    blocks = [
        (name, TfidfTransformer(sublinear_tf=True), columns)
        for name, columns in zip(BLOCKS, slices, strict=True)
        if terms[name]
    ]
    return ColumnTransformer(blocks, sparse_threshold=1.0, transformer_weights=SCALES)


def assemble(
    count: ColumnTransformer, weigh: ColumnTransformer, clf: LogisticRegression
) -> Pipeline:
    """Whole pipeline, from frames with `title` and `description` to labels."""
    return Pipeline(
        [
            ("prepare", FunctionTransformer(prepare)),
            ("count", count),
            ("weigh", weigh),
            ("clf", clf),
        ]
    )


def table_blocks(pipeline: Pipeline) -> dict[str, Block]:
    """Terms, idf and coefficients of a fitted pipeline; the scales are in the coefficients."""
    count, weigh, clf = pipeline["count"], pipeline["weigh"], pipeline["clf"]
    coef = class_columns(clf.coef_)
    blocks, start = {}, 0
    for name in BLOCKS:
        counted = name in count.named_transformers_
        terms = count.named_transformers_[name].get_feature_names_out() if counted else []
        idf = weigh.named_transformers_[name].idf_ if counted else np.zeros(0)
        blocks[name] = Block(
            {term: i for i, term in enumerate(terms)},
            idf,
            coef[start : start + len(terms)] * SCALES[name],
        )
        start += len(terms)
    return blocks


def class_columns(coef: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coefficients of shape (n_terms, n_classes).

    scikit-learn keeps one row for two classes: the logit of the second against the first.
    """
    return np.vstack([np.zeros_like(coef[0]), coef[0]]).T if len(coef) == 1 else coef.T
