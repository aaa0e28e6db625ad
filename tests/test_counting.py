"""Counting columns of texts: the same as the reference, posting by posting, whatever the text."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier import counting, layout
from classifier.counting import Counter, Counts, count_by_reference
from classifier.features import count_terms, read_document
from classifier.table import Block, Table, softmax
from classifier.vocabulary import Vocabulary

WORK = "You will build data pipelines in SQL and tune Apache Spark for our analysts. "
TEXTS = (
    "",
    "   \n\t",
    WORK,
    WORK.upper(),
    WORK * 300,  # counts whose logarithm is not looked up
    "C++, C# & node.js; 5+ years, C++17, F#, c+++ c+# c#x c++_ c++é c++– ++ # 5+",
    "We use Python, R, or Go/Rust. Go to the rest of the team of R. Smith.",
    "Go, Rust and Scala; Python or Go (R) + SQL | Go & C · Go • R • C",
    "Python and Go, PythonandGo, Go ,  Rust,\n\n\n Go                    , Rust, Go and/or Rust",
    "R&D in R, C-level, Go-to-market, R’s C.f, _R_ R_ _R R.x x.R, In R'",
    "CI/CD, ci cd, machine learning research engineer, state-of-the-art machine learning models",
    "a abcdefg abcdefgh abcdefghi abcdefghijklmno abcdefghijklmnop abcdefghijklmnopq "
    "responsibilities telecommunications internationalization",
    "snake_case_name __init__ a_b 1_000 x1y2 3d 2nd ２０ ½ ² ⅷ",
    "Machine\u00a0Learning\u2003and\u2028NLP, naïve Bayes, Größe, ÜBER, ГОРОД, 機械学習, 한국어",
    "ΟΔΟΣ ΣΑΣ Σ İstanbul DİYARBAKIR İ ǅ ǅungla \u212a \u212b ẞ Straße ﬀ ŉ",
    "e\u0301 \u200bzero\u200dwidth \ufeffmark 🙂 👩‍💻 \U0001d400\U0001d401 \U00010400 ⱥ Ⱥ Ⱥ"
    + "Ⱥ" * 40,
    "\x00 a\x00b \x1c\x1d \x7f \x85",
    "PyTorch PyTorch, TensorFlow TensorFlow/JAX and PyTorch",
    "deep learning, Deep Learning; DEEP learning. reinforcement learning from human feedback",
)
TITLES = (
    "",
    "— / —",
    "Senior C++ Engineer (m/w/d)",
    "RESEARCH SCIENTIST",
    "(no title)",
    "Σ İ",
    "x",
)


def check_equal(found: Counts, expected: Counts) -> None:
    __tracebackhide__ = True
    assert found.known.tolist() == expected.known.tolist()
    assert found.skills.to_pylist() == expected.skills.to_pylist()
    assert found.skills.type == expected.skills.type
    np.testing.assert_allclose(found.logits, expected.logits, rtol=0, atol=1e-9)


def check_texts(counter: Counter, works: Sequence[str], titles: Sequence[str]) -> None:
    __tracebackhide__ = True
    expected = count_by_reference(counter.table, works, titles)
    check_equal(counter.count(works, titles), expected)


@pytest.fixture(scope="module")
def counter(table: Table) -> Counter:
    return Counter(table, threads=1)


# --- The reference ---


def test_the_reference_counts_what_classify_counts(table: Table) -> None:
    document = read_document("Data Engineer", WORK * 4)
    skills = table.vocabulary.find_skills(document.work)
    counted = count_terms(document, skills, table.vocabulary)
    found = count_by_reference(table, [document.work], [document.title])
    np.testing.assert_allclose(softmax(found.logits), table.predict_proba([counted]), atol=1e-12)
    blocks = [c.block for c in table.contributions(counted)]
    assert found.known.tolist() == [[blocks.count(name) for name in table.blocks]]


def test_no_title_is_no_known_term(table: Table) -> None:
    assert count_by_reference(table, ["Train models.", ""], ["", "Engineer"]).known[
        :, 1
    ].tolist() == [
        0,
        1,
    ]


# --- Machine code ---


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_it_counts_as_the_reference(counter: Counter, text: str) -> None:
    check_texts(counter, [text] * len(TITLES), TITLES)


def test_texts_do_not_touch_each_other(counter: Counter) -> None:
    check_texts(counter, TEXTS, TEXTS[::-1])


PIECES = (
    *("Go", "Rust", "R", "C", "Python", "SQL", "data", "machine", "learning", "c++", "PyTorch"),
    *("and", "or", "engineer", "reinforcement", "state of the art", "CI/CD", "Σ", "ς", "İ", "ﬁ"),
    *(
        " ",
        " ",
        " ",
        ", ",
        "/",
        "-",
        "_",
        ".",
        "’",
        "'",
        "&",
        "+",
        "#",
        "++",
        "•",
        "·",
        "\n",
        "\xa0",
    ),
)
ANY_TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join)


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=4))
@example([("a" * 8 + "+", "b" * 16 + "#")])
@settings(deadline=None, max_examples=120)
def test_any_text_is_counted_as_by_the_reference(
    counter: Counter, rows: list[tuple[str, str]]
) -> None:
    # Half a surrogate pair is in no clean text, and cannot be in a column of Arrow.
    works, titles = ([row[i].encode("utf-8", "replace").decode() for row in rows] for i in (0, 1))
    check_texts(counter, works, titles)


@pytest.mark.parametrize("name", ["postings.csv", "listings.jsonl"])
def test_samples_are_counted_as_by_the_reference(counter: Counter, root: Path, name: str) -> None:
    path = root / "data" / name
    read = pd.read_csv(path, keep_default_na=False) if name.endswith("csv") else None
    frame = pd.read_json(path, lines=True) if read is None else read
    titles, texts = (frame[c] for c in frame.columns if "itle" in c or "description" in c)
    documents = [read_document(*row) for row in zip(titles, texts, strict=True)]
    check_texts(counter, [d.work for d in documents], [d.title for d in documents])


def test_real_postings_are_counted_as_by_the_reference(counter: Counter, corpus: Path) -> None:
    rows = pq.read_table(corpus, columns=["title", "description"]).to_pylist()[::120]
    documents = [read_document(row["title"] or "", row["description"] or "") for row in rows]
    assert len(documents) > 150
    check_texts(counter, [d.work for d in documents], [d.title for d in documents])


# --- Models of other shapes ---


def test_a_model_of_two_roles(small_table: Table) -> None:
    check_texts(
        Counter(small_table), [*TEXTS, "Build pipelines, reports."], [*TITLES * 2, *TEXTS[:6]]
    )


@pytest.mark.parametrize("n_classes", [3, 4, 7])
def test_a_model_of_many_roles(small_table: Table, n_classes: int) -> None:
    random = np.random.default_rng(1)
    blocks = {
        name: Block(block.columns, block.idf, random.normal(size=(len(block.idf), n_classes)))
        for name, block in small_table.blocks.items()
    }
    roles = tuple(map(str, range(n_classes)))
    table = Table(
        roles,
        blocks,
        random.normal(size=n_classes),
        small_table.vocabulary,
        0.5,
        1,
        small_table.seen,
    )
    check_texts(Counter(table), ["Build pipelines, build reports in SQL", ""], ["Engineer", "Cook"])


def test_a_model_without_terms() -> None:
    nothing = Block({}, np.zeros(0), np.zeros((0, 2)))
    blocks = {"description": nothing, "title": nothing, "skills": nothing}
    vocabulary = Vocabulary((), ())
    table = Table(
        ("a", "b"), blocks, np.array([0.5, -0.5]), vocabulary, 0.5, 1, np.zeros(0, np.uint64)
    )
    check_texts(Counter(table), TEXTS, [""] * len(TEXTS))


def test_a_table_beyond_all_bounds_is_left_to_the_reference(
    small_table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "LARGEST_TABLE", 3)
    counter = Counter(small_table)
    assert counter._model is None
    check_texts(counter, TEXTS, TEXTS)


def test_without_numba_the_reference_answers(
    small_table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "has_compiler", lambda: False)
    counter = Counter(small_table)
    assert counter._model is None
    check_texts(counter, TEXTS, TEXTS)


# --- Columns ---


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()], ids=str)
def test_every_type_of_text_can_be_counted(counter: Counter, kind: pa.DataType) -> None:
    column = pa.array(TEXTS, kind)
    check_equal(counter.count(column, column), count_by_reference(counter.table, TEXTS, TEXTS))


def test_slices_and_chunks_can_be_counted(counter: Counter) -> None:
    column = pa.array(["left out", *TEXTS, "too"], pa.large_string())[1:-1]
    chunks = pa.chunked_array([TEXTS[:3], [], TEXTS[3:]], pa.string())
    check_equal(counter.count(column, chunks), count_by_reference(counter.table, TEXTS, TEXTS))


def test_an_empty_column(counter: Counter) -> None:
    found = counter.count([], [])
    assert found.logits.shape == (0, 3)
    assert found.known.shape == (0, 3)
    assert found.skills.to_pylist() == []
    check_equal(counter.count(pa.chunked_array([], pa.string()), []), found)


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("bound", ["BLOCK_ROWS", "BLOCK_BYTES"])
def test_blocks_and_threads_change_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, threads: int, bound: str
) -> None:
    expected = counter.count(TEXTS, TEXTS)
    monkeypatch.setattr(counting, bound, 3)
    found = Counter(counter.table, threads).count(TEXTS, TEXTS)
    check_equal(found, expected)
    assert found.logits.tolist() == expected.logits.tolist()


def test_names_of_skills_can_be_left_out(counter: Counter) -> None:
    texts = [WORK, "ΣΊΣΥΦΟΣ", ""]
    found, expected = counter.count(texts, texts, skills=False), counter.count(texts, texts)
    assert found.logits.tolist() == expected.logits.tolist()
    assert found.known.tolist() == expected.known.tolist()
    assert found.skills[0].as_py() is None


def test_one_thread_for_each_core(table: Table) -> None:
    assert 1 <= Counter(table).threads <= (os.cpu_count() or 1)


@pytest.mark.parametrize(
    "word", ["a", "Go, Rust, ", "+", "c++", "a+", "é", "machine learning ", "R_"]
)
def test_a_posting_of_a_megabyte_is_counted(
    small_table: Table, counter: Counter, word: str
) -> None:
    text = word * (2**20 // len(word))
    found = counter.count([text, WORK], ["", ""])
    assert found.logits[1].tolist() == counter.count([WORK], [""]).logits[0].tolist()
    check_texts(counter, [text[: 2**14]], [text[: 2**12]])


def test_a_column_of_two_gigabytes(counter: Counter) -> None:
    text = WORK.encode()
    data = np.zeros(2**31 + len(text), np.uint8)  # of which no more is touched than the text
    data[-len(text) :] = np.frombuffer(text, np.uint8)
    offsets = np.array([len(data) - len(text), len(data)])
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    works = pa.Array.from_buffers(pa.large_string(), 1, buffers)
    check_equal(counter.count(works, [""]), count_by_reference(counter.table, [WORK], [""]))
