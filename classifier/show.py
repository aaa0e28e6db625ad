"""Predictions, summaries and scores as rich renderables for the terminal."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from classifier.posting import BaseSalary
from classifier.predict import Evidence, Prediction, Term
from classifier.readings import Reading
from classifier.yearly import Yearly

COLOURS = {"research-engineer": "cyan", "software-engineer": "green", "other": "yellow"}
FOR, AGAINST = "green", "red"
TOP_TERMS = 12


def show_prediction(prediction: Prediction) -> RenderableType:
    """All of a prediction: label, probabilities, reasons, evidence, text, skills, pay."""
    return Group(*_parts(prediction))


def _parts(prediction: Prediction) -> Iterator[RenderableType]:
    yield _headline(prediction)
    for reason in prediction.reasons:
        yield Text(f"Review: {reason}", style="bold yellow")
    if prediction.evidence is None:
        return
    yield _bars(prediction)
    yield Text()
    yield _evidence(prediction.evidence)
    yield Text()
    yield highlight(prediction)
    yield Text()
    yield _skills(prediction)
    yield Text(f"Stated pay: {describe_salary(prediction.base_salary)}")
    if prediction.standing:
        yield Text(f"  {prediction.standing.text}")
    if prediction.estimated_salary:
        yield Text(f"Estimated pay: {describe_salary(prediction.estimated_salary)}")
        yield Text(f"  {prediction.estimated_salary.rule}")


def _headline(prediction: Prediction) -> Text:
    if prediction.label is None:
        return Text("No label", style="bold")
    text = Text(prediction.label, style=f"bold {COLOURS.get(prediction.label, 'magenta')}")
    text.append(f"  {prediction.probabilities[prediction.label]:.0%}", style="bold")
    if prediction.research_share is not None:
        text.append(f"   research share {prediction.research_share:.0%}", style="default not bold")
    return text


def _bars(prediction: Prediction) -> Grid:
    grid = Grid.grid(padding=(0, 2))
    for label, probability in sorted(prediction.probabilities.items(), key=lambda x: -x[1]):
        bar = Text("█" * round(30 * probability), style=COLOURS.get(label, "magenta"))
        grid.add_row(Text(f"  {label}"), Text(f"{probability:.3f}"), bar)
    return grid


def _evidence(evidence: Evidence) -> RenderableType:
    head = Text(f"Why {evidence.label} and not {evidence.against}: ", style="bold")
    head.append(f"log-odds {evidence.log_odds:+.2f}, the sum of")
    grid = Grid.grid(padding=(0, 2))
    for term in evidence.terms[:TOP_TERMS]:
        style = FOR if term.contribution > 0 else AGAINST
        grid.add_row(
            Text(f"  {term.contribution:+.3f}", style=style), Text(term.term), Text(_where(term))
        )
    rest = evidence.terms[TOP_TERMS:]
    if rest:
        total = sum(term.contribution for term in rest)
        grid.add_row(Text(f"  {total:+.3f}"), Text(f"{len(rest)} more terms", style="dim"), Text())
    grid.add_row(Text(f"  {evidence.intercept:+.3f}"), Text("intercept", style="dim"), Text())
    return Group(head, grid)


def _where(term: Term) -> str:
    times = f" x{len(term.spans)}" if len(term.spans) > 1 else ""
    return {"description": "text", "skills": "skill"}.get(term.block, term.block) + times


def highlight(prediction: Prediction) -> RenderableType:
    """Cleaned description with the deciding terms coloured; boilerplate is dim."""
    document, evidence = prediction.document, prediction.evidence
    text = Text(document.description, style="dim")
    for start, end in document.kept:
        text.stylize("not dim", start, end)
    for term in evidence.terms[:TOP_TERMS] if evidence else ():
        if term.block != "title":
            for start, end in term.spans:
                text.stylize(f"bold {FOR if term.contribution > 0 else AGAINST}", start, end)
    if prediction.base_salary and prediction.base_salary.span:
        text.stylize("bold underline", *prediction.base_salary.span)
    return Padding(text, (0, 2))


def _skills(prediction: Prediction) -> Grid:
    facets: dict[str, dict[str, None]] = {}
    for match in prediction.skills:
        facets.setdefault(match.facet, {})[match.skill] = None
    grid = Grid.grid(padding=(0, 2))
    for facet, names in facets.items():
        grid.add_row(Text(f"  {facet}", style="bold"), Text(", ".join(names)))
    return grid


def describe_salary(salary: BaseSalary | None) -> str:
    """One line: bounds, currency, period, and the words they were read from.

    >>> describe_salary(None)
    'none found'
    """
    if salary is None:
        return "none found"
    words = " ".join((salary.text or "").split())
    return describe_amount(salary) + (f', from "{words}"' if words else "")


def describe_amount(salary: BaseSalary | None) -> str:
    """Currency, bounds, period and kind; "" for none."""
    if salary is None:
        return ""
    bounds = [value for value in (salary.min_value, salary.max_value) if value is not None]
    amounts = " to ".join(f"{value:,f}" for value in dict.fromkeys(bounds))
    if salary.min_value is None:
        amounts = f"up to {amounts}"
    elif salary.max_value is None:
        amounts = f"from {amounts}"
    per = f"per {salary.unit_text.lower()}" if salary.unit_text else "(period not stated)"
    kind = f", {salary.kind} pay" if salary.kind else ""
    return f"{salary.currency or '(currency not stated)'} {amounts} {per}{kind}"


def describe_yearly(yearly: Yearly | None) -> str:
    """One line: bounds by the year and the factor.

    >>> describe_yearly(None)
    'not known: the period is not stated'
    """
    if yearly is None:
        return "not known: the period is not stated"
    bounds = [value for value in (yearly.min_value, yearly.max_value) if value is not None]
    amounts = " to ".join(f"{value:,.0f}" for value in dict.fromkeys(bounds))
    return f"{yearly.currency or '(currency not stated)'} {amounts} ({yearly.rule})"


def show_labels(labels: Iterable[tuple[str, int]], n_rows: int, n_review: int) -> Grid:
    """Table of how many rows have each label."""
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    grid.add_column("label")
    grid.add_column("postings", justify="right")
    grid.add_column("share", justify="right")
    for label, n in labels:
        style = COLOURS.get(label, "magenta" if label else "dim")
        grid.add_row(Text(label or "(no label)", style=style), str(n), f"{n / max(n_rows, 1):.0%}")
    grid.add_row(
        Text("of these for review", style="dim"), str(n_review), f"{n_review / max(n_rows, 1):.0%}"
    )
    return grid


def show_rows(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Grid:
    """Table of the first rows of a labelled file."""
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    grid.add_column("title", no_wrap=True, max_width=24)
    grid.add_column("label", no_wrap=True)
    grid.add_column("probability", no_wrap=True)
    grid.add_column("pay", no_wrap=True, max_width=24)
    for title, row in rows:
        label = row["label"] or ""
        grid.add_row(
            Text(" ".join(title.split())),
            Text(label or "(no label)", style=COLOURS.get(label, "magenta")),
            _probability(row),
            Text(_pay(row)),
        )
    return grid


def _probability(row: Mapping[str, Any]) -> str:
    stated = "" if row["probability"] is None else f"{row['probability']:.2f} "
    return stated + ("review" if row["review"] else "")


def _pay(row: Mapping[str, Any]) -> str:
    # A run without the columns of pay has none.
    low, high = row.get("base_salary_min_value"), row.get("base_salary_max_value")
    bounds = [f"{value:,.0f}" for value in dict.fromkeys((low, high)) if value is not None]
    if not bounds:
        return ""
    unit = row["base_salary_unit_text"]
    per = f"/{unit.lower()}" if unit else ""
    return f"{row['base_salary_currency'] or ''} {'-'.join(bounds)}{per}".strip()


def show_amounts(readings: Iterable[Reading]) -> RenderableType:
    """Every amount of a text: what it was read as, or why it is no pay."""
    rows = [
        [" ".join(one.text.split()), describe_amount(one.salary), one.reason or _rule(one.salary)]
        for one in readings
    ]
    if not rows:
        return Text("No amount of money found")
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for name in ("amount", "pay", "why"):
        grid.add_column(name)
    for row in rows:
        grid.add_row(*(Text(cell, style="" if row[1] else "dim") for cell in row))
    return grid


def _rule(salary: BaseSalary | None) -> str:
    return (salary.rule or "") if salary else ""


def show_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], text_columns: Container[int] = (0,)
) -> Grid:
    """Table of text: words to the left, figures to the right."""
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate(head):
        grid.add_column(name, justify="left" if i in text_columns else "right")
    for row in rows:
        grid.add_row(*map(Text, row))
    return grid
