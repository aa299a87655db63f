"""The overviews by command, in the real window with a real recording."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSettings

from ssp_coder.domain.coding import Coding
from ssp_coder.media.indexing import build_index
from ssp_coder.media.motion import WHOLE
from ssp_coder.media.recording import media_of, placed_beside
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.overviews.bench import forget_pictures, region_of
from ssp_coder.ui.overviews.lanes import OverviewLanes
from ssp_coder.ui.timeline.model import LaneKind
from tests.builders import infant_scheme

PATIENCE = 20_000


@pytest.fixture
def store(tmp_path):
    return QSettings(str(tmp_path / "held.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(theme, store, tmp_path, qtbot):
    made = MainWindow(theme, Settings(store), tmp_path / "index")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def shown(window, film, tmp_path, qtbot):
    """The window with a coding of the film, and its first frame on the screen."""
    video = tmp_path / film.name
    shutil.copy(film, video)
    path = tmp_path / "S1.sspc"
    media = placed_beside(media_of(video, build_index(video)), video, path)
    start = Coding(session="S1", coder="c01", media=(media,))
    create(path, coding=start, scheme=infant_scheme(), who="c01").close()
    window.desk.open_path(path)
    qtbot.waitUntil(lambda: window.workspace.player.moment is not None, timeout=PATIENCE)
    return window


def does(window, command):
    window.desk.commands()[command]()


def settle(window, qtbot):
    lanes = window.desk.overviews.lanes
    qtbot.waitUntil(lambda: not lanes._start.isActive(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: lanes.builder.job is None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not lanes._show.isActive(), timeout=PATIENCE)


def titles(window):
    kinds = [lane for lane in window.workspace.work.timeline.scene.lanes if lane.kind.is_overview]
    return [lane.title for lane in kinds]


def at(window):
    return window.workspace.player.moment.pts_us


class TestShowing:
    def test_sound_and_pictures_are_shown_at_first(self, shown, qtbot):
        settle(shown, qtbot)
        assert shown.desk.overviews.lanes.shown == {LaneKind.SOUND, LaneKind.PICTURES}
        assert titles(shown) == ["Pictures"]  # the film has no sound

    def test_a_command_hides_and_shows(self, shown, qtbot):
        settle(shown, qtbot)
        does(shown, "timeline_pictures")
        assert titles(shown) == []
        does(shown, "timeline_pictures")
        assert titles(shown) == ["Pictures"]
        settle(shown, qtbot)

    def test_the_menu_marks_what_is_shown(self, shown):
        marked = {kind: shown.actions_by_id[f"timeline_{kind}"].isChecked() for kind in LaneKind
                  if kind.is_overview}  # fmt: skip
        assert marked == {"sound": True, "pictures": True, "motion": False}
        does(shown, "timeline_motion")
        assert shown.actions_by_id["timeline_motion"].isChecked()

    def test_the_choice_is_remembered(self, shown, store):
        does(shown, "timeline_sound")
        does(shown, "timeline_motion")
        again = Settings(store)
        assert [again.shows_overview(kind) for kind in ("sound", "pictures", "motion")] == [
            False, True, True,
        ]  # fmt: skip

    def test_without_a_coding_the_commands_do_no_harm(self, window):
        for command in ("motion_region", "motion_whole", "hint_before", "hint_after"):
            does(window, command)
        does(window, "timeline_motion")
        assert window.settings.shows_overview("motion")

    def test_a_closed_coding_leaves_no_work_behind(self, shown):
        lanes = shown.desk.overviews.lanes
        assert shown.close_coding()
        assert lanes.builder.job is None
        assert shown.desk.overviews.lanes is None


class TestHints:
    @pytest.fixture
    def measured(self, shown, qtbot):
        does(shown, "timeline_motion")
        settle(shown, qtbot)
        return shown

    def test_a_command_goes_to_the_next_hint_and_back(self, measured, qtbot):
        does(measured, "hint_after")
        qtbot.waitUntil(lambda: at(measured) == 2_000_000, timeout=PATIENCE)
        measured.workspace.player.seek(3_000_000)
        qtbot.waitUntil(lambda: at(measured) == 3_000_000, timeout=PATIENCE)
        does(measured, "hint_before")
        qtbot.waitUntil(lambda: at(measured) == 2_000_000, timeout=PATIENCE)

    def test_beyond_the_last_hint_it_stays_and_says_so(self, measured):
        does(measured, "hint_before")
        assert at(measured) == 0
        assert measured.statusBar().currentMessage() == "No further hint in this direction."

    def test_quick_presses_add_up(self, measured, monkeypatch, qtbot):
        monkeypatch.setattr(OverviewLanes, "hints", (1_000_000, 2_000_000, 3_000_000))
        does(measured, "hint_after")
        does(measured, "hint_after")
        does(measured, "hint_after")
        qtbot.waitUntil(lambda: at(measured) == 3_000_000, timeout=PATIENCE)

    def test_while_motion_is_measured_it_does_not_say_that_there_are_none(self, shown, qtbot):
        settle(shown, qtbot)
        does(shown, "timeline_motion")
        does(shown, "hint_after")
        assert "measured" in shown.statusBar().currentMessage()
        settle(shown, qtbot)

    def test_hints_are_not_coded(self, measured):
        assert measured.workspace.session.coding.events == ()

    def test_without_motion_it_says_how_to_get_hints(self, shown):
        does(shown, "hint_after")
        assert "Timeline: motion" in shown.statusBar().currentMessage()
        assert at(shown) == 0


class TestRegion:
    BOX = QRectF(0.25, 0.5, 0.5, 0.25)

    def draw(self, window, box):
        does(window, "motion_region")
        window.workspace.player.view.region_drawn.emit(box)

    def test_what_was_drawn_is_measured_and_outlined(self, shown, qtbot):
        self.draw(shown, self.BOX)
        region = shown.desk.overviews.lanes.region
        assert (region.left, region.top, region.width, region.height) == (0.25, 0.5, 0.5, 0.25)
        assert shown.workspace.player.view._region == self.BOX
        settle(shown, qtbot)
        assert "Motion" in titles(shown)

    def test_asking_for_a_region_shows_the_motion(self, shown):
        does(shown, "motion_region")
        assert shown.settings.shows_overview("motion")
        shown.workspace.player.view.region_drawn.emit(None)

    def test_drawing_that_was_given_up_changes_nothing(self, shown):
        self.draw(shown, None)
        assert shown.desk.overviews.lanes.region == WHOLE
        self.draw(shown, QRectF(0.5, 0.5, 0.001, 0.3))
        assert shown.desk.overviews.lanes.region == WHOLE

    @pytest.mark.parametrize("way", ["command", "chip"])
    def test_there_is_a_way_back_to_the_whole(self, shown, way):
        self.draw(shown, self.BOX)
        if way == "command":
            does(shown, "motion_whole")
        else:
            shown.workspace.work.timeline_panel.status.region.removed.emit()
        assert shown.desk.overviews.lanes.region == WHOLE
        assert shown.workspace.player.view._region is None

    def test_a_second_region_takes_the_place_of_the_first(self, shown):
        self.draw(shown, self.BOX)
        self.draw(shown, QRectF(0, 0, 0.5, 0.5))
        assert shown.desk.overviews.lanes.region.left == 0

    def test_what_reaches_beyond_the_picture_is_cut_off(self):
        region = region_of(QRectF(-0.5, 0.5, 1.0, 2.0))
        assert (region.left, region.top, region.width, region.height) == (0, 0.5, 0.5, 0.5)

    def test_a_rectangle_beside_the_picture_is_none(self):
        assert region_of(QRectF(2, 2, 1, 1)) is None


class TestForgetting:
    def test_pictures_that_were_kept_can_be_removed(self, shown, tmp_path, qtbot):
        settle(shown, qtbot)
        kept = tmp_path / "index"
        assert list(kept.glob("*.thumbs"))
        others = {place.name for place in kept.iterdir() if place.suffix != ".thumbs"}
        does(shown, "keep_pictures")
        assert not list(kept.glob("*.thumbs"))
        assert {place.name for place in kept.iterdir()} == others
        words = "Small pictures are no longer kept; those of 1 recording were removed."
        assert shown.statusBar().currentMessage() == words
        assert not shown.actions_by_id["keep_pictures"].isChecked()
        assert not shown.settings.keeps_pictures

    def test_pictures_that_cannot_be_removed_are_not_counted(self, tmp_path, monkeypatch):
        for name in ("one.thumbs", "held.thumbs"):
            (tmp_path / name).write_bytes(b"")
        unlink = Path.unlink

        def held(place, **how):
            if place.name == "held.thumbs":
                raise PermissionError(place)
            unlink(place, **how)

        monkeypatch.setattr(Path, "unlink", held)
        assert forget_pictures(tmp_path) == 1
        assert [place.name for place in tmp_path.iterdir()] == ["held.thumbs"]

    def test_while_none_are_kept_the_strip_is_drawn_all_the_same(self, shown, tmp_path, qtbot):
        settle(shown, qtbot)
        does(shown, "keep_pictures")
        settle(shown, qtbot)
        assert len(shown.workspace.work.timeline.content.overviews.strip) > 0
        assert not list((tmp_path / "index").glob("*.thumbs"))
        does(shown, "keep_pictures")
        assert shown.settings.keeps_pictures
        settle(shown, qtbot)
        assert list((tmp_path / "index").glob("*.thumbs"))


class TestScrubbing:
    def test_the_frame_under_the_pointer_is_painted(self, shown, qtbot):
        timeline = shown.workspace.work.timeline
        player = shown.workspace.player
        qtbot.waitUntil(lambda: timeline.scene.duration_us == player.end_us, timeout=PATIENCE)
        shown.show_page("code")
        timeline._gestures.scrubbing.begin(timeline.layout_now().ruler.center())
        timeline._gestures.scrubbing.move(timeline.layout_now().ruler.center())
        timeline._gestures.scrubbing.end()
        wanted = timeline.playhead()
        assert wanted in player.video.index.times_us
        qtbot.waitUntil(lambda: at(shown) == wanted, timeout=PATIENCE)
        assert timeline.playhead() == wanted


class TestTwoCameras:
    @pytest.fixture
    def both(self, window, film, talkie, tmp_path, qtbot):
        """The window with a coding of two recordings."""
        path, media = tmp_path / "S2.sspc", []
        for source in (film, talkie):
            video = tmp_path / source.name
            shutil.copy(source, video)
            media.append(placed_beside(media_of(video, build_index(video)), video, path))
        start = Coding(session="S2", coder="c01", media=tuple(media))
        create(path, coding=start, scheme=infant_scheme(), who="c01").close()
        window.desk.open_path(path)
        player = window.workspace.player
        there = lambda: all(camera.video for camera in player.cameras[:2])  # noqa: E731
        qtbot.waitUntil(there, timeout=PATIENCE)
        return window

    def test_the_region_is_outlined_where_it_is_measured(self, both):
        box = QRectF(0.25, 0.5, 0.5, 0.25)
        player = both.workspace.player
        does(both, "motion_region")
        player.view.region_drawn.emit(box)
        player.make_active(1)
        assert [camera.view._region for camera in player.cameras[:2]] == [None, box]
        does(both, "motion_whole")
        assert [camera.view._region for camera in player.cameras[:2]] == [None, None]
