"""One posting to a Prediction: label, probabilities, evidence, skills, salary, review."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from classifier.amounts import may_hold_dollars
from classifier.bands import ALL
from classifier.dimensions import Dimensions, find_dimensions
from classifier.features import (
    NO_TITLE,
    Document,
    Span,
    count_terms,
    find_spans,
    read_document,
)
from classifier.places import dollar_currency
from classifier.posting import BaseSalary, JobPosting, to_json
from classifier.quick import Look
from classifier.reference import Standing, estimate_salary, find_band, find_standing
from classifier.salary import envelope, find_salaries
from classifier.structured_pay import parse_pay_field
from classifier.table import Contribution, Floats, Table, softmax
from classifier.vocabulary import SkillMatch
from classifier.yearly import yearly_amount

RESEARCH, SOFTWARE = "research-engineer", "software-engineer"
_LONG_FIELD = 500  # characters
NO_WORDS = "no text to judge by: no word of it is known to the model"


class Term(NamedTuple):
    """A term's part in the evidence; `spans` are its places, half-open, in its field."""

    block: str
    term: str
    contribution: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why `label` and not `against`: ``intercept + sum of contributions == log_odds``.

    Attributes
    ----------
    label, against : str
        The two labels of highest probability.
    log_odds : float
        ln(P(label) / P(against)), never negative.
    intercept : float
        The part that no term adds.
    terms : tuple of Term
        Every known term, the largest contribution (of either sign) first.
    """

    label: str
    against: str
    log_odds: float
    intercept: float
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model says of one posting.

    Attributes
    ----------
    label : str or None
        None if there is no known term to judge by.
    probabilities : dict of str to float
        One per label, 0..1, summing to 1; empty without a label.
    research_share : float or None
        P(research) / (P(research) + P(software)); None for a model of other roles.
    review : bool
        A person should look: `reasons` says why.
    evidence : Evidence or None
        None without a label.
    skills : tuple of SkillMatch
        In text order; places are in `document.description`.
    base_salary : BaseSalary or None
        Pay that the posting states; its span is in `document.description`.
    dimensions : Dimensions
        Level, countries, remote work, employment type, year.
    standing : Standing or None
        Place of the stated pay in the reference band; None if no pay is stated, or no band is of
        its label, or the posting is for review.
    estimated_salary : BaseSalary or None
        Where no pay is stated: the middle half of the reference band, which `rule` names. None
        without a country, and for a posting that is for review.
    model : str
        Name and version of the model.
    document : Document
        The cleaned posting that all places refer to.
    """

    label: str | None
    probabilities: dict[str, float]
    research_share: float | None
    review: bool
    reasons: tuple[str, ...]
    evidence: Evidence | None
    skills: tuple[SkillMatch, ...]
    base_salary: BaseSalary | None
    dimensions: Dimensions
    standing: Standing | None
    estimated_salary: BaseSalary | None
    model: str
    document: Document

    def to_json(self) -> dict[str, object]:
        """Plain values for `json.dumps`, all fields but the document."""
        evidence, salary, estimate = self.evidence, self.base_salary, self.estimated_salary
        return {
            "label": self.label,
            "probabilities": self.probabilities,
            "research_share": self.research_share,
            "review": self.review,
            "reasons": list(self.reasons),
            "evidence": None if evidence is None else _evidence_json(evidence),
            "skills": [match._asdict() for match in self.skills],
            "base_salary": None if salary is None else to_json(salary),
            "standing": self.standing and self.standing.text,
            "estimated_salary": None if estimate is None else to_json(estimate),
            **self.dimensions.to_json(),
            "model": self.model,
        }


def _evidence_json(evidence: Evidence) -> dict[str, object]:
    return {
        "label": evidence.label,
        "against": evidence.against,
        "log_odds": evidence.log_odds,
        "intercept": evidence.intercept,
        "terms": [term._asdict() for term in evidence.terms],
    }


def classify(table: Table, posting: JobPosting | str, *, explain: bool = True) -> Prediction:
    """Prediction for a posting, or for its text alone. Never raises on any text.

    Without `explain`, `evidence` and the employment type are None: labelling many postings needs
    neither.
    """
    if isinstance(posting, str):
        posting = JobPosting(description=posting)
    document = read_document(posting.title, posting.description)
    skills = table.vocabulary.find_skills(document.work)
    found = table.contributions(count_terms(document, skills, table.vocabulary))
    logits = sum((c.logits for c in found), start=table.intercept)
    reasons = review_reasons(table, softmax(logits), [(c.block, c.term) for c in found])
    hopeless = reasons == (NO_WORDS,)
    probabilities = {} if hopeless else name_probabilities(table, softmax(logits))
    evidence = (
        _evidence(table, found, logits, find_spans(document, skills))
        if explain and not hopeless
        else None
    )
    label = max(probabilities, key=probabilities.__getitem__, default=None)
    salary = stated_salary(posting, document.description)
    dimensions = find_dimensions(posting, document.description, employment=explain)
    # The band of a label that is in doubt says nothing.
    standing, estimate = find_market("" if reasons else label or "", dimensions, salary)
    return Prediction(
        label=label,
        probabilities=probabilities,
        research_share=research_share(probabilities),
        review=bool(reasons),
        reasons=reasons,
        evidence=evidence,
        skills=tuple(_placed(document, match) for match in skills),
        base_salary=salary,
        dimensions=dimensions,
        standing=standing,
        estimated_salary=estimate,
        model=table.name,
        document=document,
    )


def review_reasons(
    table: Table, probabilities: Floats, known: Iterable[tuple[str, str]]
) -> tuple[str, ...]:
    """Why a person should look, or (); `known` are the (block, term) pairs of the document.

    `NO_WORDS` stands alone: then there is no label either.
    """
    known = [pair for pair in known if pair != ("title", NO_TITLE)]
    if not known:
        return (NO_WORDS,)
    reasons = []
    n_terms = sum(block == "description" for block, _ in known)
    if n_terms < table.min_terms:
        reasons.append(f"short text: {n_terms} known terms, fewer than {table.min_terms}")
    if (top := float(probabilities.max())) < table.threshold:
        reasons.append(f"unsure: probability {top:.2f} is under {table.threshold:.2f}")
    return tuple(reasons)


def name_probabilities(table: Table, probabilities: Floats) -> dict[str, float]:
    """Probability of each label, by name."""
    return dict(zip(table.classes_, map(float, probabilities), strict=True))


def research_share(probabilities: Mapping[str, float]) -> float | None:
    """P(research) / (P(research) + P(software)); None if the model has other roles.

    >>> research_share({"research-engineer": 0.375, "software-engineer": 0.125, "other": 0.5})
    0.75
    >>> research_share({"data-engineer": 0.5, "data-analyst": 0.5}) is None
    True
    """
    if RESEARCH not in probabilities or SOFTWARE not in probabilities:
        return None
    both = probabilities[RESEARCH] + probabilities[SOFTWARE]
    return probabilities[RESEARCH] / both if both else 0.5


def stated_salary(
    posting: JobPosting, description: str, look: Look | None = None
) -> BaseSalary | None:
    """Pay that a posting states: as a record, in its pay field, or in its description.

    The field may hold text or JSON (`parse_pay_field`). Several levels or places in the
    description give their envelope, with the span of the first.
    The place, else the description, tells the currency of a bare ``$``. A `look` at the
    description spares time, and changes nothing.
    """
    if posting.base_salary is not None:
        return posting.base_salary
    in_field = _pay_in_field(posting, description, look)
    if in_field is not None:
        # Spans are places in the description.
        parts = tuple(replace(one, span=None) for one in in_field.alternatives)
        rule = f"base_salary field, {in_field.rule}"
        return replace(in_field, span=None, rule=rule, alternatives=parts)
    # What a "$" is is sought only where pay is stated in it.
    salaries = find_salaries(description, default_dollar="$", look=look)
    if any(salary.currency == "$" for salary in salaries):
        dollar = _dollar(posting, description, look)
        salaries = [
            replace(salary, currency=dollar) if salary.currency == "$" else salary
            for salary in salaries
        ]
    return envelope(salaries)


def _dollar(posting: JobPosting, description: str, look: Look | None) -> str | None:
    return dollar_currency("; ".join(posting.job_location), description, look)


def _pay_in_field(posting: JobPosting, description: str, look: Look | None) -> BaseSalary | None:
    text = posting.salary_text
    if not text:
        return None
    # As above; in JSON and HTML a "$" may be escaped.
    asked = "\\" in text or "&" in text or may_hold_dollars(text)
    dollar = _dollar(posting, description, look) if asked else None
    if len(text) > _LONG_FIELD:  # too much to keep thousands of them
        return parse_pay_field(text, default_dollar=dollar)
    return _pay_in_short_field(text, dollar)


@lru_cache(maxsize=4096)  # what fields hold repeats: the bands of a firm, "competitive"
def _pay_in_short_field(text: str, dollar: str | None) -> BaseSalary | None:
    return parse_pay_field(text, default_dollar=dollar)


def find_market(
    label: str, dimensions: Dimensions, salary: BaseSalary | None
) -> tuple[Standing | None, BaseSalary | None]:
    """Place of the stated pay in the reference band; if none is stated, the pay to expect.

    Both are None without a label, as one in doubt should be: its band says nothing.
    """
    level = dimensions.level.name if dimensions.level else ""
    place = dimensions.country, dimensions.region
    if salary is None:
        band = find_band(label, level, *place, dimensions.year)
        # An intern's pay is not that of all levels, nor a country's that of the world.
        fits = band and band.place in place and band.level == (level or ALL)
        return None, estimate_salary(band) if band and fits else None
    yearly, currency = yearly_amount(salary), salary.currency
    if yearly is None or currency is None:
        return None, None
    band = find_band(label, level, *place, dimensions.year, currency)
    # Pounds of an unknown country say nothing among the world's dollars.
    if band is None or (band.currency != currency and not dimensions.country):
        return None, None
    return find_standing(yearly, currency, band, dimensions.year), None


def _evidence(
    table: Table,
    found: Iterable[Contribution],
    logits: Floats,
    places: Mapping[tuple[str, str], Sequence[Span]],
) -> Evidence:
    best, against = np.argsort(-logits, kind="stable")[:2]
    terms = [
        Term(
            c.block,
            c.term,
            float(c.logits[best] - c.logits[against]),
            tuple(places.get((c.block, c.term), ())),
        )
        for c in found
    ]
    return Evidence(
        label=table.classes_[best],
        against=table.classes_[against],
        log_odds=float(logits[best] - logits[against]),
        intercept=float(table.intercept[best] - table.intercept[against]),
        terms=tuple(sorted(terms, key=lambda term: (-abs(term.contribution), term.term))),
    )


def _placed(document: Document, match: SkillMatch) -> SkillMatch:
    start, end = document.place(match.start, match.end)
    return match._replace(start=start, end=end)
