"""How often the 95 % interval of a band's median holds the true one, on made-up employers.

    python benchmarks/bands.py

Each employer pays at its own level (log-normal, standard deviation 0.25 around 100), its postings
scatter around that (0.15), and it has 1, 2, 3, ... postings with falling probability, a few of them
very many. The true median is that of endlessly many employers: 100. For comparison the interval
that takes every posting for itself, as a bootstrap that forgets the employers would.
"""

import numpy as np

from classifier.spread import Spread, measure_spread

BANDS = 400
TRUE = 100.0


def make_postings(rng: np.random.Generator, n_employers: int) -> list[tuple[str, float, float]]:
    """(employer, pay, weight) of the postings of so many employers."""
    rows = []
    for employer in range(n_employers):
        level = rng.normal(0, 0.25)
        for _ in range(min(50, rng.zipf(1.8))):
            pay = TRUE * np.exp(level + rng.normal(0, 0.15))
            rows.append((f"employer {employer}", float(pay), 1.0))
    return rows


def holds(spread: Spread) -> bool:
    """Whether the interval of the median has the true one in it."""
    return spread.median is not None and spread.median.low <= TRUE <= spread.median.high


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(0)
    print("employers | interval holds | postings taken for themselves | mean width")
    for n_employers in (5, 10, 20, 50, 100):
        found, naive, width = 0, 0, 0.0
        for _ in range(BANDS):
            rows = make_postings(rng, n_employers)
            spread = measure_spread(rows)
            alone = measure_spread((f"{i}", pay, w) for i, (_, pay, w) in enumerate(rows))
            found += holds(spread)
            naive += holds(alone)
            width += spread.median.high - spread.median.low if spread.median else 0
        shares = f"{found / BANDS:.1%} | {naive / BANDS:.1%} | {width / BANDS:.1f}"
        print(f"{n_employers:9} | {shares}")


if __name__ == "__main__":
    main()
