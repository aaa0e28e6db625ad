"""Where postings are published: one module for each source, in the order in which they are tried.

To add one, write a module beside these and name it in `SOURCES` (docs/sources.md).
"""

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
