from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from ssp_coder.domain.time import Micros
from ssp_coder.media.heard import Hearing
from ssp_coder.ui.player.open_video import CameraSource
from ssp_coder.ui.player.player import Player
from ssp_coder.ui.player.sound_device import ComputerSound, sound_of_this_computer
from ssp_coder.ui.player.sound_process import Answer
from ssp_coder.ui.player.speaker import SoundState
from ssp_coder.ui.player.stage import Stage
from ssp_coder.ui.player.step_sound import StepSound
from ssp_coder.ui.player.view import VideoView
from tests.ui.player.sound_room import PretendedSystem


@pytest.fixture
def system():
    return PretendedSystem()


@pytest.fixture
def player(theme, qtbot, system):
    view = VideoView(theme)
    qtbot.addWidget(view)
    view.resize(320, 240)
    view.show()
    made = Player((view,), system=system)
    yield made
    made.close()


@pytest.fixture
def ready(player, sound_factory, qtbot):
    with qtbot.waitSignal(player.speaker.began, timeout=10_000):
        player.open(sound_factory("mov_pcm").path)
    qtbot.waitUntil(lambda: player.moment is not None, timeout=10_000)
    return player


def is_heard(player, qtbot):
    qtbot.waitUntil(
        lambda: player.speaker.reading().hearing is Hearing.HEARD,
        timeout=5_000,
    )


def apart_us(player):
    """How far the clock is from what was heard."""
    return abs(player._clock.now_us() - player.speaker.reading().time_us)


def in_step(player, qtbot):
    is_heard(player, qtbot)
    qtbot.waitUntil(lambda: apart_us(player) < 80_000, timeout=5_000)


def test_picture_and_sound_play_in_step(ready, qtbot):
    ready.play()
    in_step(ready, qtbot)
    first = ready.moment.ordinal
    qtbot.waitUntil(lambda: ready.moment.ordinal > first + 5, timeout=5_000)
    in_step(ready, qtbot)


def test_they_are_in_step_after_a_seek_while_playing(ready, qtbot):
    ready.play()
    is_heard(ready, qtbot)
    ready.seek(3_000_000)
    assert ready.speaker.reading().hearing is Hearing.COMING
    is_heard(ready, qtbot)
    assert ready.speaker.reading().time_us >= 3_000_000
    in_step(ready, qtbot)


@pytest.mark.parametrize("rate", [0.5, 2.0])
def test_they_are_in_step_at_another_speed(ready, qtbot, rate):
    ready.play()
    is_heard(ready, qtbot)
    ready.set_rate(rate)
    in_step(ready, qtbot)


def test_a_pause_ends_the_sound(ready, qtbot):
    ready.play()
    is_heard(ready, qtbot)
    ready.pause()
    assert ready.speaker.reading().hearing is Hearing.ABSENT


def test_the_end_of_the_video_ends_the_sound(ready, qtbot):
    ready.seek(5_600_000)
    ready.play()
    qtbot.waitUntil(lambda: not ready.playing, timeout=5_000)
    assert ready.speaker.reading().hearing is Hearing.ABSENT


def test_a_step_makes_no_sound(ready):
    ready.step(1)
    assert ready.speaker.reading().hearing is Hearing.ABSENT


def test_a_silent_video_asks_for_no_device(player, system, sound_factory, qtbot):
    with qtbot.waitSignal(player.opened, timeout=10_000):
        player.open(sound_factory("silent").path)
    assert player.speaker.state is SoundState.NONE
    assert system.asked == 0
    player.play()
    qtbot.waitUntil(lambda: player.moment is not None and player.moment.ordinal > 3, timeout=5_000)


def test_the_picture_plays_at_once_where_there_is_no_device(player, system, sound_factory, qtbot):
    system.refuse(Answer.NO_DEVICE)
    with qtbot.waitSignal(player.opened, timeout=10_000):
        player.open(sound_factory("mov_pcm").path)
    player.play()
    assert not player._clock.holding
    qtbot.waitUntil(lambda: player.moment is not None and player.moment.ordinal > 3, timeout=5_000)


def test_the_picture_does_not_wait_while_the_device_is_being_opened(
    player, system, sound_factory, qtbot
):
    system.hangs = True
    with qtbot.waitSignal(player.opened, timeout=10_000):
        player.open(sound_factory("mov_pcm").path)
    player.play()
    qtbot.waitUntil(lambda: player.moment is not None and player.moment.ordinal > 3, timeout=5_000)
    system.hangs = False
    in_step(player, qtbot)


def test_a_device_lost_while_playing_stops_no_picture(ready, system, qtbot):
    ready.play()
    is_heard(ready, qtbot)
    system.outlet.lose()
    qtbot.waitUntil(lambda: ready.speaker.state is SoundState.OFF, timeout=5_000)
    first = ready.moment.ordinal
    qtbot.waitUntil(lambda: ready.moment.ordinal > first + 5, timeout=5_000)
    assert ready.playing


def test_a_device_found_while_playing_is_in_step_again(ready, system, qtbot):
    ready.play()
    system.outlet.lose()
    qtbot.waitUntil(lambda: ready.speaker.state is SoundState.OFF, timeout=5_000)
    ready.speaker.retry()
    in_step(ready, qtbot)
    assert ready.playing


def test_another_track_goes_on_from_the_same_moment(player, sound_factory, qtbot):
    with qtbot.waitSignal(player.speaker.began, timeout=10_000):
        player.open(sound_factory("two_tracks").path)
    assert len(player.video.tracks) == 2
    player.seek(1_000_000)
    player.play()
    is_heard(player, qtbot)
    player.speaker.choose_track(1)
    in_step(player, qtbot)
    assert player.speaker.reading().time_us >= 1_000_000


def test_closing_the_video_gives_the_device_back(ready, system):
    ready.play()
    ready.close()
    assert system.outlet.closed.is_set()
    assert ready.speaker.state is SoundState.NONE


@pytest.fixture
def stage(theme, qtbot, system):
    made = Stage(theme, system=system)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    yield made
    made.player.close()


def test_the_stage_says_when_there_is_no_sound(stage, system, sound_factory, qtbot):
    system.refuse(Answer.NO_DEVICE)
    with qtbot.waitSignal(stage.player.opened, timeout=10_000):
        stage.player.open(sound_factory("mov_pcm").path)
    qtbot.waitUntil(stage.sound_off.isVisible, timeout=5_000)
    assert "no sound device" in stage.sound_off._words.text()
    system.refuses = False
    stage.sound_off._retry.click()
    qtbot.waitUntil(lambda: stage.player.speaker.state is SoundState.ON, timeout=5_000)
    assert not stage.sound_off.isVisible()


def test_the_stage_offers_volume_and_tracks(stage, sound_factory, qtbot):
    with qtbot.waitSignal(stage.player.opened, timeout=10_000):
        stage.player.open(sound_factory("two_tracks").path)
    bar = stage.transport.sound
    assert bar.isVisible()
    assert bar._sources.count() == 2
    stage.player.speaker.set_volume(0.5)
    assert bar._slider.value() == 10
    bar.volume_chosen.emit(0.25)
    assert stage.player.speaker.volume == 0.25
    bar.mute_requested.emit()
    assert stage.player.speaker.muted


def test_where_there_is_no_screen_nothing_is_played(theme, sound_factory, qtbot):
    stage = Stage(theme)
    qtbot.addWidget(stage)
    with qtbot.waitSignal(stage.player.opened, timeout=10_000):
        stage.player.open(sound_factory("mov_pcm").path)
    assert stage.player.speaker.state is SoundState.NONE
    stage.player.close()


def test_where_there_is_a_screen_the_computer_is_asked(monkeypatch):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    assert isinstance(sound_of_this_computer(), ComputerSound)
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "offscreen")
    assert sound_of_this_computer() is None


# ------------------------------------------------------------------------------ stepping


@pytest.fixture
def stepping(ready):
    steps = StepSound(ready)
    steps.turn(on=True)
    steps._pause.setInterval(1)
    return ready


def test_a_frame_is_heard_once_it_is_painted(stepping, system, qtbot):
    ready, painted = stepping, []
    ready.moment_changed.connect(lambda moment: painted.append(moment.pts_us))
    ready.seek(540_000)
    qtbot.waitUntil(lambda: painted == [540_000 // 40_000 * 40_000], timeout=5_000)
    qtbot.waitUntil(lambda: system.outlet.loudest > 10_000, timeout=5_000)
    assert ready.speaker.reading().hearing is Hearing.ABSENT
    assert not ready.playing
    is_at_rest(ready, qtbot)


def is_at_rest(player, qtbot):
    qtbot.waitUntil(lambda: not player.findChild(StepSound)._pause.isActive(), timeout=5_000)


def test_no_picture_waits_for_a_sound_that_does_not_come(stepping, system, qtbot):
    system.outlet.frozen = True
    painted = []
    stepping.moment_changed.connect(lambda moment: painted.append(moment.ordinal))
    for wanted in range(1, 13):
        stepping.step(1)
        qtbot.waitUntil(lambda wanted=wanted: painted[-1:] == [wanted], timeout=5_000)
    assert painted == list(range(1, 13))
    is_at_rest(stepping, qtbot)


# ------------------------------------------------------------------------------ several cameras


@pytest.fixture
def two(stage, sound_factory, qtbot):
    """The second camera was switched on 3 s after the first and has two sounds."""
    sources = (
        CameraSource(path=sound_factory("mov_pcm").path),
        CameraSource(path=sound_factory("two_tracks").path, offset_us=Micros(3_000_000)),
    )
    stage.player.open_cameras(sources)
    qtbot.waitUntil(lambda: stage.player.cameras[1].video is not None, timeout=10_000)
    qtbot.waitUntil(lambda: stage.player.speaker.state is SoundState.ON, timeout=5_000)
    return stage


def offered(stage):
    box = stage.transport.sound._sources
    return [box.itemText(row) for row in range(box.count())]


def test_the_sounds_of_all_cameras_are_offered_and_the_first_is_heard(two):
    assert offered(two) == ["Camera 1", "Camera 2: sound 1", "Camera 2: sound 2"]
    assert two.transport.sound._sources.currentIndex() == 0
    assert two.player.sound_of == 0


def test_the_sound_of_another_camera_is_chosen_through_the_same_device(two, system, qtbot):
    two.transport.sound._sources.activated.emit(2)
    assert (two.player.sound_of, two.player.speaker.track) == (1, 1)
    assert len(system.outlets) == 1
    two.player.seek(4_400_000)
    two.player.play()
    in_step(two.player, qtbot)
    # The second sound leaves out the first beep, which is 3.5 s into the session.
    qtbot.waitUntil(lambda: system.outlet.loudest > 10_000, timeout=5_000)
    assert 4_600_000 < two.player.speaker.reading().time_us < 5_200_000


def test_a_camera_is_silent_before_it_was_switched_on(two, system, qtbot):
    two.transport.sound._sources.activated.emit(1)
    two.player.play()
    is_heard(two.player, qtbot)
    qtbot.waitUntil(lambda: two.player.speaker.reading().time_us > 900_000, timeout=5_000)
    assert system.outlet.loudest == 0
    in_step(two.player, qtbot)


def test_a_camera_that_is_moved_keeps_its_chosen_sound(two):
    two.transport.sound._sources.activated.emit(2)
    two.player.set_offset(1, Micros(2_500_000))
    assert (two.player.sound_of, two.player.speaker.track) == (1, 1)
    assert two.transport.sound._sources.currentIndex() == 2
