"""What items, answers and reasons are called, and what an answer of one's own can be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.agreement.consensus import draw
from ssp_coder.domain.coding import IndexStrength
from ssp_coder.domain.settlement import Origin, SettledFor, Settlement
from ssp_coder.editing import edits
from ssp_coder.ui.consensus.own_wish import Moment, own_settlement, wish_for
from ssp_coder.ui.consensus.words import (
    answer_words,
    beginning_words,
    button_words,
    index_words,
    neither_words,
    pair_items,
    reasons,
    settled_words,
    timed_words,
)
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.pairs.items import PairKind
from tests.builders import add, infant_scheme, s
from tests.consensus_pair import coded, drawn
from tests.unit.storage.storage_files import d_index

SCHEME = infant_scheme()
NAMES = ("K1", "K2")
TAKEN = Settlement(item="x", taken=SettledFor.SECOND, reason="overlooked", who="K1, K2")


@pytest.fixture
def german(qapp):
    SPOKEN.speak("de")
    yield
    SPOKEN.speak("en")


def options(found, item):
    return {choice.name: [name for name, _ in choice.options] for choice in
            wish_for(found, item, SCHEME).choices}  # fmt: skip


def test_every_item_has_a_row_with_what_both_have(qapp) -> None:
    found = drawn()
    rows = pair_items(found, SCHEME)
    assert [row.id for row in rows] == [item.key for item in found.items]
    assert all(row.source is item for row, item in zip(rows, found.items, strict=True))
    index = next(row for row in rows if row.id.startswith("index"))
    assert index.own.endswith("strong")
    assert index.reference.endswith("weak")
    assert index.kind is PairKind.OTHER_CODE
    assert index.loop.start_us == s(198)


def test_an_index_of_one_alone_stands_against_nothing(qapp) -> None:
    found = draw(coded("K1", edits.PutDIndex(index=d_index(40))), coded("K2"), SCHEME)
    (row,) = pair_items(found, SCHEME)
    assert (row.kind, row.reference) == (PairKind.EXTRA, "nothing")


def test_an_event_is_said_with_its_times(qapp) -> None:
    found = drawn()
    said = [answer_words(found, found.items[2], one, SCHEME) for one in list(SettledFor)[:2]]
    assert said[0].endswith("1:40.0 to 2:00.0")
    assert said[1].endswith("1:40.5 to 1:59.0")
    assert answer_words(found, found.items[1], SettledFor.SECOND, SCHEME) == "nothing"
    open_event = replace(found.items[2].row.own, end_us=None)
    assert timed_words(open_event, SCHEME).endswith("1:40.0")


def test_points_classes_and_indices_are_said_shortly(qapp) -> None:
    found = drawn()
    for key, words in (("rating:avo_c_5", "2"), ("class:subgroup", "B3")):
        assert answer_words(found, found.item(key), SettledFor.FIRST, SCHEME) == words
    assert index_words(None, SCHEME) == "nothing"
    weak = d_index(40, strength=IndexStrength.WEAK)
    assert index_words(weak, SCHEME) == f"{SCHEME.themes[0].title}, weak"
    unknown = replace(weak, theme="gone")
    assert index_words(unknown, SCHEME) == "gone, weak"


def test_neither_means_something_else_for_events_ratings_and_classes(qapp) -> None:
    found = drawn()
    said = {neither_words(found.item(key)) for key in ("rating:avo_c_5", "class:subgroup")}
    said.add(neither_words(found.items[0]))
    assert len(said) == 3


def test_the_names_of_coders_are_written_as_they_are(qapp) -> None:
    assert [button_words(one, ("k1", "k2")) for one in SettledFor] == [
        "k1",
        "k2",
        "Neither",
        "Another answer…",
    ]


def test_a_settlement_says_for_whom_and_why(qapp) -> None:
    assert settled_words(TAKEN, NAMES) == "K2: overlooked"
    assert settled_words(replace(TAKEN, taken=SettledFor.OWN), NAMES) == (
        "another answer: overlooked"
    )


def test_the_beginning_names_both_files_and_the_default(qapp) -> None:
    first = Origin(coder="K1", file="a.sspc", head="0")
    words = beginning_words(first, replace(first, coder="K2", file="b.sspc"))
    assert "K1 (a.sspc) and K2 (b.sspc)" in words
    assert "project default" in words


def test_reasons_differ_and_the_last_says_nothing_by_itself(qapp) -> None:
    assert len(set(reasons())) == len(reasons())
    assert reasons()[-1] == "another reason"


def test_everything_is_said_in_german_too(german) -> None:
    assert reasons()[1] == "übersehen"
    assert button_words(SettledFor.NEITHER, NAMES) == "Keiner"
    assert settled_words(replace(TAKEN, taken=SettledFor.NEITHER), NAMES).startswith("keiner: ")


def test_an_event_can_get_another_code_of_its_group(qapp) -> None:
    found = drawn()
    (codes,) = options(found, found.items[2]).values()
    assert {"distress.none", "distress.fuss", "distress.cry"} <= set(codes)
    assert not any(code.startswith("seeking.") for code in codes)
    wish = wish_for(found, found.items[2], SCHEME)
    assert (wish.choices[0].chosen, wish.start.at_us) == ("distress.fuss", s(100))


def test_an_event_of_ones_own_has_no_reaction_lag_and_no_words_of_a_coder(qapp) -> None:
    first = (add("distress.fuss", 100, end=120, lag_us=200_000, comment="mine"),)
    found = draw(coded("K1", *first), coded("K2"), SCHEME)
    own = own_settlement(
        found, found.items[0], ("distress.cry",), (Moment(at_us=s(99)), Moment(at_us=s(110)))
    )
    (event,) = own.events
    assert (event.code, event.start_us, event.end_us) == ("distress.cry", s(99), s(110))
    assert (event.start_lag_us, event.end_lag_us, event.comment) == (0, 0, "")
    assert own.taken is SettledFor.OWN


def test_a_moment_ends_where_it_begins(qapp) -> None:
    found = drawn()
    own = own_settlement(
        found, found.items[1], ("seeking.reach",), (Moment(at_us=s(91), frame=2275), None)
    )
    (event,) = own.events
    assert (event.start_us, event.end_us) == (s(91), s(91))
    assert (event.start_frame, event.end_frame) == (2275, 2275)


def test_details_that_another_code_does_not_take_are_left_out(qapp) -> None:
    found = drawn()
    other = "distress.none"
    assert "toward" not in SCHEME.ethogram.code(other).modifiers
    own = own_settlement(found, found.items[1], (other,), (Moment(at_us=s(91)), None))
    assert own.events[0].modifiers == ()


def test_points_are_those_of_the_scale_and_its_reasons_for_none(qapp) -> None:
    found = drawn()
    (scores,) = options(found, found.item("rating:avo_c_5")).values()
    scale = SCHEME.scale_of("avo_c_5")
    assert scores[0] == f"points:{scale.minimum:g}"
    assert f"points:{scale.maximum:g}" in scores
    assert {f"missing:{one.id}" for one in scale.missing_reasons} <= set(scores)


def test_an_item_about_something_else_has_no_event_to_change(qapp) -> None:
    found = drawn()
    nothing = replace(found.item("index:2:2").indices, first=None, second=None)
    item = replace(found.items[0], found=None, indices=nothing)
    with pytest.raises(ValueError, match="index"):
        own_settlement(found, item, ("a", "weak"), (None, None))
