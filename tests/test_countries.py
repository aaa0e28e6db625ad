"""The countries of a location, and the regions of countries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.countries import REGIONS, find_countries, region_of


@pytest.mark.parametrize(
    ("location", "countries"),
    [
        ("United States", "US"),
        ("Usa", "US"),
        ("Remote (U.S.)", "US"),
        ("Remote - US", "US"),
        ("US-TX", "US"),
        ("London, UK", "GB"),
        ("London (UK)", "GB"),
        ("London, England, United Kingdom", "GB"),
        ("London, Ontario", "CA"),
        ("London, ON, Canada", "CA"),
        ("Paris", "FR"),
        ("Paris, TX", "US"),
        ("Paris, Texas, United States", "US"),
        ("Cambridge", "GB"),
        ("Cambridge, MA", "US"),
        ("Cambridge, ON", "CA"),
        ("Perth", "AU"),
        ("Perth, WA", "AU"),
        ("Perth, Scotland", "GB"),
        ("Vancouver, CA", "CA"),
        ("Vancouver, WA", "US"),
        ("Toronto, CA", "CA"),
        ("Toronto, Ontario, CA", "CA"),
        ("Ontario, CA", "US"),
        ("Ontario, Canada", "CA"),
        ("Atlanta, Georgia", "US"),
        ("Tbilisi, Georgia", "GE"),
        ("Georgia, USA", "US"),
        ("Lebanon, NH", "US"),
        ("Beirut, Lebanon", "LB"),
        ("Melbourne, Victoria", "AU"),
        ("Victoria, BC", "CA"),
        ("Sydney NSW", "AU"),
        ("Wilmington, DE", "US"),
        ("Berlin, DE", "DE"),
        ("Berlin, NH", "US"),
        ("Evansville, IN", "US"),
        ("Chennai, IN", "IN"),
        ("Bangalore, KA, IND", "IN"),
        ("Bangalore", "IN"),
        ("Bengaluru", "IN"),
        ("Casablanca, MA", "MA"),
        ("Tel Aviv, IL", "IL"),
        ("Florianópolis, SC", "BR"),
        ("Milano (MI)", "IT"),
        ("Amsterdam, NH, Netherlands", "NL"),
        ("München", "DE"),
        ("munich", "DE"),
        ("Zürich", "CH"),
        ("zurich", "CH"),
        ("Kraków, Polska", "PL"),
        ("RIO DE JANEIRO", "BR"),
        ("SF", "US"),
        ("NYC", "US"),
        ("Bay Area", "US"),
        ("Washington, D.C.", "US"),
        ("Elmhurst, IL 60126", "US"),
        ("Plymouth Meeting, PA", "US"),
        ("New York, NY (Chelsea area)", "US"),
        ("St. John's, NL, Canada", "CA"),
        ("San Jose", "US"),
        ("San Jose, Costa Rica", "CR"),
        ("San Juan, Puerto Rico", "US"),
        ("Hong Kong, China", "HK"),
        ("US, WA, Seattle", "US"),
        ("CA, ON, Toronto", "CA"),
        ("Deutschland (Homeoffice)", "DE"),
        ("東京", "JP"),
        ("New York, Canada", "US CA"),
        ("London, Boston", "GB US"),
        ("Canada,United States", "CA US"),
        ("United States, London", "US GB"),
        ("San Francisco, CA; Toronto, ON; London", "US CA GB"),
        ("Remote,US,San Francisco, CA,New York, NY,Buenos Aires, Argentina", "US AR"),
        ("Jamaica,United States", "JM US"),
        ("Lisbon / Porto / Madrid", "PT ES"),
    ],
)
def test_countries_in_order(location: str, countries: str) -> None:
    assert find_countries(location) == tuple(countries.split())


@pytest.mark.parametrize(
    "location",
    [
        "",
        "Remote",
        "Remote (EU)",
        "EMEA",
        "APAC",
        "Europe",
        "Worldwide",
        "3 locations",
        "Headquarters",
        "CA",
        "IN",
        "Georgia",
        "Victoria",
        "Anytown, DE",
        "join us in or near ma",
        "Mobile",
        "🌍",
    ],
)
def test_a_location_that_does_not_tell(location: str) -> None:
    assert find_countries(location) == ()


def test_only_the_start_of_a_long_text_is_read() -> None:
    assert find_countries("x " * 1_000 + "Oslo") == ()


PARTS = ["London", "Toronto", "CA", "WA", "Ontario", "Georgia", "US", "Paris", ", ", " or ", "("]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PARTS), max_size=9).map("".join) | st.text(max_size=80))
def test_any_location_gives_countries_with_a_region(location: str) -> None:
    found = find_countries(location)
    assert len(set(found)) == len(found)
    assert all(region_of(country) in REGIONS for country in found)


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("US", "North America"),
        ("CA", "North America"),
        ("MX", "Latin America"),
        ("BR", "Latin America"),
        ("GB", "Europe"),
        ("IN", "Asia"),
        ("NZ", "Oceania"),
        ("EG", "Africa"),
        ("IL", "Middle East"),
        ("TR", "Middle East"),
        ("AQ", None),
        ("", None),
        ("us", None),
    ],
)
def test_region(country: str, region: str | None) -> None:
    assert region_of(country) == region
