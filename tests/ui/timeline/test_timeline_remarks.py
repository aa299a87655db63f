"""Signs on the ruler for what was said about a moment."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ssp_coder.ui.timeline.model import Remark
from ssp_coder.ui.timeline.remarks import MOST_TOLD, SIGN_PX, remark_words
from ssp_coder.ui.timeline.words import timeline_words

SECOND = 1_000_000
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def remark(at, sign="comment", rank=2, words=""):
    return Remark(time_us=round(at * SECOND), sign=sign, words=words or f"at {at}", rank=rank)


@pytest.fixture
def foot(timeline):
    """A pixel at the foot of the ruler, by its time in seconds."""

    def find(seconds):
        ruler = timeline.layout_now().ruler
        return QPoint(timeline.scale_now().x_of(round(seconds * SECOND)), ruler.bottom() - 4)

    return find


@pytest.fixture
def look(timeline, foot):
    """What is painted where the sign of a moment would stand."""

    def at(seconds):
        middle, side = foot(seconds), timeline.theme.px(SIGN_PX)
        return timeline.grab().toImage().copy(middle.x() - side // 2, middle.y() - 10, side, 13)

    return at


def test_a_sign_stands_at_its_moment_and_goes_again(timeline, look):
    timeline.set_playhead(599 * SECOND)
    before = look(300)
    timeline.set_remarks([remark(300)])
    assert look(300) != before
    timeline.set_remarks([])
    assert look(300) == before


def test_kinds_are_told_apart_by_their_shapes(timeline, look):
    pictures = []
    for sign in ("comment", "flag", "question"):
        timeline.set_remarks([remark(300, sign)])
        pictures.append(look(300))
    note, flag, question = pictures
    assert note != flag
    assert note != question
    assert flag != question


def test_remarks_under_one_sign_take_the_shape_of_the_first_rank(timeline, look):
    timeline.set_remarks([remark(300, "question", rank=0)])
    alone = look(300)
    timeline.set_remarks([remark(300), remark(300, "question", rank=0), remark(300.5, "flag", 1)])
    assert look(300) == alone


def test_the_pointer_is_told_what_was_said(timeline, foot):
    timeline.set_remarks([remark(301, words="later"), remark(300, words="a cry?"), remark(400)])
    assert timeline.tip_at(foot(300)) == "a cry?\nlater"
    assert timeline.tip_at(foot(400)) == "at 400"
    assert timeline.tip_at(foot(350)) == ""


def test_closer_up_each_has_its_own_sign(timeline, foot, span):
    timeline.set_remarks([remark(300), remark(301)])
    timeline.zoom_to(span(295, 305))
    assert timeline.tip_at(foot(301)) == "at 301"


def test_what_is_out_of_view_has_no_sign(timeline, foot, span):
    timeline.set_remarks([remark(100), remark(500)])
    timeline.zoom_to(span(200, 400))
    ruler = timeline.layout_now().ruler
    pixels = (QPoint(x, ruler.bottom() - 4) for x in range(ruler.left(), ruler.right()))
    assert not any(timeline.remarks_at(at) for at in pixels)


@pytest.mark.parametrize("seconds", [0, 599.999])
def test_at_both_ends_the_whole_sign_is_on_the_ruler(timeline, foot, seconds):
    timeline.set_remarks([remark(seconds)])
    ruler, side = timeline.layout_now().ruler, timeline.theme.px(SIGN_PX)
    inside = ruler.left() + 1 if seconds == 0 else ruler.right() - side + 2
    assert timeline.remarks_at(QPoint(inside, ruler.bottom() - 4))


def test_of_many_the_pointer_is_told_some_and_how_many_more():
    words = remark_words([remark(at) for at in range(MOST_TOLD + 3)]).splitlines()
    assert len(words) == MOST_TOLD + 1
    assert "3" in words[-1]


class TestPressed:
    @pytest.fixture
    def sought(self, timeline):
        heard = []
        timeline.seek_requested.connect(heard.append)
        timeline.set_remarks([remark(300.123)])
        return heard

    def test_a_click_that_trembles_goes_to_the_very_moment(self, timeline, foot, sought):
        at = foot(300.123) + QPoint(5, 0)
        QTest.mousePress(timeline, LEFT, NONE, at)
        QTest.mouseMove(timeline, at + QPoint(2, 1))
        QTest.mouseRelease(timeline, LEFT, NONE, at)
        assert sought == [300_123_000]
        assert timeline.playhead() == 300_123_000

    def test_the_playhead_is_dragged_on_from_there(self, timeline, foot, sought):
        at, goal = foot(300.123), foot(400)
        QTest.mousePress(timeline, LEFT, NONE, at)
        QTest.mouseMove(timeline, goal)
        QTest.mouseMove(timeline, at + QPoint(1, 0))
        QTest.mouseRelease(timeline, LEFT, NONE, at)
        times = [timeline.scale_now().time_at(x) for x in (goal.x(), at.x() + 1)]
        assert sought == [300_123_000, *times]


def test_a_screen_reader_is_told_how_many_there_are(timeline):
    assert "comments" not in timeline.accessibleName()
    timeline.set_remarks([remark(100), remark(500)])
    assert "2 comments" in timeline.accessibleName()
    assert "2 comments" in timeline_words(timeline.selection, timeline.scene, 0)
