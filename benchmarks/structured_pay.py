"""How well classifier.structured_pay reads recorded payloads: prints docs/structured-pay.md.

    python benchmarks/structured_pay.py

Reads ../shared (pages, corpus/ats_compensation.csv) beside the repository; prints counts and file
names only. A payload is right if its bounds, currency and period are as expected.json has them,
and, where that has no pay, if none is read.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup

from classifier.pay_values import read_unit
from classifier.structured_pay import join_columns, parse_pay_field, read_pay
from classifier.yearly import yearly_amount

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAGES = SHARED / "pages"
COMPENSATION = SHARED / "corpus" / "ats_compensation.csv"
IDENTIFIERS = ("id", "shortcode", "guid")

Pay = tuple[float | None, float | None, str | None, str | None]


def read_payloads(path: Path) -> list[object]:
    """Postings of a recorded answer, or the structured data of a page; [] for other files."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        found = json.loads(text)
        lists = [found] if isinstance(found, list) else list(found.values())
        return next((one for one in lists if isinstance(one, list) and one), [])
    if path.suffix == ".html":
        page = BeautifulSoup(text, "lxml")
        blocks = page.find_all("script", type="application/ld+json")
        return [_decode(block.string or "") for block in blocks] or [_properties(page)]
    return []


def _decode(text: str) -> object:
    try:
        return json.loads(re.sub(r"^\s*//.*|/\*.*?\*/", "", text), strict=False)
    except ValueError:
        return None


def _properties(page: BeautifulSoup) -> dict[str, str]:
    """Microdata or RDFa of pay, without its nesting."""
    found = {}
    for name in ("baseSalary", "salaryCurrency"):
        for tag in page.select(f"[itemprop={name}], [property={name}]")[:1]:
            found[name] = tag.get_text()
    return found


def read_expected(entry: dict[str, object]) -> Pay | None:
    """Pay of an entry of expected.json."""
    pay = entry.get("salary") or entry.get("baseSalary")
    if isinstance(pay, list):
        pay = pay[0]
    if isinstance(pay, str):
        pay = {"value": pay, "currency": entry.get("salaryCurrency")}
    if not isinstance(pay, dict):
        return None
    low, high = (pay[key] if key in pay else pay["value"] for key in ("min", "max"))
    period = pay.get("interval") or pay.get("period") or pay.get("unitCode") or ""
    return float(low), float(high), pay["currency"], read_unit(period)


def pay_of(payload: object) -> Pay | None:
    """Pay that is read in a payload."""
    pay = read_pay(payload)
    if pay is None:
        return None
    low, high = (None if b is None else float(b) for b in (pay.min_value, pay.max_value))
    return low, high, pay.currency, pay.unit_text


def match(entries: list[dict[str, object]], payloads: list[object]) -> Iterator[tuple[int, object]]:
    """Each entry's number, with its payload: that of its identifier, else the one at its place."""
    by_id = {
        str(payload[name]): payload
        for payload in payloads
        if isinstance(payload, dict)
        for name in IDENTIFIERS
        if name in payload
    }
    for i, entry in enumerate(entries):
        at_place = payloads[i] if i < len(payloads) else None
        yield i, by_id.get(str(entry.get("id")), at_place)


def measure_pages() -> None:
    """Print payloads, those with pay, and those read as expected, by source."""
    expected = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
    counts: dict[str, Counter[str]] = {}
    misses = []
    for name, entries in expected.items():
        path = PAGES / name
        payloads = read_payloads(path) if isinstance(entries, list) else []
        if not payloads:
            continue
        source = counts.setdefault(name.partition("/")[0], Counter())
        for i, payload in match(entries, payloads):
            wanted, got = read_expected(entries[i]), pay_of(payload)
            paid, right = int(wanted is not None), int(wanted == got)
            source.update(payloads=1, paid=paid, right=right, paid_right=paid * right)
            misses += [] if wanted == got else [f"{name} [{i}]"]
    print("source           payloads  with pay  read as expected")
    for title, source in (*counts.items(), ("all", sum(counts.values(), Counter()))):
        shown = f"{source['paid_right']} of {source['paid']}, none in the others: "
        shown += (
            f"{source['right'] - source['paid_right']} of {source['payloads'] - source['paid']}"
        )
        print(f"{title:16} {source['payloads']:8}  {source['paid']:8}  {shown}")
    print("read otherwise:", ", ".join(misses) or "none")


def measure_columns() -> None:
    """Print how many rows of min, max, currency and interval are read, and brought to a year."""
    counts: Counter[str] = Counter()
    with COMPENSATION.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = join_columns("", row["min"], row["max"], row["currency"], row["interval"])
            pay = parse_pay_field(text)
            counts["rows"] += 1
            if pay is None:
                counts["not read: " + row["interval"]] += 1
                continue
            bounds = [None if b is None else float(b) for b in (pay.min_value, pay.max_value)]
            counts["read"] += 1
            counts["with both bounds as they stand"] += bounds == [
                float(row["min"]),
                float(row["max"]),
            ]
            counts["with the currency"] += pay.currency == row["currency"]
            counts["with a period"] += pay.unit_text is not None
            counts["brought to a year"] += yearly_amount(pay) is not None
    for name, count in counts.items():
        print(f"{COMPENSATION.name}, {name}: {count:,} ({count / counts['rows']:.2%})")


def main() -> None:
    """Print what can be measured here; one line for what cannot."""
    for path, measure in ((PAGES, measure_pages), (COMPENSATION, measure_columns)):
        if path.exists():
            measure()
        else:
            print(f"skipped: {path} is not there")


if __name__ == "__main__":
    main()
