"""The pass rule held against the trainee's work, and the certificate once it is met."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.training.certificate import certificate_from, certificate_of, certified_deed
from ssp_coder.training.deeds import Certified
from ssp_coder.training.pass_rules import Outcome
from ssp_coder.training.references import pack_scheme
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import SPOKEN, said_error
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.certificate_panels import CriteriaPanel, RulePanel, column_of
from ssp_coder.ui.training.certificate_pdf import write_certificate
from ssp_coder.ui.training.certificate_words import (
    grade_words,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.certificate import Certificate
    from ssp_coder.training.pass_rules import Evaluation
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.desk import TrainingDesk


class CertificatePage(QWidget):
    """Shows how the rule stands; makes and keeps the certificate when it is met."""

    def __init__(self, theme: Theme, desk: TrainingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._desk = theme, desk
        self._reading: BackgroundWork | None = None
        self._scheme: tuple[str, Scheme] | None = None
        self.rule = RulePanel(theme, self)
        self.criteria = CriteriaPanel(theme, self)
        self.kept = Panel(theme, self.tr("Certificate"), self)
        self.state = lettering(theme, "", FontUse.BODY)
        self.trouble = lettering(theme, "", FontUse.BODY, "err")
        self.make = PushButton(theme, self.tr("Certificate…"), ButtonKind.PRIMARY, self)
        self.again = PushButton(theme, self.tr("Save as PDF again…"), parent=self)
        self._build()
        self.make.clicked.connect(self._make)
        self.again.clicked.connect(self._save_again)
        desk.figures_changed.connect(self._follow)
        desk.changed.connect(self._follow)
        describe(self, self.tr("Certificate"))
        self.refresh()

    def refresh(self) -> None:
        """Show how everything stands now."""
        desk = self._desk
        evaluation, rule = desk.way.evaluation, desk.rule
        self._read_scheme()
        self.rule.show_rule(None if rule is None else spoken_in(rule, SPOKEN.language))
        self.criteria.show_evaluation(evaluation, self._scheme_now())
        certified = self._certified()
        self.again.setVisible(certified is not None)
        self._show_state(evaluation, certified)

    def shut(self) -> None:
        """Let the reading go, as the window closes; twice is harmless."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading.deleteLater()
            self._reading = None

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    def certify(self, path: Path) -> bool:
        """Write the certificate and note it in the logbook; False where it could not be."""
        desk = self._desk
        evaluation, pack, logbook = desk.way.evaluation, desk.pack, desk.logbook
        if evaluation is None or pack is None or logbook is None:
            return False
        today = datetime.now(UTC).astimezone().date().isoformat()
        try:
            made = certificate_of(evaluation, pack, trainee=logbook.who, on=today)
            write_certificate(path, made, self._scheme_now())
            if not self._is_kept(evaluation):
                desk.append(certified_deed(made))
        except DomainError as error:
            self._tell(said_error(error))
            return False
        self._tell("")
        self.refresh()
        return True

    def save_again(self, path: Path) -> bool:
        """Write the certificate that the logbook keeps once more."""
        certified = self._certified()
        if certified is None:
            return False
        try:
            kept = certificate_from(certified.figures)
            write_certificate(path, kept, self._scheme_now())
        except DomainError as error:
            self._tell(said_error(error))
            return False
        self._tell("")
        return True

    # ------------------------------------------------------------------ within

    def _follow(self) -> None:
        """Keep up while it is seen; what is shown anew reads everything anew."""
        if self.isVisible():
            self.refresh()

    def _show_state(self, evaluation: Evaluation | None, certified: Certified | None) -> None:
        passed = evaluation is not None and evaluation.outcome is Outcome.PASSED
        kept = evaluation is not None and self._is_kept(evaluation)
        self.make.setVisible(not kept)
        if passed:
            self.make.enable()
        else:
            self.make.disable(self.tr("Opens when every criterion is met"))
        lines = []
        if certified is not None:
            lines.append(self._kept_words(certified))
        if evaluation is None:
            lines.append(self.tr("Nothing can be certified yet."))
        elif evaluation.outcome is Outcome.INSUFFICIENT:
            words = self.tr("The evidence is not sufficient yet; that is neither met nor not met.")
            lines.append(words)
        elif evaluation.outcome is Outcome.NOT_PASSED:
            lines.append(
                self.tr("Not met. Train on; another test form needs the trainer's release.")
            )
        elif not kept:
            lines.append(self.tr("Every criterion is met."))
        self.state.setText("\n".join(lines))

    def _kept_words(self, certified: Certified) -> str:
        try:
            made = certificate_from(certified.figures)
        except DomainError:
            return self.tr("The logbook keeps a certificate by rule {0}.").format(certified.rule)
        words = self.tr("The logbook keeps certificate {0} of {1}: {2}.")
        return words.format(made.number, made.on, grade_words(made.grade))

    def _certified(self) -> Certified | None:
        programme = self._desk.programme
        return None if programme is None else programme.certified

    def _is_kept(self, evaluation: Evaluation) -> bool:
        """Whether the logbook keeps the very certificate that could be made now."""
        certified = self._certified()
        if certified is None:
            return False
        try:
            made: Certificate = certificate_from(certified.figures)
        except DomainError:
            return False
        return (made.rule, made.rule_version, made.heads) == (
            evaluation.rule.id,
            evaluation.rule.version,
            evaluation.heads,
        )

    def _make(self) -> None:
        path = self._ask_path()
        if path is not None:
            self.certify(path)

    def _save_again(self) -> None:
        path = self._ask_path()
        if path is not None:
            self.save_again(path)

    def _ask_path(self) -> Path | None:
        logbook, pack = self._desk.logbook, self._desk.pack
        if logbook is None or pack is None:
            return None
        start = logbook.folder / f"certificate-{logbook.who}-{pack.id}.pdf"
        title, kinds = self.tr("Save the certificate"), self.tr("PDF (*.pdf)")
        name, _ = QFileDialog.getSaveFileName(self, title, str(start), kinds)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(".pdf")

    def _tell(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def _scheme_now(self) -> Scheme | None:
        pack = self._desk.pack
        held = self._scheme
        return held[1] if held is not None and pack is not None and held[0] == pack.sha256 else None

    def _read_scheme(self) -> None:
        """Names of places come from the pack's scheme; until it is read their ids stand there."""
        pack = self._desk.pack
        if pack is None or self._scheme_now() is not None or self._reading is not None:
            return

        def work(_told: object, _cancelled: object) -> object:
            return pack.sha256, pack_scheme(pack)

        self._reading = BackgroundWork(work, self)
        self._reading.done.connect(self._take_scheme)
        self._reading.failed.connect(self._fail)
        self._reading.start()

    def _take_scheme(self, found: object) -> None:
        self.shut()
        if isinstance(found, tuple):
            self._scheme = (found[0], spoken_in(found[1], SPOKEN.language))
            self.criteria.show_evaluation(self._desk.way.evaluation, self._scheme_now())

    def _fail(self, words: str) -> None:
        self.shut()
        self._tell(words)

    def _build(self) -> None:
        px = self._theme.px
        self.trouble.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.make)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        body = column_of(self._theme, self.kept, self.state, self.trouble)
        layout = body.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(buttons)
        self.kept.set_body(body)
        inner = QWidget(self)
        stack = QVBoxLayout(inner)
        stack.setContentsMargins(0, 0, px(4), 0)
        stack.setSpacing(px(12))
        for panel in (self.kept, self.criteria, self.rule):
            stack.addWidget(panel)
        stack.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
