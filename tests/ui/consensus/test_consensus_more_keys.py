"""A whole sitting by keyboard: every key, every refusal, undo upon undo, the middle of a form."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.scale import Points
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.editing import edits
from ssp_coder.editing.edits import LockCoding
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.ui.consensus.own_wish import Moment
from tests.builders import add, s
from tests.ui.consensus.consensus_desk import settle_all, work_page

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = {
    SettledFor.FIRST: Qt.Key.Key_1,
    SettledFor.SECOND: Qt.Key.Key_2,
    SettledFor.NEITHER: Qt.Key.Key_0,
    SettledFor.OWN: Qt.Key.Key_E,
}


@pytest.fixture
def make(theme, tmp_path, qtbot):
    made = []

    def build(**pair):
        page = work_page(theme, tmp_path, **pair)
        made.append(page)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    yield build
    for page in made:
        page.close_session()
        page.close()
        page.deleteLater()


@pytest.fixture
def page(make):
    return make()


@pytest.fixture
def panel(page):
    return page.panel


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.review.choice.list, key, modifier)


def keys_of(page) -> list[str]:
    return [item.key for item in page.found.items]


def taken(page) -> dict[str, SettledFor]:
    return {key: one.settlement.taken for key, one in page.settlements.in_force.items()}


def choose(page, key: str) -> None:
    page.review.choose(key)


def test_a_sitting_of_one_key_each_settles_everything_in_the_order_of_the_list(page) -> None:
    listed = [item.id for item in page.review.choice.list.items]
    for settled, _key in enumerate(listed, start=1):
        press(page, KEYS[SettledFor.SECOND])
        assert page.panel.progress.text() == f"{settled} of {len(listed)} settled"
    assert list(page.settlements.in_force) == listed
    assert set(taken(page).values()) == {SettledFor.SECOND}
    assert page.review.current.id == listed[-1]


def test_settling_an_item_anew_counts_it_once(page) -> None:
    key = keys_of(page)[0]
    for one in (SettledFor.FIRST, SettledFor.SECOND, SettledFor.NEITHER):
        choose(page, key)
        press(page, KEYS[one])
        assert taken(page) == {key: one}
        assert page.panel.progress.text() == "1 of 8 settled"


def test_an_item_settled_anew_keeps_one_comment_with_the_last_word(page) -> None:
    key = keys_of(page)[0]
    for one in (SettledFor.FIRST, SettledFor.SECOND):
        choose(page, key)
        press(page, KEYS[one])
    words = [comment.words for comment in page.session.coding.comments]
    assert words[1:] == ["K2: seen again slowly"]


def test_undo_by_key_goes_back_one_settlement_at_a_time(page) -> None:
    listed = keys_of(page)[:3]
    for _key in listed:
        press(page, KEYS[SettledFor.FIRST])
    for key in reversed(listed):
        press(page, Qt.Key.Key_Z, CTRL)
        assert page.review.current.id == key
        assert key not in page.settlements.in_force
    press(page, Qt.Key.Key_Z, CTRL)
    assert page.settlements.in_force == {}
    assert [comment.words[:9] for comment in page.session.coding.comments] == ["Consensus"]


def test_the_undo_button_says_why_it_rests(page, panel) -> None:
    assert panel.undo.toolTip().startswith("Nothing was settled yet")
    press(page, KEYS[SettledFor.FIRST])
    assert panel.undo.isEnabled()
    panel.undo.click()
    assert not panel.undo.isEnabled()
    assert page.settlements.in_force == {}


def test_redo_after_another_settlement_has_nothing_to_redo(page) -> None:
    first, second, *_ = keys_of(page)
    press(page, KEYS[SettledFor.FIRST])
    page.undo()
    choose(page, second)
    press(page, KEYS[SettledFor.SECOND])
    page.redo()
    assert taken(page) == {second: SettledFor.SECOND}
    assert first not in page.settlements.in_force


def test_an_event_drawn_by_hand_is_not_taken_back_here(page) -> None:
    press(page, KEYS[SettledFor.FIRST])
    assert page.session.submit(add("affect.smile", 400))
    page.undo()
    assert len(page.settlements.in_force) == 1
    assert "affect.smile" in [event.code for event in page.session.coding.events]


@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_9, Qt.Key.Key_Q], ids=["0", "9", "Q"])
def test_keys_without_an_answer_for_a_class_settle_nothing(page, key) -> None:
    choose(page, "class:subgroup")
    press(page, key)
    assert page.settlements.in_force == {}
    assert page.review.current.id == "class:subgroup"


@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_D], ids=["S", "D"])
def test_marking_a_time_without_the_form_does_nothing(page, key) -> None:
    before = page.session.coding
    press(page, key)
    assert page.panel.own.isHidden()
    assert page.session.coding == before


def test_times_of_the_picture_are_taken_by_key(page, panel) -> None:
    choose(page, keys_of(page)[2])
    press(page, KEYS[SettledFor.OWN])
    panel.own.set_moment(Moment(at_us=s(103), frame=2575))
    press(page, Qt.Key.Key_S)
    panel.own.set_moment(Moment(at_us=s(109), frame=2725))
    press(page, Qt.Key.Key_D)
    assert [field.text() for field in panel.own.times] == ["1:43.000", "1:49.000"]
    panel.own.take.click()
    fuss = next(e for e in page.session.coding.events if e.code == "distress.fuss")
    assert (fuss.start_us, fuss.start_frame) == (s(103), 2575)
    assert (fuss.end_us, fuss.end_frame) == (s(109), 2725)


def test_the_key_of_the_form_leaves_what_was_typed_into_it(page, panel) -> None:
    choose(page, keys_of(page)[2])
    press(page, KEYS[SettledFor.OWN])
    panel.own.times[0].set_text("1:41")
    press(page, KEYS[SettledFor.OWN])
    assert panel.own.times[0].text() == "1:41"
    panel.own.take.click()
    assert page.session.coding.events[-1].start_us == s(101)


def test_a_form_that_was_left_begins_anew(page, panel) -> None:
    choose(page, keys_of(page)[2])
    press(page, KEYS[SettledFor.OWN])
    panel.own.times[0].set_text("later")
    panel.own.take.click()
    assert panel.own.times[0].error()
    panel.own.leave.click()
    press(page, KEYS[SettledFor.OWN])
    assert panel.own.times[0].text() == "1:40.000"
    assert not panel.own.times[0].error()


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("-1", "2:00", "outside the video"),
        ("1:40", "1:00:00", "outside the video"),
        ("1:40", "1:40", "no length"),
    ],
    ids=["before the video", "after the video", "without length"],
)
def test_times_that_cannot_be_are_refused_and_the_form_stays_as_it_was_filled_in(
    page, panel, start, end, why
) -> None:
    choose(page, keys_of(page)[2])
    press(page, KEYS[SettledFor.OWN])
    for field, words in zip(panel.own.times, (start, end), strict=True):
        field.set_text(words)
    panel.own.take.click()
    assert why in panel.trouble.text()
    assert page.settlements.in_force == {}
    assert [field.text() for field in panel.own.times] == [start, end]
    assert panel.own.isVisible()


def test_a_coders_answer_while_the_form_is_open_closes_the_form(page, panel) -> None:
    key = keys_of(page)[2]
    choose(page, key)
    press(page, KEYS[SettledFor.OWN])
    press(page, KEYS[SettledFor.SECOND])
    assert panel.own.isHidden()
    assert taken(page) == {key: SettledFor.SECOND}


@pytest.mark.parametrize("name", ["words", "who"])
def test_a_field_of_words_takes_every_key_for_itself(page, panel, name) -> None:
    field = getattr(panel, name)
    field.set_text("")
    field.edit.setFocus()
    QTest.keyClicks(field.edit, "120esd")
    assert field.text() == "120esd"
    assert page.settlements.in_force == {}
    assert panel.own.isHidden()


def test_both_what_is_missing_is_said_at_once(page, panel) -> None:
    panel.reason.setCurrentIndex(panel.reason.count() - 1)
    panel.who.set_text("")
    press(page, KEYS[SettledFor.FIRST])
    assert panel.words.error()
    assert panel.who.error()
    choose(page, keys_of(page)[1])
    assert not panel.words.error()
    assert not panel.who.error()


def test_the_usual_reason_and_the_names_stay_for_the_next_item(page, panel) -> None:
    panel.reason.setCurrentIndex(2)
    panel.words.set_text("twice")
    panel.who.set_text("lead")
    for _twice in range(2):
        press(page, KEYS[SettledFor.FIRST])
    said = [one.settlement for one in page.settlements.in_force.values()]
    assert [one.reason for one in said] == ["slip of the hand: twice", "slip of the hand"]
    assert {one.who for one in said} == {"lead"}


def test_words_round_about_are_left_out_and_long_ones_are_kept_whole(page, panel) -> None:
    long = "Wiedersehenssituation " * 60
    panel.reason.setCurrentIndex(panel.reason.count() - 1)
    panel.words.set_text(f"  {long}  ")
    panel.who.set_text("  K1, Müller-Lüdenscheidt  ")
    press(page, KEYS[SettledFor.FIRST])
    ((_key, one),) = page.settlements.in_force.items()
    assert one.settlement.reason == long.strip()
    assert one.settlement.who == "K1, Müller-Lüdenscheidt"
    assert page.session.coding.comments[-1].words == f"K1: {long.strip()}"


def test_the_comment_of_a_settlement_stands_at_its_moment(page) -> None:
    press(page, KEYS[SettledFor.FIRST])
    choose(page, "rating:avo_c_5")
    press(page, KEYS[SettledFor.FIRST])
    choose(page, "class:subgroup")
    press(page, KEYS[SettledFor.FIRST])
    event, rating, class_ = page.session.coding.comments[1:]
    assert event.span.start_us == page.found.items[0].at_us
    assert rating.slot == "avo_c_5"
    assert (class_.slot, class_.span) == (None, None)


def test_settling_everything_leaves_the_points_that_were_agreed_alone(page) -> None:
    settle_all(page, SettledFor.SECOND)
    coding = page.session.coding
    assert coding.score("pcs_c_5") == Points(4.0)
    assert coding.score("avo_c_5") == Points(4.0)


def test_the_lock_says_how_many_differences_are_open(page) -> None:
    assert page.lock.toolTip().startswith("Differences still open: 8")
    press(page, KEYS[SettledFor.FIRST])
    assert page.lock.toolTip().startswith("Differences still open: 7")
    page.undo()
    assert page.lock.toolTip().startswith("Differences still open: 8")


@pytest.fixture
def complete(page, monkeypatch):
    """All is settled, and nothing else is missing."""
    monkeypatch.setattr("ssp_coder.ui.consensus.work_page.open_work", lambda *_all: ())
    settle_all(page)
    return page


def test_locking_by_key_waits_until_all_is_settled(page) -> None:
    press(page, Qt.Key.Key_Return, CTRL)
    assert not page.session.coding.locked


def test_the_lock_that_was_ready_rests_again_after_undo(complete) -> None:
    assert complete.lock.isEnabled()
    assert complete.missing.text() == "All is settled. Lock the consensus."
    complete.undo()
    assert not complete.lock.isEnabled()
    assert complete.missing.text() == ""


def test_a_locked_consensus_is_on_the_disk_and_says_so(complete, qtbot) -> None:
    complete.lock_consensus()
    qtbot.waitUntil(lambda: complete.session.unsaved == 0)
    assert open_read_only(complete.session.file.path).coding.locked
    qtbot.waitUntil(lambda: "ocked" in complete.saved.text())


def test_keys_of_a_locked_consensus_change_nothing(complete) -> None:
    complete.lock_consensus()
    before = complete.session.coding
    for key in (*KEYS.values(), Qt.Key.Key_S, Qt.Key.Key_D):
        press(complete, key)
    press(complete, Qt.Key.Key_Z, CTRL)
    press(complete, Qt.Key.Key_Return, CTRL)
    assert complete.session.coding == before
    assert complete.panel.own.isHidden()


def test_locking_from_elsewhere_is_refused_a_second_time(complete) -> None:
    complete.lock_consensus()
    assert not complete.session.submit(LockCoding())


def test_what_is_settled_out_of_order_leads_back_to_the_first_that_is_open(page) -> None:
    listed = [item.id for item in page.review.choice.list.items]
    for place in (1, 0):
        choose(page, listed[place])
        press(page, KEYS[SettledFor.FIRST])
    assert page.review.current.id == listed[2]


def test_every_order_of_three_settlements_gives_one_coding(page) -> None:
    events = page.found.items[:3]
    results = set()
    for order in itertools.permutations(item.key for item in events):
        for key in order:
            choose(page, key)
            press(page, KEYS[SettledFor.FIRST])
        results.add(tuple((e.code, e.start_us, e.end_us) for e in page.session.coding.events))
        for _key in order:
            page.undo()
    assert len(results) == 1


def test_many_differences_are_each_one_key_away(make) -> None:
    moments = range(60, 1200, 6)
    page = make(first=tuple(add("affect.smile", at) for at in moments), second=())
    assert len(page.found.items) == len(moments)
    choose(page, page.found.items[-1].key)
    press(page, KEYS[SettledFor.FIRST])
    assert page.review.current.id == page.found.items[0].key
    assert page.panel.progress.text() == f"1 of {len(moments)} settled"


def test_hand_made_states_in_the_way_are_told_of_and_the_item_stays_open(make) -> None:
    page = make(first=(add("distress.fuss", 100, end=120),), second=())
    assert page.session.submit(add("distress.cry", 90, end=130))
    press(page, KEYS[SettledFor.FIRST])
    assert page.settlements.in_force == {}
    assert page.panel.trouble.text()
    page.session.submit(edits.DeleteEvents(events=(page.session.coding.events[-1].id,)))
    press(page, KEYS[SettledFor.FIRST])
    assert len(page.settlements.in_force) == 1
    assert page.panel.trouble.text() == ""
