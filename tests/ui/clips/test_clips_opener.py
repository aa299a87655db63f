"""The menu of the window: export of clips, and the frame on the screen as a picture."""

from dataclasses import replace

import cv2
import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.covering import Covering
from ssp_coder.media.indexing import build_index
from ssp_coder.media.recording import media_of, placed_beside
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.clips.dialog import ClipDialog
from ssp_coder.ui.clips.opener import recordings_of
from ssp_coder.ui.faces import review
from tests.builders import infant_scheme
from tests.unit.cli.cli_desk import FPS, blank_video


@pytest.fixture
def session(tmp_path, desk_window, qtbot):
    """A coding of two cameras is open; the second was started four seconds later."""
    media = []
    for name, offset_us in (("one.mp4", 0), ("two.mp4", 4_000_000)):
        path = blank_video(tmp_path / name, 10 * FPS, shade=100 + len(media))
        known = placed_beside(media_of(path, build_index(path)), path, tmp_path / "S100.sspc")
        media.append(replace(known, offset_us=Micros(offset_us)))
    path = tmp_path / "S100.sspc"
    coding = Coding(session="S100", coder="c01", media=tuple(media))
    create(path, coding=coding, scheme=infant_scheme(), who="c01").close()
    desk_window.desk.open_path(path)
    player = desk_window.workspace.player
    qtbot.waitUntil(
        lambda: (
            all(camera.video is not None for camera in player.cameras[:2])
            and player.moment is not None
        ),
        timeout=20_000,
    )
    return desk_window


@pytest.fixture
def opened(monkeypatch):
    """Each dialog that was opened by the menu; it is closed at once."""
    seen = []

    def run(dialog):
        seen.append(dialog)
        dialog.where.pattern.set_text("{number}")
        return 0

    monkeypatch.setattr(ClipDialog, "exec", run)
    return seen


@pytest.fixture
def save_as(monkeypatch):
    """Answers the file chooser, and keeps what it offered."""
    offered = []

    def answer(path):
        def choose(_parent, _title, first, _kinds):
            offered.append(first)
            return str(path), ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        return offered

    return answer


class TestExport:
    def test_all_cameras_are_offered_in_their_own_time(self, session):
        first, second = recordings_of(session.workspace)
        assert (first.camera, first.offset_us, first.video.name) == (1, 0, "one.mp4")
        assert (second.camera, second.offset_us) == (2, 4_000_000)
        assert first.pixels == 64 * 48

    def test_the_dialog_starts_where_the_coder_stands(self, session, opened, tmp_path, qtbot):
        player = session.workspace.player
        player.seek(2_000_000)
        qtbot.waitUntil(lambda: getattr(player.moment, "pts_us", None) == 2_000_000)
        player.set_loop(Span(start_us=Micros(1_000_000), end_us=Micros(1_500_000)))
        session.actions_by_id["clips"].trigger()
        (dialog,) = opened
        (clip,) = dialog.table.chosen()
        assert clip.wish.span == player.loop
        dialog.what.stretch.here.click()
        assert dialog.table.chosen()[0].wish.span.start_us == 2_000_000
        assert clip.plan.place.parent == tmp_path / "clips"
        assert len(dialog.how._material.recordings) == 2

    def test_playing_rests_meanwhile(self, session, opened):
        session.workspace.player.play()
        session.actions_by_id["clips"].trigger()
        assert not session.workspace.player.playing

    def test_folder_and_pattern_are_there_again_in_the_same_sitting(self, session, opened):
        session.actions_by_id["clips"].trigger()
        session.actions_by_id["clips"].trigger()
        assert opened[1].target.pattern == "{number}"
        assert opened[1].target.folder == opened[0].target.folder

    def test_without_a_video_there_is_nothing_to_export(self, desk_window, opened):
        assert not desk_window.actions_by_id["clips"].isEnabled()
        desk_window.desk.clips.export_clips()
        assert opened == []

    @pytest.mark.parametrize("confirmed", [True, False])
    def test_a_blurred_clip_is_looked_through_first(self, session, opened, monkeypatch, confirmed):
        shown = []

        def run(dialog):
            shown.append(dialog)
            code = QDialog.DialogCode.Accepted if confirmed else QDialog.DialogCode.Rejected
            dialog.done(code)
            return code

        monkeypatch.setattr(review.FaceReviewDialog, "exec", run)
        session.actions_by_id["clips"].trigger()
        (dialog,) = opened
        dialog.what.choose("stretch")
        dialog.what.stretch.end.set_text("0.2")
        dialog.show_list()
        plan = dialog.table.chosen()[0].plan
        covering = dialog._looking._review(plan, "1 of 2", dialog)
        assert shown[0].windowTitle().endswith(f"{plan.place.name} (1 of 2)")
        assert isinstance(covering, Covering) is confirmed
        if confirmed:
            assert covering.frames == plan.frames()


class TestJourney:
    def test_from_the_menu_to_clips_of_both_cameras_that_show_the_same_moment(
        self, session, monkeypatch, qtbot, tmp_path
    ):
        made = []

        def work(dialog):
            dialog.what.choose("stretch")
            dialog.what.stretch.start.set_text("5")
            dialog.what.stretch.end.set_text("6")
            dialog.where.pattern.set_text("{session}-{camera}")
            for place in (0, 1):
                dialog.how.camera.setCurrentIndex(place)
                dialog.show_list()
                dialog.write()
                qtbot.waitUntil(lambda: dialog.close_button.text() == "Close", timeout=20_000)
                made.extend(outcome.clip for outcome in dialog.written.outcomes)
                dialog.again_button.click()
            return 0

        monkeypatch.setattr(ClipDialog, "exec", work)
        session.actions_by_id["clips"].trigger()
        names = sorted(path.name for path in (tmp_path / "clips").iterdir())
        assert names == [
            "S100-camera1.mp4",
            "S100-camera2.mp4",
            "S100-clips-2.csv",
            "S100-clips.csv",
        ]
        assert [clip.first_ordinal for clip in made] == [5 * FPS, 1 * FPS]
        assert [build_index(clip.file).count for clip in made] == [FPS, FPS]

    def test_the_coding_is_as_it_was(self, session, opened):
        before = session.workspace.session.coding
        session.actions_by_id["clips"].trigger()
        assert session.workspace.session.coding is before


class TestStill:
    def test_the_frame_on_the_screen_is_saved(self, session, save_as, tmp_path, qtbot):
        player = session.workspace.player
        player.seek(3_000_000)
        qtbot.waitUntil(lambda: getattr(player.moment, "pts_us", None) == 3_000_000)
        offered = save_as(tmp_path / "a.png")
        session.actions_by_id["still"].trigger()
        assert cv2.imread(str(tmp_path / "a.png")).shape == (48, 64, 3)
        assert session.statusBar().currentMessage() == "Frame 75 written: a.png"
        assert offered == [str(tmp_path / "S100-camera1-00-00-03-000.png")]

    def test_the_frame_saved_is_the_one_that_was_on_the_screen_when_it_was_asked_for(
        self, session, monkeypatch, tmp_path, qtbot
    ):
        player = session.workspace.player
        player.seek(3_000_000)
        qtbot.waitUntil(lambda: getattr(player.moment, "pts_us", None) == 3_000_000)
        player.play()
        offered = []

        def choose_late(_parent, _title, first, _kinds):
            offered.append((first, player.playing))
            player.seek(7_000_000)
            qtbot.waitUntil(lambda: player.moment.pts_us == 7_000_000)
            return str(tmp_path / "a.png"), ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose_late)
        session.actions_by_id["still"].trigger()
        ((name, playing),) = offered
        assert "00-00-03-" in name
        assert not playing
        said = int(session.statusBar().currentMessage().split()[1])
        assert 3 * FPS <= said < 4 * FPS

    def test_the_folder_of_the_clips_is_offered_once_it_is_there(self, session, save_as, tmp_path):
        (tmp_path / "clips").mkdir()
        offered = save_as("")
        session.actions_by_id["still"].trigger()
        assert offered[0].startswith(str(tmp_path / "clips"))

    def test_a_name_without_an_ending_gets_one(self, session, save_as, tmp_path):
        save_as(tmp_path / "a")
        session.actions_by_id["still"].trigger()
        assert (tmp_path / "a.png").is_file()

    @pytest.mark.parametrize("answer", [True, False])
    def test_a_picture_that_is_there_under_the_full_name_is_asked_about(
        self, session, save_as, tmp_path, monkeypatch, answer
    ):
        buttons = QMessageBox.StandardButton
        monkeypatch.setattr(
            QMessageBox, "question", lambda *_: buttons.Yes if answer else buttons.No
        )
        (tmp_path / "a.png").write_text("mine")
        save_as(tmp_path / "a")
        session.actions_by_id["still"].trigger()
        assert ((tmp_path / "a.png").read_bytes() != b"mine") is answer

    def test_a_place_that_cannot_be_written_is_told(self, session, save_as, warned, tmp_path):
        save_as(tmp_path / "gone" / "a.png")
        session.actions_by_id["still"].trigger()
        ((title, sentence),) = warned
        assert title == "The picture was not written"
        assert "a.png" in sentence

    def test_a_choice_that_is_given_up_writes_nothing(self, session, save_as, tmp_path):
        save_as("")
        before = sorted(tmp_path.rglob("*.png"))
        session.actions_by_id["still"].trigger()
        assert sorted(tmp_path.rglob("*.png")) == before

    def test_the_large_camera_is_the_one_saved(self, session, save_as, tmp_path, qtbot):
        player = session.workspace.player
        player.seek(5_000_000)
        qtbot.waitUntil(lambda: getattr(player.moment, "pts_us", None) == 5_000_000)
        player.make_active(1)
        qtbot.waitUntil(lambda: getattr(player.moment, "camera", None) == 1)
        offered = save_as(tmp_path / "b.png")
        session.actions_by_id["still"].trigger()
        assert "camera2" in offered[0]
        second = build_index(tmp_path / "two.mp4")
        frame = second.ordinal_at(1_000_000)
        assert session.statusBar().currentMessage() == f"Frame {frame} written: b.png"
