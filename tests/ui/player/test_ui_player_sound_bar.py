from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.media.sound import SoundTrack
from ssp_coder.ui.player.sound_bar import ROOMY_PX, SoundBar, SoundOffNotice, SoundSource
from ssp_coder.ui.player.speaker import SoundState
from ssp_coder.ui.player.transport import Transport


@pytest.fixture
def bar(theme, qtbot):
    made = SoundBar(theme)
    qtbot.addWidget(made)
    made.show_state(SoundState.ON)
    return made


@pytest.fixture
def notice(theme, qtbot):
    made = SoundOffNotice(theme)
    qtbot.addWidget(made)
    return made


def track(place, language=""):
    return SoundTrack(place=place, codec="aac", sample_rate=48_000, channels=2, language=language)


def test_every_control_has_a_spoken_name(bar):
    controls = (bar._mute, bar._slider, bar._sources)
    names = [control.accessibleName() for control in controls]
    assert names == ["Sound off", "Volume", "Which sound is heard"]


def test_controls_take_no_focus_from_a_click(bar):
    for control in (bar._mute, bar._slider, bar._sources):
        assert control.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_tooltips_name_the_keys(bar):
    assert bar._mute.toolTip() == "Sound off (Ctrl+M)"
    assert "Ctrl+Shift+Up" in bar._slider.toolTip()


def test_the_bar_is_there_only_for_recordings_with_sound(bar):
    bar.show_state(SoundState.NONE)
    assert bar.isHidden()
    for state in (SoundState.OPENING, SoundState.ON, SoundState.OFF):
        bar.show_state(state)
        assert not bar.isHidden()


def test_where_one_sound_fails_the_others_can_still_be_chosen(bar):
    bar.show_sources((source(0), source(0, camera=1)))
    bar.show_state(SoundState.NONE)
    assert not bar.isHidden()
    assert bar._sources.isEnabled()
    assert not bar._mute.isEnabled()
    bar.show_sources((source(0),))
    assert bar.isHidden()


def test_without_a_device_there_is_nothing_to_set(bar):
    bar.show_state(SoundState.OFF)
    assert not bar._mute.isEnabled()
    assert not bar._slider.isEnabled()
    bar.show_state(SoundState.ON)
    assert bar._mute.isEnabled()


def test_the_mute_button_asks_and_waits_to_be_told(bar, qtbot):
    with qtbot.waitSignal(bar.mute_requested):
        QTest.mouseClick(bar._mute, Qt.MouseButton.LeftButton)
    assert bar._mute.accessibleName() == "Sound off"
    bar.show_volume(0.5, muted=True)
    assert bar._mute.accessibleName() == "Sound on"
    assert bar._slider.value() == 0
    bar.show_volume(0.5, muted=False)
    assert bar._slider.value() == 10


def test_a_moved_slider_asks_for_a_volume(bar, qtbot):
    with qtbot.waitSignal(bar.volume_chosen) as asked:
        QTest.keyClick(bar._slider, Qt.Key.Key_Left)
    assert asked.args == [0.95]


def test_showing_a_volume_asks_for_nothing(bar, qtbot):
    with qtbot.assertNotEmitted(bar.volume_chosen):
        bar.show_volume(0.3, muted=False)


def source(place, language="", camera=0):
    return SoundSource(camera=camera, track=track(place, language))


def offered(bar):
    return [bar._sources.itemText(row) for row in range(bar._sources.count())]


def test_one_track_needs_no_choice(bar):
    bar.show_sources((source(0),))
    assert bar._sources.isHidden()


def test_several_tracks_can_be_chosen_from(bar, qtbot):
    bar.show_sources((source(0, "eng"), source(1)))
    assert not bar._sources.isHidden()
    assert offered(bar) == ["Sound 1 (eng)", "Sound 2"]
    with qtbot.waitSignal(bar.source_chosen) as asked:
        bar._sources.activated.emit(1)
    assert asked.args == [0, 1]


def test_with_several_cameras_each_sound_names_its_own(bar, qtbot):
    bar.show_sources((source(0, "deu"), source(1), source(0, camera=2)))
    assert offered(bar) == [
        "Camera 1: sound 1 (deu)",
        "Camera 1: sound 2",
        "Camera 3",
    ]
    with qtbot.waitSignal(bar.source_chosen) as asked:
        bar._sources.activated.emit(2)
    assert asked.args == [2, 0]


def test_a_single_sound_of_another_camera_needs_no_choice(bar):
    bar.show_sources((source(0, camera=1),))
    assert bar._sources.isHidden()


def test_a_box_too_narrow_for_its_words_says_them_in_its_tool_tip(bar):
    bar.show_sources((source(0), source(1), source(0, camera=1)), (0, 1))
    assert bar._sources.toolTip() == "Which sound is heard: Camera 1: sound 2"
    bar._sources.setCurrentIndex(2)
    bar._sources.activated.emit(2)
    assert bar._sources.toolTip() == "Which sound is heard: Camera 2"
    assert bar._sources.minimumWidth() < bar._sources.sizeHint().width()


def test_what_is_heard_now_is_marked(bar, qtbot):
    with qtbot.assertNotEmitted(bar.source_chosen):
        bar.show_sources((source(0), source(1), source(0, camera=1)), (0, 1))
    assert bar._sources.currentIndex() == 1
    bar.show_sources((source(0), source(1), source(0, camera=1)), (1, 0))
    assert bar._sources.currentIndex() == 2


def test_a_sound_is_chosen_by_keyboard(bar, qtbot):
    bar.show_sources((source(0), source(0, camera=1)), (0, 0))
    bar.show()
    bar._sources.setFocus()
    with qtbot.waitSignal(bar.source_chosen) as asked:
        QTest.keyClick(bar._sources, Qt.Key.Key_Down)
    assert asked.args == [1, 0]


def test_a_narrow_transport_leaves_the_slider_out_and_keeps_the_button(theme, qtbot):
    transport = Transport(theme)
    qtbot.addWidget(transport)
    transport.sound.show_state(SoundState.ON)
    transport.resize(theme.px(ROOMY_PX) + 20, 60)
    transport.show()
    assert transport.sound._slider.isVisible()
    transport.resize(theme.px(ROOMY_PX) - 20, 60)
    assert not transport.sound._slider.isVisible()
    assert transport.sound._mute.isVisible()


def test_a_choice_of_sounds_takes_the_place_of_the_slider_sooner(theme, qtbot):
    transport = Transport(theme)
    qtbot.addWidget(transport)
    transport.sound.show_state(SoundState.ON)
    transport.resize(theme.px(ROOMY_PX) + 20, 60)
    transport.show()
    transport.sound.show_sources((source(0), source(0, camera=1)), (1, 0))
    assert not transport.sound._slider.isVisible()
    transport.sound.show_sources((source(0),), (0, 0))
    assert transport.sound._slider.isVisible()


def test_no_reason_no_notice(notice):
    assert notice.isHidden()
    notice.show_reason("the sound device was lost")
    assert not notice.isHidden()
    notice.show_reason("")
    assert notice.isHidden()


def test_the_notice_says_why_and_what_goes_on(notice):
    notice.show_reason("the sound device was lost")
    words = "Sound off: the sound device was lost. Coding goes on without it."
    assert notice._words.text() == words
    assert notice.accessibleName() == words


def test_trying_again_is_asked_for(notice, qtbot):
    notice.show_reason("gone")
    with qtbot.waitSignal(notice.retry_requested):
        QTest.mouseClick(notice._retry, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(notice.retry_requested):
        QTest.keyClick(notice._retry, Qt.Key.Key_Space)
