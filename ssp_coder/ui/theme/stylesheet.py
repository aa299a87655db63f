"""The little style sheet: borders and radii that a palette cannot say, for stock widgets only.

Code buttons, rating rows, chips and key caps are painted; nothing here touches them.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.theme.tokens import Tokens

_SHEET = Template(
    """
QToolTip { color: $panel; background: $text; border: none; padding: ${p4}px ${p8}px; }

QFrame[panel="true"] { background: $panel; border: 1px solid $line; border-radius: ${p6}px; }
QFrame[rule="true"] { background: $line; border: none; }

QLabel[tone="second"] { color: $text2; }
QLabel[tone="hint"] { color: $text3; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="err"] { color: $err; }

QLineEdit, QPlainTextEdit, QTextEdit {
  background: $panel; color: $text; border: 1px solid $ctl; border-radius: ${p5}px;
  padding: ${p3}px ${p8}px; selection-background-color: $sel; selection-color: $text;
}
QPlainTextEdit, QTextEdit { padding: ${p4}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {
  border: 2px solid $accent; padding: ${p2}px ${p7}px;
}
QPlainTextEdit:focus, QTextEdit:focus { padding: ${p3}px; }
QLineEdit[invalid="true"] { border-color: $err; }
QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only {
  background: $alt; border-color: $line;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
  background: transparent; color: $text3; border-color: $line;
}
QComboBox QAbstractItemView { background: $panel; border: 1px solid $ctl; outline: none; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab {
  color: $text2; background: transparent; padding: ${p6}px ${p12}px;
  border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $accsoft; }

QHeaderView { background: $panel; border: none; }
QHeaderView::section {
  background: $panel; color: $text2; border: none; border-bottom: 1px solid $line;
  padding: ${p3}px ${p8}px;
}
QTableView, QTreeView, QListView {
  background: $panel; alternate-background-color: $alt; border: none; gridline-color: $line;
  outline: none; selection-background-color: $sel; selection-color: $text;
}
QListView { border: 2px solid transparent; }
QTableView:focus, QTreeView:focus, QListView:focus { border: 2px solid $accent; }

QMenuBar { background: $win; border-bottom: 1px solid $line; spacing: ${p4}px; }
QMenuBar::item { padding: ${p6}px ${p8}px; border-radius: ${p5}px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $ctl; padding: ${p4}px; }
QMenu::item { padding: ${p5}px ${p24}px ${p5}px ${p12}px; border-radius: ${p4}px; }
QMenu::item:selected { background: $sel; color: $text; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px; }

QStatusBar { background: $win; color: $text2; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: ${p8}px; }
QSplitter::handle:vertical { height: ${p8}px; }


QDialogButtonBox QPushButton {
  background: $panel; color: $text; border: 1px solid $ctl; border-radius: ${p5}px;
  padding: ${p6}px ${p12}px; margin: 1px;
}
QDialogButtonBox QPushButton:hover { background: $hover; }
QDialogButtonBox QPushButton:pressed { background: $sel; }
QDialogButtonBox QPushButton:focus { border: 2px solid $accent; margin: 0; }
QDialogButtonBox QPushButton:disabled { color: $text3; border-color: $line; }

QSlider { background: transparent; }
QSlider::groove:horizontal { background: $ctl; height: ${p3}px; border-radius: 1px; }
QSlider::sub-page:horizontal { background: $accent; height: ${p3}px; border-radius: 1px; }
QSlider::sub-page:horizontal:disabled { background: $line; }
QSlider::handle:horizontal {
  background: $panel; border: 1px solid $text2; border-radius: ${p5}px;
  width: ${p10}px; margin: -${p5}px 0;
}
QSlider::handle:horizontal:disabled { border-color: $line; }
QSlider::handle:horizontal:focus { border: 2px solid $accent; }

QScrollArea { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $ctl; border-radius: ${p3}px; margin: ${p2}px; }
QScrollBar::handle:vertical { min-height: ${p24}px; }
QScrollBar::handle:horizontal { min-width: ${p24}px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
)

_LENGTHS = (2, 3, 4, 5, 6, 7, 8, 10, 12, 24)


def stylesheet(tokens: Tokens, px: Callable[[float], int]) -> str:
    """The style sheet of one scheme.

    Args:
        tokens: the colour table.
        px: turns a length of the look into pixels at the font size in force.
    """
    colours = {name: getattr(tokens, name) for name in tokens.__slots__}
    lengths = {f"p{length}": str(px(length)) for length in _LENGTHS}
    return _SHEET.substitute(colours | lengths)
