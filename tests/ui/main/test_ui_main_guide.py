"""The guided first run: asks for one thing, sees it done, goes on; never in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.keyset import CommandKeys, KeySet
from ssp_coder.editing.completeness import Step
from ssp_coder.editing.edits import Classify
from ssp_coder.ui.guide.steps import Seen, guide_steps
from ssp_coder.ui.guide.strip import GuideStrip
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.player.view import Moment
from tests.builders import add, mark, rate

MOMENT = Moment(ordinal=3, pts_us=120_000)


@pytest.fixture
def window(desk_window, coding_file):
    desk_window.desk.open_path(coding_file())
    desk_window.desk.guide.lead(desk_window.workspace)
    return desk_window


@pytest.fixture
def guide(window):
    return window.desk.guide


def play(window, playing: bool) -> None:
    window.workspace.player.playing_changed.emit(playing)


def submit(window, *edits) -> None:
    for edit in edits:
        assert window.workspace.session.submit(edit)


def on_to(window, place: int) -> None:
    """Skip as far as a step."""
    guide = window.desk.guide
    while guide.place < place:
        guide.strip.skip.click()
    assert guide.place == place


def test_it_is_walked_from_start_to_end_by_doing_it(window, guide) -> None:
    play(window, True)
    assert guide.place == 1
    play(window, False)
    assert guide.place == 2
    for _ in range(3):
        window.workspace.player.moment_changed.emit(MOMENT)
    assert guide.place == 3
    submit(window, mark("EP1", 0))
    window.show_page(Step.CODE)
    assert guide.place == 5
    submit(window, add("distress.none", 5))
    assert guide.place == 6
    submit(window, add("distress.cry", 9))
    window.workspace.session.undo()
    window.show_page(Step.RATE)
    assert guide.place == 9
    submit(window, rate("pcs_c_5", 4))
    window.show_page(Step.CLASSIFY)
    submit(window, Classify(classification=Classification(primary="B", subgroup="B2")))
    assert guide.place == 12
    window.show_page(Step.REVIEW)
    assert guide.place == len(guide_steps())
    assert "whole way" in guide.strip.words.text()
    assert guide.strip.skip.isHidden()
    guide.strip.end.click()
    assert not guide.runs


def test_frames_that_pass_while_playing_are_no_steps(window, guide) -> None:
    on_to(window, 2)
    play(window, True)
    for _ in range(9):
        window.workspace.player.moment_changed.emit(MOMENT)
    assert guide.place == 2


def test_what_was_done_before_does_not_count(window, guide) -> None:
    submit(window, add("distress.none", 5))
    on_to(window, 5)
    assert guide.place == 5
    submit(window, add("distress.cry", 7))
    assert guide.place == 6


def test_a_run_begun_again_counts_each_frame_once(window, guide) -> None:
    guide.lead(window.workspace)
    on_to(window, 2)
    for _ in range(2):
        window.workspace.player.moment_changed.emit(MOMENT)
    assert guide.place == 2
    window.workspace.player.moment_changed.emit(MOMENT)
    assert guide.place == 3


def test_the_last_words_name_the_keys_in_force(window, guide) -> None:
    own = (CommandKeys(command="find", keys=("F13",)), CommandKeys(command="help", keys=()))
    before = live_keys().key_set
    live_keys().take(KeySet(commands=own))
    try:
        on_to(window, len(guide_steps()))
        assert "F13 finds anything, Help for this step explains" in guide.strip.words.text()
    finally:
        live_keys().take(before)


def test_a_page_that_is_open_already_is_not_asked_for(window, guide) -> None:
    window.show_page(Step.CODE)
    on_to(window, 3)
    submit(window, mark("EP1", 0))
    assert guide.place == 5


def test_the_keys_shown_are_those_in_force(window, guide) -> None:
    on_to(window, 7)
    assert guide.strip.keys_shown() == ("Ctrl", "Z")
    guide.lead(window.workspace)
    on_to(window, 5)
    session = window.workspace.session
    keymap = session.keymap
    shown = guide.strip.keys_shown()
    assert len(shown) == 3
    turned = replace(keymap, bindings=tuple(reversed(keymap.bindings)))
    session.set_keymap(turned)
    guide.lead(window.workspace)
    on_to(window, 5)
    assert guide.strip.keys_shown() != shown


def test_the_keyboard_stays_where_it_is(window, guide, qtbot) -> None:
    window.workspace.work.setFocus()
    before = window.focusWidget()
    guide.lead(window.workspace)
    on_to(window, 4)
    assert window.focusWidget() is before
    assert guide.strip.end.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_it_ends_with_the_coding(window, guide) -> None:
    assert window.close_coding()
    assert not guide.runs
    assert guide.strip is None


def test_another_coding_is_not_led_through(window, guide, coding_file) -> None:
    guide.end()
    window.desk.open_path(coding_file("S200"))
    assert not guide.runs


def test_a_demonstration_that_could_not_be_made_leads_nowhere(
    desk_window, coding_file, monkeypatch, warned
) -> None:
    monkeypatch.setattr(desk_window.desk, "open_demonstration", lambda: None)
    desk_window.desk.guide.start()
    desk_window.desk._demonstration_failed("no room on the disk")
    desk_window.desk.open_path(coding_file())
    assert not desk_window.desk.guide.runs
    assert warned


def test_the_next_coding_opened_after_the_start_is_led_through(
    desk_window, coding_file, monkeypatch
) -> None:
    monkeypatch.setattr(desk_window.desk, "open_demonstration", lambda: None)
    desk_window.start.guide.click()
    desk_window.desk.open_path(coding_file())
    assert desk_window.desk.guide.runs


def test_every_step_is_not_done_at_first_and_says_something(qapp) -> None:
    for step in guide_steps():
        assert step.words
        assert step.is_done(Seen(playing=step.command == "toggle")) in (True, False)
    assert sum(step.is_done(Seen()) for step in guide_steps()) == 1


def test_the_strip_is_read_by_screen_readers(theme, qtbot) -> None:
    strip = GuideStrip(theme)
    qtbot.addWidget(strip)
    strip.show_step(2, 9, "Pause it.", ("Space",))
    assert strip.accessibleDescription() == "Pause it."
    assert "2 of 9" in strip.number.text()
    strip.show_end("Over.")
    assert strip.keys_shown() == ()
