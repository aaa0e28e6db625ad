"""Fixtures that several test files share."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from postgres_server import find_binaries, postgres_server
from sqlalchemy import create_engine, text

from classifier.database import database_url
from classifier.model import load_model
from classifier.table import Block, Table
from classifier.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas as pd

    from classifier.training import Training

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """Folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def table() -> Table:
    """Table of the shipped model."""
    return load_model().table


@pytest.fixture(scope="session")
def small_table() -> Table:
    """A model of two other roles, with numbers that can be followed by hand."""
    roles = ["data-analyst", "data-engineer"]
    vocabulary = Vocabulary.from_dict(
        {
            "role": [{"name": name, "titles": [name]} for name in roles],
            "skill": [
                {"name": "SQL", "facet": "tool", "roles": roles},
                {"name": "Spark", "aliases": ["apache spark"], "facet": "tool", "roles": roles[1:]},
            ],
        }
    )
    weights = {
        "description": {"build": 1.0, "pipelines": 2.0, "build pipelines": 1.5, "reports": -2.0},
        "title": {"(no title)": 0.25, "engineer": 1.0, "analyst": -1.0},
        "skills": {"SQL": -0.5, "Spark": 1.0, "data-engineer: tool": 0.5},
    }
    return Table(
        classes_=tuple(roles),
        blocks={
            name: Block(
                {term: i for i, term in enumerate(terms)},
                np.arange(1.0, len(terms) + 1),
                np.array([[-w, w] for w in terms.values()]),
            )
            for name, terms in weights.items()
        },
        intercept=np.array([0.25, -0.25]),
        vocabulary=vocabulary,
        threshold=0.8,
        min_terms=3,
        seen=np.array([1, 2**63], np.uint64),
        about={"name": "small", "version": "7"},
    )


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The real postings, which are not in the repository: without them, its tests are skipped."""
    path = ROOT.parent / "shared" / "corpus" / "postings.parquet"
    if not path.is_file():
        pytest.skip(f"no corpus: {path} is not there")
    return path


# The imports below are in the fixtures: most test files do without scikit-learn and pandas.


@pytest.fixture(scope="session")
def sample(root: Path) -> "pd.DataFrame":
    """The postings of data/postings.csv."""
    from classifier.labelled import read_frame

    return read_frame([str(root / "data" / "postings.csv")], None)[0]


@pytest.fixture(scope="session")
def training(sample: "pd.DataFrame") -> "Training":
    """Model of three roles, trained on data/postings.csv."""
    from classifier.training import train

    return train(sample, name="sample")


@pytest.fixture(scope="session")
def data_roles(root: Path) -> "Training":
    """Model of two other roles, trained on cases/data_roles.csv."""
    from classifier.labelled import read_frame
    from classifier.training import train
    from classifier.vocabulary import load_vocabulary

    cases = root / "tests" / "cases"
    frame = read_frame([str(cases / "data_roles.csv")], None)[0]
    return train(frame, vocabulary=load_vocabulary(cases / "data_roles.toml"), name="data-roles")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a PostgreSQL server that the tests have to themselves."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    with postgres_server(binaries) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store, in each of the databases."""
    if request.param == "sqlite":
        return str(tmp_path / "postings.db")
    address = str(request.getfixturevalue("postgres"))
    name = f"test_{secrets.token_hex(6)}"
    engine = create_engine(database_url(address), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{address.rpartition('/')[0]}/{name}"
