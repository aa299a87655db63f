"""The chosen videos of a new session, each looked at in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.dialogs.creation import SeenVideo, look_at_video
from ssp_coder.ui.dialogs.video_words import facts_words, warning_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import hairline
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.ui.theme.theme import Theme


class VideoRow(QWidget):
    """One video: its name, what it is, and what to know about it."""

    seen_changed = Signal()
    removed = Signal()
    put_first = Signal()

    def __init__(self, theme: Theme, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.seen: SeenVideo | None = None
        self.problem = ""
        self._name = lettering(theme, path.name, FontUse.TABLE_STRONG)
        self._role = lettering(theme, "", FontUse.CAPTION, "hint")
        self._first = PushButton(theme, self.tr("Code on this one"), ButtonKind.QUIET, self)
        self._remove = PushButton(theme, "", ButtonKind.QUIET, self)
        self._progress = QProgressBar(self)
        self._facts = lettering(theme, self.tr("Looking at the video"), FontUse.TABLE, "second")
        self._notes = IconLine(theme, "info", FontUse.TABLE, "second", self)
        self._error = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._work = BackgroundWork(partial(look_at_video, path), self)
        self._build(theme)
        self._connect()
        self._work.start()

    def show_place(self, *, first: bool) -> None:
        """Say whether the session is coded on this video."""
        self._role.setText(self.tr("coded on") if first else self.tr("attached"))
        self._first.setVisible(not first)

    def stop(self) -> None:
        """Stop looking; nothing is told after this."""
        self._work.cancel()

    def _take(self, seen: object) -> None:
        if not isinstance(seen, SeenVideo):
            return
        self.seen = seen
        self._progress.hide()
        self._facts.setText(facts_words(seen.facts))
        self._notes.show_text("  ".join(warning_words(w) for w in seen.facts.warnings))
        self.seen_changed.emit()

    def _fail(self, sentence: str) -> None:
        self.problem = sentence
        self._progress.hide()
        self._facts.hide()
        self._error.show_text(sentence)
        self.seen_changed.emit()

    def _show_progress(self, share: float) -> None:
        self._progress.setValue(round(share * 100))

    def _connect(self) -> None:
        self._work.done.connect(self._take)
        self._work.failed.connect(self._fail)
        self._work.progressed.connect(self._show_progress)
        self._first.clicked.connect(self.put_first)
        self._remove.clicked.connect(self.removed)

    def _build(self, theme: Theme) -> None:
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(4), px(6), px(6))
        column.setSpacing(px(2))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._name, 1)
        head.addWidget(self._role)
        head.addWidget(self._first)
        self._role.setWordWrap(False)
        self._role.setMinimumWidth(px(56))
        self._remove.set_icon_name("trash")
        self._remove.set_name(self.tr("Take {0} off the list").format(self.path.name))
        head.addWidget(self._remove)
        column.addLayout(head)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(px(4))
        describe(self._progress, self.tr("Looking at {0}").format(self.path.name))
        for widget in (self._progress, self._facts, self._notes, self._error):
            column.addWidget(widget)
        self._notes.show_text("")
        self._error.show_text("")
        self.setToolTip(str(self.path))


class VideoList(QWidget):
    """The videos of a session in their order; the first one is coded on."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[VideoRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The chosen files."""
        return tuple(row.path for row in self._rows)

    @property
    def seen(self) -> tuple[SeenVideo, ...]:
        """What is known by now, in the order of the files."""
        return tuple(row.seen for row in self._rows if row.seen is not None)

    @property
    def problem(self) -> str:
        """Why one of the files cannot be used, empty when all can."""
        return next((row.problem for row in self._rows if row.problem), "")

    def add(self, paths: tuple[Path, ...]) -> None:
        """Put files at the end; those that are there already are passed over."""
        for path in paths:
            if path not in self.paths:
                row = VideoRow(self._theme, path, self)
                row.seen_changed.connect(self.changed)
                row.removed.connect(partial(self._remove, row))
                row.put_first.connect(partial(self._put_first, row))
                self._rows.append(row)
        self._lay_out()

    def stop(self) -> None:
        """Stop looking at files."""
        for row in self._rows:
            row.stop()

    def _remove(self, row: VideoRow) -> None:
        row.stop()
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self._lay_out()

    def _put_first(self, row: VideoRow) -> None:
        self._rows.remove(row)
        self._rows.insert(0, row)
        self._lay_out()

    def _lay_out(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and not isinstance(widget, VideoRow):
                widget.deleteLater()
        for place, row in enumerate(self._rows):
            if place:
                self._column.addWidget(hairline(self))
            self._column.addWidget(row)
            row.show_place(first=place == 0)
            row.show()
        self.changed.emit()
