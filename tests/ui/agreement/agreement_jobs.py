"""Work that stands in for a comparison: done at once, failing, or going on until it is let go."""

from __future__ import annotations

import threading

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.media.errors import Abandoned

LOOK_S = 0.01


class Job:
    """Hands out work, notes what was ordered, and delivers what it is told to."""

    def __init__(self, result):
        self.result = result
        self.orders = []
        self.stopped = 0
        self.free = threading.Event()
        self.free.set()

    def __call__(self, order):
        self.orders.append(order)

        def work(progress, cancelled):
            progress(0.5)
            while not self.free.wait(LOOK_S):
                if cancelled():
                    self.stopped += 1
                    raise Abandoned
            if isinstance(self.result, Exception):
                raise self.result
            return self.result

        return work

    def hold(self):
        """Let the next work go on until it is cancelled or let go."""
        self.free.clear()

    def let_go(self):
        self.free.set()


def refused(message):
    return DomainError(Finding(code="x", message=message, place="a.sspc", remedy="look at it"))
