"""The recording in the timeline: which lanes there are, of which camera, and how far they are."""

import pytest
from PySide6.QtCore import QPoint

from ssp_coder.media.motion import Region
from ssp_coder.ui.player.open_video import CameraSource
from ssp_coder.ui.timeline.model import LaneKind
from tests.fixtures.sounds import BEEPS_S

PATIENCE = 20_000
ALL = (LaneKind.SOUND, LaneKind.PICTURES, LaneKind.MOTION)


def titles(panel):
    return [(lane.title, lane.note) for lane in panel.timeline.scene.lanes]


def strip_of(panel):
    return panel.timeline.content.overviews.strip


def outline_of(panel, kind):
    return panel.timeline.content.overviews.outlines.get(f"overview/{kind}")


@pytest.fixture
def open_with(player, panel, lanes, qtbot):
    """Opens recordings, shows overviews and waits until they are made."""

    def do(kinds, *sources, whole=True):
        made = [CameraSource(path=path, offset_us=offset) for path, offset in sources]
        player.cameras_changed.connect(lambda: panel.timeline.set_duration(max(1, player.end_us)))
        lanes.show_kinds(kinds)
        player.open_cameras(tuple(made))
        there = lambda: all(camera.video for camera in player.cameras[: len(made)])  # noqa: E731
        qtbot.waitUntil(there, timeout=PATIENCE)
        if whole:
            settle(lanes, qtbot)

    return do


def settle(lanes, qtbot):
    """Wait until nothing more is to come."""
    qtbot.waitUntil(lambda: not lanes._start.isActive(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: lanes.builder.job is None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not lanes._show.isActive(), timeout=PATIENCE)


class TestLanes:
    def test_pictures_sound_and_motion_stand_in_this_order(self, open_with, panel, talkie):
        open_with(ALL, (talkie, 0))
        assert [title for title, _ in titles(panel)] == ["Pictures", "Sound", "Motion"]

    def test_only_what_is_wanted_is_made(self, open_with, panel, talkie, tmp_path):
        open_with((LaneKind.SOUND,), (talkie, 0))
        assert [title for title, _ in titles(panel)] == ["Sound"]
        assert {place.suffix for place in (tmp_path / "kept").iterdir()} == {".wave"}

    def test_with_nothing_open_there_are_no_lanes(self, lanes, panel, qtbot):
        lanes.show_kinds(ALL)
        assert titles(panel) == []
        assert panel.status.words.text() == ""

    def test_the_beep_is_where_it_is_heard(self, open_with, panel, talkie):
        open_with((LaneKind.SOUND,), (talkie, 0))
        outline = outline_of(panel, LaneKind.SOUND)
        loud = outline.starts_us[outline.high > 0.3]
        assert loud.min() == pytest.approx(3_000_000, abs=30_000)
        assert loud.max() == pytest.approx(4_000_000, abs=30_000)

    def test_it_is_painted_there_too(self, open_with, panel, talkie):
        open_with((LaneKind.SOUND,), (talkie, 0))
        timeline = panel.timeline
        rect = timeline.layout_now().lane_rect(f"overview/{LaneKind.SOUND}")
        image = timeline.grab().toImage()
        off_centre = rect.center().y() - 5

        def colour(seconds):
            x = timeline.scale_now().x_of(round(seconds * 1_000_000))
            return image.pixelColor(QPoint(x, off_centre)).name()

        wave = timeline.theme.tokens.wave.lower()
        assert [colour(s) == wave for s in (1.5, 3.5, 5.0)] == [False, True, False]

    def test_pictures_are_there_at_their_moments(self, open_with, panel, talkie):
        open_with((LaneKind.PICTURES,), (talkie, 0))
        strip = strip_of(panel)
        assert len(strip) == 6
        assert strip.nearest(2_100_000).at_us == 2_000_000
        assert strip.nearest(0).image.width() == 160

    def test_hints_come_with_the_motion(self, open_with, panel, lanes, film):
        open_with((LaneKind.MOTION,), (film, 0))
        assert set(lanes.hints) == {2_000_000}
        assert {hint.time_us for hint in panel.timeline.scene.hints} == {2_000_000}

    def test_taken_away_a_lane_is_gone_with_what_it_held(self, open_with, panel, lanes, film):
        open_with((LaneKind.MOTION, LaneKind.PICTURES), (film, 0))
        lanes.show_kinds((LaneKind.PICTURES,))
        assert [title for title, _ in titles(panel)] == ["Pictures"]
        assert panel.timeline.scene.hints == ()
        assert len(strip_of(panel)) > 0

    def test_shown_again_it_comes_from_what_was_kept(self, open_with, panel, lanes, film, qtbot):
        open_with((LaneKind.PICTURES,), (film, 0))
        count = len(strip_of(panel))
        lanes.show_kinds(())
        assert len(strip_of(panel)) == 0
        lanes.show_kinds((LaneKind.PICTURES,))
        settle(lanes, qtbot)
        assert len(strip_of(panel)) == count


class TestWithoutSound:
    def test_the_lane_is_absent_and_it_is_said(self, open_with, panel, film):
        open_with((LaneKind.SOUND, LaneKind.PICTURES), (film, 0))
        assert [title for title, _ in titles(panel)] == ["Pictures"]
        assert panel.status.words.text() == "No sound in this video"
        assert not panel.status.button.isVisible()

    def test_nobody_who_does_not_want_sound_is_told(self, open_with, panel, film):
        open_with((LaneKind.PICTURES,), (film, 0))
        assert panel.status.words.text() == ""


class TestCameras:
    def test_with_several_the_lane_names_its_camera(self, open_with, panel, talkie, film):
        open_with((LaneKind.SOUND, LaneKind.PICTURES), (film, 0), (talkie, 0))
        assert titles(panel) == [("Pictures", "camera 1"), ("Sound", "camera 2")]

    def test_with_one_there_is_nothing_to_name(self, open_with, panel, talkie):
        open_with((LaneKind.SOUND,), (talkie, 0))
        assert titles(panel) == [("Sound", "")]

    def test_pictures_follow_the_large_camera(
        self, open_with, panel, player, lanes, film, talkie, qtbot
    ):
        open_with((LaneKind.PICTURES,), (film, 0), (talkie, 0))
        assert len(strip_of(panel)) == 4
        player.make_active(1)
        settle(lanes, qtbot)
        assert len(strip_of(panel)) == 6
        assert titles(panel) == [("Pictures", "camera 2")]

    def test_a_camera_started_later_lies_later(self, open_with, panel, film, talkie):
        open_with((LaneKind.SOUND,), (film, 0), (talkie, 1_000_000))
        outline = outline_of(panel, LaneKind.SOUND)
        assert outline.starts_us[0] == 1_000_000
        assert outline.starts_us[outline.high > 0.3].min() == pytest.approx(4_000_000, abs=30_000)

    def test_hints_before_the_session_are_no_place_to_go_to(
        self, open_with, player, lanes, film, qtbot
    ):
        open_with((LaneKind.MOTION,), (film, 0), (film, -1_500_000))
        player.make_active(1)
        settle(lanes, qtbot)
        assert set(lanes.hints) == {500_000}
        player.set_offset(1, -2_500_000)
        settle(lanes, qtbot)
        assert lanes.hints == ()

    def test_placed_elsewhere_it_moves_without_being_made_again(
        self, open_with, panel, player, lanes, talkie, qtbot
    ):
        open_with((LaneKind.SOUND, LaneKind.PICTURES), (talkie, 0), (talkie, 0))
        player.make_active(1)
        player.choose_sound(1)
        settle(lanes, qtbot)
        made = []
        lanes.builder.grew.connect(lambda *part: made.append(part))
        player.set_offset(1, -500_000)
        settle(lanes, qtbot)
        assert made == []
        assert strip_of(panel).nearest(0).at_us in (-500_000, 500_000)
        assert outline_of(panel, LaneKind.SOUND).starts_us[0] == -500_000


class TestHeard:
    def test_the_outline_is_of_the_camera_chosen_to_be_heard(
        self, open_with, panel, player, lanes, talkie, qtbot
    ):
        open_with((LaneKind.SOUND,), (talkie, 0), (talkie, 1_000_000))
        player.choose_sound(1)
        settle(lanes, qtbot)
        assert titles(panel) == [("Sound", "camera 2")]
        assert outline_of(panel, LaneKind.SOUND).starts_us[0] == 1_000_000

    def test_the_outline_is_of_the_sound_chosen_among_several(
        self, open_with, panel, player, lanes, sound_factory, tmp_path, qtbot
    ):
        open_with((LaneKind.SOUND,), (sound_factory("two_tracks").path, 0))
        assert first_loud_s(panel) == pytest.approx(BEEPS_S[0], abs=0.05)
        player.choose_sound(0, 1)
        settle(lanes, qtbot)
        assert first_loud_s(panel) == pytest.approx(BEEPS_S[1], abs=0.05)
        player.choose_sound(0, 0)
        settle(lanes, qtbot)
        assert first_loud_s(panel) == pytest.approx(BEEPS_S[0], abs=0.05)


def first_loud_s(panel):
    outline = outline_of(panel, LaneKind.SOUND)
    return outline.starts_us[outline.high > 0.3].min() / 1_000_000


class TestProgress:
    def test_it_is_said_quietly_and_gone_in_the_end(self, open_with, panel, lanes, talkie, qtbot):
        said = []
        lanes.builder.progressed.connect(lambda *_: said.append(panel.status.words.text()))
        open_with(ALL, (talkie, 0))
        assert any(words.startswith("Sound outline ") for words in said)
        assert any(words.startswith("Pictures ") for words in said)
        assert any(words.startswith("Motion ") for words in said)
        assert panel.status.words.text() == ""

    def test_stopped_it_stays_stopped_until_told_to_go_on(
        self, open_with, panel, lanes, talkie, qtbot
    ):
        open_with((LaneKind.MOTION,), (talkie, 0), whole=False)
        qtbot.waitUntil(lambda: lanes.builder.job is not None, timeout=PATIENCE)
        panel.status.stop_requested.emit()
        assert lanes.builder.job is None
        assert panel.status.words.text().endswith("stopped")
        assert panel.status.button.text() == "Go on"
        panel.status.resume_requested.emit()
        settle(lanes, qtbot)
        assert outline_of(panel, LaneKind.MOTION).end_us == 6_000_000

    def test_a_stop_outlives_what_happens_to_the_player(
        self, open_with, panel, lanes, player, talkie, qtbot
    ):
        open_with((LaneKind.MOTION,), (talkie, 0), whole=False)
        qtbot.waitUntil(lambda: lanes.builder.job is not None, timeout=PATIENCE)
        panel.status.stop_requested.emit()
        player.speaker.toggle_mute()
        player.cameras_changed.emit()
        qtbot.waitUntil(lambda: not lanes._start.isActive(), timeout=PATIENCE)
        assert lanes.builder.job is None
        assert panel.status.button.text() == "Go on"

    def test_other_work_meanwhile_does_not_take_the_way_to_go_on(
        self, open_with, panel, lanes, talkie, qtbot
    ):
        open_with((LaneKind.MOTION,), (talkie, 0), whole=False)
        qtbot.waitUntil(lambda: lanes.builder.job is not None, timeout=PATIENCE)
        panel.status.stop_requested.emit()
        lanes.show_kinds((LaneKind.MOTION, LaneKind.SOUND))
        settle(lanes, qtbot)
        assert outline_of(panel, LaneKind.SOUND).end_us == 6_000_000
        assert panel.status.button.text() == "Go on"
        assert panel.status.words.text().startswith("Motion")
        panel.status.resume_requested.emit()
        settle(lanes, qtbot)
        assert outline_of(panel, LaneKind.MOTION).end_us == 6_000_000
        assert panel.status.words.text() == ""

    def test_stopped_twice_nothing_is_lost(self, open_with, panel, lanes, talkie, qtbot):
        open_with((LaneKind.MOTION,), (talkie, 0), whole=False)
        qtbot.waitUntil(lambda: lanes.builder.job is not None, timeout=PATIENCE)
        panel.status.stop_requested.emit()
        lanes.show_kinds((LaneKind.MOTION, LaneKind.SOUND))
        panel.status.stop_requested.emit()
        panel.status.resume_requested.emit()
        settle(lanes, qtbot)
        assert outline_of(panel, LaneKind.SOUND).end_us == 6_000_000
        assert outline_of(panel, LaneKind.MOTION).end_us == 6_000_000

    def test_what_is_not_wanted_any_more_is_not_offered_to_go_on(
        self, open_with, panel, lanes, talkie, qtbot
    ):
        open_with((LaneKind.MOTION,), (talkie, 0), whole=False)
        qtbot.waitUntil(lambda: lanes.builder.job is not None, timeout=PATIENCE)
        panel.status.stop_requested.emit()
        lanes.show_kinds(())
        assert panel.status.words.text() == ""
        assert panel.status.button.isHidden()

    def test_damage_stays_told_whatever_the_player_does(
        self, open_with, panel, lanes, player, talkie, tmp_path, qtbot
    ):
        copy = tmp_path / "gone.mkv"
        copy.write_bytes(talkie.read_bytes())
        open_with((), (copy, 0))
        copy.unlink()
        lanes.show_kinds((LaneKind.PICTURES,))
        settle(lanes, qtbot)
        player.cameras_changed.emit()
        settle(lanes, qtbot)
        assert "gone.mkv" in panel.status.words.accessibleName()
        lanes.show_kinds(())
        assert panel.status.words.text() == ""

    def test_damage_is_told_in_the_header(self, open_with, panel, lanes, talkie, tmp_path, qtbot):
        copy = tmp_path / "gone.mkv"
        copy.write_bytes(talkie.read_bytes())
        open_with((), (copy, 0))
        copy.unlink()
        lanes.show_kinds((LaneKind.PICTURES,))
        settle(lanes, qtbot)
        assert "gone.mkv" in panel.status.words.accessibleName()

    def test_playing_and_scrubbing_slow_the_work(self, open_with, panel, lanes, player, talkie):
        open_with((LaneKind.SOUND,), (talkie, 0))
        player.playing_changed.emit(True)
        assert not lanes.builder._busy  # the player does not play: only what is true counts
        panel.timeline.scrubbing_changed.emit(True)
        assert lanes.builder._busy
        panel.timeline.scrubbing_changed.emit(False)
        assert not lanes.builder._busy
        player.play()
        assert lanes.builder._busy
        player.pause()
        assert not lanes.builder._busy


class TestRegion:
    PART = Region(left=0.5, top=0.25, width=0.25, height=0.5)

    def test_another_region_is_measured_anew(self, open_with, panel, lanes, film, qtbot, tmp_path):
        open_with((LaneKind.MOTION,), (film, 0))
        whole = outline_of(panel, LaneKind.MOTION).high
        lanes.measure(self.PART)
        settle(lanes, qtbot)
        part = outline_of(panel, LaneKind.MOTION).high
        assert len(part) == len(whole)
        assert (part != whole).any()
        assert titles(panel) == [("Motion", "region")]
        assert len(list((tmp_path / "kept").glob("*.motion"))) == 2

    def test_it_is_named_and_can_be_taken_away(self, open_with, panel, lanes, film, qtbot):
        open_with((LaneKind.MOTION,), (film, 0))
        lanes.measure(self.PART)
        assert panel.status.region.isVisible()
        assert panel.status.region.toolTip().startswith(
            "25 x 50 % of the picture, from 50 % right and 25 % down"
        )
        lanes.measure(Region())
        assert not panel.status.region.isVisible()
        settle(lanes, qtbot)
        assert titles(panel) == [("Motion", "")]


def test_stopped_for_good_nothing_runs_any_more(open_with, lanes, talkie, qtbot):
    open_with(ALL, (talkie, 0), whole=False)
    lanes.stop()
    assert lanes.builder.job is None
    assert not lanes._start.isActive()
    assert not lanes._show.isActive()
