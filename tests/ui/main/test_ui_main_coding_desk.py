from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ssp_coder.editing.completeness import Step
from ssp_coder.editing.keys import Hold
from ssp_coder.ui.code.passes import Pass, Passes
from ssp_coder.ui.code.passes_dialog import PassDialog
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.reaction.dialog import ReactionDialog
from ssp_coder.ui.reaction.lag import ReactionLag
from tests.builders import coding, s, with_episodes
from tests.ui.pages import paint, session_of

CRYING = Pass(name="Crying", groups=("distress",))
LOOKS = Pass(name="Looks", groups=("gaze",), greyed=False)
LAG = ReactionLag(value_ms=240, on=True, measured_ms=240, count=20, date="2026-11-23")


@pytest.fixture
def store(tmp_path):
    return QSettings(str(tmp_path / "held.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def made(theme, store, qtbot):
    """Makes a window on the same settings, with a coding at 600 s in the code step."""
    windows = []

    def make(**fields):
        window = MainWindow(theme, Settings(store))
        qtbot.addWidget(window)
        window.show()
        windows.append(window)
        window.show_session(session_of(with_episodes(coding(**fields))))
        window.show_page(Step.CODE)
        paint(window.workspace.stage, 600)
        window.workspace.work.setFocus()
        return window

    yield make
    for window in windows:
        window.desk.stop_work()
        window.close()


@pytest.fixture
def window(made):
    return made()


def does(window, command):
    window.desk.commands()[command]()


def board(window):
    return window.workspace.work.coding


def events(window):
    return window.workspace.session.coding.events


def in_force(window):
    """What the status bar says is in force."""
    return window.desk.coding.in_force


def key(window, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.workspace.work, key, held)


# ---------------------------------------------------------------------- acts and persons


def test_acts_work_by_the_keys_of_their_commands(window):
    key(window, Qt.Key.Key_3)
    paint(window.workspace.stage, 605)
    window.actions_by_id["end_here"].trigger()
    assert events(window)[0].end_us == s(605)
    window.actions_by_id["same_again"].trigger()
    assert events(window)[1].start_us == s(605)
    paint(window.workspace.stage, 606)
    window.actions_by_id["move_here"].trigger()
    assert events(window)[1].start_us == s(606)
    window.actions_by_id["take_back"].trigger()
    assert len(events(window)) == 1


def test_the_buttons_under_the_board_show_the_keys_of_the_commands(window):
    bar = board(window).acts
    for command, button in zip(
        ("take_back", "move_here", "end_here", "same_again"), bar.buttons, strict=True
    ):
        keys = window.actions_by_id[command].shortcut().toString().split("+")
        assert bar._keys[bar.buttons.index(button)] == tuple(keys)


def test_buttons_follow_a_command_that_gets_another_key(window):
    window.actions_by_id["end_here"].setShortcut("Alt+X")
    assert board(window).acts._keys[2] == ("Alt", "X")


def test_acts_in_another_step_change_nothing_and_say_where_they_are_done(window, monkeypatch):
    said = []
    monkeypatch.setattr(window, "say", said.append)
    key(window, Qt.Key.Key_3)
    window.show_page(Step.REVIEW)
    for command in ("take_back", "end_here", "same_again", "next_person"):
        does(window, command)
    assert [event.is_open for event in events(window)] == [True]
    assert len(said) == 4


def test_each_person_has_a_command(window):
    persons = board(window).subjects
    for place, person in enumerate(persons):
        does(window, f"person_{place + 1}")
        assert board(window).board.subject == person
    does(window, "next_person")
    assert board(window).board.subject == persons[0]


# ---------------------------------------------------------------------- hold


def test_hold_mode_is_marked_said_and_remembered(made):
    window = made()
    assert not window.actions_by_id["hold_keys"].isChecked()
    assert in_force(window) == ""
    window.actions_by_id["hold_keys"].trigger()
    assert window.actions_by_id["hold_keys"].isChecked()
    assert "Hold" in in_force(window)
    assert board(made()).holds
    window.actions_by_id["hold_keys"].trigger()
    assert window.settings.hold is Hold.PRESS_PRESS
    assert not board(window).holds


def test_keys_held_at_the_window_end_their_states(window):
    does(window, "hold_keys")
    QTest.keyPress(window.workspace.work, Qt.Key.Key_3)
    paint(window.workspace.stage, 603)
    QTest.keyRelease(window.workspace.work, Qt.Key.Key_3)
    assert events(window)[0].end_us == s(603)


def test_going_to_another_step_lets_keys_go(window):
    does(window, "hold_keys")
    QTest.keyPress(window.workspace.work, Qt.Key.Key_3)
    paint(window.workspace.stage, 603)
    window.show_page(Step.RATE)
    assert events(window)[0].end_us == s(603)


def test_a_key_that_goes_up_after_the_coding_was_closed_is_harmless(window):
    does(window, "hold_keys")
    QTest.keyPress(window.workspace.work, Qt.Key.Key_3)
    window.close_coding()
    QTest.keyRelease(window, Qt.Key.Key_3)
    window.keys.release_all()
    assert window.workspace is None


def test_an_unknown_word_in_the_settings_is_press_press(store):
    store.setValue("board/hold", "sideways")
    assert Settings(store).hold is Hold.PRESS_PRESS


# ---------------------------------------------------------------------- passes


def with_passes(window, name=""):
    window.desk.coding._take_passes(window.workspace, Passes(kept=(CRYING, LOOKS), in_force=name))
    return window


def test_passes_are_gone_through_by_key_and_told(window):
    with_passes(window)
    does(window, "next_pass")
    assert board(window).passes.current == CRYING
    assert in_force(window) == "Pass 1 of 2: Crying"
    does(window, "pass_before")
    assert board(window).passes.current is None
    assert in_force(window) == ""


def test_without_a_pass_the_keys_of_passes_say_so(window, monkeypatch):
    said = []
    monkeypatch.setattr(window, "say", said.append)
    does(window, "next_pass")
    assert len(said) == 1


def test_a_code_outside_the_pass_is_told_in_the_status_line(window):
    with_passes(window, "Crying")
    key(window, Qt.Key.Key_Z)
    assert events(window) == ()
    assert "Crying" in window.statusBar().currentMessage()


def test_passes_and_the_one_in_force_are_remembered_for_the_scheme(made):
    window = with_passes(made(), "Looks")
    scheme = window.workspace.session.scheme.id
    assert window.settings.passes_of(scheme).current == LOOKS
    assert window.settings.passes_of("another/scheme") == Passes()
    assert board(made()).passes == Passes(kept=(CRYING, LOOKS), in_force="Looks")


def answered(monkeypatch, answer):
    """Answer the dialog of a pass as a person would, without waiting for one."""

    def exec_(dialog):
        answer(dialog)
        return 1 if dialog.keep_button.isEnabled() else 0

    monkeypatch.setattr(PassDialog, "exec", exec_)


def test_a_new_pass_is_made_and_in_force(window, monkeypatch):
    def answer(dialog):
        dialog.name.edit.setText("Acts")
        dialog.name.text_edited.emit("Acts")
        dialog.boxes["seeking"].setChecked(True)

    answered(monkeypatch, answer)
    board(window).board.chooser.new_wanted.emit()
    assert board(window).passes.current == Pass(name="Acts", groups=("seeking",))


def test_a_pass_is_changed_in_its_place(window, monkeypatch):
    with_passes(window, "Crying")
    answered(monkeypatch, lambda dialog: dialog.boxes["contact"].setChecked(True))
    board(window).board.chooser.edit_wanted.emit()
    assert [one.groups for one in board(window).passes.kept] == [("distress", "contact"), ("gaze",)]


def test_a_dialog_that_is_left_keeps_passes_as_they_are(window, monkeypatch):
    with_passes(window, "Crying")
    monkeypatch.setattr(PassDialog, "exec", lambda _dialog: 0)
    board(window).board.chooser.edit_wanted.emit()
    does(window, "new_pass")
    assert board(window).passes == Passes(kept=(CRYING, LOOKS), in_force="Crying")


def test_deleting_a_pass_changes_no_event(window):
    with_passes(window, "Crying")
    key(window, Qt.Key.Key_3)
    before = events(window)
    board(window).board.chooser.delete_wanted.emit()
    assert board(window).passes.kept == (LOOKS,)
    assert in_force(window) == ""
    assert events(window) == before


def test_a_deleted_pass_is_brought_back_by_the_menu_of_the_board(window):
    with_passes(window, "Crying")
    chooser = board(window).board.chooser
    count = len(chooser.menu.actions())
    chooser.delete_wanted.emit()
    back = chooser.menu.actions()[-1]
    assert "Crying" in back.text()
    back.trigger()
    assert board(window).passes == Passes(kept=(CRYING, LOOKS), in_force="Crying")
    assert window.settings.passes_of(window.workspace.session.scheme.id) == board(window).passes
    assert "Crying" in in_force(window)
    assert len(chooser.menu.actions()) == count


def test_choosing_a_pass_on_the_board_is_told_and_kept(window):
    with_passes(window)
    board(window).board.chooser.pass_chosen.emit("Looks")
    assert "Looks" in in_force(window)


# ---------------------------------------------------------------------- reaction lag


def test_the_lag_is_off_until_it_is_kept_as_on(window):
    assert board(window)._lag_us == 0
    window.desk.coding._keep_lag(LAG)
    assert board(window)._lag_us == 240_000
    assert in_force(window) == "Lag 240 ms"


def test_the_lag_belongs_to_a_person(made):
    window = made()
    window.desk.coding._keep_lag(LAG)
    assert board(made())._lag_us == 240_000
    assert board(made(coder="c/02"))._lag_us == 0
    assert window.settings.lag_of("c01") == LAG
    assert window.settings.lag_of("c/02") == ReactionLag()


def test_the_dialog_shows_the_persons_lag_and_keeps_another(window, monkeypatch):
    window.desk.coding._keep_lag(LAG)

    def exec_(dialog):
        assert dialog.result_value == LAG
        dialog.use.setChecked(False)
        dialog.accept()
        return 1

    monkeypatch.setattr(ReactionDialog, "exec", exec_)
    does(window, "reaction_lag")
    assert not window.settings.lag_of("c01").on
    assert in_force(window) == ""
    assert board(window)._lag_us == 0


def test_an_event_coded_in_play_lies_a_lag_earlier_and_keeps_how_much(window, monkeypatch):
    window.desk.coding._keep_lag(LAG)
    monkeypatch.setattr(board(window)._run, "meant_us", lambda lag: s(600) - lag)
    key(window, Qt.Key.Key_I)
    (event,) = events(window)
    assert (event.start_us, event.start_lag_us) == (s(599.76), 240_000)
    assert event.end_lag_us == 240_000


def test_an_event_coded_at_rest_lies_at_the_frame_on_the_screen(window):
    window.desk.coding._keep_lag(LAG)
    key(window, Qt.Key.Key_I)
    assert [(event.start_us, event.start_lag_us) for event in events(window)] == [(s(600), 0)]


def test_without_a_coding_no_command_of_the_board_does_anything(window):
    window.close_coding()
    for command in ("take_back", "next_pass", "new_pass", "next_person", "reaction_lag"):
        does(window, command)
    does(window, "hold_keys")
    assert window.workspace is None
    assert window.desk.coding.pass_dialog() is None
    assert window.desk.coding.lag_dialog() is None


def test_what_is_in_force_is_a_label_of_the_status_bar(window):
    with_passes(window, "Crying")
    labels = [label.text() for label in window.statusBar().findChildren(QLabel)]
    assert "Pass 1 of 2: Crying" in labels


def test_what_is_in_force_is_seen_beside_a_message_and_in_a_low_window(window):
    with_passes(window, "Crying")
    window.say("Something else")
    (label,) = window.statusBar().findChildren(QLabel, "in_force")
    assert label.isVisible()
    window.resize(700, 380)
    assert not label.isVisible()
    window.statusBar().clearMessage()
    assert label.isVisible()
    with_passes(window)
    assert not window.statusBar().isVisible()


def test_a_message_that_is_there_when_a_coding_opens_has_no_names_under_it(theme, store, qtbot):
    window = MainWindow(theme, Settings(store))
    qtbot.addWidget(window)
    window.show()
    window.say("Brought over from an earlier version")
    window.show_session(session_of(with_episodes(coding())))
    QApplication.processEvents()
    assert window._status[0].text()
    assert not any(name.isVisible() for name in window._status[:2])
    window.close()


def test_nothing_is_in_force_when_the_coding_was_closed(window):
    with_passes(window, "Crying")
    window.close_coding()
    assert in_force(window) == ""


def test_the_board_names_the_keys_of_persons_and_passes(window):
    parts = [board(window).board._subjects.part(person) for person in board(window).subjects]
    assert [part.toolTip() for part in parts][:2] == ["Ctrl+Alt+1", "Ctrl+Alt+2"]
    assert "F5" in board(window).board.chooser.toolTip()
    window.actions_by_id["next_pass"].setShortcut("Alt+P")
    assert "Alt+P" in board(window).board.chooser.toolTip()
