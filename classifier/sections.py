"""Sections of a clean text: what is the work, and what is boilerplate.

Boilerplate is what an employer repeats in every posting: who they are, what they offer, equal
opportunity, how to apply. Only what is recognised counts as boilerplate.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from classifier.headings import MARKED, OTHER, find_heading


class Section(NamedTuple):
    """Part of a text, ``text[start:end]``, and its kind: a key of headings.toml."""

    kind: str
    start: int
    end: int


BOILERPLATE = frozenset({"about", "benefits", "equal-opportunity", "application"})

LINE = re.compile(r"[^\n]+(?:\n+|\Z)|\n+")
FULL_STOP = re.compile(r"[.!?](?=\s)")
BLANKS = re.compile(r"\s*")
LONGEST = 500  # characters of a sentence: a text without full stops is cut
CUT = re.compile(r"(?<=\s)(?=[A-Z])")
LIST_ITEM = re.compile(r"\s*(?:[-*•·●▪◦‣–+o]|\d{1,2}[.)])\s")
RUN_IN = re.compile(r"[*_]*([^\n:*.]{3,40})(?:[*_]*:[*_]*)\s+(?=\S)")  # "Benefits: a, b"
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
