"""The list of items for itself: rows, keys, signs, marks, and what stays where it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.time import Micros, Span
from ssp_coder.ui.pairs.item_list import ItemList, ItemModel
from ssp_coder.ui.pairs.items import PairItem, PairKind, PairNames, RowMark
from ssp_coder.ui.theme.tokens import Scheme


def item(number, kind=PairKind.MISSED, **fields):
    at_us = Micros(number * 1_000_000)
    usual = {
        "id": f"event:{number}:",
        "kind": kind,
        "place": f"0:{number:02}.0",
        "own": "nothing",
        "reference": f"reach {number}",
        "at_us": at_us,
        "loop": Span(start_us=at_us, end_us=Micros(at_us + 5)),
    }
    return PairItem(**{**usual, **fields})


def many(count):
    return tuple(item(number) for number in range(count))


@pytest.fixture
def rows(theme, qtbot):
    made = ItemList(theme)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show_items(many(40))
    made.show()
    QApplication.processEvents()
    return made


def row_image(rows, row) -> QImage:
    rect = rows.visualRect(rows.model().index(row, 0))
    return rows.viewport().grab(rect).toImage()


def holds(image, colour) -> bool:
    sides = (range(image.width()), range(image.height()))
    return any(image.pixelColor(x, y) == colour for x in sides[0] for y in sides[1])


def test_an_empty_list_has_no_current_item_and_no_neighbour(theme, qtbot):
    empty = ItemList(theme)
    qtbot.addWidget(empty)
    assert empty.current is None
    assert empty.neighbour(1) is None
    assert empty.neighbour(-1) is None


def test_from_nothing_the_neighbours_are_the_first_and_the_last(rows):
    assert rows.neighbour(1) == rows.items[0]
    assert rows.neighbour(-1) == rows.items[-1]


def test_neighbours_of_a_chosen_item_are_those_beside_it(rows):
    rows.select(rows.items[7].id)
    assert (rows.neighbour(-1), rows.neighbour(1)) == (rows.items[6], rows.items[8])


def test_getting_the_keyboard_chooses_nothing(rows, qtbot):
    with qtbot.assertNotEmitted(rows.item_reached):
        rows.setFocus()
        QApplication.processEvents()
    assert rows.current is None


def test_each_key_down_reaches_one_item(rows, qtbot):
    reached = []
    rows.item_reached.connect(reached.append)
    rows.setFocus()
    for _ in range(3):
        QTest.keyClick(rows, Qt.Key.Key_Down)
    assert reached == list(rows.items[:3])


def test_home_and_end_lead_to_the_ends(rows):
    rows.select(rows.items[5].id)
    QTest.keyClick(rows, Qt.Key.Key_End)
    assert rows.current == rows.items[-1]
    QTest.keyClick(rows, Qt.Key.Key_Home)
    assert rows.current == rows.items[0]


def test_a_click_reaches_an_item_and_wants_it(rows, qtbot):
    place = rows.visualRect(rows.model().index(3, 0)).center()
    with qtbot.waitSignals([rows.item_reached, rows.item_wanted]):
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert rows.current == rows.items[3]


def test_a_click_below_the_rows_wants_nothing(rows, qtbot):
    rows.show_items(many(2))
    with qtbot.assertNotEmitted(rows.item_wanted):
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 380))


def test_selecting_brings_an_item_into_sight(rows):
    assert rows.select(rows.items[30].id)
    rect = rows.visualRect(rows.model().index(30, 0))
    assert rows.viewport().rect().contains(rect.center())


def test_what_is_not_listed_cannot_be_selected(rows):
    assert not rows.holds("event:77:")
    assert not rows.select("event:77:")
    assert rows.current is None


def test_other_items_keep_the_chosen_one_without_a_word(rows, qtbot):
    rows.select(rows.items[4].id)
    with qtbot.assertNotEmitted(rows.item_reached):
        rows.show_items(tuple(reversed(many(40))))
    assert rows.current.id == "event:4:"


def test_an_item_that_is_gone_leaves_nothing_chosen(rows):
    rows.select(rows.items[4].id)
    rows.show_items(many(3))
    assert rows.current is None


def test_the_list_does_not_jump_when_nothing_is_chosen(rows):
    rows.verticalScrollBar().setValue(200)
    rows.show_items(many(40))
    assert rows.verticalScrollBar().value() == 200


@pytest.mark.parametrize("kind", [kind for kind in PairKind if kind.sign is not None])
def test_every_difference_has_a_sign_in_the_colour_of_differences(rows, theme, kind):
    rows.show_items((item(1, kind=kind),))
    assert holds(row_image(rows, 0), theme.colour("err"))


def test_what_is_alike_has_a_tick_and_no_sign_of_difference(rows, theme):
    rows.show_items((item(1, kind=PairKind.SAME),))
    assert not holds(row_image(rows, 0), theme.colour("err"))


def test_signs_of_different_kinds_look_different(rows):
    kinds = (PairKind.MISSED, PairKind.EXTRA, PairKind.OTHER_CODE, PairKind.TIMING, PairKind.SAME)
    rows.show_items(tuple(item(1, kind=kind, id=kind.value) for kind in kinds))
    images = [row_image(rows, row) for row in range(len(kinds))]
    assert all(a != b for place, a in enumerate(images) for b in images[place + 1 :])


def test_the_chosen_row_is_told_by_a_bar_and_not_by_its_ground_alone(rows, theme):
    rows.select(rows.items[1].id)
    image = row_image(rows, 1)
    assert image.pixelColor(1, image.height() // 2) == theme.colour("accent")
    assert image.pixelColor(image.width() - 3, 4) == theme.colour("sel")


def test_both_names_and_both_sides_are_spoken(rows):
    rows.set_names(PairNames(own="K1", reference="K2"))
    spoken = rows.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "0:02.0, only K2: K1 nothing; K2 reach 2"


def test_long_names_leave_room_for_the_words(rows):
    rows.set_names(PairNames(own="a coder with a very long name", reference="another one"))
    assert not row_image(rows, 0).isNull()


def test_words_too_long_for_a_row_do_not_run_into_its_mark(rows, theme):
    rows.show_items((item(1, reference="a very long code, toward caregiver, " * 4),))
    plain = row_image(rows, 0)
    rows.set_marks({rows.items[0].id: RowMark(icon="check", words="settled")})
    marked = row_image(rows, 0)
    assert plain != marked
    assert holds(marked, theme.colour("accent"))


def test_marks_tell_only_the_rows_that_change(rows):
    told = []
    rows.set_marks({"event:3:": RowMark(icon="check", words="a")})
    rows.model().dataChanged.connect(lambda first, _last, _roles: told.append(first.row()))
    rows.set_marks(
        {
            "event:3:": RowMark(icon="check", words="a"),
            "event:5:": RowMark(icon="comment", words="b"),
        }
    )
    assert told == [5]


def test_a_mark_of_an_item_that_is_not_listed_waits_for_it(rows):
    rows.show_items(many(3))
    rows.set_marks({"event:9:": RowMark(icon="check", words="settled")})
    rows.show_items(many(12))
    assert rows.model().index(9, 0).data().endswith("settled")


def test_rows_are_painted_in_the_dark_too(rows, theme):
    light = row_image(rows, 0)
    theme.set_scheme(Scheme.DARK)
    try:
        QApplication.processEvents()
        assert row_image(rows, 0) != light
    finally:
        theme.set_scheme(Scheme.LIGHT)


def test_nothing_lies_under_a_row_and_no_row_outside():
    model = ItemModel()
    model.show_items(many(2))
    assert model.rowCount(model.index(0)) == 0
    assert model.data(QModelIndex()) is None
    assert model.data(model.index(0), Qt.ItemDataRole.DecorationRole) is None
    assert model.place_of("event:1:") == 1
    assert model.place_of("event:2:") is None


def test_five_thousand_items_are_rows_of_one_height_and_no_widgets(rows):
    rows.show_items(many(5_000))
    assert rows.uniformItemSizes()
    assert rows.model().rowCount() == 5_000
    before = len(rows.findChildren(object))
    rows.scrollToBottom()
    QApplication.processEvents()
    assert len(rows.findChildren(object)) == before
