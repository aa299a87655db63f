"""Keys as keyboards of other countries send them, on each system."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.code import keysigns
from ssp_coder.ui.code.key_filter import KeyFilter
from ssp_coder.ui.code.keysigns import KEY_ROWS, code_key, place_of
from tests.builders import infant_scheme

SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
KEYBOARD_FLAG = 0x100

# What each layout's keys are called by Qt where a US keyboard has the sign at the left.
GERMAN = {"z": Qt.Key.Key_Y, "y": Qt.Key.Key_Z, "-": Qt.Key.Key_ssharp, ";": Qt.Key.Key_Odiaeresis}
GERMAN |= {"[": Qt.Key.Key_Udiaeresis, "=": Qt.Key.Key_Dead_Acute, "/": Qt.Key.Key_Minus}
FRENCH = {"q": Qt.Key.Key_A, "a": Qt.Key.Key_Q, "w": Qt.Key.Key_Z, "z": Qt.Key.Key_W}
FRENCH |= {"1": Qt.Key.Key_Ampersand, "2": Qt.Key.Key_Eacute, "3": Qt.Key.Key_QuoteDbl}
FRENCH |= {"m": Qt.Key.Key_Comma, ";": Qt.Key.Key_M, "0": Qt.Key.Key_Agrave}
CYRILLIC = {"q": 0x0419, "a": 0x0424, "z": 0x042F, "[": 0x0425, ";": 0x0416, ",": 0x0411}
LAYOUTS = {"german": GERMAN, "french": FRENCH, "cyrillic": CYRILLIC}

# First codes of the rows on X11 and Windows; Apple's numbers of the keys above.
X11 = dict(zip(KEY_ROWS, (10, 24, 38, 52), strict=True))
WINDOWS = dict(zip(KEY_ROWS, (0x02, 0x10, 0x1E, 0x2C), strict=True))
APPLE = {"a": 0, "z": 6, "q": 12, "w": 13, "y": 16, "1": 18, "2": 19, "3": 20, "=": 24, "-": 27}
APPLE |= {"0": 29, "[": 33, ";": 41, ",": 43, "/": 44, "m": 46}

CASES = [
    (system, layout, sign)
    for system in ("linux", "win32", "darwin")
    for layout, signs in LAYOUTS.items()
    for sign in signs
]


def native(system, sign, key, held=PLAIN, kind=QEvent.Type.KeyPress):
    """The key event that a system sends for the key at the place of a US sign."""
    scan = virtual = flags = 0
    if system == "darwin":
        virtual, flags = APPLE[sign], KEYBOARD_FLAG
    else:
        row = next(row for row in KEY_ROWS if sign in row)
        scan = (X11 if system == "linux" else WINDOWS)[row] + row.index(sign)
        virtual = int(key) & 0xFF
    return QKeyEvent(kind, int(key), held, scan, virtual, flags)


@pytest.fixture
def on(monkeypatch):
    """Let the keys come from another system."""

    def choose(system):
        monkeypatch.setattr(keysigns, "sys", SimpleNamespace(platform=system))

    return choose


@pytest.mark.parametrize(("system", "layout", "sign"), CASES)
def test_a_code_key_is_the_same_place_on_every_keyboard(on, system, layout, sign):
    on(system)
    key = LAYOUTS[layout][sign]
    assert code_key(native(system, sign, key)) == sign
    assert code_key(native(system, sign, key, SHIFT)) == f"shift+{sign}"
    assert place_of(native(system, sign, key, SHIFT)) == sign


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_a_french_digit_with_shift_is_the_digits_place_with_shift(on, system):
    on(system)
    assert code_key(native(system, "1", Qt.Key.Key_1, SHIFT)) == "shift+1"


def test_two_keys_of_a_french_apple_keyboard_are_never_one(on):
    on("darwin")
    places = {code_key(native("darwin", sign, FRENCH[sign])) for sign in ("q", "a")}
    assert places == {"q", "a"}


@pytest.mark.parametrize(
    "held",
    [
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.GroupSwitchModifier,
        Qt.KeyboardModifier.MetaModifier,
    ],
)
def test_a_key_with_altgr_or_a_command_key_records_nothing(on, held):
    on("linux")
    assert code_key(native("linux", "q", Qt.Key.Key_At, held)) == ""


def test_keys_of_the_numeric_keypad_are_not_those_of_the_digits_row(on):
    on("linux")
    keypad_3 = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_3, Qt.KeyboardModifier.KeypadModifier, 89, 0xFFB3, 0
    )
    assert code_key(keypad_3) == ""


def test_no_key_of_the_bundled_key_map_needs_a_numeric_keypad():
    places = set("".join(KEY_ROWS))
    scheme = infant_scheme()
    keys = [binding.key for binding in scheme.keymap.bindings]
    keys += [value.key for modifier in scheme.ethogram.modifiers for value in modifier.values]
    assert {key.removeprefix("shift+") for key in keys if key} <= places


def test_a_held_key_of_a_german_keyboard_goes_up_where_it_went_down(desk, on):
    on("linux")
    keys = KeyFilter(desk.page, lambda: True)
    heard = []
    keys.key_pressed.connect(lambda key: heard.append(("down", key)))
    keys.key_released.connect(lambda key: heard.append(("up", key)))
    QApplication.instance().installEventFilter(keys)
    try:
        QApplication.sendEvent(desk.page, native("linux", "z", Qt.Key.Key_Y, SHIFT))
        up = native("linux", "z", Qt.Key.Key_Y, PLAIN, QEvent.Type.KeyRelease)
        QApplication.sendEvent(desk.page, up)
    finally:
        QApplication.instance().removeEventFilter(keys)
    assert heard == [("down", "shift+z"), ("up", "shift+z")]
