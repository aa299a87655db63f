"""The clip of an exercise: opened once, looped, and let go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from ssp_coder.domain.time import Span
from ssp_coder.ui.training.exercise_stage import ExerciseStage
from tests.builders import s

CLIP = Span(start_us=s(2), end_us=s(4))
OTHER = Span(start_us=s(5), end_us=s(7))


@pytest.fixture
def stage(theme, qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    made = ExerciseStage(theme, holder)
    made.stage.resize(320, 240)
    holder.show()
    made.holder = holder
    yield made
    made.close()
    holder.close()


@pytest.fixture
def playing(stage, playing_pack, qtbot):
    """The clip of the first case plays."""
    with qtbot.waitSignal(stage.ready, timeout=20_000):
        stage.show_clip(playing_pack, playing_pack.case("c01"), CLIP)
    return stage


def test_before_anything_is_open_there_is_no_frame(stage):
    assert stage.frame_us is None
    assert not stage.is_open
    assert not stage.playing


def test_again_without_a_film_does_nothing(stage):
    stage.again()
    stage.show_moment(s(3))
    stage.toggle()
    assert not stage.playing


def test_the_clip_plays_and_loops(playing):
    assert playing.playing
    assert playing.stage.player.loop == CLIP


def test_the_frame_on_the_screen_has_its_time(playing, qtbot):
    qtbot.waitUntil(lambda: playing.frame_us is not None, timeout=20_000)
    assert playing.frame_us >= 0


def test_another_clip_of_the_case_needs_no_opening(playing, playing_pack, qtbot):
    opened = []
    playing.stage.player.opened.connect(opened.append)
    with qtbot.waitSignal(playing.ready, timeout=1_000):
        playing.show_clip(playing_pack, playing_pack.case("c01"), OTHER)
    assert opened == []
    assert playing.stage.player.loop == OTHER


def test_another_case_opens_its_own_film(playing, playing_pack, qtbot):
    before = playing.stage.player.video.path
    with qtbot.waitSignal(playing.ready, timeout=20_000):
        playing.show_clip(playing_pack, playing_pack.case("c02"), CLIP)
    assert playing.stage.player.video.path != before


def test_the_moment_of_the_reference_is_looped_with_what_leads_to_it(playing):
    playing.show_moment(s(5))
    loop = playing.stage.player.loop
    assert (loop.start_us, loop.end_us) == (s(3), s(8))
    assert playing.playing


def test_again_shows_the_moment_once_it_was_shown(playing):
    playing.show_moment(s(5))
    playing.stage.player.pause()
    playing.again()
    assert playing.stage.player.loop.start_us == s(3)
    assert playing.playing


def test_a_new_clip_forgets_the_moment_of_the_last(playing, playing_pack):
    playing.show_moment(s(5))
    playing.show_clip(playing_pack, playing_pack.case("c01"), OTHER)
    playing.again()
    assert playing.stage.player.loop == OTHER


def test_again_begins_at_the_start_of_the_clip(playing, qtbot):
    playing.stage.player.pause()
    playing.stage.player.seek(s(3.5))
    playing.again()
    assert playing.stage.player.place_us == CLIP.start_us


def test_a_step_rests(playing):
    playing.step(1)
    assert not playing.playing


def test_it_plays_and_rests_in_turn(playing):
    playing.toggle()
    assert not playing.playing
    playing.toggle()
    assert playing.playing


def test_closing_lets_the_film_go_and_twice_is_harmless(playing):
    playing.close()
    playing.close()
    assert playing.stage.player.video is None
    assert playing.frame_us is None


def test_after_closing_the_same_case_is_opened_again(playing, playing_pack, qtbot):
    playing.close()
    with qtbot.waitSignal(playing.ready, timeout=20_000):
        playing.show_clip(playing_pack, playing_pack.case("c01"), CLIP)
    assert playing.playing


def test_closing_while_it_opens_leaves_nothing_behind(stage, playing_pack, qtbot):
    told = []
    stage.ready.connect(lambda: told.append("ready"))
    stage.show_clip(playing_pack, playing_pack.case("c01"), CLIP)
    stage.close()
    qtbot.waitUntil(lambda: stage.stage.player.video is None, timeout=5_000)
    assert told == []


def test_a_film_that_is_gone_is_named(stage, playing_pack, qtbot, tmp_path):
    gone = replace(playing_pack, folder=tmp_path)
    with qtbot.waitSignal(stage.unready, timeout=5_000) as told:
        stage.show_clip(gone, gone.case("c01"), CLIP)
    assert told.args[0].endswith("is not in the pack")
    assert not stage.is_open


def test_a_film_that_cannot_be_read_says_why(stage, playing_pack, qtbot, tmp_path):
    case = playing_pack.case("c01")
    broken = tmp_path / case.media[0].relative_path
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"no film at all")
    pack = replace(playing_pack, folder=tmp_path)
    with qtbot.waitSignal(stage.unready, timeout=20_000) as told:
        stage.show_clip(pack, case, CLIP)
    assert told.args[0]
    assert not stage.is_open
