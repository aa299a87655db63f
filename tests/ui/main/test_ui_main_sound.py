from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from tests.ui.pages import session_of


@pytest.fixture
def store(tmp_path):
    return QSettings(str(tmp_path / "held.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(theme, store, qtbot):
    made = MainWindow(theme, Settings(store))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.desk.stop_work()
    made.close()


def speaker_of(window):
    if window.workspace is None:
        window.show_session(session_of())
    QApplication.processEvents()
    return window.workspace.player.speaker


def does(window, command):
    window.desk.commands()[command]()


def test_sound_is_made_softer_and_louder_by_command(window):
    speaker = speaker_of(window)
    does(window, "softer")
    does(window, "softer")
    assert speaker.volume == 0.8
    does(window, "louder")
    assert speaker.volume == 0.9


def test_sound_is_switched_off_and_on_by_command(window):
    speaker = speaker_of(window)
    does(window, "mute")
    assert speaker.muted
    does(window, "mute")
    assert not speaker.muted


def test_without_a_coding_the_commands_of_sound_do_nothing(window):
    for command in ("mute", "louder", "softer"):
        does(window, command)
    assert window.workspace is None


def test_the_volume_is_remembered_and_that_it_was_off_is_not(window, store):
    speaker_of(window)
    does(window, "softer")
    does(window, "mute")
    assert Settings(store).volume == 0.9


def test_a_remembered_volume_is_there_again(window, store):
    Settings(store).volume = 0.35
    speaker = speaker_of(window)
    assert speaker.volume == 0.35
    assert window.workspace.stage.transport.sound._slider.value() == 7


@pytest.mark.parametrize("nonsense", ["loud", "nan", "-1", "7", ""])
def test_a_volume_that_makes_no_sense_is_full(store, nonsense):
    store.setValue("volume", nonsense)
    assert Settings(store).volume == 1.0
