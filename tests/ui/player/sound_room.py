"""A pretended sound system whose devices come, fail and go as a test wishes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np

from ssp_coder.media.sound import SAMPLE_RATE
from ssp_coder.ui.player.sound_device import SoundOff
from ssp_coder.ui.player.sound_process import Answer

BUFFER = SAMPLE_RATE * 80 // 1_000


class PretendedOutlet:
    """Plays by the real clock, and keeps how loud and how long what it got was."""

    def __init__(self, name: str = "Pretended speakers") -> None:
        self.name = name
        self.words = ""
        self.frozen = False
        self.answer: Answer | None = Answer.ENDED
        self.closed = threading.Event()
        self.loudest = 0
        self.sounding = 0
        self._began = time.monotonic()
        self._written = 0
        self._heard = 0

    def room(self) -> int:
        return BUFFER - (self._written - self._heard_now())

    def write(self, samples: np.ndarray) -> int:
        self._written += len(samples)
        if len(samples):
            self.loudest = max(self.loudest, int(np.abs(samples.astype(int)).max()))
            self.sounding += int(np.count_nonzero(samples.any(axis=1)))
        return len(samples)

    def heard(self) -> tuple[int, int]:
        return self._heard_now() * 1_000_000 // SAMPLE_RATE, time.monotonic_ns()

    def trouble(self) -> str:
        return self.words

    def close(self) -> Answer | None:
        self.closed.set()
        return self.answer

    def lose(self, answer: Answer | None = None) -> None:
        self.answer = answer
        self.words = "gone"

    def _heard_now(self) -> int:
        if not self.frozen:
            passed = round((time.monotonic() - self._began) * SAMPLE_RATE)
            self._heard = min(self._written, max(self._heard, passed))
        return self._heard


class PretendedSystem:
    """Hands out a new device each time, or refuses with the answer it was told to give."""

    def __init__(self) -> None:
        self.name = "Pretended speakers"
        self.refusal: Answer | None = None
        self.refuses = False
        self.hangs = False
        self.outlets: list[PretendedOutlet] = []
        self.asked = 0

    @property
    def outlet(self) -> PretendedOutlet:
        return self.outlets[-1]

    def refuse(self, answer: Answer | None) -> None:
        self.refuses, self.refusal = True, answer

    def open(self, cancelled: Callable[[], bool]) -> PretendedOutlet:
        self.asked += 1
        pause = threading.Event()
        while self.hangs:
            if cancelled():
                raise SoundOff(None)
            pause.wait(0.01)
        if self.refuses:
            raise SoundOff(self.refusal)
        self.outlets.append(PretendedOutlet(self.name))
        return self.outlet
