"""A table as arrays: what is frequent comes first, and the trie has every alias."""

from dataclasses import replace

import numpy as np

from classifier.layout import LARGEST_TABLE, lay_out
from classifier.perfect_hash import RIGHT_BITS, VALUE_BITS, find_pair
from classifier.table import Table


def test_a_term_of_three_words_is_in_no_text(small_table: Table) -> None:
    block = small_table.blocks["description"]
    columns = {("a b c" if term == "reports" else term): i for term, i in block.columns.items()}
    blocks = small_table.blocks | {"description": block._replace(columns=columns)}
    model = lay_out(replace(small_table, blocks=blocks))
    assert model is not None
    assert len(model.description.weights) == len(columns)


def test_numbers_fit_their_slots() -> None:
    assert LARGEST_TABLE <= 2**RIGHT_BITS
    assert 2 * LARGEST_TABLE + 2 <= 2**VALUE_BITS
    assert 2 * RIGHT_BITS + VALUE_BITS <= 64


def test_terms_of_many_documents_come_first(table: Table) -> None:
    model = lay_out(table)
    assert model is not None
    assert np.all(np.diff(model.description.weights[:, 0]) >= 0)
    assert sorted(model.description.weights[:, 0]) == sorted(table.blocks["description"].idf)


def test_every_pair_of_words_has_its_column(small_table: Table) -> None:
    model = lay_out(small_table)
    assert model is not None
    # "build", "pipelines", "build pipelines": the first words, the third column
    assert find_pair(model.description.pairs, 0, 1, -1) == 2 * 2
    assert find_pair(model.description.pairs, 1, 0, -1) == -1
