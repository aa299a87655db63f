import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from ssp_coder.ui.kit.painting import (
    CENTRE,
    LEFT,
    RIGHT,
    RING,
    Face,
    Ink,
    face_rect,
    hatch,
    paint_face,
    paint_ring,
    paint_text,
    text_width,
    with_ring,
)
from ssp_coder.ui.theme.fonts import FontUse


class Paper:
    """A white sheet to paint on and to look at."""

    def __init__(self, width=60, height=30):
        self.image = QImage(width, height, QImage.Format.Format_ARGB32)
        self.image.fill(Qt.GlobalColor.white)

    def __enter__(self):
        self.painter = QPainter(self.image)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return self.painter

    def __exit__(self, *_):
        self.painter.end()

    def at(self, x, y):
        return self.image.pixelColor(x, y).name()

    def ink(self):
        return [
            (x, y)
            for x in range(self.image.width())
            for y in range(self.image.height())
            if self.at(x, y) != "#ffffff"
        ]


@pytest.fixture
def paper(qapp):
    return Paper()


class TestFace:
    def test_it_fills_its_rectangle_with_a_crisp_border_inside(self, paper):
        with paper as painter:
            paint_face(painter, QRect(5, 5, 40, 20), Face(ground="#ff0000", border="#0000ff"))
        assert paper.at(25, 15) == "#ff0000"
        assert paper.at(25, 5) == paper.at(5, 15) == paper.at(44, 15) == "#0000ff"
        assert paper.at(25, 4) == paper.at(4, 15) == paper.at(45, 15) == "#ffffff"

    def test_its_corners_are_round(self, paper):
        with paper as painter:
            paint_face(painter, QRect(5, 5, 40, 20), Face(ground="#ff0000"))
        assert paper.at(5, 5) == "#ffffff"

    def test_without_ground_only_the_border_is_painted(self, paper):
        with paper as painter:
            paint_face(painter, QRect(5, 5, 40, 20), Face(border="#0000ff"))
        assert paper.at(25, 15) == "#ffffff"
        assert paper.at(25, 5) == "#0000ff"

    def test_an_empty_face_paints_nothing(self, paper):
        with paper as painter:
            paint_face(painter, QRect(5, 5, 40, 20), Face())
        assert paper.ink() == []

    def test_a_dashed_border_has_gaps(self, paper):
        with paper as painter:
            paint_face(painter, QRect(5, 5, 40, 20), Face(border="#0000ff", dashed=True))
        top = [paper.at(x, 5) == "#0000ff" for x in range(12, 38)]
        assert any(top)
        assert not all(top)


class TestRing:
    def test_it_is_two_pixels_wide_just_inside_the_widget(self, paper, theme):
        accent = theme.tokens.accent.lower()
        with paper as painter:
            paint_ring(painter, theme, QRect(0, 0, 60, 30))
        assert [paper.at(x, 15) == accent for x in range(4)] == [True, True, False, False]
        assert [paper.at(59 - x, 15) == accent for x in range(4)] == [True, True, False, False]
        assert RING == 2

    def test_a_face_leaves_the_room_that_the_ring_takes(self, qtbot):
        widget = QWidget()
        qtbot.addWidget(widget)
        widget.resize(with_ring(50, 20))
        assert face_rect(widget) == QRect(RING, RING, 50, 20)
        assert with_ring(50, 20) == QSize(54, 24)


class TestText:
    def ink(self, theme, align=LEFT):
        colour = QColor("#000000")
        return Ink(colour=colour, font=theme.font(FontUse.BODY), align=align)

    def extent(self, theme, align):
        paper = Paper(200, 30)
        with paper as painter:
            paint_text(painter, QRect(10, 0, 180, 30), "reach", self.ink(theme, align))
        columns = [x for x, _ in paper.ink()]
        return min(columns), max(columns)

    def test_it_stands_left_right_or_in_the_middle(self, theme):
        left, right = self.extent(theme, LEFT), self.extent(theme, RIGHT)
        middle = self.extent(theme, CENTRE)
        assert left[0] - 10 <= 3
        assert 190 - right[1] <= 3
        assert abs((middle[0] - 10) - (190 - middle[1])) <= 3

    def test_what_does_not_fit_is_elided_inside_the_rectangle(self, theme):
        paper = Paper(200, 30)
        with paper as painter:
            rect = QRect(10, 0, 60, 30)
            paint_text(painter, rect, "contact maintaining, active", self.ink(theme))
        columns = [x for x, _ in paper.ink()]
        assert 50 < max(columns) <= 70

    def test_no_text_paints_nothing(self, theme, paper):
        with paper as painter:
            paint_text(painter, QRect(0, 0, 60, 30), "", self.ink(theme))
        assert paper.ink() == []

    def test_figures_have_one_width(self, theme):
        for use in (FontUse.TABLE, FontUse.MEDIA_TIME, FontUse.CAPTION):
            font = theme.font(use)
            assert len({text_width(font, digit * 4) for digit in "0123456789"}) == 1


class TestHatch:
    def test_it_covers_evenly_and_leaves_most_of_the_ground(self, paper):
        with paper as painter:
            painter.fillRect(QRect(0, 0, 60, 30), hatch(QColor("#000000"), 6))
        dark = [1 for x in range(60) for y in range(30) if paper.image.pixelColor(x, y).red() < 200]
        assert 0.1 < len(dark) / (60 * 30) < 0.6

    def test_lines_rise_to_the_right(self, paper):
        with paper as painter:
            painter.fillRect(QRect(0, 0, 60, 30), hatch(QColor("#000000"), 6))

        def spread(direction):
            values = [
                paper.image.pixelColor(20 + d, 15 + direction * d).red() for d in range(-8, 9)
            ]
            return max(values) - min(values)

        assert spread(-1) < spread(+1)

    def test_wider_steps_are_paler(self, qapp):
        def share(step):
            paper = Paper(120, 60)
            with paper as painter:
                painter.fillRect(QRect(0, 0, 120, 60), hatch(QColor("#000000"), step))
            return sum(
                255 - paper.image.pixelColor(x, y).red() for x in range(120) for y in range(60)
            )

        assert share(4) > share(6) > share(10)
