"""What to collect: sites by name, by address, or from a file of sources."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from classifier.errors import InputError
from classifier.sources import SOURCES, find_site

BY_URL = ("pages", "rss", "listing")  # sources whose sites are addresses
SETTINGS = ("contact", "delay", "timeout", "retry_wait")


class Site(NamedTuple):
    """What to collect: a source, and the name or the address of a site of it."""

    source: str
    name: str

    def __str__(self) -> str:
        return self.name if self.source in BY_URL else f"{self.source}:{self.name}"


@dataclass
class Plan:
    """Sites, and how to behave.

    Attributes
    ----------
    settings : dict
        Values of `SETTINGS`, and ``mirrors``, as far as they are given.
    """

    sites: list[Site]
    settings: dict[str, Any] = field(default_factory=dict)


def read_plan(what: Iterable[str]) -> Plan:
    """Plan of arguments: files of sources, ``source:site``, and addresses of sites and pages.

    Raises
    ------
    InputError
        If a source is unknown, or a file is no file of sources. The message says what there is.

    >>> read_plan(["lever:acme", "https://example.org/jobs/7"]).sites
    [Site(source='lever', name='acme'), Site(source='pages', name='https://example.org/jobs/7')]
    """
    plan = Plan([])
    for one in what:
        if one.endswith(".toml"):
            read = read_sources(Path(one))
            plan.sites += read.sites
            plan.settings |= read.settings
        else:
            plan.sites.append(_site(one))
    plan.sites = list(dict.fromkeys(plan.sites))
    return plan


def _site(text: str) -> Site:
    if text.startswith(("http://", "https://")):
        return Site(*(find_site(text) or ("pages", text)))
    source, colon, name = text.partition(":")
    if colon and name:
        return Site(_known(source, text), name)
    raise InputError(
        f"{text!r} is nothing to collect: give source:site, an address, or a .toml file"
    )


def _known(source: str, where: str) -> str:
    if source in SOURCES:
        return source
    raise InputError(f"{where}: there is no source {source!r}; there are {', '.join(SOURCES)}")


def read_sources(path: Path) -> Plan:
    """Plan of a file: a list of sites for each source, and a table ``[collect]``.

    Raises
    ------
    InputError
        If it cannot be read, is no TOML, or has a key or a value that is not known.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no TOML: {error}") from error
    settings = _settings(values.pop("collect", {}), path)
    sites = []
    for source, names in values.items():
        _known(source, str(path))
        if not isinstance(names, list) or not all(isinstance(n, str) and n for n in names):
            raise InputError(f"{path}: {source} has to be a list of names, not {names!r:.60}")
        sites += [Site(source, name) for name in names]
    return Plan(sites, settings)


def _settings(table: object, path: Path) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise InputError(f"{path}: [collect] has to be a table, not {table!r:.60}")
    for name, value in table.items():
        kinds = {"contact": str, "mirrors": dict}.get(name, int | float)
        if name not in (*SETTINGS, "mirrors"):
            known = ", ".join((*SETTINGS, "mirrors"))
            raise InputError(f"{path}: [collect] has no setting {name!r}; there are {known}")
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise InputError(f"{path}: {name} cannot be {value!r:.60}")
        if isinstance(value, int | float) and not 0 <= value <= 3600:
            raise InputError(f"{path}: {name} has to be from 0 to 3600 seconds, not {value!r}")
    return dict(table)
