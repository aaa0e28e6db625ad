"""The shape of the package: which module may import which, and what each has to have."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "classifier"
MODULES = sorted(
    [path.stem for path in PACKAGE.glob("*.py")]
    + [f"sources.{path.stem}" for path in PACKAGE.glob("sources/*.py")]
)

# What each source knows is its own: none imports another.
SOURCES = tuple(
    f"sources.{path.stem}"
    for path in sorted(PACKAGE.glob("sources/*.py"))
    if path.stem not in {"__init__", "wire", "payload", "feed", "comment_header"}
)
# A module imports only from floors above its own line here.
FLOORS = (
    ("code_folder",),
    (
        *("errors", "terms", "quick", "pay_words", "headings", "phrases", "spread", "pay_fields"),
        *("dates", "structured_data", "machine", "addresses", "patience", "tally", "compiler"),
        *("column_products", "currency_signs"),
    ),
    ("experience", "remote_work", "sections", "skills"),
    (
        *("posting", "encoding", "columns", "places", "clean", "duplicates", "vocabulary"),
        *("purpose", "levels", "countries", "arrangements", "exchange", "figures", "console"),
        *("amounts", "characters", "seen", "handover", "compiled_ascii", "compiled_facts"),
        *("compiled_phrases", "compiled_cells", "compiled_small", "respelling", "perfect_hash"),
        "compiled_runs",
    ),
    (
        *("ranges", "pay_lines", "lines", "features", "table", "dimensions", "yearly", "bands"),
        *("schema_org", "compiled_terms", "compiled_entities", "compiled_hidden"),
        *("compiled_plain", "compiled_sections", "compiled_csv", "compiled_json"),
        *("compiled_numbers", "compiled_signs", "compiled_quotes"),
    ),
    (
        *("readings", "pay_values", "batches", "read_csv", "read_jsonl", "window", "reference"),
        *("band_plot", "summary", "read_posting", "store_schema", "database"),
        *("sources.wire", "line_facts", "compiled_tags", "compiled_vocabulary", "compiled_looks"),
        "compiled_money_lines",
    ),
    ("salary", "json_lines", "pay_context", "pay_wording", "sources.payload"),
    (
        *(
            "cells",
            "json_tables",
            "structured_pay",
            "compiled",
            "compiled_lines",
            "looks",
            "sources.feed",
            "sources.comment_header",
        ),
    ),
    (
        *("csv_batches", "jsonl_batches", "predict", "metrics", "pipeline", "compiled_clean"),
        "write_files",
        *("layout", *SOURCES),
    ),
    (
        *("text_tables", "counting", "explain_pay", "show", "clean_tables", "odd_texts"),
        "sources.__init__",
    ),
    ("files", "reading", "word_numbers", "plan"),
    ("labelled", "rows", "count_matrix", "collected"),
    ("labeller", "store", "replay"),
    ("label", "openings", "stored", "crawl", "page_cache", "raw_pages"),
    ("model", "fitting", "evaluate", "pay_table", "show_bands", "label_store", "collect"),
    ("validation",),
    ("training",),
    ("card", "pay_commands", "collect_commands", "store_commands"),
    ("train_commands",),
    ("cli",),
    ("__init__", "__main__"),
)
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}
TRAINING_ONLY = {"sklearn", "joblib", "threadpoolctl"}
MAY_TRAIN = {"metrics", "pipeline", "word_numbers", "fitting", "validation", "training", "card"}


def tree(module: str) -> ast.Module:
    path = PACKAGE / f"{module.replace('.', '/')}.py"
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(node: ast.AST) -> Iterator[str]:
    """Dotted names of the modules that a piece of code imports, also inside functions."""
    for one in ast.walk(node):
        if isinstance(one, ast.Import):
            yield from (alias.name for alias in one.names)
        if isinstance(one, ast.ImportFrom):
            name = "." * one.level + (one.module or "")
            # The registry imports the modules of the sources by name.
            names = [f"{name}.{alias.name}" for alias in one.names]
            yield from names if name == "classifier.sources" else [name]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import numpy as np", ["numpy"]),
        ("from classifier.terms import ngrams", ["classifier.terms"]),
        ("from classifier import train", ["classifier"]),
        ("from . import terms", ["."]),
        ("def f():\n    from classifier.cli import app", ["classifier.cli"]),
    ],
)
def test_imports_are_found(code: str, names: list[str]) -> None:
    assert list(imports(ast.parse(code))) == names


def test_every_module_has_one_floor() -> None:
    assert sorted(name for names in FLOORS for name in names) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_from_lower_floors_only(module: str) -> None:
    ours = [name for name in imports(tree(module)) if name.split(".")[0] in ("", "classifier")]
    for name in ours:
        root, _, imported = name.partition(".")
        assert root, f"{module} has a relative import"
        assert imported, f"{module} imports the package root"
        names = {"sources.SOURCES", "sources.find_site"}
        imported = "sources.__init__" if imported in names else imported
        assert FLOOR[imported] < FLOOR[module], f"{module} imports {imported}"


@pytest.mark.parametrize("module", MODULES)
def test_only_what_trains_imports_scikit_learn(module: str) -> None:
    found = {name.split(".")[0] for name in imports(tree(module))} & TRAINING_ONLY
    assert not found or module in MAY_TRAIN


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_a_test_file(module: str) -> None:
    folder, _, name = module.rpartition(".")
    name = "sources" if module == "sources.__init__" else name.strip("_")
    assert (Path(__file__).parent / folder / f"test_{name}.py").is_file()


@pytest.mark.parametrize("module", MODULES)
def test_only_the_command_line_prints(module: str) -> None:
    calls = [
        node.lineno
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert bool(calls) == (module == "console")
