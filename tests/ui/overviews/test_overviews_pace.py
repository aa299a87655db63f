"""Work in the background gives way while the coder plays."""

import threading
import time

import pytest

from ssp_coder.ui.overviews import pace as pace_module
from ssp_coder.ui.overviews.pace import REST_SHARE, WORK_S, Pace


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves only when told, and what the pace waited for."""

    class Clock:
        now = 100.0
        waited: list[float]

    held = Clock()
    held.waited = []
    monkeypatch.setattr(pace_module.time, "monotonic", lambda: held.now)
    return held


@pytest.fixture
def pace(clock, monkeypatch):
    made = Pace()

    def wait(seconds):
        clock.waited.append(seconds)

    monkeypatch.setattr(made._calm, "wait", wait)
    made.begin()
    return made


def test_while_the_coder_rests_work_never_waits(pace, clock):
    for _ in range(20):
        clock.now += 0.5
        pace.rest()
    assert clock.waited == []


def test_while_the_coder_plays_it_rests_longer_than_it_works(pace, clock):
    pace.set_busy(True)
    clock.now += 0.010
    pace.rest()
    assert clock.waited == pytest.approx([0.010 * REST_SHARE])


def test_very_small_pieces_are_done_together(pace, clock):
    pace.set_busy(True)
    for _ in range(3):
        clock.now += WORK_S / 4
        pace.rest()
    assert clock.waited == []
    clock.now += WORK_S
    pace.rest()
    assert len(clock.waited) == 1


def test_a_long_calm_earns_no_long_rest(pace, clock):
    clock.now += 60
    pace.rest()
    pace.set_busy(True)
    clock.now += 0.01
    pace.rest()
    assert clock.waited == pytest.approx([0.01 * REST_SHARE])


@pytest.mark.parametrize("wake", [lambda pace: pace.set_busy(False), Pace.let_go])
def test_a_rest_ends_at_once_when_it_may(wake):
    pace = Pace()
    pace.begin()
    pace.set_busy(True)
    pace._began = time.monotonic() - 1_000  # so that a rest of nearly an hour is due
    thread = threading.Thread(target=pace.rest)
    thread.start()
    wake(pace)
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_the_working_thread_alone_gives_way():
    import os
    import sys

    if sys.platform != "linux":
        return
    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    inside: list[int] = []

    def work():
        Pace().begin()
        inside.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert inside[0] >= min(before + 1, 19)
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before
