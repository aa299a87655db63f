from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ssp_coder.ui.code.keysigns import cap_text, code_key, physical_sign


@pytest.mark.parametrize(
    ("platform", "scan", "sign"),
    [
        ("linux", 24, "q"),
        ("linux", 52, "z"),
        ("linux", 10, "1"),
        ("linux", 59, ","),
        ("win32", 16, "q"),
        ("win32", 44, "z"),
        ("win32", 2, "1"),
    ],
)
def test_a_key_is_known_by_its_place_whatever_the_layout_prints_on_it(platform, scan, sign):
    german_y = Qt.Key.Key_Y
    assert physical_sign(key=german_y, scan_code=scan, virtual_key=0, platform=platform) == sign


@pytest.mark.parametrize(("code", "sign"), [(12, "q"), (0, "a"), (6, "z"), (43, ","), (29, "0")])
def test_apple_keyboards_tell_the_place_by_another_number(code, sign):
    key = Qt.Key.Key_A if code == 0 else Qt.Key.Key_Y
    assert physical_sign(key=key, scan_code=0, virtual_key=code, platform="darwin") == sign


def test_a_key_made_by_a_program_is_known_by_its_sign():
    known = physical_sign(key=Qt.Key.Key_W, scan_code=0, virtual_key=0, platform="linux")
    assert known == "w"


def test_keys_of_the_program_record_nothing():
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_F1, Qt.Key.Key_Escape):
        assert physical_sign(key=key, scan_code=0, virtual_key=0, platform="linux") == ""


def press(key, held=Qt.KeyboardModifier.NoModifier):
    return code_key(QKeyEvent(QEvent.Type.KeyPress, key, held))


def test_shift_is_part_of_a_code_key_and_other_modifiers_belong_to_the_program():
    assert press(Qt.Key.Key_W) == "w"
    assert press(Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier) == "shift+w"
    assert press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier) == ""
    assert press(Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier) == ""


def test_the_numeric_keypad_is_never_needed_but_understood():
    assert press(Qt.Key.Key_3, Qt.KeyboardModifier.KeypadModifier) == "3"


def test_a_key_cap_shows_shift_as_an_arrow():
    assert cap_text("shift+y") == "⇧Y"
    assert cap_text("q") == "Q"
