"""Takes the next key that is pressed, whatever it would do elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.domain.chords import Chord
from ssp_coder.ui.code.keysigns import code_key, place_of
from ssp_coder.ui.keys.plan import Pressed
from ssp_coder.ui.keys.words import chord_words
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    LEFT,
    Face,
    Ink,
    face_rect,
    paint_face,
    paint_ring,
    paint_text,
    painter_of,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from ssp_coder.ui.theme.theme import Theme

_HELD = (
    (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
    (Qt.KeyboardModifier.AltModifier, "Alt"),
    (Qt.KeyboardModifier.ShiftModifier, "Shift"),
    (Qt.KeyboardModifier.MetaModifier, "Meta"),
)
_US_SHIFTED = dict(zip("-=[];',./`\\", '_+{}:"<>?~|', strict=True))
"""What Shift makes of the signs of a US keyboard beside letters and digits."""

_ALONE = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_unknown,
)


def pressed_key(event: QKeyEvent) -> Pressed | None:
    """What was pressed; None while only keys are held that belong to another."""
    key = Qt.Key(event.key())
    if key in _ALONE:
        return None
    held = tuple(name for modifier, name in _HELD if event.modifiers() & modifier)
    name = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    if "Shift" in held and len(name) == 1 and not name.isalnum():
        name, held = _without_shift_made(name, place_of(event), held)
    return Pressed(chord=str(Chord(key=name, held=held)), sign=code_key(event))


def _without_shift_made(
    name: str, place: str, held: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """The key of a sign that Shift made, and what is held with it.

    Where the key has the signs of a US keyboard, or is one of the digits, it is told by its sign
    without Shift. On another layout the sign itself stands for the key and for Shift, as the
    system matches shortcuts: Shift and ß make ``?``, and that key is no ``-``.
    """
    if place.isdigit() or (place and _US_SHIFTED.get(place) == name):
        return place.upper(), held
    return name, tuple(one for one in held if one != "Shift") if place else held


class KeyRecorder(QWidget):
    """A field that a key is pressed into; Esc leaves it.

    Signals:
        pressed: a `Pressed`.
        left: by Esc, or because the keyboard went elsewhere.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.HotkeyField

    pressed = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def listen(self, title: str) -> None:
        """Wait for the key of something."""
        self._show(self.tr("Press the key for “{0}”; Esc leaves").format(title))
        self.setFocus()

    def show_pressed(self, pressed: Pressed) -> None:
        """Show what was pressed."""
        self._show(chord_words(pressed.chord))

    def text(self) -> str:
        """What the field shows."""
        return self._words

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            # Before Qt lets Tab move the focus.
            return self._take(event)
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        return QSize(px(220), px(34))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        tokens = self._theme.tokens
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        paint_face(painter, face_rect(self), Face(ground=tokens.accsoft, border=tokens.ctl))
        ink = Ink(
            colour=self._theme.colour("text"), font=self._theme.font(FontUse.LABEL), align=LEFT
        )
        side = self._theme.px(10)
        room: QRect = self.rect().adjusted(side, 0, -side, 0)
        paint_text(painter, room, self._words, ink)
        painter.end()

    def _take(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return True
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
            return True
        found = pressed_key(event)
        if found is not None:
            self.pressed.emit(found)
        return True

    def _show(self, words: str) -> None:
        self._words = words
        describe(self, words)
        self.update()
