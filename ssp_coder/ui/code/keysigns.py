"""Which physical key went down, named by its sign on a US keyboard, whatever the layout."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ssp_coder.ui.keys.words import sign_words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_SHIFT = "shift+"

KEY_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
"""The keys that may record a code, by their signs on a US keyboard, row by row."""

# First code of each of the four rows of keys; the codes of a row follow each other.
_XKB_STARTS = (10, 24, 38, 52)
_WINDOWS_STARTS = (2, 16, 30, 44)

# Apple's virtual key codes follow the key's place on the keyboard, in no order.
_APPLE = {
    18: "1", 19: "2", 20: "3", 21: "4", 23: "5", 22: "6", 26: "7", 28: "8", 25: "9", 29: "0",
    27: "-", 24: "=", 12: "q", 13: "w", 14: "e", 15: "r", 17: "t", 16: "y", 32: "u", 34: "i",
    31: "o", 35: "p", 33: "[", 30: "]", 0: "a", 1: "s", 2: "d", 3: "f", 5: "g", 4: "h", 38: "j",
    40: "k", 37: "l", 41: ";", 39: "'", 6: "z", 7: "x", 8: "c", 9: "v", 11: "b", 45: "n", 46: "m",
    43: ",", 47: ".", 44: "/",
}  # fmt: skip


def _rows_from(starts: tuple[int, ...]) -> dict[int, str]:
    return {
        start + place: sign
        for start, row in zip(starts, KEY_ROWS, strict=True)
        for place, sign in enumerate(row)
    }


_BY_SCAN_CODE = {"linux": _rows_from(_XKB_STARTS), "win32": _rows_from(_WINDOWS_STARTS)}


# Jog wheels and pedals send these; they have no place on the keyboard, so Qt's key tells them.
_EXTRA_SIGNS = {
    **{int(Qt.Key.Key_F13) + place: f"f{13 + place}" for place in range(12)},
    int(Qt.Key.Key_MediaPlay): "media_play",
    int(Qt.Key.Key_MediaPause): "media_pause",
    int(Qt.Key.Key_MediaTogglePlayPause): "media_toggle",
    int(Qt.Key.Key_MediaPrevious): "media_previous",
    int(Qt.Key.Key_MediaNext): "media_next",
    int(Qt.Key.Key_MediaStop): "media_stop",
    int(Qt.Key.Key_VolumeUp): "volume_up",
    int(Qt.Key.Key_VolumeDown): "volume_down",
    int(Qt.Key.Key_VolumeMute): "volume_mute",
}


def physical_sign(
    *, key: int, scan_code: int, virtual_key: int, platform: str, flags: int = 0
) -> str:
    """The sign of a key on a US keyboard, empty for keys that cannot record a code.

    A key of a jog wheel or pedal has a sign of its own, whatever place the system gives it.

    Args:
        key: Qt's key, used where the system tells no place, as with keys made by a program.
        scan_code: the system's number for the place of the key, 0 when it tells none.
        virtual_key: Apple's number for the place of the key.
        platform: `sys.platform`.
        flags: Apple's flags of the event; a keyboard always sets one, a program none, which tells
            the key with the number 0 from a key without a number.
    """
    if key in _EXTRA_SIGNS:
        return _EXTRA_SIGNS[key]
    if platform == "darwin" and (virtual_key or flags or key == Qt.Key.Key_A):
        return _APPLE.get(virtual_key, "")
    if scan_code and platform in _BY_SCAN_CODE:
        return _BY_SCAN_CODE[platform].get(scan_code, "")
    sign = chr(key).lower() if 0x20 < key < 0x7F else ""
    return sign if any(sign in row for row in KEY_ROWS) else ""


def code_key(event: QKeyEvent) -> str:
    """The key of a press as key maps write it; empty when it belongs to the program."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return ""
    sign = place_of(event)
    if not sign:
        return ""
    return f"{_SHIFT}{sign}" if held == Qt.KeyboardModifier.ShiftModifier else sign


def place_of(event: QKeyEvent) -> str:
    """The sign of the key that went down or up, whatever is held besides; empty as above."""
    return physical_sign(
        key=int(event.key()),
        scan_code=event.nativeScanCode(),
        virtual_key=event.nativeVirtualKey(),
        platform=sys.platform,
        flags=event.nativeModifiers(),
    )


def without_shift(key: str) -> str:
    """The place of a key map's key."""
    return key.removeprefix(_SHIFT)


def cap_text(key: str) -> str:
    """A key map's key as it is printed on a key cap."""
    return sign_words(key)
