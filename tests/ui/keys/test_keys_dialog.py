"""Changing keys in the dialog: by keyboard alone, with what is in the way told."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from ssp_coder.catalog.keysets import load_key_set, write_key_set
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.keyset import CodeKeys, CommandKeys, KeySet
from ssp_coder.ui.keys import recorder as recorder_module
from ssp_coder.ui.keys.dialog import KeysDialog
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.recorder import pressed_key
from ssp_coder.ui.main.commands import usual_keys
from ssp_coder.ui.theme.fonts import FontUse
from tests.ui.pages import session_of

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
REACH = "code:seeking.reach"


@pytest.fixture
def opened(theme, qtbot):
    """Opens the dialog with own keys and gives it; what it keeps is in `kept`."""
    made = []

    def make(key_set=None, session=None):
        dialog = KeysDialog(theme, key_set or KeySet(), session or session_of())
        qtbot.addWidget(dialog)
        dialog.kept_sets = []
        dialog.kept.connect(dialog.kept_sets.append)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        made.append(dialog)
        return dialog

    yield make
    for dialog in made:
        dialog.close()


@pytest.fixture
def dialog(opened):
    return opened()


def row(dialog, name):
    return dialog._plan.row(name)


def listen(dialog, name):
    dialog.choose(name)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.recorder.isVisible()


def record(dialog, name, key, held=NONE):
    listen(dialog, name)
    QTest.keyClick(dialog.recorder, key, held)


class TestTheTable:
    def test_the_keyboard_is_in_the_filter_at_first(self, dialog):
        assert QApplication.focusWidget() is dialog.filter

    def test_it_can_begin_at_a_row(self, dialog):
        dialog.choose("redo")
        assert dialog._current().id == "redo"
        assert QApplication.focusWidget() is dialog.table

    @pytest.mark.parametrize(
        ("typed", "found"),
        [("redo", "redo"), ("ctrl+z", "undo"), ("reach", REACH), ("GO time", "to_time")],
    )
    def test_the_filter_looks_at_words_places_and_keys(self, dialog, typed, found):
        QTest.keyClicks(dialog.filter, typed)
        rows = dialog.table.rows
        shown = [rows.row(place).id for place in range(rows.rowCount())]
        assert found in shown
        assert len(shown) < 12

    def test_a_filter_that_fits_nothing_leaves_nothing_to_change(self, dialog):
        QTest.keyClicks(dialog.filter, "qqqq")
        assert dialog.table.rows.rowCount() == 0
        assert not dialog.change.isEnabled()
        dialog.change.click()
        assert not dialog.recorder.isVisible()

    def test_the_chosen_row_stays_chosen_while_filtering(self, dialog):
        dialog.choose("redo")
        QTest.keyClicks(dialog.filter, "e")
        assert dialog._current().id == "redo"

    def test_enter_in_the_filter_does_not_close(self, dialog):
        QTest.keyClick(dialog.filter, Qt.Key.Key_Return)
        assert dialog.isVisible()

    def test_the_model_keeps_the_rules_of_models(self, dialog):
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        QAbstractItemModelTester(dialog.table.rows, mode, dialog)
        record(dialog, "undo", Qt.Key.Key_F13)
        QTest.keyClicks(dialog.filter, "undo")
        assert dialog.table.rows.rowCount() >= 1

    def test_a_changed_row_says_so_in_words_and_weight(self, opened, theme):
        own = KeySet(commands=(CommandKeys(command="undo", keys=("F13", "Ctrl+U")),))
        rows = opened(own).table.rows
        index = rows.index(rows.place_of("undo"), 0)
        assert index.data() == "Undo (changed)"
        assert index.data(Qt.ItemDataRole.FontRole) == theme.font(FontUse.TABLE_STRONG)
        assert index.siblingAtColumn(2).data() == "F13, Ctrl+U"

    def test_a_change_resets_no_model_and_keeps_the_scroll(self, dialog, qtbot):
        dialog.choose("mute")
        before = dialog.table.verticalScrollBar().value()
        with qtbot.assertNotEmitted(dialog.table.rows.modelReset):
            record(dialog, "mute", Qt.Key.Key_F20)
        assert dialog.table.verticalScrollBar().value() == before

    def test_every_button_has_a_name(self, dialog):
        assert all(b.accessibleName() for b in dialog.findChildren(QPushButton))


class TestRecording:
    def test_a_free_key_is_given_at_once(self, dialog):
        record(dialog, "undo", Qt.Key.Key_F13)
        assert row(dialog, "undo").keys == ("F13",)
        assert dialog.words.text() == "“Undo” has F13 from now on."
        assert not dialog.recorder.isVisible()
        assert QApplication.focusWidget() is dialog.table

    def test_each_change_is_kept_at_once(self, dialog):
        record(dialog, "undo", Qt.Key.Key_F13)
        assert dialog.kept_sets == [dialog.key_set]

    def test_another_key_can_be_had_beside(self, dialog):
        dialog.choose("undo")
        dialog.add.click()
        QTest.keyClick(dialog.recorder, Qt.Key.Key_MediaStop)
        assert row(dialog, "undo").keys == ("Ctrl+Z", "Media Stop")

    def test_keys_that_are_held_for_another_are_waited_through(self, dialog):
        listen(dialog, "undo")
        for key in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt):
            QTest.keyClick(dialog.recorder, key)
        assert dialog.recorder.isVisible()
        QTest.keyClick(dialog.recorder, Qt.Key.Key_U, CTRL | SHIFT)
        assert row(dialog, "undo").keys == ("Ctrl+Shift+U",)

    def test_escape_leaves_everything_as_it_was(self, dialog):
        record(dialog, "undo", Qt.Key.Key_Escape)
        assert not dialog.recorder.isVisible()
        assert dialog.isVisible()
        assert dialog.kept_sets == []

    def test_leaving_with_the_mouse_stops_listening(self, dialog):
        listen(dialog, "undo")
        dialog.filter.setFocus()
        assert not dialog.recorder.isVisible()

    def test_a_repeated_key_is_taken_once(self, dialog):
        listen(dialog, "undo")
        repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F13, NONE, "", autorep=True)
        QApplication.sendEvent(dialog.recorder, repeat)
        assert dialog.recorder.isVisible()

    @pytest.mark.parametrize(
        ("name", "key", "held", "why"),
        [
            ("undo", Qt.Key.Key_Tab, NONE, "Tab is kept free"),
            ("undo", Qt.Key.Key_Return, NONE, "Enter is kept free"),
            ("undo", Qt.Key.Key_G, NONE, "G alone types and codes"),
            ("undo", Qt.Key.Key_F, ALT, "Alt+F opens the menu File."),
            (REACH, Qt.Key.Key_G, CTRL, "Ctrl+G cannot record a code"),
            (REACH, Qt.Key.Key_Space, NONE, "Space cannot record a code"),
        ],
    )
    def test_a_key_it_cannot_have_is_refused_with_the_reason(self, dialog, name, key, held, why):
        record(dialog, name, key, held)
        assert dialog.words.text().startswith(why)
        assert dialog.words.property("tone") == "err"
        assert dialog.recorder.isVisible()
        assert dialog.kept_sets == []

    def test_after_a_refusal_another_key_can_be_pressed(self, dialog):
        record(dialog, "undo", Qt.Key.Key_Tab)
        QTest.keyClick(dialog.recorder, Qt.Key.Key_F13)
        assert row(dialog, "undo").keys == ("F13",)


class TestWhatIsInTheWay:
    def test_it_is_named_and_both_ways_are_offered(self, dialog):
        record(dialog, "undo", Qt.Key.Key_Y, CTRL)
        assert dialog.words.text() == "Ctrl+Y is the key of “Redo” (Edit)."
        assert dialog.take.isVisible()
        assert dialog.leave.isVisible()
        assert dialog.kept_sets == []
        assert QApplication.focusWidget() is dialog.take

    def test_it_can_be_taken_over_by_keyboard(self, dialog):
        record(dialog, "undo", Qt.Key.Key_Y, CTRL)
        QTest.keyClick(dialog.take, Qt.Key.Key_Space)
        assert row(dialog, "undo").keys == ("Ctrl+Y",)
        assert row(dialog, "redo").keys == ("Ctrl+Shift+Z",)
        assert len(dialog.kept_sets) == 1

    def test_enter_takes_it_over_too(self, dialog):
        record(dialog, "undo", Qt.Key.Key_Y, CTRL)
        QTest.keyClick(dialog.take, Qt.Key.Key_Return)
        assert row(dialog, "undo").keys == ("Ctrl+Y",)
        assert dialog.isVisible()

    def test_it_can_be_left_as_it_is(self, dialog):
        record(dialog, "undo", Qt.Key.Key_Y, CTRL)
        dialog.leave.click()
        assert dialog.kept_sets == []
        assert dialog.change.isVisible()
        assert not dialog.take.isVisible()

    def test_a_code_in_the_way_of_a_code_is_named_with_its_group(self, dialog):
        lean = dialog._plan.row("code:seeking.lean")
        record(dialog, REACH, Qt.Key(ord(lean.keys[0].upper())))
        assert f"“{lean.title}” ({lean.where})" in dialog.words.text()


class TestGoingBack:
    def test_delete_takes_the_keys_away(self, dialog):
        dialog.choose("undo")
        QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
        assert row(dialog, "undo").keys == ()
        assert dialog.words.text() == "“Undo” has no key from now on."
        assert not dialog.clear.isEnabled()

    def test_a_row_goes_back_to_how_it_came(self, opened):
        dialog = opened(KeySet(commands=(CommandKeys(command="undo", keys=("F13",)),)))
        dialog.choose("undo")
        dialog.reset.click()
        assert dialog.key_set == KeySet()
        assert not dialog.reset.isEnabled()

    @pytest.mark.parametrize(
        ("answer", "left"),
        [(QMessageBox.StandardButton.Yes, 0), (QMessageBox.StandardButton.No, 2)],
    )
    def test_everything_goes_back_only_after_a_yes(self, opened, monkeypatch, answer, left):
        asked = []

        def question(_parent, _title, words):
            asked.append(words)
            return answer

        monkeypatch.setattr(QMessageBox, "question", question)
        own = KeySet(
            commands=(CommandKeys(command="undo", keys=("F13",)),),
            codes=(CodeKeys(keymap="another", code=CodeId("a.b"), keys=("q",)),),
        )
        dialog = opened(own)
        dialog.reset_all.click()
        assert asked[0].startswith("2 own keys")
        assert dialog.key_set.count == left


class TestFiles:
    def test_keys_are_written_and_read_again(self, opened, chooser, tmp_path):
        path = tmp_path / "lab.toml"
        chooser(path)
        first = opened()
        record(first, "undo", Qt.Key.Key_F13)
        first.export_file.click()
        assert load_key_set(path, usual_keys()) == first.key_set
        second = opened()
        second.import_file.click()
        assert second.key_set == first.key_set
        assert second.kept_sets == [first.key_set]
        assert second.words.text() == "1 own keys were read."

    def test_a_file_with_a_mistake_changes_nothing_and_says_where(
        self, dialog, chooser, warned, tmp_path
    ):
        path = tmp_path / "lab.toml"
        path.write_text('kind = "keys"\n[commands]\nundo = ["Ctrl+Q"]\n')
        chooser(path)
        dialog.import_file.click()
        assert f"{path}:3: " in warned[0][1]
        assert dialog.kept_sets == []

    def test_a_file_that_is_gone_is_told(self, dialog, chooser, warned, tmp_path):
        chooser(tmp_path / "gone.toml")
        dialog.import_file.click()
        assert "gone.toml" in warned[0][1]

    def test_a_folder_that_cannot_be_written_is_told(self, dialog, chooser, warned, tmp_path):
        chooser(tmp_path / "none" / "keys.toml")
        dialog.export_file.click()
        assert warned
        assert warned[0][0] == "The file was not written"

    def test_cancel_in_the_chooser_does_nothing(self, dialog, chooser):
        chooser("")
        dialog.import_file.click()
        dialog.export_file.click()
        assert dialog.kept_sets == []


class TestInTheWindow:
    def test_the_command_opens_it_and_keeps_what_is_chosen(
        self, desk_window, monkeypatch, coding_file
    ):
        desk_window.desk.open_path(coding_file())

        def change(dialog):
            dialog.choose("undo")
            dialog._start(beside=False)
            QTest.keyClick(dialog.recorder, Qt.Key.Key_F13)
            return 0

        monkeypatch.setattr(KeysDialog, "exec", change)
        desk_window.actions_by_id["own_keys"].trigger()
        assert live_keys().keys_of("undo") == ("F13",)
        assert desk_window.settings.key_set.commands[0].keys == ("F13",)
        desk_window.desk.keys.keep(KeySet())
        assert write_key_set(desk_window.settings.key_set) == write_key_set(KeySet())


class TestWhatIsPressed:
    @pytest.mark.parametrize(
        ("key", "held", "chord", "sign"),
        [
            (Qt.Key.Key_U, CTRL, "Ctrl+U", ""),
            (Qt.Key.Key_Q, NONE, "Q", "q"),
            (Qt.Key.Key_Q, SHIFT, "Shift+Q", "shift+q"),
            (Qt.Key.Key_F13, SHIFT, "Shift+F13", "shift+f13"),
            (Qt.Key.Key_MediaNext, NONE, "Media Next", "media_next"),
            (Qt.Key.Key_VolumeDown, CTRL, "Ctrl+Volume Down", ""),
            (Qt.Key.Key_Return, CTRL, "Ctrl+Return", ""),
            (Qt.Key.Key_Plus, CTRL, "Ctrl++", ""),
            (Qt.Key.Key_Left, ALT | SHIFT, "Alt+Shift+Left", ""),
        ],
    )
    def test_it_is_told_as_a_chord_and_as_a_sign(self, key, held, chord, sign):
        found = pressed_key(QKeyEvent(QEvent.Type.KeyPress, key, held))
        assert (found.chord, found.sign) == (chord, sign)

    @pytest.mark.parametrize("key", [Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_AltGr])
    def test_a_held_key_alone_is_nothing_yet(self, key):
        assert pressed_key(QKeyEvent(QEvent.Type.KeyPress, key, NONE)) is None

    def test_a_sign_that_shift_makes_is_told_by_its_key(self, monkeypatch):
        monkeypatch.setattr(recorder_module, "place_of", lambda _event: "=")
        found = pressed_key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Plus, CTRL | SHIFT))
        assert found.chord == "Ctrl+Shift+="

    def test_the_field_speaks_what_it_waits_for(self, dialog):
        listen(dialog, "undo")
        assert dialog.recorder.accessibleName() == "Press the key for “Undo”; Esc leaves"
        assert not dialog.recorder.grab(dialog.recorder.rect()).isNull()
        assert dialog.recorder.rect().contains(QPoint(3, 3))
