"""Indices of the D pass by keyboard alone: marked, shown again, changed and removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ssp_coder.domain.coding import DIndex, IndexId, IndexStrength
from ssp_coder.editing.edits import EndSession, LockCoding, PutDIndex
from ssp_coder.ui.disorganization.page import DPassPage
from tests import builders as b
from tests.ui.rate.judged import asked, lived, open_window, session_of


def index(theme="D5", start=577.2, end=580.7, **fields):
    given = {
        "id": IndexId(0),
        "theme": theme,
        "strength": IndexStrength.WEAK,
        "start_us": b.s(start),
        "end_us": b.s(end),
        "present": ("infant", "caregiver"),
    }
    return DIndex(**(given | fields))


def with_three():
    times = ((577, 580), (600, 604), (700, 703))
    return b.after(lived(), *(PutDIndex(index=index(start=s, end=e)) for s, e in times))


def came_and_went():
    """The caregiver is in the room from the first reunion on."""
    return b.after(
        b.with_episodes(),
        b.add("presence.out", 390, subject=b.CAREGIVER),
        b.add("presence.in_room", 570, subject=b.CAREGIVER),
    )


@pytest.fixture
def open_page(theme, qtbot):
    kept = []

    def opened(coding=None):
        session = session_of(coding or with_three())
        page = DPassPage(theme, session)
        kept.append((page, session))
        open_window(qtbot, page)
        return page, session

    return opened


@pytest.fixture
def opened(open_page):
    return open_page()


def themes(session):
    return [(one.start_us // 1_000_000) for one in session.coding.d_indices]


class TestMarking:
    def test_both_ends_are_taken_from_the_screen_by_command(self, opened):
        page, _ = opened
        page.set_moment(b.s(620.04), 15501)
        page.start_index()
        page.set_moment(b.s(621.08), 15527)
        page.end_index()
        assert (page.form.start.time_us(), page.form.end.time_us()) == (b.s(620.04), b.s(621.08))

    def test_presence_is_filled_in_from_who_was_in_the_room(self, open_page):
        page, _ = open_page(came_and_went())
        page.set_moment(b.s(400), 10_000)
        page.start_index()
        absent = page.form.present()
        page.set_moment(b.s(600), 15_000)
        page.start_index()
        assert (b.CAREGIVER in absent, b.CAREGIVER in page.form.present()) == (False, True)

    def test_a_typed_start_fills_it_in_too(self, open_page, qtbot):
        page, _ = open_page(came_and_went())
        qtbot.keyClicks(page.form.start.edit, "10:00")
        qtbot.keyClick(page.form.start.edit, Qt.Key.Key_Return)
        assert b.CAREGIVER in page.form.present()

    def test_what_the_coder_ticked_is_left_alone(self, open_page, qtbot):
        page, _ = open_page(came_and_went())
        box = page.form.people[b.STRANGER]
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)
        page.set_moment(b.s(600), 15_000)
        page.start_index()
        assert page.form.present() == (b.STRANGER,)

    def test_an_index_after_the_end_of_the_session_is_told_in_place(self, open_page, qtbot):
        page, session = open_page(b.after(b.with_episodes()))
        page.form.theme_box.setCurrentIndex(page.form.theme_box.findData("D5"))
        page.set_moment(b.s(b.STANDARD_END - 1), 0)
        page.start_index()
        page.set_moment(b.s(b.STANDARD_END + 1), 0)
        page.end_index()
        page.form.save_button.click()
        assert page.form.end.error() == "After the end of the session, 21:30.000"
        assert session.coding.d_indices == ()

    def test_a_session_that_ends_later_allows_it(self, open_page):
        page, session = open_page(b.after(b.with_episodes()))
        session.submit(EndSession(at_us=b.s(1300)))
        page.form.theme_box.setCurrentIndex(page.form.theme_box.findData("D5"))
        page.set_moment(b.s(1291), 0)
        page.start_index()
        page.set_moment(b.s(1292), 0)
        page.end_index()
        page.form.save_button.click()
        assert len(session.coding.d_indices) == 1

    def test_a_locked_coding_takes_no_moment(self, opened):
        page, session = opened
        session.submit(LockCoding())
        page.set_moment(b.s(620), 0)
        page.start_index()
        page.end_index()
        page.play_index()
        assert page.form.start.text() == ""


class TestPlaying:
    def test_the_form_plays_what_stands_in_it(self, opened):
        page, _ = opened
        told = asked(page.clip_wanted)
        page.form.edit(page.indices.rows()[1].index)
        page.play_index()
        assert [(s.start_us, s.end_us) for (s,) in told] == [(b.s(600), b.s(604))]

    def test_without_an_end_it_says_what_is_missing(self, opened):
        page, _ = opened
        told = asked(page.clip_wanted)
        page.set_moment(b.s(620), 0)
        page.start_index()
        page.play_index()
        assert told == []
        assert page.form.end.error().startswith("Not a time")

    def test_ends_the_wrong_way_round_are_not_played(self, opened):
        page, _ = opened
        told = asked(page.clip_wanted)
        page.set_moment(b.s(620), 0)
        page.start_index()
        page.set_moment(b.s(610), 0)
        page.end_index()
        page.play_index()
        assert told == []
        assert page.form.end.error() == "Before the start"

    def test_enter_on_a_row_plays_it(self, opened, qtbot):
        page, _ = opened
        told = asked(page.clip_wanted)
        chip = page.indices.rows()[2].chip
        chip.setFocus()
        qtbot.keyClick(chip, Qt.Key.Key_Return)
        assert [s.start_us for (s,) in told] == [b.s(700)]


class TestRows:
    def test_f2_takes_an_index_into_the_form(self, opened, qtbot):
        page, _ = opened
        chip = page.indices.rows()[1].chip
        chip.setFocus()
        qtbot.keyClick(chip, Qt.Key.Key_F2)
        assert page.form.edited_id == page.indices.rows()[1].index.id
        assert page.focusWidget() is page.form.theme_box

    @pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_delete_removes_and_the_focus_goes_to_the_next(self, opened, qtbot, key):
        page, session = opened
        page.indices.rows()[1].chip.setFocus()
        qtbot.keyClick(page.focusWidget(), key)
        assert themes(session) == [577, 700]
        assert page.focusWidget() is page.indices.rows()[1].chip

    def test_the_last_row_hands_the_focus_to_the_one_before(self, opened, qtbot):
        page, _ = opened
        page.indices.rows()[2].chip.setFocus()
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Delete)
        assert page.focusWidget() is page.indices.rows()[1].chip

    def test_after_the_only_one_the_form_has_the_focus(self, open_page, qtbot):
        page, session = open_page(b.after(lived(), PutDIndex(index=index())))
        page.indices.rows()[0].chip.setFocus()
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Delete)
        assert session.coding.d_indices == ()
        assert page.focusWidget() is page.form.start_button

    def test_undo_brings_it_back(self, opened, qtbot):
        page, session = opened
        page.indices.rows()[1].chip.setFocus()
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Delete)
        session.undo()
        assert themes(session) == [577, 600, 700]

    def test_an_edit_elsewhere_leaves_the_focus_where_it_is(self, opened):
        page, session = opened
        page.score.cell.row.setFocus()
        session.submit(PutDIndex(index=index(start=800, end=801)))
        assert page.focusWidget() is page.score.cell.row

    def test_a_locked_row_plays_and_does_nothing_else(self, opened, qtbot):
        page, session = opened
        session.submit(LockCoding())
        told = asked(page.clip_wanted)
        for key in (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Return):
            chip = page.indices.rows()[0].chip
            chip.setFocus()
            qtbot.keyClick(chip, key)
        assert len(told) == 1
        assert len(session.coding.d_indices) == 3
        assert page.form.edited_id == 0

    def test_each_button_is_spoken_with_its_index(self, opened):
        page, _ = opened
        names = [row.edit_button.accessibleName() for row in page.indices.rows()]
        assert len(set(names)) == 3
        assert all(name.startswith("Edit index") for name in names)
