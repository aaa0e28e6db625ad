"""Countries of a location, and the region of the world that a country is in."""

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from classifier.phrases import find_phrases, fold, split_names
from classifier.terms import find_tokens, tokenize

REGIONS = (
    "North America",
    "Latin America",
    "Europe",
    "Middle East",
    "Africa",
    "Asia",
    "Oceania",
)
# One country for pay: law and currency are those of the United States.
PART_OF = {"PR": "US", "GU": "US", "VI": "US", "AS": "US", "MP": "US", "UM": "US"}
_MOST_CHARS = 2_000  # of a location: more is no list of places
_GLUE = re.compile(r"[\s,.()–-]*")  # between the parts of one place
# Behind a city, the rest of a longer name of a town: "Plymouth Meeting, PA" is no Plymouth.
_TOWN = re.compile(r" [^\W\d_]+(?: [^\W\d_]+)?, ?")
_PART = " area)"  # behind a part of a town: "New York, NY (Chelsea area)"
_FOLDER = Path(__file__).parent


class _Name(NamedTuple):
    """What a name can mean: areas such as ``US-TX`` or ``FR``, the usual one first.

    An area in lower case has only a small town of the name.
    """

    areas: tuple[str, ...]
    wide: bool = False  # a country or a part of one, no city
    capitals: bool = False
    code: bool = False
    unclear: bool = False


class _Place(NamedTuple):
    """A place in a location: the areas that it can be in, and its end."""

    areas: tuple[str, ...]
    end: int
    wide: bool
    unclear: bool


def find_countries(location: str) -> tuple[str, ...]:
    """ISO 3166 codes of the countries that a location names, in order.

    Parameters
    ----------
    location : str
        One place or several, as a posting gives them. Case and accents do not count, but a short
        name in capitals (US, SF, Austin TX) has to be in capitals.

    Returns
    -------
    tuple of str
        Empty if no place is known, or if it could be in several countries ("Georgia"). A city of
        a shared name alone is the largest of them. Puerto Rico and Guam count as US.

    Examples
    --------
    >>> find_countries("London, UK"), find_countries("London, Ontario")
    (('GB',), ('CA',))
    >>> find_countries("San Francisco, CA; Toronto, ON; München")
    ('US', 'CA', 'DE')
    >>> find_countries("Remote (EU)"), find_countries("Georgia")
    ((), ())
    """
    return _countries(location[:_MOST_CHARS])


@lru_cache(maxsize=4096)  # a few thousand places are those of most postings
def _countries(location: str) -> tuple[str, ...]:
    places = _find_places(fold(location))
    return tuple(dict.fromkeys(place.areas[0][:2] for place in places if not place.unclear))


def region_of(country: str) -> str | None:
    """Region of a country by its ISO 3166 code, one of `REGIONS`; None if it is not known.

    They are the continents of GeoNames, with the Americas parted (Mexico is in Latin America) and
    the Middle East (with Türkiye, without Egypt) on its own.

    >>> region_of("MX"), region_of("CH"), region_of("IL"), region_of("??")
    ('Latin America', 'Europe', 'Middle East', None)
    """
    return _regions().get(country)


# --- Places in a text ---


def _find_places(location: str) -> list[_Place]:
    """Places in order; the parts of one ("Paris, Texas, US") are one."""
    places: list[_Place] = []
    for name, start, end in _named(location):
        glued = bool(places) and bool(_GLUE.fullmatch(location, places[-1].end, start))
        if name.code and not glued and not location[:start].rstrip().endswith((",", "(")):
            continue
        place = _Place(name.areas, end, name.wide, name.unclear)
        if name.code and _is_longer(places, location, start):
            places.pop()
        places += _join(places.pop(), place, name.code) if glued else [place]
    return places


def _is_longer(places: list[_Place], location: str, start: int) -> bool:
    """Whether the last place is only the first word of the town before a code."""
    last = places[-1] if places else None
    return bool(last and not last.wide and _TOWN.fullmatch(location, last.end, start))


def _join(before: _Place, place: _Place, code: bool) -> list[_Place]:
    """Two neighbours as one place if they agree ("Paris, Texas"), else both."""
    apart = not (before.wide or place.wide) or _are_countries(before, place)
    agreed = () if apart else _agree(before.areas, place.areas)
    if agreed:
        return [_Place(agreed, place.end, before.wide and place.wide, unclear=False)]
    if not code:
        return [before, place]
    # The code says something else: "Milano, MI". What follows may still be of this place.
    return [place if before.unclear else before._replace(end=place.end)]


def _are_countries(one: _Place, other: _Place) -> bool:
    """Whether both are countries: "Jamaica, United States" is not the town in New York."""
    return all(
        place.wide and not place.unclear and "-" not in place.areas[0] for place in (one, other)
    ) and (one.areas[0] != other.areas[0])


def _named(location: str) -> Iterator[tuple[_Name, int, int]]:
    """Known names with their start and end; one in capitals only as it is written."""
    tokens = find_tokens(location)
    if not tokens:  # most texts that a person types in have no place: no need for the tables
        return

    def fits(name: _Name, i: int, stop: int) -> bool:
        start, end = tokens[i].start, tokens[stop - 1].end
        if location.startswith(_PART, end) and not name.wide:
            return False
        return not name.capitals or location[start:end].isupper()

    for name, i, stop in find_phrases([token.text for token in tokens], _names(), fits):
        yield name, tokens[i].start, tokens[stop - 1].end


def _agree(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """Areas that both names can mean, the narrower of each pair; those of large places first."""
    both = [(one, other) for other in after for one in before]
    large = [max(pair, key=len) for pair in both if _within(*pair) or _within(*pair[::-1])]
    small = [one.upper() for one, other in both if one.upper() == other.upper()]
    return tuple(dict.fromkeys(large + small))


def _within(area: str, other: str) -> bool:
    return area == other or area.startswith(other + "-")


# --- The tables ---


@cache
def _regions() -> dict[str, str]:
    return {country: region for country, _, region, _ in _rows("countries.csv") if region}


@cache
def _names() -> dict[str, _Name]:
    """Every name by its tokens. Names written by hand come before those of GeoNames."""
    found: dict[str, _Name] = {}
    for area, names, wide in _by_hand():
        for name in names:
            _add(found, name, (area,), wide=wide)
    for country, _, _, name in _rows("countries.csv"):
        _add(found, name, (PART_OF.get(country, country),), wide=True)
    for key, areas in _rows("cities.csv"):
        _put(found, key, _city(areas))
    for name in split_names(_tables()["unclear"]["names"]):
        found[name.lower()] = found[name.lower()]._replace(unclear=True)
    _add_codes(found)
    return found


@cache  # most cities have a name of their own in one of a few hundred areas
def _city(areas: str) -> _Name:
    return _Name(tuple(areas.split()))


def _by_hand() -> Iterator[tuple[str, list[str], bool]]:
    for table in ("countries", "regions", "cities"):
        for area, names in _tables()[table].items():
            yield area, split_names(names), table != "cities"


def _add(found: dict[str, _Name], name: str, areas: tuple[str, ...], *, wide: bool) -> None:
    key = " ".join(tokenize(fold(name)))
    _put(found, key, _Name(areas, wide, capitals=name.isupper()))


def _put(found: dict[str, _Name], key: str, name: _Name) -> None:
    """Add a name; of one that is there already, only the further areas."""
    there = found.get(key)
    if there:
        name = there._replace(areas=tuple(dict.fromkeys(there.areas + name.areas)))
    found[key] = name


def _add_codes(found: dict[str, _Name]) -> None:
    """Codes of states, and of countries. One that is a name besides stays that name."""
    unclear = set(split_names(_tables()["unclear"]["codes"]))
    for code, areas in _codes().items():
        name = _Name(tuple(areas), True, capitals=True, code=True, unclear=code in unclear)
        found.setdefault(code.lower(), name)


@cache
def _codes() -> dict[str, list[str]]:
    """Areas of each code: states first, except those of Brazil, which few write for a town."""
    codes: dict[str, list[str]] = {}
    states = {c: split_names(listed) for c, listed in _tables()["codes"].items()}
    brazil = states.pop("BR")
    pairs = [(code, f"{country}-{code}") for country, listed in states.items() for code in listed]
    for country, iso3, *_ in _rows("countries.csv"):
        area = PART_OF.get(country, country)
        pairs += [(country, area), (iso3, area)]
    pairs += [(code, f"BR-{code}") for code in brazil]
    for code, area in pairs:
        codes.setdefault(code, []).append(area)
    return {c: a for c, a in codes.items() if c not in split_names(_tables()["words"]["codes"])}


def _rows(name: str) -> list[list[str]]:
    """Rows of a table behind its heading."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Tables of countries.toml: read when the first place is looked up, not at import."""
    return tomllib.loads((_FOLDER / "countries.toml").read_text(encoding="utf-8"))
