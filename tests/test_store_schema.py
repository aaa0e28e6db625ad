"""The tables of the store."""

from classifier.posting import JobPosting
from classifier.store_schema import FIELDS, METADATA, POSTINGS


def test_a_posting_has_a_column_for_each_field() -> None:
    assert set(FIELDS) == set(JobPosting.__slots__)
    assert set(FIELDS) <= set(POSTINGS.c.keys())


def test_no_name_is_longer_than_postgresql_takes() -> None:
    tables = METADATA.tables.values()
    names = [str(index.name) for table in tables for index in table.indexes]
    names += [str(constraint.name) for table in tables for constraint in table.constraints]
    assert max(map(len, names)) <= 63
