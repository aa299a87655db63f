from __future__ import annotations

import threading

import pytest

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.media.errors import Abandoned
from ssp_coder.ui.background import BackgroundWork


def test_work_runs_elsewhere_and_is_delivered_here(qtbot):
    here = threading.current_thread()
    ran = []

    def work(progress, _cancelled):
        ran.append(threading.current_thread())
        progress(0.5)
        return 42

    job = BackgroundWork(work)
    shares = []
    job.progressed.connect(shares.append)
    with qtbot.waitSignal(job.done) as delivered:
        job.start()
    assert delivered.args == [42]
    assert ran[0] is not here
    assert shares == [0.5]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (DomainError(Finding(code="x", message="the fact", place="a.csv")), "a.csv: the fact"),
        (OSError("no room"), "no room"),
        (RuntimeError("strange"), "RuntimeError: strange"),
    ],
)
def test_what_went_wrong_is_told_in_words(error, words, qtbot, caplog):
    def work(_progress, _cancelled):
        raise error

    job = BackgroundWork(work)
    with qtbot.waitSignal(job.failed) as said:
        job.start()
    assert said.args == [words]


def test_cancelled_work_delivers_nothing(qtbot):
    begun = threading.Event()
    heard = []

    def work(_progress, cancelled):
        begun.set()
        while not cancelled():
            threading.Event().wait(0.001)
        raise Abandoned

    job = BackgroundWork(work)
    job.done.connect(heard.append)
    job.failed.connect(heard.append)
    job.start()
    assert begun.wait(5)
    job.cancel()
    qtbot.wait(20)
    assert heard == []


def test_work_that_ends_while_it_is_cancelled_delivers_nothing(qtbot):
    release = threading.Event()
    heard = []

    def work(_progress, _cancelled):
        release.wait(5)
        return 1

    job = BackgroundWork(work)
    job.done.connect(heard.append)
    job.start()
    release.set()
    job.cancel()
    qtbot.wait(20)
    assert heard == []
