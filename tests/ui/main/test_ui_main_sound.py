from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.dialogs.sound_delay import SoundDelayDialog
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.player.step_sound import StepSound
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


# ------------------------------------------------------------------------------ while stepping


def steps_of(window):
    return speaker_of(window).parent().findChild(StepSound)


def marked(window):
    return window.actions_by_id["step_sound"].isChecked()


def test_frames_are_silent_until_somebody_wishes_to_hear_them(window):
    assert not steps_of(window).is_on
    assert not marked(window)


def test_frames_are_heard_by_command_and_that_is_remembered(window, store):
    steps = steps_of(window)
    does(window, "step_sound")
    assert steps.is_on
    assert marked(window)
    assert Settings(store).step_sound
    does(window, "step_sound")
    assert not steps.is_on
    assert not marked(window)
    assert not Settings(store).step_sound


def test_a_wish_to_hear_frames_holds_for_the_next_coding(window):
    does(window, "step_sound")
    assert marked(window)
    assert steps_of(window).is_on


def test_the_wish_can_change_after_a_coding_was_closed(window):
    assert not steps_of(window).is_on
    window.close_coding()
    QApplication.processEvents()
    does(window, "step_sound")
    assert steps_of(window).is_on


# ------------------------------------------------------------------------------ in step


@pytest.fixture
def asked(monkeypatch):
    """What was done with each dialog instead of showing it."""
    shown = []
    monkeypatch.setattr(SoundDelayDialog, "exec", lambda self: shown.append(self))
    return shown


def test_a_delay_that_is_kept_counts_now_and_at_the_next_sitting(window, store):
    speaker = speaker_of(window)
    dialog = window.desk.sound.delay_dialog()
    dialog.delay_chosen.emit("Headphones", 120_000)
    dialog.reject()
    assert Settings(store).sound_delays == {"Headphones": 120_000}
    assert speaker._delays["Headphones"] == 120_000
    again = window.desk.sound.delay_dialog()
    assert again.speaker._delays["Headphones"] == 120_000
    again.reject()


def test_a_remembered_delay_is_there_for_the_next_coding(window, store):
    Settings(store).note_sound_delay("Television", 210_000)
    assert speaker_of(window)._delays["Television"] == 210_000


def test_the_recording_rests_while_the_delay_is_set(window, asked):
    speaker_of(window)
    does(window, "sound_delay")
    assert len(asked) == 1
    assert not window.workspace.player.playing


def test_without_a_coding_the_delay_can_be_set_too(window, asked):
    does(window, "sound_delay")
    assert len(asked) == 1


def test_beeps_are_heard_however_softly_recordings_are(window, store):
    Settings(store).volume = 0.0
    dialog = window.desk.sound.delay_dialog()
    assert dialog.speaker.volume > 0.2
    dialog.reject()


def test_each_device_keeps_its_own_delay(store):
    settings = Settings(store)
    settings.note_sound_delay("Loudspeaker / left", 18_000)
    settings.note_sound_delay("Kopfhörer", 140_000)
    settings.note_sound_delay("Loudspeaker / left", 25_000)
    assert Settings(store).sound_delays == {"Loudspeaker / left": 25_000, "Kopfhörer": 140_000}


@pytest.mark.parametrize("nonsense", ["soon", "", "-5", "900000"])
def test_a_delay_that_makes_no_sense_is_forgotten(store, nonsense):
    store.beginWriteArray("sound_delays", 1)
    store.setArrayIndex(0)
    store.setValue("device", "Odd")
    store.setValue("delay_us", nonsense)
    store.endArray()
    assert Settings(store).sound_delays == {}
