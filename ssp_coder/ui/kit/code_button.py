"""The button of one code on the code board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.keycap import CapLook, key_cap_size, paint_key_cap
from ssp_coder.ui.kit.marks import ONSET_EDGE, MarkShape, paint_mark
from ssp_coder.ui.kit.painting import (
    Face,
    Ink,
    face_rect,
    paint_face,
    paint_ring,
    paint_text,
    painter_of,
    text_width,
    with_ring,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFace:
    """What a code button shows: its words, its key, its group's colour slot and mark shape."""

    label: str
    key: str = ""
    slot: str
    shape: MarkShape = MarkShape.BAR


class CodeButton(QAbstractButton):
    """A code with its key; lit while the state is open at the playhead.

    Emits `clicked`, but not while the code is outside the pass in force.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.Button

    def __init__(self, theme: Theme, face: CodeFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._face = face
        self._lit = False
        self._in_pass = True
        self._why = ""
        self._conflict = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self._tell()

    @property
    def face(self) -> CodeFace:
        """What the button shows."""
        return self._face

    @property
    def lit(self) -> bool:
        """Whether the state is shown as open."""
        return self._lit

    def set_face(self, face: CodeFace) -> None:
        """Show another label or key, for instance after the key map changed."""
        self._face = face
        self.updateGeometry()
        self._tell()

    def set_lit(self, lit: bool) -> None:
        """Show the state as open at the playhead, or not."""
        if lit != self._lit:
            self._lit = lit
            self._tell()

    def set_in_pass(self, in_pass: bool, why: str = "") -> None:
        """Show whether the code may be used in the pass in force; outside it does not click.

        Args:
            in_pass: whether it may be used.
            why: what a screen reader says instead of the pass, where something else forbids it.
        """
        self._in_pass = in_pass
        self._why = why
        policy = Qt.FocusPolicy.StrongFocus if in_pass else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self._tell()

    def show_conflict(self, reason: str) -> None:
        """Mark the key as taken by another code, with the reason; empty text clears it."""
        self._conflict = reason
        self._tell()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        wide = text_width(self._theme.font(FontUse.TABLE_STRONG), self._face.label)
        return with_ring(self._text_left() + wide + self._theme.px(8), self._face_height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return with_ring(self._text_left() + self._theme.px(28), self._face_height())

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802, D102 - Qt's name
        return self._in_pass and face_rect(self).contains(pos)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        rect = face_rect(self)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
            rect = rect.adjusted(1, 1, -1, -1)
        paint_face(painter, rect, self._ground())
        if self._lit:
            self._paint_onset(painter, rect)
        self._paint_words(painter)
        painter.end()

    def _ground(self) -> Face:
        tokens, group = self._theme.tokens, self._theme.group(self._face.slot)
        if self._conflict:
            return Face(ground=tokens.errsoft, border=tokens.err)
        if self._lit or self.isDown():
            return Face(ground=group.tint, border=group.edge)
        if not self._in_pass:
            return Face()
        if not self.isEnabled():
            return Face(border=tokens.line)
        if self.underMouse():
            return Face(ground=tokens.hover, border=tokens.ctl)
        return Face(ground=tokens.panel, border=tokens.line)

    def _paint_onset(self, painter: QPainter, rect: QRect) -> None:
        edge = QColor(self._theme.group(self._face.slot).edge)
        painter.save()
        painter.setClipRect(rect.x(), rect.y(), ONSET_EDGE + 1, rect.height())
        paint_face(painter, rect, Face(ground=edge.name(), border=edge.name()))
        painter.restore()

    def _paint_words(self, painter: QPainter) -> None:
        rect = face_rect(self)
        lead = QRect(rect).adjusted(self._theme.px(6), 0, 0, 0)
        if self._face.key:
            usable = self._in_pass and self.isEnabled()
            look = CapLook.RAISED if usable else CapLook.FLAT
            paint_key_cap(painter, self._theme, lead, (self._face.key, look))
        else:
            side = self._theme.px(14)
            place = QRect(lead.x(), rect.y(), side, rect.height())
            paint_mark(painter, place, self._face.shape, self._theme.group(self._face.slot))
        words = rect.adjusted(self._text_left(), 0, -self._theme.px(4), 0)
        use = FontUse.TABLE_STRONG if self._lit else FontUse.TABLE
        ink = Ink(colour=self._theme.colour(self._ink()), font=self._theme.font(use))
        paint_text(painter, words, self._face.label, ink)

    def _ink(self) -> str:
        if self._conflict:
            return "err"
        if not self.isEnabled():
            return "text3"
        return "text" if self._in_pass or self._lit else "text2"

    def _text_left(self) -> int:
        px = self._theme.px
        lead = key_cap_size(self._theme, self._face.key).width() if self._face.key else px(14)
        return px(6) + lead + px(6)

    def _face_height(self) -> int:
        metrics = QFontMetrics(self._theme.font(FontUse.TABLE_STRONG))
        return max(metrics.height(), key_cap_size(self._theme, "W").height()) + self._theme.px(8)

    def _tell(self) -> None:
        parts = [self._face.label]
        if self._face.key:
            parts.append(self.tr("key {0}").format(self._face.key))
        if self._lit:
            parts.append(self.tr("open"))
        if not self._in_pass:
            parts.append(self._why or self.tr("not in this pass"))
        describe(self, ", ".join(parts), self._conflict)
        self.setToolTip(self._conflict or self._face.label)
        self.update()
