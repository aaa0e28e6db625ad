"""What cleaning in machine code knows of single bytes of ASCII."""

from classifier.machine import Bytes, Number, compiled

UNSURE = -1  # in place of a length or a place: the reference has to look

NEWLINE, RETURN, BLANK, LESS, MORE, SLASH = 0x0A, 0x0D, 0x20, 0x3C, 0x3E, 0x2F
AMPERSAND, SEMICOLON, HASH, BANG, QUESTION, DASH, EQUALS = 0x26, 0x3B, 0x23, 0x21, 0x3F, 0x2D, 0x3D
QUOTE, APOSTROPHE, COLON = 0x22, 0x27, 0x3A


@compiled
def is_space(c: Number) -> bool:
    r"""Whether ``\s`` matches an ASCII character."""
    return bool(c == BLANK or 9 <= c <= 13 or 28 <= c <= 31)


@compiled
def small(c: Number) -> Number:
    """ASCII character in lower case."""
    return c | 0x20 if 0x41 <= c <= 0x5A else c


@compiled
def is_letter(c: Number) -> bool:
    """Whether an ASCII character is a letter."""
    return bool(0x61 <= c | 0x20 <= 0x7A)


@compiled
def is_digit(c: Number) -> bool:
    """Whether an ASCII character is a digit."""
    return bool(0x30 <= c <= 0x39)


@compiled
def skip_spaces(data: Bytes, i: Number, end: Number) -> Number:
    """Place behind the ASCII white space at i; `UNSURE` if a character that is not ASCII follows.

    It might be white space, too.
    """
    while i < end and is_space(data[i]):
        i += 1
    return UNSURE if i < end and data[i] >= 0x80 else i


@compiled
def name_end(data: Bytes, i: Number, end: Number) -> Number:
    """Place behind the ASCII letters and digits at i."""
    while i < end and (is_letter(data[i]) or is_digit(data[i])):
        i += 1
    return i
