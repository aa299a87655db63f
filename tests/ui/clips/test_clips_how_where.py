"""How clips are made, where they go, and how their numbers are said."""

import pytest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.domain.time import Micros
from ssp_coder.media.clip_batch import Way
from ssp_coder.ui.clips.how import HowPanel
from ssp_coder.ui.clips.where import WherePanel
from ssp_coder.ui.clips.words import count_words, size_words, typed_length, typed_time


@pytest.fixture
def how(theme, qtbot, material):
    def make(**more):
        made = HowPanel(theme, material(**more))
        qtbot.addWidget(made)
        made.show()
        return made

    return make


@pytest.fixture
def where(theme, qtbot, material):
    made = WherePanel(theme, material())
    qtbot.addWidget(made)
    made.show()
    return made


class TestHow:
    def test_clips_are_exact_and_plain_unless_told(self, how):
        manner = how().manner()
        assert (manner.way, manner.timecode, manner.captions) == (Way.EXACT, False, ())
        assert manner.sound
        assert not manner.overwrite

    def test_time_codes_and_silence_are_ticked(self, how):
        made = how()
        for box in (made.timecode, made.codes, made.silent):
            box.click()
        manner = made.manner()
        assert manner.timecode
        assert len(manner.captions) > 100
        assert not manner.sound

    def test_a_copy_leaves_the_pictures_as_they_are(self, how):
        made = how()
        for box in (made.timecode, made.codes, made.blur):
            box.click()
        made.choose(Way.COPY)
        assert not any(box.isEnabled() for box in (made.timecode, made.codes, made.blur))
        assert made.timecode.toolTip()
        manner = made.manner()
        assert (manner.way, manner.timecode, manner.captions) == (Way.COPY, False, ())
        assert not made.blurs
        assert made.silent.isEnabled()

    def test_what_was_ticked_is_there_again_after_a_look_at_copies(self, how):
        made = how()
        made.timecode.click()
        made.choose(Way.COPY)
        made.choose(Way.EXACT)
        assert made.manner().timecode
        assert made.timecode.toolTip() == ""

    def test_pictures_have_no_sound_to_leave_out(self, how):
        made = how()
        made.choose(Way.PICTURE)
        assert not made.silent.isEnabled()
        assert made.codes.isEnabled()

    def test_each_way_says_what_it_is(self, how):
        made = how()
        said = set()
        for way in Way:
            made.choose(way)
            said.add(made.about.text())
        assert len(said) == len(Way)

    def test_blur_that_is_refused_stays_off_and_says_why(self, how):
        made = how()
        made.refuse_blur("no film")
        for way in Way:
            made.choose(way)
            assert not made.blur.isEnabled()
            assert made.blur.toolTip() == "no film"

    def test_one_camera_is_not_asked_about(self, how):
        assert not how().camera.isVisible()

    def test_one_of_several_cameras_is_chosen(self, how, recording, qtbot):
        from dataclasses import replace

        second = replace(recording, camera=3, offset_us=Micros(5_000_000))
        made = how(recordings=(recording, second))
        assert made.camera.isVisible()
        assert made.recording is recording
        with qtbot.waitSignal(made.changed):
            made.camera.setCurrentIndex(1)
        assert made.recording is second
        assert made.camera.currentText() == "Camera 3  film.mp4"


class TestWhere:
    def test_folder_and_pattern_stand_there_at_first(self, where, material):
        target = where.target()
        assert target.folder == material().folder
        assert target.pattern == material().pattern

    @pytest.mark.parametrize(
        ("folder", "words"), [("", "Choose a folder"), ("here", "whole path"), ("FILE", "a file")]
    )
    def test_a_folder_that_cannot_be_used_says_so(self, where, tmp_path, folder, words):
        (tmp_path / "note.txt").touch()
        where.folder.set_text(str(tmp_path / "note.txt") if folder == "FILE" else folder)
        assert where.target() is None
        assert words in where.folder.error()
        where.folder.set_text(str(tmp_path))
        assert where.target() is not None
        assert where.folder.error() == ""

    def test_a_wrong_pattern_is_said_at_its_field(self, where):
        where.pattern.set_text("{child}")
        assert where.target() is None
        assert "{child}" in where.pattern.error()
        assert where.folder.error() == ""

    def test_a_folder_is_chosen(self, where, tmp_path, qtbot, monkeypatch):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
        with qtbot.waitSignal(where.changed):
            where.choose.click()
        assert where.target().folder == tmp_path

    def test_a_choice_that_is_given_up_changes_nothing(self, where, monkeypatch):
        before = where.target()
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
        where.choose.click()
        assert where.target() == before


class TestWords:
    @pytest.mark.parametrize(
        ("size", "words"),
        [
            (400, "0.4 kB"),
            (84_000, "84 kB"),
            (1_250_000, "1.2 MB"),
            (999_999_999, "1000 MB"),
            (2_500_000_000, "2.5 GB"),
            (9_999_000_000_000, "9999 GB"),
        ],
    )
    def test_sizes_are_rounded_for_people(self, size, words):
        assert size_words(size) == words

    def test_one_clip_is_one(self):
        assert count_words(1, pictures=False) == "1 clip"
        assert count_words(3, pictures=False) == "3 clips"
        assert count_words(1, pictures=True) == "1 picture"
        assert count_words(0, pictures=True) == "0 pictures"

    def test_what_is_typed_is_read_or_refused(self):
        assert typed_time("1:02.5") == 62_500_000
        assert typed_time("soon") is None
        assert typed_time("-3") is None
        assert typed_length(" 1,5 ") == 1_500_000
        assert typed_length("1:00") is None
        assert typed_length("-1") is None
