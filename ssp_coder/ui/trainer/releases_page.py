"""Test forms and trainees: what was taken and seen, and the release that lets one go on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ssp_coder.training.deeds import FormReleased, ReleaseKind
from ssp_coder.training.packs import Stage
from ssp_coder.training.releases import SUFFIX, ReleaseWish
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox, ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.trainer.forms import FieldGrid, padded, paragraph, retone
from ssp_coder.ui.trainer.row_table import RowTable, TableRow
from ssp_coder.ui.trainer.trainees_desk import Released
from ssp_coder.ui.trainer.words import DASH, release_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssp_coder.training.trainee_files import TraineeFile
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.trainer.trainees_desk import TraineesDesk

FORM_PX = 380


@dataclass(frozen=True, slots=True, kw_only=True)
class FormStanding:
    """Where a trainee stands with a test form.

    Attributes:
        cases: of the form.
        taken: how often it was begun.
        finished: how often every case was submitted.
        seen: how often its references were released to be seen.
        retakes: how often it was released to be taken.
    """

    trainee: str
    logbook: Path
    form: str
    cases: int
    taken: int
    finished: int
    seen: int
    retakes: int

    @property
    def key(self) -> str:
        """What stands for it in the table."""
        return f"{self.logbook} {self.form}"


def form_standings(one: TraineeFile) -> Iterator[FormStanding]:
    """Where a trainee stands with each test form of the pack."""
    if one.study is None:
        return
    programme = one.study.work.programme
    pack = programme.pack
    released = [
        entry.deed
        for entry in one.study.work.entries
        if isinstance(entry.deed, FormReleased) and entry.deed.pack == pack.id
    ]
    for form in pack.forms:
        attempts = [
            standing.attempts
            for standing in programme.standings
            if standing.case.stage is Stage.TEST and standing.case.form == form
        ]
        kinds = [deed.kind for deed in released if deed.form == form]
        yield FormStanding(
            trainee=one.trainee,
            logbook=one.path,
            form=form,
            cases=len(attempts),
            taken=max((len(each) for each in attempts), default=0),
            finished=min(
                (sum(a.submitted is not None for a in each) for each in attempts), default=0
            ),
            seen=kinds.count(ReleaseKind.FEEDBACK),
            retakes=kinds.count(ReleaseKind.TAKE),
        )


class ReleasesPage(QWidget):
    """The forms of every trainee, and what is to be released."""

    def __init__(
        self,
        theme: Theme,
        desk: TraineesDesk,
        who: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._standings: tuple[FormStanding, ...] = ()
        self._shown = ""
        titles = [
            self.tr("Trainee"),
            self.tr("Form"),
            self.tr("Cases"),
            self.tr("Begun"),
            self.tr("Finished"),
            self.tr("References released"),
            self.tr("Takings released"),
        ]
        self.table = RowTable(theme, self.tr("Test forms"), titles, (0,), self)
        self.kind = ComboBox(theme, self)
        self.trainee = FieldWithError(theme, self.tr("For"), self)
        self.form = ComboBox(theme, self)
        self.trainer = FieldWithError(theme, self.tr("By"), self)
        self.into_logbook = CheckBox(theme, self.tr("Write it into the logbook as well"), self)
        self.release = PushButton(theme, self.tr("Release…"), ButtonKind.PRIMARY, self)
        self.state = paragraph(theme, "", self)
        self.trainer.set_text(who())
        self._build()
        self.table.row_chosen.connect(self._show_chosen)
        self.release.clicked.connect(self._choose_place)
        desk.changed.connect(self.refresh)
        desk.released.connect(self._show_released)
        desk.errands.busy_changed.connect(self._show_state)
        desk.errands.trouble.connect(self.say)
        self.trainee.text_edited.connect(self._show_state)
        self.trainer.text_edited.connect(self._show_state)
        self.refresh()

    def refresh(self) -> None:
        """Show what was read."""
        self._standings = tuple(
            standing for one in self._desk.files for standing in form_standings(one)
        )
        forms = () if self._desk.pack is None else self._desk.pack.forms
        if forms != tuple(self.form.itemText(n) for n in range(self.form.count())):
            self.form.clear()
            self.form.addItems(forms)
            self._shown = ""
        self.table.show_rows([self._row(one) for one in self._standings])
        self._show_chosen(self.table.key)

    def wish(self) -> ReleaseWish:
        """What the form says."""
        return ReleaseWish(
            form=self.form.currentText(),
            kind=ReleaseKind(str(self.kind.currentData())),
            trainee=self.trainee.text().strip(),
            trainer=self.trainer.text().strip(),
        )

    def release_to(self, path: Path) -> None:
        """Make the release in a new file, and in the logbook where that is wanted."""
        wish = self.wish()
        chosen = self._chosen()
        logbook = None
        if self.into_logbook.isChecked() and chosen is not None:
            logbook = chosen.logbook if chosen.trainee == wish.trainee else None
        self.say("", "second")
        self._desk.release(wish, path, logbook)

    def say(self, words: str, tone: str = "err") -> None:
        """Say what came of it."""
        self.state.setText(words)
        retone(self.state, tone)

    def _build(self) -> None:
        theme = self._theme
        for kind in ReleaseKind:
            self.kind.addItem(release_words(kind), kind.value)
        describe(self.kind, self.tr("What is released"))
        describe(self.form, self.tr("Test form"))
        table = Panel(theme, self.tr("Test forms"), self)
        body, column = padded(theme, self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        table.set_body(body)
        panel = Panel(theme, self.tr("Release"), self)
        panel.setFixedWidth(theme.px(FORM_PX))
        grid = FieldGrid(theme, self)
        grid.add((self.tr("What is released"), self.kind, 12))
        grid.add((self.tr("For"), self.trainee, 7), (self.tr("Test form"), self.form, 5))
        grid.add((self.tr("By"), self.trainer, 7))
        grid.add_wide(self.into_logbook)
        body, column = padded(theme, self)
        column.addWidget(grid)
        column.addWidget(self.release)
        column.addWidget(self.state)
        column.addWidget(
            paragraph(
                theme,
                self.tr(
                    "A release is a small signed file. It opens one form for one trainee and "
                    "counts once; the trainee takes it in on the training window."
                ),
                self,
                "hint",
            )
        )
        column.addStretch(1)
        panel.set_body(body)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(table, 1)
        row.addWidget(panel)

    def _row(self, one: FormStanding) -> TableRow:
        pack = self._desk.pack
        worded = pack is not None and pack.seal.has_word
        waits = worded and one.finished > 0 and not one.seen
        seen = self.tr("waits") if waits else DASH
        if not worded:
            seen = self.tr("not needed")
        return TableRow(
            key=one.key,
            cells=(
                one.trainee,
                one.form,
                str(one.cases),
                str(one.taken or DASH),
                str(one.finished or DASH),
                str(one.seen or seen),
                str(one.retakes or DASH),
            ),
            icon="clock" if waits else "circle",
            tone="warn" if waits else "text2",
        )

    def _chosen(self) -> FormStanding | None:
        return next((one for one in self._standings if one.key == self.table.key), None)

    def _show_chosen(self, _key: str) -> None:
        one = self._chosen()
        if one is not None and one.key != self._shown:  # what is typed meanwhile stays
            self._shown = one.key
            self.trainee.set_text(one.trainee)
            self.form.setCurrentIndex(max(0, self.form.findText(one.form)))
        self.into_logbook.setEnabled(one is not None)
        self._show_state()

    def _show_state(self, _text: str = "") -> None:
        pack = self._desk.pack
        if pack is None or not pack.forms:
            self.release.disable(self.tr("Choose a pack that has test forms"))
        elif pack.seal.has_word and not self._desk.has_word:
            self.release.disable(self.tr("Give the trainer's word first"))
        elif not self.trainee.text().strip() or not self.trainer.text().strip():
            self.release.disable(self.tr("Say for whom and by whom"))
        elif self._desk.errands.busy:
            self.release.disable(self.tr("Something is under way"))
        else:
            self.release.enable()

    def _choose_place(self) -> None:
        wish = self.wish()
        folder = self._desk.folder or Path.home()
        start = folder / f"{wish.trainee}-{wish.form}-{wish.kind.value}{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Release"), str(start), self.tr("Releases (*.ssprelease)")
        )
        if name:
            self.release_to(Path(name))

    def _show_released(self, released: object) -> None:
        if isinstance(released, Released):
            words = self.tr("{0} written")
            if released.written_in:
                words = self.tr("{0} written, and taken into the logbook")
            self.say(words.format(released.path.name), "ok")
