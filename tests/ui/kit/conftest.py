"""What tests of painted widgets share: to look at the pixels, and to try both schemes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QCursor
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.theme.palette import palette_of


@pytest.fixture(params=["light", "dark"])
def any_theme(request, theme, dark_theme):
    """Each scheme in turn."""
    return theme if request.param == "light" else dark_theme


@pytest.fixture
def shown(qtbot):
    """Show a widget at its preferred or a given size, and close it afterwards."""

    def show(widget, size=None):
        qtbot.addWidget(widget)
        if hasattr(widget, "_theme"):  # the ground of a window is the palette's
            widget.setPalette(palette_of(widget._theme.tokens))
        widget.move(100, 100)
        widget.resize(*(size or widget.sizeHint().toTuple()))
        with qtbot.waitExposed(widget):
            widget.show()
        widget.clearFocus()
        QCursor.setPos(widget.mapToGlobal(QPoint(widget.width() + 50, -50)))
        QApplication.processEvents()
        return widget

    return show


@pytest.fixture
def colours_of():
    """How many pixels of each colour a widget shows."""

    def count(widget):
        image = widget.grab().toImage()
        found: dict[str, int] = {}
        for x in range(image.width()):
            for y in range(image.height()):
                name = image.pixelColor(x, y).name()
                found[name] = found.get(name, 0) + 1
        return found

    return count


@pytest.fixture
def has_colour(colours_of):
    """Whether a widget shows a colour in more than a stray pixel."""

    def check(widget, colour, least=4):
        return colours_of(widget).get(QColor(colour).name(), 0) >= least

    return check
