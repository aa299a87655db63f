from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.session import episode_spans
from ssp_coder.ui.player.player import RATES
from ssp_coder.ui.player.stage import Stage
from tests.builders import infant_scheme, s, with_episodes


@pytest.fixture
def stage(theme, qtbot):
    made = Stage(theme)
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    yield made
    made.player.close()


def opened(stage, clip, qtbot):
    with qtbot.waitSignal(stage.player.opened, timeout=20_000):
        stage.player.open(clip.path)
    shown(stage, clip, 0, qtbot)


def shown(stage, clip, ordinal, qtbot):
    """Wait for a frame and make sure by its bar code that it is the one that is said to be."""
    player = stage.player
    qtbot.waitUntil(
        lambda: player.moment is not None and player.moment.ordinal == ordinal, timeout=10_000
    )
    assert player.moment.pts_us == clip.times_us[ordinal]
    assert clip.code_in(stage.view._picture.rgb[:, :, 0]) == ordinal


@pytest.mark.parametrize("name", ["h264", "vfr", "interlaced"])
def test_the_painted_frame_is_the_one_whose_interval_holds_the_time(
    name, stage, clip_factory, qtbot
):
    clip = clip_factory(name)
    opened(stage, clip, qtbot)
    chance = random.Random(3)
    for _ in range(6):
        time = chance.randrange(0, clip.times_us[-1])
        expected = max(i for i, start in enumerate(clip.times_us) if start <= time)
        stage.player.seek(time)
        shown(stage, clip, expected, qtbot)


def test_steps_are_exact_both_ways(stage, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(stage, clip, qtbot)
    for ordinal in (1, 2, 3):
        stage.player.step(1)
        shown(stage, clip, ordinal, qtbot)
    for ordinal in (2, 1, 0):
        stage.player.step(-1)
        shown(stage, clip, ordinal, qtbot)
    stage.player.step(-1)
    shown(stage, clip, 0, qtbot)


def test_quick_steps_add_up(stage, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(stage, clip, qtbot)
    for _ in range(20):
        stage.player.step(1)
    shown(stage, clip, 20, qtbot)


def test_playing_moves_on_and_pausing_rests_at_the_painted_frame(stage, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(stage, clip, qtbot)
    painted = []
    stage.player.moment_changed.connect(painted.append)
    stage.player.toggle()
    assert stage.player.playing
    qtbot.waitUntil(lambda: len(painted) >= 10, timeout=10_000)
    stage.player.toggle()
    assert not stage.player.playing
    resting = stage.player.moment.ordinal
    shown(stage, clip, resting, qtbot)
    ordinals = [moment.ordinal for moment in painted]
    assert ordinals == sorted(ordinals)
    assert all(moment.pts_us == clip.times_us[moment.ordinal] for moment in painted)


def test_playing_ends_at_the_last_frame_and_begins_anew_from_the_first(stage, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(stage, clip, qtbot)
    stage.player.seek(clip.times_us[-4])
    shown(stage, clip, clip.count - 4, qtbot)
    stage.player.play()
    qtbot.waitUntil(lambda: not stage.player.playing, timeout=10_000)
    shown(stage, clip, clip.count - 1, qtbot)
    stage.player.play()
    qtbot.waitUntil(lambda: 0 < stage.player.moment.ordinal < 60, timeout=10_000)
    stage.player.pause()


def test_a_jump_goes_by_time_and_stays_inside(stage, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(stage, clip, qtbot)
    stage.player.jump(1_000_000)
    shown(stage, clip, 30, qtbot)
    stage.player.jump(-5_000_000)
    shown(stage, clip, 0, qtbot)
    stage.player.seek(10**12)
    shown(stage, clip, clip.count - 1, qtbot)


def test_speed_walks_through_the_list_and_stops_at_its_ends(stage, clip_factory, qtbot):
    opened(stage, clip_factory("h264"), qtbot)
    player = stage.player
    player.change_rate(1)
    assert player.rate == 1.5
    for _ in range(20):
        player.change_rate(1)
    assert player.rate == RATES[-1]
    for _ in range(20):
        player.change_rate(-1)
    assert player.rate == pytest.approx(RATES[0])
    stage.transport.rate_chosen.emit(2.0)
    assert player.rate == 2.0


def test_an_unusable_file_is_said_in_words_in_place_of_the_picture(stage, tmp_path, qtbot):
    path = tmp_path / "notes.mp4"
    path.write_text("not a video")
    with qtbot.waitSignal(stage.player.open_failed, timeout=10_000) as said:
        stage.player.open(path)
    assert "notes.mp4" in said.args[0]
    assert stage.player.video is None
    assert stage.view._words == said.args[0]


def test_without_a_video_every_wish_is_harmless(stage):
    player = stage.player
    for wish in (player.toggle, player.pause, lambda: player.step(1), lambda: player.seek(5)):
        wish()
    player.jump(1)
    player.set_rate(2)
    assert (player.playing, player.rate, player.end_us) == (False, 1.0, 0)


def test_another_video_takes_the_place_of_the_first(stage, clip_factory, qtbot):
    opened(stage, clip_factory("h264"), qtbot)
    opened(stage, clip_factory("vfr"), qtbot)
    assert stage.player.video.path == clip_factory("vfr").path


def test_closing_while_the_index_is_built_leaves_nothing_running(stage, clip_factory):
    stage.player.open(clip_factory("h264").path)
    stage.player.close()
    assert stage.player.video is None


def test_the_picture_is_decoded_in_the_size_of_the_view(stage, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(stage, clip, qtbot)
    stage.resize(600, 190)
    qtbot.waitUntil(lambda: stage.view._picture.rgb.shape[0] < 180, timeout=10_000)


def test_the_bar_says_time_frame_and_episode(stage, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(stage, clip, qtbot)
    stage.show_episodes(episode_spans(with_episodes(), infant_scheme().procedure))
    stage.player.seek(s(2))
    shown(stage, clip, 60, qtbot)
    assert stage.transport._time.text() == "0:02.000"
    assert "60" in stage.transport._frame.text()
    assert "at 30" in stage.transport._frame.text()
    assert stage.transport._episode.text().startswith("EP1")
    assert stage.transport._in_episode.text() == "0:02 of 0:30, planned 0:30"


def test_the_buttons_of_the_bar_step_and_play(stage, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(stage, clip, qtbot)
    QTest.mouseClick(stage.transport._forward, Qt.MouseButton.LeftButton)
    shown(stage, clip, 1, qtbot)
    QTest.mouseClick(stage.transport._back, Qt.MouseButton.LeftButton)
    shown(stage, clip, 0, qtbot)
    QTest.mouseClick(stage.transport._play, Qt.MouseButton.LeftButton)
    assert stage.player.playing
    assert stage.transport._play.accessibleName() == "Pause"
    QTest.mouseClick(stage.transport._play, Qt.MouseButton.LeftButton)
    assert stage.transport._play.accessibleName() == "Play"
