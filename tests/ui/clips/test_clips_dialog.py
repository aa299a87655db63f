"""The export of clips from the choice to what was written."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHeaderView, QLineEdit, QTableWidget

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.clip_batch import WRITERS, Way
from ssp_coder.media.covering import Covering
from ssp_coder.media.errors import MediaError
from ssp_coder.media.indexing import build_index
from ssp_coder.ui.clips.dialog import ClipDialog
from ssp_coder.ui.clips.table import Column
from ssp_coder.ui.clips.what import EVENTS, STRETCH

SHORT = Span(start_us=Micros(60_000_000), end_us=Micros(60_400_000))


def cells(dialog, column):
    table = dialog.table
    return [table.item(row, column).text() for row in range(table.rowCount())]


def shown(dialog):
    return {column for column in Column if not dialog.table.isColumnHidden(column)}


def files(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def failing(monkeypatch, error, at=1):
    """Let the clip of this place in the order fail."""
    real, begun = WRITERS[Way.EXACT], []

    def write(plan, watch):
        begun.append(plan)
        if len(begun) == at:
            raise error(plan)
        return real(plan, watch)

    monkeypatch.setitem(WRITERS, Way.EXACT, write)


@pytest.fixture
def three(open_dialog):
    """Clips of the first three episodes are listed."""
    dialog = open_dialog()
    dialog.what.episodes.none.click()
    for box in list(dialog.what.episodes.boxes.values())[:3]:
        box.click()
    return dialog


class TestList:
    def test_what_is_chosen_is_listed_with_its_sum(self, three):
        assert three.table.rowCount() == 3
        assert cells(three, Column.START)[0] == "0:02.000"
        assert cells(three, Column.LENGTH) == ["0:06.00", "0:14.00", "0:18.00"]
        assert three.list_panel.note().startswith("3 clips  ·  0:38.00 in all  ·  about ")
        assert three.write_button.text() == "Write 3 clips"

    def test_nothing_chosen_leaves_nothing_to_press(self, open_dialog):
        dialog = open_dialog()
        dialog.what.episodes.none.click()
        assert dialog.table.rowCount() == 0
        assert not dialog.write_button.isEnabled()
        assert dialog.write_button.text() == "Write"
        dialog.write()
        assert dialog.close_button.text() == "Close"

    def test_a_clip_is_left_out_by_its_box_and_stays_out(self, three):
        three.table.item(1, Column.NAME).setCheckState(Qt.CheckState.Unchecked)
        assert three.write_button.text() == "Write 2 clips"
        three.how.timecode.click()
        assert three.table.item(1, Column.NAME).checkState() is Qt.CheckState.Unchecked
        assert len(three.table.chosen()) == 2

    def test_a_copy_tells_its_real_start_before_anything_is_written(self, open_dialog):
        loop = Span(start_us=Micros(60_120_000), end_us=Micros(61_000_000))
        dialog = open_dialog(loop=loop)
        assert Column.REALLY not in shown(dialog)
        dialog.how.choose(Way.COPY)
        (clip,) = dialog.table.chosen()
        assert Column.REALLY in shown(dialog)
        key = loop.start_us - clip.early_us
        assert clip.early_us > 0
        (words,) = cells(dialog, Column.REALLY)
        assert words == f"1:00.{key % 1_000_000 // 1000:03d} ({clip.early_us / 1e6:.3f})"
        assert files(dialog.target.folder) == []

    def test_names_follow_the_pattern_as_it_is_typed(self, three, qtbot):
        three.where.pattern.edit.selectAll()
        qtbot.keyClicks(three.where.pattern.edit, "{number} {what}")
        assert cells(three, Column.NAME)[0] == "1 EP1.mp4"
        three.how.choose(Way.PICTURE)
        assert cells(three, Column.NAME)[0] == "1 EP1.png"

    def test_a_wrong_pattern_empties_the_list_and_says_why(self, three, qtbot):
        three.where.pattern.edit.selectAll()
        qtbot.keyClicks(three.where.pattern.edit, "{child}")
        assert three.table.rowCount() == 0
        assert not three.write_button.isEnabled()
        assert three.where.pattern.error()

    def test_a_stretch_outside_the_recording_cannot_be_ticked(self, open_dialog):
        dialog = open_dialog(loop=Span(start_us=Micros(900_000_000), end_us=Micros(901_000_000)))
        assert Column.STATE in shown(dialog)
        assert "has nothing from 900" in cells(dialog, Column.STATE)[0]
        assert not dialog.write_button.isEnabled()

    def test_events_without_an_end_are_told_under_the_list(self, open_dialog, material):
        coded = material().coded
        first = replace(coded.coding.events[0], end_us=None)
        coding = replace(coded.coding, events=(first, *coded.coding.events[1:]))
        dialog = open_dialog(coded=replace(coded, coding=coding))
        dialog.what.choose(EVENTS)
        assert "no end yet" in dialog.note.text()

    def test_pictures_are_counted_as_pictures_without_length(self, three):
        three.how.choose(Way.PICTURE)
        assert three.write_button.text() == "Write 3 pictures"
        assert Column.LENGTH not in shown(three)
        assert "in all" not in three.list_panel.note()

    def test_the_time_of_a_second_camera_is_that_of_the_session(self, open_dialog, recording):
        second = replace(recording, camera=2, offset_us=Micros(5_000_000))
        dialog = open_dialog(recordings=(recording, second), loop=SHORT)
        dialog.how.camera.setCurrentIndex(1)
        (clip,) = dialog.table.chosen()
        assert cells(dialog, Column.START) == ["1:00.000"]
        assert clip.plan.frames()[0] == 55 * 25

    def test_a_disk_that_is_too_small_is_told_beforehand(self, three, monkeypatch):
        assert three.note.text() == ""
        monkeypatch.setattr("ssp_coder.ui.clips.dialog.free_bytes", lambda _folder: 1_000)
        three.show_list()
        assert "1.0 kB are free in that folder" in three.note.text()
        assert three.write_button.isEnabled()

    def test_no_column_measures_the_whole_list_at_each_change(self, three):
        header = three.table.horizontalHeader()
        modes = {header.sectionResizeMode(column) for column in Column}
        assert QHeaderView.ResizeMode.ResizeToContents not in modes


class TestWriting:
    def test_clips_are_written_and_told_to_the_frame(self, three, written):
        done = written(three)
        assert done.written == 3
        assert files(three.target.folder) == [
            "DEMO-EP1-00-00-02-000.mp4",
            "DEMO-EP2-00-00-08-000.mp4",
            "DEMO-EP3-00-00-22-000.mp4",
            "DEMO-clips.csv",
        ]
        assert cells(three, Column.FRAMES) == ["50 – 199", "200 – 549", "550 – 999"]
        assert cells(three, Column.STATE) == ["written"] * 3
        assert three.outcome.text().startswith("3 clips written to ")
        assert three.outcome.text().endswith("with DEMO-clips.csv")
        assert three.trouble.text() == ""
        made = build_index(three.target.folder / "DEMO-EP1-00-00-02-000.mp4")
        assert made.count == 150

    def test_the_list_beside_the_clips_tells_the_same(self, three, written):
        place = written(three).list_place
        rows = list(csv.DictReader(place.read_text().splitlines()))
        assert [row["first_frame"] for row in rows] == ["50", "200", "550"]
        assert {row["made"] for row in rows} == {"exact"}

    def test_a_picture_is_written_at_the_start_of_an_event(self, open_dialog, written, material):
        event = material().coded.coding.events[20]
        dialog = open_dialog(selected=(event.id,))
        dialog.how.choose(Way.PICTURE)
        written(dialog)
        (name,) = [name for name in files(dialog.target.folder) if name.endswith(".png")]
        assert event.code.replace(".", "-") in name
        assert cells(dialog, Column.FRAMES) == [str(event.start_us * 25 // 1_000_000)]
        assert dialog.outcome.text().startswith("1 picture written")

    def test_what_is_chosen_cannot_be_changed_meanwhile(self, three, written):
        three.write()
        assert not three.what.isEnabled()
        assert not three.how.isEnabled()
        assert not three.where.isEnabled()
        assert three.close_button.text() == "Stop"
        written.wait(three)

    def test_what_was_said_of_the_choice_is_not_said_of_the_result(
        self, three, written, monkeypatch
    ):
        monkeypatch.setattr("ssp_coder.ui.clips.dialog.free_bytes", lambda _folder: 1_000)
        three.show_list()
        written(three)
        assert three.note.text() == ""

    def test_progress_is_told_for_each_clip_and_in_all(self, three, written):
        told = []
        three.progress.valueChanged.connect(told.append)
        written(three)
        assert told == sorted(told)
        assert told[-1] == three.progress.maximum()
        assert three.progress.format() == "3 of 3"
        assert three.progress.isHidden()

    def test_the_row_being_written_shows_its_share(self, three):
        three.table.show_writing(("a.mp4", "b.mp4", "c.mp4"))
        three.table.show_progress(1.42)
        assert cells(three, Column.STATE) == ["done", "42 %", "waiting"]
        three.table.show_progress(3.0)
        assert cells(three, Column.STATE) == ["done"] * 3

    def test_others_are_written_after_the_first(self, three, written):
        written(three)
        three.again_button.click()
        assert three.what.isEnabled()
        assert three.outcome.text() == ""
        three.what.choose(STRETCH)
        assert written(three).list_place.name == "DEMO-clips-2.csv"

    def test_the_folder_is_opened(self, three, written, monkeypatch):
        opened = []
        monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
        written(three)
        three.open_button.click()
        assert opened == [QUrl.fromLocalFile(str(three.target.folder))]


class TestStopping:
    @pytest.fixture
    def slow(self, three, monkeypatch, qtbot):
        """The second clip lasts until the work is stopped."""
        real = WRITERS[Way.EXACT]

        def write(plan, watch):
            while "EP2" in plan.place.name:
                watch.report(0.5)
            return real(plan, watch)

        monkeypatch.setitem(WRITERS, Way.EXACT, write)
        three.write()
        qtbot.waitUntil(lambda: three.progress.value() >= 1_400, timeout=10_000)
        return three

    def test_stop_keeps_what_was_written_and_nothing_half(self, slow, written):
        slow.close_button.click()
        written.wait(slow)
        assert files(slow.target.folder) == ["DEMO-EP1-00-00-02-000.mp4", "DEMO-clips.csv"]
        assert cells(slow, Column.STATE) == ["written", "not written", "not written"]
        assert "Stopped" in slow.trouble.text()
        assert slow.outcome.text().startswith("1 clip written")

    def test_escape_stops_before_it_closes(self, slow, written, qtbot):
        qtbot.keyClick(slow, Qt.Key.Key_Escape)
        assert slow.isVisible()
        written.wait(slow)
        qtbot.keyClick(slow, Qt.Key.Key_Escape)
        assert not slow.isVisible()

    def test_an_end_from_outside_leaves_nothing_half_written(self, slow):
        slow.done(0)
        assert files(slow.target.folder)[0] == "DEMO-EP1-00-00-02-000.mp4"
        assert not any("EP2" in name or "unfinished" in name for name in files(slow.target.folder))


class TestTrouble:
    def test_a_full_disk_names_file_and_remedy_and_keeps_what_was_written(
        self, three, written, monkeypatch
    ):
        def full(plan):
            return MediaError(
                "media.unwritable", plan.place, "cannot be written (No space left)", "make room"
            )

        failing(monkeypatch, full, at=2)
        written(three)
        assert "DEMO-EP2-00-00-08-000.mp4 cannot be written (No space left)" in three.trouble.text()
        assert "make room" in three.trouble.text()
        assert cells(three, Column.STATE)[1].startswith("cannot be written (No space left)")
        assert cells(three, Column.STATE)[2] == "not written"
        assert three.outcome.text().startswith("1 clip written")

    def test_one_clip_that_fails_leaves_the_others(self, three, written, monkeypatch):
        def spoilt(plan):
            return MediaError("media.frame_missing", plan.place, "is damaged", "copy it again")

        failing(monkeypatch, spoilt, at=2)
        assert written(three).written == 2
        assert cells(three, Column.STATE)[0::2] == ["written", "written"]
        assert "is damaged" in cells(three, Column.STATE)[1]
        assert "is damaged" in three.trouble.text()

    def test_several_failures_are_counted(self, three, written, monkeypatch):
        def spoilt(plan, _watch):
            raise MediaError("media.frame_missing", plan.place, "is damaged", "copy it again")

        monkeypatch.setitem(WRITERS, Way.EXACT, spoilt)
        assert written(three).list_place is None
        assert "2 more failed" in three.trouble.text()
        assert three.outcome.text() == ""
        assert files(three.target.folder) == []

    def test_a_folder_that_cannot_be_made_is_named(self, three, written, tmp_path):
        (tmp_path / "note").touch()
        three.where.folder.set_text(str(tmp_path / "note" / "clips"))
        three.show_list()
        written(three)
        assert "clips cannot be made" in three.trouble.text()
        assert "choose another folder" in three.trouble.text()
        three.again_button.click()
        assert three.write_button.isEnabled()

    def test_a_list_that_cannot_be_written_is_told_beside_the_clips(
        self, three, written, monkeypatch
    ):
        def refuse(place, _text):
            raise MediaError("media.unwritable", place, "cannot be written", "make room")

        monkeypatch.setattr("ssp_coder.ui.clips.writing.write_list", refuse)
        written(three)
        assert three.outcome.text().startswith("3 clips written")
        assert "DEMO-clips.csv cannot be written" in three.trouble.text()

    def test_damaged_frames_are_told(self, three, written, monkeypatch):
        real = WRITERS[Way.EXACT]
        monkeypatch.setitem(WRITERS, Way.EXACT, lambda plan, w: replace(real(plan, w), lost=2))
        written(three)
        assert cells(three, Column.STATE)[0] == "written, 2 damaged frames left out"


class TestTakenNames:
    @pytest.fixture
    def asked(self, three):
        """The name of the first clip is taken, and the dialog asks about it."""
        folder = three.target.folder
        folder.mkdir()
        (folder / "DEMO-EP1-00-00-02-000.mp4").write_text("mine")
        three.write()
        return three

    def test_they_are_asked_about_once_in_place(self, asked):
        assert asked.question.isVisible()
        assert asked.question.text() == "There already: DEMO-EP1-00-00-02-000.mp4"
        assert asked.question.number.hasFocus()
        assert not asked.write_button.isVisible()
        assert not asked.what.isEnabled()
        flags = asked.table.item(0, Column.NAME).flags()
        assert not flags & Qt.ItemFlag.ItemIsUserCheckable

    def test_many_are_named_and_counted(self, asked):
        asked.question.ask(("a", "b", "c", "d", "e"))
        assert asked.question.text() == "There already: a, b, c and 2 more"

    def test_leaving_them_out_writes_the_others(self, asked, written):
        asked.question.leave.click()
        written.wait(asked)
        assert asked.written.written == 2
        first = asked.target.folder / "DEMO-EP1-00-00-02-000.mp4"
        assert first.read_text() == "mine"

    def test_numbered_they_lie_beside(self, asked, written):
        asked.question.number.click()
        written.wait(asked)
        assert "DEMO-EP1-00-00-02-000-2.mp4" in files(asked.target.folder)
        assert (asked.target.folder / "DEMO-EP1-00-00-02-000.mp4").read_text() == "mine"

    def test_replaced_they_are_gone(self, asked, written):
        asked.question.overwrite.click()
        written.wait(asked)
        first = asked.target.folder / "DEMO-EP1-00-00-02-000.mp4"
        assert build_index(first).count == 150

    def test_back_changes_nothing(self, asked):
        asked.question.back.click()
        assert asked.what.isEnabled()
        assert asked.write_button.isVisible()
        assert files(asked.target.folder) == ["DEMO-EP1-00-00-02-000.mp4"]
        assert asked.table.item(0, Column.NAME).flags() & Qt.ItemFlag.ItemIsUserCheckable

    def test_leaving_out_all_there_is_writes_nothing(self, open_dialog):
        dialog = open_dialog()
        place = dialog.table.chosen()[0].plan.place
        place.parent.mkdir()
        place.touch()
        dialog.write()
        dialog.question.leave.click()
        assert dialog.written is None
        assert dialog.write_button.isVisible()


class Reviewer:
    """Looks through clips, and gives up at those named."""

    def __init__(self):
        self.gives_up_at = ""
        self.seen = []

    def __call__(self, plan, which, parent):
        assert isinstance(parent, ClipDialog)
        assert files(plan.place.parent) == []
        self.seen.append(which)
        frames = plan.frames()
        given_up = which == self.gives_up_at
        return None if given_up else Covering(first=frames[0], last=frames[-1])


class TestFaces:
    @pytest.fixture
    def reviewer(self):
        return Reviewer()

    @pytest.fixture
    def blurring(self, open_dialog, reviewer):
        """Two clips are listed, and their faces are to be blurred."""
        dialog = open_dialog(review=reviewer)
        next(iter(dialog.what.episodes.boxes.values())).click()
        dialog.how.blur.click()
        return dialog

    def test_without_a_review_faces_cannot_be_blurred(self, open_dialog):
        assert not open_dialog().how.blur.isEnabled()

    def test_every_clip_is_looked_through_before_the_first_is_written(
        self, blurring, reviewer, written
    ):
        done = written(blurring)
        assert reviewer.seen == ["1 of 2", "2 of 2"]
        rows = list(csv.DictReader(Path(done.list_place).read_text().splitlines()))
        assert [row["faces_blurred"] for row in rows] == ["yes", "yes"]

    def test_nothing_is_written_when_the_look_is_given_up(self, blurring, reviewer):
        reviewer.gives_up_at = "1 of 2"
        blurring.write()
        assert blurring.close_button.text() == "Close"
        assert files(blurring.target.folder) == []
        assert blurring.what.isEnabled()
        assert blurring.note.text() == ""

    def test_what_was_looked_through_is_not_asked_for_again(self, blurring, reviewer, written):
        reviewer.gives_up_at = "2 of 2"
        blurring.write()
        assert blurring.note.text() == "1 of 2 looked through for faces"
        reviewer.gives_up_at = ""
        assert written(blurring).written == 2
        assert reviewer.seen == ["1 of 2", "2 of 2", "2 of 2"]

    def test_a_clip_of_other_frames_is_looked_through_anew(self, open_dialog, reviewer, qtbot):
        dialog = open_dialog(review=reviewer, loop=SHORT)
        dialog.how.blur.click()
        for end in ("1:00.4", "1:00.8"):
            dialog.what.stretch.end.set_text(end)
            dialog.show_list()
            dialog._looking.covered([clip.plan for clip in dialog.table.chosen()], dialog)
        assert reviewer.seen == ["1 of 1", "1 of 1"]

    def test_a_clip_that_is_not_blurred_is_not_looked_through(self, open_dialog, reviewer, written):
        assert written(open_dialog(review=reviewer, loop=SHORT)).written == 1
        assert reviewer.seen == []


def test_every_control_has_a_name(open_dialog):
    dialog = open_dialog(review=Reviewer())
    for kind in (QAbstractButton, QComboBox, QLineEdit, QTableWidget):
        for control in dialog.findChildren(kind):
            if control.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert control.accessibleName() or control.text(), control


def test_the_keyboard_begins_at_the_choice(open_dialog, qtbot):
    dialog = open_dialog()
    chosen = dialog.what.kind.part(dialog.what.kind.chosen())
    qtbot.waitUntil(chosen.hasFocus)


def test_enter_in_a_field_presses_no_button(three, qtbot, monkeypatch):
    pressed = []
    for button in three.findChildren(QAbstractButton):
        button.clicked.connect(pressed.append)
    for field in (three.where.pattern.edit, three.what.events.before.edit):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert pressed == []


@pytest.mark.parametrize("column", [Column.NAME, Column.SIZE])
def test_space_turns_the_box_of_the_row(three, qtbot, column):
    three.table.setFocus()
    three.table.setCurrentCell(1, column)
    qtbot.keyClick(three.table, Qt.Key.Key_Space)
    assert three.write_button.text() == "Write 2 clips"
    qtbot.keyClick(three.table, Qt.Key.Key_Space)
    assert three.write_button.text() == "Write 3 clips"


def test_a_click_turns_the_box(three, qtbot):
    table = three.table
    place = table.visualItemRect(table.item(0, Column.NAME))
    left = place.topLeft() + QPoint(10, place.height() // 2)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=left)
    assert three.write_button.text() == "Write 2 clips"


def test_a_row_that_cannot_be_written_is_not_turned(open_dialog, qtbot):
    dialog = open_dialog(loop=Span(start_us=Micros(900_000_000), end_us=Micros(901_000_000)))
    dialog.table.setCurrentCell(0, Column.NAME)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.table.chosen() == ()


def test_no_box_is_turned_while_it_is_asked_or_written(three, qtbot):
    three.table.set_frozen(True)
    three.table.setCurrentCell(0, Column.NAME)
    qtbot.keyClick(three.table, Qt.Key.Key_Space)
    assert len(three.table.chosen()) == 3


@pytest.mark.parametrize("look", ["theme", "dark_theme"])
def test_boxes_are_painted_in_both_looks(request, qtbot, material, look):
    theme = request.getfixturevalue(look)
    dialog = ClipDialog(theme, material())
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.table
    ticked = _colours(table)
    assert theme.tokens.accent.lower() in ticked
    table.item(0, Column.NAME).setCheckState(Qt.CheckState.Unchecked)
    assert theme.tokens.accent.lower() not in _colours(table)


def _colours(table):
    """The colours of the box in the first row."""
    row = table.visualItemRect(table.item(0, Column.NAME))
    picture = table.viewport().grab(QRect(row.left(), row.top(), 26, row.height())).toImage()
    return {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
