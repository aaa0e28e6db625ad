"""What a page holds: its text, the value of its JSON, the tree of its XML, and values of these.

Sources differ in their keys and agree in little else: what is missing or of another kind is empty
here, and only what a source cannot be read without is an error.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from classifier.sources.wire import MOST_SHOWN, Page, ShapeError

_DECLARED = re.compile(
    rb"""<meta [^>]{0,200}? charset \s* = \s* ["']? ([\w-]{3,20})""", re.VERBOSE | re.IGNORECASE
)
_HALF = re.compile(
    rb"""
    &\# (?: x 0* d [89a-f] [\da-f]{2}
         | 0* (?: 5529[6-9] | 55[3-9]\d\d | 56\d{3} | 57[0-2]\d\d | 573[0-3]\d | 5734[0-3] ) ) ;
    """,
    re.VERBOSE | re.IGNORECASE,
)


# --- Reading a page ---


def read_text(page: Page) -> str:
    r"""Text of a page, by what the server said, the page itself says, or UTF-8.

    What cannot be decoded becomes U+FFFD; a wrong word of the server's is not believed where the
    bytes are UTF-8.

    >>> read_text(Page("Zürich".encode(), encoding="latin-1"))
    'Zürich'
    >>> read_text(Page(b'<meta charset="windows-1252">Z\xfcrich'))
    '<meta charset="windows-1252">Zürich'
    """
    content = page.content
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:4096])
    for name in (page.encoding, declared[1].decode() if declared else "", "cp1252"):
        try:
            return content.decode(name or "utf-8")
        except (LookupError, ValueError):  # no name of an encoding, or not that encoding
            continue
    return content.decode("utf-8", "replace")


def read_json(page: Page) -> Any:  # noqa: ANN401 - a value of JSON
    """Value of a page of JSON.

    Raises
    ------
    ShapeError
        If it is something else; the message shows its beginning.

    >>> read_json(Page(b"<html>Sorry</html>"))
    Traceback (most recent call last):
    ...
    classifier.sources.wire.ShapeError: expected JSON, got '<html>Sorry</html>'
    """
    text = read_text(page)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise ShapeError(f"expected JSON, got {_shown(text)}") from None


def read_xml(page: Page) -> Any:  # noqa: ANN401 - lxml publishes no types
    """Root element of a page of XML. Entities of its own are not expanded, and nothing is fetched.

    Raises
    ------
    ShapeError
        If it is no XML.
    """
    content = whole_characters(page.content.strip())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise ShapeError(f"expected XML, got {_shown(read_text(page))}")
    return root


def whole_characters(content: bytes) -> bytes:
    """XML without references to half a character, on which its readers break.

    >>> whole_characters(b"&#xD83C; &#55356; &#127838;")
    b'&#xFFFD; &#xFFFD; &#127838;'
    """
    return _HALF.sub(b"&#xFFFD;", content)


def _shown(text: str) -> str:
    return repr(" ".join(text[: 2 * MOST_SHOWN].split())[:60])


# --- Values ---


def text_of(value: object) -> str:
    """Text without blanks around it, or a whole number as text; "" for anything else.

    >>> text_of(" Oslo "), text_of(17), text_of(None), text_of(True)
    ('Oslo', '17', '', '')
    """
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def at(value: object, *keys: str | int) -> Any:  # noqa: ANN401 - a value of JSON
    """Value under keys of nested objects and lists; None where the way ends.

    >>> at({"a": [{"b": 1}]}, "a", 0, "b"), at({"a": None}, "a", "b")
    (1, None)
    """
    for key in keys:
        if isinstance(key, str) and isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(key, int) and isinstance(value, list) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def items_of(value: object, *keys: str) -> list[Any]:
    """List under keys; an empty one where there is none.

    >>> items_of({"jobs": [1]}, "jobs"), items_of({"jobs": None}, "jobs")
    ([1], [])
    """
    found = at(value, *keys)
    return found if isinstance(found, list) else []


def expect_list(value: object, key: str | None = None) -> list[Any]:
    """List that a payload has to have, under a key or itself.

    Raises
    ------
    ShapeError
        If it has none: the source has changed its shape.

    >>> expect_list({"jobs": []}, "jobs")
    []
    >>> expect_list({"error": "gone"}, "jobs")
    Traceback (most recent call last):
    ...
    classifier.sources.wire.ShapeError: expected a list under 'jobs', got keys ['error']
    """
    found = value if key is None else at(value, key)
    if isinstance(found, list):
        return found
    got = (
        f"keys {sorted(map(str, value))[:8]}" if isinstance(value, Mapping) else _shown(str(value))
    )
    raise ShapeError(f"expected a list{f' under {key!r}' if key else ''}, got {got}")


def has_keys(value: object, *names: str) -> bool:
    """Say if a value is an object with all these keys.

    >>> has_keys({"a": 1, "b": None}, "a", "b"), has_keys([], "a")
    (True, False)
    """
    return isinstance(value, Mapping) and all(name in value for name in names)


def join_html(*parts: tuple[str, object]) -> str:
    r"""Pieces of HTML under their headings, as one text; empty pieces are left out.

    >>> join_html(("", "<p>We bake.</p>"), ("Duties", "<li>Bake</li>"), ("Pay", None))
    '<p>We bake.</p>\n<h3>Duties</h3>\n<li>Bake</li>'
    """
    lines = []
    for heading, text in parts:
        if found := text_of(text):
            lines += [f"<h3>{heading}</h3>"] if heading else []
            lines.append(found)
    return "\n".join(lines)


# --- Values that postings have ---


def place_type(workplace: object, remote: object = None) -> str:
    """`job_location_type` of what a source says of the place: TELECOMMUTE, hybrid, on-site or "".

    A word for it wins over a flag: some sources flag hybrid work as remote.

    >>> place_type("Hybrid", True), place_type("Remote"), place_type(None, True)
    ('hybrid', 'TELECOMMUTE', 'TELECOMMUTE')
    >>> place_type("unspecified", False), place_type("On-site")
    ('', 'on-site')
    """
    words = text_of(workplace).casefold().replace("_", "-").replace(" ", "-")
    if "hybrid" in words:
        return "hybrid"
    if "on-site" in words or "onsite" in words:
        return "on-site"
    return "TELECOMMUTE" if "remote" in words or remote is True else ""


def split_places(text: object) -> tuple[str, ...]:
    """Places of a line, if it divides them by a semicolon, a bar or a line break.

    >>> split_places("Bergen, Norway; Riga, Latvia"), split_places("OSL, RIX")
    (('Bergen, Norway', 'Riga, Latvia'), ('OSL, RIX',))
    """
    parts = re.split(r"[;|\n•]", text_of(text))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def pay_json(**parts: object) -> str:
    """`salary_text` of the parts that a source states; "" if it states none.

    >>> pay_json(salary_min=0, salary_max=None)
    ''
    >>> pay_json(salary_min=50000, currency="USD")
    '{"salary_min": 50000, "currency": "USD"}'
    """
    stated = {key: value for key, value in parts.items() if value not in (None, "", 0, "0", [], {})}
    figures = set(stated) - {"currency", "period", "interval"}
    return json.dumps(stated, ensure_ascii=False) if figures else ""
