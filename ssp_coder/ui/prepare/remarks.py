"""What to remember about the visit: facts with where they come from, never a change of a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.formats.columns import provenance_words
from ssp_coder.ui.kit.chip import Tag
from ssp_coder.ui.rate.lettering import IconLine
from ssp_coder.ui.rate.words import provenance_tag
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.domain.procedure import VisitRemark
    from ssp_coder.ui.theme.theme import Theme


class RemarkLines(QWidget):
    """A line for each remark, with the kind of its source; without any it is not there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[VisitRemark, ...] = ()
        self._lines: tuple[QWidget, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.setVisible(False)

    def shown(self) -> tuple[VisitRemark, ...]:
        """The remarks that are shown."""
        return self._shown

    def show_remarks(self, remarks: Sequence[VisitRemark]) -> None:
        """Show these remarks, each once."""
        wanted = tuple(dict.fromkeys(remarks))
        if wanted == self._shown:
            return
        self._shown = wanted
        for line in self._lines:
            self._column.removeWidget(line)
            line.setParent(None)
            line.deleteLater()
        self._lines = tuple(self._line(remark) for remark in wanted)
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(wanted))

    def _line(self, remark: VisitRemark) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        words = IconLine(self._theme, "info", FontUse.TABLE, "second", line)
        words.show_text(str(remark.text))
        words.setToolTip(provenance_words(remark.provenance))
        tag = Tag(self._theme, *provenance_tag(remark.provenance), line)
        tag.setToolTip(provenance_words(remark.provenance))
        row.addWidget(words, 1)
        row.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        return line
