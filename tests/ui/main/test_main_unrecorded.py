"""Closing and locking ask about judgements that were begun and are not in the coding."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMessageBox

from ssp_coder.editing.completeness import Step
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.ui.dialogs.unrecorded import Unrecorded, settle
from tests.ui.rate.judged import rated_all


@pytest.fixture
def answer(monkeypatch):
    """Presses the button whose words begin so; the buttons of each box are noted."""
    shown = []

    def choose(beginning):
        def run(box):
            shown.append([button.text() for button in box.buttons()])
            next(b for b in box.buttons() if b.text().startswith(beginning)).click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", run)
        return shown

    return choose


@pytest.fixture
def window(desk_window, coding_file):
    path = coding_file(start=replace(rated_all(), media=()))
    desk_window.desk.open_path(path)
    desk_window.path = path
    return desk_window


def begin_class(window, name="B2"):
    window.show_page(Step.CLASSIFY)
    window.workspace.page(Step.CLASSIFY).own_class.classes.button(name).click()


def begin_index(window):
    window.show_page(Step.DISORGANIZATION)
    window.workspace.page(Step.DISORGANIZATION).form.note_field.set_text("arms up")


def recorded(window):
    file = open_read_only(window.path)
    try:
        own = file.coding.classification
    finally:
        file.close()
    return None if own is None else own.subgroup


class TestClosing:
    def test_nothing_begun_nothing_asked(self, window, answer):
        shown = answer("Back")
        window.show_page(Step.CLASSIFY)
        window.show_page(Step.DISORGANIZATION)
        assert window.close_coding()
        assert shown == []

    def test_a_class_can_be_recorded_before(self, window, answer):
        answer("Record")
        begin_class(window)
        assert window.close_coding()
        assert recorded(window) == "B2"

    def test_a_class_can_be_discarded(self, window, answer):
        answer("Discard")
        begin_class(window)
        assert window.close_coding()
        assert recorded(window) is None

    def test_going_back_keeps_coding_and_draft_and_shows_them(self, window, answer):
        answer("Back")
        begin_class(window)
        window.show_page(Step.CODE)
        assert not window.close_coding()
        assert window.workspace.current == Step.CLASSIFY
        assert window.workspace.page(Step.CLASSIFY).own_class.draft.subgroup == "B2"
        answer("Discard")

    def test_what_is_not_whole_cannot_be_recorded(self, window, answer):
        shown = answer("Discard")
        window.show_page(Step.CLASSIFY)
        window.workspace.page(Step.CLASSIFY).own_class.rationale.setPlainText("settles")
        assert window.close_coding()
        assert sorted(*shown) == ["Back to it", "Discard it"]

    def test_a_half_filled_index_that_cannot_be_recorded_is_shown(self, window, answer):
        answer("Record")
        begin_index(window)
        window.show_page(Step.CODE)
        assert not window.close_coding()
        assert window.workspace.current == Step.DISORGANIZATION
        form = window.workspace.page(Step.DISORGANIZATION).form
        assert form.note_field.text() == "arms up"
        assert form.note_field.error() == "Choose a theme first"
        answer("Discard")

    def test_each_is_asked_for_by_itself(self, window, answer):
        shown = answer("Discard")
        begin_class(window)
        begin_index(window)
        assert window.close_coding()
        assert len(shown) == 2

    def test_opening_another_file_asks_too(self, window, answer, coding_file):
        answer("Back")
        begin_class(window)
        window.desk.open_path(coding_file("S200"))
        assert window.workspace.session.file.path == window.path
        answer("Discard")


class TestLocking:
    @pytest.fixture
    def whole(self, window, answer):
        begin_class(window, "B3")
        answer("Record")
        assert window.workspace.settle_unrecorded()
        begin_class(window, "B2")
        return window

    def lock(self, window):
        page = window.workspace.page(Step.REVIEW)
        page.lock.lock_wished.emit()
        return window.workspace.session.coding

    def test_going_back_leaves_it_open(self, whole, answer):
        answer("Back")
        assert not self.lock(whole).locked
        assert whole.workspace.current == Step.CLASSIFY
        answer("Discard")

    def test_discarding_locks_what_is_recorded(self, whole, answer):
        answer("Discard")
        coding = self.lock(whole)
        assert coding.locked
        assert coding.classification.subgroup == "B3"

    def test_recording_locks_the_draft(self, whole, answer):
        answer("Record")
        coding = self.lock(whole)
        assert coding.locked
        assert coding.classification.subgroup == "B2"


class TestQuestion:
    def asked(self, done, *, record=True):
        return Unrecorded(
            title="A class",
            words="It is not recorded.",
            record=(lambda: done.append("recorded") or True) if record else None,
            discard=lambda: done.append("discarded"),
        )

    @pytest.mark.parametrize(
        ("button", "goes_on", "done"),
        [("Record", True, ["recorded"]), ("Discard", True, ["discarded"]), ("Back", False, [])],
    )
    def test_each_answer_does_its_own(self, desk_window, answer, button, goes_on, done):
        did = []
        answer(button)
        assert settle(self.asked(did), desk_window) is goes_on
        assert did == done

    def test_a_recording_that_fails_does_not_go_on(self, desk_window, answer):
        answer("Record")
        failing = replace(self.asked([]), record=lambda: False)
        assert not settle(failing, desk_window)

    def test_escape_goes_back(self, desk_window, monkeypatch):
        did = []

        def leave(box):
            box.escapeButton().click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", leave)
        assert not settle(self.asked(did), desk_window)
        assert did == []
