"""What came of a site in a run, and whether it has answered as it should."""

from dataclasses import dataclass, field

LEAST_SHARE = 0.5  # of the postings that a site had; with fewer it has fallen short
FEW = 10  # postings of a site that may come and go as they like


@dataclass
class Tally:
    """What came of a site in a run.

    Attributes
    ----------
    n_new, n_changed, n_closed, n_same : int
        Postings, by what became of them in the store.
    reasons : list of str
        Of requests that failed, and of rejects; the first of them.
    partial : str
        Why the source shows only a part by its nature; nothing is closed then.
    problem : str
        Why the site has not answered as it should; "" if it has.
    """

    source: str
    site: str
    n_requests: int = 0
    n_postings: int = 0
    n_new: int = 0
    n_changed: int = 0
    n_closed: int = 0
    n_same: int = 0
    n_rejected: int = 0
    n_failed: int = 0
    total: int | None = None
    reasons: list[str] = field(default_factory=list)
    partial: str = ""
    problem: str = ""


def find_problem(tally: Tally, last: int | None) -> str:
    """Why a site has not answered as it should; "" if it has.

    Parameters
    ----------
    last : int or None
        How many postings it had when it last answered fully; None if it never did.

    Examples
    --------
    >>> find_problem(Tally("lever", "acme", n_requests=1, n_postings=40), 100)
    '40 postings, and 100 when it last answered fully'
    >>> find_problem(Tally("lever", "acme", n_requests=1), None)
    'it answered with nothing'
    """
    if tally.n_failed:
        first = tally.reasons[0] if tally.reasons else ""
        return f"{tally.n_failed} of {tally.n_requests} requests failed; {first}"
    if not tally.n_postings and not tally.n_closed:
        return "it answered with nothing"
    known = tally.n_postings + tally.n_rejected
    if tally.total is not None and not tally.partial and known < tally.total:
        return f"it says that it has {tally.total} postings, and gave {known}"
    if last is not None and last >= FEW and tally.n_postings < LEAST_SHARE * last:
        return f"{tally.n_postings} postings, and {last} when it last answered fully"
    return f"{tally.n_rejected} postings were rejected" if tally.n_rejected else ""
