"""The static layer, and how little of the widget a playing frame paints again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.kit.painting import text_width
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.timeline.model import Cue, EpisodeState
from ssp_coder.ui.timeline.time_scale import SHORTEST_VIEW_US, ticks

SECOND = 1_000_000


def names_in(image, rect):
    return [
        image.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    ]


class TestRuler:
    def test_each_label_has_a_tick_at_its_time(self, timeline, span):
        timeline.zoom_to(span(100, 160))
        timeline.set_follow(False)
        timeline.set_playhead(500 * SECOND)
        image = timeline.grab().toImage()
        layout, scale = timeline.layout_now(), timeline.scale_now()
        wide = text_width(timeline.theme.font(FontUse.RULER), "00:00.00") + timeline.theme.px(28)
        panel = timeline.theme.tokens.panel.lower()
        labelled = [scale.x_of(time_us) for time_us in ticks(scale, wide).labelled]
        inside = [x for x in labelled if layout.ruler.left() < x < layout.ruler.right()]
        assert len(inside) >= 5
        for x in inside:
            tick = names_in(image, QRect(x - 1, layout.ruler.bottom() - 3, 2, 1))
            assert set(tick) != {panel}

    def test_another_zoom_has_other_labels(self, timeline, span):
        whole = timeline.grab(timeline.layout_now().ruler).toImage()
        timeline.zoom_to(span(100, 160))
        assert timeline.grab(timeline.layout_now().ruler).toImage() != whole

    def test_a_cue_names_itself_on_the_ruler(self, timeline):
        timeline.set_cues((Cue(id="door", time_us=300 * SECOND, label="door opens"),))
        timeline.set_playhead(10 * SECOND)
        layout = timeline.layout_now()
        x = timeline.scale_now().x_of(300 * SECOND)
        image = timeline.grab().toImage()
        flag = QRect(x + 2, layout.ruler.top() + 3, 30, 6)
        assert timeline.theme.tokens.text2.lower() in names_in(image, flag)

    def test_the_ruler_says_where_the_procedure_is_over(self, timeline):
        timeline.set_end(300 * SECOND)
        layout = timeline.layout_now()
        x = timeline.scale_now().x_of(300 * SECOND)
        image = timeline.grab().toImage()
        place = QRect(x + 2, layout.ruler.top() + 3, 60, 10)
        names = names_in(image, place)
        hover = timeline.theme.tokens.hover.lower()
        assert names.count(hover) > 100
        assert len(set(names)) > 3


class TestLabels:
    def sign(self, timeline, lane_id):
        rect = timeline.layout_now().lane_rect(lane_id)
        return QRect(0, rect.top(), timeline.theme.px(26), rect.height() - 1)

    def test_each_lane_carries_the_colour_of_its_group(self, timeline):
        image = timeline.grab().toImage()
        for lane in timeline.scene.lanes[1:]:
            colours = timeline.theme.group(lane.slot)
            names = names_in(image, self.sign(timeline, lane.id))
            assert names.count(colours.edge.lower()) + names.count(colours.fill.lower()) > 10

    def test_a_locked_lane_has_a_lock_and_another_ground(self, timeline, pixel, place):
        image = timeline.grab().toImage()
        width = timeline.layout_now().labels.width()

        def right_end(lane_id):
            rect = timeline.layout_now().lane_rect(lane_id)
            side = timeline.theme.px(22)
            return names_in(image, QRect(width - side, rect.top() + 2, side - 2, rect.height() - 4))

        assert len(set(right_end("kept"))) > 3
        assert len(set(right_end("acts"))) == 1
        assert pixel(place("acts", 300)) == timeline.theme.tokens.panel.lower()

    def test_long_titles_stay_in_the_label_column(self, timeline, theme):
        lanes = timeline.scene.lanes

        long_name = replace(lanes[3], title="Kontaktaufrechterhaltung der Bezugsperson")
        timeline.set_lanes((*lanes[:3], long_name))
        rect = timeline.layout_now().lane_rect("acts")
        image = timeline.grab().toImage()
        right = QRect(rect.left() + 4, rect.top() + 2, 60, rect.height() - 5)
        assert set(names_in(image, right)) == {theme.tokens.panel.lower()}


class Painted(QObject):
    """Counts the area that each paint event of a widget covers."""

    def __init__(self):
        super().__init__()
        self.areas: list[int] = []

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            rects = [event.region().boundingRect()] if event.region().isEmpty() else event.region()
            self.areas.append(sum(rect.width() * rect.height() for rect in rects))
        return False


class TestHowMuchIsPainted:
    @pytest.fixture
    def painted(self, timeline):
        QApplication.processEvents()
        watcher = Painted()
        timeline.installEventFilter(watcher)
        yield watcher
        timeline.removeEventFilter(watcher)

    def test_a_playing_frame_paints_strips_only(self, timeline, bar, painted, span):
        timeline.set_marks([bar("m1", "touch", 0, 100), bar("m2", "near", 50, None)])
        timeline.zoom_to(span(100, 160))
        timeline.set_playhead(120 * SECOND)
        QApplication.processEvents()
        painted.areas.clear()
        for frame in range(1, 20):
            timeline.set_playhead(120 * SECOND + frame * 33_367)
            QApplication.processEvents()
        whole = timeline.width() * timeline.height()
        assert len(painted.areas) == 19
        assert max(painted.areas) < whole / 8

    def test_the_same_time_again_paints_nothing(self, timeline, painted):
        timeline.set_playhead(timeline.playhead())
        QApplication.processEvents()
        assert painted.areas == []

    @pytest.mark.parametrize("what", ["set_lanes", "set_episodes", "set_cues", "set_end"])
    def test_setting_the_same_again_paints_nothing(self, timeline, painted, what):
        scene = timeline.scene
        same = {
            "set_lanes": scene.lanes,
            "set_episodes": scene.episodes,
            "set_cues": scene.cues,
            "set_end": scene.end_us,
        }[what]
        getattr(timeline, what)(same)
        QApplication.processEvents()
        assert painted.areas == []

    def test_an_edit_paints_only_the_lane_it_touches(self, timeline, bar, monkeypatch):
        timeline.set_marks([bar("m1", "touch", 0, 100), bar("m2", "near", 50, 80)])
        timeline.grab()
        asked = []
        for lane_id in ("touch", "near", "kept"):
            held = timeline.marks.lane(lane_id)
            original = held.seen

            def looked_at(start, end, original=original, lane_id=lane_id):
                asked.append(lane_id)
                return original(start, end)

            monkeypatch.setattr(held, "seen", looked_at)
        timeline.apply_change((), (bar("m3", "near", 100, 120),))
        timeline.grab()
        assert asked == ["near"]

    def test_a_mark_that_changes_its_lane_repaints_both(self, timeline, bar, place, pixel):
        timeline.set_marks([bar("m1", "touch", 0, 100)])
        timeline.grab()
        timeline.apply_change(("m1",), (bar("m1", "near", 0, 100),))
        assert pixel(place("near", 50)) == timeline.theme.group("blue").tint.lower()
        assert pixel(place("touch", 50)) != timeline.theme.group("green").tint.lower()

    def test_an_edit_keeps_what_lies_after_the_end_shaded(self, timeline, bar, place, pixel):
        timeline.set_end(400 * SECOND)
        timeline.grab()
        timeline.apply_change((), (bar("m1", "touch", 0, 100),))
        assert pixel(place("touch", 500)) == timeline.theme.tokens.hover.lower()

    def test_closing_a_state_leaves_no_trace_of_the_open_one(self, timeline, bar, place, pixel):
        timeline.set_playhead(300 * SECOND)
        timeline.set_marks([bar("m1", "touch", 100, None)])
        timeline.grab()
        timeline.apply_change(("m1",), (bar("m1", "touch", 100, 200),))
        tint = timeline.theme.group("green").tint.lower()
        assert pixel(place("touch", 150)) == tint
        assert pixel(place("touch", 250)) != tint


class TestZoomLimits:
    def test_zooming_in_ends_at_a_fifth_of_a_second(self, timeline):
        for _ in range(100):
            timeline.zoom_by(1.5)
        assert timeline.view().length_us == SHORTEST_VIEW_US

    def test_zooming_out_ends_at_the_session(self, timeline, span):
        timeline.zoom_to(span(100, 110))
        for _ in range(100):
            timeline.zoom_by(0.5)
        assert timeline.view() == span(0, 600)

    def test_zooming_about_a_playhead_out_of_view_keeps_the_middle(self, timeline, span):
        timeline.set_follow(False)
        timeline.zoom_to(span(100, 200))
        timeline.set_playhead(500 * SECOND)
        timeline.zoom_by(2)
        assert timeline.view() == span(125, 175)

    def test_a_view_that_stays_is_not_announced(self, timeline, qtbot, span):
        with qtbot.assertNotEmitted(timeline.view_changed):
            timeline.show_session()
            timeline.zoom_to(span(0, 600))

    def test_a_shorter_recording_draws_the_view_in(self, timeline, span):
        timeline.zoom_to(span(500, 600))
        timeline.set_duration(300 * SECOND)
        assert timeline.view() == span(0, 300)


class TestMissingEpisodes:
    def test_a_late_end_still_leaves_room_for_what_did_not_happen(self, timeline, episode):
        timeline.set_episodes(
            [episode(1, 0, 600), episode(2, None, None, state=EpisodeState.MISSING)]
        )
        band = timeline.band_now()
        real, missing = (band.block_rect(block) for block in timeline.scene.episodes)
        assert real.right() < missing.left()
        assert timeline.layout_now().band.contains(missing)

    def test_without_missing_ones_the_session_takes_the_whole_band(self, timeline, episode):
        timeline.set_episodes([episode(1, 0, 600)])
        band = timeline.layout_now().band
        real = timeline.band_now().block_rect(timeline.scene.episodes[0])
        assert real.left() - band.left() == band.right() - real.right() == timeline.theme.px(8)

    def test_nothing_is_hit_between_episodes(self, timeline, episode):
        timeline.set_episodes([episode(1, 0, 100), episode(2, 300, 400)])
        band = timeline.band_now()
        assert band.block_at(band.scale.x_of(200 * SECOND)) is None
        at = QPoint(band.scale.x_of(200 * SECOND), timeline.layout_now().band.center().y())
        assert timeline.tip_at(at) == ""
