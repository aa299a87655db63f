"""The interval panel on the bundled scheme, and short words for what a coder does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.ui.intervals.panel import IntervalPanel
from ssp_coder.ui.intervals.sheet_model import BEFORE
from tests.fixtures.interval_sheets import coded, signs
from tests.ui.pages import session_of

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Coding
    from ssp_coder.rules.interval_sheet import SheetRow
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme


class Sheet:
    """A panel with its session, as one coder would use it."""

    def __init__(self, panel: IntervalPanel, session: OpenSession) -> None:
        self.panel, self.session = panel, session
        self.view, self.model = panel.view, panel.model
        self.played: list[object] = []
        self.looped: list[object] = []
        self.jumped: list[object] = []
        panel.play_requested.connect(self.played.append)
        panel.loop_requested.connect(self.looped.append)
        session.jump_requested.connect(self.jumped.append)

    @property
    def coding(self) -> Coding:
        return self.session.coding

    def at(self, seconds: float) -> None:
        self.panel.set_moment(round(seconds * 1_000_000), None)

    def line_of(self, measure: str) -> int:
        rows = range(self.model.rowCount())
        return next(at for at in rows if self.model.row_at(at).measure.id == measure)

    def row(self, measure: str) -> SheetRow:
        return self.model.row_at(self.line_of(measure))

    def cells(self, measure: str) -> str:
        return signs(self.row(measure).cells)

    def choose(self, measure: str, number: int) -> None:
        """Make a cell current; intervals are counted from 1 as on the screen."""
        self.view.choose(self.line_of(measure), number - 1)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.view, key)

    def shift(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view, key, Qt.KeyboardModifier.ShiftModifier)

    def code_directly(self, measure: str, number: int = 1) -> None:
        self.choose(measure, number)
        self.press(Qt.Key.Key_F2)

    def spoken(self, measure: str, number: int) -> str:
        index = self.model.index(self.line_of(measure), BEFORE + number - 1)
        return index.data(Qt.ItemDataRole.AccessibleTextRole)

    def shown(self, measure: str, column: int) -> str:
        """What a column shows; counted from the end when below 0."""
        place = column if column >= 0 else self.model.columnCount() + column
        return self.model.index(self.line_of(measure), place).data()


def made_sheet(theme: Theme, qtbot: object, value: Coding | None = None) -> Sheet:
    session = session_of(coded() if value is None else value)
    panel = IntervalPanel(theme, session)
    qtbot.addWidget(panel)
    panel.resize(640, 430)
    sheet = Sheet(panel, session)
    sheet.at(600)
    panel.show()
    return sheet


@pytest.fixture
def open_sheet(theme: Theme, qtbot: object):
    """Opens the panel on a coding, at 600 s in EP5."""
    return lambda value=None: made_sheet(theme, qtbot, value)
