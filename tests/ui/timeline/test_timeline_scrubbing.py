"""Dragging through the recording: the playhead at once, a preview, and the exact frame."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ssp_coder.ui.timeline.model import Lane, LaneKind
from ssp_coder.ui.timeline.preview import Preview
from ssp_coder.ui.timeline.strip import SmallPicture
from ssp_coder.ui.timeline.widget import Timeline

SECOND = 1_000_000
LEFT = Qt.MouseButton.LeftButton
FRAME = 40_000


@pytest.fixture
def on_ruler(timeline):
    """A pixel of the ruler at a time in seconds."""
    return lambda seconds: QPoint(
        timeline.scale_now().x_of(seconds * SECOND), timeline.layout_now().ruler.center().y()
    )


@pytest.fixture
def pictured(timeline):
    """A timeline with a picture every 100 s."""
    strip = Lane(id="pictures", title="Pictures", kind=LaneKind.PICTURES)
    timeline.set_overviews([strip])
    for seconds in range(0, 600, 100):
        image = QImage(160, 90, QImage.Format.Format_RGB888)
        image.fill(Qt.GlobalColor.darkGreen)
        picture = SmallPicture(at_us=seconds * SECOND, image=image)
        timeline.content.overviews.strip.add(picture)
    timeline.show_pictures()
    return timeline


@pytest.fixture
def holding(pictured, on_ruler):
    """A press on the ruler at 200 s that is still held."""
    QTest.mousePress(pictured, LEFT, pos=on_ruler(200))
    yield pictured
    QTest.mouseRelease(pictured, LEFT, pos=on_ruler(200))


def preview_of(timeline):
    return timeline._gestures.scrubbing.preview()


class TestPlayhead:
    def test_it_is_under_the_pointer_at_once(self, holding, on_ruler):
        assert holding.playhead() == pytest.approx(200 * SECOND, abs=SECOND)
        QTest.mouseMove(holding, on_ruler(350))
        assert holding.playhead() == pytest.approx(350 * SECOND, abs=SECOND)

    def test_frames_painted_meanwhile_do_not_pull_it_back(self, holding, on_ruler):
        QTest.mouseMove(holding, on_ruler(350))
        holding.set_playhead(205 * SECOND)
        assert holding.playhead() == pytest.approx(350 * SECOND, abs=SECOND)

    def test_after_the_release_it_follows_the_frames_again(self, pictured, on_ruler):
        QTest.mousePress(pictured, LEFT, pos=on_ruler(200))
        QTest.mouseRelease(pictured, LEFT, pos=on_ruler(200))
        pictured.set_playhead(205 * SECOND)
        assert pictured.playhead() == 205 * SECOND

    def test_it_stands_only_where_frames_begin(self, timeline, on_ruler, told):
        timeline.set_frames(lambda time_us: time_us // FRAME * FRAME)
        QTest.mousePress(timeline, LEFT, pos=on_ruler(123))
        QTest.mouseMove(timeline, on_ruler(234))
        QTest.mouseRelease(timeline, LEFT, pos=on_ruler(234))
        asked = [time_us for _, (time_us,) in told]
        assert len(asked) >= 2
        assert all(time_us % FRAME == 0 for time_us in asked)
        assert timeline.playhead() == asked[-1]

    def test_the_view_does_not_turn_its_page_under_the_pointer(self, holding, on_ruler, span):
        before = holding.view()
        QTest.mouseMove(holding, on_ruler(350) + QPoint(4_000, 0))
        assert holding.view() == before


class TestAsking:
    def test_every_new_place_is_asked_for_once(self, holding, on_ruler, told):
        QTest.mouseMove(holding, on_ruler(300))
        QTest.mouseMove(holding, on_ruler(300))
        QTest.mouseMove(holding, on_ruler(301))
        assert [name for name, _ in told] == ["seek_requested"] * 2

    def test_work_in_the_background_hears_of_it(self, pictured, on_ruler, qtbot):
        heard = []
        pictured.scrubbing_changed.connect(heard.append)
        QTest.mousePress(pictured, LEFT, pos=on_ruler(200))
        assert heard == [True]
        QTest.mouseRelease(pictured, LEFT, pos=on_ruler(200))
        assert heard == [True, False]

    def test_the_strip_of_pictures_scrubs_too(self, pictured, place, told):
        QTest.mouseClick(pictured, LEFT, pos=place("pictures", 400))
        assert told[0][0] == "seek_requested"
        assert told[0][1][0] == pytest.approx(400 * SECOND, abs=SECOND)


class TestPreview:
    def test_while_dragging_it_shows_the_nearest_picture_and_the_time(self, holding, on_ruler):
        QTest.mouseMove(holding, on_ruler(340))
        preview = preview_of(holding)
        assert preview.isVisible()
        time, note = preview.lines()
        assert time.startswith(("5:39", "5:40"))
        assert note == "picture of 5:00.00"
        assert (
            preview.grab().toImage().pixelColor(preview.width() // 2, preview.height() // 3)
            == Qt.GlobalColor.darkGreen
        )

    def test_it_stands_above_the_episodes_and_over_the_pointer(self, holding, on_ruler):
        window = holding.window()
        preview = preview_of(holding)
        top = holding.mapTo(window, holding.layout_now().band.topLeft()).y()
        room = window.rect()
        assert room.contains(preview.geometry())
        assert preview.geometry().top() == max(0, top - preview.height() - holding.theme.px(6))

    def test_the_release_takes_it_away(self, pictured, on_ruler):
        QTest.mouseClick(pictured, LEFT, pos=on_ruler(200))
        assert not preview_of(pictured).isVisible()

    def test_at_the_edge_it_stays_inside_the_window(self, holding, on_ruler):
        for seconds in (0, 600):
            QTest.mouseMove(holding, on_ruler(seconds))
            assert holding.window().rect().contains(preview_of(holding).geometry())

    def test_without_pictures_it_shows_the_time_alone(self, timeline, on_ruler):
        QTest.mousePress(timeline, LEFT, pos=on_ruler(60))
        preview = preview_of(timeline)
        assert len(preview.lines()) == 1
        assert not preview.grab().isNull()
        QTest.mouseRelease(timeline, LEFT, pos=on_ruler(60))

    def test_a_screen_reader_hears_the_time(self, holding):
        assert "picture of" in preview_of(holding).accessibleDescription()


class TestRest:
    def rest_at(self, timeline, at):
        QCursor.setPos(timeline.mapToGlobal(at))
        QTest.mouseMove(timeline, at)

    def shows(self, timeline):
        preview = preview_of(timeline)
        return preview is not None and preview.isVisible()

    @pytest.mark.parametrize("part", ["ruler", "band", "pictures"])
    def test_a_pointer_that_rests_shows_what_lies_there(self, pictured, place, qtbot, part):
        layout = pictured.layout_now()
        spots = {
            "ruler": layout.ruler.center(),
            "band": layout.band.center(),
            "pictures": place("pictures", 300),
        }
        self.rest_at(pictured, spots[part])
        qtbot.waitUntil(lambda: self.shows(pictured), timeout=3_000)
        assert pictured.playhead() == 0

    def test_in_the_coded_lanes_nothing_covers_anything(self, pictured, place):
        self.rest_at(pictured, place("touch", 300))
        assert not pictured._gestures.scrubbing._rest.isActive()

    def test_leaving_takes_it_away(self, pictured, on_ruler, qtbot):
        self.rest_at(pictured, on_ruler(300))
        qtbot.waitUntil(lambda: self.shows(pictured), timeout=3_000)
        pictured._gestures.leave()
        assert not self.shows(pictured)

    def test_a_move_begins_the_rest_anew(self, pictured, on_ruler, qtbot):
        self.rest_at(pictured, on_ruler(300))
        qtbot.waitUntil(lambda: self.shows(pictured), timeout=3_000)
        QTest.mouseMove(pictured, on_ruler(320))
        assert not self.shows(pictured)
        assert pictured._gestures.scrubbing._rest.isActive()
        pictured._gestures.leave()


class TestLeaving:
    def test_hidden_while_held_the_timeline_follows_again(self, holding, on_ruler):
        QTest.mouseMove(holding, on_ruler(350))
        ended = []
        holding.scrubbing_changed.connect(ended.append)
        holding.hide()
        holding.show()
        holding.set_playhead(100 * SECOND)
        assert holding.playhead() == 100 * SECOND
        assert ended == [False]

    def test_hidden_the_preview_goes_too(self, holding, on_ruler):
        QTest.mouseMove(holding, on_ruler(350))
        assert preview_of(holding).isVisible()
        holding.hide()
        assert preview_of(holding).isHidden()

    def test_the_preview_does_not_outlive_its_timeline(self, theme, qtbot):
        window = QWidget()
        qtbot.addWidget(window)
        timeline = Timeline(theme, window)
        timeline.set_duration(600 * SECOND)
        timeline.resize(800, 300)
        window.show()
        timeline._gestures.scrubbing.begin(timeline.layout_now().ruler.center())
        assert len(window.findChildren(Preview)) == 1
        timeline.deleteLater()
        qtbot.waitUntil(lambda: not window.findChildren(Preview), timeout=2_000)
