"""Databases by name: their tables are those of the present release."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from classifier.database import database_url, open_database
from classifier.errors import InputError
from classifier.store_schema import METADATA


def test_the_migrations_make_the_tables(location: str) -> None:
    engine = open_database(location)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_opening_again_changes_nothing(location: str) -> None:
    for _ in range(2):
        engine = open_database(location)
        names = inspect(engine).get_table_names()
        engine.dispose()
    assert set(names) == {*METADATA.tables, "alembic_version"}


def test_a_store_of_a_later_release_is_left_alone(tmp_path: Path) -> None:
    path = str(tmp_path / "postings.db")
    engine = open_database(path)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(InputError, match="made by a later release"):
        open_database(path)


def test_other_tables_of_a_database_stay(tmp_path: Path) -> None:
    path = str(tmp_path / "mine.db")
    engine = create_engine(database_url(path))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bread (name TEXT)"))
    engine.dispose()
    engine = open_database(path)
    assert "bread" in inspect(engine).get_table_names()
    engine.dispose()
