from importlib.resources import files
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtSvg import QSvgRenderer

from ssp_coder.ui.theme.icons import IconStore, icon_names, icon_source
from ssp_coder.ui.theme.tokens import DARK, LIGHT, Scheme

WANTED = {
    "play", "pause", "step-back", "step-forward", "undo", "redo", "check", "circle",
    "half-circle", "lock", "warning", "clock", "comment", "film", "folder", "grid", "book",
    "search", "plus", "minus", "cross", "chevron-right", "flag", "loop", "trash", "export",
    "compare", "pencil",
}  # fmt: skip


def drawn_colours(pixmap):
    image = pixmap.toImage()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    solid = (image.pixelColor(x, y) for x, y in places)
    return {colour.name() for colour in solid if colour.alpha() == 255}


def test_the_package_holds_all_icons_that_the_pages_need():
    assert set(icon_names()) >= WANTED


def test_every_svg_file_is_an_icon():
    folder = files("ssp_coder.ui.theme") / "icons"
    assert {item.name for item in folder.iterdir()} == {f"{name}.svg" for name in icon_names()}


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_is_drawn_on_the_grid_in_one_colour_of_the_palette(name, qapp):
    source = icon_source(name)
    root = ElementTree.fromstring(source)  # noqa: S314 - our own file
    assert root.get("viewBox") == "0 0 16 16"
    assert "currentColor" in source
    assert "#" not in source
    assert QSvgRenderer(QByteArray(source.encode())).isValid()


@pytest.mark.parametrize("name", icon_names())
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_an_icon_leaves_ink_and_no_other_colour(name, ratio, qapp):
    pixmap = IconStore().pixmap(name, QColor("#FF0000"), 32, ratio)
    assert drawn_colours(pixmap) == {"#ff0000"}


def test_icons_follow_the_scheme(theme):
    light = drawn_colours(theme.pixmap("play", "text", 16))
    theme.set_scheme(Scheme.DARK)
    dark = drawn_colours(theme.pixmap("play", "text", 16))
    assert (light, dark) == ({LIGHT.text.lower()}, {DARK.text.lower()})


def test_an_icon_is_sharp_at_twice_the_pixels(theme):
    pixmap = theme.pixmap("check", "ok", 16, 2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.deviceIndependentSize().toSize() == QSize(16, 16)


def test_an_icon_is_drawn_once(theme):
    first = theme.pixmap("lock", "text2", 16)
    assert theme.pixmap("lock", "text2", 16).cacheKey() == first.cacheKey()
    assert theme.icon("lock").cacheKey() == theme.icon("lock").cacheKey()


def test_a_disabled_icon_takes_the_hint_colour(theme):
    pixmap = theme.icon("pause").pixmap(QSize(16, 16), 1.0, QIcon.Mode.Disabled)
    assert drawn_colours(pixmap) == {LIGHT.text3.lower()}


def test_an_unknown_icon_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="no icon 'unicorn'; there are book"):
        icon_source("unicorn")
