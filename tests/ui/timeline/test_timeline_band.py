import pytest
from PySide6.QtCore import QPoint, Qt

from ssp_coder.ui.timeline.band import length_texts
from ssp_coder.ui.timeline.magnets import Magnets
from ssp_coder.ui.timeline.model import EpisodeState
from ssp_coder.ui.timeline.panel import Legend, TimelinePanel

SECOND = 1_000_000
MISSING = EpisodeState.MISSING


@pytest.mark.parametrize(
    ("length", "planned", "texts"),
    [
        (182, 180, ("3:02", "")),
        (132, 180, ("2:12", "−0:48")),
        (221, 180, ("3:41", "+0:41")),
        (34, 0, ("0:34", "")),
    ],
)
def test_lengths_tell_a_difference_that_matters(length, planned, texts):
    assert length_texts(length * SECOND, planned * SECOND) == texts


@pytest.fixture
def banded(timeline, episode):
    """Three episodes that took place, the second cut short, and one that did not."""
    timeline.set_episodes(
        [
            episode(1, 30, 210),
            episode(2, 210, 300, state=EpisodeState.CURTAILED),
            episode(3, 300, 540, state=EpisodeState.EXTENDED),
            episode(4, None, None, state=MISSING),
        ]
    )
    return timeline


def test_real_episodes_lie_at_their_time_whatever_the_zoom(banded, span):
    block = banded.scene.episodes[1]
    before = banded.band_now().block_rect(block)
    banded.zoom_to(span(0, 20))
    band = banded.band_now()
    assert band.block_rect(block) == before
    assert before.left() == band.scale.x_of(210 * SECOND)
    assert before.right() + 1 == band.scale.x_of(300 * SECOND)


def test_a_missing_episode_stands_right_of_the_session_with_its_words(banded):
    band = banded.band_now()
    missing = band.block_rect(banded.scene.episodes[3])
    assert missing.left() > band.scale.x_of(600 * SECOND)
    assert missing.right() <= banded.layout_now().band.right()
    assert band.block_at(missing.center().x()).id == "part4"


def test_two_missing_episodes_do_not_lie_on_each_other(timeline, episode):
    timeline.set_episodes(
        [
            episode(1, 0, 200),
            episode(2, None, None, state=MISSING),
            episode(3, None, None, state=MISSING),
        ]
    )
    band = timeline.band_now()
    _, first, second = (band.block_rect(block) for block in timeline.scene.episodes)
    assert first.right() < second.left()


def test_a_missing_block_is_dashed_and_a_real_one_is_not(banded):
    image = banded.grab().toImage()
    ink = banded.theme.tokens.ctl.lower()

    def share(block):
        rect = banded.band_now().block_rect(block)
        places = range(rect.left() + 6, rect.right() - 6)
        return sum(image.pixelColor(x, rect.bottom()).name() == ink for x in places) / len(places)

    assert share(banded.scene.episodes[0]) > 0.95
    assert 0.3 < share(banded.scene.episodes[3]) < 0.9


def test_planned_lengths_lie_on_two_alternate_rows(banded):
    image = banded.grab().toImage()
    ink = banded.theme.tokens.text2.lower()
    px = banded.theme.px
    top = banded.layout_now().band.top() + px(33)
    scale = banded.band_now().scale
    within_first = scale.x_of(100 * SECOND)
    past_the_cut = scale.x_of(350 * SECOND)
    assert image.pixelColor(within_first, top).name() == ink
    assert image.pixelColor(within_first, top + px(4)).name() != ink
    assert image.pixelColor(past_the_cut, top + px(4)).name() == ink


def test_overtime_is_hatched(banded):
    image = banded.grab().toImage()
    block = banded.scene.episodes[2]
    rect = banded.band_now().block_rect(block)
    planned_end = banded.band_now().scale.x_of(480 * SECOND)

    def colours(left, right):
        return {
            image.pixelColor(x, y).name()
            for x in range(left, right)
            for y in range(rect.top() + 3, rect.bottom() - 2)
        }

    assert len(colours(planned_end - 30, planned_end - 4)) == 1
    assert len(colours(planned_end + 4, rect.right() - 3)) > 2


def test_an_episode_a_little_over_its_plan_is_not_hatched(timeline, episode):
    timeline.set_episodes([episode(1, 0, 240, planned=180)])
    rect = timeline.band_now().block_rect(timeline.scene.episodes[0])
    timeline.set_playhead(500 * SECOND)
    image = timeline.grab().toImage()
    planned_end = timeline.band_now().scale.x_of(180 * SECOND)
    grounds = {
        image.pixelColor(x, rect.bottom() - 4).name()
        for x in range(planned_end + 4, rect.right() - 3)
    }
    assert grounds == {timeline.theme.tokens.panel.lower()}


def test_the_episode_of_the_playhead_is_tinted(banded):
    def ground(index):
        rect = banded.band_now().block_rect(banded.scene.episodes[index])
        return banded.grab().toImage().pixelColor(rect.right() - 5, rect.bottom() - 3).name()

    sel, panel = banded.theme.tokens.sel.lower(), banded.theme.tokens.panel.lower()
    banded.set_playhead(100 * SECOND)
    assert (ground(0), ground(1)) == (sel, panel)
    banded.set_playhead(250 * SECOND)
    assert (ground(0), ground(1)) == (panel, sel)


def test_the_bracket_shows_the_stretch_of_the_lanes(banded, span):
    def ink(seconds):
        band = banded.layout_now().band
        place = QPoint(banded.band_now().scale.x_of(seconds * SECOND), band.top() + 3)
        return banded.grab().toImage().pixelColor(place).name()

    banded.zoom_to(span(200, 300))
    text = banded.theme.tokens.text.lower()
    assert ink(250) == text
    assert ink(350) != text


class TestPanel:
    @pytest.fixture
    def panel(self, theme, qtbot, episode, bar):
        panel = TimelinePanel(theme)
        qtbot.addWidget(panel)
        panel.resize(1100, 320)
        with qtbot.waitExposed(panel):
            panel.show()
        panel.timeline.set_duration(600 * SECOND)
        panel.timeline.set_episodes([episode(1, 0, 200), episode(2, 200, 400)])
        panel.timeline.set_marks([bar("m1", "touch", 500, 520)])
        return panel

    def test_it_begins_with_the_session(self, panel):
        assert panel.zoom.chosen() == "session"

    def test_each_segment_shows_its_stretch(self, panel, qtbot, span):
        qtbot.mouseClick(panel.zoom.part("episode"), Qt.MouseButton.LeftButton)
        assert panel.timeline.view() == span(0, 220)
        panel.timeline.set_selected(("m1",))
        qtbot.mouseClick(panel.zoom.part("selection"), Qt.MouseButton.LeftButton)
        assert panel.timeline.view() == span(499, 521)
        assert panel.zoom.chosen() == "selection"
        qtbot.mouseClick(panel.zoom.part("session"), Qt.MouseButton.LeftButton)
        assert panel.timeline.view() == span(0, 600)

    def test_a_zoom_by_hand_belongs_to_no_segment(self, panel, span):
        panel.timeline.zoom_to(span(10, 20))
        assert panel.zoom.chosen() == ""
        panel.timeline.show_session()
        assert panel.zoom.chosen() == "session"

    def test_snap_and_follow_can_be_switched_off(self, panel, span):
        panel.set_frames(lambda time_us: time_us // SECOND * SECOND)
        assert Magnets(panel.timeline).hold(100_700_000).time_us == 100 * SECOND
        panel.snap.setChecked(False)
        assert Magnets(panel.timeline).hold(100_700_000).time_us == 100_700_000
        panel.timeline.zoom_to(span(0, 60))
        panel.follow.setChecked(False)
        panel.timeline.set_playhead(300 * SECOND)
        assert panel.timeline.view() == span(0, 60)

    def test_the_legend_names_all_three_signs(self, panel):
        legend = panel.findChild(Legend)
        assert legend.accessibleName() == "Legend: point, state, not coded yet"
        assert legend.sizeHint().width() > 150
