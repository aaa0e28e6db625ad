"""Header lines: employer, title, place, place type, employment type, pay."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.sources.comment_header import offers_several, read_header


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "Crumb Works | Oven Engineer | Bergen, Norway | ONSITE | Full-time | NOK 700k-850k",
            (
                "Crumb Works",
                "Oven Engineer",
                "Bergen, Norway",
                "on-site",
                "Full-time",
                "NOK 700k-850k",
            ),
        ),
        (
            "Fjord Robotics (YC S21) | Senior Embedded Engineer | Tromsø, Norway | Full-time",
            (
                "Fjord Robotics (YC S21)",
                "Senior Embedded Engineer",
                "Tromsø, Norway",
                "",
                "Full-time",
                "",
            ),
        ),
        (
            "Lantern Labs | Remote (US only) | Staff Data Engineer | $170k - $210k + equity",
            (
                "Lantern Labs",
                "Staff Data Engineer",
                "US only",
                "TELECOMMUTE",
                "",
                "$170k - $210k + equity",
            ),
        ),
        (
            "Heron Analytics | https://heron.example | Data Scientist | Ghent, Belgium | HYBRID",
            ("Heron Analytics", "Data Scientist", "Ghent, Belgium", "hybrid", "", ""),
        ),
        (
            "Dune Pumps (https://dunepumps.example) | Firmware Engineer | Graz, Austria | On-site",
            ("Dune Pumps", "Firmware Engineer", "Graz, Austria", "on-site", "", ""),
        ),
        (
            "Orchard AI | orchard.example | Founding Engineer | NYC | $150-190K",
            ("Orchard AI", "Founding Engineer", "NYC", "", "", "$150-190K"),
        ),
        (
            "Birch Bank | Multiple roles | Copenhagen, Denmark | Onsite",
            ("Birch Bank", "Multiple roles", "Copenhagen, Denmark", "on-site", "", ""),
        ),
        (
            "Kelp Cloud | Remote | Go Developer | Contract | €500/day",
            ("Kelp Cloud", "Go Developer", "", "TELECOMMUTE", "Contract", "€500/day"),
        ),
        (
            "Senior Rust Engineer | London, UK | £90,000 - £110,000",
            ("", "Senior Rust Engineer", "London, UK", "", "", "£90,000 - £110,000"),
        ),
        (
            "Yak Mail | Engineering Manager | REMOTE (worldwide) | Full Time",
            ("Yak Mail", "Engineering Manager", "", "TELECOMMUTE", "Full Time", ""),
        ),
        (
            "Slow Roast | Full-stack Developer | NYC | hybrid | $140k–$160k",
            ("Slow Roast", "Full-stack Developer", "NYC", "hybrid", "", "$140k–$160k"),
        ),
        (
            "Windmoor - Turbine Software Engineer - Odense, Denmark - Onsite",
            ("Windmoor", "Turbine Software Engineer", "Odense, Denmark", "on-site", "", ""),
        ),
        (
            "Tidal Toys — Game Developer — Porto, Portugal — Remote",
            ("Tidal Toys", "Game Developer", "Porto, Portugal", "TELECOMMUTE", "", ""),
        ),
        (
            "Quay Books; Platform Engineer; Remote (Europe); Part-time",
            ("Quay Books", "Platform Engineer", "Europe", "TELECOMMUTE", "Part-time", ""),
        ),
        (
            "Zeil & Co | Software Engineers | Delft, Netherlands | in-person",
            ("Zeil & Co", "Software Engineers", "Delft, Netherlands", "on-site", "", ""),
        ),
        (
            "Linse Optik | Berlin | ONSITE or REMOTE (Germany) | DevOps / SRE | Full-time",
            ("Linse Optik", "DevOps / SRE", "Berlin; Germany", "TELECOMMUTE", "Full-time", ""),
        ),
        (
            "Copper Kettle | Interns | Oslo | ONSITE | Internship",
            ("Copper Kettle", "Interns", "Oslo", "on-site", "Internship", ""),
        ),
        (
            "Granite Maps (granite.example) | Head of Mapping | San Francisco, CA | In-office",
            (
                "Granite Maps (granite.example)",
                "Head of Mapping",
                "San Francisco, CA",
                "on-site",
                "",
                "",
            ),
        ),
        (
            "Owl Post | Various openings | Remote",
            ("Owl Post", "Various openings", "", "TELECOMMUTE", "", ""),
        ),
        (
            "Salt & Stone | Product Manager | Austin, TX | On-site, Full-time",
            ("Salt & Stone", "Product Manager", "Austin, TX", "on-site", "Full-time", ""),
        ),
        (
            "Pine Health | Frontend Engineer | Remote (US, EST) | $120,000 to $145,000/yr",
            (
                "Pine Health",
                "Frontend Engineer",
                "US, EST",
                "TELECOMMUTE",
                "",
                "$120,000 to $145,000/yr",
            ),
        ),
        (
            "Harbor Grid | ML Engineer | Toronto, Canada | Hybrid (3 days/week) | CAD 130k - 160k",
            ("Harbor Grid", "ML Engineer", "Toronto, Canada", "hybrid", "", "CAD 130k - 160k"),
        ),
        (
            "Vellum | Member of Technical Staff | NYC | ONSITE | $200K-$300K + 1% equity",
            (
                "Vellum",
                "Member of Technical Staff",
                "NYC",
                "on-site",
                "",
                "$200K-$300K + 1% equity",
            ),
        ),
        (
            "Reed Systems | Backend Engineer (Python) | Remote | Full-time | visa sponsorship",
            ("Reed Systems", "Backend Engineer (Python)", "", "TELECOMMUTE", "Full-time", ""),
        ),
        (
            "Otter Bio | Bioinformatics Scientist II | Boston, MA or REMOTE | Full-time, Contract",
            (
                "Otter Bio",
                "Bioinformatics Scientist II",
                "Boston, MA",
                "TELECOMMUTE",
                "Full-time, Contract",
                "",
            ),
        ),
        (
            "Fern Studio | UX Designer | Backend Engineer | Remote\nWe draw.",
            ("Fern Studio", "UX Designer, Backend Engineer", "", "TELECOMMUTE", "", ""),
        ),
        (
            "Company: Moss Media\nRole: Video Engineer\nLocation: Malmö, Sweden\nRemote: Yes\n"
            "Type: Part-time\nSalary: SEK 40k\n\nWe edit.",
            (
                "Moss Media",
                "Video Engineer",
                "Malmö, Sweden",
                "TELECOMMUTE",
                "Part-time",
                "SEK 40k",
            ),
        ),
        (
            "* Company: Moss Media\n* Job title: Editor\n* Where: Malmö (hybrid)\n* Remote: no",
            ("Moss Media", "Editor", "Malmö (hybrid)", "hybrid", "", ""),
        ),
        ("Title: Editor\nLocation: Malmö\nWe edit.", ("", "Editor", "Malmö", "", "", "")),
        (
            "Rye Mill | We have several openings in the mill | Oslo, Norway",
            ("Rye Mill", "We have several openings in the mill", "Oslo, Norway", "", "", ""),
        ),
        (
            "Baker | Rye Mill | Oslo, Norway | a b c d e f g h i j k l engineer n o p",
            ("Baker", "", "Oslo, Norway", "", "", ""),
        ),
        # What follows a title may be anything: it is not taken for the employer.
        (
            "Senior Rust Engineer | Moss Media | Remote",
            ("", "Senior Rust Engineer", "", "TELECOMMUTE", "", ""),
        ),
        ("Elm Software - we map trees - join us", ("Elm Software", "", "", "", "", "")),
    ],
)
def test_a_header(line: str, parts: tuple[str, ...]) -> None:
    assert tuple(read_header(line)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "|",
        "| | |",
        "Crumb Works",
        "https://crumb.example | crumb.example/jobs",
        "We bake bread for the whole of the town - and we would like to bake more of it - join us",
        "Does anybody know whether they still look for bakers?",
        "Note: this is old",
    ],
)
def test_no_header(text: str) -> None:
    assert not any(read_header(text))


PIECES = [
    "|",
    " - ",
    "; ",
    "(",
    ")",
    "Engineer",
    "Remote",
    "$9k",
    "https://a.b",
    "Role:",
    "\n",
    " ",
]


@settings(deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_any_text_has_a_header(text: str) -> None:
    header = read_header(text)
    assert all(isinstance(part, str) for part in header)
    assert isinstance(offers_several(header.title, text), bool)


@pytest.mark.parametrize(
    "piece", [*PIECES, "(((", "a.", "1-", "multiple ", "I am ", "or and ", "\u00a0"]
)
def test_a_long_text_takes_time_for_its_length(piece: str) -> None:
    start = time.perf_counter()
    text = piece * 40_000
    header = read_header(text)
    offers_several(header.title, text)
    assert time.perf_counter() - start < 1
