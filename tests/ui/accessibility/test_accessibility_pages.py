"""Every page of the real window, by keyboard and by ear."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.main.workspace import PAGES
from tests.ui.accessibility import access_walk as walk
from tests.ui.accessibility.conftest import BOTH
from tests.ui.demo_codings import demo_session

EVERY_PAGE = pytest.mark.parametrize("page", ["start", *PAGES])


@pytest.fixture
def shown(request, at_start, at_work, page):
    """The window with a page in front."""
    if page == "start":
        return request.getfixturevalue("bare_window")
    window = request.getfixturevalue("window")
    window.show_page(page)
    walk.settle()
    return window


@EVERY_PAGE
def test_everything_that_takes_keys_has_a_name_and_a_role(shown, page):
    assert walk.takes_keys(shown)
    assert walk.nameless(shown) == []
    assert walk.without_role(shown) == []


@EVERY_PAGE
def test_tab_reaches_every_control_and_leads_out_of_each(shown, page):
    graph = walk.tab_graph(shown)
    assert walk.unreachable(shown, graph) == []
    assert walk.traps(graph) == []


@BOTH
@EVERY_PAGE
def test_what_has_the_focus_looks_like_it(shown, page):
    assert walk.without_ring(shown) == []


@EVERY_PAGE
def test_words_grow_with_the_system_and_are_not_hidden_in_tool_tips(shown, page):
    assert walk.fixed_pixels(shown) == []
    assert walk.only_in_tips(shown) == []
    assert walk.shut_without_words(shown) == []


@BOTH
def test_stock_widgets_are_written_in_ink_that_can_be_read(worn):
    assert walk.faint_texts(QApplication.palette()) == []


def test_opening_a_page_shows_no_other_window_and_keeps_the_keys(window, qapp):
    window.show_session(demo_session("trainee"))  # so that every page is built anew
    walk.settle()
    for page in PAGES:
        spy = walk.WindowSpy()
        qapp.installEventFilter(spy)
        window.show_page(page)
        walk.settle()
        qapp.removeEventFilter(spy)
        assert (page, spy.shown) == (page, [])
        assert window.isActiveWindow()
