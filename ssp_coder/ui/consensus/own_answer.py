"""The form for an answer that neither coder gave."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.time import parse_time, short_clock_text
from ssp_coder.ui.consensus.own_wish import Moment, OwnWish
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.rate.lettering import short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.consensus.own_wish import Choice
    from ssp_coder.ui.theme.theme import Theme

START, END = 0, 1


class OwnAnswer(QWidget):
    """Choices and times of one answer; it says what was chosen and decides nothing.

    Signals:
        wanted: take this answer.
        left: no answer of one's own after all.
    """

    wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._moment: Moment | None = None
        self._points: frozenset[str] = frozenset()
        self._has_end = False
        self._from_picture: dict[int, tuple[str, Moment]] = {}
        self.boxes: tuple[ComboBox, ...] = ()
        self.times = tuple(
            FieldWithError(theme, name, self) for name in (self.tr("Start"), self.tr("End"))
        )
        self.marks = tuple(self._mark_button(place) for place in (START, END))
        self.take = PushButton(theme, self.tr("Take this"), ButtonKind.PRIMARY, self)
        self.leave = PushButton(theme, self.tr("Cancel"), ButtonKind.QUIET, self)
        self._choices = QWidget(self)
        self._form = QFormLayout(self._choices)
        self._time_rows = tuple(self._time_row(place) for place in (START, END))
        self._build()
        self.take.clicked.connect(self.wanted)
        self.leave.clicked.connect(self.left)

    def show_wish(self, wish: OwnWish) -> None:
        """Show what is to be chosen."""
        while self._form.rowCount():
            self._form.removeRow(0)
        self.boxes = tuple(self._box(choice) for choice in wish.choices)
        self._points = wish.points
        self.boxes[0].currentIndexChanged.connect(self._show_end)
        self._from_picture = {}
        for place, moment in ((START, wish.start), (END, wish.end)):
            self._time_rows[place].setVisible(moment is not None)
            self.times[place].clear_error()
            if moment is not None:
                self._show_moment(place, moment)
        self._has_end = wish.end is not None
        self._show_end()

    def _show_end(self, _place: int = 0) -> None:
        is_point = str(self.boxes[0].currentData()) in self._points
        self._time_rows[END].setVisible(self._has_end and not is_point)

    def set_moment(self, moment: Moment) -> None:
        """Follow the frame on the screen."""
        self._moment = moment

    def mark(self, place: int) -> None:
        """Take the moment on the screen as the start or the end."""
        if self._moment is not None and not self._time_rows[place].isHidden():
            self.times[place].clear_error()
            self._show_moment(place, self._moment)

    def picked(self) -> tuple[str, ...]:
        """What was chosen, in the order of the choices."""
        return tuple(str(box.currentData()) for box in self.boxes)

    def moments(self) -> tuple[Moment | None, Moment | None] | None:
        """Start and end; None where one is no time, which is said under it."""
        found: list[Moment | None] = []
        for place in (START, END):
            try:
                found.append(self._read(place))
            except ValueError:
                self.times[place].show_error(self.tr("Not a time, such as 1:02.5"))
                return None
        return found[START], found[END]

    def _read(self, place: int) -> Moment | None:
        if self._time_rows[place].isHidden():
            return None
        text = self.times[place].text().strip()
        shown = self._from_picture.get(place)
        if shown is not None and shown[0] == text:
            return shown[1]
        return Moment(at_us=parse_time(text))

    def _show_moment(self, place: int, moment: Moment) -> None:
        text = short_clock_text(moment.at_us, digits=3)
        self._from_picture[place] = (text, moment)
        self.times[place].set_text(text)

    def _box(self, choice: Choice) -> ComboBox:
        box = ComboBox(self._theme, self._choices)
        describe(box, choice.name)
        for name, words in choice.options:
            box.addItem(words, name)
        box.setCurrentIndex(max(0, box.findData(choice.chosen)))
        label = short_lettering(self._theme, choice.name, FontUse.TABLE, "second")
        label.setBuddy(box)
        self._form.addRow(label, box)
        return box

    def _mark_button(self, place: int) -> PushButton:
        names = (self.tr("Start at the picture"), self.tr("End at the picture"))
        button = PushButton(self._theme, self.tr("At the picture"), parent=self)
        button.set_name(names[place])
        button.set_keys(("S", "D")[place])
        button.clicked.connect(partial(self.mark, place))
        return button

    def _time_row(self, place: int) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        name = (self.tr("Start"), self.tr("End"))[place]
        label = short_lettering(self._theme, name, FontUse.TABLE, "second")
        label.setBuddy(self.times[place])
        label.setContentsMargins(0, self._theme.px(7), 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(label, 0, top)
        row.addWidget(self.times[place], 1, top)
        row.addWidget(self.marks[place], 0, top)
        return line

    def _build(self) -> None:
        px = self._theme.px
        self._form.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self._choices)
        for line in self._time_rows:
            column.addWidget(line)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(self.leave)
        acts.addWidget(self.take)
        column.addLayout(acts)
