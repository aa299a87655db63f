"""What the timeline paints of cues, in the other scheme, and in small views."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt

from ssp_coder.ui.kit.painting import text_width
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.theme.tokens import Scheme
from ssp_coder.ui.timeline.model import Cue, Lane

SECOND = 1_000_000
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SAME_TIMELINE = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def colours_in(image, rect):
    return [
        image.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    ]


def flags(timeline):
    """The stretches of the ruler, in pixels, that carry the ground of a cue's flag."""
    image = timeline.grab().toImage()
    ruler = timeline.layout_now().ruler
    ink = timeline.theme.tokens.text2.lower()
    row = [
        image.pixelColor(x, ruler.top() + 2).name() == ink
        for x in range(ruler.left(), ruler.right() + 1)
    ]
    stretches: list[list[int]] = []
    for x, inked in enumerate(row, start=ruler.left()):
        if inked and stretches and x - stretches[-1][1] <= 3:  # a letter reaches that high
            stretches[-1][1] = x + 1
        elif inked:
            stretches.append([x, x + 1])
    return [(left, right) for left, right in stretches if right - left > 4]


class TestCueLabels:
    @pytest.fixture(autouse=True)
    def away(self, timeline):
        timeline.set_playhead(599 * SECOND)

    def cues(self, timeline, *seconds, label="door opens"):
        timeline.set_cues(
            Cue(id=str(at), time_us=round(at * SECOND), label=label) for at in seconds
        )
        return [timeline.scale_now().x_of(round(at * SECOND)) for at in seconds]

    def width(self, timeline, words):
        font = timeline.theme.font(FontUse.RULER)
        return text_width(font, words) + timeline.theme.px(10)

    def test_without_cues_there_is_no_flag(self, timeline):
        assert flags(timeline) == []

    def test_one_cue_has_the_whole_label(self, timeline):
        (x,) = self.cues(timeline, 300)
        ((left, right),) = flags(timeline)
        assert abs(left - x) <= 2
        assert abs(right - left - self.width(timeline, "door opens")) <= 4

    def test_a_label_that_would_reach_the_next_cue_keeps_its_first_word(self, timeline):
        whole, word = self.width(timeline, "door opens"), self.width(timeline, "door")
        gap = timeline.scale_now().time_of_pixels((whole + word) / 2) / SECOND
        first, second = self.cues(timeline, 200, 200 + gap)
        shown = flags(timeline)
        assert len(shown) == 2
        assert abs(shown[0][1] - first - word) <= 4
        assert shown[0][1] <= second
        assert shown[1][1] - shown[1][0] > shown[0][1] - shown[0][0]

    def test_cues_too_close_for_a_word_leave_the_label_to_the_last(self, timeline):
        first, second, third = self.cues(timeline, 200, 202, 204)
        ((left, _),) = flags(timeline)
        assert first < second < third
        assert abs(left - third) <= 2

    def test_zooming_in_brings_their_labels_back(self, timeline, span):
        self.cues(timeline, 200, 202, 204)
        timeline.zoom_to(span(199, 207))
        assert len(flags(timeline)) == 3

    def test_a_cue_outside_the_view_has_no_flag(self, timeline, span):
        self.cues(timeline, 100, 300)
        timeline.set_follow(False)
        timeline.zoom_to(span(200, 400))
        assert len(flags(timeline)) == 1

    def test_the_line_of_a_cue_stays_when_its_label_is_left_out(self, timeline):
        first, _ = self.cues(timeline, 200, 202)
        image = timeline.grab().toImage()
        body = timeline.layout_now().body
        names = colours_in(image, QRect(first, body.top(), 1, body.height()))
        assert names.count(timeline.theme.tokens.text2.lower()) > body.height() // 5

    @given(st.lists(st.integers(0, 600), max_size=12, unique=True))
    @SAME_TIMELINE
    def test_no_label_ever_reaches_over_the_next_cue(self, timeline, seconds):
        places = self.cues(timeline, *sorted(seconds))
        for left, right in flags(timeline):
            inside = [x for x in places if left + 3 < x < right - 1]
            assert inside == []


class TestWholeWidgetIsPainted:
    @pytest.mark.parametrize("size", [(1000, 300), (1000, 170), (420, 160), (1500, 420)])
    def test_in_dark_no_place_keeps_the_ground_of_the_light(self, timeline, size, qtbot):
        timeline.resize(*size)
        timeline.grab()
        timeline.theme.set_scheme(Scheme.DARK)
        image = timeline.grab().toImage()
        names = [
            image.pixelColor(x, y).name() for x in range(size[0]) for y in range(0, size[1], 3)
        ]
        assert names.count("#ffffff") == 0

    def test_back_in_light_it_is_as_it_was(self, held):
        before = held.grab().toImage()
        held.theme.set_scheme(Scheme.DARK)
        dark = held.grab().toImage()
        held.theme.set_scheme(Scheme.LIGHT)
        assert dark != before
        assert held.grab().toImage() == before

    def test_beside_and_under_the_scroll_bars_lies_the_panel(self, timeline, theme):
        timeline.resize(1000, 160)
        image = timeline.layers.static().toImage()
        corner = QRect(timeline.width() - 6, timeline.height() - 6, 5, 5)
        assert set(colours_in(image, corner)) == {theme.tokens.panel.lower()}
        under_labels = QRect(2, timeline.height() - 6, 60, 5)
        assert set(colours_in(image, under_labels)) == {theme.tokens.panel.lower()}


class TestSmallViews:
    def test_a_lane_note_is_shown_where_there_is_room(self, timeline):
        lanes = timeline.scene.lanes
        plain = Lane(id="touch", title="Touch", slot="green")
        noted = Lane(id="touch", title="Touch", slot="green", note="state")
        pictures = []
        for lane in (plain, noted):
            timeline.set_lanes((lane, *lanes[3:]))
            pictures.append(timeline.grab(timeline.layout_now().labels).toImage())
        assert pictures[0] != pictures[1]

    def test_an_end_before_the_view_shades_all_of_it(self, timeline, span, theme):
        timeline.set_follow(False)
        timeline.set_end(100 * SECOND)
        timeline.zoom_to(span(200, 300))
        image = timeline.grab().toImage()
        rect = timeline.layout_now().lane_rect("acts")
        names = set(colours_in(image, QRect(rect.left() + 6, rect.top() + 2, 600, 10)))
        assert names == {theme.tokens.hover.lower()}

    def test_an_end_after_the_view_shades_nothing(self, timeline, span, theme):
        timeline.set_end(500 * SECOND)
        timeline.zoom_to(span(0, 100))
        image = timeline.grab().toImage()
        rect = timeline.layout_now().lane_rect("acts")
        names = set(colours_in(image, QRect(rect.left() + 6, rect.top() + 2, 600, 10)))
        assert names == {theme.tokens.panel.lower()}

    def test_an_episode_too_narrow_for_its_name_shows_none(self, timeline, episode, theme):
        timeline.set_playhead(599 * SECOND)
        timeline.set_episodes([episode(1, 100, 103)])
        block = timeline.scene.episodes[0]
        rect = timeline.band_now().block_rect(block).adjusted(1, 1, -1, -1)
        names = colours_in(timeline.grab().toImage(), rect)
        assert theme.tokens.text.lower() not in names

    def test_an_episode_without_a_plan_or_an_end_can_be_shown(self, timeline, episode):
        timeline.set_episodes([episode(1, 100, None, planned=0)])
        timeline.show_episode("part1")
        assert timeline.view().end_us == 600 * SECOND
        assert timeline.view().start_us < 100 * SECOND

    def test_an_open_selected_state_is_shown_up_to_the_playhead(self, timeline, bar):
        timeline.set_marks([bar("open", "touch", 100, None)])
        timeline.set_playhead(300 * SECOND)
        timeline.set_selected(("open",))
        timeline.show_selection()
        assert timeline.view().start_us == 90 * SECOND
        assert timeline.view().end_us == 310 * SECOND

    @pytest.mark.parametrize("show", ["show_selection", "show_episode"])
    def test_showing_twice_is_showing_once(self, timeline, bar, episode, qtbot, show):
        timeline.set_marks([bar("m", "touch", 100, 200)])
        timeline.set_episodes([episode(1, 100, 200)])
        timeline.set_selected(("m",))
        timeline.set_playhead(150 * SECOND)
        getattr(timeline, show)()
        with qtbot.assertNotEmitted(timeline.view_changed):
            getattr(timeline, show)()
