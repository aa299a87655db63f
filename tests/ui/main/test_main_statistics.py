"""Help, Check the statistics: reachable without a coding, and beside one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings

from ssp_coder.ui.dialogs.statistics_check import StatisticsCheck
from ssp_coder.ui.kit.chip import TagKind
from ssp_coder.ui.main.commands import COMMANDS, Menu, Needs
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow


@pytest.fixture
def window(theme, tmp_path, qtbot):
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = MainWindow(theme, Settings(store))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.desk.stop_work()
    made.close()


def test_the_command_stands_in_the_help_menu_and_needs_no_coding():
    command = next(one for one in COMMANDS if one.id == "statistics")
    assert (command.menu, command.needs) == (Menu.HELP, Needs.NOTHING)
    assert command.words.endswith("…")


def test_the_statistics_are_checked_from_the_menu(window, qtbot):
    action = window.actions_by_id["statistics"]
    assert action.isEnabled()
    action.trigger()
    dialog = window.findChild(StatisticsCheck)
    qtbot.waitUntil(lambda: bool(dialog.results), timeout=20_000)
    assert dialog.verdict.kind() is TagKind.OK
    dialog.close()


def test_the_window_can_be_closed_while_the_check_still_runs(window, qtbot):
    window.actions_by_id["statistics"].trigger()
    dialog = window.findChild(StatisticsCheck)
    dialog.reject()
    assert not dialog.isVisible()
