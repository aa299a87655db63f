"""Explanations of a reference and what is left out of it: a list, and a form for one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Span, parse_time, short_clock_text
from ssp_coder.training.packs import Exclusion, Rationale
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.text import slot_words
from ssp_coder.ui.trainer.forms import FieldGrid, WordsEdit, choose_value
from ssp_coder.ui.trainer.row_table import RowTable, TableRow
from ssp_coder.ui.trainer.words import DASH, span_words

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("trainer_remarks", words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Words on a place to be rated, a code, a stretch of the video, or the whole case."""

    words: str
    slot: SlotId | None = None
    code: str = ""
    span: Span | None = None


def remark_of(one: Rationale | Exclusion) -> Remark:
    """An explanation or an exclusion as a remark."""
    if isinstance(one, Rationale):
        return Remark(words=one.words, slot=one.slot, span=one.span)
    return Remark(words=one.reason, slot=one.slot, code=one.code, span=one.span)


def rationale_of(one: Remark) -> Rationale:
    """A remark as an explanation."""
    return Rationale(words=one.words, slot=one.slot, span=one.span)


def exclusion_of(one: Remark) -> Exclusion:
    """A remark as an exclusion."""
    return Exclusion(reason=one.words, slot=one.slot, code=one.code, span=one.span)


class RemarkForm(QWidget):
    """Shows the remarks of a case; a change of any is told at once.

    Signals:
        remarks_changed: a tuple of `Remark`.
    """

    remarks_changed = Signal(object)

    def __init__(
        self, theme: Theme, name: str, *, with_code: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._with_code = with_code
        self._remarks: tuple[Remark, ...] = ()
        self._scheme: Scheme | None = None
        titles = [tr("Place"), tr("Stretch"), tr("Reason") if with_code else tr("Words")]
        self.table = RowTable(theme, name, titles, (2,), self)
        self.slots = ComboBox(theme, self)
        self.codes = ComboBox(theme, self)
        self.start = FieldWithError(theme, tr("From"), self)
        self.end = FieldWithError(theme, tr("To"), self)
        self.words = WordsEdit(theme, titles[2], self)
        self.add = PushButton(theme, tr("Add"), parent=self)
        self.remove = PushButton(theme, tr("Remove"), parent=self)
        self._build()
        self.table.row_chosen.connect(self._show_chosen)
        self.slots.activated.connect(self._commit)
        self.codes.activated.connect(self._commit)
        self.start.committed.connect(self._commit)
        self.end.committed.connect(self._commit)
        self.words.committed.connect(self._commit)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self._show_chosen(self.table.key)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The remarks as they are now."""
        return self._remarks

    def show_scheme(self, scheme: Scheme | None) -> None:
        """Offer the places and codes of a scheme."""
        known = None if self._scheme is None else self._scheme.sha256
        if self.slots.count() and known == (None if scheme is None else scheme.sha256):
            return
        self._scheme = scheme
        for box, whole in ((self.slots, tr("none in particular")), (self.codes, tr("any code"))):
            box.clear()
            box.addItem(whole, "")
        if scheme is not None:
            for slot in scheme.slots:
                self.slots.addItem(slot_words(slot.id, scheme), slot.id)
            for code in scheme.ethogram.codes():
                self.codes.addItem(str(code.title), code.id)
        self._list()
        self._show_chosen(self.table.key)

    def settle(self) -> None:
        """Take in what is being typed."""
        self._commit()

    def show_remarks(self, remarks: tuple[Remark, ...]) -> None:
        """Show other remarks, without a signal."""
        if remarks != self._remarks:
            self._remarks = remarks
            self._list()
            self._show_chosen(self.table.key)

    def _build(self) -> None:
        px = self._theme.px
        describe(self.slots, tr("Place to be rated"))
        describe(self.codes, tr("Code"))
        self.words.setMaximumHeight(px(72))
        self.table.setMinimumHeight(px(84))
        self.start.edit.setPlaceholderText("1:02.5")
        self.end.edit.setPlaceholderText("1:06")
        self.codes.setVisible(self._with_code)
        grid = FieldGrid(self._theme, self)
        place = (tr("Place to be rated"), self.slots, 4 if self._with_code else 6)
        code = ((tr("Code"), self.codes, 4),) if self._with_code else ()
        width = 2 if self._with_code else 3
        grid.add(place, *code, (tr("From"), self.start, width), (tr("To"), self.end, width))
        grid.add_wide(self.words)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.table, 1)
        column.addWidget(grid)
        column.addLayout(row)

    def _list(self) -> None:
        rows = [
            TableRow(
                key=str(number),
                cells=(self._place_words(one), span_words(one.span), one.words or DASH),
            )
            for number, one in enumerate(self._remarks)
        ]
        self.table.show_rows(rows)

    def _place_words(self, one: Remark) -> str:
        if one.slot is not None:
            known = self._scheme is not None and self._scheme.has_slot(one.slot)
            return slot_words(one.slot, self._scheme) if known and self._scheme else str(one.slot)
        return one.code or DASH

    def _chosen(self) -> int:
        number = int(self.table.key) if self.table.key else -1
        return number if number < len(self._remarks) else -1

    def _show_chosen(self, _key: str) -> None:
        place = self._chosen()
        one = self._remarks[place] if place >= 0 else Remark(words="")
        for widget in (self.slots, self.codes, self.start, self.end, self.words):
            widget.setEnabled(place >= 0)
        if place >= 0:
            self.remove.enable()
        else:
            self.remove.disable(tr("There is nothing in the list"))
        choose_value(self.slots, one.slot or "")
        choose_value(self.codes, one.code)
        self.start.set_text("" if one.span is None else _time(one.span.start_us))
        self.end.set_text("" if one.span is None else _time(one.span.end_us))
        self.start.clear_error()
        self.end.clear_error()
        if self.words.toPlainText() != one.words:
            self.words.setPlainText(one.words)

    def _commit(self, _value: object = None) -> None:
        place = self._chosen()
        if place < 0:
            return
        span = known = self._remarks[place].span
        try:
            span = self._span(known)
        except ValueError as error:
            self.end.show_error(str(error))
        else:
            self.end.clear_error()
        slot = str(self.slots.currentData() or "")
        one = replace(
            self._remarks[place],
            words=self.words.toPlainText().strip(),
            slot=SlotId(slot) if slot else None,
            code=str(self.codes.currentData() or "") if self._with_code else "",
            span=span,
        )
        self._put((*self._remarks[:place], one, *self._remarks[place + 1 :]))

    def _span(self, known: Span | None) -> Span | None:
        """What the fields say; a stretch that nobody changed keeps its microseconds."""
        start, end = self.start.text().strip(), self.end.text().strip()
        if not start and not end:
            return None
        if known is not None and (start, end) == (_time(known.start_us), _time(known.end_us)):
            return known
        try:
            start_us, end_us = parse_time(start or end), parse_time(end or start)
        except ValueError:
            raise ValueError(tr("write it like 12.5 or 1:02.5")) from None
        if start_us < 0:
            raise ValueError(tr("write it like 12.5 or 1:02.5"))
        if end_us < start_us:
            raise ValueError(tr("it ends before it begins"))
        return Span(start_us=start_us, end_us=end_us)

    def _add(self) -> None:
        self._commit()
        self._put((*self._remarks, Remark(words="")))
        self.table.choose(str(len(self._remarks) - 1))
        self.words.setFocus()

    def _remove(self) -> None:
        place = self._chosen()
        if place >= 0:
            self._put((*self._remarks[:place], *self._remarks[place + 1 :]))
            self._show_chosen(self.table.key)

    def _put(self, remarks: tuple[Remark, ...]) -> None:
        if remarks == self._remarks:
            return
        self._remarks = remarks
        self._list()
        self.remarks_changed.emit(remarks)


def _time(time_us: int) -> str:
    return short_clock_text(time_us, digits=3)
