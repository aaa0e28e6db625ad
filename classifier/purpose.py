"""What an amount of money is for, by the words around it: pay, or something else."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from classifier.pay_words import beginnings, named_groups
from classifier.quick import matches_at

# Words about something else in a sentence about pay: "not including bonus", "plus equity".
_ASIDE = re.compile(
    r"""\b (?: exclu\w+ | not[ ]includ\w+ | exclusive[ ]of | before | without | in[ ]addition[ ]to )
        \b [^,.:$€£]*
      | \( (?: exclu | not[ ] ) [^()]{1,100} \)
      | (?: \bplus | \band | & | \+ ) [ ] (?: commission | bonus | equity | benefits ) \b (?![ ]of)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# In each match in ASCII letters there is one of these, in small ones.
_ASIDE_WORDS = (
    *("exclu", "not includ", "(not ", "before", "without", "in addition"),
    *("commission", "bonus", "equity", "benefits"),
)
_BEGUN = re.compile(r"(?<![^\W_])[^\W_]{1,3}")  # the first letters of a word
# It begins with a set of characters: a fast scan.
_HARD_BREAK = re.compile(
    r"""
    [.!?;|•] (?:
        (?<=[|•])
      | (?=\s) (?: (?<=\w\w[.!?;]) | (?<=\)[.!?;]) )  # the end of a sentence
        (?<! \b(?:min|max)\. ) (?<! \beg\. ) (?<! \bapprox\. )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD, _DIGIT = re.compile(r"\w"), re.compile(r"\d")
# The share for part-time work beside the whole: "$80,000 (pro rata $48,000)".
_BESIDE_WHOLE = re.compile(r"[0-9][^()]*\(([^()]*)\Z")
_PRO_RATA = re.compile(r"\bpro[ -]?rata\b", re.IGNORECASE)


def _named_words(table: str, signs: str, *, small: bool) -> re.Pattern[str]:
    r"""One of the words of a table, or of the signs of another; the group names the meaning.

    The expression that is `small` is for text in small ASCII letters, where it finds what the other
    does in a third of the time. So the words may have capitals as letters, but no ``\W``.
    """
    words = named_groups(table)
    if small:
        words = words.lower().replace("(?p<", "(?P<")
    flags = re.NOFLAG if small else re.IGNORECASE
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])|{named_groups(signs, '_')}", flags)


@cache
def _purpose_pattern(*, small: bool = False) -> re.Pattern[str]:
    """A word that tells what money is for: its group is a key of "purposes"."""
    return _named_words("purposes", "purpose_signs", small=small)


@lru_cache(maxsize=4096)  # many postings of a firm lead to their pay in the same words
def _last_word(clause: str, *, kind: bool) -> tuple[str, int]:
    """Meaning of the last word in a clause that has one, for "kinds" or else "purposes".

    And the place where the word ends, in the clause without what is said aside. No such word: "".
    """
    words = _small_words(clause, kind) if clause.isascii() else _words(clause, kind)
    return ((words[-1].lastgroup or "").rstrip("_"), words[-1].end()) if words else ("", 0)


def _words(clause: str, kind: bool) -> list[re.Match[str]]:
    """Words of a clause that have a meaning, but for those that are said aside."""
    pattern = (_kind_pattern if kind else _purpose_pattern)(small=False)
    return list(pattern.finditer(_ASIDE.sub("", clause)))


def _small_words(clause: str, kind: bool) -> list[re.Match[str]]:
    """The same of ASCII letters; the expressions are tried where a word of theirs may begin."""
    small = clause.lower()
    if any(word in small for word in _ASIDE_WORDS):
        small = _ASIDE.sub("", clause).lower()
    pattern = (_kind_pattern if kind else _purpose_pattern)(small=True)
    starts, parts = beginnings("kinds" if kind else "purposes")
    if any(part in small for part in parts):
        return list(pattern.finditer(small))
    begun = (word.start() for word in _BEGUN.finditer(small) if word[0] in starts)
    return list(matches_at(pattern, small, begun))


# Numbers that a posting has beside its pay.
_OTHER_NUMBER = re.compile(
    r"""
    (?P<phone> (?<! [\w$€£.,] )
        (?: \+ [1-9] (?: [ ().-]{0,2} \d ){8,14}                     # +44 20 7946 0012
          | \(? 0 [1-9] (?: [ ()-]{0,2} \d ){7,9}                    # 0412 345 678
          | \(? [2-9]\d\d (?: \)[ ]? | [ .-] ) \d{3} [ .-] \d{4} )  # 555-010-1234
        (?! [\d%] ) )
    | (?<! [^\W_] ) (?P<level> (?: levels? | grade | band | stufe | entgeltgruppe (?: [ ]EG? )? )
        [ -]? \d{1,2} (?: \.\d{1,2} )? (?: [ ]?[-/][ ]? \d{1,2} (?: \.\d{1,2} )? )?
        (?! [\d.,]*\d | [ ]?[%k€£$] ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOTHING_FOLLOWS = frozenset("\n.;:!?)*")
_REASONS = {"phone": "phone number", "level": "award level"}


@cache
def _kind_pattern(*, small: bool = False) -> re.Pattern[str]:
    """A word that tells the kind of pay: its group is a key of "kinds"."""
    return _named_words("kinds", "kind_signs", small=small)


@cache
def _kind_after_pattern() -> re.Pattern[str]:
    """The same behind an amount; not the label of the next one ("OTE: £90k")."""
    return re.compile(
        rf"[ ]\(?(?:(?:annual|gross|brutto|bruts?) ){{0,2}}(?:{named_groups('kinds_after')})"
        r"(?![^\W_])(?! ?[:$€£0-9])",
        re.IGNORECASE,
    )


@cache
def _after_pattern() -> re.Pattern[str]:
    """Words after an amount, by group.

    "no" signing bonus, "pay" base salary, "extra" + equity, "shift" night.
    """
    return re.compile(
        rf"""
        []\ ]{{0,2}} (?: ,[ ]paid[ ]as[ ] )?
        (?: (?: (?! plus | and | as | with | excl | incl | or\b | in[ ]addition | pro )
                [\w&/'-]{{1,30}} [ ] ){{0,4}}
            (?: {named_groups("purposes_after")} ) (?! \w )
          | \(? (?: plus | \+ | incl\w*(?:[ ]of)? | • ) [ ] (?: \w{{1,30}}[ ] ){{0,2}}
            (?P<extra> equity | bonus | super\w* | benefits | commission | profit | OTE
              | holiday | car | options | stock )
          | [ ] (?P<shift> day | arvo | afternoon | evening | night ) (?: [ ] shifts? )? \b
        )
        """,
        re.VERBOSE | re.IGNORECASE,
    )


_FRONT = 40  # characters before the first word or figure of a line
_RESPELLED = frozenset("\\&Ââ．")  # what may end a sentence, or begin to, once it is respelled
REACH = 140  # characters before an amount in which it is told what it is for


def leading_words(text: str, start: int, reach: int = REACH) -> str:
    r"""Words that lead to an amount at `start`: its sentence and line, or the heading above it.

    A heading with figures in it leads to nothing else.

    >>> leading_words("We are growing. Your pay: $50", 26)
    ' Your pay: '
    >>> leading_words("Pay range\n\n$50", 11)
    'Pay range'
    """
    *above, line = _HARD_BREAK.split(text[max(0, start - reach) : start])[-1].split("\n")
    if _WORD.search(line):
        return line
    heading = next(filter(_WORD.search, reversed(above)), "")
    return "" if _DIGIT.search(heading) else heading


def heading_over(text: str, low: int) -> str | None:
    r"""`leading_words` of every amount to which the heading above a line leads.

    None if those of two amounts may differ, as one more character of the heading is in reach of the
    first: all that stands above counts then.

    Parameters
    ----------
    low : int
        Where the line starts.

    Examples
    --------
    >>> heading_over("We build boats.\nPay range\n\n* $50", 27), heading_over("\n\n$50", 2)
    ('Pay range', None)
    """
    nearest = max(0, low - REACH + _FRONT + 4)  # a sentence's end is seen by three characters
    if not (_WORD.search(text, nearest, low) and _WORD.search(text, low, low + _FRONT + 1)):
        return None
    over = leading_words(text, low)
    same = over == leading_words(text, low, low - nearest)
    return over if same and _RESPELLED.isdisjoint(text[nearest:low]) else None


def find_purpose(text: str, clause: str, end: int, *, marked: bool) -> tuple[str | None, bool]:
    """Other use of an amount (None: none known), and whether a pay word speaks for pay.

    Parameters
    ----------
    clause : str
        The words that lead to the amount, from `leading_words`.
    end : int
        Where the amount ends in `text`: the words right behind it count before the clause.
    marked : bool
        The amount has a currency or is a range. The words behind a bare number may belong to
        something else, such as a postcode.

    >>> find_purpose("a $900 signing bonus", "a ", 6, marked=True)
    ('bonus', False)
    >>> find_purpose("Salary: $90,000", "Salary: ", 15, marked=True)
    (None, True)
    """
    beside = _BESIDE_WHOLE.search(clause) if "(" in clause else None
    if beside and _PRO_RATA.search(beside[1] + _rest_of_line(text, end, 12)):
        return "pro rata", False
    found, place = _last_word(clause, kind=False)
    before = found or None
    if before not in {None, "pay"} and len(clause) - place > 60:
        before = None  # too far to say
    after = _after_pattern().match(text, end) if _may_follow(text, end) else None
    if after and after["no"]:
        use = _purpose_pattern().search(after["no"])
        return (use.lastgroup if use else "other use"), False
    follows = bool(after and (after["pay"] or after["extra"] or after["shift"]))
    if before not in {None, "pay"} and not (after and after["pay"] and before != "bonus"):
        contractor = before == "net" and re.search(
            r"VAT|B2B", clause + _rest_of_line(text, end, 20)
        )
        return (None, True) if contractor else (before, False)
    # Before a bare number only: what follows may belong to a postcode.
    return None, before == "pay" or (follows and marked)


def _rest_of_line(text: str, start: int, most: int) -> str:
    return text[start : start + most].partition("\n")[0]


def _may_follow(text: str, end: int) -> bool:
    """Whether words of `_after_pattern` may stand behind an amount, by the first characters."""
    behind = text[end : end + 4].lstrip("] ")
    if behind[:1] == ",":
        return behind[1:3] in {" ", " p", " P"}  # ", paid as"
    return behind[:1] not in _NOTHING_FOLLOWS


def may_lead_to_pay(clause: str) -> bool:
    """Whether the words that lead to an amount speak for pay, if what follows it does not.

    >>> may_lead_to_pay("Salary: "), may_lead_to_pay("offices in ")
    (True, False)
    """
    return _last_word(clause, kind=False)[0] in {"pay", "net"}


def find_kind(text: str, clause: str, start: int, end: int) -> str | None:
    """Kind of the pay that stands in `text[start:end]`: base, total or on-target; None if untold.

    The words right behind the amount, or in it, decide before the clause that leads to it.

    >>> find_kind("$90k OTE", "", 0, 4), find_kind("Base: $90k", "Base: ", 6, 10)
    ('on-target', 'base')
    """
    behind = _kind_after_pattern()
    # It begins with a space: most amounts have none in them.
    told = behind.match(text, end) or (
        behind.search(text, start, end) if " " in text[start:end] else None
    )
    kind = (told.lastgroup or "") if told else _last_word(clause, kind=True)[0]
    return None if kind in {"", "plain"} else kind.replace("_", "-")


def other_numbers(
    text: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int, str]]:
    """Phone numbers and the levels of a pay scale: where they stand, and what they are.

    >>> list(other_numbers("Band 6; call 0412 345 678"))
    [(0, 6, 'award level'), (13, 25, 'phone number')]
    """
    for match in _OTHER_NUMBER.finditer(text, start, len(text) if end is None else end):
        yield match.start(), match.end(), _REASONS[match.lastgroup or ""]
