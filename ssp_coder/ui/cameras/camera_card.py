"""One camera in the list: its file, whether it is found, when it began, what to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ssp_coder.domain.time import short_clock_text
from ssp_coder.media.whereabouts import Match
from ssp_coder.reporting.cameras import begins_words
from ssp_coder.ui.dialogs.video_words import rate_words
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.kit.painting import Face, face_rect, paint_face, paint_ring, painter_of
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from ssp_coder.domain.coding import Media
    from ssp_coder.media.probe import MediaFacts
    from ssp_coder.ui.theme.theme import Theme

_BAR_PX = 3
_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace:
    """What is known of a camera.

    Attributes:
        match: whether its video was found.
        facts: what the video is, None while that is not known.
        problem: why it cannot be read, empty when it can.
        warning: what to be careful about, empty when there is nothing.
        locked: why nothing can be changed, empty when something can.
    """

    match: Match
    facts: MediaFacts | None = None
    problem: str = ""
    warning: str = ""
    locked: str = ""


def breakable(name: str) -> str:
    """A file name that may go on in the next line behind each of its underscores."""
    return name.replace("_", "_\N{ZERO WIDTH SPACE}")


class CameraCard(QFrame):
    """Shows one camera; arrow keys and clicks choose it.

    Signals:
        chosen: the person wants this camera.
        neighbour_wished: the card above (-1) or below (1).
        find_wished, remove_wished: the buttons.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.ListItem

    chosen = Signal()
    neighbour_wished = Signal(int)
    find_wished = Signal()
    remove_wished = Signal()

    def __init__(self, theme: Theme, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self.place = place
        self._selected = False
        self.name = lettering(theme, "", FontUse.LABEL_STRONG)
        self.tag = Tag(theme, "", TagKind.NEUTRAL, self)
        self.begins = lettering(theme, "", FontUse.TABLE)
        self.facts = lettering(theme, "", FontUse.CAPTION, "hint")
        self.warning = IconLine(theme, "warning", FontUse.TABLE, "warn", self)
        self.problem = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self.progress = QProgressBar(self)
        self.find_button = PushButton(theme, self.tr("Find…"), ButtonKind.PLAIN, self)
        self.remove_button = PushButton(theme, "", ButtonKind.QUIET, self)
        self._build()
        self.find_button.clicked.connect(self.find_wished)
        self.remove_button.clicked.connect(self.remove_wished)
        theme.changed.connect(self.update)

    def show_camera(self, media: Media, face: CardFace) -> None:
        """Show what is known of the camera."""
        self.name.setText(f"{self.place + 1}  {breakable(media.name)}")
        self.setToolTip(media.name)
        begins = begins_words(self.place, media)
        self.begins.setText(begins[:1].upper() + begins[1:])
        self.facts.setText(self._facts_words(media, face))
        self._show_match(face.match)
        self.warning.show_text(face.warning)
        self.problem.show_text(face.problem)
        self.find_button.setVisible(face.match is not Match.SAME)
        self.remove_button.setVisible(self.place > 0)
        self.remove_button.set_name(self.tr("Take camera {0} off").format(self.place + 1))
        if face.locked:
            self.remove_button.disable(face.locked)
        else:
            self.remove_button.setEnabled(True)
        words = (self.tag.text(), self.begins.text(), self.facts.text(), face.warning, face.problem)
        name = self.tr("Camera {0}, {1}").format(self.place + 1, media.name)
        describe(self, name, ", ".join(word for word in words if word))

    def show_progress(self, share: float) -> None:
        """Show how much of the video is read; all of it hides the bar."""
        self.progress.setValue(round(share * _PERCENT))
        self.progress.setVisible(share < 1)

    def set_selected(self, selected: bool) -> None:
        """Show whether the right side speaks of this camera."""
        self._selected = selected
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if way is not None:
            self.neighbour_wished.emit(way)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Delete and self.remove_button.isEnabled() and self.place:
            self.remove_wished.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        tokens = self._theme.tokens
        rect = face_rect(self)
        ground = tokens.sel if self._selected else tokens.panel
        paint_face(painter, rect, Face(ground=ground, border=tokens.line))
        if self._selected:
            bar = rect.adjusted(0, self._theme.px(5), 0, -self._theme.px(5))
            bar.setWidth(self._theme.px(_BAR_PX))
            painter.fillRect(bar, self._theme.colour("accent"))
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        painter.end()

    def _show_match(self, match: Match) -> None:
        words, kind = {
            Match.SAME: (self.tr("found"), TagKind.OK),
            Match.DIFFERENT: (self.tr("another file"), TagKind.WARN),
            Match.NOT_FOUND: (self.tr("not found"), TagKind.ERR),
        }[match]
        self.tag.show_tag(words, kind)

    def _facts_words(self, media: Media, face: CardFace) -> str:
        length = self.tr("{0} long").format(short_clock_text(media.duration_us, digits=1))
        if face.facts is None:
            return length
        sound = self.tr("with sound") if face.facts.sound is not None else self.tr("no sound")
        return ", ".join((length, rate_words(face.facts), sound))

    def _build(self) -> None:
        px = self._theme.px
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.remove_button.set_icon_name("trash")
        kept = self.remove_button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.remove_button.setSizePolicy(kept)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(px(4))
        self.progress.hide()
        describe(self.progress, self.tr("How much of the video is read"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(8), px(8), px(9))
        column.setSpacing(px(3))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.name, 1)
        head.addWidget(self.tag)
        head.addWidget(self.remove_button)
        below = QHBoxLayout()
        below.setSpacing(px(8))
        below.addWidget(self.begins, 1)
        below.addWidget(self.find_button)
        column.addLayout(head)
        column.addLayout(below)
        for widget in (self.facts, self.warning, self.problem, self.progress):
            column.addWidget(widget)


class AddingCard(QFrame):
    """A file that is being looked at before it becomes a camera.

    Signals:
        given_up: the person does not want it, or has read why it cannot be used.
    """

    given_up = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.words = lettering(theme, self.tr("Reading {0}").format(name), FontUse.TABLE)
        self.problem = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self.progress = QProgressBar(self)
        self.stop = PushButton(theme, self.tr("Stop"), parent=self)
        self.problem.show_text("")
        describe(self.progress, self.tr("How much of {0} is read").format(name))
        self.stop.clicked.connect(self.given_up)
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(8), px(8))
        row.setSpacing(px(8))
        column = QVBoxLayout()
        column.setSpacing(px(4))
        for widget in (self.words, self.problem, self.progress):
            column.addWidget(widget)
        row.addLayout(column, 1)
        row.addWidget(self.stop)

    def show_progress(self, share: float) -> None:
        """Show how much of the file is read."""
        self.progress.setValue(round(share * _PERCENT))

    def show_problem(self, sentence: str) -> None:
        """Say why the file cannot be a camera."""
        self.words.hide()
        self.progress.hide()
        self.problem.show_text(sentence)
        self.stop.set_words(self.tr("Dismiss"))
