"""A posting with where it came from: what tells it from others, and how two readings become one."""

import json
from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pyarrow as pa

from classifier.clean import clean_text
from classifier.files import SCHEMA as POSTING_SCHEMA
from classifier.files import WRITTEN_AT_ONCE, TableWriter, posting_cells
from classifier.places import dollar_currency
from classifier.posting import JobPosting
from classifier.sources.wire import Listing
from classifier.structured_pay import parse_pay_field

# Sources whose identifiers are the site's own, and tell nothing beyond it.
BY_ADDRESS = ("pages", "warc", "nquads")
# Not "ref" and "source": with some sites they are the number of the posting.
TRACKING = ("gclid", "fbclid", "gh_src", "lever-source")

SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("site", pa.string()),
        *POSTING_SCHEMA,
        ("several_roles", pa.bool_()),
    ]
)


class Collected(NamedTuple):
    """A posting, its source (greenhouse) and the source's site (an employer, or a host).

    Attributes
    ----------
    several_roles : bool
        One text that offers more than one role, and was not divided.
    """

    source: str
    site: str
    posting: JobPosting
    several_roles: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is known by: source, site, and the identifier or canonical address."""
        posting = self.posting
        address = canonical_url(posting.url)
        if self.source in BY_ADDRESS and address:
            return self.source, self.site, address
        return self.source, self.site, posting.identifier or address


def collect_listing(source: str, site: str, listing: Listing) -> Collected:
    """Posting of a source with its pay read, if a field states it.

    >>> listing = Listing(JobPosting("Bake.", "Baker", salary_text="€2,100 a month"))
    >>> collect_listing("lever", "acme", listing).posting.base_salary.max_value
    Decimal('2100')
    """
    posting = listing.posting
    if posting.salary_text:
        text = clean_text(posting.description) if "$" in posting.salary_text else ""
        dollar = dollar_currency("; ".join(posting.job_location), text)
        pay = parse_pay_field(posting.salary_text, default_dollar=dollar)
        posting = replace(posting, base_salary=pay)
    if not site and source in BY_ADDRESS:
        site = urlsplit(canonical_url(posting.url)).netloc
    return Collected(source, site or posting.hiring_organization, posting, listing.several_roles)


def merge(first: Collected, second: Collected) -> Collected:
    """One posting of two readings of it: that with the longer text, what it lacks from the other.

    >>> short = Collected("workday", "acme", JobPosting("", "Baker", date_posted="2026-01-02"))
    >>> long = Collected("workday", "acme", JobPosting("Bake bread.", "Baker"))
    >>> merge(short, long).posting.date_posted
    '2026-01-02'
    """
    if len(first.posting.description) > len(second.posting.description):
        first, second = second, first
    lacking = {
        f.name: getattr(first.posting, f.name)
        for f in fields(JobPosting)
        if not getattr(second.posting, f.name)
    }
    places = dict.fromkeys(first.posting.job_location + second.posting.job_location)
    posting = replace(second.posting, **lacking)
    return second._replace(posting=replace(posting, job_location=tuple(places)))


def canonical_url(url: str) -> str:
    """Address without what does not change the page: fragment, tracking, case of the host.

    >>> canonical_url("HTTPS://Jobs.Example.org:443/a/?utm_source=x&id=7#apply")
    'https://jobs.example.org/a/?id=7'
    >>> canonical_url("no address")
    ''
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return ""
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    netloc = host if port in (None, default) else f"{host}:{port}"
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(pair[0])]
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", urlencode(kept), ""))


def _tracks(name: str) -> bool:
    return name.lower().startswith("utm_") or name.lower() in TRACKING


# --- Files ---


def write_collected(path: str, collected: Iterable[Collected], *, suffix: str | None = None) -> int:
    """Write postings with their sources, whole or not at all; gives how many there were.

    The errors are those of `classifier.files.TableWriter`.
    """
    rows, n_rows = iter(collected), 0
    with TableWriter(path, SCHEMA, suffix=suffix) as writer:
        while chunk := list(islice(rows, WRITTEN_AT_ONCE)):
            n_rows += len(chunk)
            writer.write(as_table(chunk))
    return n_rows


def as_table(chunk: Iterable[Collected]) -> pa.Table:
    """Postings as a table of `SCHEMA`."""
    rows = [(c.source, c.site, *posting_cells(c.posting), c.several_roles) for c in chunk]
    columns = zip(*rows, strict=True) if rows else [()] * len(SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    return pa.table(arrays, schema=SCHEMA)


def known_json(posting: JobPosting | None) -> str:
    """What a list told of a posting, as JSON; "" for nothing."""
    if posting is None:
        return ""
    stated = {f.name: getattr(posting, f.name) for f in fields(JobPosting)}
    return json.dumps({name: value for name, value in stated.items() if value}, ensure_ascii=False)
