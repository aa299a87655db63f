"""Several cameras under one clock: each shows the frame of its own that belongs to the moment."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.domain.time import Span
from ssp_coder.media.index import FrameIndex
from ssp_coder.media.reader import CACHE_BYTES
from ssp_coder.ui.player.open_video import CameraSource
from ssp_coder.ui.player.stage import Stage

S = 1_000_000


@pytest.fixture
def stage(theme, qtbot):
    made = Stage(theme)
    qtbot.addWidget(made)
    made.resize(900, 640)
    made.show()
    yield made
    made.player.close()


@pytest.fixture
def player(stage):
    return stage.player


def opened(player, sources, qtbot):
    """Open cameras and wait until the last of them has its recording."""
    wanted = [place for place, source in enumerate(sources) if source.path is not None]
    player.open_cameras(tuple(sources))
    qtbot.waitUntil(lambda: player.cameras[wanted[-1]].video is not None, timeout=20_000)
    settled(player, qtbot)


def two(player, clip_factory, qtbot, offset_us=0, kinds=("h264", "vfr")):
    clips = [clip_factory(kind) for kind in kinds]
    player.parent().pictures.show_cameras(tuple(clip.path.name for clip in clips))
    opened(
        player,
        [CameraSource(path=clips[0].path), CameraSource(path=clips[1].path, offset_us=offset_us)],
        qtbot,
    )
    return clips


def due(camera, time_us):
    """Number of the frame that a camera must show at a session time; None where it is off."""
    index: FrameIndex = camera.video.index
    own = time_us - camera.offset_us
    return index.ordinal_at(own) if 0 <= own < index.end_us else None


def shown(camera):
    return None if camera.moment is None else camera.moment.ordinal


def settled(player, qtbot):
    """Wait until every camera shows what belongs to the moment wanted."""
    time_us = player._wanted_us
    qtbot.waitUntil(
        lambda: all(
            shown(camera) == due(camera, time_us) for camera in player.cameras if camera.video
        ),
        timeout=10_000,
    )


def test_both_cameras_show_the_frame_of_the_moment(player, clip_factory, qtbot):
    clips = two(player, clip_factory, qtbot, offset_us=400_000)
    for time_us in (0, 399_999, 400_000, 1_234_567, 2_000_001):
        player.seek(time_us)
        settled(player, qtbot)
        for camera, clip in zip(player.cameras, clips, strict=False):
            if camera.moment is not None:
                painted = np.asarray(camera.view._picture.rgb[:, :, 0])
                assert clip.code_in(painted) == due(camera, time_us)


def test_a_camera_started_earlier_is_in_the_middle_when_the_session_begins(
    player, clip_factory, qtbot
):
    two(player, clip_factory, qtbot, offset_us=-1_000_000, kinds=("h264", "h264"))
    assert shown(player.cameras[0]) == 0
    assert player.cameras[1].moment.ordinal == due(player.cameras[1], 0) > 0
    assert player.cameras[1].moment.pts_us == 0


def test_before_it_began_a_camera_says_when_it_begins(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot, offset_us=1 * S)
    late = player.cameras[1]
    assert late.moment is None
    assert "begins at 0:01" in late.view._words
    player.seek(int(1.5 * S))
    settled(player, qtbot)
    assert late.view._words == ""
    player.seek(0)
    settled(player, qtbot)
    assert late.moment is None


def test_the_session_lasts_until_the_last_camera_ends(player, clip_factory, qtbot):
    first, second = two(player, clip_factory, qtbot, offset_us=1 * S, kinds=("h264", "h264"))
    alone = player.cameras[0].end_us
    assert player.end_us == alone + 1 * S
    player.seek(player.end_us)
    settled(player, qtbot)
    assert player.cameras[0].moment is None
    assert "ended" in player.cameras[0].view._words
    assert player.moment.camera == 1
    assert player.moment.ordinal == second.count - 1
    assert player.frame_at(player.moment.pts_us) is None
    assert first.count == second.count


def test_steps_go_over_from_one_camera_to_the_other(player, clip_factory, qtbot):
    first, _ = two(player, clip_factory, qtbot, offset_us=1 * S, kinds=("h264", "h264"))
    player.seek(first.times_us[first.count - 1])
    settled(player, qtbot)
    player.step(1)
    settled(player, qtbot)
    assert player.moment.camera == 1
    assert player.moment.pts_us >= player.cameras[0].end_us
    player.step(-1)
    settled(player, qtbot)
    assert (player.moment.camera, player.moment.ordinal) == (0, first.count - 1)


def test_the_large_camera_leads_its_frames_are_stepped_and_coded(player, clip_factory, qtbot):
    clips = two(player, clip_factory, qtbot)
    player.make_active(1)
    assert player.moment.camera == 1
    for _ in range(5):
        player.step(1)
        settled(player, qtbot)
    assert player.moment.ordinal == 5
    assert player.moment.pts_us == clips[1].times_us[5]
    player.make_active(0)
    assert player.moment.camera == 0
    assert player.moment.ordinal == due(player.cameras[0], clips[1].times_us[5])


def test_the_number_of_the_frame_is_that_of_the_first_camera(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot)
    player.make_active(1)
    player.seek(1_500_000)
    settled(player, qtbot)
    assert player.moment.camera == 1
    assert player.frame_at(player.moment.pts_us) == due(player.cameras[0], player.moment.pts_us)


def test_where_the_large_camera_was_off_the_first_one_leads(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot, offset_us=1 * S)
    player.seek(int(1.5 * S))
    settled(player, qtbot)
    player.make_active(1)
    player.seek(100_000)
    settled(player, qtbot)
    assert player.active == 1
    assert player.moment.camera == 0


def test_while_playing_no_camera_is_a_frame_apart(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot, offset_us=200_000, kinds=("h264", "h264"))
    player.seek(300_000)
    settled(player, qtbot)
    apart = []

    def compare(moment):
        other = player.cameras[1].moment
        if other is not None:
            apart.append(abs(moment.pts_us - other.pts_us))

    player.moment_changed.connect(compare)
    player.set_rate(0.5)
    player.play()
    qtbot.waitUntil(lambda: len(apart) >= 12, timeout=20_000)
    player.pause()
    length = player.cameras[0].video.index.end_of(0)
    # One has been painted and the other is about to be: never more than that.
    assert sorted(apart)[len(apart) // 2] <= length
    settled(player, qtbot)


def test_placing_a_camera_elsewhere_shows_at_once(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot)
    player.seek(1_000_000)
    settled(player, qtbot)
    before = shown(player.cameras[1])
    changed = []
    player.cameras_changed.connect(lambda: changed.append(1))
    player.set_offset(1, 500_000)
    settled(player, qtbot)
    assert shown(player.cameras[1]) < before
    assert changed == [1]
    player.set_offset(1, 500_000)
    assert changed == [1]


def test_a_camera_that_cannot_be_opened_says_so_and_the_others_are_shown(
    player, clip_factory, qtbot
):
    good = clip_factory("h264").path
    said = []
    player.trouble.connect(said.append)
    player.parent().pictures.show_cameras(("a", "b", "c"))
    opened(
        player,
        [
            CameraSource(path=good),
            CameraSource(path=clip_factory("no_header").path),
            CameraSource(path=None, words="door.mp4 is not where it was."),
            CameraSource(path=good, offset_us=40_000),
        ],
        qtbot,
    )
    assert [camera.video is not None for camera in player.cameras] == [True, False, False, True]
    assert "no_header.mp4" in said[0]
    assert player.cameras[2].view._words == "door.mp4 is not where it was."


def test_a_camera_without_a_recording_cannot_be_large(player, clip_factory, qtbot):
    player.open(clip_factory("h264").path)
    qtbot.waitUntil(lambda: player.moment is not None, timeout=10_000)
    player.make_active(3)
    assert player.active == 0


def test_opening_another_session_forgets_the_cameras_of_the_last(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot, offset_us=1 * S)
    player.make_active(1)
    opened(player, [CameraSource(path=clip_factory("vfr").path)], qtbot)
    assert player.active == 0
    assert player.cameras[1].video is None
    assert player.end_us == player.cameras[0].end_us


def test_cameras_can_be_opened_at_a_moment(player, clip_factory, qtbot):
    clip = clip_factory("h264")
    player.open_cameras((CameraSource(path=clip.path),), at_us=clip.times_us[30])
    qtbot.waitUntil(lambda: player.moment is not None, timeout=10_000)
    assert player.moment.ordinal == 30


def played(player, qtbot, count):
    seen = []
    player.moment_changed.connect(seen.append)
    player.play()
    qtbot.waitUntil(lambda: len(seen) >= count, timeout=20_000)
    player.pause()
    player.moment_changed.disconnect(seen.append)
    return [moment.pts_us for moment in seen]


def test_a_loop_never_shows_a_frame_outside_it(player, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(player, [CameraSource(path=clip.path)], qtbot)
    loop = Span(start_us=clip.times_us[20], end_us=clip.times_us[26])
    player.seek(loop.start_us)
    settled(player, qtbot)
    player.set_loop(loop)
    times = played(player, qtbot, 20)
    assert set(times) <= {clip.times_us[ordinal] for ordinal in range(20, 26)}
    assert times.count(clip.times_us[20]) >= 2


def test_a_loop_over_the_end_begins_again(player, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(player, [CameraSource(path=clip.path)], qtbot)
    player.set_loop(Span(start_us=clip.times_us[clip.count - 4], end_us=player.end_us + 9 * S))
    times = played(player, qtbot, 10)
    assert times.count(clip.times_us[clip.count - 4]) >= 2
    assert min(times) >= clip.times_us[clip.count - 4]


def test_playing_begins_in_the_loop_and_going_elsewhere_ends_it(player, clip_factory, qtbot):
    clip = clip_factory("h264")
    opened(player, [CameraSource(path=clip.path)], qtbot)
    told = []
    player.loop_changed.connect(told.append)
    loop = Span(start_us=clip.times_us[20], end_us=clip.times_us[26])
    player.set_loop(loop)
    assert min(played(player, qtbot, 3)) >= loop.start_us
    player.seek(clip.times_us[22])
    assert player.loop == loop
    player.seek(clip.times_us[40])
    assert player.loop is None
    assert told == [loop, None]


def test_a_near_picture_is_made_of_more_pixels(player, clip_factory, qtbot):
    opened(player, [CameraSource(path=clip_factory("h264").path)], qtbot)
    view = player.cameras[0].view

    def small():
        view.resize(64, 48)  # a layout that was still due would have made it large again
        return view._picture.rgb.shape[1] <= 64

    qtbot.waitUntil(small, timeout=10_000)
    view.go_nearer(2.0)
    qtbot.waitUntil(lambda: view._picture.rgb.shape[1] > 64, timeout=10_000)


def test_a_camera_placed_while_it_is_still_being_opened_is_placed_so(player, clip_factory, qtbot):
    clips = [clip_factory("h264"), clip_factory("vfr")]
    player.open_cameras(tuple(CameraSource(path=clip.path) for clip in clips))
    player.set_offset(1, 300_000)
    qtbot.waitUntil(lambda: player.cameras[1].video is not None, timeout=20_000)
    settled(player, qtbot)
    assert player.cameras[1].offset_us == 300_000
    assert shown(player.cameras[1]) is None


def test_a_camera_is_placed_where_no_recording_can_be_shown(player):
    player.open_cameras((CameraSource(path=None, words="gone"), CameraSource(path=None)))
    player.set_offset(1, 300_000)
    assert player.end_us == 0


def test_a_place_after_the_large_camera_belongs_to_the_one_that_is_on(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot, offset_us=1 * S, kinds=("h264", "h264"))
    second = player.cameras[1]
    player.seek(500_000)
    settled(player, qtbot)
    late = player.end_us - 200_000
    assert player.frame_start(late) == second.time_of(second.ordinal_at(late))
    assert player.frame_start(player.end_us + S) == second.time_of(second.video.index.count - 1)


def test_the_moment_is_told_when_the_camera_that_leads_now_shows_it_already(
    player, clip_factory, qtbot
):
    """Nothing is painted anew then, and yet what would be coded is another moment."""
    two(player, clip_factory, qtbot, offset_us=-20_000, kinds=("h264", "h264"))
    second = player.cameras[1]
    player.make_active(1)
    player.seek(second.end_us - 1)
    settled(player, qtbot)
    told = []
    player.moment_changed.connect(told.append)
    player.step(1)
    settled(player, qtbot)
    assert player.moment.camera == 0
    assert told == [player.moment]


def test_placing_the_large_camera_a_little_elsewhere_tells_the_moment(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot, kinds=("h264", "h264"))
    player.make_active(1)
    player.seek(player.cameras[1].time_of(10) + 20_000)
    settled(player, qtbot)
    told = []
    player.moment_changed.connect(told.append)
    player.set_offset(1, 5_000)
    settled(player, qtbot)
    assert told[-1:] == [player.moment]


def test_no_cameras_at_all_leave_nothing_of_the_last_ones(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot)
    changed = []
    player.cameras_changed.connect(lambda: changed.append(player.end_us))
    player.open_cameras(())
    assert changed == [0]
    assert player.video is None


def test_several_cameras_share_the_room_for_frames(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot)
    assert [camera._lane._cache_bytes for camera in player.cameras[:2]] == [CACHE_BYTES] * 2
    player.parent().pictures.show_cameras(("a", "b", "c", "d"))
    opened(player, [CameraSource(path=clip_factory("h264").path)] * 4, qtbot)
    assert sum(camera._lane._cache_bytes for camera in player.cameras) <= 2 * CACHE_BYTES


def test_another_recording_in_a_place_is_seen_whole(player, clip_factory, qtbot):
    two(player, clip_factory, qtbot)
    player.cameras[1].view.go_nearer(2.0)
    opened(player, [CameraSource(path=clip_factory("vfr").path)] * 2, qtbot)
    assert player.cameras[1].view.lens.is_whole
