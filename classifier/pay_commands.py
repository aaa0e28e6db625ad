"""The commands about pay: `salary` and `bands`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.console import (
    DONE,
    ColumnOption,
    EncodingOption,
    end,
    read_columns,
    say,
    say_headings,
    show,
    table_width,
    write_csv,
    write_json,
)
from classifier.errors import InputError

# What a command needs beyond this is imported inside it: `--help` starts fast.
if TYPE_CHECKING:
    from classifier.bands import Band


# --- salary ---


def salary(
    text: Annotated[str, typer.Argument(help="A .txt or .html file, - for stdin, or the text.")],
    location: Annotated[str, typer.Option(help="Place, which tells what a bare $ is.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> int:
    """Show the pay that is read in a text, and why the other amounts of money are none.

    A line of up to 200 characters is read as a field for pay, anything longer as a posting. Of an
    .html page the pay of its schema.org JobPosting comes first.

    Example:
      classifier salary "£60k to £75k plus a £2,000 learning budget"
      classifier salary posting.html --location Toronto
    """
    from classifier.explain_pay import explain_pay
    from classifier.read_posting import read_posting
    from classifier.show import describe_salary, describe_yearly, show_amounts

    posting = read_posting(text)
    found = explain_pay(replace(posting, job_location=(location,)) if location else posting)
    if as_json:
        write_json(found.to_json())
        return DONE
    show(show_amounts(found.readings))
    show("")
    show(f"Pay: {describe_salary(found.salary)}")
    if found.salary:
        show(f"A year: {describe_yearly(found.yearly)}")
    return DONE


# --- bands ---


def bands(
    labelled: Annotated[
        list[str] | None, typer.Argument(help="Files that `classifier label` wrote; - is stdin.")
    ] = None,
    by: Annotated[
        str, typer.Option(metavar="NAMES", help="Of label, level, country, year.")
    ] = "label,level,country",
    currency: Annotated[
        str | None, typer.Option(metavar="ISO", help="Exchange all pay to this currency.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(metavar="SVG", help="Write a picture.")] = None,
    reference: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Show the reference bands of a label or a job title."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="One line per band.")] = False,
    column: ColumnOption = None,
    encoding: EncodingOption = None,
    input_format: Annotated[
        str | None, typer.Option("--from", metavar="SUFFIX", help="Format of stdin, e.g. jsonl.")
    ] = None,
) -> int:
    """Salary bands of labelled postings, with counts, employers and uncertainty.

    Quartiles need 5 employers, the percentiles 10 and 90 need 10, and none has more than a
    quarter of the weight. A cell with too few widens (country, region, world; then all levels)
    and says of what its figures are, or is left out with the reason.

    Example:
      classifier bands labelled.parquet --by label,country --currency EUR --plot bands.svg
      classifier bands --reference "Research Engineer"
    """
    if as_json and as_csv:
        raise InputError("--json and --csv are two forms of one output: give one of them")
    if reference is not None:
        if labelled or plot or currency:
            raise InputError("--reference shows shipped bands: it takes no file, plot or currency")
        return _reference(reference, as_json, as_csv)
    if not labelled:
        raise InputError("give a file that `classifier label` wrote, or --reference NAME")
    if plot:
        _check_plot(labelled, plot)
    from classifier.band_plot import plot_bands
    from classifier.bands import check_dimensions, salary_bands
    from classifier.exchange import check_currency
    from classifier.pay_table import read_pays
    from classifier.show_bands import show_bands
    from classifier.write_files import replacing

    names = list(dict.fromkeys(name.strip() for name in by.split(",") if name.strip()))
    check_dimensions(names)
    wanted = check_currency(currency) if currency else None
    table = read_pays(
        labelled,
        currency=wanted,
        columns=read_columns(column),
        encoding=encoding,
        suffix=input_format,
        on_headings=say_headings,
    )
    found = salary_bands(table.pays, names)
    if as_json or as_csv:
        _write_bands(found, as_json)
    else:
        show(show_bands(found, names, table_width()), table_width())
    for note in table.notes(wanted):
        say(note)
    if plot:
        picture = plot_bands(found)
        with replacing(plot) as file:
            file.write(picture.encode())
    return end(f"{table.n_rows} postings read", table.n_rejects, None)


def _check_plot(labelled: Sequence[str], plot: Path) -> None:
    from classifier.write_files import check_apart

    check_apart(labelled, str(plot))
    if plot.suffix.lower() != ".svg":
        raise InputError(f"--plot writes SVG: give a name that ends in .svg, not {plot}")


def _write_bands(found: "Sequence[Band]", as_json: bool) -> None:
    if as_json:
        write_json([band.to_json() for band in found])
    else:
        write_csv([band.to_row() for band in found])


def _reference(name: str, as_json: bool, as_csv: bool) -> int:
    from classifier.reference import find_name
    from classifier.show_bands import show_reference

    found = find_name(name)
    rows = [band._asdict() for band in found]
    if as_json:
        write_json(rows)
    elif as_csv:
        write_csv(rows)
    else:
        show(show_reference(found, table_width()), table_width())
    return DONE
