"""Laws of differences: none with itself, and the other way round what joined is what left."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog.copying import files_named
from ssp_coder.catalog.differences import AnyFile, Concern, Difference, differences, kind_of
from ssp_coder.catalog.reading import read_instrument
from ssp_coder.catalog.shelf import instruments_on_shelf
from ssp_coder.catalog.tree_differences import DifferenceKind, Found, compared
from ssp_coder.catalog.versions import compare_versions, version_on_path

Tree = dict[str, Any]  # Any: values as they stand in a data file
BANDS = files_named("schemas/rules/infant-default.toml")[-1]
SHELF = tuple(one.path for one in instruments_on_shelf())
TURNED = {
    DifferenceKind.ADDED: DifferenceKind.REMOVED,
    DifferenceKind.REMOVED: DifferenceKind.ADDED,
    DifferenceKind.CHANGED: DifferenceKind.CHANGED,
}

names = st.sampled_from(["first", "second", "third", "fourth"])
values = st.one_of(st.integers(1, 9), st.booleans(), st.sampled_from(["low", "high"]))
bands = st.tuples(st.integers(1, 4), st.integers(4, 7)).map(list)


@st.composite
def items(draw: st.DrawFn) -> Tree:
    return {
        "id": draw(names),
        "title": draw(st.sampled_from(["one", {"en": "one"}, {"en": "two", "de": "zwei"}])),
        "bands": draw(st.dictionaries(names, bands, max_size=3)),
        "groups": draw(st.lists(names, max_size=3, unique=True)),
        "limit": draw(values),
    }


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    return {
        "title": draw(st.sampled_from(["one", "two"])),
        "rules": draw(st.lists(items(), max_size=3, unique_by=lambda item: item["id"])),
        "weights": draw(st.dictionaries(names, st.integers(1, 4), max_size=3)),
        **draw(st.dictionaries(st.sampled_from(["margin", "flag"]), values, max_size=2)),
    }


def between(old: Tree, new: Tree) -> list[Found]:
    return list(compared((), old, new))


def told(found: Found) -> tuple[object, ...]:
    return (found.key, found.kind, repr(found.old), repr(found.new))


def turned(found: Found) -> tuple[object, ...]:
    return (found.key, TURNED[found.kind], repr(found.new), repr(found.old))


@given(trees())
def test_a_tree_does_not_differ_from_itself(tree: Tree) -> None:
    assert between(tree, tree) == []


@given(trees(), trees())
def test_the_other_way_round_what_joined_is_what_left(old: Tree, new: Tree) -> None:
    there, back = between(old, new), between(new, old)
    assert Counter(map(told, back)) == Counter(map(turned, there))


@given(trees(), trees())
def test_nothing_is_told_where_nothing_changed(old: Tree, new: Tree) -> None:
    for found in between(old, new):
        assert found.old != found.new
        assert found.kind is not DifferenceKind.ADDED or not found.old
        assert found.kind is not DifferenceKind.REMOVED or not found.new


@given(trees(), st.randoms(use_true_random=False))
def test_where_a_rule_stands_is_told_as_order_and_as_nothing_else(tree: Tree, random) -> None:
    rules = list(tree["rules"])
    random.shuffle(rules)
    found = between(tree, {**tree, "rules": rules})
    same = [one["id"] for one in rules] == [one["id"] for one in tree["rules"]]
    assert [one.key for one in found] == ([] if same else [("rules", "order")])


@given(trees(), items())
def test_an_item_more_is_one_addition(tree: Tree, item: Tree) -> None:
    others = [one for one in tree["rules"] if one["id"] != item["id"]]
    found = between({**tree, "rules": others}, {**tree, "rules": [*others, item]})
    if others:
        assert [(one.key, one.kind) for one in found] == [
            (("rules", item["id"]), DifferenceKind.ADDED)
        ]
    else:
        assert [one.kind for one in found] == [DifferenceKind.ADDED]


@pytest.mark.parametrize("path", SHELF)
def test_no_instrument_differs_from_itself(path: str) -> None:
    version = version_on_path(path)
    assert compare_versions(version, version) == ()


def swapped(one: Difference) -> tuple[object, ...]:
    return (one.key, TURNED[one.kind], one.new, one.old, one.concerns)


def plain(one: Difference) -> tuple[object, ...]:
    return (one.key, one.kind, one.old, one.new, one.concerns)


def neighbours() -> list[tuple[AnyFile, AnyFile]]:
    """Every two instruments of one kind that follow each other on the shelf."""
    files = [files_named(path)[-1] for path in SHELF]
    return [(old, new) for old, new in pairwise(files) if kind_of(old) == kind_of(new)]


@pytest.mark.parametrize("pair", neighbours(), ids=lambda pair: f"{pair[0].path}-{pair[1].path}")
def test_two_instruments_differ_as_much_seen_from_either(pair: tuple[AnyFile, AnyFile]) -> None:
    old, new = pair
    there, back = differences(old, new), differences(new, old)
    assert there
    assert Counter(map(plain, back)) == Counter(map(swapped, there))


@given(st.integers(1, 7), st.integers(1, 7))
def test_a_moved_band_is_told_once_and_only_when_it_moved(low: int, high: int) -> None:
    before = "avo_c_5 = [5, 7]"
    moved = BANDS.text.replace(before, f"avo_c_5 = [{low}, {high}]", 1)
    found = differences(BANDS, read_instrument(BANDS.path, moved.encode(), BANDS.path))
    if (low, high) == (5, 7):
        assert found == ()
        return
    (one,) = found
    assert (one.old, one.new) == ("5 to 7", f"{low} to {high}")
    assert one.concerns is Concern.SUGGESTION
