"""How fast the window answers in a large coding; run by hand.

``python tests/benchmarks/bench_window.py [--events 10000 100000] [--keys 300] [--profile]``

Opens each coding in the real main window, without a screen and in a process of its own, and
presses code keys at frames all over the session. A press is timed until its row and its mark have
been painted, until the writer has it committed, and until the window has been told. Only codes
whose lanes are in view are pressed, as no mark of another is painted; those left out are named.
``--keep DIR`` makes the codings there once and works on copies of them.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import math
import os
import pstats
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
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
from PySide6.QtWidgets import QAbstractItemView, QSplitter

from ssp_coder.domain.coding import Coding, Event, EventId, Media
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.time import Micros
from ssp_coder.editing.change import Change, FieldChange
from ssp_coder.editing.completeness import Step, open_work
from ssp_coder.editing.edits import AddEvent, EndSession, MarkEpisode
from ssp_coder.editing.history import Record, RecordKind
from ssp_coder.editing.keys import subject_for
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.storage.coding_file import CodingFile, create
from ssp_coder.ui.application import application
from ssp_coder.ui.code.event_table import EventTable
from ssp_coder.ui.code.feed import lane_id
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
MEMORY_KEYS = 30
VIDEO = "bench.mp4"


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
        self.hidden: list[str] = []
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
        self.window.resize(1440, 1500)
        QTest.qWait(SETTLE_MS)  # the panels take their places anew in a window of another size
        split = panel.parentWidget()
        while not isinstance(split, QSplitter) or split.orientation() is Qt.Orientation.Horizontal:
            split = split.parentWidget()
        split.setSizes([400, 1000])
        QTest.qWait(SETTLE_MS)

    def keys_in_view(self) -> list[str]:
        """The keys of codes whose lane is seen whole now; lanes of pictures come in later."""
        work, scheme = self.window.workspace.work, self.session.scheme
        layout, keys, hidden = work.timeline.layout_now(), [], []
        # A panel that is smaller than its content scrolls the timeline as a whole.
        body = layout.body & work.timeline.visibleRegion().boundingRect()
        for binding in scheme.keymap.bindings:
            group = scheme.ethogram.group_of(binding.code)
            lane = layout.lane_rect(lane_id(group, subject_for(group, work.board.subject)))
            seen = lane is not None and body.contains(lane)
            (keys if seen else hidden).append(binding.key if seen else binding.code)
        if hidden != self.hidden:
            self.hidden = hidden
            say(f"not pressed, as their lanes are not in view: {', '.join(hidden)}")
        if not keys:
            raise SystemExit("no lane is in view")
        return keys

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
        row = work.events.model.row_of(before[-1].id) if before else None
        if row is not None:
            index = work.events.model.index(row, 0)
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
        painted = self.painted
        has_row = self._row_is_seen(history.step_to_undo().change)
        self.wait(lambda: painted.timeline > began and (painted.table > began or not has_row))
        spent = time.thread_time()
        row, both = painted.table, max(painted.table, painted.timeline)
        self.profile.disable()
        self._check_in_view(known)
        self.wait(lambda: self.committed > seq and self.session.unsaved == 0)
        times.note("key handled (model, lists and log row)", began, handled)
        if has_row:
            times.note("row painted", began, row)
        times.note("row and mark painted", began, both)
        times.note("the same, processor of the window alone", worked, spent)
        times.note("committed to the disk", began, self.committed_at)
        times.note("window shows it as saved", began, time.perf_counter())
        return True

    def _row_is_seen(self, change: Change) -> bool:
        """A second press may end a state whose row is out of view, and nothing is painted there."""
        table, model = self.window.workspace.work.table, self.window.workspace.work.events.model
        rows = (model.row_of(event.id) for event in change.added)
        places = [table.visualRect(model.index(row, 0)) for row in rows if row is not None]
        return any(table.viewport().rect().intersects(place) for place in places)

    def _check_in_view(self, event_id: int) -> None:
        work = self.window.workspace.work
        row = work.events.model.row_of(event_id)
        if row is None:
            return  # a second press closed a state; its row stays where it was
        place = work.table.visualRect(work.events.model.index(row, 0))
        if not work.table.viewport().rect().intersects(place):
            raise SystemExit(f"row {row} of the new event is not in view")

    def wait(self, state: Callable[[], bool]) -> None:
        end = time.perf_counter() + PATIENCE_S
        while not state():
            if time.perf_counter() > end:
                raise RuntimeError("waited too long")
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
        fill(file, events)
        file.flush(600)


def fill(file: CodingFile, wanted: int) -> None:
    """One row of the log an event, as if each had been coded; too many to submit one by one."""
    coding, last = file.coding, file.history.last_seq
    for seq, event in enumerate(events_all_over(wanted), start=last + 1):
        edit = AddEvent(
            code=event.code,
            subject=event.subject,
            at_us=event.start_us,
            frame=event.start_frame,
            end_us=event.end_us,
            end_frame=event.end_frame,
        )
        number = FieldChange(name="next_event", before=event.id, after=EventId(event.id + 1))
        change = Change(added=(event,), fields=(number,))
        record = Record(seq=seq, kind=RecordKind.EDIT, target=seq, edit=edit, change=change)
        file.append(record, replace(coding, next_event=EventId(event.id + 1)))


def events_all_over(wanted: int) -> Iterator[Event]:
    """Events of every group of every person; a state is over before the next of its lane."""
    chance = Random(3)
    groups = infant_scheme().ethogram.groups
    step_us = STANDARD_END * 1_000_000 / wanted
    free_at: dict[tuple[str, str], int] = {}
    number = 0
    while number < wanted:
        group = chance.choice(groups)
        code, subject = chance.choice(group.codes), chance.choice(group.subjects)
        at_us = end_us = int(number * step_us)
        if code.kind is CodeKind.STATE:
            if free_at.get((group.id, subject), 0) > at_us:
                continue
            end_us = min(at_us + int(3 * step_us), STANDARD_END * 1_000_000)
            free_at[group.id, subject] = end_us
        number += 1
        yield Event(
            id=EventId(number),
            code=code.id,
            subject=subject,
            start_us=Micros(at_us),
            end_us=Micros(end_us),
            start_frame=at_us // FRAME_US,
            end_frame=end_us // FRAME_US,
        )


def presses(bench: Bench, count: int, times: Times) -> None:
    chance = Random(5)
    done = 0
    while done < count:
        ordinal = chance.randrange(10 * FPS, STANDARD_END * FPS - 5)
        bench.go_to(ordinal)
        bench.look_there(ordinal * FRAME_US)
        keys = bench.keys_in_view()
        key = keys[(7 * done + chance.randrange(3)) % len(keys)]
        done += bench.press(key, times)


def memory_mb(what: str) -> float:
    """What this process holds now (``VmRSS``), or has held at most (``VmHWM``)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        name, _, rest = line.partition(":")
        if name == what:
            return int(rest.split()[0]) / 1024
    return math.nan


def show(times: Times) -> None:
    for name, values in times.by_name.items():
        say(
            f"{name:42}{statistics.median(values):8.1f} p50{p99(values):9.1f} p99"
            f"{max(values):9.1f} max   n = {len(values)}"
        )


def p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98] if len(values) > 1 else values[0]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def measure(path: Path, keys: int, profile: cProfile.Profile | NoProfile) -> dict[str, float]:
    """Open a coding, press keys, and print what it took; this process does nothing else."""
    bench = Bench(path, path.parent, profile)
    say(f"\n{len(bench.session.coding.events)} events; milliseconds")
    say(f"{'open: table and timeline painted':42}{bench.usable_ms:8.1f}")
    say(f"{'open: first frame painted':42}{bench.picture_ms:8.1f}")
    times = Times()
    presses(bench, 5, Times())
    presses(bench, MEMORY_KEYS - 5, times)
    held = memory_mb("VmRSS")
    presses(bench, max(0, keys - MEMORY_KEYS + 5), times)
    show(times)
    began = time.perf_counter()
    open_work(bench.session.coding, bench.session.scheme)
    say(f"{'what is missing (after the typing)':42}{1000 * (time.perf_counter() - began):8.1f}")
    say(f"{'memory after 30 events were added':42}{held:8.1f} MB")
    say(f"{'memory at most':42}{memory_mb('VmHWM'):8.1f} MB")
    bench.window.close()
    if isinstance(profile, cProfile.Profile):
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)
    painted = times.by_name["row and mark painted"]
    return {
        "open": bench.usable_ms,
        "p50": statistics.median(painted),
        "p99": p99(painted),
        "memory": held,
    }


def told(arguments: list[str]) -> str:
    """What a process of its own prints, which it also shows here; its last line is the result."""
    command = [sys.executable, str(Path(__file__).resolve()), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        lines = [line.rstrip("\n") for line in child.stdout]
    if child.returncode:
        raise SystemExit(child.returncode)
    for line in lines[:-1]:
        say(line)
    return lines[-1] if lines else "{}"


def judge(by_events: dict[int, dict[str, float]]) -> None:
    """Print each bar with what was measured."""
    say("")
    for events, got in by_events.items():
        words = f"{events} events: open, memory"
        say(f"{words:42}{got['open']:8.1f} ms{got['memory']:10.1f} MB")
        words = f"{events} events: row and mark painted"
        say(f"{words:42}{got['p50']:8.1f} p50{got['p99']:9.1f} p99")
    say(f"{'wanted at 10,000':42}{MOST_P50_MS:8.1f} p50{MOST_P99_MS:9.1f} p99, open < 300 ms")
    if len(by_events) > 1:
        small, large = by_events[min(by_events)], by_events[max(by_events)]
        ratios = f"{large['p50'] / small['p50']:8.2f} p50{large['p99'] / small['p99']:9.2f} p99"
        say(f"{'times as long in the larger one':42}{ratios}")
        say(f"{'wanted at 100,000':42}{1.5:8.2f} p50{1.5:9.2f} p99, open < 2000 ms, < 450 MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--keep", type=Path, help="folder for the codings; made once")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.one:
        run_one(wanted.one, wanted)
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = wanted.keep or Path(name)
        folder.mkdir(exist_ok=True)
        common = ["--keys", str(wanted.keys), *(["--profile"] if wanted.profile else [])]
        results = {}
        for events in wanted.events:
            kept = folder / f"bench-{events}.sspc"
            if not kept.exists():
                told(["--one", str(kept), "--make", "--events", str(events)])
            copy = Path(name) / f"copy-{kept.name}"
            shutil.copyfile(kept, copy)
            if folder != Path(name):
                shutil.copyfile(folder / VIDEO, Path(name) / VIDEO)
            results[events] = json.loads(told(["--one", str(copy), *common]))
        judge(results)


def run_one(path: Path, wanted: argparse.Namespace) -> None:
    if wanted.make:
        video = path.with_name(VIDEO)
        if not video.exists():
            make_video(video)
        make_coding(path, video, wanted.events[0])
        say("{}")
        return
    profile = cProfile.Profile() if wanted.profile else NoProfile()
    say(json.dumps(measure(path, wanted.keys, profile)))


if __name__ == "__main__":
    main()
