"""Until the coder has recorded a class, nothing in the window gives the suggestion away."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QTableWidget,
    QWidget,
)

from ssp_coder.domain.coding import Classification
from ssp_coder.editing.completeness import Step
from ssp_coder.editing.edits import Classify, ClearClassification
from ssp_coder.ui.classify.page import ClassifyPage
from ssp_coder.ui.main.workspace import PAGES, Workspace
from tests.ui.demo_codings import demo_session

SUGGESTED = "B3"
"""What the table says of the trainee's ratings; the trainee's own class is B4."""

TELLING = ("penalty", "rating outside", "ratings outside", "band of the table", "would turn it")


def own_texts(part: QWidget) -> list[str]:
    """Everything that one widget gives a person or a screen reader."""
    found = [
        part.toolTip(),
        part.statusTip(),
        part.whatsThis(),
        part.accessibleName(),
        part.accessibleDescription(),
        part.windowTitle(),
    ]
    if isinstance(part, QLabel | QLineEdit | QAbstractButton):
        found.append(part.text())
    if isinstance(part, QTableWidget):
        found += [
            part.item(row, column).text()
            for row in range(part.rowCount())
            for column in range(part.columnCount())
            if part.item(row, column) is not None
        ]
    return [text for text in found if text]


def texts_of(widget: QWidget) -> list[str]:
    """The same of a window and all its parts, shown or not."""
    parts = [widget, *widget.findChildren(QWidget)]
    return [text for part in parts for text in own_texts(part)]


@pytest.fixture
def blind(theme, qtbot):
    session = demo_session("trainee")
    session.submit(ClearClassification())
    workspace = Workspace(theme, session)
    qtbot.addWidget(workspace)
    workspace.resize(1300, 820)
    workspace.show()
    yield workspace
    workspace.close_session()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_speaks_of_what_the_table_found(blind, page):
    blind.show_page(page)
    QApplication.processEvents()
    spoken = [text for text in texts_of(blind) if any(word in text.lower() for word in TELLING)]
    assert spoken == []


def test_the_suggestion_appears_with_the_class_and_goes_with_it(blind):
    blind.show_page(Step.CLASSIFY)
    page = blind.page(Step.CLASSIFY)
    assert isinstance(page, ClassifyPage)
    before = "\n".join(texts_of(page))
    own = Classification(primary="B", subgroup="B4", confidence=3, rationale="much contact")
    blind.session.submit(Classify(classification=own))
    QApplication.processEvents()
    after = "\n".join(texts_of(page))
    assert "ratings outside" in after
    assert "ratings outside" not in before
    blind.session.submit(ClearClassification())
    QApplication.processEvents()
    shown = "\n".join(
        text for part in page.findChildren(QWidget) if part.isVisible() for text in own_texts(part)
    )
    assert "ratings outside" not in shown


def test_undoing_the_class_hides_the_suggestion_again(theme, qtbot):
    session = demo_session("trainee")
    session.submit(ClearClassification())
    page = ClassifyPage(theme, session)
    qtbot.addWidget(page)
    page.show()
    own = Classification(primary="B", subgroup="B4", confidence=3, rationale="much contact")
    session.submit(Classify(classification=own))
    shown = [w for w in page.findChildren(QWidget) if w.isVisible()]
    session.undo()
    QApplication.processEvents()
    left = [w for w in page.findChildren(QWidget) if w.isVisible()]
    assert len(left) < len(shown)


def test_the_clipboard_never_holds_it(blind):
    QApplication.clipboard().clear()
    for page in PAGES:
        blind.show_page(page)
    assert QApplication.clipboard().text() == ""


def test_titles_and_messages_never_name_it(blind):
    for page in PAGES:
        blind.show_page(page)
        assert SUGGESTED not in blind.windowTitle()
