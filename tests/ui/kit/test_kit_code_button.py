import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from ssp_coder.ui.kit.code_button import CodeButton, CodeFace
from ssp_coder.ui.kit.marks import MarkShape

FACE = CodeFace(label="held by C", key="W", slot="green")


@pytest.fixture
def button(theme, shown):
    return shown(CodeButton(theme, FACE))


def test_a_click_is_told(button, qtbot):
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_space_bar_clicks(button, qtbot):
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_outside_the_pass_it_neither_clicks_nor_takes_the_focus(button, qtbot):
    button.set_in_pass(False)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert "not in this pass" in button.accessibleName()


def test_back_in_the_pass_it_clicks_again(button, qtbot):
    button.set_in_pass(False)
    button.set_in_pass(True)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_room_of_the_ring_is_not_part_of_the_button(button):
    assert not button.hitButton(QPoint(0, 0))
    assert button.hitButton(button.rect().center())


def test_lit_means_tint_onset_edge_and_a_spoken_word(any_theme, shown, has_colour):
    button = shown(CodeButton(any_theme, FACE))
    group = any_theme.group("green")
    assert not has_colour(button, group.tint)
    button.set_lit(True)
    assert has_colour(button, group.tint, 200)
    assert has_colour(button, group.edge, 60)
    assert button.accessibleName() == "held by C, key W, open"


def test_being_lit_does_not_move_or_resize_it(button):
    before = button.sizeHint(), button.minimumSizeHint()
    button.set_lit(True)
    assert (button.sizeHint(), button.minimumSizeHint()) == before


def test_rest_hardly_differs_from_outside_the_pass_except_for_the_ground(button, has_colour, theme):
    assert has_colour(button, theme.tokens.panel, 200)
    button.set_in_pass(False)
    assert not has_colour(button, theme.tokens.panel, 200)


def test_focus_paints_the_accent_ring(button, has_colour, theme):
    assert not has_colour(button, theme.tokens.accent, 100)
    button.setFocus()
    assert has_colour(button, theme.tokens.accent, 2 * button.width())


def test_a_key_conflict_is_shown_and_says_why(button, has_colour, theme):
    button.show_conflict("W is also the key of fuss")
    assert has_colour(button, theme.tokens.errsoft, 200)
    assert button.accessibleDescription() == "W is also the key of fuss"
    button.show_conflict("")
    assert not has_colour(button, theme.tokens.errsoft)


def test_a_code_without_a_key_shows_its_mark(theme, shown, has_colour):
    face = CodeFace(label="reach", slot="orange", shape=MarkShape.TRIANGLE_UP)
    button = shown(CodeButton(theme, face))
    assert has_colour(button, theme.group("orange").fill, 20)


def test_another_key_is_shown_and_spoken(button):
    before = button.sizeHint()
    button.set_face(CodeFace(label="held by C", key="Space", slot="green"))
    assert button.accessibleName() == "held by C, key Space"
    assert button.sizeHint().width() > before.width()


def test_a_disabled_button_has_no_ground(button, has_colour, theme, qtbot):
    button.setEnabled(False)
    assert not has_colour(button, theme.tokens.panel, 200)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_has_the_role_of_a_button(button):
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface.role() is QAccessible.Role.Button
    assert interface.text(QAccessible.Text.Name) == "held by C, key W"


def test_a_click_target_has_at_least_twenty_four_pixels(button):
    assert button.height() >= 24


def test_long_names_elide_and_stay_in_the_tooltip(theme, shown):
    name = "leans strongly toward the caregiver"
    button = shown(CodeButton(theme, CodeFace(label=name, key="P", slot="orange")), (90, 27))
    assert button.minimumSizeHint().width() < 90
    assert button.toolTip() == name
