"""How the three pages look: in both themes, in a small window, in German, with large letters."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea

from ssp_coder.training.exercises import ExerciseKind
from ssp_coder.training.measures import Statistic
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.training.certificate_page import CertificatePage
from ssp_coder.ui.training.exercises_page import ExercisesPage
from ssp_coder.ui.training.progress_page import ProgressPage
from tests.fixtures.training_figures import classes, criterion, rule
from tests.ui.accessibility import access_walk as walk
from tests.ui.training.pages.sittings import seen

PAGES = (ExercisesPage, ProgressPage, CertificatePage)
RULE = rule(criterion(Statistic.CLASS_SHARE, 0.8, 30))


@pytest.fixture
def shown(desk, qtbot, monkeypatch):
    """Make a page of a kind that shows something; it is closed with the test."""
    made = []

    def of(kind, theme, size=(1100, 700)):
        page = kind(theme, desk)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        made.append(page)
        if kind is ExercisesPage:
            qtbot.waitUntil(lambda: bool(page.book.planned), timeout=10_000)
            monkeypatch.setattr(type(page.clip), "show_clip", lambda *_: None)
        else:
            seen(desk, classes(27, 3), RULE)
        if kind is ProgressPage:
            qtbot.waitUntil(lambda: bool(page.curves.charts), timeout=10_000)
        walk.settle()
        return page

    yield of
    for page in made:
        page.shut()
        page.close()


@pytest.mark.parametrize("kind", PAGES)
def test_light_and_dark_are_painted_and_differ(kind, shown, theme, dark_theme):
    light = shown(kind, theme).grab().toImage()
    dark = shown(kind, dark_theme).grab().toImage()
    assert light.size() == dark.size()
    assert light != dark


@pytest.mark.parametrize("kind", PAGES)
def test_letters_follow_the_size_of_the_system(kind, shown, theme):
    assert walk.fixed_pixels(shown(kind, theme)) == []


@pytest.mark.parametrize("kind", PAGES)
def test_what_is_switched_off_says_why_without_a_pointer(kind, shown, theme):
    page = shown(kind, theme)
    assert walk.shut_without_words(page) == walk.only_in_tips(page) == []


@pytest.mark.parametrize("kind", PAGES)
def test_the_focus_is_seen_on_everything(kind, shown, theme, qapp):
    page = shown(kind, theme)
    page.activateWindow()
    assert walk.without_ring(page) == []


@pytest.mark.parametrize("kind", PAGES)
def test_in_a_small_window_nothing_lies_beyond_its_side(kind, shown, theme):
    page = shown(kind, theme, (900, 600))
    for widget in (*page.findChildren(PushButton), *page.findChildren(QLabel)):
        if widget.isVisible():
            right = widget.mapTo(page, widget.rect().topRight()).x()
            assert right <= page.width(), widget.text()


@pytest.mark.parametrize("kind", [ProgressPage, CertificatePage])
def test_a_long_page_scrolls_up_and_down_only(kind, shown, theme):
    page = shown(kind, theme, (900, 200))
    area = page.findChild(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0 or not area.horizontalScrollBar().isVisible()
    assert area.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize(
    "kind", [ExerciseKind.SCALE_POINT, ExerciseKind.D_INDEX, ExerciseKind.ONSET]
)
def test_the_panel_of_a_question_keeps_its_buttons_in_sight(kind, shown, theme):
    page = shown(ExercisesPage, theme, (900, 600))
    page.begin(kind)
    assert page.drill is not None
    walk.settle()
    for button in (page.panel.stop_button, page.panel.again_button):
        assert button.width() >= button.sizeHint().width(), button.text()


def test_german_has_room_for_its_words(shown, theme):
    SPOKEN.speak("de")
    try:
        page = shown(ExercisesPage, theme, (900, 600))
        page.begin(ExerciseKind.D_INDEX)
        page.answer("no")
        walk.settle()
        assert page.panel.verdict.text().startswith("Wie die Referenz")
        for button in (page.panel.next_button, page.panel.again_button, page.panel.stop_button):
            assert button.width() >= button.sizeHint().width(), button.text()
    finally:
        SPOKEN.speak("en")


@pytest.mark.parametrize("kind", PAGES)
def test_shut_twice_is_harmless(kind, shown, theme):
    page = shown(kind, theme)
    page.shut()
    page.shut()
