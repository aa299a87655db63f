"""The list of everything over the window: typed letters, what fits, Enter does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.keycap import CapLook, KeyCap
from ssp_coder.ui.kit.panel import hairline
from ssp_coder.ui.palette.entry import Entry, Found, Further, fitting
from ssp_coder.ui.palette.rows import ROW_PX, FoundDelegate, FoundModel
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent

    from ssp_coder.ui.theme.theme import Theme

WIDTH_PX = 640
ROWS = 8
FITTING_ROWS = 5
"""So many that fit stand before events, so that these are seen without scrolling."""
_TOP_SHARE = 0.13
_DIM = 110
"""How dark the window behind is, of 255."""


class Palette(QWidget):
    """Covers its parent while open; says which entry was chosen and does nothing itself.

    Signals:
        chosen: the id of an entry.
        key_wanted: the id of an entry whose key is to be changed.
        left: it was closed without a choice.
    """

    chosen = Signal(str)
    key_wanted = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[Entry, ...] = ()
        self._recent: tuple[str, ...] = ()
        self._covered = parent
        self._more: Callable[[str], Further] | None = None
        self.box = QFrame(self)
        self.edit = QLineEdit(self.box)
        self.model = FoundModel(self)
        self.list = QListView(self.box)
        self._nothing = QLabel(self.box)
        self._icon = QLabel(self.box)
        self._build()
        self._draw_icon()
        theme.changed.connect(self._draw_icon)
        self.edit.textEdited.connect(self._search)
        self.edit.installEventFilter(self)
        self.list.clicked.connect(self._take_current)
        self.list.selectionModel().currentChanged.connect(self._speak)
        parent.installEventFilter(self)
        self.hide()

    def ask(
        self,
        entries: Sequence[Entry],
        recent: Sequence[str] = (),
        more: Callable[[str], Further] | None = None,
    ) -> None:
        """Open over the window with nothing typed.

        Args:
            entries: everything that can be found.
            recent: ids of what was chosen last, newest first.
            more: gives entries for letters that name something themselves, such as a time.
        """
        self._entries, self._recent, self._more = tuple(entries), tuple(recent), more
        self.edit.clear()
        self._search("")
        self._place()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def current(self) -> Entry | None:
        """The entry that Enter does."""
        found = self.model.found(self.list.currentIndex().row())
        return None if found is None else found.entry

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if watched is self._covered and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is not self.edit or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            # No key means a command of the window behind while somebody types here.
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and self._take_key(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if not self.box.geometry().contains(event.position().toPoint()):
            self._leave()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().hideEvent(event)
        self._entries, self._more = (), None

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, _DIM))
        painter.end()

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        step = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -ROWS,
            Qt.Key.Key_PageDown: ROWS,
        }.get(key)
        if step is not None:
            self._move(step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_current()
        elif key == Qt.Key.Key_Escape:
            self._leave()
        elif key == Qt.Key.Key_F2 and self.current is not None:
            self.key_wanted.emit(self.current.id)
        else:
            # Tab would leave for something behind that nobody sees.
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _move(self, step: int) -> None:
        """By one over the ends; by a page no further than the ends."""
        last = self.model.rowCount() - 1
        row = self.list.currentIndex().row() + step
        if last < 0:
            return
        row = row % (last + 1) if abs(step) == 1 else min(max(row, 0), last)
        self.list.setCurrentIndex(self.model.index(row))

    def _take_current(self, *_index: object) -> None:
        """Choose; what cannot be done now says why and stays."""
        entry = self.current
        if entry is None:
            return
        if entry.reason:
            self._announce(entry.reason)
            return
        self.hide()
        self.chosen.emit(entry.id)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def _search(self, typed: str) -> None:
        further = self._more(typed) if self._more is not None and typed.strip() else Further()
        found = fitting(typed, self._entries, self._recent)
        first, last = (
            tuple(Found(entry=entry) for entry in entries)
            for entries in (further.first, further.last)
        )
        self.model.show_found((*first, *found[:FITTING_ROWS], *last, *found[FITTING_ROWS:]))
        self._nothing.setVisible(self.model.rowCount() == 0)
        self._nothing.setText(self.tr("Nothing fits “{0}”").format(typed.strip()))
        self.list.setVisible(self.model.rowCount() > 0)
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))
            self.list.scrollToTop()
        self._place()

    def _speak(self, *_indexes: object) -> None:
        if self.current is not None:
            row, count = self.list.currentIndex().row() + 1, self.model.rowCount()
            words = self.tr("{0}, {1} of {2}").format(self.current.spoken, row, count)
            describe(self.edit, self.edit.accessibleName(), words)
            self._announce(words)

    def _announce(self, words: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, words))

    def _place(self) -> None:
        """Over the whole parent, the box in its upper middle, as high as its rows."""
        px = self._theme.px
        self.setGeometry(self._covered.rect())
        self.list.setFixedHeight(px(ROW_PX) * min(ROWS, max(1, self.model.rowCount())) + px(8))
        width = min(px(WIDTH_PX), self.width() - px(32))
        height = min(self.box.sizeHint().height(), self.height() - px(16))
        top = min(round(self.height() * _TOP_SHARE), self.height() - height - px(8))
        self.box.setGeometry(QRect((self.width() - width) // 2, max(px(8), top), width, height))

    def _draw_icon(self) -> None:
        side, ratio = self._theme.px(16), self.devicePixelRatioF()
        self._icon.setPixmap(self._theme.pixmap("search", "text2", side, ratio))

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        describe(self, self.tr("Find anything"))
        self.box.setProperty("panel", True)
        self.box.setAutoFillBackground(True)
        column = QVBoxLayout(self.box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_head())
        column.addWidget(hairline(self.box))
        self.list.setModel(self.model)
        self.list.setItemDelegate(FoundDelegate(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        describe(self.list, self.tr("What fits"))
        column.addWidget(self.list)
        self._nothing.setProperty("tone", "hint")
        self._nothing.setContentsMargins(px(16), px(12), px(16), px(12))
        column.addWidget(self._nothing)
        column.addWidget(hairline(self.box))
        column.addLayout(self._build_foot())

    def _build_head(self) -> QHBoxLayout:
        theme, px = self._theme, self._theme.px
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(8))
        row.addWidget(self._icon)
        font = QFont(theme.font(FontUse.STEP_TITLE))
        font.setWeight(QFont.Weight.Normal)
        self.edit.setFont(font)
        self.edit.setFrame(False)
        self.edit.setStyleSheet("border: none; background: transparent; padding: 0;")
        self.edit.setPlaceholderText(self.tr("Command, code, episode, time, coding, help"))
        describe(self.edit, self.tr("Find anything"))
        row.addWidget(self.edit, 1)
        row.addWidget(KeyCap(theme, self.tr("Esc"), CapLook.FLAT, self.box))
        return row

    def _build_foot(self) -> QHBoxLayout:
        theme, px = self._theme, self._theme.px
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(6), px(16), px(6))
        row.setSpacing(px(6))
        for caps, words in (
            (("↑", "↓"), self.tr("choose")),
            ((self.tr("Enter"),), self.tr("do it")),
            (("F2",), self.tr("change its key")),
        ):
            for cap in caps:
                row.addWidget(KeyCap(theme, cap, CapLook.FLAT, self.box))
            label = QLabel(words, self.box)
            label.setFont(theme.font(FontUse.CAPTION))
            label.setProperty("tone", "second")
            row.addWidget(label)
            row.addSpacing(px(8))
        row.addStretch(1)
        return row
