"""Chips of kinds, the legend of signs and the lanes that are shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.time import SECOND_US
from ssp_coder.ui.kit.marks import ComparisonSign
from ssp_coder.ui.pairs.items import (
    ItemOrder,
    PairItem,
    PairKind,
    PairNames,
    kind_words,
    sorted_items,
    usual_names,
)
from ssp_coder.ui.pairs.kind_chips import KindChips
from ssp_coder.ui.pairs.lanes import lane_of, pair_marks, whole_length
from ssp_coder.ui.pairs.pair_timeline import FRAMED, SignLegend
from tests.builders import CAREGIVER, add, after, coding, infant_scheme, s, video


def item(number, kind, weight=1.0, at_us=None):
    return PairItem(
        id=f"{number}", kind=kind, place="", own="", reference="", weight=weight, at_us=at_us
    )


ITEMS = (
    item(1, PairKind.EXTRA, 5.0, s(30)),
    item(2, PairKind.MISSED, 5.0, s(10)),
    item(3, PairKind.CLASS, 100.0),
    item(4, PairKind.MISSED, 5.0, s(20)),
)


@pytest.fixture
def chips(theme, qtbot):
    made = KindChips(theme)
    qtbot.addWidget(made)
    made.resize(280, 80)
    made.show_counts(ITEMS, usual_names())
    made.show()
    QApplication.processEvents()
    return made


def numbers(items):
    return [one.id for one in items]


def test_by_time_what_has_no_moment_is_last():
    assert numbers(sorted_items(ITEMS, ItemOrder.TIME)) == ["2", "4", "1", "3"]


def test_by_weight_the_same_weight_keeps_the_order_of_time():
    assert numbers(sorted_items(ITEMS, ItemOrder.WEIGHT)) == ["3", "2", "4", "1"]


def test_by_kind_the_order_is_that_of_the_chips():
    assert numbers(sorted_items(ITEMS, ItemOrder.KIND)) == ["2", "4", "1", "3"]


def test_only_kinds_that_occur_have_a_chip(chips):
    shown = {
        kind for kind in PairKind if kind is not PairKind.SAME and chips.chip(kind).isVisible()
    }
    assert shown == {PairKind.EXTRA, PairKind.MISSED, PairKind.CLASS}


def test_a_chip_says_its_kind_and_how_many(chips):
    assert chips.chip(PairKind.MISSED).accessibleName() == "missed, 2"


def test_no_chip_on_means_all(chips):
    assert chips.kinds == frozenset()


def test_a_chip_that_is_pressed_is_told_once(chips, qtbot):
    told = []
    chips.kinds_changed.connect(lambda: told.append(chips.kinds))
    chips.chip(PairKind.CLASS).click()
    assert told == [frozenset({PairKind.CLASS})]


def test_a_kind_that_is_no_more_is_not_wanted_any_more(chips):
    chips.chip(PairKind.CLASS).click()
    chips.show_counts(ITEMS[:2], usual_names())
    assert chips.kinds == frozenset()
    assert not chips.chip(PairKind.CLASS).isVisible()


def test_clearing_takes_every_chip_back(chips):
    for kind in (PairKind.CLASS, PairKind.MISSED):
        chips.chip(kind).click()
    chips.clear()
    assert chips.kinds == frozenset()


def test_chips_go_on_in_the_next_line_where_there_is_no_room(chips):
    wide, narrow = chips.layout().heightForWidth(600), chips.layout().heightForWidth(120)
    assert narrow > wide


def test_a_chip_that_is_on_has_room_for_its_count(chips):
    chip = chips.chip(PairKind.MISSED)
    before = chip.sizeHint()
    chip.setChecked(True)
    assert chip.sizeHint() == before


def test_the_legend_names_the_four_signs(theme, qtbot):
    legend = SignLegend(theme)
    qtbot.addWidget(legend)
    legend.show()
    assert legend.accessibleName() == "missed, not in reference, other code, timing"
    assert {kind.sign for kind in FRAMED} == set(ComparisonSign)
    assert legend.grab().size() == legend.sizeHint() * legend.devicePixelRatioF()


def test_longer_names_need_a_longer_legend(theme, qtbot):
    legend = SignLegend(theme)
    qtbot.addWidget(legend)
    short = legend.sizeHint().width()
    legend.set_names(PairNames(own="the second coder", reference="the first coder of all"))
    assert legend.sizeHint().width() > short


def test_a_reference_is_not_of_equal_standing():
    names = usual_names()
    assert not names.is_pair
    assert all(names.kind_words(kind) == kind_words(kind) for kind in PairKind)


def test_what_is_alike_has_no_sign_of_a_comparison():
    assert PairKind.SAME.sign is None
    assert all(kind.sign is not None for kind in PairKind if kind is not PairKind.SAME)


def test_marks_of_both_keep_apart_events_with_one_number():
    own = after(coding(), add("seeking.reach", 10))
    reference = after(coding(coder="c02"), add("seeking.reach", 10))
    ids = [mark.id for mark in pair_marks(own, reference, infant_scheme())]
    assert len(set(ids)) == 2
    assert {one.split("/")[0] for one in ids} == {"own", "reference"}


def test_the_lane_of_an_event_is_that_of_its_group_and_person():
    value = after(coding(), add("distress.cry", 5, end=9))
    assert lane_of(value.events[0], infant_scheme()) == "distress/infant"


def test_acts_of_a_person_share_a_lane():
    group = next(
        one
        for one in infant_scheme().ethogram.groups
        if CAREGIVER in one.subjects and not one.exclusive
    )
    value = after(
        coding(), *(add(code.id, 10 + n, CAREGIVER) for n, code in enumerate(group.codes))
    )
    assert {lane_of(event, infant_scheme()) for event in value.events} == {"acts/caregiver"}


def test_both_together_are_as_long_as_the_longer_recording():
    short, long = coding(media=(video(100.0),)), coding(media=(video(300.0),))
    assert whole_length(short, long) == whole_length(long, short) == 300 * SECOND_US


def test_without_a_recording_they_last_to_the_last_event():
    own = after(coding(media=()), add("distress.cry", 5, end=90))
    assert whole_length(own, coding(media=())) == s(90)


def test_two_empty_codings_last_a_second():
    assert whole_length(coding(media=()), coding(media=())) == SECOND_US
