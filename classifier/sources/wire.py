"""What goes between a source and whoever fetches for it: requests, pages, and what a page gives.

A source knows no network. It says what to ask for first, and makes of each page postings and
further requests.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from classifier.lines import Reject
from classifier.posting import JobPosting

MOST_SHOWN = 200  # characters of what cannot be used, in a message


class ShapeError(ValueError):
    """A page is not what its source's parser reads: the source has changed, or it is an error page.

    Whoever fetches counts the source as not answered, and goes on with the others.
    """


class Listing(NamedTuple):
    """One posting as its source gave it.

    Attributes
    ----------
    posting : JobPosting
        With an identifier or a url: together with the source that is what it is known by.
    several_roles : bool
        One text that offers more than one role, and was not divided.
    """

    posting: JobPosting
    several_roles: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What to fetch.

    Attributes
    ----------
    url : str
        http or https.
    body : str
        JSON to POST; "" is a GET.
    known : JobPosting or None
        What a list told of the posting whose detail this is.
    """

    url: str
    body: str = ""
    known: JobPosting | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One raw document, and what was asked for it.

    Attributes
    ----------
    content : bytes
        As it came, unpacked.
    request : Request
        Its url is that of the page; "" for a file.
    encoding : str
        As the server said; "" for no word of it.
    fetched : date or None
        The day it came; None if that is not known.
    """

    content: bytes
    request: Request = Request("")
    encoding: str = ""
    fetched: date | None = None

    @property
    def url(self) -> str:
        """Address that was asked for."""
        return self.request.url


@dataclass(slots=True)
class Found:
    """What a page gives.

    Attributes
    ----------
    listings : list of Listing
    requests : list of Request
        What to fetch next: further pages, and details.
    rejects : list of Reject
        Items that cannot be used.
    total : int or None
        How many postings the source says that it has.
    partial : str
        Why the source does not show all that it has; "" if it does.
    """

    listings: list[Listing] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    total: int | None = None
    partial: str = ""


class Source(NamedTuple):
    """A place where postings are published.

    Attributes
    ----------
    name : str
        As in ``sources.toml``: greenhouse, lever.
    start : callable
        Requests to begin with, from the name of an employer's site, or from a URL.
    parse : callable
        What a page gives. Raises ShapeError for a page that is not of this source.
    is_mine : callable
        Whether a document is of this source: a value of JSON, an element of XML, or text.
    address : str
        Pattern of the address that people see, without https:// and a slash at its end; its
        groups, joined, are the site's name. "" for none.
    """

    name: str
    start: Callable[[str], list[Request]]
    parse: Callable[[Page], Found]
    is_mine: Callable[[Any], bool]
    address: str = ""


def read_each(items: Iterable[object], read: Callable[[Any], Listing | JobPosting | None]) -> Found:
    """Listing of each item of a payload; what has no title, or is no object, is a reject.

    Parameters
    ----------
    items : iterable
        In the order of the payload.
    read : callable
        Listing or posting of an item; None for one that is not to be shown (a draft).

    Raises
    ------
    ShapeError
        If there are items, and none of them can be read: the source has changed its shape.
    """
    found = Found()
    n_items = 0
    for number, item in enumerate(items, 1):
        try:
            one = read(item)
        except (TypeError, ValueError, AttributeError, KeyError, OverflowError):
            one = JobPosting("")
        if one is None:
            continue
        n_items += 1
        listing = one if isinstance(one, Listing) else Listing(one)
        if reason := why_not(listing.posting):
            found.rejects.append(Reject(number, reason, shown(item)))
        else:
            found.listings.append(listing)
    if found.rejects and len(found.rejects) == n_items:
        first = found.rejects[0]
        raise ShapeError(f"none of {n_items} items can be read: {first.reason}")
    return found


def why_not(posting: JobPosting) -> str:
    """Reason why a posting cannot be used; "" if it can.

    >>> why_not(JobPosting("Bake bread.", identifier="1"))
    'no title'
    >>> why_not(JobPosting("", "Baker"))
    'no identifier and no url'
    """
    if not posting.title:
        return "no title"
    return "" if posting.identifier or posting.url else "no identifier and no url"


def shown(item: object) -> str:
    """Beginning of an item of a payload, as JSON."""
    return json.dumps(item, ensure_ascii=False, default=str)[:MOST_SHOWN]
