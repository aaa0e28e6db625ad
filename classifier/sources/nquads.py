r"""Web Data Commons' extracts of schema.org in N-Quads: a statement a line, page after page."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from classifier.lines import Reject
from classifier.schema_org import read_schema_org
from classifier.sources.wire import Found, Listing, why_not

MOST_QUADS = 20_000  # of a page; what comes behind is left out
MOST_BROKEN = 1000  # lines that are kept until they are told
DEEPEST = 6  # objects in each other
MOST_OBJECTS = 1000  # of a posting; what it points to can point to one another

# After the grammar of W3C's N-Quads, in linear time.
_QUAD = re.compile(
    r"""
    \s* (?P<subject> <[^>\s]*> | _:[^\s]+ )
    \s+ <(?P<predicate> [^>\s]* )>
    \s+ (?: (?P<object> <[^>\s]*> | _:[^\s]+ )
          | " (?P<text> [^"\\]*+ (?: \\. [^"\\]*+ )*+ ) " (?: @[\w-]+ | \^\^<[^>\s]*> )? )
    \s+ <(?P<page> [^>\s]* )>
    \s* \. \s*
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"""\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))""", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_SCHEMA = re.compile(r"https?://(?:www\.)?schema\.org/")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class _Quad(NamedTuple):
    subject: str
    predicate: str
    target: str | None  # a node or a page
    text: str | None
    page: str


def read_nquads(lines: Iterable[str]) -> Iterator[Found]:
    """What each page gives that has a JobPosting, in bounded memory; broken lines are rejects."""
    quads: list[_Quad] = []
    broken: list[Reject] = []
    for number, line in enumerate(lines, 1):
        quad = _parse(line)
        if quad is None:
            if line.strip() and not line.lstrip().startswith("#"):
                broken.append(Reject(number, "no N-Quad", line[:200]))
            if len(broken) == MOST_BROKEN:
                yield Found(rejects=broken)
                broken = []
            continue
        if quads and quad.page != quads[0].page:
            yield from _read_page(quads, broken)
            quads, broken = [], []
        if len(quads) < MOST_QUADS:
            quads.append(quad)
    yield from _read_page(quads, broken)


def _parse(line: str) -> _Quad | None:
    match = _QUAD.fullmatch(line)
    if match is None:
        return None
    text = None if match["text"] is None else _ESCAPE.sub(_unescape, match["text"])
    return _Quad(match["subject"], match["predicate"], match["object"], text, match["page"])


def _unescape(escape: re.Match[str]) -> str:
    if escape[3]:
        return _PLAIN.get(escape[3], escape[3])
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _read_page(quads: list[_Quad], broken: list[Reject]) -> Iterator[Found]:
    nodes: dict[str, list[_Quad]] = {}
    for quad in quads:
        nodes.setdefault(quad.subject, []).append(quad)
    found = Found(rejects=broken)
    for statements in nodes.values():
        if any(_is_posting(quad) for quad in statements):
            posting = read_schema_org(
                _fields(statements, nodes, (), iter(range(MOST_OBJECTS))), quads[0].page
            )
            if reason := why_not(posting):
                found.rejects.append(Reject(0, reason, quads[0].page))
            else:
                found.listings.append(Listing(posting))
    if found.listings or found.rejects:
        yield found


def _is_posting(quad: _Quad) -> bool:
    return quad.predicate == _TYPE and (quad.target or "").rstrip(">").endswith("/JobPosting")


def _fields(
    quads: list[_Quad], nodes: dict[str, list[_Quad]], above: tuple[str, ...], room: Iterator[int]
) -> dict[str, Any]:
    """Object in the shape of JSON-LD, with those that it points to inside, as far as there is room.

    One that it is itself inside of stays a link: an employer has a list of its postings.
    """
    fields: dict[str, Any] = {}
    above = (*above, quads[0].subject)
    for quad in quads:
        name = _name(quad.predicate)
        inside = nodes.get(quad.target or "") if quad.text is None else None
        value: Any = quad.text if quad.text is not None else (quad.target or "").strip("<>")
        is_above = quad.target in above or len(above) > DEEPEST
        if inside and not is_above and next(room, None) is not None:
            value = _fields(inside, nodes, above, room)
        known = fields.get(name)
        fields[name] = value if known is None else [*_list(known), value]
    return fields


def _name(predicate: str) -> str:
    """schema.org's name of a predicate; microdata has the type before it, as JobPosting/title."""
    return "@type" if predicate == _TYPE else _SCHEMA.sub("", predicate).rpartition("/")[2]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
