"""Reference bands: the table that is shipped, which band is chosen, where a pay stands in it."""

from decimal import Decimal

import pytest

from classifier.bands import ALL, WORLD
from classifier.errors import InputError
from classifier.exchange import exchange_rate
from classifier.levels import LEVELS
from classifier.reference import (
    FIGURES,
    PERCENTS,
    ReferenceBand,
    estimate_salary,
    find_band,
    find_name,
    find_standing,
    load_reference,
    ordinal,
)
from classifier.spread import ANONYMOUS, FEWEST_EMPLOYERS, FEWEST_FOR_TAILS

ROWS = [band for bands in load_reference().values() for band in bands]
# The article's "salary insights" (docs/salary-bands.md).
ARTICLE = (
    "Research Engineer", "Machine Learning Software Engineer", "Software Engineer", "Engineer",
)  # fmt: skip


def band(**known: object) -> ReferenceBand:
    values = {
        "source": "a survey", "name": "cook", "level": "senior", "place": "US", "year": 2024,
        "currency": "USD", "n_postings": 1200, "n_employers": None, "percentile10": 50e3,
        "percentile25": 60e3, "median": 80e3, "percentile75": 100e3, "percentile90": 150e3,
        "median_low": 79e3, "median_high": 81e3,
    }  # fmt: skip
    return ReferenceBand(**{**values, **known})  # type: ignore[arg-type]  # each test gives its own


def test_every_band_keeps_the_floors() -> None:
    assert len(ROWS) > 100
    for one in ROWS:
        sources = one.n_employers or one.n_postings // ANONYMOUS
        assert sources >= FEWEST_EMPLOYERS
        tails = one.percentile10 is not None and one.percentile90 is not None
        assert tails == (sources >= FEWEST_FOR_TAILS)
        figures = [value for name in FIGURES if (value := getattr(one, name))]
        assert figures == sorted(figures)
        assert one.median_low <= one.median <= one.median_high
        assert one.level in {ALL, *LEVELS}
        assert 2020 <= one.year <= 2025
        assert one.place == WORLD or len(one.currency) == 3


def test_no_band_stands_twice() -> None:
    keys = [(b.source, b.name, b.level, b.place, b.year, b.currency) for b in ROWS]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", ARTICLE)
def test_the_article_s_insights_are_there(name: str) -> None:
    found = find_name(name)
    assert (found[0].place, found[0].level) == (WORLD, ALL)
    assert found == find_name(f" {name.upper()}")


def test_an_unknown_name_is_named() -> None:
    with pytest.raises(InputError, match="no reference bands of 'Baker'; there are those of"):
        find_name("Baker")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("senior", "US", "North America", 2024), ("senior", "US", 2024)),
        (("senior", "US", "North America", 2031), ("senior", "US", 2025)),
        (("senior", "US", "North America", None), ("senior", "US", 2025)),
        (("senior", "AQ", "", 2024), ("senior", WORLD, 2024)),
        (("", "US", "North America", 2024), (ALL, "US", 2024)),
        (("director", "AQ", "", 2024), ("director", WORLD, 2024)),
        (("unheard of", "US", "", 2024), (ALL, "US", 2024)),
        (("", "", "", 2024), (ALL, WORLD, 2024)),
    ],
    ids=repr,
)
def test_the_narrowest_band_of_the_nearest_year(
    asked: tuple[str, str, str, int | None], expected: tuple[str, str, int]
) -> None:
    found = find_band("software-engineer", *asked)
    assert found
    assert (found.level, found.place, found.year) == expected


def test_other_has_no_band() -> None:
    assert find_band("other", "senior", "US", "North America", 2024) is None
    assert find_band("", "", "", "", None) is None


@pytest.mark.parametrize(
    ("amount", "percentile", "text"),
    [
        (80_000, 50, "50th percentile of senior cook, US, 2024, n=1,200 (a survey)"),
        (60_000, 25, "25th percentile of"),
        (70_000, 38, "38th percentile of"),  # half way from 25 to 50
        (50_000, 10, "10th percentile of"),
        (150_000, 90, "90th percentile of"),
        (49_999, None, "under percentile 10 of senior cook"),
        (150_001, None, "over percentile 90 of senior cook"),
    ],
)
def test_standing(amount: int, percentile: int | None, text: str) -> None:
    found = find_standing(Decimal(amount), "USD", band(), 2024)
    assert found
    assert found.percentile == percentile
    assert found.text.startswith(text)


def test_standing_without_tails_and_with_equal_percentiles() -> None:
    short = band(percentile10=None, percentile90=None, median=60e3)
    low = find_standing(Decimal(59_000), "USD", short, 2024)
    assert low
    assert low.text.startswith("under percentile 25")
    same = find_standing(Decimal(60_000), "USD", short, 2024)
    assert same
    assert same.percentile == 38  # between 25 and 50, which are both 60,000


def test_standing_in_another_currency_is_of_the_posting_s_year() -> None:
    rate = exchange_rate("GBP", "USD", 2022)
    assert rate
    pounds = Decimal(80_000) / rate
    found = find_standing(pounds.quantize(Decimal("0.01")), "GBP", band(), 2022)
    assert found
    assert found.percentile == 50
    assert find_standing(Decimal(1), "GBP", band(), 1990) is None
    assert find_standing(Decimal(1), "XYZ", band(), 2024) is None
    assert find_standing(Decimal(80_000), "XYZ", band(currency="XYZ"), None)


def test_an_estimate_is_the_middle_half_and_says_so() -> None:
    found = estimate_salary(band(level=ALL, percentile25=60_000.4))
    assert (found.min_value, found.max_value) == (Decimal(60_000), Decimal(100_000))
    assert (found.currency, found.unit_text, found.text, found.span) == ("USD", "YEAR", None, None)
    assert found.rule == "estimate: middle half of cook, US, 2024, n=1,200 (a survey)"


def test_percents_belong_to_the_figures() -> None:
    assert dict(zip(FIGURES, PERCENTS, strict=True))["percentile75"] == 75
    assert ordinal(43) == "43rd"
