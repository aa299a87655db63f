"""The theme in force: one object that widgets ask for colours, fonts, lengths and icons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.theme import fonts
from ssp_coder.ui.theme.icons import IconStore
from ssp_coder.ui.theme.palette import palette_of
from ssp_coder.ui.theme.stylesheet import stylesheet
from ssp_coder.ui.theme.tokens import TOKEN_NAMES, GroupColours, Scheme, Tokens, group_of, tokens_of

if TYPE_CHECKING:
    from ssp_coder.ui.theme.fonts import FontUse


class Theme(QObject):
    """Colours, fonts, lengths and icons of the scheme in force.

    Painted widgets keep a reference, ask while painting, and repaint on `changed`.
    """

    changed = Signal()

    def __init__(self, scheme: Scheme = Scheme.SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._resolved = _resolve(scheme)
        self._body = fonts.body_font(QGuiApplication.font())
        self._scale = fonts.scale_of(self._body)
        self._fonts: dict[FontUse, QFont] = {}
        self._colours: dict[str, QColor] = {}
        self._icons = IconStore()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def scheme(self) -> Scheme:
        """What the person asked for; may be SYSTEM."""
        return self._scheme

    @property
    def resolved(self) -> Scheme:
        """The scheme painted now: LIGHT or DARK."""
        return self._resolved

    @property
    def tokens(self) -> Tokens:
        """The colour table in force."""
        return tokens_of(self._resolved)

    def set_scheme(self, scheme: Scheme) -> None:
        """Ask for another scheme; an applied application changes at once."""
        self._scheme = scheme
        self._show(_resolve(scheme))

    def apply(self, app: QApplication) -> None:
        """Give the application its style, palette, font and style sheet; call it once."""
        app.setStyle("Fusion")
        app.setFont(self._body)
        self._dress(app)

    def colour(self, token: str) -> QColor:
        """The colour of a token.

        Raises:
            ValueError: no token has this name.
        """
        found = self._colours.get(token)
        if found is None:
            if token not in TOKEN_NAMES:
                raise ValueError(
                    f"{token!r} is no colour token; there are {', '.join(TOKEN_NAMES)}"
                )
            found = self._colours[token] = QColor(getattr(self.tokens, token))
        return found

    def group(self, slot: str) -> GroupColours:
        """Fill, edge, tint and text of a code group's colour slot, as ``#RRGGBB``."""
        return group_of(slot, self._resolved)

    def font(self, use: FontUse) -> QFont:
        """The font of one use."""
        found = self._fonts.get(use)
        if found is None:
            found = self._fonts[use] = fonts.font_for(use, self._body)
        return found

    def px(self, length: float) -> int:
        """A length of the look, drawn at a 13 px body, in pixels of the font in force."""
        return max(1, round(length * self._scale))

    def icon(self, name: str, token: str = "text") -> QIcon:  # noqa: S107 - a colour token
        """An icon drawn in the colour of a token, with the hint colour when disabled."""
        return self._icons.icon(name, self.colour(token), self.colour("text3"))

    def pixmap(self, name: str, token: str, side: int, ratio: float = 1.0) -> QPixmap:
        """An icon as a square pixmap of `side` logical pixels at a device pixel ratio."""
        return self._icons.pixmap(name, self.colour(token), side, ratio)

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._show(_resolve(Scheme.SYSTEM))

    def _show(self, resolved: Scheme) -> None:
        if resolved is self._resolved:
            return
        self._resolved = resolved
        self._colours.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication) and app.styleSheet():
            self._dress(app)
        self.changed.emit()

    def _dress(self, app: QApplication) -> None:
        app.setPalette(palette_of(self.tokens))
        app.setStyleSheet(stylesheet(self.tokens, self.px))


def _resolve(scheme: Scheme) -> Scheme:
    if scheme is not Scheme.SYSTEM:
        return scheme
    return Scheme.DARK if desktop_is_dark() else Scheme.LIGHT


def desktop_is_dark() -> bool:
    """Whether the desktop asks its windows to be dark."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
