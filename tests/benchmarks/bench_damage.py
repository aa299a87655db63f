"""Two hundred damaged recordings in the window, which is killed while it decodes them.

``python tests/benchmarks/bench_damage.py [--files 200] [--sittings 20]``

Each sitting is a window in a process of its own with a coding open. It is given one damaged
recording after another: opened, sought in, played, and coded by key wherever a picture came. At
the end it plays on and is killed. The bars: no window ends by itself, and every event that the
window had shown as saved is in its coding file.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.verify import verify
from ssp_coder.ui.player.open_video import CameraSource
from tests.benchmarks.bars import Bar, at_least, at_most, conclude, say
from tests.benchmarks.screening import serve_for, wait
from tests.benchmarks.session_window import Sitting, make_coding
from tests.fixtures.videos import ClipFactory
from tests.unit.media.test_media_damage import DAMAGED, damaged_copy

SEEKS = 4
PLAYED_S = 0.15
PATIENCE_S = 60.0
KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
READY = "killable"
UNSEEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.qpa.*=false"}


# ------------------------------------------------------------------------------ the window's side


@dataclass
class Notes:
    """What the player told since they were cleared."""

    opened: bool = False
    said: int = 0

    def note_opened(self, _video: object) -> None:
        """The recording is open."""
        self.opened = True

    def note_words(self, _sentence: str) -> None:
        """Something is wrong with it."""
        self.said += 1


class Sufferer:
    """A sitting that is given damaged recordings."""

    def __init__(self, coding: Path, folder: Path) -> None:
        self._sitting = Sitting(coding, folder)
        self._player = self._sitting.workspace.player
        self._notes = Notes()
        self._player.opened.connect(self._notes.note_opened)
        self._player.open_failed.connect(self._notes.note_words)
        self._player.trouble.connect(self._notes.note_words)

    def suffer(self, path: Path, number: int) -> None:
        """Open, seek, play and code one recording; tell how many events are saved after it."""
        self._open(path)
        if self._notes.opened:
            self._look_around(Random(number))
            self._code(number)
        say(f"saved {len(self._sitting.workspace.session.coding.events)}")

    def play_on(self, path: Path) -> None:
        """Decode until somebody kills the process."""
        self._open(path)
        while True:
            self._player.play()
            serve_for(1.0)

    def _open(self, path: Path) -> None:
        self._notes.opened, self._notes.said = False, 0
        self._player.open_cameras((CameraSource(path=path),))
        wait(lambda: self._notes.opened or self._notes.said, PATIENCE_S)

    def _look_around(self, chance: Random) -> None:
        player, notes = self._player, self._notes
        for _ in range(SEEKS):
            at, notes.said = chance.randrange(max(1, player.end_us)), 0
            player.seek(at)
            wait(lambda at=at: notes.said or self._shows(at), PATIENCE_S)
        player.play()
        serve_for(PLAYED_S)
        player.pause()

    def _shows(self, time_us: int) -> bool:
        camera = self._player.cameras[0]
        moment = camera.view.moment
        return moment is not None and moment.ordinal == camera.ordinal_at(time_us)

    def _code(self, number: int) -> None:
        if self._player.moment is None:
            return
        shift = Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(self._sitting.workspace.work, KEYS[number % len(KEYS)], shift)
        wait(lambda: self._sitting.workspace.session.unsaved == 0, PATIENCE_S)


def sit(coding: Path, damaged: list[Path]) -> None:
    """The process that is killed."""
    sufferer = Sufferer(coding, coding.parent)
    for path in damaged:
        sufferer.suffer(path, int(path.stem))
    say(READY)
    sufferer.play_on(damaged[-1])


# ------------------------------------------------------------------------------ the other side


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one sitting."""

    exited: bool
    fed: int
    saved: int
    kept: int
    sound: bool


def watch(coding: Path, damaged: list[Path]) -> Fate:
    """Start a sitting, kill it when it is through, and look into its coding file."""
    command = [sys.executable, __file__, "--sit", str(coding), *map(str, damaged)]
    lines: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=UNSEEN) as child:
        for line in child.stdout or ():
            lines.append(line.strip())
            if lines[-1] == READY:
                time.sleep(Random(len(damaged)).uniform(0.0, 0.5))
                child.send_signal(signal.SIGKILL)
    counts = [int(line.split()[1]) for line in lines if line.startswith("saved ")]
    with open_read_only(coding) as file:
        kept = len(file.coding.events)
    return Fate(
        exited=child.wait() != -signal.SIGKILL,
        fed=len(counts),
        saved=counts[-1] if counts else 0,
        kept=kept,
        sound=not verify(coding),
    )


def feed(folder: Path, files: int, sittings: int) -> list[Bar]:
    """Damage recordings, share them among the sittings, and count."""
    (folder / "clips").mkdir()
    make, damaged = ClipFactory(folder / "clips"), []
    for number in range(files):
        clip = make(DAMAGED[number % len(DAMAGED)])
        damaged.append(folder / f"{number:03d}{clip.path.suffix}")
        damaged_copy(clip.path.read_bytes(), damaged[-1], number)
    video = folder / "whole.mp4"
    video.write_bytes(make("h264").path.read_bytes())
    fates = []
    for number in range(sittings):
        coding = make_coding(folder / f"sitting{number}.sspc", ((video, 0),))
        fates.append(watch(coding, damaged[number::sittings]))
        say(f"sitting {number}: {fates[-1].fed} recordings, {fates[-1].saved} events saved")
    saved = sum(fate.saved for fate in fates)
    lost = sum(max(0, fate.saved - fate.kept) for fate in fates)
    return [
        at_least("damaged recordings gone through", sum(fate.fed for fate in fates), files),
        at_most("windows that ended by themselves", sum(fate.exited for fate in fates), 0),
        at_most("events lost", lost, 0, note=f"of {saved}, {sittings} kills while decoding"),
        at_least("sound coding files", sum(fate.sound for fate in fates), sittings),
    ]


def main() -> int:
    """Print the bars; 0 when nothing ended and nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--sittings", type=int, default=20)
    parser.add_argument("--sit", type=Path, help="be the window with this coding")
    parser.add_argument("damaged", type=Path, nargs="*")
    wanted = parser.parse_args()
    if wanted.sit is not None:
        sit(wanted.sit, wanted.damaged)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        return conclude(feed(Path(name), wanted.files, wanted.sittings))


if __name__ == "__main__":
    sys.exit(main())
