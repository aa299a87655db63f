"""What is missing is told in the language of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.editing.completeness import OpenWork, Step
from ssp_coder.ui.language.pseudo import pseudo
from ssp_coder.ui.language.spoken import PSEUDO, SPOKEN
from ssp_coder.ui.review.open_list import OpenWorkList


@pytest.fixture
def spoken():
    SPOKEN.speak(PSEUDO)
    yield
    SPOKEN.speak("en")


def test_a_line_and_its_remedy_speak_the_language(theme, qtbot, spoken):
    finding = Finding(code="x", message="Cry has no end", remedy="end it", severity=Severity.ERROR)
    listing = OpenWorkList(theme)
    qtbot.addWidget(listing)
    listing.show_work([OpenWork(step=Step.CODE, finding=finding)])
    item = listing.item(1)
    assert item.text() == pseudo("Cry has no end")
    assert item.toolTip() == pseudo("end it")
    assert pseudo("Cry has no end") in item.data(Qt.ItemDataRole.AccessibleTextRole)
