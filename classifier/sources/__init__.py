"""Where postings are published: one module for each source, in the order in which they are tried.

To add one, write a module beside these and name it in `SOURCES` (docs/sources.md).
"""

import re

from classifier.sources import (
    ashby,
    bamboohr,
    breezy,
    greenhouse,
    himalayas,
    hn,
    lever,
    listing,
    pages,
    personio,
    recruitee,
    remoteok,
    rss,
    smartrecruiters,
    teamtailor,
    weworkremotely,
    workable,
    workday,
)
from classifier.sources.wire import Source

__all__ = ["SOURCES", "find_site"]

# JSON first, then XML, then text; the last of each are the widest.
SOURCES: dict[str, Source] = {
    module.SOURCE.name: module.SOURCE
    for module in (
        greenhouse,
        lever,
        ashby,
        workable,
        smartrecruiters,
        recruitee,
        teamtailor,
        workday,
        bamboohr,
        breezy,
        remoteok,
        himalayas,
        hn,
        personio,
        weworkremotely,
        rss,
        pages,
        listing,
    )
}


def find_site(url: str) -> tuple[str, str] | None:
    """Source and site that an address is of; None for any other address.

    >>> find_site("https://job-boards.greenhouse.io/acme/")
    ('greenhouse', 'acme')
    >>> find_site("https://acme.wd5.myworkdayjobs.com/en-US/Careers")
    ('workday', 'acme.wd5/Careers')
    >>> find_site("https://job-boards.greenhouse.io/acme/jobs/7") is None
    True
    """
    place = re.sub(r"\Ahttps?://(?:www\.)?|/*(?:[?#].*)?\Z", "", url)
    for source in SOURCES.values():
        match = re.fullmatch(source.address, place) if source.address else None
        if match:
            return source.name, "".join(filter(None, match.groups()))
    return None
