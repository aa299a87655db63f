"""The interval sheet on the screen: arrows move, Space marks, Enter plays the interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ssp_coder.rules.interval_sheet import Source
from ssp_coder.ui.intervals.cell_painter import CellPainter
from ssp_coder.ui.intervals.sheet_model import BEFORE, SOURCE, TITLE, SheetModel
from ssp_coder.ui.intervals.words import interval_times, source_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import CENTRE, LEFT, RIGHT, Ink, paint_text, text_width
from ssp_coder.ui.kit.still_table import StillTable
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

_TIGHTEST_PX = 15
_COMFORT_PX = 17
_WIDEST_PX = 44
_TITLE_PX = 190
_SHORT_TITLE_PX = 96
_SOURCE_PX = 50
_SCORES_PX = (40, 50, 50)
_LEAST_ROWS_PX = 52
_USUAL_PX = 480
_SHORTEST = 0.5
"""The last interval is drawn as narrow as it is short, but not below this part of a whole one."""
_LONGEST = 1.5

_KEYS: dict[int, str] = {
    Qt.Key.Key_Space: "mark",
    Qt.Key.Key_Delete: "clear",
    Qt.Key.Key_Backspace: "clear",
    Qt.Key.Key_Return: "play",
    Qt.Key.Key_Enter: "play",
    Qt.Key.Key_F2: "switch",
}
_MOVES = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Home, Qt.Key.Key_End),
)


class SheetView(StillTable):
    """Shows a `SheetModel`; emits what a person wants with the current cell.

    Signals:
        acted: ``mark``, ``clear``, ``play``, ``switch``, or ``rest`` for all that is left open.
        cell_chosen: a row and an interval became current, the interval None beside them.
        escaped: Esc, while `wants_escape` says that something is under way.
    """

    acted = Signal(str)
    cell_chosen = Signal(int, object)
    escaped = Signal()

    def __init__(
        self, theme: Theme, model: SheetModel, scheme: Scheme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheet = model
        self.wants_escape = False
        self.setModel(model)
        self.setItemDelegate(CellPainter(theme, scheme, self))
        self._head = _IntervalHeader(theme, self)
        self.setHorizontalHeader(self._head)
        self.set_still(theme.px(24))
        self.setWordWrap(False)
        self.setMinimumHeight(self._head.sizeHint().height() + theme.px(_LEAST_ROWS_PX))
        describe(self, self.tr("Interval sheet"))
        self.selectionModel().currentChanged.connect(self._tell_current)
        self.doubleClicked.connect(self._play)
        theme.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        # No more than it needs: what stands around takes the hint for what must be scrolled.
        return QSize(self._theme.px(_USUAL_PX), self.minimumHeight())

    def show_interval(self, interval: int | None) -> None:
        """Mark the interval of the frame on the screen in the header."""
        self._head.show_interval(interval)

    def choose(self, row: int, interval: int) -> None:
        """Make a cell current and bring it into view."""
        self.setCurrentIndex(self._sheet.index(row, self._sheet.column_of(interval)))

    def chosen(self) -> tuple[int, int | None]:
        """The current row, -1 without any, and its interval."""
        index = self.currentIndex()
        return index.row(), self._sheet.interval_at(index.column())

    def fit(self) -> None:
        """Give titles and scores what they need and the intervals the rest, by their length."""
        px, sheet = self._theme.px, self._sheet.sheet
        count = 0 if sheet is None else sheet.n_intervals
        source = self._longest_source()
        self.setColumnWidth(SOURCE, source)
        for place, width in enumerate(_SCORES_PX):
            self.setColumnWidth(BEFORE + count + place, px(width))
        title = min(px(_TITLE_PX), self._longest_title())
        self.setColumnWidth(TITLE, title)
        if sheet is None or not count:
            return
        shares = [_share(sheet.span(at).length_us / sheet.interval_us) for at in range(count)]
        room = self.viewport().width() - source - px(sum(_SCORES_PX))
        least = int(sum(shares) * px(_COMFORT_PX))
        title = max(px(_SHORT_TITLE_PX), min(title, room - least))
        self.setColumnWidth(TITLE, title)
        whole = int((room - title) / sum(shares))
        whole = min(px(_WIDEST_PX), max(px(_TIGHTEST_PX), whole))
        for at, share in enumerate(shares):
            self.setColumnWidth(BEFORE + at, int(whole * share))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.fit()
        super().resizeEvent(event)

    def keyboardSearch(self, _search: str) -> None:  # noqa: N802, D102 - letters are code keys
        return

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key, plain = event.key(), not _is_modified(event)
            if plain and (key in _KEYS or key in _MOVES):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        act = self._act_of(event)
        if act is not None:
            if not event.isAutoRepeat():
                self.acted.emit(act)
        elif event.key() == Qt.Key.Key_Escape and self.wants_escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _act_of(self, event: QKeyEvent) -> str | None:
        if not _is_modified(event):
            return _KEYS.get(event.key())
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        return "rest" if shift and _KEYS.get(event.key()) == "play" else None

    def _play(self, _index: QModelIndex) -> None:
        self.acted.emit("play")

    def _tell_current(self, current: QModelIndex) -> None:
        self.viewport().update()
        if current.isValid():
            self.cell_chosen.emit(current.row(), self._sheet.interval_at(current.column()))

    def _longest_source(self) -> int:
        """What the words for where a row comes from need, in the language spoken."""
        font = self._theme.font(FontUse.CAPTION_STRONG)
        words = max(text_width(font, source_words(source)) for source in Source)
        return max(self._theme.px(_SOURCE_PX), words + self._theme.px(14))

    def _longest_title(self) -> int:
        font = self._theme.font(FontUse.TABLE)
        rows = range(self._sheet.rowCount())
        titles = [str(self._sheet.index(row, TITLE).data() or "") for row in rows]
        widths = [text_width(font, title) for title in titles]
        return max(widths, default=0) + self._theme.px(16)


def _is_modified(event: QKeyEvent) -> bool:
    keypad = Qt.KeyboardModifier.KeypadModifier
    return bool(event.modifiers() & ~keypad)


def _share(part: float) -> float:
    return min(_LONGEST, max(_SHORTEST, part))


class _IntervalHeader(QHeaderView):
    """Number and start of each interval; the one on the screen is underlined."""

    def __init__(self, theme: Theme, parent: SheetView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._interval: int | None = None
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(4)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        theme.changed.connect(self.viewport().update)

    def show_interval(self, interval: int | None) -> None:
        if interval != self._interval:
            self._interval = interval
            self.viewport().update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, 2 * self._line() + self._theme.px(5))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        theme, model = self._theme, self.model()
        if not isinstance(model, SheetModel):
            return
        painter.save()
        painter.fillRect(rect, theme.colour("alt"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        place = model.interval_at(section)
        words = str(model.headerData(section, Qt.Orientation.Horizontal))
        if place is None:
            self._paint_words(painter, rect, words, section)
        else:
            self._paint_interval(painter, rect, place, words)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, words: str, section: int) -> None:
        px = self._theme.px
        ink = Ink(
            colour=self._theme.colour("text2"),
            font=self._theme.font(FontUse.CAPTION),
            align=LEFT if section < BEFORE else RIGHT,
        )
        line = QRect(rect.x() + px(6), rect.y(), rect.width() - px(12), self._line() + px(2))
        paint_text(painter, line, words, ink)

    def _paint_interval(self, painter: QPainter, rect: QRect, place: int, words: str) -> None:
        theme, px = self._theme, self._theme.px
        here = place == self._interval
        use, token = (FontUse.CAPTION_STRONG, "text") if here else (FontUse.CAPTION, "text2")
        number = QRect(rect.x(), rect.y() + 1, rect.width(), self._line())
        ink = Ink(colour=theme.colour(token), font=theme.font(use), align=CENTRE)
        if text_width(ink.font, words) <= rect.width():
            paint_text(painter, number, words, ink)
        if here:
            height = px(3)
            top = rect.bottom() - height + 1
            painter.fillRect(rect.left() + 1, top, rect.width() - 1, height, theme.colour("text"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        model = self.model()
        if not isinstance(model, SheetModel) or model.sheet is None:
            return
        painter = QPainter(self.viewport())
        font, line = self._theme.font(FontUse.RULER), self._line()
        ink = Ink(colour=self._theme.colour("text3"), font=font, align=CENTRE)
        starts = [interval_times(model.sheet, at)[0] for at in range(model.sheet.n_intervals)]
        widest = max((text_width(font, start) for start in starts), default=0)
        for place in range(0, len(starts), self._every(widest + self._theme.px(6))):
            section = BEFORE + place
            middle = self.sectionViewportPosition(section) + self.sectionSize(section) // 2
            room = QRect(middle - widest, 1 + line, 2 * widest, line)
            paint_text(painter, room, starts[place], ink)
        painter.end()

    def _every(self, wanted: int) -> int:
        """Of how many intervals one start is shown, so that they do not touch."""
        width = max(1, self.sectionSize(BEFORE))
        return next((step for step in (1, 2, 4) if step * width >= wanted), 8)

    def _line(self) -> int:
        return QFontMetrics(self._theme.font(FontUse.CAPTION_STRONG)).height()
