"""A private sound server with one null sink, and a recorder of what that sink plays."""

from __future__ import annotations

import bisect
import os
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

RATE = 48_000
HUM = 0.03
"""How strong the hum is that tells a dropout from silence."""
RECORDER_LEAD_S = 0.005
"""The monitor hands out up to 10 ms of sound before the sink has played it."""


class SoundServer:
    """A private server with one null sink."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.socket = folder / "pulse.sock"
        self.start()

    def start(self) -> None:
        if shutil.which("pulseaudio") is None or shutil.which("parec") is None:
            raise RuntimeError("install the packages pulseaudio and pulseaudio-utils")
        self.socket.unlink(missing_ok=True)
        own = {"HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder)}
        self._process = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1"),
                "--use-pid-file=no",
                *("-L", f"module-native-protocol-unix socket={self.socket} auth-anonymous=1"),
                *("-L", f"module-null-sink sink_name=n1 rate={RATE}"),
            ],
            env=os.environ | own,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 10
        while not self.socket.exists() and time.monotonic() < until:
            time.sleep(0.05)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


class Recorder:
    """What the sink plays, with the monotonic time of every sample."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [
                *("parec", "--raw", "--latency-msec=10", "-d", "n1.monitor"),
                *("--format=s16le", f"--rate={RATE}", "--channels=1"),
            ],
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self._chunks: list[bytes] = []
        self._counts: list[int] = []
        self._arrivals: list[float] = []
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        count = 0
        while chunk := self._process.stdout.read(4_096):
            now = time.monotonic()
            self._chunks.append(chunk)
            count += len(chunk) // 2
            self._counts.append(count)
            self._arrivals.append(now - count / RATE)

    def stop(self) -> Heard:
        """Stop, and find beeps and dropouts."""
        self._process.kill()
        self._thread.join()
        self._process.wait()
        self._process.stdout.close()
        whole = b"".join(self._chunks)
        sound = np.frombuffer(whole[: len(whole) // 2 * 2], np.int16).astype(np.float32)
        width = RATE // 500
        level = np.convolve(np.abs(sound), np.ones(width) / width, "same")
        beeps = [group for group in _runs(level > 4_000) if len(group) > width]
        hum = np.convolve(np.abs(sound), np.ones(RATE // 100) / (RATE // 100), "same")
        quiet = [group for group in _runs(hum < HUM * 32_767 / 10) if len(group) > RATE // 200]
        return Heard(
            beeps=[self._time_of((group[0] + group[-1]) / 2) for group in beeps],
            dropouts=[self._time_of(group[0]) for group in quiet],
            stretches=len(_runs(hum > HUM * 32_767 / 10)),
        )

    def _time_of(self, sample: float) -> float:
        """A chunk may come late and never early; lost chunks move all that follow."""
        place = bisect.bisect(self._counts, sample)
        near = self._arrivals[max(0, place - 200) : place + 200]
        return min(near) + RECORDER_LEAD_S + sample / RATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Monotonic times of the middle of each beep and of the begin of each silence.

    `stretches` counts the stretches of sound between silences of 50 ms or more.
    """

    beeps: list[float]
    dropouts: list[float]
    stretches: int

    def dropouts_between(self, start: float, end: float) -> int:
        return sum(start < at < end for at in self.dropouts)


def _runs(where: np.ndarray) -> list[np.ndarray]:
    found = np.flatnonzero(where)
    if not found.size:
        return []
    return np.split(found, np.flatnonzero(np.diff(found) > RATE // 20) + 1)
