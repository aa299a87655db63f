"""How long the window halts while it compares a study; run it on a quiet computer.

``python tests/benchmarks/bench_agreement_window.py``: sessions of two coders with about 310 events
each are written as coding files, then the window of a study reads and compares them while a timer
beats in its thread. ``--sessions N`` says how many, ``--where`` tells when the longest halts were.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.coding import Coding, EventId
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.agreement.study_window import StudyWindow
from ssp_coder.ui.agreement.work import Shelf
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from tests.benchmarks.bars import at_most, conclude, say
from tests.benchmarks.bench_study import pair_of
from tests.builders import infant_scheme

SESSIONS = 60
BEAT_MS = 5
HALT_MS = 50.0
SHOWN = 5


class Watch:
    """Notes how long the window's thread did not come round."""

    def __init__(self) -> None:
        self.halts: list[tuple[float, float]] = []
        self._began = self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        self._beat()
        self._timer.stop()

    def worst(self) -> list[tuple[float, float]]:
        """The longest halts, in milliseconds, each with the second at which it ended."""
        return sorted(self.halts, reverse=True)[:SHOWN]

    def _beat(self) -> None:
        now = time.perf_counter()
        self.halts.append((1_000 * (now - self._last), now - self._began))
        self._last = now


def write(folder: Path, coding: Coding, session: str) -> None:
    free = EventId(max((event.id for event in coding.events), default=0) + 1)
    whole = replace(coding, session=session, next_event=free)
    path = folder / f"{session}.{coding.coder}.sspc"
    create(path, coding=whole, scheme=infant_scheme(), who=coding.coder).close()


def compare(window: StudyWindow, folder: Path) -> Watch:
    """Compare a folder, and watch the thread until the report is shown."""
    window.set_source(folder)
    loop = QEventLoop()
    ended = QTimer()
    ended.timeout.connect(lambda: None if window.stop.isVisible() else loop.quit())
    watch = Watch()
    window.begin()
    ended.start(20)
    loop.exec()
    ended.stop()
    watch.stop()
    return watch


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--where", action="store_true", help="tell when the longest halts were")
    wanted = parser.parse_args(arguments)
    app = QApplication([])
    theme = Theme(Scheme.LIGHT)
    theme.apply(app)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        say(f"writing {wanted.sessions} sessions by two coders ..")
        for seed in range(1, wanted.sessions + 1):
            pair = pair_of(seed)
            for coding in (pair.first, pair.second):
                write(folder, coding, pair.session)
        window = StudyWindow(theme, Shelf())
        window.show()
        app.processEvents()
        watch = compare(window, folder)
        if window.compared is None:
            say(f"nothing was compared: {window.trouble.text()}")
            return 1
        window.close()
    if wanted.where:
        for halt, at in watch.worst():
            say(f"{halt:.0f} ms, ended at {at:.2f} s of {watch.halts[-1][1]:.2f} s")
    worst = watch.worst()[0][0]
    return conclude([at_most("longest halt of the window", worst, HALT_MS, unit=" ms")])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
