"""A schema.org JobPosting, as pages and feeds write it -> JobPosting."""

import json
from collections.abc import Iterable, Mapping

from classifier.clean import clean_title
from classifier.dates import parse_date
from classifier.posting import JobPosting

PAY = ("baseSalary", "salaryCurrency")  # estimatedSalary is somebody's guess
# What a description can be divided into; some sites leave the description itself short.
PARTS = (
    "responsibilities",
    "qualifications",
    "skills",
    "experienceRequirements",
    "educationRequirements",
)
# What some career sites put where the state goes.
CONTINENTS = {"europe", "emea", "apac", "asia", "africa", "americas", "north america", "oceania"}
DEEPEST = 5  # objects in each other that a name is looked for in


def read_schema_org(fields: Mapping[str, object], url: str = "") -> JobPosting:
    """JobPosting of a schema.org object; what it lacks, or has in another form, is empty.

    Places are lines of city, region and country. Where several places have one address, their
    names tell them apart. Pay is `salary_text`: JSON as it stands.

    Parameters
    ----------
    fields : mapping
        Keys of schema.org; values as JSON-LD has them.
    url : str
        Of the page, if the object does not name one.

    Examples
    --------
    >>> place = {"address": {"addressLocality": "Lyon", "addressCountry": {"name": "France"}}}
    >>> posting = read_schema_org(
    ...     {"title": "Data&nbsp;Engineer", "jobLocation": [place], "baseSalary": 100}
    ... )
    >>> posting.title, posting.job_location, posting.salary_text
    ('Data Engineer', ('Lyon, France',), '{"baseSalary": 100}')
    """
    pay = {key: fields[key] for key in PAY if fields.get(key)}
    return JobPosting(
        description=_description(fields),
        title=clean_title(_text(fields.get("title")) or _text(fields.get("name"))),
        hiring_organization=clean_title(_text(fields.get("hiringOrganization"))),
        job_location=read_places(fields.get("jobLocation")),
        job_location_type=_text(fields.get("jobLocationType")).strip(),
        date_posted=parse_date(fields.get("datePosted")),
        valid_through=parse_date(fields.get("validThrough")),
        employment_type=", ".join(_texts(fields.get("employmentType"))),
        identifier=_identifier(fields.get("identifier")),
        url=_text(fields.get("url")).strip() or url,
        salary_text=json.dumps(pay, ensure_ascii=False) if "baseSalary" in pay else "",
    )


def read_places(value: object) -> tuple[str, ...]:
    """Places of a `jobLocation`, each once, in order.

    >>> read_places([{"@type": "Place", "address": "Oslo"}, {"name": "Riga"}, "Oslo"])
    ('Oslo', 'Riga')
    """
    items = _items(value)
    lines = [_line(item) for item in items]
    names = [clean_title(_text(item)) for item in items if isinstance(item, Mapping)]
    # An employer that writes its seat into every place tells them apart by name.
    if len(items) > 1 and len(set(lines)) == 1 and len(set(names)) > 1:
        lines = names
    return tuple(dict.fromkeys(filter(None, lines)))


def join_places(parts: Iterable[object]) -> str:
    """Line of city, region and country; what is empty, or repeats what stands before, is left out.

    >>> join_places(["Berlin", "Berlin", None, "-", "Germany "])
    'Berlin, Germany'
    """
    texts = (clean_title(part) for part in parts if isinstance(part, str))
    return ", ".join(dict.fromkeys(text for text in texts if text.strip("-– ")))


def _line(value: object) -> str:
    """City, region and country of a Place, in a line; of an address in words, these."""
    if isinstance(value, Mapping) and not any(key.startswith("address") for key in value):
        return clean_title(_text(value))
    address = value.get("address", value) if isinstance(value, Mapping) else value
    if isinstance(address, list):
        address = address[0] if address else ""
    if not isinstance(address, Mapping):
        return clean_title(_text(address))
    parts = [_text(address.get(f"address{part}")) for part in ("Locality", "Region", "Country")]
    if parts[1].strip().casefold() in CONTINENTS:
        parts[1] = ""
    return join_places(parts) or clean_title(_text(value))


def _description(fields: Mapping[str, object]) -> str:
    whole = "\n".join(_texts(fields.get("description")))
    added = ["\n".join(_texts(fields.get(name))) for name in PARTS]
    return "\n\n".join([whole, *(text for text in added if text and text not in whole)]).strip()


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: object) -> list[str]:
    return [text for item in _items(value) if (text := _text(item).strip())]


def _text(value: object, depth: int = 0) -> str:
    """Text, or the name of an object; "" for another value. Of a list the first counts."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping) and depth < DEEPEST:
        return _text(value.get("name", value.get("@value")), depth + 1)
    return value if isinstance(value, str) else ""


def _identifier(value: object) -> str:
    """Value of a PropertyValue, or the text or whole number itself."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("value", value.get("@id"))
    return str(value).strip() if isinstance(value, str | int) and value is not True else ""
