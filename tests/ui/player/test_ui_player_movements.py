"""Movements with the real player on small clips: what is painted is what is recorded."""

from __future__ import annotations

import random
from itertools import count, pairwise

import pytest

from ssp_coder.domain.time import SECOND_US, Span
from ssp_coder.ui.player.moves import AGAIN_RATE
from ssp_coder.ui.player.open_video import CameraSource
from ssp_coder.ui.player.stage import Stage

PATIENCE_MS = 15_000


@pytest.fixture
def stage(theme, qtbot, clip_factory):
    """A stage that rests on the first frame of a clip of 150 frames, 30 a second."""
    made = Stage(theme)
    qtbot.addWidget(made)
    made.resize(700, 480)
    made.show()
    with qtbot.waitSignal(made.player.opened, timeout=20_000):
        made.player.open(clip_factory("h264").path)
    rests_at(made, 0, qtbot)
    yield made
    made.moves.leave_motion()
    made.player.close()


@pytest.fixture
def clip(clip_factory):
    return clip_factory("h264")


@pytest.fixture
def seen(stage):
    """Every moment painted from now on."""
    moments = []
    stage.player.moment_changed.connect(moments.append)
    return moments


def at(stage):
    moment = stage.player.moment
    return -1 if moment is None else moment.ordinal


def rests_at(stage, ordinal, qtbot):
    qtbot.waitUntil(lambda: at(stage) == ordinal, timeout=PATIENCE_MS)
    assert not stage.player.playing


def go(stage, clip, ordinal, qtbot):
    stage.moves.go_to(clip.times_us[ordinal])
    qtbot.waitUntil(lambda: at(stage) == ordinal, timeout=PATIENCE_MS)


def comes_to(stage, reached, qtbot):
    qtbot.waitUntil(lambda: reached(at(stage)), timeout=PATIENCE_MS)


class TestSteps:
    def test_several_frames_at_once_are_exactly_so_many(self, stage, qtbot):
        stage.moves.step(5)
        rests_at(stage, 5, qtbot)
        stage.moves.step(12)
        rests_at(stage, 17, qtbot)
        stage.moves.step(-5)
        rests_at(stage, 12, qtbot)

    def test_a_held_key_adds_up(self, stage, qtbot):
        for _ in range(8):
            stage.moves.step(5)
        rests_at(stage, 40, qtbot)

    def test_steps_end_at_the_ends(self, stage, clip, qtbot):
        stage.moves.step(10_000)
        rests_at(stage, clip.count - 1, qtbot)
        stage.moves.step(-10_000)
        rests_at(stage, 0, qtbot)

    def test_a_jump_of_five_seconds_ends_at_the_last_frame(self, stage, clip, qtbot):
        stage.moves.jump(2 * SECOND_US)
        rests_at(stage, 60, qtbot)
        stage.moves.jump(5 * SECOND_US)
        rests_at(stage, clip.count - 1, qtbot)


class TestNeighbours:
    def test_quick_presses_go_from_place_to_place(self, stage, clip, qtbot):
        """Three presses before the first picture is painted lead to the third place."""
        places = [clip.times_us[n] for n in (20, 40, 60, 80)]
        for _ in range(3):
            stage.moves.go_to_neighbour(places, 1)
        rests_at(stage, 60, qtbot)
        for _ in range(2):
            stage.moves.go_to_neighbour(places, -1)
        rests_at(stage, 20, qtbot)

    def test_a_place_between_two_frames_does_not_hold_the_coder_fast(self, stage, clip, qtbot):
        places = [clip.times_us[20] + 9_000, clip.times_us[40]]
        stage.moves.go_to_neighbour(places, 1)
        rests_at(stage, 20, qtbot)
        stage.moves.go_to_neighbour(places, 1)
        rests_at(stage, 40, qtbot)

    def test_beyond_the_last_place_nothing_moves(self, stage, clip, qtbot):
        go(stage, clip, 50, qtbot)
        stage.moves.go_to_neighbour([clip.times_us[50]], 1)
        stage.moves.go_to_neighbour([], -1)
        stage.moves.step(1)
        rests_at(stage, 51, qtbot)


class TestLastStart:
    def test_one_key_goes_back_to_where_play_started_and_there_again(self, stage, clip, qtbot):
        go(stage, clip, 30, qtbot)
        stage.moves.toggle()
        comes_to(stage, lambda ordinal: ordinal > 36, qtbot)
        stage.moves.toggle()
        rested = stage.player.moment.ordinal
        rests_at(stage, rested, qtbot)
        assert stage.moves.go_to_last_start()
        rests_at(stage, 30, qtbot)
        stage.moves.go_to_last_start()
        rests_at(stage, rested, qtbot)

    def test_pressed_while_playing_it_rests_at_the_start(self, stage, qtbot):
        stage.moves.toggle()
        comes_to(stage, lambda ordinal: ordinal > 6, qtbot)
        stage.moves.go_to_last_start()
        rests_at(stage, 0, qtbot)

    def test_two_quick_presses_end_where_they_began(self, stage, clip, qtbot):
        stage.moves.toggle()
        comes_to(stage, lambda ordinal: ordinal > 9, qtbot)
        stage.moves.toggle()
        rested = stage.player.moment.ordinal
        rests_at(stage, rested, qtbot)
        stage.moves.go_to_last_start()
        stage.moves.go_to_last_start()
        stage.moves.step(1)
        rests_at(stage, rested + 1, qtbot)

    def test_play_from_before_starts_there(self, stage, clip, qtbot):
        go(stage, clip, 90, qtbot)
        stage.moves.replay(2 * SECOND_US)
        comes_to(stage, lambda ordinal: 32 < ordinal < 60, qtbot)
        stage.moves.go_to_last_start()
        rests_at(stage, 30, qtbot)

    def test_it_says_so_when_nothing_was_played(self, stage):
        assert not stage.moves.go_to_last_start()

    def test_play_from_the_last_frame_starts_at_the_first(self, stage, clip, qtbot):
        stage.moves.go_to(clip.times_us[-1])
        rests_at(stage, clip.count - 1, qtbot)
        stage.moves.toggle()
        comes_to(stage, lambda ordinal: 3 < ordinal < 100, qtbot)
        stage.moves.go_to_last_start()
        rests_at(stage, 0, qtbot)


class TestLoop:
    @pytest.mark.parametrize("rate", [0.5, 1.0, 4.0])
    def test_no_frame_outside_is_shown_once_it_loops(self, stage, clip, qtbot, seen, rate):
        stage.player.set_rate(rate)
        go(stage, clip, 60, qtbot)
        stage.moves.start_loop()
        go(stage, clip, 68, qtbot)
        stage.moves.end_loop()
        assert stage.player.loop == Span(start_us=clip.times_us[60], end_us=clip.times_us[69])
        stage.moves.toggle()
        seen.clear()
        qtbot.waitUntil(lambda: passes(seen) >= 3, timeout=PATIENCE_MS)
        stage.moves.toggle()
        assert {moment.ordinal for moment in seen} <= set(range(60, 69))

    def test_play_from_outside_begins_with_the_loop(self, stage, clip, qtbot, seen):
        stage.player.set_loop(Span(start_us=clip.times_us[60], end_us=clip.times_us[70]))
        stage.moves.toggle()
        comes_to(stage, lambda ordinal: ordinal > 61, qtbot)
        stage.moves.toggle()
        assert all(60 <= moment.ordinal < 70 for moment in seen)

    def test_an_end_set_while_playing_loops_at_once(self, stage, clip, qtbot, seen):
        stage.moves.start_loop()
        stage.moves.toggle()
        comes_to(stage, lambda ordinal: ordinal > 9, qtbot)
        stage.moves.end_loop()
        last = stage.player.moment.ordinal
        qtbot.waitUntil(lambda: passes(seen) >= 2, timeout=PATIENCE_MS)
        turned = next(n for n, (a, b) in enumerate(pairwise(seen)) if b.ordinal < a.ordinal) + 1
        assert all(moment.ordinal <= last for moment in seen[turned:])

    def test_an_event_is_looped_from_two_seconds_before(self, stage, clip, qtbot):
        stage.moves.loop_event(clip.times_us[90])
        assert stage.player.playing
        assert stage.player.loop.start_us == clip.times_us[90] - 2 * SECOND_US
        assert stage.player.loop.end_us == stage.player.end_us
        comes_to(stage, lambda ordinal: 31 < ordinal < 60, qtbot)
        stage.moves.toggle()

    def test_a_loop_that_was_left_is_taken_up_again(self, stage, clip, qtbot):
        assert not stage.moves.toggle_loop()
        stage.moves.loop_event(clip.times_us[90])
        stage.moves.toggle()
        span = stage.player.loop
        assert stage.moves.toggle_loop()
        assert stage.player.loop is None
        assert stage.moves.toggle_loop()
        assert stage.player.loop == span

    def test_going_elsewhere_leaves_the_loop_and_the_bar_says_so(self, stage, clip, qtbot):
        stage.moves.loop_event(clip.times_us[90])
        stage.moves.toggle()
        assert not stage.moves.motion.is_plain
        go(stage, clip, 3, qtbot)
        assert stage.moves.motion.is_plain

    def test_only_one_end_is_told_and_can_be_left(self, stage, clip, qtbot):
        go(stage, clip, 40, qtbot)
        stage.moves.start_loop()
        assert stage.moves.motion.loop.start_us == clip.times_us[40]
        assert stage.player.loop is None
        assert stage.moves.leave()
        assert stage.moves.motion.is_plain
        assert not stage.moves.leave()

    def test_another_video_knows_nothing_of_the_loop(self, stage, clip, clip_factory, qtbot):
        stage.moves.start_loop()
        stage.moves.end_loop()
        with qtbot.waitSignal(stage.player.opened, timeout=20_000):
            stage.player.open(clip_factory("vfr").path)
        assert stage.moves.motion.is_plain
        assert not stage.moves.toggle_loop()


def passes(moments):
    """How often the picture went back."""
    return sum(later.ordinal < earlier.ordinal for earlier, later in pairwise(moments))


class TestSlowReplay:
    def test_it_rests_where_it_was_asked_for_at_the_speed_from_before(
        self, stage, clip, qtbot, seen
    ):
        go(stage, clip, 20, qtbot)
        stage.player.set_rate(2.0)
        seen.clear()
        stage.moves.show_again()
        assert stage.player.rate == AGAIN_RATE
        qtbot.waitUntil(lambda: not stage.moves.again.running, timeout=PATIENCE_MS)
        rests_at(stage, 20, qtbot)
        assert stage.player.rate == 2.0
        ordinals = [moment.ordinal for moment in seen]
        assert ordinals[0] <= 1
        assert ordinals == sorted(ordinals)
        assert max(ordinals) == 20

    def test_pressed_while_playing_it_rests_where_it_was_pressed(self, stage, qtbot):
        stage.moves.toggle()
        comes_to(stage, lambda ordinal: ordinal > 8, qtbot)
        pressed = stage.player.moment.ordinal
        stage.moves.show_again()
        qtbot.waitUntil(lambda: not stage.moves.again.running, timeout=PATIENCE_MS)
        rests_at(stage, pressed, qtbot)
        assert stage.player.rate == 1.0

    def test_pressed_again_it_begins_again_and_still_ends_where_it_began(
        self, stage, clip, qtbot, seen
    ):
        go(stage, clip, 15, qtbot)
        seen.clear()
        stage.moves.show_again()
        comes_to(stage, lambda ordinal: 5 < ordinal < 15, qtbot)
        stage.moves.show_again()
        qtbot.waitUntil(lambda: not stage.moves.again.running, timeout=PATIENCE_MS)
        rests_at(stage, 15, qtbot)
        assert passes(seen) == 1
        assert stage.player.rate == 1.0

    def test_pause_rests_at_once_at_the_speed_from_before(self, stage, clip, qtbot):
        go(stage, clip, 30, qtbot)
        stage.moves.show_again()
        comes_to(stage, lambda ordinal: 3 < ordinal < 30, qtbot)
        stage.moves.toggle()
        assert not stage.moves.again.running
        assert stage.player.rate == 1.0
        rests_at(stage, stage.player.moment.ordinal, qtbot)
        assert stage.player.moment.ordinal < 30

    def test_escape_goes_back_at_once(self, stage, clip, qtbot):
        go(stage, clip, 30, qtbot)
        stage.moves.show_again()
        comes_to(stage, lambda ordinal: ordinal < 20, qtbot)
        assert stage.moves.leave()
        rests_at(stage, 30, qtbot)

    def test_a_loop_is_there_again_afterwards(self, stage, clip, qtbot):
        span = Span(start_us=clip.times_us[8], end_us=clip.times_us[16])
        stage.player.set_loop(span)
        go(stage, clip, 12, qtbot)
        stage.moves.show_again()
        assert stage.player.loop is None
        qtbot.waitUntil(lambda: not stage.moves.again.running, timeout=PATIENCE_MS)
        assert stage.player.loop == span
        assert stage.moves.motion.loop.span == span

    def test_going_far_away_ends_it_and_plays_on_there(self, stage, clip, qtbot):
        go(stage, clip, 20, qtbot)
        stage.moves.show_again()
        comes_to(stage, lambda ordinal: ordinal < 15, qtbot)
        stage.moves.go_to(clip.times_us[100])
        qtbot.waitUntil(lambda: not stage.moves.again.running, timeout=PATIENCE_MS)
        assert stage.player.playing
        assert stage.player.rate == 1.0
        stage.moves.toggle()

    def test_at_the_very_beginning_there_is_nothing_to_show_again(self, stage):
        stage.moves.show_again()
        assert not stage.moves.again.running
        assert not stage.player.playing


class TestStop:
    def test_play_rests_exactly_on_the_frame_of_a_stop(self, stage, clip, qtbot, seen):
        stage.player.set_rate(4.0)
        stage.player.set_stop(clip.times_us[33])
        stage.player.play()
        qtbot.waitUntil(lambda: not stage.player.playing, timeout=PATIENCE_MS)
        rests_at(stage, 33, qtbot)
        assert max(moment.ordinal for moment in seen) == 33

    def test_going_beyond_it_ends_it(self, stage, clip, qtbot):
        stage.player.set_stop(clip.times_us[10])
        stage.player.play()
        stage.player.seek(clip.times_us[60])
        comes_to(stage, lambda ordinal: ordinal > 62, qtbot)
        stage.player.pause()

    def test_another_video_has_none(self, stage, clip, clip_factory, qtbot):
        stage.player.set_stop(clip.times_us[2])
        with qtbot.waitSignal(stage.player.opened, timeout=20_000):
            stage.player.open(clip_factory("h264").path)
        stage.player.play()
        comes_to(stage, lambda ordinal: ordinal > 5, qtbot)
        stage.player.pause()


class TestShuttle:
    def test_forward_goes_faster_at_each_press_and_stop_rests(self, stage, qtbot):
        rates = []
        for _ in range(3):
            stage.moves.press_shuttle(1)
            rates.append(stage.player.rate)
        assert rates == [1.0, 2.0, 4.0]
        comes_to(stage, lambda ordinal: ordinal > 6, qtbot)
        stage.moves.press_shuttle(0)
        painted = stage.player.moment.ordinal
        assert stage.player.rate == 1.0
        rests_at(stage, painted, qtbot)

    def test_back_shows_ever_earlier_frames_down_to_the_first(self, stage, clip, qtbot, seen):
        go(stage, clip, 60, qtbot)
        seen.clear()
        for _ in range(2):
            stage.moves.press_shuttle(-1)
        assert stage.moves.shuttle.speed == -2
        assert not stage.player.playing
        rests_at(stage, 0, qtbot)
        qtbot.waitUntil(lambda: stage.moves.shuttle.speed == 0, timeout=PATIENCE_MS)
        ordinals = [moment.ordinal for moment in seen]
        assert len(ordinals) > 4
        assert ordinals == sorted(ordinals, reverse=True)
        assert all(moment.pts_us == clip.times_us[moment.ordinal] for moment in seen)

    def test_space_rests_a_shuttle_that_goes_back(self, stage, clip, qtbot):
        go(stage, clip, 100, qtbot)
        stage.moves.press_shuttle(-1)
        comes_to(stage, lambda ordinal: ordinal < 95, qtbot)
        stage.moves.toggle()
        painted = stage.player.moment.ordinal
        assert stage.moves.shuttle.speed == 0
        rests_at(stage, painted, qtbot)

    def test_forward_after_back_plays_on_from_the_painted_frame(self, stage, clip, qtbot, seen):
        go(stage, clip, 100, qtbot)
        stage.moves.press_shuttle(-1)
        comes_to(stage, lambda ordinal: ordinal < 95, qtbot)
        turned = stage.player.moment.ordinal
        seen.clear()
        stage.moves.press_shuttle(1)
        assert stage.player.playing
        comes_to(stage, lambda ordinal: ordinal > turned + 3, qtbot)
        stage.moves.press_shuttle(0)
        assert min(moment.ordinal for moment in seen) >= turned - 4

    def test_from_playing_at_once_the_speed_the_next_is_twice(self, stage, qtbot):
        stage.moves.toggle()
        stage.moves.press_shuttle(1)
        assert stage.player.rate == 2.0
        stage.moves.toggle()
        assert stage.player.rate == 1.0

    def test_a_speed_chosen_meanwhile_is_kept(self, stage, qtbot):
        stage.moves.press_shuttle(1)
        stage.moves.press_shuttle(1)
        stage.player.set_rate(0.5)
        assert stage.moves.shuttle.speed == 0
        stage.moves.toggle()
        assert stage.player.rate == 0.5

    def test_a_step_ends_it(self, stage, clip, qtbot):
        go(stage, clip, 80, qtbot)
        stage.moves.press_shuttle(-1)
        comes_to(stage, lambda ordinal: ordinal < 76, qtbot)
        stage.moves.step(-1)
        painted = stage.player.moment.ordinal
        rests_at(stage, painted, qtbot)
        assert stage.moves.shuttle.speed == 0

    def test_somebody_who_goes_elsewhere_ends_the_way_back(self, stage, clip, qtbot):
        go(stage, clip, 60, qtbot)
        stage.moves.press_shuttle(-1)
        comes_to(stage, lambda ordinal: ordinal < 58, qtbot)
        stage.player.seek(clip.times_us[140])
        rests_at(stage, 140, qtbot)
        assert stage.moves.shuttle.speed == 0

    def test_at_the_end_forward_stays_and_at_the_beginning_back_stays(self, stage, clip, qtbot):
        stage.moves.press_shuttle(-1)
        qtbot.waitUntil(lambda: stage.moves.shuttle.speed == 0, timeout=PATIENCE_MS)
        assert at(stage) == 0
        go(stage, clip, clip.count - 1, qtbot)
        stage.moves.press_shuttle(1)
        assert stage.moves.shuttle.speed == 0
        assert not stage.player.playing

    def test_the_end_of_the_recording_ends_it(self, stage, clip, qtbot):
        go(stage, clip, 130, qtbot)
        for _ in range(3):
            stage.moves.press_shuttle(1)
        qtbot.waitUntil(lambda: not stage.player.playing, timeout=PATIENCE_MS)
        rests_at(stage, clip.count - 1, qtbot)
        assert stage.moves.shuttle.speed == 0
        assert stage.player.rate == 1.0


class TestTwoCameras:
    """The second camera was started one and a half frames and three seconds after the first."""

    LATE_US = 3 * SECOND_US + 50_000

    @pytest.fixture
    def pair(self, stage, clip, qtbot):
        sources = (
            CameraSource(path=clip.path),
            CameraSource(path=clip.path, offset_us=self.LATE_US),
        )
        stage.pictures.show_cameras(("first", "second"))
        stage.player.open_cameras(sources)
        qtbot.waitUntil(lambda: stage.player.cameras[1].video is not None, timeout=20_000)
        rests_at(stage, 0, qtbot)
        return stage

    def test_the_session_goes_on_while_one_camera_does(self, pair, clip, qtbot):
        pair.moves.go_to(self.LATE_US + clip.times_us[100])
        qtbot.waitUntil(lambda: at(pair) == 100, timeout=PATIENCE_MS)
        assert pair.player.moment.camera == 1
        assert pair.moves.frame() == Span(
            start_us=self.LATE_US + clip.times_us[100], end_us=self.LATE_US + clip.times_us[101]
        )

    def test_a_loop_is_set_by_the_frames_of_the_camera_that_leads(self, pair, clip, qtbot):
        pair.moves.go_to(4 * SECOND_US)
        qtbot.waitUntil(lambda: at(pair) == 120, timeout=PATIENCE_MS)
        pair.player.make_active(1)
        qtbot.waitUntil(lambda: at(pair) == 28, timeout=PATIENCE_MS)
        pair.moves.start_loop()
        pair.moves.step(4)
        rests_at(pair, 32, qtbot)
        pair.moves.end_loop()
        assert pair.player.loop == Span(
            start_us=self.LATE_US + clip.times_us[28], end_us=self.LATE_US + clip.times_us[33]
        )

    def test_a_place_of_the_other_camera_is_passed_at_one_press(self, pair, clip, qtbot):
        """The frames of the two lie apart, so an event of one is inside a frame of the other."""
        places = [self.LATE_US + clip.times_us[n] for n in (10, 20)]
        for place in places:
            pair.moves.go_to_neighbour(places, 1)
            wanted = max(n for n, time in enumerate(clip.times_us) if time <= place)
            rests_at(pair, wanted, qtbot)


def test_a_time_at_which_no_camera_was_on_is_gone_to_and_left_again(stage, clip, qtbot):
    later = CameraSource(path=clip.path, offset_us=8 * SECOND_US)
    stage.pictures.show_cameras(("first", "second"))
    stage.player.open_cameras((CameraSource(path=clip.path), later))
    qtbot.waitUntil(lambda: stage.player.cameras[1].video is not None, timeout=20_000)
    rests_at(stage, 0, qtbot)
    places = [6 * SECOND_US, 7 * SECOND_US, 9 * SECOND_US]
    for place in places:
        stage.moves.go_to_neighbour(places, 1)
        assert stage.player.place_us == place
    rests_at(stage, 30, qtbot)
    for place in reversed(places[:-1]):
        stage.moves.go_to_neighbour(places, -1)
        assert stage.player.place_us == place
        assert stage.player.moment is None


class TestWithoutAVideo:
    def test_every_movement_is_harmless(self, theme, qtbot):
        stage = Stage(theme)
        qtbot.addWidget(stage)
        moves = stage.moves
        for wish in (
            moves.toggle, moves.show_again, moves.start_loop, moves.end_loop, moves.toggle_loop,
            moves.leave, moves.go_to_last_start, lambda: moves.step(5), lambda: moves.go_to(1),
            lambda: moves.press_shuttle(-1), lambda: moves.press_shuttle(1), moves.shuttle.stop,
            lambda: moves.loop_event(1), lambda: moves.go_to_neighbour([1], 1),
            lambda: moves.replay(SECOND_US), lambda: moves.go_to_typed("1"),
            lambda: moves.press_shuttle(0),
        ):  # fmt: skip
            wish()
        assert moves.motion.is_plain
        assert not stage.player.playing


WISHES = (
    lambda m, c: m.toggle(),
    lambda m, c: m.step(c.choice([-7, -1, 1, 5, 40])),
    lambda m, c: m.jump(c.choice([-5, -1, 1, 5]) * SECOND_US),
    lambda m, c: m.go_to(c.randrange(0, 5 * SECOND_US)),
    lambda m, c: m.press_shuttle(c.choice([-1, 0, 1])),
    lambda m, c: m.start_loop(),
    lambda m, c: m.end_loop(),
    lambda m, c: m.toggle_loop(),
    lambda m, c: m.loop_event(c.randrange(0, 5 * SECOND_US)),
    lambda m, c: m.show_again(),
    lambda m, c: m.go_to_last_start(),
    lambda m, c: m.leave(),
)


def is_settled(stage):
    """Whether the frame wanted last is the one on the screen, and nothing moves it."""
    player = stage.player
    resting = not player.playing and stage.moves.shuttle.speed == 0
    return resting and player.frame_start(player._wanted_us) == player.moment.pts_us


@pytest.mark.parametrize("kind", ["h264", "vfr", "interlaced", "packed"])
def test_after_any_movements_the_moment_is_the_frame_painted(
    kind, stage, clip_factory, qtbot, seen
):
    """The bar code in the painted pixels says which frame it is, whatever the program thinks."""
    chance, clip = random.Random(kind), clip_factory(kind)
    if kind != "h264":
        with qtbot.waitSignal(stage.player.opened, timeout=20_000):
            stage.player.open(clip.path)
        rests_at(stage, 0, qtbot)
    wrong = []

    def compare(moment):
        shown = clip.code_in(stage.view._picture.rgb[:, :, 0])
        if shown != moment.ordinal or moment.pts_us != clip.times_us[moment.ordinal]:
            wrong.append((shown, moment))

    stage.player.moment_changed.connect(compare)
    for _ in range(60):
        chance.choice(WISHES)(stage.moves, chance)
        if chance.random() < 0.5:
            polls = count()
            qtbot.waitUntil(lambda polls=polls: is_settled(stage) or next(polls) >= 4)
    stage.moves.leave_motion()
    stage.player.pause()
    qtbot.waitUntil(lambda: is_settled(stage), timeout=PATIENCE_MS)
    assert wrong == []
    assert len(seen) > 10
    assert 0 <= stage.player.moment.pts_us < stage.player.end_us
    assert stage.moves.shuttle.speed == 0
