"""All trainees of a folder side by side, by pseudonym, and one of them in detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.trainer.forms import padded
from ssp_coder.ui.trainer.row_table import RowTable, TableRow
from ssp_coder.ui.trainer.trainee_detail import TraineeDetail
from ssp_coder.ui.trainer.words import (
    DASH,
    day_words,
    drift_words,
    flag_count,
    is_few,
    share_words,
)
from ssp_coder.ui.training.words import stage_title

if TYPE_CHECKING:
    from ssp_coder.training.trainee_files import TraineeFile, TraineeStudy
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.trainer.trainees_desk import TraineesDesk

DETAIL_PX = 390


class TraineesPage(QWidget):
    """The table of trainees; nobody is ranked."""

    def __init__(self, theme: Theme, desk: TraineesDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        titles = [
            self.tr("Trainee"),
            self.tr("Pack"),
            self.tr("Stage"),
            self.tr("Cases"),
            self.tr("Same class, 95 %"),
            self.tr("Tendencies"),
            self.tr("Re-checks"),
            self.tr("Last entry"),
        ]
        self.table = RowTable(theme, self.tr("Trainees"), titles, (1,), self)
        self.panel = Panel(theme, self.tr("Trainees"), self)
        self.detail = TraineeDetail(theme, desk, self)
        body, column = padded(theme, self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.panel.set_body(body)
        self.panel.set_note(self.tr("by pseudonym; first attempts only"))
        self.detail.setFixedWidth(theme.px(DETAIL_PX))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self.panel, 1)
        row.addWidget(self.detail)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(row)
        self.table.row_chosen.connect(self._show)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what was read."""
        self.table.show_rows([self._row(one) for one in self._desk.files])
        self._show(self.table.key)

    def _show(self, key: str) -> None:
        found = (one for one in self._desk.files if str(one.path) == key)
        self.detail.show_trainee(next(found, None))

    def _row(self, one: TraineeFile) -> TableRow:
        faulty = bool(one.findings)
        cells = (DASH,) * 5 if one.study is None else self._cells(one, one.study)
        version = "" if self._desk.pack is None else self._desk.pack.version
        label = f"{one.label} {version}" if one.study is not None else one.label or DASH
        first = (one.trainee, self.tr("cannot be read") if faulty and not one.label else label)
        return TableRow(
            key=str(one.path),
            cells=(*first, *cells, day_words(one.last_at_utc)),
            icon="warning" if faulty else "person",
            tone="err" if faulty else "text2",
            tip=str(one.path),
        )

    def _cells(self, one: TraineeFile, study: TraineeStudy) -> tuple[str, ...]:
        row, agreement = study.row, study.agreement
        cases = str(agreement.n)
        if is_few(agreement):
            cases = self.tr("{0}, few").format(cases)
        return (
            self.tr("certified") if row.certified else stage_title(row.stage),
            cases,
            share_words(agreement) if agreement.n else DASH,
            flag_count(one),
            drift_words(one),
        )
