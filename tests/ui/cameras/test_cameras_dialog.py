"""The cameras of a session: shown, added, found, taken off, placed; every edit undoable."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QLineEdit

from ssp_coder.domain.coding import OffsetSource
from ssp_coder.editing.edits import AttachMedia, LockCoding, PlaceCamera
from ssp_coder.media.errors import MediaError
from ssp_coder.ui.cameras import reading
from ssp_coder.ui.kit.chip import TagKind
from tests.builders import s

TWO = ("front.mkv", "side.mkv")
THREE = (*TWO, "door.mkv")
ALL = (*THREE, "other.mkv")


def placed(offset, camera=1):
    return PlaceCamera(camera=camera, offset_us=s(offset), source=OffsetSource.TYPED)


def names(table):
    return [media.name for media in table.media]


def type_offset(table, text):
    table.panel.typed.field.set_text(text)
    table.panel.typed.field.edit.textEdited.emit(text)


# ------------------------------------------------------------------------------ what is shown


def test_every_camera_has_its_row(ready):
    table = ready(*THREE, edits=(placed(3.2),))
    assert [card.name.text() for card in table.cards] == [
        "1  front.mkv",
        "2  side.mkv",
        "3  door.mkv",
    ]
    assert [card.begins.text() for card in table.cards] == [
        "Sets the session's time",
        "Begins at +0:00:03.200, typed",
        "Begins at 0:00:00.000, assumed, not set yet",
    ]
    assert all(card.tag.text() == "found" for card in table.cards)
    assert table.cards[0].facts.text() == "0:30.0 long, 10 frames a second, evenly, with sound"


def test_the_first_camera_that_nobody_placed_comes_first(ready):
    table = ready(*THREE, edits=(placed(3.2),))
    assert table.panel.title.text() == "Camera 3, door.mkv"


def test_the_first_camera_says_that_it_sets_the_time(ready):
    table = ready(*TWO)
    table.cards[0].chosen.emit()
    assert table.panel is None
    assert table.dialog.side.words.accessibleName() == "Camera 1 sets the session's time"


def test_one_camera_alone_asks_for_more(ready):
    table = ready("front.mkv")
    assert table.dialog.side.words.accessibleName() == "One camera"
    assert not table.cards[0].remove_button.isVisible()


def test_a_coding_without_videos_asks_for_one(lay):
    assert lay().dialog.side.words.accessibleName() == "No camera"


def test_arrow_keys_go_from_camera_to_camera(ready, qtbot):
    table = ready(*THREE)
    table.cards[0].setFocus()
    QTest.keyClick(table.cards[0], Qt.Key.Key_Down)
    QTest.keyClick(table.cards[1], Qt.Key.Key_Down)
    assert table.panel.title.text() == "Camera 3, door.mkv"
    QTest.keyClick(table.cards[2], Qt.Key.Key_Down)
    QTest.keyClick(table.cards[2], Qt.Key.Key_Up)
    assert table.panel.title.text() == "Camera 2, side.mkv"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_chooses_the_camera_in_focus(ready, key):
    table = ready(*THREE)
    QTest.keyClick(table.cards[2], key)
    assert table.panel.title.text() == "Camera 3, door.mkv"


def test_everything_that_can_be_used_has_a_name(ready):
    table = ready(*THREE)
    kinds = (QAbstractButton, QAbstractSlider, QLineEdit)
    nameless = [
        widget
        for kind in kinds
        for widget in table.dialog.findChildren(kind)
        if widget.isVisible() and not widget.accessibleName() and widget.focusPolicy()
    ]
    assert nameless == []
    assert table.cards[1].accessibleName() == "Camera 2, side.mkv"
    assert "found, Begins at 0:00:00.000" in table.cards[1].accessibleDescription()


# ------------------------------------------------------------------------------ placing


def test_nothing_changes_before_it_is_applied(ready):
    table = ready(*TWO)
    type_offset(table, "3.2")
    assert table.media[1].offset_us == 0
    assert table.cards[1].begins.text().startswith("Begins at 0:00:00.000")


def test_an_applied_offset_is_in_the_coding_and_can_be_undone(ready):
    table = ready(*TWO)
    type_offset(table, "-3.2")
    table.panel.apply.click()
    assert (table.media[1].offset_us, table.media[1].offset_source) == (
        s(-3.2),
        OffsetSource.TYPED,
    )
    assert table.cards[1].begins.text() == "Begins at \N{MINUS SIGN}0:00:03.200, typed"
    assert not table.panel.apply.isEnabled()
    table.dialog.undo.click()
    assert table.media[1].offset_source is OffsetSource.ASSUMED
    assert not table.dialog.undo.isEnabled()
    assert table.panel.typed.field.text() == "0:00:00.000"


def test_the_camera_that_is_chosen_is_placed(ready):
    table = ready(*THREE)
    table.dialog.choose(2)
    type_offset(table, "5")
    table.panel.apply.click()
    assert [media.offset_us for media in table.media] == [0, 0, s(5)]


def test_a_place_that_the_coding_refuses_stays_proposed(ready):
    table = ready(*TWO)
    type_offset(table, "60")
    table.panel.apply.click()
    assert "never together with camera 1" in table.dialog.said.text()
    assert table.media[1].offset_us == 0
    assert table.panel.apply.isEnabled()
    assert table.panel.typed.field.text() == "60"
    assert not table.dialog.undo.isEnabled()


def test_findings_wait_while_another_camera_is_looked_at(ready):
    table = ready(*THREE)
    type_offset(table, "3.2")
    table.dialog.choose(2)
    table.dialog.choose(1)
    assert table.panel.apply.isEnabled()
    assert table.panel.draft.offset_us == s(3.2)


def test_the_list_warns_of_drift_that_was_found(ready):
    table = ready(*TWO)
    table.panel.draft.add_seen(s(1), s(0))
    table.panel.draft.add_seen(s(29), s(27.5))
    table.panel.found_out.emit()
    assert table.cards[1].warning.text() == ("By what was seen: drifts 0.52 s (5 frames) over 0:29")
    table.panel.discard.click()
    assert "drifts" in table.cards[1].warning.text()


def test_a_place_within_a_frame_is_no_warning(ready):
    table = ready(*TWO)
    table.panel.draft.add_seen(s(1), s(0))
    table.panel.found_out.emit()
    assert not table.cards[1].warning.isVisible()
    table.panel.apply.click()
    assert not table.cards[1].warning.isVisible()


# ------------------------------------------------------------------------------ closing


def test_closing_says_first_what_is_not_applied(ready):
    table = ready(*TWO)
    type_offset(table, "3.2")
    table.dialog.reject()
    assert table.dialog.isVisible()
    assert table.dialog.said.text() == (
        "Proposed and not applied: side.mkv. Close again to leave it."
    )
    table.dialog.reject()
    assert not table.dialog.isVisible()
    assert table.media[1].offset_us == 0


def test_after_a_new_finding_closing_asks_again(ready):
    table = ready(*TWO)
    type_offset(table, "3.2")
    table.dialog.reject()
    type_offset(table, "3.3")
    table.dialog.reject()
    assert table.dialog.isVisible()


def test_with_all_applied_it_closes_at_once(ready, qtbot):
    table = ready(*TWO)
    type_offset(table, "3.2")
    table.panel.apply.click()
    table.dialog.close_button.click()
    assert not table.dialog.isVisible()


def test_a_locked_coding_closes_at_once(ready):
    table = ready(*TWO, edits=(LockCoding(),))
    table.panel.draft.propose(s(3.2), OffsetSource.TYPED)
    table.dialog.reject()
    assert not table.dialog.isVisible()


def test_escape_closes(ready):
    table = ready(*TWO)
    QTest.keyClick(table.dialog, Qt.Key.Key_Escape)
    assert not table.dialog.isVisible()


# ------------------------------------------------------------------------------ adding


def test_a_camera_is_added_after_it_was_read(ready, qtbot, recordings):
    table = ready(*TWO)
    shutil.copy(recordings / "door.mkv", table.folder / "door.mkv")
    table.dialog.add_files((table.folder / "door.mkv",))
    assert len(table.dialog.list.adding) == 1
    qtbot.waitUntil(lambda: len(table.media) == 3, timeout=10_000)
    assert table.media[2].relative_path == "door.mkv"
    assert table.media[2].frame_count == 300
    assert table.dialog.list.adding == []
    assert table.panel.title.text() == "Camera 3, door.mkv"
    assert table.cards[2].tag.text() == "found"


def test_adding_is_one_step_that_can_be_undone(ready, qtbot, recordings):
    table = ready(*TWO)
    table.dialog.add_files((recordings / "door.mkv",))
    qtbot.waitUntil(lambda: len(table.media) == 3, timeout=10_000)
    table.dialog.undo.click()
    assert names(table) == list(TWO)
    assert len(table.cards) == 2
    assert table.panel.title.text() == "Camera 2, side.mkv"


def test_a_camera_from_elsewhere_is_remembered_on_this_computer(ready, qtbot, recordings):
    table = ready(*TWO)
    table.dialog.add_files((recordings / "door.mkv",))
    qtbot.waitUntil(lambda: len(table.media) == 3, timeout=10_000)
    assert table.media[2].relative_path == ""
    assert table.remembered[table.media[2].fingerprint] == recordings / "door.mkv"
    assert table.cards[2].tag.text() == "found"


def test_the_button_asks_for_files(ready, qtbot, recordings, chosen_files):
    table = ready(*TWO)
    chosen_files(recordings / "door.mkv", recordings / "other.mkv")
    table.dialog.list.add.click()
    qtbot.waitUntil(lambda: len(table.media) == 4, timeout=10_000)
    assert sorted(names(table)) == sorted(ALL)


def test_cancelling_the_question_adds_nothing(ready, chosen_files):
    table = ready(*TWO)
    chosen_files()
    table.dialog.list.add.click()
    assert table.dialog.list.adding == []


def test_a_copy_of_a_camera_is_refused(ready):
    table = ready(*TWO)
    copy = shutil.copy(table.folder / "side.mkv", table.folder / "copy.mkv")
    table.dialog.add_files((table.folder / "copy.mkv",))
    assert table.dialog.said.text() == "copy.mkv is the recording of camera 2 already."
    assert table.dialog.list.adding == []
    assert copy


def test_a_file_that_is_being_read_is_not_read_twice(ready, recordings):
    table = ready(*TWO)
    table.dialog.add_files((recordings / "door.mkv", recordings / "door.mkv"))
    assert table.dialog.said.text() == "door.mkv is being read already."
    assert len(table.dialog.list.adding) == 1


def test_there_is_no_fifth_camera(ready, recordings, clip_factory):
    table = ready(*ALL)
    assert not table.dialog.list.add.isEnabled()
    assert table.dialog.list.add.toolTip() == "A session has 4 cameras at most"
    table.dialog.add_files((clip_factory("h264").path,))
    assert "4 cameras at most; h264.mp4 was left out" in table.dialog.said.text()


def test_files_that_are_being_read_count(ready, recordings, clip_factory):
    table = ready(*THREE)
    table.dialog.add_files((recordings / "other.mkv", clip_factory("h264").path))
    assert "h264.mp4 was left out" in table.dialog.said.text()


@pytest.mark.parametrize(("content", "sentence"), [(b"", "is empty"), (b"notes\n", "text file")])
def test_a_file_that_is_no_video_says_so_and_can_be_dismissed(ready, qtbot, content, sentence):
    table = ready(*TWO)
    file = table.folder / "notes.mp4"
    file.write_bytes(content)
    table.dialog.add_files((file,))
    card = table.dialog.list.adding[0]
    qtbot.waitUntil(card.problem.isVisible, timeout=10_000)
    assert sentence in card.problem.text()
    assert names(table) == list(TWO)
    assert table.dialog.list.add.isEnabled()
    card.stop.click()
    assert table.dialog.list.adding == []


def test_a_file_that_was_no_video_can_be_added_once_it_is_one(ready, qtbot, recordings):
    table = ready(*TWO)
    file = table.folder / "door.mkv"
    file.write_bytes(b"")
    table.dialog.add_files((file,))
    card = table.dialog.list.adding[0]
    qtbot.waitUntil(card.problem.isVisible, timeout=10_000)
    shutil.copy(recordings / "door.mkv", file)
    table.dialog.add_files((file,))
    qtbot.waitUntil(lambda: len(table.media) == 3, timeout=10_000)
    assert table.dialog.list.adding == []


@pytest.fixture
def endless(monkeypatch):
    """Reading a video goes on until it is stopped; says how often that was."""
    stopped = []

    def read(_path, _cache, progress, cancelled):
        progress(0.5)
        while not cancelled():
            pass
        stopped.append(True)
        raise reading.Abandoned

    def begin():
        monkeypatch.setattr(reading, "read_video", read)
        return stopped

    return begin


def test_a_camera_that_is_being_added_can_be_stopped(ready, qtbot, recordings, endless):
    table = ready(*TWO)
    stopped = endless()
    table.dialog.add_files((recordings / "door.mkv",))
    card = table.dialog.list.adding[0]
    qtbot.waitUntil(lambda: card.progress.value() == 50)
    card.stop.click()
    assert stopped == [True]
    assert names(table) == list(TWO)
    assert table.dialog.list.adding == []


def test_closing_stops_everything_that_is_read(lay, recordings, endless):
    stopped = endless()
    table = lay(*TWO)
    table.dialog.add_files((recordings / "door.mkv",))
    table.dialog.reject()
    assert len(stopped) == 3
    assert names(table) == list(TWO)


def test_while_videos_are_read_typing_works_and_the_rest_says_why(lay, qtbot, endless):
    endless()
    table = lay(*TWO)
    assert table.panel.ways.chosen() == "typed"
    qtbot.waitUntil(lambda: table.cards[0].progress.value() == 50)
    assert table.cards[0].progress.isVisible()
    table.panel.ways.part("sound").click()
    assert table.panel._stack.currentWidget().accessibleDescription() == (
        "The videos are being read."
    )


# ------------------------------------------------------------------------------ taking off


def test_a_camera_is_taken_off_and_comes_back_with_its_place(ready):
    table = ready(*THREE, edits=(placed(3.2),))
    table.dialog.choose(1)
    table.cards[1].remove_button.click()
    assert names(table) == ["front.mkv", "door.mkv"]
    assert table.dialog.said.text() == "side.mkv is no longer a camera of this session."
    assert table.panel.title.text() == "Camera 2, door.mkv"
    table.dialog.undo.click()
    assert names(table) == list(THREE)
    assert table.media[1].offset_us == s(3.2)


def test_the_delete_key_takes_a_camera_off(ready):
    table = ready(*THREE)
    QTest.keyClick(table.cards[2], Qt.Key.Key_Delete)
    assert names(table) == list(TWO)


def test_the_first_camera_cannot_be_taken_off(ready):
    table = ready(*TWO)
    assert not table.cards[0].remove_button.isVisible()
    QTest.keyClick(table.cards[0], Qt.Key.Key_Delete)
    assert names(table) == list(TWO)


# ------------------------------------------------------------------------------ finding


def test_a_camera_that_is_not_there_says_so_and_offers_to_find_it(ready):
    table = ready(*TWO, without=("side.mkv",))
    card = table.cards[1]
    assert (card.tag.text(), card.tag.kind()) == ("not found", TagKind.ERR)
    assert card.find_button.isVisible()
    assert not table.cards[0].find_button.isVisible()
    table.panel.ways.part("same_moment").click()
    words = table.panel._stack.currentWidget().accessibleDescription()
    assert words == "side.mkv is not found. Find it at the left."


def test_a_camera_is_found_elsewhere_on_this_computer(ready, qtbot, recordings, chosen_files):
    table = ready(*TWO, without=("side.mkv",))
    before = table.media
    chosen_files(recordings / "side.mkv")
    with qtbot.waitSignal(table.dialog.video_found):
        table.cards[1].find_button.click()
    assert table.remembered == {table.media[1].fingerprint: recordings / "side.mkv"}
    assert table.media == before
    qtbot.waitUntil(lambda: table.panel.same is not None, timeout=10_000)
    assert table.cards[1].tag.text() == "found"


def test_a_camera_found_below_the_coding_is_noted_in_it(ready, recordings, chosen_files):
    table = ready(*TWO, without=("side.mkv",))
    (table.folder / "videos").mkdir()
    there = shutil.copy(recordings / "side.mkv", table.folder / "videos" / "left.mkv")
    chosen_files(there)
    table.cards[1].find_button.click()
    assert (table.media[1].name, table.media[1].relative_path) == (
        "left.mkv",
        "videos/left.mkv",
    )
    assert table.cards[1].name.text() == "2  left.mkv"


def test_another_recording_is_not_taken_for_a_camera(ready, qtbot, recordings, chosen_files):
    table = ready(*TWO, without=("side.mkv",))
    chosen_files(recordings / "other.mkv")
    with qtbot.assertNotEmitted(table.dialog.video_found):
        table.cards[1].find_button.click()
    assert "other.mkv is not the recording that was attached as side.mkv" in (
        table.dialog.said.text()
    )
    assert table.remembered == {}
    assert table.cards[1].tag.text() == "not found"


def test_the_first_camera_is_not_told_to_be_taken_off(ready, recordings, chosen_files):
    table = ready(*TWO, without=("front.mkv",))
    chosen_files(recordings / "other.mkv")
    table.cards[0].find_button.click()
    words = table.dialog.said.text()
    assert "other.mkv is not the recording that was attached as front.mkv" in words
    assert "Take the camera off" not in words


def test_what_is_proposed_outlives_that_the_first_camera_is_found(ready, recordings, chosen_files):
    table = ready(*TWO, without=("front.mkv",))
    type_offset(table, "3.2")
    (table.folder / "videos").mkdir()
    chosen_files(shutil.copy(recordings / "front.mkv", table.folder / "videos" / "first.mkv"))
    table.cards[0].find_button.click()
    assert table.media[0].name == "first.mkv"
    assert table.panel.draft.proposal.offset_us == s(3.2)
    assert table.panel.draft.first == table.media[0]


def test_a_video_that_goes_while_it_is_read_can_be_found_again(
    lay, qtbot, monkeypatch, recordings, chosen_files
):
    read = reading.read_video

    def vanish(path, *how):
        if path.name == "side.mkv" and path.parent != recordings:
            path.unlink()
        return read(path, *how)

    monkeypatch.setattr(reading, "read_video", vanish)
    table = lay(*TWO)
    qtbot.waitUntil(table.cards[1].find_button.isVisible, timeout=10_000)
    assert table.cards[1].tag.text() == "not found"
    chosen_files(recordings / "side.mkv")
    table.cards[1].find_button.click()
    qtbot.waitUntil(lambda: "frames a second" in table.cards[1].facts.text(), timeout=10_000)
    assert table.cards[1].problem.text() == ""


def test_another_file_under_the_same_name_is_told_apart(ready, recordings):
    table = ready(*TWO, without=("side.mkv",))
    shutil.copy(recordings / "other.mkv", table.folder / "side.mkv")
    table.dialog._library.look_again(table.media[1])
    table.dialog._refresh()
    assert (table.cards[1].tag.text(), table.cards[1].tag.kind()) == (
        "another file",
        TagKind.WARN,
    )
    table.panel.ways.part("sound").click()
    words = table.panel._stack.currentWidget().accessibleDescription()
    assert words == "side.mkv is there, and is another recording. Find the right one."


def test_a_long_file_name_goes_on_in_the_next_line(ready, qtbot):
    table = ready(*TWO)
    long = "S001_a_laboratory_that_names_its_recordings_at_length_side.mkv"
    table.session.submit(AttachMedia(media=(table.media[0], replace(table.media[1], name=long))))
    name = table.cards[1].name
    assert name.text().replace("\N{ZERO WIDTH SPACE}", "").endswith(long)
    assert table.cards[1].toolTip() == long
    line = name.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: name.height() >= 3 * line, timeout=2_000)


def test_a_camera_that_cannot_be_read_says_why(lay, qtbot, monkeypatch):
    def read(path, _cache, _progress, _cancelled):
        raise MediaError("media.damaged", path, "cannot be read", "copy it again")

    monkeypatch.setattr(reading, "read_video", read)
    table = lay(*TWO)
    qtbot.waitUntil(table.cards[1].problem.isVisible)
    assert "side.mkv" in table.cards[1].problem.text()
    assert "cannot be read" in table.cards[1].problem.text()
    qtbot.waitUntil(table.cards[0].problem.isVisible)
    table.panel.ways.part("sound").click()
    assert "front.mkv" in table.panel._stack.currentWidget().accessibleDescription()


def test_a_missing_first_camera_leaves_typing(ready):
    table = ready(*TWO, without=("front.mkv",))
    assert table.panel.ways.chosen() == "typed"
    table.panel.ways.part("sound").click()
    words = table.panel._stack.currentWidget().accessibleDescription()
    assert words == "front.mkv is not found. Find it at the left."


# ------------------------------------------------------------------------------ locked


def check_untouchable(table, words):
    assert words in table.dialog.notice.text()
    assert table.dialog.notice.isVisible()
    assert not table.dialog.list.add.isEnabled()
    assert words in table.dialog.list.add.toolTip()
    for card in table.cards:
        assert not card.remove_button.isEnabled()
    assert not table.panel.apply.isEnabled()
    QTest.keyClick(table.cards[1], Qt.Key.Key_Delete)
    assert names(table) == list(TWO)


def test_a_locked_coding_shows_its_cameras_and_changes_nothing(ready):
    table = ready(*TWO, edits=(placed(3.2), LockCoding()))
    check_untouchable(table, "This coding is locked")
    assert table.cards[1].begins.text() == "Begins at +0:00:03.200, typed"


def test_a_coding_open_for_reading_shows_its_cameras_and_changes_nothing(ready):
    table = ready(*TWO, read_only=True)
    check_untouchable(table, "open for reading only")


def test_the_cameras_of_a_locked_coding_can_still_be_found(ready, recordings, chosen_files):
    table = ready(*TWO, without=("side.mkv",), edits=(LockCoding(),))
    chosen_files(recordings / "side.mkv")
    table.cards[1].find_button.click()
    assert table.cards[1].tag.text() == "found"
    assert not table.dialog.said.text()


def test_an_open_coding_has_no_notice(ready):
    assert not ready(*TWO).dialog.notice.isVisible()
