"""How many postings keep their label in another dress: prints what tests/test_robustness.py holds.

    python benchmarks/robustness.py

The real postings are of the corpus beside the repository, and the model has learnt from them: this
measures agreement with itself, not accuracy.
"""

import sys
from pathlib import Path

import pandas as pd

from classifier import load_model

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "postings.parquet"
sys.path.insert(0, str(ROOT / "tests"))

from test_robustness import DRESSES, N_REAL, as_plain, kept  # noqa: E402 - needs the path above


def main() -> None:
    """Print the fraction for each dress, on the sample and on the real postings."""
    sample = as_plain(pd.read_csv(ROOT / "data" / "postings.csv", keep_default_na=False))
    sets = {f"sample ({len(sample)})": sample}
    if CORPUS.exists():
        columns = ["title", "description", "sampling", "confidence"]
        frame = pd.read_parquet(CORPUS, columns=columns)
        chosen = frame[(frame["sampling"] == "stratified") & (frame["confidence"] >= 2)]
        sets[f"real ({N_REAL})"] = as_plain(chosen)[:N_REAL]
    table = load_model().table
    for dress in DRESSES:
        found = [f"{name}: {kept(table, dress, postings):.1%}" for name, postings in sets.items()]
        print(f"{dress:32} {', '.join(found)}")


if __name__ == "__main__":
    main()
