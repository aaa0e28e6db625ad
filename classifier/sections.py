"""Sections of a clean text: what is the work, and what is boilerplate.

Boilerplate is what an employer repeats in every posting: who they are, what they offer, equal
opportunity, how to apply. Only what is recognised counts as boilerplate. The headings that are
known are in headings.toml.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple


class Section(NamedTuple):
    """Part of a text, ``text[start:end]``, and its kind: a key of headings.toml."""

    kind: str
    start: int
    end: int


BOILERPLATE = frozenset({"about", "benefits", "equal-opportunity", "application"})
OTHER = "other"  # a heading that headings.toml does not know
_OPEN = ("*", "MORE", "KEY")  # parts of a cue that may be no word at all
_MARK = " #"  # after the words of a line that is marked as a heading, or looks like one

LINE = re.compile(r"[^\n]+(?:\n+|\Z)|\n+")
FULL_STOP = re.compile(r"[.!?](?=\s)")
BLANKS = re.compile(r"\s*")
LONGEST = 500  # characters of a sentence: a text without full stops is cut
CUT = re.compile(r"(?<=\s)(?=[A-Z])")
LIST_ITEM = re.compile(r"\s*(?:[-*•·●▪◦‣–+o]|\d{1,2}[.)])\s")
MARKED = re.compile(
    r"""
    \#{1,6}\s              # Markdown: "## Benefits"
    | ([*_]{2}).+\1:?\Z    # "**Benefits**"
    | .+:[*_]*\Z           # "Benefits:"
    """,
    re.VERBOSE,
)
RUN_IN = re.compile(r"[*_]*([^\n:*.]{3,40})(?:[*_]*:[*_]*)\s+(?=\S)")  # "Benefits: a, b"
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
# In a section about the employer or its benefits, this is about the work after all.
WORK_SIGN = re.compile(
    r"""
    \b(?: in\ this\ (?:role|position)
        | (?<!for\ )(?<!of\ )(?:this|the)\ (?:role|position)\ (?:is|will|requires|involves|reports)
        | (?:you|candidate)\ ?(?:will|['’]ll)\b
          (?!\ (?:get|receive|enjoy|have|find|love|also|be\ (?:eligible|paid|given|offered)))
        | (?:we\ are|we['’]re)\ (?:now\ |currently\ )?(?:looking|seeking|searching|hiring)
        | will\ (?:focus|report|be\ working) | (?:is|are)\ expected\ to
        | responsible\ for | responsibilities | years?\ of\ .{0,30}experience
        | as\ an?\ [^.,\n]{3,80},\ (?:you|the|this)\b
        | wir\ suchen | du\ wirst | nous\ recherchons | vous\ serez )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Without any of these words, in lower case, or a letter that only looks like ASCII in it (ſ, ı),
# a line has no such sign. Each is four bytes or longer.
WORK_WORDS = (
    *(f"{a} {b}" for a in ("this", "the") for b in ("role", "position")),
    *(
        f"{a}{b}"
        for a in ("you", "candidate")
        for b in ("will", " will", "'ll", " 'll", "’ll", " ’ll")
    ),
    *("looking", "seeking", "searching", "hiring"),
    *("will focus", "will report", "will be working", "expected to", "responsib"),
    *("year of", "years of", "as a ", "as an "),
    *("wir suchen", "du wirst", "nous recherchons", "vous serez"),
)
# Sentences that are boilerplate wherever they stand, in lower case. Without any of these
# words a line is not split into sentences:
NOTICE_WORDS = (
    "equal", "discriminat", "regardless", "without regard", "accommodation", "verify", "privacy",
    "affirmative", "conviction", "qualified", "unsolicited", "gdpr", "handicap", "unabhängig",
)  # fmt: skip
SIGNS = (*NOTICE_WORDS, "adjustment", "chances", "protected")  # of a single sentence
EQUAL_OPPORTUNITY = re.compile(
    r"""
    \bequal\ (?:employment\ )?opportunit | \baffirmative\ action | \be-?verify\b
    | \ball\ qualified\ (?:applicants|candidates) | \barrest\ (?:and|or)\ conviction
    | \breasonable\ (?:accommodation|adjustment)
    | \baccommodations?\ (?:to|for)\ (?:qualif|applica|indiv|candid)
    | \bégalité\ des\ chances | \bsituation\ de\ handicap
    """,
    re.VERBOSE,
)
# One of these and three of the grounds that laws name.
UNEQUAL = re.compile(r"discriminat|regardless of|without regard|equally|protected|unabhängig von")
GROUNDS = re.compile(
    r"""
    \b(?: race | colou?r | religio | sexual | gender | veteran | national | disabilit | marital
        | ethnic | ancestry | pregnan | age\b | geschlecht | herkunft | behinderung | alter\b )
    """,
    re.VERBOSE,
)
PRIVACY = re.compile(r"privacy (?:policy|notice|statement)|unsolicited|\bgdpr\b")
APPLICANT = re.compile(r"\b(?:applicants?|candidates?|your application|resum|cvs?\b|recruit)")
CAPITAL = re.compile(r"(?<=[\w)] )(?=[A-Z])")


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
    """Kind that a heading opens, `OTHER` if it is not known, None if the line is no heading."""
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


def find_run_in(line: str) -> str | None:
    """Kind of a paragraph that starts with a known heading, as in "Benefits: a, b"."""
    match = RUN_IN.match(line) if ":" in line[:48] else None
    kind = find_heading(match[1].strip() + ":") if match else None
    return None if kind == OTHER or (kind in BOILERPLATE and WORK_SIGN.search(line)) else kind


def _notice(sentence: str) -> tuple[str, int] | None:
    """Kind of a sentence that is boilerplate by what it says, and where; None if it is not."""
    lower = sentence.lower()
    if not _has_word(lower, SIGNS):
        return None
    if cue := EQUAL_OPPORTUNITY.search(lower):
        return "equal-opportunity", cue.start()
    if (cue := UNEQUAL.search(lower)) and len(set(GROUNDS.findall(lower))) >= 3:
        return "equal-opportunity", cue.start()
    if (cue := PRIVACY.search(lower)) and APPLICANT.search(lower):
        return "application", cue.start()
    return None


def _sentences(line: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each sentence, with the blanks behind it; True if it was cut."""
    start = 0
    while start < len(line):
        most = start + LONGEST
        stop = FULL_STOP.search(line, start + 1, most + 2)
        blanks = BLANKS.match(line, stop.end()) if stop else None
        is_cut = not stop and len(line) > most
        if is_cut:
            cuts = [cut.start() for cut in CUT.finditer(line, start + 1, most + 1)]
            end = cuts[-1] if cuts else most
        else:
            end = blanks.end() if blanks else len(line)
        yield start, end, is_cut
        start = end


def sentence_kinds(line: str, kind: str) -> list[tuple[str, int]]:
    """Kind and start of each sentence of a line: the kind of the line, but for notices."""
    kinds = []
    noticed, n_noticed, after_chunk = "", 0, False
    for start, end, is_chunk in _sentences(line):
        if notice := _notice(line[start:end]):
            noticed, cue = notice
            if after_chunk or is_chunk:  # no full stop: from the capital before the cue
                kinds.append((kind, start))
                capitals = CAPITAL.finditer(line, start, start + cue)
                start = max((capital.start() for capital in capitals), default=start)
            n_noticed += end - start
        kinds.append((noticed if notice else kind, start))
        after_chunk = is_chunk
    if n_noticed > len(line) / 2 and not WORK_SIGN.search(line):
        return [(noticed, 0)]  # what is between belongs to it
    return kinds


def _has_word(lower: str, words: Iterable[str]) -> bool:
    for word in words:  # noqa: SIM110  # `any` takes twice as long, and sees every line
        if word in lower:
            return True
    return False


def _line_kinds(text: str) -> Iterator[tuple[str, int]]:
    """Kind and start of each line, and of each sentence of a line that may hold notices."""
    lower = text.lower()
    notice_words = [word for word in NOTICE_WORDS if word in lower]
    kind, after_blank = "description", True
    for match in LINE.finditer(text):
        line, start = match[0], match.start()
        is_item = LIST_ITEM.match(line)
        short = line.strip() if len(line) < 120 and not is_item else ""
        heading = find_heading(short) if short else None
        if heading == OTHER and kind in BOILERPLATE and (after_blank or MARKED.match(short)):
            kind = "description"
        elif heading and heading != OTHER:
            kind = heading
        elif kind in BOILERPLATE and WORK_SIGN.search(line):
            kind = "description"
        here = kind if heading or is_item else find_run_in(line) or kind
        if kind in BOILERPLATE and here not in BOILERPLATE:
            kind = here  # any other heading within a line counts for that line only
        if heading or not notice_words or not _has_word(line.lower(), notice_words):
            yield here, start
        else:
            for found, offset in sentence_kinds(line, here):
                yield found, start + offset
        after_blank = line.endswith("\n\n")


def find_sections(text: str) -> list[Section]:
    r"""Sections of a clean text, in order, without gaps; none if it is empty.

    A section starts at a heading that is known (English, some German and French); before the
    first one the text is "description". In boilerplate, a heading that is not known and a
    sentence about the work end it, back to "description". Equal-opportunity and privacy
    sentences are recognised by what they say, also in a text without line breaks.

    >>> [s.kind for s in find_sections("We seek you.\n\nBenefits\n- Lunch\n\n## The team\nBig.")]
    ['description', 'benefits', 'description']
    >>> find_sections("")
    []
    """
    runs = [(kind, next(group)[1]) for kind, group in groupby(_line_kinds(text), key=itemgetter(0))]
    return [Section(kind, a, b) for (kind, a), (_, b) in pairwise([*runs, ("", len(text))])]


def strip_boilerplate(text: str) -> str:
    r"""Clean text without its sections of the kinds in `BOILERPLATE`.

    The text unchanged if fewer than 40 words would be left.

    >>> strip_boilerplate("Build compilers. " * 20 + "\n\nBenefits\n\nFree lunch.")[-16:]
    'Build compilers.'
    >>> strip_boilerplate("Benefits\n\nFree lunch.")
    'Benefits\n\nFree lunch.'
    """
    kept = (text[s.start : s.end] for s in find_sections(text) if s.kind not in BOILERPLATE)
    stripped = "".join(kept).strip()
    return stripped if len(stripped.split()) >= 40 else text
