"""The window that sets two versions of an instrument or a scheme side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from ssp_coder.catalog.differences import Concern, Difference
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.versions import compare_versions
from ssp_coder.ui.instrument_copy.difference_tree import DifferenceTree
from ssp_coder.ui.instrument_copy.effect_panel import EffectPanel
from ssp_coder.ui.instrument_copy.version_choice import VersionChoice, VersionOption
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.ui.theme.theme import Theme

ALL = "all"


class CompareWindow(QWidget):
    """Two choices above; differences and their effect on codings below."""

    def __init__(
        self, theme: Theme, options: Sequence[VersionOption], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme = theme
        self.differences: tuple[Difference, ...] = ()
        self.old = VersionChoice(theme, self.tr("Old"), options, self)
        self.new = VersionChoice(theme, self.tr("New"), options, self)
        self.filter = SegmentedControl(theme, self._segments(), self.tr("Show"), self)
        self.tree = DifferenceTree(theme, self)
        self.effects = EffectPanel(theme, self)
        self.tabs = QTabWidget(self)
        self._count = lettering(theme, "", FontUse.TABLE, "second")
        self._whole = lettering(theme, "", FontUse.TABLE)
        self._trouble = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._build()
        self._connect()

    def choose(self, old: int, new: int) -> None:
        """Choose two versions of the list by their place."""
        self.old.choose(old)
        self.new.choose(new)

    def reload(self) -> None:
        """Read both versions again and compare what is there now."""
        for choice in (self.old, self.new):
            choice.reload()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.effects.cancel()
        super().closeEvent(event)

    def _compare(self) -> None:
        old, new = self.old.version, self.new.version
        self.differences = ()
        self._trouble.show_text("")
        comparable = False
        if old is not None and new is not None:
            try:
                self.differences = compare_versions(old, new)
            except CatalogError as error:
                self._trouble.show_text(said_error(error))
            else:
                comparable = old.gives_suggestions and new.gives_suggestions
        both = (old, new) if comparable and old is not None and new is not None else None
        self.effects.set_versions(both)
        self._show()

    def _show(self, _segment: str = "") -> None:
        wanted = self.filter.chosen()
        shown = [d for d in self.differences if wanted in (ALL, d.concerns.value)]
        self.tree.show_differences(shown)
        self._whole.setText("")
        self._count.setText(self._count_words(len(shown)))

    def _count_words(self, shown: int) -> str:
        if self.old.version is None or self.new.version is None:
            return self.tr("Choose two versions")
        if self._trouble.text():
            return ""
        if not self.differences:
            return self.tr("No difference")
        suggestion = sum(d.concerns is Concern.SUGGESTION for d in self.differences)
        words = self.tr("{0} of {1} differences; {2} may change suggestions")
        return words.format(shown, len(self.differences), suggestion)

    def _show_whole(self) -> None:
        one = self.tree.current()
        if one is None:
            self._whole.setText("")
            return
        where = one.place or one.instrument
        lines = [where]
        if one.old:
            lines.append(self.tr("Was: {0}").format(one.old))
        if one.new:
            lines.append(self.tr("Is: {0}").format(one.new))
        self._whole.setText("\n".join(lines))

    def _segments(self) -> tuple[Segment, ...]:
        return (
            Segment(id=ALL, title=self.tr("All")),
            Segment(id=Concern.SUGGESTION.value, title=self.tr("Changes suggestions")),
            Segment(id=Concern.RECORDING.value, title=self.tr("Changes recording")),
            Segment(id=Concern.WORDING.value, title=self.tr("Wording only")),
        )

    def _connect(self) -> None:
        self.old.chosen.connect(self._compare)
        self.new.chosen.connect(self._compare)
        self.filter.segment_chosen.connect(self._choose_filter)
        self.tree.currentItemChanged.connect(self._show_whole)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self)
        keys.activated.connect(self.close)

    def _choose_filter(self, segment: str) -> None:
        self.filter.set_chosen(segment)
        self._show()

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Compare versions"))
        describe(self, self.windowTitle())
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.setSpacing(px(8))
        column.addWidget(self.old)
        column.addWidget(self.new)
        self._trouble.show_text("")
        column.addWidget(self._trouble)
        self.tabs.addTab(self._differences_tab(), self.tr("Differences"))
        self.tabs.addTab(self.effects, self.tr("My codings"))
        column.addWidget(self.tabs, 1)
        self.resize(px(1040), px(680))
        self._show()

    def _differences_tab(self) -> QWidget:
        px = self._theme.px
        tab = QWidget(self)
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, px(10), 0, 0)
        column.setSpacing(px(8))
        row = QHBoxLayout()
        self.filter.set_chosen(ALL)
        row.addWidget(self.filter)
        row.addStretch(1)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._count, 2)
        column.addLayout(row)
        column.addWidget(self.tree, 1)
        self._whole.setMinimumHeight(px(52))
        self._whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        describe(self._whole, self.tr("The whole of the chosen difference"))
        column.addWidget(self._whole)
        return tab
