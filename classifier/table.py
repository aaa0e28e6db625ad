"""A linear model over term counts, kept as a table of plain arrays: load, save, evaluate.

The formula, for a term i that occurs c times in a block of a document::

    x_i = (1 + ln c) * idf_i / norm,    norm = sqrt(sum_j ((1 + ln c_j) * idf_j)^2)

which is scikit-learn's TfidfTransformer with ``sublinear_tf=True`` and l2 norm, and

    logits = intercept + sum over blocks and terms of x_i * coef_i

Probabilities are the softmax of the logits.
"""

import hashlib
import json
import math
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.errors import InputError
from classifier.vocabulary import Vocabulary

FORMAT = 1
LARGEST_FILE = 64 * 2**20  # bytes of a saved model, packed or unpacked: a hostile one stops here
Floats = NDArray[np.float64]


class Block(NamedTuple):
    """The columns of one part of the document: its terms, their idf and coefficients."""

    columns: dict[str, int]  # term -> row of idf and coef
    idf: Floats  # (n_terms,)
    coef: Floats  # (n_terms, n_classes)

    def weigh(self, terms: Iterable[str]) -> tuple[list[int], Floats]:
        """Rows of the known terms, each once in the order of occurrence, and their x, (n,)."""
        counts = Counter(i for i in map(self.columns.get, terms) if i is not None)
        rows = list(counts)
        if not rows:
            return rows, np.zeros(0)
        x = (1 + np.log(np.fromiter(counts.values(), np.float64, len(rows)))) * self.idf[rows]
        return rows, x / math.sqrt(float(x @ x))


class Contribution(NamedTuple):
    """What one term adds to the logit of each class."""

    block: str
    term: str
    logits: Floats  # (n_classes,)


@dataclass(frozen=True)
class Table:
    """A trained model as arrays, with what a reader needs to know of it.

    Attributes
    ----------
    classes_ : tuple of str
        Labels, in the order of every array's last axis.
    blocks : dict of str to Block
        One per entry of `classifier.features.BLOCKS`.
    intercept : ndarray of shape (n_classes,)
        Logits of a document without a known term.
    vocabulary : Vocabulary
        Skills and roles that it was trained with.
    threshold : float
        A top probability below this asks for review.
    min_terms : int
        So many different known terms of the description, or review.
    seen : ndarray of uint64
        `fingerprint` of the labelled documents that it was trained on, sorted.
    about : dict
        JSON values: name, version, what it was trained on, how good it is.
    """

    classes_: tuple[str, ...]
    blocks: dict[str, Block]
    intercept: Floats
    vocabulary: Vocabulary
    threshold: float
    min_terms: int
    seen: NDArray[np.uint64]
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name and version, as predictions quote it."""
        return f"{self.about.get('name', 'model')} {self.about.get('version', '')}".strip()

    @cached_property
    def terms(self) -> dict[str, list[str]]:
        """Terms of each block, in the order of its arrays."""
        return {name: list(block.columns) for name, block in self.blocks.items()}

    def contributions(self, counted: Mapping[str, Sequence[str]]) -> list[Contribution]:
        """One entry for each known term; with `intercept` they sum to the logits exactly."""
        found = []
        for name, block in self.blocks.items():
            rows, x = block.weigh(counted[name])
            added = x[:, None] * block.coef[rows]
            found += [
                Contribution(name, self.terms[name][i], a) for i, a in zip(rows, added, strict=True)
            ]
        return found

    def decision_function(self, counted: Iterable[Mapping[str, Sequence[str]]]) -> Floats:
        """Logits of shape (n_documents, n_classes), calibrated."""
        return np.array([self._logits(one) for one in counted]).reshape(-1, len(self.classes_))

    def _logits(self, counted: Mapping[str, Sequence[str]]) -> Floats:
        logits = self.intercept.copy()
        for name, block in self.blocks.items():
            rows, x = block.weigh(counted[name])
            logits += x @ block.coef[rows]
        return logits

    def predict_proba(self, counted: Iterable[Mapping[str, Sequence[str]]]) -> Floats:
        """Probabilities of shape (n_documents, n_classes); each row sums to 1."""
        return softmax(self.decision_function(counted))


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis.

    >>> softmax(np.array([[0.0, 0.0], [1000.0, 0.0]])).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    powers: Floats = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def fingerprint(text: str) -> int:
    """64 bits that stand for a document's text, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


# --- Files ---


def save_table(table: Table, folder: Path) -> None:
    """Write ``model.npz`` (arrays) and ``model.json``; the same table gives the same bytes."""
    arrays = {"intercept": table.intercept, "seen": table.seen}
    for name, block in table.blocks.items():
        words = [term.encode() for term in block.columns]
        arrays[f"{name}.terms"] = np.frombuffer(b"".join(words), np.uint8)
        arrays[f"{name}.offsets"] = np.cumsum([0, *map(len, words)], dtype=np.int64)
        arrays[f"{name}.idf"] = block.idf
        arrays[f"{name}.coef"] = block.coef
    packed = BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **arrays)
    page = {
        "format": FORMAT,
        "classes": list(table.classes_),
        "blocks": list(table.blocks),
        "threshold": table.threshold,
        "min_terms": table.min_terms,
        "sha256": hashlib.sha256(packed.getvalue()).hexdigest(),
        "about": table.about,
        "vocabulary": table.vocabulary.to_dict(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.npz").write_bytes(packed.getvalue())
    text = json.dumps(page, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "model.json").write_text(text + "\n", encoding="utf-8")


def load_table(folder: Path) -> Table:
    """Table from a folder that `save_table` wrote; runs no code from it.

    Raises
    ------
    InputError
        If the folder holds no model, or one that is damaged, hostile or of a later format.
    """
    try:
        page = json.loads(_read(folder / "model.json"))
        if page["format"] == FORMAT:
            return _read_table(page, _read(folder / "model.npz"))
    except FileNotFoundError as error:
        raise InputError(
            f"no model in {folder}: {Path(error.filename).name} is missing. "
            "Give the folder that `classifier train -o` wrote."
        ) from error
    except Exception as error:  # an untrusted file can fail in any way; all of them mean this
        raise InputError(
            f"the model in {folder} is damaged ({_first_line(error)}). Train or fetch it again."
        ) from error
    raise InputError(
        f"the model in {folder} has format {page['format']!r:.40}; this release reads {FORMAT}. "
        "Install the release that wrote it, or train it again."
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]


def _read_table(page: Mapping[str, Any], packed: bytes) -> Table:
    if hashlib.sha256(packed).hexdigest() != page["sha256"]:
        raise ValueError("model.npz is not the file that model.json describes")
    arrays = _unpack(packed)
    classes, threshold = tuple(page["classes"]), float(page["threshold"])
    if len(set(classes)) < max(2, len(classes)) or not all(isinstance(c, str) for c in classes):
        raise ValueError(f"classes are {page['classes']!r}")
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold is {threshold}")
    return Table(
        classes_=classes,
        blocks={name: _block(arrays, name, len(classes)) for name in page["blocks"]},
        intercept=_checked(arrays, "intercept", (len(classes),)),
        vocabulary=Vocabulary.from_dict(page["vocabulary"]),
        threshold=threshold,
        min_terms=int(page["min_terms"]),
        seen=_typed(arrays, "seen", np.uint64),
        about=dict(page["about"]),
    )


def _read(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError(f"{path.name} is larger than {LARGEST_FILE} bytes")
    return path.read_bytes()


def _unpack(packed: bytes) -> dict[str, NDArray[Any]]:
    """Arrays by name; the sizes are looked at before anything is unpacked."""
    with zipfile.ZipFile(BytesIO(packed)) as members:
        if sum(member.file_size for member in members.infolist()) > LARGEST_FILE:
            raise ValueError(f"model.npz unpacks to more than {LARGEST_FILE} bytes")
    with np.load(BytesIO(packed), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def _typed(arrays: Mapping[str, NDArray[Any]], name: str, dtype: type[Any]) -> NDArray[Any]:
    array = arrays[name]
    if array.ndim != 1 or array.dtype != dtype:
        raise ValueError(f"{name} is {array.ndim}-dimensional {array.dtype}")
    return array


def _checked(arrays: Mapping[str, NDArray[Any]], name: str, shape: tuple[int, ...]) -> Floats:
    array = arrays[name]
    if array.shape != shape or array.dtype != np.float64 or not np.isfinite(array).all():
        raise ValueError(f"{name} is {array.dtype} of shape {array.shape}, expected {shape}")
    return array


def _block(arrays: Mapping[str, NDArray[Any]], name: str, n_classes: int) -> Block:
    buffer = _typed(arrays, f"{name}.terms", np.uint8).tobytes()
    offsets = _typed(arrays, f"{name}.offsets", np.int64).tolist()
    if offsets[0] != 0 or offsets[-1] != len(buffer) or offsets != sorted(offsets):
        raise ValueError(f"{name}.offsets do not fit {name}.terms")
    columns = {buffer[a:b].decode(): i for i, (a, b) in enumerate(pairwise(offsets))}
    n_terms = len(offsets) - 1
    if len(columns) != n_terms:
        raise ValueError(f"{name}.terms repeat")
    return Block(
        columns,
        _checked(arrays, f"{name}.idf", (n_terms,)),
        _checked(arrays, f"{name}.coef", (n_terms, n_classes)),
    )
