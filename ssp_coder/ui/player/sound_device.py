"""The sound device, reached through a process that may die without harm."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QGuiApplication

from ssp_coder.media.playout import Outlet
from ssp_coder.media.sound import SAMPLE_RATE
from ssp_coder.ui.player.sound_process import RECORD, Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ssp_coder.media.sound_pieces import Samples

ANSWER_S = 10.0
"""So long a device may take to open before it counts as gone."""
LEAD = SAMPLE_RATE // 50
"""Project default: so many sample pairs are on their way to the device's own buffer."""

SCREENLESS = ("offscreen", "minimal")
"""Qt's platforms without a screen."""

_LOOK_S = 0.02
_FAREWELL_S = 0.5
SCRIPT = Path(__file__).with_name("sound_process.py")


class SoundOff(Exception):  # noqa: N818 - it is a state of the computer, not an error of the program
    """There is no device to be heard through.

    Attributes:
        answer: why; None when the device hung or its process died.
    """

    def __init__(self, answer: Answer | None) -> None:
        super().__init__("no answer" if answer is None else answer.name)
        self.answer = answer


class OpenOutlet(Outlet, Protocol):
    """A device that can be given back.

    Attributes:
        name: what the computer calls it.
    """

    name: str

    def close(self) -> Answer | None:
        """Give the device back; says why it ended if it did so by itself, None if it died."""


class SoundSystem(Protocol):
    """Opens the device that sounds usually go to, real or pretended."""

    def open(self, cancelled: Callable[[], bool]) -> OpenOutlet:
        """Open it, outside the window's thread.

        Raises:
            SoundOff: there is none, it cannot be opened, or the caller does not want it any more.
        """


class ProcessOutlet:
    """A device in another process; written to from one thread."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start the process.

        Raises:
            OSError: it cannot be started.
        """
        self._process = subprocess.Popen(  # noqa: S603 - our own script, no word from outside
            list(command),
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.name = ""
        self._written = 0
        self._broken = False
        self._last: tuple[int, int, int] | None = None
        self._reader = threading.Thread(target=self._read, name="sound device", daemon=True)
        self._reader.start()

    def wait_until_open(self, cancelled: Callable[[], bool]) -> None:
        """Wait for the first word of the device.

        Raises:
            SoundOff: there came none; the process is gone.
        """
        until = time.monotonic() + ANSWER_S
        while self._last is None:
            late = cancelled() or time.monotonic() > until
            if late or not self._reader.is_alive():
                raise SoundOff(self.close())
            self._reader.join(_LOOK_S)

    def room(self) -> int:
        """Sample pairs that can be written now."""
        taken = 0 if self._last is None else self._last[2]
        return max(0, LEAD - (self._written - taken))

    def write(self, samples: Samples) -> int:
        """Write sample pairs; returns how many were taken."""
        if self._process.stdin is None or self._broken:
            return 0
        try:
            self._process.stdin.write(samples.tobytes())
        except OSError:
            self._broken = True
            return 0
        self._written += len(samples)
        return len(samples)

    def heard(self) -> tuple[int, int]:
        """Microseconds of sound heard since it was opened, and the monotonic time of that."""
        return (0, 0) if self._last is None else self._last[:2]

    def trouble(self) -> str:
        """Why nothing can be heard any more, empty while all is well."""
        gone = self._broken or self._process.poll() is not None
        return "the device is gone" if gone else ""

    def close(self) -> Answer | None:
        """End the process; says why it had ended if it did so by itself."""
        if self._process.stdin is not None:
            try:
                self._process.stdin.close()
            except OSError:
                self._broken = True
        try:
            code = self._process.wait(_FAREWELL_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()
        return Answer(code) if code in set(Answer) else None

    def _read(self) -> None:
        source = self._process.stdout
        if source is None:
            return
        self.name = source.readline().decode("utf-8", "replace").strip()
        waiting = b""
        while chunk := source.read(RECORD.size * 64):
            waiting += chunk
            whole = len(waiting) // RECORD.size * RECORD.size
            if whole:
                heard_us, at_ns, taken = RECORD.unpack_from(waiting, whole - RECORD.size)
                self._last = (heard_us, at_ns, taken)
                waiting = waiting[whole:]


def sound_of_this_computer() -> ComputerSound | None:
    """The real device, None where there is no screen and so nobody to hear it."""
    return None if QGuiApplication.platformName() in SCREENLESS else ComputerSound()


class ComputerSound:
    """The real device of this computer."""

    def open(self, cancelled: Callable[[], bool]) -> ProcessOutlet:
        """Open the device that sounds usually go to.

        Raises:
            SoundOff: there is none, it cannot be opened, or the caller does not want it any more.
        """
        try:
            outlet = ProcessOutlet((sys.executable, "-P", str(SCRIPT)))
        except OSError:
            raise SoundOff(None) from None
        outlet.wait_until_open(cancelled)
        return outlet
