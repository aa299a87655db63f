from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ssp_coder.ui.code.board import LockSign
from ssp_coder.ui.code.passes import Pass, Passes, passes_from, passes_text
from ssp_coder.ui.code.passes_chooser import PassChooser
from ssp_coder.ui.code.passes_dialog import PassDialog
from tests.builders import infant_scheme

ETHOGRAM = infant_scheme().ethogram
CRYING = Pass(name="Crying", groups=("distress",))
LOOKS = Pass(name="Looks & gaze", groups=("gaze", "distance"), greyed=False)
BOTH = Passes(kept=(CRYING, LOOKS))


# ---------------------------------------------------------------------- values


def test_all_groups_are_coded_at_first():
    assert Passes().current is None
    assert BOTH.current is None
    assert BOTH.place == 0


def test_the_next_pass_comes_after_the_last_as_all_groups():
    names = []
    passes = BOTH
    for _ in range(4):
        passes = passes.beside(1)
        names.append(passes.in_force)
    assert names == ["Crying", "Looks & gaze", "", "Crying"]
    assert BOTH.beside(-1).current == LOOKS


def test_a_kept_pass_is_in_force_and_takes_the_place_of_the_one_changed():
    more = BOTH.keeping(Pass(name="Acts", groups=("seeking",)))
    assert [one.name for one in more.kept] == ["Crying", "Looks & gaze", "Acts"]
    assert more.in_force == "Acts"
    renamed = more.keeping(Pass(name="Distress", groups=("distress",)), "Crying")
    assert [one.name for one in renamed.kept] == ["Distress", "Looks & gaze", "Acts"]


def test_after_a_deleted_pass_all_groups_are_coded():
    left = BOTH.choosing("Crying").without("Crying")
    assert left.kept == (LOOKS,)
    assert left.current is None


@pytest.mark.parametrize("name", ["Crying", "Looks & gaze"])
def test_a_deleted_pass_comes_back_in_its_place(name):
    left = BOTH.choosing(name).without(name)
    assert left.beside(1).brought_back() == BOTH.choosing(name)


def test_a_deleted_pass_does_not_come_back_beside_a_new_one_of_its_name():
    left = BOTH.choosing("Crying").without("Crying")
    assert left.keeping(Pass(name="Acts", groups=("seeking",))).deleted == left.deleted
    again = left.keeping(Pass(name="Crying", groups=("gaze",)))
    assert again.brought_back() == again


def test_deleting_where_no_pass_is_in_force_deletes_none():
    assert BOTH.without("") == BOTH


def test_a_deleted_pass_is_not_kept_in_the_settings():
    left = BOTH.choosing("Crying").without("Crying")
    assert passes_from(passes_text(left)) == Passes(kept=(LOOKS,))


def test_passes_come_back_from_the_settings_as_they_were():
    passes = BOTH.choosing("Looks & gaze")
    assert passes_from(passes_text(passes)) == passes


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"passes": 3}', '{"passes": [{}]}', "7"])
def test_what_cannot_be_read_is_no_pass(text):
    assert passes_from(text) == Passes()


def test_groups_that_an_ethogram_has_not_are_left_out():
    odd = Passes(
        kept=(Pass(name="a", groups=("distress", "gone")), Pass(name="b", groups=("gone",))),
        in_force="b",
    ).fitting(ETHOGRAM)
    assert [(one.name, one.groups) for one in odd.kept] == [("a", ("distress",))]
    assert odd.current is None


# ---------------------------------------------------------------------- on the board


@pytest.fixture
def desk(fresh):
    """The desk of the module, with all groups before and after."""
    fresh.page.coding.set_passes(Passes())
    yield fresh
    fresh.page.coding.set_passes(Passes())


def codes(desk, group):
    return [code.id for code in ETHOGRAM.group(group).codes]


def test_keys_outside_the_pass_do_nothing_and_say_why(desk):
    said = []
    desk.page.coding.said.connect(said.append)
    desk.page.coding.set_passes(BOTH.choosing("Crying"))
    desk.press("z")
    assert desk.events == ()
    assert "Crying" in said[0]
    assert str(ETHOGRAM.group("gaze").title) in said[0]
    desk.press("3")
    assert [event.code for event in desk.events] == ["distress.cry"]
    assert len(said) == 1


def test_other_groups_are_greyed_with_a_lock(desk):
    desk.page.coding.set_passes(BOTH.choosing("Crying"))
    board = desk.page.board
    for code in codes(desk, "gaze"):
        desk.click(board.button(code))
        assert board.button(code).focusPolicy() is Qt.FocusPolicy.NoFocus
    assert desk.events == ()
    shown = {group.id for group in ETHOGRAM.groups if board.subject in group.subjects}
    assert len(board.body().findChildren(LockSign)) == len(shown) - 1
    assert all(sign.accessibleName() for sign in board.body().findChildren(LockSign))
    desk.click(board.button("distress.cry"))
    assert len(desk.events) == 1


def test_other_groups_are_left_out_where_the_pass_says_so(desk):
    desk.page.coding.set_passes(BOTH.choosing("Looks & gaze"))
    assert set(desk.page.board._buttons) == {*codes(desk, "gaze"), *codes(desk, "distance")}
    titles = {label.text() for label in desk.page.board.body().findChildren(QLabel)}
    assert str(ETHOGRAM.group("distress").title) not in titles


def test_states_outside_the_pass_stay_lit(desk):
    desk.press("z")
    desk.page.coding.set_passes(BOTH.choosing("Crying"))
    assert desk.page.board.button("gaze.to_c").lit


def test_a_pass_closes_the_bar_of_an_event_outside_it(desk):
    desk.press("i")
    assert desk.page.bar_is_open
    desk.page.coding.set_passes(BOTH.choosing("Crying"))
    desk.press("c")
    assert not desk.page.bar_is_open
    assert desk.events[0].modifiers == ()


def test_a_pass_without_codes_of_the_person_says_what_to_do(desk):
    desk.page.coding.set_passes(BOTH.choosing("Looks & gaze"))
    other = next(
        place
        for place, person in enumerate(desk.page.coding.subjects)
        if not any(person in ETHOGRAM.group(group).subjects for group in LOOKS.groups)
    )
    desk.page.coding.choose_subject(other)
    words = " ".join(label.text() for label in desk.page.board.body().findChildren(QLabel))
    assert "Looks & gaze has no codes" in words
    desk.page.coding.set_passes(BOTH)
    words = " ".join(label.text() for label in desk.page.board.body().findChildren(QLabel))
    assert "has no codes" not in words


def test_what_was_coded_outside_the_pass_is_neither_taken_back_nor_moved(desk):
    said = []
    desk.page.coding.said.connect(said.append)
    desk.press("z")
    desk.page.coding.set_passes(BOTH.choosing("Crying"))
    desk.at(601)
    before = desk.events
    desk.page.coding.take_back()
    desk.page.coding.move_here()
    assert desk.events == before
    assert len(said) == 2
    assert all("Crying" in words for words in said)


def test_all_groups_give_everything_back(desk):
    desk.page.coding.set_passes(BOTH.choosing("Looks & gaze"))
    desk.page.coding.set_passes(BOTH)
    desk.press("3", "z")
    assert len(desk.events) == 2
    assert desk.page.board.body().findChildren(LockSign) == []


def test_a_pass_makes_no_button_anew_while_it_stays_the_same(desk):
    desk.page.coding.set_passes(BOTH.choosing("Crying"))
    button = desk.page.board.button("distress.cry")
    desk.page.coding.set_passes(BOTH.keeping(LOOKS, "Looks & gaze").choosing("Crying"))
    assert desk.page.board.button("distress.cry") is button


# ---------------------------------------------------------------------- chooser


@pytest.fixture
def chooser(theme, qtbot):
    made = PassChooser(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def actions(chooser):
    return {action.text(): action for action in chooser.menu.actions() if action.text()}


def test_the_chooser_names_the_pass_in_force(chooser):
    assert chooser.text() == "All groups"
    chooser.show_passes(BOTH.choosing("Crying"))
    assert chooser.text() == "Crying"
    assert "Crying" in chooser.accessibleName()
    assert "Crying" in chooser.toolTip()


def test_the_menu_offers_every_pass_and_checks_the_one_in_force(chooser):
    chooser.show_passes(BOTH.choosing("Crying"))
    offered = actions(chooser)
    assert list(offered)[:3] == ["All groups", "Crying", "Looks && gaze"]
    assert [name for name, action in offered.items() if action.isChecked()] == ["Crying"]


def test_choosing_in_the_menu_tells_the_name(chooser, qtbot):
    chooser.show_passes(BOTH)
    with qtbot.waitSignal(chooser.pass_chosen) as said:
        actions(chooser)["Looks && gaze"].trigger()
    assert said.args == ["Looks & gaze"]
    with qtbot.waitSignal(chooser.pass_chosen) as said:
        actions(chooser)["All groups"].trigger()
    assert said.args == [""]


def test_all_groups_can_be_neither_changed_nor_deleted(chooser):
    offered = actions(chooser)
    assert not offered["Change this pass…"].isEnabled()
    assert not offered["Delete this pass"].isEnabled()
    chooser.show_passes(BOTH.choosing("Crying"))
    assert actions(chooser)["Change this pass…"].isEnabled()


def test_the_chooser_opens_its_menu_by_keyboard(chooser, qtbot):
    chooser.setFocus()
    QTest.keyClick(chooser, Qt.Key.Key_Space)
    qtbot.waitUntil(chooser.menu.isVisible)
    chooser.menu.close()


def test_a_long_name_does_not_push_the_persons_away(chooser):
    chooser.show_passes(Passes(kept=(Pass(name="x" * 40, groups=("gaze",)),), in_force="x" * 40))
    assert chooser.sizeHint().width() < 200
    chooser.grab()


# ---------------------------------------------------------------------- dialog


def made_dialog(theme, qtbot, start=None, taken=frozenset()):
    dialog = PassDialog(theme, ETHOGRAM, frozenset(taken), start)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_pass_wants_a_name_and_a_group(theme, qtbot):
    dialog = made_dialog(theme, qtbot)
    assert not dialog.keep_button.isEnabled()
    QTest.keyClicks(dialog.name.edit, "Looks")
    assert not dialog.keep_button.isEnabled()
    assert dialog.hint.text()
    dialog.boxes["gaze"].setChecked(True)
    assert dialog.keep_button.isEnabled()
    dialog.keep_button.click()
    assert dialog.result_value == Pass(name="Looks", groups=("gaze",), greyed=True)
    assert dialog.result() == 1


def test_a_name_that_is_taken_is_refused_under_the_field(theme, qtbot):
    dialog = made_dialog(theme, qtbot, taken={"Crying"})
    dialog.boxes["gaze"].setChecked(True)
    QTest.keyClicks(dialog.name.edit, "Crying")
    assert dialog.name.error()
    assert not dialog.keep_button.isEnabled()
    QTest.keyClicks(dialog.name.edit, "2")
    assert not dialog.name.error()
    assert dialog.keep_button.isEnabled()


def test_a_pass_is_shown_as_it_is_to_be_changed(theme, qtbot):
    dialog = made_dialog(theme, qtbot, start=LOOKS)
    assert dialog.result_value == Pass(
        name="Looks & gaze", groups=("distance", "gaze"), greyed=False
    )
    assert dialog.keep_button.isEnabled()


def test_every_group_of_the_ethogram_is_offered_by_its_name(theme, qtbot):
    dialog = made_dialog(theme, qtbot)
    assert [box.text() for box in dialog.boxes.values()] == [
        str(group.title) for group in ETHOGRAM.groups
    ]
    assert all(box.accessibleName() for box in dialog.boxes.values())
