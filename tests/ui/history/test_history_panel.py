"""Going back and forth in the history of a coding."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.editing import edits
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.ui.history.model import BATCH, HistoryModel, StepState
from ssp_coder.ui.history.panel import HistoryPanel
from ssp_coder.ui.history.past import Past
from ssp_coder.ui.history.step_list import short_time
from ssp_coder.ui.session import OpenSession
from tests.builders import add, coding, mark, rate
from tests.ui.pages import session_of
from tests.unit.storage.storage_files import do, new_file

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def words(model):
    return [model.index(row).data() for row in range(model.rowCount())]


def states(model):
    return [model.row_at(row).state for row in range(model.rowCount())]


def session_with(*wished):
    session = session_of()
    do(session.document, *wished)
    return session


def rated(session, times, first=0):
    for number in range(first, first + times):
        session.submit(rate("avo_c_8", 1 + number % 7))


@pytest.fixture
def shown(theme, qtbot):
    def show(session):
        panel = HistoryPanel(theme, session)
        qtbot.addWidget(panel)
        panel.resize(420, 300)
        panel.show()
        panel.tester = QAbstractItemModelTester(panel.model, STRICT, panel)
        return panel

    return show


def reached(qtbot, panel):
    qtbot.waitUntil(lambda: not panel.travel.under_way)


def test_an_empty_history_shows_where_it_began(shown):
    panel = shown(session_of())
    assert words(panel.model) == ["Coding begun"]
    assert states(panel.model) == [StepState.PRESENT]


def test_the_newest_step_stands_on_top_and_is_the_present(shown):
    panel = shown(session_with(mark("EP1", 0), mark("EP2", 30)))
    assert words(panel.model) == ["EP2 starts at 0:30.00", "EP1 starts at 0:00.00", "Coding begun"]
    assert states(panel.model) == [StepState.PRESENT, StepState.DONE, StepState.DONE]


def test_a_step_done_now_comes_in_without_a_reset(shown, qtbot):
    session = session_of()
    panel = shown(session)
    with qtbot.assertNotEmitted(panel.model.modelReset):
        session.submit(mark("EP1", 0))
        session.undo()
        session.redo()
    assert words(panel.model) == ["EP1 starts at 0:00.00", "Coding begun"]


def test_undone_steps_stay_in_their_rows_and_are_told(shown):
    session = session_with(mark("EP1", 0), mark("EP2", 30))
    panel = shown(session)
    session.undo()
    assert states(panel.model) == [StepState.UNDONE, StepState.PRESENT, StepState.DONE]
    sentence = panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "undone" in sentence
    assert panel.model.index(1).data(Qt.ItemDataRole.ToolTipRole).count("the coding is here") == 1


def test_a_new_step_takes_the_place_of_the_undone_ones(shown):
    session = session_with(mark("EP1", 0), mark("EP2", 30), mark("EP3", 60))
    panel = shown(session)
    session.undo()
    session.undo()
    session.submit(mark("EP2", 31))
    assert words(panel.model) == ["EP2 starts at 0:31.00", "EP1 starts at 0:00.00", "Coding begun"]


def test_enter_goes_back_and_forward_to_a_step(shown, qtbot):
    session = session_with(mark("EP1", 0), mark("EP2", 30), mark("EP3", 60))
    panel = shown(session)
    panel.list.setCurrentIndex(panel.model.index(2))
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    reached(qtbot, panel)
    assert [m.episode for m in session.coding.episodes] == ["EP1"]
    panel.list.setCurrentIndex(panel.model.index(0))
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    reached(qtbot, panel)
    assert [m.episode for m in session.coding.episodes] == ["EP1", "EP2", "EP3"]


def test_a_click_goes_back_to_the_beginning(shown, qtbot):
    session = session_with(mark("EP1", 0), mark("EP2", 30))
    panel = shown(session)
    place = panel.list.visualRect(panel.model.index(2)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    reached(qtbot, panel)
    assert session.coding == coding()


def test_every_step_of_the_way_is_logged_by_itself(shown, qtbot):
    session = session_with(mark("EP1", 0), mark("EP2", 30), mark("EP3", 60))
    panel, before = shown(session), session.document.history.last_seq
    panel.go_to(0)
    reached(qtbot, panel)
    assert session.document.history.last_seq == before + 3


def test_a_long_way_leaves_the_window_alive_and_ends_with_escape(shown, qtbot):
    session = session_of()
    rated(session, 300)
    panel = shown(session)
    panel.go_to(0)
    assert panel.travel.under_way
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.travel.under_way
    assert 0 < panel.model.present < 300
    panel.go_to(0)
    reached(qtbot, panel)
    assert panel.model.present == 0


def test_a_step_of_the_coder_on_the_way_ends_it(shown, qtbot):
    session = session_of()
    rated(session, 300)
    panel = shown(session)
    panel.go_to(0)
    session.submit(mark("EP1", 0))
    assert not panel.travel.under_way
    assert words(panel.model)[0] == "EP1 starts at 0:00.00"


def test_a_locked_coding_stays_as_it_is_and_says_so(shown):
    session = session_with(mark("EP1", 0), edits.LockCoding())
    panel = shown(session)
    panel.go_to(0)
    assert "locked" in panel.notice.text()
    assert session.coding.locked


def test_no_way_leads_past_a_lock(shown):
    unlock = edits.UnlockCoding(reason="slip")
    session = session_with(mark("EP1", 0), edits.LockCoding(), unlock, mark("EP2", 30))
    panel = shown(session)
    panel.go_to(1)
    assert "locked in between" in panel.notice.text()
    assert panel.model.present == 4
    assert "Unlocked: slip" in words(panel.model)


def test_a_way_that_ends_at_the_lock_is_open(shown, qtbot):
    unlock = edits.UnlockCoding(reason="slip")
    session = session_with(edits.LockCoding(), unlock, mark("EP2", 30))
    panel = shown(session)
    panel.go_to(2)
    reached(qtbot, panel)
    assert session.coding.episodes == ()
    assert not session.coding.locked


def test_steps_of_earlier_sittings_are_there_and_can_be_gone_back_to(shown, qtbot, tmp_path):
    with new_file(tmp_path) as file:
        do(file.document(), mark("EP1", 0), mark("EP2", 30))
        file.document().undo()
    with open_for_writing(file.path, "trainer") as again:
        session = OpenSession(again.document(), again)
        panel = shown(session)
        session.redo()
        session.submit(mark("EP3", 60))
        assert words(panel.model) == [
            "EP3 starts at 1:00.00",
            "EP2 starts at 0:30.00",
            "EP1 starts at 0:00.00",
            "Coding begun",
        ]
        assert [panel.model.row_at(row).told.who for row in range(3)] == ["trainer", "c01", "c01"]
        panel.go_to(0)
        reached(qtbot, panel)
        assert again.coding == coding()


def test_a_file_that_is_only_read_shows_its_history_and_stays(shown, tmp_path):
    with new_file(tmp_path) as file:
        do(file.document(), mark("EP1", 0), mark("EP2", 30))
    opened = open_read_only(file.path)
    session = OpenSession(opened.document(), opened)
    panel = shown(session)
    assert panel.model.rowCount() == 3
    panel.go_to(0)
    assert "reading only" in panel.notice.text()


def test_a_step_that_cannot_be_read_says_so_in_its_row(shown):
    session = session_with(mark("EP1", 0))
    session.document.history._steps.clear()
    panel = shown(session)
    assert words(panel.model)[0] == "no step 1 is stored"


def test_only_steps_that_are_looked_at_are_read(theme, monkeypatch):
    session = session_of()
    rated(session, BATCH * 2)
    asked = []
    past = Past(session)
    told = past.told
    monkeypatch.setattr(past, "told", lambda seq: asked.append(seq) or told(seq))
    model = HistoryModel(past)
    assert model.rowCount() == BATCH
    assert asked == []
    assert model.canFetchMore()
    model.fetchMore()
    model.fetchMore()
    assert model.rowCount() == BATCH * 2 + 1
    assert not model.canFetchMore(QModelIndex())


def test_scrolling_to_the_end_fetches_the_earlier_steps(shown, qtbot):
    session = session_of()
    rated(session, BATCH + 20)
    panel = shown(session)
    panel.list.scrollToBottom()
    qtbot.waitUntil(lambda: panel.model.rowCount() == BATCH + 21)


def test_the_present_is_in_sight_when_many_steps_are_undone(shown):
    session = session_of()
    rated(session, BATCH + 50)
    for _ in range(BATCH + 40):
        session.undo()
    panel = shown(session)
    QApplication.processEvents()
    row = panel.model.row_of(panel.model.present)
    assert row == BATCH + 40
    assert panel.list.viewport().rect().intersects(panel.list.visualRect(panel.model.index(row)))


def test_the_search_finds_steps_far_back(shown, qtbot):
    session = session_with(mark("EP1", 0))
    rated(session, 1_000)
    panel = shown(session)
    panel.search.setFocus()
    QTest.keyClicks(panel.search.edit, "ep1 ST")
    qtbot.waitUntil(lambda: words(panel.model) == ["EP1 starts at 0:00.00"])
    session.submit(mark("EP2", 30))
    assert panel.model.rowCount() == 1
    QTest.keyClick(panel.search.edit, Qt.Key.Key_Escape)
    assert panel.model.row_at(0).told.words == "EP2 starts at 0:30.00"


def test_a_search_without_any_find_says_so(shown, qtbot):
    panel = shown(session_with(mark("EP1", 0)))
    QTest.keyClicks(panel.search.edit, "zebra")
    qtbot.waitUntil(lambda: panel.notice.text() == "No step has these words")


def test_the_title_counts_steps_and_undone_ones(shown):
    session = session_with(mark("EP1", 0), mark("EP2", 30))
    panel = shown(session)
    session.undo()
    assert panel.note() == "1, 1 undone"


def test_new_steps_do_not_scroll_the_list(shown):
    session = session_of()
    rated(session, 100)
    panel = shown(session)
    QApplication.processEvents()
    bar = panel.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    seen = panel.list.indexAt(panel.list.viewport().rect().center()).data()
    value = bar.value()
    session.submit(add("distress.cry", 5))
    QApplication.processEvents()
    assert bar.value() == value or (
        panel.list.indexAt(panel.list.viewport().rect().center()).data() == seen
    )


def test_a_step_of_today_shows_its_time_and_an_earlier_one_its_day():
    now = datetime(2026, 11, 23, 18, 30).astimezone()
    assert short_time(datetime(2026, 11, 23, 9, 5).astimezone(), now) == "09:05"
    assert short_time(datetime(2026, 11, 20, 9, 5).astimezone(), now) == "2026-11-20"


def test_the_panel_is_painted_in_both_schemes(theme, dark_theme, qtbot):
    session = session_with(mark("EP1", 0), edits.LockCoding(), edits.UnlockCoding(reason="slip"))
    for scheme in (theme, dark_theme):
        panel = HistoryPanel(scheme, session)
        qtbot.addWidget(panel)
        panel.resize(300, 200)
        assert not panel.grab().isNull()


def test_esc_is_claimed_only_while_it_ends_something(shown, qtbot):
    session = session_of()
    rated(session, 60)
    panel = shown(session)
    assert not panel.list.wants_escape
    panel.go_to(0)
    assert panel.list.wants_escape
    reached(qtbot, panel)
    assert not panel.list.wants_escape
    QTest.keyClicks(panel.search.edit, "avo")
    assert panel.list.wants_escape
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert not panel.list.wants_escape
    assert panel.search.text() == ""
