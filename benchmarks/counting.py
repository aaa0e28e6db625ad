"""How fast texts are counted and scored, against scikit-learn, fastText and wc in the same run.

    python benchmarks/counting.py [--save]

Texts are the work texts of data/, repeated, and of the corpus, if it is there; in memory, as a
column of Arrow for us and as a list of strings for the others. scikit-learn has the same terms and
coefficients in a Pipeline (one TfidfVectorizer for each block), and gives the same probabilities.
fastText (`pip install fasttext-wheel`) is trained on the labels that we give. Medians of five, the
contestants taking turns; the rates are of the bytes of the texts.
"""

import importlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from results import machine, save
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import FunctionTransformer

from classifier import load_model
from classifier.counting import Counter
from classifier.features import (
    BLOCKS,
    description_terms,
    read_document,
    skill_terms,
    title_terms,
)
from classifier.table import Table

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "postings.parquet"
RUNS, POSTINGS = 5, 3000
Pair = tuple[str, str]


def sample_pairs() -> list[Pair]:
    """Title and work text of the postings of data/, repeated."""
    frame = pd.read_csv(ROOT / "data" / "postings.csv", keep_default_na=False)
    listings = pd.read_json(ROOT / "data" / "listings.jsonl", lines=True)
    rows = [*zip(frame["title"], frame["description"], strict=True)]
    rows += zip(listings["Job Title"], listings["job_description"], strict=True)
    documents = [read_document(*row) for row in rows]
    repeats = -(-POSTINGS // len(documents))
    return [(one.title, one.work) for one in documents * repeats][:POSTINGS]


def corpus_pairs() -> list[Pair]:
    """Title and work text of every seventh posting of the corpus."""
    rows = pq.read_table(CORPUS, columns=["title", "description"]).to_pylist()[::7][:POSTINGS]
    documents = [read_document(row["title"] or "", row["description"] or "") for row in rows]
    return [(one.title, one.work) for one in documents]


def equal_pipeline(table: Table) -> Pipeline:
    """The table as a scikit-learn Pipeline over pairs of title and text."""
    read: dict[str, Callable[[Pair], list[str]]] = {
        "description": lambda pair: description_terms(pair[1]),
        "title": lambda pair: title_terms(pair[0]),
        "skills": lambda pair: skill_terms(table.vocabulary.find_skills(pair[1]), table.vocabulary),
    }
    parts = []
    for name in BLOCKS:
        block = table.blocks[name]
        vectorizer = TfidfVectorizer(
            analyzer=read[name], vocabulary=block.columns, sublinear_tf=True
        )
        vectorizer.idf_ = block.idf
        parts.append((name, vectorizer))
    model = LogisticRegression()
    model.classes_ = np.array(table.classes_)
    model.coef_ = np.concatenate([table.blocks[name].coef for name in BLOCKS]).T
    model.intercept_ = table.intercept
    return Pipeline([("count", FeatureUnion(parts)), ("clf", model)])


def plain_pipeline(table: Table) -> Pipeline:
    """The description's n-grams alone, by scikit-learn's own tokenizer: what it does fastest."""
    block = table.blocks["description"]
    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2),
        vocabulary=block.columns,
        sublinear_tf=True,
        token_pattern=r"[^\W_]+",  # noqa: S106 - no password
    )
    vectorizer.idf_ = block.idf
    model = LogisticRegression()
    model.classes_ = np.array(table.classes_)
    model.coef_, model.intercept_ = block.coef.T, table.intercept
    second = FunctionTransformer(lambda pairs: [text for _, text in pairs])
    return Pipeline([("text", second), ("count", vectorizer), ("clf", model)])


def fast_text(labels: Sequence[str], pairs: Sequence[Pair], folder: str) -> Callable[[], object]:
    """Prediction of a fastText model; ImportError where it is not installed."""
    fasttext = importlib.import_module("fasttext")
    lines = [" ".join(f"{title} {text}".lower().split()) for title, text in pairs]
    path = Path(folder) / "train.txt"
    rows = zip(labels, lines, strict=True)
    path.write_text("".join(f"__label__{label} {line}\n" for label, line in rows), "utf-8")
    # Its Python wrapper fails with numpy 2, so the list goes to what the wrapper wraps.
    model = fasttext.train_supervised(str(path), wordNgrams=2, bucket=200_000, epoch=2, verbose=0)
    texts = [f"{line}\n" for line in lines]
    return lambda: model.f.multilinePredict(texts, 1, 0.0, "strict")


def word_count(pairs: Sequence[Pair], folder: str) -> Callable[[], object]:
    """`LC_ALL=C.UTF-8 wc -w` of the texts in a file."""
    path = Path(folder) / "texts.txt"
    path.write_text("\n".join(f"{title}\n{text}" for title, text in pairs), "utf-8")
    command, env = ["wc", "-w", str(path)], {**os.environ, "LC_ALL": "C.UTF-8"}
    return lambda: subprocess.run(command, env=env, check=True, capture_output=True)


def medians(contestants: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each, after one run that does not count."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for run in range(RUNS + 1):
        for name, contestant in contestants.items():
            start = time.perf_counter()
            contestant()
            if run:
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def compare(what: str, pairs: Sequence[Pair], table: Table) -> None:
    """Print the rates for some texts, and keep them with --save."""
    titles, works = (pa.array(column, pa.large_string()) for column in zip(*pairs, strict=True))
    # Many times over for those that are fast: a run of theirs is too short to time.
    many, n_copies = (pa.concat_arrays([column] * 10) for column in (works, titles)), 10
    many_works, many_titles = many
    one, two = Counter(table, threads=1), Counter(table, threads=2)
    equal, plain = equal_pipeline(table), plain_pipeline(table)
    ours = softmax(one.count(works, titles).logits, axis=1)
    theirs = equal.predict_proba(pairs)
    difference = float(np.abs(ours - theirs).max())
    contestants: dict[str, Callable[[], object]] = {
        "one thread": lambda: one.count(many_works, many_titles),
        "two threads": lambda: two.count(many_works, many_titles),
        "scikit-learn, equal Pipeline.predict_proba": lambda: equal.predict_proba(pairs),
        "scikit-learn, n-grams of the text alone": lambda: plain.predict_proba(pairs),
    }
    with tempfile.TemporaryDirectory() as folder:
        contestants["wc -w"] = word_count(list(pairs) * n_copies, folder)
        labels = [table.classes_[i] for i in ours.argmax(axis=1)]
        try:
            contestants["fastText predict"] = fast_text(labels, pairs, folder)
        except ImportError:
            print("fastText is not installed")
        found = medians(contestants)
    size = sum(len(text.encode()) for pair in pairs for text in pair) / 1e6
    print(f"\n{what}: {len(pairs)} postings, {size:.1f} MB; largest difference {difference:.1e}")
    first, rates = 0.0, {}
    for name, seconds in found.items():
        copies = n_copies if name in {"one thread", "two threads", "wc -w"} else 1
        rate = copies * size / seconds
        first, rates[name] = first or rate, round(rate, 1)
        print(
            f"{name:44s} {rate:8.1f} MB/s {copies * len(pairs) / seconds:10.0f} postings/s"
            f"  one thread is {first / rate:6.2f} times as fast"
        )
    if "--save" in sys.argv:
        save("counting", {"texts": what, "largest_difference": difference, "mb_per_second": rates})


def main() -> None:
    """Print the figures."""
    table = load_model().table
    print(f"{date.today()}, {machine()}, medians of {RUNS}")
    compare("data/, repeated", sample_pairs(), table)
    if CORPUS.is_file():
        compare("corpus", corpus_pairs(), table)


if __name__ == "__main__":
    main()
