"""How fast the window answers in a large coding; run by hand.

``python tests/benchmarks/bench_window.py [--events 10000] [--keys 300] [--profile]``

Opens a coding in the real main window, without a screen, and presses code keys at frames all over
the session. A press is timed until its row and its mark have been painted, until the writer has
it committed, and until the window has been told.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

import av
import numpy as np
from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from ssp_coder.domain.coding import Coding, Media
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.editing.completeness import Step, open_work
from ssp_coder.editing.edits import AddEvent, EndSession, MarkEpisode
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.application import application
from ssp_coder.ui.code.event_table import EventTable
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from ssp_coder.ui.timeline.widget import Timeline
from tests.builders import STANDARD_END, STANDARD_STARTS, infant_scheme

FPS = 5
FRAMES = (STANDARD_END + 30) * FPS
FRAME_US = 1_000_000 // FPS
PATIENCE_S = 20.0
SETTLE_MS = 200
MOST_P50_MS, MOST_P99_MS = 16.0, 40.0


@dataclass
class Painted:
    """When the table and the timeline were painted last."""

    table: float = 0.0
    timeline: float = 0.0


class NoProfile:
    """Measures nothing."""

    def enable(self) -> None:
        """Do not begin."""

    def disable(self) -> None:
        """Do not end."""


@dataclass
class Times:
    """Milliseconds of every press, by what was waited for."""

    by_name: dict[str, list[float]] = field(default_factory=dict)

    def note(self, name: str, began: float, ended: float) -> None:
        self.by_name.setdefault(name, []).append(1000 * (ended - began))


class Bench:
    """The window with the large coding, and when things happened in it."""

    def __init__(self, path: Path, folder: Path, profile: cProfile.Profile | NoProfile) -> None:
        self.profile = profile
        self.app = application()
        self._pulse = QTimer()
        self._pulse.start(50)  # so that waiting for events never waits for ever
        self.painted = Painted()
        self.committed = 0
        self.committed_at = 0.0
        watch(EventTable, lambda: setattr(self.painted, "table", time.perf_counter()))
        watch(Timeline, lambda: setattr(self.painted, "timeline", time.perf_counter()))
        theme = Theme(Scheme.LIGHT, self.app)
        theme.apply(self.app)
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(theme, Settings(store), folder / "index")
        self.window.show()
        QTest.qWait(SETTLE_MS)
        began = time.perf_counter()
        self.window.desk.open_path(path)
        self.window.show_page(Step.CODE)
        self.wait(lambda: self.painted.table > began and self.painted.timeline > began)
        self.usable_ms = 1000 * (time.perf_counter() - began)
        self._show_all_lanes()
        self.wait(lambda: self.window.workspace.player.moment is not None)
        self.picture_ms = 1000 * (time.perf_counter() - began)
        self.session = self.window.workspace.session
        told = self.session
        self.session.file.tell(on_saved=self._note_commit, on_failed=told._failed.emit)

    def _show_all_lanes(self) -> None:
        """A mark in a lane that is scrolled away is never painted, and cannot be waited for."""
        panel = self.window.workspace.work.timeline_panel
        self.window.resize(1440, 1300)
        panel.parentWidget().setSizes([500, 700])
        QTest.qWait(SETTLE_MS)

    def _note_commit(self, seq: int) -> None:
        self.committed, self.committed_at = seq, time.perf_counter()
        self.session._saved.emit(seq)

    def go_to(self, ordinal: int) -> None:
        player = self.window.workspace.player
        player.seek(ordinal * FRAME_US)
        self.wait(lambda: player.moment is not None and player.moment.ordinal == ordinal)

    def look_there(self, at_us: int) -> None:
        """Scroll the list to where the new row will be, as the coder's eyes are there."""
        work = self.window.workspace.work
        before = self.session.coding.events_before(at_us)
        row = work.model.row_of(before[-1].id) if before else None
        if row is not None:
            index = work.model.index(row, 0)
            work.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        QTest.qWait(SETTLE_MS)

    def press(self, key: str, times: Times) -> bool:
        """Press a code key; False when it led to no edit, because the state runs already."""
        work, history = self.window.workspace.work, self.session.document.history
        seq = history.last_seq
        known = self.session.coding.next_event
        self.profile.enable()
        began, worked = time.perf_counter(), time.thread_time()
        held = Qt.KeyboardModifier.NoModifier
        if key.startswith("shift+"):
            key, held = key.removeprefix("shift+"), Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(work, Qt.Key(ord(key.upper())), held)
        if history.last_seq == seq:
            self.profile.disable()
            return False
        handled = time.perf_counter()
        self.wait(lambda: min(self.painted.table, self.painted.timeline) > began)
        spent = time.thread_time()
        row, painted = self.painted.table, max(self.painted.table, self.painted.timeline)
        self.profile.disable()
        self._check_in_view(known)
        self.wait(lambda: self.committed > seq and self.session.unsaved == 0)
        times.note("key handled (model, lists and log row)", began, handled)
        times.note("row painted", began, row)
        times.note("row and mark painted", began, painted)
        times.note("the same, processor of the window alone", worked, spent)
        times.note("committed to the disk", began, self.committed_at)
        times.note("window shows it as saved", began, time.perf_counter())
        return True

    def _check_in_view(self, event_id: int) -> None:
        work = self.window.workspace.work
        row = work.model.row_of(event_id)
        if row is None:
            return  # a second press closed a state; its row stays where it was
        place = work.table.visualRect(work.model.index(row, 0))
        if not work.table.viewport().rect().intersects(place):
            raise SystemExit(f"row {row} of the new event is not in view")

    def wait(self, state: Callable[[], bool]) -> None:
        end = time.perf_counter() + PATIENCE_S
        while not state():
            if time.perf_counter() > end:
                raise SystemExit("waited too long")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def watch(kind: type, note: Callable[[], None]) -> None:
    """Note the end of every paint event of a widget; to be called before one is made."""
    original = kind.paintEvent

    def paint_event(self, event) -> None:
        original(self, event)
        note()

    kind.paintEvent = paint_event


def make_video(path: Path) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        stream.options = {"preset": "ultrafast", "g": "25"}
        for number in range(FRAMES):
            pixels = np.full((270, 320), 128, np.uint8)
            pixels[: number % 180, :20] = 200
            frame = av.VideoFrame.from_ndarray(pixels, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def make_coding(path: Path, video: Path, events: int) -> None:
    """Episodes, and events of every code of every person all over the session."""
    scheme = infant_scheme()
    media = Media(
        name=video.name,
        relative_path=video.name,
        size=video.stat().st_size,
        fingerprint=fingerprint(video),
        duration_us=FRAMES * FRAME_US,
        frame_count=FRAMES,
    )
    start = Coding(session="BENCH", coder="c01", media=(media,))
    with create(path, coding=start, scheme=scheme, who="c01") as file:
        document = file.document()
        for plan, at in zip(scheme.procedure.episodes, STANDARD_STARTS, strict=True):
            edit = MarkEpisode(episode=plan.id, at_us=at * 1_000_000, frame=at * FPS)
            document.submit(edit)
        document.submit(EndSession(at_us=STANDARD_END * 1_000_000, frame=STANDARD_END * FPS))
        fill(document, events)
        file.flush(600)


def fill(document, wanted: int) -> None:
    chance = Random(3)
    groups = document.scheme.ethogram.groups
    step_us = STANDARD_END * 1_000_000 / wanted
    while (count := len(document.coding.events)) < wanted:
        group = chance.choice(groups)
        code = chance.choice(group.codes)
        at_us = int(count * step_us)
        end_us = None
        if code.kind is CodeKind.STATE and not group.exclusive:
            end_us = at_us + 400_000
        try:
            document.submit(
                AddEvent(
                    code=code.id,
                    subject=chance.choice(group.subjects),
                    at_us=at_us,
                    frame=at_us // FRAME_US,
                    end_us=end_us,
                )
            )
        except EditRefusedError:
            continue


def presses(bench: Bench, count: int, times: Times) -> None:
    chance = Random(5)
    keys = [binding.key for binding in infant_scheme().keymap.bindings]
    done = 0
    while done < count:
        ordinal = chance.randrange(10 * FPS, STANDARD_END * FPS - 5)
        bench.go_to(ordinal)
        bench.look_there(ordinal * FRAME_US)
        key = keys[(7 * done + chance.randrange(3)) % len(keys)]
        done += bench.press(key, times)


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show(times: Times) -> None:
    for name, values in times.by_name.items():
        p99 = statistics.quantiles(values, n=100)[98] if len(values) > 1 else values[0]
        say(
            f"{name:42}{statistics.median(values):8.1f} p50{p99:9.1f} p99"
            f"{max(values):9.1f} max   n = {len(values)}"
        )


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--profile", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        make_video(folder / "bench.mp4")
        make_coding(folder / "bench.sspc", folder / "bench.mp4", wanted.events)
        say(f"{'made':42}{memory_mb():8.1f} MB")
        profile = cProfile.Profile() if wanted.profile else NoProfile()
        bench = Bench(folder / "bench.sspc", folder, profile)
        say(f"{len(bench.session.coding.events)} events; milliseconds")
        say(f"{'open: table and timeline painted':42}{bench.usable_ms:8.1f}")
        say(f"{'open: first frame painted':42}{bench.picture_ms:8.1f}")
        times = Times()
        presses(bench, 5, Times())
        presses(bench, wanted.keys, times)
        show(times)
        say(f"{'wanted: row and mark painted':42}{MOST_P50_MS:8.1f} p50{MOST_P99_MS:9.1f} p99")
        began = time.perf_counter()
        open_work(bench.session.coding, bench.session.scheme)
        say(f"{'what is missing (after the typing)':42}{1000 * (time.perf_counter() - began):8.1f}")
        say(f"{'memory at most':42}{memory_mb():8.1f} MB")
        bench.window.close()
        if isinstance(profile, cProfile.Profile):
            pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
            pstats.Stats(profile).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()
