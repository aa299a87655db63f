"""Windows of agreement, closed again with everything that runs in them."""

from __future__ import annotations

import pytest

from ssp_coder.ui.agreement.pair_window import PairWindow
from ssp_coder.ui.agreement.study_window import StudyWindow
from ssp_coder.ui.agreement.work import Shelf
from ssp_coder.ui.language.spoken import SPOKEN
from tests.unit.agreement.study_desk import QUICK

WAIT_MS = 20_000


@pytest.fixture
def opened(theme, qtbot):
    """Opens windows of a kind, and closes them in the end."""
    made = []

    def make(kind):
        window = kind(theme, Shelf())
        window.set_protocol(QUICK)
        window.resize(1366, 740)
        window.show()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def pair_window(opened):
    return opened(PairWindow)


@pytest.fixture
def study_window(opened):
    return opened(StudyWindow)


@pytest.fixture
def compared(qtbot):
    """Compares what a window names, and waits for the report."""

    def compare(window):
        window.begin()
        qtbot.waitUntil(lambda: not window.stop.isVisible(), timeout=WAIT_MS)
        return window

    return compare


@pytest.fixture
def in_german(qapp):
    """What is made meanwhile speaks German."""
    SPOKEN.speak("de")
    yield
    SPOKEN.speak("en")
