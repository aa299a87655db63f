"""Recorded time against the picture on the screen, in a thousand real key presses while playing.

``python tests/benchmarks/bench_recorded.py [--presses 1000]``

It needs the packages xvfb, xauth and libxtst6. Code keys are pressed at the display server while
the video plays at half, normal and double speed, some of them right after a step or a jump. When a
press reaches the window, and before anything in it has acted, the bar code is read from what the
display server shows of the picture. Afterwards the coding file is opened anew: each event must
have the time of that frame. Nothing of the program tells the oracle which frame it was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow

from ssp_coder.domain.coding import Event
from ssp_coder.media.index import FrameIndex
from ssp_coder.media.indexing import build_index
from ssp_coder.storage.coding_file import open_read_only
from tests.benchmarks.bars import Bar, at_least, conclude, say
from tests.benchmarks.recordings import hd_clip
from tests.benchmarks.screening import (
    Keyboard,
    finish,
    on_a_screen,
    picture_place,
    screen_pixels,
    serve_for,
    wait,
)
from tests.benchmarks.session_window import Sitting, make_coding
from tests.fixtures.videos import read_code

RATES = (0.5, 1.0, 2.0)
CLIP_S = 60
END_US = 3_000_000
"""So long before its end the video goes on from its beginning."""
KEYS = "12345"
"""Keys that, with Shift, record a point without further questions."""
SHORTEST_S, LONGEST_S = 0.04, 0.13
STEPS, JUMPS = 0.1, 0.05
"""How often a step, which pauses, or a jump of a second goes before a code key."""
NO_CODE = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space})


class Oracle(QObject):
    """Reads the picture's bar code from the display server whenever a real key comes."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self.listening = False
        self.seen: list[int | None] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note the frame on the screen and let the key pass."""
        if (
            self.listening
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and isinstance(watched, QWindow)
            and event.spontaneous()
            and event.key() not in NO_CODE
        ):
            self.seen.append(self._read())
        return False

    def _read(self) -> int | None:
        view = self._sitting.workspace.player.view
        video = self._sitting.workspace.player.video
        if video is None:
            return None
        place = picture_place(view, video.facts.width, video.facts.height)
        return read_code(screen_pixels(view, place))


def press_while_playing(sitting: Sitting, oracle: Oracle, rate: float, presses: int) -> None:
    """Press code keys at moments without order while the video plays."""
    chance, keyboard = Random(int(10 * rate)), Keyboard()
    player = sitting.workspace.player
    keyboard.focus(sitting.window)
    player.set_rate(rate)
    player.seek(0)
    wait(lambda: player.moment is not None and player.moment.ordinal == 0)
    oracle.listening = False
    keyboard.press("space")
    wait(lambda: player.playing)
    oracle.listening = True
    serve_for(0.5)
    for number in range(presses):
        known = len(oracle.seen)
        move(keyboard, chance)
        keyboard.press(KEYS[number % len(KEYS)], "Shift_L")
        wait(lambda seen=known: len(oracle.seen) > seen)
        if not player.playing:
            keyboard.press("space")
        serve_for(chance.uniform(SHORTEST_S, LONGEST_S))
        if player.moment is not None and player.moment.pts_us > player.end_us - END_US:
            player.seek(0)
    oracle.listening = False
    player.pause()


def move(keyboard: Keyboard, chance: Random) -> None:
    """Now and then a step or a jump, so short before the code key that it may not be painted."""
    deed = chance.random()
    if deed < STEPS:
        keyboard.press(chance.choice(("Left", "Right")))
        serve_for(chance.uniform(0.0, SHORTEST_S))
    elif deed < STEPS + JUMPS:
        keyboard.press("Left", "Shift_L")
        serve_for(chance.uniform(0.0, SHORTEST_S))


def recorded(coding: Path) -> list[Event]:
    """The events of a coding file, in the order in which they were made."""
    with open_read_only(coding) as file:
        return sorted(file.coding.events, key=lambda event: event.id)


def agreeing(events: list[Event], seen: list[int | None], index: FrameIndex) -> Counter[str]:
    """How many presses became an event with the time and the number of the frame on the screen."""
    counted: Counter[str] = Counter(pressed=len(seen), recorded=len(events))
    for event, number in zip(events, seen, strict=False):
        if number is None:
            counted["unreadable"] += 1
        elif event.start_us == index.times_us[number]:
            counted["agreed"] += 1
        else:
            counted["apart"] += 1
            say(f"frame {number} at {index.times_us[number]} was recorded as {event.start_us}")
    return counted


def run(folder: Path, presses: int) -> list[Bar]:
    """Press keys at every speed and compare with the file."""
    video = hd_clip(folder, CLIP_S)
    coding = make_coding(folder / "presses.sspc", ((video, 0),))
    sitting = Sitting(coding, folder)
    oracle = Oracle(sitting)
    sitting.app.installEventFilter(oracle)
    for place, rate in enumerate(RATES):
        share = presses // len(RATES) + (place < presses % len(RATES))
        began = time.perf_counter()
        press_while_playing(sitting, oracle, rate, share)
        say(f"{rate}x: {share} presses in {time.perf_counter() - began:.0f} s")
    wait(lambda: sitting.workspace.session.unsaved == 0)
    sitting.app.removeEventFilter(oracle)
    finish(sitting.window)
    counted = agreeing(recorded(coding), oracle.seen, build_index(video))
    say(", ".join(f"{count} {what}" for what, count in counted.items()))
    lost = f"{len(set(oracle.seen))} different frames"
    return [
        at_least("presses that became an event", counted["recorded"], presses),
        at_least("recorded time = painted frame", counted["agreed"], presses, note=lost),
    ]


def main() -> int:
    """Print the bars; 0 when every press agreed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=1_000)
    wanted = parser.parse_args()
    on_a_screen()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        return conclude(run(Path(name), wanted.presses))


if __name__ == "__main__":
    sys.exit(main())
