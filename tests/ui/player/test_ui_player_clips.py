"""A clip is played once, with what leads to it, and nothing of it stays behind."""

from __future__ import annotations

import pytest

from ssp_coder.domain.time import SECOND_US, Span
from ssp_coder.ui.player.clip_replay import ClipReplay
from ssp_coder.ui.player.moves import CLIP_LEAD_US, CLIP_TAIL_US, clip_stretch
from ssp_coder.ui.player.stage import Stage

PATIENCE_MS = 15_000


def span(start, end):
    return Span(start_us=start, end_us=end)


class TestStretch:
    def test_a_second_leads_to_it(self):
        played = clip_stretch(span(10 * SECOND_US, 12 * SECOND_US), 60 * SECOND_US)
        assert played == span(10 * SECOND_US - CLIP_LEAD_US, 12 * SECOND_US)

    def test_a_point_is_followed_for_a_while(self):
        played = clip_stretch(span(10 * SECOND_US, 10 * SECOND_US), 60 * SECOND_US)
        assert played.end_us == 10 * SECOND_US + CLIP_TAIL_US

    @pytest.mark.parametrize(
        ("clip", "played"),
        [
            (span(200_000, 400_000), span(0, 400_000)),
            (span(59 * SECOND_US, 59 * SECOND_US), span(58 * SECOND_US, 60 * SECOND_US)),
            (span(90 * SECOND_US, 91 * SECOND_US), span(60 * SECOND_US - 1, 60 * SECOND_US)),
        ],
    )
    def test_it_stays_inside_the_recording(self, clip, played):
        assert clip_stretch(clip, 60 * SECOND_US) == played


@pytest.fixture
def clip(clip_factory):
    return clip_factory("h264")


@pytest.fixture
def stage(theme, qtbot, clip):
    """A stage that rests on the first frame of a clip of 150 frames, 30 a second."""
    made = Stage(theme)
    qtbot.addWidget(made)
    made.resize(700, 480)
    made.show()
    with qtbot.waitSignal(made.player.opened, timeout=20_000):
        made.player.open(clip.path)
    qtbot.waitUntil(lambda: at(made) == 0, timeout=PATIENCE_MS)
    yield made
    made.moves.leave_motion()
    made.player.close()


def at(stage):
    moment = stage.player.moment
    return -1 if moment is None else moment.ordinal


def rests_at(stage, ordinal, qtbot):
    qtbot.waitUntil(lambda: not stage.player.playing and at(stage) == ordinal, timeout=PATIENCE_MS)


class TestPlaying:
    def test_it_comes_from_before_and_rests_on_its_last_frame(self, stage, clip, qtbot):
        seen = []
        stage.player.moment_changed.connect(seen.append)
        stage.moves.play_clip(span(clip.times_us[60], clip.times_us[66]))
        rests_at(stage, 65, qtbot)
        assert min(moment.ordinal for moment in seen) <= 31
        assert max(moment.ordinal for moment in seen) == 65

    def test_the_next_play_is_not_ended_by_it(self, stage, clip, qtbot):
        stage.moves.play_clip(span(clip.times_us[30], clip.times_us[33]))
        rests_at(stage, 32, qtbot)
        stage.moves.toggle()
        qtbot.waitUntil(lambda: at(stage) > 36, timeout=PATIENCE_MS)
        assert stage.player.playing
        stage.player.pause()

    def test_a_pause_on_the_way_ends_it_too(self, stage, clip, qtbot):
        stage.moves.play_clip(span(clip.times_us[60], clip.times_us[100]))
        stage.moves.toggle()
        assert not stage.moves.clip.running
        stage.moves.go_to(clip.times_us[98])
        stage.moves.toggle()
        qtbot.waitUntil(lambda: at(stage) > 102, timeout=PATIENCE_MS)
        stage.player.pause()

    def test_another_clip_begins_at_once(self, stage, clip, qtbot):
        stage.moves.play_clip(span(clip.times_us[100], clip.times_us[140]))
        stage.moves.play_clip(span(clip.times_us[30], clip.times_us[33]))
        rests_at(stage, 32, qtbot)

    def test_a_loop_elsewhere_is_left_and_can_be_taken_up_again(self, stage, clip, qtbot):
        loop = span(clip.times_us[100], clip.times_us[110])
        stage.player.set_loop(loop)
        stage.moves.play_clip(span(clip.times_us[30], clip.times_us[33]))
        rests_at(stage, 32, qtbot)
        assert stage.player.loop is None
        assert stage.moves.toggle_loop()
        assert stage.player.loop == loop

    def test_one_key_leads_back_to_where_it_began(self, stage, clip, qtbot):
        stage.moves.play_clip(span(clip.times_us[60], clip.times_us[63]))
        rests_at(stage, 62, qtbot)
        stage.moves.go_to_last_start()
        rests_at(stage, 30, qtbot)

    def test_without_a_video_nothing_happens(self, theme, qtbot):
        empty = Stage(theme)
        qtbot.addWidget(empty)
        empty.moves.play_clip(span(0, SECOND_US))
        assert not empty.player.playing


def test_without_a_video_nothing_runs_and_no_stop_stays(theme, qtbot):
    bare = Stage(theme)
    qtbot.addWidget(bare)
    replay = ClipReplay(bare.player)
    replay.play(span(0, SECOND_US))
    assert not replay.running
    assert not bare.player.playing
