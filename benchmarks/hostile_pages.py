"""What the worst pages that we could make cost: seconds and memory of `find_job_postings`.

    python benchmarks/hostile_pages.py

Each page has one megabyte, the most of which microdata and RDFa are read, or one block of JSON-LD
of 128 KB, the most that is repaired. Each is read in a process of its own.
"""

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

from classifier.structured_data import MOST_MARKED_UP, MOST_REPAIRED, find_job_postings

MICRODATA = '<div itemscope itemtype="http://schema.org/JobPosting">'
RDFA = '<div vocab="https://schema.org/" typeof="JobPosting">'
MARKUP = {
    "microdata, one item of many properties": (MICRODATA, '<b itemprop="title">x</b>'),
    "microdata, items in items": ("", MICRODATA),
    "microdata, many items": ("", f'{MICRODATA}<b itemprop="title">x</b></div>'),
    "RDFa, one item of many properties": (RDFA, '<b property="title">x</b>'),
    "RDFa, items in items": ("", RDFA),
    "RDFa, many items": ("", f'{RDFA}<b property="title">x</b></div>'),
}
BLOCKS = {
    "JSON-LD, brackets": "[",
    "JSON-LD, objects": '{"a":',
    "JSON-LD, quotes": '"x ',
    "JSON-LD, comments": "/*",
    "JSON-LD, no commas": '"a" 1 ',
}


def make_pages() -> dict[str, str]:
    """Pages by name."""
    pages = {
        name: (start + part * (MOST_MARKED_UP // len(part)))[: MOST_MARKED_UP - 1]
        for name, (start, part) in MARKUP.items()
    }
    for name, part in BLOCKS.items():
        block = '{"@type": "JobPosting", "a": ' + part * (MOST_REPAIRED // len(part))
        script = f'<script type="application/ld+json">{block[: MOST_REPAIRED - 1]}</script>'
        pages[name] = script
    return pages


def cost(page: str) -> tuple[float, float]:
    """Seconds, and megabytes that the process has at most."""
    start = time.perf_counter()
    find_job_postings(page)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.perf_counter() - start, peak


def main() -> None:
    """Print the cost of each page beside that of an empty one."""
    print(date.today())
    for name, page in {"an empty page": "", **make_pages()}.items():
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            seconds, peak = pool.submit(cost, page).result()
        print(f"{name:40} {len(page) / 1000:6.0f} KB  {seconds:6.2f} s  {peak:5.0f} MB")


if __name__ == "__main__":
    main()
