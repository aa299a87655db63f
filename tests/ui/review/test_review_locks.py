"""The lock on the Review page: what the study allows, and who did what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.scheme import UnlockPolicy
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import LockCoding, UnlockCoding
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.ui.dialogs.reasons import ReasonDialog
from ssp_coder.ui.review.lock_history import MOST_SHOWN
from ssp_coder.ui.review.page import ReviewPage
from ssp_coder.ui.session import OpenSession
from tests.ui.demo_codings import demo_coding, demo_scheme, demo_session, session_on_disk


def for_good():
    scheme = replace(demo_scheme(), unlock=UnlockPolicy.NEVER)
    return OpenSession(Document(coding=demo_coding("trainee"), scheme=scheme))


@pytest.fixture
def shown(theme, qtbot):
    sessions = []

    def show(session):
        page = ReviewPage(theme, session)
        qtbot.addWidget(page)
        page.resize(1100, 800)
        page.show()
        sessions.append((page, session))
        return page

    yield show
    for page, session in sessions:
        page.hide()
        session.close()


def idle(page):
    return page.history._work is None and not page.history._is_stale


class TestALockForGood:
    def test_the_question_says_that_there_is_no_way_back(self, shown):
        page = shown(for_good())
        page.lock.ask()
        assert "for good" in page.lock._question_words()
        assert "stays as it is" in page.lock._state.text()

    def test_the_button_stays_and_says_why_it_cannot_be_pressed(self, shown):
        session = for_good()
        page = shown(session)
        session.submit(LockCoding())
        assert page.lock.unlock.isVisible()
        assert not page.lock.unlock.isEnabled()
        assert "does not allow" in page.lock._reason.text()

    def test_there_is_no_main_act_left(self, shown):
        session = for_good()
        page = shown(session)
        session.submit(LockCoding())
        assert page.main_action() is None

    def test_no_reason_is_asked_for(self, shown, monkeypatch):
        session = for_good()
        page = shown(session)
        session.submit(LockCoding())
        monkeypatch.setattr(ReasonDialog, "exec", lambda _dialog: pytest.fail("it asked"))
        page.ask_unlock()
        assert session.coding.locked

    def test_editing_refuses_too(self, shown):
        session = for_good()
        shown(session)
        session.submit(LockCoding())
        assert not session.submit(UnlockCoding(reason="please"))
        assert session.coding.locked

    def test_where_the_study_allows_it_the_question_names_the_reason(self, shown):
        page = shown(demo_session("trainee"))
        assert "reason" in page.lock._question_words()


class TestHistory:
    def test_nothing_is_listed_before_the_first_lock(self, shown, qtbot, tmp_path):
        page = shown(session_on_disk(tmp_path, "trainee"))
        qtbot.waitUntil(lambda: idle(page))
        assert not page.history.isVisible()

    def test_a_lock_is_listed_as_soon_as_it_is_on_the_disk(self, shown, qtbot, tmp_path):
        session = session_on_disk(tmp_path, "trainee")
        page = shown(session)
        session.submit(LockCoding())
        qtbot.waitUntil(lambda: len(page.history.lines()) == 1)
        assert page.history.lines()[0].startswith("Locked by trainee, 20")
        assert page.history.isVisible()

    def test_the_latest_comes_first_with_its_reason(self, shown, qtbot, tmp_path):
        session = session_on_disk(tmp_path, "trainee")
        page = shown(session)
        session.submit(LockCoding())
        session.submit(UnlockCoding(reason="wrong video"))
        qtbot.waitUntil(lambda: len(page.history.lines()) == 2)
        assert page.history.lines()[0].startswith("Unlocked by trainee")
        assert page.history.lines()[0].endswith(": wrong video")

    def test_an_undone_unlocking_is_listed_as_a_lock(self, shown, qtbot, tmp_path):
        session = session_on_disk(tmp_path, "trainee")
        page = shown(session)
        session.submit(LockCoding())
        session.submit(UnlockCoding(reason="wrong video"))
        session.undo()
        qtbot.waitUntil(lambda: len(page.history.lines()) == 3)
        assert "undone" in page.history.lines()[0]

    def test_many_are_cut_short_and_counted(self, shown, qtbot, tmp_path):
        session = session_on_disk(tmp_path, "trainee")
        for number in range(MOST_SHOWN):
            session.submit(LockCoding())
            session.submit(UnlockCoding(reason=f"reason {number}"))
        page = shown(session)
        qtbot.waitUntil(lambda: len(page.history.lines()) == MOST_SHOWN)
        assert page.history._lines[-1].text() == f"and {MOST_SHOWN} earlier"

    def test_a_file_open_for_reading_tells_it_too(self, shown, qtbot, tmp_path):
        session = session_on_disk(tmp_path, "trainee")
        session.submit(LockCoding())
        path = session.file.path
        session.close()
        reading = open_read_only(path)
        page = shown(OpenSession(reading.document(), reading))
        qtbot.waitUntil(lambda: len(page.history.lines()) == 1)

    def test_acts_of_earlier_sittings_are_there(self, shown, qtbot, tmp_path):
        session = session_on_disk(tmp_path, "trainee")
        session.submit(LockCoding())
        path = session.file.path
        session.close()
        file = open_for_writing(path, "trainer")
        page = shown(OpenSession(file.document(), file))
        qtbot.waitUntil(lambda: len(page.history.lines()) == 1)
        assert "trainee" in page.history.lines()[0]

    def test_a_page_left_while_it_reads_waits_for_nothing(self, shown, tmp_path):
        session = session_on_disk(tmp_path, "trainee")
        page = shown(session)
        page.hide()
        assert page.history._work is None
        page.show()
        assert page.history._work is not None

    def test_a_coding_without_a_file_lists_nothing(self, shown):
        session = demo_session("trainee")
        page = shown(session)
        session.submit(LockCoding())
        assert page.history.lines() == ()

    def test_what_cannot_be_read_is_said(self, shown, qtbot, tmp_path, monkeypatch):
        session = session_on_disk(tmp_path, "trainee")
        page = shown(session)
        qtbot.waitUntil(lambda: idle(page))
        page.history._say("row 2 of the log cannot be read")
        assert page.history.lines() == ("row 2 of the log cannot be read",)


class TestADifferenceWithoutAReason:
    """The table suggests another class than the coder's, and nobody said why."""

    @pytest.fixture
    def page(self, shown):
        value = demo_coding("trainee")
        own = replace(value.classification, disagreement="")
        unexplained = replace(value, classification=own)
        return shown(OpenSession(Document(coding=unexplained, scheme=demo_scheme())))

    def test_it_is_listed(self, page):
        lines = [page.work.item(row).text() for row in range(page.work.count())]
        assert "Reason to differ from the table" in lines

    def test_it_keeps_nothing_from_being_locked(self, page):
        assert page.lock.lock.isEnabled()
        page.lock.ask()
        page.lock.confirm.click()
        assert page.lock.unlock.isVisible()
