"""Numbers in small texts: where one may be pay, or years.

The texts are those of `compiled_small`. The rules hold wherever the expressions of amounts.py and
experience.py match, and at some places more.
"""

from classifier.compiled_ascii import is_digit, is_letter, is_name
from classifier.compiled_small import DIGIT, MONEY, OTHER
from classifier.machine import Bytes, Number, compiled


@compiled
def is_number(c: Number) -> bool:
    """Whether a digit or a sign of money stands at a byte."""
    return bool(is_digit(c) or c == 0x24 or (c >= OTHER and c & (MONEY | DIGIT) != 0))


@compiled
def is_figure(c: Number) -> bool:
    """Whether a character is a digit, in any script."""
    return bool(is_digit(c) or (c >= OTHER and c & DIGIT != 0))


@compiled
def starts_number(text: Bytes, i: Number) -> bool:
    """Whether a number of years can begin at a byte."""
    c = text[i - 1]
    return not (is_name(c) or c == 0x24 or (0x2B <= c <= 0x2E))  # "$+,-."


@compiled
def is_blank(c: Number) -> bool:
    """Whether `respelling.respell` may make a space of a character."""
    return bool(c == 0x20 or c == 0x09 or c == 0x5C or c >= OTHER)


@compiled
def are_digits(text: Bytes, i: Number, n: Number) -> bool:
    """Whether n digits stand at a byte."""
    for k in range(i, i + n):
        if not is_digit(text[k]) and text[k] < OTHER:
            return False
    return True


@compiled
def may_be_money(text: Bytes, cased: Bytes, i: Number) -> bool:
    """Whether a hint of money may begin at the number or sign at a byte."""
    c = text[i]
    if not is_digit(c):
        return bool(c == 0x24 or c & MONEY != 0)
    if is_blank(text[i - 1]) and are_capitals(cased, i - 4):
        return True
    c = text[i + 1]
    if is_digit(c):
        return are_digits(text, i + 2, 3)
    if c >= OTHER or (
        (c == 0x2E or c == 0x2C or c == 0x27 or is_blank(c)) and are_digits(text, i + 2, 3)
    ):
        return True
    i += 1
    last = i + 2
    while i < last and (text[i] == 0x2B or is_blank(text[i])):
        i += 1
    return may_be_unit(text, cased, i)


@compiled
def are_capitals(cased: Bytes, i: Number) -> bool:
    """Whether three capitals stand at a byte, as in the code of a currency."""
    return is_capital(cased[i]) and is_capital(cased[i + 1]) and is_capital(cased[i + 2])


@compiled
def is_capital(c: Number) -> bool:
    """Whether an ASCII character is a capital letter."""
    return bool(0x41 <= c <= 0x5A)


@compiled
def may_be_unit(text: Bytes, cased: Bytes, i: Number) -> bool:
    """Whether what follows a number may make it one of money: "k", "lakh", "an hour", "USD"."""
    c, d = text[i], text[i + 1]
    if c == 0x6B or c == 0x24 or c == 0x2F or c >= OTHER or d >= OTHER:  # k $ /
        return True
    if c == 0x70:  # p
        return bool(is_letter(d) or is_blank(d) or d == 0x2E or d == 0x2F)
    if are_capitals(cased, i) and not is_name(text[i + 3]):
        return True
    if c == 0x61:  # "a ", "an "
        return is_blank(d) or (d == 0x6E and is_blank(text[i + 2]))
    return is_word_of_money(text, i)


@compiled
def is_word_of_money(text: Bytes, i: Number) -> bool:
    """Whether one of the other words behind a number begins at a byte."""
    c, d, e = text[i], text[i + 1], text[i + 2]
    if c == 0x6C:  # lpa, lac, lakh, lei
        return bool(d == 0x70 or (d == 0x61 and (e == 0x63 or e == 0x6B)) or (d == 0x65))
    if c == 0x64:  # daily, dollars
        return bool((d == 0x61 and e == 0x69) or (d == 0x6F and e == 0x6C))
    if (c == 0x68 and d == 0x6F) or (c == 0x77 and d == 0x65):  # hourly, weekly
        return bool(text[i + 4] == 0x6C)
    if c == 0x65 or c == 0x74:  # euro, TEUR
        return bool(d == 0x75 or (d == 0x65 and e == 0x75))
    return bool((c == 0x63 and d == 0x72) or (c == 0x66 and d == 0x74))  # cr, Ft
