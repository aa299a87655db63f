"""The title row of a panel: title, a note after it, and what acts on the panel at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.painting import with_ring
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from ssp_coder.ui.theme.theme import Theme

_SIDE_PX = 22


class SmallButton(PushButton):
    """A button of one icon that fits into a title row."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", ButtonKind.QUIET, parent)
        self.set_icon_name(icon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        side = self._theme.px(_SIDE_PX)
        return with_ring(side, side)


class TitleRow(QWidget):
    """Shows a title and a note; a dock may take it as its own title bar.

    What does not fit into a narrow row stands behind a button for more: as few as possible.
    """

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        self._acts: list[QWidget] = []
        self._ends: list[QWidget] = []
        self._left = 2
        self._words = QLabel(title, self)
        self._note = QLabel("", self)
        self._more = SmallButton(theme, "more", self)
        self._rest = _Rest(self)
        self._words.setFont(theme.font(FontUse.PANEL_TITLE))
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._note.setFont(theme.font(FontUse.TABLE))
        self._note.setProperty("tone", "hint")
        self._more.hide()
        self._more.clicked.connect(self._show_rest)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(px(31))
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(px(10), px(3), px(8), px(3))
        self._box.setSpacing(px(8))
        self._box.addWidget(self._words)
        self._box.addWidget(self._note)
        self._box.addStretch(1)
        self._box.addWidget(self._more)
        self._name_more()

    @property
    def has_acts(self) -> bool:
        """Whether anything but words stands in the row."""
        return bool(self._acts)

    def title(self) -> str:
        """The title shown."""
        return self._words.text()

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._words.setText(title)
        self._name_more()

    def note(self) -> str:
        """The small text after the title."""
        return self._note.text()

    def set_note(self, note: str) -> None:
        """Show small text after the title, such as a count."""
        self._note.setText(note)
        self._fit()

    def show_title(self, shown: bool) -> None:
        """Leave the title out where a tab over the panel shows it already."""
        self._words.setVisible(shown)
        self._fit()

    def add(self, widget: QWidget) -> None:
        """Put something that acts on the panel at the right end."""
        self._acts.append(widget)
        self._box.insertWidget(self._box.indexOf(self._more), widget)
        self._fit()

    def add_left(self, widget: QWidget) -> None:
        """Put something that acts on the panel right after the title."""
        self._acts.append(widget)
        self._box.insertWidget(self._left, widget)
        self._left += 1
        self._fit()

    def reveal(self, act: QWidget) -> None:
        """Bring an act into sight that has no room in the row."""
        if self._rest.isAncestorOf(act):
            self._show_rest()

    def end_with(self, widget: QWidget) -> None:
        """Put what acts on the row's own frame after everything; it does not count as an act."""
        self._ends.append(widget)
        self._box.addWidget(widget)
        self._fit()

    def whole_width(self) -> int:
        """What the row needs so that nothing stands behind the button for more."""
        parts = [part for part in (self._words, self._note) if self._says(part)]
        return self._width_of([*parts, *self._shown_acts(), *self._ends])

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        always: list[QWidget] = [self._words] if self._says(self._words) else []
        if self._shown_acts():
            always.append(self._more)
        wide = self._width_of([*always, *self._ends])
        return QSize(min(wide, self.whole_width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit again when an act shows, hides or changes its size."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().hideEvent(event)
        self._rest.close()

    def _says(self, label: QLabel) -> bool:
        wanted = label is self._note or not label.isHidden()
        return wanted and bool(label.text())

    def _shown_acts(self) -> list[QWidget]:
        return [act for act in self._acts if not act.isHidden()]

    def _width_of(self, parts: list[QWidget]) -> int:
        edges = self._box.contentsMargins()
        widths = [part.minimumSizeHint().expandedTo(part.minimumSize()).width() for part in parts]
        spaces = self._box.spacing() * len(widths)
        return sum(widths) + spaces + edges.left() + edges.right()

    def _fit(self) -> None:
        """Leave out the note, then put the widest acts behind the button, until all fits."""
        if not self.isVisible():
            return
        room = self.width()
        words: list[QWidget] = [self._words] if self._says(self._words) else []
        acts = self._shown_acts()
        rest: list[QWidget] = []
        while acts:
            kept = [*words, *acts, *self._ends, *self._button_if(rest)]
            over = self._width_of(kept) - room
            if over <= 0:
                break
            more = 0 if rest else self._more.sizeHint().width() + self._box.spacing()
            out = _one_to_leave_out(acts, over + more)
            acts.remove(out)
            rest.append(out)
        kept = [*words, *acts, *self._ends, *self._button_if(rest)]
        note_fits = self._width_of([*kept, self._note]) <= room
        self._note.setVisible(self._says(self._note) and note_fits)
        self._more.setVisible(bool(rest))
        self._rest.keep([act for act in self._acts if act in rest])
        self._seat_acts([act for act in self._acts if act not in rest])

    def _button_if(self, rest: list[QWidget]) -> list[QWidget]:
        return [self._more] if rest else []

    def _seat_acts(self, acts: list[QWidget]) -> None:
        """Put acts that were behind the button back into their places in the row."""
        for act in acts:
            if self._box.indexOf(act) >= 0:
                continue
            hidden = act.isHidden()
            place = self._acts.index(act)
            later = (self._box.indexOf(other) for other in self._acts[place + 1 :])
            at = next((spot for spot in later if spot >= 0), self._box.indexOf(self._more))
            self._box.insertWidget(at, act)
            act.setVisible(not hidden)

    def _name_more(self) -> None:
        self._more.set_name(self.tr("{0}: more").format(self._words.text()))

    def _show_rest(self) -> None:
        corner = self._more.mapToGlobal(QPoint(self._more.width(), self._more.height()))
        self._rest.open_at(corner)


def _one_to_leave_out(acts: list[QWidget], over: int) -> QWidget:
    """The smallest act that makes enough room alone, else the widest."""
    by_width = sorted(acts, key=lambda act: act.minimumSizeHint().width())
    enough = (act for act in by_width if act.minimumSizeHint().width() >= over)
    return next(enough, by_width[-1])


class _Rest(QFrame):
    """Shows what had no room in the row, one below the other."""

    def __init__(self, row: TitleRow) -> None:
        super().__init__(row, Qt.WindowType.Popup)
        self.setProperty("panel", True)
        self._column = QVBoxLayout(self)

    def keep(self, acts: list[QWidget]) -> None:
        """Hold these acts."""
        for act in acts:
            if self._column.indexOf(act) < 0:
                hidden = act.isHidden()
                self._column.addWidget(act)
                act.setVisible(not hidden)

    def open_at(self, corner: QPoint) -> None:
        """Open with the right upper corner at a point of the screen."""
        self.adjustSize()
        self.move(corner - QPoint(self.width(), 0))
        self.show()
        self.focusNextChild()
