import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import QToolTip

from ssp_coder.ui.theme.tokens import Scheme
from ssp_coder.ui.timeline.model import Cue, EpisodeState
from ssp_coder.ui.timeline.outline import Outline
from ssp_coder.ui.timeline.widget import Timeline

SECOND = 1_000_000


def tokens(timeline):
    return timeline.theme.tokens


class TestMarks:
    def test_a_state_is_painted_in_its_tint_with_its_edge_at_the_onset(
        self, timeline, bar, place, pixel
    ):
        timeline.set_marks([bar("m1", "touch", 100, 300)])
        green = timeline.theme.group("green")
        assert pixel(place("touch", 200)) == green.tint.lower()
        assert pixel(place("touch", 100)) == green.edge.lower()

    def test_a_point_is_painted_in_its_fill(self, timeline, point, place, pixel):
        timeline.set_marks([point("m1", "acts", 200)])
        assert pixel(place("acts", 200)) == timeline.theme.group("orange").fill.lower()

    def test_the_height_of_a_bar_is_its_level(self, timeline, bar, place, pixel):
        timeline.set_marks(
            [bar("low", "near", 100, 200, level=0.25), bar("high", "near", 300, 400)]
        )
        tint = timeline.theme.group("blue").tint.lower()
        high = QPoint(0, 6)
        assert pixel(place("near", 350) - high) == tint
        assert pixel(place("near", 150) - high) != tint

    def test_right_of_the_last_state_lies_the_hatch_of_the_not_coded(
        self, timeline, bar, place, pixel
    ):
        timeline.set_marks([bar("m1", "touch", 0, 300)])
        image = timeline.grab().toImage()
        rect = timeline.layout_now().lane_rect("touch")
        x = place("touch", 400).x()
        hatched = {
            image.pixelColor(x + dx, rect.center().y() + dy).name()
            for dx in range(12)
            for dy in range(-6, 6)
        }
        assert tokens(timeline).alt.lower() in hatched
        assert len(hatched) > 1
        assert pixel(place("acts", 400)) == tokens(timeline).panel.lower()

    def test_an_open_state_grows_with_the_playhead(self, timeline, bar, place, pixel):
        timeline.set_marks([bar("m1", "touch", 100, None)])
        tint = timeline.theme.group("green").tint.lower()
        timeline.set_playhead(200 * SECOND)
        assert pixel(place("touch", 150)) == tint
        assert pixel(place("touch", 300)) != tint
        timeline.set_playhead(400 * SECOND)
        assert pixel(place("touch", 300)) == tint

    def test_before_its_onset_an_open_state_is_not_there(self, timeline, bar, place, pixel):
        timeline.set_playhead(200 * SECOND)
        timeline.set_marks([bar("m1", "touch", 300, None)])
        assert pixel(place("touch", 300)) != timeline.theme.group("green").edge.lower()

    def test_above_a_low_open_state_nothing_is_hatched(self, timeline, bar, place):
        timeline.set_marks([bar("m1", "near", 100, None, level=0.2)])
        timeline.set_playhead(400 * SECOND)
        image = timeline.grab().toImage()
        top = timeline.layout_now().lane_rect("near").top()
        left, right = place("near", 150).x(), place("near", 350).x()
        above = {image.pixelColor(x, top + 4).name() for x in range(left, right)}
        assert above == {tokens(timeline).panel.lower()}

    def test_after_the_end_nothing_looks_codable(self, timeline, place, pixel):
        timeline.set_end(400 * SECOND)
        assert pixel(place("touch", 500)) == tokens(timeline).hover.lower()
        assert pixel(place("acts", 500)) == tokens(timeline).hover.lower()
        timeline.set_end(None)
        assert pixel(place("acts", 500)) == tokens(timeline).panel.lower()

    def test_crowded_short_states_merge_to_a_strip_in_the_edge_colour(
        self, timeline, bar, place, pixel
    ):
        timeline.set_marks(
            [bar(f"m{n}", "touch", 100 + n * 0.05, 100 + n * 0.05 + 0.04) for n in range(400)]
        )
        assert pixel(place("touch", 110)) == timeline.theme.group("green").edge.lower()

    def test_crowded_points_show_that_there_are_more(self, timeline, point, pixel, place):
        timeline.set_marks([point("m1", "acts", 200), point("m2", "acts", 200.2)])
        rect = timeline.layout_now().lane_rect("acts")
        above = QPoint(place("acts", 200).x(), rect.top() + 1)
        assert pixel(above) == timeline.theme.group("orange").edge.lower()

    def test_a_change_keeps_view_and_selection(self, timeline, bar, place, pixel, span):
        timeline.set_marks([bar("m1", "touch", 0, 100), bar("m2", "touch", 100, 200)])
        timeline.set_selected(("m1", "m2"))
        timeline.zoom_to(span(50, 250))
        timeline.apply_change(("m2",), (bar("m3", "touch", 150, 240),))
        assert timeline.view() == span(50, 250)
        assert timeline.selected() == {"m1"}
        assert pixel(place("touch", 200)) == timeline.theme.group("green").tint.lower()

    def test_another_scheme_repaints_the_static_layer(self, timeline, bar, place, pixel):
        timeline.set_marks([bar("m1", "touch", 0, 300)])
        pixel(place("touch", 200))
        timeline.theme.set_scheme(Scheme.DARK)
        assert pixel(place("touch", 200)) == timeline.theme.group("green").tint.lower()
        assert pixel(place("acts", 200)) == tokens(timeline).panel.lower()

    def test_sound_is_drawn_louder_where_it_is_louder(self, timeline, pixel, place):
        loud = np.repeat(np.array([0, 1], np.float32), 300)
        starts = np.arange(600) * SECOND
        outline = Outline(starts_us=starts, end_us=600 * SECOND, low=-loud, high=loud)
        timeline.show_outline("sound", outline)
        off_centre = QPoint(0, 8)
        assert pixel(place("sound", 450) + off_centre) == tokens(timeline).wave.lower()
        assert pixel(place("sound", 150) + off_centre) == tokens(timeline).panel.lower()
        timeline.show_outline("sound", None)
        assert pixel(place("sound", 450) + off_centre) == tokens(timeline).panel.lower()

    def test_a_cue_is_a_dashed_line_through_the_lanes(self, timeline, pixel, place):
        timeline.set_cues((Cue(id="door", time_us=300 * SECOND, label="door opens"),))
        image = timeline.grab().toImage()
        x = place("acts", 300).x()
        body = timeline.layout_now().body
        ink = [
            image.pixelColor(x, y).name() == tokens(timeline).text2.lower()
            for y in range(body.top(), body.bottom())
        ]
        assert 0.2 < sum(ink) / len(ink) < 0.95


class TestPlayhead:
    def test_it_is_a_line_in_ink(self, timeline, pixel, place):
        timeline.set_playhead(300 * SECOND)
        assert timeline.playhead() == 300 * SECOND
        assert pixel(place("acts", 300)) == tokens(timeline).text.lower()

    def test_while_it_plays_the_static_layer_stays(self, timeline, bar):
        timeline.set_marks([bar("m1", "touch", 0, 300)])
        timeline.grab()
        before = timeline.layers.static().cacheKey()
        for frame in range(30):
            timeline.set_playhead(frame * 33_367)
            timeline.grab()
        assert timeline.layers.static().cacheKey() == before

    def test_the_view_turns_the_page_to_follow(self, timeline, span):
        timeline.zoom_to(span(0, 60))
        timeline.set_playhead(61 * SECOND)
        view = timeline.view()
        assert view.start_us == 55 * SECOND
        assert view.length_us == 60 * SECOND

    def test_it_does_not_follow_when_told_not_to(self, timeline, span):
        timeline.set_follow(False)
        timeline.zoom_to(span(0, 60))
        timeline.set_playhead(300 * SECOND)
        assert timeline.view() == span(0, 60)

    def test_inside_the_view_nothing_moves(self, timeline, span, qtbot):
        timeline.zoom_to(span(0, 60))
        with qtbot.assertNotEmitted(timeline.view_changed):
            timeline.set_playhead(59 * SECOND)


class TestView:
    def test_it_begins_with_the_whole_session(self, timeline, span):
        assert timeline.view() == span(0, 600)

    def test_an_episode_is_shown_with_a_margin(self, timeline, episode):
        timeline.set_episodes([episode(1, 0, 100), episode(2, 100, 300)])
        timeline.show_episode("part2")
        assert timeline.view().start_us == 90 * SECOND
        assert timeline.view().end_us == 310 * SECOND

    def test_without_an_id_it_is_the_episode_of_the_playhead(self, timeline, episode):
        timeline.set_episodes([episode(1, 0, 100), episode(2, 100, 300)])
        timeline.set_playhead(250 * SECOND)
        timeline.show_episode()
        assert timeline.view().start_us == 90 * SECOND

    def test_a_missing_episode_has_nothing_to_show(self, timeline, episode, span):
        timeline.set_episodes([episode(1, None, None, state=EpisodeState.MISSING)])
        timeline.show_episode("part1")
        assert timeline.view() == span(0, 600)

    def test_the_selection_is_shown_with_a_margin(self, timeline, bar, point):
        timeline.set_marks([bar("m1", "touch", 100, 200), point("m2", "acts", 300)])
        timeline.set_selected(("m1", "m2"))
        timeline.show_selection()
        assert timeline.view().start_us == 90 * SECOND
        assert timeline.view().end_us == 310 * SECOND

    def test_without_a_selection_the_view_stays(self, timeline, span):
        timeline.zoom_to(span(10, 20))
        timeline.show_selection()
        assert timeline.view() == span(10, 20)

    def test_the_scroll_bar_follows_and_leads(self, timeline, span):
        timeline.zoom_to(span(100, 200))
        bar = timeline.bars.time
        assert bar.value() == 100_000
        assert bar.maximum() == 500_000
        bar.setValue(250_000)
        assert timeline.view() == span(250, 350)

    def test_lanes_that_do_not_fit_can_be_scrolled(self, timeline, qtbot):
        assert not timeline.bars.lanes.isVisible()
        timeline.resize(1000, 160)
        qtbot.waitUntil(timeline.bars.lanes.isVisible)
        before = timeline.layout_now().lane_rect("kept").top()
        timeline.bars.lanes.setValue(timeline.bars.lanes.maximum())
        after = timeline.layout_now().lane_rect("kept")
        assert after.top() < before
        assert after.bottom() <= timeline.layout_now().body.bottom() + 1

    @pytest.mark.parametrize("duration_us", [0, -5])
    def test_a_recording_without_length_is_refused(self, timeline, duration_us):
        with pytest.raises(ValueError, match="cannot be shown"):
            timeline.set_duration(duration_us)

    def test_a_recording_of_twelve_hours_can_be_shown_and_scrolled(self, timeline):
        timeline.set_duration(12 * 3_600 * SECOND)
        timeline.zoom_by(100, 11 * 3_600 * SECOND)
        assert timeline.view().start_us > 10 * 3_600 * SECOND
        timeline.grab()


class TestWords:
    def test_a_tip_says_what_and_when(self, timeline, bar, point, place):
        timeline.set_marks(
            [
                bar("m1", "touch", 100, 101.5, label="held", detail="toward C"),
                bar("m2", "near", 200, None, label="far"),
                point("m3", "acts", 300, label="reach"),
            ]
        )
        assert timeline.tip_at(place("touch", 101)) == (
            "Contact: held\n1:40.00–1:41.50, 1.50 s\ntoward C"
        )
        assert timeline.tip_at(place("acts", 300)) == "Acts: reach\n5:00.00"
        timeline.set_playhead(400 * SECOND)
        assert timeline.tip_at(place("near", 350)) == "Distance: far\n3:20.00, open"
        assert timeline.tip_at(place("touch", 550)) == ""

    def test_the_band_tells_the_whole_name_of_an_episode(self, timeline, episode):
        timeline.set_episodes([episode(1, 0, 100)])
        band = timeline.band_now()
        centre = band.block_rect(timeline.scene.episodes[0]).center()
        assert timeline.tip_at(centre) == "P1 Part 1"

    def test_the_tip_is_shown_by_a_help_event(self, timeline, bar, place, qtbot):
        timeline.set_marks([bar("m1", "touch", 100, 200, label="held")])
        at = place("touch", 150)
        help_event = QHelpEvent(QHelpEvent.Type.ToolTip, at, timeline.mapToGlobal(at))
        assert timeline.event(help_event)
        qtbot.waitUntil(lambda: QToolTip.text().startswith("Contact: held"))
        QToolTip.hideText()
        qtbot.waitUntil(lambda: not QToolTip.isVisible())

    def test_it_speaks_how_much_there_is_and_what_is_selected(self, timeline, bar):
        timeline.set_marks([bar("m1", "touch", 100, 200, label="held")])
        assert timeline.accessibleName() == "Timeline, 1 marks"
        timeline.set_selected(("m1",))
        assert "Contact: held, 1:40.00–3:20.00" in timeline.accessibleName()

    def test_it_has_the_role_of_a_chart(self, timeline):
        interface = QAccessible.queryAccessibleInterface(timeline)
        assert interface.role() is QAccessible.Role.Chart


class TestMany:
    @pytest.fixture
    def crowded(self, timeline, bar, point):
        states = [bar(f"s{n}", "touch", n * 0.12, n * 0.12 + 0.1) for n in range(5_000)]
        points = [point(f"p{n}", "acts", n * 0.12) for n in range(5_000)]
        timeline.set_marks(states + points)
        return timeline

    def test_only_what_is_visible_is_painted(self, crowded, span, monkeypatch):
        seen = []
        original = crowded.marks.lane("touch").seen

        def looked_at(start_us, end_us):
            found = original(start_us, end_us)
            seen.append(len(found.marks))
            return found

        monkeypatch.setattr(crowded.marks.lane("touch"), "seen", looked_at)
        crowded.zoom_to(span(100, 106))
        crowded.grab()
        assert seen
        assert max(seen) < 60

    def test_ten_thousand_marks_paint_and_change(self, crowded, bar, pixel, place):
        crowded.apply_change(("s100",), (bar("new", "near", 50, 80),))
        assert pixel(place("near", 60)) == crowded.theme.group("blue").tint.lower()
        assert len(crowded.marks) == 10_000


def test_a_timeline_without_anything_can_be_painted(theme, qtbot):
    timeline = Timeline(theme)
    qtbot.addWidget(timeline)
    timeline.resize(timeline.sizeHint())
    assert timeline.minimumSizeHint().height() <= 200
    assert not timeline.grab().isNull()
    assert timeline.tip_at(QPoint(5, 5)) == ""


def test_a_recording_that_grows_leaves_the_view_where_it_was(timeline, span):
    """A further camera may end later than those that were open already."""
    timeline.zoom_to(span(100, 200))
    before = timeline.view()
    timeline.set_duration(900 * SECOND)
    assert timeline.view() == before
    assert timeline.bars.time.maximum() == 800_000
    timeline.set_duration(150 * SECOND)
    assert timeline.view() == span(0, 150)


def test_while_all_of_it_is_shown_a_recording_that_grows_is_shown_whole(timeline):
    timeline.set_duration(900 * SECOND)
    assert timeline.view().length_us == 900 * SECOND
