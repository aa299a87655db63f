"""The timeline of two codings, with frames about what differs, and what the frames mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.marks import paint_comparison
from ssp_coder.ui.kit.painting import Ink, paint_text, painter_of, text_width
from ssp_coder.ui.pairs.frames import FramePainter, Frames
from ssp_coder.ui.pairs.items import PairKind, PairNames, usual_names
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.timeline.widget import Timeline

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

FRAMED = (PairKind.MISSED, PairKind.EXTRA, PairKind.OTHER_CODE, PairKind.TIMING)
_SIGN_PX = 15


class PairTimeline(Timeline):
    """A locked timeline that frames differences."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.frames = Frames()
        self.set_locked(True)

    def show_frames(self, frames: Frames) -> None:
        """Frame other stretches."""
        self.frames = frames
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().paintEvent(event)
        if not len(self.frames):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(event.rect())
        FramePainter(self.theme, self.layout_now(), self.scale_now()).paint(painter, self.frames)
        painter.end()


class SignLegend(QWidget):
    """The signs of a comparison, each with its word."""

    ACCESSIBLE_ROLE = QAccessible.Role.StaticText

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._names = usual_names()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_names(self._names)
        theme.changed.connect(self.update)

    def set_names(self, names: PairNames) -> None:
        """Call the two codings by other names."""
        self._names = names
        describe(self, ", ".join(names.kind_words(kind) for kind in FRAMED))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        font = self._theme.font(FontUse.TABLE)
        width = sum(self._width(kind) for kind in FRAMED)
        return QSize(width, QFontMetrics(font).height() + self._theme.px(4))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter, px = painter_of(self), self._theme.px
        ink = Ink(colour=self._theme.colour("text2"), font=self._theme.font(FontUse.TABLE))
        left, side = 0, px(_SIGN_PX)
        for kind in FRAMED:
            sign = QRect(left, (self.height() - side) // 2, side, side)
            if kind.sign is not None:
                paint_comparison(painter, self._theme, sign, kind.sign)
            words = QRect(sign.right() + px(4), 0, self._width(kind), self.height())
            paint_text(painter, words, self._names.kind_words(kind), ink)
            left += self._width(kind)
        painter.end()

    def _width(self, kind: PairKind) -> int:
        px = self._theme.px
        words = text_width(self._theme.font(FontUse.TABLE), self._names.kind_words(kind))
        return px(_SIGN_PX) + px(4) + words + px(12)
