from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog

from ssp_coder.catalog import available_schemes
from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.naming import IdConcern, id_concern
from ssp_coder.editing.edits import LockCoding
from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.errors import StorageError
from ssp_coder.ui.dialogs.creation import (
    NewSession,
    PlaceConcern,
    create_session,
    look_at_video,
    place_concern,
    proposed_place,
)
from ssp_coder.ui.dialogs.import_events import ImportEventsDialog
from ssp_coder.ui.dialogs.import_preview import preview_import
from ssp_coder.ui.dialogs.new_session import NewSessionDialog
from ssp_coder.ui.dialogs.reasons import Asking, ReasonDialog
from ssp_coder.ui.dialogs.video_words import facts_words, warning_words
from tests.builders import add, after, coding, infant_scheme
from tests.ui.pages import session_of


@pytest.fixture
def video(tmp_path, clip_factory):
    path = tmp_path / "S001.mp4"
    shutil.copy(clip_factory("h264").path, path)
    return path


@pytest.fixture
def dialog(theme, qtbot):
    made = NewSessionDialog(theme, available_schemes(), None)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.videos.stop()


def seen(dialog, qtbot, count=1):
    qtbot.waitUntil(lambda: len(dialog.videos.seen) == count, timeout=20_000)


def typed(field, text):
    field.edit.setText(text)
    field.edit.textEdited.emit(text)


def timeline_file(folder, value):
    entry = Exportable(coding=value, scheme=infant_scheme())
    written = export_codings((entry,), folder)
    return next(path for path in written if path.name.endswith("_events.csv"))


class TestNewSession:
    def test_nothing_can_be_created_before_all_is_chosen(self, dialog):
        assert not dialog.make.isEnabled()
        assert dialog.result_value() is None

    def test_a_video_and_two_ids_are_enough(self, dialog, video, qtbot):
        dialog.add_videos([video])
        seen(dialog, qtbot)
        typed(dialog.session, "S001")
        typed(dialog.coder, "c01")
        assert dialog.place.text() == str(video.with_name("S001.c01.sspc"))
        assert dialog.make.isEnabled()
        wanted = dialog.result_value()
        assert (wanted.session, wanted.coder, wanted.scheme) == ("S001", "c01", "infant")
        assert wanted.role is CodingRole.INDEPENDENT
        assert wanted.videos == (video,)

    def test_creating_makes_a_file_that_knows_its_video(self, dialog, video, qtbot):
        dialog.add_videos([video])
        seen(dialog, qtbot)
        typed(dialog.session, "S001")
        typed(dialog.coder, "c01")
        dialog.make.click()
        assert dialog.result() == QDialog.DialogCode.Accepted
        with create_session(dialog.result_value()) as file:
            path = file.path
        with open_read_only(path) as file:
            media = file.coding.media[0]
        assert (media.name, media.relative_path) == ("S001.mp4", "S001.mp4")
        assert media.frame_count == 150
        assert media.duration_us == 5_000_000

    def test_the_coder_used_last_is_proposed(self, dialog):
        dialog.set_coder("c07")
        assert dialog.coder.text() == "c07"

    def test_a_file_that_is_no_video_keeps_it_from_being_created(self, dialog, tmp_path, qtbot):
        wrong = tmp_path / "notes.mp4"
        wrong.write_text("not a video")
        dialog.add_videos([wrong])
        qtbot.waitUntil(lambda: bool(dialog.videos.problem), timeout=10_000)
        typed(dialog.session, "S001")
        typed(dialog.coder, "c01")
        assert not dialog.make.isEnabled()
        assert "notes.mp4" in dialog.videos.problem

    def test_the_first_of_several_videos_is_coded_on(self, dialog, video, qtbot, clip_factory):
        dialog.add_videos([video, clip_factory("vfr").path, video])
        seen(dialog, qtbot, 2)
        assert dialog.videos.paths == (video, clip_factory("vfr").path)
        row = dialog.videos._rows[1]
        row.put_first.emit()
        assert dialog.videos.paths[0] == clip_factory("vfr").path
        dialog.videos._rows[1].removed.emit()
        assert dialog.videos.paths == (clip_factory("vfr").path,)

    def test_a_place_that_is_taken_is_said_at_the_field(self, dialog, video, qtbot):
        dialog.add_videos([video])
        seen(dialog, qtbot)
        video.with_name("S001.c01.sspc").write_text("there")
        typed(dialog.session, "S001")
        typed(dialog.coder, "c01")
        assert dialog.place.error()
        assert not dialog.make.isEnabled()

    def test_another_place_can_be_chosen(self, dialog, video, qtbot, monkeypatch, tmp_path):
        dialog.add_videos([video])
        seen(dialog, qtbot)
        typed(dialog.session, "S001")
        typed(dialog.coder, "c01")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
        dialog.browse.click()
        assert dialog.place.text() == str(tmp_path / "mine.sspc")
        typed(dialog.session, "S002")
        assert dialog.place.text() == str(tmp_path / "mine.sspc")

    def test_videos_can_be_chosen_in_a_dialog(self, dialog, video, qtbot, monkeypatch):
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(video)], ""))
        dialog.choose.click()
        seen(dialog, qtbot)
        assert dialog.videos.paths == (video,)

    @pytest.mark.parametrize("text", ["AnnaSchmidt", "12.03.2021"])
    def test_what_looks_like_a_child_is_warned_of_and_still_possible(
        self, dialog, video, qtbot, text
    ):
        dialog.add_videos([video])
        seen(dialog, qtbot)
        typed(dialog.session, text)
        typed(dialog.coder, "c01")
        assert dialog.session.error()
        assert dialog.make.isEnabled()

    def test_closing_while_a_video_is_looked_at_leaves_nothing_running(self, dialog, video):
        dialog.add_videos([video])
        dialog.reject()
        assert dialog.result() == QDialog.DialogCode.Rejected


class TestCreation:
    @pytest.mark.parametrize(
        ("text", "concern"),
        [
            ("S001", IdConcern.NONE),
            ("c01", IdConcern.NONE),
            ("2021-family-7", IdConcern.NONE),
            ("", IdConcern.EMPTY),
            ("  ", IdConcern.EMPTY),
            ("a b", IdConcern.SIGNS),
            ("a/b", IdConcern.SIGNS),
            ("ä1", IdConcern.SIGNS),
            ("x" * 65, IdConcern.SIGNS),
            ("Anna", IdConcern.NAME),
            ("AnnaM", IdConcern.NAME),
            ("Anna_Schmidt", IdConcern.NAME),
            ("S_12.03.2021", IdConcern.DATE),
            ("2021-03-12", IdConcern.DATE),
            ("20210312", IdConcern.DATE),
            ("99999999", IdConcern.NONE),
        ],
    )
    def test_ids_are_looked_at(self, text, concern):
        assert id_concern(text) is concern

    def test_places_are_looked_at(self, tmp_path):
        assert place_concern(tmp_path / "a.sspc") is PlaceConcern.NONE
        assert place_concern(tmp_path / "a.txt") is PlaceConcern.SUFFIX
        assert place_concern(tmp_path / "no" / "a.sspc") is PlaceConcern.NO_FOLDER
        (tmp_path / "b.sspc").write_text("x")
        assert place_concern(tmp_path / "b.sspc") is PlaceConcern.TAKEN

    def test_the_file_is_proposed_beside_the_video(self, video):
        assert proposed_place(video, "S1", "c1") == video.with_name("S1.c1.sspc")

    def test_a_video_outside_the_folder_leaves_no_path_in_the_file(self, video, tmp_path):
        folder = tmp_path / "studies"
        folder.mkdir()
        new = self.wanted(video, folder / "S001.c01.sspc")
        with create_session(new) as file:
            assert file.coding.media[0].relative_path == ""

    def test_a_video_below_the_folder_is_found_by_its_way_from_there(self, video, tmp_path):
        below = tmp_path / "videos"
        below.mkdir()
        moved = below / "S001.mp4"
        video.rename(moved)
        with create_session(self.wanted(moved, tmp_path / "S001.c01.sspc")) as file:
            assert file.coding.media[0].relative_path == "videos/S001.mp4"

    def test_a_laboratorys_own_instruments_are_taken_and_kept_in_the_file(self, video, tmp_path):
        scales = tmp_path / "lab/schemas/scales"
        scales.mkdir(parents=True)
        own = next(file for file in infant_scheme().files if file.path.endswith("/pcs.toml"))
        text = own.content.decode().replace('abbreviation = "PCS"', 'abbreviation = "OURS"')
        (scales / "pcs.toml").write_text(text, encoding="utf-8")
        new = self.wanted(video, tmp_path / "S001.c01.sspc")
        with create_session(new, (tmp_path / "lab",)) as file:
            assert "OURS" in {scale.abbreviation for scale in file.scheme.scales}

    def test_an_unusable_video_makes_no_file(self, tmp_path):
        wrong = tmp_path / "notes.mp4"
        wrong.write_text("x")
        with pytest.raises(MediaError, match=r"notes\.mp4"):
            create_session(self.wanted(wrong, tmp_path / "S001.c01.sspc"))
        assert not (tmp_path / "S001.c01.sspc").exists()

    def test_an_existing_file_is_never_replaced(self, video):
        place = video.with_name("S001.c01.sspc")
        place.write_text("mine")
        with pytest.raises(StorageError):
            create_session(self.wanted(video, place))
        assert place.read_text() == "mine"

    def test_looking_at_a_video_can_be_called_off(self, video):
        with pytest.raises(Abandoned):
            look_at_video(video, lambda _share: None, lambda: True)

    def test_a_video_is_described_in_words_a_psychologist_knows(self, video, clip_factory):
        even = look_at_video(video, lambda _share: None, lambda: False)
        assert "30 frames a second" in facts_words(even.facts)
        uneven = look_at_video(clip_factory("vfr").path, lambda _share: None, lambda: False)
        assert uneven.facts.warnings
        assert all(warning_words(warning) for warning in uneven.facts.warnings)
        assert facts_words(uneven.facts) != facts_words(even.facts)

    @staticmethod
    def wanted(video, place):
        return NewSession(
            videos=(video,),
            scheme="infant",
            session="S001",
            coder="c01",
            role=CodingRole.INDEPENDENT,
            place=place,
        )


class TestImport:
    @pytest.fixture
    def source(self, tmp_path):
        value = after(
            coding(), add("distress.cry", 10, end=20), add("seeking.reach", 12, comment="both")
        )
        return timeline_file(tmp_path, value)

    def shown(self, theme, session, path, qtbot):
        dialog = ImportEventsDialog(theme, session, path)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.preview is not None, timeout=10_000)
        return dialog

    def test_what_would_come_in_is_shown_first(self, theme, source, qtbot):
        session = session_of()
        dialog = self.shown(theme, session, source, qtbot)
        assert "2 events" in dialog._heading.text()
        assert dialog.table.rowCount() == 2
        assert session.coding.events == ()
        dialog.act.click()
        assert [event.code for event in session.coding.events] == [
            "distress.cry",
            "seeking.reach",
        ]
        assert session.coding.events[1].comment == "both"

    def test_one_undo_takes_the_whole_import_back(self, theme, source, qtbot):
        session = session_of()
        dialog = self.shown(theme, session, source, qtbot)
        dialog.act.click()
        assert len(session.coding.events) == 2
        session.undo()
        assert session.coding.events == ()

    def test_cancel_changes_nothing(self, theme, source, qtbot):
        session = session_of()
        dialog = self.shown(theme, session, source, qtbot)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert session.coding.events == ()

    @pytest.mark.parametrize(
        ("old", "new", "word"),
        [
            ("reach", "wave", "wave"),
            ("20.000000", "9.000000", "stop"),
            ("12.000000", "soon", "soon"),
        ],
    )
    def test_every_fault_is_listed_with_its_line_and_nothing_is_imported(
        self, theme, source, qtbot, old, new, word
    ):
        source.write_text(source.read_text().replace(old, new))
        session = session_of()
        dialog = self.shown(theme, session, source, qtbot)
        lines = " ".join(
            dialog.table.item(row, column).text()
            for row in range(dialog.table.rowCount())
            for column in range(2)
        )
        assert word in lines
        assert "line" in lines
        assert not dialog.act.isEnabled()
        assert session.coding.events == ()

    def test_a_file_without_the_columns_is_refused_in_words(self, theme, tmp_path, qtbot):
        path = tmp_path / "other.csv"
        path.write_text("a,b\n1,2\n")
        dialog = self.shown(theme, session_of(), path, qtbot)
        assert dialog.table.rowCount() >= 1
        assert not dialog.act.isEnabled()

    def test_a_locked_coding_shows_the_file_and_takes_nothing(self, theme, source, qtbot):
        session = session_of(after(coding(), LockCoding()))
        dialog = self.shown(theme, session, source, qtbot)
        assert not dialog.act.isEnabled()

    def test_counts_are_those_of_the_file(self, source):
        preview = preview_import(coding(), infant_scheme(), source)
        assert dict(preview.counts) == {"distress.cry": 1, "seeking.reach": 1}
        assert preview.faults == ()


class TestReason:
    @pytest.fixture
    def asking(self, theme, qtbot):
        dialog = ReasonDialog(theme, Asking(title="Unlock", words="Why?", act="Unlock"))
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    def test_it_goes_on_with_a_reason_only(self, asking):
        assert not asking.act.isEnabled()
        asking.accept()
        assert asking.isVisible()
        typed(asking.field, "   ")
        assert not asking.act.isEnabled()
        typed(asking.field, "  wrong video ")
        asking.act.click()
        assert asking.result() == QDialog.DialogCode.Accepted
        assert asking.reason() == "wrong video"

    def test_escape_leaves_it(self, asking):
        typed(asking.field, "x")
        QTest.keyClick(asking, Qt.Key.Key_Escape)
        assert asking.result() == QDialog.DialogCode.Rejected
