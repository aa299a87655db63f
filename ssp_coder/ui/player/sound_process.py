"""The sound device in a process of its own, for a vanished sound server ends the process.

Run as a script. It takes 16-bit stereo sound from its standard input, plays it on the device that
sounds usually go to, and writes to its standard output: first a line with the device's name, then a
record every few milliseconds. It imports nothing of the program, so that it is there quickly.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtMultimedia import QAudioSink, QtAudio

RECORD = struct.Struct("<qqq")
"""Microseconds of sound heard, monotonic nanoseconds when that was read, sample pairs taken."""
SAMPLE_RATE = 48_000
PAIR_BYTES = 4

BUFFER_MS = 80
"""Project default: so much sound lies ready in the device."""
TICK_MS = 5
READ_WITHIN_NS = 2_000_000
"""A reading of the device's clock that took longer says nothing about a moment."""

_CHUNK = 65_536


class Answer(IntEnum):
    """Why the process ended; 1 and 2 are what Python itself ends with."""

    ENDED = 0
    """It was told to."""
    NO_LIBRARY = 3
    """Qt's sound library or what it needs is missing."""
    NO_DEVICE = 4
    """There is no sound device."""
    REFUSED = 5
    """The device cannot be opened, or closed itself."""
    MOVED = 6
    """Sounds go to another device now."""


class Input:
    """Sound that came in and was not played yet, read in a thread of its own."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._guard = threading.Lock()
        self._waiting = bytearray()
        self.ended = False
        self._thread = threading.Thread(target=self._read, name="sound input", daemon=True)
        self._thread.start()

    def take(self, most: int) -> bytes:
        """At most so many bytes, in whole sample pairs."""
        with self._guard:
            count = min(most, len(self._waiting)) // PAIR_BYTES * PAIR_BYTES
            taken = bytes(self._waiting[:count])
            del self._waiting[:count]
        return taken

    def _read(self) -> None:
        while chunk := os.read(self._descriptor, _CHUNK):
            with self._guard:
                self._waiting += chunk
        self.ended = True


class Mouth:
    """Moves sound from the input to the device and reports how much of it was heard."""

    def __init__(
        self, sink: QAudioSink, sound: Input, stopped: QtAudio.State, output: int = 1
    ) -> None:
        self._sink, self._sound, self._stopped, self._output = sink, sound, stopped, output
        self._taken = 0
        self._writer = sink.start()

    def tick(self) -> Answer | None:
        """One portion; says when it is time to end, and why."""
        if self._sound.ended:
            return Answer.ENDED
        if self._writer is None or self._sink.state() == self._stopped:
            return Answer.REFUSED
        chunk = self._sound.take(self._sink.bytesFree())
        if chunk:
            self._writer.write(chunk)
            self._taken += len(chunk) // PAIR_BYTES
        return self._report()

    def _report(self) -> Answer | None:
        before = time.monotonic_ns()
        heard_us = self._sink.processedUSecs()
        after = time.monotonic_ns()
        if after - before > READ_WITHIN_NS:
            return None
        try:
            os.write(self._output, RECORD.pack(heard_us, (before + after) // 2, self._taken))
        except OSError:
            return Answer.ENDED
        return None


def introduce(name: str, output: int = 1) -> None:
    """Say which device it is, in the one line that is no record."""
    os.write(output, " ".join(name.split()).encode() + b"\n")


def main() -> int:
    """Play what comes in until it ends."""
    try:
        from PySide6.QtCore import QCoreApplication
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio
    except ImportError:
        return Answer.NO_LIBRARY
    application = QCoreApplication(["sound"])
    device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        return Answer.NO_DEVICE
    sound = QAudioFormat()
    sound.setSampleRate(SAMPLE_RATE)
    sound.setChannelCount(2)
    sound.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    sink = QAudioSink(device, sound)
    sink.setBufferSize(SAMPLE_RATE * BUFFER_MS // 1_000 * PAIR_BYTES)
    devices = QMediaDevices()

    def moved() -> None:
        if QMediaDevices.defaultAudioOutput().id() != device.id():
            application.exit(Answer.MOVED)

    devices.audioOutputsChanged.connect(moved)
    introduce(device.description())
    return _run(application, Mouth(sink, Input(), QtAudio.State.StoppedState))


def _run(application: QCoreApplication, mouth: Mouth) -> int:
    from PySide6.QtCore import Qt, QTimer

    def tick() -> None:
        answer = mouth.tick()
        if answer is not None:
            application.exit(answer)

    timer = QTimer(application)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(TICK_MS)
    timer.timeout.connect(tick)
    timer.start()
    return application.exec()


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    # Nothing is to be tidied up, and a broken sound server may hang whoever tries.
    os._exit(code)
