"""Asks once before a coding is submitted, and lists what it still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.finding import Severity
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.review.open_list import OpenWorkList
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.editing.completeness import OpenWork
    from ssp_coder.training.packs import Case
    from ssp_coder.ui.theme.theme import Theme

MOST_SHOWN_PX = 260


class SubmitPanel(Panel):
    """The question before a submission.

    Signals:
        submit_wanted: the `Case`.
        coding_wanted: the `Case` is to be coded on.
    """

    submit_wanted = Signal(object)
    coding_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Submit"), parent)
        self._case: Case | None = None
        self._lacks = lettering(theme, "", FontUse.BODY)
        self.list = OpenWorkList(theme, self)
        self.submit = PushButton(theme, self.tr("Submit"), ButtonKind.PRIMARY, self)
        self.back = PushButton(theme, self.tr("Go on coding"), ButtonKind.PLAIN, self)
        self.later = PushButton(theme, self.tr("Not now"), ButtonKind.QUIET, self)
        self._build()
        self.submit.clicked.connect(self._submit)
        self.back.clicked.connect(self._go_back)
        self.later.clicked.connect(self.hide)
        self.list.work_chosen.connect(self._go_back)

    def ask(self, case: Case, lacks: tuple[OpenWork, ...]) -> None:
        """Ask whether a case is to be submitted, with what it lacks."""
        self._case = case
        missing = tuple(one for one in lacks if one.finding.severity is not Severity.NOTE)
        self.set_title(self.tr("Submit {0}").format(case.title))
        self.list.show_work(missing)
        self.list.setVisible(bool(missing))
        if missing:
            self._lacks.setText(self.tr("Not done yet: {0}").format(len(missing)))
            self.submit.set_words(self.tr("Submit anyway"))
        else:
            self._lacks.setText(self.tr("Nothing is missing."))
            self.submit.set_words(self.tr("Submit"))
        self.show()
        first = self.back if missing else self.submit
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        self.hide()
        if self._case is not None:
            self.submit_wanted.emit(self._case)

    def _go_back(self, _work: object = None) -> None:
        self.hide()
        if self._case is not None:
            self.coding_wanted.emit(self._case)

    def _build(self) -> None:
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(14), px(10), px(14), px(12))
        column.setSpacing(px(8))
        words = self.tr(
            "Submitting locks this coding for good. A copy is kept and held against the reference; "
            "it cannot be taken back."
        )
        column.addWidget(lettering(self._theme, words, FontUse.BODY))
        column.addWidget(self._lacks)
        self.list.setMaximumHeight(px(MOST_SHOWN_PX))
        column.addWidget(self.list)
        acts = QHBoxLayout()
        for button in (self.submit, self.back, self.later):
            acts.addWidget(button)
        acts.addStretch(1)
        column.addLayout(acts)
        self.set_body(body)
