"""The pay of one text, with every amount of money in it and why it is pay or not."""

from typing import NamedTuple

from classifier.clean import clean_text
from classifier.places import dollar_currency
from classifier.posting import BaseSalary, JobPosting, to_json
from classifier.predict import stated_salary
from classifier.readings import Reading
from classifier.salary import explain_amounts
from classifier.structured_pay import parse_pay_field
from classifier.yearly import Yearly, annualize

LONGEST_FIELD = 200  # characters: a longer line is a posting


class PayReading(NamedTuple):
    """What is read in a text.

    Attributes
    ----------
    readings : list of Reading
        Every amount, in text order; none for structured pay, which has no text.
    salary : BaseSalary or None
        The pay that the text states, of several levels or places their envelope.
    yearly : Yearly or None
        The same per year, with the factor.
    """

    readings: list[Reading]
    salary: BaseSalary | None
    yearly: Yearly | None

    def to_json(self) -> dict[str, object]:
        """Plain values for `json.dumps`."""
        return {
            "base_salary": self.salary and to_json(self.salary),
            "yearly": self.yearly and self.yearly.to_json(),
            "amounts": [
                {
                    "text": one.text,
                    "span": list(one.span),
                    "base_salary": one.salary and to_json(one.salary),
                    "reason": one.reason,
                }
                for one in self.readings
            ],
        }


def explain_pay(posting: JobPosting) -> PayReading:
    """Pay of a posting; if that is one short line, it is read as what a field for pay holds.

    >>> found = explain_pay(JobPosting("€40 per hour"))
    >>> found.salary.rule, found.yearly.midpoint
    ('single, period', Decimal('83200'))
    """
    text = clean_text(posting.description)
    place = "; ".join(posting.job_location)
    dollar = dollar_currency(place, text)
    field = not posting.salary_text and len(text) <= LONGEST_FIELD and "\n" not in text
    readings = explain_amounts(text, default_dollar=dollar, field=field)
    salary = parse_pay_field(text, default_dollar=dollar) if field else None
    salary = salary or stated_salary(posting, text)
    return PayReading(readings, salary, annualize(salary) if salary else None)
