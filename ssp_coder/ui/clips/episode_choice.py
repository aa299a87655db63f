"""Which episodes become clips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.session import EpisodeSpan, episode_at, episode_spans
from ssp_coder.reporting.clip_wishes import Wish, episode_wish
from ssp_coder.ui.clips.words import length_words, time_words
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox
from ssp_coder.ui.rate.lettering import short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.clips.material import Material
    from ssp_coder.ui.theme.theme import Theme


class EpisodeChoice(QWidget):
    """A box to tick for each episode whose start and end are marked."""

    changed = Signal()

    def __init__(self, theme: Theme, material: Material, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._coded = material.coded
        self._spans = episode_spans(material.coded.coding, material.shown.procedure)
        self._here = episode_at(self._spans, material.moment_us)
        self.boxes: dict[str, CheckBox] = {}
        self.this = PushButton(theme, self.tr("This one"), ButtonKind.QUIET, self)
        self.every = PushButton(theme, self.tr("All"), ButtonKind.QUIET, self)
        self.none = PushButton(theme, self.tr("None"), ButtonKind.QUIET, self)
        self._build()
        self.this.clicked.connect(self.choose_this)
        self.every.clicked.connect(self._choose_every)
        self.none.clicked.connect(self._choose_none)
        self.choose_this()

    def wishes(self) -> tuple[Wish, ...]:
        """A clip for each episode that is ticked, in order."""
        return tuple(
            episode_wish(self._coded, episode)
            for episode, box in self.boxes.items()
            if box.isChecked()
        )

    def note(self) -> str:
        """Nothing to say beside the list."""
        return ""

    def choose_this(self) -> None:
        """Tick the episode on the screen alone."""
        here = None if self._here is None else self._here.plan.id
        self._tick({episode for episode in self.boxes if episode == here})

    def _choose_every(self) -> None:
        self._tick(set(self.boxes))

    def _choose_none(self) -> None:
        self._tick(set())

    def _tick(self, episodes: set[str]) -> None:
        self.blockSignals(True)
        for episode, box in self.boxes.items():
            box.setChecked(episode in episodes and box.isEnabled())
        self.blockSignals(False)
        self.changed.emit()

    def _tell(self) -> None:
        self.changed.emit()

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(1))
        grid.setColumnStretch(0, 1)
        for row, span in enumerate(self._spans):
            self._add(grid, row, span)
        column.addLayout(grid)
        line = QHBoxLayout()
        line.setSpacing(px(4))
        for button in (self.this, self.every, self.none):
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        if self._here is None or not self.boxes[self._here.plan.id].isEnabled():
            self.this.disable(self.tr("The picture is in no episode that is marked to its end"))
        if not any(box.isEnabled() for box in self.boxes.values()):
            self.every.disable(self.tr("No episode is marked to its end"))

    def _add(self, grid: QGridLayout, row: int, span: EpisodeSpan) -> None:
        box = CheckBox(self._theme, f"{span.plan.number}  {span.plan.title}", self)
        start, length = span.start_us, span.length_us
        if start is None or length is None:
            box.setEnabled(False)
            words = self.tr("not marked") if start is None else self.tr("end not marked")
        else:
            words = f"{time_words(start)}   {length_words(length)}"
        box.setAccessibleDescription(words)
        box.toggled.connect(self._tell)
        self.boxes[span.plan.id] = box
        said = short_lettering(self._theme, words, FontUse.TABLE, "second")
        grid.addWidget(box, row, 0)
        grid.addWidget(said, row, 1, Qt.AlignmentFlag.AlignRight)
