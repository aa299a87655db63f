"""Talks to mpv, the player that other coding programs build on, to compare with."""

from __future__ import annotations

import itertools
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

PATIENCE_S = 30.0

Reply = dict[str, Any]


class Mpv:
    """One mpv with a window of its own, steered through its socket."""

    def __init__(self, folder: Path, size: tuple[int, int], remedy_s: float = 0.0) -> None:
        program = shutil.which("mpv")
        if program is None:
            raise SystemExit("mpv is missing; install the package mpv")
        self._place = folder / "mpv.socket"
        width, height = size
        self._numbers = itertools.count(1)
        self._rest = b""
        self._child = subprocess.Popen(
            [
                *(program, "--no-config", "--idle", "--pause", "--hr-seek=yes", "--hwdec=no"),
                *("--vo=x11", "--no-audio", "--osc=no", "--osd-level=0", "--keep-open=yes"),
                *("--rebase-start-time=no", "--force-window=yes", "--no-terminal"),
                *("--screenshot-format=png", "--screenshot-png-compression=1"),
                *(f"--geometry={width}x{height}+720+0", f"--hr-seek-demuxer-offset={remedy_s}"),
                f"--input-ipc-server={self._place}",
            ],
            stdin=subprocess.DEVNULL,
        )
        self._socket = self._connected()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._child.terminate()
        self._child.wait()

    @staticmethod
    def version() -> str:
        """What mpv calls itself."""
        told = subprocess.run(["mpv", "--version"], capture_output=True, text=True, check=True)
        return " ".join(told.stdout.split()[:2])

    def _connected(self) -> socket.socket:
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE_S)
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                line.connect(str(self._place))
            except OSError:
                if time.monotonic() > end:
                    raise SystemExit("mpv does not answer") from None
                time.sleep(0.02)
            else:
                return line

    def load(self, path: Path) -> bool:
        """Open a recording; False when mpv refuses it."""
        self._send("loadfile", str(path))
        ended = self._until(lambda told: told.get("event") in {"playback-restart", "end-file"})
        if ended["event"] == "end-file" and ended.get("reason") != "error":
            ended = self._until(lambda told: told.get("event") in {"playback-restart", "end-file"})
        return bool(ended["event"] == "playback-restart")

    def seek_ms(self, seconds: float) -> float:
        """Go exactly to a time; milliseconds until mpv says that it shows it."""
        began = time.perf_counter()
        self._send("seek", seconds, "absolute+exact")
        self._until(lambda told: told.get("event") == "playback-restart")
        return 1_000 * (time.perf_counter() - began)

    def shot(self, place: Path) -> Path:
        """Save the picture that is shown, in the recording's size."""
        number = self._send("screenshot-to-file", str(place), "video")
        told = self._until(lambda told: told.get("request_id") == number)
        if told["error"] != "success":
            raise SystemExit(f"mpv made no picture: {told['error']}")
        return place

    def _send(self, *command: object) -> int:
        number = next(self._numbers)
        message = json.dumps({"command": command, "request_id": number})
        self._socket.sendall(f"{message}\n".encode())
        return number

    def _until(self, wanted: Callable[[Reply], bool]) -> Reply:
        while True:
            told = self._next()
            if wanted(told):
                return told

    def _next(self) -> Reply:
        while b"\n" not in self._rest:
            more = self._socket.recv(65_536)
            if not more:
                raise SystemExit("mpv has ended")
            self._rest += more
        line, self._rest = self._rest.split(b"\n", 1)
        told: Reply = json.loads(line)
        return told
