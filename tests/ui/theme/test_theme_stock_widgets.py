"""Stock widgets of Qt under the applied theme."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QCursor
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QWidget,
)

from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme

SOLID = "\N{FULL BLOCK}" * 4
"""Letters whose pixels are not blended with the ground."""


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK])
def applied(request, qapp):
    """A theme that dresses the application for this test only."""
    style, palette, font = qapp.style().objectName(), qapp.palette(), qapp.font()
    theme = Theme(request.param)
    theme.apply(qapp)
    yield theme
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)
    qapp.setStyle(style)


@pytest.fixture
def look(qtbot):
    """Show a widget and count the pixels of each colour."""

    def count(widget, size=(160, 60)):
        qtbot.addWidget(widget)
        widget.resize(*size)
        widget.move(100, 100)
        with qtbot.waitExposed(widget):
            widget.show()
        QCursor.setPos(widget.mapToGlobal(QPoint(size[0] + 60, -60)))
        QApplication.processEvents()
        return counted(widget)

    return count


def counted(widget):
    image = widget.grab().toImage()
    found: dict[str, int] = {}
    for x in range(image.width()):
        for y in range(image.height()):
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


def pixels(found, colour):
    return found.get(QColor(colour).name(), 0)


def test_the_window_is_paper_and_a_panel_lies_on_it(applied, look):
    window = QWidget()
    panel = QFrame(window)
    panel.setProperty("panel", True)
    panel.setGeometry(20, 10, 100, 40)
    found = look(window)
    assert pixels(found, applied.tokens.win) > 4_000
    assert pixels(found, applied.tokens.panel) > 3_000
    assert pixels(found, applied.tokens.line) > 200


def test_a_rule_is_a_hairline(applied, look):
    window = QWidget()
    rule = QFrame(window)
    rule.setProperty("rule", True)
    rule.setGeometry(10, 20, 140, 1)
    assert pixels(look(window), applied.tokens.line) == 140


@pytest.mark.parametrize(
    ("tone", "token"), [("second", "text2"), ("hint", "text3"), ("err", "err")]
)
def test_a_label_takes_its_tone(applied, look, tone, token):
    label = QLabel(SOLID)
    label.setProperty("tone", tone)
    assert pixels(look(label), getattr(applied.tokens, token)) > 30


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_focused_field_has_a_ring_and_the_other_a_border(applied, look, kind):
    window = QWidget()
    first, second = kind(window), kind(window)
    first.setGeometry(5, 5, 150, 40)
    second.setGeometry(5, 55, 150, 40)
    look(window, (160, 100))
    second.setFocus()
    found = counted(window)
    assert pixels(found, applied.tokens.accent) > 2 * 2 * 120
    assert 200 < pixels(found, applied.tokens.ctl) < 500
    image = window.grab().toImage()
    assert image.pixelColor(80, 5) == QColor(applied.tokens.ctl)
    assert image.pixelColor(80, 55) == QColor(applied.tokens.accent)


def test_a_read_only_field_lies_flat(applied, look):
    field = QLineEdit("10:41.90")
    field.setReadOnly(True)
    field.setDisabled(False)
    window = QWidget()
    field.setParent(window)
    field.setGeometry(5, 5, 150, 30)
    look(window)
    field.clearFocus()
    assert pixels(counted(window), applied.tokens.alt) > 2_000


def test_a_selected_row_has_its_ground_and_text_keeps_its_colour(applied, look):
    table = QTableWidget(3, 1)
    table.setItem(0, 0, QTableWidgetItem(SOLID))
    table.selectRow(0)
    found = look(table, (200, 140))
    assert pixels(found, applied.tokens.sel) > 500
    assert pixels(found, applied.tokens.text) > 10


def test_the_open_tab_is_underlined(applied, look):
    tabs = QTabWidget()
    tabs.addTab(QWidget(), "Reunions")
    tabs.addTab(QWidget(), "Other")
    found = look(tabs, (300, 100))
    assert pixels(found, applied.tokens.accent) > 40


def test_a_menu_bar_lies_on_paper(applied, look):
    bar = QMenuBar()
    bar.setNativeMenuBar(False)
    bar.addMenu("File")
    assert pixels(look(bar, (200, 30)), applied.tokens.win) > 3_000


def test_a_scroll_bar_is_thin_and_its_handle_can_be_seen(applied, look):
    bar = QScrollBar()
    bar.setRange(0, 100)
    bar.setPageStep(50)
    assert bar.sizeHint().width() <= applied.px(12)
    assert pixels(look(bar, (10, 200)), applied.tokens.ctl) > 100


def test_a_stock_button_is_readable(applied, look):
    found = look(QPushButton(SOLID), (100, 30))
    assert pixels(found, applied.tokens.text) > 20
