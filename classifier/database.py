"""A database by its name: opened, brought to the present tables, and its errors in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from classifier.errors import InputError

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT = 30  # seconds for another process that writes


def open_database(location: str) -> Engine:
    """Engine of a database that has the present tables; they are made, or brought up to date.

    Parameters
    ----------
    location : str
        File of SQLite, which is made if it is not there, or an address such as
        ``postgresql://user@host/name``.

    Raises
    ------
    InputError
        If it cannot be opened, is no database, or was made by a later release.
    """
    url = database_url(location)
    with errors_as_input_error(location):
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        with engine.connect() as connection:
            _migrate(connection, location)
    return engine


def database_url(location: str) -> URL:
    """Address of a database: of a file, or as given. PostgreSQL is reached by psycopg 3.

    >>> str(database_url("jobs.db")), str(database_url("postgresql://localhost/jobs"))
    ('sqlite:///jobs.db', 'postgresql+psycopg://localhost/jobs')

    Raises
    ------
    InputError
        If it is an address of another kind.
    """
    if "://" not in location:
        parent = Path(location).resolve().parent
        if not parent.is_dir():
            raise InputError(f"cannot open {location}: make the folder {parent} first")
        return URL.create("sqlite", database=location)
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        raise InputError(f"{location} is no address of a database") from None
    kind = url.drivername.partition("+")[0]
    if kind in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite":
        return url
    raise InputError(f"{kind} is no database for a store: give a file, or postgresql://...")


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # whatever the driver gives
    # Readers do not wait for a writer, and a kill leaves what was committed.
    for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.execute(f"PRAGMA busy_timeout = {WAIT * 1000}")
    cursor.close()


def _migrate(connection: Connection, location: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    present = MigrationContext.configure(connection).get_current_revision()
    if present == scripts.get_current_head():
        return
    if present is not None and present not in {one.revision for one in scripts.walk_revisions()}:
        raise InputError(f"{location} was made by a later release ({present}): install that one")
    command.upgrade(config, "head")
    connection.commit()


@contextmanager
def errors_as_input_error(location: str) -> Iterator[None]:
    """Report an error of the database as an InputError.

    Raises
    ------
    InputError
        With the first line of what the database says.
    """
    try:
        yield
    except NoSuchModuleError as error:
        raise InputError(f"{error}; give a file, or postgresql://...") from error
    except ModuleNotFoundError as error:
        raise InputError(
            f"{location} needs {error.name}: pip install 'job-posting-classifier[collect]'"
        ) from error
    except (DBAPIError, SQLAlchemyError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        said = str(cause).strip().partition("\n")[0]
        raise InputError(f"the store {_without_password(location)}: {said}") from error


def _without_password(location: str) -> str:
    return database_url(location).render_as_string() if "://" in location else location
