from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.media.errors import FrameMissing
from ssp_coder.media.indexing import build_index
from ssp_coder.media.reader import FrameReader
from ssp_coder.ui.player.stage import Stage


@pytest.fixture
def player(theme, qtbot):
    stage = Stage(theme)
    qtbot.addWidget(stage)
    stage.resize(640, 480)
    stage.show()
    stage.player.stage = stage
    yield stage.player
    stage.player.close()


def opened(player, clip, qtbot):
    with qtbot.waitSignal(player.opened, timeout=20_000):
        player.open(clip.path)
    rests_at(player, clip, 0, qtbot)


def rests_at(player, clip, ordinal, qtbot):
    qtbot.waitUntil(
        lambda: player.moment is not None and player.moment.ordinal == ordinal, timeout=10_000
    )
    assert player.moment.pts_us == clip.times_us[ordinal]


def watched(player):
    seen = []
    player.moment_changed.connect(seen.append)
    return seen


def first_lost_frame(clip):
    with FrameReader(clip.path, build_index(clip.path)) as reader:
        for ordinal in range(reader.index.count):
            try:
                reader.frame(ordinal)
            except FrameMissing:
                return ordinal
    raise AssertionError(f"{clip.path.name} has lost no frame")


def test_a_turned_recording_is_shown_upright(player, clip_factory, qtbot):
    clip = clip_factory("rotated")
    opened(player, clip, qtbot)
    player.seek(clip.times_us[20])
    rests_at(player, clip, 20, qtbot)
    shown = player.view._picture.rgb[:, :, 0]
    assert shown.shape[0] > shown.shape[1]
    assert clip.code_in(np.asarray(shown)) == 20


def test_a_recording_of_uneven_frames_plays_by_its_own_times(player, clip_factory, qtbot):
    clip = clip_factory("vfr")
    opened(player, clip, qtbot)
    seen = watched(player)
    player.play()
    qtbot.waitUntil(lambda: len(seen) >= 8, timeout=10_000)
    player.pause()
    assert all(moment.pts_us == clip.times_us[moment.ordinal] for moment in seen)


def test_a_cut_recording_says_so_and_keeps_the_last_good_picture(player, clip_factory, qtbot):
    clip = clip_factory("truncated")
    opened(player, clip, qtbot)
    with qtbot.waitSignal(player.trouble, timeout=10_000) as said:
        player.step(first_lost_frame(clip))
    assert "truncated.mp4" in said.args[0]
    assert player.video.index.count < clip.count
    player.seek(clip.times_us[5])
    rests_at(player, clip, 5, qtbot)


def test_a_recording_without_its_header_cannot_be_opened(player, clip_factory, qtbot):
    with qtbot.waitSignal(player.open_failed, timeout=10_000) as said:
        player.open(clip_factory("no_header").path)
    assert "no_header.mp4" in said.args[0]
    assert player.video is None


def test_another_speed_goes_on_from_the_frame_on_the_screen(player, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(player, clip, qtbot)
    seen = watched(player)
    player.play()
    qtbot.waitUntil(lambda: len(seen) >= 4, timeout=10_000)
    for rate in (2.0, 0.25, 1.0):
        player.set_rate(rate)
        count = len(seen)
        qtbot.waitUntil(lambda count=count: len(seen) >= count + 2, timeout=10_000)
    player.pause()
    ordinals = [moment.ordinal for moment in seen]
    assert ordinals == sorted(ordinals)


def test_a_seek_while_playing_goes_on_playing_from_there(player, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(player, clip, qtbot)
    player.play()
    player.seek(clip.times_us[60])
    assert player.playing
    qtbot.waitUntil(lambda: player.moment.ordinal > 61, timeout=10_000)
    player.pause()
    assert not player.playing


def test_a_jump_while_playing_goes_on_playing(player, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(player, clip, qtbot)
    player.play()
    player.jump(2_000_000)
    assert player.playing
    qtbot.waitUntil(lambda: player.moment.ordinal >= 60, timeout=10_000)
    player.pause()


def test_a_step_while_playing_pauses(player, clip_factory, qtbot):
    opened(player, clip_factory("h264"), qtbot)
    told = []
    player.playing_changed.connect(told.append)
    player.play()
    player.step(1)
    assert told == [True, False]
    assert not player.playing


def test_another_video_begins_at_the_usual_speed_and_the_bar_says_so(player, clip_factory, qtbot):
    opened(player, clip_factory("h264"), qtbot)
    player.set_rate(2.0)
    assert player.stage.transport._rates.currentText() == "2×"
    opened(player, clip_factory("vfr"), qtbot)
    assert player.rate == 1.0
    assert player.stage.transport._rates.currentText() == "1×"


def test_the_speed_it_has_is_told_to_nobody(player, clip_factory, qtbot):
    opened(player, clip_factory("h264"), qtbot)
    with qtbot.assertNotEmitted(player.rate_changed):
        player.set_rate(1.0)


def test_the_index_is_kept_in_the_folder_it_was_given(theme, clip_factory, qtbot, tmp_path):
    clip, folder = clip_factory("h264"), tmp_path / "index"
    stage = Stage(theme, folder)
    qtbot.addWidget(stage)
    stage.show()
    opened(stage.player, clip, qtbot)
    kept = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert kept
    opened(stage.player, clip, qtbot)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    stage.player.close()


def test_opening_tells_its_progress_up_to_the_end(player, clip_factory, qtbot):
    told = []
    player.open_progressed.connect(told.append)
    opened(player, clip_factory("longgop"), qtbot)
    assert told
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)


def test_closing_forgets_the_picture_and_the_length(player, clip_factory, qtbot):
    opened(player, clip_factory("h264"), qtbot)
    assert player.end_us > 0
    player.play()
    player.close()
    assert (player.playing, player.moment, player.video, player.end_us) == (False, None, None, 0)
