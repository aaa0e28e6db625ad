"""Structured data of a web page: its schema.org JobPosting objects, as plain dicts.

JSON-LD is read as real pages have it, broken in many ways; microdata and RDFa by extruct, which
comes with the extra ``collect``. Nothing is fetched, and the time is bounded.
"""

import html
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

MOST_REPAIRED = 2**17  # characters of a block that is repaired: it can take 4 seconds a megabyte
MOST_MARKED_UP = 2**20  # characters of a page whose microdata or RDFa is read
MOST_NODES = 100_000  # objects and lists of one block
DEEPEST = 20  # levels of objects inside each other

# The content of a script is no HTML: it ends with the next closing tag, whatever is in it.
_SCRIPT = re.compile(
    r"""
    < (?:
        !-- (?! \[if ) (?: -?> | .*? (?: --!?> | \Z ) )  # a comment, with what is in it
      | script\b ([^>]*+) > (.*?) (?: </script\b [^>]*+ > | \Z )
    )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_IS_JSON_LD = re.compile(
    r"""type \s* = \s* ["']? \s* application/ld\+json""", re.VERBOSE | re.IGNORECASE
)
_WRAPPING = re.compile(
    r"""
    (?: /[/*] \s* )? (?: <!\[CDATA\[ | \]\]> ) (?: \s* \*/ )?  # CDATA, alone or in a comment
    | \A \s* <!-- | (?: // \s* )? --> \s* \Z                   # the script as an HTML comment
    """,
    re.VERBOSE,
)
_BAD_ESCAPE = re.compile(r"""\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?""")
_MARKUP = re.compile(
    r"""itemtype \s* = \s* ["'] [^"']* JobPosting | typeof \s* = \s* ["']? [^"'>]* JobPosting""",
    re.VERBOSE,
)
_SCHEMA_ORG = re.compile(r"https?://(?:www\.)?schema\.org/")


def find_job_postings(page: str) -> list[dict[str, Any]]:
    r"""Every JobPosting of a page, in order: of its JSON-LD, else of its microdata, else of RDFa.

    Keys are schema.org's, values as they stand. Blocks that are no JSON are repaired: line breaks
    and control characters in strings, comments, missing and trailing commas, bad escapes,
    CDATA, entities. What cannot be read is left out. Microdata and RDFa need extruct.

    >>> find_job_postings(
    ...     '<script type="application/ld+json">'
    ...     '{"@graph": [{"@type": "JobPosting", "title": "Cook",}]} // end</script>'
    ... )
    [{'@type': 'JobPosting', 'title': 'Cook'}]
    >>> find_job_postings("<p>JobPosting</p>")
    []
    """
    if "JobPosting" not in page:
        return []
    found = [
        posting
        for script in _SCRIPT.finditer(page)
        if script[1] and "JobPosting" in script[2] and _IS_JSON_LD.search(script[1])
        for posting in read_json_ld(script[2])
    ]
    return found or _find_marked_up(page)


def read_json_ld(text: str) -> list[dict[str, Any]]:
    """Every JobPosting in a block of JSON-LD, wherever it is nested; none if it is broken.

    >>> read_json_ld('[{"@type": ["Thing", "JobPosting"], "title": "A // B"}, null]')
    [{'@type': ['Thing', 'JobPosting'], 'title': 'A // B'}]
    """
    nodes: list[Any] = [_decode(text)]
    for node in nodes:  # grows as it is walked
        if len(nodes) > MOST_NODES:
            break
        nodes.extend(
            node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        )
    return [node for node in nodes if isinstance(node, dict) and is_job_posting(node)]


def is_job_posting(node: dict[str, Any]) -> bool:
    """Say if an object of JSON-LD is a JobPosting.

    >>> is_job_posting({"@type": "http://schema.org/JobPosting"})
    True
    """
    types = node.get("@type")
    return any(
        isinstance(one, str) and one.rpartition("/")[2].rpartition(":")[2] == "JobPosting"
        for one in (types if isinstance(types, list) else [types])
    )


def _decode(text: str) -> Any:  # noqa: ANN401 - a value of JSON
    """Value of a block; None if it cannot be read."""
    for one in _attempts(text):
        try:
            return json.loads(one, strict=False)  # strings of real pages hold line breaks
        except (ValueError, RecursionError):
            continue
    return _repair(one)


def _attempts(text: str) -> Iterator[str]:
    """Text as it is, and with one more thing mended each time."""
    yield text
    text = _WRAPPING.sub("", text)
    if _is_escaped(text):
        text = html.unescape(text)
    yield text
    yield _BAD_ESCAPE.sub(lambda m: m[0] if m[1] else r"\\", text)


def _is_escaped(text: str) -> bool:
    return text.lstrip()[:1] in {"{", "["} and '"' not in text and "&" in text


def _repair(text: str) -> Any:  # noqa: ANN401 - a value of JSON
    import json_repair  # only broken blocks need it

    if len(text) > MOST_REPAIRED:
        return None
    try:
        return json_repair.loads(text)
    except (ValueError, RecursionError, IndexError, TypeError):
        return None


# --- Microdata and RDFa ---


@lru_cache(maxsize=1)
def _has_extruct() -> bool:
    return find_spec("extruct") is not None


def needs_extruct(page: str) -> bool:
    """Say if a page has microdata or RDFa of a posting, and extruct is not there to read it."""
    return not _has_extruct() and bool(_MARKUP.search(page[:MOST_MARKED_UP]))


def _find_marked_up(page: str) -> list[dict[str, Any]]:
    if len(page) > MOST_MARKED_UP or not _MARKUP.search(page) or not _has_extruct():
        return []
    import extruct

    kinds = ["microdata", "rdfa"] if "typeof" in page else ["microdata"]
    # On an error of the page extruct leaves out what it could not read.
    found = extruct.extract(page, syntaxes=kinds, errors="ignore")
    items = [_from_microdata(item, 0) for item in found.get("microdata", [])]
    items += _from_rdfa(found.get("rdfa", []))
    return [one for item in items for one in _walk(item) if is_job_posting(one)]


def _walk(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a value of JSON
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    below = [one for part in inside for one in _walk(part)]
    return [value, *below] if isinstance(value, dict) else below


def _from_microdata(item: Any, depth: int) -> Any:  # noqa: ANN401 - a value of JSON
    """Item as extruct gives it, in the shape of JSON-LD."""
    if depth > DEEPEST:
        return None
    if isinstance(item, list):
        return [_from_microdata(one, depth + 1) for one in item]
    if not isinstance(item, dict):
        return item
    inside = item.get("properties", {})
    return {"@type": item.get("type", "")} | {
        key: _from_microdata(value, depth + 1) for key, value in inside.items()
    }


def _from_rdfa(nodes: list[dict[str, Any]]) -> list[Any]:
    """Nodes of a graph, each with those that it points to in it, under short names."""
    by_id = {node["@id"]: node for node in nodes if "@id" in node}
    return [_node(node, by_id, 0) for node in nodes if _is_posting_node(node)]


def _is_posting_node(node: dict[str, Any]) -> bool:
    return any(str(one).endswith("/JobPosting") for one in node.get("@type", ()))


def _node(node: dict[str, Any], by_id: dict[str, Any], depth: int) -> Any:  # noqa: ANN401 - as above
    if depth > DEEPEST:
        return None
    if "@value" in node:
        return node["@value"]
    target = by_id.get(node.get("@id", ""), node)
    found: dict[str, Any] = {"@type": target.get("@type", [])}
    for key, values in target.items():
        if key.startswith("@") or not isinstance(values, list):
            continue
        inside = [_node(one, by_id, depth + 1) for one in values if isinstance(one, dict)]
        found[_SCHEMA_ORG.sub("", key)] = inside[0] if len(inside) == 1 else inside
    if len(found) == 1 and isinstance(node.get("@id"), str) and node is target:
        return node["@id"]  # a link to somewhere else
    return found
