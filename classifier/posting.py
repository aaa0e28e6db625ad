"""The record: a posting and its pay, and their schema.org spelling."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from classifier.errors import InputError

UNITS = ("HOUR", "DAY", "WEEK", "MONTH", "YEAR")
KINDS = ("base", "total", "on-target")  # pay alone; with bonus and equity; if targets are met
MOST_DIGITS = 18  # of an amount of pay
MONTHS = range(12, 19)  # monthly pays that a year can have


@dataclass(frozen=True, slots=True)
class BaseSalary:
    """Pay stated in a posting.

    Attributes
    ----------
    min_value, max_value : Decimal or None
        Bounds per `unit_text`. One figure is both bounds; None is a bound that is not stated.
    currency : str or None
        ISO 4217. None if the text does not tell.
    unit_text : str or None
        HOUR, DAY, WEEK, MONTH or YEAR. None if the text does not tell.
    text : str or None
        The words it was read from.
    span : tuple of int or None
        Where `text` stands in the description, half-open. None if it came from another field.
    rule : str or None
        The pattern or the field that it came from.
    kind : str or None
        One of `KINDS`. None if the text does not tell; most often it is base pay then.
    alternatives : tuple of BaseSalary
        Pay of the single levels or places, if the bounds are the envelope of several.
    months : int or None
        Monthly pays in a year where the text counts them ("x 13"); None is twelve.
    """

    min_value: Decimal | None
    max_value: Decimal | None
    currency: str | None
    unit_text: str | None
    text: str | None = None
    span: tuple[int, int] | None = None
    rule: str | None = None
    kind: str | None = None
    alternatives: "tuple[BaseSalary, ...]" = ()
    months: int | None = None


@dataclass(frozen=True, slots=True)
class JobPosting:
    """One advertised job, with the names of schema.org; what is not known is empty.

    Attributes
    ----------
    description : str
        Text or HTML, as found.
    job_location : tuple of str
        Every place that the posting names.
    job_location_type : str
        ``TELECOMMUTE`` if remote.
    date_posted, valid_through : str
        ISO 8601.
    base_salary : BaseSalary or None
        Pay that was read already; None is unknown, not unpaid.
    salary_text : str
        What a field for pay holds, as found. (Not a schema.org name.)
    """

    description: str
    title: str = ""
    hiring_organization: str = ""
    job_location: tuple[str, ...] = ()
    job_location_type: str = ""
    date_posted: str = ""
    valid_through: str = ""
    employment_type: str = ""
    identifier: str = ""
    url: str = ""
    base_salary: BaseSalary | None = None
    salary_text: str = ""


# --- The schema.org spelling ---


def to_json(record: JobPosting | BaseSalary) -> dict[str, object]:
    """Every field under its schema.org name, as values that `json.dumps` takes.

    Decimals become plain numbers, tuples lists, None stays.

    >>> to_json(BaseSalary(Decimal("65.50"), None, "USD", "HOUR", span=(3, 9)))
    ... # doctest: +NORMALIZE_WHITESPACE
    {'minValue': 65.5, 'maxValue': None, 'currency': 'USD', 'unitText': 'HOUR',
     'text': None, 'span': [3, 9], 'rule': None, 'kind': None, 'alternatives': [],
     'months': None}
    """
    return {schema_name(f.name): _json_value(getattr(record, f.name)) for f in fields(record)}


def schema_name(name: str) -> str:
    """Name of a field in schema.org's spelling.

    >>> schema_name("job_location_type")
    'jobLocationType'
    """
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def _json_value(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, BaseSalary):
        return to_json(value)
    return [_json_value(one) for one in value] if isinstance(value, tuple) else value


def from_json(mapping: Mapping[str, object]) -> JobPosting:
    """JobPosting from what `to_json` gives; other keys are left aside, a missing one is empty.

    Raises
    ------
    InputError
        If a value has the wrong type. The message names the field.

    >>> from_json({"@type": "JobPosting", "description": "Train models.", "jobLocation": "Oslo"})
    ... # doctest: +ELLIPSIS
    JobPosting(description='Train models.', title='', ..., job_location=('Oslo',), ...)
    """
    values: dict[str, Any] = {"description": ""}
    for field in fields(JobPosting):
        value = mapping.get(schema_name(field.name))
        if value is None:
            continue
        if field.name == "base_salary":
            if not isinstance(value, Mapping):
                raise _wrong_type(field.name, "an object", value)
            values[field.name] = base_salary_from_json(value)
        elif field.name == "job_location":
            values[field.name] = _places(value)
        else:
            values[field.name] = _text(field.name, value)
    return JobPosting(**values)


def base_salary_from_json(mapping: Mapping[str, object]) -> BaseSalary:
    """BaseSalary from what `to_json` gives; other keys are left aside, a missing one is None.

    Raises
    ------
    InputError
        If a bound is no number, the unit is not one of `UNITS`, the kind not one of `KINDS`, or
        a value has the wrong type.

    >>> base_salary_from_json({"minValue": 0.1, "maxValue": "2", "unitText": "HOUR"}).min_value
    Decimal('0.1')
    """
    unit = _text_or_none("unit_text", mapping)
    if unit is not None and unit not in UNITS:
        raise InputError(f"unitText: expected one of {', '.join(UNITS)}, got {unit!r}")
    kind = _text_or_none("kind", mapping)
    if kind is not None and kind not in KINDS:
        raise InputError(f"kind: expected one of {', '.join(KINDS)}, got {kind!r}")
    return BaseSalary(
        _decimal("min_value", mapping),
        _decimal("max_value", mapping),
        _text_or_none("currency", mapping),
        unit,
        _text_or_none("text", mapping),
        _span(mapping.get("span")),
        _text_or_none("rule", mapping),
        kind,
        _alternatives(mapping.get("alternatives")),
        _months(mapping.get("months")),
    )


def _alternatives(value: object) -> tuple[BaseSalary, ...]:
    if value is None:
        return ()
    # One level deep: an alternative has none of its own.
    if not isinstance(value, list | tuple) or not all(isinstance(v, Mapping) for v in value):
        raise _wrong_type("alternatives", "a list of objects", value)
    return tuple(base_salary_from_json({**one, "alternatives": None}) for one in value)


def _months(value: object) -> int | None:
    if value is None or (type(value) is int and value in MONTHS):  # True is no number of months
        return value
    raise _wrong_type("months", f"{MONTHS[0]} to {MONTHS[-1]}", value)


def _wrong_type(name: str, expected: str, value: object) -> InputError:
    return InputError(f"{schema_name(name)}: expected {expected}, got {value!r:.60}")


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong_type(name, "text", value)
    return value


def _text_or_none(name: str, mapping: Mapping[str, object]) -> str | None:
    value = mapping.get(schema_name(name))
    return None if value is None else _text(name, value)


def _places(value: object) -> tuple[str, ...]:
    places = value if isinstance(value, list | tuple) else [value]
    return tuple(_text("job_location", place) for place in places)


def _span(value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    match value:
        case [int() as start, int() as end]:
            return start, end
    raise _wrong_type("span", "two whole numbers", value)


def _decimal(name: str, mapping: Mapping[str, object]) -> Decimal | None:
    value = mapping.get(schema_name(name))
    if value is None:
        return None
    try:
        # Through str: Decimal(0.1) would show the float's 55 digits.
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    # The size is bounded because `to_json` writes a whole number with all its digits.
    if not number.is_finite() or number.adjusted() > MOST_DIGITS:
        raise _wrong_type(name, "a number", value)
    return number
