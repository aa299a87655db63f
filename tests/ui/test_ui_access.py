"""Every page by keyboard and by ear: names, roles, reach, and nothing cut off at either size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from ssp_coder.editing.completeness import Step
from ssp_coder.ui.main.workspace import PAGES, Workspace
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from tests.ui.demo_codings import demo_session

SIZES = {"1440": QSize(1256, 830), "1366": QSize(1182, 700)}
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK], ids=["light", "dark"])
def workspace(request, qapp, qtbot):
    theme = Theme(request.param)
    made = Workspace(theme, demo_session("trainee"))
    qtbot.addWidget(made)
    made.resize(SIZES["1440"])
    made.show()
    yield made
    made.close_session()


def visible(workspace, *kinds):
    found = []
    for kind in kinds:
        found += [w for w in workspace.findChildren(kind) if w.isVisible()]
    return found


def is_inner(widget: QWidget) -> bool:
    """Parts that stock widgets build for themselves and that nobody meets on their own."""
    return isinstance(widget, QScrollBar | QHeaderView) or widget.objectName().startswith("qt_")


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_spoken_name(workspace, page):
    workspace.show_page(page)
    QApplication.processEvents()
    nameless = []
    for control in visible(workspace, *CONTROLS):
        if is_inner(control) or isinstance(control.parent(), QComboBox):
            continue
        interface = QAccessible.queryAccessibleInterface(control)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not (name or control.accessibleName()):
            nameless.append(f"{type(control).__name__} in {type(control.parent()).__name__}")
    assert nameless == []


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_every_button_that_can_be_pressed(workspace, page):
    workspace.show_page(page)
    QApplication.processEvents()
    unreachable = [
        f"{type(button).__name__} {button.accessibleName() or button.text()}"
        for button in visible(workspace, QAbstractButton)
        if button.isEnabled()
        and not is_inner(button)
        and not button.focusPolicy() & Qt.FocusPolicy.TabFocus
        and type(button).__name__ not in UNFOCUSED
    ]
    assert unreachable == []


UNFOCUSED = {"_SegmentButton"}
"""Segments are reached through their control by Left and Right."""


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("page", PAGES)
def test_no_one_line_text_is_wider_than_its_place(workspace, page, size):
    workspace.resize(SIZES[size])
    workspace.show_page(page)
    for _ in range(5):
        QApplication.processEvents()
    cut = [
        f"{label.text()!r} needs {label.fontMetrics().horizontalAdvance(label.text())}"
        f" of {label.width()}"
        for label in visible(workspace, QLabel)
        if not label.wordWrap()
        and label.textFormat() != Qt.TextFormat.RichText
        and "\n" not in label.text()
        and label.fontMetrics().horizontalAdvance(label.text()) > label.width() + 2
    ]
    assert cut == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_lies_outside_the_window(workspace, page):
    workspace.resize(SIZES["1366"])
    workspace.show_page(page)
    for _ in range(5):
        QApplication.processEvents()
    for child in workspace.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.isVisible():
            assert workspace.rect().contains(child.geometry().adjusted(0, 0, -1, -1))


def test_pages_are_walked_through_without_a_warning(workspace):
    for page in [*PAGES, *reversed(PAGES)]:
        workspace.show_page(page)
        QApplication.processEvents()
        assert workspace.current == page


@pytest.mark.parametrize("page", [Step.PREPARE, Step.CODE, Step.RATE, Step.DISORGANIZATION])
def test_the_picture_stands_on_every_page_that_needs_it(workspace, page):
    workspace.show_page(page)
    assert workspace.stage.isVisible()


def test_tab_goes_round_the_rating_rows(workspace):
    workspace.show_page(Step.RATE)
    QApplication.processEvents()
    page = workspace.page(Step.RATE)
    page.show_slot("pcs_c_5")
    QApplication.processEvents()
    met = set()
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is None:
            break
        met.add(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert len(met) > 5
