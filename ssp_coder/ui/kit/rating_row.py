"""A scale as a row of boxes, with four looks that cannot be taken for one another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    CENTRE,
    CHIP_RADIUS,
    FIELD_RADIUS,
    RING,
    Face,
    Ink,
    hatch,
    paint_face,
    paint_ring,
    paint_text,
    painter_of,
    text_width,
    with_ring,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


HALF_SIGN = "\N{VULGAR FRACTION ONE HALF}"
"""What stands in the box between two whole points."""
NARROW, HALF_BOX = 0.74, 0.5
"""Widths of whole and half boxes where there are both, so that nine points and eight halves fit."""


class RatingLook(StrEnum):
    """The four things a rating can be; none looks like another, none is 1 by default."""

    RATED = "rated"
    NOT_RATED = "not_rated"
    CANNOT_CODE = "cannot_code"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingScale:
    """The points of a row: from `minimum` to `maximum` in steps of `step`, and its spoken name."""

    name: str
    minimum: float
    maximum: float
    step: float = 1.0

    def __post_init__(self) -> None:
        steps = (self.maximum - self.minimum) / self.step if self.step > 0 else -1.0
        if steps < 1 or abs(steps - round(steps)) > 1e-9:
            raise ValueError(
                f"scale {self.name!r} from {self.minimum} to {self.maximum} is no whole number "
                f"of steps of {self.step}; correct the scale file"
            )

    @property
    def points(self) -> tuple[float, ...]:
        """All points, from the lowest."""
        count = round((self.maximum - self.minimum) / self.step)
        return tuple(self.minimum + index * self.step for index in range(count + 1))


def point_text(point: float) -> str:
    """A scale point as people write it: ``5`` or ``5.5``."""
    return f"{point:g}"


class RatingRow(QWidget):
    """Boxes for the points of one scale.

    Keys: a digit chooses that point, 0 says it cannot be coded (unless 0 is a point; X always
    does), Backspace or Delete clears, Left and Right move by one step. Where there are half points,
    a full stop or comma after a digit adds one half, and takes it away again. The row shows only
    what it is told to; it emits the wish and waits.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.Slider

    point_chosen = Signal(float)
    cannot_code_requested = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme, scale: RatingScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._scale = scale
        self._look = RatingLook.NOT_RATED
        self._point: float | None = None
        self._reason = ""
        self._locked = False
        self._hovered: float | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self._tell()

    @property
    def look(self) -> RatingLook:
        """Which of the four looks is shown."""
        return self._look

    @property
    def point(self) -> float | None:
        """The point shown; None unless the look is RATED."""
        return self._point

    def show_rated(self, point: float) -> None:
        """Show a chosen point.

        Raises:
            ValueError: the scale has no such point.
        """
        if point not in self._scale.points:
            raise ValueError(
                f"{point:g} is no point of {self._scale.name!r}, "
                f"{self._scale.minimum:g} to {self._scale.maximum:g} by {self._scale.step:g}"
            )
        self._show(RatingLook.RATED, point, "")

    def show_not_rated(self) -> None:
        """Show dashed boxes: nobody has rated yet."""
        self._show(RatingLook.NOT_RATED, None, "")

    def show_cannot_code(self, reason: str) -> None:
        """Show the hatch: it was looked at and cannot be coded; the reason goes under the row."""
        self._show(RatingLook.CANNOT_CODE, None, reason)

    def show_not_applicable(self, reason: str) -> None:
        """Show a dash with the reason: this scale is not rated here."""
        self._show(RatingLook.NOT_APPLICABLE, None, reason)

    def set_locked(self, locked: bool) -> None:
        """Keep the look but accept no choice, as in a locked coding."""
        self._locked = locked
        self._tell()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        last = self._box(len(self._scale.points) - 1)
        width = last.right() + 1 - RING
        if self._look is RatingLook.NOT_APPLICABLE:
            font = self._theme.font(FontUse.BODY)
            width = max(width, text_width(font, self._words()) + self._theme.px(4))
        return with_ring(width, last.height())

    def box_centre(self, point: float) -> QPoint:
        """The middle of a point's box, in the row's own pixels."""
        return self._box(self._scale.points.index(point)).center()

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        if self._look is RatingLook.NOT_APPLICABLE:
            font = self._theme.font(FontUse.BODY)
            ink = Ink(colour=self._theme.colour("text2"), font=font)
            paint_text(painter, self.rect().adjusted(RING, 0, -RING, 0), self._words(), ink)
        else:
            self._paint_boxes(painter)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        hovered = self._point_at(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def leaveEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        point = self._point_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and point is not None:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._choose(point)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._locked or self._look is RatingLook.NOT_APPLICABLE or not self._act(event):
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            return self._act_on_digit(float(key - Qt.Key.Key_0.value))
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.cleared.emit()
        elif key == Qt.Key.Key_X:
            self.cannot_code_requested.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Period, Qt.Key.Key_Comma):
            return self._halve()
        else:
            return False
        return True

    def _halve(self) -> bool:
        """Add one half to a whole point, or take it away from a half point."""
        if self._point is None or self._scale.step >= 1:
            return False
        whole = math.floor(self._point)
        wished = whole + self._scale.step if self._point == whole else whole
        if wished in self._scale.points:
            self.point_chosen.emit(wished)
        return True

    def _act_on_digit(self, digit: float) -> bool:
        if digit in self._scale.points:
            self.point_chosen.emit(digit)
        elif digit == 0:
            self.cannot_code_requested.emit()
        else:
            return False
        return True

    def _move(self, direction: int) -> None:
        points = self._scale.points
        if self._point is None:
            self.point_chosen.emit(points[0] if direction > 0 else points[-1])
            return
        index = points.index(self._point) + direction
        if 0 <= index < len(points):
            self.point_chosen.emit(points[index])

    def _choose(self, point: float) -> None:
        if not self._locked and self._look is not RatingLook.NOT_APPLICABLE:
            self.point_chosen.emit(point)

    def _show(self, look: RatingLook, point: float | None, reason: str) -> None:
        if look is not self._look:
            self.updateGeometry()
        self._look, self._point, self._reason = look, point, reason
        self._tell()

    def _box(self, index: int) -> QRect:
        px = self._theme.px
        font = self._theme.font(FontUse.LABEL)
        height = QFontMetrics(font).height() + px(11)
        whole = max(height + px(4), text_width(font, "10") + px(16))
        if self._scale.step >= 1:
            return QRect(RING + index * (whole + px(3)), RING, whole, height)
        widths = [
            round(whole * (NARROW if point == int(point) else HALF_BOX))
            for point in self._scale.points[: index + 1]
        ]
        return QRect(RING + sum(widths[:-1]) + index * px(1), RING, widths[-1], height)

    def _point_at(self, place: QPoint) -> float | None:
        for index, point in enumerate(self._scale.points):
            if self._box(index).contains(place):
                return point
        return None

    def _paint_boxes(self, painter: QPainter) -> None:
        if self._look is RatingLook.CANNOT_CODE:
            whole = self._box(0).united(self._box(len(self._scale.points) - 1))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(hatch(self._theme.colour("wave"), 8))
            painter.drawRoundedRect(whole, FIELD_RADIUS, FIELD_RADIUS)
        for index, point in enumerate(self._scale.points):
            self._paint_box(painter, self._box(index), point)

    def _paint_box(self, painter: QPainter, rect: QRect, point: float) -> None:
        chosen = point == self._point
        use = FontUse.LABEL_STRONG if chosen else FontUse.BODY
        whole = point == int(point)
        font = self._theme.font(use if whole else FontUse.CAPTION)
        token = "onacc" if chosen else "text2"
        face = self._box_face(point)
        if face is None:
            plate = self._number_plate(rect, point)
            paint_face(painter, plate, Face(ground=self._theme.tokens.win, radius=CHIP_RADIUS))
        else:
            paint_face(painter, rect, face)
        ink = Ink(colour=self._theme.colour(token), font=font, align=CENTRE)
        paint_text(painter, rect, point_text(point) if whole else HALF_SIGN, ink)

    def _number_plate(self, rect: QRect, point: float) -> QRect:
        width = text_width(self._theme.font(FontUse.BODY), point_text(point)) + self._theme.px(6)
        height = QFontMetrics(self._theme.font(FontUse.BODY)).height()
        plate = QRect(0, 0, width, height)
        plate.moveCenter(rect.center())
        return plate

    def _box_face(self, point: float) -> Face | None:
        tokens = self._theme.tokens
        if point == self._point:
            return Face(ground=tokens.accent, border=tokens.accent)
        if point == self._hovered and not self._locked:
            return Face(ground=tokens.hover, border=tokens.ctl)
        if self._look is RatingLook.CANNOT_CODE:
            return None
        if self._look is RatingLook.NOT_RATED:
            return Face(ground=tokens.panel, border=tokens.ctl, dashed=True)
        return Face(ground="" if self._locked else tokens.panel, border=tokens.line)

    def _words(self) -> str:
        return f"\N{EM DASH} {self._reason}"

    def _tell(self) -> None:
        spoken = {
            RatingLook.RATED: self._spoken_point(),
            RatingLook.NOT_RATED: self.tr("not rated"),
            RatingLook.CANNOT_CODE: self.tr("cannot be coded: {0}").format(self._reason),
            RatingLook.NOT_APPLICABLE: self.tr("not applicable: {0}").format(self._reason),
        }[self._look]
        keys = (
            self.tr("Digits rate, X cannot be coded, Delete clears")
            if self._scale.step >= 1
            else self.tr("Digits rate, a full stop adds a half, X cannot be coded, Delete clears")
        )
        name = f"{self._scale.name}, {spoken}"
        describe(self, name, self.tr("Locked") if self._locked else keys)
        self.setToolTip(self._reason)
        self.update()

    def _spoken_point(self) -> str:
        if self._point is None:
            return ""
        top = point_text(self._scale.maximum)
        return self.tr("{0} of {1}").format(point_text(self._point), top)
