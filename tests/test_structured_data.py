"""JobPosting objects of pages, whole or broken."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.structured_data import find_job_postings, read_json_ld


def script(text: str, kind: str = "application/ld+json") -> str:
    return f'<html><head><script type="{kind}">{text}</script></head></html>'


COOK = '{"@type": "JobPosting", "title": "Cook"}'


@pytest.mark.parametrize(
    ("page", "titles"),
    [
        (script(COOK), ["Cook"]),
        (f"<SCRIPT id=1 type=application/ld+json async>{COOK}</SCRIPT>", ["Cook"]),
        (script(f"[{COOK}, {COOK.replace('Cook', 'Baker')}]"), ["Cook", "Baker"]),
        (script(f'{{"@graph": [{{"@type": "WebPage"}}, {COOK}]}}'), ["Cook"]),
        (script('{"@type": "Organization"}') + script(COOK), ["Cook"]),
        (script("") + script(" ") + script("null") + script(COOK), ["Cook"]),
        (script("{broken JobPosting") + script(COOK), ["Cook"]),
        (script(COOK.replace('"JobPosting"', '["Thing", "schema:JobPosting"]')), ["Cook"]),
        (script(COOK.replace("JobPosting", "http://schema.org/JobPosting")), ["Cook"]),
        (script(f"//<![CDATA[\n{COOK}\n//]]>"), ["Cook"]),
        (script(f"/*<![CDATA[*/{COOK}/*]]>*/"), ["Cook"]),
        (script(f"<!--\n{COOK}\n//-->"), ["Cook"]),
        (script(COOK.replace('"', "&quot;")), ["Cook"]),
        (script('{"@type": "JobPosting", "title": "Co\nok\t"}'), ["Co\nok\t"]),
        (script('{"@type": "JobPosting", "title": "Co\x01ok"}'), ["Co\x01ok"]),
        (script('{"@type": "JobPosting", // kind\n "title": "Cook" /* name */}'), ["Cook"]),
        (
            script('{"@type": "JobPosting", "url": "http://a.example//b", "title": "Cook",}'),
            ["Cook"],
        ),
        (script('{"@type": "JobPosting" "title": "Cook"}'), ["Cook"]),
        (script(r'{"@type": "JobPosting", "title": "Cook \_o_/"}'), [r"Cook \_o_/"]),
        (script(r'{"@type": "JobPosting", "title": "Cook \x41"}'), [r"Cook \x41"]),
        (
            script(
                '{"@type": "JobPosting", "title": "Cook"}, {"@type": "JobPosting", "title": "B"}'
            ),
            ["Cook"],
        ),
        (script(COOK, "text/javascript"), []),
        (f"<!-- {script(COOK)} -->", []),
        (script('{"@type": "JobPostingList", "title": "x"}'), []),
        (script('{"@type": "Thing", "about": "JobPosting"}'), []),
        ("<p>JobPosting</p>", []),
        ("", []),
    ],
)
def test_json_ld(page: str, titles: list[str]) -> None:
    found = find_job_postings(page)
    assert [posting["title"] for posting in found][: len(titles) or None] == titles


MICRODATA = """<div itemscope itemtype="http://schema.org/JobPosting">
<h1 itemprop="title">Cook</h1><div itemprop="description"><p>Cook soup.</p></div>
<div itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization">
<b itemprop="name">Soup Kitchen</b></div>
<div itemprop="baseSalary" itemscope itemtype="http://schema.org/MonetaryAmount">
<meta itemprop="currency" content="EUR"><meta itemprop="value" content="2100"></div></div>"""
RDFA = """<div vocab="https://schema.org/" typeof="JobPosting"><h1 property="title">Cook</h1>
<div property="hiringOrganization" typeof="Organization"><b property="name">Soup Kitchen</b></div>
<a property="url" href="https://soup.example/1">more</a></div>"""


@pytest.mark.parametrize("page", [MICRODATA, RDFA], ids=["microdata", "RDFa"])
def test_other_markup(page: str) -> None:
    [found] = find_job_postings(page)
    assert found["title"] == "Cook"
    assert found["hiringOrganization"]["name"] == "Soup Kitchen"


def test_json_ld_comes_before_markup() -> None:
    assert len(find_job_postings(script(COOK) + MICRODATA)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"JobPosting": "' + '\\"' * 50_000,
        '{"@type": "JobPosting", ' + '"a": [1, 2, ' * 20_000,
        "{" + "/*" * 50_000,
        '"' * 100_000,
        "&quot;" * 50_000,
        "[" + '{"@type": "JobPosting"},' * 20_000,
    ],
    ids=lambda text: text[:20],
)
def test_hostile_blocks_cost_little(text: str) -> None:
    start = time.perf_counter()
    find_job_postings(script(f"JobPosting {text}") + f"<p>JobPosting {text}")
    find_job_postings(script(text))
    read_json_ld(text)
    assert time.perf_counter() - start < 20  # a bound on work, far from what it takes


@given(st.text())
def test_any_text_gives_a_list(text: str) -> None:
    assert isinstance(find_job_postings(script(f"{text}JobPosting")), list)
    assert isinstance(find_job_postings(f"{text} JobPosting typeof=JobPosting {text}"), list)
