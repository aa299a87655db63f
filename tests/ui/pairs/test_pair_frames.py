from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.disagreement import disagreements
from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.ui.pairs.frames import MOST_FRAMES, Frame, FramePainter, Frames, frames_of
from ssp_coder.ui.pairs.items import PairKind, usual_names
from ssp_coder.ui.pairs.making import items_of_disagreements
from ssp_coder.ui.pairs.pair_timeline import PairTimeline
from ssp_coder.ui.pairs.showing import show_lanes
from tests.builders import add, after, coding, infant_scheme, s
from tests.ui.pairs.pair_desk import small_pair


def items_between(own, reference):
    scheme = infant_scheme()
    found = disagreements(compare(own, reference, scheme), scheme)
    return items_of_disagreements(found, scheme)


def only_frame(own, reference):
    frames = frames_of(items_between(own, reference), infant_scheme())
    assert len(frames) == 1
    return frames.seen(0, 10_000 * SECOND_US)[0]


def coded(*edits, coder="c01"):
    return after(coding(coder=coder), *edits)


@pytest.fixture
def timeline(theme, qtbot):
    made = PairTimeline(theme)
    qtbot.addWidget(made)
    made.resize(900, 320)
    own, reference = small_pair()
    items = items_between(own, reference)
    show_lanes(made, (own, reference), infant_scheme(), (items, usual_names()))
    made.show()
    made.zoom_to(Span(start_us=Micros(0), end_us=s(80)))
    QApplication.processEvents()
    return made


def painter_of(timeline):
    return FramePainter(timeline.theme, timeline.layout_now(), timeline.scale_now())


def test_a_missed_state_is_framed_as_long_as_it_lasts():
    frame = only_frame(coded(), coded(add("distress.cry", 10, end=20)))
    assert (frame.kind, frame.start_us, frame.end_us) == (PairKind.MISSED, s(10), s(20))


def test_another_code_is_framed_where_both_say_something_else():
    frame = only_frame(
        coded(add("distress.fuss", 10, end=50)), coded(add("distress.cry", 10.5, end=20))
    )
    assert (frame.start_us, frame.end_us) == (s(10), s(20))


def test_a_late_end_is_framed_between_the_two_ends():
    frame = only_frame(
        coded(add("distress.cry", 10, end=24)), coded(add("distress.cry", 10, end=20))
    )
    assert (frame.kind, frame.start_us, frame.end_us) == (PairKind.TIMING, s(20), s(24))


def test_a_state_left_open_is_framed_from_its_start():
    frame = only_frame(coded(add("distress.cry", 10)), coded())
    assert (frame.start_us, frame.end_us) == (s(10), s(10))


def test_ratings_have_no_frame():
    own, reference = small_pair()
    items = items_between(own, reference)
    frames = frames_of(items, infant_scheme())
    assert len(frames) == sum(1 for item in items if item.events) == len(items) - 1


def test_only_frames_that_touch_the_view_are_found():
    frames = Frames(
        Frame(lane="x", start_us=s(at), end_us=s(at + 5), kind=PairKind.MISSED)
        for at in (0, 10, 20, 30)
    )
    assert [one.start_us for one in frames.seen(s(12), s(21))] == [s(10), s(20)]
    assert frames.seen(s(100), s(200)) == ()


def test_frames_stand_over_both_lanes_of_their_pair(timeline):
    layout = timeline.layout_now()
    for frame in timeline.frames.seen(0, s(80)):
        rect = painter_of(timeline).rect_of(frame)
        for side in ("reference", "own"):
            lane = layout.lane_rect(f"{side}/{frame.lane}")
            assert rect.top() <= lane.center().y() <= rect.bottom()


def test_a_moment_has_a_frame_wide_enough_for_its_sign(timeline):
    frame = Frame(lane="distress/infant", start_us=s(30), end_us=s(30), kind=PairKind.EXTRA)
    rect = painter_of(timeline).rect_of(frame)
    assert rect.width() >= timeline.theme.px(16)
    assert abs(rect.center().x() - timeline.scale_now().x_of(s(30))) <= 1


def test_a_frame_of_a_lane_that_is_not_shown_lies_nowhere(timeline):
    frame = Frame(lane="none/nobody", start_us=0, end_us=1, kind=PairKind.MISSED)
    assert painter_of(timeline).rect_of(frame) is None


def reds(image: QImage, colour) -> int:
    return sum(
        image.pixelColor(x, y) == colour
        for x in range(image.width())
        for y in range(image.height())
    )


def test_frames_are_painted_and_gone_when_nothing_differs(timeline):
    colour = timeline.theme.colour("err")
    # The lanes alone hold none of the colour of differences.
    framed = reds(timeline.grab().toImage(), colour)
    timeline.show_frames(Frames())
    assert framed > 50
    assert reds(timeline.grab().toImage(), colour) == 0


def test_too_many_frames_become_ticks_between_the_lanes(timeline):
    colour = timeline.theme.colour("err")
    many = Frames(
        Frame(
            lane="distress/infant",
            start_us=SECOND_US * place // 4,
            end_us=SECOND_US * place // 4 + SECOND_US,
            kind=PairKind.OTHER_CODE,
        )
        for place in range(MOST_FRAMES + 100)
    )
    timeline.show_frames(many)
    image = timeline.grab().toImage()
    upper = timeline.layout_now().lane_rect("reference/distress/infant")
    seam = [image.pixelColor(x, upper.bottom()) for x in range(image.width())]
    above = [image.pixelColor(x, upper.top() + 2) for x in range(image.width())]
    assert seam.count(colour) > 100
    assert above.count(colour) == 0


def test_a_frame_far_wider_than_the_view_can_be_painted(timeline):
    timeline.show_frames(
        Frames(
            (
                Frame(
                    lane="distress/infant",
                    start_us=0,
                    end_us=5_000 * SECOND_US,
                    kind=PairKind.MISSED,
                ),
            )
        )
    )
    timeline.zoom_to(Span(start_us=s(40), end_us=Micros(s(40) + 200_000)))
    assert not timeline.grab().toImage().isNull()


def test_marks_of_the_pair_cannot_be_moved(timeline):
    mark = next(iter(timeline.marks.lane("own/distress/infant").seen(0, s(80)).marks))
    assert not timeline.may_edit(mark)
