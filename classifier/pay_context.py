"""What the objects around a value of pay say: its currency, its period, and where it was found."""

from collections.abc import Mapping
from typing import NamedTuple

from classifier.pay_fields import CURRENCY, UNIT, Fields, first_of, shown, word_of
from classifier.pay_values import DOLLARS, read_currency, read_unit


class Around(NamedTuple):
    """What the objects further out say of a value: it holds where the value says nothing.

    Attributes
    ----------
    dollar : str or None
        Currency of a bare ``$`` if no object names a currency.
    currency, unit : str or None
        As in `BaseSalary`; None for no word of it, or none that is understood.
    said : str
        Key and word that told the period.
    path : str
        Keys from the outermost object to the value, each with a dot behind it.
    depth : int
        Levels of objects and lists around the value.
    """

    dollar: str | None
    currency: str | None = None
    unit: str | None = None
    said: str = ""
    path: str = ""
    depth: int = 0

    def inside(self, key: str) -> "Around":
        """Give the same for what stands under a key."""
        return self._replace(path=f"{self.path}{shown(key)}.", depth=self.depth + 1)

    def beside(self, fields: Fields) -> "Around":
        """Currency and period that an object states, else those of the objects around it.

        >>> Around(None).beside({"currency": ("currency", "eur"), "per": ("per", "hour")})[1:4]
        ('EUR', 'HOUR', 'per hour')
        """
        written, unit = first_of(fields, UNIT)
        code = read_currency(word_of(first_of(fields, CURRENCY)[1]), self.dollar)
        said = word_of(unit)
        # Metadata of Greenhouse: {"unit": "USD", "min_value": ...}.
        unit_as_code = read_currency(said, self.dollar)
        around = self._replace(currency=code or unit_as_code or self.currency)
        if not isinstance(unit, str | Mapping) or unit_as_code:
            return around
        return around._replace(unit=read_unit(said), said=f"{shown(written)} {shown(said)}")

    @property
    def bare_dollar(self) -> str | None:
        """Currency of a ``$`` that stands in the value."""
        return self.currency if self.currency in DOLLARS else self.dollar

    def rule(self, keys: str) -> str:
        """`rule` of pay that was read from some keys.

        >>> Around(None, said="per hour", path="salary.").rule("min and max")
        'salary.min and max, per hour'
        """
        path = "" if self.path.rstrip(".") == keys else self.path
        return path + keys + (f", {self.said}" if self.said else "")

    def text_rule(self, rule: str) -> str:
        """`rule` of pay that was read from a text by a rule for texts.

        >>> Around(None, path="salary.").text_rule("range, period")
        'salary: range, period'
        """
        parts = (self.path.rstrip("."), self._replace(path="").rule(rule))
        return ": ".join(part for part in parts if part)
