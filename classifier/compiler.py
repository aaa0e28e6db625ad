"""Whether there is a compiler for what is done to many postings at once."""

from importlib.util import find_spec


def has_compiler() -> bool:
    """Whether numba is installed. It takes half a second to import: only where it is used."""
    return find_spec("numba") is not None
