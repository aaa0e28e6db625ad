"""Headings of a posting: which kind of section a line opens.

The kinds, and the headings that are known of each, are in headings.toml: English, some German and
French. A heading that is not there is told by how the line looks.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

OTHER = "other"  # a heading that headings.toml does not know
_OPEN = ("*", "MORE", "KEY")  # parts of a cue that may be no word at all
_MARK = " #"  # after the words of a line that is marked as a heading, or looks like one
MARKED = re.compile(
    r"""
    \#{1,6}\s              # Markdown: "## Benefits"
    | ([*_]{2}).+\1:?\Z    # "**Benefits**"
    | .+:[*_]*\Z           # "Benefits:"
    """,
    re.VERBOSE,
)
WORD = re.compile(r"[^\W_]+")
SMALL_WORD = re.compile(r"(?<![\w'’])[a-zß-ÿ][\w'’]{3,}")  # not in a Line in Title Case
OCCUPATION = re.compile(
    r"""
    \b(?: engineer | scientist | developer | analyst | manager | researcher | architect | intern
        | designer | recruiter | director | consultant | specialist | administrator | lead )\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "About Acme Robotics", but not "About the Bidding Team".
EMPLOYER_NAME = re.compile(
    r"""
    [\W_]* about\ (?! (?: the | this | that | you | your | our | an? | what | how )\b )
    (?! .*\b (?: team | job | position | project | group | lab | program | work )\b )
    (?! .* (?: role | responsib | require | qualif ) )
    [\w'’.&-]+ (?: \ [\w'’.&-]+ ){0,3} \W*
    """,
    re.VERBOSE | re.IGNORECASE,
)


class _Cues(NamedTuple):
    """Headings of a kind: a pattern for what `_heading_words` gives, and words in quick sight.

    No heading matches that has none of the words.
    """

    kind: str
    words: frozenset[str]
    pattern: re.Pattern[str]


@cache
def _heading_cues() -> tuple[_Cues, ...]:
    """Cues of headings.toml, in the order of its kinds: the first that matches counts."""
    import tomllib  # not needed to clean a text

    table = tomllib.loads(Path(__file__).with_name("headings.toml").read_text("utf-8"))
    lists = {name: "|".join(table.pop(name).split()) + "*" for name in ("MORE", "KEY")}
    kinds = []
    for kind, lines in table.items():
        cues = [cue for cue in lines.split("\n") if cue and not cue.startswith("#")]
        pattern = f"(?:{'|'.join(_cue_pattern(cue, lists) for cue in cues)})(?:{_MARK})?"
        words = frozenset(word for cue in cues for word in _needed_words(cue))
        kinds.append(_Cues(kind, words, re.compile(pattern)))
    return tuple(kinds)


def _needed_words(cue: str) -> list[str]:
    """Words of which each heading of a cue has one: the longest of those that it cannot lack.

    >>> _needed_words("what we will? offer|provide you? *")
    ['offer', 'provide']
    """
    needed = [part.split("|") for part in cue.split() if part not in _OPEN and part[-1] not in "?*"]
    return max(needed, key=lambda words: min(map(len, words)))


def _cue_pattern(cue: str, lists: dict[str, str]) -> str:
    """Regular expression of a line of headings.toml; each word has a space before it."""
    out = ""
    for part in (lists.get(part, part) for part in cue.removesuffix(" *").split()):
        if part == "*":
            out += r"(?: \S+)*"
        elif part[-1] in "?*":
            out += f"(?: (?:{part[:-1]})){part[-1]}"
        else:
            out += f" (?:{part})" if "|" in part else f" {part}"
    return out + (rf"(?:(?: \S+)*(?={_MARK}))?" if cue.endswith(" *") else "")


def _heading_words(line: str) -> list[str]:
    """Words of a line in the spelling of headings.toml."""
    words = line.lower()
    if "'" in words or "’" in words:
        words = words.replace("’", "'")
        for short, long in (("'ll", " will"), ("'re", " are"), ("'ve", " have"), ("t's", "t is")):
            words = words.replace(short, long)
    return [word for word in WORD.findall(words) if word not in ("and", "the")]


def _known_heading(words: list[str], mark: str) -> str | None:
    """Kind of a heading of headings.toml; None if it has none like it."""
    if _cue_words().isdisjoint(words):
        return None
    spelled = "".join(f" {word}" for word in words) + mark
    for cues in _heading_cues():
        if not cues.words.isdisjoint(words) and cues.pattern.fullmatch(spelled):
            return cues.kind
    return None


@cache
def _cue_words() -> frozenset[str]:
    """Words of which each heading of headings.toml has one."""
    return frozenset(word for cues in _heading_cues() for word in cues.words)


@lru_cache(maxsize=4096)
def find_heading(line: str) -> str | None:
    """Kind that a heading opens, `OTHER` if it is not known, None if the line is no heading.

    >>> find_heading("What we offer"), find_heading("## The boats"), find_heading("We build boats.")
    ('benefits', 'other', None)
    """
    if line[-1:] in ".,;":
        return None
    words = _heading_words(line)
    is_marked = bool(MARKED.match(line))
    if not 0 < len(words) <= (16 if is_marked else 10):
        return None
    looks = is_marked or line.isupper() or not SMALL_WORD.search(line)
    if looks and not is_marked and OCCUPATION.search(line):
        return OTHER  # the title of the posting
    if kind := _known_heading(words, _MARK if looks else ""):
        return kind
    if looks and EMPLOYER_NAME.fullmatch(line):
        return "about"
    return OTHER if is_marked or (looks and not re.search(r"\d", line)) else None
