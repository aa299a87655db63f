"""A quiet line: the program now brings another version of what a coding was coded with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.rate.lettering import IconLine
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


class VersionNote(QWidget):
    """Hidden while both are the same; the coding itself never changes by it.

    Signals:
        comparison_wanted: the person wants to see what differs.
    """

    comparison_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = IconLine(theme, "info", FontUse.TABLE, "second", self)
        self.compare = PushButton(theme, self.tr("Compare…"), ButtonKind.QUIET, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(2), 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.line, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.compare)
        self.compare.clicked.connect(self.comparison_wanted)
        self.hide()

    def show_scheme(self, scheme: Scheme) -> None:
        """Look whether the program brings other files for this scheme now."""
        from ssp_coder.catalog.versions import bundled_now

        now = bundled_now(scheme)
        self.setVisible(now is not None)
        if now is None:
            return
        words = self.tr(
            "Coded with {0} {1}; the program now brings {2}. This coding stays as it is."
        )
        version = now.main.record.version
        if version == scheme.version:
            words = self.tr(
                "Coded with {0} {1}; some of the instruments that the program brings for it are "
                "newer now. This coding stays as it is."
            )
        self.line.show_text(words.format(scheme.id, scheme.version, version))
