from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.ui.code.modifier_bar import ModifierBar
from ssp_coder.ui.kit.button import PushButton
from tests.builders import INFANT, add, after, coding, event_of, infant_scheme

SCHEME = infant_scheme()
HINT = "A second key adds"


@pytest.fixture
def bar(theme, qtbot):
    made = ModifierBar(theme, SCHEME)
    qtbot.addWidget(made)
    made.resize(800, 40)
    made.show()
    return made


def row(bar, kind):
    widgets = [bar._row.itemAt(place).widget() for place in range(bar._row.count())]
    return [widget for widget in widgets if isinstance(widget, kind)]


def words(bar):
    return [label.text() for label in row(bar, QLabel)]


def names(bar):
    return [button.accessibleName() for button in row(bar, PushButton)]


def chosen(bar):
    return [button.accessibleName() for button in row(bar, PushButton) if button.isChecked()]


def named(bar, name):
    return next(button for button in row(bar, PushButton) if button.accessibleName() == name)


def expected_names(code):
    return [
        f"{modifier.title}: {value.title}"
        for modifier in map(SCHEME.ethogram.modifier, SCHEME.ethogram.code(code).modifiers)
        for value in modifier.values
    ]


def event(code, **fields):
    return event_of(after(coding(), add(code, 62.34, **fields)), code)


INFANT_POINTS = [
    code.id
    for group in SCHEME.ethogram.groups
    if INFANT in group.subjects
    for code in group.codes
    if code.kind is CodeKind.POINT
]


@pytest.mark.parametrize("code", INFANT_POINTS)
def test_the_bar_offers_exactly_what_the_code_takes(bar, code):
    bar.show_event(event(code))
    assert names(bar) == expected_names(code)


def test_an_empty_bar_says_what_it_is_for(bar):
    assert words(bar)[0].startswith(HINT)
    assert names(bar) == []


def test_the_bar_names_the_event_and_its_time(bar):
    bar.show_event(event("seeking.reach"))
    assert words(bar) == ["reach", "1:02.34"]


def test_modifiers_that_were_chosen_are_pressed_in(bar):
    bar.show_event(event("seeking.reach", modifiers={"toward": "s", "intensity": "2"}))
    assert chosen(bar) == ["Toward: Stranger", "Intensity: Medium"]


def test_a_click_emits_the_modifier_and_the_value(bar, qtbot):
    bar.show_event(event("seeking.reach"))
    with qtbot.waitSignal(bar.value_chosen) as asked:
        named(bar, "Toward: Toy").click()
    assert asked.args == ["toward", "toy"]


def test_the_bar_keeps_its_height_with_and_without_an_event(bar):
    empty = bar.height()
    bar.show_event(event("seeking.reach"))
    assert bar.height() == empty
    bar.show_event(None)
    assert bar.height() == empty
    assert words(bar)[0].startswith(HINT)


def test_buttons_of_the_bar_leave_the_keys_to_the_board(bar):
    bar.show_event(event("seeking.reach"))
    assert {button.focusPolicy() for button in row(bar, PushButton)} == {Qt.FocusPolicy.TabFocus}


def test_a_point_with_modifiers_opens_the_bar(desk):
    desk.press("i")
    assert words(desk.page.coding.bar) == ["reach", "10:00.00"]


def test_a_state_leaves_the_bar_closed(desk):
    desk.press("3")
    assert words(desk.page.coding.bar)[0].startswith(HINT)


def test_a_key_presses_the_button_in_and_out(desk):
    desk.press("i", "c")
    assert chosen(desk.page.coding.bar) == ["Toward: Caregiver"]
    desk.press("2")
    assert chosen(desk.page.coding.bar) == ["Toward: Caregiver", "Intensity: Medium"]
    desk.press("c")
    assert chosen(desk.page.coding.bar) == ["Intensity: Medium"]


def test_a_click_chooses_and_a_second_click_takes_it_back(desk):
    desk.press("i")
    desk.click(named(desk.page.coding.bar, "Intensity: Strong"))
    assert desk.events[0].modifiers == (("intensity", "3"),)
    assert chosen(desk.page.coding.bar) == ["Intensity: Strong"]
    desk.click(named(desk.page.coding.bar, "Intensity: Strong"))
    assert desk.events[0].modifiers == ()
    assert chosen(desk.page.coding.bar) == []


def test_the_bar_follows_an_undo_of_the_modifier(desk):
    desk.press("i", "c")
    desk.session.undo()
    assert chosen(desk.page.coding.bar) == []
    assert names(desk.page.coding.bar) == expected_names("seeking.reach")


def test_the_bar_closes_when_its_event_is_taken_back(desk):
    desk.press("i")
    desk.session.undo()
    assert words(desk.page.coding.bar)[0].startswith(HINT)
    desk.press("3")
    assert [event.code for event in desk.events] == ["distress.cry"]


def test_the_bar_closes_with_escape_and_for_another_person(desk):
    desk.press("i")
    desk.page.close_bar()
    assert names(desk.page.coding.bar) == []
    desk.press("u")
    assert names(desk.page.coding.bar)
    desk.page.board.subject_chosen.emit("caregiver")
    assert names(desk.page.coding.bar) == []


def test_the_bar_closes_far_from_its_event_and_opens_again_near_it(desk):
    desk.press("i")
    desk.at(620)
    assert names(desk.page.coding.bar) == []
    desk.at(601)
    assert names(desk.page.coding.bar) == expected_names("seeking.reach")


def test_the_next_code_takes_the_bar_over(desk):
    desk.press("i", "6")
    assert words(desk.page.coding.bar)[0] == str(SCHEME.ethogram.code("avoidance.turn_away").short)
    assert names(desk.page.coding.bar) == expected_names("avoidance.turn_away")


def test_the_hint_is_gone_for_good_once_the_bar_is_filled(desk, qtbot):
    desk.press("i")
    bar = desk.page.coding.bar
    qtbot.waitUntil(lambda: not any(HINT in label.text() for label in bar.findChildren(QLabel)))
