"""Whether there is a compiler for what is done to many postings at once, and what it needs."""

from importlib.util import find_spec

SLACK = 64  # bytes behind a text, which compiled code may load and does not look at


def has_compiler() -> bool:
    """Whether numba is installed. It takes half a second to import: only where it is used."""
    return find_spec("numba") is not None
