"""Tables of salary bands on the terminal."""

from rich.console import Console, RenderableType

from classifier.bands import Pay, salary_bands
from classifier.reference import find_name
from classifier.show_bands import show_bands, show_reference


def lines(what: RenderableType, width: int = 100) -> list[str]:
    """Lines as a terminal shows them, without colours and trailing spaces."""
    console = Console(width=width, color_system=None)
    with console.capture() as shown:
        console.print(what, markup=False)
    return [line.rstrip() for line in shown.get().splitlines()]


def pays(n: int, label: str = "cook", currency: str = "EUR", country: str = "") -> list[Pay]:
    """Yearly pay at n employers: 30,000, 30,500, ..."""
    amounts = [30e3 + 500 * i for i in range(n)]
    place = (country, "Europe" if country else "")
    return [
        Pay(label, f"{i}", "", *place, currency=currency, midpoint=amount)
        for i, amount in enumerate(amounts)
    ]


def test_bands() -> None:
    found = salary_bands([*pays(5), *[p._replace(employer="") for p in pays(30, "waiter", "USD")]])
    assert lines(show_bands(found)) == [
        "label   currency  postings  employers    25 %  median    75 %  of",
        "cook         EUR         5          5  30,500  31,000  31,500",
        "waiter       USD        30          ?  33,500  37,000  41,000",
    ]


def test_bands_with_tails_and_wider_scopes() -> None:
    rows = [
        *pays(12, country="DE"),
        *pays(2, country="FR"),
        Pay("cook", "silent", country="DE", region="Europe"),
    ]
    found = lines(
        show_bands(salary_bands(rows, ["label", "country"]), ["label", "country"], 160), 160
    )
    assert " ".join(found[0].split()) == (
        "label country currency postings employers disclosed 10 % 25 % median 95 % interval 75 % "
        "90 % by probability of"
    )
    assert found[1].split()[:6] == ["cook", "DE", "EUR", "12", "12", "92%"]
    assert found[2].split()[:6] == ["cook", "FR", "EUR", "14", "12", "93%"]
    assert found[2].endswith("Europe")
    assert not found[1].endswith("Europe")


def test_suppressed_bands_are_only_counted() -> None:
    note = (
        "2 postings with yearly pay are in 1 cells without a band: fewer than 5 employers, or "
        "30 postings where employers are not known"
    )
    both = salary_bands([*pays(5), *pays(2, "waiter")])
    assert lines(show_bands(both), 160)[-1] == note
    assert lines(show_bands(both[1:]), 160) == [note]


def test_reference_bands() -> None:
    bands = find_name("Research Engineer")[:1]
    found = lines(show_reference(bands, 200), 200)
    assert found[0].split()[:4] == ["level", "place", "year", "currency"]
    assert found[1].split()[:2] == ["all", "world"]
    assert found[1].endswith("ai-jobs.net survey")
    assert lines(show_reference(bands))[0].split() == (
        ["level", "place", "year", "currency", "n", "25", "%", "median", "75", "%", "source"]
    )


def test_no_bands() -> None:
    assert lines(show_bands([])) == ["No posting states a yearly pay with its currency"]
