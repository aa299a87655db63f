"""A coder with a pedal: finds what it shall do, gives it the pedal, codes with it, goes back."""

from functools import partial

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.keyset import CommandKeys, KeySet
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.keys.dialog import KeysDialog
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.main.commands import COMMANDS
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from tests.ui.pages import paint


@pytest.fixture(autouse=True)
def keys_as_they_came(qapp):
    live_keys().take(KeySet())
    yield
    live_keys().take(KeySet())


@pytest.fixture
def coded(desk_window, coding_file, qtbot):
    desk_window.desk.open_path(coding_file())
    desk_window.show_page(Step.CODE)
    paint(desk_window.workspace.stage, 12.0)
    desk_window.activateWindow()
    qtbot.waitUntil(desk_window.isActiveWindow)
    return desk_window


def find(window, words, key=Qt.Key.Key_Return):
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    edit = QApplication.focusWidget()
    QTest.keyClicks(edit, words)
    QTest.keyClick(edit, key)


def pressing(monkeypatch, *keys):
    """Whoever is shown the dialog of keys presses Enter, then these keys, and closes it."""

    def press(dialog, keys):
        dialog.setModal(True)
        dialog.show()
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        for key in keys:
            QTest.keyClick(dialog.recorder if dialog.recorder.isVisible() else dialog.take, key)
        dialog.close()
        return 0

    monkeypatch.setattr(KeysDialog, "exec", lambda dialog: press(dialog, keys))


def codes_of(window):
    return [event.code for event in window.workspace.session.coding.events]


def test_a_pedal_is_given_to_a_code_and_records_it(coded, monkeypatch):
    pressing(monkeypatch, Qt.Key.Key_F13)
    find(coded, "reach", Qt.Key.Key_F2)
    QTest.keyClick(coded.workspace.work, Qt.Key.Key_F13)
    assert codes_of(coded) == ["seeking.reach"]
    QTest.keyClick(coded.workspace.work, Qt.Key.Key_I)
    assert codes_of(coded) == ["seeking.reach"]


def test_the_same_pedal_taken_over_by_a_command_records_no_more(coded, monkeypatch):
    pressing(monkeypatch, Qt.Key.Key_F13)
    find(coded, "reach", Qt.Key.Key_F2)
    pressing(monkeypatch, Qt.Key.Key_F13, Qt.Key.Key_Space)
    find(coded, "all keys", Qt.Key.Key_F2)
    assert live_keys().keys_of("keys") == ("F13",)
    shown = []
    coded.actions_by_id["keys"].triggered.connect(lambda _on: shown.append(1))
    monkeypatch.setattr("ssp_coder.ui.main.help._show", lambda *_words: None)
    QTest.keyClick(coded.workspace.work, Qt.Key.Key_F13)
    assert (codes_of(coded), shown) == ([], [1])


def test_keys_hold_in_the_next_sitting_and_go_back_all_at_once(
    coded, monkeypatch, theme, tmp_path, qtbot
):
    pressing(monkeypatch, Qt.Key.Key_F13)
    find(coded, "undo", Qt.Key.Key_F2)
    live_keys().take(KeySet())
    store = QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)
    later = MainWindow(theme, Settings(store))
    qtbot.addWidget(later)
    assert later.actions_by_id["undo"].shortcut().toString() == "F13"
    later.desk.keys.keep(KeySet())
    assert later.actions_by_id["undo"].shortcut().toString() == "Ctrl+Z"
    assert Settings(store).key_set == KeySet()
    later.close()


def test_a_key_kept_from_before_is_not_lost_to_a_command_that_has_it_now(theme, tmp_path, qtbot):
    """Two actions of one key would both stay silent."""
    store = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    settings = Settings(store)
    usual = live_keys().usual["next_pass"][0]
    settings.key_set = KeySet(commands=(CommandKeys(command="undo", keys=(usual,)),))
    later = MainWindow(theme, settings)
    qtbot.addWidget(later)
    by_key = [
        command.id
        for command in COMMANDS
        if usual in [key.toString() for key in later.actions_by_id[command.id].shortcuts()]
    ]
    assert by_key == ["undo"]
    later.close()


def test_a_command_found_by_its_initials_is_run(coded):
    find(coded, "review")
    assert coded.workspace.current == Step.REVIEW


def test_after_coding_from_the_list_the_keys_code_again(coded):
    find(coded, "reach")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_L)
    assert codes_of(coded) == ["seeking.reach", "maintaining.protest_put_down"]


@pytest.mark.parametrize("command", ["own_keys", "key_card"])
def test_both_dialogs_are_opened_from_the_list(coded, monkeypatch, command):
    from ssp_coder.ui.keys.card_dialog import CardDialog

    opened = []
    for kind in (KeysDialog, CardDialog):
        monkeypatch.setattr(kind, "exec", partial(_note, opened))
    coded.actions_by_id[command].trigger()
    assert len(opened) == 1


def _note(opened, *_dialog):
    opened.append(1)
    return 0
