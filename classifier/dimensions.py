"""What bands are split by, besides the label: level, country, remote, employment type, year."""

import re
from typing import NamedTuple

from classifier.arrangements import find_employment_type, is_remote
from classifier.countries import find_countries, region_of
from classifier.levels import Level, find_level
from classifier.posting import JobPosting
from classifier.quick import Look

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Dimensions(NamedTuple):
    """Dimensions of a posting; None and () are not known.

    Attributes
    ----------
    level : Level or None
        Seniority, with the words that it comes from.
    countries : tuple of str
        ISO 3166 codes of the places that the posting names, in order.
    remote : bool or None
        True if the work can be done from elsewhere all the time.
    employment_type : str or None
        ``FULL_TIME``, ``PART_TIME``, ``CONTRACTOR``, ... as in schema.org.
    year : int or None
        In which it was posted.
    """

    level: Level | None
    countries: tuple[str, ...]
    remote: bool | None
    employment_type: str | None
    year: int | None

    @property
    def country(self) -> str:
        """First country, or ""."""
        return self.countries[0] if self.countries else ""

    @property
    def region(self) -> str:
        """Region of the first country, or ""."""
        return region_of(self.country) or ""

    def to_json(self) -> dict[str, object]:
        """Plain values for `json.dumps`, in the spelling of the other results."""
        return {
            "level": self.level and self.level.name,
            "countries": list(self.countries),
            "remote": self.remote,
            "employment_type": self.employment_type,
            "year": self.year,
        }


def find_dimensions(
    posting: JobPosting, text: str, *, employment: bool = True, look: Look | None = None
) -> Dimensions:
    """Dimensions of a posting; `text` is its clean description.

    Without `employment` the employment type is left None: no band is split by it.
    A `look` at the text spares time, and changes nothing.

    >>> posting = JobPosting("", "Senior Engineer", job_location=("Lyon, France",))
    >>> found = find_dimensions(posting, "")
    >>> found.level.name, found.country, found.region, found.year
    ('senior', 'FR', 'Europe', None)
    """
    location = "; ".join(posting.job_location)
    told = (posting.employment_type, posting.title, text)
    return Dimensions(
        level=find_level(posting.title, text, look),
        countries=find_countries(location),
        remote=is_remote(posting.job_location_type, location, posting.title, text, look),
        employment_type=find_employment_type(*told) if employment else None,
        year=find_year(posting.date_posted),
    )


def find_year(date: str) -> int | None:
    """Year of a date in any notation that writes it with four digits; None if there is none.

    >>> find_year("2024-06-30"), find_year("30 June 2024"), find_year("3 days ago")
    (2024, 2024, None)
    """
    match = _YEAR.search(date[:100])
    return int(match[0]) if match else None
