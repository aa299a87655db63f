"""The line above a comparison: the reference, the tolerance, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.agreement.comparison import DEFAULT_TOLERANCE_US
from ssp_coder.domain.time import SECOND_US, Micros, micros
from ssp_coder.ui.compare.reference import Concern, Reference
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import IconLine, lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Collection

    from ssp_coder.domain.coding import Coding
    from ssp_coder.ui.theme.theme import Theme

LARGEST_TOLERANCE_S = 60


class ReferenceBar(Panel):
    """Says what is compared with what, and how near onsets must be.

    Signals:
        choose_wished: another reference.
        anyway_wished: compare in spite of what speaks against it.
        tolerance_changed: microseconds.
    """

    choose_wished = Signal()
    anyway_wished = Signal()
    tolerance_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.choose = PushButton(theme, self.tr("Choose a reference…"), ButtonKind.PLAIN, self)
        self.tolerance = FieldWithError(theme, self.tr("Tolerance in seconds"), self)
        self.anyway = PushButton(theme, self.tr("Compare anyway"), ButtonKind.PLAIN, self)
        self._tolerance_us = DEFAULT_TOLERANCE_US
        self._default = short_lettering(theme, "", FontUse.CAPTION, "hint")
        self._names = lettering(theme, self.tr("No reference chosen"), FontUse.BODY)
        self._overall = lettering(theme, "", FontUse.TABLE, "second")
        self._concern = IconLine(theme, "warning", FontUse.BODY, "warn", self)
        self._trouble = IconLine(theme, "warning", FontUse.BODY, "err", self)
        self._warning = QWidget(self)
        self._build()
        self.choose.clicked.connect(self.choose_wished)
        self.anyway.clicked.connect(self.anyway_wished)
        self.tolerance.committed.connect(self._take_tolerance)
        self._show_default()

    @property
    def tolerance_us(self) -> Micros:
        """The largest lag at which two onsets are the same moment."""
        return self._tolerance_us

    def show_reference(self, reference: Reference) -> None:
        """Name what is compared with."""
        other = reference.coding
        words = self.tr("Reference: session {0} by {1}, {2}")
        self._names.setText(words.format(other.session, other.coder, reference.file))
        self.choose.set_words(self.tr("Choose another…"))

    def show_overall(self, words: str) -> None:
        """Show the numbers over all events."""
        self._overall.setText(words)
        self._overall.setVisible(bool(words))

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no comparison; empty takes it away."""
        self._trouble.show_text(sentence)

    def show_concerns(self, sentences: Collection[str], *, asking: bool) -> None:
        """Show what speaks against comparing; with a button while it is not decided."""
        self._concern.show_text("\n".join(sentences))
        self._warning.setVisible(bool(sentences))
        self.anyway.setVisible(asking)
        if asking:
            self.anyway.setFocus(Qt.FocusReason.OtherFocusReason)

    def concern_words(self, concern: Concern, own: Coding, reference: Reference) -> str:
        """One concern as a sentence."""
        other = reference.coding
        return {
            Concern.OTHER_SESSION: self.tr(
                "The reference is of session {0}, this coding of {1}; check that it is one video."
            ).format(other.session, own.session),
            Concern.NOT_LOCKED: self.tr(
                "Comparing before locking makes this coding no longer independent. Lock it first "
                "in Review."
            ),
            Concern.OTHER_SCHEME: self.tr(
                "The reference was made with another version of the scheme ({0})."
            ).format(reference.scheme_words),
        }[concern]

    def _take_tolerance(self, text: str) -> None:
        try:
            wanted = micros(text.strip().replace(",", "."))
        except ValueError:
            wanted = Micros(-1)
        if not 0 <= wanted <= LARGEST_TOLERANCE_S * SECOND_US:
            words = self.tr("0 to {0} s").format(LARGEST_TOLERANCE_S)
            self.tolerance.show_error(words)
            return
        self.tolerance.clear_error()
        if wanted != self._tolerance_us:
            self._tolerance_us = wanted
            self._show_default()
            self.tolerance_changed.emit(wanted)

    def _show_default(self) -> None:
        is_default = self._tolerance_us == DEFAULT_TOLERANCE_US
        words = self.tr("s, project default") if is_default else self.tr("s")
        self._default.setText(words)
        self._default.adjustSize()

    def _build(self) -> None:
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(12), px(5), px(10), px(5))
        column.setSpacing(px(2))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._names)
        words.addWidget(self._overall)
        line.addLayout(words, 1)
        label = short_lettering(self._theme, self.tr("Tolerance"), FontUse.TABLE, "second")
        label.setBuddy(self.tolerance)
        # The field keeps room for an error under it; what stands beside belongs to its line.
        top = Qt.AlignmentFlag.AlignTop
        for words_beside in (label, self._default):
            words_beside.setContentsMargins(0, px(7), 0, 0)
        line.addWidget(label, 0, top)
        self.tolerance.set_text(f"{DEFAULT_TOLERANCE_US / SECOND_US:.1f}")
        self.tolerance.setFixedWidth(px(86))
        line.addWidget(self.tolerance, 0, top)
        line.addWidget(self._default, 0, top)
        line.addWidget(self.choose, 0, top)
        self.choose.set_icon_name("compare")
        column.addLayout(line)
        column.addWidget(self._build_warning())
        column.addWidget(self._trouble)
        self.show_overall("")
        self._trouble.show_text("")
        self.set_body(body)

    def _build_warning(self) -> QWidget:
        row = QHBoxLayout(self._warning)
        row.setContentsMargins(0, self._theme.px(2), 0, self._theme.px(2))
        row.addWidget(self._concern, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.anyway)
        self._warning.hide()
        return self._warning
