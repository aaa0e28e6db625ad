"""The currency of a bare "$" at a place, and how a posting's place decides it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import classifier.places
from classifier.places import dollar_currency
from classifier.posting import JobPosting
from classifier.predict import stated_salary

TABLES = tomllib.loads(
    Path(classifier.places.__file__).with_name("places.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("location", "currency"),
    [
        ("United States", "USD"),
        ("USA", "USD"),
        ("Remote (U.S.)", "USD"),
        ("REMOTE, UNITED STATES", "USD"),
        ("US-Remote", "USD"),
        ("remote,us,US", "USD"),
        ("Chicago", "USD"),
        ("Elmhurst, IL", "USD"),
        ("Elmhurst, IL 60126", "USD"),
        ("Elmhurst,IL,US", "USD"),
        ("Greenville (SC)", "USD"),
        ("US-TX", "USD"),
        ("USA - New York NY", "USD"),
        ("Washington, D.C.", "USD"),
        ("St. Louis, Missouri", "USD"),
        ("Santa Fe, New Mexico", "USD"),
        ("SF / NYC", "USD"),
        ("Hybrid - Oakland, Sacramento, Fresno", "USD"),
        ("Fresno, CA", "USD"),
        ("Ontario, CA", "USD"),
        ("Ontario, CA, USA", "USD"),
        ("Ontario, California", "USD"),
        ("Atlanta, Georgia", "USD"),
        ("Savannah, Georgia, United States", "USD"),
        ("Macon, GA", "USD"),
        ("Paris, Texas", "USD"),
        ("Melbourne, FL", "USD"),
        ("Vancouver, WA", "USD"),
        ("Vancouver, Washington", "USD"),
        ("Tacoma, WA", "USD"),
        ("Wilmington, DE", "USD"),
        ("Evansville, IN", "USD"),
        ("London; Boston, MA", "USD"),
        ("San Juan, Puerto Rico", "USD"),
        ('["Fresno, CA", "Remote"]', "USD"),
        ("Canada", "CAD"),
        ("Remote - Canada", "CAD"),
        ("Toronto", "CAD"),
        ("Toronto, ON", "CAD"),
        ("Toronto, CA", "CAD"),
        ("Toronto, ON, CA", "CAD"),
        ("Toronto, Ontario, CA", "CAD"),
        ("Ontario, Canada", "CAD"),
        ("Remote in Ontario", "CAD"),
        ("London, Ontario", "CAD"),
        ("Windsor, ON", "CAD"),
        ("Victoria, BC", "CAD"),
        ("Sydney, NS", "CAD"),
        ("Montréal, Québec", "CAD"),
        ("Edmonton / Calgary", "CAD"),
        ("St. John's, NL, Canada", "CAD"),
        ("Australia", "AUD"),
        ("Sydney NSW", "AUD"),
        ("Perth, WA", "AUD"),
        ("Joondalup, WA, Australia", "AUD"),
        ("Melbourne, Victoria", "AUD"),
        ("Ballarat, Victoria, Australia", "AUD"),
        ("Adelaide, SA", "AUD"),
        ("Auckland", "NZD"),
        ("Nelson, New Zealand", "NZD"),
        ("Singapore", "SGD"),
        ("London | Singapore", "SGD"),
        ("Hong Kong", "HKD"),
        ("Hsinchu, Taiwan", "TWD"),
        ("Mexico City", "MXN"),
        ("Mérida, México", "MXN"),
    ],
)
def test_place(location: str, currency: str) -> None:
    assert dollar_currency(location) == currency


@pytest.mark.parametrize(
    "location",
    [
        "",
        "Remote",
        "Worldwide",
        "2 locations",
        "North America",
        "Latin America",
        "London",
        "Berlin, DE",
        "Bengaluru, IN",
        "Tel Aviv, IL",
        "Casablanca, MA",
        "Amsterdam, NL",
        "Perth, Scotland",
        "San Jose, Costa Rica",
        "Georgia",
        "Tbilisi, Georgia",
        "Victoria",
        "Cambridge",
        "Canada, United States",
        "Toronto or New York",
        "TORONTO OR MONTREAL",
        "New York, Toronto, Canada",
        "Sydney, Auckland",
        "Remote - Mexico",
        "Taiwan (remote)",
        "Bogotá, Colombia",
        "join us in or near ma",
        "Office in the Ohm building",
        "CA",
        "Remote - CA",
        "🌍",
    ],
)
def test_a_place_that_does_not_tell(location: str) -> None:
    assert dollar_currency(location) is None


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Dental, vision and a 401(k).", "USD"),
        ("We match your 401k.", "USD"),
        ("This role is exempt under the FLSA.", "USD"),
        ("You must live in the United States.", "USD"),
        ("One of us earns $70k-$80k USD, the other $90k.", "USD"),
        ("Plus superannuation.", "AUD"),
        ("Salary packaging and Superannuation", "AUD"),
        ("RRSP matching from the first day", "CAD"),
        ("Level 1: $71,000 CAD. Level 2: $83,000.", "CAD"),
        ("KiwiSaver at 4%", "NZD"),
        ("Pay before CPF: $8,000", "SGD"),
        ("MPF and medical cover", "HKD"),
        ("All figures are in Canadian dollars.", "CAD"),
        ("United States or abroad. RRSP for some.", "CAD"),
        ("", None),
        ("$90,000 and a pension", None),
        ("401(k) in one country, RRSP in the other", None),
        ("Offices in the United States and Canada", None),
        ("Our office is in Singapore.", None),
        ("You know CAD tools: $90,000, CAD drawings", None),
        ("MPFA, ERRSPX and XCPF are no words", None),
    ],
)
def test_text_decides_by_strong_signs(text: str, currency: str | None) -> None:
    assert dollar_currency("Remote", text) == currency


def test_text_decides_only_if_the_place_tells_nothing() -> None:
    assert dollar_currency("Toronto", "401(k)") == "CAD"
    assert dollar_currency("Toronto; Boston", "401(k)") is None
    assert dollar_currency("Munich, Germany", "401(k)") == "USD"
    assert dollar_currency("Remote, Mexico", "401(k)") is None


def test_a_name_is_in_one_table_only() -> None:
    names = [
        name.strip().lower()
        for table in ("countries", "regions", "codes", "cities")
        for listed in TABLES[table].values()
        for name in listed.replace("\n", ",").split(",")
        if name.strip()
    ]
    names += [name.lower() for name in TABLES["shared"]]
    assert sorted(names) == sorted(set(names))


PARTS = [
    "Toronto",
    "Boston",
    "CA",
    "WA",
    "Ontario",
    "Georgia",
    "US",
    "remote",
    ", ",
    " or ",
    "(",
    "/",
]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PARTS), max_size=9).map("".join) | st.text(max_size=60))
def test_any_location_gives_a_code_or_none(location: str) -> None:
    assert dollar_currency(location) in {None, "USD", "CAD", "AUD"} | set(TABLES["signs"])
    assert dollar_currency(f"{location}; Toronto; Boston, Massachusetts") is None


# --- The pay of a posting ---


def stated(location: str, description: str, field: str = "") -> tuple[object, ...] | None:
    posting = JobPosting(description, job_location=(location,), salary_text=field)
    pay = stated_salary(posting, description)
    return None if pay is None else (pay.min_value, pay.max_value, pay.currency, pay.span)


def test_the_place_decides_the_dollar_of_a_description() -> None:
    assert stated("Calgary", "Pay: $90,000") == (90_000, 90_000, "CAD", (5, 12))
    assert stated("Remote", "Pay: $90,000. KiwiSaver.") == (90_000, 90_000, "NZD", (5, 12))
    assert stated("Remote", "Pay: $90,000") == (90_000, 90_000, None, (5, 12))


def test_the_place_decides_the_dollar_of_the_pay_field() -> None:
    assert stated("Perth, WA", "Pay: $90,000", "$80k - $95k") == (80_000, 95_000, "AUD", None)


def test_levels_give_an_envelope_with_the_span_of_the_first() -> None:
    text = "Pay. Level 1: $80,000 - $90,000. Level 2: $85,000 - $99,000."
    assert stated("Tacoma, WA", text) == (80_000, 99_000, "USD", (14, 31))


WORDS = [pair for pairs in classifier.places._sign_words().values() for pair in pairs]


@given(st.sampled_from(WORDS))
def test_each_word_is_found_by_the_part_that_it_has(pair: tuple[str, str]) -> None:
    word, currency = pair
    assert currency in classifier.places._signs(f"Benefits: {word}.")
    assert currency == "USD" or currency not in classifier.places._signs(f"Benefits: x{word}x.")


def test_each_word_is_in_one_list() -> None:
    listed = [
        (word, currency)
        for currency, words in TABLES["signs"].items()
        for word in classifier.places._split(words)
    ]
    assert sorted(listed) == sorted(WORDS)
