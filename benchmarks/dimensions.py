"""Levels, countries and arrangements of real postings: how many have one.

    python benchmarks/dimensions.py             print the shares
    python benchmarks/dimensions.py --draw 150  and titles and locations to judge by reading

The postings are not part of the repository, and what --draw prints must not be put into it.
docs/dimensions.md has the figures.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from classifier.arrangements import find_employment_type, is_remote
from classifier.clean import clean_text
from classifier.countries import find_countries, region_of
from classifier.levels import find_level

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
POSTINGS = CORPUS / "postings.parquet"
PAY = CORPUS / "ats_compensation.csv"
SEED = 20261125
# Kinds of locations without a country, by the first word that is found.
KINDS = {
    "the world, or a region of it": (
        *("world", "anywhere", "global", "international", "europe", "emea", "eu", "asia", "apac"),
        *("america", "americas", "latam", "namer", "amer"),
    ),
    "remote, and no place": ("remote", "remoto", "home", "telecommute", "distributed"),
    "a number of places": ("locations", "location", "multiple", "various"),
    "no place at all": ("office", "headquarters", "hq", "full", "hybrid", "onsite", "branch"),
}


def read_postings() -> dict[str, pd.DataFrame]:
    """Both tables, with text in every cell."""
    columns = ["title", "location", "description", "employer"]
    postings = pd.read_parquet(POSTINGS, columns=columns).fillna("")
    pay = pd.read_csv(PAY, usecols=["title", "location", "company"], dtype=str).fillna("")
    return {"postings": postings, "ats_compensation": pay.assign(description="")}


def kind_of(location: str) -> str:
    """Why a location may have no country."""
    words = set(location.lower().replace(",", " ").replace("-", " ").replace("(", " ").split())
    return next((kind for kind, some in KINDS.items() if words & set(some)), "other")


def print_shares(what: str, values: Iterable[object]) -> None:
    """Share of each value, the most common first."""
    counts = Counter(str(value) for value in values)
    total = sum(counts.values())
    print(f"\n{what} ({total:,})")
    for value, count in counts.most_common(14):
        print(f"  {value:32}{count:8,}{count / total:8.1%}")


def measure(name: str, table: pd.DataFrame) -> None:
    """Print the shares of one table."""
    print(f"\n== {name}")
    texts = [clean_text(text) for text in table["description"]]
    titles = list(table["title"])
    levels = [find_level(title, text) for title, text in zip(titles, texts, strict=True)]
    print_shares("level comes from", (level and level.rule for level in levels))
    print_shares("level", (level and level.name for level in levels))
    places = [place for place in table["location"] if place.strip()]
    countries = [find_countries(place) for place in places]
    print_shares("country of a location", (found[0] if found else None for found in countries))
    print_shares("region", (region_of(found[0]) for found in countries if found))
    without = [place for place, found in zip(places, countries, strict=True) if not found]
    print_shares("locations without a country", map(kind_of, without))
    rows = list(zip(table["location"], titles, texts, strict=True))
    print_shares("remote", (is_remote("", *row) for row in rows))
    print_shares("employment type", (find_employment_type("", *row[1:]) for row in rows))


def draw(table: pd.DataFrame, size: int) -> None:
    """Print titles and locations, drawn by posting, with what was found."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, no secret
    for title in chance.sample(list(table["title"]), size):
        level = find_level(title)
        print(f"{level.name if level else '-':10}{title}")
    for place in chance.sample(_filled(table["location"]), size):
        print(f"{' '.join(find_countries(place)) or '-':10}{place}")


def _filled(values: Iterable[str]) -> Sequence[str]:
    return [value for value in values if value.strip()]


def main() -> None:
    """Print the shares, and the samples if asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--draw", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    if not (POSTINGS.is_file() and PAY.is_file()):
        sys.exit(f"{CORPUS} has no postings: the figures cannot be computed here")
    tables = read_postings()
    for name, table in tables.items():
        measure(name, table)
    if arguments.draw:
        draw(tables["postings"], arguments.draw)


if __name__ == "__main__":
    main()
