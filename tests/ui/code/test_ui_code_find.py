from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.ui.code.table_columns import Column
from ssp_coder.ui.code.table_filter import SHOW_ALL, EventFilter
from ssp_coder.ui.kit.chip import Chip
from tests.builders import CAREGIVER, add


@pytest.fixture
def find(desk):
    desk.session.submit(add("seeking.reach", 600, modifiers={"toward": "c"}))
    desk.session.submit(add("seeking.lean", 610, comment="over the edge"))
    desk.session.submit(add("distress.cry", 620, end=625))
    desk.session.submit(add("adult_acts.greet", 350, subject=CAREGIVER))
    return desk.page.events.find


def codes(desk):
    model = desk.page.events.model
    return [model.event_at(row).code.partition(".")[2] for row in range(model.rowCount())]


def note(desk):
    return desk.page.events.view.note()


def chips(find):
    return [chip for chip in find.chips.findChildren(Chip) if chip.isVisibleTo(find.chips)]


def entry(menu, *path):
    """An entry of a menu by its words, through sub-menus."""
    for words in path[:-1]:
        menu = next(a.menu() for a in menu.actions() if a.text() == words)
    return next(action for action in menu.actions() if action.text() == path[-1])


def choose(find, *path):
    menu = find.filter_menu()
    entry(menu, *path).trigger()
    menu.deleteLater()


def test_typed_words_narrow_the_list_with_each_letter(desk, find):
    QTest.keyClicks(find.field, "le")
    assert codes(desk) == ["lean"]
    assert note(desk) == "1 of 4"
    QTest.keyClicks(find.field, "x")
    assert codes(desk) == []
    QTest.keyClick(find.field, Qt.Key.Key_Backspace)
    assert codes(desk) == ["lean"]


def test_escape_shows_everything_again_and_the_next_one_goes_to_the_list(desk, find):
    find.focus_field()
    QTest.keyClicks(find.field, "edge")
    choose(find, "With a comment")
    QTest.keyClick(find.field, Qt.Key.Key_Escape)
    assert find.field.text() == ""
    assert desk.page.events.model.filter == SHOW_ALL
    assert note(desk) == "4"
    assert find.field.hasFocus()
    QTest.keyClick(find.field, Qt.Key.Key_Escape)
    assert desk.page.table.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_from_the_field_the_keyboard_goes_to_the_list(desk, find, key):
    find.focus_field()
    QTest.keyClick(find.field, key)
    assert desk.page.table.hasFocus()


@pytest.mark.parametrize(
    ("path", "left"),
    [
        (("Seeking", "All of Seeking"), ["lean", "reach"]),
        (("Seeking", "Reach"), ["reach"]),
        (("Person", "Caregiver"), ["greet"]),
        (("Episode", "EP5"), ["cry", "lean", "reach"]),
        (("Episode", "Outside all episodes"), []),
        (("With a comment",), ["lean"]),
    ],
)
def test_wishes_are_chosen_in_the_menu_and_taken_back_there(desk, find, path, left):
    if path[-1] == "EP5":
        plan = desk.session.scheme.procedure.episode("EP5")
        path = ("Episode", f"EP5  {plan.title}")
    choose(find, *path)
    assert codes(desk) == left
    assert find.filter_button.isChecked()
    menu = find.filter_menu()
    assert entry(menu, *path).isChecked()
    menu.deleteLater()
    choose(find, *path)
    assert codes(desk) == ["cry", "lean", "reach", "greet"]
    assert not find.filter_button.isChecked()


def test_chips_show_what_is_in_force_and_their_cross_takes_it_back(desk, find):
    choose(find, "Seeking", "All of Seeking")
    choose(find, "With a comment")
    assert [chip.face.text for chip in chips(find)] == ["Seeking", "With a comment"]
    QTest.keyClick(chips(find)[1], Qt.Key.Key_Delete)
    assert [chip.face.text for chip in chips(find)] == ["Seeking"]
    assert codes(desk) == ["lean", "reach"]
    chips(find)[0].removed.emit()
    assert not find.chips.isVisible()


def test_a_chip_names_two_choices_and_counts_the_others(desk, find):
    wanted = frozenset(code.id for code in desk.session.scheme.ethogram.groups[5].codes)
    desk.page.events.show_only(EventFilter(codes=wanted))
    assert chips(find)[0].face.text.endswith(f"+{len(wanted) - 2}")


def test_show_all_is_offered_only_while_something_is_left_out(desk, find):
    menu = find.filter_menu()
    assert not entry(menu, "Show all events").isEnabled()
    menu.deleteLater()
    choose(find, "With a comment")
    choose(find, "Show all events")
    assert len(codes(desk)) == 4


def test_an_event_that_the_filter_hides_is_coded_all_the_same_and_said_quietly(desk, find):
    choose(find, "With a comment")
    desk.at(700)
    desk.press("i")
    assert codes(desk) == ["lean"]
    assert len(desk.events) == 5
    assert note(desk) == "1 of 5  ·  1 new not shown"
    desk.page.events.show_all()
    assert note(desk) == "5"


def test_an_event_that_passes_comes_to_its_place(desk, find):
    choose(find, "Seeking", "All of Seeking")
    desk.at(605)
    desk.press("i")
    assert codes(desk) == ["lean", "reach", "reach"]
    assert note(desk) == "3 of 5"


def test_what_is_selected_and_still_shown_stays_selected(desk, find, qtbot):
    desk.select(2, 3)
    QTest.keyClicks(find.field, "lean")
    selected = desk.page.table.selected_events()
    assert [desk.coding.event(event).code for event in selected] == ["seeking.lean"]
    assert desk.page.timeline.selected() == {str(selected[0])}


def test_all_that_is_shown_is_selected_and_nothing_else(desk, find):
    choose(find, "Seeking", "All of Seeking")
    desk.page.events.select_shown()
    desk.page.delete_selected()
    assert sorted(event.code for event in desk.events) == ["adult_acts.greet", "distress.cry"]


def test_the_row_looked_at_stays_where_it_is_while_the_list_is_narrowed(desk):
    for place in range(120):
        code = "seeking.reach" if place % 2 else "seeking.lean"
        desk.session.submit(add(code, 300 + place))
    table, model, find = desk.page.table, desk.page.events.model, desk.page.events.find
    looked_at = model.event_at(60)
    assert looked_at.code == "seeking.reach"
    table.setCurrentIndex(model.index(60, 0))
    table.scrollTo(model.index(60, 0), table.ScrollHint.PositionAtCenter)
    before = table.visualRect(table.currentIndex()).top()
    find.field.setFocus()
    QTest.keyClicks(find.field, "reach")
    row = model.row_of(looked_at.id)
    assert model.rowCount() == 60
    assert table.visualRect(model.index(row, 0)).top() == before
    assert table.currentIndex().row() == row


def test_columns_and_order_are_chosen_by_menu(desk, find):
    menu = find.columns_menu()
    assert entry(menu, "Sort by", "Start").isChecked()
    entry(menu, "Group").trigger()
    entry(menu, "Sort by", "Code").trigger()
    menu.deleteLater()
    table = desk.page.table
    assert not table.isColumnHidden(Column.GROUP)
    assert table.sorted_by() == (Column.CODE, False)
    assert codes(desk) == ["cry", "greet", "lean", "reach"]


def test_field_and_buttons_have_names(find):
    widgets = (find.field, find.filter_button, find.columns_button)
    names = [widget.accessibleName() for widget in widgets]
    assert names == ["Find in events", "Filter the list", "Columns and order of the list"]


def test_a_filter_set_from_elsewhere_is_seen_in_the_line(desk, find):
    desk.page.events.show_only(EventFilter(text="reach", subjects=frozenset({CAREGIVER})))
    assert find.field.text() == "reach"
    assert [chip.face.text for chip in chips(find)] == ["Caregiver"]
    assert codes(desk) == []
