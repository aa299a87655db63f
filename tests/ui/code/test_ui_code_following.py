from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.editing.edits import ChangeEvent, ClearEpisode, ClearSessionEnd, EndSession
from ssp_coder.media.index import FrameIndex, KeyFrame
from ssp_coder.ui.timeline.model import EpisodeState
from tests.builders import CAREGIVER, STRANGER, add, coding, mark, s


def ntsc():
    """The index of 100 frames of 29.97 a second."""
    stamps = tuple(range(0, 100 * 1_001, 1_001))
    keys = (KeyFrame(ordinal=0, pts=0, dts=0),)
    return FrameIndex(stamps=stamps, time_base=Fraction(1, 30_000), last_ticks=1_001, keys=keys)


class VideoDouble:
    def __init__(self, index):
        self.index = index


@pytest.fixture
def shown(desk, monkeypatch):
    """What the page tells the timeline, by the name of the call, newest last."""
    told = {}
    for name in ("set_lanes", "set_episodes", "set_cues", "set_end", "apply_change", "set_marks"):
        original = getattr(desk.page.timeline, name)

        def call(*values, name=name, original=original):
            told.setdefault(name, []).append(values[0] if len(values) == 1 else values)
            original(*values)

        monkeypatch.setattr(desk.page.timeline, name, call)
    return told


def lanes(told):
    return [lane.id for lane in told["set_lanes"][-1]]


def test_everything_taken_back_leaves_an_empty_page(desk):
    desk.press("3", "i", "c", "5")
    while desk.session.document.history.can_undo:
        desk.session.undo()
    assert desk.events == ()
    assert desk.page.events.model.rowCount() == 0
    assert desk.page.events.form.event_shown is None
    assert not desk.page.board.button("distress.cry").lit


def test_what_was_taken_back_and_done_again_is_shown_again(desk):
    desk.press("3", "5")
    desk.session.undo()
    desk.session.undo()
    desk.session.redo()
    desk.session.redo()
    assert desk.page.events.model.rowCount() == 2
    assert desk.page.board.button("distress.cry").lit


def test_a_page_opened_on_a_coding_shows_the_same_as_one_that_grew_with_it(desk):
    desk.press("3", "i", "c")
    grown = [
        desk.page.events.model.event_at(row) for row in range(desk.page.events.model.rowCount())
    ]
    desk.page.refresh()
    assert [desk.page.events.model.event_at(row) for row in range(2)] == grown


def test_the_number_of_events_is_said_in_the_title(desk, monkeypatch):
    said = []
    monkeypatch.setattr(desk.page.events.view, "set_note", said.append)
    desk.press("3", "5")
    desk.session.undo()
    assert said == ["1", "2", "1"]


def test_the_first_event_of_an_adult_brings_a_lane_and_the_last_takes_it(desk, shown):
    desk.session.submit(add("presence.in_room", 600, subject=CAREGIVER))
    assert f"presence/{CAREGIVER}" in lanes(shown)
    assert f"presence/{STRANGER}" not in lanes(shown)
    desk.session.submit(add("presence.in_room", 605, subject=STRANGER))
    assert f"presence/{STRANGER}" in lanes(shown)
    desk.session.undo()
    assert f"presence/{STRANGER}" not in lanes(shown)
    assert f"presence/{CAREGIVER}" in lanes(shown)


def test_lanes_are_left_alone_while_the_infant_is_coded(desk, shown):
    desk.press("3", "5")
    shown.clear()
    desk.at(610)
    desk.press("4", "6", "u")
    assert "set_lanes" not in shown


def test_only_changed_marks_are_told_to_the_timeline(desk, shown):
    desk.press("1")
    desk.at(605)
    desk.press("3")
    removed, added = shown["apply_change"][-1]
    assert removed == (str(desk.events[0].id),)
    assert {one.id for one in added} == {str(event.id) for event in desk.events}
    assert "set_marks" not in shown


def test_a_moved_episode_moves_band_and_cue(desk, shown):
    desk.session.submit(mark("EP5", 560))
    block = next(block for block in shown["set_episodes"][-1] if block.id == "EP5")
    before = next(block for block in shown["set_episodes"][-1] if block.id == "EP4")
    assert block.start_us == before.end_us == s(560)
    cue = next(cue for cue in shown["set_cues"][-1] if cue.id == "EP5")
    assert cue.time_us == s(560)
    assert cue.label.startswith("EP5 ")


def test_a_cleared_episode_leaves_band_and_cues(desk, shown):
    desk.session.submit(ClearEpisode(episode="EP8"))
    assert "EP8" not in {block.id for block in shown["set_episodes"][-1]}
    assert "EP8" not in {cue.id for cue in shown["set_cues"][-1]}
    desk.session.undo()
    assert "EP8" in {block.id for block in shown["set_episodes"][-1]}


def test_a_short_episode_is_painted_as_curtailed(desk, shown):
    desk.session.submit(mark("EP5", 640))
    states = {block.id: block.state for block in shown["set_episodes"][-1]}
    assert states["EP5"] is EpisodeState.CURTAILED
    assert states["EP4"] is EpisodeState.EXTENDED
    assert states["EP1"] is EpisodeState.REAL


def test_the_session_end_is_drawn_and_taken_away(desk, shown):
    desk.session.submit(ClearSessionEnd())
    assert shown["set_end"][-1] is None
    desk.session.submit(EndSession(at_us=s(1280), frame=32000))
    assert shown["set_end"][-1] == s(1280)


def test_events_do_not_draw_the_episodes_anew(desk, shown):
    desk.press("3", "i")
    assert "set_episodes" not in shown


def test_the_bar_under_the_picture_follows_a_moved_episode(desk):
    assert desk.stage.transport._episode.text().startswith("EP5")
    desk.session.submit(mark("EP5", 605))
    assert desk.stage.transport._episode.text().startswith("EP4")


def test_the_playhead_follows_the_picture(desk, monkeypatch):
    heads = []
    monkeypatch.setattr(desk.page.timeline, "set_playhead", heads.append)
    desk.at(603.2)
    assert heads[-1] == s(603.2)


@pytest.mark.parametrize("offset", [1, 10_000, 33_366])
def test_a_time_on_the_timeline_snaps_to_the_frame_that_holds_it(desk, monkeypatch, offset):
    index = ntsc()
    times = index.times_us
    monkeypatch.setattr(desk.stage.player.cameras[0], "_video", VideoDouble(index))
    for ordinal in (0, 1, 57):
        assert desk.page.line.snap(times[ordinal] + min(offset, 33_000)) == times[ordinal]


def test_without_a_video_a_time_is_left_as_it_is(desk):
    assert desk.page.line.snap(1_234_567) == 1_234_567


def test_a_dragged_edge_gets_the_number_of_its_frame(desk, monkeypatch):
    desk.session.submit(add("distress.cry", 1, end=2))
    times = ntsc().times_us
    monkeypatch.setattr(desk.stage.player.cameras[0], "_video", VideoDouble(ntsc()))
    desk.page.timeline.edge_drag_finished.emit(str(desk.events[0].id), "start", times[45])
    event = desk.events[0]
    assert (event.start_us, event.start_frame) == (times[45], 45)
    assert event.end_us == s(2)


def test_enter_marks_an_episode_only_in_the_prepare_step(desk):
    desk.session.document.coding = coding()
    desk.page.refresh()
    desk.page.prepare.choose("EP1")
    desk.at(3)
    desk.page.show_prepare(False)
    QTest.keyClick(desk.page, Qt.Key.Key_Return)
    assert desk.coding.episodes == ()
    desk.page.show_prepare(True)
    QTest.keyClick(desk.page, Qt.Key.Key_Return)
    assert desk.coding.mark("EP1").start_us == s(3)


def test_a_low_window_leaves_out_headers_and_gets_them_back(desk):
    desk.page.set_compact(True)
    assert desk.page.table.horizontalHeader().isHidden()
    desk.page.set_compact(False)
    assert not desk.page.table.horizontalHeader().isHidden()


def test_an_activated_mark_is_selected_and_shown(desk, qtbot):
    desk.session.submit(add("seeking.reach", 611))
    with qtbot.waitSignal(desk.session.jump_requested) as asked:
        desk.page.timeline.mark_activated.emit(str(desk.events[0].id))
    assert asked.args == [s(611)]
    assert desk.page.events.form.event_shown == desk.events[0]


def test_no_mark_chosen_on_the_timeline_empties_table_and_form(desk):
    desk.press("i")
    desk.select(0)
    desk.page.timeline.mark_selected.emit("")
    assert desk.page.table.selected_events() == ()
    assert desk.page.events.form.event_shown is None


def test_a_change_from_elsewhere_is_seen_in_the_form(desk):
    desk.press("i")
    desk.select(0)
    desk.session.submit(ChangeEvent(event=replace(desk.events[0], comment="from the report")))
    assert desk.page.events.form._comment.text() == "from the report"


def test_a_click_on_the_timeline_shows_that_time(desk, qtbot):
    with qtbot.waitSignal(desk.session.jump_requested) as asked:
        desk.page.timeline.seek_requested.emit(2_400_000_000)
    assert asked.args == [2_400_000_000]
