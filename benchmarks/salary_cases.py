"""How well classifier.salary reads real pay strings: prints the figures of docs/salary.md.

Reads ../shared (salary_cases.csv, salary_cases_hn.csv, corpus/postings.parquet) beside the
repository; prints counts and row ids only. `--misses` lists what was read otherwise.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from html import unescape
from pathlib import Path
from typing import NamedTuple

from classifier.places import dollar_currency
from classifier.posting import BaseSalary, JobPosting
from classifier.predict import stated_salary
from classifier.salary import envelope, find_salaries, parse_salary
from classifier.yearly import FACTORS, annualize

_SIGN = r"(?:[$€£¥₹]|[A-Z]{3}|zł|Kč|kč|Ft)"
_TO = rf"[+ ]?{_SIGN}?(?:\W?(?:hr|hour|year))?\s*(?:-{{1,2}}|[–—~〜]|to|bis|à|and|y)\s*{_SIGN}?"
# How a string states pay, by its looks alone: the first of these that it has is its form.
FORMS = {
    "no figure": r"\A\D*\Z",
    "range, one k for both": rf"(?i)\d{_TO}\s?\d[\d.]*\s?k\b",
    "range": rf"(?i)\d\s?(?:k|lakhs?|万)?{_TO}{_SIGN}?\s?\d",
    "up to": r"(?i)\b(?:up to|max|bis zu|jusqu'à|hasta|até|do)\b",
    "from, or more": r"(?i)\b(?:from|starting|starts|min|at least|ab|od|desde|dès)\b|\d\s?k?\+",
    "one figure or several": r"",
}
# What else a string has; it may have several of these.
TRAITS = {
    "per hour": r"(?i)hour|/\s?hr?\b|\bp\.?h\b|an hr|stunde|godz|hod\.?\b",
    "per day or week": r"(?i)(?:per |a |/ ?)(?:day|week|wk)|daily|weekly|\bp\.?[dw]\b|/d\b|tjm",
    "per month": r"(?i)month|/mo\b|\bpcm\b|monat|mois|mes\b|m[eê]s\b|měsíc|miesi|maand|月",
    "per year": r"(?i)year|/yr|\bannu|p\.?\s?a\b|jahr|\ban\b|año|rok|roczn|ročn|年",
    "k, lakh or crore": r"(?i)\d\s?(?:k\b|k€|lakhs?|lpa|cr\b|crore|万)",
    "a bare $": r"(?<![A-Za-z])\$",
    "€ or £": r"[€£]|EUR|GBP",
    "another currency": r"(?:USD|CAD|AUD|NZD|SGD|CHF|PLN|CZK|HUF|INR|SEK|NOK|DKK|JPY|BRL)\b"
    r"|[₹¥円]|zł|Kč|kč|Ft\b|[A-Z]\$",
    "Indian units or groups": r"(?i)\b(?:lakhs?|lpa|crore|inr)\b|₹|\d,\d\d,\d{3}",
    "groups of . ' or space": r"\d[.'’ \u00a0]\d{3}(?!\d)",
    "on-target or total pay": r"\bOTE\b|(?i:on[ -]target|total (?:\w+ )?(?:comp|cash|package|rem))",
}

NOT_ENGLISH = "another language than English"

SHARED = Path(__file__).resolve().parents[2] / "shared"


class Case(NamedTuple):
    """One pay string with what a reader takes from it."""

    row: str
    text: str
    low: Decimal | None
    high: Decimal | None
    currency: str
    period: str
    kind: str  # pay, none, policy (pay that the source declines by its own rule), slip
    language: str


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(written) or None  # a minimum of 0 means that it is not stated
    except InvalidOperation:
        return None


def read_cases(path: Path) -> Iterator[Case]:
    """Cases of one file; both files have the columns used here under one name or another."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            low, high = _number(row["expected_min"]), _number(row["expected_max"])
            kind = "pay" if low or high else "slip"
            if row["expect_none"]:
                policy = "policy" in row["note"] or "source declines" in row["note"]
                kind = "policy" if policy else "none"
            yield Case(
                row.get("id") or row["hn_id"],
                row.get("text") or row.get("header_line") or "",
                low,
                high,
                row["currency"],
                row["period"],
                kind,
                row.get("lang") or "en",
            )


def bounds_agree(case: Case, got: BaseSalary) -> bool:
    """Equal bounds; a single amount may be expected as minimum only or as both bounds."""
    low, high = got.min_value, got.max_value
    if case.low is not None and case.high in {None, case.low}:
        return _equal(low, case.low) and high in {None, low}
    return _equal(low, case.low) and _equal(high, case.high)


def _equal(got: Decimal | None, wanted: Decimal | None) -> bool:
    """Equal, or the wanted one is a whole number of thousands that its source truncated."""
    if got is None or wanted is None:
        return got is wanted
    return got == wanted or (wanted >= 1000 and int(got) == wanted)


def currency_agrees(case: Case, got: BaseSalary) -> bool:
    """Equal currency; one that the reader took from the market may stay None."""
    if "implied" in case.currency:
        return got.currency is None or got.currency in case.currency
    return not case.currency or got.currency == case.currency[:3]


def period_agrees(case: Case, got: BaseSalary) -> bool:
    """Equal period, stated or the one reading left; not scored where none is expected."""
    yearly = annualize(got)
    factor = 12 if got.months else yearly and yearly.factor
    periods = {"fortnight", *(unit.lower() for unit in FACTORS if FACTORS[unit] == factor)}
    return not case.period or case.period in periods


def read_as_source(case: Case) -> BaseSalary | None:
    """Pay that the package reads from a case."""
    # A reader of these strings takes "$" as US dollars unless the source's market is not there:
    # then as `classify` does for a posting whose place is not known.
    implied = "implied" in case.currency
    dollar = dollar_currency("", case.text) if implied else "USD"
    return parse_salary(case.text, default_dollar=dollar)


def faults(case: Case, got: BaseSalary | None) -> set[str]:
    """What was read otherwise than expected; empty if all is right."""
    if case.kind != "pay":
        return {"hit"} if got else set()
    if got is None:
        return {"missed"}
    checks = (bounds_agree, currency_agrees, period_agrees)
    return {check.__name__ for check in checks if not check(case, got)}


def measure_cases(path: Path, show: bool) -> None:
    """Print the agreement on one file of cases."""
    counts: Counter[str] = Counter()
    for case in read_cases(path):
        got = read_as_source(case)
        wrong = faults(case, got)
        counts[case.kind] += 1
        counts[f"{case.kind} right"] += not wrong
        by_rule = got and not got.unit_text and case.period not in {"", "fortnight"}
        counts[f"{case.kind} right, by a period not stated"] += bool(by_rule and not wrong)
        counts.update(f"{case.kind} {name}" for name in wrong)
        if wrong and show:
            pay = got and (str(got.min_value), str(got.max_value), got.currency, got.unit_text)
            print(case.row, sorted(wrong), case[2:7], pay, got and got.rule, case.text[:160])
    print(path.name)
    for name in sorted(counts):
        print(f"  {name:50} {counts[name]:5}")


def classes(case: Case) -> list[str]:
    """Pattern classes of a string: its form, then its traits, then all."""
    form = next(name for name, pattern in FORMS.items() if re.search(pattern, case.text))
    traits = [name for name, pattern in TRAITS.items() if re.search(pattern, case.text)]
    return [form, *traits, *[NOT_ENGLISH] * (case.language != "en"), "all"]


def measure_classes(paths: list[Path]) -> None:
    """Print precision and recall by pattern class, as the table of docs/salary.md.

    Precision: of the strings in which pay was read, those read right. Recall: of those with pay.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for case in (case for path in paths for case in read_cases(path) if case.kind != "policy"):
        got = read_as_source(case)
        found = {"n", "pay"} if case.kind == "pay" else {"n"}
        found |= {"read"} if got else set()
        found |= {"right"} if case.kind == "pay" and not faults(case, got) else set()
        counts.update((name, key) for name in classes(case) for key in found)
    print("| strings with | n | with pay | pay read | right | precision | recall |")
    print("|---|---|---|---|---|---|---|")
    for name in [*FORMS, *TRAITS, NOT_ENGLISH, "all"]:
        n, pay, read, right = (counts[name, key] for key in ("n", "pay", "read", "right"))
        shares = f"{_share(right, read)} | {_share(right, pay)}"
        print(f"| {name} | {n} | {pay} | {read} | {right} | {shares} |")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def plain_text(html: str) -> str:
    """Text of a description that may be HTML: block tags end a line, others vanish."""
    lines = re.sub(r"<(?:br|/?(?:p|div|li|ul|ol|h[1-6]|tr|td|table))\b[^<>]*>", "\n", html)
    return unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", lines))


def measure_corpus(show: bool) -> None:
    """Print how often the pay found in a posting's text is the pay of its own field.

    Only fields that give a range count: one source fills single figures by its own arithmetic
    (sums, upper bounds) and one range, 65k-95k USD, where it knows none.
    """
    import pyarrow.parquet as pq

    columns = ["row_id", "source", "salary_text", "description"]
    counts: Counter[str] = Counter()
    table = pq.read_table(SHARED / "corpus" / "postings.parquet", columns=columns)
    for row in table.to_pylist():
        written = row["salary_text"] or ""
        field = parse_salary(written, default_dollar="USD")
        if not field or field.min_value in {None, field.max_value} or "65k-95k" in written:
            counts["no range in the field"] += bool(written.strip())
            continue
        text = plain_text(row["description"])
        found = find_salaries(text, default_dollar="USD")
        whole = envelope(found)
        agrees = any(_close(pay, field) for pay in [*found, *([whole] if whole else [])])
        named = _names(text, field.min_value) and _names(text, field.max_value)
        result = "agrees" if agrees else "differs" if found else "nothing found"
        result += ", bounds in text" if named or agrees else ", bounds not in text"
        counts[result] += 1
        counts[f"{row['source']}: {result}"] += 1
        if show and named and not agrees:
            print(row["row_id"], repr(written[:60]), [(s.text, s.rule) for s in found[:4]])
    print("postings.parquet, rows with salary_text")
    for name in sorted(counts):
        print(f"  {name:55} {counts[name]:6}")


def measure_places() -> None:
    """Print how many postings get a currency with their place, and whether text and place agree."""
    import pyarrow.parquet as pq

    columns = ["location", "salary_text", "description"]
    counts: Counter[str] = Counter()
    table = pq.read_table(SHARED / "corpus" / "postings.parquet", columns=columns)
    for row in table.to_pylist():
        place, field, text = (row[name] or "" for name in columns)
        text = plain_text(text)
        posting = JobPosting(text, job_location=(place,), salary_text=field)
        without = parse_salary(field) or envelope(find_salaries(text))
        for known, pay in (("with place", stated_salary(posting, text)), ("without", without)):
            if pay:
                counts[f"{known}: pay"] += 1
                counts[f"{known}: currency"] += bool(pay.currency)
                counts[f"{known}: currency and yearly"] += bool(pay.currency and annualize(pay))
        by_place, by_text = dollar_currency(place), dollar_currency("", text)
        if by_place and by_text:
            where = "United States" if by_place == "USD" else "elsewhere"
            counts[f"text {'agrees' if by_place == by_text else 'differs'}, {where}"] += 1
    print("postings.parquet, the dollar of a place")
    for name in sorted(counts):
        print(f"  {name:55} {counts[name]:6}")


def _close(got: BaseSalary, field: BaseSalary) -> bool:
    """Both bounds equal to within 1 percent: a field writes 102K for 102,300."""
    pairs = ((got.min_value, field.min_value), (got.max_value, field.max_value))
    return all(a and b and abs(a - b) <= b / 100 for a, b in pairs)


def _names(text: str, bound: Decimal | None) -> bool:
    """Whether the figure stands in the text, in full or in thousands."""
    whole = int(bound or 0)
    forms = [f"{whole:,}", str(whole)] + [f"{whole // 1000}k"] * (whole >= 1000)
    return bool(re.search(rf"(?<!\d)(?:{'|'.join(forms)})(?!\d)", text, re.IGNORECASE))


def main() -> None:
    """Print all figures."""
    if not SHARED.is_dir():
        sys.exit(f"no folder {SHARED}: the cases are kept beside the repository; nothing measured")
    show = "--misses" in sys.argv
    paths = [SHARED / "salary_cases.csv", SHARED / "salary_cases_hn.csv"]
    for path in paths:
        measure_cases(path, show)
    measure_classes(paths)
    if "--cases-only" not in sys.argv:
        measure_corpus(show)
        measure_places()


if __name__ == "__main__":
    main()
