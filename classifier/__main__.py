"""``python -m classifier`` and the ``classifier`` command."""

import sys
from io import TextIOWrapper

from classifier.cli import app


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # tests put other streams there
            # A terminal or pipe without UTF-8 shows \u20b9 for a letter that it lacks.
            stream.reconfigure(errors="backslashreplace")
    app(obj="alone")  # what `console.runs_alone` asks for


if __name__ == "__main__":
    main()
