"""The keys in force: on menus, buttons, tips and lists, kept from one sitting to the next."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.keyset import CodeKeys, CommandKeys, KeySet
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.keys.live import KeyTip, follow_caps, live_keys
from ssp_coder.ui.keys.words import caps, chord_words, key_name, sign_words
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_COMMANDS
from ssp_coder.ui.main.menus import key_list
from ssp_coder.ui.main.settings import Settings
from tests.builders import infant_scheme
from tests.ui.pages import paint

REACH = CodeId("seeking.reach")


def commands(**keys):
    return KeySet(commands=tuple(CommandKeys(command=name, keys=own) for name, own in keys.items()))


def codes(**keys):
    return KeySet(
        codes=tuple(
            CodeKeys(keymap="infant", code=CodeId(name.replace("__", ".")), keys=own)
            for name, own in keys.items()
        )
    )


@pytest.fixture(autouse=True)
def keys(qapp):
    """The keys of the application, as they came before and after the test."""
    found = live_keys()
    found.take(KeySet())
    yield found
    found.take(KeySet())


@pytest.fixture
def window(desk_window, qtbot):
    desk_window.activateWindow()
    qtbot.waitUntil(desk_window.isActiveWindow)
    return desk_window


@pytest.fixture
def coded(window, coding_file):
    window.desk.open_path(coding_file())
    window.show_page(Step.CODE)
    paint(window.workspace.stage, 12.0)
    return window


class TestInForce:
    def test_an_application_has_one(self, keys):
        assert live_keys() is keys

    def test_at_first_every_command_has_its_usual_keys(self, keys):
        for command in COMMANDS:
            assert keys.keys_of(command.id) == command.keys
        assert keys.shown("episode_2") == "Alt+2"
        assert keys.shown("about") == ""

    def test_a_change_is_told_once(self, keys, qtbot):
        with qtbot.waitSignal(keys.changed):
            keys.take(commands(undo=("F13",)))
        with qtbot.assertNotEmitted(keys.changed):
            keys.take(commands(undo=("F13",)))
        assert keys.shown("undo") == "F13"

    def test_a_command_that_is_not_there_is_an_error(self, keys):
        with pytest.raises(KeyError):
            keys.keys_of("fly")


class TestWidgets:
    def test_a_button_prints_the_keys_whatever_they_become(self, theme, keys, qtbot):
        button = PushButton(theme, "Undo")
        qtbot.addWidget(button)
        follow_caps(button, "undo")
        assert button.accessibleDescription() == "Key Ctrl+Z"
        keys.take(commands(undo=("Alt+U",)))
        assert button.accessibleDescription() == "Key Alt+U"
        keys.take(commands(undo=()))
        assert button.accessibleDescription() == ""

    def test_a_tip_names_the_keys_of_every_command_that_has_some(self, keys, qtbot):
        widget = QWidget()
        qtbot.addWidget(widget)
        tip = KeyTip(widget, "Volume", "louder", "softer")
        assert widget.toolTip() == "Volume (Ctrl+Shift+Up, Ctrl+Shift+Down)"
        keys.take(commands(louder=()))
        assert widget.toolTip() == "Volume (Ctrl+Shift+Down)"
        keys.take(commands(louder=(), softer=()))
        tip.show_words("How loud")
        assert widget.toolTip() == "How loud"

    def test_a_widget_that_is_gone_is_left_alone(self, keys, qtbot):
        widget = QWidget()
        KeyTip(widget, "Volume", "louder")
        widget.deleteLater()
        qtbot.waitUntil(lambda: _is_gone(widget))
        keys.take(commands(louder=()))


def _is_gone(widget):
    try:
        widget.objectName()
    except RuntimeError:
        return True
    return False


class TestTheWindow:
    def test_menus_show_and_obey_own_keys(self, coded):
        done = []
        coded.actions_by_id["undo"].triggered.connect(lambda _on: done.append("undo"))
        coded.desk.keys.keep(commands(undo=("F13", "Ctrl+U")))
        shortcuts = [s.toString() for s in coded.actions_by_id["undo"].shortcuts()]
        assert shortcuts == ["F13", "Ctrl+U"]
        QTest.keyClick(coded, Qt.Key.Key_F13)
        QTest.keyClick(coded, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(coded, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert done == ["undo", "undo"]

    def test_a_media_key_can_carry_out_a_command(self, coded):
        done = []
        coded.actions_by_id["next_camera"].setEnabled(True)
        coded.actions_by_id["next_camera"].triggered.connect(lambda _on: done.append(1))
        coded.desk.keys.keep(commands(next_camera=("Media Next",)))
        QTest.keyClick(coded, Qt.Key.Key_MediaNext)
        assert done == [1]

    def test_keys_of_episodes_can_be_changed(self, coded):
        coded.desk.keys.keep(commands(episode_3=("F15",)))
        found = [action.shortcut().toString() for action in coded.actions_by_id.jumps]
        assert found[:4] == ["Alt+1", "Alt+2", "F15", "Alt+4"]
        assert len(found) == len(EPISODE_COMMANDS)

    def test_a_pedal_records_a_code(self, coded):
        coded.desk.keys.keep(codes(seeking__reach=("f14",)))
        QTest.keyClick(coded.workspace.work, Qt.Key.Key_F14)
        assert [e.code for e in coded.workspace.session.coding.events] == [REACH]

    def test_the_board_prints_the_own_key_of_a_code(self, coded):
        coded.desk.keys.keep(codes(seeking__reach=("media_play",)))
        assert coded.workspace.work.board.button(REACH).face.key == "Play key"

    def test_a_coding_opened_later_has_own_keys_too(self, window, coding_file):
        window.desk.keys.keep(codes(seeking__reach=("f14",)))
        window.desk.open_path(coding_file("S200"))
        assert window.workspace.session.keymap.code_for("f14") == REACH

    def test_buttons_of_the_window_follow(self, coded):
        coded.desk.keys.keep(commands(undo=("F16",), toggle=("Media Play",), mute=()))
        transport = coded.workspace.stage.transport
        tips = {button.toolTip() for button in transport.findChildren(PushButton)}
        assert "Play (Play key)" in tips
        described = {b.accessibleDescription() for b in coded.findChildren(PushButton)}
        assert "Key F16" in described
        assert not any("Ctrl+Z" in words for words in described)

    def test_no_button_prints_a_key_that_another_thing_has(self, coded):
        """Every cap of a command's key comes from the map: after the change none is left."""
        usual = {chord_words(key) for one in COMMANDS for key in one.keys if "+" in key}
        everything = {one.id: () for one in COMMANDS if one.keys}
        coded.desk.keys.keep(commands(**everything))
        told = [
            f"{widget.toolTip()} {widget.accessibleDescription()}"
            for widget in coded.findChildren(QWidget)
        ]
        stale = {key for key in usual for words in told if f"({key})" in words}
        stale |= {key for key in usual for words in told if words.endswith(f"Key {key}")}
        # An editor has keys of its own while somebody writes in it.
        assert stale - {"Ctrl+Enter"} == set()


class TestKeeping:
    def test_own_keys_are_there_in_the_next_sitting(self, tmp_path):
        own = KeySet(
            commands=commands(undo=("F13",), redo=()).commands,
            codes=codes(seeking__reach=("f14", ",")).codes,
        )
        path = str(tmp_path / "s.ini")
        Settings(QSettings(path, QSettings.Format.IniFormat)).key_set = own
        read = Settings(QSettings(path, QSettings.Format.IniFormat)).key_set
        assert set(read.commands) == set(own.commands)
        assert read.codes == own.codes

    @pytest.mark.parametrize("kept", ["", "kind = 3", "rubbish =", 'kind = "keys"\ncommands = 1'])
    def test_what_cannot_be_read_is_as_if_nothing_was_kept(self, tmp_path, kept):
        store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
        store.setValue("keys/own", kept)
        assert Settings(store).key_set == KeySet()

    def test_what_was_found_is_remembered_newest_first_and_once(self, tmp_path):
        settings = Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
        for entry in ("command:undo", "code:a.b", "command:undo", "help:rate"):
            settings.note_found(entry)
        assert settings.found_last == ("help:rate", "command:undo", "code:a.b")


class TestTheList:
    def test_own_keys_stand_in_the_list_of_all_keys(self, keys):
        keys.take(commands(undo=("F13",), redo=()))
        rows = {row for _, group in key_list(None) for row in group}
        assert ("F13", "Undo") in rows
        assert not any(words == "Redo" for _, words in rows)

    def test_own_keys_of_codes_stand_there_too(self):
        scheme = infant_scheme()
        keymap = codes(seeking__reach=("shift+f14",)).laid_over(scheme.keymap, scheme.ethogram)
        rows = {row for _, group in key_list(scheme, keymap) for row in group}
        assert ("⇧F14", str(scheme.ethogram.code(REACH).title)) in rows


class TestNames:
    @pytest.mark.parametrize(
        ("chord", "shown"),
        [
            ("Ctrl+Shift+Z", ("Ctrl", "Shift", "Z")),
            ("Ctrl+Return", ("Ctrl", "Enter")),
            ("Alt+,", ("Alt", ",")),
            ("Toggle Media Play/Pause", ("Play/Pause key",)),
            ("", ()),
        ],
    )
    def test_a_chord_has_one_cap_a_key(self, chord, shown):
        assert caps(chord, "linux") == shown

    def test_a_mac_shows_its_own_signs(self):
        assert chord_words("Ctrl+Shift+Z", "darwin") == "⌘⇧Z"

    @pytest.mark.parametrize(
        ("sign", "shown"),
        [("q", "Q"), ("shift+q", "⇧Q"), (",", ","), ("f13", "F13"), ("media_stop", "Stop key"),
         ("shift+volume_up", "⇧Volume up"), ("", "")],
    )  # fmt: skip
    def test_a_code_key_has_one_cap(self, sign, shown):
        assert sign_words(sign) == shown

    def test_every_name_is_known_to_qt(self):
        for text in ("PgUp", "Ins", "Del", "Media Play", "Toggle Media Play/Pause", "Volume Mute"):
            assert QKeySequence(text)[0].key() is not Qt.Key.Key_unknown
            assert key_name(text)
