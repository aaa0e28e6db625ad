"""The skill vocabulary: its roles and skills, where a text names them, and its file."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Generic, NamedTuple, Self, TypeVar

from classifier.errors import InputError
from classifier.skills import Alias, Hit, Skill, named, spellings
from classifier.terms import cut_tokens, find_tokens, tokenize

SHIPPED = Path(__file__).with_name("vocabulary.toml")
FACETS = ("responsibility", "skill", "education", "tool", "industry")
ORIGINS = ("article", "extension")

T = TypeVar("T")
Record = TypeVar("Record", "Role", "Skill")


@dataclass(frozen=True)
class Role:
    """A label and the phrases that name it: in a title, and to take out of a masked text."""

    name: str
    titles: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()


class SkillMatch(NamedTuple):
    """A skill named in a text: its canonical name, and the place ``text[start:end]``."""

    skill: str
    facet: str
    start: int
    end: int


class _Phrases(Generic[T]):
    """Values by phrase, made of (owner, phrase, value); the owner is named in messages."""

    def __init__(self, entries: Iterable[tuple[str, str, T]]) -> None:
        self.values: dict[str, T] = {}
        self._longest: dict[str, int] = {}  # number of tokens, by first token
        owners: dict[str, str] = {}
        for owner, phrase, value in entries:
            tokens = tokenize(phrase)
            key = " ".join(tokens)
            if not tokens:
                raise InputError(f"{owner}: the phrase {phrase!r} has no word; remove it")
            if key in owners:
                raise InputError(f"{owner}: {phrase!r} belongs to {owners[key]} too; keep one")
            owners[key] = owner
            self.values[key] = value
            self._longest[tokens[0]] = max(len(tokens), self._longest.get(tokens[0], 0))

    def starting(self, words: Sequence[str], i: int) -> Iterator[tuple[T, int]]:
        """Value and end of each phrase that starts at ``words[i]``, the longest first."""
        for stop in range(min(i + self._longest.get(words[i], 0), len(words)), i, -1):
            value = self.values.get(" ".join(words[i:stop]))
            if value is not None:
                yield value, stop

    def find(
        self, words: Sequence[str], fits: Callable[[T, int, int], bool] = lambda *_: True
    ) -> Iterator[tuple[T, int, int]]:
        """Value, start and end of the longest phrase that fits, from left to right."""
        end = 0
        for i, word in enumerate(words):
            if i < end or word not in self._longest:
                continue
            for value, stop in self.starting(words, i):
                if fits(value, i, stop):
                    yield value, i, stop
                    end = stop
                    break


@dataclass(frozen=True)
class Vocabulary:
    """Skills and roles, with their look-up tables made once.

    Raises
    ------
    InputError
        A facet, origin or role is unknown, a phrase has no word, or a phrase is there twice.
    """

    skills: tuple[Skill, ...]
    roles: tuple[Role, ...]
    _aliases: _Phrases[Alias] = field(init=False, repr=False, compare=False)
    _totals: dict[str, list[str]] = field(init=False, repr=False, compare=False)
    _titles: _Phrases[int] = field(init=False, repr=False, compare=False)
    _masks: _Phrases[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        roles = [role.name for role in self.roles]
        for skill in self.skills:
            where = f"skill {skill.name!r}"
            _check_known(where, "facet", [skill.facet], FACETS)
            _check_known(where, "origin", [skill.origin], ORIGINS)
            _check_known(where, "role", skill.roles, roles)
        titles = [(f"role {r.name!r}", p, i) for i, r in enumerate(self.roles) for p in r.titles]
        masks = [(f"role {role.name!r}", p, p) for role in self.roles for p in role.mask]
        totals = {s.name: [f"{role}: {s.facet}" for role in s.roles] for s in self.skills}
        # The dataclass is frozen; its tables are no part of the value. All are made here: another
        # thread may write a copy for a process, and must not meet one that grows.
        object.__setattr__(self, "_totals", totals)
        object.__setattr__(self, "_aliases", _Phrases(spellings(self.skills)))
        object.__setattr__(self, "_titles", _Phrases(titles))
        object.__setattr__(self, "_masks", _Phrases(masks))

    @property
    def aliases(self) -> Mapping[str, Alias]:
        """Every alias by its tokens, joined by a space.

        >>> load_vocabulary().aliases["ci cd"].skill.name
        'CI/CD'
        """
        return self._aliases.values

    @property
    def totals(self) -> Mapping[str, list[str]]:
        """For each skill ``role: facet`` of its roles: what it counts towards.

        >>> load_vocabulary().totals["PyTorch"]
        ['research-engineer: tool']
        """
        return self._totals

    def find_skills(self, text: str) -> list[SkillMatch]:
        """Skills named in the text, in text order, without overlap.

        The longest alias that starts at a token wins. The time grows with the text's length.

        >>> vocabulary = load_vocabulary()
        >>> [match.skill for match in vocabulary.find_skills("Python, R, or Go/Rust")]
        ['Python', 'R', 'Go', 'Rust']
        >>> vocabulary.find_skills("Go to the rest of the team of R. Smith")
        []
        """
        tokens = find_tokens(text)
        found = self._aliases.find(
            [token.text for token in tokens],
            lambda alias, i, stop: alias.fits(text, tokens[i:stop]),
        )
        hits = [Hit(alias, tokens[i].start, tokens[stop - 1].end) for alias, i, stop in found]
        return [
            SkillMatch(hit.alias.skill.name, hit.alias.skill.facet, hit.start, hit.end)
            for hit in named(text, hits)
        ]

    def label_title(self, title: str) -> str | None:
        """Role that a title names, or None if it names none.

        The longest phrase of any role decides; of equally long ones, the role that stands
        first in the vocabulary.

        >>> vocabulary = load_vocabulary()
        >>> vocabulary.label_title("Senior Machine Learning Engineer, Sales")
        'software-engineer'
        >>> vocabulary.label_title("Product Manager (Software)")
        'other'
        >>> vocabulary.label_title("Your talent") is None
        True
        """
        words = tokenize(title)
        found = [
            (i - stop, rank)
            for i in range(len(words))
            for rank, stop in self._titles.starting(words, i)
        ]
        return self.roles[min(found)[1]].name if found else None

    def mask_role_names(self, text: str) -> str:
        """Text without the names of the roles, in any case; the rest as it was.

        >>> load_vocabulary().mask_role_names("Our RESEARCH ENGINEERS write code.")
        'Our  write code.'
        """
        names = self.find_role_names(tokenize(text))
        return cut_tokens(text, names) if names else text

    def find_role_names(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Start and end of each name of a role in the words, which are in lower case.

        >>> load_vocabulary().find_role_names(["our", "research", "engineers", "write"])
        [(1, 3)]
        """
        return [(start, end) for _, start, end in self._masks.find(words)]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, laid out as in the TOML file.

        >>> Vocabulary((), (Role("cook", ("chef",)),)).to_dict()
        {'role': [{'name': 'cook', 'titles': ['chef'], 'mask': []}], 'skill': []}
        """
        return {
            "role": [asdict(role, dict_factory=_plain) for role in self.roles],
            "skill": [asdict(skill, dict_factory=_plain) for skill in self.skills],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Vocabulary that `to_dict` wrote: ``Vocabulary.from_dict(v.to_dict()) == v``.

        A role without `mask` masks its `titles`; a skill without `aliases` has its name only.

        Raises
        ------
        InputError
            A key is unknown or missing, a value has the wrong type, or as for `Vocabulary`.
        """
        if not isinstance(data, Mapping):
            raise InputError(f"the vocabulary is {data!r:.80}; it has to be a table")
        _check_known("vocabulary", "key", data, ("role", "skill"))
        roles = [{"mask": table.get("titles", []), **table} for table in _tables(data, "role")]
        skills = [{"aliases": [], **table} for table in _tables(data, "skill")]
        return cls(
            skills=tuple(_from_table(Skill, table) for table in skills),
            roles=tuple(_from_table(Role, table) for table in roles),
        )


def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """Vocabulary of a TOML file; None: the shipped one.

    A file with ``extends = true`` adds to the shipped vocabulary; its roles and skills take the
    place of shipped ones of the same name. Any other file stands alone.

    Raises
    ------
    InputError
        The file cannot be read, is no TOML, or breaks a rule of the vocabulary.
    """
    path = path or SHIPPED
    try:
        data = _read_toml(path)
        extends = data.pop("extends", False)
        if not isinstance(extends, bool):
            raise InputError(f"extends is {extends!r}; write true or false")
        return Vocabulary.from_dict(_merge(_read_toml(SHIPPED), data) if extends else data)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; give a vocabulary in TOML") from None
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, nested too deep
        raise InputError(f"no TOML in UTF-8: {error}") from None


def _merge(shipped: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(own)
    for key in ("role", "skill"):
        tables = _tables(own, key)
        names = [table.get("name") for table in tables]
        merged[key] = [table for table in shipped[key] if table["name"] not in names] + tables
    return merged


def _tables(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    tables = data.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InputError(f"{key} is {tables!r:.80}; write [[{key}]] tables")
    return tables


def _from_table(kind: type[Record], table: Mapping[str, Any]) -> Record:
    where = f"{kind.__name__.lower()} {table.get('name', '')!r}"
    _check_known(where, "key", table, [each.name for each in fields(kind)])
    values: dict[str, Any] = {}
    for each in fields(kind):
        value = table.get(each.name, each.default)
        if value is MISSING:
            raise InputError(f"{where}: {each.name} is missing; add it")
        if each.type is str and not (isinstance(value, str) and value.strip()):
            raise InputError(f"{where}: {each.name} is {value!r:.80}; write a text")
        if each.type is not str and not (
            isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
        ):
            raise InputError(f"{where}: {each.name} is {value!r:.80}; write a list of texts")
        values[each.name] = value if each.type is str else tuple(value)
    return kind(**values)


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in pairs}


def _check_known(where: str, what: str, values: Iterable[str], known: Sequence[str]) -> None:
    for value in values:
        if value not in known:
            raise InputError(f"{where}: unknown {what} {value!r}; known: {', '.join(known)}")
