from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from ssp_coder.media import lane as lane_module
from ssp_coder.media.clock import MasterClock
from ssp_coder.media.cursor import Cursor
from ssp_coder.media.errors import FrameMissing, MediaError
from ssp_coder.media.indexing import build_index
from ssp_coder.media.lane import PREFETCHED_FRAMES, VideoLane
from ssp_coder.media.reader import FrameReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssp_coder.media.frame import Picture
    from tests.fixtures.videos import Clip, ClipFactory

    OpenLane = Callable[[Clip], VideoLane]

PATIENCE_S = 30.0


@dataclass
class Screen:
    """Takes what a lane delivers, in order; a test may hold the lane inside a delivery."""

    pictures: queue.Queue[Picture] = field(default_factory=queue.Queue)
    troubles: queue.Queue[MediaError] = field(default_factory=queue.Queue)
    threads: set[str] = field(default_factory=set)
    gate: threading.Event = field(default_factory=threading.Event)
    entered: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def show(self, picture: Picture) -> None:
        self.threads.add(threading.current_thread().name)
        self.entered.set()
        self.gate.wait(PATIENCE_S)
        self.pictures.put(picture)

    def complain(self, trouble: MediaError) -> None:
        self.troubles.put(trouble)

    def next_picture(self) -> Picture:
        return self.pictures.get(timeout=PATIENCE_S)

    def next_trouble(self) -> MediaError:
        return self.troubles.get(timeout=PATIENCE_S)


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def open_lane(screen: Screen) -> Iterator[Callable[[Clip], VideoLane]]:
    lanes: list[VideoLane] = []

    def opened(clip: Clip) -> VideoLane:
        lane = VideoLane(clip.path, build_index(clip.path), screen.show, screen.complain)
        lanes.append(lane)
        return lane

    yield opened
    screen.gate.set()
    for lane in lanes:
        lane.close()
    assert [t.name for t in threading.enumerate() if t.name.startswith("lane ")] == []


# ------------------------------------------------------------------------------ requests


@pytest.mark.parametrize("name", ["h264", "vfr", "interlaced", "packed", "ts", "rotated"])
def test_request_delivers_that_very_frame(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen, name: str
) -> None:
    clip = clip_factory(name)
    lane = open_lane(clip)
    for ordinal in (0, clip.count - 1, 17, 18, 16, 55):
        lane.request(ordinal)
        picture = screen.next_picture()
        assert picture.ordinal == ordinal
        assert clip.code_in(picture.rgb) == ordinal


def test_same_frame_requested_again_is_delivered_again(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen
) -> None:
    lane = open_lane(clip_factory("h264"))
    for _ in range(3):
        lane.request(40)
        assert screen.next_picture().ordinal == 40


def test_newest_request_takes_the_place_of_waiting_ones(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen
) -> None:
    lane = open_lane(clip_factory("h264"))
    screen.gate.clear()
    lane.request(10)
    assert screen.entered.wait(PATIENCE_S)
    for ordinal in (20, 30, 40, 121):
        lane.request(ordinal)
    screen.gate.set()
    assert [screen.next_picture().ordinal, screen.next_picture().ordinal] == [10, 121]
    lane.close()
    assert screen.pictures.empty()


def test_request_overrules_a_waiting_clock_target(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen
) -> None:
    clip = clip_factory("h264")
    lane = open_lane(clip)
    screen.gate.clear()
    lane.request(10)
    assert screen.entered.wait(PATIENCE_S)
    lane.follow(clip.times_us[90])
    lane.request(70)
    screen.gate.set()
    assert [screen.next_picture().ordinal, screen.next_picture().ordinal] == [10, 70]
    lane.close()
    assert screen.pictures.empty()


@pytest.mark.parametrize("ordinal", [-1, 150])
def test_request_outside_the_recording_is_refused_at_once(
    clip_factory: ClipFactory, open_lane: OpenLane, ordinal: int
) -> None:
    with pytest.raises(IndexError):
        open_lane(clip_factory("h264")).request(ordinal)


# ------------------------------------------------------------------------------ following


def test_following_a_clock_delivers_each_frame_once_and_in_order(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen
) -> None:
    clip = clip_factory("vfr")
    lane = open_lane(clip)
    for ordinal in range(60):
        for moment in (clip.times_us[ordinal], clip.times_us[ordinal + 1] - 1):
            lane.follow(moment)
        picture = screen.next_picture()
        assert (picture.ordinal, picture.pts_us) == (ordinal, clip.times_us[ordinal])
        assert clip.code_in(picture.rgb) == ordinal
    lane.close()
    assert screen.pictures.empty()


def test_at_four_times_the_speed_every_delivery_is_on_the_clock(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen
) -> None:
    clip = clip_factory("h264")
    elapsed_ns = 0
    clock = MasterClock(5_000_000, lambda: elapsed_ns)
    clock.play(4)
    lane = open_lane(clip)
    index = build_index(clip.path)
    while not clock.at_end:
        elapsed_ns += 33_333_333
        lane.follow(clock.now_us())
        assert screen.next_picture().ordinal == index.ordinal_at(clock.now_us())


def test_late_lane_drops_to_the_clock(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen
) -> None:
    clip = clip_factory("h264")
    lane = open_lane(clip)
    screen.gate.clear()
    lane.follow(0)
    assert screen.entered.wait(PATIENCE_S)
    for time_us in clip.times_us[1:101]:
        lane.follow(time_us)
    screen.gate.set()
    assert [screen.next_picture().ordinal, screen.next_picture().ordinal] == [0, 100]
    lane.close()
    assert screen.pictures.empty()


def test_playing_prepares_a_bounded_number_of_pictures_ahead(
    clip_factory: ClipFactory,
    open_lane: OpenLane,
    screen: Screen,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decoded: queue.Queue[int] = queue.Queue()
    frame = FrameReader.frame

    def noted(self: FrameReader, ordinal: int, **rest: object) -> object:
        decoded.put(ordinal)
        return frame(self, ordinal, **rest)

    monkeypatch.setattr(FrameReader, "frame", noted)
    clip = clip_factory("h264")
    lane = open_lane(clip)
    lane.follow(0)
    screen.next_picture()
    expected = list(range(PREFETCHED_FRAMES + 1))
    assert [decoded.get(timeout=PATIENCE_S) for _ in expected] == expected
    lane.follow(clip.times_us[1])
    assert screen.next_picture().ordinal == 1
    assert decoded.get(timeout=PATIENCE_S) == PREFETCHED_FRAMES + 1, "frame 1 was ready"
    lane.close()
    assert decoded.empty()


def test_following_after_a_step_does_not_repeat_the_frame_on_screen(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen
) -> None:
    clip = clip_factory("h264")
    lane = open_lane(clip)
    lane.request(50)
    assert screen.next_picture().ordinal == 50
    lane.follow(clip.times_us[50] + 5)
    lane.follow(clip.times_us[51])
    assert screen.next_picture().ordinal == 51


# ------------------------------------------------------------------------------ size and thread


def test_pictures_are_scaled_in_the_thread_of_the_lane(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen
) -> None:
    clip = clip_factory("h264")
    lane = open_lane(clip)
    lane.show_at(160, 160)
    lane.request(90)
    picture = screen.next_picture()
    assert picture.rgb.shape == (90, 160, 3)
    assert clip.code_in(picture.rgb) == 90
    lane.show_at(None, None)
    lane.request(90)
    assert screen.next_picture().rgb.shape == (180, 320, 3)
    assert screen.threads == {"lane h264.mp4"}


def test_new_size_is_kept_while_playing(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen
) -> None:
    clip = clip_factory("h264")
    lane = open_lane(clip)
    for ordinal, width in ((0, 320), (1, 320), (2, 80), (3, 80), (4, 160)):
        lane.show_at(width, None)
        lane.follow(clip.times_us[ordinal])
        picture = screen.next_picture()
        assert (picture.ordinal, picture.rgb.shape[1]) == (ordinal, width)


def test_size_without_a_pixel_is_refused_at_once(
    clip_factory: ClipFactory, open_lane: OpenLane
) -> None:
    with pytest.raises(ValueError, match="cannot be made"):
        open_lane(clip_factory("h264")).show_at(0, 100)


# ------------------------------------------------------------------------------ trouble


def test_damaged_frame_is_reported_and_the_lane_goes_on(
    clip_factory: ClipFactory, open_lane: OpenLane, screen: Screen
) -> None:
    clip = clip_factory("truncated")
    with FrameReader(clip.path, build_index(clip.path)) as reader:
        lost = next(at for at in range(reader.index.count) if is_lost(reader, at))
    lane = open_lane(clip)
    lane.request(lost)
    trouble = screen.next_trouble()
    assert isinstance(trouble, FrameMissing)
    assert trouble.ordinal == lost
    lane.request(3)
    assert clip.code_in(screen.next_picture().rgb) == 3


def is_lost(reader: FrameReader, ordinal: int) -> bool:
    try:
        reader.frame(ordinal)
    except FrameMissing:
        return True
    return False


def test_recording_that_cannot_be_opened_is_reported_for_every_wish(
    clip_factory: ClipFactory, screen: Screen
) -> None:
    clip = clip_factory("h264")
    lane = VideoLane(
        clip.path.with_name("gone.mp4"), build_index(clip.path), screen.show, screen.complain
    )
    for ordinal in (1, 2):
        lane.request(ordinal)
        assert screen.next_trouble().code == "media.missing"
    lane.close()
    assert screen.pictures.empty()


def test_recording_that_comes_back_is_shown_again(
    clip_factory: ClipFactory, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory("h264")
    working = lane_module.FrameReader
    monkeypatch.setattr(lane_module, "FrameReader", fails_with(OSError(5, "drive is gone")))
    lane = VideoLane(clip.path, build_index(clip.path), screen.show, screen.complain)
    lane.request(5)
    trouble = screen.next_trouble()
    assert trouble.code == "media.lane_failed"
    assert "drive is gone" in str(trouble)
    monkeypatch.setattr(lane_module, "FrameReader", working)
    lane.request(5)
    assert screen.next_picture().ordinal == 5
    lane.close()


def fails_with(error: Exception) -> Callable[..., None]:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail


def test_failing_screen_is_reported_and_the_lane_goes_on(
    clip_factory: ClipFactory, screen: Screen
) -> None:
    clip = clip_factory("h264")
    lane = VideoLane(
        clip.path, build_index(clip.path), fails_with(RuntimeError("window gone")), screen.complain
    )
    for ordinal in (4, 5):
        lane.request(ordinal)
        assert "window gone" in str(screen.next_trouble())
    lane.close()


def test_trouble_that_nobody_can_be_told_is_logged(
    clip_factory: ClipFactory, caplog: pytest.LogCaptureFixture
) -> None:
    clip = clip_factory("h264")
    gone = fails_with(RuntimeError("window gone"))
    told = threading.Event()

    def complain(trouble: MediaError) -> None:
        told.set()
        gone(trouble)

    lane = VideoLane(clip.path, build_index(clip.path), gone, complain)
    lane.request(4)
    assert told.wait(PATIENCE_S)
    lane.close()
    assert "nobody could be told" in caplog.text


# ------------------------------------------------------------------------------ closing


def lane_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("lane ")]


def test_close_leaves_no_thread_and_may_be_repeated(
    clip_factory: ClipFactory, screen: Screen
) -> None:
    clip = clip_factory("h264")
    lane = VideoLane(clip.path, build_index(clip.path), screen.show, screen.complain)
    assert lane_threads() == ["lane h264.mp4"]
    lane.request(149)
    lane.close()
    assert lane_threads() == []
    lane.close()


def test_closed_lane_delivers_nothing_more(clip_factory: ClipFactory, screen: Screen) -> None:
    clip = clip_factory("longgop")
    lane = VideoLane(clip.path, build_index(clip.path), screen.show, screen.complain)
    lane.close()
    lane.request(239)
    lane.follow(0)
    assert screen.pictures.empty()
    assert screen.troubles.empty()


def test_close_does_not_wait_for_a_long_search(
    clip_factory: ClipFactory, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory("longgop")
    decoded = 0
    searching, may_go_on = threading.Event(), threading.Event()
    advance = Cursor.advance

    def slow(cursor: Cursor) -> object:
        nonlocal decoded
        decoded += 1
        if decoded == 5:
            searching.set()
            may_go_on.wait(PATIENCE_S)
        return advance(cursor)

    lane = VideoLane(clip.path, build_index(clip.path), screen.show, screen.complain)
    monkeypatch.setattr(Cursor, "advance", slow)
    lane.request(239)
    assert searching.wait(PATIENCE_S)
    closing = threading.Thread(target=lane.close)
    closing.start()
    with lane._changed:
        assert lane._changed.wait_for(lambda: lane._closed, PATIENCE_S)
    may_go_on.set()
    closing.join()
    assert decoded == 5
    assert screen.pictures.empty()


def test_lane_may_be_closed_from_its_own_delivery(clip_factory: ClipFactory) -> None:
    clip = clip_factory("h264")
    lanes: list[VideoLane] = []
    closed = threading.Event()

    def close_it(picture: Picture) -> None:
        lanes[0].close()
        closed.set()

    lanes.append(VideoLane(clip.path, build_index(clip.path), close_it, fails_with(ValueError())))
    lanes[0].request(3)
    assert closed.wait(PATIENCE_S)
    lanes[0].close()
    assert lane_threads() == []


def test_two_lanes_of_one_recording_do_not_disturb_each_other(
    clip_factory: ClipFactory,
) -> None:
    clip = clip_factory("h264")
    index = build_index(clip.path)
    screens = [Screen(), Screen()]
    lanes = [VideoLane(clip.path, index, s.show, s.complain) for s in screens]
    for step in range(20):
        for lane, ordinal in zip(lanes, (step, 149 - step), strict=True):
            lane.request(ordinal)
        assert clip.code_in(screens[0].next_picture().rgb) == step
        assert clip.code_in(screens[1].next_picture().rgb) == 149 - step
    for lane in lanes:
        lane.close()
