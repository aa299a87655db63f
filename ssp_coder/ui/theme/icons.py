"""Icons: outline drawings on a 16 px grid, tinted to a colour and kept."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIDES = (16, 20, 24, 32)
_RATIOS = (1.0, 2.0)


@cache
def icon_names() -> tuple[str, ...]:
    """The names of all icons in the package, sorted."""
    folder = files("ssp_coder.ui.theme") / "icons"
    return tuple(sorted(item.name[:-4] for item in folder.iterdir() if item.name.endswith(".svg")))


@cache
def icon_source(name: str) -> str:
    """The SVG text of an icon.

    Raises:
        ValueError: the package has no icon of this name.
    """
    if name not in icon_names():
        raise ValueError(f"there is no icon {name!r}; there are {', '.join(icon_names())}")
    return (files("ssp_coder.ui.theme") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


class IconStore:
    """Tinted icons, drawn once for each name, colour, size and pixel ratio."""

    def __init__(self) -> None:
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._icons: dict[tuple[str, str, str], QIcon] = {}

    def icon(self, name: str, colour: QColor, disabled: QColor) -> QIcon:
        """An icon in `colour`, and in `disabled` while its action cannot be used."""
        key = (name, colour.name(), disabled.name())
        if key not in self._icons:
            icon = QIcon()
            for side in _SIDES:
                for ratio in _RATIOS:
                    icon.addPixmap(self.pixmap(name, colour, side, ratio), QIcon.Mode.Normal)
                    icon.addPixmap(self.pixmap(name, disabled, side, ratio), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def pixmap(self, name: str, colour: QColor, side: int, ratio: float) -> QPixmap:
        """An icon as a square pixmap of `side` logical pixels."""
        key = (name, colour.name(), side, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = _draw(name, colour, side, ratio)
        return self._pixmaps[key]


def _draw(name: str, colour: QColor, side: int, ratio: float) -> QPixmap:
    text = icon_source(name).replace("currentColor", colour.name())
    renderer = QSvgRenderer(QByteArray(text.encode()))
    pixels = round(side * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
