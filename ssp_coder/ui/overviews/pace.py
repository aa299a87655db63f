"""How work in the background gives way to what the coder does."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress

WORK_S = 0.004
"""Project default: while the coder plays, so much work is done in one go."""
REST_SHARE = 3.0
"""Project default: and then it rests so many times as long as it worked."""

_NICER = 5


class Pace:
    """Lets work run freely, or in short pieces while the coder plays or scrubs.

    `set_busy` and `let_go` are called by the window's thread, the rest by the working one.
    """

    def __init__(self) -> None:
        self._calm = threading.Event()
        self._calm.set()
        self._began = 0.0

    def set_busy(self, busy: bool) -> None:
        """Say whether the coder needs the computer now."""
        if busy:
            self._calm.clear()
        else:
            self._calm.set()

    def let_go(self) -> None:
        """End a rest, so that work which is to stop can see it."""
        self._calm.set()

    def begin(self) -> None:
        """Give way to every other thread from now on, where the system knows how."""
        self._began = time.monotonic()
        if sys.platform == "linux":
            # Of one thread alone; elsewhere the number would name a process.
            thread = threading.get_native_id()
            with suppress(OSError):
                nice = os.getpriority(os.PRIO_PROCESS, thread)
                os.setpriority(os.PRIO_PROCESS, thread, nice + _NICER)

    def rest(self) -> None:
        """Called after each small piece of work: rest as long as it is due."""
        worked = time.monotonic() - self._began
        if self._calm.is_set():
            self._began = time.monotonic()
        elif worked >= WORK_S:
            self._calm.wait(worked * REST_SHARE)
            self._began = time.monotonic()
