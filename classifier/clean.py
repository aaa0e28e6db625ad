"""Postings as found on the web, to plain text with line structure.

`clean_text` runs the functions of `STEPS`, in that order, until nothing is left to do.
The sections of a clean text, and which of them are boilerplate, are found in sections.py.
"""

import html
import re
import unicodedata
import warnings
from typing import Any

from classifier.sections import BOILERPLATE, Section, find_sections, strip_boilerplate
from classifier.structured_data import find_job_postings

__all__ = [
    "BOILERPLATE",
    "Section",
    "clean_text",
    "clean_title",
    "find_sections",
    "parse_page",
    "parse_page_fields",
    "strip_boilerplate",
]

# What a browser puts on lines of its own: with space around it, or as a plain line.
_PARAGRAPHS = "article blockquote dl fieldset h1 h2 h3 h4 h5 h6 hr main p pre section table"
_LINES = (
    "address aside body br button caption center dd details dir div dt figcaption figure footer "
    "form header html legend li menu nav ol option select summary tbody td tfoot th thead tr ul"
)
_INLINE = "a abbr b code em font i img meta s script small span strong style sub sup u"
BLOCK_NAMES = tuple(f"{_PARAGRAPHS} {_LINES}".split())
KNOWN_NAMES = (*BLOCK_NAMES, *_INLINE.split())
_BLOCK = f"(?:{'|'.join(BLOCK_NAMES)})"
_KNOWN = f"(?:{'|'.join(KNOWN_NAMES)})"
_LINE, _BULLET = "\n", "\n- "
BREAKS = {
    **{slash + name: "\n\n" for name in _PARAGRAPHS.split() for slash in ("", "/")},
    **{slash + name: _LINE for name in _LINES.split() for slash in ("", "/")},
    "br": " \n",
    "li": _BULLET,
}
# Prose also holds "<", as in a < b, List<String> and C++ <3. Only these are signs of HTML.
HTML_SIGN = re.compile(
    rf"""
    </{_KNOWN}\s*>                     # a closing tag
    | <{_BLOCK}\s*/?>                  # a block tag without attributes
    | <{_KNOWN}\s+[a-z:-]+\s*=\s*["']  # a tag with an attribute
    """,
    re.VERBOSE | re.IGNORECASE,
)
BLOCK_TAG = re.compile(rf"</?{_BLOCK}\b", re.IGNORECASE)
# As in the HTML standard, 13.2.5: quotes hide ">", and what is never closed runs to the end.
# No part of a text can be read in two ways, so the time is linear (lxml would also lose what
# is nested more than 2,048 deep).
TAG = re.compile(
    r"""
    <(?:
        # An element that is not shown, with its content. First letters apart, for speed.
        ([sS] (?i:cript|tyle|vg) | [tT] (?i:itle|emplate) | [nN] (?i:oscript) | [iI] (?i:frame)) \b
        (?! [^<>]*/> ) .*? (?: </(?i:\1)\b [^>]*+ > | \Z )
      | (/?[a-zA-Z][^\s/>]*+)                  # the name of a tag, after "/" if it closes
        [^>=]*+                                # attributes with values in quotes or bare
        (?: =\s*+ (?: "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^\s>]*+ ) [^>=]*+ )*+
        (?: > | \Z )
      | !-- (?: -?> | .*? (?: --!?> | \Z ) )   # a comment
      | [!?] [^>]*+ (?: > | \Z )               # a declaration
    )
    """,
    re.VERBOSE | re.DOTALL,
)
QUOTED = re.compile(r""" "[^"]*" | '[^']*' """, re.VERBOSE)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HIDDEN_ATTRIBUTE = re.compile(r"\shidden(?=[\s=/>])", re.IGNORECASE)
ENTITY = re.compile(
    r"""
    & (?: amp; )*                                            # escaped more than once
    ( \#\d{1,9} | \#x[\da-f]{1,8} | [a-z][a-z\d]{1,31} ) ;   # decimal, hexadecimal, named
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The first two characters of UTF-8 that was read as Latin-1, Windows-1252, Mac Roman or DOS.
MOJIBAKE_LEAD = "[\xc2-\xf4‚√Γ]"
MOJIBAKE_TAIL = "[\x80-\xbf‘’“”…•–—™€œžŸÄÇ†]"
MOJIBAKE_SIGN = re.compile(MOJIBAKE_LEAD + MOJIBAKE_TAIL)
# ASCII with room for what ftfy cannot see: it looks at no more than some characters beside those
# that are no ASCII, or \x1a, which it takes for one that was lost.
LONG_ASCII = re.compile(r"([\x00-\x09\x0b-\x19\x1b-\x7f]{48,})")
SEEN = 16  # characters at each end of it
# The same in UTF-8, as far as a quick look goes: \xc2-\xf4 before what begins a second one.
MOJIBAKE_BYTES = re.compile(b"\xc3[\x82-\xb4][\xc2\xc3\xc5\xe2]")
RARE_SIGNS = ("‚".encode(), "√".encode(), "Γ".encode())
ODD_CHARACTER = re.compile(
    "["
    "\r\v\f\u2028\u2029"  # line breaks
    "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"  # spaces
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"  # marks without width, tags
    "\ud800-\udfff"  # halves of characters
    "]"
)
JOINING_MARKS = (b"\xcd\x8f", b"\xef\xb8")  # of \u034f and \ufe00-\ufe0f in UTF-8
SPACE_RUN = re.compile(r"\ \ (?<=[^ \n]\ \ )\ *", re.VERBOSE)  # but no indentation


def repair_mojibake(text: str) -> str:
    """Text with the lines that were decoded wrongly set right."""
    if text.isascii() or not _may_hold_mojibake(text) or not MOJIBAKE_SIGN.search(text):
        return text
    lines = text.split("\n")
    return "\n".join(repair_line(x) if MOJIBAKE_SIGN.search(x) else x for x in lines)


def repair_line(line: str) -> str:
    """Line as ftfy repairs it, which is slow: it does not see the middle of long runs of ASCII."""
    import ftfy  # slow to import, and hardly a posting needs it

    parts = LONG_ASCII.split(line)
    runs = parts[1::2]
    parts[1::2] = [f"{run[:SEEN]}\n{run[-SEEN:]}" for run in runs]  # no line has a break
    parts[::2] = ftfy.fix_encoding("".join(parts)).split("\n")
    parts[1::2] = [run[SEEN:-SEEN] for run in runs]
    return "".join(parts)


def _may_hold_mojibake(text: str) -> bool:
    """Whether the first character of a `MOJIBAKE_SIGN` may be there: a quick look at the bytes."""
    content = text.encode("utf-8", "replace")
    return bool(MOJIBAKE_BYTES.search(content)) or any(sign in content for sign in RARE_SIGNS)


def tags_to_lines(text: str) -> str:
    """Text as a browser shows it, if there are signs of HTML: blocks on lines of their own."""
    if "<" not in text or not HTML_SIGN.search(text):
        return text
    if "isplay" in text or "idden" in text:
        text = _drop_hidden(text)
    # Line breaks are the author's own if tags are few among them, or none makes blocks.
    if text.count("\n") < 5 * text.count("<") and BLOCK_TAG.search(text):
        text = text.replace("\r", " ").replace("\n", " ")
    parts = TAG.split(text)
    out = [parts[0]]
    for name, run in zip(parts[2::3], parts[3::3], strict=True):
        mark = BREAKS.get(name.lower()) if name else None
        if mark and out[-1] is _BULLET:  # a block in an item, or an empty item
            out[-1] = _LINE if name.lower() == "/li" else _BULLET
        elif mark and out[-1] is _LINE:  # one block ends where another starts
            out[-1] = mark
        elif mark:
            out.append(mark)
        if run and not (run.isspace() and out[-1][-1:] in "\n "):
            out.append(run)
    return "\n".join([line.strip() for line in "".join(out).split("\n")])


def _drop_hidden(text: str) -> str:
    """HTML without the elements that are hidden; one that is never closed stays."""
    opened: dict[str, list[tuple[int, bool]]] = {}
    hidden = []
    for tag in TAG.finditer(text):
        name = (tag[2] or "").lower()
        if not name.startswith("/"):
            attribute = HIDDEN_ATTRIBUTE.search(QUOTED.sub('""', tag[0]))
            is_hidden = bool(attribute or HIDDEN_STYLE.search(tag[0]))
            opened.setdefault("/" + name, []).append((tag.start(), is_hidden))
        elif opened.get(name):
            start, is_hidden = opened[name].pop()
            if is_hidden:
                hidden.append((start, tag.end()))
    kept, end = [], 0
    for start, stop in sorted(hidden):
        kept.append(text[end:start])
        end = max(end, stop)
    return "".join(kept) + text[end:]


def unescape_entities(text: str) -> str:
    """Text with `&amp;`, `&#39;` and the like as the characters they stand for."""
    if "&" not in text:
        return text
    return ENTITY.sub(lambda entity: html.unescape(f"&{entity[1]};"), text)


def plain_characters(text: str) -> str:
    """Unicode NFC without control and zero-width characters; every space is a plain one."""
    text = text.replace("\r\n", "\n").replace("\xa0", " ")
    # What Python prints as it is has no odd character, but for marks that join or vary others.
    if not text.replace("\n", "").isprintable() or _has_marks(text):
        text = ODD_CHARACTER.sub(_plain_character, text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _has_marks(text: str) -> bool:
    content = text.encode("utf-8", "replace")
    return any(mark in content for mark in JOINING_MARKS)


def _plain_character(odd: re.Match[str]) -> str:
    if odd[0] in "\r\v\f\u2028\u2029":
        return "\n"
    if odd[0] == "\t" or unicodedata.category(odd[0]) == "Zs":
        return " "
    if "\x80" <= odd[0] <= "\x9f":  # Windows-1252 that was read as Latin-1
        return odd[0].encode("latin-1").decode("cp1252", "ignore")
    return ""


def plain_lines(text: str) -> str:
    """Lines without trailing spaces and runs of spaces, never two blank ones together."""
    if "  " in text:
        text = SPACE_RUN.sub(" ", text)
    if " \n" in text:
        text = "\n".join([line.rstrip() for line in text.split("\n")])
    if "\n\n\n" in text:
        text = re.sub("\n\n\n+", "\n\n", text)
    return text.strip()


STEPS = (repair_mojibake, tags_to_lines, unescape_entities, plain_characters, plain_lines)


def clean_text(text: str) -> str:
    r"""Plain text of a posting, whatever it came as: HTML, escaped HTML, Markdown or text.

    Lines are as a browser shows them, list items start with ``- ``. Clean text, and
    Markdown, is left alone: `clean_text` of its own result changes nothing. Takes time in
    proportion to the length of the text.

    >>> clean_text("<p>We use <b>P</b>ython&nbsp;3</p><ul><li>R&amp;D</li><li>C++</li></ul>")
    'We use Python 3\n\n- R&D\n- C++'
    >>> clean_text("&lt;p&gt;Hello&lt;br&gt;world&lt;/p&gt;")
    'Hello\nworld'
    >>> clean_text("A List<String> if a < b, C++ <3")
    'A List<String> if a < b, C++ <3'
    """
    for _ in range(8):  # as many layers of escaping
        before = [text]
        for step in STEPS:
            before.append(step(before[-1]))
        text = before[-1]
        if all(one == text for one in before):  # most often: then no step has anything to do
            return text
        if all(step(text) == text for step in STEPS[:3]):  # the others settle at once
            return text
    # More layers are no posting: without these characters nothing is left to undo.
    return plain_lines(plain_characters(re.sub(r"[<&]|[^\x00-\x7f]", " ", text)))


def clean_title(title: str) -> str:
    r"""Title as plain text on one line.

    >>> clean_title("<b>Data\u00a0Scientist</b><br>(m/w/d)")
    'Data Scientist (m/w/d)'
    """
    while (line := " ".join(clean_text(title).split())) != title:
        title = line
    return title


def parse_page(page: str) -> tuple[str, str]:
    r"""Title and description of a saved web page, both clean; "" for what it lacks.

    They come from the page's schema.org JobPosting (`find_job_postings`) if there is one, else
    from its first heading and its main content.

    >>> parse_page("<title>Jobs</title><main><h1>Data Engineer</h1><p>Build pipelines.</main>")
    ('Data Engineer', 'Data Engineer\n\nBuild pipelines.')
    """
    title, description, _ = parse_page_fields(page)
    return title, description


def parse_page_fields(page: str) -> tuple[str, str, dict[str, Any]]:
    """Title and description as of `parse_page`, and the JobPosting as it stands; {} for none.

    >>> parse_page_fields("<h1>Cook</h1>")[2]
    {}
    """
    from bs4 import BeautifulSoup  # slow to import, and only pages need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a page that looks like a path, a URL or XML
        soup = BeautifulSoup(page.encode("utf-8", "replace"), "lxml", from_encoding="utf-8")
    posting = next(iter(find_job_postings(page)), {})
    heading = soup.find("h1") or soup.title
    main = soup.find("main") or soup.find("article") or soup.body or soup
    for part in main.find_all(["nav", "footer", "aside", "form", "script", "style"]):
        part.extract()
    title = posting.get("title") or (heading.get_text(" ") if heading else "")
    description = clean_text(str(posting.get("description") or main))
    return clean_title(str(title)), description, posting
