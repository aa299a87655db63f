import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter

from ssp_coder.ui.kit.marks import (
    ONSET_EDGE,
    ComparisonSign,
    MarkIcon,
    MarkShape,
    mark_icon,
    mark_path,
    mark_pixmap,
    paint_bar,
    paint_comparison,
)
from ssp_coder.ui.kit.painting import hatch
from ssp_coder.ui.theme.tokens import GROUP_SLOTS


@pytest.fixture
def canvas(qapp):
    image = QImage(40, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def ink(pixmap):
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_Alpha8)
    return bytes(image.constBits())


def test_each_shape_has_its_own_outline_without_colour(theme):
    outlines = {ink(mark_pixmap(theme, "grey", shape)) for shape in MarkShape}
    assert len(outlines) == len(MarkShape)


@pytest.mark.parametrize("shape", list(MarkShape))
def test_a_shape_stays_in_its_square_and_fills_most_of_it(shape):
    box = mark_path(shape, 100).boundingRect()
    assert max(abs(box.left()), abs(box.right()), abs(box.top()), abs(box.bottom())) <= 55
    assert max(box.width(), box.height()) >= 75


@pytest.mark.parametrize("slot", GROUP_SLOTS)
def test_a_mark_is_painted_in_its_groups_colours(any_theme, slot):
    image = mark_pixmap(any_theme, slot, MarkShape.SQUARE).toImage()
    centre = image.pixelColor(image.width() // 2, image.height() // 2)
    assert centre == QColor(any_theme.group(slot).fill)


def test_a_bar_has_a_strong_onset_edge_and_a_thin_outline(theme, canvas):
    group = theme.group("green")
    painter = QPainter(canvas)
    paint_bar(painter, QRect(2, 2, 30, 14), group)
    painter.end()
    row = [canvas.pixelColor(x, 9).name() for x in range(40)]
    edge, tint = group.edge.lower(), group.tint.lower()
    assert ONSET_EDGE == 3
    assert row[2 : 2 + ONSET_EDGE] == [edge] * ONSET_EDGE
    assert row[2 + ONSET_EDGE : 31] == [tint] * (29 - ONSET_EDGE)
    assert row[31] == edge
    assert row[32] == row[1] == "#ffffff"


def test_a_hatched_bar_differs_from_a_plain_one_and_keeps_its_edges(theme, canvas):
    group = theme.group("green")
    painter = QPainter(canvas)
    paint_bar(painter, QRect(2, 2, 30, 14), group, hatched=True)
    painter.end()
    inside = {canvas.pixelColor(x, y).name() for x in range(6, 30) for y in range(4, 14)}
    assert len(inside) > 2
    assert canvas.pixelColor(2, 9).name() == group.edge.lower()


def test_comparison_signs_differ_without_colour(theme, qapp):
    pictures = set()
    for sign in ComparisonSign:
        image = QImage(20, 20, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_comparison(painter, theme, QRect(0, 0, 20, 20), sign)
        painter.end()
        pictures.add(bytes(image.convertToFormat(QImage.Format.Format_Grayscale8).constBits()))
    assert len(pictures) == len(ComparisonSign)


def test_a_hatch_is_made_once_for_a_colour_and_repeats_without_a_seam(theme):
    colour = theme.colour("line")
    assert hatch(colour, 6).texture().cacheKey() == hatch(colour, 6).texture().cacheKey()
    image = QImage(36, 36, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.fillRect(image.rect(), hatch(QColor("black"), 6))
    painter.end()
    assert image.copy(6, 6, 12, 12) == image.copy(12, 12, 12, 12)
    diagonal = {image.pixelColor(12 + step, 24 - step).lightness() for step in range(12)}
    assert max(diagonal) - min(diagonal) < 60


def test_an_icon_of_a_mark_follows_the_scale_of_the_font(theme):
    icon = mark_icon(theme, "rose", MarkShape.PENTAGON)
    assert icon.availableSizes() == [QSize(theme.px(14) * 2, theme.px(14) * 2)]


def test_the_widget_shows_another_mark(theme, shown, has_colour):
    mark = shown(MarkIcon(theme, "rose", MarkShape.PENTAGON))
    assert has_colour(mark, theme.group("rose").fill, 20)
    mark.show_mark("orange", MarkShape.TRIANGLE_UP)
    assert has_colour(mark, theme.group("orange").fill, 20)
    assert mark.accessibleName() == "Triangle up"
    assert QAccessible.queryAccessibleInterface(mark).role() is QAccessible.Role.Graphic
