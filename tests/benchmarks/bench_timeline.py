"""How fast the timeline is with very many events, and what overviews cost it; run by hand.

``python tests/benchmarks/bench_timeline.py [--seconds 6] [--only many|overviews]``

Pans and zooms a timeline of 10,000 and of 100,000 events in turns, each frame painted whole, and
adds, moves and selects events in it. Paints a timeline of 20 minutes with and without the outline
of its sound while it pans and zooms, and plays a recording in 720p with and without work on its
overviews in the background. All figures of one kind come from turns that alternate, so that what
else the computer does falls on both.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer

from ssp_coder.domain.time import SECOND_US, Span
from ssp_coder.ui.application import application
from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.overviews.builder import Builder
from ssp_coder.ui.overviews.making import Job
from ssp_coder.ui.player.player import Player
from ssp_coder.ui.player.view import Moment, VideoView
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from ssp_coder.ui.timeline.model import Lane, LaneKind, Mark
from ssp_coder.ui.timeline.outline import Outline
from ssp_coder.ui.timeline.widget import Timeline
from tests.fixtures.videos import encode, hd

MINUTES = 20
BUCKET_US = 10_000
LANES, EVENTS = 8, 500
TURNS = 40
BEAT_MS = 5
MOST_RATIO = 1.5
"""Painting with the outline takes at most so many times as long as without."""
MOST_BEAT_RATIO = 1.5

MANY = (10_000, 100_000)
MANY_LANES, POINT_LANES = 12, 4
PANS = 24
LEAST_FPS = 50.0
MOST_CHANGE_RATIO = 1.5
SLOTS = ("green", "blue", "vermilion", "orange", "rose", "sky")


def outline() -> Outline:
    """The sound of twenty minutes: 120,000 pieces."""
    count = MINUTES * 60 * SECOND_US // BUCKET_US
    high = np.random.default_rng(4).random(count, np.float32)
    starts = np.arange(count, dtype=np.int64) * BUCKET_US
    return Outline(starts_us=starts, end_us=count * BUCKET_US, low=-high, high=high)


def marks() -> list[Mark]:
    """Five hundred states and points, as a session has after a pass or two."""
    chance = np.random.default_rng(9)
    made = []
    for number, at in enumerate(chance.integers(0, MINUTES * 60 - 10, EVENTS)):
        end_us = None if number % 3 else int(at + 8) * SECOND_US
        start_us = int(at) * SECOND_US
        lane = f"l{number % LANES}"
        made.append(Mark(id=str(number), lane=lane, start_us=start_us, end_us=end_us, label="held"))
    return made


def timeline_of(theme: Theme) -> Timeline:
    made = Timeline(theme)
    made.resize(1420, 300)
    made.set_duration(MINUTES * 60 * SECOND_US)
    made.set_lanes([Lane(id=f"l{n}", title=f"Lane {n}") for n in range(LANES)])
    made.set_marks(marks())
    made.set_overviews([Lane(id="sound", title="Sound", kind=LaneKind.SOUND)])
    made.show()
    made.grab()
    return made


def views() -> list[Span]:
    """The whole session, and pans at several zooms."""
    spans = [Span(start_us=0, end_us=MINUTES * 60 * SECOND_US)]
    for seconds in (600, 120, 20, 2):
        spans += [
            Span(start_us=at * SECOND_US, end_us=(at + seconds) * SECOND_US)
            for at in range(0, 500, 125)
        ]
    return spans


def paint_ms(timeline: Timeline, span: Span) -> float:
    timeline.zoom_to(span)
    timeline.layers.forget()
    began = time.thread_time()
    timeline.layers.static()
    return 1000 * (time.thread_time() - began)


def bench_painting(theme: Theme) -> None:
    timeline, sound = timeline_of(theme), outline()
    without: list[float] = []
    with_sound: list[float] = []
    for turn in range(TURNS):
        for shown, times in ((None, without), (sound, with_sound)):
            timeline.show_outline("sound", shown)
            times.extend(paint_ms(timeline, span) for span in views()[turn % 4 :: 4])
    grow: list[float] = []
    for _ in range(TURNS):
        began = time.thread_time()
        timeline.show_outline("sound", sound)
        grow.append(1000 * (time.thread_time() - began))
    ratio = statistics.median(with_sound) / statistics.median(without)
    say(f"static layer, {LANES} lanes, {EVENTS} events", f"{statistics.median(without):.2f} ms")
    say("the same with 20 min of sound", f"{statistics.median(with_sound):.2f} ms")
    say("ratio", f"{ratio:.2f}   wanted <= {MOST_RATIO}")
    say("one more chunk of sound shown", f"{statistics.median(grow):.2f} ms")
    timeline.close()


def crowded(theme: Theme, count: int) -> Timeline:
    """Lanes full of events from the first to the last second."""
    chance, each = np.random.default_rng(7), count // MANY_LANES
    step = MINUTES * 60 * SECOND_US // each
    lanes, held = [], []
    for number in range(MANY_LANES):
        points = number >= MANY_LANES - POINT_LANES
        kind = LaneKind.POINT if points else LaneKind.STATE
        slot = SLOTS[number % len(SLOTS)]
        lanes.append(Lane(id=f"l{number}", title=f"Lane {number}", slot=slot, kind=kind))
        levels = chance.choice((0.3, 0.6, 1.0), each)
        shape = MarkShape.SQUARE if points else MarkShape.BAR
        held += [
            Mark(
                id=f"{number}-{place}",
                lane=f"l{number}",
                start_us=place * step,
                end_us=None if points else (place + 1) * step,
                label="held",
                shape=shape,
                level=float(levels[place]),
            )
            for place in range(each)
        ]
    made = Timeline(theme)
    made.resize(1420, 420)
    made.set_duration(MINUTES * 60 * SECOND_US)
    made.set_lanes(lanes)
    made.set_marks(held)
    made.show()
    wait(0.2)
    return made


def travel(timeline: Timeline, seconds: int) -> list[float]:
    """Milliseconds of each frame of a pan at one zoom, from the first to the last painted pixel."""
    whole, length = MINUTES * 60 * SECOND_US, seconds * SECOND_US
    times = []
    for number in range(PANS):
        start_us = (whole - length) * number // PANS
        began = time.thread_time()
        timeline.zoom_to(Span(start_us=start_us, end_us=start_us + length))
        timeline.layers.forget()
        timeline.repaint()
        times.append(1000 * (time.thread_time() - began))
    return times


def change_ms(timeline: Timeline, number: int) -> float:
    """An event is added, moved and taken out again in the middle of a lane, painted each time."""
    at_us = (MINUTES * 30 + number) * SECOND_US
    began = time.thread_time()
    for gone, start_us in (((), at_us), (("new",), at_us + 40_000)):
        new = Mark(id="new", lane="l1", start_us=start_us, end_us=start_us + 500_000)
        timeline.apply_change(gone, (new,))
        timeline.repaint(timeline.layout_now().lane_rect("l1"))
    timeline.apply_change(("new",), ())
    return 1000 * (time.thread_time() - began) / 3


def select_all_ms(timeline: Timeline) -> tuple[float, float]:
    """Everything is selected; then the playhead moves by one frame of playing."""
    everything = [mark.id for mark in timeline.marks]
    began = time.thread_time()
    timeline.set_selected(everything)
    timeline.repaint()
    selected = 1000 * (time.thread_time() - began)
    began = time.thread_time()
    timeline.set_playhead(timeline.playhead() + 40_000)
    timeline.repaint(timeline.layout_now().body.adjusted(0, 0, -1_000, 0))
    played = 1000 * (time.thread_time() - began)
    timeline.set_selected(())
    return selected, played


def bench_many(theme: Theme) -> None:
    timelines = {count: crowded(theme, count) for count in MANY}
    seconds = (MINUTES * 60, 600, 240, 120, 60, 30, 10, 3)
    frames: dict[int, dict[int, list[float]]] = {count: {} for count in MANY}
    for length in seconds:
        for count, timeline in timelines.items():
            frames[count].setdefault(length, []).extend(travel(timeline, length))
    changes: dict[int, list[float]] = {count: [] for count in MANY}
    for number in range(TURNS):
        for count, timeline in timelines.items():
            timeline.show_session()
            changes[count].append(change_ms(timeline, number))
    for count in MANY:
        slowest = max(statistics.median(times) for times in frames[count].values())
        everything = [took for times in frames[count].values() for took in times]
        say(f"pan and zoom, {count} events", f"{1000 / statistics.mean(everything):.0f} frames/s")
        note = f"{1000 / slowest:.0f} frames/s   wanted >= {LEAST_FPS:.0f}"
        say(f"the same at the zoom that is slowest, {count} events", note)
    few, many = (statistics.median(changes[count]) for count in MANY)
    say(f"one change painted, {MANY[0]} events", f"{few:.2f} ms")
    say(f"one change painted, {MANY[1]} events", f"{many:.2f} ms")
    say("ratio", f"{many / few:.2f}   wanted <= {MOST_CHANGE_RATIO}")
    selected, played = select_all_ms(timelines[MANY[1]])
    say(f"select all of {MANY[1]}", f"{selected:.1f} ms")
    say("a frame played with all of them selected", f"{played:.1f} ms")
    say("memory at most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    for timeline in timelines.values():
        timeline.close()


def wait(seconds: float) -> None:
    """Let the window live. Not by QTest, which keeps Python's lock, so that nothing else works."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


class Beats:
    """How late a timer of the window's thread fires."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._last) - BEAT_MS))
        self._last = now

    def p99(self) -> float:
        self._timer.stop()
        return statistics.quantiles(self.late, n=100)[98]


def play(player: Player, job: Job | None, seconds: float) -> tuple[float, float]:
    """Share of frames painted, and how late the heartbeat is, while work goes on or not."""
    painted: list[int] = []

    def note(moment: Moment) -> None:
        painted.append(moment.ordinal)

    player.seek(0)
    wait(0.4)
    builder = Builder()
    builder.set_busy(True)
    done: list[int] = [0]
    builder.progressed.connect(lambda _job, percent: done.append(percent))
    if job is not None:
        builder.add(job)
    player.moment_changed.connect(note)
    beats = Beats()
    player.play()
    wait(seconds)
    player.pause()
    late = beats.p99()
    builder.stop()
    player.moment_changed.disconnect(note)
    due = max(painted) - min(painted) + 1
    if job is not None:
        say("work done meanwhile", f"{done[-1]} %")
    return len(set(painted)) / due, late


def bench_playing(theme: Theme, folder: Path, seconds: float) -> None:
    video = folder / "hd.mp4"
    encode(video, hd(40))
    view = VideoView(theme)
    view.resize(640, 360)
    view.show()
    player = Player((view,))
    player.open(video)
    while player.moment is None:
        wait(0.02)
    if player.video is None:
        raise SystemExit("the recording could not be opened")
    job = Job(kind=LaneKind.MOTION, path=video, index=player.video.index)
    figures: dict[str, list[tuple[float, float]]] = {"alone": [], "with work": []}
    for _ in range(3):
        figures["alone"].append(play(player, None, seconds))
        figures["with work"].append(play(player, job, seconds))
    for name, pairs in figures.items():
        shares, lates = zip(*pairs, strict=True)
        say(f"playing 720p {name}: frames painted", f"{100 * statistics.median(shares):.1f} %")
        say(f"playing 720p {name}: heartbeat p99 late", f"{statistics.median(lates):.1f} ms")
    alone, working = (statistics.median(late for _, late in pairs) for pairs in figures.values())
    say("heartbeat ratio", f"{working / alone:.2f}   wanted <= {MOST_BEAT_RATIO}")
    player.close()
    view.close()


def say(name: str, figure: str) -> None:
    sys.stdout.write(f"{name:50}{figure}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--only", choices=("many", "overviews"), default="")
    wanted = parser.parse_args()
    app = application()
    theme = Theme(Scheme.LIGHT, app)
    if wanted.only != "overviews":
        bench_many(theme)
    if wanted.only == "many":
        return
    bench_painting(theme)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        bench_playing(theme, Path(name), wanted.seconds)


if __name__ == "__main__":
    main()
