"""Settling with one key each: next by itself, undo, reasons, an answer of one's own, the lock."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.coding import Classification, DDecision, IndexStrength
from ssp_coder.domain.scale import Missing, Points
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.editing import edits
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.verify import verify
from ssp_coder.ui.consensus.own_wish import Moment
from tests.builders import s
from tests.consensus_pair import ALIKE
from tests.ui.consensus.consensus_desk import settle_all, work_page
from tests.unit.storage.storage_files import d_index, sha256


@pytest.fixture
def make(theme, tmp_path):
    made = []

    def build(**pair):
        page = work_page(theme, tmp_path, **pair)
        made.append(page)
        return page

    yield build
    for page in made:
        page.close_session()
        page.close()
        page.deleteLater()


@pytest.fixture
def page(make):
    return make()


def press(page, key) -> None:
    QTest.keyClick(page.review.choice.list, key)


def coding(page):
    return page.session.coding


def codes(page):
    return [event.code for event in coding(page).events]


def choose(page, key) -> None:
    page.review.choose(key)


def pick(page, *names) -> None:
    for box, name in zip(page.panel.own.boxes, names, strict=True):
        box.setCurrentIndex(box.findData(name))


def test_it_begins_with_the_first_difference_and_says_what_both_have(page) -> None:
    assert page.review.current.id == page.found.items[0].key
    assert page.panel.answers[SettledFor.FIRST].text().endswith("1:10.0")
    assert page.panel.answers[SettledFor.SECOND].text().endswith("1:10.4")
    assert page.panel.progress.text() == f"0 of {len(page.found.items)} settled"


@pytest.mark.parametrize(
    ("key", "taken", "added"),
    [
        (Qt.Key.Key_1, SettledFor.FIRST, 1),
        (Qt.Key.Key_2, SettledFor.SECOND, 1),
        (Qt.Key.Key_0, SettledFor.NEITHER, 0),
    ],
)
def test_one_key_settles_an_item_and_the_next_one_comes_by_itself(page, key, taken, added) -> None:
    before = len(codes(page))
    first, second = (item.key for item in page.found.items[:2])
    page.activateWindow()
    press(page, key)
    assert page.settlements.in_force[first].settlement.taken is taken
    assert len(codes(page)) == before + added
    assert page.review.current.id == second
    assert page.panel.progress.text().startswith("1 of ")


def test_a_settled_row_is_marked_and_tells_how_it_was_settled(page) -> None:
    key = page.found.items[0].key
    page.panel.settle(SettledFor.SECOND)
    choose(page, key)
    assert page.panel.decision.text() == "Settled for K2: seen again slowly (K1, K2)"


def test_undo_opens_the_item_again_and_redo_settles_it(page) -> None:
    key = page.found.items[0].key
    page.panel.settle(SettledFor.FIRST)
    page.undo()
    assert page.settlements.in_force == {}
    assert page.review.current.id == key
    assert not page.panel.undo.isEnabled()
    page.redo()
    assert list(page.settlements.in_force) == [key]


def test_undo_never_takes_the_beginning_back(page) -> None:
    before = coding(page)
    page.undo()
    assert coding(page) == before


def test_the_reason_and_those_who_decided_are_recorded(page) -> None:
    page.panel.reason.setCurrentIndex(1)
    page.panel.words.set_text("behind the chair")
    page.panel.who.set_text("K1, K2, lead")
    key = page.found.items[0].key
    page.panel.settle(SettledFor.FIRST)
    settled = page.settlements.in_force[key].settlement
    assert settled.reason == "overlooked: behind the chair"
    assert settled.who == "K1, K2, lead"
    assert coding(page).comments[-1].words == "K1: overlooked: behind the chair"
    assert page.panel.words.text() == ""


def test_another_reason_is_said_in_words_before_anything_is_settled(page) -> None:
    page.panel.reason.setCurrentIndex(page.panel.reason.count() - 1)
    page.panel.settle(SettledFor.FIRST)
    assert page.settlements.in_force == {}
    assert page.panel.words.error()
    page.panel.words.set_text("we asked the author")
    page.panel.settle(SettledFor.FIRST)
    assert len(page.settlements.in_force) == 1


def test_nothing_is_settled_by_nobody(page) -> None:
    page.panel.who.set_text(" ")
    page.panel.settle(SettledFor.FIRST)
    assert page.settlements.in_force == {}
    assert page.panel.who.error()


def test_an_event_of_ones_own_has_its_times_from_the_picture(page) -> None:
    choose(page, page.found.items[2].key)
    page.panel.settle(SettledFor.OWN)
    pick(page, "distress.cry")
    own = page.panel.own
    own.set_moment(Moment(at_us=s(101), frame=2525))
    page.panel.mark(0)
    own.times[1].set_text("1:50")
    own.take.click()
    cry = next(event for event in coding(page).events if event.code == "distress.cry")
    assert (cry.start_us, cry.start_frame) == (s(101), 2525)
    assert (cry.end_us, cry.end_frame) == (s(110), None)
    assert own.isHidden()


def test_what_is_no_time_is_said_under_its_field(page) -> None:
    choose(page, page.found.items[2].key)
    page.panel.settle(SettledFor.OWN)
    page.panel.own.times[0].set_text("later")
    page.panel.own.take.click()
    assert page.panel.own.times[0].error()
    assert page.settlements.in_force == {}


def test_what_cannot_be_is_said_and_the_item_stays_open(page) -> None:
    choose(page, page.found.items[2].key)
    page.panel.settle(SettledFor.OWN)
    page.panel.own.times[0].set_text("3:00")
    page.panel.own.times[1].set_text("2:00")
    page.panel.own.take.click()
    assert "ends before it starts" in page.panel.trouble.text()
    assert page.settlements.in_force == {}


def test_a_moment_has_no_end_to_fill_in(page) -> None:
    choose(page, page.found.items[1].key)
    page.panel.settle(SettledFor.OWN)
    assert not page.panel.own.times[1].isVisible()


@pytest.mark.parametrize(
    ("name", "score"), [("points:3", Points(3.0)), ("missing:NA_view", Missing("NA_view"))]
)
def test_points_of_ones_own_or_why_there_are_none(page, name, score) -> None:
    choose(page, "rating:avo_c_5")
    page.panel.settle(SettledFor.OWN)
    pick(page, name)
    page.panel.own.take.click()
    assert coding(page).score("avo_c_5") == score


def test_a_rating_for_neither_stays_unrated(page) -> None:
    choose(page, "rating:avo_c_5")
    page.panel.settle(SettledFor.NEITHER)
    assert coding(page).rating("avo_c_5") is None


def test_a_subgroup_of_ones_own(page) -> None:
    choose(page, "class:subgroup")
    assert not page.panel.buttons[SettledFor.NEITHER].isEnabled()
    page.panel.settle(SettledFor.NEITHER)
    assert page.settlements.in_force == {}
    page.panel.settle(SettledFor.OWN)
    pick(page, "B1")
    page.panel.own.take.click()
    assert coding(page).classification == Classification(primary="B", subgroup="B1")


def classed(**fields):
    return (edits.Classify(classification=Classification(**fields)),)


def test_a_main_group_of_ones_own_brings_its_second_class(make) -> None:
    page = make(
        first=classed(primary="A", subgroup="A1"), second=classed(primary="B", subgroup="B1")
    )
    page.panel.settle(SettledFor.OWN)
    pick(page, "D", "A2")
    page.panel.own.take.click()
    assert coding(page).classification == Classification(primary="D", secondary="A2")


def test_a_second_class_and_a_word_on_d_of_ones_own(make) -> None:
    page = make(
        first=classed(primary="D", secondary="A1", d_decision=DDecision.YES),
        second=classed(primary="D", secondary="B4"),
    )
    keys = [item.key for item in page.found.items]
    assert keys == ["class:secondary", "class:d_decision"]
    page.panel.settle(SettledFor.OWN)
    pick(page, "C1")
    page.panel.own.take.click()
    page.panel.settle(SettledFor.OWN)
    pick(page, "coder_no")
    page.panel.own.take.click()
    own = coding(page).classification
    assert (own.secondary, own.d_decision) == ("C1", DDecision.NO)


def test_an_index_of_ones_own(page) -> None:
    choose(page, "index:2:2")
    assert page.panel.answers[SettledFor.SECOND].text().endswith("weak")
    page.panel.settle(SettledFor.OWN)
    theme = page.session.scheme.themes[1].id
    pick(page, theme, "strong")
    page.panel.own.times[1].set_text("3:25")
    page.panel.own.take.click()
    index = coding(page).d_indices[-1]
    assert (index.theme, index.strength, index.end_us) == (theme, IndexStrength.STRONG, s(205))


def test_a_form_that_is_left_settles_nothing(page) -> None:
    page.panel.settle(SettledFor.OWN)
    page.panel.own.leave.click()
    assert page.panel.own.isHidden()
    assert page.settlements.in_force == {}


def test_the_lock_waits_for_the_last_item_and_says_what_is_missing(page) -> None:
    assert not page.lock.isEnabled()
    settle_all(page)
    assert page.settlements.open_items == ()
    assert not page.lock.isEnabled()
    assert page.missing.text().startswith("All is settled. Still missing: ")
    assert "more" in page.missing.text()


def test_a_complete_consensus_is_locked_and_nothing_is_settled_any_more(page, monkeypatch) -> None:
    monkeypatch.setattr("ssp_coder.ui.consensus.work_page.open_work", lambda *_all: ())
    settle_all(page)
    assert page.lock.isEnabled()
    page.lock_consensus()
    assert coding(page).locked
    assert not any(button.isEnabled() for button in page.panel.buttons.values())
    page.undo()
    assert coding(page).locked


def test_after_the_last_row_the_open_ones_before_it_follow(page) -> None:
    listed = [item.id for item in page.review.choice.list.items]
    choose(page, listed[-1])
    page.panel.settle(SettledFor.FIRST)
    assert page.review.current.id == listed[0]


def test_the_clip_of_the_item_is_wanted_again_with_each_next_one(page, qtbot) -> None:
    with qtbot.waitSignal(page.review.clip_wanted) as wanted:
        page.panel.settle(SettledFor.FIRST)
    at_us = page.found.items[1].at_us
    assert wanted.args[0].start_us == at_us - s(2)
    assert wanted.args[0].end_us == at_us + s(3)


def test_the_consensus_on_the_disk_is_sound_and_both_codings_are_untouched(page, tmp_path) -> None:
    both = [tmp_path / f"S001.{who}.sspc" for who in ("K1", "K2")]
    hashes = [sha256(path) for path in both]
    settle_all(page, SettledFor.SECOND)
    page.session.file.flush()
    path = page.session.file.path
    assert len(open_read_only(path).coding.comments) == 1 + len(page.settlements.in_force)
    assert [sha256(one) for one in both] == hashes
    page.session.file.close()
    assert verify(path) == ()


def test_codings_that_differ_in_nothing_leave_nothing_to_settle(make) -> None:
    page = make(first=ALIKE, second=ALIKE)
    assert page.panel.progress.text() == "0 of 0 settled"
    assert not any(button.isEnabled() for button in page.panel.buttons.values())


def test_an_index_of_one_coder_alone_says_so(make) -> None:
    index = d_index(40)
    page = make(first=(), second=(edits.PutDIndex(index=replace(index, note="freezes")),))
    assert page.panel.answers[SettledFor.FIRST].text() == "nothing"
    page.panel.settle(SettledFor.SECOND)
    assert [one.note for one in coding(page).d_indices] == [""]


def test_a_form_that_goes_leaves_the_keyboard_at_the_button_that_opens_it(page) -> None:
    page.activateWindow()
    page.panel.settle(SettledFor.OWN)
    assert page.panel.own.boxes[0].hasFocus()
    choose(page, page.found.items[3].key)
    assert page.panel.buttons[SettledFor.OWN].hasFocus()
