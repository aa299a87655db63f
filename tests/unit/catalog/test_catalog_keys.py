"""Keys that a key map may use."""

from __future__ import annotations

import pytest

from ssp_coder.catalog.keys import key_problem


@pytest.mark.parametrize("key", ["q", "1", "0", ",", ";", "[", "shift+q", "shift+9", "/", "`"])
def test_a_plain_key_with_or_without_shift_may_be_used(key: str) -> None:
    assert key_problem(key) == ""


@pytest.mark.parametrize(
    "key",
    [
        "space", " ", "left", "right", "up", "down", "escape", "Esc", "tab", "enter", "return",
        "f1", "F12", "ctrl+q", "alt+1", "shift+left", "shift+space", "ctrl+shift+z", "meta+q",
        "delete", "home",
    ],
)  # fmt: skip
def test_a_key_of_the_program_may_not_be_used(key: str) -> None:
    assert key_problem(key) == "belongs to the program"


@pytest.mark.parametrize("key", ["Q", "shift+Q", "F13", "Media_Play"])
def test_a_key_is_written_in_lower_case(key: str) -> None:
    assert key_problem(key) == "must be written in lower case"


@pytest.mark.parametrize("key", ["", "qq", "ä", "shift+", "shift+shift+q", "+q", "\n"])
def test_anything_else_is_no_key(key: str) -> None:
    assert key_problem(key) == "is not a key of the US layout"


@pytest.mark.parametrize("key", ["f13", "f24", "shift+f20", "media_play", "volume_mute"])
def test_a_key_of_a_jog_wheel_or_pedal_may_be_used(key: str) -> None:
    assert key_problem(key) == ""


@pytest.mark.parametrize("key", ["f25", "f0", "media_eject", "volume"])
def test_a_key_that_no_program_is_sent_may_not_be_used(key: str) -> None:
    assert key_problem(key) != ""


def test_a_modifier_key_goes_without_shift() -> None:
    assert key_problem("shift+q", shift=False) == "is not a key of the US layout"
