"""Pages, and what they give."""

import pytest

from classifier.lines import Reject
from classifier.posting import JobPosting
from classifier.sources.wire import (
    Found,
    Listing,
    Page,
    Request,
    ShapeError,
    read_each,
    shown,
    why_not,
)


def posting_of(item: object) -> JobPosting | None:
    if item == "draft":
        return None
    if item == "huge":
        raise OverflowError
    return JobPosting("", str(item["title"]), identifier="1")  # type: ignore[index]  # that it fails is tested


@pytest.mark.parametrize(
    ("items", "titles", "rows"),
    [
        ([], [], []),
        (["draft"], [], []),
        ([{"title": "A"}, {"title": "B"}], ["A", "B"], []),
        ([{"title": "A"}, "draft", {"title": ""}, {}, None, "huge"], ["A"], [3, 4, 5, 6]),
    ],
)
def test_each_item(items: list[object], titles: list[str], rows: list[int]) -> None:
    found = read_each(items, posting_of)
    assert [listing.posting.title for listing in found.listings] == titles
    assert [reject.row for reject in found.rejects] == rows


@pytest.mark.parametrize(
    ("items", "number"),
    [([{}], 1), ([{}, {}], 2), (["draft", {}], 1), ([None, "draft", "huge"], 2)],
)
def test_no_item_that_can_be_read(items: list[object], number: int) -> None:
    with pytest.raises(ShapeError, match=f"none of {number} items can be read: no title"):
        read_each(items, posting_of)


def test_a_listing_stays_and_a_reject_shows_its_item() -> None:
    several = Listing(JobPosting("", "A", url="https://a.example"), several_roles=True)
    assert read_each([1], lambda _: several) == Found([several])
    items = [1, {"name": "ø" * 500}]
    found = read_each(items, lambda item: several if item == 1 else posting_of({}))
    assert found.rejects == [Reject(2, "no title", '{"name": "' + "ø" * 190)]


@pytest.mark.parametrize(
    ("posting", "reason"),
    [
        (JobPosting("", "Cook", identifier="1"), ""),
        (JobPosting("", "Cook", url="https://a.example"), ""),
        (JobPosting("Cook.", "Cook"), "no identifier and no url"),
        (JobPosting("Cook."), "no title"),
    ],
)
def test_why_not(posting: JobPosting, reason: str) -> None:
    assert why_not(posting) == reason


def test_shown() -> None:
    assert shown({"a": "ø", "b": {1: None}}) == '{"a": "ø", "b": {"1": null}}'
    assert len(shown(["x"] * 500)) == 200


def test_a_page_that_is_a_file_has_no_address() -> None:
    assert Page(b"").url == ""
    assert Page(b"", Request("https://a.example/1", "{}")).url == "https://a.example/1"
