from __future__ import annotations

import sqlite3

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.scale import SlotId
from ssp_coder.editing.completeness import Step
from ssp_coder.editing.edits import ClearRating, DeleteEvents, LockCoding, UnlockCoding
from ssp_coder.ui.dialogs.reasons import ReasonDialog
from ssp_coder.ui.review.checking import check_file
from ssp_coder.ui.review.counts import count_codes
from ssp_coder.ui.review.page import ReviewPage
from tests.builders import coding
from tests.ui.demo_codings import demo_coding, demo_scheme, demo_session, session_on_disk
from tests.ui.pages import session_of


@pytest.fixture
def shown(theme, qtbot):
    def show(session):
        page = ReviewPage(theme, session)
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        return page

    return show


def listed(page):
    work = page.work
    return [work.item(row).text() for row in range(work.count()) if work.item(row).text()]


def test_a_complete_coding_lacks_nothing_and_can_be_locked(shown):
    session = demo_session("trainee")
    page = shown(session)
    assert listed(page) == []
    assert page.lock.lock.isEnabled()
    words, act = page.main_action()
    assert words == "Lock coding"
    act()
    assert page.lock.asking
    page.lock.confirm.click()
    assert session.coding.locked
    assert not page.lock.asking


def test_locking_is_asked_twice_and_can_be_left(shown):
    session = demo_session("trainee")
    page = shown(session)
    page.lock.lock.click()
    page.lock.keep.click()
    assert not session.coding.locked
    assert page.lock.lock.isVisible()
    page.lock.lock.click()
    QTest.keyClick(page.lock, Qt.Key.Key_Escape)
    assert not page.lock.asking
    assert not session.coding.locked


def test_what_is_missing_keeps_it_open_and_says_how_much(shown):
    session = demo_session("trainee")
    session.submit(ClearRating(slot=SlotId("avo_c_8")))
    page = shown(session)
    assert any("AVO EP8" in line for line in listed(page))
    assert not page.lock.lock.isEnabled()
    page.lock.ask()
    assert not page.lock.asking


def test_a_line_of_the_list_leads_to_its_place(shown, qtbot):
    session = demo_session("trainee")
    session.submit(ClearRating(slot=SlotId("avo_c_8")))
    page = shown(session)
    row = next(n for n in range(page.work.count()) if "AVO EP8" in page.work.item(n).text())
    page.work.setCurrentRow(row)
    with qtbot.waitSignal(page.work_chosen) as chosen:
        QTest.keyClick(page.work, Qt.Key.Key_Return)
    assert (chosen.args[0].step, chosen.args[0].slot) == (Step.RATE, "avo_c_8")


def test_the_list_follows_edits_while_it_is_shown(shown):
    session = demo_session("trainee")
    page = shown(session)
    session.submit(ClearRating(slot=SlotId("cm_c_5")))
    assert any("CM EP5" in line for line in listed(page))
    session.undo()
    assert listed(page) == []


def test_a_hidden_page_catches_up_when_it_is_shown(shown):
    session = demo_session("trainee")
    page = shown(session)
    page.hide()
    session.submit(ClearRating(slot=SlotId("cm_c_5")))
    page.show()
    assert any("CM EP5" in line for line in listed(page))


def test_an_empty_coding_lists_every_episode(shown):
    page = shown(session_of(coding()))
    lines = " ".join(listed(page))
    assert all(f"EP{number} start" in lines for number in range(1, 9))
    assert "Session end" in lines


def test_unlocking_asks_for_a_reason_that_is_kept(shown, monkeypatch):
    session = demo_session("trainee")
    session.submit(LockCoding())
    page = shown(session)
    records = []
    session.changed.connect(lambda changed: records.append(changed.record))
    monkeypatch.setattr(ReasonDialog, "exec", lambda _dialog: True)
    monkeypatch.setattr(ReasonDialog, "reason", lambda _dialog: "wrong video")
    assert page.main_action()[0] == "Unlock…"
    page.lock.unlock.click()
    assert not session.coding.locked
    assert records[-1].edit == UnlockCoding(reason="wrong video")
    assert records[-1].reason == "wrong video"


def test_without_a_reason_it_stays_locked(shown, monkeypatch):
    session = demo_session("trainee")
    session.submit(LockCoding())
    page = shown(session)
    monkeypatch.setattr(ReasonDialog, "exec", lambda _dialog: False)
    page.lock.unlock.click()
    assert session.coding.locked


def test_events_are_counted_by_code_with_their_time():
    value, scheme = demo_coding("trainee"), demo_scheme()
    counts = count_codes(value, scheme)
    assert sum(count.events for count in counts) == len(value.events)
    fewer = DeleteEvents(events=(value.events[0].id,))
    session = demo_session("trainee")
    session.submit(fewer)
    after = count_codes(session.coding, scheme)
    assert sum(count.events for count in after) == len(value.events) - 1


def test_the_counts_on_the_page_are_those_of_the_coding(shown):
    session = demo_session("trainee")
    page = shown(session)
    assert page.counts.rowCount() == len(count_codes(session.coding, session.scheme))


def test_the_file_is_checked_without_closing_it(shown, tmp_path, qtbot):
    session = session_on_disk(tmp_path, "trainee")
    page = shown(session)
    page.file.start_check()
    qtbot.waitUntil(lambda: page.file._work is None, timeout=20_000)
    session.submit(ClearRating(slot=SlotId("cm_c_5")))
    qtbot.waitUntil(lambda: session.unsaved == 0, timeout=10_000)
    session.close()


def test_a_file_changed_from_outside_is_told_in_words(tmp_path):
    session = session_on_disk(tmp_path, "trainee")
    path = session.file.path
    session.close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE rating SET points = 1 WHERE slot = 'cm_c_8'")
    connection.commit()
    connection.close()
    from ssp_coder.storage.verify import verify

    findings = verify(path)
    assert findings
    assert "cm_c_8" in findings[0].sentence()


def test_checking_reports_its_progress(tmp_path):
    session = session_on_disk(tmp_path, "trainee")
    session.submit(ClearRating(slot=SlotId("cm_c_5")))
    assert session.file.flush()
    shares = []
    findings = check_file(session.file.path, shares.append, lambda: False)
    session.close()
    assert findings == ()
    assert all(0 <= share <= 1 for share in shares)


def test_every_part_can_be_reached_and_has_a_name(shown):
    page = shown(demo_session("trainee"))
    for widget in (page.work, page.counts, page.lock.lock):
        assert widget.accessibleName()


def test_a_refusal_of_another_page_is_not_told_here(shown):
    session = demo_session("trainee")
    page = shown(session)
    page.hide()
    session.refused.emit("not there")
    page.show()
    assert page._refused.text() == ""
    session.refused.emit("not here")
    assert page._refused.text() == "not here"
