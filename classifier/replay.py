"""Saved pages and payloads to postings, offline: the same parsers, chosen by what a file holds."""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from classifier.collected import Collected, collect_listing, merge
from classifier.errors import InputError
from classifier.lines import Reject
from classifier.posting import JobPosting
from classifier.sources import SOURCES
from classifier.sources.nquads import read_nquads
from classifier.sources.payload import read_json, read_text, read_xml
from classifier.sources.warc import read_warc
from classifier.sources.wire import Found, Page, Request, ShapeError

LARGEST = 256 * 2**20  # bytes of a file that is read whole
ARCHIVES = (".warc", ".warc.gz", ".nq", ".nq.gz")
MOST_REJECTS = 1000  # of an archive that are written out; all are counted
INDEX = "index.jsonl"  # of what `--save-raw` keeps
JSON_FIRST, XML_FIRST = ("{", "["), ("<?xml", "<rss", "<feed", "<workzag", "<rdf:RDF")


class FileReport(NamedTuple):
    """What came of one file.

    Attributes
    ----------
    source : str
        Whose parser read it; "" for none.
    problem : str
        Why it gave nothing, or not all; "" if nothing is wrong.
    """

    file: str
    source: str
    n_postings: int
    n_rejects: int
    problem: str


@dataclass
class Replay:
    """A run over saved files: iterate to get its postings; the reports are filled on the way.

    Postings that several files hold are given once: those of whole files with what all of them
    tell, those of archives as they first come.
    """

    paths: Sequence[str]
    files: list[FileReport] = field(default_factory=list)
    rejects: list[tuple[str, Reject]] = field(default_factory=list)

    def __iter__(self) -> Iterator[Collected]:
        found = list(_find_files(self.paths))
        merged: dict[tuple[str, str, str], Collected] = {}
        for one in found:
            if not one.path.name.endswith(ARCHIVES):
                for collected in self._read(one):
                    known = merged.get(collected.key)
                    merged[collected.key] = merge(known, collected) if known else collected
        yield from merged.values()
        seen = {hash(key) for key in merged}
        for one in found:
            if one.path.name.endswith(ARCHIVES):
                yield from self._stream(one, seen)

    def _read(self, saved: "_Saved") -> Iterator[Collected]:
        try:
            source, found = read_page(saved.page(), saved.hint)
        except (ShapeError, InputError) as error:
            self.files.append(FileReport(saved.name, "", 0, 0, str(error)))
            return
        problem = "" if found.listings or found.requests else "no posting in it"
        self._report(saved.name, source, len(found.listings), found.rejects, problem)
        for listing in found.listings:
            yield collect_listing(source, saved.site, listing)

    def _stream(self, saved: "_Saved", seen: set[int]) -> Iterator[Collected]:
        """Postings of an archive, in memory for a hash of each."""
        kind = "nquads" if ".nq" in saved.path.name else "warc"
        rejects: list[Reject] = []
        n_postings, n_rejects, problem = 0, 0, ""
        try:
            with _open(saved.path) as stream:
                for found in _pages(stream, kind):
                    n_rejects += len(found.rejects)
                    rejects += found.rejects[: MOST_REJECTS - len(rejects)]
                    for listing in found.listings:
                        collected = collect_listing(kind, "", listing)
                        if (number := hash(collected.key)) not in seen:
                            seen.add(number)
                            n_postings += 1
                            yield collected
        except (OSError, EOFError, zlib.error) as error:
            problem = f"cannot be read to its end: {error}"
        problem = problem or ("" if n_postings else "no posting in it")
        self._report(saved.name, kind, n_postings, rejects, problem, n_rejects)

    def _report(
        self,
        name: str,
        source: str,
        n_postings: int,
        rejects: list[Reject],
        problem: str,
        n_rejects: int | None = None,
    ) -> None:
        self.rejects += [(name, reject) for reject in rejects]
        n_rejects = len(rejects) if n_rejects is None else n_rejects
        self.files.append(FileReport(name, source, n_postings, n_rejects, problem))


def read_page(page: Page, hint: str = "") -> tuple[str, Found]:
    """Source that a page is of, and what it gives; "" for a page without a posting.

    Parameters
    ----------
    page : Page
        A page or a payload.
    hint : str
        Name of a source to try first.

    Raises
    ------
    ShapeError
        If it is JSON or XML of no source that is known.

    >>> name, found = read_page(Page(b'{"offers": []}'))
    >>> name, found.listings
    ('recruitee', [])
    """
    if not page.content.strip():
        raise ShapeError("it is empty")
    found = _try(hint, page)
    if found.listings or found.requests:
        return hint, found
    text = read_text(page).lstrip()
    if text.startswith(JSON_FIRST):
        return _by_value(page, read_json(page), "JSON")
    if text.startswith(XML_FIRST) and "<urlset" not in text[:4096] and "<html" not in text[:4096]:
        return _by_value(page, read_xml(page), "XML")
    pages = found if hint == "pages" else SOURCES["pages"].parse(page)
    if pages.listings or pages.rejects or pages.requests:
        return "pages", pages
    listing = SOURCES["listing"].parse(page)
    return ("listing" if listing.listings else ""), listing


def _try(hint: str, page: Page) -> Found:
    """What the parser of a source finds, or nothing."""
    if hint not in SOURCES:
        return Found()
    try:
        return SOURCES[hint].parse(page)
    except ShapeError:
        return Found()


def _by_value(page: Page, value: Any, kind: str) -> tuple[str, Found]:  # noqa: ANN401 - JSON or XML
    for source in SOURCES.values():
        if source.is_mine(value):
            return source.name, source.parse(page)
    shown = " ".join(read_text(page)[:80].split())
    raise ShapeError(f"{kind} of no source that is known: {shown!r}")


def _pages(stream: BinaryIO, kind: str) -> Iterator[Found]:
    if kind == "nquads":
        yield from read_nquads(line.decode("utf-8", "replace") for line in stream)
    else:
        for page in read_warc(stream):
            yield SOURCES["pages"].parse(page)


# --- Files of a run ---


class _Saved(NamedTuple):
    path: Path
    name: str
    hint: str
    about: Mapping[str, Any]

    @property
    def site(self) -> str:
        return str(self.about.get("site", ""))

    def page(self) -> Page:
        """Page of the file, with what the index says of it.

        Raises
        ------
        InputError
            If it cannot be read, or is too large.
        """
        try:
            if self.path.stat().st_size > LARGEST:
                raise InputError(f"over {LARGEST} bytes")
            content = self.path.read_bytes()
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or error}") from error
        return Page(content, *_asked(self.about))


def _asked(about: Mapping[str, Any]) -> tuple[Request, str, date | None]:
    known = about.get("known")
    posting = JobPosting(**{"description": "", **_tuples(known)}) if known else None
    request = Request(str(about.get("url", "")), str(about.get("body", "")), posting)
    fetched = about.get("fetched")
    return request, str(about.get("encoding", "")), date.fromisoformat(fetched) if fetched else None


def _tuples(known: Mapping[str, Any]) -> dict[str, Any]:
    places = known.get("job_location", ())
    return {**{k: v for k, v in known.items() if isinstance(v, str)}, "job_location": tuple(places)}


def _find_files(paths: Iterable[str]) -> Iterator[_Saved]:
    """Files of the folders and files that are given, in the order of their names.

    Raises
    ------
    InputError
        If a path is not there.
    """
    for given in paths:
        root = Path(given)
        if root.is_file():
            yield _Saved(root, given, root.parent.name, {})
        elif root.is_dir():
            index = _read_index(root)
            for path in sorted(root.rglob("*")):
                name = path.relative_to(root).as_posix()
                # A link could lead out of the folder.
                if path.is_file() and not path.is_symlink() and not _is_ours(path):
                    about = index.get(name, {})
                    hint = str(about.get("source", "")) or path.parent.name
                    yield _Saved(path, name, hint, about)
        else:
            raise InputError(f"there is no file or folder {given}; name one that holds saved pages")


def _is_ours(path: Path) -> bool:
    return path.name == INDEX or path.name.startswith(".")


def _read_index(root: Path) -> dict[str, Mapping[str, Any]]:
    path = root / INDEX
    if not path.is_file():
        return {}
    entries: dict[str, Mapping[str, Any]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            entries[entry["file"]] = entry
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{path}, line {number} is no entry of an index; remove it") from None
    return entries


@contextmanager
def _open(path: Path) -> Iterator[BinaryIO]:
    # Archives of many packed members are unpacked by who reads them; N-Quads here.
    packed = path.name.endswith(".nq.gz")
    with gzip.open(path) if packed else path.open("rb") as stream:
        yield cast("BinaryIO", stream)
