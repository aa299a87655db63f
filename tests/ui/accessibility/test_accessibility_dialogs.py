"""Every window that a command of the menu opens, by keyboard and by ear."""

from __future__ import annotations

import pytest
from shiboken6 import isValid

from ssp_coder.ui.main.commands import COMMANDS, Needs
from tests.ui.accessibility import access_walk as walk

LEFT_OUT = frozenset({"quit", "close", "demonstration"})
"""They end the window or begin long work, and open no window of their own."""

OPENING = [
    command.id
    for command in COMMANDS
    if command.id not in LEFT_OUT and command.needs in (Needs.NOTHING, Needs.CODING)
]


@pytest.mark.parametrize("command", OPENING)
def test_what_a_command_opens_can_be_used_by_keyboard_and_ear(window, looked, command):
    before = walk.windows()
    window.actions_by_id[command].trigger()
    walk.settle()
    for opened in walk.windows():
        if isValid(opened) and opened not in before and opened.parent() in (None, window):
            looked.look_at(opened)
    assert looked.faults == []


def test_the_walk_does_open_windows(window, looked):
    for command in ("new", "instruments", "own_keys"):
        window.actions_by_id[command].trigger()
        walk.settle()
        for opened in walk.windows():
            if isValid(opened) and opened.parent() is window:
                looked.look_at(opened)
    assert len(looked.titles) >= 3
