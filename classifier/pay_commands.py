"""The commands about pay: `salary` and `bands`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from classifier.console import (
    DONE,
    column_option,
    encoding_option,
    end,
    from_option,
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


@click.argument("text", help="A .txt or .html file, - for stdin, or the text.")
@click.option("--location", default="", help="Place, which tells what a bare $ is.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def salary(text: str, location: str, as_json: bool) -> int:
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


@click.argument("labelled", nargs=-1, help="Files that `classifier label` wrote; - is stdin.")
@click.option(
    "--by",
    default="label,level,country",
    metavar="NAMES",
    help="Of label, level, country, year.",
)
@click.option("--currency", metavar="ISO", help="Exchange all pay to this currency.")
@click.option("--plot", type=click.Path(path_type=Path), metavar="SVG", help="Write a picture.")
@click.option(
    "--reference",
    metavar="NAME",
    help="Show the reference bands of a label or a job title.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@click.option("--csv", "as_csv", is_flag=True, help="One line per band.")
@column_option
@encoding_option
@from_option
def bands(
    labelled: Sequence[str],
    by: str,
    currency: str | None,
    plot: Path | None,
    reference: str | None,
    as_json: bool,
    as_csv: bool,
    column: Sequence[str],
    encoding: str | None,
    input_format: str | None,
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
