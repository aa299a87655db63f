from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.scheme import UnlockPolicy
from ssp_coder.domain.time import Micros
from ssp_coder.editing.completeness import OpenWork, Step
from ssp_coder.editing.edits import LockCoding
from ssp_coder.media.errors import Abandoned
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.ui.dialogs.reasons import ReasonDialog
from ssp_coder.ui.review.checking import check_file
from ssp_coder.ui.review.counts import CountsTable, count_codes
from ssp_coder.ui.review.lock_panel import LockPanel
from ssp_coder.ui.review.open_list import OpenWorkList
from ssp_coder.ui.review.page import ReviewPage
from ssp_coder.ui.session import OpenSession
from tests.builders import add, after, coding, infant_scheme, s
from tests.ui.demo_codings import demo_file, demo_session, session_on_disk


def work(step, message, severity=Severity.ERROR, at_us=None):
    finding = Finding(code="x", message=message, severity=severity)
    return OpenWork(step=step, finding=finding, at_us=at_us)


@pytest.fixture
def listing(theme, qtbot):
    made = OpenWorkList(theme)
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    return made


SEVERAL = (
    work(Step.PREPARE, "EP1 start"),
    work(Step.CODE, "Contact in EP2 from 1:30", Severity.WARNING, Micros(90_000_000)),
    work(Step.CODE, "Cry has no end", at_us=Micros(95_500_000)),
    work(Step.RATE, "CM EP5"),
)


def texts(listing):
    return [listing.item(row).text() for row in range(listing.count())]


def test_work_stands_under_the_name_of_its_step(listing):
    listing.show_work(SEVERAL)
    assert [text.split("   ")[0] for text in texts(listing)] == [
        "Prepare",
        "EP1 start",
        "Code",
        "Contact in EP2 from 1:30",
        "Cry has no end, 1:35",
        "Rate",
        "CM EP5",
    ]


def test_a_heading_cannot_be_chosen(listing, qtbot):
    listing.show_work(SEVERAL)
    head = listing.item(0)
    assert not head.flags() & Qt.ItemFlag.ItemIsSelectable
    with qtbot.assertNotEmitted(listing.work_chosen):
        place = listing.visualItemRect(head).center()
        QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("row", [1, 3, 6])
def test_a_click_chooses_its_line(listing, qtbot, row):
    listing.show_work(SEVERAL)
    place = listing.visualItemRect(listing.item(row)).center()
    with qtbot.waitSignal(listing.work_chosen) as chosen:
        QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args[0].finding.message in texts(listing)[row]


def test_enter_chooses_the_current_line(listing, qtbot):
    listing.show_work(SEVERAL)
    listing.setCurrentRow(6)
    with qtbot.waitSignal(listing.work_chosen) as chosen:
        QTest.keyClick(listing, Qt.Key.Key_Return)
    assert chosen.args[0] is SEVERAL[3]


def test_enter_without_a_line_chooses_nothing(listing, qtbot):
    listing.setCurrentIndex(QModelIndex())
    with qtbot.assertNotEmitted(listing.work_chosen):
        QTest.keyClick(listing, Qt.Key.Key_Return)


def test_arrows_pass_over_headings(listing):
    listing.show_work(SEVERAL)
    listing.setCurrentRow(1)
    QTest.keyClick(listing, Qt.Key.Key_Down)
    assert listing.currentRow() == 3


def test_the_same_work_again_keeps_the_place(listing):
    listing.show_work(SEVERAL)
    listing.setCurrentRow(3)
    listing.show_work(tuple(SEVERAL))
    assert listing.currentRow() == 3


def test_a_line_is_spoken_with_its_step_and_weight(listing):
    listing.show_work(SEVERAL)
    spoken = listing.item(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Code" in spoken
    assert "to be looked at" in spoken


@pytest.fixture
def panel(theme, qtbot):
    made = LockPanel(theme, UnlockPolicy.WITH_REASON)
    qtbot.addWidget(made)
    made.show_state(locked=False, hindrance="")
    made.show()
    return made


def test_escape_takes_the_question_back(panel, qtbot):
    panel.ask()
    with qtbot.assertNotEmitted(panel.lock_wished):
        QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.asking
    assert panel.lock.isVisible()


def test_the_question_has_the_focus_on_its_answer(panel, qtbot):
    panel.ask()
    assert panel.window().focusWidget() is panel.confirm
    with qtbot.waitSignal(panel.lock_wished):
        panel.confirm.click()


@pytest.mark.parametrize(("locked", "hindrance"), [(True, ""), (False, "6 still to do")])
def test_nothing_is_asked_that_cannot_be(panel, locked, hindrance):
    panel.show_state(locked=locked, hindrance=hindrance)
    panel.ask()
    assert not panel.asking


def test_a_hindrance_that_comes_meanwhile_takes_the_question_away(panel):
    panel.ask()
    panel.show_state(locked=False, hindrance="6 still to do")
    assert not panel.asking
    assert panel.lock.toolTip() == "6 still to do"


@pytest.mark.parametrize("locked", [True, False])
def test_one_button_at_a_time(panel, locked):
    panel.show_state(locked=locked, hindrance="")
    assert (panel.lock.isVisible(), panel.unlock.isVisible()) == (not locked, locked)


def test_points_have_no_length_and_states_have_one():
    value = after(coding(), add("distress.cry", 10, end=20), add("seeking.reach", 12))
    counts = {count.code: count for count in count_codes(value, infant_scheme())}
    assert counts["distress.cry"].length_us == s(10)
    assert counts["seeking.reach"].length_us is None


def test_an_open_state_counts_without_a_length():
    value = after(coding(), add("distress.cry", 10))
    assert count_codes(value, infant_scheme())[0].length_us == 0


def test_lengths_of_a_code_are_added_up(theme, qtbot):
    value = after(
        coding(),
        add("distress.cry", 10, end=20),
        add("distress.fuss", 20, end=25),
        add("distress.cry", 25, end=85.5),
    )
    table = CountsTable(theme, infant_scheme())
    qtbot.addWidget(table)
    table.show_counts(count_codes(value, infant_scheme()))
    rows = {table.item(row, 0).text(): row for row in range(table.rowCount())}
    cry = next(row for name, row in rows.items() if name.endswith(": Cry"))
    assert (table.item(cry, 1).text(), table.item(cry, 2).text()) == ("2", "1:10.5")


def test_a_file_opened_for_reading_can_be_reviewed_and_not_locked(theme, qtbot, tmp_path):
    file = open_read_only(demo_file(tmp_path, "trainee"))
    page = ReviewPage(theme, OpenSession(file.document(), file))
    qtbot.addWidget(page)
    page.show()
    assert not page.lock.lock.isEnabled()
    assert "reading" in page.lock.lock.toolTip()
    page.main_action()[1]()
    assert not page.lock.asking


def test_a_locked_file_opened_for_reading_cannot_be_unlocked(theme, qtbot, tmp_path, monkeypatch):
    session = session_on_disk(tmp_path, "trainee")
    session.submit(LockCoding())
    path = session.file.path
    session.close()
    reading = open_read_only(path)
    page = ReviewPage(theme, OpenSession(reading.document(), reading))
    qtbot.addWidget(page)
    page.show()
    monkeypatch.setattr(ReasonDialog, "exec", lambda _dialog: pytest.fail("a reason was asked for"))
    page.ask_unlock()
    assert not page.lock.unlock.isEnabled()


def test_the_main_act_turns_with_the_lock(theme, qtbot):
    session = demo_session("trainee")
    page = ReviewPage(theme, session)
    qtbot.addWidget(page)
    page.show()
    before = page.main_action()[0]
    session.submit(LockCoding())
    assert (before, page.main_action()[0]) == ("Lock coding", "Unlock…")


def test_a_check_nobody_waits_for_is_given_up(tmp_path):
    with pytest.raises(Abandoned):
        check_file(demo_file(tmp_path, "trainee"), lambda _share: None, lambda: True)


def test_a_page_thrown_away_while_it_checks_ends_its_thread(theme, qtbot, tmp_path):
    session = session_on_disk(tmp_path, "trainee")
    page = ReviewPage(theme, session)
    page.show()
    page.file.start_check()
    page.deleteLater()
    del page
    qtbot.waitUntil(
        lambda: all(t.name != "background work" for t in threading.enumerate()), timeout=10_000
    )
    session.close()
