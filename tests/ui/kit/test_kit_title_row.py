"""A title row in rooms of all widths: what stands in it and what stands behind its button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.title_row import TitleRow


def act(words, width):
    button = QPushButton(words)
    button.setMinimumWidth(width)
    return button


@pytest.fixture
def row(theme, qtbot):
    outer = QWidget()
    made = TitleRow(theme, "Events", outer)
    made.outer = outer
    qtbot.addWidget(outer)
    outer.resize(1000, 40)
    made.small, made.large = act("small", 90), act("large", 260)
    made.add_left(made.small)
    made.add(made.large)
    made.end = act("x", 40)
    made.end_with(made.end)
    made.set_note("186 events")
    made.resize(900, 34)
    outer.show()
    qtbot.waitExposed(outer)
    return made


def settle(row, width):
    row.resize(width, 34)
    for _ in range(3):
        QApplication.processEvents()


def in_row(row, widget):
    return widget.isVisible() and widget.parentWidget() is row


def test_with_room_everything_is_there_in_its_order(row):
    settle(row, 900)
    lefts = [w.x() for w in (row._words, row._note, row.small, row.large, row.end)]
    assert lefts == sorted(lefts)
    assert not row._more.isVisible()


def test_the_note_leaves_first(row):
    settle(row, row.whole_width() - 20)
    assert not row._note.isVisible()
    assert in_row(row, row.large)
    settle(row, 900)
    assert row._note.isVisible()


def test_then_one_act_that_makes_enough_room_stands_behind_the_button(row):
    settle(row, row.whole_width() - 130)
    assert not in_row(row, row.large)
    assert in_row(row, row.small)
    assert row._more.isVisible()
    assert row._more.accessibleName() == "Events: more"


def test_the_frames_own_buttons_always_stay(row):
    settle(row, row.minimumSizeHint().width())
    assert in_row(row, row.end)
    assert not in_row(row, row.small)
    assert row.end.geometry().right() <= row.width()


def test_with_room_again_all_come_back_to_their_places(row):
    settle(row, row.minimumSizeHint().width())
    settle(row, 900)
    assert in_row(row, row.small)
    assert in_row(row, row.large)
    assert row.small.x() < row.large.x() < row.end.x()
    assert not row._more.isVisible()


def test_the_button_shows_what_had_no_room_and_gives_it_the_keyboard(row, qtbot):
    settle(row, row.minimumSizeHint().width())
    QTest.mouseClick(row._more, Qt.MouseButton.LeftButton)
    assert row._rest.isVisible()
    assert row.large.isVisible()
    assert row.large.window() is row._rest
    row._rest.close()


def test_an_act_that_its_owner_hid_stays_hidden(row):
    row.large.hide()
    settle(row, 260)
    settle(row, 900)
    assert not row.large.isVisible()
    assert in_row(row, row.small)


def test_an_act_that_comes_later_finds_its_room(row):
    row.large.hide()
    settle(row, 330)
    assert not row._more.isVisible()
    row.large.show()
    settle(row, 330)
    assert row._more.isVisible()


def test_a_title_can_be_left_out_where_a_tab_says_it(row):
    before = row.whole_width()
    row.show_title(False)
    assert not row._words.isVisible()
    assert row.whole_width() < before
    assert row.title() == "Events"


def test_a_row_of_words_has_no_acts(theme, qtbot):
    bare = TitleRow(theme, "Notes")
    qtbot.addWidget(bare)
    assert not bare.has_acts
    bare.end_with(QWidget())
    assert not bare.has_acts
    bare.add(QPushButton("act"))
    assert bare.has_acts


def test_a_panel_that_lends_its_title_goes_on_setting_it(theme, qtbot):
    panel = Panel(theme, "Events")
    qtbot.addWidget(panel)
    lent = panel.lend_title()
    lent.setParent(None)
    qtbot.addWidget(lent)
    panel.set_title("Lists")
    panel.set_note("12")
    assert (lent.title(), lent.note()) == ("Lists", "12")
    assert panel.title() == "Lists"
    assert panel.property("panel") is False
