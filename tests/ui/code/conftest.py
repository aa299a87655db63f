"""The code step on a picture that the test sets, and short words for what a coder does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.ui.code.page import WorkPage
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from tests.builders import with_episodes
from tests.ui.pages import paint, session_of, shown_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication, QComboBox, QWidget

    from ssp_coder.domain.coding import Coding, Event
    from ssp_coder.ui.player.stage import Stage
    from ssp_coder.ui.session import OpenSession


class Desk:
    """The code step with its session and picture, as one coder would use it."""

    def __init__(self, page: WorkPage, session: OpenSession, stage: Stage) -> None:
        self.page, self.session, self.stage = page, session, stage

    @property
    def coding(self) -> Coding:
        return self.session.coding

    @property
    def events(self) -> tuple[Event, ...]:
        return self.session.coding.events

    def at(self, seconds: float) -> None:
        paint(self.stage, seconds)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.take_key(key)

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def select(self, *places: int) -> None:
        """Select events by their places in the coding, as a click in the table does."""
        self.page.table.clearSelection()
        model, selection = self.page.events.model, self.page.table.selectionModel()
        flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
        for place in places:
            row = model.row_of(self.events[place].id)
            selection.select(model.index(row, 0), flags)

    def type_into(self, field: QWidget, text: str) -> None:
        field.edit.setText(text)
        QTest.keyClick(field.edit, Qt.Key.Key_Return)

    def pick(self, box: QComboBox, value: str) -> None:
        place = box.findData(value)
        assert place >= 0, f"{value} is not offered"
        box.setCurrentIndex(place)
        box.activated.emit(place)

    def begin_anew(self) -> None:
        """An empty coding with marked episodes, at the frame of 600 s."""
        self.session.document.coding = with_episodes()
        self.page.close_bar()
        self.page.board.show_subject(self.session.scheme.procedure.focal_subject)
        self.page.board.subject_chosen.emit(self.page.board.subject)
        self.page.refresh()
        self.at(600)


def made_desk(theme: Theme, qtbot: object, start: Coding | None = None) -> Desk:
    session = session_of(with_episodes() if start is None else start)
    stage = shown_stage(theme, qtbot, 600)
    page = WorkPage(theme, session, stage)
    page.show_prepare(False)
    stage.player.moment_changed.connect(page.show_moment)
    qtbot.addWidget(page)
    page.resize(1250, 800)
    page.show()
    page.show_duration(1_400_000_000)
    return Desk(page, session, stage)


@pytest.fixture
def desk(theme: Theme, qtbot: object) -> Desk:
    return made_desk(theme, qtbot)


class _Kept:
    """Keeps widgets for the tests of a module where one desk serves them all."""

    def __init__(self) -> None:
        self.widgets: list[QWidget] = []

    def addWidget(self, widget: QWidget) -> None:  # noqa: N802 - the name that qtbot has
        self.widgets.append(widget)


@pytest.fixture(scope="module")
def lasting_desk(qapp: QApplication) -> Iterator[Desk]:
    kept = _Kept()
    yield made_desk(Theme(Scheme.LIGHT), kept)
    for widget in kept.widgets:
        widget.close()
        widget.deleteLater()


@pytest.fixture
def fresh(lasting_desk: Desk) -> Desk:
    """The desk of the module, emptied: for tests of many small cases."""
    lasting_desk.begin_anew()
    return lasting_desk
