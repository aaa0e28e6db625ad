"""The saved model: its arithmetic, the round trip, and every kind of damage that is refused."""

import ast
import dataclasses
import hashlib
import io
import json
import math
import os
import pickle
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfTransformer

from classifier import table as module
from classifier.errors import InputError
from classifier.table import Block, Table, fingerprint, load_table, save_table, softmax

Arrays = dict[str, NDArray[Any]]
COUNTED = {"description": ["build", "pipelines", "build", "zzz"], "title": ["cook"], "skills": []}
TERMS = {
    "description": ["build", "pipelines", "build pipelines", "reports", "zzz"],
    "title": ["(no title)", "engineer", "analyst", "zzz"],
    "skills": ["SQL", "Spark", "data-engineer: tool", "zzz"],
}
COUNTS = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(terms), max_size=12) for name, terms in TERMS.items()}
)


# --- Arithmetic ---


def test_weights_by_hand(small_table: Table) -> None:
    rows, x = small_table.blocks["description"].weigh(["zzz", "pipelines", "build", "pipelines"])
    build, pipelines = 1.0, (1 + math.log(2)) * 2
    assert rows == [1, 0]
    assert x.tolist() == pytest.approx(
        [pipelines / math.hypot(build, pipelines), build / math.hypot(build, pipelines)]
    )


def test_unknown_terms_add_nothing(small_table: Table) -> None:
    nothing = {name: ["zzz"] for name in small_table.blocks}
    assert small_table.contributions(nothing) == []
    assert small_table.decision_function([nothing]).tolist() == [[0.25, -0.25]]


def test_no_document_has_no_row(small_table: Table) -> None:
    assert small_table.decision_function([]).shape == (0, 2)
    assert small_table.predict_proba([]).shape == (0, 2)


@given(COUNTS)
@settings(deadline=None)
def test_formula(small_table: Table, counted: dict[str, list[str]]) -> None:
    logits = small_table.intercept.tolist()
    for name, terms in counted.items():
        block = small_table.blocks[name]
        counts = Counter(term for term in terms if term in block.columns)
        x = {t: (1 + math.log(n)) * block.idf[block.columns[t]] for t, n in counts.items()}
        norm = math.sqrt(sum(value**2 for value in x.values()))
        for term, value in x.items():
            for k in (0, 1):
                logits[k] += value / norm * block.coef[block.columns[term], k]
    assert small_table.decision_function([counted])[0].tolist() == pytest.approx(logits, abs=1e-12)
    found = small_table.contributions(counted)
    summed = sum((c.logits for c in found), start=small_table.intercept)
    assert summed.tolist() == pytest.approx(logits, abs=1e-12)
    assert len({(c.block, c.term) for c in found}) == len(found)
    powers = [math.exp(value) for value in logits]
    assert small_table.predict_proba([counted])[0].tolist() == pytest.approx(
        [power / sum(powers) for power in powers], abs=1e-12
    )


def test_weights_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    counts = rng.poisson(0.7, (200, 30))
    tfidf = TfidfTransformer(sublinear_tf=True).fit(counts)
    block = Block({f"t{i}": i for i in range(30)}, tfidf.idf_, np.zeros((30, 2)))
    for document, expected in zip(counts, tfidf.transform(counts).toarray(), strict=True):
        rows, x = block.weigh([f"t{i}" for i in range(30) for _ in range(document[i])])
        found = np.zeros(30)
        found[rows] = x
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


@given(st.lists(st.floats(-1e4, 1e4), min_size=2, max_size=5))
@settings(deadline=None)
def test_softmax_sums_to_one_and_keeps_the_order(logits: list[float]) -> None:
    found = softmax(np.array(logits))
    assert math.fsum(found.tolist()) == pytest.approx(1, abs=1e-12)
    pairs = sorted(zip(logits, found.tolist(), strict=True))
    assert [p for _, p in pairs] == sorted(p for _, p in pairs)


def test_fingerprint_is_the_same_everywhere() -> None:
    assert fingerprint("") == 0xB4B2797457A0A6E4  # b2sum -l 64, read from the last byte on
    assert fingerprint("a") != fingerprint("a ")
    assert 0 <= fingerprint("a") < 2**64


# --- The round trip ---


def content(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "model.npz").read_bytes(), (folder / "model.json").read_bytes()


def same(a: Table, b: Table) -> bool:
    names = ("classes_", "vocabulary", "threshold", "min_terms", "about", "terms", "name")
    return (
        all(getattr(a, name) == getattr(b, name) for name in names)
        and np.array_equal(a.intercept, b.intercept)
        and np.array_equal(a.seen, b.seen)
        and a.seen.dtype == b.seen.dtype
        and all(
            np.array_equal(a.blocks[name].idf, b.blocks[name].idf)
            and np.array_equal(a.blocks[name].coef, b.blocks[name].coef)
            for name in a.blocks
        )
    )


def test_a_saved_model_comes_back_and_saves_to_the_same_bytes(
    tmp_path: Path, small_table: Table
) -> None:
    save_table(small_table, tmp_path / "a" / "b")
    loaded = load_table(tmp_path / "a" / "b")
    assert same(loaded, small_table)
    save_table(loaded, tmp_path / "c")
    assert content(tmp_path / "c") == content(tmp_path / "a" / "b")


def test_the_shipped_model_saves_to_its_own_bytes(tmp_path: Path, root: Path, table: Table) -> None:
    save_table(table, tmp_path)
    assert same(load_table(tmp_path), table)
    shipped = json.loads((root / "models" / "roles" / "model.json").read_text("utf-8"))
    again = json.loads((tmp_path / "model.json").read_text("utf-8"))
    # What zlib makes of the arrays may differ between its versions.
    assert {**again, "sha256": ""} == {**shipped, "sha256": ""}


@pytest.mark.parametrize(
    "terms",
    [[], [""], ["ça", "机器 学习", "🎉", "c++"], ["a\nb", "\0", "a" * 70_000]],
    ids=["none", "empty", "any script", "odd"],
)
def test_any_terms_come_back(tmp_path: Path, small_table: Table, terms: list[str]) -> None:
    n = len(terms)
    block = Block({term: i for i, term in enumerate(terms)}, np.ones(n), np.ones((n, 2)))
    blocks = {**small_table.blocks, "title": block}
    save_table(dataclasses.replace(small_table, blocks=blocks), tmp_path)
    assert load_table(tmp_path).terms["title"] == terms


@pytest.mark.parametrize(
    ("about", "name"),
    [({}, "model"), ({"name": "mine"}, "mine"), ({"name": "mine", "version": "2"}, "mine 2")],
    ids=repr,
)
def test_name(small_table: Table, about: dict[str, Any], name: str) -> None:
    assert dataclasses.replace(small_table, about=about).name == name


# --- Damage ---


@pytest.fixture
def folder(tmp_path: Path, small_table: Table) -> Path:
    """Folder of a sound model."""
    save_table(small_table, tmp_path)
    return tmp_path


def change_page(folder: Path, **changes: object) -> None:
    page = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps(page | changes))


def put_arrays(folder: Path, packed: bytes) -> None:
    """Replace model.npz, and make model.json vouch for it."""
    (folder / "model.npz").write_bytes(packed)
    change_page(folder, sha256=hashlib.sha256(packed).hexdigest())


def change_arrays(folder: Path, change: Callable[[Arrays], object]) -> None:
    with np.load(folder / "model.npz") as found:
        arrays = dict(found)
    change(arrays)
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=True, **arrays)
    put_arrays(folder, packed.getvalue())


def refusal(folder: Path) -> str:
    """Message with which the model is refused: one line that names the folder."""
    with pytest.raises(InputError) as error:
        load_table(folder)
    message = str(error.value)
    assert len(message.splitlines()) == 1
    assert len(message) < len(str(folder)) + 350
    assert str(folder) in message
    return message


def damage(folder: Path) -> str:
    """What is damaged, out of the message."""
    head, tail = f"the model in {folder} is damaged (", "). Train or fetch it again."
    message = refusal(folder)
    assert message.startswith(head)
    assert message.endswith(tail)
    return message[len(head) : -len(tail)]


def test_missing_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no") == (
        f"no model in {tmp_path / 'no'}: model.json is missing. "
        "Give the folder that `classifier train -o` wrote."
    )


@pytest.mark.parametrize("name", ["model.npz", "model.json"])
def test_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert f": {name} is missing. " in refusal(folder)


@pytest.mark.parametrize("name", ["model.npz", "model.json"])
def test_a_folder_in_place_of_a_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / name).mkdir()
    assert "directory" in damage(folder)


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"{",
        b"\xff\xfe\xfa",
        b"null",
        b"7",
        b'"format"',
        b"[]",
        b"{}",
        b'{"format": 1}',
        b"[" * 100_000,
        b'{"format": 1, "sha256": "\xff"}',
    ],
    ids=lambda page: repr(page[:20]),
)
def test_bad_json(folder: Path, page: bytes) -> None:
    (folder / "model.json").write_bytes(page)
    assert damage(folder)


@pytest.mark.parametrize("number", [0, 2, None, "1", [1], "x\ny" * 99], ids=lambda x: repr(x)[:20])
def test_other_format(folder: Path, number: object) -> None:
    change_page(folder, format=number)
    assert refusal(folder) == (
        f"the model in {folder} has format {repr(number)[:40]}; this release reads 1. "
        "Install the release that wrote it, or train it again."
    )


def test_arrays_of_another_model(folder: Path) -> None:
    change_page(folder, sha256="0" * 64)
    assert damage(folder) == "model.npz is not the file that model.json describes"


@pytest.mark.parametrize("keep", [0, 1, 100, -1], ids=str)
def test_truncated_arrays(folder: Path, keep: int) -> None:
    cut = (folder / "model.npz").read_bytes()[:keep]
    (folder / "model.npz").write_bytes(cut)
    assert damage(folder) == "model.npz is not the file that model.json describes"
    put_arrays(folder, cut)  # also where model.json agrees
    assert damage(folder)


def test_a_flipped_byte_within_an_array(folder: Path) -> None:
    packed = bytearray((folder / "model.npz").read_bytes())
    packed[len(packed) // 3] ^= 0xFF
    put_arrays(folder, bytes(packed))
    assert damage(folder)


class Trap:
    """Pickles to a call that makes a folder: a proof that code was run."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[..., None], tuple[str]]:
        return os.mkdir, (str(self.mark),)


@pytest.mark.parametrize("name", ["intercept", "title.terms", "extra"])
def test_a_pickled_array_does_not_run(folder: Path, name: str) -> None:
    mark = folder / "was-run"
    trap = np.array([Trap(mark), 0], dtype=object)
    change_arrays(folder, lambda arrays: arrays.update({name: trap}))
    assert "Object arrays cannot be loaded when allow_pickle=False" in damage(folder)
    assert not mark.exists()
    with np.load(folder / "model.npz", allow_pickle=True) as arrays:
        _ = arrays[name]
    assert mark.exists()  # the trap works: what did not run could have


def test_a_pickle_in_place_of_the_arrays_does_not_run(folder: Path) -> None:
    mark = folder / "was-run"
    put_arrays(folder, pickle.dumps(Trap(mark)))
    assert damage(folder) == "File is not a zip file"
    assert not mark.exists()


def test_nothing_here_opens_a_pickle(root: Path) -> None:
    risky = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
    found = {
        (path.stem, name)
        for path in (root / "classifier").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [*(alias.name for alias in node.names), getattr(node, "module", None)]
        if name and name.split(".")[0] in risky
    }
    # `card` writes the pipeline; `validation` fits folds, `word_numbers` reads what is learnt from,
    # in processes of their own.
    assert found == {("card", "joblib"), ("validation", "joblib"), ("word_numbers", "joblib")}
    for name in ("card", "validation"):
        text = (root / "classifier" / f"{name}.py").read_text("utf-8")
        assert "joblib.load" not in text
        assert "import load" not in text


# (array, what is put there, what the message says)
SPOILED: dict[str, tuple[str, Callable[[NDArray[Any]], NDArray[Any]], str]] = {
    "too few idf": (
        "title.idf",
        lambda a: a[:-1],
        "title.idf is float64 of shape (2,), expected (3,)",
    ),
    "classes swapped with terms": (
        "title.coef",
        lambda a: a.T,
        "title.coef is float64 of shape (2, 3), expected (3, 2)",
    ),
    "one more class": (
        "intercept",
        lambda a: np.append(a, 0.0),
        "intercept is float64 of shape (3,), expected (2,)",
    ),
    "flat": (
        "skills.coef",
        lambda a: a.ravel(),
        "skills.coef is float64 of shape (6,), expected (3, 2)",
    ),
    "scalar": ("intercept", lambda a: a[0], "intercept is float64 of shape (), expected (2,)"),
    "single precision": (
        "intercept",
        lambda a: a.astype(np.float32),
        "intercept is float32 of shape (2,), expected (2,)",
    ),
    "whole numbers": (
        "title.idf",
        lambda a: a.astype(int),
        "title.idf is int64 of shape (3,), expected (3,)",
    ),
    "texts": (
        "title.idf",
        lambda a: a.astype("U8"),
        "title.idf is <U8 of shape (3,), expected (3,)",
    ),
    "not a number": (
        "title.coef",
        lambda a: a * np.nan,
        "title.coef is float64 of shape (3, 2), expected (3, 2)",
    ),
    "infinite": (
        "intercept",
        lambda a: a + np.inf,
        "intercept is float64 of shape (2,), expected (2,)",
    ),
    "terms as letters": (
        "title.terms",
        lambda a: a.astype("U1"),
        "title.terms is 1-dimensional <U1",
    ),
    "terms in a square": ("title.terms", lambda a: a[None], "title.terms is 2-dimensional uint8"),
    "offsets as floats": (
        "title.offsets",
        lambda a: a.astype(float),
        "title.offsets is 1-dimensional float64",
    ),
    "seen as signed": ("seen", lambda a: a.astype(np.int64), "seen is 1-dimensional int64"),
    "no offsets": ("title.offsets", lambda a: a[:0], "list index out of range"),
    "offsets from 1": ("title.offsets", lambda a: a + 1, "title.offsets do not fit title.terms"),
    "offsets backwards": (
        "title.offsets",
        lambda a: a[[0, 2, 1, 3]],
        "title.offsets do not fit title.terms",
    ),
    "negative offset": (
        "title.offsets",
        lambda a: np.array([0, -5, 18, a[-1]]),
        "title.offsets do not fit title.terms",
    ),
    "offsets too far": (
        "title.offsets",
        lambda a: np.append(a[:-1], a[-1] + 1),
        "title.offsets do not fit title.terms",
    ),
    "offsets end early": (
        "title.offsets",
        lambda a: np.append(a[:-1], a[-1] - 1),
        "title.offsets do not fit title.terms",
    ),
    "no UTF-8": ("title.terms", lambda a: a | 0x80, "'utf-8' codec can't decode byte"),
    "half a character": (
        "title.terms",
        lambda a: np.append(a[:-1], np.uint8(0xC3)),
        "'utf-8' codec can't decode byte 0xc3 in position 6: unexpected end of data",
    ),
    "repeated terms": ("title.offsets", lambda a: a[[0, 0, 0, 3]], "title.terms repeat"),
}


@pytest.mark.parametrize(("name", "spoil", "reason"), SPOILED.values(), ids=SPOILED)
def test_spoiled_arrays(
    folder: Path, name: str, spoil: Callable[[NDArray[Any]], NDArray[Any]], reason: str
) -> None:
    change_arrays(folder, lambda arrays: arrays.update({name: spoil(arrays[name])}))
    assert damage(folder).startswith(reason)


@pytest.mark.parametrize("name", ["intercept", "seen", "title.idf", "skills.terms"])
def test_a_missing_array(folder: Path, name: str) -> None:
    change_arrays(folder, lambda arrays: arrays.pop(name))
    assert name in damage(folder)


def members(folder: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(folder / "model.npz") as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return packed.getvalue()


def test_a_bomb_is_not_unpacked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = pack(members(folder) | {"bomb.npy": bytes(module.LARGEST_FILE)})
    assert len(bomb) < module.LARGEST_FILE / 500
    put_arrays(folder, bomb)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was unpacked"))
    assert damage(folder) == f"model.npz unpacks to more than {module.LARGEST_FILE} bytes"


def test_a_bomb_that_lies_about_its_size(folder: Path) -> None:
    size = 3_000_000
    bomb = pack(members(folder) | {"bomb.npy": bytes(size)})
    put_arrays(folder, bomb.replace(size.to_bytes(4, "little"), (7).to_bytes(4, "little")))
    assert damage(folder)


@pytest.mark.parametrize("n", [2**24, 2**40, 2**62], ids=str)
def test_an_array_that_claims_more_than_it_holds(folder: Path, n: int) -> None:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "<f8", "fortran_order": False, "shape": (n,)}
    )
    put_arrays(folder, pack(members(folder) | {"intercept.npy": header.getvalue()}))
    assert damage(folder)


def test_a_member_that_is_no_array(folder: Path) -> None:
    put_arrays(folder, pack(members(folder) | {"intercept.npy": b"0.25 -0.25"}))
    assert damage(folder)


@pytest.mark.parametrize("name", ["model.npz", "model.json"])
def test_a_file_over_the_limit_is_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    limit = max((folder / other).stat().st_size for other in ("model.npz", "model.json"))
    monkeypatch.setattr(module, "LARGEST_FILE", limit)
    with (folder / name).open("ab") as file:
        file.truncate(limit + 1)
    assert damage(folder) == f"{name} is larger than {limit} bytes"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"classes": []}, "classes are []"),
        ({"classes": ["one"]}, "classes are ['one']"),
        ({"classes": ["a", "a"]}, "classes are ['a', 'a']"),
        ({"classes": [1, 2]}, "classes are [1, 2]"),
        ({"classes": None}, "'NoneType' object is not iterable"),
        ({"classes": ["a", "b", "c"]}, "title.coef"),
        ({"blocks": ["title", "pay"]}, "pay.terms"),
        ({"blocks": 3}, "'int' object is not iterable"),
        ({"blocks": [["title"]]}, ""),
        ({"threshold": math.nan}, "threshold is nan"),
        ({"threshold": 1.5}, "threshold is 1.5"),
        ({"threshold": "high"}, "could not convert string to float: 'high'"),
        ({"min_terms": None}, "int() argument must be"),
        ({"about": 5}, "'int' object is not iterable"),
        ({"vocabulary": []}, "the vocabulary is []; it has to be a table"),
        ({"vocabulary": {"role": [], "word": []}}, "vocabulary: unknown key 'word'"),
        (
            {"vocabulary": {"role": [{"name": "a", "run": "rm"}]}},
            "role 'a': unknown key 'run'; known: name, titles, mask",
        ),
        (
            {"vocabulary": {"skill": [{"name": "a", "facet": "x"}]}},
            "skill 'a': unknown facet 'x'",
        ),
    ],
    ids=lambda x: repr(x)[:60] if isinstance(x, dict) else "",
)
def test_spoiled_page(folder: Path, changes: dict[str, object], reason: str) -> None:
    if "classes" in changes:
        change_page(folder, blocks=["title"])
    change_page(folder, **changes)
    assert reason in damage(folder)


@pytest.mark.parametrize(
    "key", ["format", "classes", "blocks", "threshold", "min_terms", "sha256", "vocabulary"]
)
def test_a_missing_key(folder: Path, key: str) -> None:
    page = json.loads((folder / "model.json").read_text())
    del page[key]
    (folder / "model.json").write_text(json.dumps(page))
    assert damage(folder) == f"'{key}'"


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_any_change_of_bytes_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, small_table: Table, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("model")
    save_table(small_table, folder)
    packed = bytearray((folder / "model.npz").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    put_arrays(folder, bytes(packed))
    try:
        found = load_table(folder)
    except InputError:
        refusal(folder)
    else:
        assert np.isfinite(found.predict_proba([COUNTED])).all()
