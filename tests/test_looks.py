"""Quick looks of compiled code: with them all is found that is found without."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import amounts, experience, levels, places, remote_work, respelling
from classifier.amounts import find_amounts, may_hold_money
from classifier.clean import clean_text
from classifier.compiled_looks import REACH
from classifier.dimensions import find_dimensions
from classifier.levels import find_level
from classifier.looks import look, look_tables
from classifier.posting import JobPosting
from classifier.predict import stated_salary
from classifier.quick import Look
from classifier.reading import as_strings
from classifier.respelling import respell
from classifier.salary import find_salaries


def one_of(pieces: str) -> st.SearchStrategy[str]:
    return st.sampled_from(pieces.split("|"))


SMALL = one_of(
    " |-|–|—|’|/|.|,|:|?|(|)|+|x|ſ|ı|İ|é|０|٣|€|$|＄|年収|¥|\\|Â£|â€“|&nbsp;|\n|\t|\u00a0"
    "|\N{KELVIN SIGN}"
)
PAY = one_of(
    "$|€|£|USD|AED |EUR |zł|kr|k|K|m| million|万|5|40|50,000|50 000|50’000|72.500|65000|120000"
    "|401k|401(k)|-| - | to | and |between |per hour|/hr| an hour| p.a.|a year|Salary: |bonus"
    "|Pay range|hourly rate of |equity|revenue of |raised |Canadian dollars|United States|USA"
    "|U.S. |Canada|RRSP|superannuation|TEUR 65|R 50 000|12 lakh|14 LPA|x 13|hourly|pounds"
)
LEVEL = one_of(
    "level|seniority|experience|Seniority level: senior|This is a|we offer an|senior|junior"
    "|role|position|5|3+|two|Seven|10|years|yrs|yr|yoe|ans|années|años|jahre|jaar|lat|to"
    "|of experience|experience-level: mid|this will be a|internship"
)
REMOTE = one_of(
    "this|the|role|job|is|will be|can be|a|an|not|no|isn’t|remote|hybrid|on-site|onsite|en"
    "|in office|office-based|in the office|work from home|home-based|télétravail|fully|100%"
    "|vollständig|location|two|3|days|a week|remote work is not|opportunity|work|anywhere"
)
EXPRESSIONS = st.one_of(
    *(
        st.from_regex(pattern)
        for pattern in (
            *(levels._FIELD, levels._ROLE, experience._REQUIRED),
            *(remote_work._REMOTE, remote_work._NOT_REMOTE, amounts._HINT, respelling._RESPELL),
        )
    )
)
TEXTS = st.tuples(
    st.lists(SMALL | PAY | LEVEL | REMOTE | EXPRESSIONS | st.text(max_size=4), max_size=14),
    st.sampled_from(["", " "]),
).map(lambda pair: pair[1].join(pair[0]).encode("utf-8", "ignore").decode())


def looks_at(texts: list[str]) -> list[Look | None]:
    return look(*as_strings(texts))


@given(st.lists(TEXTS, min_size=1, max_size=3))
@settings(deadline=None, max_examples=600)
def test_nothing_is_missed(texts: list[str]) -> None:
    for text, seen in zip(texts, looks_at(texts), strict=True):
        for find in (levels._fields, levels._roles, experience._required):
            assert [m.span() for m in find(text, seen)] == [m.span() for m in find(text)]
        assert find_level("", text, seen) == find_level("", text)
        assert remote_work.text_remote(text, seen) is remote_work.text_remote(text)
        assert may_hold_money(text, seen) == may_hold_money(text)
        assert respell(text, seen) == respell(text)
        assert list(find_amounts(respell(text), seen)) == list(find_amounts(respell(text)))
        assert places._signs(text, seen) == places._signs(text)


@given(st.lists(PAY | SMALL, max_size=25), st.sampled_from(["", " "]))
@settings(deadline=None, max_examples=300)
def test_pay_is_the_same(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    (seen,) = looks_at([text])
    assert find_salaries(text, default_dollar="$", look=seen) == find_salaries(
        text, default_dollar="$"
    )


@given(st.lists(REMOTE | SMALL, max_size=20), st.sampled_from(["", " "]))
@settings(deadline=None, max_examples=500)
def test_remote_work_is_the_same(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    (seen,) = looks_at([text])
    assert remote_work.text_remote(text, seen) is remote_work.text_remote(text)


def test_real_postings_are_the_same(corpus: Path) -> None:
    rows = pq.read_table(corpus, columns=["title", "description", "location"]).to_pylist()[::40]
    texts = [clean_text(row["description"]) for row in rows]
    for row, text, seen in zip(rows, texts, looks_at(texts), strict=True):
        posting = JobPosting("", row["title"] or "", job_location=(row["location"] or "",))
        assert find_dimensions(posting, text, look=seen) == find_dimensions(posting, text)
        assert stated_salary(posting, text, seen) == stated_salary(posting, text)


@pytest.mark.parametrize(
    "text",
    [
        "the very own own job will be a b, c, work from home",
        "not a fully eligible for work from home",
        "the very own own job can be a full time, on site",
        "5 days a week in the office",
        "home based remote job",
        "100% en remote",
        "location type : fully remote",
        "three  (10+) or more  bis  12345 +  années",
    ],
)
@pytest.mark.parametrize("fill", ["", " w" * 400, "w" * 900])
def test_the_longest_statement_is_seen(text: str, fill: str) -> None:
    (seen,) = looks_at([f"x{fill} {text}. {fill}"])
    assert seen
    assert seen.remote or seen.years


def test_there_is_a_look_but_where_a_letter_is_taken_for_another() -> None:
    assert [one is None for one in looks_at(["", "kelvin", "\N{KELVIN SIGN}", "ſ", "x"])] == [
        *(False, False, True, True, False)
    ]
    assert looks_at([]) == []


def test_the_reach_is_that_of_the_expression() -> None:
    assert REACH == experience._YEARS_REACH


def test_units_are_those_of_the_expression() -> None:
    for word in experience.UNIT_WORDS:
        if "?" not in word:
            assert any(unit.fullmatch(word) for unit in experience._UNITS)


def test_the_lists_of_phrases_have_numbers_of_a_byte() -> None:
    assert len(look_tables().phrases.starts) <= 256


def test_there_is_room_for_all_that_stands_at_one_place() -> None:
    keys, masks = look_tables().phrases.keys, look_tables().phrases.masks
    for phrase in keys:
        standing = ((phrase ^ keys) & masks == 0).all(axis=1).sum()
        assert 1 + standing <= 4
