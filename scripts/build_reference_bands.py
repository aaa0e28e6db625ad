"""Write classifier/reference_bands.csv: yearly pay by label, title, level, place and year.

    python scripts/build_reference_bands.py ../shared/corpus

Two sources, of which only figures go into the table:

* ai-jobs.net salary survey to January 2025 (CC0; salaries.csv). More than half of its rows repeat
  others to the letter; each counts once. It names no employers: 6 answers stand for one. Only
  full-time work counts. Place is where the person lives.
* Pay ranges in employers' own feeds, 2022 to 2025 (ats_compensation.csv): midpoints, and a
  range of the same employer, title and bounds once.

Titles give the labels, by the title rules of the vocabulary; `other` is too many jobs for a band.
Countries keep their currency; regions and the world are in US dollars, at the mean rate of the
year. A cell that the floors of classifier.bands suppress is left out, never widened.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from classifier.bands import Pay, salary_bands
from classifier.countries import find_countries, region_of
from classifier.levels import SURVEY_LEVELS, find_level
from classifier.pay_table import exchange
from classifier.reference import COMMON_CURRENCY, FIGURES, ReferenceBand
from classifier.terms import tokenize
from classifier.vocabulary import load_vocabulary
from classifier.yearly import FACTORS

TABLE = Path(__file__).parent.parent / "classifier" / "reference_bands.csv"
SURVEY, FEEDS = "ai-jobs.net survey", "employers' feeds"
LABELS = ("research-engineer", "software-engineer")
# The article's four "salary insights". The survey has 15 answers under the second name: titles that
# name machine learning and an engineer or developer are taken together.
ML_SOFTWARE = "Machine Learning Software Engineer"


def read_survey(folder: Path) -> Iterator[tuple[str, Pay]]:
    """Title and pay of each answer."""
    frame = pd.read_csv(folder / "salaries.csv", keep_default_na=False).drop_duplicates()
    label_title = load_vocabulary().label_title
    for row in frame[frame["employment_type"] == "FT"].itertuples(index=False):
        country, amount = str(row.employee_residence), float(str(row.salary))
        yield (
            str(row.job_title),
            Pay(
                label=label_title(str(row.job_title)) or "",
                level=SURVEY_LEVELS[str(row.experience_level)],
                country=country,
                region=region_of(country) or "",
                year=int(str(row.work_year)),
                currency=str(row.salary_currency),
                low=amount,
                midpoint=amount,
                high=amount,
            ),
        )


def read_feeds(folder: Path) -> Iterator[tuple[str, Pay]]:
    """Title and pay of each range."""
    frame = pd.read_csv(folder / "ats_compensation.csv", keep_default_na=False)
    frame = frame.drop_duplicates(["company", "title", "min", "max", "currency", "interval"])
    label_title = load_vocabulary().label_title
    for row in frame.itertuples(index=False):
        factor = FACTORS.get(str(row.interval).removeprefix("1 "))
        year = str(row.date_posted)[:4]
        least = float(str(row.min))
        # A bound of 0 is not stated: its midpoint would be half of the other.
        if factor and year.isdigit() and least > 0:
            level = find_level(str(row.title))
            countries = find_countries(str(row.location))
            country = countries[0] if countries else ""
            low, high = least * factor, float(str(row.max)) * factor
            yield (
                str(row.title),
                Pay(
                    label=label_title(str(row.title)) or "",
                    employer=str(row.company).casefold(),
                    level=level.name if level else "",
                    country=country,
                    region=region_of(country) or "",
                    year=int(year),
                    currency=str(row.currency),
                    low=low,
                    midpoint=(low + high) / 2,
                    high=high,
                ),
            )


def insight(title: str) -> str:
    """Name under which the survey's title is counted as a title."""
    words = set(tokenize(title))
    learns = {"machine", "learning"} <= words or "ml" in words
    return ML_SOFTWARE if learns and words & {"engineer", "developer"} else title


def reference_bands(
    pays: list[Pay], source: str, *, regions: bool = True
) -> Iterator[ReferenceBand]:
    """Bands of every cell that has enough sources: countries, and in dollars regions and world."""
    dollars = [exchange(pay, COMMON_CURRENCY) for pay in pays]
    dollars = [pay for pay in dollars if pay.currency == COMMON_CURRENCY]
    places = [[pay for pay in pays if pay.country]]
    if regions:
        places.append([p._replace(country=p.region, region="") for p in dollars if p.region])
    places.append([pay._replace(country="", region="") for pay in dollars])
    for part in places:
        yield from _cells(part, source)


def _cells(pays: list[Pay], source: str) -> Iterator[ReferenceBand]:
    world = not any(pay.country for pay in pays)
    places = ("label", "year") if world else ("label", "country", "year")
    for by in (places, (*places, "level")):
        for band in salary_bands([p for p in pays if p.level or "level" not in by], by):
            spread = band.midpoint
            if spread is None or band.scope != band.cell or spread.median is None:
                continue
            values = {name: getattr(spread, name) for name in FIGURES}
            yield ReferenceBand(
                source,
                *band.cell[:4],  # type: ignore[arg-type]  # every pay has a year
                band.cell.currency,
                band.n_postings,
                band.n_employers,
                **{name: value and round(value.value) for name, value in values.items()},
                median_low=round(spread.median.low),
                median_high=round(spread.median.high),
            )


def write(bands: Iterable[ReferenceBand]) -> None:
    """Write the table."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ReferenceBand._fields)
        writer.writerows(bands)


def main() -> None:
    """Write the table from a folder with the two files."""
    folder = Path(sys.argv[1])
    survey, feeds = list(read_survey(folder)), list(read_feeds(folder))
    found: list[ReferenceBand] = []
    for rows, source in ((survey, SURVEY), (feeds, FEEDS)):
        found += reference_bands([pay for _, pay in rows if pay.label in LABELS], source)
    titles = [pay._replace(label=insight(title)) for title, pay in survey if pay.label in LABELS]
    for band in reference_bands(titles, SURVEY, regions=False):
        if band.place in {"world", "US"}:
            found.append(band)
    write(found)
    print(f"{len(found)} bands, {len({band.name for band in found})} names")


if __name__ == "__main__":
    main()
