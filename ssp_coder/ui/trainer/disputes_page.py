"""What trainees disputed or found unclear, as one list; an item may be left out from now on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.time import short_clock_text
from ssp_coder.training.excluding import exclusion_of
from ssp_coder.training.references import pack_scheme
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.pairs.items import kind_words
from ssp_coder.ui.pairs.making import items_of_feedback
from ssp_coder.ui.trainer.forms import WordsEdit, caption, padded, paragraph, retone
from ssp_coder.ui.trainer.row_table import RowTable, TableRow
from ssp_coder.ui.trainer.words import DASH
from ssp_coder.ui.training.words import judgement_words

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.trainee_files import DisputedItem
    from ssp_coder.ui.pairs.items import PairItem
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.trainer.trainees_desk import TraineesDesk

DETAIL_PX = 360


class DisputesPage(QWidget):
    """All disputes and unclear rules, by case and item.

    Signals:
        exclusion_wanted: the case and the `Exclusion` for the next version of the pack.
    """

    exclusion_wanted = Signal(str, object)

    def __init__(self, theme: Theme, desk: TraineesDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._found: dict[str, DisputedItem] = {}
        self._items: dict[str, PairItem] = {}
        self._shown = ""
        titles = [
            self.tr("Case"),
            self.tr("Moment"),
            self.tr("Kind"),
            self.tr("Place"),
            self.tr("Trainee"),
            self.tr("Said"),
            self.tr("Comment"),
        ]
        self.table = RowTable(theme, self.tr("Disputes"), titles, (6,), self)
        self.panel = Panel(theme, self.tr("Disputes and unclear rules"), self)
        self.export = PushButton(theme, self.tr("Export…"), parent=self)
        self.sides = paragraph(theme, "", self, "")
        self.comment = paragraph(theme, "", self)
        self.reason = WordsEdit(theme, self.tr("Reason"), self)
        self.leave_out = PushButton(
            theme, self.tr("Leave out in the next version"), ButtonKind.PRIMARY, self
        )
        self.state = paragraph(theme, "", self)
        self._detail = Panel(theme, self.tr("Item"), self)
        self._build()
        self.table.row_chosen.connect(self._show_chosen)
        self.export.clicked.connect(self._choose_file)
        self.leave_out.clicked.connect(self._want)
        self.reason.textChanged.connect(self._show_state)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what was read."""
        found = [each for one in self._desk.files if one.study for each in one.study.disputed]
        self._found = {_key(one): one for one in sorted(found, key=self._order)}
        self._items = self._worded()
        self.table.show_rows([self._row(key, one) for key, one in self._found.items()])
        self.panel.set_note(str(len(self._found)) if self._found else "")
        if self._found:
            self.export.enable()
        else:
            self.export.disable(self.tr("There is nothing to export"))
        self._show_chosen(self.table.key)

    def say(self, words: str, tone: str = "err") -> None:
        """Say what came of it."""
        self.state.setText(words)
        retone(self.state, tone)

    def export_to(self, path: Path) -> None:
        """Write all disputes as a table."""
        try:
            self._desk.export_disputes((one.dispute for one in self._found.values()), path)
        except DomainError as error:
            self.say(said_error(error))
        else:
            self.say(self.tr("{0} written").format(path.name), "ok")

    def _build(self) -> None:
        theme = self._theme
        self.panel.add_to_title(self.export)
        body, column = padded(theme, self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.panel.set_body(body)
        self._detail.setFixedWidth(theme.px(DETAIL_PX))
        self.reason.setMaximumHeight(theme.px(90))
        body, column = padded(theme, self)
        column.addWidget(self.sides)
        column.addWidget(self.comment)
        column.addSpacing(theme.px(6))
        column.addWidget(caption(theme, self.tr("Reason, told in feedback and reports"), self))
        column.addWidget(self.reason)
        column.addWidget(self.leave_out)
        column.addWidget(self.state)
        column.addStretch(1)
        self._detail.set_body(body)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self.panel, 1)
        row.addWidget(self._detail)

    def _order(self, one: DisputedItem) -> tuple[int, float, str, str]:
        pack = self._desk.pack
        cases = [] if pack is None else [case.id for case in pack.cases]
        said = one.dispute
        place = cases.index(said.case) if said.case in cases else len(cases)
        return place, float(said.at_s or "inf"), said.item, said.trainee

    def _scheme(self) -> Scheme | None:
        if self._desk.pack is None:
            return None
        try:
            return pack_scheme(self._desk.pack)
        except DomainError as error:
            self.say(said_error(error))
            return None

    def _worded(self) -> dict[str, PairItem]:
        """The items in words, as the trainee's feedback has them."""
        scheme = self._scheme() if self._found else None
        if scheme is None:
            return {}
        worded = {}
        for key, one in self._found.items():
            if one.item is not None:
                (worded[key],) = items_of_feedback((one.item,), scheme)
        return worded

    def _row(self, key: str, one: DisputedItem) -> TableRow:
        said, item = one.dispute, self._items.get(key)
        sealed = (DASH, self.tr("sealed"), DASH)
        known = sealed
        if item is not None:
            moment = DASH if item.at_us is None else short_clock_text(item.at_us, digits=1)
            known = (moment, kind_words(item.kind), _place(one, item))
        return TableRow(
            key=key,
            cells=(
                said.case,
                *known,
                said.trainee,
                judgement_words(said.judgement),
                said.comment or DASH,
            ),
            icon="flag" if said.judgement.value == "dispute" else "info",
        )

    def _show_chosen(self, key: str) -> None:
        one, item = self._found.get(key), self._items.get(key)
        if one is None:
            self._detail.set_note("")
            self.sides.setText(self.tr("Nothing was disputed.") if not self._found else "")
            self.comment.setText("")
        else:
            said = one.dispute
            self._detail.set_note(f"{said.case}, {said.trainee}")
            if item is None:
                self.sides.setText(self.tr("The reference is sealed: give the trainer's word."))
            else:
                words = self.tr("{0}\nTrainee: {1}\nReference: {2}")
                self.sides.setText(
                    words.format(_place(one, item), item.own or DASH, item.reference or DASH)
                )
            self.comment.setText(said.comment)
        if key != self._shown:
            self._shown = key
            self.say("", "second")
            self.reason.setPlainText("" if one is None else one.dispute.comment)
        self._show_state()

    def _show_state(self) -> None:
        one = self._found.get(self.table.key)
        self.reason.setEnabled(one is not None)
        if one is None or one.item is None:
            self.leave_out.disable(self.tr("Choose an item whose reference is open"))
        elif exclusion_of(one.item, "") is None:
            self.leave_out.disable(self.tr("A class cannot be left out; leave out the case"))
        elif not self.reason.toPlainText().strip():
            self.leave_out.disable(self.tr("Give a reason first"))
        else:
            self.leave_out.enable()

    def _want(self) -> None:
        one = self._found.get(self.table.key)
        if one is None or one.item is None:
            return
        exclusion = exclusion_of(one.item, self.reason.toPlainText().strip())
        if exclusion is not None:
            self.exclusion_wanted.emit(one.dispute.case, exclusion)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export"), "disputes.csv", self.tr("Tables (*.csv)")
        )
        if name:
            self.export_to(Path(name))


def _place(one: DisputedItem, item: PairItem) -> str:
    """The code of an event, the place of a rating, or the level of a class."""
    title = "" if one.item is None or one.item.row is None else str(one.item.title)
    return title or item.place


def _key(one: DisputedItem) -> str:
    said = one.dispute
    return f"{said.trainee} {said.case} {said.attempt} {said.item}"
