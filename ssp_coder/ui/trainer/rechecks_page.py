"""Re-checks of certified coders: drawn by a seed, written into the logbooks, told to nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRandomGenerator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.training.packs import Stage
from ssp_coder.training.rechecks import (
    Coder,
    PlannedRecheck,
    RecheckWish,
    free_cases,
    plan_rechecks,
)
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.trainer.forms import FieldGrid, padded, paragraph, retone
from ssp_coder.ui.trainer.row_table import RowTable, TableRow
from ssp_coder.ui.trainer.trainees_desk import PlanWritten
from ssp_coder.ui.trainer.words import DASH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssp_coder.training.trainee_files import TraineeFile
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.trainer.trainees_desk import TraineesDesk

FORM_PX = 340
EVERY_DAYS = 14
"""Project default; every couple of months is usual where the field says it at all."""
EACH = 3
_SEEDS = 1_000_000
_MOST = 3650


class RechecksPage(QWidget):
    """A plan drawn from a seed beside what is scheduled already."""

    def __init__(self, theme: Theme, desk: TraineesDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._plan: tuple[PlannedRecheck, ...] = ()
        self.first = FieldWithError(theme, self.tr("First day"), self)
        self.every = FieldWithError(theme, self.tr("One within days"), self)
        self.each = FieldWithError(theme, self.tr("For each coder"), self)
        self.seed = FieldWithError(theme, self.tr("Seed"), self)
        self.draw = PushButton(theme, self.tr("Draw a plan"), parent=self)
        self.write = PushButton(theme, self.tr("Write into the logbooks"), ButtonKind.PRIMARY, self)
        self.state = paragraph(theme, "", self)
        titles = [self.tr("Coder"), self.tr("Case"), self.tr("Due on")]
        self.plan = RowTable(theme, self.tr("Plan"), titles, (0,), self)
        titles = [self.tr("Coder"), self.tr("Case"), self.tr("Due on"), self.tr("State")]
        self.scheduled = RowTable(theme, self.tr("Scheduled"), titles, (0,), self)
        self._build()
        self.draw.clicked.connect(self.draw_plan)
        self.write.clicked.connect(self._write)
        for field in (self.first, self.every, self.each, self.seed):
            field.text_edited.connect(self._forget)
        desk.changed.connect(self.refresh)
        desk.plan_written.connect(self._show_written)
        desk.errands.busy_changed.connect(self._show_state)
        self.refresh()

    @property
    def drawn(self) -> tuple[PlannedRecheck, ...]:
        """The plan on the screen."""
        return self._plan

    def refresh(self) -> None:
        """Show what is scheduled; a plan that was drawn before is none any more."""
        self._show_plan(())
        rows = [row for one in self._desk.files for row in self._rows(one)]
        self.scheduled.show_rows(rows)
        self._show_state()

    def _rows(self, one: TraineeFile) -> Iterator[TableRow]:
        """The re-checks of one coder, those that wait first."""
        if one.study is None:
            return
        programme = one.study.work.programme
        for due in programme.due:
            yield TableRow(
                key=f"{one.trainee} {due.case} {due.due_on}",
                cells=(one.trainee, due.case, due.due_on, self.tr("not handed out")),
                icon="clock",
            )
        for standing in programme.shown:
            if standing.case.stage is not Stage.UPKEEP:
                continue
            done = standing.last is not None and standing.last.submitted is not None
            words = self.tr("submitted") if done else self.tr("handed out")
            yield TableRow(
                key=f"{one.trainee} {standing.case.id}",
                cells=(one.trainee, standing.case.id, DASH, words),
                icon="done" if done else "circle",
            )

    def draw_plan(self) -> None:
        """Draw the plan that the fields ask for."""
        wish = self._wish()
        if wish is None:
            return
        try:
            plan = plan_rechecks(self._coders(), wish)
        except OverflowError:
            self.first.show_error(self.tr("the calendar ends before the last re-check"))
            return
        self._show_plan(plan)
        if not self._plan:
            self.say(self.tr("No certified coder has a case of the upkeep left."))
        else:
            self.say("")

    def say(self, words: str, tone: str = "second") -> None:
        """Say what came of it."""
        self.state.setText(words)
        retone(self.state, tone)

    def _build(self) -> None:
        theme = self._theme
        self.first.set_text((date.today() + timedelta(days=7)).isoformat())
        self.every.set_text(str(EVERY_DAYS))
        self.each.set_text(str(EACH))
        self.seed.set_text(str(QRandomGenerator.global_().bounded(_SEEDS)))
        grid = FieldGrid(theme, self)
        grid.add((self.tr("First day"), self.first, 6), (self.tr("Seed"), self.seed, 6))
        grid.add(
            (self.tr("One within days"), self.every, 6),
            (self.tr("For each coder"), self.each, 6),
        )
        body, column = padded(theme, self)
        column.addWidget(grid)
        row = QHBoxLayout()
        row.addWidget(self.draw)
        row.addWidget(self.write)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.state)
        column.addWidget(paragraph(theme, self._note(), self, "hint"))
        column.addStretch(1)
        form = Panel(theme, self.tr("New re-checks"), self)
        form.setFixedWidth(theme.px(FORM_PX))
        form.set_body(body)
        tables = QVBoxLayout()
        tables.setSpacing(theme.px(10))
        for title, table in (
            (self.tr("Plan"), self.plan),
            (self.tr("Scheduled and handed out"), self.scheduled),
        ):
            panel = Panel(theme, title, self)
            body, column = padded(theme, self)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(table)
            panel.set_body(body)
            tables.addWidget(panel, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(10))
        whole.addLayout(tables, 1)
        whole.addWidget(form)

    def _note(self) -> str:
        return self.tr(
            "A re-check is handed out on its day as a case like any other, and the coder is not "
            "told before. Days and cases are drawn from the seed; the same seed draws the same "
            "plan. Two weeks apart is a project default."
        )

    def _coders(self) -> list[Coder]:
        """The certified coders; a case is free where no copy of the logbook tells otherwise."""
        free: dict[str, tuple[str, ...]] = {}
        for one in self._desk.files:
            if one.study is not None and one.study.row.certified:
                cases = free_cases(one.study.work.programme)
                known = free.get(one.trainee, cases)
                free[one.trainee] = tuple(case for case in known if case in cases)
        return [Coder(trainee=trainee, cases=cases) for trainee, cases in free.items()]

    def _wish(self) -> RecheckWish | None:
        """What the fields ask for; None when one of them cannot be read, which it says."""
        numbers = []
        for field, most in ((self.every, _MOST), (self.each, _MOST), (self.seed, 10**9)):
            text = field.text().strip()
            least = 0 if field is self.seed else 1
            if not text.isdecimal() or not least <= int(text) <= most:
                field.show_error(self.tr("{0} to {1}").format(least, most))
                return None
            field.clear_error()
            numbers.append(int(text))
        try:
            first = date.fromisoformat(self.first.text().strip())
        except ValueError:
            self.first.show_error(self.tr("write it like 2026-05-17"))
            return None
        self.first.clear_error()
        return RecheckWish(first=first, every_days=numbers[0], each=numbers[1], seed=numbers[2])

    def _forget(self, _text: str) -> None:
        self._show_plan(())

    def _show_plan(self, plan: tuple[PlannedRecheck, ...]) -> None:
        self._plan = plan
        self.plan.show_rows(
            [
                TableRow(key=f"{one.trainee} {one.case}", cells=(one.trainee, one.case, one.due_on))
                for one in plan
            ]
        )
        self._show_state()

    def _show_state(self) -> None:
        if not self._plan:
            self.write.disable(self.tr("Draw a plan first"))
        elif self._desk.errands.busy:
            self.write.disable(self.tr("Something is under way"))
        else:
            self.write.enable()
        if self._desk.files:
            self.draw.enable()
        else:
            self.draw.disable(self.tr("Choose the pack and the logbooks first"))

    def _write(self) -> None:
        self._desk.schedule(self._plan)

    def _show_written(self, result: object) -> None:
        if not isinstance(result, PlanWritten):
            return
        words = self.tr("{0} re-checks written").format(result.written)
        if result.refused:
            self.say("\n".join((words, *result.refused)), "err")
        else:
            self.say(words, "ok")
