"""Columns of a file or frame: which heading is which field of the record."""

import re
from collections.abc import Iterable, Mapping

from classifier.errors import InputError

# Other spellings of each field, the better ones first: of two that a file has, the first is taken.
# Case, spaces, underscores and hyphens do not count. No name serves two fields.
# fmt: off
SYNONYMS: dict[str, tuple[str, ...]] = {
    "title": (
        "job title", "posting title", "position title", "vacancy title", "role title", "position",
        "role", "vacancy", "job name", "job", "headline", "name",
        "stellentitel", "titel", "stelle", "poste", "titre", "puesto",
    ),
    "description": (
        "job description", "full description", "posting description", "role description",
        "description text", "description plain", "description html", "job text", "posting text",
        "full text", "raw text", "text", "body", "content", "job details", "details", "jd",
        "job summary", "summary",
        "stellenbeschreibung", "beschreibung", "descriptif", "descripción",
    ),
    "hiring_organization": (
        "hiring organisation", "company", "company name", "organization", "organisation",
        "organization name", "organisation name", "hiring company", "employer name", "employer",
        "unternehmen", "firma", "arbeitgeber", "entreprise", "société", "employeur", "empresa",
    ),
    "job_location": (
        "location", "locations", "job locations", "location name", "city", "place", "town",
        "office", "offices", "address", "region", "country",
        "ort", "standort", "arbeitsort", "lieu", "ville", "ubicación",
    ),
    "job_location_type": ("location type", "workplace type", "work mode", "work arrangement"),
    "date_posted": (
        "date", "posted", "posted at", "posted on", "posted date", "posting date", "post date",
        "job posted date", "published", "published at", "published on", "date published",
        "publication date", "listed at", "first published", "created", "created at",
        "date created", "updated at",
    ),
    "valid_through": (
        "valid until", "expires", "expires at", "expires on", "expiry date", "expiration date",
        "closing date", "deadline", "application deadline",
    ),
    "employment_type": (
        "job type", "contract type", "employment", "commitment", "work type", "time type",
    ),
    "identifier": (
        "id", "job id", "posting id", "listing id", "vacancy id", "requisition id", "req id",
        "requisition", "row id", "external id", "uuid", "guid", "reference",
    ),
    "url": (
        "link", "job url", "job link", "posting url", "listing url", "page url", "absolute url",
        "web url", "source url", "hosted url", "permalink", "href", "apply url",
    ),
    "base_salary": (
        # Those first that hold JSON if the file has them: it tells more than text.
        "pay input ranges", "salary range", "compensation", "salary", "pay", "base pay",
        "salary text", "pay range", "compensation range", "salary string", "salary summary",
        "compensation summary", "pay text", "compensation text", "remuneration", "wage", "wages",
        "gehalt", "vergütung", "salaire", "rémunération", "salario",
    ),
}
# Columns for the single parts of pay. The names that labelling gives its own columns
# (base_salary_min_value) are not among them: labelling again would read back what it wrote.
PAY_COLUMNS: dict[str, tuple[str, ...]] = {
    "salary_min": (
        "min amount", "min salary", "minimum salary", "salary minimum", "salary from", "pay min",
        "min pay", "compensation min", "compensation minimum", "min",
    ),
    "salary_max": (
        "max amount", "max salary", "maximum salary", "salary maximum", "salary to", "pay max",
        "max pay", "compensation max", "compensation maximum", "max",
    ),
    "salary_currency": (
        "currency", "currency code", "pay currency", "compensation currency",
        "salary currency code",
    ),
    "salary_period": (
        "interval", "salary interval", "salary unit", "pay period", "pay interval", "salary type",
        "compensation frequency", "pay frequency", "unit text", "period",
    ),
}
# fmt: on
# Columns that only training and evaluation read.
TRAINING_FIELDS = (
    "label",
    "title_label",
    "research_share",
    "confidence",
    "sample_weight",
    "dup_group",
    "employer",
)
FIELDS = (*SYNONYMS, *PAY_COLUMNS, *TRAINING_FIELDS)
SHOWN_HEADINGS = 40


def map_headings(headings: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Heading in the file for each record name that the file has, in the order of `FIELDS`.

    What is `given` comes first, then a record's own name in any spelling, then the synonyms in
    the order of `SYNONYMS`. A heading is used once. Training columns have no synonyms and take
    from what is left, so a lone ``employer`` is the hiring organization.

    Parameters
    ----------
    headings : iterable of str
        As they stand in the file.
    given : mapping of str to str, optional
        Record name to heading, as the user wants it.

    Raises
    ------
    InputError
        If `given` names an unknown field or heading, or nothing serves as title or description.

    >>> map_headings(["Job Title", "company", "job_description", "Pay"])
    ... # doctest: +NORMALIZE_WHITESPACE
    {'title': 'Job Title', 'description': 'job_description', 'hiring_organization': 'company',
     'base_salary': 'Pay'}
    >>> map_headings(["text", "notes"], given={"description": "notes"})
    {'description': 'notes'}
    """
    headings = list(headings)
    found = _given_headings(headings, given or {})
    free = {heading: _key(heading) for heading in headings if heading not in found.values()}
    known = SYNONYMS | PAY_COLUMNS
    records = [(field, (field,)) for field in known]
    training = [(field, (field,)) for field in TRAINING_FIELDS]
    for field, names in (*records, *known.items(), *training):
        heading = None if field in found else _first_heading(free, names)
        if heading is not None:
            found[field] = heading
            del free[heading]
    if "title" not in found and "description" not in found:
        raise InputError(
            f"no column for the title or the description among {_shown(headings)}; "
            "say which with --column description=HEADING"
        )
    return {field: found[field] for field in FIELDS if field in found}


def _given_headings(headings: list[str], given: Mapping[str, str]) -> dict[str, str]:
    for field, heading in given.items():
        if field not in FIELDS:
            raise InputError(
                f"unknown field {field!r} for the column {heading!r}: the fields are "
                f"{', '.join(FIELDS)}; the columns are {_shown(headings)}"
            )
        if heading not in headings:
            raise InputError(
                f"no column {heading!r} for the field {field}: the columns are {_shown(headings)}"
            )
    if len(set(given.values())) < len(given):
        pairs = ", ".join(f"{field}={heading}" for field, heading in given.items())
        raise InputError(f"one column is given for two fields: {pairs}; give each its own")
    return dict(given)


def _first_heading(keys: Mapping[str, str], names: Iterable[str]) -> str | None:
    """First heading that is one of the names; the literal spelling goes before others."""
    for name in names:
        if name in keys:
            return name
        for heading, key in keys.items():
            if key == _key(name):
                return heading
    return None


def _key(heading: str) -> str:
    """Letters and digits alone, so that ``Job Title``, ``job_title`` and ``jobTitle`` are one."""
    return re.sub(r"[\W_]+", "", heading.casefold())


def _shown(headings: list[str]) -> str:
    shown = ", ".join(f"{heading!r:.60}" for heading in headings[:SHOWN_HEADINGS])
    more = len(headings) - SHOWN_HEADINGS
    return f"{shown or '(none)'}{f' and {more} more' if more > 0 else ''}"


def free_names(columns: Iterable[str], added: Iterable[str]) -> dict[str, str]:
    """New name, ``input_<name>``, of every column whose name an added column takes.

    >>> free_names(["label", "title", "input_label"], ["label"])
    {'label': 'input_input_label'}
    """
    taken, added = set(columns), set(added)
    renamed = {}
    for name in sorted(taken & added):
        new = f"input_{name}"
        while new in taken:
            new = f"input_{new}"
        taken.add(new)
        renamed[name] = new
    return renamed
