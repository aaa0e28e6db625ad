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
from classifier.salary import envelope, find_salaries, parse_salary, yearly_amount

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
    period = (got.unit_text or ("YEAR" if yearly_amount(got) else "")).lower()
    return case.period in {"", "fortnight"} or period == case.period


def measure_cases(path: Path, show: bool) -> None:
    """Print the agreement on one file of cases."""
    counts: Counter[str] = Counter()
    for case in read_cases(path):
        # A reader of these strings takes "$" as US dollars unless the market says otherwise.
        dollar = None if "implied" in case.currency else "USD"
        got = parse_salary(case.text, default_dollar=dollar)
        counts[case.kind] += 1
        if case.kind != "pay":
            wrong = {"hit"} if got else set()
        elif got is None:
            wrong = {"missed"}
        else:
            checks = (bounds_agree, currency_agrees, period_agrees)
            wrong = {check.__name__ for check in checks if not check(case, got)}
        counts[f"{case.kind} right"] += not wrong
        counts.update(f"{case.kind} {name}" for name in wrong)
        if wrong and show:
            pay = got and (str(got.min_value), str(got.max_value), got.currency, got.unit_text)
            print(case.row, sorted(wrong), case[2:], pay, got and got.rule, case.text[:160])
    print(path.name)
    for name in sorted(counts):
        print(f"  {name:28} {counts[name]:5}")


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
                counts[f"{known}: currency and yearly"] += bool(pay.currency and yearly_amount(pay))
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
    for name in ("salary_cases.csv", "salary_cases_hn.csv"):
        measure_cases(SHARED / name, show)
    if "--cases-only" not in sys.argv:
        measure_corpus(show)
        measure_places()


if __name__ == "__main__":
    main()
